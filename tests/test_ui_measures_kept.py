"""A distance that was measured stands there the next day, and Ctrl+Z takes it away."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes_viewer import drag, make_geometry, pixels
from tests.makers import make_project
from tests.ui_makers import open_window
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.jobs.pixels import Pixels
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.ui.sketch import MEASURE
from wsl_studio.ui.window import MainWindow

UID = "1.2.826.1"


def is_drawn(window: MainWindow) -> bool:
    rgb = [int(MEASURE[k : k + 2], 16) for k in (1, 3, 5)]
    return bool((np.abs(pixels(window.viewer.canvas) - rgb).max(-1) < 30).sum() > 40)


def test_a_distance_outlives_the_window(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = Volume(
        UID, np.zeros((4, 32, 32), np.int16), unit="HU", modality="CT",
        windows=(Window(-300, 1200, "Soft tissue"),), geometry=make_geometry(),
    )  # fmt: skip
    monkeypatch.setattr(Pixels, "show", lambda *_: None)
    monkeypatch.setattr(Pixels, "thumbnail", lambda *_: None)
    monkeypatch.setattr(Pixels, "volume", property(lambda _self: volume))
    folder = make_project(tmp_path / "p", n=2)

    def open_again() -> tuple[MainWindow, Session]:
        settings = Settings(tmp_path / "settings.json")
        settings.set("reader", "JD")
        session = Session(settings)
        window = open_window(qtbot, qapp, session, tmp_path)
        session.open_project(folder)
        session.select_series(UID)
        session._pixels.volume_ready.emit()
        qtbot.waitUntil(lambda: window.viewer.canvas.view is not None)
        window.viewer.setFocus()
        return window, session

    window, session = open_again()
    qtbot.keyClick(window.viewer.canvas, Qt.Key.Key_M)
    drag(window.viewer.canvas, (300, 200), (420, 260))
    assert is_drawn(window)
    (made,) = session.measures_of(UID)
    window.close()
    session.shut_down()

    window, session = open_again()
    assert session.measures_of(UID) == (made,)
    assert is_drawn(window)
    qtbot.keyClick(window.viewer.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not is_drawn(window)
    assert session.measures_of(UID) == ()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.viewer.canvas, Qt.Key.Key_Z, keys)
    assert is_drawn(window)
    window.close()
    session.shut_down()
