"""A long project opens beside the window: it turns, says how far, and can be stopped."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.makers import make_project, make_series
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Entry
from wsl_studio.domain.progress import Progress, drain
from wsl_studio.jobs import opening, slices
from wsl_studio.jobs.aside import aside
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.store import migrate
from wsl_studio.store.project import Project
from wsl_studio.ui.window import MainWindow

N = 3000


@pytest.fixture(scope="module")
def long_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("long") / "p", n=N)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    session = Session(Settings(tmp_path / "settings.json"))
    made = MainWindow(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    session.shut_down()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A store whose check of the file takes until this is set."""
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    monkeypatch.setattr(slices, "TOLD_AFTER_S", 0.0)
    monkeypatch.setattr(slices, "TOLD_EVERY_S", 0.0)
    let, inspect = threading.Event(), migrate.inspect

    def slow(path: Path) -> str:
        let.wait(30)
        return inspect(path)

    monkeypatch.setattr(migrate, "inspect", slow)
    yield let
    let.set()


def work_line(window: MainWindow) -> str:
    label = window.status.findChild(QLabel, "work")
    return label.text() if label.isVisible() else ""


def test_the_window_turns_while_a_slow_store_opens_and_says_how_far(
    window: MainWindow, long_project: Path, gate: threading.Event, qtbot: QtBot
) -> None:
    seen: set[str] = set()
    window.session.changed.connect(lambda _change: seen.add(work_line(window)))
    window.session.open_project(long_project)
    turns: list[None] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: turns.append(None))
    timer.start(1)
    qtbot.waitUntil(lambda: len(turns) > 20 and "Opening" in work_line(window), timeout=30_000)
    assert window.session.project is None, "the store has not answered yet"
    assert window.status.cancel_button.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=30_000)
    assert len(window.session.rows) == len(window.session.queue) == N
    qtbot.waitUntil(lambda: work_line(window) == "", timeout=30_000)
    assert any(" of 3,000" in line for line in seen), seen


def test_cancel_gives_the_opening_up_and_the_project_opens_again(
    window: MainWindow, long_project: Path, gate: threading.Event, qtbot: QtBot
) -> None:
    window.session.open_project(long_project)
    qtbot.waitUntil(window.status.cancel_button.isVisible, timeout=30_000)
    qtbot.mouseClick(window.status.cancel_button, Qt.MouseButton.LeftButton)
    assert work_line(window) == ""
    assert window.session.project is None
    window.session.open_project(long_project)  # while the first one is still being checked
    gate.set()
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=30_000)
    assert window.status.text() == "", "no word of a second window that holds the project"


def test_what_opens_quickly_shows_no_progress(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[str] = []
    window.session.changed.connect(lambda _change: told.append(work_line(window)))
    window.session.open_project(make_project(tmp_path / "small"))
    assert window.session.project is not None, "at once"
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    monkeypatch.setattr(slices, "TOLD_AFTER_S", 60.0)
    window.session.open_project(make_project(tmp_path / "other"))
    qtbot.waitUntil(lambda: window.session.project.name == "other", timeout=30_000)
    assert set(told) == {""}


def test_trouble_found_beside_the_window_is_told_and_the_open_project_stays(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.session.open_project(make_project(tmp_path / "good"))
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    bad = make_project(tmp_path / "bad")
    (bad / "project.db").write_bytes(b"no project")
    window.session.open_project(bad)
    qtbot.waitUntil(lambda: "is not a WSL Studio project" in window.status.text(), timeout=30_000)
    assert window.session.project.name == "good"
    assert work_line(window) == ""


def test_a_split_that_was_not_drawn_to_its_end_is_drawn_at_the_next_opening(
    tmp_path: Path,
) -> None:
    folder = make_project(tmp_path / "p", n=12)
    with Project.open(folder) as project:  # a kill after the label, before the split
        project.append(Entry(act=Act.SAY, series_uid="1.2.826.1", reader="JD", finding="nodule",
                             answer=Answer.PRESENT))  # fmt: skip
    desk = Desk.open(folder, "JD")
    drawn = {row.uid: row.split for row in desk.rows()}
    assert None not in drawn.values()
    desk.close()
    with Project.open(folder) as project:  # a kill in the middle of an import
        project.add_series([make_series(k) for k in range(13, 20)])
    desk = Desk.open(folder, "JD")
    grown = {row.uid: row.split for row in desk.rows()}
    assert None not in grown.values()
    assert grown.items() >= drawn.items()
    desk.close()


def test_work_aside_hands_over_its_result_or_its_trouble() -> None:
    assert drain(aside(lambda: 42)) == 42

    def fail() -> int:
        raise KnownError("The disk is full.")

    with pytest.raises(KnownError, match="The disk is full"):
        drain(aside(fail))


def test_what_was_given_up_is_let_go_before_the_next_work_begins() -> None:
    let, acts = threading.Event(), []

    def work() -> str:
        let.wait(30)
        return "done"

    steps = aside(work, "Waiting", let_go=acts.append)
    assert next(steps) == Progress(0, 0, "Waiting")
    steps.close()
    let.set()
    drain(aside(lambda: acts.append("next")))
    assert acts == ["done", "next"]


def test_work_aside_lets_others_have_python() -> None:
    """A thread that computes must not keep the window from turning."""
    end = threading.Event()

    def compute() -> int:
        n = 0
        while not end.is_set():
            n += 1
        return n

    steps = aside(compute)
    looks = 0
    begun = time.process_time()
    while looks < 20 and time.process_time() - begun < 20:
        next(steps)
        looks += 1
    end.set()
    drain(steps)
    assert looks == 20
