"""Window and level: from stored integers to grey, exact, through one 65,536-entry table."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Window:
    """A window in modality units (HU for CT).

    Args:
        centre: Level.
        width: At least 1 for integers; any positive number otherwise.
        name: What the reader sees.
        function: ``LINEAR``, ``LINEAR_EXACT`` or ``SIGMOID``.

    Source:
        DICOM PS3.3 C.11.2.1.2 and C.11.2.1.3.
    """

    centre: float
    width: float
    name: str = ""
    function: Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"] = "LINEAR"


CT_PRESETS: Final = (
    Window(-600, 1500, "Lung"),
    Window(40, 400, "Soft tissue"),
    Window(400, 1800, "Bone"),
    Window(50, 350, "Mediastinum"),
    Window(40, 80, "Brain"),
    Window(60, 160, "Liver"),
    Window(300, 600, "Angio"),
)
"""Presets on keys 1-9 for CT, after those of the file; widths as in common reading practice."""


PET_PRESETS: Final = (
    Window(2.5, 5, "SUV 0\N{EN DASH}5"),
    Window(5, 10, "SUV 0\N{EN DASH}10"),
    Window(10, 20, "SUV 0\N{EN DASH}20"),
)
"""Presets for positron emission in SUV, after those of the file."""
SHARES: Final = (("Auto wide", 0.1, 99.9), ("Auto narrow", 5.0, 95.0))
"""Windows for modalities without units: percentiles of the volume's own histogram."""


def grey(
    value: NDArray[np.float64], window: Window, *, is_inverted: bool = False
) -> NDArray[np.uint8]:
    """Grey 0-255 of modality values under a window (PS3.3 C.11.2.1.2.1, .3.1, .3.2)."""
    centre, width = window.centre, max(window.width, 1e-9)
    if window.function == "SIGMOID":
        share = 1.0 / (1.0 + np.exp(np.clip(-4.0 * (value - centre) / width, -60, 60)))
    elif window.function == "LINEAR" and width > 1:
        share = (value - (centre - 0.5)) / (width - 1.0) + 0.5
    else:
        share = (value - centre) / width + 0.5
    out = (np.clip(share, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    return 255 - out if is_inverted else out


def grey_table(
    window: Window, *, dtype: np.dtype, slope: float, intercept: float, is_inverted: bool = False
) -> NDArray[np.uint8]:
    """Table from the bit pattern of a stored integer to grey.

    Args:
        window: In modality units.
        dtype: ``uint8`` (256 entries), ``uint16`` or ``int16`` (65,536 entries; an ``int16``
            array is looked up through its ``uint16`` view).
        slope: Modality value = stored x slope + intercept.
        intercept: See ``slope``.
        is_inverted: True for MONOCHROME1 or a reader's inversion, not both.
    """
    n = 256 if dtype == np.uint8 else 65536
    stored = np.arange(n, dtype=np.float64)
    if dtype == np.int16:
        stored[32768:] -= 65536.0
    return grey(stored * slope + intercept, window, is_inverted=is_inverted)


def auto_window(
    values: NDArray[np.generic],
    *,
    slope: float,
    intercept: float,
    name: str = "Auto",
    shares: tuple[float, float] = (1.0, 99.0),
) -> Window:
    """A window from one percentile to another of a sample of stored values."""
    flat = values.reshape(-1)
    sample = flat[:: max(1, flat.size // 200_000)].astype(np.float64) * slope + intercept
    low, high = np.percentile(sample, shares) if sample.size else (0.0, 1.0)
    if high - low < 1e-9:
        low, high = float(sample.min(initial=0.0)), float(sample.max(initial=1.0))
    return Window(float(low + high) / 2.0, max(float(high - low), 1e-6), name)
