"""Overlays of the file (60xx) on the image: thin, in a colour that evidence does not use."""

from typing import Final

import cv2
import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from wsl_studio.domain.volume import Volume
from wsl_studio.ui.marks import box_on_screen
from wsl_studio.ui.view import Size, View

COLOUR: Final = "#7fe0c3"
"""Pale green: labels are yellow, evidence is not green."""
EDGE: Final = QColor(0, 0, 0, 170)
"""A dark seam keeps pale lines legible on bright tissue."""


def paint_drawings(painter: QPainter, volume: Volume, view: View, size: Size, ratio: float) -> None:
    """Draws the overlays of the slice on screen.

    Args:
        painter: In logical pixels.
        volume: With or without overlays.
        view: What is on screen.
        size: Viewport in device pixels.
        ratio: Device pixels per logical pixel.
    """
    if volume.drawings is None:
        return
    plane = volume.drawings[view.slice]
    if not plane.any():
        return
    drawn = np.ascontiguousarray(plane != 0, np.uint8)
    argb = cv2.dilate(drawn, np.ones((3, 3), np.uint8)) * np.uint32(EDGE.rgba())
    argb[drawn != 0] = QColor(COLOUR).rgba()
    rows, columns = plane.shape
    image = QImage(argb.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
    painter.save()
    # Lines of one pixel vanish in a smaller picture unless they are smoothed.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(box_on_screen((0, 0, columns, rows), view, size, ratio), image)
    painter.restore()
