"""A frame round one control of a window, which follows it and lets the pointer through."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wsl_studio.ui.theme import FOR


class Halo(QWidget):
    """A frame round a control; the pointer passes through it.

    Args:
        window: What the control stands in.
        colour: ``#rrggbb`` of now.
    """

    def __init__(self, window: QWidget, colour: Callable[[], str] = lambda: FOR) -> None:
        super().__init__(window)
        self._colour = colour
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self.hide()

    def point_at(self, target: QWidget | None) -> None:
        """Frames another control; None frames nothing."""
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = target
        if target is not None:
            target.installEventFilter(self)
        QTimer.singleShot(0, self, self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows a control that moves."""
        moves = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
        if watched is self._target and event.type() in moves:
            QTimer.singleShot(0, self, self._follow)
        return False

    def _follow(self) -> None:
        target, over = self._target, self.parentWidget()
        if target is None or over is None or not target.isVisible():
            self.hide()
            return
        frame = QRect(target.mapTo(over, QPoint(0, 0)), target.size()).adjusted(-2, -2, 2, 2)
        self.setGeometry(frame.intersected(over.rect()))
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the frame."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colour()), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
