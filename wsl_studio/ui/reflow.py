"""Widgets beside one another that stand two by two where one line is too short for them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from wsl_studio.ui.theme import GRID_PX

NO_LIMIT: Final = 16_777_215
"""Qt's word for a widget without a largest size."""

FRAME_PX: Final = 6
"""Of a segment, both sides together."""


class Reflow(QWidget):
    """One line of widgets, or lines of two.

    Args:
        widgets: In order.
        gap: Between them, px.
        shares: Of the width that is left over, one each; 1 each if empty.
    """

    def __init__(self, widgets: Sequence[QWidget], *, gap: int, shares: Sequence[int] = ()) -> None:
        super().__init__()
        self._widgets, self._gap = tuple(widgets), gap
        self._shares = tuple(shares) or (1,) * len(self._widgets)
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        for widget in self._widgets:
            widget.setMaximumWidth(NO_LIMIT)
        self._place(len(self._widgets))

    @property
    def across(self) -> int:
        """Widgets in a line now."""
        return self._across

    def _width_of(self, across: int) -> int:
        wide = [_least(widget) for widget in self._widgets]
        lines = [wide[k : k + across] for k in range(0, len(wide), across)]
        columns = [max(line[k] for line in lines if k < len(line)) for k in range(across)]
        return sum(columns) + self._gap * (across - 1)

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for k, widget in enumerate(self._widgets):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, k // across, k % across)
        is_line = across == len(self._widgets)
        for k, share in enumerate(self._shares):
            self._grid.setColumnStretch(k, share if is_line else int(k < across))
        self.updateGeometry()

    def _refit(self) -> None:
        for widget in self._widgets:
            if widget.property("segment"):  # its words before its frame, where room is short
                widget.setMinimumWidth(_least(widget))
        all_of = len(self._widgets)
        self._place(all_of if self._width_of(all_of) <= self.width() else 2)

    def minimumSizeHint(self) -> QSize:
        """As narrow as two in a line, as high as it stands."""
        return QSize(self._width_of(2), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take other lines."""
        super().resizeEvent(event)
        self._refit()

    def event(self, event: QEvent) -> bool:
        """So may other words, or larger ones."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._refit()
        return done


def _least(widget: QWidget) -> int:
    """The least width in which a widget's words stand whole, px."""
    if isinstance(widget, QPushButton) and widget.property("segment"):
        words = str(widget.property("widest") or widget.text())
        return max(widget.fontMetrics().horizontalAdvance(words) + FRAME_PX, 3 * GRID_PX)
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())
