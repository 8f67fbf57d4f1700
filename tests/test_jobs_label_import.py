"""Labels that came from reports: looked at first, added, never written over what stands."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.makers import FINDINGS, make_project, make_series
from wsl_studio.cli.app import app
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Answer, Level
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.label_import import Fate, plan_labels, take_labels
from wsl_studio.jobs.tables import read_table, salted_key
from wsl_studio.store.project import Project

ONE, TWO = "1.2.826.1", "1.2.826.2"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_project(tmp_path / "p", n=4)) as opened:
        yield opened


def table(tmp_path: Path, *lines: str, head: str = "series,finding,value") -> Path:
    path = tmp_path / "labels.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def test_a_plan_tells_the_four_fates_and_writes_nothing(project: Project, tmp_path: Path) -> None:
    first = table(tmp_path, f"{ONE},nodule,1", f"{TWO},nodule,0")
    take_labels(project, read_table(first))
    before = project.rows()
    second = table(
        tmp_path, f"{ONE},nodule,1", f"{TWO},nodule,1", f"{ONE},fracture,0", "9.9,nodule,1"
    )
    plan = plan_labels(project, read_table(second))
    assert [line.fate for line in plan.lines] == [
        Fate.UNCHANGED, Fate.CONFLICTING, Fate.ADDED, Fate.UNKNOWN,
    ]  # fmt: skip
    assert (plan.added, plan.unchanged, plan.unknown) == (1, 1, ("9.9",))
    assert plan.conflicting[0].stands == "absent"
    assert plan.new_findings == ("fracture",)
    assert project.rows() == before
    assert project.findings == FINDINGS
    assert take_labels(project, read_table(second)) == plan
    held = {(r.series_uid, r.finding): r.answer for r in project.current()}
    assert held == {
        (ONE, "nodule"): Answer.PRESENT,
        (TWO, "nodule"): Answer.ABSENT,  # what stood, stands
        (ONE, "fracture"): Answer.ABSENT,
    }


def test_a_report_is_known_by_accession_and_labels_its_study(
    project: Project, tmp_path: Path
) -> None:
    key = {"accession_key": salted_key(project.salt, "A-17"), "study_key": "study"}
    project.add_series(make_series(k, patient="p").model_copy(update=key) for k in (11, 12))
    path = table(tmp_path, "A-17,nodule,1", "A-99,nodule,1", head="accession,finding,value")
    plan = take_labels(project, read_table(path))
    assert (plan.added, plan.unknown) == (2, ("A-99",))
    held = project.current()
    assert {r.series_uid for r in held} == {"1.2.826.11", "1.2.826.12"}
    assert {r.level for r in held} == {Level.STUDY}
    assert b"A-17" not in (project.folder / "project.db").read_bytes()
    assert take_labels(project, read_table(path)).added == 0


def test_an_old_name_of_a_finding_still_leads_to_it(project: Project, tmp_path: Path) -> None:
    folder = project.folder
    project.close()
    desk = Desk.open(folder, "JD")
    try:
        specs = tuple(
            s.model_copy(update={"name": "lung nodule"}) if s.id == "nodule" else s
            for s in desk.schema.findings
        )
        desk.edit_schema(desk.schema.model_copy(update={"findings": specs}))
        plan = desk.take_labels(table(tmp_path, f"{ONE},nodule,1", f"{TWO},lung nodule,1"))
        assert (plan.added, plan.new_findings) == (2, ())
        assert desk.findings == ("lung nodule", "effusion")
        desk.select(ONE)
        assert [r.finding for r in desk.case_labels().current] == ["lung nodule"]
    finally:
        desk.close()


def test_reason_and_study_come_back_from_an_export(project: Project, tmp_path: Path) -> None:
    path = table(
        tmp_path, f"{ONE},nodule,cannot tell,,motion", f"{ONE},effusion,1,study,",
        head="series,finding,value,level,reason",
    )  # fmt: skip
    take_labels(project, read_table(path))
    held = {r.finding: (r.answer, r.level, r.reason) for r in project.current()}
    assert held == {
        "nodule": (Answer.CANNOT_TELL, Level.SERIES, "motion"),
        "effusion": (Answer.PRESENT, Level.STUDY, ""),
    }


def test_a_dry_run_of_the_command_line_changes_nothing(project: Project, tmp_path: Path) -> None:
    folder = str(project.folder)
    path = str(table(tmp_path, f"{ONE},nodule,1", f"{ONE},nodule,0"))
    done = CliRunner().invoke(app, ["labels", folder, "--import", path, "--dry-run", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["added"], told["dry_run"]) == (1, True)
    assert told["conflicting"] == [
        {"series": ONE, "finding": "nodule", "stands": "present", "file": "absent"}
    ]
    assert project.rows() == ()
    bad = CliRunner().invoke(app, ["labels", folder, "--export", path, "--dry-run"])
    assert bad.exit_code == 2


def test_a_table_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="neither series,finding,value"):
        read_table(table(tmp_path, "1,2", head="a,b"))
