"""Planes are rotations of the grid: nothing moves in the patient, nothing is made up."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.link import cut, follow, link
from wsl_studio.domain.measure import Kind, Measure, angle, length, place_words, values, words
from wsl_studio.domain.peaks import peaks
from wsl_studio.domain.reslice import (
    UPRIGHT,
    Orientation,
    Slab,
    Through,
    evidence_layer,
    planes,
    project,
    voxel_of,
    world,
)
from wsl_studio.domain.volume import Volume

SHAPE = (5, 7, 9)
GRID = Geometry((3.0, 0.7, 0.5), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (-10.0, 20.0, 5.0))
ORIENTATIONS = [
    Orientation.of(axes, down, across)
    for axes, down, across in product(permutations(range(3)), (False, True), (False, True))
]
orientations = st.sampled_from(ORIENTATIONS)
voxels = st.tuples(*(st.integers(0, n - 1) for n in SHAPE))


def make_volume(geometry: Geometry | None = GRID, **parts) -> Volume:
    array = np.arange(np.prod(SHAPE), dtype=np.int16).reshape(SHAPE)
    return Volume("1.2", array, unit="HU", geometry=geometry, **parts)


def make_evidence(grid: np.ndarray, stride: float = 2.0) -> Evidence:
    place = Placement(stride, stride, (stride - 1) / 2, (stride - 1) / 2)
    return Evidence("1.2", "nodule", 1, grid.astype(np.float32), place, Arithmetic(1, 0, 0, 1), 3.0)


@given(orientations, voxels)
def test_a_displayed_voxel_is_the_stored_one_at_the_same_place_in_the_patient(lies, voxel):
    volume = make_volume()
    shown = lies.volume(volume)
    at = lies.show(voxel, SHAPE)
    assert lies.voxel(at, SHAPE) == voxel
    index = tuple(int(v) for v in at)
    assert shown.array[index] == volume.array[voxel]
    assert world(shown.geometry, at) == pytest.approx(world(GRID, voxel), abs=1e-9)
    assert voxel_of(GRID, world(GRID, voxel)) == pytest.approx(voxel, abs=1e-9)


@given(orientations)
def test_four_turns_and_two_mirrors_come_back(lies):
    assert lies.turned().turned().turned().turned() == lies
    assert lies.mirrored().mirrored() == lies
    assert lies.mirrored(is_vertical=True).mirrored() == lies.turned().turned()
    assert lies.volume(make_volume()).array.base is not None


def test_a_mirror_alone_is_no_orientation():
    with pytest.raises(ValueError, match="rotation"):
        Orientation((0, 1, 2), (False, False, True))


rotations = st.tuples(*(st.floats(-40, 40) for _ in range(3)))


@given(rotations, st.sampled_from(ORIENTATIONS))
def test_oblique_planes_have_three_names_and_are_hung_upright(angles, stored):
    a, b, c = np.radians(angles)
    turn = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    turn = turn @ np.array([[1, 0, 0], [0, np.cos(b / 2), -np.sin(b / 2)],
                            [0, np.sin(b / 2), np.cos(b / 2)]])  # fmt: skip
    base = stored.geometry(GRID, SHAPE)
    grid = Geometry(
        base.spacing_mm, tuple(turn @ base.row_cosine), tuple(turn @ base.column_cosine), (0, 0, 0)
    )
    hung = planes(grid)
    assert sorted(lies.axis for lies in hung.values()) == [0, 1, 2]
    shape = stored.shape(SHAPE)
    wanted = {"axial": ("L", "P"), "coronal": ("L", "F"), "sagittal": ("P", "F")}
    for name, lies in hung.items():
        if lies == UPRIGHT:
            continue
        letters = lies.geometry(grid, shape).letters()
        assert wanted[name][0] in letters[1], (name, letters)
        assert wanted[name][1] in letters[3], (name, letters)
    del c


@given(orientations, st.integers(0, 2**16))
def test_evidence_on_a_plane_is_the_evidence_at_its_voxels(lies, seed):
    rng = np.random.default_rng(seed)
    evidence = make_evidence(rng.normal(size=(5, 3, 4)))
    shape = (5, 6, 8)
    n = lies.shape(shape)[0]
    index = int(rng.integers(0, n))
    grid, place = evidence_layer(evidence, shape, lies, index)
    layer = Evidence("", "", 1, grid[None], place, Arithmetic(0, 0, 0, 0), 1.0)
    at = (index, *(int(rng.integers(0, k)) for k in lies.shape(shape)[1:]))
    s, y, x = lies.voxel(at, shape)
    assert layer.value(0, at[1], at[2]) == pytest.approx(evidence.value(int(s), y, x), abs=1e-5)


def test_slabs_take_mean_most_and_least_of_modality_values():
    stack = np.array([[[1]], [[5]], [[9]]], np.int16)
    assert project(stack, Through.MEAN).item() == 5
    assert project(stack, Through.MOST).item() == 9
    assert project(stack, Through.LEAST).item() == 1
    assert project(stack, Through.MOST, is_falling=True).item() == 1
    slab = Slab(10.0, Through.MOST)
    assert slab.depth(10, 30, 2.5) == (8, 13)
    assert slab.depth(0, 30, 2.5) == (0, 3)
    assert Slab().depth(4, 30, 2.5) == (4, 5)
    assert slab.words() == "MIP 10 mm"


def test_a_slab_of_evidence_keeps_what_speaks_against():
    grid = np.zeros((5, 3, 4), np.float32)
    grid[1, 1, 1], grid[2, 1, 1] = -3.0, 1.0
    strongest, _ = evidence_layer(make_evidence(grid), (5, 6, 8), UPRIGHT, 2, (1, 4), Through.MOST)
    assert strongest[1, 1] == -3.0
    mean, _ = evidence_layer(make_evidence(grid), (5, 6, 8), UPRIGHT, 2, (1, 4), Through.MEAN)
    assert mean[1, 1] == pytest.approx(-2 / 3)


def test_regions_are_the_loudest_apart_and_numbered_by_side():
    grid = np.zeros((8, 9, 9), np.float32)
    grid[1, 1, 1], grid[1, 2, 1], grid[6, 7, 7], grid[4, 4, 1] = 3.0, 2.9, 1.0, -2.0
    found = peaks(make_evidence(grid, 4.0))
    assert [peak.name for peak in found] == ["h+1", "h+2", "h\N{MINUS SIGN}1"]
    assert (found[0].slice, found[0].y, found[0].x) == (1, 5.5, 5.5)
    assert (found[1].slice, found[1].logits) == (6, 1.0)
    assert peaks(make_evidence(np.zeros((2, 3, 3)))) == ()


def test_series_follow_each_other_by_place_only_in_one_frame_of_reference():
    one = make_volume(frame_uid="1.9")
    moved = Geometry((1.5, 1.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 8.0))
    two = Volume("1.3", np.zeros((20, 4, 4), np.int16), geometry=moved, frame_uid="1.9")
    assert link(one, two).is_by_place
    assert [follow(one, two, k) for k in range(5)] == [0, 0, 2, 4, 6]
    other = Volume("1.3", two.array, geometry=moved, frame_uid="1.8")
    assert "another frame of reference" in link(one, other).words
    assert [follow(one, other, k) for k in (0, 2, 4)] == [0, 10, 19]
    assert "positions unknown" in link(one, make_volume(None)).words
    turned = planes(GRID)["coronal"].volume(one)
    assert "planes differ" in link(one, turned).words


def test_a_slice_of_another_plane_cuts_as_a_line_where_it_lies():
    one = make_volume(frame_uid="1.9")
    coronal = planes(GRID)["coronal"].volume(one)
    for k in range(7):
        row = planes(GRID)["coronal"].voxel((k, 0, 0), SHAPE)[1]
        ends = cut(one, 2, coronal, k)
        assert ends is not None
        assert [end[1] for end in ends] == pytest.approx([row, row])
        assert sorted(end[2] for end in ends) == pytest.approx([-0.5, 8.5])
    assert cut(one, 2, one, 3) is None
    assert cut(one, 2, Volume("1.3", one.array, geometry=coronal.geometry), 3) is None


def test_presets_follow_the_modality():
    names = [w.name for w in make_volume(modality="MR").presets()]
    assert names == ["Auto", "Auto wide", "Auto narrow"]
    suv = Volume("1", np.zeros((1, 2, 2), np.uint16), unit="SUVbw", modality="PT")
    assert [w.name for w in suv.presets()][1:] == ["SUV 0–5", "SUV 0–10", "SUV 0–20"]
    assert "Lung" in [w.name for w in make_volume(modality="CT").presets()]


def test_measures_read_in_mm_and_hu_or_say_that_they_are_pixels():
    volume = make_volume()
    assert length(volume, (0, 0, 0), (0, 6, 8)) == pytest.approx(np.hypot(4.2, 4.0))
    assert length(volume, (0, 0, 0), (4, 0, 0)) == 12.0
    line = Measure(Kind.DISTANCE, ((0, 0, 0), (0, 6, 8)))
    assert words(line, volume) == ("5.8 mm",)
    bare = make_volume(None)
    assert words(line, bare) == ("10.0 px (no spacing)",)
    assert angle(volume, (0, 6, 0), (0, 0, 0), (0, 0, 8)) == pytest.approx(90)
    corner = Measure(Kind.ANGLE, ((0, 6, 0), (0, 0, 0), (0, 0, 8)))
    assert words(corner, bare) == ("90.0\N{DEGREE SIGN} (no spacing)",)
    assert place_words(volume, (1, 0, 0)) == "R 10.0  P 20.0  H 8.0 mm"
    assert place_words(bare, (1, 0, 0)) == ""


@given(voxels, voxels, st.integers(0, 2), st.sampled_from([Kind.RECTANGLE, Kind.ELLIPSE]))
def test_values_of_a_region_are_those_of_its_voxels(one, two, axis, kind):
    volume = make_volume(slope=2.0, intercept=-100.0)
    two = tuple(one[a] if a == axis else two[a] for a in range(3))
    measure = Measure(kind, (one, two), axis)
    middle = [(a + b) / 2 for a, b in zip(one, two, strict=True)]
    half = [max(abs(a - b) / 2, 1e-9) for a, b in zip(one, two, strict=True)]
    inside = []
    for at in np.ndindex(*SHAPE):
        away = [abs(at[a] - middle[a]) / half[a] for a in range(3) if a != axis]
        in_box = max(away) <= 1 + 1e-12
        in_round = sum(v * v for v in away) <= 1 + 1e-12
        if at[axis] == one[axis] and (in_round if kind is Kind.ELLIPSE else in_box):
            inside.append(float(volume.array[at]) * 2.0 - 100.0)
    found = values(measure, volume)
    if not inside:
        assert found is None
        return
    assert found is not None
    assert found.n == len(inside)
    assert found.mean == pytest.approx(np.mean(inside))
    assert found.sd == pytest.approx(np.std(inside), abs=1e-6)
    assert (found.low, found.high) == (min(inside), max(inside))
