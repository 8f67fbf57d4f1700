"""Planes of a volume as signed permutations of its axes: MPR, quarter turns, mirrors, slabs.

A plane is the same stored numbers looked at from another side: no pixel is made up. Display axes
are (slice, down, across); each is one axis of the volume, perhaps reversed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import permutations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.evidence import Evidence, Placement
from wsl_studio.domain.geometry import Geometry, Vector
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.words import say

Voxel = tuple[float, float, float]
"""(slice, row, column) of a volume; voxel k has its centre at k."""
Shape = tuple[int, ...]
"""(S, H, W), perhaps with colours behind."""

PLANES: Final = (say("axial"), say("coronal"), say("sagittal"))
_WANTED: Final[dict[str, tuple[int, Vector, Vector]]] = {
    # World axis of the normal (LPS), then the directions down and across of a hung picture.
    "axial": (2, (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)),
    "coronal": (1, (0.0, 0.0, -1.0), (1.0, 0.0, 0.0)),
    "sagittal": (0, (0.0, 0.0, -1.0), (0.0, 1.0, 0.0)),
}


@dataclass(frozen=True)
class Orientation:
    """Which axis of a volume lies along which axis of the display; always a proper rotation.

    Args:
        axes: Volume axis (0 slice, 1 row, 2 column) by display axis (slice, down, across).
        flips: True where the display axis runs against the volume axis.
    """

    axes: tuple[int, int, int] = (0, 1, 2)
    flips: tuple[bool, bool, bool] = (False, False, False)

    def __post_init__(self) -> None:
        if sorted(self.axes) != [0, 1, 2]:
            raise ValueError("an orientation uses every axis once")
        if not _is_even(self.axes, self.flips):
            raise ValueError("an orientation is a rotation: mirrors turn the slice axis too")

    @classmethod
    def of(cls, axes: tuple[int, int, int], down: bool, across: bool) -> "Orientation":
        """The rotation with these axes and in-plane flips; the slice axis follows."""
        is_even = _is_even(axes, (False, down, across))
        return cls(axes, (not is_even, down, across))

    @property
    def axis(self) -> int:
        """The volume axis that scrolls."""
        return self.axes[0]

    def shape(self, shape: Shape) -> tuple[int, int, int]:
        """(slices, rows, columns) on display of a volume of a shape."""
        a, b, c = self.axes
        return shape[a], shape[b], shape[c]

    def array(self, array: NDArray[np.generic]) -> NDArray[np.generic]:
        """A volume's numbers in display order, without a copy; colours stay last."""
        turned = array.transpose(*self.axes, *range(3, array.ndim))
        steps = tuple(slice(None, None, -1) if flip else slice(None) for flip in self.flips)
        out: NDArray[np.generic] = turned[steps]
        return out

    def show(self, at: Voxel, shape: Shape) -> Voxel:
        """Display position (slice, down, across) of a voxel position."""
        return _triple(
            shape[a] - 1 - at[a] if flip else at[a]
            for a, flip in zip(self.axes, self.flips, strict=True)
        )

    def voxel(self, at: Voxel, shape: Shape) -> Voxel:
        """Voxel position of a display position; the inverse of ``show``."""
        out = [0.0, 0.0, 0.0]
        for k, (a, flip) in enumerate(zip(self.axes, self.flips, strict=True)):
            out[a] = shape[a] - 1 - at[k] if flip else at[k]
        return _triple(out)

    def turned(self) -> "Orientation":
        """A quarter turn clockwise: what was at the bottom is at the left."""
        (a, down, across), (_, flip_down, flip_across) = self.axes, self.flips
        return Orientation.of((a, across, down), flip_across, not flip_down)

    def mirrored(self, *, is_vertical: bool = False) -> "Orientation":
        """Left and right exchanged, or top and bottom."""
        _, down, across = self.flips
        return Orientation.of(self.axes, down != is_vertical, across == is_vertical)

    def geometry(self, geometry: Geometry, shape: Shape) -> Geometry:
        """The grid of the display axes in the same patient coordinates."""
        normal, down, across = (
            tuple(-v if flip else v for v in _directions(geometry)[a])
            for a, flip in zip(self.axes, self.flips, strict=True)
        )
        del normal  # a proper rotation: it is the cross product of the others
        s, y, x = self.voxel((0, 0, 0), shape)
        origin = geometry.index_to_world() @ np.array([x, y, s, 1.0])
        return Geometry(
            spacing_mm=_triple(geometry.spacing_mm[a] for a in self.axes),
            row_cosine=_triple(across),
            column_cosine=_triple(down),
            origin_mm=_triple(origin[:3]),
        )

    def volume(self, volume: Volume) -> Volume:
        """The volume as it lies on display; its numbers are shared, not copied."""
        if self == UPRIGHT:
            return volume
        shape = volume.array.shape
        grid, drawn = volume.geometry, volume.drawings
        return replace(
            volume,
            array=self.array(volume.array),
            drawings=None if drawn is None else self.array(drawn).astype(np.uint8, copy=False),
            geometry=None if grid is None else self.geometry(grid, shape),
        )


def _is_even(axes: tuple[int, int, int], flips: tuple[bool, bool, bool]) -> bool:
    a, b, c = axes
    swaps = (a > b) + (a > c) + (b > c)
    return (swaps + sum(flips)) % 2 == 0


UPRIGHT: Final = Orientation()
"""As stored."""


def _triple(values: Iterable[float]) -> tuple[float, float, float]:
    a, b, c = values
    return a, b, c


def _directions(geometry: Geometry) -> tuple[Vector, Vector, Vector]:
    return geometry.normal, geometry.column_cosine, geometry.row_cosine


def plane_axes(geometry: Geometry) -> dict[str, int]:
    """The volume axis that is normal to each of ``PLANES``: the one nearest to it, all different.

    Oblique volumes keep their own axes and go by the name of their dominant direction.
    """
    directions = np.abs(np.array(_directions(geometry)))  # (volume axis, world axis)
    best = max(permutations(range(3)), key=lambda p: sum(directions[a, w] for w, a in enumerate(p)))
    return {name: best[_WANTED[name][0]] for name in PLANES}


def planes(geometry: Geometry) -> dict[str, Orientation]:
    """The three planes as they are hung: left of the patient on the right, head or front on top.

    The plane that was acquired stays as it was stored.
    """
    axes = plane_axes(geometry)
    directions = np.array(_directions(geometry))
    out = {}
    for name, normal in axes.items():
        if normal == 0:
            out[name] = UPRIGHT
            continue
        _, down, across = _WANTED[name]
        others = [a for a in range(3) if a != normal]
        first = max(others, key=lambda a: abs(float(directions[a] @ np.array(down))))
        second = next(a for a in others if a != first)
        out[name] = Orientation.of(
            (normal, first, second),
            bool(directions[first] @ np.array(down) < 0),
            bool(directions[second] @ np.array(across) < 0),
        )
    return out


def acquired_plane(geometry: Geometry) -> str:
    """The name of the plane that the slices were acquired in."""
    return next(name for name, axis in plane_axes(geometry).items() if axis == 0)


class Through(StrEnum):
    """What a thick slab shows of the voxels along its depth."""

    MEAN = "mean"
    MOST = "MIP"
    LEAST = "MinIP"


@dataclass(frozen=True)
class Slab:
    """How thick a slice is drawn.

    Args:
        mm: Thickness; 0 draws single slices.
        through: What of the depth is drawn.
    """

    mm: float = 0.0
    through: Through = Through.MEAN

    def words(self) -> str:
        """``'MIP 10 mm'``; empty for single slices."""
        return say("{how} {mm:g} mm", how=self.through, mm=self.mm) if self.mm > 0 else ""

    def depth(self, index: int, n: int, step_mm: float) -> tuple[int, int]:
        """First and one past the last slice of the slab around a slice, held to those there are."""
        half = int(self.mm / 2 / step_mm + 1e-9) if self.mm > 0 and step_mm > 0 else 0
        return max(0, index - half), min(n, index + half + 1)


THIN: Final = Slab()


def project(
    stack: NDArray[np.generic], through: Through, *, is_falling: bool = False
) -> NDArray[np.generic]:
    """One plane of a stack of planes along its first axis, in the stored type.

    Args:
        stack: (n, H, W) or with colours behind.
        through: Mean, most or least of the modality values.
        is_falling: True where modality values fall as stored values rise (slope < 0).

    Returns:
        (H, W) of the same type; a mean is rounded, half a stored step at most.
    """
    if stack.shape[0] == 1:
        return np.asarray(stack[0])
    if through is Through.MEAN:
        total = stack.sum(0, dtype=np.int32)
        out: NDArray[np.generic] = np.rint(total / stack.shape[0]).astype(stack.dtype)
        return out
    is_most = (through is Through.MOST) != is_falling
    return np.asarray(stack.max(0) if is_most else stack.min(0))


def evidence_layer(
    evidence: Evidence,
    shape: Shape,
    orientation: Orientation = UPRIGHT,
    index: int = 0,
    depth: tuple[int, int] | None = None,
    through: Through = Through.MEAN,
) -> tuple[NDArray[np.float32], Placement]:
    """Evidence on one displayed slice: a grid of its own and where it lies on the display.

    Between cells along the depth it is interpolated linearly, as ``Evidence.value`` does within
    a slice. A slab shows the mean, or for MIP and MinIP the strongest evidence by size with its
    sign: a maximum alone would hide what speaks against.

    Args:
        evidence: Of a series.
        shape: (S, H, W) of its volume.
        orientation: Of the display.
        index: Displayed slice, from 0.
        depth: First and one past the last displayed slice of a slab; None for the slice alone.
        through: Of the slab.

    Returns:
        (h, w) float32 in calibrated logits, and its placement in display pixels.
    """
    place = evidence.placement
    strides = (1.0, place.stride_y, place.stride_x)
    offsets = (0.0, place.offset_y, place.offset_x)
    grid = np.asarray(orientation.array(evidence.grid), np.float32)
    stride, offset = [], []
    for k, (a, flip) in enumerate(zip(orientation.axes, orientation.flips, strict=True)):
        stride.append(strides[a])
        last = offsets[a] + strides[a] * (grid.shape[k] - 1)
        offset.append(shape[a] - 1 - last if flip else offsets[a])
    first, end = depth if depth is not None else (index, index + 1)
    at = np.clip((np.arange(first, end) - offset[0]) / stride[0], 0, grid.shape[0] - 1)
    low = np.minimum(at.astype(int), max(grid.shape[0] - 2, 0))
    high = np.minimum(low + 1, grid.shape[0] - 1)
    part = (at - low).astype(np.float32)[:, None, None]
    layers = grid[low] * (1 - part) + grid[high] * part  # (n, h, w)
    if len(layers) == 1:
        flat = layers[0]
    elif through is Through.MEAN:
        flat = layers.mean(0)
    else:
        strongest = np.abs(layers).argmax(0)
        flat = np.take_along_axis(layers, strongest[None], 0)[0]
    return np.ascontiguousarray(flat, np.float32), Placement(
        stride[1], stride[2], offset[1], offset[2]
    )


def world(geometry: Geometry, at: Voxel) -> Vector:
    """Patient coordinates (x, y, z) in mm of a voxel position."""
    s, y, x = at
    return _triple(float(v) for v in (geometry.index_to_world() @ np.array([x, y, s, 1.0]))[:3])


def voxel_of(geometry: Geometry, place: Vector) -> Voxel:
    """Voxel position of patient coordinates; the inverse of ``world``."""
    x, y, s = np.linalg.solve(geometry.index_to_world(), np.array([*place, 1.0]))[:3]
    return float(s), float(y), float(x)
