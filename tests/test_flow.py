"""The whole loop by script, as the README shows it: every verb with --json, and its exit codes."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

SHARED = Path(__file__).parents[2] / "shared" / "data"


def studio(*arguments: object, code: int = 0) -> Any:
    """Runs a verb; its JSON for exit code 0, its stderr otherwise."""
    done = subprocess.run(
        [sys.executable, "-m", "wsl_studio", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if code:
        assert not done.stdout.strip()
        return done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flow") / "demo"
    made = studio("demo", "--project", folder, "--patients", 9, "--no-window", "--json")
    assert made == {"project": str(folder), "series": 9, "labelled": 3}
    return folder


@pytest.mark.slow
def test_the_loop_goes_round_twice_by_script(project: Path, tmp_path: Path) -> None:
    again = studio("demo", "--project", project, "--patients", 9, "--no-window", "--json")
    assert again["series"] == 9

    truth = {path.stem: np.load(path)["mask"].any()
             for path in (project / "phantom" / "truth").glob("*.npz")}  # fmt: skip
    table = tmp_path / "in.csv"
    with table.open("w", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["series", "finding", "value"])
        for key, is_present in truth.items():
            uid, _, finding = key.rpartition(".")
            out.writerow([uid, finding, int(is_present)])
        out.writerow(["9.9.9", "nodule", 1])
    added = studio("labels", project, "--import", table, "--json")
    assert added["unknown"] == ["9.9.9"]
    assert added["added"] == 18
    assert studio("labels", project, "--import", table, "--json")["unchanged"] == 18

    quick = ("--set", "epochs=4", "--set", "image_px=128", "--json")
    first = studio("train", project, "--seed", 0, *quick)
    assert first["round"] == 1
    assert set(first["test"]) == {"nodule", "effusion"}
    assert {"auc", "ap", "n", "n_positive", "pointing"} <= set(first["test"]["nodule"])
    second = studio("train", project, "--method", "gap", "--seed", 0, *quick)
    assert (second["round"], second["method"]) == (2, "gap")

    maps = tmp_path / "maps"
    files = studio("evidence", project, "--round", 1, "--out", maps, "--json")["files"]
    arrays = sorted(maps.glob("*.npy"))
    assert len(files) == 2 * len(arrays) == 36
    one = np.load(arrays[0])
    assert (one.shape, one.dtype) == ((24, 256, 256), np.float32)
    assert np.ptp(one) > 0
    assert all((maps / f"{path.stem}.png").stat().st_size > 1000 for path in arrays)

    # Everything is labelled: only labels that the round doubts come back.
    doubted = studio("queue", project, "--json")
    assert all(line["reason"].startswith("possible mislabel") for line in doubted)
    exported = tmp_path / "out.csv"
    assert studio("labels", project, "--export", exported, "--json")["exported"] >= 18
    assert studio("labels", project, "--import", exported, "--json")["added"] == 0


def test_the_queue_gives_a_reason_for_each_series(project: Path) -> None:
    listed = studio("queue", project, "--json")
    assert all(item["reason"] and 0 <= item["score"] <= 1 for item in listed)


def test_methods_tell_their_source_and_options() -> None:
    listed = studio("methods", "--json")
    assert {"gap", "wildcat"} <= {method["name"] for method in listed}
    assert all(method["source"] and method["options"] for method in listed)


def test_known_trouble_is_one_sentence_and_exit_code_1(project: Path, tmp_path: Path) -> None:
    assert "no method nonsense" in studio("train", project, "--method", "nonsense", code=1)
    said = studio("train", tmp_path / "nowhere", code=1)
    assert len(said.strip().splitlines()) <= 2
    (tmp_path / "text.csv").write_text("hello\nworld\n")
    studio("labels", project, "--import", tmp_path / "text.csv", code=1)
    studio("import", tmp_path / "missing", "--project", tmp_path / "p", code=1)


def test_wrong_usage_is_exit_code_2(project: Path) -> None:
    studio("labels", project, code=2)
    studio("train", project, "--set", "nonsense", code=2)
    studio("no-such-verb", code=2)


@pytest.mark.skipif(not (SHARED / "busi").exists(), reason="public data not here")
def test_a_public_image_set_imports_with_its_labels_and_truth(tmp_path: Path) -> None:
    project = tmp_path / "busi"
    done = studio("import", SHARED / "busi" / "images", "--project", project, "--json")
    assert (done["series"], done["images"], done["passed_over"]) == (457, 457, [])
    labels = SHARED / "busi" / "labels.csv"
    added = studio("labels", project, "--import", labels, "--json")
    assert (added["added"], added["unchanged"], added["unknown"]) == (914, 0, [])
    assert added["conflicting"] == []
    truth = studio("truth", project, "--masks", SHARED / "busi" / "masks", "--json")
    assert truth["series"] + truth["without"] == 457
    assert truth["series"] > 300
