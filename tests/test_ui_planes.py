"""Evidence lies where it was planted, in every plane, however the reader turns the picture."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.fakes_viewer import FakeSession, make_evidence, make_viewer, pixels
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.ui.viewer import Viewer

SHAPE = (20, 48, 40)
STRIDE = 4.0
HEAD = Geometry((2.0, 1.0, 1.25), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0))
SAGITTAL = Geometry((1.5, 1.0, 1.0), (0.0, 1.0, 0.0), (0.0, 0.0, -1.0), (5.0, 0.0, 90.0))


def oblique() -> Geometry:
    """A head held askew: about 20 degrees off every axis."""
    a, b = np.radians(20), np.radians(-15)
    row = np.array([np.cos(a), np.sin(a), 0.0])
    column = np.array([-np.sin(a) * np.cos(b), np.cos(a) * np.cos(b), np.sin(b)])
    return Geometry((2.0, 1.0, 1.0), tuple(row), tuple(column), (10.0, -20.0, 30.0))


def make_volume(geometry: Geometry) -> Volume:
    return Volume("1.2.3", np.zeros(SHAPE, np.int16), unit="HU", modality="CT", geometry=geometry)


def stand(qtbot: QtBot, geometry: Geometry, cell: tuple[int, int, int]) -> Viewer:
    """The viewer in three planes, black, with one planted cell and the crosshair on it."""
    session = FakeSession(make_volume(geometry))
    viewer = make_viewer(session, qtbot)
    viewer.resize(1100, 800)
    viewer.layouts.planes()
    viewer.layouts.toggle_lines()
    viewer.toggle_peaks()
    evidence = make_evidence(session.volume, stride=STRIDE, peaks=((*cell, 3.0),))
    session.show_model(evidence)
    viewer.set_style(replace(viewer._style, opacity=1.0, threshold=0.0))
    viewer.canvas.set_window(Window(3000, 10))
    y, x = evidence.placement.pixel(cell[1], cell[2])
    viewer.stage.fly((cell[0], y, x))
    viewer.grab()
    return viewer


def painted(canvas) -> tuple[float, float, float]:
    """The voxel position at the middle of the orange that a canvas painted, by its weight."""
    rgb = pixels(canvas)
    weight = np.clip(rgb[..., 0] - rgb[..., 2], 0, None) * (rgb[..., 0] > rgb[..., 1] + 4)
    weight = weight.astype(float)
    assert weight.sum() > 0, "nothing was painted"
    rows, columns = np.mgrid[: rgb.shape[0], : rgb.shape[1]] + 0.5
    at = QPointF((weight * columns).sum() / weight.sum(), (weight * rows).sum() / weight.sum())
    places = canvas.places
    assert places is not None
    return places.voxel(at)


MOVES = st.lists(
    st.sampled_from(["rotate", "rotate_back", "flip_across", "flip_down", "zoom", "shift"]),
    max_size=5,
)


@settings(max_examples=25)
@given(
    st.sampled_from([HEAD, SAGITTAL, oblique()]),
    st.tuples(st.integers(3, 16), st.integers(3, 8), st.integers(3, 6)),
    st.integers(0, 2),
    MOVES,
)
def test_planted_evidence_is_painted_at_its_voxel_in_all_three_planes(
    qtbot_module, geometry, cell, turned, moves
):
    viewer = stand(qtbot_module, geometry, cell)
    viewer.stage.set_layout(replace(viewer.stage.layout_value, active=turned))
    for move in moves:
        if move == "zoom":
            viewer.stage.active.zoom_by(1.15)
        elif move == "shift":
            viewer.stage.active.resize(
                viewer.stage.active.width() - 7, viewer.stage.active.height() - 3
            )
        else:
            getattr(viewer, move)()
    wanted = (cell[0], STRIDE * cell[1] + 1.5, STRIDE * cell[2] + 1.5)
    for canvas in viewer.stage.pictures:
        found = painted(canvas)
        assert np.abs(np.subtract(found, wanted)).max() <= 0.5, (canvas.orientation, found, wanted)
    viewer.deleteLater()


@pytest.fixture(scope="module")
def qtbot_module(qapp):
    """Hypothesis needs one hand for many examples; widgets are let go in the test."""

    class Hand:
        def addWidget(self, widget):  # noqa: N802 - as pytest-qt calls it
            widget.show()

    return Hand()


def test_a_voxel_and_its_evidence_agree_on_every_plane(qtbot):
    """The picture itself, not only its overlay: one bright voxel block is where it was put."""
    volume = make_volume(HEAD)
    volume.array[7:10, 20:23, 12:15] = 1000
    viewer = make_viewer(FakeSession(volume), qtbot)
    viewer.resize(1100, 800)
    viewer.layouts.planes()
    viewer.layouts.toggle_lines()
    viewer.canvas.set_window(Window(500, 1000))
    viewer.stage.fly((8, 21, 13))
    viewer.rotate()
    viewer.flip_across()
    viewer.grab()
    for canvas in viewer.stage.pictures:
        bright = pixels(canvas)[60:-60, 60:-60, 0] > 120
        rows, columns = np.nonzero(bright)
        at = QPointF(columns.mean() + 60.5, rows.mean() + 60.5)
        assert np.abs(np.subtract(canvas.places.voxel(at), (8, 21, 13))).max() <= 0.5


def test_letters_are_right_in_every_plane_and_follow_turns(qtbot):
    viewer = stand(qtbot, HEAD, (5, 4, 4))

    def letters():
        return [canvas._frame.volume.geometry.letters() for canvas in viewer.stage.pictures]

    assert letters() == [
        ("R", "L", "A", "P"),
        ("R", "L", "H", "F"),
        ("A", "P", "H", "F"),
    ]
    viewer.flip_across()
    assert letters()[0] == ("L", "R", "A", "P")
    viewer.rotate()
    assert letters()[0] == ("P", "A", "L", "R")
    viewer.reset()
    assert letters()[0] == ("R", "L", "A", "P")


def test_a_sagittal_series_gets_axial_and_coronal_planes(qtbot):
    viewer = stand(qtbot, SAGITTAL, (5, 4, 4))
    labels = [canvas._sketch.label for canvas in viewer.stage.pictures]
    assert labels == ["sagittal", "axial", "coronal"]
    names = [canvas._frame.volume.geometry.letters() for canvas in viewer.stage.pictures]
    assert names[1:] == [("R", "L", "A", "P"), ("R", "L", "H", "F")]


def test_keys_and_clicks_move_the_crosshair_in_world_coordinates(qtbot):
    viewer = stand(qtbot, HEAD, (5, 4, 4))
    session = viewer.session
    assert session.selection.slice == 5
    assert "H 10.0 mm" in viewer.canvas._sketch.note
    viewer.layouts.next_picture()  # coronal: rows of the volume
    viewer.slice_on()
    assert viewer.stage.cross[1] == 19.0
    coronal = viewer.stage.pictures[1]
    assert coronal.index == 19
    at = coronal.places.point((12, 19, 30))
    qtbot.mouseClick(coronal, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert session.selection.slice == 12
    assert viewer.stage.cross[2] == pytest.approx(30, abs=0.6)
    assert viewer.canvas.index == 12


def test_without_positions_there_are_no_planes_and_it_is_said(qtbot):
    session = FakeSession(replace(make_volume(HEAD), geometry=None))
    told = []
    session.notice.connect(told.append)
    viewer = make_viewer(session, qtbot)
    viewer.layouts.planes()
    assert viewer.layouts.now.n_pictures == 1
    assert "no known positions" in told[0].sentence


def test_a_wall_of_slices_is_not_turned_and_what_comes_after_it_is_as_before(qtbot: QtBot) -> None:
    viewer = make_viewer(FakeSession(make_volume(HEAD)), qtbot)
    viewer.rotate()
    turned = viewer.canvas.orientation
    viewer.layouts.tiles()
    viewer.rotate()
    viewer.layouts.tiles()
    assert viewer.canvas.orientation == turned
    viewer.rotate()
    assert viewer.canvas.orientation != turned
