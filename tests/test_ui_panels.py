"""The places around the image, as a reader uses them: lists, labels, suggestions, rounds."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.fakes_session import BLIND, FakeSession
from wsl_studio.domain.label import Answer, Level, Region
from wsl_studio.domain.series import PassedOver
from wsl_studio.jobs.values import LabelState, SeriesRow
from wsl_studio.ui.browser import Browser
from wsl_studio.ui.dialogs import NewProject, PassedOverList, parse_findings
from wsl_studio.ui.keys import ACTIONS, KeyTable
from wsl_studio.ui.labels import LabelPanel
from wsl_studio.ui.series_list import matches
from wsl_studio.ui.theme import apply_theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _theme(qapp):
    if not qapp.styleSheet():
        apply_theme(qapp)


@pytest.fixture
def session(tmp_path):
    return FakeSession(tmp_path)


def show(qtbot, widget, width=300, height=700):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def finish_round(session):
    session.train("pooling", {})
    session.finish()


# Browser


def test_a_click_on_a_series_puts_it_on_screen(session, qtbot):
    browser = show(qtbot, Browser(session))
    view = browser.series_list
    at = view.visualRect(browser.series_model.index_of("uid.3")).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)
    assert session.selection.series_uid == "uid.3"
    assert view.currentIndex().row() == 2
    assert browser.queue_list.currentIndex().row() == 2


def test_a_row_says_state_and_answers_in_words_after_a_label(session, qtbot):
    browser = show(qtbot, Browser(session))
    session.say("nodule", Answer.PRESENT)
    line = browser.series_model.index_of("uid.1").data()
    assert "partly labelled" in line
    assert "nodule present" in line
    session.say("effusion", Answer.ABSENT)
    assert "#1 · CT 12 slices · labelled" in browser.series_model.index_of("uid.1").data()
    assert browser.queue_model.rows[0].uid == "uid.2"


def test_a_long_list_asks_only_for_the_thumbnails_on_screen(tmp_path, qtbot):
    session = FakeSession(tmp_path, n_series=3000)
    browser = show(qtbot, Browser(session))
    assert browser.series_model.rowCount() == 3000
    qtbot.waitUntil(lambda: bool(session.thumbnails_made))
    assert len(session.thumbnails_made) < 30


def test_the_filter_lists_what_matches_and_esc_brings_all_back(session, qtbot):
    browser = show(qtbot, Browser(session))
    session.say("nodule", Answer.PRESENT)
    session.say("effusion", Answer.ABSENT)
    browser.focus_filter()
    qtbot.keyClicks(browser.filter, "not labelled")
    assert [row.number for row in browser.series_model.rows] == [2, 3, 4, 5, 6]
    session.select_series("uid.2")
    session.say("nodule", Answer.ABSENT)
    session.say("effusion", Answer.ABSENT)
    assert 2 in [row.number for row in browser.series_model.rows], "no row moves after a label"
    qtbot.keyClick(browser.filter, Qt.Key.Key_Escape)
    assert browser.series_model.rowCount() == 6
    qtbot.keyClicks(browser.filter, "nothing like this")
    assert "Esc empties the filter" in words(browser)


def test_filterwords():
    row = SeriesRow("u", "CT 12 slices", 12, LabelState.LABELLED, {"nodule": "present"})
    bare = replace(row, state=LabelState.UNLABELLED, answers={})
    assert matches(row, "labelled ct")
    assert not matches(bare, "labelled")
    assert matches(bare, "not labelled")
    assert matches(row, "nodule present")
    assert matches(row, "#12")
    assert not matches(row, "#1")


def test_the_queue_keeps_still_under_the_pointer(session, qtbot):
    browser = show(qtbot, Browser(session))
    browser.queue_list.is_pointed_at = True
    before = browser.queue_model.rows
    session.say("nodule", Answer.PRESENT)
    session.say("effusion", Answer.ABSENT)
    assert browser.queue_model.rows == before
    QApplication.sendEvent(browser.queue_list, _leave())
    assert browser.queue_model.rows[0].uid == "uid.2"


def test_an_empty_project_says_the_next_step(tmp_path, qtbot):
    browser = show(qtbot, Browser(FakeSession(tmp_path, n_series=0)))
    assert "Import a folder (Ctrl+I)" in words(browser)


# Labels


@pytest.fixture
def labels(session, qtbot):
    return show(qtbot, LabelPanel(session, KeyTable(ACTIONS)))


def test_a_click_commits_an_answer_and_says_who_when_and_blind(session, labels, qtbot):
    row = labels.rows["effusion"]
    qtbot.mouseClick(row.buttons[Answer.ABSENT], LEFT)
    said = session.labels.current[0]
    assert (said.finding, said.answer, said.level) == ("effusion", Answer.ABSENT, Level.SERIES)
    assert row.buttons[Answer.ABSENT].isChecked()
    assert row.who().startswith("JD ")
    assert row.who().endswith("blind")
    assert session.selection.finding == "effusion"
    assert "2" in row.buttons[Answer.ABSENT].text()


def test_nothing_of_the_model_is_shown_before_the_reader_commits(session, labels):
    finish_round(session)
    assert BLIND in words(labels)
    assert all(not row.suggestion.text() for row in labels.rows.values())
    height = labels.rows["nodule"].height()
    session.peek()
    assert labels.rows["nodule"].suggestion.text() == "suggestion: present 0.85"
    assert labels.rows["nodule"].height() == height
    assert BLIND not in words(labels)


def test_a_suggestion_is_accepted_or_refused_and_is_no_label_before(session, labels, qtbot):
    finish_round(session)
    session.peek()
    assert session.labels.current == ()
    nodule, effusion = labels.rows["nodule"], labels.rows["effusion"]
    qtbot.mouseClick(nodule.suggestion.accept_button, LEFT)
    assert session.labels.current[0].source == "accepted suggestion"
    assert nodule.buttons[Answer.PRESENT].isChecked()
    assert "accepted suggestion" in nodule.suggestion.text()
    assert "accepted suggestion" in nodule.who()
    qtbot.mouseClick(effusion.suggestion.reject_button, LEFT)
    assert effusion.suggestion.text() == "refused: absent 0.17"
    assert not effusion.suggestion.accept_button.isVisible()
    labels.accept("effusion")
    assert len(session.labels.current) == 1


def test_ranges_and_boxes_are_listed_shown_and_removed(session, labels, qtbot):
    labels.mark_range(7, 3)
    labels.mark_box(5, (10.0, 20.0, 30.0, 40.0))
    lines = [labels.regions.regions.index(k).data() for k in range(2)]
    assert lines == ["nodule present · slices 4–8", "nodule present · box on slice 6"]
    session.select_slice(0)
    at = labels.regions.visualRect(labels.regions.regions.index(1))
    qtbot.mouseClick(labels.regions.viewport(), LEFT, pos=at.topLeft() + QPoint(20, 10))
    assert session.selection.slice == 5
    cross = labels.regions.remove_rect(0).center()
    qtbot.mouseClick(labels.regions.viewport(), LEFT, pos=cross)
    assert [row.level for row in session.labels.current] == [Level.BOX]
    session.undo()
    assert len(session.labels.current) == 2


def test_a_region_says_what_the_series_says(session, labels):
    session.say("nodule", Answer.ABSENT)
    labels.mark_range(2, 2)
    assert session.labels.current[-1].answer is Answer.ABSENT
    assert session.labels.current[-1].region == Region(first=2, last=2)


def test_confidence_goes_with_the_answer_and_starts_anew_with_the_next_case(session, labels):
    labels.cycle_confidence()
    labels.answer(Answer.PRESENT)
    assert session.labels.current[-1].confidence == 0.75
    labels.cycle_confidence()
    assert session.labels.current[-1].confidence == 0.5
    assert "a guess" in labels.rows["nodule"].who()
    session.select_series("uid.2")
    labels.answer(Answer.ABSENT)
    assert session.labels.current[-1].confidence == 1.0


def test_undo_and_redo_say_what_they_would_do(session, labels, qtbot):
    assert not labels.undo_button.isEnabled()
    assert labels.undo_button.toolTip() == "Nothing to undo"
    labels.answer(Answer.PRESENT)
    assert labels.undo_button.toolTip() == "Undo nodule (Ctrl+Z)"
    qtbot.mouseClick(labels.undo_button, LEFT)
    assert session.labels.current == ()
    assert not labels.rows["nodule"].buttons[Answer.PRESENT].isChecked()
    qtbot.mouseClick(labels.redo_button, LEFT)
    assert labels.rows["nodule"].buttons[Answer.PRESENT].isChecked()


def test_a_finding_is_added_without_a_dialog(session, labels, qtbot):
    qtbot.mouseClick(labels._add, LEFT)
    qtbot.keyClicks(labels.name_field, "fracture")
    qtbot.keyClick(labels.name_field, Qt.Key.Key_Return)
    assert list(labels.rows) == ["nodule", "effusion", "fracture"]
    assert not labels.name_field.isVisible()


def test_a_very_long_name_is_elided_and_whole_in_the_tooltip(tmp_path, qtbot):
    long = "peripheral subsolid nodule with pleural tag in the upper lobe"
    panel = show(qtbot, LabelPanel(FakeSession(tmp_path, findings=(long,)), KeyTable(ACTIONS)))
    name = panel.rows[long]._name
    assert name.shown() != long
    assert long in name.toolTip()


# Dialogs


def test_a_new_project_needs_a_name_and_a_finding(tmp_path, qtbot):
    made = []
    dialog = NewProject(None, tmp_path, lambda *values: made.append(values))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.create_button.isEnabled()
    assert dialog.create_button.toolTip() == "Name at least one finding."
    dialog.name.setText("chest")
    qtbot.keyClicks(dialog.findings, "nodule, effusion,nodule")
    qtbot.keyClick(dialog.findings, Qt.Key.Key_Return)
    assert made == [(tmp_path / "chest", ("nodule", "effusion"))]


def test_findings_are_parsed_once_each():
    assert parse_findings(" a, b;a\n c ,,") == ("a", "b", "c")


def test_files_passed_over_are_listed_with_their_reasons(qtbot):
    files = [PassedOver(path="/x/a.dcm", reason="no PixelData"),
             PassedOver(path="/x/b.txt", reason="not DICOM")]  # fmt: skip
    dialog = PassedOverList(None, files)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.shown.rowCount() == 2
    qtbot.keyClicks(dialog.filter, "pixeldata")
    assert dialog.shown.rowCount() == 1
    assert dialog.shown.index(0, 0).data() == "a.dcm"


def words(widget):
    return " | ".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def _leave():
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.Leave)
