"""Questions to the worker about a finished round: what kept or removed tissue does to a score.

A question is one JSON object on a line: ``round`` (folder), ``series``, ``finding``,
``threshold`` (logits, > 0), ``answer`` (file to write). The answer is ``{"whole", "kept",
"removed", "share"}``: calibrated logits, and the share of the tissue that is highlighted; or
``{"sentence", "advice"}``.
"""

import json
import logging
import traceback
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch

from wsl_studio.dicom.contents import ContentKeys
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.words import say
from wsl_studio.learn.collect import Warm
from wsl_studio.learn.probe import Again, whole_kept_removed
from wsl_studio.store import rounds
from wsl_studio.store.project import Project

log = logging.getLogger(__name__)


def answer(line: str, warm: Warm) -> None:
    """Answers one question into its file; whatever happens is a sentence there."""
    try:
        question = json.loads(line)
        path = Path(question["answer"])
    except (ValueError, KeyError, TypeError):
        log.warning("a question that is none")
        return
    told: dict[str, Any]
    try:
        told = dict(keep_remove(question, warm))
    except KnownError as trouble:
        told = {"sentence": trouble.sentence, "advice": trouble.advice}
    except Exception as trouble:  # noqa: BLE001 - one bad question must not end the process
        where = "".join(traceback.format_tb(trouble.__traceback__))
        log.error("%s\n%s", type(trouble).__name__, where)
        told = {
            "sentence": say("This could not be worked out."),
            "advice": say("The log says why."),
        }
    rounds.write_file(path, json.dumps(told).encode())


def keep_remove(question: dict[str, Any], warm: Warm) -> dict[str, float]:
    """The score of one series with all tissue, with only the highlighted, and without it.

    Highlighted is what speaks for the side that the score is on, beyond the threshold.
    """
    directory = Path(question["round"])
    uid, finding = str(question["series"]), str(question["finding"])
    again, key = _again(directory, warm)
    found = rounds.read_evidence(directory, uid).get(finding)
    features = again.extractor.load(key(uid))
    if found is None or features is None:
        raise KnownError("This series is no longer in the cache of that round.", "Train again.")
    side = 1.0 if found.arithmetic.score >= 0 else -1.0
    is_highlighted = side * found.grid >= float(question["threshold"])
    if not is_highlighted.any():
        raise KnownError("Nothing is highlighted here.", "Lower the threshold of the evidence.")
    if is_highlighted.all():
        raise KnownError("Everything is highlighted here.", "Raise the threshold of the evidence.")
    whole, kept, removed = whole_kept_removed(again.probe(features), finding, is_highlighted)
    share = float(is_highlighted.mean())
    return {"whole": whole, "kept": kept, "removed": removed, "share": share}


_WARM: list[Warm] = []


def _again(directory: Path, warm: Warm) -> tuple[Again, Any]:
    """The round made ready, kept while it is asked about again and again."""
    _WARM[:] = [warm]
    metrics = directory / "metrics.json"
    return _ready(directory, metrics.stat().st_mtime_ns if metrics.exists() else 0)


@lru_cache(maxsize=1)
def _ready(directory: Path, _mtime_ns: int) -> tuple[Again, Any]:
    manifest = rounds.read_manifest(directory)
    metrics = rounds.read_metrics(directory)
    if metrics is None:
        raise KnownError("That round is not finished.")
    folder = directory.resolve().parents[1]
    with Project.open(folder, is_read_only=True) as project:
        catalogue = {series.uid: series for series in project.series()}
    keys = ContentKeys(folder / "cache" / "contents.json")

    def key(uid: str) -> str:
        return keys.key(catalogue[uid])

    cpu = torch.device("cpu")
    extractor = _WARM[0].extractor(manifest.recipe.backbone, folder / "cache" / "features", cpu)
    return Again.of(manifest, directory, extractor, key, metrics.temperature), key
