"""Thin marks over a picture that live in the volume: crosshair, regions and measures."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from wsl_studio.domain import measure as measuring
from wsl_studio.domain.measure import Kind, Measure
from wsl_studio.domain.peaks import Peak
from wsl_studio.domain.reslice import Voxel
from wsl_studio.domain.volume import Volume
from wsl_studio.ui.decor import words
from wsl_studio.ui.places import Places
from wsl_studio.ui.theme import AGAINST, FOR, GRID_PX, ui_font
from wsl_studio.ui.words import local

MEASURE: Final = "#7fd8be"
"""What the reader measures: pale green, neither a label nor evidence."""
CROSS: Final = "#b9c4cc"
PEAK_PX: Final = 9.0
EDGES_PX: Final = (32.0, 34.0, -32.0, -58.0)
"""Left, top, right and bottom edge, where letters and numbers stand: no crosshair there."""
GAP_PX: Final = 14.0
"""The crosshair leaves this much of the place itself free."""


@dataclass(frozen=True)
class Sketch:
    """What is drawn over a picture, in voxel positions.

    Args:
        label: Name of the picture (``'coronal'``).
        note: What should be known of it, smaller.
        cross: The crosshair; None draws none.
        line: Where the slice of the other series cuts this one.
        peaks: Regions for and against; never while the model is hidden.
        measures: Of the series; those of other slices are not drawn.
        selected: The measure that Delete takes away.
        is_active: The keys turn this picture.
    """

    label: str = ""
    note: str = ""
    cross: Voxel | None = None
    line: tuple[Voxel, Voxel] | None = None
    peaks: tuple[Peak, ...] = ()
    measures: tuple[Measure, ...] = ()
    selected: Measure | None = None
    is_active: bool = False


def draw(painter: QPainter, sketch: Sketch, volume: Volume, places: Places, area: QRectF) -> None:
    """Draws a whole sketch, in logical pixels."""
    if sketch.cross is not None:
        _cross(painter, sketch.cross, places, area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    if sketch.line is not None:
        painter.setPen(QPen(QColor(CROSS), 1, Qt.PenStyle.DashLine))
        painter.drawLine(places.point(sketch.line[0]), places.point(sketch.line[1]))
    for peak in sketch.peaks:
        mark_peak(painter, peak, places)
    for measure in sketch.measures:
        if measure.axis == places.orientation.axis and measure.index == places.index:
            draw_measure(painter, measure, volume, places, is_bright=measure == sketch.selected)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if sketch.is_active:
        w, h = area.width(), area.height()
        for box in ((0, 0, w, 1), (0, h - 1, w, 1), (0, 0, 1, h), (w - 1, 0, 1, h)):
            painter.fillRect(QRectF(*box), QColor(CROSS))


def _cross(painter: QPainter, cross: Voxel, places: Places, area: QRectF) -> None:
    at = places.point(cross)
    x, y = round(at.x() - 0.5), round(at.y() - 0.5)
    free = area.adjusted(*EDGES_PX)
    # Filled and not stroked: a stroked line over a whole picture costs 0.25 ms.
    for colour, wide in ((QColor(0, 0, 0, 140), 3), (QColor(CROSS), 1)):
        edge = wide // 2
        for box in (
            QRectF(free.left(), y - edge, x - GAP_PX - free.left(), wide),
            QRectF(x + GAP_PX, y - edge, free.right() - x - GAP_PX, wide),
            QRectF(x - edge, free.top(), wide, y - GAP_PX - free.top()),
            QRectF(x - edge, y + GAP_PX, wide, free.bottom() - y - GAP_PX),
        ):
            if box.isValid():
                painter.fillRect(box, colour)


def mark_peak(painter: QPainter, peak: Peak, places: Places) -> None:
    """A region as a circle with its name on its own slice; near it, a small tick; else nothing."""
    voxel = (float(peak.slice), peak.y, peak.x)
    away = abs(voxel[places.orientation.axis] - places.index)
    if away > 0.5:
        return
    at, colour = places.point(voxel), QColor(FOR if peak.is_for else AGAINST)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(0, 0, 0, 180), 3.5), QPen(colour, 1.5)):
        painter.setPen(pen)
        painter.drawEllipse(at, PEAK_PX, PEAK_PX)
    painter.setFont(ui_font(11, bold=True))
    words(painter, at + QPointF(PEAK_PX + 3, 4), peak.name, colour.name())


def peak_at(point: QPointF, peaks: tuple[Peak, ...], places: Places) -> Peak | None:
    """The region whose mark is under a point."""
    for peak in peaks:
        voxel = (float(peak.slice), peak.y, peak.x)
        away = places.point(voxel) - point
        near = away.x() ** 2 + away.y() ** 2 <= (PEAK_PX + 3) ** 2
        if near and abs(voxel[places.orientation.axis] - places.index) <= 0.5:
            return peak
    return None


def draw_measure(
    painter: QPainter, measure: Measure, volume: Volume, places: Places, *, is_bright: bool = False
) -> None:
    """A measure with its words, on the slice on screen."""
    points = [places.point(at) for at in measure.points]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(0, 0, 0, 180), 3.5), QPen(QColor(MEASURE), 2 if is_bright else 1.3)):
        painter.setPen(pen)
        if measure.kind is Kind.RECTANGLE:
            painter.drawRect(QRectF(points[0], points[1]).normalized())
        elif measure.kind is Kind.ELLIPSE:
            painter.drawEllipse(QRectF(points[0], points[1]).normalized())
        else:
            painter.drawPolyline(QPolygonF(points))
            for point in points:
                painter.drawLine(point - QPointF(3, 0), point + QPointF(3, 0))
                painter.drawLine(point - QPointF(0, 3), point + QPointF(0, 3))
    if measure.kind is Kind.ANGLE and len(points) < 3:
        return
    painter.setFont(ui_font(12))
    lines = [local(line) for line in measuring.words(measure, volume)]
    place = QPointF(max(p.x() for p in points) + GRID_PX, max(p.y() for p in points) + GRID_PX)
    metrics = QFontMetricsF(painter.font())
    room = painter.viewport()
    ratio = painter.device().devicePixelRatioF()
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    place.setX(max(4.0, min(place.x(), room.width() / ratio - widest - 6)))
    place.setY(min(place.y(), room.height() / ratio - 50 - 15 * len(lines)))
    for k, line in enumerate(lines):
        words(painter, place + QPointF(0, 15 * k), line, MEASURE)


def measure_at(
    point: QPointF, measures: tuple[Measure, ...], places: Places, reach: float = 7.0
) -> Measure | None:
    """The measure of this slice that a point lies on or near, the last one first."""
    for measure in reversed(measures):
        if measure.axis != places.orientation.axis or measure.index != places.index:
            continue
        points = [places.point(at) for at in measure.points]
        if measure.kind in (Kind.RECTANGLE, Kind.ELLIPSE):
            box = QRectF(points[0], points[1]).normalized()
            inner = box.adjusted(reach, reach, -reach, -reach)
            if box.adjusted(-reach, -reach, reach, reach).contains(point) and not (
                inner.isValid() and inner.contains(point)
            ):
                return measure
        elif any(_near(point, a, b, reach) for a, b in pairwise(points)):
            return measure
    return None


def _near(point: QPointF, a: QPointF, b: QPointF, reach: float) -> bool:
    along = b - a
    size = along.x() ** 2 + along.y() ** 2
    share = 0.0 if size == 0 else QPointF.dotProduct(point - a, along) / size
    away = point - (a + along * min(1.0, max(0.0, share)))
    return away.x() ** 2 + away.y() ** 2 <= reach**2
