"""The header inspector: every element of the slice on screen, with a search."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from wsl_studio.domain.words import say
from wsl_studio.jobs.values import HeaderLine
from wsl_studio.ui.parts import Spread, button, column, row
from wsl_studio.ui.rounds_table import Table, make_view
from wsl_studio.ui.settle import settle
from wsl_studio.ui.theme import GRID_PX, scaled
from wsl_studio.ui.words import local, tr

HIDDEN: Final = say("hidden with the names (H)")


class HeaderLines(QDialog):
    """A list to search by tag, name or value; it keeps nothing when it is closed.

    Args:
        parent: The window.
        ask: Reads the header of the slice on screen and calls back with its lines.
        are_names_hidden: Asked at every filling.
    """

    def __init__(
        self,
        parent: QWidget,
        ask: Callable[[Callable[[tuple[HeaderLine, ...]], None]], None],
        are_names_hidden: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Header of this slice"))
        self.setModal(False)
        self._ask, self._are_names_hidden = ask, are_names_hidden
        self._lines: tuple[HeaderLine, ...] = ()
        self.table = Table()
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.table)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._view = make_view(self.table, stretch=3)
        self._view.setAccessibleName(tr("Elements of the header"))
        self._view.setModel(self.shown)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search: spacing, 0018,0050, axial"))
        self.search.setAccessibleName(tr("Search the header"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.shown.setFilterFixedString)
        self._note = Spread("")
        outer = column(margin=2 * GRID_PX)
        outer.addWidget(self.search)
        outer.addWidget(self._view, 1)
        foot = row(self._note, button(tr("Close"), on_click=self.close))
        foot.setStretch(0, 1)
        outer.addLayout(foot)
        self.setLayout(outer)
        self.resize(100 * GRID_PX, 72 * GRID_PX)
        settle(self)

    def look(self) -> None:
        """Opens the list on the slice that is on screen now, or closes it."""
        if self.isVisible():
            self.close()
            return
        self._fill(())
        self._note.setText(tr("reading \N{HORIZONTAL ELLIPSIS}"))
        self.show()
        self.search.setFocus()
        self._ask(self.take)

    def take(self, lines: Sequence[HeaderLine]) -> None:
        """Shows lines that were read; what came too late is dropped."""
        if self.isVisible():
            self._fill(tuple(lines))

    def refresh(self) -> None:
        """Names were hidden or shown: the values follow at once."""
        self._fill(self._lines)

    def _fill(self, lines: tuple[HeaderLine, ...]) -> None:
        self._lines = lines
        is_hiding = self._are_names_hidden()
        self.table.show_lines(
            (tr("Tag"), tr("Element"), tr("Kind"), tr("Value")),
            [
                (
                    line.tag,
                    2 * line.depth * "\N{NO-BREAK SPACE}" + line.name,
                    line.vr,
                    local(HIDDEN) if is_hiding and not line.is_safe else line.value,
                )
                for line in lines
            ],
            numbers=frozenset(),
            tips=[line.name for line in lines],
        )
        header = self._view.horizontalHeader()
        header.setSectionResizeMode(header.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for k, wide in enumerate((14, 34, 7)):
            self._view.setColumnWidth(k, scaled(wide * GRID_PX))
        words = tr("{n} elements, read from the file now and kept nowhere.", n=len(lines))
        self._note.setText(f"{words} {tr('Names are hidden.')}" if is_hiding else words)

    def done(self, result: int) -> None:
        """Forgets the lines: they may name a patient."""
        self._fill(())
        super().done(result)
