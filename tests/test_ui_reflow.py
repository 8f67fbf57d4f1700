"""Large text on a small screen: nothing is cut and nothing is out of reach."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes_session import FakeSession
from tests.fakes_viewer import make_ct, make_geometry
from wsl_studio.domain.window import Window
from wsl_studio.ui.parts import Check, button, column
from wsl_studio.ui.reflow import Reflow
from wsl_studio.ui.settle import settle
from wsl_studio.ui.theme import apply_theme
from wsl_studio.ui.tiles import LARGEST_PX, TILE_PX, Tiles
from wsl_studio.ui.view import open_view
from wsl_studio.ui.window import MainWindow


@pytest.fixture
def session(tmp_path: Path) -> FakeSession:
    return FakeSession(tmp_path)


@pytest.fixture(params=[(100, 1366), (150, 1366), (200, 1366), (200, 1920)])
def window(
    request: pytest.FixtureRequest, session: FakeSession, qtbot: QtBot, qapp: QApplication
) -> Iterator[MainWindow]:
    percent, width = request.param
    session.settings.set("text_percent", percent)
    opened = MainWindow(session)  # type: ignore[arg-type]
    qtbot.addWidget(opened)
    opened.resize(width, 768)
    opened.show()
    qtbot.wait(20)
    yield opened
    opened.close()
    apply_theme(qapp)


def can_scroll_to(one: QWidget) -> bool:
    """True if it stands in an area that scrolls."""
    above = one.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def test_every_button_shows_its_words_whole_and_is_in_reach(window, qtbot):
    for is_open in (False, True):
        window.training.set_open(is_open)
        qtbot.wait(20)
        seen = 0
        for one in window.floors.findChildren(QPushButton):
            if not one.isVisible() or not one.width() or one.menu() is not None:
                continue
            seen += 1
            words = one.fontMetrics().horizontalAdvance(one.text())
            assert one.width() >= words + 2, one.text()
            whole = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
            assert window.rect().contains(whole) or can_scroll_to(one), one.text()
        assert seen > 15


def test_answers_stand_in_one_line_or_two_by_two_whichever_is_chosen(window, session, qtbot):
    rows = list(window.labels.rows.values())
    assert len({row.answers.across for row in rows}) == 1
    before = [row.geometry() for row in rows]
    session.select_finding(rows[1].finding)
    qtbot.wait(20)
    assert [row.geometry() for row in rows] == before, "choosing a finding moves nothing"


def test_a_line_that_is_too_short_becomes_lines_of_two(qtbot):
    buttons = [button(word) for word in ("previous", "skip", "put off", "next")]
    place = QWidget()
    qtbot.addWidget(place)
    line = Reflow(buttons, gap=2)
    line.setParent(place)
    place.show()
    wide = sum(one.minimumSizeHint().width() for one in buttons) + 6
    line.resize(wide, 40)
    assert line.across == 4
    line.resize(wide - 1, 80)
    assert line.across == 2
    qtbot.waitUntil(lambda: buttons[2].y() > buttons[0].y())
    assert line.minimumSizeHint().width() < wide
    line.resize(wide + 40, 40)
    buttons[0].setText("previous " * 6)
    qtbot.waitUntil(lambda: line.across == 2)


def test_a_page_larger_than_the_screen_scrolls_and_its_last_button_is_reached(qtbot):
    page, outer = QDialog(), column()
    last = button("Close")
    for k in range(80):
        outer.addWidget(button(f"line {k}"))
    outer.addWidget(last)
    page.setLayout(outer)
    settle(page)
    qtbot.addWidget(page)
    page.show()
    assert page.height() <= page.screen().availableGeometry().height()
    roll = page.findChild(QScrollArea)
    assert not roll.viewport().rect().contains(last.mapTo(roll.viewport(), QPoint(0, 0)))
    roll.ensureWidgetVisible(last)
    assert roll.viewport().rect().contains(last.mapTo(roll.viewport(), QPoint(0, 0)))
    assert last.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_the_wall_of_slices_fills_a_large_screen(qtbot):
    tiles, volume = Tiles(), make_ct(12, geometry=make_geometry())
    qtbot.addWidget(tiles)
    tiles.show_volume(volume, open_view(volume, Window(40, 400)))
    sides = []
    for width, height in ((600, 300), (1200, 800), (2600, 1800)):
        tiles.resize(width, height)
        sides.append(tiles.side)
        assert tiles.columns * tiles.side <= width
    assert sides[0] == TILE_PX < sides[1] < sides[2] == LARGEST_PX
    tiles.resize(1200, 800)
    assert tiles.columns * tiles.rows_in_sight >= 12
    assert tiles.slice_at(tiles.rect_of(7).center()) == 7


def test_a_ticked_box_shows_a_tick_and_an_empty_one_none(qtbot, qapp):
    if not qapp.styleSheet():
        apply_theme(qapp)
    box = Check("on")
    qtbot.addWidget(box)
    box.show()
    inks = []
    for is_checked in (True, False):
        box.setChecked(is_checked)
        image = box.grab().toImage()
        middle = range(4, 11)
        high = box.height() // 2
        tones = {image.pixelColor(x, y).lightness() // 40
                 for x in middle for y in range(high - 3, high + 4)}  # fmt: skip
        inks.append(len(tones))
    assert inks[0] > 2, "box and tick"
    assert inks[1] == 1, "nothing in an empty box"
