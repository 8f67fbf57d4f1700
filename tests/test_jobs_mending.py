"""A round whose files are broken keeps nobody from the labels."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from typer.testing import CliRunner

from tests.makers import make_project, make_round
from tests.test_jobs_desk import answer_all
from wsl_studio.cli.app import app
from wsl_studio.domain.evidence_file import evidence_file_name
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.steps import current_round
from wsl_studio.jobs.values import Notice, RoundState
from wsl_studio.store.project import Project
from wsl_studio.store.rounds import rounds

SCORES = {f"1.2.826.{k}": {"nodule": 0.5, "effusion": 0.2} for k in range(1, 7)}


def project_of(folder: Path, n_rounds: int = 2) -> Path:
    made = make_project(folder, n=6)
    with Project.open(made) as project:
        for _ in range(n_rounds):
            make_round(project, SCORES)
    return made


@pytest.mark.parametrize("name", ["manifest.json", "metrics.json", "scores.json",
                                  "features.safetensors", "crossfit.json"])  # fmt: skip
def test_a_broken_round_is_put_aside_whole_and_the_one_before_is_shown(
    tmp_path: Path, name: str
) -> None:
    folder = project_of(tmp_path / "p")
    file = folder / "rounds/0002" / name
    whole = file.read_bytes() if file.exists() else None
    file.write_bytes(b'{"cut": ')
    there = {path.name for path in (folder / "rounds/0002").iterdir()}
    desk = Desk.open(folder, "JD")
    try:
        (told,) = desk.told
        assert "Round 2 was put aside as 0002.broken; labels are not affected" in told
        assert told.endswith(f"{name} is damaged.")
        assert (rounds(folder), current_round(folder)) == ((1,), 1)
        assert {path.name for path in (folder / "rounds/0002.broken").iterdir()} == there
        desk.select("1.2.826.1")
        answer_all(desk)
        assert desk.info().n_labelled == 1
        assert desk.project.next_round_dir().name == "0003"
    finally:
        desk.close()
    again = Desk.open(folder, "JD")
    assert again.told == ()
    again.close()
    aside = folder / "rounds/0002.broken" / name  # somebody has a backup of it
    aside.unlink() if whole is None else aside.write_bytes(whole)
    shutil.copytree(folder / "rounds/0001", folder / "rounds/0002")  # and puts it back by hand
    (folder / "rounds/0002/manifest.json").write_bytes(b"")
    back = Desk.open(folder, "JD")
    assert "Round 2 was put aside as 0002.2.broken" in back.told[0]
    back.close()
    back = Desk.open(folder, "JD")
    assert back.told == ("Round 2 can be read again and is back.",)
    assert (rounds(folder), current_round(folder)) == ((1, 2), 2)
    back.close()


def test_a_round_without_its_manifest_is_put_aside_and_an_empty_folder_is_gone(
    tmp_path: Path,
) -> None:
    folder = project_of(tmp_path / "p", 1)
    (folder / "rounds/0001/manifest.json").unlink()
    (folder / "rounds/0002").mkdir()  # the program ended before it wrote anything
    desk = Desk.open(folder, "JD")
    assert len(desk.told) == 1
    assert desk.told[0].endswith("manifest.json is missing.")
    assert [path.name for path in (folder / "rounds").iterdir()] == ["0001.broken"]
    desk.close()


def test_the_window_opens_and_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    folder = project_of(tmp_path / "p")
    (folder / "rounds/0001/metrics.json").write_bytes(b"")
    (folder / "rounds/0002/events.jsonl").write_bytes(b'{"kind": ')
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    session = Session(settings)
    told: list[Notice] = []
    session.notice.connect(told.append)
    try:
        session.open_project(folder)
        qtbot.waitUntil(lambda: bool(session.rows))
        assert any("Round 1 was put aside" in one.sentence for one in told)
        (row,) = session.rounds
        assert (row.number, row.state) == (2, RoundState.FINISHED), "its record is cut, it is whole"
    finally:
        session.shut_down()


def test_the_command_line_says_so_before_it_trains(tmp_path: Path) -> None:
    folder = project_of(tmp_path / "p")
    (folder / "rounds/0002/metrics.json").write_bytes(b"")
    done = CliRunner().invoke(app, ["train", str(folder)])
    assert done.exit_code == 1  # nobody has labelled anything
    assert "Round 2 was put aside as 0002.broken" in " ".join(done.output.split())
    assert rounds(folder) == (1,)


@pytest.mark.parametrize("is_there", [True, False])
def test_lost_evidence_of_one_series_is_said_in_its_place(tmp_path: Path, is_there: bool) -> None:
    folder = project_of(tmp_path / "p", 1)
    one, other = "1.2.826.1", "1.2.826.2"
    file = folder / "rounds/0001/evidence" / evidence_file_name(one)
    file.write_bytes(b"cut") if is_there else file.unlink()
    desk = Desk.open(folder, "JD")
    try:
        desk.select(one)
        assert desk.peek()
        shown = desk.model()
        assert "can't be read" in shown.hidden
        assert not shown.can_peek
        assert not shown.evidence
        assert not shown.suggestions
        answer_all(desk)
        assert len(desk.case_labels().current) == 2
        desk.select(other)
        assert desk.peek()
        assert set(desk.model().evidence) == {"nodule", "effusion"}
    finally:
        desk.close()
