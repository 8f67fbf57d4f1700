"""The worker process: runs round folders, one after the other, and can be killed at any time.

``python -m wsl_studio.worker ROUND_DIR`` runs one. ``--serve`` imports torch once, says ``ready``
and runs each folder named on a line of stdin until stdin closes, features kept open in between; a
line that is a JSON object is a question about a finished round (``wsl_studio.questions``).
A round is told by what it writes: ``events.jsonl``, and at the end its results.
"""

import logging
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO

# Threads that spin while they wait for work take the core that the window paints on.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch

from wsl_studio import questions
from wsl_studio.dicom.contents import ContentKeys
from wsl_studio.dicom.masks import read_mask
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Steps, drain
from wsl_studio.domain.round import (
    Event,
    Failed,
    FindingMetrics,
    Finished,
    Manifest,
    Metrics,
    Paired,
    Reported,
    Said,
    Score,
    Split,
    Twin,
)
from wsl_studio.domain.series import Series
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.words import say
from wsl_studio.jobs.manifest import targets_of
from wsl_studio.learn.collect import Sources, Warm
from wsl_studio.learn.crossfit import cross_fit
from wsl_studio.learn.device import is_out_of_memory, load_optimisers
from wsl_studio.learn.lesions import Lesions, find_lesions
from wsl_studio.learn.localisation import say_offset
from wsl_studio.learn.round import Outcome, run_round
from wsl_studio.learn.score import Case, finding_metrics, localize
from wsl_studio.learn.twin import paired as compare
from wsl_studio.store import rounds
from wsl_studio.store.lock import FileLock, LockedError
from wsl_studio.store.project import Project

log = logging.getLogger(__name__)

NICE = 10
SMALLER = say("Train with a smaller image, fewer series per step, or without fine-tuning.")
OURS = say("The round failed inside WSL Studio; labels are safe and the details were logged.")


def main() -> int:
    """Runs the worker; the exit code is 0 unless it was called wrongly."""
    arguments = sys.argv[1:]
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m wsl_studio.worker ROUND_DIR | --serve\n")
        return 2
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    be_modest()
    warm = Warm()
    if arguments[0] != "--serve":
        run_folder(Path(arguments[0]), warm)
        return 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    load_optimisers()
    for line in sys.stdin:
        if line.startswith("{"):
            questions.answer(line, warm)
        elif line.strip():
            run_folder(Path(line.strip()), warm)
    return 0


def be_modest() -> None:
    """Lets everything else on the machine go first."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    torch.set_num_threads(max(1, min(os.cpu_count() or 1, 8)))


def run_folder(directory: Path, warm: Warm) -> None:
    """Runs one round folder; whatever happens is an event in it, never a traceback for a reader."""
    try:
        with FileLock(directory / "lock"), (directory / "events.jsonl").open("ab") as stream:
            begun = time.monotonic()
            write = writer(stream)
            try:
                was_stopped = run_locked(directory, warm, write, begun)
                write(Finished(seconds=time.monotonic() - begun, was_stopped=was_stopped))
            except Exception as trouble:  # noqa: BLE001 - one bad round must not end the process
                write(as_failed(trouble))
    except LockedError:
        log.warning("this round is already being run")
    except OSError as trouble:
        log.warning("the round folder can't be used: %s", type(trouble).__name__)


def writer(stream: IO[bytes]) -> Callable[[Event], None]:
    """Writes events as lines that are whole or, after a kill, the last and torn one."""

    def write(event: Event) -> None:
        stream.write(event.model_dump_json().encode() + b"\n")
        stream.flush()

    return write


def as_failed(trouble: Exception) -> Failed:
    """What a reader is told of an exception; memory becomes a suggestion."""
    if isinstance(trouble, KnownError):
        return Failed(sentence=trouble.sentence, advice=trouble.advice)
    if is_out_of_memory(trouble):
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return Failed(sentence=say("This round needs more memory than there is."), advice=SMALLER)
    # The message may quote a file; kind and place are enough to mend it.
    where = "".join(traceback.format_tb(trouble.__traceback__))
    log.error("%s\n%s", type(trouble).__name__, where)
    return Failed(sentence=OURS, advice=say("The log is cache/worker.log in the project."))


def run_locked(directory: Path, warm: Warm, write: Callable[[Event], None], begun: float) -> bool:
    """Runs a round whose lock is held; True if it was stopped early."""
    manifest = rounds.read_manifest(directory)
    folder = directory.resolve().parents[1]
    with Project.open(folder, is_read_only=True) as project:
        catalogue = {series.uid: series for series in project.series()}
    keys = ContentKeys(folder / "cache" / "contents.json")

    def read(uid: str) -> Steps[Volume]:
        return read_volume(catalogue[uid])

    work = run_round(
        manifest,
        directory=directory,
        cache=folder / "cache" / "features",
        sources=Sources(key=lambda uid: keys.key(catalogue[uid]), read=read),
        warm=warm,
        should_stop=(directory / "stop").exists,
    )
    try:
        outcome = drain(work, write)
    finally:
        keys.save()
    write(Reported(stage="scoring", done=0, total=1))
    metrics = evaluate(folder, directory, manifest, outcome, catalogue, write)
    metrics = metrics.model_copy(update={"seconds": time.monotonic() - begun})
    crossfit = cross_fit(
        manifest.bags,
        rounds.read_features(directory),
        {uid: series.patient_key for uid, series in catalogue.items()},
        manifest.findings,
        seed=manifest.seed,
        before=rounds.read_crossfit(rounds.round_dir(folder, manifest.warm_from)),
    )
    rounds.write_file(directory / "crossfit.json", crossfit.model_dump_json().encode())
    rounds.write_file(directory / "scores.json", scores_json(outcome.scores))
    rounds.write_file(directory / "metrics.json", metrics.model_dump_json().encode())
    (directory / "state.safetensors").unlink(missing_ok=True)
    return outcome.was_stopped


def scores_json(scores: dict[str, dict[str, Score]]) -> bytes:
    """Contents of ``scores.json``."""
    import json

    plain = {uid: {f: s.model_dump() for f, s in found.items()} for uid, found in scores.items()}
    return json.dumps(plain).encode()


def evaluate(
    folder: Path,
    directory: Path,
    manifest: Manifest,
    outcome: Outcome,
    catalogue: dict[str, Series],
    write: Callable[[Event], None],
) -> Metrics:
    """Scores a finished round. Labels of test patients and truth are read only here.

    A series counts as present or absent by its current labels, else by truth that says whether;
    uncertain answers are left out.
    """
    with Project.open(folder, is_read_only=True) as project:
        truth = project.truth()
        answers: dict[str, list] = {}  # type: ignore[type-arg]
        for row in project.current():
            answers.setdefault(row.series_uid, []).append(row)
    parts: dict[Split, dict[str, FindingMetrics]] = {"validation": {}, "test": {}}
    paired: dict[Split, dict[str, Paired]] = {"validation": {}, "test": {}}
    misfits = 0
    for part, table in parts.items():
        uids = [b.series_uid for b in manifest.bags if b.split == part]
        targets = {uid: targets_of(answers.get(uid, ())) for uid in uids}
        shown = {
            uid: rounds.read_evidence(directory, uid)
            for uid in uids
            if any(known == uid for known, _ in truth)
        }
        for finding in manifest.findings:
            cases, rivals = [], []
            for uid in uids:
                mask_file, is_there = truth.get((uid, finding), (None, None))
                target = targets[uid].get(finding)
                is_present = is_there if target is None else _side(target.value)
                if is_present is None or uid not in outcome.scores:
                    continue
                found = None
                if mask_file is not None and (is_present or is_there is not None):
                    lesions = _lesions(mask_file, mask_file.stat().st_mtime_ns)
                    if _fits(lesions, catalogue[uid]):
                        found = localize(shown[uid][finding], lesions)
                    else:
                        misfits += 1
                score = outcome.scores[uid][finding].score
                rivals.append(outcome.rivals.get(uid, {}).get(finding))
                cases.append(Case(catalogue[uid].patient_key, score, is_present, found))
            if cases:
                measured = finding_metrics(cases, reliable=outcome.reliable.get(finding))
                table[finding] = measured
                if both := beside(cases, rivals):
                    paired[part][finding] = both
                if sentence := say_offset(finding, measured.offset, f"{part} truth"):
                    write(Said(sentence=sentence))
    if misfits:
        write(Said(sentence=say("{n} truth masks have another size than their series.", n=misfits)))
    return Metrics(
        test=parts["test"],
        validation=parts["validation"],
        temperature=outcome.temperature,
        reliable=outcome.reliable,
        twin=twin_of(outcome, paired),
    )


def beside(cases: list[Case], rivals: list[tuple[float, float] | None]) -> Paired | None:
    """AUC with and without unlabelled series on the same cases; None where there is no twin."""
    if any(one is None for one in rivals):
        return None
    known = [one for one in rivals if one is not None]
    own = [replace(case, score=one[0]) for case, one in zip(cases, known, strict=True)]
    return compare(own, [one[1] for one in known])


def twin_of(outcome: Outcome, paired: dict[Split, dict[str, Paired]]) -> Twin | None:
    """The twin of a semi-supervised round with its verdict, on test patients where there are."""
    if not outcome.rivals:
        return None
    twin = Twin(
        test=paired["test"],
        validation=paired["validation"],
        is_kept=outcome.keeps_twin,
        n_unlabelled=outcome.n_unlabelled,
    )
    return twin.model_copy(update={"sentence": str(twin.told)})


def _side(value: float) -> bool | None:
    return None if value == 0.5 else value > 0.5


@lru_cache(maxsize=4096)
def _lesions(path: Path, _mtime_ns: int) -> Lesions:
    """Lesions of a mask file, read once as long as it stays the same."""
    return find_lesions(np.asarray(read_mask(path)))


def _fits(lesions: Lesions, series: Series) -> bool:
    return lesions.shape in (
        (series.n_slices, series.rows, series.columns),
        (1, series.rows, series.columns),
    )


if __name__ == "__main__":
    sys.exit(main())
