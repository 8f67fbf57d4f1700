"""From raw scores to calibrated logits: one temperature a finding, and how far off they stay."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

FEW_ANSWERS: Final = 4
"""With fewer validation bags of either answer the calibration is rough."""

SPREAD: Final = 1.0
"""Standard deviation of the prior on log T. With five validation bags a perfectly parted score
would ask for T = 0; the prior keeps the answer within a factor of about e until data speak."""


def fit_temperature(
    scores: Sequence[float], values: Sequence[float], weights: Sequence[float] | None = None
) -> float:
    """Temperature T for which sigmoid(score / T) fits the answers best.

    Args:
        scores: (n,) raw bag scores of validation bags.
        values: (n,) soft targets in [0, 1].
        weights: (n,) confidence; 1 if None.

    Returns:
        T > 0; 1.0 where validation lacks one of the two answers.

    Source:
        Guo et al. 2017 (ICML), section 4.2, with a normal prior on log T of spread ``SPREAD``.
    """
    s, y = np.asarray(scores, np.float64), np.asarray(values, np.float64)
    w = np.ones_like(s) if weights is None else np.asarray(weights, np.float64)
    if not ((y > 0.5).any() and (y < 0.5).any()):
        return 1.0

    def cost(log_t: float) -> float:
        logit = s * np.exp(-log_t)
        bce = np.logaddexp(0.0, logit) - y * logit
        return float((w * bce).sum() + 0.5 * (log_t / SPREAD) ** 2)

    found = minimize_scalar(cost, bounds=(-4.0, 4.0), method="bounded")
    return float(np.exp(found.x))


def calibration_error(scores: Sequence[float], is_present: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: how far probabilities lie from frequencies, in [0, 1].

    Args:
        scores: (n,) calibrated logits, at least one.
        is_present: (n,) answers.
        bins: Of equal width over [0, 1].

    Source:
        Naeini et al. 2015 (AAAI); Guo et al. 2017 (ICML), equation 3, for the probability that a
        finding is present.
    """
    p = 1.0 / (1.0 + np.exp(-np.clip(np.asarray(scores, np.float64), -500, 500)))
    at = np.minimum((p * bins).astype(int), bins - 1)
    gap = np.bincount(at, p - np.asarray(is_present, np.float64), bins)
    return float(np.abs(gap).sum() / p.size)


def fit_platt(scores: NDArray[Any], is_present: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that make logits of margins, present and absent bags counting the same.

    In units of the spread of the scores, log slope and centre have normal priors of spread 1
    around 0 and the middle between the two answers.

    Args:
        scores: (n,) raw bag scores.
        is_present: (n,) both answers occur.

    Returns:
        a > 0 and b of the logit a score + b.

    Source:
        Platt 1999 (Advances in Large Margin Classifiers), with the priors above for few bags.
    """
    s = np.asarray(scores, np.float64)
    middle = 0.5 * (s[is_present].mean() + s[~is_present].mean())
    spread = max(float(s.std()), 1e-6)
    u = (s - middle) / spread
    w = np.where(is_present, 0.5 / is_present.mean(), 0.5 / (~is_present).mean())

    def cost(at: NDArray[np.float64]) -> float:
        logit = np.exp(at[0]) * (u - at[1])
        bce = np.logaddexp(0.0, logit) - is_present * logit
        return float((w * bce).sum() + 0.5 * (at**2).sum())

    found = minimize(cost, np.zeros(2), method="L-BFGS-B", bounds=[(-4, 4), (-4, 4)])
    slope = float(np.exp(found.x[0])) / spread
    return slope, -slope * float(middle + spread * found.x[1])
