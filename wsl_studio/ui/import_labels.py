"""A table of labels before it is taken: added, unchanged, unknown, conflicting; line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from wsl_studio.domain.label import Level
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Change
from wsl_studio.ui.parts import Elided, Spread, allow, button, column, mark_next, row
from wsl_studio.ui.rounds_table import Table, make_view
from wsl_studio.ui.theme import GRID_PX, ink
from wsl_studio.ui.words import local, tr, tr_n

if TYPE_CHECKING:
    from wsl_studio.jobs.label_import import Plan, Planned
    from wsl_studio.jobs.session import Session

TITLES: Final = (
    say("Series"),
    say("Finding"),
    say("Says"),
    say("Where"),
    say("Reader"),
    say("What becomes of it"),
)


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
        self.setWindowTitle(tr("Labels from a table"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table = Table()
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self._table)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        view = make_view(self._table, stretch=5)
        view.setModel(self.shown)
        view.setAccessibleName(tr("Labels of the table"))
        self._summary = Spread()
        self._summary.setObjectName("summary")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter: conflicting, unknown, a series, a finding …"))
        self.filter.setAccessibleName(tr("Filter the labels"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        self.add_button = button(tr("Add"), on_click=self.take)
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark_next(self.add_button, True)
        self._foot = Elided(tr("Nothing that stands is overwritten."), tone="dim")
        outer = column(margin=2 * GRID_PX)
        outer.addWidget(self._summary)
        outer.addWidget(self.filter)
        outer.addWidget(view, 1)
        close = button(tr("Close"), on_click=self.close)
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
        self.add_button.setText(tr_n(n, "Add {n} label", "Add {n} labels"))
        allow(self.add_button, "" if n else tr("There is no new label in this table"))
        mark_next(self.add_button, bool(n))


def _words(path: Path, plan: Plan | None) -> str:
    if plan is None:
        return tr(
            "{name} can't be read as a table of labels; the bottom line says why.", name=path.name
        )
    parts = [
        tr("to be added: {n}", n=plan.added),
        tr("there already: {n}", n=plan.unchanged),
        tr("left out because they contradict what stands: {n}", n=len(plan.conflicting)),
        tr("series that are not in this project: {n}", n=len(plan.unknown)),
    ]
    names = ", ".join(plan.new_findings)
    new = " " + tr("New findings: {names}.", names=names) if names else ""
    return tr("{name}: {parts}.", name=path.name, parts=", ".join(parts)) + new


def _line(one: Planned) -> tuple[str, ...]:
    entry = one.entry
    if entry.region is not None:
        span = (entry.region.first + 1, entry.region.last + 1)
        place = f"{entry.level} {span[0]}" + (f"–{span[1]}" if span[0] != span[1] else "")
    else:
        place = local(entry.level) if entry.level is Level.STUDY else ""
    fate = local(one.fate)
    if one.stands and one.uid:
        fate = tr("{fate}: {answer} stands", fate=fate, answer=local(one.stands))
    said = local(entry.answer) if entry.answer else ""
    return (one.key, entry.finding, said, place, entry.reader, fate)


def _tone(one: Planned) -> str:
    return {"added": "", "unchanged": ink().dim}.get(one.fate.value, ink().trouble)
