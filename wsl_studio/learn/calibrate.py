"""From raw scores to calibrated logits: one temperature a finding, from validation bags."""

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
