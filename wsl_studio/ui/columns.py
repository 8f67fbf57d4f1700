"""The three columns of the window: the sides follow its width until the reader moves them."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from wsl_studio.ui.theme import GRID_PX, scaled

LEAST_PX: Final = 33 * GRID_PX, 36 * GRID_PX
"""Widths of the left and the right column on a small screen."""
SMALLEST_PX: Final = 30 * GRID_PX
"""Width of the right column at 100 % that its answers need two by two."""
MOST_PX: Final = 46 * GRID_PX
"""A wider column would take from the picture and give the words nothing."""
SHARE: Final = 0.18
"""Of the window, for each side."""
LEAST_PICTURE_PX: Final = 400


class Columns(QSplitter):
    """Series, picture, labels.

    Args:
        places: The three, from the left.
    """

    def __init__(self, *places: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        for place in places:
            self.addWidget(place)
        self.setStretchFactor(1, 1)
        self.setHandleWidth(2)
        self.setChildrenCollapsible(False)
        self._is_own = False
        self.splitterMoved.connect(self._on_moved)

    @property
    def is_own(self) -> bool:
        """True once the reader chose the widths."""
        return self._is_own

    def take(self, widths: list[int]) -> None:
        """Widths of the last time."""
        self._is_own = True
        self.setSizes(widths)

    def fit(self) -> None:
        """Gives the sides their share; what a reader chose stays."""
        if self._is_own:
            return
        wanted = round(self.width() * SHARE)
        left = min(max(wanted, LEAST_PX[0]), scaled(MOST_PX))
        right = min(max(wanted, LEAST_PX[1], scaled(SMALLEST_PX)), scaled(MOST_PX))
        self.setSizes([left, max(LEAST_PICTURE_PX, self.width() - left - right), right])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sides follow."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger words need wider sides."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit()

    def _on_moved(self, at: int, handle: int) -> None:
        del at, handle
        self._is_own = True
