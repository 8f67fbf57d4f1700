"""The magnifier: the tissue under the cursor three times as large, in a ring, without evidence."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from wsl_studio.ui.frame import Frame
from wsl_studio.ui.paint import render, to_image
from wsl_studio.ui.places import Places
from wsl_studio.ui.theme import TEXT
from wsl_studio.ui.view import MAX_PIXEL_PX, fit_scale, transform

RADIUS_PX: Final = 90
GAIN: Final = 3.0


def paint(painter: QPainter, frame: Frame, places: Places, at: QPointF) -> None:
    """Draws the ring around a point of the widget, in logical pixels."""
    view, ratio = places.view, places.ratio
    y, x = transform(view, places.size).image(at.y() * ratio, at.x() * ratio)
    side = round(2 * RADIUS_PX * ratio)
    size = (side, side)
    scale = min(fit_scale(view, places.size) * view.zoom * GAIN, MAX_PIXEL_PX)
    close = replace(
        view,
        zoom=scale / fit_scale(view, size),
        centre_y=(y + 0.5) / view.rows,
        centre_x=(x + 0.5) / view.columns,
    )
    patch = render(frame.pyramid, close, size)
    if patch is None:
        return
    corner = at - QPointF(RADIUS_PX, RADIUS_PX)
    ring = QPainterPath()
    ring.addEllipse(at, RADIUS_PX, RADIUS_PX)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setClipPath(ring)
    painter.fillPath(ring, QColor(0, 0, 0))
    image = to_image(patch.array)
    image.setDevicePixelRatio(ratio)
    painter.drawImage(corner + QPointF(patch.left / ratio, patch.top / ratio), image)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(TEXT), 1))
    painter.drawPath(ring)
