"""Verbs that bring data in and labels in and out: demo, import, labels, truth."""

from pathlib import Path
from typing import Annotated

import typer

from wsl_studio.cli.output import Json, answer, known_trouble, out, run, table
from wsl_studio.domain.errors import KnownError
from wsl_studio.jobs import label_import, steps, tables
from wsl_studio.jobs.demo import FEWEST, PATIENTS, make_demo_project
from wsl_studio.store.project import Project

ProjectPath = Annotated[Path, typer.Argument(metavar="P", help="Folder of the project.")]


def demo(
    project: Annotated[Path | None, typer.Option(help="Where to make it.")] = None,
    window: Annotated[bool, typer.Option(help="Open the window on it.")] = True,
    patients: Annotated[int, typer.Option(min=FEWEST, help="Phantom patients.")] = PATIENTS,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 0,
    as_json: Json = False,
) -> None:
    """Makes the phantom project and opens the window on it."""
    folder = (project or Path.home() / "wsl-studio-demo").resolve()
    with known_trouble():
        made = run(make_demo_project(folder, patients=patients, seed=seed))
    answer(
        {"project": str(made.folder), "series": made.series, "labelled": made.labelled},
        as_json=as_json,
        show=lambda: out.print(
            f"{made.series} phantom series (no patients), {made.labelled} labelled,"
            f" in {made.folder}",
            soft_wrap=True,
        ),
    )
    if window:
        from wsl_studio.ui.app import run as run_window

        raise typer.Exit(run_window(made.folder))


def import_(
    folder: Annotated[Path, typer.Argument(help="Folder (to its bottom), ZIP or DICOMDIR.")],
    project: Annotated[Path, typer.Option(help="Project; made if it is not there.")],
    as_json: Json = False,
) -> None:
    """Indexes a folder; the files stay where they are."""
    from wsl_studio.dicom.index import index_folder

    with known_trouble():
        if not folder.exists():
            raise KnownError(f"There is no folder or file {folder}.")
        is_there = (project / "project.db").exists()
        with Project.open(project) if is_there else Project.create(project, findings=()) as held:
            cache = held.folder / "cache" / "headers.jsonl"
            index = run(index_folder(folder.resolve(), salt=held.salt, cache=cache))
            added, known = steps.take_index(held, index)
    passed = [{"path": p.path, "reason": p.reason} for p in index.passed_over]

    def show() -> None:
        read = [[s.modality, s.n_slices, f"{s.columns} x {s.rows}", s.slices[0].path,
                 " ".join(s.notes)] for s in index.series]  # fmt: skip
        table("Series", ["modality", "slices", "size", "first file", "notes"], read)
        if passed:
            table("Passed over", ["file", "reason"], [[p["path"], p["reason"]] for p in passed])
        out.print(
            f"{len(index.series)} series ({added} new, {known} known), {index.n_images} images,"
            f" {len(passed)} files passed over"
        )

    values = {"series": len(index.series), "images": index.n_images, "passed_over": passed}
    answer(values, as_json=as_json, show=show)


def labels(
    project: ProjectPath,
    import_file: Annotated[Path | None, typer.Option("--import", help="CSV to add.")] = None,
    export_file: Annotated[Path | None, typer.Option("--export", help="CSV to write.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what an import would do, and do nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Adds labels of a CSV (it never overwrites), or writes the current ones."""
    if (import_file is None) == (export_file is None):
        raise typer.BadParameter("give one of --import and --export")
    if dry_run and import_file is None:
        raise typer.BadParameter("--dry-run goes with --import")
    with known_trouble():
        if import_file is not None:
            read = tables.read_table(import_file)
            with Project.open(project, is_read_only=dry_run) as held:
                act = label_import.plan_labels if dry_run else label_import.take_labels
                done = act(held, read)
            values = {
                "added": done.added,
                "unchanged": done.unchanged,
                "unknown": list(done.unknown),
                "conflicting": [
                    {"series": c.key, "finding": c.entry.finding, "stands": c.stands,
                     "file": c.entry.answer}
                    for c in done.conflicting
                ],
                "new_findings": list(done.new_findings),
                "dry_run": dry_run,
            }  # fmt: skip
            text = (
                f"{done.added} labels {'would be ' if dry_run else ''}added, "
                f"{done.unchanged} unchanged, {len(done.conflicting)} conflicting and left out, "
                f"{len(done.unknown)} series unknown"
            )
            if done.unknown:
                text += ": " + ", ".join(done.unknown[:20])
        else:
            assert export_file is not None
            with Project.open(project, is_read_only=True) as held:
                stems = {series.uid: series.stem for _, series in held.series_list()}
                n = tables.write_table(export_file, held.current(), stems)
            values = {"exported": n, "file": str(export_file)}
            text = f"{n} labels written to {export_file}"
    answer(values, as_json=as_json, show=lambda: out.print(text, soft_wrap=True))


def truth(
    project: ProjectPath,
    masks: Annotated[Path, typer.Option(help="Folder of masks named by stem or UID.")],
    finding: Annotated[
        str | None, typer.Option(help="The finding that the masks show; all if not given.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Registers localization truth, for evaluation only: training never sees it."""
    with known_trouble():
        if not masks.is_dir():
            raise KnownError(f"There is no folder {masks}.")
        with Project.open(project) as held:
            n, without = run(steps.take_truth(held, masks, finding=finding))
    answer(
        {"series": n, "without": without},
        as_json=as_json,
        show=lambda: out.print(f"{n} series with truth, {without} without"),
    )
