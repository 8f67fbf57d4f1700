"""How far evidence moves between the members of a round stands beside it, in every layout."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.fakes_viewer import (
    FakeSession,
    evidence_of,
    is_blue,
    is_orange,
    make_ct,
    make_geometry,
    make_viewer,
    pixels,
)
from wsl_studio.jobs.values import Change, LabelState, SeriesRow
from wsl_studio.ui.layout import Kind
from wsl_studio.ui.overlay import SPREAD_SCALE
from wsl_studio.ui.theme import MODEL


@pytest.fixture
def session():
    return FakeSession(make_ct(geometry=make_geometry()))


@pytest.fixture
def viewer(session, qtbot):
    return make_viewer(session, qtbot)


def of_members(session):
    """Evidence on slice 4, and members that disagree at another place of that slice."""
    found = evidence_of(session)
    spread = np.zeros_like(found.grid)
    spread[4, 6, 7] = SPREAD_SCALE * found.scale
    return replace(found, spread=spread)


def is_spread(rgb):
    """Pixels with the hue of the model: more red and blue than green, and red over blue."""
    r, g, b = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    assert MODEL == "#cc9fbd"
    return (r - g > 10) & (b - g > 5)


def show(session):
    session.select(slice=4)
    session.show_model(of_members(session))


def on_screen(viewer):
    viewer.grab()  # lays it out
    return [canvas for canvas in viewer.stage.canvases if canvas.isVisibleTo(viewer)]


def test_beside_one_picture(viewer, session):
    show(session)
    assert not is_spread(pixels(viewer.canvas)).any()
    viewer.layouts.toggle_spread()
    left, right = on_screen(viewer)
    assert is_orange(pixels(left)).any()
    assert not is_spread(pixels(left)).any()
    assert is_spread(pixels(right)).any()
    assert not is_blue(pixels(right)).any()
    assert right.x() > left.x() + left.width() - 1
    assert right._sketch.label == "repeatability"
    assert "0.8 logits" in right._sketch.note
    session.select(slice=5)
    assert right.index == 5
    assert not is_spread(pixels(right)).any(), "members agree on this slice"
    left.zoom_by(2)
    assert right.view.zoom == 2
    viewer.layouts.toggle_spread()
    assert on_screen(viewer) == [viewer.canvas]


def test_under_each_of_three_planes(viewer, session):
    show(session)
    viewer.stage.fly((4.0, 52.0, 60.0))  # in sight of the cell where members disagree
    viewer.layouts.planes()
    viewer.layouts.toggle_spread()
    shown = on_screen(viewer)
    assert len(shown) == 6
    for own, twin in zip(shown[:3], shown[3:], strict=True):
        assert twin.orientation == own.orientation
        assert twin.index == own.index
        assert twin.x() == own.x()
        assert twin.y() > own.y()
        assert is_spread(pixels(twin)).any()
        assert not is_spread(pixels(own)).any()
    viewer.layouts.next_picture()
    viewer.rotate()
    assert shown[4].orientation == shown[1].orientation, "a twin turns with its picture"
    viewer.layouts.next_picture()
    viewer.layouts.next_picture()
    assert viewer.stage.layout_value.active == 0, "keys turn pictures, and twins follow"


def test_under_the_series_that_has_evidence_when_two_are_compared(viewer, session):
    session.rows = (*session.rows, SeriesRow("9", "CT 12 slices", 8, LabelState.UNLABELLED))
    session.changed.emit(Change(volume=True))
    session.compared = replace(make_ct(geometry=make_geometry()), series_uid="9")
    show(session)
    viewer.layouts.compare()
    viewer.layouts.toggle_spread()
    own, other, twin = on_screen(viewer)
    assert other.volume.series_uid == "9"
    assert twin.volume is own.volume
    assert twin.y() > own.y()
    assert other.height() > own.height() + twin.height() - 1
    assert is_spread(pixels(twin)).any()
    assert not is_spread(pixels(other)).any()


def test_under_both_rounds_and_beside_the_plain_picture(viewer, session):
    show(session)
    session.model = replace(session.model, before={"nodule": of_members(session)})
    session.changed.emit(Change(evidence=True))
    viewer.layouts.rounds()
    viewer.layouts.toggle_spread()
    assert [bool(is_spread(pixels(c)).any()) for c in on_screen(viewer)] == [False, False, True,
                                                                             True]  # fmt: skip
    viewer.layouts.beside()
    assert [bool(is_spread(pixels(c)).any()) for c in on_screen(viewer)] == [False, False, True]


def test_each_tile_stands_beside_its_own(viewer, session):
    show(session)
    viewer.layouts.tiles()
    tiles = viewer.stage.tiles
    assert not is_spread(pixels(tiles)).any()
    narrow = tiles.rect_of(0)
    viewer.layouts.toggle_spread()
    assert viewer.layouts.now.kind is Kind.TILES
    box = tiles.rect_of(4)
    assert box.width() > 1.9 * box.height() > 0
    assert tiles.rect_of(0).width() > narrow.width()
    shown = pixels(tiles)[int(box.top()) : int(box.bottom()), int(box.left()) : int(box.right())]
    half = shown.shape[1] // 2
    assert is_orange(shown[:, :half]).any()
    assert not is_spread(shown[:, :half]).any()
    assert is_spread(shown[:, half:]).any()
    assert not is_orange(shown[:, half:]).any()
    QTest.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert session.selection.slice == 4


def test_a_round_of_one_member_says_so_and_draws_nothing(viewer, session):
    session.select(slice=4)
    session.show_model(evidence_of(session))
    viewer.layouts.toggle_spread()
    _, twin = on_screen(viewer)
    assert twin.evidence is None
    assert twin._sketch.note == "a round of one member has none"
    assert not is_orange(pixels(twin)).any()


def test_nothing_jumps_or_shows_before_the_commit(viewer, session):
    session.select(slice=4)
    session.hide_model(of_members(session))
    viewer.layouts.toggle_spread()
    hidden = [canvas.geometry() for canvas in on_screen(viewer)]
    assert len(hidden) == 2
    assert not any(is_spread(pixels(canvas)).any() for canvas in on_screen(viewer))
    session.show_model(of_members(session))
    assert [canvas.geometry() for canvas in on_screen(viewer)] == hidden
    session.hide_model(of_members(session))
    assert not any(is_spread(pixels(canvas)).any() for canvas in on_screen(viewer))
