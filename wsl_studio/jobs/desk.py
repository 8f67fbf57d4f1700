"""One reader at one project: the case on the desk, what was said of it, what may be seen."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import (
    Act,
    Answer,
    Entry,
    Level,
    Region,
    Row,
    RowId,
    Source,
    anchoring_rate,
    current_labels,
    effective_rows,
    has_seen_model,
    may_show_model,
    undo_stacks,
)
from wsl_studio.domain.series import Index, PassedOver, Series
from wsl_studio.jobs import steps
from wsl_studio.jobs.curtain import Curtain
from wsl_studio.jobs.values import (
    CaseLabels,
    LabelState,
    ModelView,
    ProjectInfo,
    SeriesRow,
    Suggestion,
)
from wsl_studio.store.project import Project


class Desk:
    """The only writer of an open project; knows nothing of Qt.

    Args:
        project: Open for writing; closed with the desk.
        reader: Whose acts are written.
    """

    def __init__(self, project: Project, reader: str) -> None:
        self._project = project
        self._reader = reader
        self._uid = ""
        self._journal: tuple[Row, ...] = project.rows()
        self._series: dict[str, tuple[int, Series]] = {}
        self._queue: tuple[tuple[str, str], ...] | None = None
        self._curtain = Curtain(project.folder, reader)
        self._rows: tuple[SeriesRow, ...] | None = None
        self._load_series()

    @classmethod
    def open(cls, folder: Path, reader: str) -> "Desk":
        """Opens a project for writing; ``KnownError`` says why it can't be."""
        return cls(Project.open(folder), reader)

    @classmethod
    def create(cls, folder: Path, reader: str, findings: Sequence[str]) -> "Desk":
        """Makes a project; ``KnownError`` says why it can't be."""
        return cls(Project.create(folder, findings=tuple(findings)), reader)

    def close(self) -> None:
        """Lets the project go."""
        self._project.close()

    # Project ------------------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """The store, for the steps of a round."""
        return self._project

    @property
    def folder(self) -> Path:
        """Folder of the project."""
        return self._project.folder

    @property
    def salt(self) -> bytes:
        """Salt of the patient keys."""
        return self._project.salt

    @property
    def header_cache(self) -> Path:
        """Where imports remember headers, so that a second one is quick."""
        return self.folder / "cache" / "headers.jsonl"

    @property
    def findings(self) -> tuple[str, ...]:
        """Findings of the project."""
        return tuple(self._project.findings)

    @property
    def is_pictures(self) -> bool:
        """True where most series are single ultrasound images or image files."""
        return steps.is_pictures(series for _, series in self._series.values())

    def info(self) -> ProjectInfo:
        """What the header line says."""
        labelled = sum(1 for row in self.rows() if row.state is LabelState.LABELLED)
        return ProjectInfo(
            name=self.folder.name,
            folder=self.folder,
            reader=self._reader,
            findings=self.findings,
            is_phantom=all(s.is_phantom for _, s in self._series.values()) and bool(self._series),
            n_series=len(self._series),
            n_labelled=labelled,
        )

    def add_finding(self, name: str) -> None:
        """Adds a finding."""
        self._project.add_findings([name])
        self._rows = self._queue = None

    def take_index(self, index: Index) -> tuple[int, int]:
        """Takes what an import found; (new, known) series."""
        counts = steps.take_index(self._project, index)
        self._load_series()
        self._rows = self._queue = None
        return counts

    def passed_over(self) -> tuple[PassedOver, ...]:
        """Files not taken, with reasons."""
        return tuple(self._project.passed_over())

    def series(self, uid: str) -> Series:
        """A series with its slices."""
        return self._project.series_of(uid)

    def _load_series(self) -> None:
        self._series = {series.uid: (n, series) for n, series in self._project.series_list()}

    # Browsing -----------------------------------------------------------------------------

    def rows(self) -> tuple[SeriesRow, ...]:
        """Every series, by number."""
        if self._rows is None:
            self._rows = self._make_rows()
        return self._rows

    def _make_rows(self) -> tuple[SeriesRow, ...]:
        current = current_labels(self._journal)
        said: dict[str, dict[str, str]] = {}
        for row in current:
            is_mine = row.reader == self._reader
            if row.level is Level.SERIES and (is_mine or row.source is Source.IMPORT):
                found = said.setdefault(row.series_uid, {})
                if is_mine or row.finding not in found:
                    found[row.finding] = steps.say_answer(row.answer)
        skipped = {
            row.series_uid
            for row in effective_rows(self._journal)
            if row.act is Act.SKIP and row.reader == self._reader
        }
        split = self._project.split()
        wanted = set(self.findings)
        out = []
        for uid, (number, series) in self._series.items():
            answers = said.get(uid, {})
            if answers and set(answers) >= wanted:
                state = LabelState.LABELLED
            elif answers:
                state = LabelState.PARTLY
            else:
                state = LabelState.SKIPPED if uid in skipped else LabelState.UNLABELLED
            out.append(
                SeriesRow(
                    uid=uid,
                    title=_title(series),
                    number=number,
                    state=state,
                    answers=answers,
                    split=split.get(series.patient_key),
                    notes=series.notes,
                    is_phantom=series.is_phantom,
                )
            )
        return tuple(out)

    def queue(self) -> tuple[SeriesRow, ...]:
        """Series that want an answer, in order, each with its reason."""
        if self._queue is None:
            items = steps.queue_of(self._project, reader=self._reader)
            self._queue = tuple((item.series_uid, item.reason) for item in items)
        by_uid = {row.uid: row for row in self.rows()}
        return tuple(
            replace(by_uid[uid], reason=reason) for uid, reason in self._queue if uid in by_uid
        )

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
        rows = tuple(
            row
            for row in current_labels(self._journal)
            if row.series_uid == self._uid
            and (row.reader == self._reader or row.source is Source.IMPORT)
        )
        done, undone = undo_stacks(self._journal, self._reader)
        return CaseLabels(
            current=rows,
            can_undo=_describe(done[-1]) if done else "",
            can_redo=_describe(undone[-1]) if undone else "",
        )

    def say(
        self,
        finding: str,
        answer: Answer,
        region: Region | None = None,
        confidence: float = 1.0,
        *,
        area: float | None = None,
        source: Source = Source.READER,
    ) -> None:
        """Commits a label of the case."""
        level = Level.SERIES if region is None else region.level
        self._append(
            Act.SAY,
            finding=finding,
            level=level,
            answer=answer,
            region=region,
            confidence=confidence,
            area=area,
            source=source,
            round=self._curtain.round if source is Source.ACCEPTED else 0,
        )

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

    def accept(self, finding: str) -> None:
        """Makes the suggestion for a finding a label."""
        found = self._suggested(finding)
        answer = Answer.PRESENT if found.is_present else Answer.ABSENT
        self.say(finding, answer, source=Source.ACCEPTED)

    def reject(self, finding: str) -> None:
        """Turns the suggestion for a finding down."""
        self._suggested(finding)
        self._append(Act.REJECT, finding=finding, round=self._curtain.round)

    def undo(self) -> None:
        """Takes this reader's last act back."""
        self._travel(Act.UNDO, undo_stacks(self._journal, self._reader)[0])

    def redo(self) -> None:
        """Does this reader's last undone act again."""
        self._travel(Act.REDO, undo_stacks(self._journal, self._reader)[1])

    def last_done(self) -> str | None:
        """Series of the act that undo would take back."""
        done, _ = undo_stacks(self._journal, self._reader)
        return done[-1].series_uid if done else None

    def last_undone(self) -> str | None:
        """Series of the act that redo would do again."""
        _, undone = undo_stacks(self._journal, self._reader)
        return undone[-1].series_uid if undone else None

    def _travel(self, act: Act, stack: Sequence[Row]) -> None:
        if stack:
            row = stack[-1]
            self._append(act, uid=row.series_uid, finding=row.finding, refers_to=row.id)

    def _append(self, act: Act, *, uid: str = "", **parts: object) -> None:
        uid = uid or self._uid
        saw = has_seen_model(self._journal, series_uid=uid, reader=self._reader)
        values = {"act": act, "series_uid": uid, "reader": self._reader, "saw_model": saw, **parts}
        entry = Entry.model_validate(values)
        row = self._project.append(entry)
        if act is Act.SAY and not self._project.split():
            self._project.extend_split(steps.SPLIT_SEED)
        self._journal = (*self._journal, row)
        if act is not Act.LOOK:
            self._rows = self._queue = None

    # The model ----------------------------------------------------------------------------

    def is_answered(self) -> bool:
        """True once this reader has answered every finding of the case."""
        return bool(self._uid and self.findings) and may_show_model(
            current_labels(self._journal),
            series_uid=self._uid,
            reader=self._reader,
            findings=self.findings,
        )

    def peek(self) -> bool:
        """Lifts the curtain for the case; journalled when there is something to see."""
        if not self._curtain.lift(self._uid):
            return False
        if not has_seen_model(self._journal, series_uid=self._uid, reader=self._reader):
            self._append(Act.LOOK, round=self._curtain.round)
        return True

    def hide_model(self) -> None:
        """Lowers the curtain again."""
        self._curtain.lower()

    def model(self) -> ModelView:
        """What may be drawn for the case now."""
        return self._curtain.view(self._uid, self._journal)

    def forget_round(self) -> None:
        """A round has ended: the next look reads its results."""
        self._curtain.forget()
        self._rows = self._queue = None

    def anchoring(self) -> tuple[int, int]:
        """(changed after the model was seen, answered before)."""
        return anchoring_rate(self._journal)

    def _suggested(self, finding: str) -> Suggestion:
        for found in self.model().suggestions:
            if found.finding == finding and found.state == "open":
                return found
        raise KnownError(f"There is no open suggestion for {finding} here.")


def _title(series: Series) -> str:
    """``CT 24 slices``; an image is called by its own file name, which the reader chose."""
    if series.uid.startswith("image."):
        return series.stem
    n = series.n_slices
    return f"{series.modality} {n} slice{'s' if n != 1 else ''}"


def _describe(row: Row) -> str:
    """What undo would undo, in words."""
    if row.act is Act.SAY:
        return f"{row.finding}: {steps.say_answer(row.answer)}"
    return {Act.REMOVE: f"remove {row.finding}", Act.SKIP: "skip"}.get(
        row.act, f"reject {row.finding}"
    )
