"""The picture on a second screen: every key works there, and it always comes back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.fakes_session import FakeSession
from tests.ui_makers import open_window
from wsl_studio.domain.label import Answer
from wsl_studio.ui.apart import SETTING

K = Qt.Key


@pytest.fixture
def session(tmp_path):
    return FakeSession(tmp_path)


@pytest.fixture
def window(session, qtbot, qapp, tmp_path):
    window = open_window(qtbot, qapp, session, tmp_path)
    yield window
    window.apart.close()


def take_out(window, qtbot):
    """Presses the key, and waits until the window of the picture has the keyboard."""
    for one in (window, window.apart):
        one.activateWindow()
        qtbot.waitUntil(lambda one=one: QApplication.activeWindow() is one)
        if one is window:
            qtbot.keyClick(window, K.Key_F11)


def test_a_series_is_read_labelled_and_left_in_the_second_window(window, session, qtbot):
    widths = window.columns.sizes()
    take_out(window, qtbot)
    assert window.viewer.window() is window.apart
    assert window.columns.sizes() == widths, "lists and labels stay where they were"
    assert "F11 brings it back" in window.apart._said.text()
    before = session.selection.slice
    qtbot.keyClick(window.viewer, K.Key_Down)
    assert session.selection.slice == before + 1
    qtbot.keyClick(window.apart, K.Key_2)
    assert {row.answer for row in session.labels.current} == {Answer.ABSENT}
    qtbot.keyClick(window.apart, K.Key_N)
    assert session.selection.series_uid != "uid.1"


def test_it_comes_back_by_key_by_button_and_when_its_window_is_closed(window, session, qtbot):
    def by_key():
        qtbot.keyClick(window.apart, K.Key_F11)

    def by_button():
        qtbot.mouseClick(window.apart.back_button, Qt.MouseButton.LeftButton)

    widths = window.columns.sizes()
    for bring_back in (by_key, by_button, window.apart.close):
        take_out(window, qtbot)
        assert session.settings.get(SETTING) is True
        bring_back()
        assert window.viewer.window() is window
        assert window.viewer.isVisible()
        assert not window.apart.isVisible()
        assert window.columns.sizes() == widths
        assert window.columns.indexOf(window.viewer) == 1
        assert session.settings.get(SETTING) is False


def test_closing_the_program_takes_both_windows_and_remembers(window, session, qtbot):
    take_out(window, qtbot)
    window.close()
    assert not window.apart.isVisible()
    assert session.settings.get(SETTING) is True
    assert window.viewer.window() is window


class Keyed(FakeSession):
    """A session whose findings have keys of their own."""

    @property
    def project(self):
        info = super().project
        keys = {"effusion": "8"}
        specs = tuple(
            spec.model_copy(update={"key": keys.get(spec.name, "")})
            for spec in info.schema.findings
        )
        return replace(info, schema=info.schema.model_copy(update={"findings": specs}))


def test_a_finding_is_chosen_by_its_own_key_in_either_window(qtbot, qapp, tmp_path):
    session = Keyed(tmp_path)
    window = open_window(qtbot, qapp, session, tmp_path)
    qtbot.keyClick(window, K.Key_8)
    assert session.selection.finding == "effusion"
    session.select_finding("nodule")
    take_out(window, qtbot)
    qtbot.keyClick(window.apart, K.Key_8)
    assert session.selection.finding == "effusion"
    window.apart.close()
