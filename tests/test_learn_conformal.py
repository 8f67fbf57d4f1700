"""Sets of answers and thresholds: coverage, parity with the formula, and plain refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from wsl_studio.domain.round import Reliable, Score
from wsl_studio.learn.calibrate import calibration_error
from wsl_studio.learn.conformal import (
    answer_sets,
    assess,
    conformal_quantile,
    rates,
    youden_threshold,
)
from wsl_studio.learn.faithful import SHARES, curves, faithfulness, kept_and_removed, taken_out
from wsl_studio.learn.reliability import with_sets
from wsl_studio.learn.score import Case, finding_metrics


def sample(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    y = rng.random(n) < 0.4
    return np.where(y, 1.0, -1.0) + rng.normal(0, 1.5, n), y


@given(st.integers(0, 10_000), st.integers(10, 80), st.sampled_from([0.1, 0.2, 0.3]))
def test_quantile_and_sets_are_those_of_the_formula(seed: int, n: int, alpha: float) -> None:
    rng = np.random.default_rng(seed)
    s, y = sample(rng, n)
    p = 1 / (1 + np.exp(-s))
    both = np.stack([1 - p, p], 1)  # as a two-class problem
    nonconformity = 1 - both[np.arange(n), y.astype(int)]
    # The smallest value that enough of the n series stay below, counted one by one.
    enough = (n + 1) * (1 - alpha) - 1e-9
    wanted = min(v for v in nonconformity if (nonconformity <= v).sum() >= enough)
    found = conformal_quantile(s, y, alpha)
    assert found == pytest.approx(wanted)
    new = rng.normal(0, 3, 20)
    p = 1 / (1 + np.exp(-new))
    inside = 1 - np.stack([1 - p, p], 1) <= found
    words = {(0, 1): "present", (1, 0): "absent", (1, 1): "either"}
    for k, word in enumerate(answer_sets(new, found)):
        key = tuple(int(v) for v in inside[k])
        likelier = "present" if new[k] >= 0 else "absent"
        assert word == words.get(key, likelier)


def test_sets_of_exchangeable_series_hold_the_answer_as_often_as_promised() -> None:
    rng = np.random.default_rng(3)
    trials, held = 3000, 0
    for _ in range(trials):
        s, y = sample(rng, 31)
        quantile = conformal_quantile(s[:30], y[:30], 0.2)
        (answers,) = answer_sets(s[30:], quantile)
        held += answers in ("either", "present" if y[30] else "absent")
    assert held >= binom.ppf(0.001, trials, 0.8)
    assert held <= binom.ppf(0.999, trials, 0.8 + 1 / 31)


def test_too_few_series_are_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="fewer than 10"):
        conformal_quantile(np.zeros(9), np.ones(9), 0.1)
    found = assess([1.0, -1.0, 2.0], [True, False, True], "nodule")
    assert found.quantile is None
    assert found.sentence == (
        "Sets of answers for nodule need 10 labelled validation series; there are 3."
    )
    assert found.threshold == 0.0
    enough = assess([3.0, -3.0] * 6, [True, False] * 6, "nodule")
    assert (enough.n, enough.sentence) == (12, "")
    assert enough.quantile == pytest.approx(1 / (1 + np.exp(3)))


@given(st.integers(0, 10_000))
def test_no_threshold_is_better_than_youdens(seed: int) -> None:
    rng = np.random.default_rng(seed)
    s, y = sample(rng, 25)
    s = s.round(1)
    y[:2] = (True, False)
    sensitivity, specificity = rates(s, y, youden_threshold(s, y))
    for cut in np.concatenate([s, s - 0.01, s + 0.01]):
        a, b = rates(s, y, cut)
        assert sensitivity + specificity >= min(a + b, 2.0) - 1e-9 or cut in (s.min(), s.max())


def test_a_threshold_by_hand() -> None:
    s, y = [-2.0, -1.0, 0.5, 1.0, 3.0], [False, False, True, False, True]
    # At -0.25: all present found, one of three absent called; at 2: half found, none called.
    assert youden_threshold(s, y) == -0.25
    assert rates(s, y, -0.25) == (1.0, pytest.approx(2 / 3))
    assert youden_threshold([1.0, 2.0], [True, True]) == 0.0
    assert youden_threshold([1.0, 1.0], [True, False]) == 0.0
    assert rates([1.0], [True], 0.0) == (1.0, None)


def test_calibration_error_by_hand() -> None:
    # Bins 0.5-0.6: mean probability 0.55, half present; bin 0.9-1.0: 0.95, all present.
    logit = [float(np.log(p / (1 - p))) for p in (0.52, 0.58, 0.95, 0.95)]
    found = calibration_error(logit, [True, False, True, True])
    assert found == pytest.approx((2 * abs(0.55 - 0.5) + 2 * abs(0.95 - 1)) / 4)
    assert calibration_error([900.0, -900.0], [True, False]) == pytest.approx(0)
    assert calibration_error([900.0], [False]) == pytest.approx(1)


def test_metrics_say_what_threshold_and_sets_are_worth() -> None:
    scores, y = [4.0, 3.0, 0.1, -0.2, -4.0], [True, True, False, True, False]
    cases = [Case(f"p{k}", scores[k], y[k]) for k in range(5)]
    found = finding_metrics(cases, reliable=Reliable(threshold=1.0, quantile=0.55, n=20))
    assert found.sensitivity == pytest.approx(2 / 3)
    assert found.specificity == 1.0
    assert found.decided == pytest.approx(3 / 5)
    assert found.coverage == 1.0
    plain = finding_metrics(cases)
    assert (plain.sensitivity, plain.coverage) == (None, None)
    refused = finding_metrics(cases, reliable=Reliable(threshold=1.0))
    assert (refused.sensitivity, refused.coverage) == (pytest.approx(2 / 3), None)


def test_scores_carry_their_set_where_there_is_one() -> None:
    def score(value: float) -> Score:
        return Score(score=value, probability=0.5, positive=0.0, negative=0.0)

    scores = {"a": {"one": score(3.0), "two": score(3.0)}, "b": {"one": score(0.0)}}
    found = with_sets(scores, {"one": Reliable(quantile=0.6), "two": Reliable()})
    assert (found["a"]["one"].set, found["a"]["two"].set, found["b"]["one"].set) == (
        "present", "", "either",
    )  # fmt: skip
    assert scores["a"]["one"].set == ""


GRID = np.array([[[4.0, 3.0, 2.0, 1.0, 0.0, -1.0, -2.0, -3.0, -4.0, -5.0]]], np.float32)


def linear(out: np.ndarray) -> np.ndarray:
    """A score that is the sum of what is left."""
    return (GRID * ~out).sum((1, 2, 3)).astype(float)


def blind(out: np.ndarray) -> np.ndarray:
    return np.full(len(out), 0.7)


def test_the_strongest_regions_are_taken_out_first() -> None:
    assert taken_out(GRID, 0.2).ravel().tolist() == [True] * 2 + [False] * 8
    assert not taken_out(GRID, 0.0).any()
    assert taken_out(GRID, 1.0).all()


def test_insertion_and_deletion_by_hand() -> None:
    def p(logit: float) -> float:
        return 1 / (1 + np.exp(-logit))

    # 0, 2, 5 % of ten regions are none; 15 % are two (round half to even), 10 % one.
    n = [round(share * 10) for share in SHARES]
    values = GRID.ravel()
    put_in = [p(values[:k].sum()) for k in n]
    left = [p(values[k:].sum()) for k in n]
    insertion, deletion = curves(GRID, linear)
    widths = np.diff(SHARES)
    assert insertion == pytest.approx(sum(widths * (np.array(put_in[1:]) + put_in[:-1]) / 2))
    assert deletion == pytest.approx(sum(widths * (np.array(left[1:]) + left[:-1]) / 2))
    assert kept_and_removed(GRID, linear) == (4.0, pytest.approx(GRID.sum() - 4))


def test_a_score_that_does_not_look_is_not_faithful() -> None:
    found = faithfulness(GRID, blind)
    assert found.insertion == found.deletion == pytest.approx(1 / (1 + np.exp(-0.7)))
    assert (found.kept, found.removed) == (0.7, 0.7)


@given(st.integers(0, 1000))
def test_evidence_that_adds_up_to_the_score_beats_its_reverse(seed: int) -> None:
    grid = np.random.default_rng(seed).normal(0, 1, (1, 5, 6)).astype(np.float32)

    def score(out: np.ndarray) -> np.ndarray:
        return (grid * ~out).sum((1, 2, 3)).astype(float)

    right, wrong = curves(grid, score), curves(-grid, score)
    assert right[0] >= wrong[0]
    assert right[1] <= wrong[1]
