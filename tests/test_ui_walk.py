"""The keyboard goes everywhere: places by one key, the controls of a place by Tab."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

from tests.fakes_session import FakeSession
from tests.ui_makers import open_window
from wsl_studio.domain.label import Answer
from wsl_studio.ui.reach import controls, in_reading_order

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def session(tmp_path):
    return FakeSession(tmp_path)


@pytest.fixture
def window(session, qtbot, qapp, tmp_path):
    opened = open_window(qtbot, qapp, session, tmp_path)
    opened.viewer.setFocus()
    return opened


def press(qtbot, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, held)


def place_of(window):
    focus = QApplication.focusWidget()
    named = {"header": window.header, "series": window.browser, "tools": window.viewer.tools,
             "picture": window.viewer.stage, "evidence": window.viewer.panel,
             "labels": window.labels, "rounds": window.training}  # fmt: skip
    return next((name for name, place in named.items() if place.isAncestorOf(focus)), "")


def walk_to(qtbot, window, name):
    for _ in range(10):
        if place_of(window) == name:
            return
        press(qtbot, K.Key_Tab, CTRL)
    raise AssertionError(f"{name} was not reached")


def test_one_key_goes_round_the_places_and_back(window, qtbot):
    there = [place_of(window)]
    while there[-1] != "picture" or len(there) == 1:
        press(qtbot, K.Key_Tab, CTRL)
        there.append(place_of(window))
    wanted = ["picture", "labels", "rounds", "header", "series", "tools", "picture"]
    assert [name for name in there if name != "evidence"] == wanted
    back = []
    for _ in range(len(there) - 1):
        press(qtbot, K.Key_Backtab, CTRL | SHIFT)
        back.append(place_of(window))
    assert back == there[-2::-1]


def test_tab_goes_through_every_control_of_a_place_and_stays(window, qtbot):
    walk_to(qtbot, window, "labels")
    wanted = controls(window.labels)
    assert len(wanted) > 12
    seen = []
    for _ in wanted:
        seen.append(QApplication.focusWidget())
        press(qtbot, K.Key_Tab)
    assert seen == wanted
    assert QApplication.focusWidget() is wanted[0]
    press(qtbot, K.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is wanted[-1]


def test_a_ring_shows_where_the_keyboard_is(window, qtbot):
    ring = window.walk.ring
    assert not ring.isVisible()
    walk_to(qtbot, window, "series")
    for _ in range(2):
        focus = QApplication.focusWidget()
        middle = focus.mapTo(window, focus.rect().center())
        qtbot.waitUntil(lambda middle=middle: ring.isVisible() and ring.geometry().contains(middle))
        assert ring.width() >= focus.width()
        press(qtbot, K.Key_Tab)
    press(qtbot, K.Key_Escape)
    qtbot.waitUntil(lambda: not ring.isVisible())
    assert place_of(window) == "picture"


def test_enter_and_space_press_and_letters_do_what_they_always_do(window, session, qtbot):
    walk_to(qtbot, window, "labels")
    row = window.labels.rows["effusion"]
    for answer, key in ((Answer.ABSENT, K.Key_Return), (Answer.PRESENT, K.Key_Space)):
        while QApplication.focusWidget() is not row.buttons[answer]:
            press(qtbot, K.Key_Tab)
        press(qtbot, key)
        assert {r.finding: r.answer for r in session.labels.current} == {"effusion": answer}
    before = session.selection.series_uid
    press(qtbot, K.Key_N)
    assert session.selection.series_uid != before


def test_a_list_is_walked_by_arrows_and_enter_opens(window, session, qtbot):
    walk_to(qtbot, window, "series")
    while QApplication.focusWidget() is not window.browser.series_list:
        press(qtbot, K.Key_Tab)
    slice_before, at = session.selection.slice, window.browser.series_list.currentIndex().row()
    press(qtbot, K.Key_Down)
    press(qtbot, K.Key_Down)
    assert session.selection.slice == slice_before
    press(qtbot, K.Key_Return)
    assert session.selection.series_uid == session.rows[at + 2].uid


def test_tab_is_the_next_finding_again_after_a_walk(window, session, qtbot):
    walk_to(qtbot, window, "rounds")
    press(qtbot, K.Key_Escape)
    before = session.selection.finding
    press(qtbot, K.Key_Tab)
    assert session.selection.finding != before
    assert window.walk.at is None


def test_a_click_ends_the_walk(window, qtbot):
    walk_to(qtbot, window, "labels")
    qtbot.mouseClick(window.viewer.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert place_of(window) == "picture"
    assert window.walk.at is None


def test_a_picture_in_a_window_of_its_own_is_still_on_the_way(window, session, qtbot):
    window.keys.trigger("apart")
    picture = window.viewer.window()
    assert picture is not window
    qtbot.waitUntil(picture.isActiveWindow)
    press(qtbot, K.Key_Tab, CTRL)
    qtbot.waitUntil(window.isActiveWindow)
    assert place_of(window) == "labels"
    press(qtbot, K.Key_Backtab, CTRL | SHIFT)
    qtbot.waitUntil(picture.isActiveWindow)
    assert place_of(window) == "picture"
    picture.close()


def test_the_walk_leaves_a_field_that_is_typed_in(window, session, qtbot):
    press(qtbot, K.Key_F, CTRL)
    assert QApplication.focusWidget() is window.browser.filter
    qtbot.keyClicks(window.browser.filter, "CT")
    press(qtbot, K.Key_Tab, CTRL)
    assert place_of(window) != "series"
    assert window.browser.filter.text() == "CT"


def test_a_control_that_can_no_longer_be_used_passes_the_keyboard_on(window, session, qtbot):
    session.say("nodule", Answer.PRESENT)
    walk_to(qtbot, window, "labels")
    while QApplication.focusWidget() is not window.labels.undo_button:
        press(qtbot, K.Key_Tab)
    press(qtbot, K.Key_Space)
    assert session.labels.current == ()
    assert not window.labels.undo_button.isEnabled()
    assert place_of(window) == "labels"


def test_lines_are_read_from_the_left_and_from_above(qtbot):
    place = QWidget()
    qtbot.addWidget(place)
    made = {}
    for name, x, y in (("c", 5, 40), ("b", 80, 3), ("a", 5, 0), ("d", 50, 44)):
        made[name] = QWidget(place)
        made[name].setGeometry(x, y, 20, 20)
    ordered = in_reading_order(list(made.values()), place)
    assert [next(n for n, w in made.items() if w is one) for one in ordered] == list("abcd")


def test_what_is_walked_are_controls_and_not_their_insides(window):
    window.training.set_open(True)
    found = controls(window.training)
    assert window.training.pane.seed in found
    assert window.training.pane.seed.lineEdit() not in found
    assert any(isinstance(one, QAbstractButton) for one in found)
    assert all(not isinstance(one.parentWidget(), QAbstractItemView) for one in found)
