"""The pixels of one series, held once, in a stored integer type."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.window import CT_PRESETS, PET_PRESETS, SHARES, Window, auto_window
from wsl_studio.domain.words import say


@dataclass(frozen=True, eq=False)
class Volume:
    """Pixels of a series in anatomical slice order.

    Args:
        series_uid: Which series.
        array: (S, H, W) of uint8, uint16 or int16, or (S, H, W, 3) uint8 for colour (RGB).
            Wider stored types are requantised to 16 bits by the reader, which then says so in
            ``notes``; the error is at most half of ``slope``.
        slope: Modality value = stored x slope + intercept (per-slice rescale is already applied).
        intercept: See ``slope``.
        unit: Unit of modality values (``HU``, ``SUVbw``) or empty.
        modality: DICOM modality, or ``IMG``.
        windows: Windows of the file, in its order.
        is_inverted: MONOCHROME1: low values are bright.
        geometry: The grid, or None.
        notes: Sentences for the reader.
        lossy: ``'lossy'`` or ``'lossy 12:1'`` where the pixels were compressed with loss.
        padding: First and last stored value, inclusive, that stand for no image, or None.
        drawings: (S, H, W), not 0 where an overlay of the file is drawn, or None without any.
        sides: Side and view of every slice (``R MLO``) as the header says, or none of them.
        frame_uid: Frame of Reference UID, read live with the pixels; empty if there is none.
    """

    series_uid: str
    array: NDArray[np.generic]
    slope: float = 1.0
    intercept: float = 0.0
    unit: str = ""
    modality: str = ""
    windows: tuple[Window, ...] = ()
    is_inverted: bool = False
    geometry: Geometry | None = None
    notes: tuple[str, ...] = ()
    lossy: str = ""
    padding: tuple[float, float] | None = None
    drawings: NDArray[np.uint8] | None = None
    sides: tuple[str, ...] = ()
    frame_uid: str = ""

    @property
    def n_slices(self) -> int:
        """Slices."""
        return int(self.array.shape[0])

    @property
    def is_colour(self) -> bool:
        """True for (S, H, W, 3)."""
        return self.array.ndim == 4

    def side(self, index: int, axis: int = 0) -> str:
        """Side and view of a slice; across the slices, what all of them share."""
        if axis == 0:
            return self.sides[index] if self.sides else ""
        return self.sides[0] if len(set(self.sides)) == 1 else ""

    def presets(self) -> tuple[Window, ...]:
        """Windows on keys 1-9: those of the file, then an automatic one, then the modality's."""
        if self.is_colour:
            return ()
        own = tuple(
            w if w.name else replace(w, name=say("File {k}", k=i + 1))
            for i, w in enumerate(self.windows)
        )
        auto = auto_window(
            self.array, slope=self.slope, intercept=self.intercept, padding=self.padding
        )
        rest: tuple[Window, ...]
        if self.modality == "CT":
            rest = CT_PRESETS
        elif self.unit.startswith("SUV"):
            rest = PET_PRESETS
        else:
            rest = tuple(
                auto_window(
                    self.array, slope=self.slope, intercept=self.intercept, name=name,
                    shares=(low, high), padding=self.padding,
                )
                for name, low, high in SHARES
            )  # fmt: skip
        return (*own, auto, *rest)[:9]

    def value(self, s: int, y: int, x: int) -> float | tuple[float, ...]:
        """Modality value of one voxel, or the three colour values."""
        stored = self.array[s, y, x]
        if self.is_colour:
            return tuple(float(v) for v in stored)
        return float(stored) * self.slope + self.intercept
