"""Offsets, distances, boxes and overlap of maps, against values found by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.label import Region
from wsl_studio.domain.round import Offset
from wsl_studio.learn.froc import froc_intervals
from wsl_studio.learn.lesions import find_lesions
from wsl_studio.learn.localisation import (
    box_iou,
    box_offset,
    box_overlaps,
    dice,
    lesion_offsets,
    median_offset,
    normalised,
    peak_distance,
    say_offset,
)
from wsl_studio.learn.resample import best, mean_interval
from wsl_studio.learn.score import FROC_RATES, Case, Localized, froc

PLACE = Placement(16, 16, 7.5, 7.5)
"""Cell (i, j) covers pixels 16 i ... 16 i + 15."""


def evidence(grid: np.ndarray) -> Evidence:
    return Evidence("s", "f", 1, grid.astype(np.float32), PLACE, Arithmetic(0, 0, 0, 0), 1)


def spot(shape: tuple[int, int, int], *cells: tuple[int, int, int]) -> np.ndarray:
    grid = np.zeros(shape)
    for n, cell in enumerate(cells):
        grid[cell] = 5 - n
    return grid


def square(shape: tuple[int, int, int], s: int, y: int, x: int, side: int) -> np.ndarray:
    mask = np.zeros(shape, bool)
    mask[s, y : y + side, x : x + side] = True
    return mask


def test_an_offset_runs_from_the_centre_of_a_lesion_to_the_peak_at_it() -> None:
    # The lesion covers cells 2 and 3 down and across: its centre lies between them, at 2.5.
    mask = square((1, 128, 128), 0, 32, 32, 32)
    at = lesion_offsets(evidence(spot((1, 8, 8), (0, 3, 5), (0, 0, 0))), find_lesions(mask))
    assert at == (pytest.approx((0.5, 2.5)),)
    # Stronger evidence three cells beside it is another thing's.
    far = lesion_offsets(evidence(spot((1, 8, 8), (0, 3, 6), (0, 2, 2))), find_lesions(mask))
    assert far == (pytest.approx((-0.5, -0.5)),)


def test_every_lesion_has_an_offset_also_one_smaller_than_a_cell() -> None:
    mask = square((1, 128, 128), 0, 16, 16, 16) | square((1, 128, 128), 0, 100, 98, 2)
    found = lesion_offsets(evidence(spot((1, 8, 8), (0, 1, 1), (0, 6, 6))), find_lesions(mask))
    assert found[0] == pytest.approx((0.0, 0.0))
    assert found[1] == pytest.approx((6 - (100.5 - 7.5) / 16, 6 - (98.5 - 7.5) / 16))
    assert lesion_offsets(evidence(spot((1, 8, 8))), find_lesions(np.zeros((1, 9, 9), bool))) == ()


def test_a_lesion_of_a_volume_is_looked_for_in_its_own_slices() -> None:
    mask = square((5, 128, 128), 3, 32, 32, 16)
    grid = spot((5, 8, 8), (0, 2, 4), (3, 3, 2))
    assert lesion_offsets(evidence(grid), find_lesions(mask)) == (pytest.approx((1.0, 0.0)),)
    tiny = square((5, 128, 128), 3, 30, 32, 1)
    assert lesion_offsets(evidence(grid), find_lesions(tiny))[0][0] == pytest.approx(
        3 - (30 - 7.5) / 16
    )


def test_a_box_is_measured_as_a_mask_of_its_pixels() -> None:
    rng = np.random.default_rng(0)
    grid = rng.normal(size=(4, 8, 8)).astype(np.float32)
    for box in ((32, 16, 64, 48), (33, 17, 36, 20), (0, 0, 128, 128)):
        region = Region(first=2, last=2, box=box)
        mask = np.zeros((4, 128, 128), bool)
        mask[2, box[1] : box[3], box[0] : box[2]] = True
        (as_mask,) = lesion_offsets(evidence(grid), find_lesions(mask))
        assert box_offset(grid, PLACE, region) == pytest.approx(as_mask)


def test_a_shift_exceeds_a_cell_only_if_most_offsets_share_it() -> None:
    shifted = [(2.0 + 0.1 * k, 0.3 - 0.1 * k) for k in range(8)]
    found = median_offset(shifted)
    assert (found.dy, found.dx) == pytest.approx((2.35, -0.05))
    assert (found.n, found.exceeds) == (8, True)
    # Large lesions: peaks far from the centre, on every side of it.
    ring = [(3 * math.cos(a), 3 * math.sin(a)) for a in np.linspace(0, 2 * np.pi, 12)[:-1]]
    assert median_offset(ring).exceeds is False
    assert median_offset([(4.0, 4.0)] * 5).exceeds is False, "five are too few to tell"
    assert median_offset([(4.0, 4.0)] * 6).exceeds
    assert median_offset([(0.9, 0.0)] * 30).exceeds is False
    assert median_offset([]) is None


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30), st.integers(0, 1000))
def test_chance_seldom_exceeds_and_a_common_shift_moves_the_median(
    rows: list[float], seed: int
) -> None:
    both = [(row, -row) for row in rows] + [(-row, row) for row in rows]
    found = median_offset(both)
    assert (found.n, found.exceeds) == (2 * len(rows), False)
    moved = median_offset([(dy + 3, dx) for dy, dx in both])
    assert moved.dy == pytest.approx(found.dy + 3)


def test_an_offset_is_said_in_one_sentence_or_not_at_all() -> None:
    assert (
        say_offset("nodule", Offset(dy=-1.0, dx=1.0, n=12, exceeds=True), "boxes")
        == "Evidence for nodule peaks 1.4 cells beside its boxes (median of 12)."
    )
    assert say_offset("nodule", Offset(dy=0.3, dx=0.1, n=12, exceeds=False), "boxes") == ""
    assert say_offset("nodule", None, "boxes") == ""


def test_distance_of_the_peak_is_in_cells_and_0_inside() -> None:
    mask = square((1, 128, 128), 0, 32, 32, 16)
    inside = peak_distance(evidence(spot((1, 8, 8), (0, 2, 2))), mask)
    assert inside == pytest.approx(0, abs=0.05)
    beside = peak_distance(evidence(spot((1, 8, 8), (0, 2, 4))), mask)
    assert beside == pytest.approx((71.5 - 47) / 16, abs=0.05)
    assert peak_distance(evidence(spot((1, 8, 8), (0, 2, 2))), ~mask & mask) == math.inf
    volume = square((6, 128, 128), 3, 32, 32, 16)
    assert peak_distance(evidence(spot((6, 8, 8), (4, 2, 2))), volume) < 0.1
    assert peak_distance(evidence(spot((6, 8, 8), (5, 2, 2))), volume) == math.inf


def test_boxes_of_the_largest_part_at_every_threshold() -> None:
    values = np.zeros((20, 20), np.float32)
    values[2:6, 2:6] = 0.5
    values[12:14, 12:14] = 1.0
    mask = np.zeros((20, 20), bool)
    mask[2:6, 4:8] = True
    found = box_overlaps(values, mask, np.array([0.1, 0.4, 0.6, 1.1]))
    # Intersection 4 x 2, union 16 + 16 - 8; then only the small part is left; then nothing.
    assert found.tolist() == [pytest.approx(8 / 24), pytest.approx(8 / 24), 0.0, 0.0]
    assert box_overlaps(mask.astype(np.float32), mask, np.array([0.5]))[0] == 1.0


boxes = st.tuples(*[st.floats(0, 50)] * 2, *[st.floats(1, 50)] * 2).map(np.array)


@given(boxes, boxes)
def test_overlap_of_boxes_is_symmetric_and_1_with_itself(a: np.ndarray, b: np.ndarray) -> None:
    assert box_iou(a, b) == pytest.approx(box_iou(b, a))
    assert 0 <= box_iou(a, b) <= 1 + 1e-9
    assert box_iou(a, a) == pytest.approx(1)


@given(st.integers(0, 10_000))
def test_dice_of_all_thresholds_at_once_is_dice_of_each(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 5, (6, 7)).astype(np.float32)
    mask = rng.random((6, 7)) < 0.3
    mask[0, 0] = True
    thresholds = np.array([0.0, 1.0, 2.5, 4.0, 9.0])
    found = dice(values, mask, thresholds)
    for value, threshold in zip(found, thresholds, strict=True):
        above = values >= threshold
        assert value == pytest.approx(2 * (above & mask).sum() / (above.sum() + mask.sum()))


@given(st.lists(st.floats(-100, 100, width=32), min_size=2, max_size=20), st.floats(0.1, 10))
def test_a_normalised_map_does_not_depend_on_scale_and_place(
    values: list[float], scale: float
) -> None:
    x = np.array(values, np.float32)
    unit = normalised(x)
    assert unit.min() == 0
    if np.ptp(x) > 0.1:
        assert unit.max() == 1
        np.testing.assert_allclose(normalised(x * np.float32(scale) + 3), unit, atol=2e-3)


def test_the_best_threshold_is_chosen_anew_in_every_resample() -> None:
    table = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], float)
    found = mean_interval(table, ["a", "b", "c", "d"], take=best)
    assert found.value == 0.5
    assert found.low >= 0.5, "whatever is drawn, one of the two is right half of the time"
    plain = mean_interval(table[:, 0], ["a", "b", "c", "d"])
    assert plain.low == 0.0
    assert mean_interval(np.zeros(0), []) is None


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_froc_with_intervals_is_froc(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cases = []
    for k in range(8):
        n = int(rng.integers(0, 3))
        marks = sorted(rng.normal(size=6), reverse=True)
        at = tuple((float(z), int(rng.integers(-1, max(n, 1))) if n else -1) for z in marks)
        cases.append(Case(f"p{k}", 0.0, n > 0, Localized(None, at, n)))
    found = froc_intervals(cases, FROC_RATES)
    for rate, sensitivity in froc(cases):
        assert found[rate].value == pytest.approx(sensitivity)
        assert found[rate].low <= sensitivity <= found[rate].high
    assert bool(found) == any(case.localized.n_lesions for case in cases)
