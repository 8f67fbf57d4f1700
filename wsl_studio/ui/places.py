"""Voxel to screen and back: through the plane, the zoom and the pixel ratio, in one value."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from wsl_studio.domain.reslice import Orientation, Shape, Voxel
from wsl_studio.ui.view import Size, View, transform


@dataclass(frozen=True)
class Places:
    """Where voxels lie on one picture.

    Args:
        orientation: Of the picture.
        shape: (S, H, W) of the volume as stored.
        view: What is on screen.
        size: Viewport in device pixels.
        ratio: Device pixels per logical pixel.
    """

    orientation: Orientation
    shape: Shape
    view: View
    size: Size
    ratio: float

    @property
    def index(self) -> int:
        """The slice on screen along the volume axis that scrolls."""
        return round(self.voxel(QPointF())[self.orientation.axis])

    def point(self, voxel: Voxel) -> QPointF:
        """Logical pixels of a voxel position; its depth does not matter."""
        _, down, across = self.orientation.show(voxel, self.shape)
        y, x = transform(self.view, self.size).screen(down, across)
        return QPointF(x, y) / self.ratio

    def voxel(self, point: QPointF) -> Voxel:
        """Voxel position under a point of the widget, on the slice on screen."""
        where = transform(self.view, self.size)
        down, across = where.image(point.y() * self.ratio, point.x() * self.ratio)
        return self.orientation.voxel((self.view.slice, down, across), self.shape)

    def holds(self, voxel: Voxel) -> bool:
        """True if a voxel position lies in the volume."""
        return all(-0.5 <= v < n - 0.5 for v, n in zip(voxel, self.shape[:3], strict=True))
