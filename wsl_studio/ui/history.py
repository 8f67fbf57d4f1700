"""The history: who said what, when, and whether they had seen the model; a click goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QTableView, QWidget

from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Change
from wsl_studio.ui.parts import Elided, button, column, row
from wsl_studio.ui.rounds_table import Table, make_view
from wsl_studio.ui.theme import GRID_PX, ink
from wsl_studio.ui.words import local, tr, tr_n

if TYPE_CHECKING:
    from wsl_studio.jobs.lead import HistoryRow
    from wsl_studio.jobs.session import Session

TITLES: Final = (say("No."), say("When"), say("Who"), say("Series"), say("What"), say("Model"))
WHAT: Final = 4


class HistoryTable(QTableView):
    """The lines; Enter goes to the series of the line that is chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class History(QDialog):
    """Every act of the project, newest first; it follows what is done beside it.

    Args:
        parent: The window.
        session: What is open.
    """

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: tuple[HistoryRow, ...] = ()
        self.setWindowTitle(tr("History"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table = Table()
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self._table)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = HistoryTable()
        make_view(self._table, stretch=WHAT, view=self.view)
        self.view.setModel(self.shown)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.clicked.connect(self._go)
        self.view.setAccessibleName(tr("History"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter: a reader, a finding, #12, undone …"))
        self.filter.setAccessibleName(tr("Filter the history"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        self._count = Elided(tone="dim")
        self.undo_button = button(tr("Undo"), icon_name="undo", on_click=session.undo)
        self.redo_button = button(tr("Redo"), icon_name="redo", on_click=session.redo)
        outer = column(margin=2 * GRID_PX)
        outer.addWidget(self.filter)
        outer.addWidget(self.view, 1)
        close = button(tr("Close"), on_click=self.close)
        outer.addLayout(row(self._count, self.undo_button, self.redo_button, close))
        self.setLayout(outer)
        self.resize(110 * GRID_PX, 64 * GRID_PX)
        session.changed.connect(self._on_change)
        self._refresh()
        self.view.setFocus()

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """What the table says, newest first."""
        return self._table.lines

    def _on_change(self, change: Change) -> None:
        if change.labels or change.project:
            self._refresh()

    def _refresh(self) -> None:
        self._rows = self._session.history
        numbers = {line.uid: f"#{line.number}" for line in self._session.rows}
        self._table.show_lines(
            TITLES,
            [_line(one, numbers) for one in self._rows],
            numbers=frozenset({0}),
            tones=[ink().faint if one.is_undone else ink().dim if not one.series_uid else ""
                   for one in self._rows],
        )  # fmt: skip
        n = len(self._rows)
        undone = sum(one.is_undone for one in self._rows)
        self._count.setText(
            tr_n(
                n,
                "{n} act, {undone} undone. Nothing is erased.",
                "{n} acts, {undone} undone. Nothing is erased.",
                undone=undone,
            )
        )

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            uid = self._rows[self.shown.mapToSource(index).row()].series_uid
            if uid:
                self._session.select_series(uid)


def _line(one: HistoryRow, numbers: dict[str, str]) -> tuple[str, ...]:
    when = one.created.astimezone()
    what = tr("{what} (undone)", what=local(one.words)) if one.is_undone else local(one.words)
    seen = "" if one.saw_model is None else tr("seen before") if one.saw_model else tr("not seen")
    place = numbers.get(one.series_uid, "") or (tr("project") if not one.series_uid else "–")
    return (str(one.number), f"{when:%Y-%m-%d %H:%M:%S}", one.reader, place, what, seen)
