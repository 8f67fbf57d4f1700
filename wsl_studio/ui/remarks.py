"""Under the findings: answers that do not fit one another, and the note on the case."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wsl_studio.jobs.values import CaseLabels
from wsl_studio.ui.icons import icon
from wsl_studio.ui.parts import Elided, button, column, row
from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ink, ui_font
from wsl_studio.ui.words import local, tr

LINES = 2
"""Contradictions that are shown at once; the tooltip has all."""


class Remarks(QWidget):
    """Keeps no room while there is nothing to say.

    Args:
        edit_note: Called when the note is clicked.
    """

    def __init__(self, edit_note: Callable[[], object]) -> None:
        super().__init__()
        self.lines = [Elided(tone="trouble") for _ in range(LINES)]
        self.note = button(" ", flat=True, on_click=edit_note)
        self.note.setProperty("text_left", True)
        self.note.setIcon(icon("note", ink().dim))
        self.note.setAccessibleName(tr("note on this series"))
        outer = column(gap=2)
        for line in self.lines:
            line.setFont(ui_font(SMALL_PX))
            outer.addWidget(line)
        outer.addLayout(row(self.note))
        outer.setContentsMargins(GRID_PX + 4, 0, GRID_PX + 4, 0)
        self.setLayout(outer)
        self.show_labels(CaseLabels())

    def show_labels(self, labels: CaseLabels) -> None:
        """Shows what there is to say of a case."""
        found = [local(one) for one in labels.conflicts]
        for k, line in enumerate(self.lines):
            text = found[k] if k < len(found) else ""
            if k == LINES - 1 and len(found) > LINES:
                n = len(found) - LINES + 1
                text = tr("{n} more answers do not fit one another.", n=n)
            line.setText(text)
            line.set_tip("\n".join([*found, tr("Shown, not mended: both answers stand.")]))
            line.setVisible(bool(text))
        fitted = self.note.fontMetrics().elidedText(
            labels.note, Qt.TextElideMode.ElideRight, 30 * GRID_PX - 4
        )
        self.note.setText(fitted)
        self.note.setToolTip(labels.note)
        self.note.setVisible(bool(labels.note))
        self.setVisible(bool(labels.note or found))
