"""The order in which unlabelled series are offered, each with its reason in a line."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import filterfalse
from math import isnan, nan
from typing import Final

import numpy as np

from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.domain.space import Space
from wsl_studio.domain.words import say, strung

PAUSE_EVERY: Final = 500
"""Series between two places to pause: 2 ms."""

SIFT_EVERY: Final = 10 * PAUSE_EVERY
"""The same where they are only looked up: 1 ms."""

AUDIT_EVERY: Final = 5
"""Every fifth place is a random audit, so that the queue can be checked against chance."""

DISPUTE_AT, DOUBT_AT, RARE_AT = 1, 3, 7
"""Places in ten that are kept for series on which readers disagree, for labels that may be
mistakes, and for findings with few labels of one kind, where there are any."""

LEAST: Final = 0.1
"""Weight of a series whose answers are sure: one far from all labels is still worth a look."""

EASY: Final = 0.1
"""Uncertainty below which a series is left to the curriculum."""

RARE_SHARE, RARE_FROM = 0.2, 10
"""A kind of answer is rare below this share of the answers, once there are so many."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One place in the queue.

    Args:
        series_uid: Which series.
        reason: One line for the reader.
        score: Priority in [0, 1]; what the order was made from.
    """

    series_uid: str
    reason: str
    score: float


@dataclass(frozen=True)
class Known:
    """What the queue may know besides which series want an answer.

    Args:
        probabilities: Of each finding by series, from the last round.
        space: Of the series whose features are there; None without any.
        labelled: Series with a label.
        counts: Series answered (present, absent) by finding.
        held: Series of validation and test patients. They come at random only: a choice by the
            model would make the scores of rounds those of a chosen sample.
        disputed: Finding on which other readers disagree, by series.
        doubtful: Finding whose label may be a mistake, by series; these have their answers.
    """

    probabilities: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    space: Space | None = None
    labelled: Sequence[str] = ()
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    held: Set[str] = frozenset()
    disputed: Mapping[str, str] = field(default_factory=dict)
    doubtful: Mapping[str, str] = field(default_factory=dict)


def make_queue(unlabelled: Sequence[str], known: Known, *, seed: int) -> tuple[QueueItem, ...]:
    """The whole queue at once; see ``queue_steps``."""
    return drain(queue_steps(drain(shuffle_steps(unlabelled, seed)), known))


def queue_steps(shuffled: Sequence[str], known: Known) -> Steps[tuple[QueueItem, ...]]:
    """Orders series: one for each group of alike ones first, then uncertain times new.

    Places count from the series that are labelled already, so that audits and the other kept
    places come to the top one after the other while a reader labels.

    Args:
        shuffled: Series that still want an answer, as ``shuffle_steps`` orders them.
        known: What a round, the cache and the journal say.
    """
    n = len(shuffled)
    yield Progress(0, n)
    if known.doubtful:
        n += len(set(known.doubtful).difference(shuffled))
    free = yield from sift_steps(shuffled, known.held, is_in=False)
    audits = (yield from sift_steps(shuffled, known.held, is_in=True)) or shuffled
    placed: set[str] = set()
    item: QueueItem | None = None
    sources: dict[str, Iterator[QueueItem | None]] = {
        "audit": (QueueItem(uid, _AUDIT, 0.5) for uid in audits if uid not in placed),
        "dispute": _named(shuffled, known.disputed, say("readers disagree")),
        "doubt": _named(sorted(known.doubtful), known.doubtful, say("possible mislabel")),
        "rare": _rare(free, known),
        "ranked": _ranked(free, known),
        "rest": (QueueItem(uid, _AUDIT, 0.5) for uid in shuffled if uid not in placed),
    }
    out: list[QueueItem] = []
    while len(out) < n:
        if len(out) % PAUSE_EVERY == 0:
            yield Progress(len(out), n)
        wanted = (_kind(len(known.labelled) + len(out)), "ranked", "rest", "doubt")
        for kind in wanted:
            for item in sources[kind]:
                if item is None:
                    yield Progress(len(out), n)
                elif item.series_uid not in placed:
                    break
            else:
                continue
            break
        assert item is not None, "every series is in a source"
        placed.add(item.series_uid)
        out.append(item)
    return tuple(out)


def sift_steps(uids: Sequence[str], among: Set[str], *, is_in: bool) -> Steps[list[str]]:
    """Series that are among others, or those that are not, in order."""
    which = filter if is_in else filterfalse
    out: list[str] = []
    for at in range(0, len(uids), SIFT_EVERY):
        yield Progress(at, len(uids))
        out += which(among.__contains__, uids[at : at + SIFT_EVERY])
    return out


def shuffle_steps(uids: Sequence[str], seed: int) -> Steps[list[str]]:
    """Series in the order of audits and ties; the same seed gives the same order.

    By hash, not by shuffle: a series that leaves the queue must not move the others.
    """
    digests = []
    for i, uid in enumerate(uids):
        if i % PAUSE_EVERY == 0:
            yield Progress(0, len(uids))
        digests.append(sha256(f"{seed}:{uid}".encode()).digest()[:8])
    # As numbers: much quicker than Python's sort. Two that are equal keep their order.
    words = np.frombuffer(b"".join(digests), ">u8").astype(np.uint64)
    yield Progress(0, len(uids))
    order = np.argsort(words, kind="stable")
    out: list[str] = []
    for at in range(0, len(uids), SIFT_EVERY):
        yield Progress(at, len(uids))
        out += [uids[i] for i in order[at : at + SIFT_EVERY].tolist()]
    return out


_AUDIT: Final = say("random audit of the queue")
UNLIKE: Final = say("unlike anything labelled")


def _kind(place: int) -> str:
    """Which source a place takes from, counted from the first label of the project."""
    if place % AUDIT_EVERY == AUDIT_EVERY - 1:
        return "audit"
    return {DISPUTE_AT: "dispute", DOUBT_AT: "doubt", RARE_AT: "rare"}.get(place % 10, "ranked")


def _named(uids: Sequence[str], found: Mapping[str, str], why: str) -> Iterator[QueueItem | None]:
    return (QueueItem(uid, strung(": ", (why, found[uid])), 1.0) for uid in uids if uid in found)


def _rare(uids: Sequence[str], known: Known) -> Iterator[QueueItem | None]:
    """Series that most likely have an answer that few series have; which one is not told."""
    wanted = []
    for finding, (present, absent) in known.counts.items():
        total, least = present + absent, min(present, absent)
        if total >= RARE_FROM and least < RARE_SHARE * total:
            wanted.append((least / total, finding, present < absent))
    for _, finding, is_present in sorted(wanted):
        chances = [
            (p if is_present else 1 - p, uid)
            for uid in uids
            if (p := known.probabilities.get(uid, {}).get(finding)) is not None
        ]
        for chance, uid in sorted(chances, reverse=True):
            yield QueueItem(
                uid, say("{finding} has few labels of one kind", finding=finding), chance
            )


def _ranked(uids: Sequence[str], known: Known) -> Iterator[QueueItem | None]:
    """First a series of every group without a label, then by uncertainty times novelty.

    None is a place to pause.
    """
    space, labelled = known.space, known.labelled
    if space is not None:
        for uid, size in space.first_of_groups(uids, labelled).items():
            many = say("unlike anything labelled, stands for {n} series", n=size)
            yield QueueItem(uid, many if size > 1 else UNLIKE, 1.0)
    if not known.probabilities:
        why = say("random: no round yet")
        yield from (QueueItem(uid, why, 0.5) for uid in uids)
        return
    unsure: list[float] = []  # NaN without a score
    new: list[float] = []  # NaN without features
    for at in range(0, len(uids), PAUSE_EVERY):
        yield None
        some = uids[at : at + PAUSE_EVERY]
        unsure += [_unsure(known.probabilities.get(uid)) for uid in some]
        found = {} if space is None else space.novelty(some, labelled)
        new += [found.get(uid, nan) for uid in some]
    yield None
    ranks = _ranks(unsure)
    yield None
    new_ranks = _ranks(new)
    items: list[QueueItem] = []
    unseen, easy = say("not yet seen by a round"), say("easy: a candidate for the curriculum")
    for i, uid in enumerate(uids):
        if i % PAUSE_EVERY == 0:
            yield None
        if isnan(unsure[i]):
            items.append(QueueItem(uid, unseen, 0.5))
            continue
        novelty = 1.0 if isnan(new[i]) else new[i]
        if unsure[i] < EASY:
            why = easy
        elif ranks[i] >= new_ranks[i]:
            nearest = min(known.probabilities[uid].items(), key=lambda pair: abs(pair[1] - 0.5))
            why = say("uncertain: {finding}", finding=nearest[0])
        else:
            why = UNLIKE
        items.append(QueueItem(uid, why, novelty * (unsure[i] + LEAST) / (1 + LEAST)))
    yield None
    order = np.argsort([-item.score for item in items], kind="stable")
    del unsure, new, ranks, new_ranks
    yield None
    yield from (items[i] for i in order)


def _unsure(found: Mapping[str, float] | None) -> float:
    """How unsure a series is, in [0, 1]; NaN without a score."""
    return sum(1 - 2 * abs(p - 0.5) for p in found.values()) / len(found) if found else nan


def _ranks(values: Sequence[float]) -> list[int]:
    """Place of each value among those that are none of them NaN, from the smallest; 0 for NaN."""
    all_of_them = np.asarray(values)
    there = np.flatnonzero(~np.isnan(all_of_them))
    ranks = np.zeros(len(values), np.intp)
    ranks[there[np.argsort(all_of_them[there], kind="stable")]] = np.arange(len(there))
    out: list[int] = ranks.tolist()
    return out
