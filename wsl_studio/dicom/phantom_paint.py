"""One slice of a phantom, painted tissue by tissue from the outside in, in HU."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wsl_studio.dicom.phantom_anatomy import BINS, F32, Anatomy, Places, edge, ellipse


@dataclass(frozen=True)
class Fluid:
    """Fluid in one pleural space: deepest at the back and towards the feet.

    Args:
        side: -1 right, +1 left.
        depth_mm: Greatest depth from the wall.
        top_mm: Height z at which it ends.
        angle: Where it is deepest, radians from straight back towards the side.
        spread: How far it runs round the wall from there, radians.
        hu: Of the fluid.
    """

    side: int
    depth_mm: float
    top_mm: float
    angle: float
    spread: float
    hu: float

    def depth(self, at: Places, z: float | F32, wall: F32) -> F32:
        """Approximate depth in the fluid of places inside the ribs, mm."""
        turn = (np.arange(BINS) + 0.5) * (2.0 * np.pi / BINS)
        to_side = np.cos(turn) * self.side
        off = np.abs(np.arctan2(to_side, np.sin(turn)) - self.angle) / self.spread
        across = np.maximum(np.cos(np.minimum(off, 1.0) * np.pi / 2), 0.0)
        thick = np.where(to_side > 0, self.depth_mm * np.sqrt(across), 0.0).astype(np.float32)
        level = np.sqrt(np.maximum(0.0, 1.0 - np.square(np.maximum(z, 0.0) / self.top_mm)))
        return thick[at.bin] * level.astype(np.float32) - np.float32(1.0) - wall


@dataclass(frozen=True)
class Tissue:
    """What one patient's tissues measure.

    Args:
        lung_hu: Of aerated lung in the middle of the thorax.
        gradient_hu: How much denser the lung is towards the back than in the middle.
        dependent_hu: Density of the thin layer of collapse at the very back; harmless.
        fissure_hu: Of the line between the lobes, above the lung.
        blood_hu: Of heart, aorta and vessels.
        liver_hu: Under the domes.
        fissure_y: Where the fissure is at the height of the hilum, mm.
        fissure_slope: How far it comes forward per mm towards the feet.
        scapula_z: Height of the tip of the shoulder blades, mm.
    """

    lung_hu: float
    gradient_hu: float
    dependent_hu: float
    fissure_hu: float
    blood_hu: float
    liver_hu: float
    fissure_y: float
    fissure_slope: float
    scapula_z: float

    @classmethod
    def drawn(cls, rng: np.random.Generator, length_mm: float) -> "Tissue":
        """Of one patient; ``length_mm`` from the first slice to the last."""
        u = rng.uniform
        return cls(
            lung_hu=u(-885, -815),
            gradient_hu=u(20, 70),
            dependent_hu=u(0, 1) ** 2 * 260,
            fissure_hu=u(20, 110),
            blood_hu=u(36, 52),
            liver_hu=u(48, 64),
            fissure_y=u(15, 40),
            fissure_slope=u(0.6, 1.1),
            scapula_z=length_mm * u(0.55, 0.95),
        )


class Texture:
    """Smooth random fields over one grid.

    Weighted sums of a few shifted arrays, not a matrix product: libraries for those start
    threads that wait for one another when the machine is busy, and round as they like.

    Args:
        rng: Draws every field anew.
        shape: (H, W).
        pixel_mm: Between pixels.
        step_mm: Size of the grain.
    """

    def __init__(
        self, rng: np.random.Generator, shape: tuple[int, int], pixel_mm: float, step_mm: float
    ) -> None:
        self._rng = rng
        self._nodes = tuple(int(n * pixel_mm / step_mm) + 5 for n in shape)
        self._rows, self._columns = (self._taps(n, pixel_mm / step_mm) for n in shape)

    @staticmethod
    def _taps(n: int, step: float) -> list[tuple[NDArray[np.intp], F32]]:
        first = np.floor(np.arange(n) * step).astype(np.intp)
        gaps = [np.arange(n) * step - (first + k) for k in range(-1, 3)]
        weights = np.exp(-0.5 * np.square(np.array(gaps) / 0.6))
        weights /= np.sqrt(np.sum(np.square(weights), axis=0))
        return [(first + 1 + k, w.astype(np.float32)) for k, w in enumerate(weights)]

    def __call__(self) -> F32:
        """The next field: mean 0, variance 1."""
        field = self._rng.standard_normal(self._nodes, dtype=np.float32)
        across = np.zeros((self._nodes[0], self._columns[0][1].size), np.float32)
        for i, weight in self._columns:
            across += field[:, i] * weight
        out = np.zeros((self._rows[0][1].size, across.shape[1]), np.float32)
        for i, weight in self._rows:
            out += across[i] * weight[:, None]
        return out


class Canvas:
    """A slice under the brush.

    Args:
        at: Places of its pixels, on a regular grid.
        hu: What is there before; painted over in place.
        pixel_mm: Between pixels.
    """

    def __init__(self, at: Places, hu: F32, pixel_mm: float) -> None:
        self.at, self.hu, self.pixel_mm = at, hu, pixel_mm
        step = complex(at.x[0, 1] - at.x[0, 0], at.y[0, 1] - at.y[0, 0])
        self._turn = step.conjugate() / abs(step) / pixel_mm
        self._corner = complex(at.x[0, 0], at.y[0, 0])

    def put(self, depth: F32, value: float | F32, width_mm: float = 0.0) -> None:
        """Paints the inside of a shape; its edge is a pixel wide, or ``width_mm``."""
        self.hu += edge(depth, width_mm or self.pixel_mm) * (value - self.hu)

    def put_ellipse(
        self,
        middle: tuple[float, float],
        radii: tuple[float, float],
        value: float | F32,
        turn: float = 0.0,
        rim: float | None = None,
    ) -> None:
        """Paints an ellipse; with ``rim`` HU, that first and ``value`` inside 1.6 mm of it."""
        cell = (complex(*middle) - self._corner) * self._turn
        reach = max(radii) / self.pixel_mm + 2.0
        box = tuple(
            slice(max(0, int(c - reach)), max(0, min(n, int(c + reach) + 2)))
            for c, n in zip((cell.imag, cell.real), self.hu.shape, strict=True)
        )
        rows, columns = box
        part = self.hu[rows, columns]
        if not part.size:
            return
        depth = ellipse(self.at.part((rows, columns)), middle, radii, turn)
        inner = value[rows, columns] if isinstance(value, np.ndarray) else value
        if rim is not None:
            part += edge(depth, self.pixel_mm) * (np.float32(rim) - part)
            depth = depth - np.float32(1.6)
        part += edge(depth, self.pixel_mm) * (inner - part)


def paint_wall(canvas: Canvas, a: Anatomy, tissue: Tissue, z: float, coarse: F32, fine: F32) -> F32:
    """Skin, fat, muscle, shoulder blades and ribs; returns the depth inside the ribs."""
    at, size = canvas.at, a.size(z)
    skin = a.skin[at.bin] * size - at.rho
    canvas.put(skin, 20.0)
    canvas.put(skin - 2.0, -103 + 7 * coarse + 9 * fine)
    muscle = a.muscle[at.bin] * size - at.rho
    canvas.put(muscle, 48 + 5 * coarse + 6 * fine)
    canvas.put(1.0 - np.abs(muscle - 7.5 - 2.0 * coarse), -70.0, 2.0)
    wall = a.wall_depth(at, z)
    canvas.put(1.2 - np.abs(wall + 1.5), -85.0, 2.0)
    if z > tissue.scapula_z:
        wide = np.minimum(0.35, 0.012 * (z - tissue.scapula_z))
        plate = np.minimum(
            2.0 - np.abs(wall + 14.5), (wide - a.from_blade[at.bin]) * np.float32(110)
        )
        canvas.put(plate, 430.0)
    rib = a.rib_depth(at, z)
    is_cartilage = a.from_back[at.bin] > 0.78
    canvas.put(rib, np.where(is_cartilage, np.float32(95), np.float32(520)))
    canvas.put(rib - 1.8, np.where(is_cartilage, np.float32(80), np.float32(190)))
    canvas.put(wall, -92 + 6 * coarse + 6 * fine)
    return wall


def paint_middle(canvas: Canvas, a: Anatomy, tissue: Tissue, z: float, fine: F32) -> None:
    """Heart, great vessels, airways and gullet, spine and sternum."""
    m, blood = a.midline(z), tissue.blood_hu + 2 * fine
    put = canvas.put_ellipse
    canvas.put(a.heart_depth(canvas.at, z), blood, 2.5)
    put((m + a.aorta[0], a.aorta[1]), (a.aorta[2], a.aorta[2]), blood)
    above = float(np.clip((z - a.hilum + 14) / 8, 0, 1))
    if above > 0:
        r = a.arch[2] * above
        put((m + a.arch[0], a.arch[1]), (r, r), blood)
        put((m + 17, -30), (13 * above, 15 * above), blood, 0.6)
        put((m - 30, -14), (8 * above, 9 * above), blood)
    put((m + 5, 27), (8, 5.5), 34.0)
    below = a.carina - z
    for side in (-1, 1):
        near = 1 - ((z - a.hilum) / 20) ** 2
        if near > 0.05:
            r = 12 * near**0.5
            put((m + 33 * side, 2), (r, r * 0.75), blood)
        bronchus = np.array([m + side * (7 + 0.9 * below)]), np.array([8 + 0.3 * below])
        if 0 < below < 26 and a.heart_depth(Places.of(*bronchus), z)[0] < -8:
            put((bronchus[0][0], bronchus[1][0]), (8, 6.8), -980.0, rim=20.0)
    if below <= 4:
        put((m, 6), (11.5, 10), -985.0, rim=25.0)
    _paint_spine(canvas, a, z, m, fine)
    front = -float(a.wall[int(0.75 * BINS)] * a.size(z)) - 6.5
    put((m * 0.5, front), (17, 6), 150 + 20 * fine, rim=330.0)


def _paint_spine(canvas: Canvas, a: Anatomy, z: float, m: float, fine: F32) -> None:
    put, y, (rx, ry) = canvas.put_ellipse, a.spine_y, a.spine_size
    phase = (z - a.disc_start) / a.disc_step
    is_disc = abs(phase - round(phase)) * a.disc_step < 3.0
    put((m, y + 24), (28, 22), 48 + 6 * fine)
    if is_disc:
        put((m, y), (rx, ry), 78.0, rim=95.0)
    else:
        put((m, y), (rx, ry), 185 + 28 * fine, rim=420.0)
    back = y + ry + 7
    for side in (-1, 1):
        if not is_disc:
            put((m + 13 * side, back - 4), (4, 8), 380.0)
            put((m + 25 * side, back + 3), (14, 4.5), 330.0, 0.35 * side)
        put((m + 8 * side, back + 9), (10, 3), 450.0, -0.6 * side)
    put((m, back + 18), (3.2, 12), 330.0)
    put((m, back), (9, 8), 22.0)
    put((m, back), (5.5, 5), 36.0)


def paint_lungs(
    canvas: Canvas,
    a: Anatomy,
    tissue: Tissue,
    fluids: tuple[Fluid, ...],
    z: float,
    wall: F32,
    fields: tuple[F32, F32, F32],
) -> tuple[F32, F32]:
    """Domes, fluid, lung and its vessels; returns the share of fluid and of aerated lung.

    ``fields`` are the coarse and the fine texture and the share of vessel.
    """
    coarse, fine, vessel = fields
    at, px = canvas.at, canvas.pixel_mm
    dome = a.dome_depth(at, z)
    canvas.put(np.minimum(dome, wall - 1.0), tissue.liver_hu + 3 * fine, 4.0)
    space = np.minimum(wall, -np.maximum(a.middle_depth(at, z), dome))
    low = at.y * np.float32(1 / 80.0)
    hu = tissue.lung_hu + tissue.gradient_hu * low + 16 * coarse + 20 * fine
    hu += tissue.dependent_hu * np.exp(np.maximum(wall, 0) * -0.2) * np.clip(low, 0, 1) ** 2
    line = tissue.fissure_y + tissue.fissure_slope * (z - a.hilum) + np.square(at.x) * 0.002
    hu += tissue.fissure_hu * np.exp(-np.square((at.y - line) * np.float32(1 / 1.5)))
    air, fluid_hu = space, 10.0
    for fluid in fluids:
        inside = fluid.depth(at, z, wall)
        air, fluid_hu = np.minimum(air, -inside), fluid.hu
        # Lung beside fluid is squeezed; far above the fluid there is nothing to squeeze it.
        reach = np.minimum(inside, 0) * np.float32(0.25)
        hu += np.where(inside + wall > 1.0, 380 * np.exp(reach), 0).astype(np.float32)
    canvas.put(space, fluid_hu + 3 * fine)
    lung = edge(air, px)
    canvas.hu += lung * (np.minimum(hu, -150) - canvas.hu)
    canvas.hu += lung * vessel * (np.float32(tissue.blood_hu) - canvas.hu)
    fluid_share: NDArray[np.float32] = edge(space, px) - lung if fluids else np.zeros_like(lung)
    return fluid_share, lung
