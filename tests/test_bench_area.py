"""The bench of areas: what a reader would say, and differences pair by pair."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes_values import make_series
from wsl_studio.bench.area import Arm, coarse, differences
from wsl_studio.domain.size import diameter_of, share_of, sizes


@given(st.floats(2.5, 55.0))
def test_what_is_said_of_a_small_finding_is_within_a_factor_of_two(mm: float) -> None:
    series = make_series(spacing_mm=(5.0, 0.7, 0.7))
    said = coarse(share_of(mm, series), series)
    assert said in [size.share for size in sizes(series)]
    assert 0.7 < diameter_of(said, series) / mm < 1.4
    assert coarse(said, series) == said


def test_areas_beyond_the_steps_are_said_as_the_last_one() -> None:
    series = make_series(spacing_mm=(5.0, 0.7, 0.7))
    assert coarse(1e-9, series) == sizes(series)[0].share
    assert coarse(1.0, series) == sizes(series)[-1].share


def arm(auc_is_right: bool, hits: list[float]) -> Arm:
    scores = np.array([1.0, 2.0, -1.0, -2.0]) * (1 if auc_is_right else -1)
    return Arm(np.stack([scores, scores]), np.array([[*hits, np.nan, np.nan]] * 2))


def test_a_difference_has_a_sign_and_an_interval_around_it() -> None:
    is_present = np.array([True, True, False, False])
    found = differences(is_present, arm(True, [1, 1]), arm(False, [1, 0]), seed=0)
    assert found["auc"] == "+1.000 (+1.000 to +1.000)"
    assert found["pointing"].startswith("+0.500 (+0.000 to +1.000")
    same = differences(is_present, arm(True, [1, 0]), arm(True, [1, 0]), seed=0)
    assert same["auc"] == same["pointing"] == "+0.000 (+0.000 to +0.000)"
