"""The bench of areas: what a reader would say, and differences pair by pair."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.bench.area import COARSE, Arm, coarse, differences


@given(st.floats(0.001, 0.5))
def test_what_is_said_is_within_a_factor_of_the_truth(share: float) -> None:
    said = coarse(share)
    assert said in COARSE
    assert 0.62 < said / share < 1.6
    assert coarse(said) == said


def test_areas_beyond_the_steps_are_said_as_the_last_one() -> None:
    assert coarse(0.00001) == COARSE[0]
    assert coarse(1.0) == COARSE[-1]


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
