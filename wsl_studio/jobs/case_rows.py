"""The lines of the browser: state and answers of every series for one reader, and the queue's."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from wsl_studio.domain.label import (
    WHOLE,
    Act,
    Level,
    Row,
    Source,
    effective_rows,
)
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.round import Split
from wsl_studio.domain.series import Series
from wsl_studio.domain.words import known, say, say_n, strung
from wsl_studio.jobs import steps
from wsl_studio.jobs.values import LabelState, SeriesRow

AUDIT = say("random audit: checks the queue against chance")
"""Reason of a series that is given again: as any audit, so that it is read afresh."""
PAUSE_EVERY = 200
"""Lines between two places to pause: 2 ms."""
DRAWN: Final = frozenset({Level.BOX, Level.SCRIBBLE})
NOTHING: Final[dict[str, str]] = {}
"""One for all series without an answer."""
EVERY = 4
"""A series given again takes every so many-th place of the queue, if one is due."""


def row_steps(
    series: Mapping[str, tuple[int, Series]],
    journal: Sequence[Row],
    current: Sequence[Row],
    *,
    reader: str,
    findings: Sequence[str],
    split: Mapping[str, Split],
    again: Collection[str],
    before: Sequence[SeriesRow] = (),
) -> Steps[tuple[SeriesRow, ...]]:
    """Every series, by number.

    Args:
        series: (number, series) by uid: all, or those whose lines are to be made anew.
        journal: In order.
        current: Its labels that hold.
        reader: For whom.
        findings: Names of the findings that are labelled now.
        split: Part by patient key; empty before the first label.
        again: Series that this reader is at for the second time: their first answers, and
            imported ones, are not shown.
        before: As the lines were; one that says the same stays the object it was.
    """
    wanted = set(findings)
    said: dict[str, dict[str, str]] = {}
    ranks: dict[tuple[str, str], tuple[bool, bool]] = {}
    drawn: set[str] = set()
    for row in current:
        if row.finding not in wanted:
            continue
        if row.level in DRAWN and (row.reader == reader or row.source is Source.IMPORT):
            drawn.add(row.series_uid)
        if row.level not in WHOLE:
            continue
        is_mine = row.reader == reader and row.source is not Source.IMPORT
        is_second = row.series_uid in again
        if is_second and not (is_mine and row.reading > 1):
            continue
        if is_mine or row.reader == reader or row.source is Source.IMPORT:
            place = row.series_uid, row.finding
            rank = (is_mine, row.level is Level.SERIES)
            if rank >= ranks.get(place, (False, False)):
                ranks[place] = rank
                said.setdefault(row.series_uid, {})[row.finding] = steps.say_answer(row.answer)
    put_off = {
        row.series_uid: LabelState.SKIPPED if row.act is Act.SKIP else LabelState.DEFERRED
        for row in effective_rows(journal)
        if row.act in (Act.SKIP, Act.DEFER) and row.reader == reader
    }
    out: list[SeriesRow] = []
    for uid, (number, one) in series.items():
        if len(out) % PAUSE_EVERY == 0:
            yield Progress(len(out), len(series))
        answers = said.get(uid, NOTHING)
        if answers and set(answers) >= wanted:
            state = LabelState.LABELLED
        elif answers and uid not in put_off:
            state = LabelState.PARTLY
        else:
            state = put_off.get(uid, LabelState.UNLABELLED)
        line = SeriesRow(
            uid=uid,
            title=title(one),
            number=number,
            state=state,
            answers=answers,
            split=split.get(one.patient_key),
            notes=one.notes,
            is_phantom=one.is_phantom,
            is_drawn=uid in drawn,
        )
        old = before[len(out)] if len(out) < len(before) else None
        out.append(old if old == line else line)
    return tuple(out)


def with_rereads(queue: Iterable[tuple[str, str]], due: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The queue with series to read again among the others, (uid, reason) each."""
    waiting, place = deque(due), 0
    among = frozenset(due)
    for item in queue:
        if item[0] in among:
            continue
        if waiting and place % EVERY == EVERY - 1:
            yield waiting.popleft(), AUDIT
            place += 1
        yield item
        place += 1
    yield from ((uid, AUDIT) for uid in waiting)


def title(series: Series) -> str:
    """``CT 24 slices``; an image is called by its own file name, which the reader chose."""
    if series.uid.startswith("image."):
        return series.stem
    n = series.n_slices
    title = say_n(n, "{modality} {n} slice", "{modality} {n} slices", modality=series.modality)
    return strung(", ", (title, *map(known, series.part.split(", ")))) if series.part else title
