"""How every verb speaks: progress on stderr, one JSON object or a table on stdout, exit codes."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, Steps, drain

T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout and nothing else.")]

PIPE_WIDTH: Final = 240
"""Columns where nobody says how many there are: rich would cut the cells of a table to fit 80."""

errors = Console(stderr=True)
out = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPE_WIDTH)


@contextmanager
def known_trouble() -> Iterator[None]:
    """Turns a ``KnownError`` into one sentence on stderr and exit code 1."""
    try:
        yield
    except KnownError as trouble:
        errors.print(str(trouble), style="bold", highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(1) from trouble
    except KeyboardInterrupt:
        errors.print("Stopped.")
        raise typer.Exit(1) from None


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """A bar on stderr with time left; silent where stderr is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Bar(*columns, console=errors, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=None)

        def report(progress: Progress) -> None:
            bar.update(
                task,
                description=progress.text,
                completed=progress.done,
                total=progress.total or None,
            )

        yield report


def run(steps: Steps[T]) -> T:
    """Runs a long step with its bar."""
    with progress_bar() as report:
        return drain(steps, report)


def answer(values: dict[str, Any], *, as_json: bool, show: Callable[[], None]) -> None:
    """Prints the answer of a verb: the JSON object, or what ``show`` prints for people."""
    if as_json:
        sys.stdout.write(json.dumps(values, default=str) + "\n")
    else:
        show()


def table(title: str, columns: list[str], rows: list[list[Any]]) -> None:
    """Prints a table."""
    made = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        made.add_column(column)
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    out.print(made)
