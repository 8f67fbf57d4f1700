"""The demo project: phantoms of our own, a third of them labelled, the rest for the reader."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Entry, Source
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.jobs import steps
from wsl_studio.store.migrate import inspect
from wsl_studio.store.project import Project
from wsl_studio.store.schema import REVISIONS

FINDINGS: Final = ("nodule", "effusion")
DEMO_READER: Final = "demo"
PATIENTS: Final = 60
FEWEST: Final = 6
"""Patients of a demo, at least."""


@dataclass(frozen=True)
class Demo:
    """What was made: the folder, its series, and how many came labelled."""

    folder: Path
    series: int
    labelled: int


def make_demo_project(folder: Path, *, patients: int = PATIENTS, seed: int = 0) -> Steps[Demo]:
    """Makes the demo project, or finds it ready.

    A third of the patients come labelled, none of them of the test part: the test part is scored
    with the truth of the phantoms, which is kept for evaluation and never reaches training.

    Raises:
        KnownError: The folder holds something else.
    """
    from wsl_studio.dicom.index import index_folder
    from wsl_studio.dicom.phantom_files import make_demo

    if (folder / "project.db").exists():
        if inspect(folder / "project.db") != REVISIONS[-1]:
            Project.open(folder).close()  # brings the demo of an older version up to date
        with Project.open(folder, is_read_only=True) as project:
            if project.get_meta("demo") == "ready":
                return _describe(folder, project)
            if not project.get_meta("demo"):
                raise KnownError(
                    "This folder holds another project.", "Choose another with --project."
                )
    elif folder.exists() and any(folder.iterdir()):
        raise KnownError("This folder is not empty.", "Choose another with --project.")
    made = yield from make_demo(folder / "phantom", patients=patients, seed=seed)
    is_new = not (folder / "project.db").exists()
    with (
        Project.create(folder, findings=FINDINGS, name="Phantom demo")
        if is_new
        else Project.open(folder)
    ) as project:
        project.set_meta("demo", "unfinished")
        index = yield from index_folder(
            folder / "phantom" / "dicom",
            salt=project.salt,
            cache=folder / "cache" / "headers.jsonl",
        )
        steps.take_index(project, index)
        project.extend_split(steps.SPLIT_SEED)
        yield Progress(0, 0, "Labelling a third of the phantoms")
        split = project.split()
        parts = {series.uid: split[series.patient_key] for _, series in project.series_list()}
        teachable = [series for series in made if parts.get(series.uid) != "test"]
        entries = [
            Entry(
                act=Act.SAY,
                series_uid=series.uid,
                reader=DEMO_READER,
                finding=finding,
                answer=Answer.PRESENT if is_present else Answer.ABSENT,
                source=Source.IMPORT,
            )
            for series in teachable[: patients // 3]
            for finding, is_present in series.findings.items()
        ]
        if not project.current():
            project.append_many(entries)
        yield from steps.take_truth(project, folder / "phantom" / "truth")
        project.set_meta("demo", "ready")
        return _describe(folder, project)


def _describe(folder: Path, project: Project) -> Demo:
    labelled = {row.series_uid for row in project.current() if row.reader == DEMO_READER}
    return Demo(folder, len(project.series_list()), len(labelled))
