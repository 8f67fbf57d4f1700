"""Bootstrap over patients: how a measure would vary with other patients."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.round import Interval

RESAMPLES: Final = 1000

Floats = NDArray[np.float64]


def draws(patients: Sequence[str], seed: int) -> Floats:
    """(R, n) how often each case is in each resample of patients."""
    names, of = np.unique(np.array(patients), return_inverse=True)
    rng = np.random.default_rng(seed)
    p = np.full(len(names), 1 / max(1, len(names)))
    counts = rng.multinomial(len(names), p, size=RESAMPLES)
    return counts[:, of].astype(np.float64)


def interval(value: float, resampled: Floats) -> Interval:
    """A value with the 2.5th and 97.5th percentile of its resamples."""
    if not resampled.size:
        return Interval(value=value, low=value, high=value)
    low, high = np.percentile(resampled, [2.5, 97.5])
    # The percentile interval of a small set can leave the value out; it never should on screen.
    return Interval(value=value, low=min(value, float(low)), high=max(value, float(high)))


def mean_interval(
    values: NDArray[np.generic],
    patients: Sequence[str],
    *,
    seed: int = 0,
    take: Callable[[Floats], Floats] = lambda means: means[:, 0],
) -> Interval | None:
    """Mean over cases with its 95 % interval; None without a case.

    Args:
        values: (n,) or (n, T) per case.
        patients: (n,) keys that resamples are drawn by.
        seed: Of the resamples.
        take: From (R, T) means to (R,); the maximum over T gives the best of T thresholds, chosen
            anew in every resample.
    """
    if not len(values):
        return None
    table = np.asarray(values, np.float64).reshape(len(values), -1)
    weight = draws(patients, seed)
    total = weight.sum(1, keepdims=True)
    kept = total[:, 0] > 0
    means = (weight @ table)[kept] / total[kept]
    return interval(float(take(table.mean(0, keepdims=True))[0]), take(means))


def best(means: Floats) -> Floats:
    """(R,) highest of (R, T) means."""
    return np.asarray(means.max(1))
