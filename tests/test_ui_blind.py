"""Blind first on the screen: whatever a reader does, nothing of a hidden model is painted."""

from collections.abc import Iterator
from operator import attrgetter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes_viewer import (
    BLIND,
    FakeSession,
    drag,
    evidence_of,
    has_model,
    hover,
    make_ct,
    make_evidence,
    make_geometry,
    make_viewer,
    row,
    wheel,
)
from wsl_studio.domain.label import Level, Region
from wsl_studio.ui.viewer import VIEWER_ACTIONS, Viewer


@pytest.fixture
def session() -> FakeSession:
    return FakeSession(make_ct(geometry=make_geometry()), is_phantom=True)


@pytest.fixture
def viewer(session: FakeSession, qtbot: QtBot) -> Viewer:
    return make_viewer(session, qtbot)


def test_blind_nothing_of_the_model_is_painted_and_nothing_jumps(viewer, session):
    places = [w.geometry() for w in (viewer.canvas, viewer.strip, viewer.panel)]
    session.hide_model(evidence_of(session))
    session.select(slice=4)
    assert not has_model(viewer)
    assert viewer.panel.sentence.text() == BLIND
    session.show_model(evidence_of(session))
    assert has_model(viewer)
    session.hide_model(evidence_of(session))
    assert not has_model(viewer)
    assert [w.geometry() for w in (viewer.canvas, viewer.strip, viewer.panel)] == places


def test_the_curtain_can_be_lifted_with_the_mouse(viewer, session):
    viewer.panel.peek.click()
    assert session.peeks == 1


ACTIONS = st.lists(
    st.one_of(
        st.sampled_from([action.method for action in VIEWER_ACTIONS]),
        st.sampled_from(["wheel", "drag", "hover", "shift wheel", "strip", "finding", "labels"]),
    ),
    max_size=8,
)


@settings(max_examples=40)
@given(ACTIONS, st.integers(0, 2**16))
def test_whatever_a_blind_reader_does_nothing_of_the_model_is_painted(actions, seed):
    rng = np.random.default_rng(seed)
    session = FakeSession(make_ct(rows=32, columns=40), is_phantom=True)
    viewer = Viewer(session)  # type: ignore[arg-type]
    viewer.resize(640, 420)
    evidence = make_evidence(session.volume, stride=4)
    evidence.grid[:] = rng.normal(0, 4, evidence.grid.shape)
    if rng.random() < 0.5:
        session.show_model(evidence)
        viewer.grab()
    session.hide_model(evidence)
    for action in actions:
        do(viewer, session, action, rng)
    assert not has_model(viewer)
    assert viewer.panel.sum_line.text == ""
    view, canvas = viewer.canvas.view, viewer.canvas
    assert view is not None
    texts = canvas._numbers(canvas._frame, view, canvas.viewport)
    assert not any("evidence" in text for text, _ in texts)
    viewer.deleteLater()


def do(viewer: Viewer, session: FakeSession, action: str, rng: np.random.Generator) -> None:
    def spot() -> Iterator[float]:
        return (float(v) for v in rng.uniform(20, 300, 2))

    if action == "wheel":
        wheel(viewer.canvas, float(rng.integers(-3, 4)))
    elif action == "shift wheel":
        wheel(viewer.canvas, 1, Qt.KeyboardModifier.ShiftModifier)
    elif action == "drag":
        button = list(Qt.MouseButton)[int(rng.integers(1, 4))]
        drag(viewer.canvas, tuple(spot()), tuple(spot()), button)
    elif action == "hover":
        hover(viewer.canvas, *spot())
    elif action == "strip":
        drag(viewer.strip, (10, 30), (10, 200))
    elif action == "finding":
        session.select(finding=str(rng.choice(["nodule", "effusion"])))
    elif action == "labels":
        box = Region(first=0, last=0, box=(4, 4, 12, 12))
        session.set_labels(row(1, Level.SLICES, Region(first=2, last=5)), row(2, Level.BOX, box))
    else:
        attrgetter(action)(viewer)()
