"""The guided tour goes on when the reader has done a step, by keyboard only, and can be left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.fakes_session import FakeSession
from tests.ui_makers import open_window

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class News:
    """What the rounds page asks of a session, with nothing to tell."""

    def news(self, against):
        from wsl_studio.domain.news import News as Empty

        return Empty()


class TourSession(News, FakeSession):
    """A session in memory whose pages open."""


@pytest.fixture
def session(tmp_path):
    return TourSession(tmp_path)


@pytest.fixture
def window(session, qtbot, qapp, tmp_path):
    return open_window(qtbot, qapp, session, tmp_path)


def step(window):
    return window.tour.step.name if window.tour.step is not None else ""


def comes(qtbot, window, name):
    qtbot.waitUntil(lambda: step(window) == name, timeout=2000)


def test_the_loop_is_walked_once_by_keyboard(window, session, qtbot):
    qtbot.keyClick(window, K.Key_T, CTRL | SHIFT)
    assert step(window) == "open", "the project is there: no demo is made"
    assert window.tour.isVisible()
    middle = window.browser.mapTo(window, window.browser.rect().center())
    qtbot.waitUntil(lambda: window.tour.halo.geometry().contains(middle))
    qtbot.keyClick(window, K.Key_Down)
    qtbot.wait(20)
    assert step(window) == "open", "scrolling opens no series"
    qtbot.keyClick(window, K.Key_Return)
    comes(qtbot, window, "label")
    qtbot.keyClick(window, K.Key_1)
    qtbot.wait(20)
    assert step(window) == "label", "one finding has no answer yet"
    qtbot.keyClick(window, K.Key_Tab)
    qtbot.keyClick(window, K.Key_2)
    comes(qtbot, window, "learn")
    qtbot.keyClick(window, K.Key_T)
    qtbot.wait(20)
    assert step(window) == "learn", "the round is under way, not there"
    session.finish()
    comes(qtbot, window, "evidence")
    session.peek()
    qtbot.keyClick(window, K.Key_D)
    comes(qtbot, window, "correct")
    qtbot.keyClick(window, K.Key_3)
    comes(qtbot, window, "train")
    qtbot.keyClick(window, K.Key_T)
    session.finish()
    comes(qtbot, window, "read")
    qtbot.keyClick(window, K.Key_R, CTRL | SHIFT)
    comes(qtbot, window, "on")
    window.pages.open["rounds_page"].close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, K.Key_Return)
    qtbot.waitUntil(lambda: not window.tour.isVisible(), timeout=2000)
    assert window.tour.step is None


def test_with_a_round_at_hand_no_first_round_is_asked_for(window, session, qtbot):
    session.train("pooling", {})
    session.finish()
    qtbot.keyClick(window, K.Key_T, CTRL | SHIFT)
    qtbot.keyClick(window, K.Key_N, CTRL | SHIFT)
    assert step(window) == "label"
    qtbot.keyClick(window, K.Key_N, CTRL | SHIFT)
    assert step(window) == "evidence"


def test_a_step_is_skipped_and_the_tour_left_by_key(window, qtbot):
    qtbot.keyClick(window, K.Key_T, CTRL | SHIFT)
    said = window.tour.findChild(QLabel, "tour.sentence")
    first = said.text()
    qtbot.keyClick(window, K.Key_N, CTRL | SHIFT)
    assert said.text() not in ("", first)
    qtbot.keyClick(window, K.Key_T, CTRL | SHIFT)
    assert not window.tour.isVisible()
    qtbot.keyClick(window, K.Key_N, CTRL | SHIFT)
    assert not window.tour.isVisible(), "there is nothing to skip"


def test_skipping_every_step_ends_it(window, qtbot):
    qtbot.keyClick(window, K.Key_T, CTRL | SHIFT)
    for _ in range(12):
        qtbot.keyClick(window, K.Key_N, CTRL | SHIFT)
    assert window.tour.step is None


def test_the_keys_that_are_shown_are_the_reader_s_own(window, qtbot):
    window.keys.rebind("next_series", ["F12"])
    qtbot.keyClick(window, K.Key_T, CTRL | SHIFT)
    chips = [one.text() for one in window.tour.findChildren(QLabel)]
    assert "F12" in chips


def test_the_welcome_page_offers_it_and_it_begins_with_the_demo(qtbot, qapp, tmp_path):
    session = TourSession(tmp_path, is_open=False)
    window = open_window(qtbot, qapp, session, tmp_path)
    qtbot.mouseClick(window.welcome.tour_button, Qt.MouseButton.LeftButton)
    assert step(window) == "demo"
    session.open_project(tmp_path)
    comes(qtbot, window, "open")
