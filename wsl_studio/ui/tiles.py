"""Every slice of a series as a small picture; click one to fly there."""

from collections import OrderedDict
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.volume import Volume
from wsl_studio.ui import decor
from wsl_studio.ui.frame import Frame, blit
from wsl_studio.ui.overlay import Style
from wsl_studio.ui.theme import BACKGROUND, GRID_PX, LINE, TEXT, ui_font
from wsl_studio.ui.view import View, go_to, reset
from wsl_studio.ui.words import tr

TILE_PX: Final = 136
LARGEST_PX: Final = 320
KEPT: Final = 600
"""Tiles kept painted."""


class Tiles(QWidget):
    """A wall of slices in their order, as wide as the room allows; the wheel moves it."""

    chosen = Signal(int)
    """Fly to this slice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("All slices"))
        self._frame: Frame | None = None
        self._view: View | None = None
        self._evidence: Evidence | None = None
        self._styles: tuple[Style, ...] = (Style(),)
        self._slice = 0
        self._top = 0
        self._wheel = 0.0
        self._made: OrderedDict[Any, QImage] = OrderedDict()

    def show_volume(self, volume: Volume | None, view: View | None) -> None:
        """The slices of a volume in the window of a view; None for none."""
        plain = None if view is None else go_to(reset(view), 0)
        is_same = self._frame is not None and self._frame.stored is volume
        if is_same and plain == self._view:
            return
        if not is_same:
            self._frame, self._top = None if volume is None else Frame(volume), 0
        self._view = plain if volume is not None else None
        self._made.clear()
        self.update()

    def set_evidence(
        self, evidence: Evidence | None, style: Style, *, has_spread: bool = False
    ) -> None:
        """The evidence that may be painted; None paints nothing of the model.

        With ``has_spread`` every slice stands there twice: beside its evidence how far that
        moves between the members of the round.
        """
        styles: tuple[Style, ...] = (style,)
        if has_spread and evidence is not None and evidence.spread is not None:
            styles = style, replace(style, is_spread=True, has_fill=True)
        if evidence is not self._evidence or styles != self._styles:
            self._evidence, self._styles = evidence, styles
            self._made.clear()
            self.update()

    def set_slice(self, index: int) -> None:
        """The slice on screen, kept in sight."""
        self._slice = index
        row, rows = index // self.columns, self.rows_in_sight
        self._top = min(max(self._top, row - rows + 1), row)
        self.update()

    @property
    def side(self) -> int:
        """Side of a tile: as large as the whole series allows, held to legible and sharp."""
        n = 1 if self._view is None else self._view.n_slices
        return max(
            (side for side in range(TILE_PX, LARGEST_PX + 1, GRID_PX)
             if self._fits(side) * (self.height() // side) >= n),
            default=TILE_PX,
        )  # fmt: skip

    def _fits(self, side: int) -> int:
        return self.width() // (side * len(self._styles))

    @property
    def columns(self) -> int:
        """Slices across."""
        return max(1, self._fits(self.side))

    @property
    def rows_in_sight(self) -> int:
        """Whole rows of tiles that fit."""
        return max(1, self.height() // self.side)

    def slice_at(self, point: QPointF) -> int | None:
        """The slice whose tile is under a point."""
        if self._view is None:
            return None
        side = self.side
        column = int(point.x()) // (side * len(self._styles))
        row = int(point.y()) // side + self._top
        index = row * self.columns + column
        return index if column < self.columns and 0 <= index < self._view.n_slices else None

    def rect_of(self, index: int) -> QRectF:
        """Where a slice's tile is, in logical pixels."""
        row, column = divmod(index, self.columns)
        side = self.side
        wide = side * len(self._styles)
        x, y = column * wide, (row - self._top) * side
        return QRectF(x, y, wide, side).adjusted(2, 2, -2, -2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the tiles in sight."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(BACKGROUND))
        view = self._view
        if view is not None:
            first = self._top * self.columns
            end = first + (self.rows_in_sight + 1) * self.columns
            for index in range(first, min(end, view.n_slices)):
                box = self.rect_of(index)
                painter.drawImage(box.topLeft(), self._tile(index))
                is_here = index == self._slice
                painter.setPen(QPen(QColor(TEXT if is_here else LINE), 2 if is_here else 1))
                painter.drawRect(box)
                painter.setFont(ui_font(11))
                decor.words(painter, box.topLeft() + QPointF(GRID_PX - 2, 14), str(index + 1))
        painter.end()

    def _tile(self, index: int) -> QImage:
        """One slice with its evidence, painted once."""
        frame, view = self._frame, self._view
        assert frame is not None
        assert view is not None
        ratio = self.devicePixelRatioF()
        side = round((self.side - 4) * ratio)
        n = len(self._styles)
        found = self._made.get((index, side))
        if found is not None:
            self._made.move_to_end((index, side))
            return found
        image = QImage(round((n * self.side - 4) * ratio), side, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(0, 0, 0))
        small = QPainter(image)
        here = go_to(replace(view, slice=0), index)
        for k, style in enumerate(self._styles):
            small.resetTransform()
            small.translate(k * self.side, 0)
            blit(small, frame.picture(here, (side, side)), ratio)
            blit(small, frame.overlay(here, (side, side), self._evidence, style), ratio)
        small.end()
        self._made[(index, side)] = image
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tiles of another size are painted anew."""
        super().resizeEvent(event)
        self._made.clear()
        self.set_slice(self._slice)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Flies to the slice clicked."""
        index = self.slice_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self.chosen.emit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Moves the wall by rows."""
        event.accept()
        self._wheel -= event.angleDelta().y() / 120.0
        steps = int(self._wheel)
        self._wheel -= steps
        if self._view is not None and steps:
            rows = -(-self._view.n_slices // self.columns)
            self._top = min(max(self._top + steps, 0), max(0, rows - self.rows_in_sight))
            self.update()
