"""Keep and remove: the score with only, and without, the highlighted tissue, from a real round."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio import questions, worker
from wsl_studio.dicom.index import index_folder
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Entry
from wsl_studio.domain.progress import drain
from wsl_studio.jobs import steps
from wsl_studio.jobs.keep_remove import KeepRemove, Kept
from wsl_studio.jobs.training import Trainer
from wsl_studio.learn.backbone import Backbone
from wsl_studio.learn.collect import Warm
from wsl_studio.store import rounds
from wsl_studio.store.project import Project

WARM = Warm()
"""One for all tests, as in a serving worker: its extractor is loaded once."""
QUICK = {"image_px": 128, "epochs": 8, "members": 1, "hidden": 8}


@pytest.fixture(scope="module")
def trained(tmp_path_factory) -> tuple[Path, str]:
    """A round on twelve pictures, half with a bright patch; and a picture with one."""
    home = tmp_path_factory.mktemp("kept")
    rng = np.random.default_rng(0)
    images = home / "images"
    images.mkdir()
    for i in range(12):
        picture = rng.integers(40, 80, (96, 96)).astype(np.uint8)
        if i % 2:
            picture[20:44, 30:54] = 230
        cv2.imwrite(str(images / f"p{i:02d}.png"), picture)
    folder = home / "project"
    with Project.create(folder, findings=("patch",)) as held:
        index = drain(index_folder(images, salt=held.salt))
        steps.take_index(held, index)
        held.append_many(
            Entry(act=Act.SAY, series_uid=series.uid, reader="R", finding="patch",
                  answer=Answer.PRESENT if int(series.stem[1:]) % 2 else Answer.ABSENT)
            for series in index.series
        )  # fmt: skip
        directory, _ = steps.prepare_round(
            held, method="max-min", options=QUICK, seed=0, device="cpu"
        )
    worker.run_folder(directory, WARM)
    scores = rounds.read_scores(directory)
    return directory, max(scores, key=lambda uid: scores[uid]["patch"].score)


def ask(directory: Path, uid: str, folder: Path, threshold: float = 0.5):
    question = {"round": str(directory), "series": uid, "finding": "patch",
                "threshold": threshold, "answer": str(folder / "a.json")}  # fmt: skip
    questions.answer(json.dumps(question), WARM)
    return json.loads((folder / "a.json").read_text())


def test_whole_is_the_scores_own_and_taking_the_patch_out_lowers_it(
    trained, tmp_path, monkeypatch
) -> None:
    directory, uid = trained
    evidence = rounds.read_evidence(directory, uid)["patch"]
    top = float(evidence.grid.max())
    found = ask(directory, uid, tmp_path, threshold=top / 2)
    assert found["whole"] == pytest.approx(evidence.arithmetic.score, abs=0.02)
    assert found["removed"] < found["whole"]
    assert 0 < found["share"] < 0.5
    monkeypatch.delattr(Backbone, "prefix")  # features are cached: it is not needed again
    assert ask(directory, uid, tmp_path, top / 2) == found


def test_what_cannot_be_answered_is_a_sentence(trained, tmp_path) -> None:
    directory, uid = trained
    assert "Nothing is highlighted" in ask(directory, uid, tmp_path, 1e6)["sentence"]
    assert "Everything" in ask(directory, uid, tmp_path, -1e6)["sentence"]
    assert "could not be worked out" in ask(directory, "no such", tmp_path)["sentence"]
    questions.answer("{broken", WARM)


def test_the_idle_worker_of_the_window_answers(trained, qtbot) -> None:
    directory, uid = trained
    trainer = Trainer(directory.parents[1])
    asking = KeepRemove(trainer)
    told: list[Kept | KnownError] = []
    try:
        top = float(rounds.read_evidence(directory, uid)["patch"].grid.max())
        asking.ask(directory, uid, "patch", top / 2, told.append)
        qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    finally:
        asking.close()
        trainer.close()
    (kept,) = told
    assert isinstance(kept, Kept)
    score = rounds.read_scores(directory)[uid]["patch"].score
    assert kept.whole == pytest.approx(score, abs=0.02)


logits = st.floats(-8, 8)


@given(logits, logits, logits)
def test_the_words_follow_the_three_scores(whole, kept, removed) -> None:
    made = Kept(whole, kept, removed, 0.03)
    side = 1 if whole >= 0 else -1
    is_enough, is_needed = side * kept >= 0, side * removed < 0
    words = made.words("nodule")
    assert made.is_faithful == (is_enough and is_needed)
    assert ("is faithful" in words) == (is_enough and is_needed)
    assert ("is not faithful" in words) == (not is_enough and not is_needed)
    assert ("partly" in words) == (is_enough != is_needed)
    assert "3.0 %" in words
