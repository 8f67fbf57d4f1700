"""Accuracy of the default method on the frozen test patients of the phantom demo."""

import tempfile
import time
from pathlib import Path
from typing import Any

from wsl_studio.bench import Ask
from wsl_studio.bench.learning import rows, train_once
from wsl_studio.domain.progress import drain
from wsl_studio.jobs.demo import make_demo_project


def run(ask: Ask) -> dict[str, Any]:
    """Makes the demo (or takes the one at ``data``) and trains ``n`` rounds, seed by seed."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = ask.data or Path(temporary) / "demo"
        begun = time.monotonic()
        drain(make_demo_project(folder))
        made = time.monotonic() - begun
        out = []
        for k in range(ask.seed, ask.seed + (ask.n or 1)):
            begun = time.monotonic()
            _, metrics = train_once(folder, seed=k)
            wall = round(time.monotonic() - begun)
            out += [{"seed": k, **row, "wall_s": wall} for row in rows(metrics)]
    lines = [] if ask.data else [f"the demo was made in {made:.0f} s"]
    return {"rows": out, "lines": lines, "split": "frozen test patients, truth of the phantoms"}
