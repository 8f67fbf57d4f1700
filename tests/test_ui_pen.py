"""Points and scribbles: where the mouse went is where the label is, and it is drawn there."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.fakes_viewer import (
    FakeSession,
    drag,
    make_ct,
    make_geometry,
    make_viewer,
    pixels,
    row,
)
from wsl_studio.domain.label import Level, Region
from wsl_studio.jobs.values import Selection
from wsl_studio.ui.pen import POINT, SCRIBBLE, Pen
from wsl_studio.ui.view import transform, zoom_at
from wsl_studio.ui.viewer import Viewer


@pytest.fixture
def session() -> FakeSession:
    return FakeSession(make_ct(geometry=make_geometry()))


@pytest.fixture
def viewer(session: FakeSession, qtbot: QtBot) -> Viewer:
    return make_viewer(session, qtbot)


def spot(viewer: Viewer, x: float, y: float) -> tuple[float, float]:
    """Where on the canvas an image position is, in logical pixels."""
    canvas = viewer.canvas
    down, across = transform(canvas.view, canvas.viewport).screen(y, x)
    ratio = canvas.devicePixelRatioF()
    return across / ratio, down / ratio


def is_label(rgb: np.ndarray) -> np.ndarray:
    """Pixels in the pale yellow of what a reader said."""
    red, green, blue = (rgb[..., k] for k in range(3))
    return (red > 180) & (green > 180) & (blue < 0.85 * red)


def test_a_click_is_a_point_where_it_was_also_when_zoomed(viewer, session, qtbot):
    pen, drawn = Pen(viewer.canvas), []
    pen.drawn.connect(lambda at, points: drawn.append((at, points)))
    canvas = viewer.canvas
    canvas.set_view(zoom_at(canvas.view, canvas.viewport, (200.0, 200.0), 1.7))
    window = canvas.view.window
    pen.take(POINT)
    x, y = spot(viewer, 30.0, 20.0)
    drag(canvas, (x, y), (x + 40, y + 30))
    ((at, ((px, py),)),) = drawn
    assert at == canvas.view.slice
    assert abs(px - 30.0) < 0.5
    assert abs(py - 20.0) < 0.5
    assert pen.kind == ""
    assert canvas.view.window == window, "the pen's drag is no drag of the window"
    drag(canvas, (x, y), (x + 40, y + 30))
    assert len(drawn) == 1
    assert canvas.view.window != window, "afterwards it is again"


def test_a_drag_is_a_scribble_through_where_it_went(viewer, session, qtbot):
    pen, drawn = Pen(viewer.canvas), []
    pen.drawn.connect(lambda _at, points: drawn.append(points))
    pen.take(SCRIBBLE)
    drag(viewer.canvas, spot(viewer, 10.0, 10.0), spot(viewer, 60.0, 40.0))
    (points,) = drawn
    assert len(points) > 2
    found = np.array(points)
    line = found[:, 0] * 0.6 + 4.0  # y of the straight drag at these x
    assert np.abs(found[:, 1] - line).max() < 1.0
    assert (np.diff(found[:, 0]) > 0).all()


def test_esc_and_another_series_put_the_pen_away(viewer, session, qtbot):
    pen, drawn, left = Pen(viewer.canvas), [], []
    pen.drawn.connect(lambda _at, points: drawn.append(points))
    slots = pen.slots(lambda: left.append("box"))
    slots["scribble"]()
    assert (pen.kind, pen.isHidden()) == (SCRIBBLE, False)
    slots["point"]()
    assert pen.kind == POINT
    slots["leave_tool"]()
    assert (pen.kind, pen.isHidden(), left) == ("", True, ["box"])
    slots["point"]()

    pen.follow(Selection("another", 0, "nodule"))
    assert pen.kind == ""
    drag(viewer.canvas, (100, 100), (110, 110))
    assert drawn == []


def test_points_and_scribbles_are_drawn_on_their_slice_only(viewer, session, qtbot):
    at = session.selection.slice
    point = Region(first=at, last=at, points=((70.0, 10.0),))
    scribble = Region(first=at, last=at, points=((10.0, 50.0), (30.0, 55.0), (50.0, 50.0)))
    assert not is_label(pixels(viewer.canvas)).any()
    session.set_labels(row(1, Level.POINT, point), row(2, Level.SCRIBBLE, scribble))
    painted = is_label(pixels(viewer.canvas))
    for x, y in ((70.0, 10.0), (30.0, 55.0), (20.0, 52.5)):
        across, down = spot(viewer, x, y)
        near = painted[int(down) - 8 : int(down) + 9, int(across) - 8 : int(across) + 9]
        assert near.any(), (x, y)
    session.select(slice=at + 1)
    assert not is_label(pixels(viewer.canvas)).any()
