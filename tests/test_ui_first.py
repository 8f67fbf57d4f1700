"""The first slice of a series is on the picture while the rest is read, and only there."""

import numpy as np
from pytestqt.qtbot import QtBot

from tests.fakes_viewer import FakeSession, make_viewer, pixels
from wsl_studio.domain.volume import Volume
from wsl_studio.jobs.values import Change
from wsl_studio.ui.first import First

RAMP = np.tile(np.arange(0, 4096, 64, dtype=np.int16), (64, 1))


def test_the_first_slice_is_painted_and_nothing_can_act_on_it(qtbot: QtBot) -> None:
    whole = Volume("1.2.3", np.stack([RAMP] * 5))
    session = FakeSession(whole)
    viewer = make_viewer(session, qtbot)
    first = First(session, viewer.canvas, viewer.presets)
    session.volume = None
    session.changed.emit(Change(volume=True))
    assert np.ptp(pixels(viewer.canvas)[100:200]) < 20, "nothing is there yet"

    session.first = Volume("1.2.3", RAMP[None])
    session.changed.emit(Change(volume=True))
    shown = pixels(viewer.canvas)
    assert np.ptp(shown[shown.shape[0] // 2 - 20 :][:20]) > 200
    assert viewer.canvas.view is None
    viewer.start_box()
    viewer.slice_on()
    assert viewer.canvas.view is None

    session.first, session.volume = None, whole
    session.changed.emit(Change(volume=True))
    assert viewer.canvas.view is not None
    assert viewer.canvas.view.n_slices == 5
    assert first.parent() is viewer.canvas
