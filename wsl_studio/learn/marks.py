"""Letters and calipers that were burned into an image, found and painted over before learning.

A reader types "RT AXILLA" on an image or measures it because there is something to see: a model
that may read learns the words in place of the finding, and its evidence points at the letters.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

WORK_PX: Final = 512
"""Marks are looked for on an image whose longer side is at most this."""
STROKE_PX: Final = 9
"""Strokes are thinner than this."""
GLYPH_PX: Final = (5, 16)
"""Least and greatest height of a letter; a caliper cross may be two pixels larger."""
BRIGHT: Final = 170
MOST: Final = 0.05
"""Share of an image; where more looks like letters it is noise, and the image stays as it is."""
CONTRAST: Final = 70
"""Letters are near white and steep against what they stand on; a fascia's edge is soft."""


def burned_in(image: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where letters and caliper crosses are.

    A letter is a thin, bright, steep component of letter size with another one beside it on the
    same base line; a cross has two full arms and four empty quarters. A single letter is left
    alone: calcifications look like that.

    Args:
        image: (H, W) or (H, W, 3) grey or colour 0-255.

    Returns:
        (H, W) bool, with a margin around each mark.
    """
    grey = image if image.ndim == 2 else image.max(2)
    height, width = grey.shape
    scale = min(1.0, WORK_PX / max(height, width))
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    kernel = np.ones((STROKE_PX, STROKE_PX), np.uint8)
    hat = cv2.morphologyEx(np.ascontiguousarray(grey), cv2.MORPH_TOPHAT, kernel)
    thin = ((hat >= BRIGHT // 2) & (grey >= BRIGHT)).astype(np.uint8)
    n, labels, table, centres = cv2.connectedComponentsWithStats(thin, connectivity=8)
    names, table = np.asarray(labels, np.int32), np.asarray(table, np.int32)
    centres = np.asarray(centres, np.float64)
    letters = [i for i in range(1, n) if _is_letter(grey, names, table[i], i)]
    kept = [i for i in letters if any(_is_beside(table[i], table[k]) for k in letters if k != i)]
    kept += [i for i in range(1, n) if _is_cross(names, table[i], centres[i], i)]
    found = cv2.dilate(np.isin(names, kept).astype(np.uint8), np.ones((5, 5), np.uint8))
    if not kept or found.mean() > MOST:
        return np.zeros((height, width), bool)
    return np.asarray(cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST), bool)


def without_marks(image: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], bool]:
    """The image with marks painted over from around them, and whether there were any.

    Args:
        image: (H, W) or (H, W, 3), 0-255.

    Source:
        Telea 2004 (J. Graphics Tools 9:1) for the painting.
    """
    found = burned_in(image)
    if not found.any():
        return image, False
    radius = 3.0 * max(1.0, max(image.shape[:2]) / WORK_PX)
    out = cv2.inpaint(
        np.ascontiguousarray(image), found.astype(np.uint8), radius, cv2.INPAINT_TELEA
    )
    return np.asarray(out, np.uint8), True


def _is_letter(
    grey: NDArray[np.uint8], names: NDArray[np.int32], row: NDArray[np.int32], name: int
) -> bool:
    """Letter-sized, and steep against a rim two pixels away."""
    x, y, w, h, area = (int(v) for v in row)
    if not (GLYPH_PX[0] <= h <= GLYPH_PX[1] and w <= GLYPH_PX[1] and area >= GLYPH_PX[0]):
        return False
    top, left = max(0, y - 3), max(0, x - 3)
    window = np.s_[top : y + h + 3, left : x + w + 3]
    own = (names[window] == name).astype(np.uint8)
    near, far = cv2.dilate(own, np.ones((3, 3))), cv2.dilate(own, np.ones((5, 5)))
    rim = grey[window][(far > 0) & (near == 0)]
    if not rim.size:
        return False
    return bool(grey[window][own > 0].mean() - np.percentile(rim, 75) >= CONTRAST)


def _is_beside(a: NDArray[np.int32], b: NDArray[np.int32]) -> bool:
    """Equal height and base line, and less than a letter between them."""
    gap = max(a[0], b[0]) - min(a[0] + a[2], b[0] + b[2])
    is_level = abs((a[1] + a[3]) - (b[1] + b[3])) <= 2 and abs(a[3] - b[3]) <= 3
    return bool(is_level and -1 <= gap <= GLYPH_PX[1] // 2)


def _is_cross(
    names: NDArray[np.int32], row: NDArray[np.int32], centre: NDArray[np.float64], name: int
) -> bool:
    """Two arms that span the box, and next to nothing between them."""
    x, y, w, h, area = (int(v) for v in row)
    least, most = GLYPH_PX[0] + 1, GLYPH_PX[1] + 2
    if not (least <= w <= most and least <= h <= most and abs(w - h) <= 4 and area < 0.6 * w * h):
        return False
    own = names[y : y + h, x : x + w] == name
    i, k = round(centre[1] - y), round(centre[0] - x)
    up, down, left, right = max(1, i - 1), i + 2, max(1, k - 1), k + 2
    across, along = own[up - 1 : down].any(0).mean(), own[:, left - 1 : right].any(1).mean()
    quarters = (own[:up, :left], own[:up, right:], own[down:, :left], own[down:, right:])
    between = sum(int(part.sum()) for part in quarters)
    return bool(min(across, along) >= 0.85 and between <= 0.12 * w * h)
