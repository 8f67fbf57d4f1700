"""What tests are made of: series without files, and finished rounds without training."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.evidence_file import evidence_file_name, pack_evidence
from wsl_studio.domain.label import label_revision
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Finished, Manifest, Metrics, Score
from wsl_studio.domain.series import Series, SliceRef
from wsl_studio.store.project import Project

FINDINGS = ("nodule", "effusion")


def make_series(number: int, *, slices: int = 4, patient: str | None = None) -> Series:
    """A CT series whose files do not exist."""
    uid = f"1.2.826.{number}"
    return Series(
        uid=uid,
        stem=uid,
        patient_key=patient or f"patient{number:04d}",
        modality="CT",
        rows=32,
        columns=32,
        slices=tuple(SliceRef(path=f"/nowhere/{number}/{k}.dcm") for k in range(slices)),
    )


def make_project(folder: Path, *, n: int = 12, findings: tuple[str, ...] = FINDINGS) -> Path:
    """A project with ``n`` series of ``n`` patients and no label."""
    with Project.create(folder, findings=findings) as project:
        project.add_series([make_series(k) for k in range(1, n + 1)])
    return folder


def make_round(project: Project, probabilities: Mapping[str, Mapping[str, float]]) -> int:
    """A finished round with given probabilities, as a worker leaves it."""
    directory = project.next_round_dir()
    number = int(directory.name)
    manifest = Manifest(
        number=number,
        findings=project.findings,
        bags=(),
        method="max-min",
        recipe=Recipe(),
        label_revision=label_revision(project.rows()),
    )
    project.write_manifest(manifest)
    (directory / "evidence").mkdir()
    scores: dict[str, dict[str, object]] = {}
    for uid, found in probabilities.items():
        evidence = {}
        for finding, p in found.items():
            logit = float(np.log(p / (1 - p)))
            grid = np.full((4, 2, 2), logit, np.float32)
            sums = Arithmetic(max(logit, 0.0), min(logit, 0.0), 0.0, logit)
            evidence[finding] = Evidence(
                uid, finding, number, grid, Placement(16, 16, 7.5, 7.5), sums, 4.0
            )
            score = Score(
                score=logit, probability=p, positive=max(logit, 0.0), negative=min(logit, 0.0)
            )
            scores.setdefault(uid, {})[finding] = score.model_dump()
        arrays, metadata = pack_evidence(evidence)
        save_file(arrays, directory / "evidence" / evidence_file_name(uid), metadata=metadata)
    (directory / "scores.json").write_text(json.dumps(scores))
    (directory / "metrics.json").write_text(Metrics(seconds=1.0).model_dump_json())
    (directory / "events.jsonl").write_text(Finished(seconds=1.0).model_dump_json() + "\n")
    return number
