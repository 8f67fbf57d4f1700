"""Sizes in mm and shares of a series: the one from the other, and the list that is offered."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes_values import make_series
from wsl_studio.domain.series import Series
from wsl_studio.domain.size import (
    SHARES,
    SIZES_MM,
    SMALL,
    Size,
    diameter_of,
    share_of,
    sizes,
)

STACKS = st.builds(
    make_series,
    n_slices=st.integers(1, 600),
    side=st.integers(16, 2048),
    spacing_mm=st.tuples(*[st.floats(0.05, 10)] * 3),
)
DIAMETERS = st.floats(0.1, 500)
CHEST = make_series(n_slices=300, side=512, spacing_mm=(1.0, 0.7, 0.7))
PLAIN = make_series(spacing_mm=None)


def test_a_ball_is_a_share_of_the_volume_and_a_disc_one_of_the_picture() -> None:
    volume = 300 * 512 * 0.7 * 512 * 0.7
    assert share_of(8, CHEST) == pytest.approx(math.pi * 8**3 / 6 / volume)
    assert 0.0002 / 100 < share_of(8, CHEST) < 0.03 / 100, "a nodule is no part to be seen"
    one = make_series(n_slices=1, side=100, spacing_mm=(1.0, 2.0, 0.5))
    assert share_of(30, one) == pytest.approx(math.pi * 15**2 / (100 * 2.0 * 100 * 0.5))


def test_of_a_ball_thicker_than_the_slices_what_lies_in_them_counts() -> None:
    """Against voxels counted in a ball of 40 mm, of which 12 mm are seen."""
    thin = make_series(n_slices=12, side=100, spacing_mm=(1.0, 1.0, 1.0))
    inside = sum(
        (s - 5.5) ** 2 + (y - 49.5) ** 2 + (x - 49.5) ** 2 <= 20**2
        for s in range(12) for y in range(100) for x in range(100)
    )  # fmt: skip
    assert share_of(40, thin) == pytest.approx(inside / (12 * 100 * 100), rel=0.01)


@given(STACKS, DIAMETERS)
def test_a_diameter_comes_back_from_its_share(series: Series, mm: float) -> None:
    share = share_of(mm, series)
    assert 0 < share <= 1
    if share < 1:
        assert diameter_of(share, series) == pytest.approx(mm, rel=1e-6)


@given(STACKS, DIAMETERS, DIAMETERS)
def test_what_is_larger_fills_no_less(series: Series, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert share_of(low, series) <= share_of(high, series) <= 1


@given(st.one_of(STACKS, st.just(PLAIN), st.none()), st.none() | st.floats(1e-9, 1))
def test_the_list_grows_line_by_line_and_holds_what_was_said(
    series: Series | None, said: float | None
) -> None:
    lines = sizes(series, said)
    shares = [line.share for line in lines]
    assert all(low < high for low, high in pairwise(shares))
    assert shares[0] > 0
    assert len(lines) <= len(SIZES_MM) + len(SHARES) + 1
    assert said is None or any(math.isclose(said, share) for share in shares)
    assert all(line.share < SMALL for line in lines if line.across_mm is not None)
    for line in sizes(series):
        assert sizes(series, line.share) == sizes(series), "what was chosen is in the list already"


def test_a_chest_offers_every_diameter_and_then_shares() -> None:
    lines = sizes(CHEST)
    assert [line.across_mm for line in lines[:7]] == list(SIZES_MM)
    assert lines[7:] == tuple(Size(share) for share in SHARES if share > share_of(50, CHEST))


def test_a_diameter_that_fills_a_good_part_is_not_offered() -> None:
    knee = make_series(n_slices=30, side=320, spacing_mm=(3.0, 0.5, 0.5))
    assert [line.across_mm for line in sizes(knee)][:7] == [3, 5, 8, 12, 20, 30, None]
    assert sizes(knee)[6].share == SMALL


@pytest.mark.parametrize("series", [None, PLAIN])
def test_without_a_geometry_there_are_shares_alone(series: Series | None) -> None:
    assert sizes(series) == tuple(Size(share) for share in SHARES)
    assert Size(0.00002) in sizes(series, 0.00002)


def test_a_share_of_another_program_is_told_in_mm_where_it_is_small() -> None:
    assert Size(0.033) in sizes(CHEST, 0.033)
    (small,) = set(sizes(CHEST, share_of(10, CHEST))) - set(sizes(CHEST))
    assert small.across_mm == pytest.approx(10)


def test_without_a_geometry_nothing_has_mm() -> None:
    with pytest.raises(ValueError, match="geometry"):
        share_of(8, PLAIN)
    with pytest.raises(ValueError, match="geometry"):
        diameter_of(0.1, PLAIN)
