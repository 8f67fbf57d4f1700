"""A reader goes round the loop twice: real window, real processes, keyboard only."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from wsl_studio.domain.progress import drain
from wsl_studio.jobs.demo import make_demo_project
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import LabelState
from wsl_studio.ui.window import MainWindow

PATIENTS = 24
TO_LABEL = 10
ROUND_MS = 240_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loop") / "demo"
    drain(make_demo_project(folder, patients=PATIENTS))
    return folder


@pytest.fixture
def window(demo: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    session = Session(settings)
    opened = MainWindow(session)
    qtbot.addWidget(opened)
    opened.resize(1366, 768)
    opened.show()
    session.open_project(demo)
    qtbot.waitUntil(lambda: session.volume is not None, timeout=30_000)
    yield opened
    session.shut_down()


def truth(demo: Path) -> dict[tuple[str, str], bool]:
    """What the phantoms have; the scripted reader knows it, the program does not."""
    found = {}
    for path in (demo / "phantom" / "truth").glob("*.npz"):
        uid, _, finding = path.stem.rpartition(".")
        found[uid, finding] = bool(np.load(path)["mask"].any())
    return found


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    qtbot.keyClick(window, key)


def coloured(image: QImage) -> int:
    """Painted pixels of the picture that are orange or blue: nothing else there has a hue."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    array = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    red, blue = array[..., 2].astype(int), array[..., 0].astype(int)
    return int((np.abs(red - blue) > 40).sum())


def answer_case(qtbot: QtBot, window: MainWindow, known: dict[tuple[str, str], bool]) -> None:
    """Answers every finding of the case on screen with 1 and 2, Tab between them."""
    session = window.session
    uid = session.selection.series_uid
    assert session.project is not None
    for _ in session.project.findings:
        finding = session.selection.finding
        press(qtbot, window, Qt.Key.Key_1 if known[uid, finding] else Qt.Key.Key_2)
        press(qtbot, window, Qt.Key.Key_Tab)


def train(qtbot: QtBot, window: MainWindow) -> None:
    before = len(window.session.rounds)
    press(qtbot, window, Qt.Key.Key_T)
    assert window.session.running is not None
    qtbot.waitUntil(lambda: window.session.running is None, timeout=ROUND_MS)
    assert len(window.session.rounds) == before + 1
    assert window.session.rounds[-1].metrics is not None, window.session.rounds[-1].sentence


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_reader_goes_round_the_loop_twice_by_keyboard(
    window: MainWindow, demo: Path, qtbot: QtBot
) -> None:
    session, known = window.session, truth(demo)
    cases = []
    for _ in range(TO_LABEL):
        cases.append(session.selection.series_uid)
        answer_case(qtbot, window, known)
        assert coloured(window.viewer.canvas.grab().toImage()) == 0
        press(qtbot, window, Qt.Key.Key_N)
    assert len(set(cases)) == TO_LABEL
    states = {row.uid: row.state for row in session.rows}
    assert all(states[uid] is LabelState.LABELLED for uid in cases)

    train(qtbot, window)
    # The case on screen is not labelled: blind first, nothing of the model is painted.
    assert session.model.hidden
    assert coloured(window.viewer.canvas.grab().toImage()) == 0

    teaching = next(row.uid for row in session.rows if row.uid in cases and row.split == "train")
    session.select_series(teaching)
    qtbot.waitUntil(lambda: session.volume is not None, timeout=30_000)
    evidence = session.model.evidence[session.selection.finding]
    press(qtbot, window, Qt.Key.Key_D)
    qtbot.wait(50)
    shown = window.viewer.canvas.grab().toImage()
    assert coloured(shown) > 0
    assert window.viewer.panel.sum_line.text == evidence.arithmetic.sentence()
    press(qtbot, window, Qt.Key.Key_Space)
    assert coloured(window.viewer.canvas.grab().toImage()) == 0
    press(qtbot, window, Qt.Key.Key_Space)

    finding = session.selection.finding
    was_present = known[teaching, finding]
    press(qtbot, window, Qt.Key.Key_2 if was_present else Qt.Key.Key_1)
    assert not session.model.is_current
    train(qtbot, window)
    assert session.model.is_current
    changed = session.model.evidence[finding]
    assert changed.round == evidence.round + 1
    assert changed.arithmetic.sentence() != evidence.arithmetic.sentence()
    assert window.viewer.panel.sum_line.text == changed.arithmetic.sentence()
    assert not np.allclose(changed.grid, evidence.grid)
    assert session.anchoring[0] == 1
