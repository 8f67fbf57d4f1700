"""What readers said: journal rows, the current labels they add up to, undo and redo."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import takewhile
from typing import NewType

from pydantic import model_validator

from wsl_studio.domain.series import Value as Frozen

RowId = NewType("RowId", int)


class Answer(StrEnum):
    """What a reader said of a finding."""

    PRESENT = "present"
    ABSENT = "absent"
    UNCERTAIN = "uncertain"
    CANNOT_TELL = "cannot tell"
    """These images can't answer; the reason says why. Training leaves it out."""


class Level(StrEnum):
    """What part of the study a label speaks of."""

    STUDY = "study"
    SERIES = "series"
    SLICES = "slice range"
    SLICE = "slice"
    BOX = "box"
    POINT = "point"
    SCRIBBLE = "scribble"


WHOLE = frozenset({Level.STUDY, Level.SERIES})
"""Levels of an answer about the case as a whole: one holds at a time, and it has no region."""


class Act(StrEnum):
    """What one journal row does. Every act but LOOK and FLIP can be undone by another row."""

    SAY = "say"
    REMOVE = "remove"
    SKIP = "skip"
    DEFER = "defer"
    NEXT = "next"
    NOTE = "note"
    MEASURE = "measure"
    SCHEMA = "schema"
    POLICY = "policy"
    REJECT = "reject"
    LOOK = "look"
    FLIP = "flip"
    UNDO = "undo"
    REDO = "redo"


class Source(StrEnum):
    """How a label came to be."""

    READER = "reader"
    IMPORT = "import"
    ACCEPTED = "accepted suggestion"


class Region(Frozen):
    """The part of a series that a label below series level speaks of.

    Args:
        first: First slice, from 0.
        last: Last slice, inclusive; equals ``first`` for all but a range.
        box: (x0, y0, x1, y1) in pixels of the image, x1 and y1 exclusive; None for all but a box.
        points: (x, y) in pixels of the image, the centre of pixel k at k: one is a point, more
            are a scribble, drawn straight from each to the next; empty for a range or box.
    """

    first: int
    last: int
    box: tuple[float, float, float, float] | None = None
    points: tuple[tuple[float, float], ...] = ()

    @model_validator(mode="after")
    def _is_ordered(self) -> "Region":
        if not 0 <= self.first <= self.last:
            raise ValueError("a slice range runs from its first to its last slice, from 0")
        if self.box is not None and (self.box[0] >= self.box[2] or self.box[1] >= self.box[3]):
            raise ValueError("a box has a width and a height")
        if self.points and (self.box is not None or self.first != self.last):
            raise ValueError("a point or scribble lies on one slice and is no box")
        return self

    @property
    def level(self) -> Level:
        """The level of a label of this region."""
        if self.points:
            return Level.POINT if len(self.points) == 1 else Level.SCRIBBLE
        if self.box is not None:
            return Level.BOX
        return Level.SLICE if self.first == self.last else Level.SLICES


class Entry(Frozen):
    """One journal row before it has a number.

    Args:
        act: What it does.
        series_uid: The series it is about; empty for SCHEMA and POLICY, which are about all.
        reader: Who, by the name chosen in the program (not a patient's).
        finding: Which finding; empty for acts about the whole case.
        level: Level of a SAY.
        answer: Answer of a SAY.
        confidence: In (0, 1]; 1 is certain. Training weighs the label by it.
        region: For levels below series.
        refers_to: The row that REMOVE, UNDO or REDO is about.
        saw_model: True if this reader had seen model output for this series before.
        source: How it came to be.
        round: Round of the suggestion for ACCEPTED, REJECT and LOOK; 0 otherwise.
        reason: Why a case was skipped or deferred, why one cannot tell, or a note: free words.
        area: Share of the pixels of the series that a present finding fills, in (0, 1], roughly
            as a reader says it; None where none was said.
        batch: Number of the first row of the acts that one key did; undo takes them together.
            0 for an act of its own.
        detail: JSON of SCHEMA (``findings.LabelSchema``) and POLICY (``policy.Policy``), the
            series that a NEXT went to.
        reading: 1, or 2 when this reader was given the series again without the old answers.
        is_control: True for what was done with a suggestion that was wrong on purpose: no label.
    """

    act: Act
    series_uid: str
    reader: str
    finding: str = ""
    level: Level = Level.SERIES
    answer: Answer | None = None
    confidence: float = 1.0
    region: Region | None = None
    refers_to: RowId | None = None
    saw_model: bool = False
    source: Source = Source.READER
    round: int = 0
    reason: str = ""
    area: float | None = None
    batch: int = 0
    detail: str = ""
    reading: int = 1
    is_control: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> "Entry":
        if self.act is Act.SAY and (self.answer is None or not self.finding):
            raise ValueError("a label has a finding and an answer")
        if self.act is Act.SAY and (self.region is None) != (self.level in WHOLE):
            raise ValueError("a label below series level has a region, one above has none")
        if self.act in (Act.REMOVE, Act.UNDO, Act.REDO) and self.refers_to is None:
            raise ValueError("this act refers to a row")
        if not 0 < self.confidence <= 1:
            raise ValueError("confidence lies in (0, 1]")
        if self.area is not None:
            if self.answer is not Answer.PRESENT or self.level not in WHOLE:
                raise ValueError("an area is of a finding that is present in a series")
            if not 0 < self.area <= 1:
                raise ValueError("an area lies in (0, 1]")
        return self


class Row(Entry):
    """A journal row as stored: an ``Entry`` with its number and time (UTC)."""

    id: RowId
    created: datetime


UNDOABLE = frozenset(Act) - {Act.LOOK, Act.FLIP, Act.UNDO, Act.REDO}


def undo_stacks(rows: Iterable[Row], reader: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """What one reader can undo and redo, next one last; unlimited, and it survives a restart.

    Args:
        rows: The journal in order.
        reader: Whose acts; nobody undoes another reader's.

    Returns:
        (done, undone): rows that UNDO and REDO may refer to next, from the end.
    """
    done: list[Row] = []
    undone: list[Row] = []
    for row in rows:
        if row.reader != reader:
            continue
        if row.act is Act.UNDO and done and done[-1].id == row.refers_to:
            undone.append(done.pop())
        elif row.act is Act.REDO and undone and undone[-1].id == row.refers_to:
            done.append(undone.pop())
        elif row.act in UNDOABLE and row.source is not Source.IMPORT:
            done.append(row)
            if row.act is not Act.NEXT:  # to look around must not cost what could be redone
                undone.clear()
    return tuple(done), tuple(undone)


def last_step(stack: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that one key did last, the last one first: an act, or the acts of a batch."""
    if not stack:
        return ()
    batch = stack[-1].batch
    rows = takewhile(lambda row: row is stack[-1] or (batch and row.batch == batch), stack[::-1])
    return tuple(rows)


def effective_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows that stand: their last UNDO or REDO, if any, is a REDO; UNDO and REDO left out."""
    stands: dict[int, bool] = {}
    for row in rows:
        if row.act in (Act.UNDO, Act.REDO) and row.refers_to is not None:
            stands[row.refers_to] = row.act is Act.REDO
    return tuple(
        row for row in rows if row.act not in (Act.UNDO, Act.REDO) and stands.get(row.id, True)
    )


def current_labels(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The SAY rows that hold now, in journal order.

    At study and series level the latest row of each (series, level, finding, reader, reading)
    holds, and removing it leaves no answer (an older one does not come back); regions stand side
    by side until removed. What was done with a control is no label. The store has the same rule
    as an SQL view, and a test holds the two equal.
    """
    effective = effective_rows(rows)
    removed = {row.refers_to for row in effective if row.act is Act.REMOVE}
    says = [row for row in effective if row.act is Act.SAY and not row.is_control]
    latest = {_place(row): row.id for row in says if row.level in WHOLE}
    return tuple(
        row
        for row in says
        if row.id not in removed and (row.level not in WHOLE or latest[_place(row)] == row.id)
    )


def _place(row: Row) -> tuple[str, Level, str, str, int]:
    return row.series_uid, row.level, row.finding, row.reader, row.reading


def has_seen_model(rows: Iterable[Row], *, series_uid: str, reader: str) -> bool:
    """True if this reader was ever shown model output for this series."""
    return any(
        row.act is Act.LOOK and row.series_uid == series_uid and row.reader == reader
        for row in rows
    )


def answers_of(rows: Iterable[Row], *, series_uid: str, reader: str) -> dict[str, Row]:
    """This reader's current answers about one series, by finding.

    One about the series outranks one about its study, and a second reading the first.
    """
    own = [row for row in rows if row.series_uid == series_uid and row.reader == reader]
    own.sort(key=lambda row: (row.reading, row.level is Level.SERIES))
    return {row.finding: row for row in own if row.level in WHOLE}


def may_show_model(
    current: Iterable[Row], *, series_uid: str, reader: str, findings: Iterable[str]
) -> bool:
    """Blind first: True once this reader has answered every finding of the series.

    One answered finding is not enough: the others would be answered with the model in view.
    Imported labels do not count, for they are not this reader's.
    """
    own = answers_of(current, series_uid=series_uid, reader=reader)
    said = {finding for finding, row in own.items() if row.source is not Source.IMPORT}
    return said >= set(findings)


def label_revision(rows: Sequence[Row]) -> int:
    """Number of the last row that may have changed a label or what is labelled; 0 for none."""
    for row in reversed(rows):
        act = row.act
        if act in (Act.UNDO, Act.REDO):
            at = bisect_left(rows, row.refers_to or 0, key=lambda one: one.id)
            act = rows[at].act
        if act in (Act.SAY, Act.REMOVE, Act.SCHEMA):
            return row.id
    return 0


def anchoring_rate(rows: Sequence[Row]) -> tuple[int, int]:
    """How often readers changed an answer after seeing the model.

    Returns:
        (changed, seen): series-level answers that differ after a look from the last one before
        it, and all (series, finding, reader) that had an answer before a look. Suggestions that
        were wrong on purpose count apart (``control.followed``), a second reading not at all.
    """
    before: dict[tuple[str, str, str, int], Answer | None] = {}
    after: dict[tuple[str, str, str, int], Answer | None] = {}
    flipped: set[tuple[str, str, str]] = set()
    looked: set[tuple[str, str]] = set()
    for row in effective_rows(rows):
        if row.act is Act.LOOK:
            looked.add((row.series_uid, row.reader))
        elif row.act is Act.FLIP:
            flipped.add((row.series_uid, row.finding, row.reader))
        elif row.act is Act.SAY and row.level is Level.SERIES and not row.is_control:
            key = (row.series_uid, row.finding, row.reader, row.reading)
            (after if (row.series_uid, row.reader) in looked else before)[key] = row.answer
    seen = [key for key in before if (key[0], key[2]) in looked and key[:3] not in flipped]
    changed = sum(1 for key in seen if key in after and after[key] != before[key])
    return changed, len(seen)
