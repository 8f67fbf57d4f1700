"""From a volume to three-channel slices of the size that a backbone takes, and back by position."""

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.evidence import Placement
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window, auto_window, grey_table
from wsl_studio.learn.marks import without_marks

CT_WINDOWS: Final = (Window(-600, 1500), Window(40, 400), Window(-200, 1600))
"""Lung, soft tissue and wide, one a channel: a single window loses one finding or the other."""

SIDE: Final = 32
"""Both sides of a resized slice are multiples of this, so that every grid lies exactly."""

MEASURED: Final = ("CT", "MR", "PT", "NM")
"""Modalities whose pixels are values, not pictures of a screen."""

_AIR: Final = 64
"""Grey of the last CT channel up to which a pixel counts as air: -600 HU in the wide window."""
_DARK: Final = 15
"""The same for what is not CT."""


@dataclass(frozen=True)
class Grid:
    """A feature grid in pixels of the resized slice: the centre of cell i is at offset + stride i.

    Pixel k has its centre at k. A slice ends half a pixel beyond its last centre.
    """

    stride: float
    offset: float

    def cells(self, length_px: int) -> int:
        """Cells whose centre lies on a slice of this length."""
        return max(1, int((length_px - 1 - self.offset) // self.stride) + 1)


@dataclass(frozen=True)
class Frame:
    """The part of a slice that is kept, and the size that it is brought to.

    Args:
        top: First row kept.
        left: First column kept.
        height: Rows kept.
        width: Columns kept.
        rows: Rows after resizing, a multiple of 32.
        columns: Columns after resizing, a multiple of 32.
        whole: Rows and columns of the slice before the cut; () where nothing was cut.
    """

    top: int
    left: int
    height: int
    width: int
    rows: int
    columns: int
    whole: tuple[int, ...] = ()

    def share(self, area: float) -> float:
        """Share of what is kept, from a share of the whole slice, at most 1."""
        kept = self.height * self.width / math.prod(self.whole) if self.whole else 1.0
        return min(1.0, area / kept)

    def placement(self, grid: Grid) -> Placement:
        """Where the cells of a grid lie on the image of the series, in its pixels."""
        down, across = self.height / self.rows, self.width / self.columns
        # A resized pixel p covers [p, p + 1) edges, so its centre is at (p + 0.5) x scale - 0.5.
        return Placement(
            stride_y=grid.stride * down,
            stride_x=grid.stride * across,
            offset_y=self.top + (grid.offset + 0.5) * down - 0.5,
            offset_x=self.left + (grid.offset + 0.5) * across - 0.5,
        )


class Slices:
    """Slices of one volume as a backbone takes them.

    ``marked`` holds the slices, of those made so far, on which marks were painted over.

    Args:
        volume: Pixels of the series.
        image_px: Longer side after resizing; the other side follows to a multiple of 32, which
            stretches by at most 16 pixels. ``Frame.placement`` undoes it exactly.
        is_cropped: True cuts empty borders that are empty on every slice.
        hides_marks: True paints over burned-in letters and calipers; never in CT, MR, PET and
            NM, whose pixels are measured values.
    """

    def __init__(
        self, volume: Volume, *, image_px: int, is_cropped: bool, hides_marks: bool = True
    ) -> None:
        self._array = volume.array
        self._tables = _tables(volume)
        self._empty = _AIR if len(self._tables) > 1 else _DARK
        self._hides_marks = hides_marks and volume.modality not in MEASURED
        self.n_slices = volume.n_slices
        self.marked: set[int] = set()
        rows, columns = volume.array.shape[1:3]
        box = (0, 0, rows, columns)
        if is_cropped:
            box = self._content()
        scale = image_px / max(box[2:])
        size = _multiple(box[2] * scale), _multiple(box[3] * scale)
        self.frame = Frame(*box, *size, whole=(rows, columns))
        self.slice_px = _slice_distance(volume, self.frame)

    def channels(self, s: int) -> NDArray[np.uint8]:
        """(rows, columns, 3) grey 0-255 of slice s."""
        f = self.frame
        part = self._array[s, f.top : f.top + f.height, f.left : f.left + f.width]
        size = (f.columns, f.rows)
        kind = cv2.INTER_AREA if f.rows < f.height else cv2.INTER_LINEAR
        grey = np.ascontiguousarray(self._grey(part))
        if self._hides_marks:
            grey, had_marks = without_marks(grey)
            self.marked |= {s} if had_marks else set()
        out = cv2.resize(grey, size, interpolation=kind)
        return np.asarray(out if out.ndim == 3 else np.repeat(out[..., None], 3, 2), np.uint8)

    def _grey(self, part: NDArray[np.generic]) -> NDArray[np.uint8]:
        """(h, w, 3), or (h, w) where the channels are equal."""
        if not self._tables:
            return np.asarray(part, np.uint8)
        bits = part.view(np.uint16) if part.dtype == np.int16 else part
        if len(self._tables) == 1:
            return self._tables[0][bits]
        return np.stack([table[bits] for table in self._tables], -1)

    def _content(self) -> tuple[int, int, int, int]:
        """(top, left, height, width) of what is not empty on some slice, with a margin."""
        rows, columns = self._array.shape[1:3]
        seen = np.zeros((rows, columns), bool)
        for s in range(self.n_slices):
            grey = self._grey(np.ascontiguousarray(self._array[s]))
            seen |= (grey if grey.ndim == 2 else grey[..., -1]) > self._empty
        spans = []
        for axis, length in ((1, rows), (0, columns)):
            # One bright pixel in a row is noise or a burnt-in mark, not tissue.
            at = np.flatnonzero(seen.mean(axis) > 0.02)
            first, last = (int(at[0]), int(at[-1])) if at.size else (0, length - 1)
            margin = round(0.02 * length)
            first, last = max(0, first - margin), min(length - 1, last + margin)
            spans.append((first, last - first + 1))
        (top, height), (left, width) = spans
        return top, left, height, width


def _multiple(length: float) -> int:
    return max(SIDE, round(length / SIDE) * SIDE)


def _tables(volume: Volume) -> tuple[NDArray[np.uint8], ...]:
    """Grey tables of the channels; none for colour, one where the three would be equal."""
    if volume.is_colour:
        return ()
    is_hounsfield = volume.modality == "CT" and volume.unit in ("", "HU")
    windows = CT_WINDOWS if is_hounsfield else (
        auto_window(
            volume.array, slope=volume.slope, intercept=volume.intercept, padding=volume.padding
        ),
    )  # fmt: skip
    return tuple(
        grey_table(
            window,
            dtype=volume.array.dtype,
            slope=volume.slope,
            intercept=volume.intercept,
            is_inverted=volume.is_inverted,
            padding=volume.padding,
        )
        for window in windows
    )


def _slice_distance(volume: Volume, frame: Frame) -> float | None:
    """Distance between slices in pixels of the resized slice; None where it is not known."""
    if volume.geometry is None or volume.n_slices < 2:
        return None
    dz, dy, dx = volume.geometry.spacing_mm
    pixel_mm = (dy * frame.height / frame.rows * dx * frame.width / frame.columns) ** 0.5
    return float(dz / pixel_mm)
