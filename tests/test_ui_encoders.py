"""Methods with an encoder of their own, each started from the window and run by a real worker."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.dicom_makers import save_stack
from tests.ui_makers import open_window
from wsl_studio.dicom.index import index_folder
from wsl_studio.domain.label import Act, Answer, Entry, Level, Region
from wsl_studio.domain.progress import drain
from wsl_studio.jobs import steps
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import RoundState
from wsl_studio.store.project import Project

QUICK = {"epochs": 1, "pretrain": 1, "reads": "pixels", "pixels": 32, "width": 4}
PICTURES = 12
PAIR = ["series", "rebuilt"]
REBUILT = {
    "autoencoder": PAIR,
    "autoencoder-layers": PAIR,
    "autoencoder-linear": PAIR,
    "swwae": PAIR,
    "ladder": ["series", "with noise", "denoised"],
    "hybridnet": ["series", "what tells findings", "the rest", "sum"],
    "sdnet": ["series", "anatomy", "painted again"],
}
QUESTIONS = (
    "rotation", "relative-position", "restoration", "colourisation", "colour-gan", "temporal-order",
)  # fmt: skip


def make_project(folder: Path) -> Path:
    """Colour pictures and short stacks, half of them with a bright patch and a box on it."""
    rng = np.random.default_rng(0)
    images = folder / "images"
    images.mkdir(parents=True)
    for i in range(PICTURES):
        picture = rng.integers(40, 80, (48, 48, 3)).astype(np.uint8)
        picture[8:24, 8 + i : 24 + i] += np.array((160, 90, 20) if i % 2 else (0, 60, 0), np.uint8)
        cv2.imwrite(str(images / f"p{i:02d}.png"), picture)
    for i in range(4):
        stack = rng.normal(100, 20, (5, 40, 40)).astype(np.int16)
        stack += np.arange(5, dtype=np.int16)[:, None, None] * 60
        stack[1:3, 10:20, 10:20] += 500 * (i % 2)
        own = {"SeriesInstanceUID": f"1.2.{i}", "StudyInstanceUID": f"1.{i}", "PatientID": f"P{i}"}
        save_stack(images / f"s{i}", list(stack), **own)
    project = folder / "project"
    with Project.create(project, findings=("patch",)) as held:
        steps.take_index(held, drain(index_folder(images, salt=held.salt)))
        keys, listed = held.patient_keys(), sorted(held.series(), key=lambda one: one.stem)
        held.fix_split(
            {keys[one.uid]: "validation" if i % 5 == 4 else "train" for i, one in enumerate(listed)}
        )
        for i, one in enumerate(listed[2:]):
            is_there = bool(i % 2)
            answer = Answer.PRESENT if is_there else Answer.ABSENT
            said = Entry(
                act=Act.SAY, series_uid=one.uid, reader="R", finding="patch", answer=answer
            )
            held.append_many([said])
            if is_there:
                box = Region(first=1, last=1, box=(8, 8, 24, 24))
                held.append_many([said.model_copy(update={"level": Level.BOX, "region": box})])
    return project


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Session]:
    """One project and one warm worker for all methods."""
    folder = tmp_path_factory.mktemp("encoders")
    settings = Settings(folder / "settings.json")
    settings.set("reader", "R")
    opened = Session(settings)
    opened.open_project(make_project(folder))
    yield opened
    opened.shut_down()


@pytest.mark.parametrize("name", [*REBUILT, *QUESTIONS])
def test_a_reader_starts_it_and_sees_what_it_made_of_the_series(
    session: Session, name: str, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: session.volume is not None, timeout=30_000)
    window = open_window(qtbot, qapp, session, tmp_path)
    panel = window.training
    panel.set_open(True)
    panel.pane.method.setCurrentIndex(panel.pane.method.findData(name))
    panel.pane.form.set_values(QUICK)
    qtbot.keyClick(window, Qt.Key.Key_T)
    assert session.running is not None
    qtbot.waitUntil(lambda: session.running is None, timeout=240_000)
    last = session.rounds[-1]
    assert last.state is RoundState.FINISHED, last.sentence
    assert last.method == panel.pane.method.currentText()
    assert last.metrics is not None
    assert last.metrics.twin is not None, "it is shown beside the labels alone"
    qtbot.waitUntil(lambda: "series " in panel.rebuilt.words[-1])
    session.hide_model()
    assert session.model.hidden
    assert len(panel.rebuilt.words) == 1, "blind first: no picture of what the model found"
    qtbot.keyClick(window, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: len(panel.rebuilt.words) == 1 + len(REBUILT.get(name, [])))
    *captions, _ = panel.rebuilt.words
    assert captions == REBUILT.get(name, [])
