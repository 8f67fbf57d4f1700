"""The whole window with a session in memory: what a reader does and what is then on screen."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.fakes_session import BLIND, FakeSession
from tests.ui_makers import open_window
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Answer
from wsl_studio.jobs.values import Change, LabelState, Notice, Work
from wsl_studio.ui.app import OURS, make_hook, run
from wsl_studio.ui.dialogs import NewProject
from wsl_studio.ui.window import MainWindow

K = Qt.Key
CTRL, SHIFT, ALT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
                    Qt.KeyboardModifier.AltModifier)  # fmt: skip


@pytest.fixture
def session(tmp_path):
    return FakeSession(tmp_path)


@pytest.fixture
def window(session, qtbot, qapp, tmp_path):
    return open_window(qtbot, qapp, session, tmp_path)


def words(widget):
    return " | ".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def test_a_case_is_read_labelled_and_left_by_keyboard_only(window, session, qtbot):
    qtbot.keyClick(window, K.Key_1)
    qtbot.keyClick(window, K.Key_Tab)
    qtbot.keyClick(window, K.Key_3)
    answers = {row.finding: row.answer for row in session.labels.current}
    assert answers == {"nodule": Answer.PRESENT, "effusion": Answer.UNCERTAIN}
    assert session.selection.series_uid == "uid.1", "nothing jumps by itself"
    assert session.rows[0].state is LabelState.LABELLED
    qtbot.keyClick(window, K.Key_Return)
    assert session.selection.series_uid == "uid.2"
    qtbot.keyClick(window, K.Key_S)
    assert session.selection.series_uid == "uid.3"
    qtbot.keyClick(window, K.Key_P)
    assert session.selection.series_uid == "uid.2"
    qtbot.keyClick(window, K.Key_Backtab, SHIFT)
    assert session.selection.finding == "nodule"
    qtbot.keyClick(window, K.Key_2, ALT)
    assert session.selection.finding == "effusion"


def test_undo_and_redo_by_key(window, session, qtbot):
    qtbot.keyClick(window, K.Key_2)
    qtbot.keyClick(window, K.Key_Z, CTRL)
    assert session.labels.current == ()
    qtbot.keyClick(window, K.Key_Z, CTRL | SHIFT)
    assert session.labels.current[0].answer is Answer.ABSENT
    qtbot.keyClick(window, K.Key_Backspace)
    assert session.labels.current == ()
    qtbot.keyClick(window, K.Key_Z, CTRL)
    qtbot.keyClick(window, K.Key_Z, CTRL)
    qtbot.keyClick(window, K.Key_Y, CTRL)
    assert session.labels.current[0].answer is Answer.ABSENT


def test_slices_scroll_and_a_range_is_marked_by_key(window, session, qtbot):
    qtbot.keyClick(window, K.Key_Up)
    qtbot.keyClick(window, K.Key_Up)
    assert session.selection.slice == 4
    qtbot.keyClick(window, K.Key_BracketLeft)
    for _ in range(3):
        qtbot.keyClick(window, K.Key_Down)
    qtbot.keyClick(window, K.Key_BracketRight)
    region = session.labels.current[0].region
    assert (region.first, region.last) == (4, 7)


def test_keys_do_not_label_while_text_is_typed(window, session, qtbot):
    qtbot.keyClick(window, K.Key_F, CTRL)
    field = window.browser.filter
    assert QApplication.focusWidget() is field
    qtbot.keyClicks(field, "123 nsx")
    assert field.text() == "123 nsx"
    assert session.journal == []
    assert session.selection.series_uid == "uid.1"
    qtbot.keyClick(field, K.Key_Escape)
    qtbot.keyClick(window, K.Key_1)
    assert len(session.journal) == 1


def test_digits_in_an_option_are_numbers_and_esc_gives_the_keyboard_back(window, session, qtbot):
    qtbot.keyClick(window, K.Key_R, CTRL)
    assert window.training.is_open
    seed = window.training.pane.seed
    seed.setFocus()
    seed.selectAll()
    qtbot.keyClicks(seed, "12")
    assert seed.value() == 12
    assert session.journal == []
    qtbot.keyClick(seed, K.Key_Escape)
    assert QApplication.focusWidget() is window.viewer.canvas
    qtbot.keyClick(window, K.Key_1)
    assert len(session.journal) == 1


def test_blind_until_committed_then_suggestions_by_key(window, session, qtbot):
    qtbot.keyClick(window, K.Key_1)
    qtbot.keyClick(window, K.Key_T)
    session.finish()
    session.select_series("uid.2")
    session.select_finding("nodule")
    assert BLIND in words(window.labels)
    assert "suggestion:" not in words(window)
    qtbot.keyClick(window, K.Key_A)
    assert "no open suggestion" in window.status.text()
    qtbot.keyClick(window, K.Key_E)
    assert "suggestion: present 0.85" in words(window.labels)
    qtbot.keyClick(window, K.Key_A)
    qtbot.keyClick(window, K.Key_Tab)
    qtbot.keyClick(window, K.Key_X)
    assert [row.source for row in session.labels.current] == ["accepted suggestion"]
    assert "refused" in words(window.labels)


def test_the_header_says_project_round_labels_and_that_images_are_phantoms(window, session, qtbot):
    assert "0 of 6 series labelled" in window.header.state()
    assert "Phantoms, not patients" in words(window.header)
    qtbot.keyClick(window, K.Key_1)
    qtbot.keyClick(window, K.Key_T)
    session.finish()
    assert window.header.state() == "Round 1 · trained on 1 label · evidence is current"
    assert "test patients" in window.header.findChild(QLabel, "header.state").toolTip()
    qtbot.keyClick(window, K.Key_2)
    assert "labels changed since" in window.header.state()


def test_names_are_hidden_with_one_key_and_stay_hidden(window, session, qtbot, qapp, tmp_path):
    session.banner = {"name": "DOE^JOHN", "born": "1961"}
    session.select_series("uid.2")
    assert window.header.names() == "DOE^JOHN · 1961"
    qtbot.keyClick(window, K.Key_H)
    assert window.header.names() == "names hidden"
    assert "DOE" not in words(window)
    again = open_window(qtbot, qapp, session, tmp_path)
    assert again.header.names() == "names hidden"
    assert "DOE" not in (tmp_path / "settings.json").read_text()


def test_trouble_stays_until_dismissed_and_a_notice_does_not_hide_it_for_good(window, session):
    session.notice.emit(Notice("The disk is full.", "Make room.", is_trouble=True))
    assert window.status.text() == "The disk is full. Make room."
    session.notice.emit(Notice("Round 1: finished."))
    assert window.status.text() == "Round 1: finished."
    window.status._expire()
    assert window.status.text() == "The disk is full. Make room."
    window.status.dismiss()
    assert window.status.text() == ""


def test_a_series_that_cannot_be_shown_says_so_in_its_place(window, session):
    session.volume = None
    session.changed.emit(Change(volume=True))
    session.notice.emit(Notice("This series cannot be shown.", "Import it.", is_trouble=True))
    session.changed.emit(Change(volume=True, work=True))  # its names, which come by themselves
    assert window.viewer.canvas._texts.empty == "This series cannot be shown."
    session.select_series("uid.2")
    assert window.viewer.canvas._texts.empty != "This series cannot be shown."


def test_work_shows_progress_time_left_and_a_cancel_that_works(window, session, qtbot):
    session.set_work(Work("Reading headers", 40, 100, "34 s left"))
    shown = words(window.status)
    assert "Reading headers 40 of 100" in shown
    assert "34 s left" in shown
    qtbot.mouseClick(window.status.cancel_button, Qt.MouseButton.LeftButton)
    assert session.work is None
    assert not window.status.cancel_button.isVisible()


@pytest.mark.parametrize("name", ["images", "study.zip", "DICOMDIR"])
def test_a_dropped_folder_is_imported(window, session, qtbot, tmp_path, name):
    folder = tmp_path / name
    folder.mkdir() if name == "images" else folder.write_bytes(b"")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data,
                       Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    window.dropEvent(event)
    qtbot.waitUntil(lambda: session.imported == [folder])


def test_help_covers_the_window_and_its_keys_do_nothing_else(window, session, qtbot):
    qtbot.keyClick(window, "?")
    assert window.help.isVisible()
    qtbot.keyClick(window.help, K.Key_1)
    assert not window.help.isVisible()
    assert session.journal == []
    assert QApplication.focusWidget() is window.viewer.canvas


def test_without_a_project_the_window_says_how_to_start(qtbot, qapp, tmp_path):
    session = FakeSession(tmp_path, is_open=False)
    window = open_window(qtbot, qapp, session, tmp_path)
    shown = words(window.welcome)
    for text in ("Try the demo", "Open a project", "New project", "Import a folder"):
        assert text in shown
    qtbot.keyClick(window, K.Key_1)
    qtbot.keyClick(window, K.Key_T)
    assert session.journal == []
    assert session.trained == []
    qtbot.mouseClick(window.welcome.new_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(NewProject)
    dialog.name.setText("chest")
    dialog.findings.setText("nodule")
    dialog.create_button.click()
    assert session.project.name == "chest"
    assert "No series yet" in words(window.browser)
    assert window.places.currentWidget() is window.floors


def test_a_folder_without_a_project_is_imported_into_a_new_one(qtbot, qapp, tmp_path):
    session = FakeSession(tmp_path, is_open=False)
    window = open_window(qtbot, qapp, session, tmp_path)
    images = tmp_path / "images"
    images.mkdir()
    window.take_folder(images)
    dialog = window.findChild(NewProject)
    dialog.name.setText("chest")
    dialog.findings.setText("nodule")
    dialog.create_button.click()
    assert session.imported == [images]


def test_widths_are_remembered(window, session, qtbot, qapp, tmp_path):
    wide = window.columns.sizes()
    handle = window.columns.handle(1)
    middle = handle.rect().center()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(handle, middle + QPoint(48, 0))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle + QPoint(48, 0))
    before = window.columns.sizes()
    assert before[0] > wide[0]
    window.close()
    again = open_window(qtbot, qapp, session, tmp_path)
    assert again.columns.sizes() == before


def test_the_sides_follow_the_window_until_a_reader_moves_them(window):
    window.resize(1366, 768)
    small = window.columns.sizes()
    window.resize(1920, 1080)
    large = window.columns.sizes()
    assert small[0] < large[0] < 400
    assert small[2] < large[2] < 400
    window.columns.take([300, 1200, 400])
    own = window.columns.sizes()
    window.resize(1366, 768)
    window.resize(1920, 1080)
    assert window.columns.sizes() == own


def test_the_image_has_the_room_on_a_small_screen(window):
    canvas = window.viewer.canvas
    assert canvas.width() >= 640
    assert canvas.height() >= 480
    assert window.minimumWidth() <= 1366
    assert window.minimumHeight() <= 768
    window.training.set_open(True)
    assert window.viewer.canvas.height() >= 240


def test_another_reader_takes_over(window, session, qtbot):
    qtbot.mouseClick(window.header.reader_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.header.reader_field, "1A")
    qtbot.keyClick(window.header.reader_field, K.Key_Return)
    assert session.settings.reader == "1A"
    assert session.journal == []


def test_the_demo_is_made_in_a_process_and_opened(window, session, qtbot, tmp_path):
    code = "import sys; print('{\"project\": \"' + sys.argv[-1] + '\"}')"
    target = tmp_path / "demo"
    target.mkdir()
    window.demo.start(target, (sys.executable, "-c", code))
    qtbot.waitUntil(lambda: session.folder == target, timeout=20_000)


def test_a_demo_that_fails_says_its_sentence(window, session, qtbot, tmp_path):
    code = "import sys; sys.stderr.write('This folder is not empty.'); sys.exit(1)"
    window.demo.start(tmp_path, (sys.executable, "-c", code))
    qtbot.waitUntil(lambda: "not empty" in window.status.text(), timeout=20_000)


def test_a_fault_of_ours_is_logged_without_its_words_and_said_in_one_sentence(caplog):
    told = []
    hook = make_hook(told.append)
    try:
        raise RuntimeError("D" + "OE")
    except RuntimeError as error:
        hook(type(error), error, error.__traceback__)
    assert told[0].sentence == OURS
    assert told[0].is_trouble
    assert "RuntimeError" in caplog.text
    assert "DOE" not in caplog.text
    hook(KnownError, KnownError("No room.", "Make some."), None)
    assert (told[1].sentence, told[1].advice) == ("No room.", "Make some.")


def test_the_first_picture_is_told_once(session, qtbot, qapp, tmp_path):
    window = MainWindow(session, home=tmp_path)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_painted):
        window.show()
    with qtbot.assertNotEmitted(window.first_painted, wait=50):
        window.update()


def test_the_program_shows_its_window_first_and_ends_with_it(qapp, tmp_path):
    seen = []
    hook = sys.excepthook

    def ready(window):
        seen.append((window.isVisible(), sys.excepthook is hook, window.width()))
        window.close()

    code = run(None, settings=tmp_path / "settings.json", size=(1400, 800), on_ready=ready)
    assert code == 0
    assert seen == [(True, False, 1400)]
    assert sys.excepthook is sys.__excepthook__


def test_nothing_heavy_is_imported_for_the_first_picture(tmp_path):
    script = (
        "import sys; from pathlib import Path; from wsl_studio.ui.app import run\n"
        "heavy = {'torch', 'pydicom', 'sqlalchemy', 'alembic', 'pyqtgraph', 'sklearn'}\n"
        "def ready(window):\n"
        "    print(sorted(heavy & set(sys.modules))); window.close()\n"
        f"run(None, settings=Path({str(tmp_path / 's.json')!r}), on_ready=ready)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=True, timeout=60)  # fmt: skip
    assert done.stdout.strip() == "[]"
