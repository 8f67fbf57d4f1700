"""Session with its real reader process: open, import, select; trouble is told, never raised."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.makers import make_project
from wsl_studio.dicom.phantom_files import make_demo
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Answer
from wsl_studio.domain.progress import drain
from wsl_studio.jobs.reading import Reader
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import Change, Notice
from wsl_studio.store.project import Project


class Ear(QObject):
    """Hears what a session says."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.notices: list[Notice] = []
        self.changes: list[Change] = []
        session.notice.connect(self.notices.append)
        session.changed.connect(self.changes.append)

    @property
    def trouble(self) -> list[str]:
        return [notice.sentence for notice in self.notices if notice.is_trouble]


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("images")
    drain(make_demo(folder, patients=6, slices=6, size_px=64))
    bad = folder / "dicom"
    (bad / "text.dcm").write_text("not an image")
    (bad / "empty.dcm").touch()
    return bad


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    opened = Session(settings)
    yield opened
    opened.shut_down()


def test_a_folder_is_imported_and_its_first_case_shown(
    session: Session, images: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    ear = Ear(session)
    session.create_project(tmp_path / "p", ("nodule",))
    session.import_folder(images)
    assert session.work is not None
    qtbot.waitUntil(lambda: session.work is None and bool(session.rows), timeout=60_000)
    assert len(session.rows) == 6
    assert {Path(item.path).name for item in session.passed_over} == {"text.dcm", "empty.dcm"}
    assert session.project is not None
    assert session.project.is_phantom
    qtbot.waitUntil(lambda: session.volume is not None, timeout=60_000)
    assert session.volume is not None
    assert session.volume.array.shape == (6, 64, 64)
    assert session.selection.slice == 3
    assert session.series is not None
    assert (session.series.uid, session.series.n_slices) == (session.selection.series_uid, 6)
    assert session.series.geometry is not None
    qtbot.waitUntil(lambda: bool(session.banner), timeout=60_000)
    uid = session.rows[0].uid
    assert session.thumbnail(uid) is None
    qtbot.waitUntil(lambda: session.thumbnail(uid) is not None, timeout=60_000)
    assert any(uid in change.thumbnails for change in ear.changes)
    assert ear.trouble == []

    session.import_folder(images)
    qtbot.waitUntil(lambda: session.work is None, timeout=60_000)
    assert len(session.rows) == 6
    assert "6 known" in ear.notices[-1].sentence


def test_next_skip_and_undo_move_between_cases(session: Session, tmp_path: Path) -> None:
    session.open_project(make_project(tmp_path / "p", n=4))
    first = session.selection.series_uid
    assert first == session.queue[0].uid
    session.say("nodule", Answer.PRESENT)
    session.next_series()
    second = session.selection.series_uid
    assert second != first
    session.skip()
    assert session.queue[-1].uid == second
    session.previous_series()
    assert session.selection.series_uid == second
    session.undo()
    assert session.selection.series_uid == second
    session.undo()
    assert session.selection.series_uid == first, "undo covers next: it leads back"
    assert session.labels.current[0].answer is Answer.PRESENT, "and costs no label"
    session.undo()
    assert session.labels.current == ()
    session.redo()
    assert session.labels.current[0].answer is Answer.PRESENT
    session.redo()
    assert session.selection.series_uid == second


def test_trouble_is_told_and_what_was_open_stays(session: Session, tmp_path: Path) -> None:
    ear = Ear(session)
    session.open_project(make_project(tmp_path / "p", n=2))
    with Project.open(make_project(tmp_path / "other", n=2)):
        session.open_project(tmp_path / "other")
    session.open_project(tmp_path / "nowhere")
    assert len(ear.trouble) == 2
    assert "other window" in ear.trouble[0] or "another window" in ear.trouble[0]
    assert session.project is not None
    assert session.project.folder == (tmp_path / "p").resolve()
    session.train(session.default_method, {})
    assert "answered absent" in ear.trouble[2]
    assert session.rounds == ()


def test_another_reader_starts_blank(session: Session, tmp_path: Path) -> None:
    session.open_project(make_project(tmp_path / "p", n=2))
    session.say("nodule", Answer.PRESENT)
    session.set_reader("second")
    assert session.project is not None
    assert session.project.reader == "second"
    assert all(not row.answers for row in session.rows)


def test_a_reader_process_that_dies_costs_one_request(qtbot: QtBot) -> None:
    reader = Reader()
    troubles: list[KnownError] = []
    answers: list[dict[str, object]] = []
    try:
        reader.ask("banner", {"series": {}}, answers.append, troubles.append)
        assert reader._process is not None
        reader._process.kill()
        qtbot.waitUntil(lambda: bool(troubles), timeout=60_000)
        reader.ask("no such thing", {}, answers.append, troubles.append)
        qtbot.waitUntil(lambda: len(troubles) == 2, timeout=60_000)
    finally:
        reader.close()
    assert answers == []
