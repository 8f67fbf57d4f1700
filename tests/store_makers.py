"""Small values for the tests of the store."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.label import Act, Answer, Entry
from wsl_studio.domain.round import Bag, Manifest, Target
from wsl_studio.domain.series import Series, SliceRef
from wsl_studio.store.migrations.versions.m0001_first import CURRENT_LABEL
from wsl_studio.store.project import Project

FINDINGS = ("nodule", "effusion")


def make_series(i: int, *, n: int = 3, root: str = "/nowhere", **parts: Any) -> Series:
    values: dict[str, Any] = {
        "uid": f"1.2.{i}",
        "stem": f"case{i}",
        "patient_key": f"patient{i}",
        "modality": "CT",
        "rows": 64,
        "columns": 48,
        "slices": tuple(SliceRef(path=f"{root}/{i}/{s}.dcm", uid=f"1.2.{i}.{s}") for s in range(n)),
    }
    return Series.model_validate({**values, **parts})


def make_project(folder: Path, n: int = 2) -> Project:
    project = Project.create(folder, findings=FINDINGS)
    project.add_series(make_series(i) for i in range(n))
    return project


def say(i: int = 0, **parts: Any) -> Entry:
    values = {"series_uid": f"1.2.{i}", "reader": "JD", "finding": "nodule"}
    return Entry.model_validate(
        {"act": Act.SAY, "answer": Answer.PRESENT, **values, **parts},
    )


SLICES = """
DROP TABLE slices; DROP TABLE passed_over; DROP TABLE truth;
ALTER TABLE series DROP COLUMN is_colour;
ALTER TABLE series ADD COLUMN digest TEXT NOT NULL DEFAULT '';
CREATE TABLE slices (series_number INTEGER PRIMARY KEY REFERENCES series (number), refs TEXT);
CREATE TABLE passed_over (path TEXT PRIMARY KEY, reason TEXT NOT NULL);
CREATE TABLE truth (
    series_uid TEXT REFERENCES series (uid), finding TEXT REFERENCES finding (name),
    path TEXT NOT NULL, is_present BOOLEAN, PRIMARY KEY (series_uid, finding)
);
UPDATE alembic_version SET version_num = '0003';
"""


def as_it_was_before_seals(path: Path, series: Sequence[Series], *, extra: str = "") -> None:
    """Lets paths lie open in a project.db, as versions before revision 0004 did."""
    refs = TypeAdapter(tuple[SliceRef, ...])
    with closing(sqlite3.connect(path)) as file:
        file.executescript(SLICES)
        for number, one in enumerate(series, 1):
            file.execute(
                "INSERT INTO slices VALUES (?, ?)", (number, refs.dump_json(one.slices).decode())
            )
        file.executescript(extra)
        file.commit()


def as_first_version_left_it(path: Path) -> None:
    """Takes away what later migration steps added to a project.db."""
    added = ("area", "points", "batch", "detail", "reading", "is_control")
    as_it_was_before_seals(path, ())
    with closing(sqlite3.connect(path)) as file:
        file.executescript(
            "DROP VIEW current_label;"
            + "".join(f"ALTER TABLE journal DROP COLUMN {name};" for name in added)
            + "ALTER TABLE finding DROP COLUMN since;"
            "ALTER TABLE series DROP COLUMN accession_key;"
            "UPDATE alembic_version SET version_num = '0001';" + CURRENT_LABEL
        )


def make_evidence(uid: str, finding: str, *, k: int = 1, round: int = 1) -> Evidence:
    grid = np.random.default_rng(k).normal(0, 3, (3, 4, 5)).astype(np.float32)
    return Evidence(
        series_uid=uid,
        finding=finding,
        round=round,
        grid=grid,
        placement=Placement(8.0, 8.0, 3.5, 3.5),
        arithmetic=Arithmetic(2.1, -0.4, 0.0, 1.7000000000000002),
        scale=4.25 + k,
    )


def make_manifest(number: int = 1) -> Manifest:
    from wsl_studio.domain.recipe import Recipe

    return Manifest(
        number=number,
        findings=FINDINGS,
        bags=(
            Bag(series_uid="1.2.0", split="train", targets={"nodule": Target(value=1)}),
            Bag(series_uid="1.2.1", split="test"),
        ),
        method="lse",
        options={"beta": float("inf")},
        recipe=Recipe(),
    )
