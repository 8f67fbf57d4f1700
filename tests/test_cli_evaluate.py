"""The verb evaluate: offset, thresholds and sets of answers of a finished round."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.makers import make_project, make_round
from wsl_studio.cli.app import app
from wsl_studio.cli.output import out
from wsl_studio.domain.round import FindingMetrics, Interval, Metrics, Offset, Reliable
from wsl_studio.store.project import Project

METRICS = Metrics(
    test={
        "nodule": FindingMetrics(
            auc=Interval(value=0.9, low=0.8, high=0.95), n=20, n_positive=8, sensitivity=0.75,
            specificity=0.9, coverage=0.95, decided=0.6,
            offset=Offset(dy=1.2, dx=-0.9, n=8, exceeds=True),
        )
    },
    reliable={
        "nodule": Reliable(threshold=0.4, quantile=0.6, n=12),
        "effusion": Reliable(n=3, sentence="Sets of answers for effusion need 10."),
    },
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = make_project(tmp_path / "p", n=3)
    with Project.open(folder) as held:
        number = make_round(held, {"1.2.826.1": {"nodule": 0.8, "effusion": 0.2}})
        (held.round_dir(number) / "metrics.json").write_text(METRICS.model_dump_json())
    return folder


def test_scripts_get_everything_as_numbers(project: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", str(project), "--scores", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    nodule = found["test"]["nodule"]
    assert nodule["offset"] == {"dy": 1.2, "dx": -0.9, "n": 8, "exceeds": True}
    assert (nodule["sensitivity"], nodule["coverage"], nodule["decided"]) == (0.75, 0.95, 0.6)
    assert found["reliable"]["nodule"]["quantile"] == 0.6
    assert found["scores"]["1.2.826.1"]["nodule"]["set"] == ""
    assert found["round"] == 1


def test_people_get_a_table_and_plain_sentences(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(out, "_width", 240)
    done = CliRunner().invoke(app, ["evaluate", str(project), "--scores"])
    assert done.exit_code == 0, done.output
    assert "+1.2, -0.9 (n 8) exceeds a cell" in done.stdout
    assert "0.90 (0.80-0.95)" in done.stdout
    assert (
        "nodule is called present from +0.40 logits; its sets of answers should hold the true one"
        " in 90% of series." in done.stdout
    )
    assert "effusion is called present from +0.00 logits. Sets of answers" in done.stdout
    assert "1.2.826.1" in done.stdout


def test_a_project_without_a_round_says_so(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", n=3)
    done = CliRunner().invoke(app, ["evaluate", str(folder)])
    assert done.exit_code == 1
    done = CliRunner().invoke(app, ["evaluate", str(folder), "--round", "4"])
    assert done.exit_code == 1


def test_a_table_that_goes_into_a_file_keeps_its_cells_whole() -> None:
    program = (
        "from wsl_studio.cli.output import table;"
        "table('bench', [f'column {k}' for k in range(11)], [['0.905 +- 0.012'] * 11])"
    )
    bare = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=bare, capture_output=True, text=True, check=True
    )
    assert done.stdout.count("0.905 +- 0.012") == 11
