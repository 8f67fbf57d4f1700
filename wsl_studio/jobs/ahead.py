"""What a round goes on from, and how long the last one of its kind took: told before it trains."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import say_span
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import ANEW, Anew, stays
from wsl_studio.domain.words import say, strung
from wsl_studio.jobs.ordering import manifest_of
from wsl_studio.jobs.values import RoundRow

GROWN: Final = 1.5
"""Times as many labelled series as a backbone was trained on, from which it is trained anew."""


def start_of(
    folder: Path,
    last: int,
    recipe: Recipe,
    findings: tuple[str, ...],
    n_labelled: int,
    *,
    rename: Callable[[str], str],
) -> tuple[int, Anew]:
    """The last round if a new one may begin with its weights; 0 otherwise, and why.

    0 too where the backbone that it hands on was trained on far fewer series than are labelled now.

    Args:
        folder: Of the project.
        last: Number of the current round; 0 without any.
        recipe: Of the new one.
        findings: Of the new one.
        n_labelled: Series that will teach or validate it.
        rename: Today's name of a finding for the one that a round knew it by.

    Raises:
        KnownError: If what the last round was made from can't be read.
    """
    if not last:
        return 0, ""
    before = manifest_of(folder, last)
    learns = learns_backbone(before.recipe) and learns_backbone(recipe)
    if before.recipe != recipe:
        return 0, "options" if learns else ""
    if tuple(map(rename, before.findings)) != findings:
        return 0, "findings" if learns else ""
    if learns:
        try:
            while before.warm_from:
                before = manifest_of(folder, before.warm_from)
        except KnownError:  # nobody knows on how many series it was trained
            return 0, "lost"
        if n_labelled > GROWN * before.n_labelled:
            return 0, "labels"
    return last, ""


def learns_backbone(recipe: Recipe) -> bool:
    """True where a round that begins anew trains a part of the backbone."""
    return recipe.backbone.train_from is not None


def foretold(folder: Path, start: tuple[int, Anew], rounds: Iterable[RoundRow]) -> str:
    """What the reader is told of a round that may train a backbone, before it does.

    Args:
        folder: Of the project.
        start: Of ``start_of``.
        rounds: Those of the project, oldest first: the last one whose backbone learned, or did not,
            like that of the new one says how long it takes.
    """
    last, anew = start
    text = stays(last) if last else ANEW[anew]
    done = [(row.number, row.metrics.seconds) for row in rounds if row.metrics is not None]
    for number, seconds in reversed(done):
        try:
            made = manifest_of(folder, number)
        except KnownError:  # nobody knows what kind it was
            continue
        if learns_backbone(made.recipe) and bool(made.warm_from) == bool(last):
            took = say("About {time}, as round {n}.", time=say_span(seconds), n=number)
            return strung(" ", (took, text))
    return text
