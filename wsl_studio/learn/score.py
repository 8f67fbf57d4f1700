"""What a round is worth: AUC, average precision, pointing and FROC, with intervals by patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.round import FindingMetrics, Reliable
from wsl_studio.learn.conformal import answer_sets, rates
from wsl_studio.learn.lesions import Lesions
from wsl_studio.learn.localisation import lesion_offsets, median_offset
from wsl_studio.learn.rank import average_precision, roc_auc
from wsl_studio.learn.resample import draws, interval

FROC_RATES: Final = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""False positives a series at which FROC is read (those of the LUNA16 challenge)."""
MAX_CANDIDATES: Final = 50


@dataclass(frozen=True)
class Localized:
    """How the evidence of one series lies on its truth.

    Args:
        is_hit: The peak of evidence for lies in the mask, in its slice +- 1; None without lesion.
        candidates: (logit, lesion from 0 or -1) of each local peak of evidence for.
        n_lesions: Connected parts of the mask.
        offsets: (rows, columns) in cells from the centre of each lesion to the peak at it.
    """

    is_hit: bool | None
    candidates: tuple[tuple[float, int], ...]
    n_lesions: int
    offsets: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Case:
    """One series as evaluation sees it.

    Args:
        patient: Key that intervals are drawn by.
        score: Calibrated score.
        is_present: The reader's answer or the truth.
        localized: Where truth exists.
    """

    patient: str
    score: float
    is_present: bool
    localized: Localized | None = None


def localize(evidence: Evidence, lesions: Lesions) -> Localized:
    """Holds evidence against truth; a mask of one slice speaks of every slice of the series."""
    grid = evidence.grid
    is_peak = (grid == ndimage.maximum_filter(grid, size=3)) & (grid > 0)
    peaks = np.argwhere(is_peak)
    order = np.argsort(-grid[tuple(peaks.T)], kind="stable")[:MAX_CANDIDATES]
    candidates = tuple(
        (float(grid[tuple(cell)]), _lesion_at(lesions, evidence, *map(int, cell)))
        for cell in peaks[order]
    )
    is_hit = None if lesions.n == 0 else _lesion_at(lesions, evidence, *evidence.peak()) >= 0
    return Localized(is_hit, candidates, lesions.n, lesion_offsets(evidence, lesions))


def _lesion_at(lesions: Lesions, evidence: Evidence, s: int, i: int, j: int) -> int:
    """Lesion under the top of a cell; -1 for none."""
    y, x = evidence.place(s, i, j)
    row = min(max(round(y), 0), lesions.shape[1] - 1)
    column = min(max(round(x), 0), lesions.shape[2] - 1)
    return lesions.at(s, row, column)


def finding_metrics(
    cases: Sequence[Case], *, seed: int = 0, reliable: Reliable | None = None
) -> FindingMetrics:
    """Metrics of one finding on one part of the split; intervals are 95 %, over patients.

    Args:
        cases: At least one.
        seed: Of the resamples.
        reliable: Threshold and quantile chosen on validation; None leaves out what needs them.
    """
    y = np.array([case.is_present for case in cases], bool)
    s = np.array([case.score for case in cases], np.float64)
    drawn = draws([case.patient for case in cases], seed)
    auc = ap = None
    if y.any() and not y.all():
        auc = interval(roc_auc(y, s), resampled_aucs(y, s, drawn))
        ap = interval(average_precision(y, s), _aps(y, s, drawn))
    pointed = [
        (i, case.localized.is_hit)
        for i, case in enumerate(cases)
        if case.is_present and case.localized is not None and case.localized.is_hit is not None
    ]
    pointing = None
    if pointed:
        at, hits = np.array([i for i, _ in pointed]), np.array([hit for _, hit in pointed], float)
        weight = drawn[:, at]
        total = weight.sum(1)
        shares = (weight @ hits)[total > 0] / total[total > 0]
        pointing = interval(float(hits.mean()), shares)
    return FindingMetrics(
        auc=auc,
        ap=ap,
        n=len(cases),
        n_positive=int(y.sum()),
        pointing=pointing,
        n_pointing=len(pointed),
        froc=froc(cases),
        offset=median_offset(
            [
                at
                for case in cases
                if case.is_present and case.localized
                for at in case.localized.offsets
            ]
        ),
        **(_reliability(s, y, reliable) if reliable else {}),
    )


def _reliability(
    s: NDArray[np.float64], y: NDArray[np.bool_], reliable: Reliable
) -> dict[str, float | None]:
    """What threshold and sets are worth on cases that did not choose them."""
    sensitivity, specificity = rates(s, y, reliable.threshold)
    out: dict[str, float | None] = {"sensitivity": sensitivity, "specificity": specificity}
    if reliable.quantile is not None:
        sets = np.array(answer_sets(s, reliable.quantile))
        own = np.where(y, "present", "absent")
        out["coverage"] = float(((sets == own) | (sets == "either")).mean())
        out["decided"] = float((sets != "either").mean())
    return out


def froc(cases: Sequence[Case]) -> tuple[tuple[float, float], ...]:
    """(false positives a series, sensitivity by lesion) at ``FROC_RATES``; () without lesions."""
    seen = [case.localized for case in cases if case.localized is not None]
    n_lesions = sum(found.n_lesions for found in seen)
    if not n_lesions:
        return ()
    marks = sorted(
        ((logit, k, lesion) for k, found in enumerate(seen) for logit, lesion in found.candidates),
        key=lambda mark: -mark[0],
    )
    taken: set[tuple[int, int]] = set()
    false, curve = 0, [(0.0, 0.0)]
    for _, k, lesion in marks:
        if lesion < 0:
            false += 1
        else:
            taken.add((k, lesion))
        curve.append((false / len(seen), len(taken) / n_lesions))
    return tuple(
        (rate, max(sensitivity for at, sensitivity in curve if at <= rate)) for rate in FROC_RATES
    )


def resampled_aucs(
    y: NDArray[np.bool_], s: NDArray[np.float64], draws: NDArray[np.float64]
) -> NDArray[np.float64]:
    """AUC of every resample by the weighted Mann-Whitney statistic, in two matrix products."""
    above = (s[y][:, None] > s[~y][None]) + 0.5 * (s[y][:, None] == s[~y][None])  # (P, N)
    positive, negative = draws[:, y], draws[:, ~y]
    pairs = positive.sum(1) * negative.sum(1)
    wins = ((positive @ above) * negative).sum(1)
    kept = pairs > 0
    return np.asarray(wins[kept] / pairs[kept])


def _aps(
    y: NDArray[np.bool_], s: NDArray[np.float64], draws: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Average precision of every resample; equal scores count in the order of the cases."""
    order = np.argsort(-s, kind="stable")
    w, hit = draws[:, order], y[order]
    true = np.cumsum(w * hit, 1)
    precision = true / np.maximum(np.cumsum(w, 1), 1e-12)
    total = true[:, -1]
    kept = total > 0
    return np.asarray(((precision * w * hit).sum(1)[kept]) / total[kept])
