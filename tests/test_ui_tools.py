"""What a reader does with the picture: measures, windows, turns, cine, tiles, two series."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.fakes_viewer import (
    FakeSession,
    drag,
    evidence_of,
    hover,
    is_blue,
    is_orange,
    make_ct,
    make_geometry,
    make_viewer,
    pixels,
    row,
)
from wsl_studio.domain.label import Level, Region
from wsl_studio.domain.measure import Kind as MeasureKind
from wsl_studio.domain.window import Window
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import Change, LabelState, SeriesRow
from wsl_studio.ui.layout import Kind
from wsl_studio.ui.sketch import MEASURE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session():
    return FakeSession(make_ct(geometry=make_geometry()))


@pytest.fixture
def viewer(session, qtbot):
    return make_viewer(session, qtbot)


def at(viewer, y, x, s=0):
    point = viewer.canvas.places.point((s, y, x))
    return point.x(), point.y()


def is_green(rgb):
    r, g, b = (int(MEASURE[k : k + 2], 16) for k in (1, 3, 5))
    return np.abs(rgb - (r, g, b)).max(-1) < 30


def measures(viewer):
    return viewer.measures.of("1.2.3")


def test_a_distance_is_drawn_in_mm_on_its_slice_only_and_survives_turns(viewer, session):
    viewer.measure_distance()
    drag(viewer.canvas, at(viewer, 10, 10), at(viewer, 10, 50))
    (made,) = measures(viewer)
    assert np.allclose(made.points, ((0, 10, 10), (0, 10, 50)), atol=1e-6)
    assert is_green(pixels(viewer.canvas)).sum() > 50
    session.select(slice=1)
    assert not is_green(pixels(viewer.canvas)).any()
    session.select(slice=0)
    viewer.rotate()
    viewer.flip_down()
    viewer.canvas.zoom_by(1.2)
    shown = is_green(pixels(viewer.canvas))
    ends = [viewer.canvas.places.point(point) for point in made.points]
    assert abs(ends[0].x() - ends[1].x()) < 1, "a quarter turn stands it upright"
    for end in ends:
        y, x = int(end.y()), int(end.x())
        assert shown[y - 4 : y + 5, x - 4 : x + 5].any()


def test_measures_are_kept_with_the_series_and_taken_away_one_by_one(viewer, session):
    viewer.measure_rectangle()
    drag(viewer.canvas, at(viewer, 20, 22), at(viewer, 28, 35))
    viewer.measure_ellipse()
    drag(viewer.canvas, at(viewer, 20, 22), at(viewer, 28, 35))
    assert len(measures(viewer)) == 2
    assert is_green(pixels(viewer.canvas)).any()
    viewer.remove_measure()
    (left,) = session.measured["1.2.3"]
    assert left.kind is MeasureKind.RECTANGLE
    viewer.remove_measure()
    assert session.measured == {"1.2.3": ()}
    assert not is_green(pixels(viewer.canvas)).any()
    session.measured = {"1.2.3": (left,)}
    session.changed.emit(Change(labels=True))
    assert is_green(pixels(viewer.canvas)).any(), "undone elsewhere, it is on screen again"


def test_an_angle_takes_three_points_and_esc_leaves_it(viewer):
    viewer.measure_angle()
    drag(viewer.canvas, at(viewer, 10, 10), at(viewer, 40, 10))
    assert measures(viewer) == ()
    QTest.mouseClick(viewer.canvas, LEFT, pos=QPoint(*(round(v) for v in at(viewer, 40, 50))))
    (made,) = measures(viewer)
    assert len(made.points) == 3
    viewer.measure_angle()
    drag(viewer.canvas, at(viewer, 10, 10), at(viewer, 40, 10))
    viewer.leave_tool()
    assert (viewer.canvas.tool, len(measures(viewer))) == ("", 1)


def test_a_clicked_measure_is_the_one_that_delete_removes(viewer):
    for y in (10, 40):
        viewer.measure_distance()
        drag(viewer.canvas, at(viewer, y, 10), at(viewer, y, 50))
    first = measures(viewer)[0]
    QTest.mouseClick(viewer.canvas, LEFT, pos=QPoint(*(round(v) for v in at(viewer, 10, 30))))
    viewer.remove_measure()
    assert first not in measures(viewer)
    assert len(measures(viewer)) == 1


def test_a_box_drawn_on_a_turned_picture_is_stored_as_it_lies_in_the_file(viewer, session, qtbot):
    viewer.rotate()
    viewer.flip_across()
    with qtbot.waitSignal(viewer.box_drawn) as drawn:
        viewer.start_box()
        drag(viewer.canvas, at(viewer, 19.6, 29.6), at(viewer, 40.4, 60.4))
    index, box = drawn.args
    assert index == 0
    assert np.allclose(box, (30, 20, 61, 41), atol=1.01)
    session.set_labels(row(1, Level.BOX, Region(first=0, last=0, box=box)))
    viewer.canvas.set_window(Window(3000, 10))
    rgb = pixels(viewer.canvas)
    x, y = at(viewer, (box[1] + box[3] - 1) / 2, box[0] - 0.5)
    patch = rgb[int(y) - 3 : int(y) + 4, int(x) - 3 : int(x) + 4]
    assert (patch[..., 0] > 150).any(), "its left edge is where the box begins in the file"


def test_windows_fine_coarse_auto_and_own_ones_that_stay(qtbot, session, tmp_path):
    session.settings = Settings(tmp_path / "s.json")
    viewer = make_viewer(session, qtbot)
    widths = []
    for keys in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier,
                 Qt.KeyboardModifier.AltModifier):  # fmt: skip
        viewer.reset()
        drag(viewer.canvas, (100, 100), (150, 100), modifiers=keys)
        widths.append(viewer.canvas.view.window.width)
    assert 400 < widths[0] < widths[1] < widths[2]
    viewer.auto_window()
    found = viewer.canvas.view.window
    assert (found.centre, found.width) == (-450, 1100)
    viewer.canvas.set_window(Window(77, 333))
    viewer.keep_window()
    assert viewer.window_button.text() == "Own 1"
    again = make_viewer(FakeSessionWith(session), qtbot)
    assert Window(77, 333, "Own 1") in again.presets.all
    assert len(again.presets.all) <= 9


def FakeSessionWith(other):  # noqa: N802 - a second start of the program
    out = FakeSession(make_ct(geometry=make_geometry()))
    out.settings = Settings(other.settings.path)
    return out


def test_zoom_to_a_region_one_to_one_and_reset(viewer):
    viewer.zoom_region()
    drag(viewer.canvas, at(viewer, 10, 20), at(viewer, 29, 49))
    h, w = viewer.canvas.viewport
    y, x = viewer.canvas.places.voxel(viewer.canvas.rect().center().toPointF())[1:]
    assert (y, x) == pytest.approx((19.5, 34.5), abs=1.1)
    assert viewer.canvas.view.zoom > 2
    viewer.zoom_one()
    assert "zoom 100 %" in [text for text, _ in numbers(viewer)]
    viewer.rotate()
    viewer.invert()
    viewer.layouts.thicker()
    viewer.reset()
    view = viewer.canvas.view
    assert (view.zoom, view.is_inverted, viewer.layouts.now.slab.mm) == (1.0, False, 0.0)
    assert view.rows == 64
    del h, w


def numbers(viewer):
    canvas = viewer.canvas
    return canvas._numbers(canvas._frame, canvas.view, canvas.viewport)


def test_a_slab_is_said_and_shows_the_most_of_its_depth(viewer, session):
    session.volume.array[3] = 1000
    viewer.canvas.set_window(Window(500, 1000))
    session.select(slice=2)
    viewer.layouts.next_through()
    viewer.layouts.next_through()
    assert viewer.layouts.now.slab.words() == "MIP 10 mm"
    assert "MIP 10 mm" in [text for text, _ in numbers(viewer)]
    assert pixels(viewer.canvas)[100, 200].min() == 255
    viewer.layouts.thinner()
    viewer.layouts.thinner()
    viewer.layouts.thinner()
    assert pixels(viewer.canvas)[100, 200].max() == 0


def test_cine_turns_round_and_stops_with_its_key(viewer, session, qtbot):
    viewer.cine.speed = 60
    viewer.last_slice()
    viewer.cine.toggle()
    qtbot.waitUntil(lambda: session.selection.slice == 3)
    viewer.cine.faster()
    viewer.cine.slower()
    assert viewer.cine.speed == 40
    viewer.cine.toggle()
    here = session.selection.slice
    qtbot.wait(80)
    assert session.selection.slice == here
    session.volume = None
    session.select(series_uid="9")
    viewer.cine.toggle()
    qtbot.waitUntil(lambda: not viewer.cine.is_running)


def test_tiles_show_every_slice_and_a_click_flies_there(viewer, session):
    viewer.layouts.tiles()
    tiles = viewer.stage.tiles
    assert tiles.isVisibleTo(viewer)
    assert not viewer.canvas.isVisibleTo(viewer)
    QTest.mouseClick(tiles, LEFT, pos=tiles.rect_of(7).center().toPoint())
    assert session.selection.slice == 7
    assert viewer.canvas.isVisibleTo(viewer)
    session.show_model(evidence_of(session))
    viewer.layouts.tiles()
    assert is_orange(pixels(tiles)).any()
    session.hide_model(evidence_of(session))
    assert not (is_orange(pixels(tiles)) | is_blue(pixels(tiles))).any()


def test_two_series_scroll_together_or_apart_and_say_how(viewer, session):
    other = replace(make_ct(24, geometry=make_geometry(1.5)), series_uid="9", frame_uid="f")
    session.rows = (*session.rows, SeriesRow("9", "CT 24 slices", 8, LabelState.UNLABELLED))
    session.volume = replace(session.volume, frame_uid="f")
    session.changed.emit(Change(volume=True))
    session.compared = other
    viewer.layouts.compare()
    second = viewer.stage.canvases[1]
    assert viewer.layouts.now.kind is Kind.COMPARE
    session.select(slice=5)
    assert second.index == 10
    assert second._sketch.note == "linked by position"
    viewer.layouts.toggle_link()
    viewer.layouts.next_picture()
    viewer.slice_on()
    assert (session.selection.slice, second.index) == (5, 11)
    session.show_model(evidence_of(session))
    session.select(slice=4)
    assert is_orange(pixels(viewer.canvas)).any()
    assert not is_orange(pixels(second)).any(), "its evidence belongs to the other series"
    viewer.canvas.zoom_by(2)
    assert second.view.zoom == 2


def test_plain_stands_beside_evidence_and_zooms_along(viewer, session):
    session.show_model(evidence_of(session))
    session.select(slice=4)
    viewer.layouts.beside()
    left, right = viewer.stage.pictures
    assert is_orange(pixels(left)).any()
    assert not is_orange(pixels(right)).any()
    right.zoom_by(1.5)
    right.set_window(Window(0, 77))
    assert left.view.zoom == 1.5
    assert left.view.window == Window(0, 77)
    viewer.leave_tool()
    assert viewer.layouts.now.kind is Kind.SINGLE


def test_before_and_after_a_round_need_an_earlier_round(viewer, session):
    told = []
    session.notice.connect(told.append)
    session.show_model(evidence_of(session))
    viewer.layouts.rounds()
    assert "no evidence of an earlier round" in told[0].sentence
    before = replace(evidence_of(session), round=2, grid=-evidence_of(session).grid)
    session.model = replace(session.model, before={"nodule": before})
    session.changed.emit(Change(evidence=True))
    session.select(slice=4)
    viewer.layouts.rounds()
    after, earlier = viewer.stage.pictures
    assert is_orange(pixels(after)).any()
    assert is_blue(pixels(earlier)).any()
    assert earlier._sketch.label == "before: round 2"
    session.hide_model(evidence_of(session))
    assert viewer.layouts.now.kind is Kind.SINGLE


def test_regions_are_flown_to_by_key_and_evidence_hides_while_held(viewer, session):
    session.show_model(evidence_of(session))
    slices = []
    for _ in range(3):
        viewer.stage.next_peak()
        slices.append(session.selection.slice)
    assert slices == [4, 9, 4], "h+1, h-1, round and round"
    session.select(slice=4)
    viewer.hold_hidden()
    assert not is_orange(pixels(viewer.canvas)).any()
    QTest.keyRelease(viewer.canvas, Qt.Key.Key_Q)
    assert is_orange(pixels(viewer.canvas)).any()


def test_contours_replace_the_area(viewer, session):
    session.show_model(evidence_of(session))
    session.select(slice=4)
    viewer.toggle_peaks()
    full = is_orange(pixels(viewer.canvas)).sum()
    viewer.next_fill()
    viewer.next_fill()
    lines = is_orange(pixels(viewer.canvas)).sum()
    assert 0 < lines < full / 3


def test_the_magnifier_shows_tissue_and_no_evidence(viewer, session):
    session.show_model(evidence_of(session))
    session.select(slice=4)
    before = pixels(viewer.canvas)
    viewer.toggle_lens()
    point = viewer.canvas.places.point((4, 27.5, 35.5)).toPoint()
    hover(viewer.canvas, point.x(), point.y())
    after = pixels(viewer.canvas)
    y, x = point.y(), point.x()
    assert is_orange(before[y - 15 : y + 15, x - 15 : x + 15]).any()
    assert not is_orange(after[y - 15 : y + 15, x - 15 : x + 15]).any()


def test_planes_stay_from_series_to_series_and_give_way_where_there_are_none(viewer, session):
    viewer.layouts.planes()
    first = session.volume
    session.volume = None
    session.select(series_uid="9", slice=3)
    session.volume = replace(first, series_uid="9")
    session.changed.emit(Change(volume=True))
    assert viewer.layouts.now.kind is Kind.PLANES
    assert [canvas.volume.series_uid for canvas in viewer.stage.pictures] == ["9"] * 3
    session.volume = None
    session.select(series_uid="10", slice=0)
    session.volume = replace(first, series_uid="10", geometry=None)
    session.changed.emit(Change(volume=True))
    assert viewer.layouts.now.kind is Kind.SINGLE


def test_the_faithful_key_asks_of_the_highlighted_tissue_and_never_while_hidden(viewer, session):
    session.hide_model(evidence_of(session))
    viewer.keep_remove()
    assert session.asked == []
    session.show_model(evidence_of(session))
    viewer.panel.threshold.setValue(50)
    viewer.keep_remove()
    assert session.asked == [pytest.approx(1.5)]


def test_on_a_narrow_screen_the_menus_stay_and_their_doubles_give_way(viewer):
    assert viewer.tools.minimumSizeHint().width() <= 500
    for width in (1200, 540):
        viewer.resize(width, 640)
        viewer.grab()
        shown = [viewer.tools.presets, *list(viewer.tools.menus.values())[:3]]
        boxes = [widget.geometry() for widget in shown]
        assert all(box.width() >= 40 for box in boxes)
        assert boxes[-1].right() <= viewer.tools.width()
        assert not any(a.intersects(b) for a, b in pairwise(boxes))
    assert viewer.tools.invert.width() == 0
