"""Where slices lie in the patient: spacing, orientation letters, index to world."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Geometry:
    """The grid of a stack of parallel slices in patient coordinates (LPS, mm).

    Args:
        spacing_mm: Distance between slice, row and column centres (dz, dy, dx), each > 0.
            dz is 1.0 for a single slice without thickness.
        row_cosine: Direction of increasing column index (x, y, z).
        column_cosine: Direction of increasing row index (x, y, z).
        origin_mm: Centre of voxel (0, 0, 0) (x, y, z).

    Source:
        DICOM PS3.3 C.7.6.2.1.1 (Image Plane Module, equation C.7.6.2.1-1).
    """

    spacing_mm: Vector
    row_cosine: Vector
    column_cosine: Vector
    origin_mm: Vector

    @property
    def normal(self) -> Vector:
        """Unit vector of increasing slice index (x, y, z)."""
        n = np.cross(self.row_cosine, self.column_cosine)
        return (float(n[0]), float(n[1]), float(n[2]))

    def index_to_world(self) -> NDArray[np.float64]:
        """4x4 matrix from (column, row, slice, 1) to (x, y, z, 1) in mm."""
        dz, dy, dx = self.spacing_mm
        matrix = np.eye(4)
        matrix[:3, 0] = np.asarray(self.row_cosine) * dx
        matrix[:3, 1] = np.asarray(self.column_cosine) * dy
        matrix[:3, 2] = np.asarray(self.normal) * dz
        matrix[:3, 3] = self.origin_mm
        return matrix

    def letters(self) -> tuple[str, str, str, str]:
        """Orientation letters at the (left, right, top, bottom) edge of the picture."""
        right = direction_letters(self.row_cosine)
        bottom = direction_letters(self.column_cosine)
        return (opposite(right), right, opposite(bottom), bottom)


def direction_letters(direction: Vector) -> str:
    """Letters of a direction, largest part first, at most two (``'L'``, ``'PH'``).

    A part under 0.25 (more than 75 degrees off that axis) is left out, so a slightly oblique
    head reads ``'L'`` and a truly oblique one ``'LA'``.

    Source:
        DICOM PS3.3 C.7.6.1.1.1 (Patient Orientation): L, P, H are the positive ends of x, y, z.
    """
    pairs = (("L", "R"), ("P", "A"), ("H", "F"))
    parts = [
        (abs(value), pair[0] if value > 0 else pair[1])
        for value, pair in zip(direction, pairs, strict=True)
        if abs(value) >= 0.25
    ]
    return "".join(letter for _, letter in sorted(parts, reverse=True)[:2])


def opposite(letters: str) -> str:
    """Letters of the opposite direction."""
    return letters.translate(str.maketrans("LRPAHF", "RLAPFH"))
