"""What a round folder says, whatever state its worker left it in."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from tests.store_makers import make_evidence, make_manifest, make_project, say
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence_file import evidence_file_name, pack_evidence
from wsl_studio.domain.label import Act
from wsl_studio.domain.round import (
    Epoch,
    FindingMetrics,
    Finished,
    Interval,
    Metrics,
    Reported,
    Said,
    Score,
)
from wsl_studio.store import rounds
from wsl_studio.store.lock import FileLock
from wsl_studio.store.project import Project


def test_rounds_are_numbered_on_and_no_number_of_the_journal_is_used_again(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        assert project.rounds() == ()
        assert project.next_round_dir() == tmp_path / "rounds" / "0001"
        assert project.next_round_dir() == tmp_path / "rounds" / "0002"
        (tmp_path / "rounds" / "notes").mkdir()
        (tmp_path / "rounds" / "0007").write_bytes(b"")
        assert project.rounds() == (1, 2)
        rounds.discard(project.round_dir(2))
        assert project.rounds() == (1,)
        project.append(say(act=Act.LOOK, answer=None, finding="", round=2))
        assert project.next_round_dir().name == "0003"


def test_a_manifest_comes_back_with_its_infinities(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        manifest = make_manifest()
        project.next_round_dir()
        assert project.write_manifest(manifest) == project.round_dir(1)
        read = project.read_manifest(1)
        assert read.recipe == manifest.recipe
        assert read.recipe.pool.beta_plus == float("inf")
        assert float(read.options["beta"]) == float("inf")
        assert read.bags == manifest.bags
        assert [path.name for path in project.round_dir(1).iterdir()] == ["manifest.json"]


def test_events_are_read_on_from_where_the_last_look_ended(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    assert rounds.read_events(tmp_path, 0) == ((), 0)
    first = Reported(stage="features", done=1, total=60)
    second = Epoch(epoch=1, epochs=2, train_loss=float("nan"), validation_auc={"nodule": None})
    line = second.model_dump_json().encode()
    file.write_bytes(first.model_dump_json().encode() + b"\n" + line[:20])
    events, offset = rounds.read_events(tmp_path, 0)
    assert events == (first,)
    assert rounds.read_events(tmp_path, offset) == ((), offset)
    with file.open("ab") as out:
        out.write(line[20:] + b"\n")
    (event,), offset = rounds.read_events(tmp_path, offset)
    assert isinstance(event, Epoch)
    assert np.isnan(event.train_loss)
    with file.open("ab") as out:  # killed in a line, then resumed
        out.write(line[:9] + b"\n" + Finished(seconds=2.5).model_dump_json().encode() + b"\n")
    (cut, last), offset = rounds.read_events(tmp_path, offset)
    assert isinstance(cut, Said)
    assert "cut off" in cut.sentence
    assert last == Finished(seconds=2.5)
    assert rounds.read_events(tmp_path, offset) == ((), file.stat().st_size)


def test_results_come_back_as_they_were_written(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        path = project.next_round_dir()
        assert project.read_metrics(1) is None
        assert project.read_scores(1) == {}
        assert project.read_features(1) == {}
        assert project.read_evidence(1, "1.2.0") == {}
        metrics = Metrics(
            test={
                "nodule": FindingMetrics(
                    auc=Interval(value=0.9, low=0.8, high=1), n=9, n_positive=4
                )
            }
        )
        rounds.write_file(path / "metrics.json", metrics.model_dump_json().encode())
        score = Score(score=1.7, probability=0.85, positive=2.1, negative=-0.4, decisive_slice=2)
        rounds.write_file(
            path / "scores.json", b'{"1.2.0": {"nodule": %s}}' % score.model_dump_json().encode()
        )
        features = np.arange(6, dtype=np.float32).reshape(2, 3)
        save_file({"features": features}, path / "features.safetensors", {"series": '["b", "a"]'})
        assert project.read_metrics(1) == metrics
        assert project.read_scores(1) == {"1.2.0": {"nodule": score}}
        read = project.read_features(1)
        assert list(read) == ["b", "a"]
        np.testing.assert_array_equal(read["a"], features[1])


def test_evidence_is_found_by_series_and_names_its_round(tmp_path: Path) -> None:
    uid = "1.2.0/2"
    with make_project(tmp_path) as project:
        path = project.next_round_dir()
        (path / "evidence").mkdir()
        made = {
            name: make_evidence(uid, name, k=k) for k, name in enumerate(("nodule", "effusion"))
        }
        arrays, metadata = pack_evidence(made)
        file = path / "evidence" / evidence_file_name(uid)
        save_file(arrays, file, metadata)
        read = project.read_evidence(1, uid)
        assert list(read) == ["nodule", "effusion"]
        for name, evidence in read.items():
            assert (evidence.series_uid, evidence.finding, evidence.round) == (uid, name, 1)
            assert evidence.arithmetic == made[name].arithmetic
            np.testing.assert_allclose(evidence.grid, made[name].grid, rtol=1e-3, atol=1e-4)
        save_file(arrays, path / "evidence" / evidence_file_name("1.2.1"), metadata)
        with pytest.raises(KnownError, match="is damaged"):
            project.read_evidence(1, "1.2.1")


EVIDENCE = f"evidence/{evidence_file_name('1.2.0')}"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("manifest.json", Project.read_manifest),
        ("metrics.json", Project.read_metrics),
        ("scores.json", Project.read_scores),
        ("features.safetensors", Project.read_features),
        (EVIDENCE, lambda project, number: project.read_evidence(number, "1.2.0")),
    ],
)
def test_a_damaged_file_is_named(
    tmp_path: Path, name: str, read: Callable[[Project, int], object]
) -> None:
    with make_project(tmp_path) as project:
        path = project.next_round_dir()
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_bytes(b"\x10\x00\x00\x00 not what it should be")
        with pytest.raises(KnownError, match=f"{re.escape(name)} is damaged"):
            read(project, 1)


def test_a_running_round_is_seen_and_not_discarded(tmp_path: Path) -> None:
    path = rounds.make_round_dir(tmp_path)
    assert not rounds.is_running(path)
    with FileLock(path / "lock"):
        assert rounds.is_running(path)
        with pytest.raises(KnownError, match="still running"):
            rounds.discard(path)
        rounds.ask_to_stop(path)
    assert (path / "stop").exists()
    assert not rounds.is_running(path)
    rounds.discard(path)
    assert not path.exists()


def test_a_folder_that_can_not_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "rounds").write_bytes(b"a file is in the way")
    with pytest.raises(KnownError, match="could not be written"):
        rounds.make_round_dir(tmp_path)
    with pytest.raises(KnownError, match="could not be written"):
        rounds.write_file(tmp_path / "nowhere" / "x", b"")
