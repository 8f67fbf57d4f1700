"""Rounds whose files are missing or damaged are put aside: they must keep nobody from labels."""

from pathlib import Path

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Steps
from wsl_studio.domain.words import say
from wsl_studio.jobs.ordering import crossfit_of, manifest_steps, score_steps, space_of
from wsl_studio.jobs.steps import current_round
from wsl_studio.store import rounds


def mend_steps(folder: Path) -> Steps[tuple[str, ...]]:
    """Puts every round aside that can't be shown, and back what can be again; with pauses.

    Of all rounds what they are listed by is read, of the current one also what the queue is made
    from. Both are kept, so nothing is read for this alone.

    Args:
        folder: Of a project that is open for writing.

    Returns:
        A sentence for the reader on each of them.

    Raises:
        KnownError: A file is there but can't be read, or a folder can't be renamed.
    """
    told = yield from _take_back(folder)
    for number in rounds.rounds(folder):
        path = rounds.round_dir(folder, number)
        if rounds.drop_empty(path):
            continue
        try:
            yield from manifest_steps(folder, number)
            rounds.read_metrics(path)
        except rounds.BrokenRoundError as trouble:
            told.append(_put_aside(folder, number, trouble))
    while last := current_round(folder):
        try:
            yield from score_steps(folder, last)
            space_of(folder, last)
            crossfit_of(folder, last)
            break
        except rounds.BrokenRoundError as trouble:
            told.append(_put_aside(folder, last, trouble))
    return tuple(told)


def _take_back(folder: Path) -> Steps[list[str]]:
    """A file came from a backup, or an older build did not know what a newer one had written."""
    told: list[str] = []
    for path in rounds.put_aside_before(folder):
        try:
            yield from rounds.labelled_steps(path)
            rounds.read_metrics(path)
            yield from rounds.score_steps(path)
            rounds.read_features(path)
            rounds.read_crossfit(path)
            told.append(say("Round {n} can be read again and is back.", n=rounds.take_back(path)))
        except KnownError:
            continue  # it stays where it is
    return told


def _put_aside(folder: Path, number: int, trouble: rounds.BrokenRoundError) -> str:
    there = rounds.put_aside(rounds.round_dir(folder, number))
    return say(
        "Round {n} was put aside as {name}; labels are not affected: {trouble}",
        n=number, name=there.name, trouble=trouble.sentence,
    )  # fmt: skip
