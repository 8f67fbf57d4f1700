"""Connected parts of a truth mask: what a peak of evidence may hit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage


@dataclass(frozen=True, eq=False)
class Lesions:
    """Connected parts of a truth mask, cut to the box that holds them.

    Args:
        parts: (s, h, w) number of the lesion from 1, 0 outside.
        corner: (slice, row, column) of the box in the mask.
        n: Lesions.
        shape: (S, H, W) of the mask.
    """

    parts: NDArray[np.int32]
    corner: tuple[int, int, int]
    n: int
    shape: tuple[int, int, int]

    def at(self, s: int, y: int, x: int) -> int:
        """Lesion from 0 at a voxel, in its slice +- 1; -1 for none."""
        first, last = (0, 1) if self.shape[0] == 1 else (s - 1, s + 2)
        first, last = first - self.corner[0], last - self.corner[0]
        y, x = y - self.corner[1], x - self.corner[2]
        if not (0 <= y < self.parts.shape[1] and 0 <= x < self.parts.shape[2]):
            return -1
        return int(self.parts[max(0, first) : max(0, last), y, x].max(initial=0)) - 1


def find_lesions(mask: NDArray[np.bool_]) -> Lesions:
    """Connected parts (26 neighbours) of a (S, H, W) mask."""
    shape = (mask.shape[0], mask.shape[1], mask.shape[2])
    spans = [np.flatnonzero(mask.any(axis=axes)) for axes in ((1, 2), (0, 2), (0, 1))]
    if not spans[0].size:
        return Lesions(np.zeros((0, 0, 0), np.int32), (0, 0, 0), 0, shape)
    box = tuple(slice(int(at[0]), int(at[-1]) + 1) for at in spans)
    parts, n = ndimage.label(mask[box], structure=np.ones((3, 3, 3)))
    corner = (int(spans[0][0]), int(spans[1][0]), int(spans[2][0]))
    return Lesions(np.asarray(parts, np.int32), corner, int(n), shape)
