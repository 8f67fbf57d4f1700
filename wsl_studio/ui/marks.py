"""The reader's labels on the picture: boxes, points, scribbles and slice ranges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from wsl_studio.domain.label import Answer, Row
from wsl_studio.domain.reslice import UPRIGHT, Orientation, Shape, Voxel
from wsl_studio.ui.decor import LABEL, MARGIN, SHADOW, slices_words, words
from wsl_studio.ui.theme import GRID_PX, ui_font
from wsl_studio.ui.view import Size, View, transform
from wsl_studio.ui.words import local

LINES: Final = {
    Answer.PRESENT: Qt.PenStyle.SolidLine,
    Answer.ABSENT: Qt.PenStyle.DashLine,
    Answer.UNCERTAIN: Qt.PenStyle.DotLine,
    Answer.CANNOT_TELL: Qt.PenStyle.DashDotLine,
}
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """A label below series level, as drawn.

    Args:
        words: ``'nodule present'``.
        answer: Decides the kind of line.
        first: First slice, from 0.
        last: Last slice, inclusive.
        box: (x0, y0, x1, y1) in pixels, x1 and y1 exclusive; None for a slice range.
        points: (x, y) in pixels: one of a point, more of a scribble; empty for the others.
    """

    words: str
    answer: Answer
    first: int
    last: int
    box: tuple[float, float, float, float] | None = None
    points: tuple[tuple[float, float], ...] = ()


def marks_of(rows: Sequence[Row], finding: str) -> tuple[Mark, ...]:
    """Labels below series level of one finding among a reader's current labels."""
    return tuple(
        Mark(
            f"{row.finding} {local(row.answer)}",
            row.answer,
            row.region.first,
            row.region.last,
            row.region.box,
            row.region.points,
        )
        for row in rows
        if row.finding == finding and row.region is not None and row.answer is not None
    )


def boxes(painter: QPainter, marks: Sequence[Mark], view: View, size: Size, ratio: float) -> None:
    """Labelled boxes, points and scribbles on the slice on screen, each with its words.

    Args:
        painter: In logical pixels.
        marks: Of the selected finding.
        view: What is on screen.
        size: Viewport in device pixels.
        ratio: Device pixels per logical pixel.
    """
    painter.setFont(ui_font(12))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for mark in marks:
        if mark.box is not None and mark.first <= view.slice <= mark.last:
            rect = box_on_screen(mark.box, view, size, ratio)
            outline(painter, rect, LINES[mark.answer])
            above = rect.top() - 6 if rect.top() > 24 else rect.bottom() + 16
            words(painter, QPointF(rect.left(), above), mark.words, LABEL)
        elif mark.points and mark.first == view.slice:
            end = line(painter, mark.points, view, size, ratio, LINES[mark.answer])
            words(painter, end + QPointF(GRID_PX, -6), mark.words, LABEL)


def line(
    painter: QPainter,
    points: Sequence[tuple[float, float]],
    view: View,
    size: Size,
    ratio: float,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> QPointF:
    """A scribble, or a ring round a point, over a dark edge.

    Returns:
        Where it ends, in logical pixels.
    """
    where = transform(view, size)
    found = [QPointF(*where.screen(y, x)[::-1]) / ratio for x, y in points]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(SHADOW, 4), QPen(QColor(LABEL), 1.5, style)):
        painter.setPen(pen)
        if len(found) > 1:
            painter.drawPolyline(QPolygonF(found))
        else:
            painter.drawEllipse(found[0], 6.0, 6.0)
            painter.drawPoint(found[0])
    painter.restore()
    return found[-1]


def range_words(
    painter: QPainter,
    area: QRectF,
    marks: Sequence[Mark],
    s: int,
    stored: Callable[[int], int] = int,
) -> None:
    """Words for the labelled slice ranges that hold the slice on screen, bottom right.

    ``stored`` gives the stored slice of a displayed one.
    """
    painter.setFont(ui_font(12))
    y = area.bottom() - MARGIN - 28
    for mark in marks:
        if mark.box is None and not mark.points and mark.first <= s <= mark.last:
            first, last = sorted((stored(mark.first), stored(mark.last)))
            text = f"{mark.words}, {slices_words(first, last)}"
            right = Qt.AlignmentFlag.AlignRight
            words(painter, QPointF(area.right() - MARGIN, y), text, LABEL, align=right)
            y -= 2.5 * GRID_PX


def displayed(marks: Sequence[Mark], orientation: Orientation, shape: Shape) -> tuple[Mark, ...]:
    """Marks of the stored slices as they lie on display; none where other planes are shown."""
    if orientation == UPRIGHT:
        return tuple(marks)
    if orientation.axis != 0:
        return ()
    out = []
    for mark in marks:
        ends = [orientation.show((s, 0, 0), shape)[0] for s in (mark.first, mark.last)]
        box = None if mark.box is None else _turned(mark.box, orientation.show, shape)
        shown = [orientation.show((mark.first, y, x), shape) for x, y in mark.points]
        points = tuple((x, y) for _, y, x in shown)
        out.append(replace(mark, first=int(min(ends)), last=int(max(ends)), box=box, points=points))
    return tuple(out)


def stored_box(box: Box, orientation: Orientation, shape: Shape) -> Box:
    """A box drawn on display as a box of the stored slice."""
    return _turned(box, orientation.voxel, shape)


def _turned(box: Box, way: Callable[[Voxel, Shape], Voxel], shape: Shape) -> Box:
    _, top, left = way((0, box[1] - 0.5, box[0] - 0.5), shape)
    _, bottom, right = way((0, box[3] - 0.5, box[2] - 0.5), shape)
    (x0, x1), (y0, y1) = sorted((left, right)), sorted((top, bottom))
    return x0 + 0.5, y0 + 0.5, x1 + 0.5, y1 + 0.5


def outline(painter: QPainter, rect: QRectF, style: Qt.PenStyle) -> None:
    """A thin rectangle in the colour of labels over a dark edge."""
    painter.setPen(QPen(SHADOW, 3))
    painter.drawRect(rect)
    painter.setPen(QPen(QColor(LABEL), 1.5, style))
    painter.drawRect(rect)


def box_on_screen(
    box: tuple[float, float, float, float], view: View, size: Size, ratio: float
) -> QRectF:
    """A box in image pixels as a rectangle in logical pixels, along the edges of its pixels."""
    where = transform(view, size)
    y0, x0 = where.screen(box[1] - 0.5, box[0] - 0.5)
    y1, x1 = where.screen(box[3] - 0.5, box[2] - 0.5)
    return QRectF(QPointF(x0, y0) / ratio, QPointF(x1, y1) / ratio)
