"""A folder of labelled images cut into folds by patient group, and the program's round on each.

Every fold is once the test part; of the other groups a seeded sixth is validation. Masks are only
listed here: no project and no manifest of a fold ever holds one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.dicom.contents import ContentKeys
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.masks import read_mask
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Row
from wsl_studio.domain.progress import drain
from wsl_studio.domain.round import Manifest, Split
from wsl_studio.domain.series import Series
from wsl_studio.jobs import label_import, steps, tables
from wsl_studio.jobs.manifest import VALUE, make_manifest
from wsl_studio.learn.collect import Sources, Warm
from wsl_studio.learn.round import Outcome, run_round
from wsl_studio.store.project import Project

VALIDATION_PARTS: Final = 6
"""One of so many parts of the groups that are not test is validation."""


@dataclass(frozen=True, eq=False)
class Study:
    """Images with labels, patient groups and masks.

    Args:
        folder: For rounds and cached features.
        series: By uid, in the order of their file names.
        groups: Patient group by uid.
        labels: What the reader said.
        findings: Learned and measured.
        masks: File of the truth mask by uid; for measuring only.
    """

    folder: Path
    series: dict[str, Series]
    groups: dict[str, str]
    labels: tuple[Row, ...]
    findings: tuple[str, ...]
    masks: dict[str, Path]

    def mask(self, uid: str) -> NDArray[np.bool_] | None:
        """(1, H, W) truth of a series; None without."""
        if uid not in self.masks:
            return None
        mask, series = read_mask(self.masks[uid]), self.series[uid]
        if mask.shape != (1, series.rows, series.columns):
            raise KnownError(f"The mask of {series.stem} has another size than its image.")
        return mask if mask.any() else None

    def is_present(self, uid: str, finding: str) -> bool | None:
        """The label of a series; None without a sure one."""
        for row in self.labels:
            if row.series_uid == uid and row.finding == finding and row.answer is not None:
                value = VALUE[row.answer]
                return None if value == 0.5 else value > 0.5
        return None


def open_study(data: Path, folder: Path, findings: Sequence[str] = ()) -> Study:
    """Imports ``images/`` and ``labels.csv`` of a data folder; masks are found, not imported.

    Raises:
        KnownError: There are none, or a finding is not in the table.
    """
    if not (data / "labels.csv").exists():
        raise KnownError("This bench needs a folder with images, masks and labels.csv.")
    table = tables.read_table(data / "labels.csv")
    if unknown := set(findings) - set(table.findings):
        raise KnownError(f"There is no finding {min(unknown)} in labels.csv.")
    with Project.create(folder, findings=()) as project:
        steps.take_index(project, drain(index_folder(data / "images", salt=project.salt)))
        label_import.take_labels(project, table)
        found = sorted(project.series(), key=lambda series: series.stem)
        labels = project.current()
    masks = {path.stem: path for path in sorted((data / "masks").glob("*.png"))}
    return Study(
        folder=folder,
        series={series.uid: series for series in found},
        groups={series.uid: table.patients.get(series.stem, series.stem) for series in found},
        labels=labels,
        findings=tuple(findings) or table.findings,
        masks={series.uid: masks[series.stem] for series in found if series.stem in masks},
    )


def deal(kinds: Mapping[str, str], parts: int, rng: np.random.Generator) -> dict[str, int]:
    """Part (from 0) of every group, groups of one kind spread evenly over the parts.

    Args:
        kinds: What a group is like (its labels), by group.
        parts: How many.
        rng: Shuffles groups of one kind.
    """
    by_kind: dict[str, list[str]] = defaultdict(list)
    for group in sorted(kinds):
        by_kind[kinds[group]].append(group)
    order = [same[i] for _, same in sorted(by_kind.items()) for i in rng.permutation(len(same))]
    return {group: k % parts for k, group in enumerate(order)}


def splits(study: Study, folds: int, seed: int) -> list[dict[str, Split]]:
    """The split by group of every fold; each group is test in exactly one."""
    said: dict[str, list[str]] = defaultdict(list)
    for row in study.labels:
        if row.finding in study.findings:
            said[study.groups[row.series_uid]].append(f"{row.finding} {row.answer}")
    kinds = {group: " ".join(sorted(set(said[group]))) for group in set(study.groups.values())}
    test = deal(kinds, folds, np.random.default_rng(seed))
    out = []
    for k in range(folds):
        rest = {group: kind for group, kind in kinds.items() if test[group] != k}
        inner = deal(rest, VALIDATION_PARTS, np.random.default_rng((seed, k)))
        parts: dict[str, Split] = dict.fromkeys(kinds, "test")
        for group, part in inner.items():
            parts[group] = "validation" if part == 0 else "train"
        out.append(parts)
    return out


def fold_manifest(
    study: Study, split: Mapping[str, Split], *, method: str, options: dict[str, Any],
    seed: int, number: int,
) -> Manifest:  # fmt: skip
    """The manifest of one fold, made as the program makes one: test labels are not in it."""
    chosen = steps.find_method(method)
    current = [row for row in study.labels if row.finding in study.findings]
    options = steps.fitted(
        chosen,
        options,
        is_pictures=steps.is_pictures(study.series.values()),
        is_many=steps.has_many(current, study.groups, split),
    )
    return make_manifest(
        number=number,
        findings=study.findings,
        patients=study.groups,
        split=split,
        current=current,
        label_revision=0,
        method=method,
        options=options,
        recipe=steps.make_recipe(chosen, options),
        seed=seed,
        device="auto",
    )


def share_out(options: Mapping[str, Any], methods: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Options by method: ``key`` goes to every one, ``method.key`` to one, over the other.

    Raises:
        KnownError: One is for a method that is not among these.
    """
    plain = {key: value for key, value in options.items() if "." not in key}
    out = {method: dict(plain) for method in methods}
    for key, value in options.items():
        method, dot, own = key.rpartition(".")
        if dot and method not in out:
            raise KnownError(
                f"{key} is an option of {method}, which is not compared here.",
                f"Methods compared: {', '.join(out)}.",
            )
        if dot:
            out[method][own] = value
    return out


class Runner:
    """Runs rounds of a study in this process; features are read from files once for all folds.

    Args:
        study: The images.
        features: Folder of cached features; kept between runs of the bench where it is given.
    """

    def __init__(self, study: Study, features: Path | None = None) -> None:
        self.study = study
        self.cache = features or study.folder / "cache" / "features"
        self.warm = Warm()
        keys = ContentKeys(study.folder / "cache" / "contents.json")
        self.sources = Sources(
            key=lambda uid: keys.key(study.series[uid]),
            read=lambda uid: read_volume(study.series[uid]),
        )

    def run(self, manifest: Manifest) -> tuple[Path, Outcome]:
        """One round to its end: its folder and outcome."""
        directory = self.study.folder / "rounds" / f"{manifest.number:04d}"
        directory.mkdir(parents=True)
        work = run_round(
            manifest,
            directory=directory,
            cache=self.cache,
            sources=self.sources,
            warm=self.warm,
            should_stop=lambda: False,
        )
        return directory, drain(work)
