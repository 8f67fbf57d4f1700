"""The pen on the image: a click is a point, a drag is a scribble; Esc puts it away."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Selection
from wsl_studio.ui import decor, marks
from wsl_studio.ui.canvas import Canvas
from wsl_studio.ui.theme import ui_font
from wsl_studio.ui.words import local

POINT: Final = "point"
SCRIBBLE: Final = "scribble"
HINTS: Final = {
    POINT: say("click a point, Esc to leave"),
    SCRIBBLE: say("draw a line, Esc to leave"),
}
STEP_PX: Final = 2.0
"""Pixels of the image between two kept places of a scribble; coarse is what it is."""
LONGEST: Final = 400


class Pen(QWidget):
    """Lies over the canvas while it is in use, and takes its mouse.

    Args:
        canvas: The image.
    """

    drawn = Signal(int, object)
    """(slice, ((x, y), ...)) in pixels of the stored slice, the centre of pixel k at k."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._kind = ""
        self._uid = ""
        self._points: list[tuple[float, float]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        canvas.installEventFilter(self)

    @property
    def kind(self) -> str:
        """``'point'``, ``'scribble'`` or empty while it is put away."""
        return self._kind

    def slots(self, leave_others: Callable[[], object]) -> dict[str, Callable[[], object]]:
        """What each key of the pen calls, by the name of its action.

        Args:
            leave_others: What Esc puts away beside the pen.
        """

        def leave() -> None:
            self.leave()
            leave_others()

        return {
            "point": lambda: self.take(POINT),
            "scribble": lambda: self.take(SCRIBBLE),
            "leave_tool": leave,
        }

    def take(self, kind: str) -> None:
        """The next click or drag with the left button draws; the same key again puts it away."""
        if self._canvas.view is None or self._canvas.orientation.axis != 0 or kind == self._kind:
            self.leave()
            return
        self._canvas.leave_tool()
        self._kind, self._points = kind, []
        self._canvas.setCursor(Qt.CursorShape.CrossCursor)
        self.setGeometry(self._canvas.rect())
        self.show()
        self.update()

    def leave(self) -> None:
        """Puts the pen away; what is not finished is dropped."""
        if self._kind:
            self._kind, self._points = "", []
            self._canvas.unsetCursor()
            self.hide()

    def follow(self, selection: Selection) -> None:
        """Another series on screen puts the pen away; another slice drops what is begun."""
        if selection.series_uid != self._uid:
            self._uid = selection.series_uid
            self.leave()
        self._points = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the left button of the canvas while the pen is out; all else goes on."""
        if watched is not self._canvas:
            return False
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        if not self._kind or not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            if event.buttons() & Qt.MouseButton.LeftButton and self._points:
                self._add(event.position())
                return True
            return False
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._points = []
            self._add(event.position())
        elif kind == QEvent.Type.MouseButtonRelease:
            self._finish()
        return True

    def _add(self, at: QPointF) -> None:
        canvas = self._canvas
        voxel = canvas.voxel_at(at)
        if voxel is None or len(self._points) >= LONGEST:
            return
        _, y, x = voxel
        here = (round(max(x, 0.0), 1), round(max(y, 0.0), 1))
        if self._points:
            x0, y0 = self._points[-1]
            is_near = (here[0] - x0) ** 2 + (here[1] - y0) ** 2 < STEP_PX**2
            if is_near or self._kind == POINT:
                return
        self._points.append(here)
        self.update()

    def _finish(self) -> None:
        points = tuple(self._points)
        if self._canvas.view is not None and points:
            self.leave()
            self.drawn.emit(self._canvas.index, points)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is being drawn, and what to do."""
        del event
        view = self._canvas.view
        if view is None or not self._kind:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        canvas = self._canvas
        if self._points:
            marks.line(painter, self._points, view, canvas.viewport, canvas.devicePixelRatioF())
        painter.setFont(ui_font(13))
        area = QRectF(self.rect())
        at = QPointF(area.center().x(), area.bottom() - decor.MARGIN - 48)
        middle = Qt.AlignmentFlag.AlignHCenter
        decor.words(painter, at, local(HINTS[self._kind]), decor.LABEL, align=middle)
        painter.end()
