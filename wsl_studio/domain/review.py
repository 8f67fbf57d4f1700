"""What a reader reviews before a round: suggestions that may join, how pure they are, doubts."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from wsl_studio.domain.doubt import Support
from wsl_studio.domain.label import Act, Answer, Row, effective_rows
from wsl_studio.domain.round import Interval

Z: Final = 1.959964
THRESHOLD: Final = 0.9
SPOT: Final = 5
"""Suggestions that a spot check draws."""

Pair = tuple[str, str]
"""(series uid, finding)."""


@dataclass(frozen=True)
class Joining:
    """A suggestion for a series of a training patient that nobody has answered.

    Args:
        series_uid: Which series.
        finding: Which finding.
        probability: Of present, as the last round has it.
        round: That round.
    """

    series_uid: str
    finding: str
    probability: float
    round: int

    @property
    def is_present(self) -> bool:
        """The suggested answer."""
        return self.probability >= 0.5

    @property
    def confidence(self) -> float:
        """Probability of the suggested answer, in [0.5, 1]."""
        return max(self.probability, 1 - self.probability)


@dataclass(frozen=True)
class Purity:
    """How many suggestions above a threshold were right where the answer is known.

    Args:
        right: So many were.
        n: Of so many.
        share: With its 95 % interval; None of none.
    """

    right: int
    n: int
    share: Interval | None


@dataclass(frozen=True)
class Doubt:
    """A label of this reader that heads and alike series contradict.

    Args:
        series_uid: Which series.
        finding: Which finding.
        answer: What the reader said.
        support: What speaks for it.
        slice: With the strongest evidence for the other answer, from 0.
    """

    series_uid: str
    finding: str
    answer: Answer
    support: Support
    slice: int


@dataclass(frozen=True)
class Review:
    """Everything the review page shows.

    Args:
        joining: All open suggestions, the surest first.
        audits: (confidence, was right) of suggestions on random audits.
        folds: Likewise of the light head, out of fold, on labels of training patients.
        vetoed: Suggestions that were turned down.
        doubts: Labels in doubt, the least trusted first.
        n_reader: Answers that readers gave.
        n_accepted: Answers that were suggestions.
        is_seen: True once the reader asked to see the suggestions of this round.
        round: The last round; 0 for none.
        hidden: Why nothing may be shown; empty when it may.
    """

    joining: tuple[Joining, ...] = ()
    audits: tuple[tuple[float, bool], ...] = ()
    folds: tuple[tuple[float, bool], ...] = ()
    vetoed: tuple[Pair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    n_reader: int = 0
    n_accepted: int = 0
    is_seen: bool = False
    round: int = 0
    hidden: str = field(default="")

    def above(self, threshold: float) -> tuple[Joining, ...]:
        """Suggestions that would join at a threshold."""
        return tuple(one for one in self.joining if one.confidence >= threshold)


def joining(
    probabilities: Mapping[str, Mapping[str, float]],
    *,
    teachable: Iterable[str],
    answered: Set[Pair],
    vetoed: Set[Pair],
    number: int,
) -> tuple[Joining, ...]:
    """Open suggestions, the surest first.

    Args:
        probabilities: By series and finding.
        teachable: Series of training patients; others never join.
        answered: What anybody has answered.
        vetoed: What a reader turned down.
        number: Of the round.
    """
    closed = answered | vetoed
    found = [
        Joining(uid, finding, p, number)
        for uid in teachable
        for finding, p in probabilities.get(uid, {}).items()
        if (uid, finding) not in closed
    ]
    return tuple(sorted(found, key=lambda one: (-one.confidence, one.series_uid, one.finding)))


def purity(judged: Sequence[tuple[float, bool]], threshold: float) -> Purity:
    """Share of right suggestions at or above a threshold."""
    above = [is_right for confidence, is_right in judged if confidence >= threshold]
    return Purity(sum(above), len(above), wilson(sum(above), len(above)))


def wilson(right: int, n: int) -> Interval | None:
    """A share with its 95 % interval.

    Source:
        Wilson 1927 (JASA); unlike the normal one it is right for few and for all.
    """
    if not n:
        return None
    share, z2 = right / n, Z * Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5
    return Interval(value=share, low=max(0.0, centre - half), high=min(1.0, centre + half))


def spot_check(found: Sequence[Joining], *, seed: int) -> tuple[Joining, ...]:
    """A few of the suggestions by chance; the same ones until some are decided."""

    def draw(one: Joining) -> bytes:
        return sha256(f"{seed}:{one.series_uid}:{one.finding}".encode()).digest()

    return tuple(sorted(found, key=draw)[:SPOT])


def vetoes(rows: Sequence[Row]) -> tuple[Pair, ...]:
    """What readers turned down and did not answer later: never a pseudo-label."""
    out: dict[Pair, None] = {}
    for row in effective_rows(rows):
        pair = (row.series_uid, row.finding)
        if row.act is Act.REJECT and not row.is_control:
            out[pair] = None
        elif row.act is Act.SAY:
            out.pop(pair, None)
    return tuple(out)
