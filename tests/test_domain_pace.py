"""Time left of a round, as its line says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.domain.progress import Pace


def test_time_left_of_epochs_is_that_of_all_epochs_still_to_come() -> None:
    pace = Pace()
    assert pace.seconds_left("training", 0, 12, 100.0) is None
    assert pace.seconds_left("training", 0, 12, 104.0) is None
    assert pace.seconds_left("training", 1, 12, 106.0) == pytest.approx(66.0)
    assert pace.seconds_left("training", 1, 12, 109.0) == pytest.approx(63.0)  # it runs down
    assert pace.seconds_left("training", 2, 12, 112.0) == pytest.approx(60.0)


def test_a_new_stage_and_one_that_begins_again_start_anew() -> None:
    pace = Pace()
    pace.seconds_left("reading", 0, 10, 0.0)
    assert pace.seconds_left("reading", 5, 10, 50.0) == pytest.approx(50.0)
    assert pace.seconds_left("training", 0, 4, 60.0) is None
    assert pace.seconds_left("training", 2, 4, 62.0) == pytest.approx(2.0)
    assert pace.seconds_left("training", 0, 4, 63.0) is None  # the twin of the round


def test_what_was_done_before_the_window_opened_says_nothing_of_speed() -> None:
    pace = Pace()
    assert pace.seconds_left("training", 9, 12, 0.0) is None
    assert pace.seconds_left("training", 10, 12, 6.0) == pytest.approx(12.0)


@given(st.integers(1, 200), st.floats(0.1, 100.0), st.integers(0, 5))
def test_at_an_even_speed_the_time_left_is_exact(total: int, each: float, begun: int) -> None:
    pace = Pace()
    for done in range(begun, total + 1):
        left = pace.seconds_left("training", done, total, done * each)
        if left is not None:
            assert left == pytest.approx((total - done) * each, abs=1e-6 * total * each)
