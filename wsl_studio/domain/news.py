"""What a round changed: answers that turned, evidence that moved, and whether choosing pays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from wsl_studio.domain.crossfit import Outlook
from wsl_studio.domain.doubt import Support
from wsl_studio.domain.review import wilson
from wsl_studio.domain.round import Interval, Score

MOVED: Final = 1.0
"""Logits by which the evidence of a series must change to be called moved."""

Scores = Mapping[str, Mapping[str, Score]]


@dataclass(frozen=True)
class Turn:
    """A series and finding of which two rounds say different things.

    Args:
        series_uid: Which series.
        finding: Which finding.
        before: Score of the earlier round.
        after: Score of the later one.
    """

    series_uid: str
    finding: str
    before: Score
    after: Score

    @property
    def is_flip(self) -> bool:
        """True if the answer itself turned."""
        return (self.before.probability >= 0.5) != (self.after.probability >= 0.5)

    @property
    def moved(self) -> float:
        """How far the sums for and against moved, logits >= 0."""
        return abs(self.after.positive - self.before.positive) + abs(
            self.after.negative - self.before.negative
        )


def turns(before: Scores, after: Scores, *, among: Iterable[str]) -> tuple[Turn, ...]:
    """Answers that flipped first, then evidence that moved, the furthest first.

    Args:
        before: Of the earlier round.
        after: Of the later one.
        among: Series that may be told of: those whose reader has committed.
    """
    found = [
        Turn(uid, finding, before[uid][finding], after[uid][finding])
        for uid in among
        if uid in before and uid in after
        for finding in after[uid]
        if finding in before[uid]
    ]
    told = [one for one in found if one.is_flip or one.moved >= MOVED]
    return tuple(sorted(told, key=lambda one: (not one.is_flip, -one.moved)))


@dataclass(frozen=True)
class Choosing:
    """Whether what the queue chooses teaches more than chance: how often it surprises.

    Args:
        chosen: (wrong, n) of heads that never saw the patient, on labels the queue chose.
        audits: Likewise on random audits.
        difference: Of the two shares, with its 95 % interval; None of none.
    """

    chosen: tuple[int, int]
    audits: tuple[int, int]
    difference: Interval | None


def choosing(supports: Mapping[str, Mapping[str, Support]], held: Iterable[str]) -> Choosing:
    """Compares surprises on chosen labels and on audits, which come from held patients.

    Source:
        Interval of a difference of shares: Newcombe 1998 (Stat. Med.), method 10.
    """
    is_held = set(held)
    counts = {True: [0, 0], False: [0, 0]}
    for uid, found in supports.items():
        for one in found.values():
            count = counts[uid in is_held]
            count[0] += (one.probability >= 0.5) != one.present
            count[1] += 1
    (a, n), (b, m) = counts[False], counts[True]
    x, y = wilson(a, n), wilson(b, m)
    span = None
    if x is not None and y is not None:
        d = x.value - y.value
        low = d - ((x.value - x.low) ** 2 + (y.high - y.value) ** 2) ** 0.5
        high = d + ((x.high - x.value) ** 2 + (y.value - y.low) ** 2) ** 0.5
        span = Interval(value=d, low=low, high=high)
    return Choosing((a, n), (b, m), span)


@dataclass(frozen=True)
class News:
    """What the rounds page shows.

    Args:
        current: Number of the round whose evidence is shown; 0 for none.
        finished: Numbers of all whole rounds.
        against: The round it is compared with; 0 for none.
        turns: What changed from that one to the current one, where it may be told.
        n_hidden: Changes of series that still want this reader's answer.
        outlook: By finding.
        choosing: Whether the queue beats chance here; None before the first round.
        case: (round, scores by finding) of the series on screen, where it may be seen.
    """

    current: int = 0
    finished: tuple[int, ...] = ()
    against: int = 0
    turns: tuple[Turn, ...] = ()
    n_hidden: int = 0
    outlook: Mapping[str, Outlook] | None = None
    choosing: Choosing | None = None
    case: tuple[tuple[int, Mapping[str, Score]], ...] = ()
