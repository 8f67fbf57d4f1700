"""Names of the lines of a plot, each behind a piece of its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ink, scaled, ui_font

MOST_ROWS: Final = 2
ROW_PX: Final = 2 * GRID_PX
SAMPLE_PX: Final = 12
GAP_PX: Final = 3
APART_PX: Final = 8


@dataclass(frozen=True)
class Name:
    """One line: what it is called, and how it is drawn."""

    text: str
    colour: str
    dash: Qt.PenStyle = Qt.PenStyle.NoPen


class LineNames(QWidget):
    """Names in rows, as many as there is room for; the others are counted and stand in the tip."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[Name, ...] = ()
        self._rows: list[list[tuple[float, Name]]] = []
        self.setFont(ui_font(SMALL_PX))
        # No width of its own: a plot does not grow with its names.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_height(1)

    def show_names(self, names: Sequence[Name]) -> None:
        """Shows the names of lines."""
        self._names = tuple(names)
        self._rows = self._fitted()
        every = [name.text for name in names]
        is_cut = any(x + self._width(name) > self.width() for row in self._rows for x, name in row)
        self.setToolTip("\n".join(every) if is_cut or self.shown != every else "")
        self.setAccessibleName(", ".join(every))
        self.update()

    def set_height(self, rows: int) -> None:
        """Takes the height of so many rows."""
        self.setFixedHeight(rows * scaled(ROW_PX))

    @property
    def needed(self) -> int:
        """Rows that are filled, at least one."""
        return max(1, len(self._rows))

    @property
    def shown(self) -> list[str]:
        """What is written, in order; ``+3`` at the end stands for three more."""
        return [name.text for row in self._rows for _, name in row]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names flow anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.show_names(self._names)
            self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws a piece of each line and its name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        height = scaled(ROW_PX)
        for k, row in enumerate(self._rows):
            for x, name in row:
                painter.setPen(QPen(QColor(name.colour), 1.6, name.dash, Qt.PenCapStyle.FlatCap))
                middle = (k + 0.5) * height
                painter.drawLine(QPointF(x, middle), QPointF(x + scaled(SAMPLE_PX), middle))
                painter.setPen(QColor(name.colour))
                at = x + self._sample(name)
                room = QRectF(at, k * height, max(0.0, self.width() - at), height)
                right = Qt.TextElideMode.ElideRight
                text = self.fontMetrics().elidedText(name.text, right, int(room.width()))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _sample(self, name: Name) -> int:
        return 0 if name.dash == Qt.PenStyle.NoPen else scaled(SAMPLE_PX) + GAP_PX

    def _width(self, name: Name) -> int:
        return self._sample(name) + self.fontMetrics().horizontalAdvance(name.text)

    def _laid(self, names: Sequence[Name]) -> list[list[tuple[float, Name]]]:
        """Names in rows, each with its left edge; one that is too wide has a row of its own."""
        rows: list[list[tuple[float, Name]]] = []
        x = 0.0
        for name in names:
            width = self._width(name)
            if not rows or x + width > self.width():
                rows.append([])
                x = 0.0
            rows[-1].append((x, name))
            x += width + APART_PX
        return rows

    def _fitted(self) -> list[list[tuple[float, Name]]]:
        """As many names as fit in ``MOST_ROWS`` rows, with a count of the others."""
        rows = self._laid(self._names)
        n = len(self._names)
        while len(rows) > MOST_ROWS and n > 0:
            n -= 1
            more = Name(f"+{len(self._names) - n}", ink().dim)
            rows = self._laid([*self._names[:n], more])
        return rows
