"""One reader's pen: acts go to disk one step at a time; undo and redo are rows too."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, TypeVar

from wsl_studio.domain.findings import LabelSchema
from wsl_studio.domain.label import (
    Act,
    Entry,
    Row,
    current_labels,
    has_seen_model,
    label_revision,
    last_step,
    undo_stacks,
)
from wsl_studio.domain.policy import Policy, policy_of
from wsl_studio.jobs import steps
from wsl_studio.store.project import Project

T = TypeVar("T")
_QUIET = frozenset({Act.LOOK, Act.FLIP, Act.NEXT, Act.NOTE, Act.MEASURE})
"""Acts that change neither a label nor the queue."""


class Writer:
    """The journal of an open project and the only hand that writes it; knows nothing of Qt.

    Args:
        project: Open for writing.
        reader: Whose acts are written.
        journal: All of it as it is now; read from the project if None.
    """

    def __init__(self, project: Project, reader: str, journal: Sequence[Row] | None = None) -> None:
        self._project = project
        self._reader = reader
        self._uid = ""
        self._journal: list[Row] = []
        self._of_series: dict[str, list[Row]] = {}
        self._kept: dict[object, Any] = {}
        self.schema = LabelSchema()
        self.policy = Policy()
        self._read_journal(journal)

    @property
    def project(self) -> Project:
        """The open project, for the steps of the loop."""
        return self._project

    @property
    def salt(self) -> bytes:
        """Salt of the patient keys."""
        return self._project.salt

    @property
    def findings(self) -> tuple[str, ...]:
        """Names of the findings that are labelled now."""
        return self.schema.names

    def _read_journal(self, rows: Sequence[Row] | None = None) -> None:
        """Takes the journal, or reads it anew, under the names that findings have now."""
        self._journal, self._of_series = [], {}
        self.names = self._project.names()
        self._add(self._project.rows() if rows is None else rows)
        self.schema = self._project.schema()
        self.policy = policy_of(self._rows_of(""))

    def _add(self, rows: Sequence[Row]) -> None:
        self._journal += rows
        for row in rows:
            self._of_series.setdefault(row.series_uid, []).append(row)
        self._kept.clear()

    def _rows_of(self, uid: str) -> Sequence[Row]:
        """The journal of one series: rows refer to rows of their own series only."""
        return self._of_series.get(uid, ())

    def _once(self, key: object, make: Callable[[], T]) -> T:
        """What ``make`` gives, worked out once until the next row is written."""
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def _current(self) -> Sequence[Row]:
        """Labels of everyone that hold, in journal order."""
        return self._once("current", lambda: current_labels(self._journal))

    def _stacks(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """What this reader can undo and redo."""
        return self._once("stacks", lambda: undo_stacks(self._journal, self._reader))

    def _forget(self) -> None:
        """What was worked out of the labels is out of date."""
        self._kept.clear()

    def _forget_of(self, uids: Set[str]) -> None:
        """What was worked out of the labels of some series is out of date."""
        del uids
        self._forget()

    def _reading(self, uid: str) -> int:
        """Which reading of a series this reader is at, from 1."""
        del uid
        return 1

    # Writing ------------------------------------------------------------------------------

    def _append(self, act: Act, *, uid: str = "", **parts: object) -> Row:
        return self._append_all([{"act": act, "series_uid": uid or self._uid, **parts}])[0]

    def _append_all(self, acts: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
        """Writes acts as one step for undo; each has at least ``act`` and ``series_uid``."""
        self.settle()
        entries = []
        for parts in acts:
            uid = parts["series_uid"]
            saw = has_seen_model(self._rows_of(uid), series_uid=uid, reader=self._reader)
            about = {"reader": self._reader, "saw_model": saw, "reading": self._reading(uid)}
            entries.append(Entry.model_validate({**about, **parts}))
        rows = self._project.append_many(entries, is_batch=True)
        if any(row.act is Act.SAY for row in rows) and not self._project.has_split():
            self._draw_split()
        self._take(rows)
        return rows

    def settle(self) -> None:
        """Called before anything is written: other writing ends first."""

    def _draw_split(self) -> None:
        self._project.extend_split(steps.SPLIT_SEED)

    def _take(self, rows: Sequence[Row]) -> None:
        if any(not row.series_uid for row in rows):
            self._read_journal()  # findings may have other names now
        else:
            self._add(rows)
        if not {row.act for row in rows} <= _QUIET:
            self._forget_of({row.series_uid for row in rows})

    # Undo and redo ------------------------------------------------------------------------

    def undo(self) -> tuple[Row, ...]:
        """Takes this reader's last step back; the rows that it was, none if there was none."""
        return self._travel(Act.UNDO, self._stacks()[0])

    def redo(self) -> tuple[Row, ...]:
        """Does this reader's last undone step again; the rows that it was."""
        return self._travel(Act.REDO, self._stacks()[1])

    def _travel(self, act: Act, stack: Sequence[Row]) -> tuple[Row, ...]:
        step = last_step(stack)
        if step:
            self._append_all(
                {"act": act, "series_uid": row.series_uid, "finding": row.finding,
                 "refers_to": row.id, "reading": row.reading}
                for row in step
            )  # fmt: skip
        return step

    @property
    def journal(self) -> tuple[Row, ...]:
        """Every row there is, under the names that findings have now."""
        return tuple(self._journal)

    @property
    def label_revision(self) -> int:
        """Number of the last row that may have changed a label."""
        return self._once("revision", lambda: label_revision(self._journal))
