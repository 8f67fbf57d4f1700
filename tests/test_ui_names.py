"""A screen reader can say every control of every page, and Tab reaches each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.makers import make_project
from tests.ui_makers import open_window
from wsl_studio.jobs.pixels import Pixels
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.ui.dialogs import NewProject, PassedOverList
from wsl_studio.ui.reach import is_control
from wsl_studio.ui.window import MainWindow


@pytest.fixture
def window(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The real window on a project with a round, whose images are elsewhere."""
    monkeypatch.setattr(Pixels, "show", lambda *_: None)
    monkeypatch.setattr(Pixels, "thumbnail", lambda *_: None)
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    session = Session(settings)
    opened = open_window(qtbot, qapp, session, tmp_path)
    session.open_project(make_project(tmp_path / "p", n=4))
    yield opened
    opened.close()
    session.shut_down()


def unnamed(top):
    """Controls in a window without a name that a screen reader could say."""
    out = []
    for one in top.findChildren(QWidget):
        if is_control(one) and one.window() is top:
            told = QAccessible.queryAccessibleInterface(one)
            if not told.text(QAccessible.Text.Name).strip():
                out.append(f"{type(one).__name__} {one.objectName()} {one.toolTip()}")
    return out


def unreachable(page):
    """Controls of a page that Tab never comes to."""
    return [
        f"{type(one).__name__} {one.objectName()} {one.accessibleName()}"
        for one in page.findChildren(QWidget)
        if is_control(one) and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    ]  # fmt: skip


PAGES = ("findings", "history", "keys", "reading", "review", "rounds_page")


def test_every_control_of_the_window_has_a_name(window):
    window.training.set_open(True)
    assert sum(is_control(w) for w in window.findChildren(QWidget)) > 60
    assert unnamed(window) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_control_of_a_page_has_a_name_and_tab_reaches_it(window, name):
    window.keys.trigger(name)
    page = window.pages.open[name]
    assert any(is_control(w) for w in page.findChildren(QWidget))
    assert unnamed(page) == []
    assert unreachable(page) == []
    page.close()


def test_dialogs_have_names_and_are_reached_by_tab(window, tmp_path):
    table = tmp_path / "labels.csv"
    table.write_text("series,finding,value\n1.2.826.1,nodule,present\n", encoding="utf-8")
    window.pages.preview(table)
    window.viewer.header_lines.look()
    window.new_project()
    window.show_passed_over()
    pages = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert {NewProject, PassedOverList} < {type(page) for page in pages}
    for page in pages:
        assert unnamed(page) == [], page
        assert unreachable(page) == [], page
        page.close()


def test_a_long_name_of_a_reader_ends_in_an_ellipsis(window: MainWindow, qtbot: QtBot):
    header = window.header
    qtbot.mouseClick(header.reader_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(header.reader_field, "Prof. Dr. Maximilienne Annabel Featherstone"[:40])
    qtbot.keyClick(header.reader_field, Qt.Key.Key_Return)
    shown = header.reader_button
    assert shown.text().endswith("\N{HORIZONTAL ELLIPSIS}")
    assert shown.accessibleName() == "Prof. Dr. Maximilienne Annabel Featherst"
    assert "Featherst" in shown.toolTip()
    assert shown.fontMetrics().horizontalAdvance(shown.text()) < shown.maximumWidth()
