"""The overlay on ?: every key there is, in groups, over the window and gone with any key."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QScrollBar, QWidget

from wsl_studio.domain.words import say
from wsl_studio.ui.keys import (
    EVIDENCE,
    IMAGE,
    LABEL,
    LAYOUT,
    MODEL,
    MOVE,
    PROJECT,
    Action,
    KeyTable,
    shown,
)
from wsl_studio.ui.parts import column, heading
from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ink, ui_font
from wsl_studio.ui.words import local, tr

MOUSE: Final = (
    (say("wheel"), say("scroll slices")),
    (say("left drag"), say("window and level; Shift fine, Alt coarse")),
    (say("click"), say("crosshair, region or measure there")),
    (say("right drag, Ctrl+wheel"), say("zoom")),
    (say("middle drag"), say("pan")),
)
_COLUMNS: Final = (
    (LABEL, MOVE), (IMAGE,), (EVIDENCE, LAYOUT), (MODEL, PROJECT)
)  # fmt: skip
TIGHT_PX: Final = 10
"""Size of the words where the window is too small for their usual one."""


class KeyHelp(QWidget):
    """Covers its parent; Esc, ?, a click or any other key closes it.

    Args:
        keys: What to show.
        parent: What to cover.
        where: Path of the settings file, for those who want other keys.
    """

    closed = Signal()

    def __init__(self, keys: KeyTable, parent: QWidget, where: str) -> None:
        super().__init__(parent)
        self._over, self._keys, self._where = parent, keys, where
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        parent.installEventFilter(self)
        self._page = QWidget()
        self._roll = QScrollArea(self)
        self._roll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._size_px = SMALL_PX

    def toggle(self) -> None:
        """Shows the help, or puts it away."""
        if self.isVisible():
            self.leave()
            return
        self._build()
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self.setFocus()

    def leave(self) -> None:
        """Puts the help away and gives the keyboard back."""
        self.hide()
        self.closed.emit()

    def _build(self) -> None:
        self._fill(SMALL_PX, 4)
        size = self._page.sizeHint()
        if size.width() > self._over.width() or size.height() > self._over.height():
            self._fill(TIGHT_PX, 1)
        self._place()

    def _fill(self, size_px: int, gap: int) -> None:
        self._size_px = size_px
        self._page = QWidget()
        columns = QHBoxLayout()
        columns.setSpacing(gap * GRID_PX)
        for groups in _COLUMNS:
            grid = QGridLayout()
            grid.setHorizontalSpacing(GRID_PX + gap)
            grid.setVerticalSpacing(gap)
            line = 0
            for group in groups:
                line = self._add_group(grid, line, group)
            grid.setRowStretch(line, 1)
            columns.addLayout(grid)
        outer = column(margin=gap * GRID_PX, gap=2 * GRID_PX)
        outer.addLayout(columns)
        foot = QLabel(
            tr(
                "Other keys, and the map on paper: {hint}   ·   "
                "kept in {where}   ·   Esc closes this",
                hint=self._keys.hint("keys"),
                where=self._where,
            )
        )
        foot.setProperty("tone", "dim")
        outer.addWidget(foot)
        self._page.setLayout(outer)
        self._page.setFont(ui_font(size_px))
        self._page.adjustSize()
        self._roll.setWidget(self._page)  # the one before is deleted

    def _add_group(self, grid: QGridLayout, line: int, group: str) -> int:
        title = heading(local(group))
        title.setContentsMargins(0, 2 * GRID_PX if line else 0, 0, 0)
        grid.addWidget(title, line, 0, 1, 2)
        line += 1
        pairs = [pair for a in self._keys.actions if a.group == group for pair in self._pair(a)]
        for key, title_ in [*pairs, *(MOUSE if group == IMAGE else ())]:
            key_label, what = QLabel(local(key)), QLabel(local(title_))
            for one in (key_label, what):
                one.setFont(ui_font(self._size_px, bold=one is key_label))
            what.setProperty("tone", "dim")
            grid.addWidget(key_label, line, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(what, line, 1)
            line += 1
        return line

    def _pair(self, action: Action) -> list[tuple[str, str]]:
        """Key and title of a line; a run of numbered actions is one line."""
        keys = list(dict.fromkeys(shown(key) for key in self._keys.keys(action.name)))
        head, _, number = action.name.rpartition("_")
        if head and number.isdigit():
            last = self._keys.hint(f"{head}_9")
            title = local(action.title).replace(number, "").strip()
            return [(f"{keys[0]} – {last}", title)] if number == "1" and keys else []
        return [("  ".join(keys), local(action.title))] if keys else []

    def lines(self) -> list[str]:
        """What it shows, for tests and screen readers."""
        return [label.text() for label in self._page.findChildren(QLabel)]

    def _place(self) -> None:
        size = self._page.sizeHint().boundedTo(self.size())
        at = QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        self._roll.setGeometry(QRect(at, size))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps covering a parent that changes its size."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
            if self.isVisible():
                self._build()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dims the window and lifts the page."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 150))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink().raised))
        painter.drawRoundedRect(self._roll.geometry(), GRID_PX, GRID_PX)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key but a modifier puts it away; arrows move what is larger than the window."""
        modifiers = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
        if (roll := self._bar(event.key())) is not None:
            bar, steps = roll
            bar.setValue(bar.value() + steps * bar.pageStep() // 2)
        elif event.key() not in modifiers:
            self.leave()

    def _bar(self, key: int) -> tuple[QScrollBar, int] | None:
        """What an arrow moves, where the help is larger than the window."""
        up_down, across = self._roll.verticalScrollBar(), self._roll.horizontalScrollBar()
        found = {
            Qt.Key.Key_Up: (up_down, -1), Qt.Key.Key_Down: (up_down, 1),
            Qt.Key.Key_Left: (across, -1), Qt.Key.Key_Right: (across, 1),
        }.get(Qt.Key(key))  # fmt: skip
        return found if found is not None and found[0].maximum() > 0 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts it away."""
        del event
        self.leave()
