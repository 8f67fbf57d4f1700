"""The image: one widget that paints what the viewport shows and turns the mouse into wishes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.ui import decor
from wsl_studio.ui.frame import Frame, blit
from wsl_studio.ui.overlay import Style
from wsl_studio.ui.drawings import paint_drawings
from wsl_studio.ui.theme import ui_font
from wsl_studio.ui.view import (
    Size,
    View,
    box_between,
    contains,
    drag_window,
    go_to,
    open_view,
    pan,
    reset,
    transform,
    zoom_at,
)


@dataclass(frozen=True)
class Texts:
    """What is written over the image, beside what follows from the image itself.

    Args:
        title: What this is (``'#12  CT 24 slices'``).
        badge: ``'PHANTOM, not a patient'`` or empty.
        empty: Said in the middle while there is no volume.
        advice: Said under it, smaller.
        hint: Said at the bottom while a box or range is being marked.
    """

    title: str = ""
    badge: str = ""
    empty: str = ""
    advice: str = ""
    hint: str = ""


class Canvas(QWidget):
    """Paints one slice with its evidence; owns zoom, pan and window of the series on screen.

    Slices are not turned here: the canvas asks through ``slices_wanted`` and shows what
    ``set_slice`` says.
    """

    slices_wanted = Signal(int)
    """Scroll by so many slices."""
    view_changed = Signal()
    """Zoom, pan, window or inversion changed."""
    opacity_wanted = Signal(int)
    """Opacity up (> 0) or down by so many steps."""
    box_drawn = Signal(int, object)
    """(slice, (x0, y0, x1, y1)) in whole pixels, x1 and y1 exclusive."""
    box_left = Signal()
    """The box tool was put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Image")
        self._volume: Volume | None = None
        self._frame: Frame | None = None
        self._view: View | None = None
        self._evidence: Evidence | None = None
        self._style = Style()
        self._marks: tuple[decor.Mark, ...] = ()
        self._texts = Texts()
        self._cursor: tuple[int, int] | None = None
        self._drag: tuple[Qt.MouseButton, str] | None = None
        self._press = self._last = QPointF()
        self._wheel = 0.0
        self._is_boxing = False
        self.shows_drawings = False
        """Overlays of the file are drawn."""
        self._direction = 1
        self._idle = QTimer(self, singleShot=True, interval=15)
        self._idle.timeout.connect(self._prefetch)
        self.frame_ms = 0.0
        """How long the last frame took to paint, ms."""

    # What is shown

    @property
    def view(self) -> View | None:
        """What is on screen; None without a volume."""
        return self._view

    @property
    def viewport(self) -> Size:
        """(height, width) in device pixels."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.height() * ratio)), max(1, round(self.width() * ratio))

    @property
    def is_boxing(self) -> bool:
        """True while the next left drag draws a box."""
        return self._is_boxing

    def set_volume(self, volume: Volume | None, window: Window | None = None, at: int = 0) -> None:
        """Shows another volume, fitted, or none; ``window`` is needed with a volume."""
        self._volume, self._view, self._frame = volume, None, None
        self._cursor = None
        self.leave_box()
        self._drag = None
        if volume is not None and window is not None:
            self._frame = Frame(volume)
            self._view = open_view(volume, window, at=at)
        self.update()

    def set_slice(self, index: int) -> None:
        """Shows another slice."""
        if self._view is None or index == self._view.slice:
            return
        self._direction = 1 if index > self._view.slice else -1
        self._view = go_to(self._view, index)
        self.update()

    def set_evidence(self, evidence: Evidence | None) -> None:
        """The evidence that may be painted; None paints nothing of the model."""
        if evidence is not self._evidence:
            self._evidence = evidence
            self.update()

    def set_style(self, style: Style) -> None:
        """How evidence is painted."""
        if style != self._style:
            self._style = style
            self.update()

    def set_marks(self, marks: Sequence[decor.Mark]) -> None:
        """The reader's boxes and ranges of the selected finding."""
        self._marks = tuple(marks)
        self.update()

    def set_texts(self, texts: Texts) -> None:
        """What is written over the image."""
        if texts != self._texts:
            self._texts = texts
            self.update()

    def set_view(self, view: View) -> None:
        """Another view of the same series, as made by the functions of ``ui.view``."""
        if view != self._view:
            self._view = view
            self.update()
            self.view_changed.emit()

    # What the reader asks for

    def set_window(self, window: Window) -> None:
        """Another window."""
        if self._view is not None:
            self.set_view(replace(self._view, window=window))

    def invert(self) -> None:
        """Inverts the grey scale."""
        if self._view is not None:
            self.set_view(replace(self._view, is_inverted=not self._view.is_inverted))

    def fit(self) -> None:
        """The whole image again, centred."""
        if self._view is not None:
            self.set_view(reset(self._view))

    def zoom_by(self, factor: float) -> None:
        """Zooms about the middle of the viewport."""
        if self._view is not None:
            h, w = self.viewport
            self.set_view(zoom_at(self._view, self.viewport, (h / 2, w / 2), factor))

    def arm_box(self) -> None:
        """The next left drag draws a box."""
        if self._view is not None and not self._is_boxing:
            self._is_boxing = True
            self.setCursor(Qt.CursorShape.CrossCursor)
            self.update()

    def leave_box(self) -> None:
        """Puts the box tool away; a box under way is dropped."""
        if self._is_boxing:
            self._is_boxing, self._drag = False, None
            self.unsetCursor()
            self.update()
            self.box_left.emit()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the frame; nothing but what the viewport shows is computed."""
        start = time.perf_counter()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(0, 0, 0))
        area = QRectF(self.rect())
        volume, view, frame = self._volume, self._view, self._frame
        if volume is None or view is None or frame is None:
            decor.sentence(painter, area, self._texts.empty, self._texts.advice)
            painter.end()
            return
        size, ratio = self.viewport, self.devicePixelRatioF()
        blit(painter, frame.picture(view, size), ratio)
        if self.shows_drawings:
            paint_drawings(painter, volume, view, size, ratio)
        blit(painter, frame.overlay(view, size, self._evidence, self._style), ratio)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        decor.boxes(painter, self._marks, view, size, ratio)
        decor.range_words(painter, area, self._marks, view.slice)
        decor.letters(painter, area, volume.geometry)
        if volume.geometry is not None:
            scale = transform(view, size).scale_x / ratio
            decor.bar(painter, area, volume.geometry.spacing_mm[2] / scale)
        texts = self._texts
        decor.corner(painter, area, title=texts.title, badge=texts.badge, notes=volume.notes)
        decor.write_numbers(painter, area, self._numbers(volume, view, size))
        self._paint_tool(painter, area, view, size, ratio)
        painter.end()
        self._idle.start()
        self.frame_ms = 1e3 * (time.perf_counter() - start)

    def _numbers(self, volume: Volume, view: View, size: Size) -> tuple[tuple[str, str], ...]:
        evidence = spread = None
        if self._cursor is not None and self._evidence is not None:
            evidence = self._evidence.value(view.slice, *self._cursor)
            spread = self._evidence.spread_value(view.slice, *self._cursor)
        return decor.number_line(volume, view, size, self._cursor, evidence, spread)

    def _paint_tool(
        self, painter: QPainter, area: QRectF, view: View, size: Size, ratio: float
    ) -> None:
        hint = self._texts.hint
        if self._is_boxing:
            hint = "drag a box, Esc to leave"
            box = self._box_now(view, size, ratio) if self._drag is not None else None
            if box is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                rect = decor.box_on_screen(box, view, size, ratio)
                decor.outline(painter, rect, Qt.PenStyle.SolidLine)
        if hint:
            painter.setFont(ui_font(13))
            at = QPointF(area.center().x(), area.bottom() - decor.MARGIN - 48)
            middle = Qt.AlignmentFlag.AlignHCenter
            decor.words(painter, at, hint, decor.LABEL, align=middle)

    def _prefetch(self) -> None:
        if self._view is not None and self._frame is not None:
            self._frame.prefetch(self._view, self.viewport, self._direction)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Starts a drag: left windows (or draws a box), right zooms, middle or Ctrl+left pans."""
        if self._view is None or self._drag is not None:
            return
        button = event.button()
        does = {
            Qt.MouseButton.LeftButton: "window",
            Qt.MouseButton.RightButton: "zoom",
            Qt.MouseButton.MiddleButton: "pan",
        }.get(button)
        if does is None:
            return
        if does == "window" and self._is_boxing:
            does = "box"
        elif does == "window" and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            does = "pan"
        self._drag = (button, does)
        self._press = self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes on with a drag; without one, reads the value under the cursor."""
        at, view = event.position(), self._view
        if view is None:
            return
        ratio, size = self.devicePixelRatioF(), self.viewport
        moved, self._last = at - self._last, at
        what = self._drag[1] if self._drag is not None else ""
        if what == "window":
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            window = drag_window(view.window, moved.y(), moved.x(), fine=fine)
            self.set_view(replace(view, window=window))
        elif what == "zoom":
            point = (self._press.y() * ratio, self._press.x() * ratio)
            self.set_view(zoom_at(view, size, point, 2.0 ** (-moved.y() / 100.0)))
        elif what == "pan":
            self.set_view(pan(view, size, moved.y() * ratio, moved.x() * ratio))
        elif what == "box":
            self.update()
        self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the drag of this button; a finished box is said through ``box_drawn``."""
        if self._drag is None or event.button() != self._drag[0]:
            return
        what, self._last = self._drag[1], event.position()
        view = self._view
        box = None
        if what == "box" and view is not None:
            box = self._box_now(view, self.viewport, self.devicePixelRatioF())
        self._drag = None
        if box is not None and view is not None:
            self.leave_box()
            self.box_drawn.emit(view.slice, box)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The whole image again."""
        if event.button() == Qt.MouseButton.LeftButton and not self._is_boxing:
            self.fit()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns slices; with Shift the opacity, with Ctrl the zoom about the cursor."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        event.accept()
        if self._view is None or not delta:
            return
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            ratio = self.devicePixelRatioF()
            point = (event.position().y() * ratio, event.position().x() * ratio)
            self.set_view(zoom_at(self._view, self.viewport, point, 2.0 ** (delta / 480.0)))
            return
        if self._wheel * delta < 0:
            self._wheel = 0.0
        self._wheel += delta / 120.0
        steps = int(self._wheel)
        self._wheel -= steps
        if steps and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.opacity_wanted.emit(steps)
        elif steps:
            self.slices_wanted.emit(-steps)
            self._hover(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """No value without a cursor."""
        super().leaveEvent(event)
        if self._cursor is not None:
            self._cursor = None
            self.update(self._number_rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted image stays fitted."""
        super().resizeEvent(event)
        self.view_changed.emit()

    def sizeHint(self) -> QSize:
        """Room for a CT slice at its own size."""
        return QSize(640, 560)

    def minimumSizeHint(self) -> QSize:
        """Below this the words no longer fit."""
        return QSize(240, 200)

    def _hover(self, at: QPointF) -> None:
        view, ratio = self._view, self.devicePixelRatioF()
        if view is None:
            return
        y, x = transform(view, self.viewport).image(at.y() * ratio, at.x() * ratio)
        now = (round(y), round(x)) if contains(view, y, x) else None
        if now is not None:
            now = min(max(now[0], 0), view.rows - 1), min(max(now[1], 0), view.columns - 1)
        if now != self._cursor:
            self._cursor = now
            self.update(self._number_rect())

    def _number_rect(self) -> QRect:
        return self.rect().adjusted(0, self.height() - 40, 0, 0)

    def _box_now(
        self, view: View, size: Size, ratio: float
    ) -> tuple[float, float, float, float] | None:
        where = transform(view, size)
        start = where.image(self._press.y() * ratio, self._press.x() * ratio)
        end = where.image(self._last.y() * ratio, self._last.x() * ratio)
        return box_between(view, start, end)
