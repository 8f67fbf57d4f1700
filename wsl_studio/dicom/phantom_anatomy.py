"""Shapes of a chest-like phantom: where wall, lungs, heart and bones of one patient lie, in mm.

Coordinates are those of the patient, x to the left (right in the picture), y to the back (down in
the picture), z to the head, from the middle of the thorax. Every ``*_depth`` is an approximate
signed distance in mm, positive inside, float32.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
BINS: Final = 2048
"""Entries of the tables over the angle; 0.5 mm at the skin."""
NEVER: Final = -1e3
"""Depth of what is nowhere near."""


@dataclass(frozen=True, eq=False)
class Places:
    """Points in the patient's axial plane.

    Args:
        x: To the left, mm.
        y: To the back, mm.
        rho: Distance from the middle, mm.
        bin: Entry of the angle tables.
    """

    x: F32
    y: F32
    rho: F32
    bin: NDArray[np.int32]

    @classmethod
    def of(cls, x: NDArray[np.floating], y: NDArray[np.floating]) -> "Places":
        """From coordinates of any one shape."""
        turn = np.arctan2(y, x) / (2.0 * np.pi)
        return cls(
            np.asarray(x, np.float32),
            np.asarray(y, np.float32),
            np.hypot(x, y).astype(np.float32),
            (turn * BINS).astype(np.int32) % BINS,
        )

    def part(self, box: tuple[slice, slice]) -> "Places":
        """The points in a box of a two-dimensional grid."""
        return Places(self.x[box], self.y[box], self.rho[box], self.bin[box])


def edge(depth: F32, width_mm: float) -> F32:
    """Share of a voxel that is inside: 0 to 1 over ``width_mm`` around the surface."""
    share: F32 = np.clip(depth * np.float32(1.0 / width_mm) + np.float32(0.5), 0.0, 1.0)
    return share


def ellipse(
    at: Places, middle: tuple[float, float], radii: tuple[float, float], turn: float = 0.0
) -> F32:
    """Depth in an ellipse; ``turn`` in radians carries the first axis towards the back."""
    x, y = at.x - np.float32(middle[0]), at.y - np.float32(middle[1])
    if turn:
        c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        x, y = c * x + s * y, c * y - s * x
    far = np.sqrt(np.square(x / np.float32(radii[0])) + np.square(y / np.float32(radii[1])))
    depth: F32 = (1 - far) * np.float32(2.0 / (1.0 / radii[0] + 1.0 / radii[1]))
    return depth


def ellipsoid(
    at: Places,
    z: float | F32,
    middle: tuple[float, float, float],
    radii: tuple[float, float, float],
    turn: float = 0.0,
) -> F32:
    """Depth in an ellipsoid with an axis along z."""
    x, y = at.x - np.float32(middle[0]), at.y - np.float32(middle[1])
    if turn:
        c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        x, y = c * x + s * y, c * y - s * x
    q = np.square(x / np.float32(radii[0])) + np.square(y / np.float32(radii[1]))
    up = np.square((z - np.float32(middle[2])) / np.float32(radii[2]))
    depth: F32 = (1 - np.sqrt(q + up)) * np.float32(min(radii))
    return depth


def _bump(angle: NDArray[np.floating], middle: float, width: float) -> NDArray[np.floating]:
    """A soft bump of height 1 on the circle; ``width`` in radians."""
    gap = np.angle(np.exp(1j * (angle - middle)))
    bump: NDArray[np.floating] = np.exp(-0.5 * np.square(gap / width))
    return bump


class Anatomy:
    """The shapes of one patient.

    Args:
        rng: Draws size, proportions and where the organs lie.
        length_mm: From the first slice (towards the feet, z = 0) to the last.
    """

    def __init__(self, rng: np.random.Generator, length_mm: float) -> None:
        u = rng.uniform
        self.length = length_mm
        self.scale = u(0.93, 1.03)
        angle = (np.arange(BINS) + 0.5) * (2.0 * np.pi / BINS)
        back, front = np.pi / 2, -np.pi / 2
        a, b, power = u(106, 117), u(76, 86), u(2.25, 2.55)
        c, s = np.abs(np.cos(angle)), np.abs(np.sin(angle))
        wall = ((c / a) ** power + (s / b) ** power) ** (-1.0 / power)
        for k in (2, 3, 4):
            wall *= 1.0 + u(-0.010, 0.010) * np.cos(k * angle + u(0, 6.28))
        wall *= 1.0 - 0.03 * _bump(angle, front, 0.25)
        muscle = 5.0 + u(7, 12) * (
            _bump(angle, front - 0.65, 0.3) + _bump(angle, front + 0.65, 0.3)
        )
        for side in (-1, 1):
            muscle += u(8, 13) * _bump(angle, back + side * 0.85, 0.35)
        muscle += u(20, 25) * _bump(angle, back - 0.28, 0.2) + u(20, 25) * _bump(
            angle, back + 0.28, 0.2
        )
        fat = u(4, 13) * (1.0 + 0.5 * _bump(angle, 0.2, 0.6) + 0.5 * _bump(angle, 2.94, 0.6))
        fat *= 1.0 + u(0, 0.8) * _bump(angle, front, 0.9)
        self.wall = (wall * self.scale).astype(np.float32)
        self.muscle = (self.wall + 10.5 + muscle).astype(np.float32)
        skin = self.muscle + 2.0 + fat
        turns = np.fft.rfft(skin)
        turns *= np.exp(-np.square(np.arange(turns.size) / 9.0))  # skin is smoother than muscle
        self.skin = np.maximum(np.fft.irfft(turns, BINS), self.muscle + 3.0).astype(np.float32)
        self.narrowing = u(0.0010, 0.0018)
        # Ribs run down from the spine to the front: one slice cuts several of them.
        fall = np.abs(np.angle(np.exp(1j * (angle - back)))) / np.pi
        self.rib_fall = (u(85, 115) * np.sin(fall * np.pi / 2) ** 1.2).astype(np.float32)
        self.from_back = fall.astype(np.float32)
        blade = [np.abs(np.angle(np.exp(1j * (angle - back - side)))) for side in (-0.95, 0.95)]
        self.from_blade = np.minimum(*blade).astype(np.float32)
        self.rib_step, self.rib_start = u(23, 28), u(0, 25)
        self.rib_size = u(3.2, 4.0), u(6.0, 7.5)
        self.spine_y = b * self.scale - u(20, 26)
        self.spine_size = u(15, 18), u(12.5, 14.5)
        self.disc_step, self.disc_start = u(22, 25), u(0, 22)
        self.bend = u(-0.05, 0.05)
        heart = u(0.88, 1.12)
        self.heart = (u(16, 26), u(-32, -22), u(0, 14))
        self.heart_size = (56 * heart, 40 * heart, u(50, 62))
        self.heart_turn = u(0.35, 0.65)
        self.carina = u(66, 84) * length_mm / 92.0
        self.hilum = self.carina - u(14, 24)
        self.aorta = (u(20, 27), self.spine_y - u(10, 16), u(10.5, 13.5))
        self.arch = (u(-18, -10), u(-32, -24), u(14, 17))
        self.junction = u(6, 16)
        top = u(-14, 24) * min(1.0, length_mm / 92.0)
        self.domes = (
            ((u(-60, -50), u(0, 12), top - 50), (u(74, 84), u(68, 76), 50.0)),
            ((u(54, 62), u(0, 12), top - 50 - u(4, 16)), (u(66, 74), u(66, 74), 50.0)),
        )

    def size(self, z: float | F32) -> F32:
        """How large the thorax is at this height; 1 where it is widest."""
        off = np.asarray(z, np.float32) - np.float32(0.15 * self.length)
        size: F32 = 1 - np.square(off) * np.float32(self.narrowing * 0.02)
        return size

    def wall_depth(self, at: Places, z: float | F32) -> F32:
        """Inside the ribs."""
        depth: F32 = self.wall[at.bin] * self.size(z) - at.rho
        return depth

    def midline(self, z: float | F32) -> float:
        """Where the middle is at this height: spines are never quite straight."""
        return self.bend * (float(np.mean(z)) - self.length / 2)

    def heart_depth(self, at: Places, z: float | F32, fat_mm: float = 0.0) -> F32:
        """Inside the heart, or the heart with its fat."""
        radii = tuple(r + fat_mm for r in self.heart_size)
        return ellipsoid(at, z, self.heart, (radii[0], radii[1], radii[2]), self.heart_turn)

    def dome_depth(self, at: Places, z: float | F32) -> F32:
        """Under either dome of the diaphragm."""
        right, left = (ellipsoid(at, z, middle, radii) for middle, radii in self.domes)
        return np.maximum(right, left)

    def middle_depth(self, at: Places, z: float | F32) -> F32:
        """Inside what lies between the lungs: mediastinum, hila, spine and its muscles."""
        m = self.midline(z)
        parts = [
            self.heart_depth(at, z, 4.0),
            ellipse(at, (m + 1, -52), (self.junction, 46)),
            ellipse(at, (m + 2, -4), (31, 29)),
            ellipse(at, (m + 3, 26), (21, 32)),
            ellipse(at, (m, self.spine_y + 10), (self.spine_size[0] + 9, 30)),
            ellipse(at, (m + self.aorta[0], self.aorta[1]), (self.aorta[2] + 2,) * 2),
        ]
        for side in (-1, 1):
            parts.append(ellipsoid(at, z, (m + 34 * side, 2, self.hilum), (15, 13, 22)))
        depth = parts[0]
        for part in parts[1:]:
            depth = np.maximum(depth, part)
        return depth

    def lung_depth(self, at: Places, z: float | F32) -> F32:
        """Inside either pleural space above the diaphragm: lung, and fluid where there is some."""
        outside = np.maximum(self.middle_depth(at, z), self.dome_depth(at, z))
        return np.minimum(self.wall_depth(at, z), -outside)

    def rib_depth(self, at: Places, z: float) -> F32:
        """Inside a rib: the wall's ribs are one rib repeated along z."""
        thick, high = self.rib_size
        height = (z - self.rib_start + self.rib_fall[at.bin]) * np.float32(1 / self.rib_step)
        off = (height - np.round(height)) * np.float32(self.rib_step / high)
        out = (self.wall_depth(at, z) + np.float32(thick + 1.5)) * np.float32(1 / thick)
        depth: F32 = (1 - np.sqrt(off * off + out * out)) * np.float32(thick)
        return depth
