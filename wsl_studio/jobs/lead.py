"""What concerns a whole project: its findings, its policy, its history and its readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from wsl_studio.domain.control import followed
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.findings import LabelSchema, added, describe_change
from wsl_studio.domain.label import (
    Act,
    Entry,
    Level,
    Region,
    Row,
    Source,
    anchoring_rate,
    effective_rows,
)
from wsl_studio.domain.policy import Policy, describe_policy
from wsl_studio.domain.reread import ReReads, intra_reader
from wsl_studio.domain.words import known, say, strung
from wsl_studio.jobs.steps import say_answer
from wsl_studio.jobs.values import ReaderRow
from wsl_studio.jobs.writer import Writer


@dataclass(frozen=True)
class HistoryRow:
    """One line of the history.

    Args:
        number: Of the journal row.
        created: When (UTC).
        reader: Who.
        words: What, in words: ``'nodule present in slices 4-7, fairly sure'``.
        series_uid: About which series; empty for the whole project.
        saw_model: True if this reader had seen the model there before; None for acts that say
            nothing of a finding.
        is_undone: True if it was taken back and does not hold.
    """

    number: int
    created: datetime
    reader: str
    words: str
    series_uid: str = ""
    saw_model: bool | None = None
    is_undone: bool = False


HIDDEN = say("read blind of each other")
"""Instead of what another reader answered."""

ABOUT_CASE = frozenset((Act.SAY, Act.REMOVE, Act.REJECT, Act.NOTE, Act.MEASURE, Act.FLIP))
"""Acts whose words would tell another reader of a case."""

ABOUT_FINDING = frozenset((Act.SAY, Act.REMOVE, Act.REJECT))
"""Acts of which it matters whether the model had been seen."""


class Lead(Writer):
    """Changes of findings and policy, and what the journal tells of everyone's work."""

    rereads = ReReads()

    def edit_schema(self, schema: LabelSchema) -> None:
        """Changes the findings; labels stay as they are, and undo brings the old ones back."""
        if schema.findings != self.schema.findings:
            self.settle()
            self._project.edit_schema(Entry(act=Act.SCHEMA, series_uid="", reader=self._reader,
                                            reason=describe_change(self.schema, schema)),
                                      schema)  # fmt: skip
            self._read_journal()
            self._forget()

    def add_finding(self, name: str) -> None:
        """Adds a finding, or puts one back that was removed."""
        self.edit_schema(added(self.schema, name))

    def set_policy(self, policy: Policy) -> None:
        """Changes how reading is done from now on."""
        if policy != self.policy:
            self._append_all(
                [{"act": Act.POLICY, "series_uid": "", "detail": policy.model_dump_json(),
                  "reason": describe_policy(policy)}]
            )  # fmt: skip

    def history(self) -> tuple[HistoryRow, ...]:
        """Every act but undo and redo themselves, newest first.

        What another reader answered is not told, nor the first reading of a series that is being
        read again: both would be read with the answer in view. A list of suggestions shows the
        model in many series at once; that is one line.
        """
        holds = {row.id for row in effective_rows(self._journal)}
        acts = (row for row in reversed(self._journal) if row.act not in (Act.UNDO, Act.REDO))
        out = []
        for _, same in groupby(acts, lambda row: row.reader if row.act is Act.LOOK else row.id):
            row, *more = same
            n = 1 + len(more)
            out.append(
                HistoryRow(
                    number=row.id,
                    created=row.created,
                    reader=row.reader,
                    words=say("saw the model in {n} series", n=n) if more else self._words(row),
                    series_uid="" if more else row.series_uid,
                    saw_model=row.saw_model if row.act in ABOUT_FINDING else None,
                    is_undone=row.id not in holds,
                )
            )
        return tuple(out)

    def _words(self, row: Row) -> str:
        is_about_case = row.act in ABOUT_CASE
        is_other = row.reader != self._reader and row.source is not Source.IMPORT
        if is_about_case and is_other:
            return strung(": ", (row.finding or known(row.act.value), HIDDEN))
        if row.act is Act.SAY and row.reading == 1 and row.series_uid in self.rereads.due:
            return say("{finding}: being read again", finding=row.finding)
        return describe(row)

    def readers(self) -> tuple[ReaderRow, ...]:
        """Every reader's work in numbers: anchoring, second readings, controls."""
        names = dict.fromkeys(
            row.reader
            for row in self._journal
            if row.act is Act.SAY and row.source is not Source.IMPORT
        )
        out = []
        for name in names:
            own = [row for row in self._journal if row.reader == name]
            said = {r.series_uid for r in effective_rows(own) if r.act is Act.SAY}
            out.append(
                ReaderRow(
                    reader=name,
                    n_series=len(said),
                    anchoring=anchoring_rate(own),
                    kappa=intra_reader(own, name),
                    followed=followed(own, name),
                )
            )
        return tuple(out)


def describe(row: Row) -> str:
    """What a row did, in words; also what undo would undo."""
    if row.act is Act.SAY:
        answer = strung(": ", (row.finding or "", known(say_answer(row.answer))))
        place = where(row.level, row.region)
        gap = ", " if row.region and row.level not in (Level.SLICES, Level.SLICE) else " "
        parts: list[str] = [strung(gap, (answer, place)) if place else answer]
        if row.confidence < 1:
            parts.append(say("fairly sure") if row.confidence > 0.6 else say("a guess"))
        if row.reason:
            parts.append(known(row.reason))
        if row.source is not Source.READER:
            parts.append(known(row.source.value))
        if row.is_control:
            parts.append(say("control, no label"))
        return strung(", ", parts)
    why = [known(row.reason)] if row.reason else []
    return {
        Act.REMOVE: say("remove {finding}", finding=row.finding),
        Act.SKIP: strung(": ", (say("skip"), *why)),
        Act.DEFER: strung(": ", (say("defer"), *why)),
        Act.NEXT: say("next series"),
        Act.NOTE: strung(": ", (say("note"), *why)) if row.reason else say("note taken away"),
        Act.MEASURE: strung(": ", (say("measure"), *why)),
        Act.SCHEMA: strung(": ", (say("findings"), *why)),
        Act.POLICY: strung(": ", (say("policy"), *why)),
        Act.REJECT: say("reject {finding}", finding=row.finding),
        Act.LOOK: say("saw the model"),
        Act.FLIP: say("control shown for {finding}", finding=row.finding),
    }[row.act]


def where(level: Level, region: Region | None) -> str:
    """``in slices 4-7`` with an en dash, or empty for a label of the whole series."""
    if region is None:
        return say("in the study") if level is Level.STUDY else ""
    if level in (Level.SLICES, Level.SLICE):
        if region.first == region.last:
            return say("in slice {at}", at=region.first + 1)
        return say("in slices {first}–{last}", first=region.first + 1, last=region.last + 1)
    return say("{level} on slice {at}", level=level, at=region.first + 1)


def describe_step(step: Sequence[Row]) -> str:
    """What one undo would take back, in words."""
    if len(step) <= 1:
        return describe(step[0]) if step else ""
    if {row.source for row in step} == {Source.ACCEPTED}:
        return say("{n} accepted suggestions", n=len(step))
    return say("{act} and {n} more", act=describe(step[-1]), n=len(step) - 1)


def refuse_level(schema: LabelSchema, finding: str, level: Level) -> None:
    """Raises ``KnownError`` where a finding is not labelled at a level."""
    spec = schema.named(finding)
    if spec is not None and level not in spec.levels:
        allowed = strung(", ", (known(one.value) for one in spec.levels))
        raise KnownError(
            say("{finding} is not labelled by {level} in this project.",
                finding=finding, level=level),
            say("Allowed: {levels}. The findings editor changes that.", levels=allowed),
        )  # fmt: skip
