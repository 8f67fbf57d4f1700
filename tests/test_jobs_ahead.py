"""What a round goes on from: told before it is trained, and the same once it is."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.makers import make_project
from tests.test_jobs_desk import answer_all
from tests.test_jobs_lead import edit
from wsl_studio.domain.label import Answer
from wsl_studio.domain.progress import say_span
from wsl_studio.domain.round import ANEW, Manifest, Metrics, stays
from wsl_studio.jobs import steps
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.study import RoundRoom
from wsl_studio.learn.methods import DEFAULT

LEARNS: dict[str, Any] = {"depth": "last", "hidden": 8, "members": 3, "epochs": 2}


class Reader:
    """Labels series and has rounds that are finished at once, each after ``seconds``."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk.open(make_project(folder, n=60), "JD")
        self.room = RoundRoom(self.desk)

    def label(self, numbers: range) -> None:
        for k in numbers:
            self.desk.select(f"1.2.826.{k}")
            answer_all(self.desk, Answer.PRESENT if k % 2 else Answer.ABSENT)
        self.desk.settle()

    def told(self, **other: Any) -> str:
        return self.room.ahead(DEFAULT, {**LEARNS, **other})

    def round(self, seconds: float = 1.0, **other: Any) -> Manifest:
        """What was told is what the round then is."""
        told = self.told(**other)
        directory, manifest = steps.prepare_round(
            self.desk.project, method=DEFAULT, options={**LEARNS, **other}, seed=0, device="cpu",
            is_warm=True,
        )  # fmt: skip
        learns = manifest.recipe.backbone.train_from is not None
        start = stays(manifest.warm_from) if manifest.warm_from else ANEW[manifest.anew]
        assert told.endswith(start) if learns else told == ""
        (directory / "metrics.json").write_text(Metrics(seconds=seconds).model_dump_json())
        return manifest

    def begun(self, **other: Any) -> int | str:
        """Where a round begins, or why anew."""
        manifest = self.round(**other)
        return manifest.anew or manifest.warm_from


@pytest.fixture
def reader(tmp_path: Path, qapp: QApplication) -> Iterator[Reader]:
    one = Reader(tmp_path / "p")
    yield one
    one.room.close()
    one.desk.close()


def test_a_backbone_is_trained_anew_once_there_are_many_more_labels(reader: Reader) -> None:
    desk = reader.desk
    reader.label(range(1, 31))
    assert reader.begun() == 0
    reader.label(range(31, 41))
    assert reader.begun() == 1
    first = desk.folder / "rounds/0001/manifest.json"
    kept = first.read_bytes()
    first.unlink()
    assert reader.begun() == "lost"  # nobody knows how many labels it saw
    first.write_bytes(kept)
    shutil.rmtree(desk.folder / "rounds/0003")
    reader.label(range(41, 55))  # few more than in round 2, many more than in round 1
    assert reader.begun() == "labels"
    assert reader.begun(epochs=3) == "options"
    assert reader.begun(depth="none") == 0  # another recipe, no backbone learns
    reader.label(range(55, 61))
    assert reader.begun(depth="none") == 5
    assert reader.begun() == 0  # no backbone has learned before
    desk.add_finding("cyst")
    assert reader.begun() == "findings"


def test_the_last_round_of_its_kind_says_how_long_it_takes(reader: Reader) -> None:
    reader.label(range(1, 31))
    reader.round(240.0)
    assert reader.told() == stays(1), "no round that goes on was trained yet"
    reader.round(12.0)
    assert reader.told() == f"About 12 s, as round 2. {stays(2)}"
    assert reader.told(epochs=3) == f"About 4 min, as round 1. {ANEW['options']}"
    reader.round(9000.0, epochs=3)
    assert reader.told(epochs=4) == f"About 2.5 h, as round 3. {ANEW['options']}"


def test_a_finding_that_is_called_otherwise_is_the_same(reader: Reader) -> None:
    reader.label(range(1, 31))
    reader.round()
    edit(reader.desk, "nodule", name="lung nodule")
    manifest = reader.round()
    assert (manifest.findings[0], manifest.warm_from) == ("lung nodule", 1)
    edit(reader.desk, "effusion", is_active=False)
    assert reader.begun() == "findings"


def test_nothing_is_told_of_an_option_that_is_none(reader: Reader) -> None:
    reader.label(range(1, 31))
    assert reader.told(depth="deepest") == ""


def test_spans_of_time_in_words() -> None:
    assert [say_span(s) for s in (0.2, 89.4, 90, 5399, 5400)] == [
        "1 s", "89 s", "2 min", "90 min", "1.5 h",
    ]  # fmt: skip
