"""A table of labels before it is taken: added, unchanged, unknown, conflicting; line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from wsl_studio.domain.label import Level
from wsl_studio.jobs.values import Change
from wsl_studio.ui.parts import Elided, Spread, allow, button, column, mark_next, row
from wsl_studio.ui.rounds_table import Table, make_view
from wsl_studio.ui.theme import GRID_PX, ink

if TYPE_CHECKING:
    from wsl_studio.jobs.label_import import Plan, Planned
    from wsl_studio.jobs.session import Session

TITLES: Final = ("Series", "Finding", "Says", "Where", "Reader", "What becomes of it")


class ImportLabels(QDialog):
    """What a table would do; nothing is done before ``Add`` is pressed.

    Args:
        parent: The window.
        session: What is open.
        path: The CSV file.
    """

    def __init__(self, parent: QWidget, session: Session, path: Path) -> None:
        super().__init__(parent)
        self._session, self._path = session, path
        self.setWindowTitle("Labels from a table")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table = Table()
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self._table)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        view = make_view(self._table, stretch=5)
        view.setModel(self.shown)
        view.setAccessibleName("Labels of the table")
        self._summary = Spread()
        self._summary.setObjectName("summary")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter: conflicting, unknown, a series, a finding …")
        self.filter.setAccessibleName("Filter the labels")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        self.add_button = button("Add", on_click=self.take)
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark_next(self.add_button, True)
        self._foot = Elided("Nothing that stands is overwritten.", tone="dim")
        outer = column(margin=2 * GRID_PX)
        outer.addWidget(self._summary)
        outer.addWidget(self.filter)
        outer.addWidget(view, 1)
        close = button("Close", on_click=self.close)
        outer.addLayout(row(self._foot, close, self.add_button))
        self.setLayout(outer)
        self.resize(104 * GRID_PX, 64 * GRID_PX)
        session.changed.connect(self._on_change)
        self._refresh()

    def summary(self) -> str:
        """The counts in words."""
        return self._summary.text()

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """What the table says."""
        return self._table.lines

    def take(self) -> None:
        """Adds the labels that are new."""
        self._session.take_labels(self._path)

    def _on_change(self, change: Change) -> None:
        if change.labels:
            self._refresh()

    def _refresh(self) -> None:
        plan = self._session.plan_labels(self._path)
        self._table.show_lines(
            TITLES,
            [_line(one) for one in plan.lines] if plan else [],
            numbers=frozenset(),
            tones=[_tone(one) for one in plan.lines] if plan else [],
        )
        self._summary.setText(_words(self._path, plan))
        n = plan.added if plan else 0
        self.add_button.setText(f"Add {n} label{'s' if n != 1 else ''}")
        allow(self.add_button, "" if n else "There is no new label in this table")
        mark_next(self.add_button, bool(n))


def _words(path: Path, plan: Plan | None) -> str:
    if plan is None:
        return f"{path.name} can't be read as a table of labels; the bottom line says why."
    parts = [
        f"{plan.added} would be added",
        f"{plan.unchanged} are there already",
        f"{len(plan.conflicting)} contradict what stands and are left out",
        f"{len(plan.unknown)} series are not in this project",
    ]
    new = f" New findings: {', '.join(plan.new_findings)}." if plan.new_findings else ""
    return f"{path.name}: {', '.join(parts)}.{new}"


def _line(one: Planned) -> tuple[str, ...]:
    entry = one.entry
    if entry.region is not None:
        span = (entry.region.first + 1, entry.region.last + 1)
        place = f"{entry.level} {span[0]}" + (f"–{span[1]}" if span[0] != span[1] else "")
    else:
        place = entry.level.value if entry.level is Level.STUDY else ""
    fate = one.fate.value + (f": {one.stands} stands" if one.stands and one.uid else "")
    said = entry.answer.value if entry.answer else ""
    return (one.key, entry.finding, said, place, entry.reader, fate)


def _tone(one: Planned) -> str:
    return {"added": "", "unchanged": ink().dim}.get(one.fate.value, ink().trouble)
