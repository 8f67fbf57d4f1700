"""Doubts, purity, the curve ahead and what turned: numbers that can be checked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.domain.crossfit import Point, fit_power, outlook
from wsl_studio.domain.doubt import Support, neighbour_share, neighbour_weight
from wsl_studio.domain.news import choosing, turns
from wsl_studio.domain.review import joining, purity, spot_check, wilson
from wsl_studio.domain.round import Score


def support(present: bool, p: float, neighbours: float = 0.5, weight: float = 0.5) -> Support:
    return Support(
        present=present, probability=p, spread=0.05, neighbours=neighbours, weight=weight
    )


def score(p: float, positive: float = 0.0) -> Score:
    return Score(score=0.0, probability=p, positive=positive, negative=0.0)


def test_wilson_is_the_textbook_interval() -> None:
    # Newcombe 1998, table I: 81 of 263.
    found = wilson(81, 263)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 0) is None


@given(st.integers(1, 200), st.floats(0, 1))
def test_an_interval_holds_its_share_and_stays_a_share(n: int, part: float) -> None:
    found = wilson(round(part * n), n)
    assert found is not None
    assert -1e-12 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


def test_purity_counts_from_the_threshold_on() -> None:
    judged = [(0.95, True), (0.9, False), (0.7, False)]
    assert (purity(judged, 0.9).right, purity(judged, 0.9).n) == (1, 2)
    assert purity(judged, 0.99).share is None


def test_only_open_suggestions_of_teachable_series_may_join_the_surest_first() -> None:
    chances = {"a": {"n": 0.8}, "b": {"n": 0.05}, "c": {"n": 0.99}, "d": {"n": 0.9}}
    found = joining(
        chances, teachable=["a", "b", "c"], answered={("c", "n")}, vetoed=set(), number=3
    )
    assert [(one.series_uid, one.is_present) for one in found] == [("b", False), ("a", True)]
    assert spot_check(found, seed=1) == spot_check(tuple(reversed(found)), seed=1)


def test_a_label_is_doubted_only_where_the_heads_hold_against_every_cut() -> None:
    assert support(True, 0.2, 0.3).is_doubt
    assert not support(True, 0.47, 0.3).is_doubt  # within the spread of the cuts
    assert not support(True, 0.3, 0.9).is_doubt  # the neighbours vouch for it
    assert support(False, 0.9, 0.8).trust == pytest.approx(0.15)


def test_neighbours_of_the_own_patient_do_not_vouch() -> None:
    units = np.eye(4, dtype=np.float32)[[0, 0, 0, 1]]
    share = neighbour_share(units, np.array([True, True, False, False]), ["p", "p", "q", "r"])
    assert share[0] == pytest.approx(0.0, abs=1e-4)  # only q is like it
    assert share[2] == pytest.approx(1.0, abs=1e-4)


def test_neighbours_get_a_weight_only_where_they_help() -> None:
    rng = np.random.default_rng(0)
    present = rng.random(400) < 0.4
    noise = rng.random(400)
    told = np.where(present, 0.75, 0.25)
    assert neighbour_weight(present, told, noise) == 0
    assert neighbour_weight(present, 0.5 + 0.1 * (noise - 0.5), told) == 0.5


def test_a_power_law_is_found_again_and_looked_along() -> None:
    n = np.array([10.0, 20, 40, 80, 160])
    a, b, c = fit_power(n, 0.9 - 0.8 * n**-0.6)
    assert (a, b, c) == pytest.approx((0.9, 0.8, 0.6), abs=1e-6)
    points = [Point(n=int(k), auc=(0.9 - 0.8 * k**-0.6,) * 3) for k in n]
    found = outlook(points)
    assert found is not None
    assert found.change.value == pytest.approx(0.8 * (160**-0.6 - 170**-0.6), abs=1e-6)
    assert outlook(points[:2]) is None


@given(st.lists(st.floats(0.3, 1.0), min_size=3, max_size=6))
def test_a_forecast_never_falls_and_never_passes_one(values: list[float]) -> None:
    found = outlook([Point(n=5 * (k + 1), auc=(v, v)) for k, v in enumerate(values)])
    assert found is not None
    assert found.change.value >= 0
    assert found.now + found.change.value <= 1 + 1e-6


def test_turned_answers_come_before_moved_evidence() -> None:
    before = {"a": {"n": score(0.6, 1)}, "b": {"n": score(0.9, 2)}, "c": {"n": score(0.9)}}
    after = {"a": {"n": score(0.4, 1)}, "b": {"n": score(0.8, 5)}, "c": {"n": score(0.8)}}
    found = turns(before, after, among=["a", "b", "c", "gone"])
    assert [(one.series_uid, one.is_flip) for one in found] == [("a", True), ("b", False)]


def test_chosen_series_that_surprise_more_than_audits_speak_for_the_queue() -> None:
    held = {f"v{k}": {"n": support(True, 0.9)} for k in range(60)}
    chosen = {f"t{k}": {"n": support(True, 0.1 if k % 2 else 0.9)} for k in range(60)}
    found = choosing({**held, **chosen}, held)
    assert found.difference is not None
    assert found.difference.low > 0.3
    assert choosing(held, held).difference is None
