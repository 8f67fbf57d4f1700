"""The pages a key opens, used as a reader uses them: findings, history, keys, reading, tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.makers import make_project
from tests.ui_makers import open_window
from wsl_studio.domain.label import Answer, Level, Region
from wsl_studio.domain.policy import Showing
from wsl_studio.jobs.pixels import Pixels
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.ui.dialogs import NewProject
from wsl_studio.ui.keys_page import KeysPage, map_html, write_map
from wsl_studio.ui.reading import ReadingPage
from wsl_studio.ui.schema_editor import SchemaEditor
from wsl_studio.ui.window import MainWindow

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ONE = "1.2.826.1"


@pytest.fixture
def window(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The real window on a project whose images are elsewhere: nothing here is about them."""
    monkeypatch.setattr(Pixels, "show", lambda *_: None)
    monkeypatch.setattr(Pixels, "thumbnail", lambda *_: None)
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    session = Session(settings)
    opened = open_window(qtbot, qapp, session, tmp_path)
    session.open_project(make_project(tmp_path / "p", n=4))
    session.select_series(ONE)
    yield opened
    opened.close()
    session.shut_down()


def page_of(window: MainWindow, qtbot: QtBot, key: Qt.Key, name: str) -> QDialog:
    """Opens a page by its key and waits until the keyboard is in it."""
    qtbot.keyClick(window, key, CTRL)
    page = window.pages.open[name]
    qtbot.waitUntil(page.isActiveWindow)
    return page


def back_to(window: MainWindow, qtbot: QtBot, page: QDialog) -> None:
    page.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def editor_of(window: MainWindow, qtbot: QtBot) -> SchemaEditor:
    page = page_of(window, qtbot, K.Key_E, "findings")
    assert isinstance(page, SchemaEditor)
    return page


def enter(qtbot: QtBot, field: object, text: str) -> None:
    field.setFocus()  # type: ignore[attr-defined]
    field.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, K.Key_Return)


def test_a_finding_is_renamed_recoloured_and_removed_and_keeps_its_label(window, qtbot):
    session = window.session
    qtbot.keyClick(window, K.Key_1)
    page = editor_of(window, qtbot)
    enter(qtbot, page.form.name, "lung nodule")
    assert session.project.findings == ("lung nodule", "effusion")
    assert session.selection.finding == "lung nodule", "what was chosen stays chosen"
    assert session.labels.current[0].finding == "lung nodule"
    assert list(window.labels.rows) == ["lung nodule", "effusion"]
    page.form.colours["#009e73"].click()
    enter(qtbot, page.form.code, "427359005")
    spec = session.project.schema.active[0]
    assert (spec.colour, spec.code_system, spec.code) == ("#009e73", "SNOMED CT", "427359005")
    assert "SNOMED CT 427359005" in window.labels.rows["lung nodule"]._name.toolTip()
    page.remove_button.click()
    assert session.project.findings == ("effusion",)
    assert session.labels.current == ()
    assert "labels kept" in page.list.item(1).text()
    page.list.setCurrentRow(1)
    assert page.remove_button.text() == "Put back"
    page.remove_button.click()
    assert session.labels.current[0].answer is Answer.PRESENT
    for _ in range(6):
        page.undo_button.click()
    assert session.project.findings == ("nodule", "effusion")
    assert session.labels.current == (), "the sixth step back was the label itself"


def test_a_name_that_is_taken_is_refused_in_the_page(window, qtbot):
    page = editor_of(window, qtbot)
    enter(qtbot, page.form.name, "Effusion")
    assert "is or was the name of another finding" in page._why.text()
    assert window.session.project.findings == ("nodule", "effusion")
    enter(qtbot, page.new, "effusion")
    assert page._why.text() == "effusion is a finding already."
    enter(qtbot, page.new, "fracture")
    assert window.session.project.findings == ("nodule", "effusion", "fracture")
    assert page.chosen().name == "fracture"
    qtbot.keyClick(page, K.Key_Escape)
    assert "findings" not in window.pages.open


def test_an_own_key_chooses_a_finding_and_a_taken_one_is_named(window, qtbot):
    page = editor_of(window, qtbot)
    page.list.setCurrentRow(1)
    qtbot.keyClick(page.form.key, K.Key_N)
    assert page._why.text() == "N already does: next in the queue."
    assert window.session.project.schema.active[1].key == ""
    qtbot.keyClick(page.form.key, K.Key_Y)
    assert window.session.project.schema.active[1].key == "Y"
    back_to(window, qtbot, page)
    assert window.session.selection.finding == "nodule"
    qtbot.keyClick(window, K.Key_Y)
    assert window.session.selection.finding == "effusion"
    keys = page_of(window, qtbot, K.Key_K, "keys")
    qtbot.keyClick(keys.fields["skip"], K.Key_Y)
    assert keys.why().startswith("Y already chooses the finding effusion.")


def test_a_ready_set_is_added_and_kinds_stand_under_what_they_are(window, qtbot):
    page = editor_of(window, qtbot)
    actions = {a.text(): a for a in page.preset_button.menu().actions()}
    actions["Breast ultrasound"].trigger()
    names = window.session.project.findings
    assert names[:3] == ("nodule", "effusion", "lesion")
    assert page.list.item(names.index("cyst")).text().startswith("      ")
    rows = window.labels.rows
    left = [
        rows[n].layout().itemAt(1).layout().contentsMargins().left() for n in ("lesion", "cyst")
    ]
    assert left[1] > left[0]


def test_a_new_project_begins_with_a_ready_set(window, qtbot, tmp_path):
    window.new_project()
    (dialog,) = window.findChildren(NewProject)
    at = dialog.ready_sets.findText("Breast ultrasound")
    dialog.ready_sets.setCurrentIndex(at)
    dialog.ready_sets.activated.emit(at)
    names = dialog.findings.text().split(", ")
    assert "carcinoma" in names
    dialog.findings.setText(", ".join(n for n in names if n != "lesion") + ", scar")
    dialog.name.setText("breast")
    dialog.create_button.click()
    project = window.session.project
    assert project.folder == tmp_path / "breast"
    assert project.findings == (*(n for n in names if n != "lesion"), "scar")
    cyst = project.schema.named("cyst")
    assert (cyst.code, cyst.parent) == ("399294002", ""), "its parent was not taken"
    assert project.schema.rivals("benign") == ("probably benign", "suspicious")


def test_the_history_follows_and_a_line_leads_to_its_series(window, qtbot):
    session = window.session
    qtbot.keyClick(window, K.Key_1)
    qtbot.keyClick(window, K.Key_N)
    there = session.selection.series_uid
    page = page_of(window, qtbot, K.Key_H, "history")
    assert [line[4] for line in page.lines()] == ["next series", "nodule: present"]
    assert page.lines()[1][2:] == ("JD", "#1", "nodule: present", "not seen")
    assert page.lines()[0][5] == "", "to go on says nothing of a finding"
    page.view.setCurrentIndex(page.shown.index(1, 0))
    qtbot.keyClick(page.view, K.Key_Return)
    assert session.selection.series_uid == ONE != there
    page.undo_button.click()
    page.undo_button.click()
    assert [line[4] for line in page.lines()] == [
        "next series (undone)", "nodule: present (undone)",
    ]  # fmt: skip
    page.filter.setText("nodule")
    assert page.shown.rowCount() == 1


def test_a_key_is_changed_a_clash_is_named_and_the_map_is_printed(window, qtbot, tmp_path):
    page = page_of(window, qtbot, K.Key_K, "keys")
    assert isinstance(page, KeysPage)
    qtbot.keyClick(page.fields["skip"], K.Key_N)
    assert page.why() == "N already does: next in the queue. Give that another key first."
    assert page.fields["skip"].text() == "S"
    qtbot.keyClick(page.fields["skip"], K.Key_Y, SHIFT)
    assert page.fields["skip"].text() == "Shift+Y"
    assert window.session.settings.get("keys") == {"skip": ["Shift+Y"]}
    qtbot.keyClick(page.fields["help"], K.Key_Question, SHIFT)
    assert page.fields["help"].text() == "?"
    page.filter.setText("deferred nothing")
    assert not page.fields["skip"].isVisibleTo(page)
    text = map_html(window.keys)
    assert "Shift+Y" in text
    assert "skip, come back later" in text
    for name, head in (("keys.pdf", b"%PDF"), ("keys.html", b"<html>")):
        write_map(window.keys, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(head)
    back_to(window, qtbot, page)
    here = window.session.selection.series_uid
    qtbot.keyClick(window, K.Key_S)
    assert window.session.selection.series_uid == here
    qtbot.keyClick(window, K.Key_Y, SHIFT)
    assert window.session.selection.series_uid != here
    page_of(window, qtbot, K.Key_K, "keys").default_button.click()
    assert window.keys.keys("skip") == ("S",)


def test_the_policy_is_chosen_noted_and_undone(window, qtbot):
    page = page_of(window, qtbot, K.Key_Comma, "reading")
    assert isinstance(page, ReadingPage)
    page.showing[Showing.NEVER].click()
    page.rereads.setCurrentIndex(2)
    page.rereads.activated.emit(2)
    policy = window.session.project.policy
    assert (policy.showing, policy.reread_share) == (Showing.NEVER, 0.1)
    assert "never shown" in window.session.model.hidden
    assert window.session.history[0].words == "policy: never evidence, 10 % read again, no controls"
    page.undo_button.click()
    page.undo_button.click()
    assert page.showing[Showing.BLIND].isChecked()
    window.session.say("nodule", Answer.ABSENT)
    assert page.lines() == (("JD", "1", "–", "–", "–"),)


def test_a_table_is_looked_at_before_it_is_taken(window, qtbot, tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(f"series,finding,value\n{ONE},nodule,1\n9.9,nodule,0\n", encoding="utf-8")
    window.pages.preview(path)
    page = window.pages.open["import_labels"]
    assert [line[-1] for line in page.lines()] == ["added", "unknown series"]
    assert window.session.labels.current == ()
    assert page.add_button.text() == "Add 1 label"
    page.add_button.click()
    assert window.session.labels.current[0].answer is Answer.PRESENT
    assert [line[-1] for line in page.lines()] == ["unchanged: present stands", "unknown series"]
    assert not page.add_button.isEnabled()
    page.close()
    broken = tmp_path / "broken.csv"
    broken.write_text("what,is,this\n", encoding="utf-8")
    window.pages.preview(broken)
    assert "can't be read" in window.pages.open["import_labels"].summary()


def test_cannot_tell_and_defer_ask_why_and_esc_leaves_all_as_it_was(window, qtbot):
    session = window.session
    qtbot.keyClick(window, K.Key_4)
    ask = window.labels._ask
    assert "Cannot tell nodule" in ask.title.text()
    qtbot.keyClick(ask.field, K.Key_Escape)
    assert not ask.isVisible()
    assert session.labels.current == ()
    qtbot.keyClick(window, K.Key_4)
    qtbot.keyClick(ask.field, K.Key_2)
    row = session.labels.current[0]
    assert (row.answer, row.reason) == (Answer.CANNOT_TELL, "not covered by these images")
    assert "not covered" in window.labels.rows["nodule"].who()
    here = session.selection.series_uid
    qtbot.keyClick(window, K.Key_S, SHIFT)
    qtbot.keyClicks(ask.field, "12 and 13 are missing")
    assert session.selection.series_uid != here, "a digit takes a ready reason at once"
    assert session.queue[-1].reason == "deferred: ask a colleague"


def test_what_does_not_fit_is_shown_and_both_answers_stand(window, qtbot):
    session = window.session
    qtbot.keyClick(window, K.Key_2)
    session.say("nodule", Answer.PRESENT, Region(first=0, last=0, box=(1, 1, 8, 8)))
    assert "nodule is absent, but a box on slice 1" in window.labels.remarks.lines[0].text()
    assert {r.level for r in session.labels.current} == {Level.SERIES, Level.BOX}
    qtbot.keyClick(window, K.Key_1)
    assert not window.labels.remarks.isVisible()


def test_a_slice_and_a_study_are_labelled_by_key(window, qtbot):
    qtbot.keyClick(window, K.Key_Backslash)
    qtbot.keyClick(window, K.Key_U, CTRL)
    qtbot.keyClick(window, K.Key_2)
    found = {(r.level, r.answer) for r in window.session.labels.current}
    assert found == {(Level.SLICE, Answer.PRESENT), (Level.STUDY, Answer.ABSENT)}
    assert "study" in window.labels.rows["nodule"].who()
