"""Branching vessels of a phantom's lungs: trees of tapering tubes, grown and drawn as arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]

PIECE_MM: Final = 3.0
"""Tubes are drawn in pieces this long, so that one small box size fits all of them."""


@dataclass(frozen=True, eq=False)
class Tubes:
    """Straight tapering tubes.

    Args:
        start: (N, 3) x, y, z in mm.
        end: (N, 3).
        radius: (N, 2) at start and end, mm.
    """

    start: F32
    end: F32
    radius: F32

    def pieces(self) -> "Tubes":
        """The same tubes cut to at most ``PIECE_MM``."""
        length = np.linalg.norm(self.end - self.start, axis=1)
        n = np.maximum(1, np.ceil(length / PIECE_MM).astype(np.intp))
        owner = np.repeat(np.arange(n.size), n)
        first = np.cumsum(n) - n
        k = (np.arange(owner.size) - first[owner]).astype(np.float32)
        a, b = (k / n[owner])[:, None], ((k + 1) / n[owner])[:, None]
        way = (self.end - self.start)[owner]
        taper = np.diff(self.radius, axis=1)[owner]
        radius = self.radius[owner, :1] + np.concatenate([a, b], axis=1) * taper
        return Tubes(
            (self.start[owner] + a * way).astype(np.float32),
            (self.start[owner] + b * way).astype(np.float32),
            radius.astype(np.float32),
        )


def _unit(v: NDArray[np.floating]) -> NDArray[np.floating]:
    unit: NDArray[np.floating] = v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-6)
    return unit


def grow(
    rng: np.random.Generator,
    roots: NDArray[np.floating],
    ways: NDArray[np.floating],
    depth: Callable[[F32], F32],
    *,
    radius_mm: float,
    generations: int = 11,
) -> Tubes:
    """Grows trees from the hilum outwards, all tips at once.

    Args:
        rng: Draws directions and lengths.
        roots: (N, 3) where the trees start, mm.
        ways: (N, 3) in which each first tube runs; any length.
        depth: Depth in the lung of (M, 3) points, mm; tips stop short of the pleura.
        radius_mm: Of the first tubes; children follow Murray's law (the cubes add up).
        generations: At most this many divisions.

    Returns:
        Every tube that stays inside, or comes from a root.
    """
    tip, way = np.asarray(roots, np.float64), _unit(np.asarray(ways, np.float64))
    radius = radius_mm * rng.uniform(0.8, 1.15, len(roots))
    starts, ends, radii = [], [], []
    for generation in range(generations):
        if not len(tip):
            break
        length = (4.0 + 4.5 * radius) * rng.uniform(0.7, 1.4, len(tip))
        way = _unit(way + rng.normal(0, 0.16, way.shape))
        end = tip + way * length[:, None]
        inside = depth(end.astype(np.float32)) > 2.0 + 2.0 * (radius < 1.2)
        keep = inside if generation > 1 else np.ones_like(inside)
        tip, end, way, radius = tip[keep], end[keep], way[keep], radius[keep]
        thin = radius * rng.uniform(0.86, 0.97, len(radius))
        starts.append(tip)
        ends.append(end)
        radii.append(np.stack([radius, thin], axis=1))
        share = rng.uniform(0.15, 0.5, len(end))  # of the flow that the smaller child takes
        side = _unit(np.cross(way, rng.normal(0, 1, way.shape)))
        lean = rng.uniform(0.45, 1.0, (len(end), 1))
        big = _unit(way - side * lean * share[:, None] * 0.7)
        small = _unit(way + side * lean * 1.15)
        r_big, r_small = thin * np.cbrt(1 - share), thin * np.cbrt(share)
        tip = np.concatenate([end, end])
        way = np.concatenate([big, small])
        radius = np.concatenate([r_big, r_small])
        alive = radius > 0.42
        tip, way, radius = tip[alive], way[alive], radius[alive]
    return Tubes(
        np.concatenate(starts).astype(np.float32),
        np.concatenate(ends).astype(np.float32),
        np.concatenate(radii).astype(np.float32),
    )


def draw(
    tubes: Tubes, shape: tuple[int, int, int], spacing_mm: tuple[float, float], batch: int = 128
) -> F32:
    """Share of each voxel that the tubes fill.

    Args:
        tubes: In mm from the centre of voxel (0, 0, 0).
        shape: (Z, H, W) of the grid, thin slices.
        spacing_mm: Between slices and between pixels.
        batch: Pieces drawn at once; they stay in the processor's cache.

    Returns:
        (Z, H, W) float32 in [0, 1].
    """
    dz, dp = spacing_mm
    step = np.array([dp, dp, dz], np.float32)
    pieces = tubes.pieces()
    big = np.max(pieces.radius, axis=1)
    cell = np.round((pieces.start + pieces.end) / (2 * step)).astype(np.int32)
    is_near = np.all((cell >= 0) & (cell < shape[::-1]), axis=1)
    reach = PIECE_MM / 2 + 0.5 * dp + (float(big.max()) if big.size else 0.0)
    mz, mp = int(np.ceil(reach / dz)), int(np.ceil(reach / dp))
    out = np.zeros((shape[0] + 2 * mz, shape[1] + 2 * mp, shape[2] + 2 * mp), np.float32)
    flat = out.reshape(-1)
    strides = np.array([1, out.shape[2], out.shape[1] * out.shape[2]], np.int32)
    for low, high in ((0.0, 0.8), (0.8, 1.6), (1.6, 2.6), (2.6, 99.0)):
        chosen = np.flatnonzero((big >= low) & (big < high) & is_near)
        if not chosen.size:
            continue
        reach = PIECE_MM / 2 + 0.5 * dp + float(big[chosen].max())
        hz, hp = int(np.ceil(reach / dz)), int(np.ceil(reach / dp))
        side, up = np.arange(-hp, hp + 1), np.arange(-hz, hz + 1)
        offsets = np.stack(np.meshgrid(side, side, up, indexing="ij"), axis=-1).reshape(-1, 3)
        offsets = offsets[np.linalg.norm(offsets * step, axis=1) <= reach + 0.5 * dp].astype(
            np.int32
        )
        off_mm = (offsets * step).T
        for i in range(0, chosen.size, batch):
            one = chosen[i : i + batch]
            home, radius = cell[one], pieces.radius[one]
            away = home * step - pieces.start[one]  # from the start of the piece to its box
            vx, vy, vz = (away[:, k, None] + off_mm[k] for k in range(3))
            axis = pieces.end[one] - pieces.start[one]
            ax, ay, az = (axis[:, k, None] for k in range(3))
            t = (vx * ax + vy * ay + vz * az) / np.maximum(ax * ax + ay * ay + az * az, 1e-6)
            np.clip(t, 0, 1, out=t)
            far = np.sqrt((vx - t * ax) ** 2 + (vy - t * ay) ** 2 + (vz - t * az) ** 2)
            r = radius[:, :1] + t * (radius[:, 1:] - radius[:, :1])
            share = np.clip((r - far) * np.float32(1 / dp) + np.float32(0.5), 0, 1)
            share *= np.minimum(1, r * np.float32(1.6 / dp))  # thinner than a pixel: part of it
            row, k = np.nonzero(share)
            where = (home @ strides)[row] + (offsets @ strides)[k] + (mz, mp, mp) @ strides[::-1]
            np.maximum.at(flat, where, share[row, k])
    return out[mz : mz + shape[0], mp : mp + shape[1], mp : mp + shape[2]]
