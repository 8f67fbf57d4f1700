"""The open project: opening and closing it, imports, and what arrives from other processes."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.index_file import IndexFile
from wsl_studio.domain.progress import Steps, drain
from wsl_studio.domain.series import PassedOver, Series
from wsl_studio.domain.words import say
from wsl_studio.jobs import opening
from wsl_studio.jobs.importing import UNDER_WAY, Importer
from wsl_studio.jobs.pixels import Pixels
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.slices import SLICE_S, Slices, hold_garbage, let_garbage
from wsl_studio.jobs.values import (
    Change,
    Notice,
    ProjectInfo,
    RoundRow,
    Selection,
    SeriesRow,
    Work,
)

if TYPE_CHECKING:
    # Imported when a project is opened: the store costs half of the time to the first window.
    from wsl_studio.jobs.desk import Desk
    from wsl_studio.jobs.study import RoundRoom

log = logging.getLogger(__name__)

NOTHING_OPEN: Final = say("No project is open.")


class Opened(QObject):
    """The lower half of Session: what is open, and the three signals.

    Args:
        settings: Where reader name and recent projects are kept; a temporary one in tests.
    """

    changed = Signal(object)  # Change
    selection_changed = Signal(object)  # Selection
    notice = Signal(object)  # Notice

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings or Settings()
        self._selection = Selection()
        self._series: Series | None = None
        self._desk: Desk | None = None
        self._rounds: RoundRoom | None = None
        self._visited: list[str] = []
        self._pixels = Pixels(self)
        self._pixels.volume_ready.connect(self._on_volume)
        self._pixels.thumbnail_ready.connect(self._on_thumbnail)
        self._pixels.advanced.connect(self._on_work)
        self._pixels.failed.connect(self._on_trouble)
        self._slices = Slices(self)
        self._slices.advanced.connect(self._on_work)
        self._slices.failed.connect(self._on_trouble)
        self._taking = Slices(self)
        self._taking.advanced.connect(self._on_work)
        self._taking.failed.connect(self._on_untaken)
        self._arriving = Slices(self)
        self._arriving.advanced.connect(self._on_work)
        self._arriving.failed.connect(self._on_trouble)
        self._behind = QTimer(self)
        self._behind.setInterval(0)
        self._behind.timeout.connect(self._catch_up)
        self.changed.connect(self._look_behind)
        self._importer = Importer(self)
        self._importer.advanced.connect(self._on_work)
        self._importer.found.connect(self._on_index)
        self._importer.failed.connect(self._on_trouble)

    # Project ------------------------------------------------------------------------------

    @property
    def project(self) -> ProjectInfo | None:
        """The open project, or None."""
        return self._desk.info() if self._desk else None

    def open_project(self, folder: Path) -> None:
        """Opens a project folder; on trouble the one that was open stays open."""
        self._open(folder, findings=None)

    def create_project(self, folder: Path, findings: tuple[str, ...]) -> None:
        """Makes a project folder and opens it."""
        self._open(folder, findings=findings)

    def _open(self, folder: Path, findings: tuple[str, ...] | None) -> None:
        folder = folder.resolve()
        if self._desk is not None and self._desk.folder == folder:
            return
        self._slices.stop()
        try:
            if findings is not None:
                from wsl_studio.jobs.desk import Desk

                self._take_desk(Desk.create(folder, self.settings.reader, findings))
                return
            steps = opening.open_steps(folder, self.settings.reader)
            if opening.is_small(folder):
                self._take_desk(drain(steps))
            else:
                self._slices.start(steps, self._take_desk)
        except KnownError as trouble:
            self._on_trouble(trouble)

    def _take_desk(self, desk: "Desk") -> None:
        """Puts a project that is open in place of the one before."""
        from wsl_studio.jobs.study import RoundRoom

        folder = desk.folder
        self.close()
        self._desk = desk
        self._rounds = RoundRoom(desk, self)
        self._rounds.advanced.connect(self._on_round)
        self._rounds.ended.connect(self._on_round_end)
        self.settings.remember(folder)
        first = desk.findings[0] if desk.findings else ""
        self._selection = Selection(finding=first)
        self.changed.emit(
            Change(project=True, series=True, labels=True, queue=True, volume=True,
                   evidence=True, rounds=True)
        )  # fmt: skip
        self.selection_changed.emit(self._selection)
        self._rounds.take_up()
        start = self.queue or self.rows
        if start:
            self.select_series(start[0].uid)
        for sentence in desk.told:
            self.notice.emit(Notice(sentence))

    def set_reader(self, name: str) -> None:
        """Another reader takes over; the project is opened again for them."""
        self.settings.set("reader", name)
        if self._desk is not None:
            folder = self._desk.folder
            self.close()
            self.open_project(folder)

    def close(self) -> None:
        """Lets the project go; a round under way goes on by itself."""
        self._slices.stop()
        self._taking.stop()
        self._arriving.stop()
        self._end_catching_up()
        self._importer.cancel()
        self._pixels.forget()
        if self._rounds is not None:
            self._rounds.close()
            self._rounds.deleteLater()
        if self._desk is not None:
            self._desk.close()
        self._desk = self._rounds = self._series = None
        self._visited.clear()

    def shut_down(self) -> None:
        """Ends every process of the window; call once, at the very end."""
        self.close()
        self._pixels.close()
        self._importer.close()

    # Import -------------------------------------------------------------------------------

    def import_folder(self, folder: Path) -> None:
        """Indexes a folder in the background; files stay where they are."""
        if self._desk is None:
            self._on_trouble(KnownError(NOTHING_OPEN, "Open or make a project first."))
            return
        if self._taking.is_running:
            self._on_trouble(UNDER_WAY)
            return
        self._importer.start(folder, salt=self._desk.salt, cache=self._desk.header_cache)

    @property
    def work(self) -> Work | None:
        """Long work under way (an import), or None."""
        parts = (self._slices, self._importer, self._taking, self._arriving, self._pixels)
        return next((one.work for one in parts if one.work is not None), None)

    def cancel_work(self) -> None:
        """Stops opening, or the import; what that has read is kept for the next one."""
        if self._slices.work is not None:
            self._slices.stop()
        else:
            self._importer.cancel()
            self._taking.stop()
        self.changed.emit(Change(project=True, series=True, queue=True, work=True))

    @property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """Files that imports did not take, each with its reason."""
        return self._desk.passed_over() if self._desk else ()

    # What is selected is the upper half's; opening and arrivals need these of it. -------------

    @property
    def rows(self) -> tuple[SeriesRow, ...]:
        """Every series, by number."""
        return self._desk.rows() if self._desk else ()

    @property
    def queue(self) -> tuple[SeriesRow, ...]:
        """Series that want an answer, in the order of the queue, each with its reason."""
        return self._desk.queue() if self._desk else ()

    @property
    def selection(self) -> Selection:
        """What is on screen."""
        return self._selection

    @property
    def series(self) -> Series | None:
        """The selected series as the index knows it, also while its pixels load."""
        return self._series

    def select_series(self, uid: str) -> None:
        """Puts a series on screen."""
        if self._desk is None or uid == self._selection.series_uid:
            return
        if self._selection.series_uid:
            self._visited.append(self._selection.series_uid)
        self._show(uid)

    def row_of(self, uid: str) -> SeriesRow | None:
        """The line of one series; None for an unknown one."""
        return self._desk.row_of(uid) if self._desk else None

    def queue_place(self, uid: str) -> int:
        """Where in the queue a series is, from 0; -1 if not there, or if nothing is open."""
        return self._desk.place_of(uid) if self._desk else -1

    def select_finding(self, name: str) -> None:
        """Chooses the finding that keys answer and whose evidence is shown."""
        self._select(finding=name)

    def _select(self, **parts: Any) -> None:
        old = self._selection
        new = Selection(**{"series_uid": old.series_uid, "slice": old.slice,
                           "finding": old.finding, **parts})  # fmt: skip
        if new != old:
            self._selection = new
            self.selection_changed.emit(new)

    def _show(self, uid: str) -> None:
        assert self._desk is not None
        self._series = series = self._desk.series(uid)
        self._selection = Selection(uid, series.n_slices // 2, self._selection.finding)
        self._desk.select(uid)
        self._pixels.show(series)
        self._reveal()
        self.selection_changed.emit(self._selection)
        self.changed.emit(Change(volume=True, labels=True, evidence=True, work=True))

    def _reveal(self) -> None:
        """Where the policy lets it, the model is shown at once, and that is journalled."""
        if self._desk is not None and self._desk.may_reveal():
            self._desk.peek()

    # Long lists -----------------------------------------------------------------------------

    @property
    def is_behind(self) -> bool:
        """True while lines of a long list are not yet as they will be."""
        return self._desk is not None and self._desk.is_behind

    def _look_behind(self) -> None:
        if self._desk is not None and self._desk.is_behind and not self._behind.isActive():
            self._behind.start()
            hold_garbage()

    def _end_catching_up(self) -> None:
        if self._behind.isActive():
            self._behind.stop()
            let_garbage()

    def _catch_up(self) -> None:
        """Works on long lists between two events."""
        try:
            if self._desk is not None and not self._desk.catch_up(SLICE_S):
                return
        except KnownError as trouble:
            self._on_trouble(trouble)
        self._end_catching_up()
        # One after the other: each renews a long list.
        self.changed.emit(Change(queue=True))
        QTimer.singleShot(0, self, self._tell_series)

    def _tell_series(self) -> None:
        self.changed.emit(Change(series=True))
        self._select_first()

    # Arrivals -----------------------------------------------------------------------------

    def _on_volume(self) -> None:
        self.changed.emit(Change(volume=True, work=True))

    def _on_thumbnail(self, uid: str) -> None:
        self.changed.emit(Change(thumbnails=frozenset({uid})))

    def _on_work(self) -> None:
        self.changed.emit(Change(work=True))

    def _on_index(self, found: IndexFile) -> None:
        """Takes what an import found, a few series between two events."""
        if self._desk is not None:
            taking = self._take_index(self._desk, found)
            self._taking.start(taking, self._tell_taken, "Importing: keeping series")
        else:
            found.path.unlink(missing_ok=True)

    def _take_index(self, desk: "Desk", found: IndexFile) -> Steps[str]:
        try:
            added, known = yield from desk.take_steps(found)
        finally:
            found.path.unlink(missing_ok=True)
        return say("{added} series added, {known} known, {passed} files passed over.",
                   added=added, known=known, passed=found.n_passed_over)  # fmt: skip

    def _on_untaken(self, trouble: KnownError) -> None:
        self._on_trouble(trouble)
        self.changed.emit(Change(project=True, series=True, queue=True, work=True))

    def _tell_taken(self, told: str) -> None:
        self.changed.emit(Change(project=True, series=True, queue=True, work=True))
        self.notice.emit(Notice(told, "" if " 0 files" in told else "The list says why."))
        self._select_first()

    def _select_first(self) -> None:
        if not self._selection.series_uid and self.queue:
            self.select_series(self.queue[0].uid)

    def _on_round(self) -> None:
        self.changed.emit(Change(rounds=True))

    def _on_round_end(self, row: RoundRow) -> None:
        self._with_scores(row.number, lambda: self._tell_round(row))

    def _with_scores(self, number: int, then: Callable[[], object]) -> None:
        """Goes on when the scores of a round are at hand; at once with few series."""
        if self._desk is None:
            return
        steps = self._desk.score_steps(number)
        if self._desk.is_long and not self._arriving.is_running:
            self._arriving.start(steps, lambda _scores: then())
            return
        try:
            drain(steps)
        except KnownError as trouble:
            self._on_trouble(trouble)
        else:
            then()

    def _tell_round(self, row: RoundRow) -> None:
        if self._desk is not None:
            self._desk.forget_round()
            self._reveal()
        self.changed.emit(
            Change(project=True, rounds=True, evidence=True, labels=True, series=True, queue=True)
        )
        text = say("Round {number}: {state}.", number=row.number, state=row.state)
        is_trouble = row.metrics is None
        self.notice.emit(Notice(text, row.sentence if is_trouble else "", is_trouble))

    def _on_trouble(self, trouble: KnownError) -> None:
        log.info("trouble told to the reader: %s", type(trouble).__name__)
        self.notice.emit(Notice(trouble.sentence, trouble.advice, is_trouble=True))
        self.changed.emit(Change(work=True))
