"""The evidence strip: bars on their side and their slice, jumps, tooltips, nothing when blind."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.fakes_viewer import drag, is_blue, is_orange, make_ct, make_evidence, pixels, wheel
from wsl_studio.domain.label import Answer
from wsl_studio.ui.marks import Mark
from wsl_studio.ui.strip import Strip, bars, next_stop, stops

VOLUME = make_ct(12)
PEAKS = ((3, 2, 2, 2.4), (3, 1, 1, -0.6), (8, 4, 4, -2.0))


@pytest.fixture
def strip(qtbot):
    widget = Strip()
    qtbot.addWidget(widget)
    widget.resize(widget.width(), 500)
    widget.show_series(12, 0)
    return widget


def rows_of(strip, mask):
    """Slices on whose rows a mask has pixels, well inside the row."""
    found = set()
    for s in range(12):
        top, bottom = strip.row_of(s + 0.2), strip.row_of(s + 0.8)
        if mask[int(top) : int(bottom)].any():
            found.add(s)
    return found


def test_bars_lie_on_their_slice_and_their_side(strip):
    strip.set_evidence(make_evidence(VOLUME, peaks=PEAKS))
    rgb = pixels(strip)
    middle = int(strip._middle())
    diamond = strip.width() - 12
    assert rows_of(strip, is_orange(rgb)[:, middle + 1 : diamond]) == {3}
    assert rows_of(strip, is_blue(rgb)[:, :middle]) == {3, 8}
    assert not is_orange(rgb)[:, :middle].any()
    assert not is_blue(rgb)[:, middle + 1 :].any()


def test_bars_have_the_length_of_their_evidence(strip):
    strip.set_evidence(make_evidence(VOLUME, peaks=((2, 0, 0, 3.0), (6, 0, 0, 1.5))))
    mask = is_orange(pixels(strip))[:, : strip.width() - 12]
    full, half = (mask[int(strip.row_of(s + 0.5))].sum() for s in (2, 6))
    assert half == pytest.approx(full / 2, abs=1.5)


def test_the_decisive_slice_is_marked(strip):
    strip.set_evidence(make_evidence(VOLUME, peaks=PEAKS))
    assert rows_of(strip, is_orange(pixels(strip))[:, strip.width() - 12 :]) == {3}


def test_click_drag_and_wheel_move_through_the_slices(strip):
    asked: list[int] = []
    turned: list[int] = []
    strip.slice_wanted.connect(asked.append)
    strip.slices_wanted.connect(turned.append)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(30, round(strip.row_of(7.5))))
    assert asked == [7]
    drag(strip, (30, strip.row_of(1.5)), (30, strip.row_of(9.5)))
    assert asked[1] == 1
    assert asked[-1] == 9
    assert asked[1:] == sorted(asked[1:])
    drag(strip, (30, strip.row_of(9.5)), (30, 5000))
    assert asked[-1] == 11
    wheel(strip, -1)
    assert turned == [1]


def test_the_slice_on_screen_is_marked(strip):
    before = pixels(strip)
    strip.set_slice(6)
    after = pixels(strip)
    changed = np.nonzero((before != after).any((1, 2)))[0]
    assert rows_of(strip, (before != after).any(2)) == {0, 6}
    assert strip.slice_at(changed[-1]) in (6, 7)


def test_labelled_ranges_stand_beside_their_slices(strip):
    blank = pixels(strip)
    strip.set_marks((Mark("nodule present", Answer.PRESENT, 4, 6),))
    assert rows_of(strip, (pixels(strip) != blank).any(2)) == {4, 5, 6}
    assert strip.tip(5) == "slice 6\nnodule present, slices 5–7"
    assert strip.tip(8) == "slice 9"


def test_the_tooltip_says_both_sides_and_the_decisive_slice(strip):
    strip.set_evidence(make_evidence(VOLUME, peaks=PEAKS))
    assert strip.tip(3) == "slice 4: +2.4 for, −0.6 against (decisive)"
    assert strip.tip(8) == "slice 9: +0.0 for, −2.0 against"


def test_without_evidence_no_bar_is_painted(strip):
    strip.set_evidence(make_evidence(VOLUME, peaks=PEAKS))
    strip.set_evidence(None, "label first (blind), or press E to see")
    rgb = pixels(strip)
    assert not is_orange(rgb).any()
    assert not is_blue(rgb).any()
    assert "for" not in strip.tip(3)


def test_no_decisive_slice_vanishes_in_a_long_series():
    volume = make_ct(1000, 16, 16)
    evidence = make_evidence(volume, peaks=((517, 0, 0, 3.0), (518, 1, 1, -3.0)))
    warm, cold = bars(evidence, 100)
    assert warm.size == cold.size == 100
    assert warm[51] == 1.0
    assert cold[51] == -1.0
    assert np.count_nonzero(warm) == np.count_nonzero(cold) == 1


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_stops_start_with_the_decisive_slice_and_go_round(seed, n_slices):
    volume = make_ct(n_slices, 16, 16)
    evidence = make_evidence(volume)
    evidence.grid[:] = np.random.default_rng(seed).normal(0, 2, evidence.grid.shape)
    found = stops(evidence)
    assert found[0] == evidence.decisive_slice()
    assert len(set(found)) == len(found)
    seen, at = [], found[0]
    for _ in found:
        seen.append(at)
        at = next_stop(found, at, 1)
    assert seen == list(found)
    assert at == found[0]
    assert next_stop(found, next_stop(found, at, 1), -1) == at
