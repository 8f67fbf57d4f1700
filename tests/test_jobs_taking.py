"""An import is taken in slices: labels go on, nothing is lost by cancel, trouble or a kill."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.makers import FINDINGS, make_project, make_series
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.index_file import IndexFile, index_lines
from wsl_studio.domain.label import Act, Answer
from wsl_studio.domain.progress import drain
from wsl_studio.domain.series import Index, PassedOver
from wsl_studio.jobs import lines
from wsl_studio.jobs.desk import BATCH, Desk
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.slices import SLICE_S
from wsl_studio.store.project import Project

FIRST, LAST = 12, 12 + 5 * BATCH
"""The project has the first series; the import brings them again, and the others."""


def found(folder: Path, last: int = LAST) -> IndexFile:
    """What an import found: all series, and three files that are none."""
    passed = tuple(PassedOver(path=f"/nowhere/{k}.txt", reason="not an image") for k in range(3))
    series = tuple(make_series(k) for k in range(1, last + 1))
    path = folder / "found.jsonl"
    path.write_bytes(b"".join(index_lines(Index(series=series, passed_over=passed, n_images=0))))
    return IndexFile(path, len(series), len(passed))


@settings(max_examples=20)
@given(st.lists(st.tuples(st.text(), st.text()), max_size=5), st.lists(st.text(), max_size=5))
def test_an_index_comes_back_from_its_lines(
    tmp_path_factory: pytest.TempPathFactory, notes: list[tuple[str, str]], reasons: list[str]
) -> None:
    series = tuple(
        make_series(k, slices=k).model_copy(update={"notes": note}) for k, note in enumerate(notes)
    )
    passed = tuple(PassedOver(path=f"/{k}", reason=reason) for k, reason in enumerate(reasons))
    index = Index(series=series, passed_over=passed, n_images=0)
    path = tmp_path_factory.mktemp("lines") / "lines"
    path.write_bytes(b"".join(index_lines(index)))
    read = IndexFile(path, len(series), len(passed))
    assert (tuple(read.series()), tuple(read.passed_over())) == (series, passed)


@pytest.mark.parametrize("at_once", [3, 10**6])
def test_labels_that_are_given_while_an_import_is_taken_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", at_once)
    desk = Desk.open(make_project(tmp_path / "p", n=FIRST), "JD")
    uids = [row.uid for row in desk.rows()]
    taking = desk.take_steps(found(tmp_path))
    for uid in uids[:5]:
        next(taking)
        desk.select(uid)
        for finding in FINDINGS:
            desk.say(finding, Answer.PRESENT)
            desk.catch_up(1e-6)
        assert desk.row_of(uid).answers == dict.fromkeys(FINDINGS, "present")
    assert drain(taking) == (LAST - FIRST, FIRST)
    while not desk.catch_up(1.0):
        pass
    rows, queue, info = desk.rows(), desk.queue(), desk.info()
    assert len(rows) == LAST
    assert len(queue) == LAST - 5
    assert None not in {row.split for row in rows}
    assert len(desk.passed_over()) == 3
    desk.close()
    anew = Desk.open(tmp_path / "p", "JD")
    assert (anew.rows(), anew.queue(), anew.info()) == (rows, queue, info)
    anew.close()


def test_an_import_that_is_cancelled_keeps_what_it_took_and_lists_it(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(Settings(tmp_path / "settings.json"))
    session.open_project(make_project(tmp_path / "p", n=FIRST))
    add, batches = Project.add_series, []

    def slow(self: Project, batch: object, **more: object) -> tuple[int, int]:
        batches.append(batch)
        if len(batches) == 3:
            QTimer.singleShot(0, session.cancel_work)
        time.sleep(SLICE_S)  # one batch at each turn of the loop
        return add(self, batch, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Project, "add_series", slow)
    index = found(tmp_path, FIRST + 40 * BATCH)
    session._importer.found.emit(index)
    qtbot.waitUntil(lambda: len(batches) >= 3 and session.work is None, timeout=30_000)
    taken = len(batches)
    assert not index.path.exists()
    qtbot.wait(50)
    assert len(batches) == taken < 20, "nothing goes on"
    assert len(session.rows) == len(session.queue) == taken * BATCH
    session.select_series(session.rows[-1].uid)
    session.say("nodule", Answer.ABSENT)
    assert session.rows[-1].answers == {"nodule": "absent"}
    session.shut_down()


def test_trouble_in_the_middle_is_told_and_what_was_taken_stays(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(Settings(tmp_path / "settings.json"))
    session.open_project(make_project(tmp_path / "p", n=FIRST))
    told: list[str] = []
    session.notice.connect(lambda notice: told.append(notice.sentence))
    add, batches = Project.add_series, []

    def full(self: Project, batch: object, **more: object) -> tuple[int, int]:
        batches.append(batch)
        if len(batches) == 3:
            raise KnownError("The disk is full: project.db could not be written.")
        return add(self, batch, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Project, "add_series", full)
    index = found(tmp_path)
    session._importer.found.emit(index)
    qtbot.waitUntil(lambda: any("disk is full" in sentence for sentence in told), timeout=30_000)
    assert session.work is None
    assert not index.path.exists()
    assert len(session.rows) == 2 * BATCH
    monkeypatch.undo()
    session._importer.found.emit(found(tmp_path))
    qtbot.waitUntil(lambda: f"{LAST - 2 * BATCH} series added" in told[-1], timeout=30_000)
    assert len(session.rows) == LAST
    session.shut_down()


KILLED = """
import os, signal, sys
from pathlib import Path
from wsl_studio.domain.index_file import IndexFile
from wsl_studio.domain.label import Answer
from wsl_studio.jobs.desk import Desk
desk = Desk.open(Path(sys.argv[1]), "JD")
desk.select(desk.rows()[0].uid)
taking = desk.take_steps(IndexFile(Path(sys.argv[2]), int(sys.argv[3]), 3))
written = 0
while written < 2:
    written += next(taking).done > 0
desk.say("nodule", Answer.PRESENT)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="one way to end a process elsewhere")
def test_a_kill_between_slices_leaves_a_project_that_opens_and_takes_the_rest(
    tmp_path: Path,
) -> None:
    folder, index = make_project(tmp_path / "p", n=FIRST), found(tmp_path)
    asked = [sys.executable, "-c", KILLED, str(folder), str(index.path), str(index.n_series)]
    assert subprocess.run(asked, check=False).returncode == -signal.SIGKILL
    desk = Desk.open(folder, "JD")
    numbers = {row.uid: row.number for row in desk.rows()}
    assert len(numbers) == 2 * BATCH
    assert [row.act for row in desk.journal] == [Act.SAY], "the label was on disk"
    assert drain(desk.take_steps(index)) == (LAST - 2 * BATCH, 2 * BATCH)
    rows = {row.uid: row.number for row in desk.rows()}
    assert len(rows) == LAST
    assert rows.items() >= numbers.items(), "a number stays for ever"
    assert None not in {row.split for row in desk.rows()}
    desk.close()
