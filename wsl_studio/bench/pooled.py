"""Pooled frozen features of labelled images or of the demo, for the benches of queue and labels."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from platformdirs import user_cache_dir

from wsl_studio.bench.folds import Runner, Study, open_study
from wsl_studio.dicom.masks import read_mask
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Entry, Row, RowId
from wsl_studio.domain.progress import drain
from wsl_studio.domain.round import Bag
from wsl_studio.jobs import steps
from wsl_studio.jobs.demo import PATIENTS, make_demo_project
from wsl_studio.learn.collect import collect_features
from wsl_studio.learn.methods import DEFAULT
from wsl_studio.store.project import Project


@dataclass(frozen=True, eq=False)
class Pooled:
    """Every series as one vector, with what is known of it.

    Args:
        uids: N.
        features: (N, D) as the worker pools them.
        groups: (N,) patient.
        present: (N, K) the labels.
        findings: K.
    """

    uids: tuple[str, ...]
    features: NDArray[np.float32]
    groups: tuple[str, ...]
    present: NDArray[np.bool_]
    findings: tuple[str, ...]


def open_pooled(data: Path | None, findings: Sequence[str] = ()) -> Pooled:
    """Computes features by the program's own reading and backbone.

    Args:
        data: Holds images/ and labels.csv; None makes the phantoms of the demo, with their truth.
        findings: Kept; all if empty.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        study = open_labelled(data, folder, findings)
        wanted = tuple(findings) or study.findings
        answers = {
            uid: [study.is_present(uid, finding) for finding in wanted] for uid in study.series
        }
        uids = tuple(uid for uid, said in answers.items() if None not in said)
        if not uids:
            raise KnownError("No series of this data has an answer to every finding.")
        method = steps.find_method(DEFAULT)
        options = steps.fitted(method, {}, is_pictures=steps.is_pictures(study.series.values()))
        # Keyed by contents: a second run of a bench on the same data begins at once.
        runner = Runner(study, Path(user_cache_dir("wsl-studio")) / "bench" / "features")
        extractor = runner.warm.extractor(
            steps.make_recipe(method, options).backbone, runner.cache, torch.device("cpu")
        )
        bags = [Bag(series_uid=uid, split="train") for uid in uids]
        found = drain(collect_features(bags, extractor, runner.sources))
        return Pooled(
            uids=uids,
            features=np.stack([extractor.describe(found[uid]).numpy() for uid in uids]),
            groups=tuple(study.groups[uid] for uid in uids),
            present=np.array([answers[uid] for uid in uids], bool),
            findings=wanted,
        )


def open_labelled(
    data: Path | None, folder: Path, findings: Sequence[str] = (), patients: int = PATIENTS
) -> Study:
    """As ``open_study``; without data a demo of so many phantoms, labelled with its truth."""
    return _demo(folder, findings, patients) if data is None else open_study(data, folder, findings)


def _demo(folder: Path, wanted: Sequence[str], patients: int) -> Study:
    """The demo with the truth of its phantoms as labels."""
    drain(make_demo_project(folder, patients=patients))
    with Project.open(folder, is_read_only=True) as project:
        series = {x.uid: x for x in sorted(project.series(), key=lambda found: found.uid)}
        truth = project.truth()
        findings = project.findings
        if unknown := set(wanted) - set(findings):
            raise KnownError(
                f"There is no finding {min(unknown)} in the demo.",
                f"It has {', '.join(findings)}.",
            )
        stamp = project.rows()[0].created
    # Keys of patients are other ones in every project: the same seed would draw others by them.
    first: dict[str, str] = {}
    for uid, found in series.items():
        first.setdefault(found.patient_key, uid)
    rows: list[Row] = []
    for (uid, finding), (path, is_present) in truth.items():
        there = bool(read_mask(path).any()) if is_present is None else is_present
        answer = Answer.PRESENT if there else Answer.ABSENT
        entry = Entry(act=Act.SAY, series_uid=uid, reader="truth", finding=finding, answer=answer)
        rows.append(Row(**dict(entry), id=RowId(len(rows) + 1), created=stamp))
    return Study(
        folder=folder,
        series=series,
        groups={uid: first[found.patient_key] for uid, found in series.items()},
        labels=tuple(rows),
        findings=tuple(wanted) or findings,
        masks={},
    )
