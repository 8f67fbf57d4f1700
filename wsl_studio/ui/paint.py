"""From stored pixels to the grey image on screen: only what the viewport shows is computed.

The visible part is taken from an integer pyramid (area means, so that a mammogram does not
alias), brought to device pixels by linear interpolation of the stored integers, and only then
windowed through one exact table. Nothing is ever scaled by the content of a slice.
"""

import functools
import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from wsl_studio.domain.reslice import THIN, Slab, project
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window, grey_table
from wsl_studio.ui.view import Size, Transform, View, transform

PYRAMID_BYTES: Final = 192 * 2**20

# A frame is a few passes of a third of a millisecond. OpenCV's pool splits each of them, and waits
# for its other thread each time: a frame in twenty then takes twice as long.
cv2.setNumThreads(1)


@functools.cache
def has_wide_table() -> bool:
    """True if this OpenCV looks 16-bit pixels up (4.13 and later); asked once."""
    try:
        out = cv2.LUT(np.array([[65535]], np.uint16), np.arange(65536, dtype=np.int32))
    except cv2.error:
        return False
    return int(out[0, 0]) == 65535


def look_up(
    index: NDArray[Any], table: NDArray[Any], out: NDArray[Any] | None = None
) -> NDArray[Any]:
    """``table[index]`` for uint8 or uint16 indices of any shape, by the fastest exact way.

    Args:
        index: Of any shape.
        table: One entry for each index.
        out: Memory for the result, of the shape of ``index`` and the type of ``table``.
    """
    if index.dtype == np.uint8 or has_wide_table():
        return np.asarray(cv2.LUT(index, table, dst=out))
    return np.take(table, index, out=out)


class Pyramid:
    """Halved copies of the slices of a volume, kept within a budget of bytes.

    Level 0 is the volume itself and costs nothing, or a thick slab of it. A pixel of level n
    covers exactly 2^n pixels of the slice each way (odd edges are repeated), so positions need
    no correction.

    Args:
        volume: Whose slices.
        budget_bytes: Most that the copies may take together.
        slab: How thick a slice is drawn.
    """

    def __init__(
        self, volume: Volume, budget_bytes: int = PYRAMID_BYTES, slab: Slab = THIN
    ) -> None:
        self.volume = volume
        self.slab = slab
        self._budget = budget_bytes
        self._levels: OrderedDict[tuple[int, int], NDArray[Any]] = OrderedDict()
        self._bytes = 0

    @property
    def n_bytes(self) -> int:
        """Bytes held now."""
        return self._bytes

    def depth(self, s: int) -> tuple[int, int]:
        """First and one past the last slice that slice ``s`` is drawn from."""
        geometry = self.volume.geometry
        step = 0.0 if geometry is None else geometry.spacing_mm[0]
        return self.slab.depth(s, self.volume.n_slices, step)

    def level(self, s: int, n: int) -> NDArray[Any]:
        """Slice ``s`` halved ``n`` times, (H / 2^n, W / 2^n) or with 3 colours, stored type."""
        if n == 0:
            plane = self.volume.array[s]
            if self.slab.mm <= 0 and plane.flags.c_contiguous and plane.dtype.isnative:
                return np.asarray(plane)
        found = self._levels.get((s, n))
        if found is not None:
            self._levels.move_to_end((s, n))
            return found
        made = halve(self.level(s, n - 1)) if n else self._plane(s)
        self._levels[(s, n)] = made
        self._bytes += made.nbytes
        while self._bytes > self._budget and len(self._levels) > 1:
            _, dropped = self._levels.popitem(last=False)
            self._bytes -= dropped.nbytes
        return made

    def _plane(self, s: int) -> NDArray[Any]:
        """A slice or slab in the C order and native bytes that OpenCV wants."""
        first, end = self.depth(s)
        stack = self.volume.array[first:end]
        plane = project(stack, self.slab.through, is_falling=self.volume.slope < 0)
        return np.ascontiguousarray(plane, plane.dtype.newbyteorder("="))


def halve(plane: NDArray[Any]) -> NDArray[Any]:
    """Means of 2 x 2 pixels; an odd last row or column counts twice."""
    h, w = plane.shape[:2]
    if h % 2 or w % 2:
        plane = cv2.copyMakeBorder(plane, 0, h % 2, 0, w % 2, cv2.BORDER_REPLICATE)
        h, w = plane.shape[:2]
    return np.asarray(cv2.resize(plane, (w // 2, h // 2), interpolation=cv2.INTER_AREA))


@dataclass(frozen=True, eq=False)
class Patch:
    """Pixels for a part of the viewport.

    Args:
        array: (h, w) or (h, w, 3) stored values, or packed colours (h, w), or RGB (h, w, 3).
        top: Device pixel of its first row; may be negative.
        left: Device pixel of its first column.
    """

    array: NDArray[Any]
    top: int
    left: int


def pyramid_level(where: Transform) -> int:
    """The coarsest level that still has a pixel for every device pixel on both axes."""
    scale = max(where.scale_y, where.scale_x)
    return max(0, math.floor(math.log2(1.0 / scale) + 1e-9)) if scale < 1 else 0


def resample(pyramid: Pyramid, view: View, size: Size) -> Patch | None:
    """Stored values at the device pixels of the viewport.

    Args:
        pyramid: Of the volume.
        view: What is on screen.
        size: (height, width) of the viewport in device pixels.

    Returns:
        The visible part; its edges lie within half a device pixel of their exact place. None
        where no part of the image is visible.
    """
    where = transform(view, size)
    n = min(pyramid_level(where), 12)
    step = 2**n
    plane = pyramid.level(view.slice, n)
    rows = _span(where.shift_y, where.scale_y * step, plane.shape[0], size[0])
    columns = _span(where.shift_x, where.scale_x * step, plane.shape[1], size[1])
    if rows is None or columns is None:
        return None
    part = plane[rows[0] : rows[1], columns[0] : columns[1]]
    height, width = rows[3] - rows[2], columns[3] - columns[2]
    is_shrunk = height < 0.5 * part.shape[0] or width < 0.5 * part.shape[1]
    how = cv2.INTER_AREA if is_shrunk else cv2.INTER_LINEAR
    if (height, width) == part.shape[:2]:
        return Patch(np.ascontiguousarray(part), rows[2], columns[2])
    return Patch(
        np.asarray(cv2.resize(part, (width, height), interpolation=how)), rows[2], columns[2]
    )


def _span(shift: float, scale: float, n: int, length: int) -> tuple[int, int, int, int] | None:
    """Pixels [a, b) that a viewport axis shows, one more each side, and device pixels [p, q)."""
    first = max(0, math.floor(-shift / scale) - 1)
    last = min(n, math.ceil((length - shift) / scale) + 1)
    start, end = round(shift + scale * first), round(shift + scale * last)
    if first >= last or end <= 0 or start >= length:
        return None
    return first, last, start, max(end, start + 1)


def grey_lookup(volume: Volume, window: Window, *, is_inverted: bool) -> NDArray[np.uint8]:
    """Table from the stored bit pattern of a volume to grey; MONOCHROME1 is inverted by itself."""
    return grey_table(
        window,
        dtype=volume.array.dtype,
        slope=volume.slope,
        intercept=volume.intercept,
        is_inverted=volume.is_inverted != is_inverted,
        padding=volume.padding,
    )


OPAQUE: Final = (np.arange(256, dtype=np.uint32) * 0x010101 | 0xFF000000).view(np.int32)
"""Packed ARGB of each grey. Qt copies 32-bit pixels; 8-bit ones it converts at every frame."""


def to_grey(
    values: NDArray[Any], table: NDArray[np.uint8], spent: Patch | None = None
) -> NDArray[Any]:
    """Packed grey of stored values, (h, w) int32, or their RGB, (h, w, 3) uint8; see ``room``."""
    index = values.view(np.uint16) if values.dtype == np.int16 else values
    colours = table if values.ndim == 3 else look_up(table[None], OPAQUE)[0]
    return look_up(index, colours, room(values.shape, colours.dtype, spent))


def room(shape: tuple[int, ...], dtype: Any, spent: Patch | None) -> NDArray[Any]:
    """Memory for the pixels of a patch: that of a patch of the last frame where it fits.

    New pages of memory for every frame cost more than the pixels in them (1.3 ms of 1.6, now and
    then, for the 4 MB of a mammogram).
    """
    if spent is not None and spent.array.shape == shape and spent.array.dtype == dtype:
        return spent.array
    return np.empty(shape, dtype)


def to_image(array: NDArray[Any]) -> QImage:
    """A QImage over an array without a copy; keep the array while the image lives.

    Args:
        array: C-contiguous (h, w, 3) uint8 RGB, or (h, w) int32 packed premultiplied ARGB.
    """
    h, w = array.shape[:2]
    kinds = QImage.Format
    kind = kinds.Format_RGB888 if array.ndim == 3 else kinds.Format_ARGB32_Premultiplied
    return QImage(array.data.cast("B"), w, h, array.strides[0], kind)


def render(
    pyramid: Pyramid,
    view: View,
    size: Size,
    patch: Patch | None = None,
    spent: Patch | None = None,
) -> Patch | None:
    """The grey or RGB picture of a view as ``to_grey`` gives it; see ``resample``.

    Args:
        pyramid: Of the volume.
        view: What is on screen.
        size: Viewport in device pixels.
        patch: The result of ``resample`` for the same slice and place, if it is at hand: a
            window-level drag then costs one table look-up.
        spent: A picture that is no longer needed; its memory is used again.
    """
    patch = patch or resample(pyramid, view, size)
    if patch is None:
        return None
    table = grey_lookup(pyramid.volume, view.window, is_inverted=view.is_inverted)
    return Patch(to_grey(patch.array, table, spent), patch.top, patch.left)
