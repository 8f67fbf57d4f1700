"""One reader at one project: the case on the desk, what was said of it, what may be seen."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from wsl_studio.domain.consistency import conflicts
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.index_file import IndexFile
from wsl_studio.domain.label import (
    Act,
    Answer,
    Level,
    Region,
    Row,
    RowId,
    Source,
    effective_rows,
    last_step,
)
from wsl_studio.domain.measure import Measure, from_text, to_text
from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.domain.series import PassedOver, Series
from wsl_studio.domain.words import say
from wsl_studio.jobs.aside import aside
from wsl_studio.jobs.label_import import Plan, plan_file, take_labels
from wsl_studio.jobs.lead import describe_step, refuse_level
from wsl_studio.jobs.lines import Lines
from wsl_studio.jobs.mending import mend_steps
from wsl_studio.jobs.ordering import manifest_steps, score_steps
from wsl_studio.jobs.tables import read_table
from wsl_studio.jobs.values import (
    CaseLabels,
    ProjectInfo,
    SeriesRow,
)
from wsl_studio.store.places import seal_of
from wsl_studio.store.project import Project

KEEPING: Final = say("Importing: keeping series")
BATCH: Final = 16
"""Series of an import that are written at once, at most; as many as fit between two frames."""
SLICES: Final = 300
"""Slices with which a batch is full before that: each takes 20 µs."""
MANY: Final = 500
"""Files passed over that are written at once."""


class Desk(Lines):
    """The only writer of an open project; knows nothing of Qt.

    Args:
        project: Open for writing; closed with the desk.
        reader: Whose acts are written.
    """

    told: tuple[str, ...] = ()
    """What opening has to say: rounds that were put aside."""

    @classmethod
    def open(cls, folder: Path, reader: str) -> "Desk":
        """Opens a project for writing; ``KnownError`` says why it can't be."""
        return drain(cls.open_steps(folder, reader))

    @classmethod
    def open_steps(cls, folder: Path, reader: str) -> "Steps[Desk]":
        """``open`` with pauses, and all lines made."""
        project = yield from aside(lambda: _open(folder), "Opening", let_go=Project.close)
        try:
            listed = yield from project.list_steps()
            journal = yield from project.row_steps()
            desk = cls(project, reader, (), journal)
            yield from desk._take_series(listed)
            desk.told = yield from mend_steps(folder)
            for progress in desk._catch_up():
                yield replace(progress, text="Opening: queue")
            desk._look_for_undrawn()
            yield Progress(1, 1, "Opening: queue")  # the window is told in a turn of its own
        except BaseException:
            project.close()
            raise
        return desk

    @classmethod
    def create(cls, folder: Path, reader: str, findings: Sequence[str]) -> "Desk":
        """Makes a project; ``KnownError`` says why it can't be."""
        return cls(Project.create(folder, findings=tuple(findings)), reader)

    def close(self) -> None:
        """Lets the project go."""
        self._drop_work()
        self._project.close()

    # Project ------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Folder of the project."""
        return self._project.folder

    @property
    def header_cache(self) -> Path:
        """Where imports remember headers, so that a second one is quick."""
        return self.folder / "cache" / "headers.jsonl"

    @property
    def is_pictures(self) -> bool:
        """True where most series are single ultrasound images or image files."""
        return 2 * self._n_pictures > len(self._series)

    def listed(self) -> tuple[Series, ...]:
        """Every series without its slices, by number."""
        return tuple(series for _, series in self._series.values())

    def info(self) -> ProjectInfo:
        """What the header line says."""
        return self._once("info", self._info)

    def _info(self) -> ProjectInfo:
        self.rows()
        return ProjectInfo(
            name=self.folder.name,
            folder=self.folder,
            reader=self._reader,
            findings=self.findings,
            is_phantom=0 < len(self._series) == self._n_phantoms,
            n_series=len(self._series),
            n_labelled=self._counts.labelled,
            n_answered=self._counts.answered,
            n_teaching=self._counts.teaching,
            schema=self.schema,
            policy=self.policy,
        )

    def take_steps(self, found: IndexFile) -> Steps[tuple[int, int]]:
        """Takes what an import found, a few series at each pause; (new, known) series.

        What was taken before a pause stays, whatever follows: the same import again goes on with
        the rest. The reader may label meanwhile; the lines are renewed at the end.
        """
        self._begin_taking()
        series, left_out, total = found.series(), found.passed_over(), found.n_series
        added = known = 0
        try:
            passed = yield from aside(self._project.passed_paths, KEEPING)
            for batch in _batches(series):
                new, old = self._project.add_series(batch, passed=passed)
                self._join(self._project.series_list([one.uid for one in batch]))
                added, known = added + new, known + old
                yield Progress(added + known, total, KEEPING)
            while some := tuple(islice(left_out, MANY)):
                self._project.add_passed_over(some)
                yield Progress(total, total, KEEPING)
        finally:
            series.close()
            left_out.close()
            self._end_taking()
        return added, known

    def plan_labels(self, path: Path) -> Plan:
        """What a table of labels would do."""
        return plan_file(self._project, path)

    def take_labels(self, path: Path) -> Plan:
        """Adds the labels of a table; none is overwritten."""
        self.settle()
        plan = take_labels(self._project, read_table(path))
        self._read_journal()
        self._forget()
        return plan

    def score_steps(self, number: int) -> Steps[None]:
        """Reads the manifest and scores of a round, so that they are at hand when it is shown."""
        yield from manifest_steps(self.folder, number)
        yield from score_steps(self.folder, number)

    def passed_over(self) -> tuple[PassedOver, ...]:
        """Files not taken, with reasons."""
        return tuple(self._project.passed_over())

    def series(self, uid: str) -> Series:
        """A series with its slices."""
        return self._project.series_of(uid)

    # Browsing -----------------------------------------------------------------------------

    def companions(self) -> tuple[SeriesRow, ...]:
        """Other series, nearest kin of the case first: its study, its patient, its modality."""
        if self._uid not in self._series:
            return ()
        own = self._series[self._uid][1]

        def distance(row: SeriesRow) -> tuple[bool, bool, bool, int]:
            other = self._series[row.uid][1]
            return (
                not own.study_key or other.study_key != own.study_key,
                other.patient_key != own.patient_key,
                other.modality != own.modality,
                row.number,
            )

        return tuple(sorted((r for r in self.rows() if r.uid != self._uid), key=distance))

    # The case -----------------------------------------------------------------------------

    def select(self, uid: str) -> None:
        """Puts a case on the desk, its model hidden until it may be seen."""
        self._uid = uid
        self._curtain.lower()

    def case_labels(self) -> CaseLabels:
        """What was said of the case: this reader's rows and imported ones."""
        return self._once(("case", self._uid), self._case_labels)

    def _case_labels(self) -> CaseLabels:
        rows = self._current_of(self._uid)
        own = tuple(row for row in rows if row.source is not Source.IMPORT)
        done, undone = self._stacks()
        notes = [
            row.reason
            for row in effective_rows(self._rows_of(self._uid))
            if row.act is Act.NOTE and row.reader == self._reader
        ]
        return CaseLabels(
            current=rows,
            can_undo=describe_step(last_step(done)),
            can_redo=describe_step(last_step(undone)),
            note=notes[-1] if notes else "",
            conflicts=conflicts(own, self.schema),
        )

    def say(
        self,
        finding: str,
        answer: Answer,
        region: Region | None = None,
        confidence: float = 1.0,
        *,
        area: float | None = None,
        reason: str = "",
        is_study: bool = False,
    ) -> None:
        """Commits a label of the case; in an exclusive group the others become absent with it.

        Args:
            finding: Which finding.
            answer: What is said of it.
            region: The part of the series, or None for all of it.
            confidence: In (0, 1].
            area: Share of the series that a present finding fills.
            reason: Why one cannot tell.
            is_study: True if it is said of every series of the study, in one step.

        Raises:
            KnownError: If the finding is not labelled at this level.
        """
        level = Level.STUDY if is_study else Level.SERIES if region is None else region.level
        refuse_level(self.schema, finding, level)
        said = {"act": Act.SAY, "finding": finding, "level": level, "answer": answer,
                "region": region, "confidence": confidence, "area": area,
                "reason": reason}  # fmt: skip
        acts = [said]
        if region is None and answer is Answer.PRESENT:
            held = {row.finding: row.answer for row in self._current_of(self._uid)
                    if row.level is level}  # fmt: skip
            acts += [
                {**said, "finding": rival, "answer": Answer.ABSENT, "area": None}
                for rival in self.schema.rivals(finding)
                if held.get(rival) is not Answer.ABSENT
            ]
        uids = self._study_of(self._uid) if is_study else (self._uid,)
        self._append_all({**one, "series_uid": uid} for uid in uids for one in acts)

    def _study_of(self, uid: str) -> tuple[str, ...]:
        """Series of the same study, this one first; only itself where the study is not known."""
        key = self._series[uid][1].study_key
        others = (u for u, (_, s) in self._series.items() if key and s.study_key == key)
        return tuple(dict.fromkeys((uid, *others)))

    def remove(self, row_id: int) -> None:
        """Takes one label of the case back."""
        row = next((r for r in self._journal if r.id == row_id), None)
        if row is None or row.reader != self._reader:
            raise KnownError(
                "This label is another's and can't be removed here.",
                "Your own answer outranks an imported one.",
            )
        self._append(Act.REMOVE, finding=row.finding, refers_to=RowId(row_id))

    def skip(self, reason: str = "") -> None:
        """Puts the case at the end of the queue."""
        self._append(Act.SKIP, reason=reason)

    def defer(self, reason: str) -> None:
        """Puts the case behind everything else, with the reason that it waits for."""
        self._append(Act.DEFER, reason=" ".join(reason.split()))

    def note(self, text: str) -> None:
        """Keeps free words about the case; empty ones take the note away."""
        if " ".join(text.split()) != self.case_labels().note:
            self._append(Act.NOTE, reason=" ".join(text.split()))

    def measures(self, uid: str) -> tuple[Measure, ...]:
        """What this reader measured on a series, oldest first."""
        return self._once(("measures", uid), lambda: self._measures(uid))

    def _measures(self, uid: str) -> tuple[Measure, ...]:
        own = [
            row.detail
            for row in effective_rows(self._rows_of(uid))
            if row.act is Act.MEASURE and row.reader == self._reader
        ]
        return from_text(own[-1]) if own else ()

    def keep_measures(self, uid: str, measures: tuple[Measure, ...]) -> None:
        """Keeps all measures of a series as they are now, in one row; undo brings the last back."""
        before = self.measures(uid)
        if measures != before:
            more = [one.kind.value for one in measures if one not in before]
            self._append(Act.MEASURE, uid=uid, detail=to_text(measures),
                         reason=", ".join(more) or say("taken away"))  # fmt: skip

    def go(self, uid: str) -> None:
        """Remembers that the reader went from the case to another, so that undo leads back."""
        self._append(Act.NEXT, detail=uid)

    def last_done(self) -> str | None:
        """Series that undo would show again; empty for one about no series, None for nothing."""
        step = last_step(self._stacks()[0])
        return self._seen_at(step) if step else None

    def last_undone(self) -> str | None:
        """Series that redo would show."""
        step = last_step(self._stacks()[1])
        if step and step[0].act is Act.NEXT:
            return step[0].detail
        return self._seen_at(step) if step else None

    def _seen_at(self, step: Sequence[Row]) -> str:
        uids = [row.series_uid for row in step]
        return self._uid if self._uid in uids else uids[-1]


def _open(folder: Path) -> Project:
    project = Project.open(folder)
    with suppress(KnownError):  # it is told when a file is looked for
        seal_of(project.salt)  # its cipher is imported here and not when the first case is shown
    return project


def _batches(series: Iterable[Series]) -> Iterator[tuple[Series, ...]]:
    batch: list[Series] = []
    n_slices = 0
    for one in series:
        batch.append(one)
        n_slices += one.n_slices
        if len(batch) == BATCH or n_slices >= SLICES:
            yield tuple(batch)
            batch, n_slices = [], 0
    if batch:
        yield tuple(batch)
