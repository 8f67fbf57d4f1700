"""The empty state: what to do when no project is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from wsl_studio.ui.icons import icon
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.parts import Elided, Spread, button, clear, column, heading, mark_next, row
from wsl_studio.ui.theme import DARK, GRID_PX, ink, scaled, ui_font
from wsl_studio.ui.words import tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

WIDTH_PX = 60 * GRID_PX


class Welcome(QWidget):
    """Demo, new, open, import, and the projects opened last.

    Signals say what was asked for; the window does it.
    """

    demo_asked = Signal()
    new_asked = Signal()
    open_asked = Signal()
    import_asked = Signal()
    tour_asked = Signal()

    def __init__(self, session: Session, keys: KeyTable) -> None:
        super().__init__()
        self._session = session
        title = QLabel("WSL Studio")
        title.setFont(ui_font(28, bold=True))
        words = Spread(
            tr(
                "Say in coarse words what a series shows. A model on this machine learns from"
                " them and shows its evidence for and against, slice by slice."
            )
        )
        self.demo_button = self._choice(
            "phantom",
            tr("Try the demo"),
            tr("60 phantom series, a third labelled"),
            self.demo_asked,
        )
        self.open_button = self._choice(
            "folder", tr("Open a project"), keys.hint("open"), self.open_asked
        )
        self.new_button = self._choice("plus", tr("New project"), keys.hint("new"), self.new_asked)
        self.import_button = self._choice(
            "import", tr("Import a folder"),
            tr("{key}, or drop it here", key=keys.hint("import")), self.import_asked,
        )  # fmt: skip
        self.tour_button = button(
            tr("New here? Take the tour  {key}", key=keys.hint("tour")), flat=True,
            tip=tr("Walks the loop once on the demo: label, train, evidence, correct"),
            on_click=self.tour_asked.emit,
        )  # fmt: skip
        self._recent = column(gap=0)
        self._recent_title = heading(tr("Recent projects"))
        inner = column(gap=GRID_PX)
        inner.addWidget(title)
        inner.addWidget(words)
        inner.addSpacing(2 * GRID_PX)
        self._choices = (
            self.demo_button,
            self.open_button,
            self.new_button,
            self.import_button,
        )
        for one in self._choices:
            inner.addWidget(one)
        inner.addLayout(row(None, self.tour_button, None))
        inner.addSpacing(2 * GRID_PX)
        inner.addWidget(self._recent_title)
        inner.addLayout(self._recent)
        for one in (*self._choices, self.tour_button):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # no image wants the keyboard here
        page = QWidget()
        page.setLayout(inner)
        page.setFixedWidth(scaled(WIDTH_PX))
        outer = QHBoxLayout()
        outer.addStretch(1)
        middle = column()
        middle.addStretch(2)
        middle.addWidget(page)
        middle.addStretch(3)
        outer.addLayout(middle)
        outer.addStretch(1)
        self.setLayout(outer)
        self.refresh()

    def _choice(self, icon_name: str, text: str, hint: str, signal: SignalInstance) -> QWidget:
        out = button("", on_click=signal.emit)
        out.setProperty("flat", False)
        out.setProperty("big", True)
        out.setFixedWidth(scaled(WIDTH_PX))
        out.setAccessibleName(text)
        picture, words, note = QLabel(), QLabel(text), QLabel(hint)
        picture.setObjectName(icon_name)
        note.setProperty("tone", "dim")
        for label in (picture, words, note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = row(picture, words, None, note, gap=GRID_PX + 4)
        line.setContentsMargins(2 * GRID_PX, 0, 2 * GRID_PX, 0)
        out.setLayout(line)
        return out

    def refresh(self) -> None:
        """Lists the recent projects and marks the next thing to do."""
        clear(self._recent)
        recent = self._session.settings.recent[:5]
        self._recent_title.setVisible(bool(recent))
        for folder in recent:
            one = button("", flat=True, on_click=partial(self._session.open_project, folder))
            one.setFixedWidth(scaled(WIDTH_PX))
            one.setToolTip(str(folder))
            one.setAccessibleName(tr("Open {name}", name=folder.name))
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            name = QLabel(folder.name)
            where = Elided(str(folder.parent), tone="dim", mode=Qt.TextElideMode.ElideMiddle)
            where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for label in (name, where):
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            line = row(name, where, gap=2 * GRID_PX)
            line.setContentsMargins(2 * GRID_PX, 0, 2 * GRID_PX, 0)
            one.setLayout(line)
            self._recent.addWidget(one)
        first = self.open_button if recent else self.demo_button
        for choice in self._choices:
            is_next = choice is first
            mark_next(choice, is_next)
            _colour(choice, DARK.background if is_next else "")


def _colour(choice: QWidget, colour: str) -> None:
    """Text on the accent is dark, elsewhere as ever."""
    for label in choice.findChildren(QLabel):
        if label.objectName():
            picture = icon(label.objectName(), colour or ink().dim)
            label.setPixmap(picture.pixmap(QSize(16, 16), label.devicePixelRatioF()))
        label.setStyleSheet(f"color: {colour};" if colour else "")
