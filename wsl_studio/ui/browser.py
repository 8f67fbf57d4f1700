"""The left column: the queue with its reasons, and every series with its label state."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from wsl_studio.jobs.values import Change, Selection, SeriesRow
from wsl_studio.ui.icons import icon
from wsl_studio.ui.parts import Elided, Spread, column, heading, panel, row
from wsl_studio.ui.series_list import (
    NOWHERE,
    ROW_ROLE,
    QueuePainter,
    RowModel,
    SeriesPainter,
    Thumbnails,
    matches,
)
from wsl_studio.ui.theme import GRID_PX, ink
from wsl_studio.ui.words import tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session


AT_ONCE: Final = 2000
"""Rows that a filter goes through at once; a row takes 5 µs."""

SIFT_S: Final = 0.008
"""Time for a filter over more rows at each turn of the event loop."""


class CalmList(QTableView):
    """A list whose rows are equally high; it can wait with news while the pointer is on it.

    A table of one column: a list view asks for every row whenever one changes, which takes half
    a second for 100,000.
    """

    def __init__(self, model: RowModel, painter: QStyledItemDelegate) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(painter)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = painter.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.verticalHeader().setDefaultSectionSize(height)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        # The keyboard belongs to the image: Up and Down scroll slices, N and P change series.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(3 * GRID_PX)
        self.is_pointed_at = False

    def enterEvent(self, event: QEnterEvent) -> None:
        """From here on rows keep their places."""
        self.is_pointed_at = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Rows may move again."""
        self.is_pointed_at = False
        super().leaveEvent(event)
        self.parent_refresh()

    def parent_refresh(self) -> None:
        """Set by the owner: what to do once the pointer is gone."""

    def show_at(self, index: QModelIndex) -> None:
        """Marks a row and scrolls just far enough to see it."""
        if index.isValid():
            self.setCurrentIndex(index)
            if not self.is_pointed_at:
                self.scrollTo(index)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())


class FilterField(QLineEdit):
    """Words to filter the series by; Esc empties it and gives the keyboard back."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Filter: 12, CT, not labelled …"))
        self.setAccessibleName(tr("Filter the series"))
        self.setToolTip(tr("Number, modality, state, finding, answer or part of the split"))
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", ink().dim), QLineEdit.ActionPosition.LeadingPosition)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Enter end the typing."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()
            return
        super().keyPressEvent(event)


class Browser(QWidget):
    """Queue above, all series below; a click puts a series on screen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._thumbnails = Thumbnails(session.thumbnail)
        self.queue_model = RowModel(self._queue_place)
        self.series_model = RowModel(self._series_place)
        self.queue_list = CalmList(self.queue_model, QueuePainter())
        self.series_list = CalmList(self.series_model, SeriesPainter(self._thumbnails))
        self.queue_list.setAccessibleName(tr("Queue"))
        self.series_list.setAccessibleName(tr("All series"))
        self.queue_list.setObjectName("queue")
        self.series_list.setObjectName("series")
        self.queue_list.parent_refresh = self._refresh_queue  # type: ignore[method-assign]
        for view in (self.queue_list, self.series_list):
            view.clicked.connect(self._on_click)
            view.activated.connect(self._on_click)  # Enter, on a walk
        self.filter = FilterField()
        self.filter.textChanged.connect(self._refresh_filter)
        self._kept: frozenset[str] | None = None
        self._sieve: Generator[None, None, frozenset[str]] | None = None
        self._sieve_timer = QTimer(self)
        self._sieve_timer.setInterval(0)
        self._sieve_timer.timeout.connect(self._sift)
        self._shown = ""

        self._queue_count, self._series_count = Elided(tone="dim"), Elided(tone="dim")
        for label in (self._queue_count, self._series_count):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._queue_empty = _Empty()
        self._series_empty = _Empty()
        self._queue_stack = _stack(self.queue_list, self._queue_empty)
        self._series_stack = _stack(self.series_list, self._series_empty)

        upper, lower = panel(), panel()
        top = column(gap=GRID_PX // 2)
        top.setContentsMargins(0, GRID_PX, 0, 0)
        top.addLayout(_title(tr("Queue"), self._queue_count))
        top.addWidget(self._queue_stack, 1)
        upper.setLayout(top)
        bottom = column(gap=GRID_PX // 2)
        bottom.setContentsMargins(0, GRID_PX, 0, 0)
        bottom.addLayout(_title(tr("All series"), self._series_count))
        holder = row(self.filter)
        holder.setContentsMargins(GRID_PX, 0, GRID_PX, GRID_PX // 2)
        bottom.addLayout(holder)
        bottom.addWidget(self._series_stack, 1)
        lower.setLayout(bottom)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(2)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(lower)
        self.splitter.setSizes([220, 480])
        upper.setMinimumHeight(12 * GRID_PX)
        lower.setMinimumHeight(20 * GRID_PX)
        outer = column()
        outer.addWidget(self.splitter)
        self.setLayout(outer)
        self.setMinimumWidth(26 * GRID_PX)

        session.changed.connect(self._on_change)
        session.selection_changed.connect(self._on_selection)
        self._on_change(Change(project=True, series=True, queue=True))

    def sizeHint(self) -> QSize:
        """A column."""
        return QSize(33 * GRID_PX, 600)

    def focus_filter(self) -> None:
        """Starts typing into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _on_change(self, change: Change) -> None:
        if change.project:
            self._thumbnails.forget()
        if change.thumbnails:
            self._thumbnails.forget(change.thumbnails)
            self.series_model.touch(change.thumbnails)
        if (change.queue or change.project) and not self.queue_list.is_pointed_at:
            self._refresh_queue()
        if change.series or change.project:
            self._refresh_series()

    def _refresh_queue(self) -> None:
        rows = self._session.queue
        self.queue_model.set_rows(rows)
        self._queue_count.setText(tr("{n} waiting", n=len(rows)) if rows else "")
        self._queue_stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            has_series = bool(self._session.rows)
            self._queue_empty.say(
                tr("Every series has its answers. Train, or go back to any of them below.")
                if has_series
                else tr("Series wait here in the order that teaches most, each with its reason.")
            )
        self._mark_shown()

    def _queue_place(self, uid: str) -> int:
        """Where it is, unless the list waits for the pointer to leave it."""
        at, is_fresh = self._session.queue_place(uid), self.queue_model.rows is self._session.queue
        return NOWHERE if at < 0 and is_fresh else at

    def _series_place(self, uid: str) -> int:
        """Rows are listed by number, filtered or not."""
        own, listed = self._session.row_of(uid), self.series_model.rows
        if own is None:
            return NOWHERE
        at = bisect_left(listed, own.number, key=lambda line: line.number)
        return at if at < len(listed) and listed[at].number == own.number else NOWHERE

    def _refresh_filter(self) -> None:
        self._kept = None
        self._sieve = None
        text = self.filter.text().strip()
        if text and len(self._session.rows) > AT_ONCE:
            self._sieve = _sieve(self._session.rows, text)
            self._sieve_timer.start()
        else:
            self._refresh_series()

    def _sift(self) -> None:
        """Goes on with a filter over many rows, a few milliseconds at a time."""
        end = time.monotonic() + SIFT_S
        while self._sieve is not None and time.monotonic() < end:
            try:
                next(self._sieve)
            except StopIteration as done:
                self._sieve, self._kept = None, done.value
                self._refresh_series()
        if self._sieve is None:
            self._sieve_timer.stop()

    def _refresh_series(self) -> None:
        """Lists what the filter let through when it was typed; a label moves no row away."""
        rows, text = self._session.rows, self.filter.text().strip()
        if self._sieve is not None:
            return  # it comes when the filter is through
        if not text:
            self._kept = None
            shown = rows
        else:
            if self._kept is None:
                self._kept = frozenset(row.uid for row in rows if matches(row, text))
            shown = tuple(row for row in rows if row.uid in self._kept)
        self.series_model.set_rows(shown)
        done = project.n_labelled if (project := self._session.project) else 0
        words = (
            tr("{n} of {total}", n=len(shown), total=len(rows))
            if text
            else tr("{n} of {total} labelled", n=done, total=len(rows))
        )
        self._series_count.setText(words if rows else "")
        self._series_stack.setCurrentIndex(0 if shown else 1)
        if not shown:
            self._series_empty.say(
                tr("Nothing matches. Esc empties the filter.")
                if rows
                else tr("No series yet. Import a folder (Ctrl+I), or drop one onto the window.")
            )
        self._mark_shown()

    def _on_selection(self, selection: Selection) -> None:
        if selection.series_uid != self._shown:
            self._mark_shown()

    def _mark_shown(self) -> None:
        selection = self._session.selection
        self._shown = selection.series_uid
        self.series_list.show_at(self.series_model.index_of(selection.series_uid))
        self.queue_list.show_at(self.queue_model.index_of(selection.series_uid))

    def _on_click(self, index: QModelIndex) -> None:
        self._session.select_series(index.data(ROW_ROLE).uid)


def _sieve(rows: Sequence[SeriesRow], text: str) -> Generator[None, None, frozenset[str]]:
    """The series that a filter lets through; pauses often."""
    kept = set()
    for i, line in enumerate(rows):
        if matches(line, text):
            kept.add(line.uid)
        if i % 200 == 0:
            yield
    return frozenset(kept)


class _Empty(QWidget):
    """What an empty list says."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Spread()
        outer = column()
        outer.setContentsMargins(GRID_PX + 4, GRID_PX, GRID_PX, GRID_PX)
        outer.addWidget(self._words)
        outer.addStretch(1)
        self.setLayout(outer)

    def say(self, sentence: str) -> None:
        """Shows a sentence that names the next step."""
        self._words.setText(sentence)


def _stack(first: QWidget, second: QWidget) -> QStackedWidget:
    out = QStackedWidget()
    out.addWidget(first)
    out.addWidget(second)
    return out


def _title(text: str, count: QWidget) -> QHBoxLayout:
    out = row(heading(text), count)
    out.setContentsMargins(GRID_PX + 4, 0, GRID_PX, 0)
    return out
