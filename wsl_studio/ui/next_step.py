"""The one next thing to do, so that one button at a time carries the accent."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from wsl_studio.jobs.values import RoundRow, RoundState, SeriesRow

ENOUGH: Final = 10
"""Newly labelled series after which a round is worth its minute."""


class Step(StrEnum):
    """What a reader should do next."""

    IMPORT = "import"
    LABEL = "label"
    NEXT = "next series"
    TRAIN = "train"


def n_teaching(rows: Sequence[SeriesRow]) -> int:
    """Series with an answer whose patient is not a test patient: what a round learns from."""
    return sum(1 for row in rows if row.answers and row.split != "test")


def next_step(
    rows: Sequence[SeriesRow],
    rounds: Sequence[RoundRow],
    *,
    is_answered: bool,
    n_waiting: int,
    is_current: bool,
    taught: int | None = None,
) -> Step:
    """What to do next.

    Args:
        rows: Every series.
        rounds: Oldest first.
        is_answered: True if every finding of the series on screen has an answer.
        n_waiting: Series in the queue.
        is_current: False if labels changed since the last round.
        taught: ``n_teaching`` of the rows, where that is known.
    """
    if not rows:
        return Step.IMPORT
    is_running = any(row.state is RoundState.RUNNING for row in rounds)
    done = [row for row in rounds if row.state in (RoundState.FINISHED, RoundState.STOPPED)]
    taught = n_teaching(rows) if taught is None else taught
    new = taught - (done[-1].n_labelled if done else 0)
    if not is_running and (new >= ENOUGH or (n_waiting == 0 and (not done or not is_current))):
        return Step.TRAIN
    return Step.NEXT if is_answered and n_waiting else Step.LABEL
