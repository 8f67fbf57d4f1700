"""The evidence strip: for and against along the slice axis, beside the image; click to go there.

Slice 1 is at the top, as the wheel turns. What speaks for the finding grows to the right in
orange, what speaks against it to the left in blue, both on the scale of the overlay.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from wsl_studio.domain.evidence import Evidence, signed
from wsl_studio.ui.decor import LABEL, slices_words
from wsl_studio.ui.marks import LINES, Mark
from wsl_studio.ui.theme import AGAINST, BACKGROUND, DIM, FOR, GRID_PX, LINE, TEXT, scaled, ui_font
from wsl_studio.ui.words import numeral, tr

WIDTH_PX: Final = 10 * GRID_PX
_LEFT: Final = 2.0 * GRID_PX
_RIGHT: Final = 1.5 * GRID_PX


def _top() -> float:
    """Room for the number of the first slice."""
    return max(3.0 * GRID_PX, scaled(18))


def _bottom() -> float:
    """Room for the number of the last."""
    return max(2.0 * GRID_PX, scaled(15))


def stops(evidence: Evidence) -> tuple[int, ...]:
    """Slices worth a jump, most decisive first.

    The slice that decides the score comes first; then slices stronger than their neighbours and
    at least a quarter as strong as the strongest, for or against.

    Returns:
        Slice numbers from 0, at least one.
    """
    positive, negative = evidence.per_slice()
    strength = np.maximum(positive, -negative)
    before = np.concatenate(([-np.inf], strength[:-1]))
    after = np.concatenate((strength[1:], [-np.inf]))
    is_peak = (strength >= before) & (strength > after) & (strength >= strength.max() / 4)
    first = evidence.decisive_slice()
    rest = [i for i in evidence.decisive_slices() if is_peak[i] and i != first]
    return (first, *rest)


def next_stop(slices: Sequence[int], current: int, step: int) -> int:
    """The stop after (step 1) or before (-1) the slice on screen, round and round.

    From a slice that is no stop, the most decisive one.
    """
    if current not in slices:
        return slices[0]
    return slices[(list(slices).index(current) + step) % len(slices)]


def bars(evidence: Evidence, n_rows: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Evidence for and against as shares of the scale, one per row of the strip.

    Args:
        evidence: Of the series.
        n_rows: Rows to fill, >= 1; where slices outnumber them a row holds the strongest of its
            slices, so that no decisive slice vanishes.

    Returns:
        (min(S, n_rows),) each: for in 0 to 1, against in -1 to 0.
    """
    positive, negative = evidence.per_slice()
    n = positive.size
    if n > n_rows:
        starts = (np.arange(n_rows) * n) // n_rows
        positive = np.maximum.reduceat(positive, starts)
        negative = np.minimum.reduceat(negative, starts)
    scale = max(evidence.scale, 1e-6)
    return np.minimum(positive / scale, 1.0), np.maximum(negative / scale, -1.0)


class Strip(QWidget):
    """The strip as a widget of fixed width; it keeps its room when it may show nothing."""

    slice_wanted = Signal(int)
    """Go to this slice."""
    slices_wanted = Signal(int)
    """Scroll by so many slices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._n = 0
        self._slice = 0
        self._evidence: Evidence | None = None
        self._marks: tuple[Mark, ...] = ()
        self._pending: tuple[int | None, int | None] = (None, None)
        self._why = ""
        self._wheel = 0.0
        self.setFixedWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Evidence by slice"))

    def show_series(self, n_slices: int, at: int) -> None:
        """Another series with so many slices; 0 for none."""
        self._n, self._slice = n_slices, at
        self.update()

    def set_slice(self, index: int) -> None:
        """The slice on screen."""
        if index != self._slice:
            self._slice = index
            self.update()

    def set_evidence(self, evidence: Evidence | None, why: str = "") -> None:
        """Evidence that may be shown, or None and why in a few words."""
        self._evidence, self._why = evidence, why
        self.update()

    def set_marks(
        self, marks: Sequence[Mark], pending: tuple[int | None, int | None] = (None, None)
    ) -> None:
        """Labelled ranges and boxes, and the ends of a range being marked."""
        self._marks, self._pending = tuple(marks), pending
        self.update()

    def slice_at(self, y: float) -> int:
        """The slice at a height of the widget, held to those there are."""
        share = (y - _top()) / self._track()
        return min(max(int(share * self._n), 0), max(self._n - 1, 0))

    def row_of(self, index: float) -> float:
        """Height of the upper edge of a slice's row; fractions lie inside the row."""
        return _top() + self._track() * index / max(self._n, 1)

    def tip(self, index: int) -> str:
        """What the tooltip says of a slice."""
        text = tr("slice {at}", at=index + 1)
        if self._evidence is not None:
            positive, negative = self._evidence.per_slice()
            speaks_for = tr("{logits} for", logits=numeral(signed(float(positive[index]))))
            against = numeral(signed(float(negative[index]), minus=True))
            text += f": {speaks_for}, " + tr("{logits} against", logits=against)
            if index == self._evidence.decisive_slice():
                text += " (decisive)"
        for mark in self._marks:
            if mark.first <= index <= mark.last:
                text += f"\n{mark.words}, {slices_words(mark.first, mark.last)}"
        return text

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws axis, bars, ranges and the slice on screen."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(BACKGROUND))
        if self._n > 0:
            self._paint_axis(painter)
            if self._evidence is not None:
                self._paint_bars(painter, self._evidence)
            elif self._why:
                self._paint_why(painter)
            self._paint_marks(painter)
            self._paint_current(painter)
        painter.end()

    def _middle(self) -> float:
        return round((_LEFT + self.width() - _RIGHT) / 2) + 0.5

    def _track(self) -> float:
        return max(1.0, self.height() - _top() - _bottom())

    def _paint_axis(self, painter: QPainter) -> None:
        middle = self._middle()
        painter.setPen(QPen(QColor(LINE), 1))
        painter.drawLine(QPointF(middle, _top()), QPointF(middle, _top() + self._track()))
        painter.setFont(ui_font(11))
        painter.setPen(QColor(DIM))
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(middle - 30, 2, 60, _top() - 4), centre, "1")
        low = QRectF(middle - 30, self.height() - _bottom(), 60, _bottom())
        painter.drawText(low, centre, str(self._n))

    def _paint_bars(self, painter: QPainter, evidence: Evidence) -> None:
        rows = max(1, int(self._track() * self.devicePixelRatioF()))
        warm, cold = bars(evidence, rows)
        n, middle = warm.size, self._middle()
        step = self._track() / n
        half = (self.width() - _LEFT - _RIGHT) / 2
        gap = 1.0 if step >= 4 else 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for share, colour in ((warm, QColor(FOR)), (cold, QColor(AGAINST))):
            for i in np.flatnonzero(np.abs(share) > 0.01):
                width = half * float(share[i])
                box = QRectF(middle, _top() + i * step, width, step - gap).normalized()
                painter.fillRect(box, colour)
        painter.setFont(ui_font(11))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        decisive = evidence.decisive_slice()
        colour = QColor(FOR if evidence.arithmetic.score >= 0 else AGAINST)
        y, right = self.row_of(decisive + 0.5), self.width() - 3.0
        painter.setBrush(colour)
        painter.drawPolygon(
            [
                QPointF(right - 4, y - 4),
                QPointF(right, y),
                QPointF(right - 4, y + 4),
                QPointF(right - 8, y),
            ]
        )

    def _paint_why(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(self.width() - scaled(2 * GRID_PX), _top() + self._track() / 2)
        painter.rotate(90)
        painter.setFont(ui_font(12))
        painter.setPen(QColor(DIM))
        length = self._track()
        text = painter.fontMetrics().elidedText(
            self._why, Qt.TextElideMode.ElideRight, int(length - 2 * GRID_PX)
        )
        painter.drawText(
            QRectF(-length / 2, -scaled(10), length, scaled(20)),
            int(Qt.AlignmentFlag.AlignCenter),
            text,
        )
        painter.restore()

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for i, mark in enumerate(self._marks):
            x = 2.5 + 4 * (i % 3)
            top, bottom = self.row_of(mark.first), max(self.row_of(mark.last + 1) - 1, 0)
            painter.setPen(QPen(QColor(LABEL), 2 if mark.box is None else 1, LINES[mark.answer]))
            painter.drawLine(QPointF(x, top), QPointF(x, max(bottom, top + 2)))
            painter.setPen(QPen(QColor(LABEL), 1))
            for y in (top, max(bottom, top + 2)):
                painter.drawLine(QPointF(x, y), QPointF(x + 3, y))
        painter.setPen(QPen(QColor(LABEL), 1, Qt.PenStyle.DashLine))
        for end, edge in zip(self._pending, (0, 1), strict=True):
            if end is not None:
                y = self.row_of(end + edge)
                painter.drawLine(QPointF(0, y), QPointF(self.width(), y))

    def _paint_current(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        top, bottom = self.row_of(self._slice), self.row_of(self._slice + 1)
        # Where words stand instead of bars, the marker leaves them their room.
        width = self.width() if self._evidence is not None or not self._why else self._middle() + 4
        if bottom - top >= 6:
            painter.setPen(QPen(QColor(TEXT), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.5, round(top) - 0.5, width - 1.5, round(bottom - top)))
        else:
            painter.fillRect(QRectF(0, (top + bottom) / 2 - 1, width, 2), QColor(TEXT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to the slice clicked."""
        if self._n and event.button() == Qt.MouseButton.LeftButton:
            self.slice_wanted.emit(self.slice_at(event.position().y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows a drag."""
        if self._n and event.buttons() & Qt.MouseButton.LeftButton:
            self.slice_wanted.emit(self.slice_at(event.position().y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns slices, as over the image."""
        event.accept()
        self._wheel += event.angleDelta().y() / 120.0
        steps = int(self._wheel)
        self._wheel -= steps
        if self._n and steps:
            self.slices_wanted.emit(-steps)

    def event(self, event: QEvent) -> bool:
        """Tooltips by slice."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._n:
            QToolTip.showText(event.globalPos(), self.tip(self.slice_at(event.pos().y())), self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """As high as it may be."""
        return QSize(WIDTH_PX, 400)
