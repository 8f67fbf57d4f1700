"""A Session in memory, to the contract of jobs.session: no store, no process, no model."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from tests.fakes_values import SCHEMA, make_epochs, make_metrics, phantom
from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.findings import schema_of
from wsl_studio.domain.label import (
    Act,
    Answer,
    Entry,
    Level,
    Row,
    RowId,
    Source,
    current_labels,
    undo_stacks,
)
from wsl_studio.domain.round import Score
from wsl_studio.domain.series import PassedOver, Series
from wsl_studio.domain.volume import Volume
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import (
    CaseLabels,
    Change,
    LabelState,
    MethodForm,
    ModelView,
    Notice,
    ProjectInfo,
    Rebuilt,
    RoundRow,
    RoundState,
    Selection,
    SeriesRow,
    Suggestion,
    Work,
)

BLIND = "Label first (blind), or press E to see."
ALL = Change(
    project=True, series=True, labels=True, queue=True, volume=True, evidence=True, rounds=True,
    work=True,
)  # fmt: skip


class FakeSession(QObject):
    """Holds ``n_series`` phantom series, a journal in memory and at most one running round."""

    changed = Signal(object)
    selection_changed = Signal(object)
    notice = Signal(object)
    first: Volume | None = None
    series: Series | None = None

    def __init__(
        self,
        folder: Path,
        *,
        n_series: int = 6,
        findings: tuple[str, ...] = ("nodule", "effusion"),
        is_open: bool = True,
    ) -> None:
        super().__init__()
        self.settings = Settings(folder / "settings.json")
        self.folder = folder
        self.findings = findings
        self.n_series = n_series
        self.is_open = is_open
        self.journal: list[Row] = []
        self.selection = Selection()
        self.volume: Volume | None = None
        self.round_rows: list[RoundRow] = []
        self.is_shown = False
        self.work: Work | None = None
        self.passed_over: tuple[PassedOver, ...] = ()
        self.banner: dict[str, str] = {}
        self.imported: list[Path] = []
        self.trained: list[tuple[str, dict, int, str]] = []
        self.visited: list[str] = []
        self.thumbnails_made: set[str] = set()
        self.anchoring = (0, 0)
        self.compared: Volume | None = None
        self.measures_of = lambda _uid: ()
        self.keep_measures = lambda _uid, _measures: None
        self.ahead = lambda _method, _options: ""
        self.default_method = "pooling"
        self.devices = ("auto", "cpu", "cuda")
        self.methods = (
            MethodForm("pooling", "Generalised pooling", "Sums evidence for and against.",
                       "Durand et al. 2019, eq. 4", SCHEMA),
            MethodForm("gap", "Mean (GAP / CAM)", "Averages all regions.", "Zhou et al. 2016",
                       {"properties": {"epochs": SCHEMA["properties"]["epochs"]}}),
        )  # fmt: skip
        if is_open:
            self._start()

    # Project
    @property
    def project(self) -> ProjectInfo | None:
        if not self.is_open:
            return None
        done = sum(1 for row in self.rows if row.state is LabelState.LABELLED)
        return ProjectInfo(
            self.folder.name, self.folder, "JD", self.findings, True, self.n_series, done,
            schema_of((), self.findings),
        )  # fmt: skip

    def _start(self) -> None:
        if self.n_series:
            self._show("uid.1")

    def open_project(self, folder: Path) -> None:
        self.folder, self.is_open = folder, True
        self._start()
        self._tell(ALL)

    def create_project(self, folder: Path, findings: tuple[str, ...]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.findings, self.n_series, self.journal = findings, 0, []
        self.selection = Selection(finding=findings[0] if findings else "")
        self.volume = None
        self.open_project(folder)

    def set_reader(self, name: str) -> None:
        self.settings.set("reader", name)
        if self.project is not None:
            folder = self.project.folder
            self.close()
            self.open_project(folder)

    def close(self) -> None:
        self.is_open = False
        self._tell(ALL)

    def add_finding(self, name: str) -> None:
        self.findings = (*self.findings, name)
        self._tell(Change(project=True, labels=True, series=True))

    def import_folder(self, folder: Path) -> None:
        self.imported.append(folder)

    def cancel_work(self) -> None:
        self.set_work(None)

    def set_work(self, work: Work | None) -> None:
        self.work = work
        self._tell(Change(work=True))

    # Browsing
    def queue_place(self, uid: str) -> int:
        return next((k for k, row in enumerate(self.queue) if row.uid == uid), -1)

    def row_of(self, uid: str) -> SeriesRow | None:
        return next((row for row in self.rows if row.uid == uid), None)

    @property
    def rows(self) -> tuple[SeriesRow, ...]:
        current = current_labels(self.journal) if self.is_open else ()
        out = []
        for k in range(1, self.n_series + 1 if self.is_open else 1):
            uid = f"uid.{k}"
            own = {
                row.finding: row.answer.value
                for row in current
                if row.series_uid == uid and row.level is Level.SERIES and row.answer
            }
            skipped = any(r.act is Act.SKIP and r.series_uid == uid for r in self.journal)
            state = LabelState.SKIPPED if skipped else LabelState.UNLABELLED
            if own:
                is_whole = set(own) >= set(self.findings)
                state = LabelState.LABELLED if is_whole else LabelState.PARTLY
            out.append(SeriesRow(uid, "CT 12 slices", k, state, own))
        return tuple(out)

    @property
    def queue(self) -> tuple[SeriesRow, ...]:
        reasons = ("uncertain: nodule", "unlike anything labelled", "uncertain: effusion",
                   "random audit: checks the queue against chance")  # fmt: skip
        waiting = [r for r in self.rows if r.state is not LabelState.LABELLED]
        has_round = any(r.metrics for r in self.round_rows)
        first = "random: no round yet"
        return tuple(
            replace(row, reason=reasons[i % 4] if has_round else first)
            for i, row in enumerate(waiting)
        )

    @property
    def companions(self) -> tuple[SeriesRow, ...]:
        return tuple(row for row in self.rows if row.uid != self.selection.series_uid)

    def read_header(self, take: object) -> None: ...

    def compare(self, uid: str) -> None:
        size = phantom(9, 256, int(uid.split(".")[1])) if uid else None
        self.compared = None if size is None else Volume(uid, size, unit="HU", modality="CT")
        self._tell(Change(volume=True))

    def thumbnail(self, uid: str) -> np.ndarray | None:
        self.thumbnails_made.add(uid)
        image = phantom(12, 96, int(uid.split(".")[1]))[6].astype(float)
        return np.clip((image + 1000) / 1200 * 255, 0, 255).astype(np.uint8)

    # Selection
    def select_series(self, uid: str) -> None:
        if uid != self.selection.series_uid:
            self.visited.append(self.selection.series_uid)
            self._show(uid)

    def _show(self, uid: str) -> None:
        finding = self.selection.finding or (self.findings[0] if self.findings else "")
        self.selection = Selection(uid, 6, finding)
        self.is_shown = False
        self.volume = Volume(uid, phantom(12, 256, int(uid.split(".")[1])), unit="HU",
                             modality="CT")  # fmt: skip
        self.selection_changed.emit(self.selection)
        self._tell(Change(volume=True, labels=True, evidence=True))

    def select_slice(self, index: int) -> None:
        self.selection = replace(self.selection, slice=min(max(index, 0), 11))
        self.selection_changed.emit(self.selection)

    def select_finding(self, name: str) -> None:
        self.selection = replace(self.selection, finding=name)
        self.selection_changed.emit(self.selection)

    def next_series(self) -> None:
        waiting = [r.uid for r in self.queue]
        here = self.selection.series_uid
        later = waiting[waiting.index(here) + 1 :] if here in waiting else waiting
        if later:
            self.select_series(later[0])
        else:
            self.notice.emit(Notice("Every series has its answers."))

    def previous_series(self) -> None:
        if self.visited:
            self._show(self.visited.pop())

    def skip(self, reason: str = "") -> None:
        self._append(Act.SKIP, reason=reason)
        self.next_series()

    def defer(self, reason: str) -> None:
        self._append(Act.DEFER, reason=reason)
        self.next_series()

    def accept_all(self) -> None:
        for found in self.model.suggestions:
            self.accept(found.finding)

    # Labels
    @property
    def labels(self) -> CaseLabels:
        done, undone = undo_stacks(self.journal, "JD")
        return CaseLabels(
            tuple(r for r in current_labels(self.journal)
                  if r.series_uid == self.selection.series_uid),
            done[-1].finding or "skip" if done else "",
            undone[-1].finding or "skip" if undone else "",
        )  # fmt: skip

    def say(
        self, finding, answer, region=None, confidence=1.0, area=None, reason="",
        is_study=False, source=Source.READER,
    ) -> None:  # fmt: skip
        level = Level.SERIES if region is None else region.level
        self._append(Act.SAY, finding=finding, answer=answer, region=region,
                     level=Level.STUDY if is_study else level, confidence=confidence,
                     area=area, reason=reason, source=source)  # fmt: skip

    def remove(self, row_id: int) -> None:
        self._append(Act.REMOVE, refers_to=row_id)

    def undo(self) -> None:
        done, _ = undo_stacks(self.journal, "JD")
        if done:
            self._append(Act.UNDO, refers_to=done[-1].id)

    def redo(self) -> None:
        _, undone = undo_stacks(self.journal, "JD")
        if undone:
            self._append(Act.REDO, refers_to=undone[-1].id)

    def _append(self, act: Act, **parts) -> None:
        entry = Entry(act=act, series_uid=self.selection.series_uid, reader="JD",
                      saw_model=self.is_shown, **parts)  # fmt: skip
        number = RowId(len(self.journal) + 1)
        when = datetime(2026, 3, 2, 9, 30, tzinfo=UTC) + timedelta(minutes=number)
        self.journal.append(Row(**entry.model_dump(), id=number, created=when))
        own = {r.finding for r in self.labels.current if r.level is Level.SERIES}
        self.is_shown = self.is_shown or own >= set(self.findings)
        self._tell(Change(labels=True, series=True, queue=True, evidence=True))

    # Model
    @property
    def model(self) -> ModelView:
        finished = [r for r in self.round_rows if r.metrics]
        if not finished:
            return ModelView(hidden="No round yet: label some series, then train.")
        is_current = finished[-1].label_revision == len(self.journal)
        number = finished[-1].number
        if not self.is_shown:
            return ModelView(hidden=BLIND, can_peek=True, round=number, is_current=is_current)
        uid = self.selection.series_uid
        own = {r.finding: r for r in self.labels.current if r.level is Level.SERIES}
        out, evidence = [], {}
        for k, finding in enumerate(self.findings):
            sum_ = Arithmetic(2.1, -0.4, 0.0, 1.7) if k % 2 == 0 else Arithmetic(0.3, -1.9, 0, -1.6)
            grid = np.random.default_rng(k).normal(0, 0.5, (12, 8, 8)).astype(np.float32)
            grid[5, 3, 5] = 3.0 if k % 2 == 0 else -3.0
            evidence[finding] = Evidence(uid, finding, number, grid,
                                         Placement(32, 32, 15.5, 15.5), sum_, 3.0)  # fmt: skip
            rejected = any(r.act is Act.REJECT and r.finding == finding for r in self.journal)
            row = own.get(finding)
            score = Score(score=sum_.score, probability=sum_.probability, positive=sum_.positive,
                          negative=sum_.negative)  # fmt: skip
            if row is None or row.source is Source.ACCEPTED:
                state = "accepted" if row else ("rejected" if rejected else "open")
                out.append(Suggestion(finding, score, number, state))
        return ModelView(evidence=evidence, suggestions=tuple(out), round=number,
                         is_current=is_current)  # fmt: skip

    def peek(self) -> None:
        if self.model.can_peek:
            self.is_shown = True
            self._tell(Change(labels=True, evidence=True))

    def hide_model(self) -> None:
        self.is_shown = False
        self._tell(Change(evidence=True))

    def accept(self, finding: str) -> None:
        found = next(s for s in self.model.suggestions if s.finding == finding)
        answer = Answer.PRESENT if found.is_present else Answer.ABSENT
        self.say(finding, answer, source=Source.ACCEPTED)

    def reject(self, finding: str) -> None:
        self._append(Act.REJECT, finding=finding)

    # Rounds
    @property
    def rounds(self) -> tuple[RoundRow, ...]:
        return tuple(self.round_rows)

    @property
    def running(self) -> RoundRow | None:
        return next((r for r in self.round_rows if r.state is RoundState.RUNNING), None)

    def train(self, method: str, options: dict, seed: int = 0, device: str = "auto") -> None:
        self.trained.append((method, options, seed, device))
        number = len(self.round_rows) + 1
        n = sum(1 for r in self.rows if r.answers)
        self.round_rows.append(
            RoundRow(number, RoundState.RUNNING, "Generalised pooling", n, stage="starting",
                     label_revision=len(self.journal))
        )  # fmt: skip
        self._tell(Change(rounds=True))

    def advance(self, epoch: int, of: int = 40) -> None:
        """Puts the running round at an epoch."""
        self._replace(epochs=make_epochs(epoch, of, self.findings), done=epoch, total=of,
                      stage=f"epoch {epoch} of at most {of}", left="34 s left")  # fmt: skip

    def finish(self, auc: float = 0.93, state: RoundState = RoundState.FINISHED) -> None:
        """Ends the running round."""
        has = state in (RoundState.FINISHED, RoundState.STOPPED)
        self._replace(state=state, stage="", left="", done=0, total=0,
                      metrics=make_metrics(self.findings, auc) if has else None)  # fmt: skip
        self._tell(ALL)

    def stop_round(self) -> None:
        self.finish(state=RoundState.STOPPED)

    def cancel_round(self) -> None:
        self.round_rows = [r for r in self.round_rows if r.state is not RoundState.RUNNING]
        self._tell(Change(rounds=True))

    def resume_round(self, number: int) -> None:
        self.round_rows[number - 1] = replace(self.round_rows[number - 1], state=RoundState.RUNNING)
        self._tell(Change(rounds=True))

    def _replace(self, **parts) -> None:
        k = next(i for i, r in enumerate(self.round_rows) if r.state is RoundState.RUNNING)
        self.round_rows[k] = replace(self.round_rows[k], **parts)
        self._tell(Change(rounds=True))

    def rebuilt(self, number: int) -> Rebuilt:
        return Rebuilt()

    def shut_down(self) -> None:
        self.close()

    def _tell(self, change: Change) -> None:
        self.changed.emit(change)
