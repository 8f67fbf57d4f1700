"""Windows, geometry, evidence, queue and split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement, upsample
from wsl_studio.domain.geometry import Geometry, direction_letters, opposite
from wsl_studio.domain.progress import Progress, drain, say_time, seconds_left, told
from wsl_studio.domain.split import SHARES, draw_steps
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window, auto_window, grey, grey_table

finite = st.floats(-3000, 3000)


# Windows ----------------------------------------------------------------------------------


def test_linear_window_follows_the_standards_example() -> None:
    # PS3.3 C.11.2.1.2.1, Note 2: centre 2048, width 4096 maps 0..4095 onto the whole range.
    values = np.array([0.0, 4095.0, -5.0, 5000.0])
    assert grey(values, Window(2048, 4096)).tolist() == [0, 255, 0, 255]


@given(centre=finite, width=st.floats(1, 4000), function=st.sampled_from(["LINEAR", "SIGMOID"]))
def test_grey_never_falls_as_the_value_rises(centre: float, width: float, function: str) -> None:
    window = Window(centre, width, function=function)  # type: ignore[arg-type]
    shown = grey(np.linspace(-4000, 4000, 500), window).astype(int)
    assert (np.diff(shown) >= 0).all()
    inverted = grey(np.linspace(-4000, 4000, 500), window, is_inverted=True).astype(int)
    assert (shown + inverted == 255).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16])
def test_table_looks_up_what_the_formula_gives(dtype: type) -> None:
    stored = np.array([0, 1, 100, 200, np.iinfo(dtype).max, np.iinfo(dtype).min], dtype)
    window = Window(40, 400)
    table = grey_table(window, dtype=np.dtype(dtype), slope=2.0, intercept=-1024.0)
    index = stored.view(np.uint16) if dtype == np.int16 else stored
    assert table[index].tolist() == grey(stored * 2.0 - 1024.0, window).tolist()


def test_auto_window_of_a_flat_image_has_a_width() -> None:
    assert auto_window(np.zeros((2, 4, 4), np.int16), slope=1, intercept=0).width > 0


def test_ct_presets_start_with_the_files_own() -> None:
    volume = Volume("s", np.zeros((1, 4, 4), np.int16), modality="CT", windows=(Window(1, 2),))
    names = [window.name for window in volume.presets()]
    assert names[:3] == ["File 1", "Auto", "Lung"]
    assert len(names) == 9


# Geometry ---------------------------------------------------------------------------------


def test_letters_of_an_axial_slice() -> None:
    axial = Geometry((5, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 0))
    assert axial.letters() == ("R", "L", "A", "P")


def test_small_tilts_do_not_show_in_letters() -> None:
    assert direction_letters((0.995, 0.0, 0.1)) == "L"
    assert direction_letters((-0.7, 0.7, 0.0)) in ("RP", "PR")
    assert opposite("LPH") == "RAF"


@given(angle=st.floats(0, 6.28), i=st.integers(0, 400), j=st.integers(0, 400), k=st.integers(0, 90))
def test_index_to_world_and_back_is_exact(angle: float, i: int, j: int, k: int) -> None:
    c, s = np.cos(angle), np.sin(angle)
    geometry = Geometry((3.3, 0.7, 0.667), (c, s, 0), (-s, c, 0), (-10, 20, 30))
    matrix = geometry.index_to_world()
    back = np.linalg.solve(matrix, matrix @ np.array([j, i, k, 1.0]))
    assert np.allclose(back, [j, i, k, 1], atol=1e-6)


# Evidence ---------------------------------------------------------------------------------


def make_evidence(grid: np.ndarray, score: float = 1.0) -> Evidence:
    arithmetic = Arithmetic(max(score, 0), min(score, 0), 0, score)
    return Evidence(
        "s", "nodule", 1, grid.astype(np.float32), Placement(16, 16, 7.5, 7.5), arithmetic, 4
    )


def test_the_sentence_is_the_designs() -> None:
    assert Arithmetic(2.1, -0.4, 0, 1.7).sentence() == (
        "+2.1 for, \N{MINUS SIGN}0.4 against = +1.7 \N{RIGHTWARDS ARROW} 0.85"
    )
    assert "\N{MINUS SIGN}0.0 against" in Arithmetic(2.1, 0.0, 0, 2.1).sentence()
    assert "baseline" in Arithmetic(2.1, -0.4, 0.3, 2.0).sentence()
    assert (
        Arithmetic(2.1, -0.4, 0.3, 2.9, 0.9)
        .sentence()
        .startswith("+2.1 for, \N{MINUS SIGN}0.4 against, +0.9 as a whole, +0.3 baseline = +2.9")
    )


@given(i=st.integers(1, 6), j=st.integers(1, 4), s=st.integers(0, 2), stride=st.floats(1.5, 40.0))
def test_a_cell_is_drawn_at_its_centre(i: int, j: int, s: int, stride: float) -> None:
    grid = np.zeros((3, 8, 6), np.float32)
    grid[s, i, j] = 5
    placement = Placement(stride, stride, (stride - 1) / 2, (stride - 1) / 2)
    shape = (round(8 * stride), round(6 * stride))
    full = upsample(grid, placement, shape)
    y, x = placement.pixel(i, j)
    top, peak_y, peak_x = np.unravel_index(int(full.argmax()), full.shape)
    assert top == s
    assert abs(peak_y - y) <= 0.5 + 1e-3
    assert abs(peak_x - x) <= 0.5 + 1e-3


@given(y=st.floats(-20, 160), x=st.floats(-20, 160))
def test_the_value_under_the_cursor_is_the_one_drawn(y: float, x: float) -> None:
    grid = np.random.default_rng(0).normal(size=(1, 8, 8)).astype(np.float32)
    evidence = make_evidence(grid)
    y, x = round(min(max(y, 0), 127)), round(min(max(x, 0), 127))
    full = upsample(evidence.grid, evidence.placement, (128, 128))
    assert evidence.value(0, y, x) == pytest.approx(float(full[0, y, x]), abs=1e-4)


def test_the_decisive_slice_is_on_the_side_of_the_score() -> None:
    grid = np.zeros((4, 2, 2))
    grid[1, 0, 0], grid[3, 1, 1] = 2, -3
    assert make_evidence(grid, 1.0).decisive_slice() == 1
    assert make_evidence(grid, -1.0).decisive_slice() == 3
    assert make_evidence(grid).decisive_slices()[:2] == (3, 1)
    assert make_evidence(grid).peak() == (1, 0, 0)


@given(st.floats(-0.45, 0.45), st.floats(-0.45, 0.45), st.floats(0.1, 5))
def test_the_top_inside_a_cell_is_found(down: float, across: float, bend: float) -> None:
    i, j = np.mgrid[:7, :7]
    grid = 9 - bend * ((i - 3 - down) ** 2 + (j - 2 - across) ** 2)
    evidence = make_evidence(grid[None])
    s, a, b = evidence.peak()
    assert evidence.place(s, a, b) == pytest.approx(
        (7.5 + 16 * (3 + down), 7.5 + 16 * (2 + across)), abs=0.05
    )


def test_a_top_on_the_border_or_on_a_plateau_stays_in_the_middle_of_its_cell() -> None:
    assert make_evidence(np.zeros((1, 3, 3))).place(0, 1, 1) == (23.5, 23.5)
    grid = np.zeros((1, 3, 3))
    grid[0, 0, 0] = 1
    assert make_evidence(grid).place(0, 0, 0) == (7.5, 7.5)


# Split ------------------------------------------------------------------------------------


@given(st.integers(0, 200), st.integers(0, 60), st.integers(0, 3))
def test_the_split_keeps_what_was_drawn_and_its_shares(old: int, new: int, seed: int) -> None:
    first = drain(draw_steps([f"p{i}" for i in range(old)], known={}, seed=seed))
    both = drain(draw_steps([f"p{i}" for i in range(old + new)], known=first, seed=seed))
    assert {p: both[p] for p in first} == first
    assert len(both) == old + new
    for part, share in SHARES:
        n = sum(1 for p in both.values() if p == part)
        assert abs(n - share * (old + new)) <= 1.0


# Progress ---------------------------------------------------------------------------------


def test_told_work_reports_in_other_words_and_returns_the_same() -> None:
    def steps():  # type: ignore[no-untyped-def]
        yield Progress(1, 2)
        yield Progress(2, 2)
        return "done"

    seen: list[str] = []
    work = told(steps(), lambda one: f"{one.done} of {one.total}")
    assert drain(work, seen.append) == "done"  # type: ignore[arg-type]
    assert seen == ["1 of 2", "2 of 2"]


def test_drain_reports_and_returns() -> None:
    def steps():  # type: ignore[no-untyped-def]
        yield Progress(1, 2)
        return "done"

    seen: list[Progress] = []
    assert drain(steps(), seen.append) == "done"
    assert seen[0].fraction == 0.5


def test_time_left_is_said_in_words_and_not_before_it_is_known() -> None:
    assert seconds_left(10, None) is None
    assert seconds_left(10, 0.5) == 10
    assert [say_time(s) for s in (None, 34, 200, 7200)] == [
        "",
        "34 s left",
        "3 min left",
        "2.0 h left",
    ]
