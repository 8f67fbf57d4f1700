"""The verb evaluate: what a finished round is worth, where its maps peak, how far to trust it."""

from typing import Annotated

import typer

from wsl_studio.cli.data import ProjectPath
from wsl_studio.cli.learning import flat, say
from wsl_studio.cli.output import Json, answer, known_trouble, out, table
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.round import Metrics, Offset, Score
from wsl_studio.jobs import steps
from wsl_studio.store.project import Project

COLUMNS = ["part", "finding", "n", "present", "AUC", "AP", "pointing", "offset, cells",
           "sensitivity", "specificity", "coverage", "decided"]  # fmt: skip


def evaluate(
    project: ProjectPath,
    round_: Annotated[
        int | None, typer.Option("--round", help="The last one if not given.")
    ] = None,
    scores: Annotated[bool, typer.Option("--scores", help="Every series, too.")] = False,
    as_json: Json = False,
) -> None:
    """Prints metrics of a round: accuracy, offset of its maps, thresholds and sets of answers."""
    with known_trouble(), Project.open(project, is_read_only=True) as held:
        number = round_ or max(steps.finished_rounds(held.folder), default=0)
        metrics = held.read_metrics(number) if number in held.rounds() else None
        if metrics is None:
            raise KnownError(
                f"There is no finished round {number}." if round_ else "There is no round yet.",
                "Train first.",
            )
        stems = {series.uid: series.stem for _, series in held.series_list()}
        found = held.read_scores(number) if scores else {}
    listed = {stems[uid]: by_finding for uid, by_finding in found.items() if uid in stems}
    values = {
        "round": number,
        "test": {name: flat(m) for name, m in metrics.test.items()},
        "validation": {name: flat(m) for name, m in metrics.validation.items()},
        "reliable": {name: r.model_dump() for name, r in metrics.reliable.items()},
        "temperature": metrics.temperature,
    }
    if scores:
        values["scores"] = {
            stem: {finding: score.model_dump() for finding, score in by_finding.items()}
            for stem, by_finding in listed.items()
        }
    answer(values, as_json=as_json, show=lambda: show(number, metrics, listed))


def show(number: int, metrics: Metrics, listed: dict[str, dict[str, Score]]) -> None:
    """Prints the tables for people."""
    rows = [
        [part, name, m.n, m.n_positive, say(m.auc), say(m.ap), say(m.pointing),
         say_cells(m.offset), *map(share, (m.sensitivity, m.specificity, m.coverage, m.decided))]
        for part, found in (("test", metrics.test), ("validation", metrics.validation))
        for name, m in found.items()
    ]  # fmt: skip
    table(f"Round {number}", COLUMNS, rows)
    for name, one in metrics.reliable.items():
        called = f"{name} is called present from {one.threshold:+.2f} logits"
        sets = (
            f"; its sets of answers should hold the true one in {one.coverage:.0%} of series"
            if one.quantile is not None
            else f". {one.sentence}" if one.sentence else ""
        )  # fmt: skip
        end = "" if sets.endswith(".") else "."
        out.print(f"{called}{sets}{end}", highlight=False, markup=False, soft_wrap=True)
    if listed:
        scored = [
            [stem, finding, f"{score.score:+.2f}", f"{score.probability:.2f}", score.set or "-"]
            for stem, by_finding in sorted(listed.items())
            for finding, score in by_finding.items()
        ]
        table("Scores", ["series", "finding", "score", "probability", "possible"], scored)


def say_cells(offset: Offset | None) -> str:
    """``+0.4, -1.6 (n 12) exceeds a cell`` or a dash."""
    if offset is None:
        return "-"
    mark = " exceeds a cell" if offset.exceeds else ""
    return f"{offset.dy:+.1f}, {offset.dx:+.1f} (n {offset.n}){mark}"


def share(value: float | None) -> str:
    """``0.91`` or a dash."""
    return "-" if value is None else f"{value:.2f}"
