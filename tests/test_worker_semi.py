"""A semi-supervised round on real files: its twin, its journal, stopping and rolling back."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from wsl_studio import worker
from wsl_studio.dicom.index import index_folder
from wsl_studio.domain.label import Act, Answer, Entry
from wsl_studio.domain.progress import drain
from wsl_studio.domain.round import Epoch, Finished, Manifest, Metrics
from wsl_studio.jobs import steps
from wsl_studio.learn.collect import Warm
from wsl_studio.store import rounds
from wsl_studio.store.project import Project

QUICK = {"image_px": 64, "epochs": 2, "members": 1, "hidden": 0}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Twenty pictures, half of them with a bright patch; every third of training has no label."""
    rng = np.random.default_rng(0)
    images = tmp_path / "images"
    images.mkdir()
    for i in range(20):
        picture = rng.integers(40, 80, (64, 64)).astype(np.uint8)
        if i % 2:
            picture[20:44, 20:44] = 230
        cv2.imwrite(str(images / f"p{i:02d}.png"), picture)
    folder = tmp_path / "project"
    with Project.create(folder, findings=("patch",)) as held:
        index = drain(index_folder(images, salt=held.salt))
        steps.take_index(held, index)
        number = {one.uid: int(one.stem[1:]) for one in index.series}
        keys = held.patient_keys()
        held.fix_split(
            {
                keys[uid]: "train" if i < 12 else "validation" if i < 16 else "test"
                for uid, i in number.items()
            }
        )
        held.append_many(
            Entry(
                act=Act.SAY, series_uid=uid, reader="R", finding="patch",
                answer=Answer.PRESENT if i % 2 else Answer.ABSENT,
            )
            for uid, i in number.items()
            if i > 11 or i % 3
        )  # fmt: skip
    return folder


def journal(folder: Path) -> list[Any]:
    with Project.open(folder, is_read_only=True) as held:
        return list(held.rows())


def prepare(folder: Path, method: str, options: dict[str, Any]) -> tuple[Path, Manifest]:
    with Project.open(folder) as held:
        return steps.prepare_round(held, method=method, options=options, seed=0, device="cpu")


def run(folder: Path, method: str, options: dict[str, Any]) -> tuple[Path, Manifest, Metrics]:
    directory, manifest = prepare(folder, method, options)
    worker.run_folder(directory, Warm())
    told = rounds.read_events(directory)[0]
    assert isinstance(told[-1], Finished), told[-1]
    metrics = rounds.read_metrics(directory)
    assert metrics is not None
    return directory, manifest, metrics


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("curriculum", QUICK),
        ("mean-teacher", QUICK),
        ("self-training", QUICK),
        ("tsvm", {"image_px": 64}),
    ],
)
def test_a_round_is_shown_beside_its_twin_and_leaves_the_journal_alone(
    project: Path, method: str, options: dict[str, Any]
) -> None:
    before = journal(project)
    directory, manifest, metrics = run(project, method, options)
    twin = metrics.twin
    assert twin is not None
    assert twin.n_unlabelled == len(manifest.unlabelled) > 0
    both = twin.test["patch"]
    assert both.difference.value == pytest.approx(both.with_unlabelled.value - both.alone.value)
    assert both.difference.low <= both.difference.value <= both.difference.high
    kept = both.alone if twin.is_kept else both.with_unlabelled
    assert metrics.test["patch"].auc is not None
    assert metrics.test["patch"].auc.value == pytest.approx(kept.value, abs=1e-6)
    assert "AUC patch" in twin.sentence
    assert journal(project) == before
    assert not list(directory.glob("state*"))


def test_a_round_of_the_labels_alone_has_no_twin(project: Path) -> None:
    assert run(project, "generalised", QUICK)[2].twin is None


def test_the_same_seed_gives_the_twin_that_the_labels_alone_give(project: Path) -> None:
    """The twin is the supervised round itself, not something like it."""
    alone = run(project, "generalised", QUICK)[2].validation["patch"].auc
    twin = run(project, "curriculum", QUICK)[2].twin
    assert twin is not None
    assert alone is not None
    assert twin.validation["patch"].alone.value == pytest.approx(alone.value)


def test_stopping_keeps_what_there_is_and_a_discarded_round_is_gone(project: Path) -> None:
    before = journal(project)
    directory, _ = prepare(project, "curriculum", {**QUICK, "epochs": 500})
    rounds.ask_to_stop(directory)
    worker.run_folder(directory, Warm())
    told = rounds.read_events(directory)[0]
    assert isinstance(told[-1], Finished)
    assert told[-1].was_stopped
    assert sum(isinstance(event, Epoch) for event in told) <= 1
    rounds.discard(directory)
    assert not directory.exists()
    assert journal(project) == before
