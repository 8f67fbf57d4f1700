"""What a round says of its labels and of the next ten: supports, forecasts, and the curve."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.doubt import Support
from wsl_studio.domain.round import Interval
from wsl_studio.domain.series import Value

MORE: Final = 10
"""Labels that the stop meter looks ahead."""

EXPONENTS: Final = np.linspace(0.1, 2.0, 39)
"""Of the power law; beyond 2 the curve is flat within a label or two."""


class Point(Value):
    """Cross-fitted AUC of one finding after so many labels, one value a repeat."""

    n: int
    auc: tuple[float, ...]


class CrossFit(Value):
    """Of a round, made by its worker from training and validation labels.

    Args:
        version: Of this format.
        supports: By series and finding, of every sure label.
        curve: Points by finding, few labels first.
    """

    version: int = 1
    supports: dict[str, dict[str, Support]] = {}
    curve: dict[str, tuple[Point, ...]] = {}


class Outlook(Value):
    """What more labels are expected to change.

    Args:
        now: AUC at the labels there are, as the fitted curve has it.
        change: Of the AUC with ``MORE`` more labels, with its 95 % interval.
        n: Labels there are.
    """

    now: float
    change: Interval
    n: int


def outlook(points: Sequence[Point], *, more: int = MORE) -> Outlook | None:
    """Fits auc = a - b n^-c and looks ahead; None with fewer than three counts.

    The interval is over the repeats: each gives a curve and a forecast of its own.

    Source:
        Inverse power law of learning curves: Figueroa et al. 2012 (BMC Med. Inform. Decis. Mak.).
    """
    if len(points) < 3:
        return None
    counts = np.array([point.n for point in points], np.float64)
    values = np.array([point.auc for point in points], np.float64)  # (P, R)
    last = counts[-1]

    def ahead(y: NDArray[np.float64]) -> tuple[float, float]:
        a, b, c = fit_power(counts, y)
        return a - b * last**-c, b * (last**-c - (last + more) ** -c)

    now, change = ahead(values.mean(1))
    each = [ahead(values[:, k])[1] for k in range(values.shape[1])]
    low, high = np.percentile(each, [2.5, 97.5])
    span = Interval(value=change, low=min(float(low), change), high=max(float(high), change))
    return Outlook(now=now, change=span, n=int(last))


def fit_power(
    counts: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Least squares (a, b, c) of a - b n^-c with a <= 1 and b >= 0.

    Args:
        counts: (P,) label counts > 0.
        values: (P,) AUC.
    """
    best = (float(values.mean()), 0.0, 1.0)
    least = float(((values - best[0]) ** 2).sum())
    for c in EXPONENTS:
        basis = counts**-c
        spread = basis - basis.mean()
        if not (spread**2).sum():
            continue
        b = -float((spread * values).sum() / (spread**2).sum())
        a = float(values.mean() + b * basis.mean())
        if a > 1:
            # On the border the best b goes through a = 1.
            a, b = 1.0, float((basis * (1 - values)).sum() / (basis**2).sum())
        if b < 0:
            continue
        error = float(((values - a + b * basis) ** 2).sum())
        if error < least - 1e-12:
            least, best = error, (a, b, float(c))
    return best
