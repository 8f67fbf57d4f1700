"""French as a reader chooses and meets it; what is kept on disk stays English."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.fakes_session import FakeSession
from tests.makers import make_project
from tests.ui_makers import open_window
from wsl_studio.domain.label import Act, Answer
from wsl_studio.jobs.pixels import Pixels
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.store.project import Project
from wsl_studio.ui import words
from wsl_studio.ui.options_form import OptionsForm
from wsl_studio.ui.series_list import matches
from wsl_studio.ui.theme import apply_theme

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def english_again(qapp):
    apply_theme(qapp)
    yield
    words.speak("en")


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_the_language_is_chosen_by_key_and_holds_from_the_next_start(qtbot, qapp, tmp_path):
    session = FakeSession(tmp_path)
    window = open_window(qtbot, qapp, session, tmp_path)
    menu = window.header.languages
    assert [name for name, one in menu.choices.items() if one.isChecked()] == ["system"]
    qtbot.keyClick(window, K.Key_G, CTRL | SHIFT)
    assert menu.isVisible()
    menu.setActiveAction(menu.choices["fr"])
    qtbot.keyClick(menu, K.Key_Return)
    assert "next start" in window.status.text()
    assert window.labels.next_button.text().endswith("Next"), "what stands is left as it is"
    window.close()
    again = FakeSession(tmp_path)
    assert again.settings.get("language") == "fr"
    window = open_window(qtbot, qapp, again, tmp_path)
    assert window.labels.next_button.text() == "N  Suite"
    assert window.header.languages.choices["fr"].isChecked()
    assert window.header.state() == "Aucun cycle · 0 séries étiquetées sur 6"


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setattr(Pixels, "show", lambda *_: None)
    monkeypatch.setattr(Pixels, "thumbnail", lambda *_: None)
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    settings.set("language", "fr")
    out = Session(settings)
    yield out
    out.shut_down()


def test_the_journal_stays_english(session, qtbot, qapp, tmp_path):
    window = open_window(qtbot, qapp, session, tmp_path)
    session.open_project(make_project(tmp_path / "p", n=4))
    session.select_series(session.rows[0].uid)
    window.viewer.setFocus()
    qtbot.keyClick(window, K.Key_4)
    ask = window.labels._ask
    assert "pourquoi" in ask.title.text()
    qtbot.keyClick(ask.field, K.Key_1)
    window.viewer.setFocus()
    qtbot.keyClick(window, K.Key_S, SHIFT)
    qtbot.keyClick(ask.field, K.Key_1)
    qtbot.keyClick(window, K.Key_H, CTRL)
    told = [line[4] for line in window.pages.open["history"].lines()]
    assert told[0] == "différer\u00a0: demander à un collègue"
    window.close()
    session.shut_down()
    with Project.open(tmp_path / "p", is_read_only=True) as project:
        rows = project.rows()
    assert [(row.act, row.reason) for row in rows] == [
        (Act.SAY, "image quality"),
        (Act.DEFER, "ask a colleague"),
    ]
    assert rows[0].answer is Answer.CANNOT_TELL


def test_the_filter_finds_what_is_shown(qtbot, qapp, tmp_path):
    session = FakeSession(tmp_path)
    words.speak("fr")
    row = session.rows[0]
    assert matches(row, "non étiquetée")
    assert not matches(row, "étiquetée")
    assert matches(row, "coupes")


def test_numbers_are_typed_and_shown_with_a_comma(qtbot):
    words.speak("fr")
    form = OptionsForm()
    qtbot.addWidget(form)
    field = {"type": "number", "title": "Threshold", "default": 0.25, "minimum": 0, "maximum": 1}
    form.show_schema({"properties": {"threshold": field}})
    box = form.findChild(object, "option.threshold")
    assert box.text() == "0,25"
    assert any(label.text() == "0–1" for label in form.findChildren(QLabel))
    box.selectAll()
    qtbot.keyClicks(box, "0,5")
    assert form.values() == {"threshold": 0.5}


def test_the_files_of_the_language_come_with_the_package():
    assert (words.FOLDER / "fr.qm").exists()
    assert words.FOLDER.parent.name == "ui"
