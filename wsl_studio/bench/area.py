"""Does it help to say about how large a nodule is: the area term on against off, pair by pair."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.bench import Ask
from wsl_studio.bench.learning import train_once
from wsl_studio.dicom.masks import read_mask
from wsl_studio.domain.label import Act, Answer, Entry, Level, Source
from wsl_studio.domain.progress import drain
from wsl_studio.domain.series import Series
from wsl_studio.domain.size import sizes
from wsl_studio.jobs.demo import make_demo_project
from wsl_studio.learn.lesions import find_lesions
from wsl_studio.learn.score import localize
from wsl_studio.store import rounds
from wsl_studio.store.project import Project

FINDING: Final = "nodule"
METHOD: Final = "jia"
WEIGHT: Final = 1.0
"""The usual one."""
SEEDS: Final = 5
RESAMPLES: Final = 1000


@dataclass(frozen=True, eq=False)
class Arm:
    """Test patients under one of the two weights.

    Args:
        scores: (seeds, n) calibrated scores.
        hits: (seeds, n) 1 where the peak of evidence lies in the nodule, 0 beside it, NaN where
            there is no nodule.
    """

    scores: NDArray[np.float64]
    hits: NDArray[np.float64]


def run(ask: Ask) -> dict[str, Any]:
    """Says areas in the demo (or in the one at ``data``), then trains ``n`` pairs of rounds.

    Both rounds of a pair have the same labels, split and seed. Every pair is trained with local
    shape, which alone gets most scores of the demo right, and without.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = ask.data or Path(temporary) / "demo"
        drain(make_demo_project(folder))
        said = say_areas(folder)
        rows = [row for shape in (True, False) for row in _pairs(folder, ask, shape=shape)]
    rows = [{**row, "areas_said": said, "seeds": ask.n or SEEDS} for row in rows]
    return {"rows": rows, "split": "frozen test patients, truth of the phantoms"}


def _pairs(folder: Path, ask: Ask, *, shape: bool) -> list[dict[str, Any]]:
    """Rounds with and without the term, seed by seed: both, and how they differ."""
    directories: dict[float, list[Path]] = {0.0: [], WEIGHT: []}
    for seed in range(ask.seed, ask.seed + (ask.n or SEEDS)):
        for weight, found in directories.items():
            options = {"area": weight, "shape": shape}
            found.append(train_once(folder, seed=seed, method=METHOD, options=options)[0])
    is_present, off = _arm(folder, directories[0.0])
    _, on = _arm(folder, directories[WEIGHT])
    whole = np.ones((1, len(is_present)))
    rows = [
        {"area": name, "auc": f"{_aucs(is_present, arm, whole)[0]:.3f}",
         "pointing": f"{_pointings(is_present, arm, whole)[0]:.3f}"}
        for name, arm in (("off", off), ("on", on))
    ]  # fmt: skip
    rows.append({"area": "on - off", **differences(is_present, on, off, seed=ask.seed)})
    about = {"n": len(is_present), "present": int(is_present.sum())}
    return [{"local_shape": "with" if shape else "without", **row, **about} for row in rows]


def coarse(share: float, series: Series) -> float:
    """The share a reader would say of a true one: the nearest by ratio that the window offers."""
    offered = [size.share for size in sizes(series)]
    return min(offered, key=lambda one: abs(np.log(one / share)))


def say_areas(folder: Path) -> int:
    """Says every labelled nodule again with its area, roughly; how many have one.

    The true masks of labelled series stand in for the eyes of a reader here.
    """
    with Project.open(folder) as project:
        truth = project.truth()
        series = {one.uid: one for one in project.series()}
        entries, known = [], 0
        for row in project.current():
            mask_file, _ = truth.get((row.series_uid, row.finding), (None, None))
            is_nodule = row.finding == FINDING and row.level is Level.SERIES
            known += row.area is not None
            is_silent = row.area is None and row.answer is Answer.PRESENT
            if is_nodule and is_silent and mask_file is not None:
                share = float(np.asarray(read_mask(mask_file)).mean())
                entries.append(
                    Entry(
                        act=Act.SAY,
                        series_uid=row.series_uid,
                        reader=row.reader,
                        finding=FINDING,
                        answer=Answer.PRESENT,
                        source=Source.IMPORT,
                        area=coarse(share, series[row.series_uid]),
                    )
                )
        project.append_many(entries)
    return known + len(entries)


def _arm(folder: Path, directories: list[Path]) -> tuple[NDArray[np.bool_], Arm]:
    """Which test series have a nodule, and how the rounds of one weight did on them."""
    with Project.open(folder, is_read_only=True) as project:
        truth, split = project.truth(), project.split()
        uids = [u for u, patient in project.patient_keys().items() if split[patient] == "test"]
        known = [uid for uid in uids if truth.get((uid, FINDING), (None, None))[1] is not None]
        scores = [project.read_scores(int(directory.name)) for directory in directories]
    is_present = np.array([bool(truth[uid, FINDING][1]) for uid in known])
    lesions = {uid: find_lesions(np.asarray(read_mask(truth[uid, FINDING][0]))) for uid in known}
    hits = np.full((len(directories), len(known)), np.nan)
    for k, directory in enumerate(directories):
        for i, uid in enumerate(known):
            if is_present[i]:
                evidence = rounds.read_evidence(directory, uid)[FINDING]
                hits[k, i] = float(bool(localize(evidence, lesions[uid]).is_hit))
    values = np.array([[found[uid][FINDING].score for uid in known] for found in scores])
    return is_present, Arm(values, hits)


def differences(
    is_present: NDArray[np.bool_], on: Arm, off: Arm, *, seed: int
) -> Mapping[str, str]:
    """AUC and pointing of ``on`` less those of ``off``, means over seeds, with 95 % intervals.

    Each phantom is a patient; the same patients are drawn for both arms and all seeds.
    """
    n = len(is_present)
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    kept = drawn[drawn[:, is_present].any(1) & drawn[:, ~is_present].any(1)]
    weights = np.concatenate([np.ones((1, n)), kept])  # the first is the set itself
    out = {}
    for name, measure in (("auc", _aucs), ("pointing", _pointings)):
        value, *others = measure(is_present, on, weights) - measure(is_present, off, weights)
        low, high = np.percentile(others, [2.5, 97.5])
        out[name] = f"{value:+.3f} ({low:+.3f} to {high:+.3f})"
    return out


def _aucs(
    is_present: NDArray[np.bool_], arm: Arm, weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(R,) mean AUC over seeds for each of the (R, n) weights, by pairs (Mann-Whitney)."""
    high, low = arm.scores[:, is_present, None], arm.scores[:, None, ~is_present]
    wins = ((high > low) + 0.5 * (high == low)).mean(0)  # (present, absent)
    w, v = weights[:, is_present], weights[:, ~is_present]
    return np.asarray(((w @ wins) * v).sum(1) / (w.sum(1) * v.sum(1)))


def _pointings(
    is_present: NDArray[np.bool_], arm: Arm, weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(R,) mean share of hits over seeds for each of the (R, n) weights."""
    w = weights[:, is_present]
    return np.asarray((w @ arm.hits[:, is_present].mean(0)) / w.sum(1))
