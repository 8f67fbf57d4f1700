"""Accuracy on real images: a folder with images/, labels.csv and masks/ (breast ultrasound)."""

import tempfile
import time
from pathlib import Path
from typing import Any

from wsl_studio.bench import Ask
from wsl_studio.bench.learning import rows, train_once
from wsl_studio.dicom.index import index_folder
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.jobs import label_import, steps, tables
from wsl_studio.store.project import Project


def run(ask: Ask) -> dict[str, Any]:
    """Imports ``data`` into a project of its own and trains ``n`` rounds, seed by seed."""
    data = ask.data
    if data is None or not (data / "labels.csv").exists():
        raise KnownError("This bench needs a folder with images, masks and labels.csv.")
    out = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        with Project.create(folder, findings=()) as project:
            steps.take_index(project, drain(index_folder(data / "images", salt=project.salt)))
            label_import.take_labels(project, tables.read_table(data / "labels.csv"))
            if (data / "masks").is_dir():
                drain(steps.take_truth(project, data / "masks"))
        for k in range(ask.seed, ask.seed + (ask.n or 1)):
            begun = time.monotonic()
            _, metrics = train_once(folder, seed=k)
            wall = round(time.monotonic() - begun)
            out += [{"seed": k, **row, "wall_s": wall} for row in rows(metrics)]
    return {"rows": out, "split": "frozen test patients, by group"}
