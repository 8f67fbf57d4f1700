"""Must be true: 100 series by keyboard only, and the journal equals the script exactly."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.makers import make_round
from wsl_studio.domain.label import Act, Row, Source, current_labels
from wsl_studio.domain.progress import drain
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.store.project import Project
from wsl_studio.ui.theme import apply_theme
from wsl_studio.ui.window import MainWindow

N = 100
K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
KEY = {"present": K.Key_1, "absent": K.Key_2, "uncertain": K.Key_3}


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication) -> Path:
    """A project of 100 pictures, 8 x 8, with two findings and no label."""
    from wsl_studio.dicom.index import index_folder
    from wsl_studio.jobs import steps

    if not qapp.styleSheet():
        apply_theme(qapp)
    images = tmp_path / "images"
    images.mkdir()
    for k in range(N):
        pixels = np.full((8, 8), k, np.uint8)
        picture = QImage(pixels.tobytes(), 8, 8, 8, QImage.Format.Format_Grayscale8)
        assert picture.save(str(images / f"case{k:03d}.png"))
    with Project.create(tmp_path / "p", findings=("nodule", "effusion")) as project:
        steps.take_index(project, drain(index_folder(images, salt=project.salt)))
        assert len(project.series_list()) == N
    return tmp_path / "p"


class Reader:
    """Presses keys, and writes down what the journal must then say."""

    def __init__(self, qtbot: QtBot, folder: Path, settings: Path) -> None:
        self.qtbot, self.folder, self.path = qtbot, folder, settings
        self.expected: list[tuple[str, str, str, str]] = []
        self.open()

    def open(self) -> None:
        settings = Settings(self.path)
        settings.set("reader", "JD")
        self.session = Session(settings)
        self.window = MainWindow(self.session)
        self.qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        with self.qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.session.open_project(self.folder)
        self.window.viewer.setFocus()

    def restart(self) -> None:
        self.window.close()
        self.session.shut_down()
        self.open()

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)

    def type(self, text: str, at: QWidget | None = None) -> None:
        self.qtbot.keyClicks(at or QApplication.focusWidget(), text)

    @property
    def uid(self) -> str:
        return self.session.selection.series_uid

    def expect(self, act: Act, finding: str = "", said: str = "", uid: str | None = None) -> None:
        self.expected.append((act.value, self.uid if uid is None else uid, finding, said))

    def say(self, finding: str, answer: str) -> None:
        assert self.session.selection.finding == finding
        self.press(KEY[answer])
        self.expect(Act.SAY, finding, answer)

    def answer_all(self, k: int) -> None:
        """Answers every finding, Tab between them; it ends where it began."""
        assert self.session.project is not None
        for j, finding in enumerate(self.session.project.findings):
            self.say(finding, ("absent", "present", "uncertain", "absent")[(k + j) % 4])
            self.press(K.Key_Tab)

    def next(self) -> None:
        before = self.uid
        self.press(K.Key_N)
        self.expect(Act.NEXT, said=self.uid, uid=before)
        assert self.uid != before


def told(row: Row) -> tuple[str, str, str, str]:
    """A row as the script writes it down."""
    said = {Act.SAY: row.answer.value if row.answer else "", Act.NEXT: row.detail,
            Act.UNDO: str(row.refers_to), Act.REDO: str(row.refers_to)}  # fmt: skip
    return row.act.value, row.series_uid, row.finding, said.get(row.act, row.reason)


@pytest.fixture
def reader(qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[Reader]:
    opened = Reader(qtbot, folder, tmp_path / "settings.json")
    yield opened
    opened.window.close()
    opened.session.shut_down()


def test_a_hundred_series_by_keyboard_and_the_journal_says_exactly_that(reader: Reader) -> None:
    one, done = reader, 0
    for k in range(30):
        one.answer_all(k)
        one.next()
    done += 30

    skipped = one.uid
    one.press(K.Key_S)
    one.expect(Act.SKIP, uid=skipped)
    deferred = one.uid
    assert deferred != skipped
    one.press(K.Key_S, held=SHIFT)
    one.press(K.Key_2)
    one.expect(Act.DEFER, said="waiting for an earlier series", uid=deferred)
    own = one.uid
    one.press(K.Key_S, held=SHIFT)
    one.type("2")
    assert one.uid != own, "a digit takes a ready reason"
    one.expect(Act.DEFER, said="waiting for an earlier series", uid=own)
    one.window.viewer.setFocus()

    # Cannot tell, with words of the reader's own: keys do not label while they are typed.
    here = one.uid
    one.press(K.Key_4)
    one.type("hidden by 3 wires")
    one.press(K.Key_Return)
    one.expect(Act.SAY, "nodule", "cannot tell")
    assert one.session.labels.current[-1].reason == "hidden by 3 wires"
    one.press(K.Key_Tab)
    one.say("effusion", "absent")
    one.press(K.Key_Tab)
    one.press(K.Key_M, held=CTRL)
    one.type("ask for the lateral view")
    one.press(K.Key_Return)
    one.expect(Act.NOTE, said="ask for the lateral view")
    assert one.uid == here
    one.next()
    done += 1

    # Undo across a restart: next, the note, and an answer; then redo all of it.
    revision = one.session._desk.project.revision() if one.session._desk else 0
    one.restart()
    assert one.session.project is not None
    refs = [revision, revision - 1, revision - 2]
    for ref, act in zip(refs, (Act.NEXT, Act.NOTE, Act.SAY), strict=True):
        one.press(K.Key_Z, held=CTRL)
        finding = "effusion" if act is Act.SAY else ""
        one.expect(Act.UNDO, finding, str(ref), uid=here)
        assert one.uid == here
    assert [r.finding for r in one.session.labels.current] == ["nodule"]
    for ref in reversed(refs):
        one.press(K.Key_Z, held=CTRL | SHIFT)
        finding = "effusion" if ref == revision - 2 else ""
        one.expect(Act.REDO, finding, str(ref), uid=here)
    assert one.uid != here, "redo goes on again"

    for k in range(29):
        one.answer_all(k)
        one.next()
    done += 29

    # The findings change: one is renamed, one added; no label is lost.
    before = len(current_labels(one.session._desk.journal)) if one.session._desk else 0
    one.press(K.Key_E, held=CTRL)
    editor = one.window.pages.open["findings"]
    one.qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.list)
    editor.form.name.setFocus()
    editor.form.name.selectAll()
    one.type("lung nodule", editor.form.name)
    one.qtbot.keyClick(editor.form.name, K.Key_Return)
    one.expect(Act.SCHEMA, said="nodule renamed to lung nodule", uid="")
    editor.new.setFocus()
    one.type("fracture", editor.new)
    one.qtbot.keyClick(editor.new, K.Key_Return)
    one.expect(Act.SCHEMA, said="fracture added", uid="")
    one.qtbot.keyClick(editor, K.Key_Escape)
    one.qtbot.waitUntil(lambda: "findings" not in one.window.pages.open)
    one.window.activateWindow()
    one.qtbot.waitUntil(one.window.isActiveWindow)
    one.window.viewer.setFocus()
    assert one.session.project.findings == ("lung nodule", "effusion", "fracture")
    assert one.session._desk is not None
    assert len(current_labels(one.session._desk.journal)) == before
    # Undo takes the new finding away; redo brings it again.
    added = one.session._desk.project.revision()
    one.press(K.Key_Z, held=CTRL)
    one.expect(Act.UNDO, said=str(added), uid="")
    assert one.session.project.findings == ("lung nodule", "effusion")
    one.press(K.Key_Y, held=CTRL)
    one.expect(Act.REDO, said=str(added), uid="")

    # A round has come; its suggestions for a case are looked at, and accepted in one step.
    open_cases = [row.uid for row in one.session.queue]
    shown = {uid: {"lung nodule": 0.9, "effusion": 0.2, "fracture": 0.7} for uid in open_cases}
    make_round(one.session._desk.project, shown)
    one.session._desk.forget_round()
    names = {"lung nodule": "present", "effusion": "absent", "fracture": "present"}
    here = one.uid
    one.press(K.Key_E)
    one.expect(Act.LOOK)
    one.press(K.Key_A, held=SHIFT)
    for name, answer in names.items():
        one.expect(Act.SAY, name, answer)
    batch = one.session._desk.project.revision()
    one.press(K.Key_Z, held=CTRL)
    for k, name in enumerate(reversed(names)):
        one.expect(Act.UNDO, name, str(batch - k), uid=here)
    assert one.session.labels.current == (), "one undo for the whole batch"
    one.press(K.Key_Z, held=CTRL | SHIFT)
    for k, name in enumerate(names):
        one.expect(Act.REDO, name, str(batch - 2 + k), uid=here)
    assert {r.source for r in one.session.labels.current} == {Source.ACCEPTED}
    one.next()
    done += 1

    # Everything else that waits, skipped and deferred ones last, and older cases' new finding.
    order = []
    while done < N:
        order.append(one.uid)
        answered = {r.finding for r in one.session.labels.current}
        for finding in one.session.project.findings:
            if finding not in answered:
                one.say(finding, "present" if done % 2 else "absent")
            one.press(K.Key_Tab)
        done += not answered
        if one.session.model.hidden == "":
            looked = any(e[0] == "look" and e[1] == one.uid for e in one.expected)
            if not looked:
                one.expect(Act.LOOK)
        if done < N:
            one.next()
    assert {skipped, deferred, own} <= set(order), "what was put off came back"
    assert order.index(skipped) < order.index(deferred)

    with Project.open(one.folder, is_read_only=True) as project:
        rows = project.rows()
        saved = project.current()
    found = [told(row) for row in rows]
    renamed = [(a, u, "lung nodule" if f == "nodule" else f, s) for a, u, f, s in one.expected]
    assert found == renamed
    assert saved == current_labels(rows)
    labelled = {row.series_uid for row in saved}
    assert len(labelled) == N
