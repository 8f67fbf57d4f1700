"""Window and level: from stored integers to grey, exact, through one 65,536-entry table."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.words import say


@dataclass(frozen=True)
class Window:
    """A window in modality units (HU for CT).

    Args:
        centre: Level.
        width: At least 1 for integers; any positive number otherwise.
        name: What the reader sees.
        function: ``LINEAR``, ``LINEAR_EXACT`` or ``SIGMOID``.
        curve: Shares of white, 0 to 1, at equal steps from ``centre - width / 2`` to
            ``centre + width / 2``; instead of ``function`` where it is not empty. Two points
            that fall are an inverted window.

    Source:
        DICOM PS3.3 C.11.2.1.1 (VOI LUT), C.11.2.1.2 and C.11.2.1.3.
    """

    centre: float
    width: float
    name: str = ""
    function: Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"] = "LINEAR"
    curve: tuple[float, ...] = ()


CT_PRESETS: Final = (
    Window(-600, 1500, say("Lung")),
    Window(40, 400, say("Soft tissue")),
    Window(400, 1800, say("Bone")),
    Window(50, 350, say("Mediastinum")),
    Window(40, 80, say("Brain")),
    Window(60, 160, say("Liver")),
    Window(300, 600, say("Angio")),
)
"""Presets on keys 1-9 for CT, after those of the file; widths as in common reading practice."""


PET_PRESETS: Final = (
    Window(2.5, 5, say("SUV 0\N{EN DASH}5")),
    Window(5, 10, say("SUV 0\N{EN DASH}10")),
    Window(10, 20, say("SUV 0\N{EN DASH}20")),
)
"""Presets for positron emission in SUV, after those of the file."""
SHARES: Final = ((say("Auto wide"), 0.1, 99.9), (say("Auto narrow"), 5.0, 95.0))
"""Windows for modalities without units: percentiles of the volume's own histogram."""


def grey(
    value: NDArray[np.float64], window: Window, *, is_inverted: bool = False
) -> NDArray[np.uint8]:
    """Grey 0-255 of modality values under a window (PS3.3 C.11.2.1.2.1, .3.1, .3.2)."""
    centre, width = window.centre, max(window.width, 1e-9)
    if window.curve:
        points = np.linspace(-0.5, 0.5, len(window.curve))
        share = np.interp((value - centre) / width, points, window.curve)
    elif window.function == "SIGMOID":
        share = 1.0 / (1.0 + np.exp(np.clip(-4.0 * (value - centre) / width, -60, 60)))
    elif window.function == "LINEAR" and width > 1:
        share = (value - (centre - 0.5)) / (width - 1.0) + 0.5
    else:
        share = (value - centre) / width + 0.5
    out = (np.clip(share, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    return 255 - out if is_inverted else out


def grey_table(
    window: Window,
    *,
    dtype: np.dtype,
    slope: float,
    intercept: float,
    is_inverted: bool = False,
    padding: tuple[float, float] | None = None,
) -> NDArray[np.uint8]:
    """Table from the bit pattern of a stored integer to grey.

    Args:
        window: In modality units.
        dtype: ``uint8`` (256 entries), ``uint16`` or ``int16`` (65,536 entries; an ``int16``
            array is looked up through its ``uint16`` view).
        slope: Modality value = stored x slope + intercept.
        intercept: See ``slope``.
        is_inverted: True for MONOCHROME1 or a reader's inversion, not both.
        padding: First and last stored value, inclusive, that stand for no image; they are black
            however the grey scale runs (PS3.3 C.7.5.1.1.2).
    """
    n = 256 if dtype == np.uint8 else 65536
    table = np.empty(n, np.uint8)
    starts = np.arange(0, n, _BLOCK, dtype=np.float64)
    if dtype == np.int16:
        starts[starts >= 32768] -= 65536.0
    within = np.arange(min(_BLOCK, n), dtype=np.float64)
    ends = (starts[:, None] + within[[0, -1]]) * slope + intercept
    for i, (low, high) in enumerate(grey(ends, window, is_inverted=is_inverted)):
        part = table[i * _BLOCK : (i + 1) * _BLOCK]
        if low == high and low in (0, 255) and not window.curve:
            part[:] = low  # both ends beyond the window, and all functions only rise
        else:
            values = (starts[i] + within) * slope + intercept
            part[:] = grey(values, window, is_inverted=is_inverted)
    if padding is not None:
        stored = np.add.outer(starts, within).ravel()
        table[(stored >= padding[0]) & (stored <= padding[1])] = 0
    return table


_BLOCK: Final = 8192
"""Entries of a table made at a time, for drags: most lie beyond the window, and a piece of 64 KB
needs no new pages of memory for its intermediate numbers."""


def auto_window(
    values: NDArray[np.generic],
    *,
    slope: float,
    intercept: float,
    name: str = say("Auto"),
    shares: tuple[float, float] = (1.0, 99.0),
    padding: tuple[float, float] | None = None,
) -> Window:
    """A window from one percentile to another of a sample of stored values.

    Args:
        values: Stored, of any shape.
        slope: Modality value = stored x slope + intercept.
        intercept: See ``slope``.
        name: Of the window.
        shares: The two percentiles.
        padding: First and last stored value that stand for no image and do not count.
    """
    flat: NDArray[Any] = values.reshape(-1)
    flat = flat[:: max(1, flat.size // 200_000)]
    if padding is not None:
        image = flat[(flat < padding[0]) | (flat > padding[1])]
        flat = image if image.size else flat
    sample = flat.astype(np.float64) * slope + intercept
    low, high = np.percentile(sample, shares) if sample.size else (0.0, 1.0)
    if high - low < 1e-9:
        low, high = float(sample.min(initial=0.0)), float(sample.max(initial=1.0))
    return Window(float(low + high) / 2.0, max(float(high - low), 1e-6), name)
