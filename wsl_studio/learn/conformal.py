"""Which answers a score leaves possible, and from which score a series is called present.

Both are chosen on validation series. Epochs and temperature were chosen on them too, so coverage
holds up to that small reuse; the metrics of the test part say what it is.
"""

import math
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wsl_studio.domain.round import Reliable
from wsl_studio.domain.words import say_n

ALPHA: Final = 0.1
"""Share of series whose set may miss the true answer."""

Answers = Literal["", "present", "absent", "either"]


def conformal_quantile(scores: ArrayLike, is_present: ArrayLike, alpha: float = ALPHA) -> float:
    """The ceil((n + 1)(1 - alpha))-th smallest 1 - p(true answer) of calibration series.

    Args:
        scores: (n,) calibrated logits.
        is_present: (n,) answers.
        alpha: In (0, 1).

    Returns:
        A number in [0, 1].

    Raises:
        ValueError: Fewer than 1 / alpha series: the set would be built on its largest value alone.

    Source:
        Sadinle et al. 2019 (JASA), least ambiguous sets; Angelopoulos & Bates 2023, section 1.
    """
    missed = np.sort(_other(scores, np.asarray(is_present, bool)))
    n = missed.size
    if n < 1 / alpha:
        raise ValueError(f"{n} series are fewer than {math.ceil(1 / alpha)}")
    # A hair less: 20 x 0.9 must not round up to 19 because of binary fractions.
    return float(missed[math.ceil((n + 1) * (1 - alpha) - 1e-9) - 1])


def answer_sets(scores: ArrayLike, quantile: float) -> tuple[Answers, ...]:
    """The answers with 1 - probability up to the quantile; ``either`` where both are.

    A set that would be empty takes the likelier answer, which can only raise coverage.
    """
    s = np.asarray(scores, np.float64)
    present = (_other(s, np.ones(s.shape, bool)) <= quantile) | (s >= 0)
    absent = (_other(s, np.zeros(s.shape, bool)) <= quantile) | (s < 0)
    words: dict[tuple[bool, bool], Answers] = {
        (True, True): "either", (True, False): "present", (False, True): "absent"
    }  # fmt: skip
    return tuple(words[bool(a), bool(b)] for a, b in zip(present, absent, strict=True))


def youden_threshold(scores: ArrayLike, is_present: ArrayLike) -> float:
    """Score from which calling a series present makes sensitivity + specificity largest.

    Args:
        scores: (n,) calibrated logits.
        is_present: (n,) answers.

    Returns:
        The middle between two scores; of equally good ones the nearest to 0. 0 where one of the
        two answers is missing.

    Source:
        Youden 1950 (Cancer), J = sensitivity + specificity - 1.
    """
    s, y = np.asarray(scores, np.float64), np.asarray(is_present, bool)
    if not y.any() or y.all():
        return 0.0
    order = np.unique(s)
    cuts = (order[:-1] + order[1:]) / 2
    if not cuts.size:
        return 0.0
    called = s[None] >= cuts[:, None]  # (cuts, n)
    j = called[:, y].mean(1) - called[:, ~y].mean(1)
    good = cuts[j >= j.max() - 1e-12]
    return float(good[np.abs(good).argmin()])


def rates(
    scores: ArrayLike, is_present: ArrayLike, threshold: float
) -> tuple[float | None, float | None]:
    """(sensitivity, specificity) at a threshold; None where no series has that answer."""
    called, y = np.asarray(scores) >= threshold, np.asarray(is_present, bool)
    return (
        float(called[y].mean()) if y.any() else None,
        float((~called[~y]).mean()) if not y.all() else None,
    )


def assess(scores: Sequence[float], is_present: Sequence[bool], finding: str) -> Reliable:
    """Threshold and quantile of one finding from its validation series.

    Args:
        scores: (n,) calibrated logits.
        is_present: (n,) sure answers.
        finding: For the sentence where there are too few series.
    """
    threshold, n = youden_threshold(scores, is_present), len(scores)
    try:
        quantile = conformal_quantile(scores, is_present)
    except ValueError:
        need = math.ceil(1 / ALPHA)
        why = say_n(
            n,
            "Sets of answers for {finding} need {need} labelled validation series; there is {n}.",
            "Sets of answers for {finding} need {need} labelled validation series; there are {n}.",
            finding=finding,
            need=need,
        )
        return Reliable(threshold=threshold, coverage=1 - ALPHA, n=n, sentence=why)
    return Reliable(threshold=threshold, quantile=quantile, coverage=1 - ALPHA, n=n)


def _other(scores: ArrayLike, is_present: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(n,) probability of the answer that is not the given one."""
    s = np.asarray(scores, np.float64)
    toward = np.where(is_present, s, -s)
    return np.asarray(1.0 / (1.0 + np.exp(np.clip(toward, -500, 500))))
