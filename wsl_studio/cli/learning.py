"""Verbs that learn and answer: train, evidence, queue, methods."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wsl_studio.cli.data import ProjectPath
from wsl_studio.cli.output import Json, answer, errors, known_trouble, out, progress_bar, run, table
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress
from wsl_studio.domain.round import (
    Epoch,
    FindingMetrics,
    Interval,
    Reported,
    Said,
)
from wsl_studio.jobs import steps
from wsl_studio.jobs.mending import mend_steps
from wsl_studio.jobs.training import run_to_end
from wsl_studio.learn.methods import DEFAULT, METHODS
from wsl_studio.store import rounds
from wsl_studio.store.project import Project


def train(
    project: ProjectPath,
    method: Annotated[str, typer.Option(help="See `wsl-studio methods`.")] = DEFAULT,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="An option.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    as_json: Json = False,
) -> None:
    """Trains one round on the labels as they are now, and scores it on the frozen test part."""
    if device not in ("auto", "cpu", "cuda"):
        raise typer.BadParameter("device is auto, cpu or cuda")
    with known_trouble():
        options = read_options(set_ or [])
        with Project.open(project) as held:
            for told in run(mend_steps(held.folder)):
                errors.print(told)
            directory, manifest = steps.prepare_round(
                held, method=method, options=options, seed=seed, device=device
            )
            run_round(directory)
        metrics = rounds.read_metrics(directory)
        if metrics is None:
            raise KnownError("The round ended without metrics.", f"See {directory}.")
    values = {
        "round": manifest.number,
        "method": method,
        "seconds": round(metrics.seconds, 1),
        "test": {name: flat(m) for name, m in metrics.test.items()},
        "validation": {name: flat(m) for name, m in metrics.validation.items()},
        "twin": None if metrics.twin is None else metrics.twin.model_dump(),
        "labelled": manifest.n_labelled,
        "seed": seed,
    }

    def show() -> None:
        rows = []
        for part in ("test", "validation"):
            for name, m in getattr(metrics, part).items():
                rows.append([part, name, m.n, m.n_positive, say(m.auc), say(m.ap),
                             say(m.pointing), m.n_pointing or ""])  # fmt: skip
        columns = ["part", "finding", "n", "present", "AUC", "AP", "pointing", "with truth"]
        table(f"Round {manifest.number}: {METHODS[method].title}, seed {seed}", columns, rows)
        out.print(
            f"{metrics.seconds:.0f} s, {manifest.n_labelled} labelled series;"
            " intervals are 95 %, bootstrap over patients"
        )

        if metrics.twin is not None:
            out.print(metrics.twin.told)

    answer(values, as_json=as_json, show=show)


def read_options(pairs: list[str]) -> dict[str, Any]:
    """``key=value`` pairs; values are JSON where they parse as it, otherwise text."""
    options: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"{pair!r} is not key=value")
        try:
            options[key] = json.loads(text)
        except json.JSONDecodeError:
            options[key] = text
    return options


def run_round(directory: Path) -> None:
    """Runs a round to its end with a bar; Ctrl+C keeps the best weights so far."""
    events = run_to_end(directory)
    with progress_bar() as report:
        try:
            for event in events:
                if isinstance(event, Reported):
                    report(Progress(event.done, event.total, event.stage))
                elif isinstance(event, Epoch):
                    report(Progress(event.epoch, event.epochs, f"loss {event.train_loss:.3f}"))
                elif isinstance(event, Said):
                    errors.print(event.sentence, markup=False, highlight=False, soft_wrap=True)
        except KeyboardInterrupt:
            errors.print("Stopping: the best weights so far are kept.")
            events.close()


def flat(metrics: FindingMetrics) -> dict[str, Any]:
    """Metrics of a finding for scripts: plain numbers, intervals beside them."""
    values: dict[str, Any] = {"n": metrics.n, "n_positive": metrics.n_positive}
    for name in ("auc", "ap", "pointing"):
        interval: Interval | None = getattr(metrics, name)
        values[name] = None if interval is None else round(interval.value, 4)
        if interval is not None:
            values[f"{name}_95"] = [round(interval.low, 4), round(interval.high, 4)]
    values["n_pointing"] = metrics.n_pointing
    for name in ("sensitivity", "specificity", "coverage", "decided"):
        share: float | None = getattr(metrics, name)
        if share is not None:
            values[name] = round(share, 4)
    if metrics.offset is not None:
        values["offset"] = metrics.offset.model_dump()
    if metrics.froc:
        values["froc"] = [list(pair) for pair in metrics.froc]
    return values


def say(interval: Interval | None) -> str:
    """``0.95 (0.90-1.00)`` or a dash."""
    if interval is None:
        return "-"
    return f"{interval.value:.2f} ({interval.low:.2f}-{interval.high:.2f})"


def evidence(
    project: ProjectPath,
    out_folder: Annotated[Path, typer.Option("--out", help="Where the files go.")],
    round_: Annotated[
        int | None, typer.Option("--round", help="The last one if not given.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Writes signed evidence: per series and finding a .npy in logits and an overlay PNG."""
    from wsl_studio.cli.overlays import write_evidence

    with known_trouble(), Project.open(project, is_read_only=True) as held:
        finished = steps.finished_rounds(held.folder)
        number = round_ or max(finished, default=0)
        if number not in finished:
            raise KnownError(
                f"There is no finished round {number}." if round_ else "There is no round yet.",
                "Train first.",
            )
        files = run(write_evidence(held, number, out_folder))
    answer(
        {"files": [str(file) for file in files], "round": number},
        as_json=as_json,
        show=lambda: out.print(f"{len(files)} files of round {number} in {out_folder}"),
    )


def queue(
    project: ProjectPath,
    reader: Annotated[str | None, typer.Option(help="Whose queue; the project's if none.")] = None,
    as_json: Json = False,
) -> None:
    """Prints the order in which unlabelled series are offered, each with its reason."""
    with known_trouble(), Project.open(project, is_read_only=True) as held:
        items = steps.queue_of(held, reader=reader)
        stems = {series.uid: series.stem for _, series in held.series_list()}

    def show() -> None:
        rows = [[i + 1, stems[q.series_uid], q.reason, f"{q.score:.2f}"]
                for i, q in enumerate(items)]  # fmt: skip
        table("Queue", ["place", "series", "reason", "score"], rows)

    listed = [{"series": stems[q.series_uid], "reason": q.reason, "score": q.score} for q in items]
    if as_json:
        out.file.write(json.dumps(listed) + "\n")
    else:
        show()


def methods(as_json: Json = False) -> None:
    """Lists every method with its source and options."""
    listed = [
        {
            "name": m.name,
            "title": m.title,
            "source": m.source,
            "options": m.Options.model_json_schema()["properties"],
        }
        for m in METHODS.values()
    ]

    def show() -> None:
        for m in METHODS.values():
            star = " (default)" if m.name == DEFAULT else ""
            out.print(f"[bold]{m.name}[/]{star}  {m.title}\n  {m.summary}\n  Source: {m.source}")
            for key, about in m.Options.model_json_schema()["properties"].items():
                text = f"    {key} = {about.get('default')}  {about.get('description', '')}"
                out.print(text, markup=False, highlight=False, style="dim")

    if as_json:
        out.file.write(json.dumps(listed) + "\n")
    else:
        show()
