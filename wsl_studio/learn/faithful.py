"""Whether a score depends on the tissue that its evidence names: put in, taken out, kept, removed.

The cheap form on cached features: a region is taken out by giving its cell the mean feature of the
training series, so that no image is painted over and no backbone runs again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SHARES: Final = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
"""Shares of the regions at which the curves are read: dense at first, where a lesion ends."""
MOST_POSITIVE: Final = 0.1
"""Share of the regions that is kept alone, or removed."""

Masks = NDArray[np.bool_]
Score = Callable[[Masks], NDArray[np.float64]]
"""From (n, S, h, w), True where a region is taken out, to (n,) scores."""


@dataclass(frozen=True)
class Faithfulness:
    """How a score follows its evidence.

    Args:
        insertion: Area under probability by share of regions put in, strongest first; higher is
            more faithful.
        deletion: The same for regions taken out; lower is more faithful.
        kept: Score with only the most positive tenth of the regions.
        removed: Score without it.
    """

    insertion: float
    deletion: float
    kept: float
    removed: float


def taken_out(grid: NDArray[np.float32], share: float) -> Masks:
    """(S, h, w) True in the strongest share of the regions; equal ones in order of place."""
    order = np.argsort(-grid.ravel(), kind="stable")
    out = np.zeros(grid.size, bool)
    out[order[: round(share * grid.size)]] = True
    return out.reshape(grid.shape)


def curves(grid: NDArray[np.float32], score: Score) -> tuple[float, float]:
    """(insertion, deletion): mean probability along the two curves, each in [0, 1].

    Source:
        Petsiuk et al. 2018 (BMVC, RISE), section 4.1, by the trapezoid rule over ``SHARES``.
    """
    masks = np.stack([taken_out(grid, share) for share in SHARES])
    logits = score(np.concatenate([~masks, masks]))
    p = 1.0 / (1.0 + np.exp(-np.clip(logits, -500, 500)))
    n = len(SHARES)
    return area(p[:n]), area(p[n:])


def area(values: NDArray[np.float64]) -> float:
    """Area under values at ``SHARES`` by the trapezoid rule: their mean over all shares."""
    return float((np.diff(SHARES) * (values[1:] + values[:-1]) / 2).sum())


def kept_and_removed(grid: NDArray[np.float32], score: Score) -> tuple[float, float]:
    """Scores with only the most positive tissue, and without it (comprehensiveness, sufficiency).

    Source:
        DeYoung et al. 2020 (ACL, ERASER), section 4.
    """
    top = taken_out(grid, MOST_POSITIVE)
    kept, removed = score(np.stack([~top, top]))
    return float(kept), float(removed)


def faithfulness(grid: NDArray[np.float32], score: Score) -> Faithfulness:
    """All four of one series and finding.

    Args:
        grid: (S, h, w) evidence.
        score: Of the model with regions taken out, calibrated logits.
    """
    return Faithfulness(*curves(grid, score), *kept_and_removed(grid, score))
