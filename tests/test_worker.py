"""The worker on real files: a round from pictures, stop, kill and resume, and plain failures."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from wsl_studio import worker
from wsl_studio.dicom.index import index_folder
from wsl_studio.domain.label import Act, Answer, Entry
from wsl_studio.domain.progress import drain
from wsl_studio.domain.round import Epoch, Failed, Finished, Manifest
from wsl_studio.jobs import steps
from wsl_studio.jobs.training import KEEP_FREED, start_worker
from wsl_studio.learn.collect import Warm
from wsl_studio.store import rounds
from wsl_studio.store.lock import FileLock
from wsl_studio.store.project import Project

N = 16
NAME = "DOE^JANE"
QUICK = {"image_px": 64, "epochs": 3, "members": 1, "hidden": 8}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Sixteen pictures, half of them with a bright patch, all labelled."""
    rng = np.random.default_rng(0)
    images = tmp_path / "images"
    images.mkdir()
    for i in range(N):
        picture = rng.integers(40, 80, (96, 96)).astype(np.uint8)
        if i % 2:
            picture[20:44, 30:54] = 230
        cv2.imwrite(str(images / f"p{i:02d}.png"), picture)
    folder = tmp_path / "project"
    with Project.create(folder, findings=("patch",)) as held:
        index = drain(index_folder(images, salt=held.salt))
        steps.take_index(held, index)
        held.append_many(
            Entry(
                act=Act.SAY,
                series_uid=series.uid,
                reader="R",
                finding="patch",
                answer=Answer.PRESENT if int(series.stem[1:]) % 2 else Answer.ABSENT,
            )
            for series in index.series
        )
    return folder


def prepare(folder: Path, **options: Any) -> tuple[Path, Manifest]:
    with Project.open(folder) as held:
        return steps.prepare_round(
            held, method="max-min", options={**QUICK, **options}, seed=0, device="cpu"
        )


def events(directory: Path) -> tuple[Any, ...]:
    return rounds.read_events(directory)[0]


def test_a_round_leaves_evidence_scores_and_metrics_of_every_series(project: Path) -> None:
    directory, manifest = prepare(project)
    worker.run_folder(directory, Warm())
    told = events(directory)
    assert isinstance(told[-1], Finished), told[-1]
    assert not told[-1].was_stopped
    assert sum(isinstance(event, Epoch) for event in told) == 3
    scores = rounds.read_scores(directory)
    features = rounds.read_features(directory)
    assert set(scores) == set(features) == {bag.series_uid for bag in manifest.bags}
    for uid, found in scores.items():
        sums = rounds.read_evidence(directory, uid)["patch"].arithmetic
        assert sums.score == pytest.approx(found["patch"].score)
        assert sums.positive + sums.negative + sums.rest == pytest.approx(sums.score, abs=1e-4)
    metrics = rounds.read_metrics(directory)
    assert metrics is not None
    assert metrics.test["patch"].n == sum(bag.split == "test" for bag in manifest.bags)
    assert metrics.seconds > 0
    assert (directory / "checkpoint.safetensors").exists()
    assert not (directory / "state.safetensors").exists()


def test_members_leave_their_spread_and_sets_are_refused_on_few_series(project: Path) -> None:
    directory, manifest = prepare(project, members=2)
    worker.run_folder(directory, Warm())
    uid = manifest.bags[0].series_uid
    found = rounds.read_evidence(directory, uid)["patch"]
    assert found.spread is not None
    assert found.spread.shape == found.grid.shape
    assert found.spread.min() >= 0
    metrics = rounds.read_metrics(directory)
    assert metrics is not None
    assert metrics.reliable["patch"].quantile is None
    assert "need 10" in metrics.reliable["patch"].sentence
    assert metrics.test["patch"].sensitivity is not None
    assert rounds.read_scores(directory)[uid]["patch"].set == ""


def test_labels_of_test_patients_are_not_in_the_manifest(project: Path) -> None:
    _, manifest = prepare(project)
    assert any(bag.split == "test" for bag in manifest.bags)
    assert not any(bag.targets or bag.regions for bag in manifest.bags if bag.split == "test")


def test_the_same_manifest_gives_the_same_scores_and_features_are_read_once(project: Path) -> None:
    first, _ = prepare(project)
    second, _ = prepare(project)
    warm = Warm()
    worker.run_folder(first, warm)
    cached = sorted((project / "cache" / "features").rglob("*.safetensors"))
    times = [path.stat().st_mtime_ns for path in cached]
    worker.run_folder(second, warm)
    assert len(cached) == N
    assert [path.stat().st_mtime_ns for path in cached] == times
    assert rounds.read_scores(first) == rounds.read_scores(second)


def test_stop_keeps_the_best_and_still_writes_evidence(project: Path) -> None:
    directory, manifest = prepare(project, epochs=1000)
    rounds.ask_to_stop(directory)
    worker.run_folder(directory, Warm())
    last = events(directory)[-1]
    assert isinstance(last, Finished)
    assert last.was_stopped
    assert len(list((directory / "evidence").glob("*.safetensors"))) == len(manifest.bags)
    assert rounds.read_metrics(directory) is not None


def test_a_killed_worker_is_gone_on_with(project: Path) -> None:
    directory, _ = prepare(project, epochs=400)
    command = [sys.executable, "-m", "wsl_studio.worker", str(directory)]
    state = directory / "state.safetensors"
    process = subprocess.Popen(command, start_new_session=True)
    try:
        deadline = time.monotonic() + 90
        while not state.exists() and time.monotonic() < deadline:
            assert process.poll() is None, events(directory)
            time.sleep(0.02)
        assert state.exists()
        assert rounds.is_running(directory)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    before = len(events(directory))
    rounds.ask_to_stop(directory)  # the rest need not be long
    worker.run_folder(directory, Warm())
    again = events(directory)[before:]
    assert isinstance(again[-1], Finished)
    assert next(event.epoch for event in again if isinstance(event, Epoch)) > 1
    assert rounds.read_metrics(directory) is not None


@pytest.mark.parametrize(
    "trouble",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: tried 10 bytes"),
    ],
    ids=["numpy", "cuda", "cpu"],
)
def test_memory_that_is_short_becomes_advice(
    project: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise trouble

    directory, _ = prepare(project)
    monkeypatch.setattr(worker, "run_round", fail)
    worker.run_folder(directory, Warm())
    last = events(directory)[-1]
    assert isinstance(last, Failed)
    assert "memory" in last.sentence
    assert "smaller image" in last.advice


def test_a_fault_of_ours_is_a_plain_sentence_without_its_message(
    project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(NAME)

    directory, _ = prepare(project)
    monkeypatch.setattr(worker, "run_round", fail)
    worker.run_folder(directory, Warm())
    assert isinstance(events(directory)[-1], Failed)
    assert "DOE" not in (directory / "events.jsonl").read_text() + caplog.text


def test_files_that_are_gone_fail_with_a_sentence(project: Path) -> None:
    directory, _ = prepare(project)
    for path in (project.parent / "images").iterdir():
        path.unlink()
    worker.run_folder(directory, Warm())
    last = events(directory)[-1]
    assert isinstance(last, Failed)
    assert "could be read" in last.sentence


def test_a_round_that_is_being_run_is_left_alone(project: Path) -> None:
    directory, _ = prepare(project)
    with FileLock(directory / "lock"):
        worker.run_folder(directory, Warm())
    assert not (directory / "events.jsonl").exists()


def test_a_serving_worker_says_ready_and_runs_what_it_is_given(project: Path) -> None:
    directory, _ = prepare(project)
    done = subprocess.run(
        [sys.executable, "-m", "wsl_studio.worker", "--serve"],
        input=f"{directory}\n\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "ready\n")
    assert isinstance(events(directory)[-1], Finished), events(directory)[-1]


def test_a_wrong_call_is_code_2() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wsl_studio.worker"], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2


def test_a_waiting_worker_says_ready_and_then_loads_what_the_first_round_would_wait_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said_before: list[str] = []
    monkeypatch.setattr(worker, "be_modest", lambda: None)
    monkeypatch.setattr(sys, "argv", ["worker", "--serve"])
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(
        torch.optim, "AdamW", lambda *_, **__: said_before.append(capsys.readouterr().out)
    )
    assert worker.main() == 0
    assert said_before == ["ready\n"]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="asks Linux what it was given")
@pytest.mark.parametrize("own", [None, "1048576"])
def test_a_worker_keeps_what_it_frees_unless_it_is_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str | None
) -> None:
    name = "MALLOC_TRIM_THRESHOLD_"
    monkeypatch.delenv(name, raising=False)
    if own is not None:
        monkeypatch.setenv(name, own)
    process = start_worker(["--serve"], log_file=tmp_path / "worker.log")
    try:
        given = Path(f"/proc/{process.pid}/environ").read_bytes().decode().split("\0")
    finally:
        process.kill()
        process.communicate()
    assert f"{name}={own or KEEP_FREED[name]}" in given
    assert any(one.startswith("PATH=") for one in given)
