"""The lines of all series and of the queue, made in slices; an act renews only those it touches."""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final, NamedTuple

from wsl_studio.domain.label import Act, Row, current_labels
from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.domain.queue import QueueItem, shuffle_steps
from wsl_studio.domain.reread import ReReads, rereads
from wsl_studio.domain.round import Split
from wsl_studio.domain.series import Series
from wsl_studio.domain.words import say
from wsl_studio.jobs import steps
from wsl_studio.jobs.case_rows import PAUSE_EVERY, row_steps, with_rereads
from wsl_studio.jobs.rounds_desk import RoundsDesk
from wsl_studio.jobs.values import LabelState, SeriesRow
from wsl_studio.store.project import Project

AT_ONCE: Final = 2000
"""Series for which everything is worked out at once, in 40 ms at most."""

FEW: Final = 50
"""Lines that an act renews at once; the others follow."""

BACK: Final = say("an answer was taken back")
"""Reason of a series that has come back to the queue, until the queue is worked out."""

Listed = Iterable[tuple[int, Series]]


class Counts(NamedTuple):
    """Series labelled, with any answer, and with one that teaches."""

    labelled: int = 0
    answered: int = 0
    teaching: int = 0

    @classmethod
    def of(cls, row: SeriesRow) -> "Counts":
        """One line."""
        is_said = bool(row.answers)
        return cls(row.state is LabelState.LABELLED, is_said, is_said and row.split != "test")

    def plus(self, other: "Counts", sign: int = 1) -> "Counts":
        """Both together, or without the other."""
        return Counts(*(a + sign * b for a, b in zip(self, other, strict=True)))


def _count(rows: Iterable[SeriesRow]) -> Steps[Counts]:
    counts = [0, 0, 0]
    for i, row in enumerate(rows):
        if i % PAUSE_EVERY == 0:
            yield Progress(i, 0)
        if row.answers or row.state is LabelState.LABELLED:
            counts = [a + b for a, b in zip(counts, Counts.of(row), strict=True)]
    return Counts(*counts)


def _freed(items: deque[QueueItem]) -> Iterator[tuple[str, str]]:
    """Series and reason of each place, let go one by one: all at once takes 30 ms."""
    while items:
        item = items.popleft()
        yield item.series_uid, item.reason


class Lines(RoundsDesk):
    """The part of the desk that lists series.

    With more than ``AT_ONCE`` series an act changes the lines of the series that it was about,
    at once; the rest of the queue, and what a new split or schema changes, follows while
    ``catch_up`` is called. Until then the other lines are as they were before the act.

    Args:
        project: Open for writing.
        reader: Whose lines.
        listed: (number, series) by number; read from the project if None.
        journal: All of it as it is now; read from the project if None.
    """

    def __init__(
        self,
        project: Project,
        reader: str,
        listed: Listed | None = None,
        journal: Sequence[Row] | None = None,
    ) -> None:
        self._series: dict[str, tuple[int, Series]] = {}
        self._place: dict[str, int] = {}
        self._rows: tuple[SeriesRow, ...] | None = None
        self._queue: tuple[SeriesRow, ...] | None = None
        self._order: list[str] = []
        self._waiting: set[str] = set()  # what is in the order
        self._shuffled: list[str] | None = None
        self._found = "", 0, -1  # series, id of the queue, place
        self._counts = Counts()
        self._n_phantoms = self._n_pictures = 0
        # Lines that were all replaced at once: to free 100,000 takes 50 ms, so it is done in
        # slices, the next time, when nobody shows them any more.
        self._gone: list[SeriesRow] = []
        self._kept_lines: dict[str, tuple[SeriesRow, SeriesRow]] = {}
        self._again: ReReads | None = None
        self._split: Mapping[str, Split] | None = None
        self._is_stale = self._is_behind = False
        self._is_undrawn = self._is_drawing = self._is_taking = False
        self._work: Steps[None] | None = None
        super().__init__(project, reader, journal)
        drain(self._take_series(project.series_list() if listed is None else listed))

    def _take_series(self, listed: Listed) -> Steps[None]:
        found: dict[str, tuple[int, Series]] = {}
        place: dict[str, int] = {}
        n_phantoms = n_pictures = 0
        for k, (number, series) in enumerate(listed):
            if k % PAUSE_EVERY == 0:
                yield Progress(k, 0)
            found[series.uid], place[series.uid] = (number, series), k
            n_phantoms += series.is_phantom
            n_pictures += steps.is_picture(series)
        self._place = place
        self._n_phantoms, self._n_pictures = n_phantoms, n_pictures
        self._series, self._shuffled = found, None

    def _join(self, news: Listed) -> None:
        """Takes series that came, or came again; their lines are made when all have come."""
        for number, one in news:
            old = self._series.get(one.uid)
            self._n_phantoms += one.is_phantom - (old is not None and old[1].is_phantom)
            self._n_pictures += steps.is_picture(one) - (
                old is not None and steps.is_picture(old[1])
            )
            self._series[one.uid] = number, one
            self._place.setdefault(one.uid, len(self._place))

    def _begin_taking(self) -> None:
        """Until its end nothing is caught up with: the split is drawn when all have come."""
        self._drop_work()
        self._is_taking = True

    def _end_taking(self) -> None:
        self._is_taking, self._shuffled = False, None
        if self._project.has_split() or self._has_labels():
            self._draw_split()
        self._forget()

    def _has_labels(self) -> bool:
        return any(row.act is Act.SAY for row in self._journal)

    def _look_for_undrawn(self) -> None:
        """A program that was killed may have left patients without a part of the split."""
        if self._has_labels() and any(row.split is None for row in self.rows()):
            self._draw_split()
            self._forget()

    @property
    def is_long(self) -> bool:
        """True if lines are worked out in slices."""
        return len(self._series) > AT_ONCE

    # What is listed -----------------------------------------------------------------------

    def rows(self) -> tuple[SeriesRow, ...]:
        """Every series, by number."""
        if self._rows is None:
            self._rows = drain(self._make_rows())
            self._counts = drain(_count(self._rows))
        return self._rows

    def row_of(self, uid: str) -> SeriesRow | None:
        """The line of one series; None for an unknown one."""
        rows, at = self.rows(), self._place.get(uid)
        return None if at is None or at >= len(rows) else rows[at]

    def queue(self) -> tuple[SeriesRow, ...]:
        """Series that want an answer, in order, each with its reason."""
        if self._queue is None:
            self._queue = drain(self._make_queue())
        return self._queue

    def place_of(self, uid: str) -> int:
        """Where in the queue a series is, from 0; -1 if it is not."""
        queue = self.queue()
        if self._found[:2] != (uid, id(queue)):
            at = self._order.index(uid) if uid in self._waiting else -1
            self._found = uid, id(queue), at
        return self._found[2]

    def after(self, uid: str) -> str:
        """The series that follows one in the queue, round to its begin; empty for none."""
        at = self.place_of(uid) + 1
        following = self._order[at : at + 1] or self._order[:1]
        return "" if following == [uid] else "".join(following)

    @property
    def rereads(self) -> ReReads:  # type: ignore[override]
        """What this reader is given again."""
        if self._again is None:
            self._again = rereads(
                self._journal,
                reader=self._reader,
                findings=self.findings,
                share=self.policy.reread_share,
            )
        return self._again

    def _reading(self, uid: str) -> int:
        return 2 if uid in self.rereads.again else 1

    def _make_rows(self, uids: Set[str] | None = None) -> Steps[tuple[SeriesRow, ...]]:
        """Lines of all series, or of some."""
        if self._split is None:
            self._split = yield from self._project.read_split_steps()
        if uids is None:
            series, journal, current = self._series, self._journal, self._current()
        else:  # rows of the journal refer to rows of their own series only
            series = {uid: self._series[uid] for uid in uids if uid in self._series}
            journal = [row for uid in series for row in self._rows_of(uid)]
            current = current_labels(journal)
        return (
            yield from row_steps(
                series,
                journal,
                current,
                reader=self._reader,
                findings=self.findings,
                split=self._split,
                again=self.rereads.again,
                before=(self._rows or ()) if uids is None else (),
            )
        )

    def _make_queue(self) -> Steps[tuple[SeriesRow, ...]]:
        by_uid, parts = {}, {}
        for i, row in enumerate(self.rows()):
            if i % PAUSE_EVERY == 0:
                yield Progress(i, len(self._series))
            by_uid[row.uid], parts[row.uid] = row, row.split
        if self._shuffled is None:  # it depends on nothing that a reader does
            self._shuffled = yield from shuffle_steps(tuple(self._series), steps.SPLIT_SEED)
        items = deque(
            (
                yield from steps.queue_steps(
                    self._project,
                    reader=self._reader,
                    journal=self._journal,
                    parts=parts,
                    shuffled=self._shuffled,
                )
            )
        )
        listed = _freed(items)
        kept, lines, order, waiting = self._kept_lines, [], [], set()
        for i, (uid, reason) in enumerate(with_rereads(listed, self.rereads.due)):
            if i % PAUSE_EVERY == 0:
                yield Progress(i, len(self._series))
            if (own := by_uid.get(uid)) is not None:
                before = kept.get(uid)
                if before is None or before[0] is not own or before[1].reason != reason:
                    kept[uid] = before = own, replace(own, reason=reason)
                lines.append(before[1])
                order.append(uid)
                waiting.add(uid)
        self._order, self._waiting = order, waiting
        return tuple(lines)

    # What changes -------------------------------------------------------------------------

    def _forget(self) -> None:
        super()._forget()
        self._again = None
        self._drop_work()
        if self.is_long and self._rows is not None and self._queue is not None:
            self._is_stale = True
        else:
            self._rows = self._queue = self._split = None

    def _forget_of(self, uids: Set[str]) -> None:
        old, before = self._rows, self._again
        if not self.is_long or old is None or self._queue is None or "" in uids or not before:
            self._forget()
            return
        super()._forget()
        self._drop_work()
        self._again = None
        touched = uids | (before.again ^ self.rereads.again)
        if len(touched) > FEW:
            self._is_stale = True
            return
        new = {row.uid: row for row in drain(self._make_rows(touched))}
        rows = list(old)
        for uid, row in new.items():
            at = self._place[uid]
            self._counts = self._counts.plus(Counts.of(row)).plus(Counts.of(rows[at]), -1)
            rows[at] = row
        self._rows = tuple(rows)
        self._queue = self._move(self._queue, new)

    def _move(
        self, queue: tuple[SeriesRow, ...], new: Mapping[str, SeriesRow]
    ) -> tuple[SeriesRow, ...]:
        """The queue with the lines of some series where they belong, as far as is known now."""
        lines, order, waiting = list(queue), self._order, self._waiting
        for uid, row in new.items():
            at = order.index(uid) if uid in waiting else None
            reason = BACK if at is None else lines[at].reason
            if at is not None:
                del lines[at], order[at]
                waiting.discard(uid)
            if row.state in (LabelState.SKIPPED, LabelState.DEFERRED):
                at, reason = len(lines), row.state.value
            elif row.state is LabelState.LABELLED and uid not in self.rereads.due:
                continue
            lines.insert(at or 0, replace(row, reason=reason))
            order.insert(at or 0, uid)
            waiting.add(uid)
        self._is_behind = True
        return tuple(lines)

    def _draw_split(self) -> None:
        if self.is_long:
            self._is_undrawn = True
        else:
            super()._draw_split()

    # Catching up --------------------------------------------------------------------------

    @property
    def is_behind(self) -> bool:
        """True while some lines may not be as they should."""
        is_behind = self._is_behind or self._is_stale or self._is_undrawn
        return is_behind and not self._is_taking

    def catch_up(self, seconds: float) -> bool:
        """Works for about so long on lines that are out of date; True once none is.

        Raises:
            KnownError: If the split can't be written; the next label tries again.
        """
        if self._is_taking:
            return True
        self._work = self._work or self._catch_up()
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                next(self._work)
        except StopIteration:
            self._work = None
            return True
        except BaseException:
            self._work, self._is_undrawn = None, False
            raise
        return False

    def _catch_up(self) -> Steps[None]:
        if self._is_undrawn:
            self._is_drawing = True
            try:
                self._split = yield from self._project.split_steps(steps.SPLIT_SEED)
            finally:
                self._is_drawing = False
            self._is_undrawn, self._is_stale = False, True
        elif self._is_stale:
            self._split = None
        while self._gone:
            del self._gone[-PAUSE_EVERY:]
            yield Progress(0, 0)
        if self._is_stale or self._rows is None:
            rows = yield from self._make_rows()
            self._gone += (*(self._rows or ()), *(self._queue or ()))
            self._rows = rows
            self._counts = yield from _count(self._rows)
            self._is_stale = False
            self._kept.clear()
        self._queue = yield from self._make_queue()
        self._is_behind = False

    def settle(self) -> None:
        """Lets go of the pen before anything else is written: a drawing begins anew later."""
        if self._is_drawing:
            self._drop_work()

    def _drop_work(self) -> None:
        if self._work is not None:
            self._work.close()
            self._work = None
