"""A chest-like CT phantom in plain numpy: the volume of one made-up patient and its true masks.

Nobody's anatomy is in it. Two findings can be present: ``nodule`` (one or two small round solid
lesions in a lung) and ``effusion`` (a crescent of fluid at the back of one or both lungs).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.dicom.phantom_anatomy import BINS, F32, Anatomy, Places, edge
from wsl_studio.dicom.phantom_paint import (
    Canvas,
    Fluid,
    Texture,
    Tissue,
    paint_lungs,
    paint_middle,
    paint_wall,
)
from wsl_studio.dicom.phantom_vessels import Tubes, draw, grow
from wsl_studio.domain.progress import Progress, Steps

FINDINGS: Final = ("nodule", "effusion")
FIELD_MM: Final = 336.0
"""Width of the picture."""
SLICE_STEP_MM: Final = 4.0
"""Between slice centres; slices are thicker than that and overlap."""
SLICE_THICKNESS_MM: Final = 5.0
DIAMETER_MM: Final = (6.0, 14.0)
"""Of nodules."""
MASK_SHARE: Final = 0.25
"""A voxel is of the nodule when this share of it is."""
SLAB: Final = (0.3, 0.4, 0.3)
"""Share of three thin slices, 2 mm apart, in one slice of ``SLICE_THICKNESS_MM``."""


@dataclass(frozen=True, eq=False)
class PhantomVolume:
    """One made-up patient.

    Args:
        hu: (S, H, W) int16 Hounsfield units, feet first, patient supine, seen from the feet.
        masks: By finding, (S, H, W) bool; all False where the finding is absent.
        pixel_mm: Between rows and between columns.
    """

    hu: NDArray[np.int16]
    masks: dict[str, NDArray[np.bool_]]
    pixel_mm: float


@dataclass(frozen=True, eq=False)
class Nodule:
    """A small solid lesion.

    Args:
        middle: x, y, z in the patient, mm.
        diameter_mm: Mean diameter.
        hu: In its middle.
        bumps: (3, 3) amplitudes of the low-order bumps of its surface.
        soft_mm: Width of its edge.
    """

    middle: tuple[float, float, float]
    diameter_mm: float
    hu: float
    bumps: NDArray[np.float64]
    soft_mm: float = 1.4


class Patient:
    """What is drawn once per patient; ``render`` paints it.

    Args:
        seed: Of the whole demo.
        number: Of the patient; every patient has its own anatomy.
        findings: What is present.
        slices: S.
        size_px: H = W.
    """

    def __init__(
        self, seed: int, number: int, findings: dict[str, bool], slices: int, size_px: int
    ) -> None:
        self.slices, self.size = slices, size_px
        self.pixel_mm = FIELD_MM / size_px
        self.length = (slices - 1) * SLICE_STEP_MM
        # One stream per part: a nodule changes nothing else in the patient, and fluid only the
        # vessels, which end at it.
        streams = [np.random.default_rng([seed, number, part]) for part in range(7)]
        self.texture_rng, self.noise_rng = streams[4], streams[5]
        self.anatomy = Anatomy(streams[0], self.length)
        u = streams[1].uniform
        self.shift = u(-7, 7), u(-8, 6)
        self.roll = u(-0.07, 0.07)
        self.noise_hu = u(13, 24)
        self.tissue = Tissue.drawn(streams[1], self.length)
        index = (np.arange(size_px) - (size_px - 1) / 2) * self.pixel_mm
        self.at = Places.of(*self.to_patient(*np.meshgrid(index, index)))
        self.fluids = _draw_fluids(streams[2], self.length) if findings["effusion"] else ()
        self.vessels = self._grow_vessels(streams[3])
        self.nodules = self._draw_nodules(streams[6]) if findings["nodule"] else ()

    def to_patient(
        self, x: NDArray[np.floating], y: NDArray[np.floating]
    ) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """From mm off the middle of the picture to the patient's own axes."""
        x, y = x - self.shift[0], y - self.shift[1]
        c, s = np.cos(self.roll), np.sin(self.roll)
        return c * x + s * y, c * y - s * x

    def to_grid(self, points: F32) -> F32:
        """From the patient's axes to mm from the centre of the first voxel; (N, 3) x, y, z."""
        c, s = np.cos(self.roll), np.sin(self.roll)
        x, y = points[:, 0], points[:, 1]
        half = (self.size - 1) / 2 * self.pixel_mm
        return np.stack(
            [
                c * x - s * y + self.shift[0] + half,
                s * x + c * y + self.shift[1] + half,
                points[:, 2],
            ],
            axis=1,
        ).astype(np.float32)

    def lung_depth(self, points: F32) -> F32:
        """Depth of (N, 3) points in aerated lung, mm."""
        at = Places.of(points[:, 0], points[:, 1])
        z = points[:, 2]
        depth = self.anatomy.lung_depth(at, z)
        wall = self.anatomy.wall_depth(at, z)
        for fluid in self.fluids:
            depth = np.minimum(depth, -fluid.depth(at, z, wall))
        return depth

    def _grow_vessels(self, rng: np.random.Generator) -> Tubes:
        parts = []
        n = 12
        # Full and thin vessels differ more between patients than a nodule adds: how much dense
        # tissue a lung holds must not tell who has one.
        calibre = rng.uniform(0.8, 1.5)
        for side in (-1, 1):
            for radius in (2.4 * calibre, 2.0 * calibre):  # arteries and veins
                hilum = np.array([34 * side, 2, self.anatomy.hilum])
                roots = hilum + rng.normal(0, 1, (n, 3)) * (3, 7, 9)
                turn = np.linspace(0, 2 * np.pi, n, endpoint=False) + rng.uniform(0, 6.28)
                out = side * rng.uniform(15, 60, n), 55 * np.cos(turn), 50 * np.sin(turn) - 5
                ways = np.stack(out, axis=1)
                parts.append(grow(rng, roots, ways, self.lung_depth, radius_mm=radius))
        return Tubes(
            np.concatenate([p.start for p in parts]),
            np.concatenate([p.end for p in parts]),
            np.concatenate([p.radius for p in parts]),
        )

    def _draw_nodules(self, rng: np.random.Generator) -> tuple[Nodule, ...]:
        """One or two, where there is room for them, not at the hilum and not cut off."""
        wanted = 1 + int(rng.random() < 0.3)
        margin = min(10.0, self.length / 4)
        places = rng.uniform((-120, -85, margin), (120, 85, self.length - margin), (3000, 3))
        # More large ones than small: the volume, not the diameter, is what a reader finds.
        low, high = DIAMETER_MM
        diameters = low + (high - low) * np.sqrt(rng.random(len(places)))
        room = self.lung_depth(places.astype(np.float32)) - diameters / 2
        off_hilum = np.abs(places[:, 0]) - 34, places[:, 1] - 2, places[:, 2] - self.anatomy.hilum
        fits = (room > 2.5) & (np.linalg.norm(np.array(off_hilum), axis=0) > 32)
        if not fits.any():  # a slab of a few slices: take the place with the most room
            fits = room == room.max()
        out: list[Nodule] = []
        for k in np.flatnonzero(fits):
            p = places[k]
            if any(np.linalg.norm(p - n.middle) < 30 for n in out):
                continue
            out.append(
                Nodule(
                    middle=(float(p[0]), float(p[1]), float(p[2])),
                    diameter_mm=float(diameters[k]),
                    hu=float(rng.uniform(0, 60)),
                    bumps=rng.normal(0, 0.035, (3, 3)),
                )
            )
            if len(out) == wanted:
                break
        return tuple(out)

    def nodule_share(self, nodule: Nodule) -> tuple[tuple[slice, slice, slice], F32]:
        """Where a nodule lies in the volume, and the share of each voxel there that it fills."""
        middle = self.to_grid(np.array([nodule.middle], np.float32))[0]
        reach = nodule.diameter_mm * 0.65 + 3.0
        steps = (SLICE_STEP_MM, self.pixel_mm, self.pixel_mm)
        ends = (self.slices, self.size, self.size)
        box = tuple(
            slice(max(0, int((m - reach) / d)), min(n, int((m + reach) / d) + 2))
            for m, d, n in zip(middle[::-1], steps, ends, strict=True)
        )
        z, y, x = (
            np.arange(b.start, b.stop) * d - m
            for b, d, m in zip(box, steps, middle[::-1], strict=True)
        )
        fine = (np.arange(5) - 2.0) * (SLICE_THICKNESS_MM / 5)
        gz, gy, gx = np.meshgrid((z[:, None] + fine).reshape(-1), y, x, indexing="ij")
        far = np.sqrt(gz**2 + gy**2 + gx**2)
        away = np.maximum(far, 1e-3)
        surface = np.ones_like(far)
        for k, amplitudes in enumerate(nodule.bumps, start=1):
            for g, amplitude in zip((gx, gy, gz), amplitudes, strict=True):
                surface += amplitude * np.cos(k * np.pi * g / away)
        share = np.clip((nodule.diameter_mm / 2 * surface - far) / nodule.soft_mm + 0.5, 0, 1)
        share = share.reshape(z.size, 5, y.size, x.size).mean(axis=1)
        return (box[0], box[1], box[2]), share.astype(np.float32)

    def render(self) -> Steps[PhantomVolume]:
        """Paints every slice; yields after every few."""
        shape = (self.slices, self.size, self.size)
        total = self.slices + 9
        hu = np.repeat(self._background()[None], self.slices, axis=0)
        masks = {name: np.zeros(shape, np.bool_) for name in FINDINGS}
        yield Progress(1, total)
        half = SLICE_STEP_MM / 2
        up = np.array([0, 0, half], np.float32)
        tubes = Tubes(
            self.to_grid(self.vessels.start) + up,
            self.to_grid(self.vessels.end) + up,
            self.vessels.radius,
        )
        thin = draw(tubes, (2 * self.slices + 1, *shape[1:]), (half, self.pixel_mm))
        yield Progress(8, total)
        lesions = [(n, *self.nodule_share(n)) for n in self.nodules]
        box = self._body_box()
        at = self.at.part(box)
        textures = [Texture(self.texture_rng, at.x.shape, self.pixel_mm, mm) for mm in (9.0, 3.0)]
        full = np.zeros(shape[1:], np.float32)
        for i in range(self.slices):
            z = i * SLICE_STEP_MM
            coarse, fine = (texture() for texture in textures)
            canvas = Canvas(at, hu[i][box], self.pixel_mm)
            wall = paint_wall(canvas, self.anatomy, self.tissue, z, coarse, fine)
            paint_middle(canvas, self.anatomy, self.tissue, z, fine)
            vessel = sum(np.float32(w) * thin[2 * i + k][box] for k, w in enumerate(SLAB))
            fluid, lung = paint_lungs(
                canvas, self.anatomy, self.tissue, self.fluids, z, wall, (coarse, fine, vessel)
            )
            masks["effusion"][i][box] = fluid >= 0.5
            full[box] = lung
            for nodule, where, share in lesions:
                if where[0].start <= i < where[0].stop:
                    filled = share[i - where[0].start] * full[where[1:]]
                    part = hu[i][where[1:]]
                    part += filled * (np.float32(nodule.hu) - part)
                    masks["nodule"][i][where[1:]] |= filled >= MASK_SHARE
            hu[i] += self._noise()
            yield Progress(9 + i, total)
        np.clip(np.rint(hu, out=hu), -1024, 3071, out=hu)
        return PhantomVolume(hu.astype(np.int16), masks, self.pixel_mm)

    def _body_box(self) -> tuple[slice, slice]:
        """The part of the picture that holds the body."""
        inside = self.anatomy.skin[self.at.bin] - self.at.rho > -3.0
        ends = []
        for axis in (1, 0):
            hit = np.flatnonzero(inside.any(axis=axis))
            ends.append(slice(int(hit[0]), int(hit[-1]) + 1))
        return ends[0], ends[1]

    def _background(self) -> F32:
        """Air and the couch: two thin shells, hollow between them."""
        hu = np.full((self.size, self.size), -1000, np.float32)
        index = (np.arange(self.size, dtype=np.float32) - (self.size - 1) / 2) * self.pixel_mm
        top = float(self.anatomy.skin[BINS // 4]) + self.shift[1] + 5.0
        below = index[:, None] - (top - np.square(index) / 2600)
        for depth, value in (
            (np.minimum(below, 26 - below), -965.0),
            (3 - np.abs(below), -420.0),
            (2 - np.abs(below - 26), -420.0),
        ):
            hu += edge(depth, self.pixel_mm) * (value - hu)
        return hu

    def _noise(self) -> F32:
        """Quantum noise of one slice, correlated over neighbours as a smooth kernel leaves it."""
        n = self.size
        noise = self.noise_rng.standard_normal((n + 2, n + 2), dtype=np.float32)
        rows = noise[1:-1] + np.float32(0.5) * (noise[:-2] + noise[2:])
        out = rows[:, 1:-1] + np.float32(0.5) * (rows[:, :-2] + rows[:, 2:])
        out *= np.float32(self.noise_hu / 1.5)
        return out


def _draw_fluids(rng: np.random.Generator, length: float) -> tuple[Fluid, ...]:
    sides = ((-1,), (1,), (-1, 1))[int(rng.choice(3, p=(0.4, 0.3, 0.3)))]
    return tuple(
        Fluid(
            side,
            float(rng.uniform(11, 36)),
            float(max(length, 90.0) * rng.uniform(0.55, 1.1)),
            float(rng.uniform(0.25, 0.55)),
            float(rng.uniform(1.0, 1.5)),
            float(rng.uniform(0, 20)),
        )
        for side in sides
    )
