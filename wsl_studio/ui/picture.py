"""The picture: one widget that paints what the viewport shows of one plane of a series."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.measure import place_words
from wsl_studio.domain.reslice import THIN, UPRIGHT, Orientation, Slab, Voxel
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.ui import decor, marks, sketch
from wsl_studio.ui.drawings import paint_drawings
from wsl_studio.ui.frame import Frame, bare, blit
from wsl_studio.ui.overlay import Style
from wsl_studio.ui.places import Places
from wsl_studio.ui.sketch import Sketch
from wsl_studio.ui.view import Size, View, go_to, open_view, reset, transform, zoom_at
from wsl_studio.ui.words import local, numeral, tr


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


@dataclass(frozen=True, eq=False)
class Other:
    """Evidence on another finding, drawn as contours in a colour of its own.

    Args:
        evidence: Of the series on screen.
        colour: ``'#rrggbb'``.
    """

    evidence: Evidence
    colour: str


class Picture(QWidget):
    """Paints one slice of one plane with its evidence; owns zoom, pan, window and orientation.

    Slices are spoken of as indices of the volume's own axis that scrolls, however it lies.
    """

    view_changed = Signal()
    """Zoom, pan, window or inversion changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Image"))
        self._volume: Volume | None = None
        self._frame: Frame | None = None
        self._view: View | None = None
        self._first: tuple[Frame, View] | None = None
        self._orientation = UPRIGHT
        self._slab = THIN
        self._evidence: Evidence | None = None
        self._others: tuple[Other, ...] = ()
        self._style = Style()
        self._marks: tuple[marks.Mark, ...] = ()
        self._texts = Texts()
        self._sketch = Sketch()
        self._cursor: tuple[int, int] | None = None
        self._shows_drawings = False
        self._direction = 1
        self._idle = QTimer(self, singleShot=True, interval=15)
        self._idle.timeout.connect(self._prefetch)
        self.frame_ms = 0.0
        """How long the last frame took to paint, ms."""

    # What is shown

    @property
    def view(self) -> View | None:
        """What is on screen; None without a volume. Its slice counts along the display."""
        return self._view

    @property
    def volume(self) -> Volume | None:
        """The volume as stored."""
        return self._volume

    @property
    def orientation(self) -> Orientation:
        """How the volume lies."""
        return self._orientation

    @property
    def slab(self) -> Slab:
        """How thick a slice is drawn."""
        return self._slab

    @property
    def evidence(self) -> Evidence | None:
        """The evidence that may be painted."""
        return self._evidence

    @property
    def viewport(self) -> Size:
        """(height, width) in device pixels."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.height() * ratio)), max(1, round(self.width() * ratio))

    @property
    def places(self) -> Places | None:
        """Voxel to screen and back; None without a volume."""
        if self._volume is None or self._view is None:
            return None
        shape = self._volume.array.shape
        ratio = self.devicePixelRatioF()
        return Places(self._orientation, shape, self._view, self.viewport, ratio)

    def set_volume(self, volume: Volume | None, window: Window | None = None, at: int = 0) -> None:
        """Shows another volume, fitted, or none; ``window`` is needed with a volume."""
        self._volume, self._view, self._frame, self._first = volume, None, None, None
        self._cursor = None
        if volume is not None and window is not None:
            self._frame = Frame(volume, self._orientation, self._slab)
            self._view = open_view(self._frame.volume, window, at=self._displayed(at))
        self.update()

    def set_first(self, volume: Volume, window: Window | None) -> None:
        """Paints a volume of one slice until ``set_volume``; there is no view of it."""
        if window is not None:
            self._first = Frame(volume, UPRIGHT, THIN), open_view(volume, window)
        self.update()

    def set_orientation(self, orientation: Orientation) -> None:
        """Lays the volume another way; slice, place, zoom and window stay."""
        places = self.places
        if orientation == self._orientation or places is None or self._volume is None:
            self._orientation = orientation
            return
        h, w = self.height() / 2, self.width() / 2
        middle, view = places.voxel(QPointF(w, h)), places.view
        self._orientation = orientation
        self._frame = Frame(self._volume, orientation, self._slab)
        at = orientation.show(middle, self._volume.array.shape)
        opened = open_view(self._frame.volume, view.window, at=round(at[0]))
        self._view = replace(
            opened,
            zoom=view.zoom,
            centre_y=min(max((at[1] + 0.5) / opened.rows, 0.0), 1.0),
            centre_x=min(max((at[2] + 0.5) / opened.columns, 0.0), 1.0),
            is_inverted=view.is_inverted,
        )
        self._cursor = None
        self.update()
        self.view_changed.emit()

    def set_slab(self, slab: Slab) -> None:
        """Draws slices as thick as this."""
        if slab != self._slab:
            self._slab = slab
            if self._volume is not None:
                self._frame = Frame(self._volume, self._orientation, slab)
            self.update()

    def set_slice(self, index: int) -> None:
        """Shows another slice of the axis that scrolls."""
        if self._view is None or self._displayed(index) == self._view.slice:
            return
        before = self._view.slice
        self._view = go_to(self._view, self._displayed(index))
        self._direction = 1 if self._view.slice > before else -1
        self.update()

    @property
    def index(self) -> int:
        """The slice on screen, along the volume's axis."""
        return 0 if self._view is None else self._displayed(self._view.slice)

    def _displayed(self, index: int) -> int:
        if self._volume is None or not self._orientation.flips[0]:
            return index
        return int(self._volume.array.shape[self._orientation.axis]) - 1 - index

    def set_evidence(self, evidence: Evidence | None, others: Sequence[Other] = ()) -> None:
        """The evidence that may be painted; None paints nothing of the model."""
        others = tuple(others) if evidence is not None else ()
        if evidence is not self._evidence or others != self._others:
            self._evidence, self._others = evidence, others
            self.update()

    def set_style(self, style: Style) -> None:
        """How evidence is painted."""
        if style != self._style:
            self._style = style
            self.update()

    def show_drawings(self, is_on: bool) -> None:
        """Draws the overlays that the file carries, or not."""
        self._shows_drawings = is_on
        self.update()

    def set_marks(self, marks: Sequence[marks.Mark]) -> None:
        """The reader's boxes and ranges of the selected finding."""
        self._marks = tuple(marks)
        self.update()

    def set_texts(self, texts: Texts) -> None:
        """What is written over the image."""
        if texts != self._texts:
            self._texts = texts
            self.update()

    def set_sketch(self, what: Sketch) -> None:
        """Crosshair, reference lines, regions and measures."""
        if what != self._sketch:
            self._sketch = what
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

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the frame; nothing but what the viewport shows is computed."""
        start = time.perf_counter()
        painter = QPainter(self)
        area = QRectF(self.rect())
        frame, view, places = self._frame, self._view, self.places
        black = QColor(0, 0, 0)
        if frame is None or view is None or places is None:
            painter.fillRect(event.rect(), black)
            self._paint_first(painter, area)
            painter.end()
            return
        size, ratio, volume = self.viewport, places.ratio, frame.volume
        overlay = frame.overlay_beside(view, size, self._evidence, self._style)
        picture = frame.picture(view, size)
        for box in bare(picture, area, ratio):
            painter.fillRect(box, black)
        blit(painter, picture, ratio)
        if self._shows_drawings:
            paint_drawings(painter, volume, view, size, ratio)
        blit(painter, overlay.result(), ratio)
        if self._style.is_shown:
            for other in self._others:
                blit(painter, frame.lines(view, size, other.evidence, self._style, other.colour),
                     ratio)  # fmt: skip
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        shown = marks.displayed(self._marks, self._orientation, frame.stored.array.shape)
        marks.boxes(painter, shown, view, size, ratio)
        marks.range_words(painter, area, shown, view.slice, self._displayed)
        sketch.draw(painter, self._sketch, frame.stored, places, area)
        decor.letters(painter, area, volume.geometry)
        if volume.geometry is not None:
            scale = transform(view, size).scale_x / ratio
            decor.bar(painter, area, volume.geometry.spacing_mm[2] / scale)
        texts = self._texts
        side = frame.stored.side(self._displayed(view.slice), self._orientation.axis)
        notes = tuple(map(local, volume.notes))
        title = "   ".join(text for text in (texts.title, side, self._sketch.label) if text)
        decor.corner(painter, area, title=title, badge=texts.badge, notes=notes,
                     under=self._sketch.note)  # fmt: skip
        decor.write_numbers(painter, area, self._numbers(frame, view, size))
        self._paint_tool(painter, area, places)
        painter.end()
        self._idle.start()
        self.frame_ms = 1e3 * (time.perf_counter() - start)

    def _paint_first(self, painter: QPainter, area: QRectF) -> None:
        """What is there before the series is: a sentence, or its first slice."""
        texts = self._texts
        if self._first is None:
            decor.sentence(painter, area, texts.empty, texts.advice)
            return
        frame, view = self._first
        blit(painter, frame.picture(view, self.viewport), self.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        under = f"{texts.empty} {texts.advice}".strip()
        decor.corner(painter, area, title=texts.title, badge=texts.badge, notes=(), under=under)

    def _paint_tool(self, painter: QPainter, area: QRectF, places: Places) -> None:
        """The tool in hand; a picture without a mouse has none."""
        del painter, area, places

    def _numbers(self, frame: Frame, view: View, size: Size) -> tuple[tuple[str, str], ...]:
        evidence = spread = None
        value = where = ""
        cursor = self._cursor
        if cursor is not None:
            plane = frame.pyramid.level(view.slice, 0)
            value = decor.value_words(frame.volume, plane[cursor])
            at = self._orientation.voxel((view.slice, *cursor), frame.stored.array.shape)
            where = numeral(place_words(frame.stored, at))
            if self._evidence is not None:
                evidence, spread = frame.evidence_at(self._evidence, view.slice, cursor)
        view = replace(view, slice=self._displayed(view.slice))
        parts = decor.number_line(frame.volume, view, size, value, evidence, spread)
        more = [text for text in (local(self._slab.words()), where) if text]
        return (*parts, *((text, text) for text in more))

    def _prefetch(self) -> None:
        if self._view is not None and self._frame is not None:
            self._frame.prefetch(self._view, self.viewport, self._direction)

    def voxel_at(self, point: QPointF) -> Voxel | None:
        """The voxel position under a point of the widget; None off the image."""
        places = self.places
        if places is None:
            return None
        voxel = places.voxel(point)
        return voxel if places.holds(voxel) else None

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

    def _number_rect(self) -> QRect:
        return self.rect().adjusted(0, self.height() - 40, 0, 0)
