"""What the learning benches share: a project trained once by the default method, as rows."""

from pathlib import Path
from typing import Any

from wsl_studio.domain.round import Interval, Metrics
from wsl_studio.jobs import steps
from wsl_studio.jobs.training import run_to_end
from wsl_studio.learn.methods import DEFAULT
from wsl_studio.store import rounds
from wsl_studio.store.project import Project


def train_once(
    folder: Path, *, seed: int, method: str = DEFAULT, options: dict[str, Any] | None = None
) -> tuple[Path, Metrics]:
    """One round on a project as it stands; its folder and metrics."""
    with Project.open(folder) as project:
        directory, _ = steps.prepare_round(
            project, method=method, options=options or {}, seed=seed, device="auto"
        )
    for _ in run_to_end(directory):
        pass
    metrics = rounds.read_metrics(directory)
    assert metrics is not None, "a finished round has metrics"
    return directory, metrics


def rows(metrics: Metrics, *, method: str = DEFAULT) -> list[dict[str, Any]]:
    """The table of a round: one row a finding, test patients only."""
    return [
        {
            "method": method,
            "finding": finding,
            "n": found.n,
            "present": found.n_positive,
            "auc": say(found.auc),
            "ap": say(found.ap),
            "pointing": say(found.pointing),
            "seconds": round(metrics.seconds),
        }
        for finding, found in metrics.test.items()
    ]


def say(interval: Interval | None) -> str:
    """``0.953 (0.901-0.990)`` or a dash; 95 %, bootstrap over patients."""
    if interval is None:
        return "-"
    return f"{interval.value:.3f} ({interval.low:.3f}-{interval.high:.3f})"
