"""From raw scores to calibrated logits: one temperature a finding, and how far off they stay."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.optimize import minimize_scalar

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
