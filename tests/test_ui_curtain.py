"""Must be true: before the commit nothing of the model is drawn, in no layout, by no key.

Two real windows stand on two projects that differ in one thing only: what their rounds say. While
the curtain is down, every pixel of their viewers must be the same after the same keys; otherwise
something of the model was drawn. When a picture shows it, the journal must say that it was seen,
and that every finding had its answer before.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes_viewer import make_geometry, pixels
from tests.makers import FINDINGS, make_project, make_round
from wsl_studio.domain.label import Act, current_labels, may_show_model
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.jobs import pixels as pixels_room
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.store.project import Project
from wsl_studio.ui.keys import ACTIONS, from_viewer
from wsl_studio.ui.viewer_actions import VIEWER_ACTIONS
from wsl_studio.ui.window import MainWindow

NOT_HERE = {"new", "open", "import", "quit", "train", "help", "rounds", "filter", "findings",
            "history", "reading", "import_labels", "keys", "note", "peek", "cine",
            "defer", "cannot_tell", "language"}  # fmt: skip
"""Dialogs, a menu, long work; and peeking, which shows the model on purpose and is journalled."""
NAMES = sorted(
    action.name
    for action in (*ACTIONS, *from_viewer(VIEWER_ACTIONS))
    if action.name not in NOT_HERE
)
UIDS = [f"1.2.826.{k}" for k in range(1, 4)]


class NoReader:
    """A reader process that is asked for nothing: the volumes are there already."""

    is_busy = True

    def __init__(self, parent: object = None) -> None: ...

    def ask(self, *_: object, **__: object) -> "NoReader":
        return self

    def cancel(self, request: object) -> None: ...

    def warm_up(self) -> None: ...

    def close(self) -> None: ...


def make_volume(uid: str) -> Volume:
    rng = np.random.default_rng(7)
    array = rng.integers(-900, 200, (4, 32, 32)).astype(np.int16)
    windows = (Window(-300, 1200, "Soft tissue"),)
    return Volume(uid, array, unit="HU", modality="CT", windows=windows, geometry=make_geometry())


@pytest.fixture(scope="module")
def projects(tmp_path_factory) -> tuple[Path, Path]:
    """Two projects with two rounds each; the scores of one are those of the other turned round."""
    out = []
    for k, p in enumerate((0.97, 0.03)):
        folder = make_project(tmp_path_factory.mktemp("curtain") / f"p{k}", n=3)
        with Project.open(folder) as project:
            for q in (p, 1 - p):
                found = {"nodule": q, "effusion": 1 - q}
                make_round(project, dict.fromkeys(UIDS, found))
        out.append(folder)
    return out[0], out[1]


def open_window(folder: Path, home: Path) -> MainWindow:
    session = Session(Settings(home / "settings.json"))
    window = MainWindow(session, home=home)
    session.open_project(folder)
    for uid in UIDS:
        session._pixels._volumes[uid] = make_volume(uid)
    session._pixels.volume_ready.emit()
    window.resize(1000, 640)
    window.show()
    window.activateWindow()
    return window


@pytest.fixture(scope="module")
def no_reader() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(pixels_room, "Reader", NoReader)
    yield
    patch.undo()


def journal(window: MainWindow):
    return window.session._desk._journal


def is_earned(window: MainWindow) -> bool:
    """True if the journal says that this reader saw the model here, and had answered before."""
    rows, uid = journal(window), window.session.selection.series_uid
    looks = [i for i, row in enumerate(rows) if row.act is Act.LOOK and row.series_uid == uid]
    return bool(looks) and may_show_model(
        current_labels(rows[: looks[0]]), series_uid=uid, reader=rows[looks[0]].reader,
        findings=FINDINGS,
    )  # fmt: skip


@settings(max_examples=8)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=18))
def test_no_key_sequence_draws_the_model_before_the_commit(
    qapp, projects, no_reader, tmp_path_factory, names
):
    home = tmp_path_factory.mktemp("home")
    folders = [shutil.copytree(folder, home / f"p{k}") for k, folder in enumerate(projects)]
    windows = [open_window(folder, home / str(k)) for k, folder in enumerate(folders)]
    try:
        for name in ("", *names):
            shown = []
            for window in windows:
                if name:
                    press(window, name)
                QApplication.processEvents()
                shown.append(pixels(window.viewer))
            is_same = shown[0].shape == shown[1].shape and (shown[0] == shown[1]).all()
            if not is_same:
                assert all(is_earned(window) for window in windows), f"drawn too early, by {name}"
            if any(window.session.model.hidden for window in windows):
                assert is_same
    finally:
        for window in windows:
            window.session.shut_down()
            window.close()
            window.deleteLater()


def press(window: MainWindow, name: str) -> None:
    """Presses the first key of an action as a reader would."""
    keys = window.keys.keys(name)
    if keys:
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window, 2000)
        window.viewer.setFocus()
        QTest.keySequence(window, QKeySequence(keys[0]))


LAYOUTS = ("planes", "beside", "rounds_beside", "tiles", "compare")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_commit_lifts_the_curtain_in_every_layout_and_no_earlier(
    qapp, projects, no_reader, tmp_path, layout
):
    """The test above can fail: after the commit the same two windows do differ."""
    folders = [shutil.copytree(folder, tmp_path / f"p{k}") for k, folder in enumerate(projects)]
    windows = [open_window(folder, tmp_path / str(k)) for k, folder in enumerate(folders)]

    def is_same() -> bool:
        QApplication.processEvents()
        one, two = (pixels(window.viewer.stage) for window in windows)
        return bool((one == two).all())

    try:
        for name in (layout, "present", "next_finding", "present"):
            assert all(window.session.model.hidden for window in windows)
            assert is_same(), name
            for window in windows:
                press(window, name)
        if layout == "rounds_beside":  # before the commit there was nothing to compare
            for window in windows:
                press(window, layout)
        assert not windows[0].session.model.hidden
        assert not is_same()
    finally:
        for window in windows:
            window.session.shut_down()
            window.close()
            window.deleteLater()
