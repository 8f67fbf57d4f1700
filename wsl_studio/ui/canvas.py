"""The image under the mouse: drags, wheel and tools over a picture, turned into wishes."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from wsl_studio.domain.measure import Kind, Measure
from wsl_studio.domain.reslice import Voxel
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.domain.words import say
from wsl_studio.ui import decor, lens, marks, sketch
from wsl_studio.ui.picture import Other, Picture, Texts
from wsl_studio.ui.places import Places
from wsl_studio.ui.theme import ui_font
from wsl_studio.ui.view import box_between, contains, drag_window, pan, transform, zoom_at, zoom_to
from wsl_studio.ui.words import local

__all__ = ["BOX", "REGION", "Canvas", "Other", "Texts"]

BOX: Final = "box"
REGION: Final = "region"
HINTS: Final = {
    BOX: say("drag a box, Esc to leave"),
    REGION: say("drag the part to enlarge, Esc to leave"),
    Kind.DISTANCE: say("drag from end to end, Esc to leave"),
    Kind.ANGLE: say(
        "drag the first leg to the vertex, then click the end of the other, Esc to leave"
    ),
    Kind.RECTANGLE: say("drag a rectangle, Esc to leave"),
    Kind.ELLIPSE: say("drag an ellipse, Esc to leave"),
}
CLICK_PX: Final = 3.0
"""A press that moves less than this is a click."""


class Canvas(Picture):
    """A picture that wheel, drags and tools act on.

    Slices are not turned here: the canvas asks through ``slices_wanted`` and shows what
    ``set_slice`` says.
    """

    slices_wanted = Signal(int)
    """Scroll by so many slices of the volume."""
    opacity_wanted = Signal(int)
    """Opacity up (> 0) or down by so many steps."""
    box_drawn = Signal(int, object)
    """(slice, (x0, y0, x1, y1)) in whole pixels as stored, x1 and y1 exclusive."""
    box_left = Signal()
    """The box tool was put away."""
    measured = Signal(object)
    """A ``Measure`` was drawn."""
    clicked = Signal(object)
    """A voxel position was clicked, outside every tool."""
    entered = Signal()
    """The reader turned to this picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._drag: tuple[Qt.MouseButton, str] | None = None
        self._press = self._last = QPointF()
        self._wheel = 0.0
        self._tool = ""
        self._leg: tuple[Voxel, ...] = ()
        self.has_lens = False
        """True while the magnifier follows the cursor."""

    @property
    def is_boxing(self) -> bool:
        """True while the next left drag draws a box."""
        return self._tool == BOX

    @property
    def tool(self) -> str:
        """The tool in hand: one of ``HINTS``, or empty."""
        return self._tool

    def set_volume(self, volume: Volume | None, window: Window | None = None, at: int = 0) -> None:
        """Shows another volume, fitted, or none; tools are put away."""
        super().set_volume(volume, window, at)
        self.leave_tool()
        self._drag = None

    def arm(self, tool: str) -> None:
        """The next left drag belongs to this tool."""
        if self._view is not None and self._tool != tool:
            self.leave_tool()
            self._tool = tool
            self.setCursor(Qt.CursorShape.CrossCursor)
            self.update()

    def arm_box(self) -> None:
        """The next left drag draws a box; only where slices lie as they were acquired."""
        if self._orientation.axis == 0:
            self.arm(BOX)

    def leave_tool(self) -> None:
        """Puts the tool away; what was under way is dropped."""
        if self._tool:
            was_box = self.is_boxing
            self._tool, self._drag, self._leg = "", None, ()
            self.unsetCursor()
            self.update()
            if was_box:
                self.box_left.emit()

    def set_lens(self, is_on: bool) -> None:
        """The magnifier on or off."""
        self.has_lens = is_on
        self.update()

    # Painting

    def _paint_tool(self, painter: QPainter, area: QRectF, places: Places) -> None:
        hint = local(HINTS.get(self._tool, self._texts.hint))
        if self._tool:
            self._paint_drawn(painter, places)
        if self.has_lens and self._cursor is not None and self._frame is not None:
            lens.paint(painter, self._frame, places, self._last)
        if hint:
            painter.setFont(ui_font(13))
            at = QPointF(area.center().x(), area.bottom() - decor.MARGIN - 48)
            middle = Qt.AlignmentFlag.AlignHCenter
            decor.words(painter, at, hint, decor.LABEL, align=middle)

    def _paint_drawn(self, painter: QPainter, places: Places) -> None:
        """The box or measure under way."""
        is_drag = self._drag is not None and self._drag[1] == self._tool
        if self._tool in (BOX, REGION):
            box = self._box_now(places) if is_drag else None
            if box is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                rect = marks.box_on_screen(box, places.view, places.size, places.ratio)
                marks.outline(painter, rect, Qt.PenStyle.SolidLine)
            return
        points = (*self._leg, places.voxel(self._last)) if self._leg else ()
        if is_drag and not self._leg:
            points = (places.voxel(self._press), places.voxel(self._last))
        if points and self._volume is not None:
            now = Measure(Kind(self._tool), points, self._orientation.axis)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            sketch.draw_measure(painter, now, self._volume, places, is_bright=True)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Starts a drag: left windows or serves the tool, right zooms, middle or Ctrl+left pans."""
        if self._view is None or self._drag is not None:
            return
        self.entered.emit()
        button = event.button()
        does = {
            Qt.MouseButton.LeftButton: "window",
            Qt.MouseButton.RightButton: "zoom",
            Qt.MouseButton.MiddleButton: "pan",
        }.get(button)
        if does is None:
            return
        if does == "window" and self._tool:
            does = self._tool
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
            keys = event.modifiers()
            gain = 0.2 if keys & Qt.KeyboardModifier.ShiftModifier else 1.0
            gain = 4.0 if keys & Qt.KeyboardModifier.AltModifier else gain
            window = drag_window(view.window, moved.y(), moved.x(), gain=gain)
            self.set_view(replace(view, window=window))
        elif what == "zoom":
            point = (self._press.y() * ratio, self._press.x() * ratio)
            self.set_view(zoom_at(view, size, point, 2.0 ** (-moved.y() / 100.0)))
        elif what == "pan":
            self.set_view(pan(view, size, moved.y() * ratio, moved.x() * ratio))
        elif what or self._leg or self.has_lens:
            self.update()
        self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the drag of this button; what its tool drew is said through a signal."""
        if self._drag is None or event.button() != self._drag[0]:
            return
        what, self._last = self._drag[1], event.position()
        self._drag = None
        places = self.places
        if places is None:
            return
        away = self._last - self._press
        is_click = abs(away.x()) + abs(away.y()) < CLICK_PX
        if what in (BOX, REGION):
            self._end_box(what, places)
        elif what in HINTS:
            self._end_measure(Kind(what), places, is_click=is_click)
        elif what == "window" and is_click and (voxel := self.voxel_at(self._last)) is not None:
            self.clicked.emit(voxel)
        self.update()

    def _end_box(self, what: str, places: Places) -> None:
        box = self._box_now(places)
        if box is None:
            return
        self.leave_tool()
        if what == REGION:
            self.set_view(zoom_to(places.view, places.size, box))
            return
        shape = places.shape
        index = self.index
        self.box_drawn.emit(index, marks.stored_box(box, self._orientation, shape))

    def _end_measure(self, kind: Kind, places: Places, *, is_click: bool) -> None:
        end = places.voxel(self._last)
        points = (*self._leg, end) if self._leg else (places.voxel(self._press), end)
        if is_click and not self._leg:
            return  # a slip of the hand measures nothing
        if kind is Kind.ANGLE and len(points) == 2:
            self._leg = points
            return
        axis = self._orientation.axis
        self.leave_tool()
        self.measured.emit(Measure(kind, points, axis))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The whole image again."""
        if event.button() == Qt.MouseButton.LeftButton and not self._tool:
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
            self.entered.emit()
            self.slices_wanted.emit(-steps)
            self._hover(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """No value without a cursor."""
        super().leaveEvent(event)
        if self._cursor is not None:
            self._cursor = None
            self.update() if self.has_lens else self.update(self._number_rect())

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

    def _box_now(self, places: Places) -> tuple[float, float, float, float] | None:
        """The whole display pixels between press and cursor."""
        where, ratio = transform(places.view, places.size), places.ratio
        start = where.image(self._press.y() * ratio, self._press.x() * ratio)
        end = where.image(self._last.y() * ratio, self._last.x() * ratio)
        return box_between(places.view, start, end)
