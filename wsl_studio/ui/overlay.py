"""Evidence as colour: orange speaks for, sky blue against, on one symmetric scale in logits.

The colour of a place depends on its evidence and on the one scale of the series alone; alpha
grows with the size of the evidence. Nothing is stretched to the content of a slice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from wsl_studio.domain.evidence import Evidence, Placement
from wsl_studio.ui.paint import Patch, look_up, room
from wsl_studio.ui.theme import AGAINST, FOR, MODEL
from wsl_studio.ui.view import Size, View, transform

ZERO: Final = 32768
"""Table index of no evidence."""
SPAN: Final = 4095
"""Table steps from no evidence to the end of the scale: finer than alpha's 255, and so few that
the part of the table in use stays in the fastest cache."""
BAND: Final = 128
"""Device rows coloured at a time, so that what lies between is still in the cache."""

SPREAD_SCALE: Final = 0.25
"""End of the colour scale of the spread as a share of that of the evidence."""
EDGE: Final = 0.06
"""Share of the scale over which colour sets in above the threshold."""
LEVELS: Final = 3
"""Contours: at the threshold, and evenly above it below the end of the scale."""

Layer = tuple[NDArray[np.float32], Placement]
"""Evidence on the displayed slice: (h, w) logits and where its cells lie on the display."""


@dataclass(frozen=True)
class Style:
    """How the reader wants evidence drawn.

    Args:
        is_shown: Space turns it off and on.
        opacity: Alpha at the end of the scale, 0 to 1.
        threshold: Share of the scale up to which nothing is drawn, 0 to 1. Kept as a share so
            that it stays meaningful when another finding has another scale; shown in logits.
        is_spread: Draws the spread over the members of an ensemble instead of the evidence.
        has_fill: Colours the area.
        has_lines: Draws contours at the threshold and evenly above it, for and against.
    """

    is_shown: bool = True
    opacity: float = 0.6
    threshold: float = 0.2
    is_spread: bool = False
    has_fill: bool = True
    has_lines: bool = False


def drawn(evidence: Evidence, style: Style) -> tuple[Evidence, Style]:
    """What a style draws of a piece of evidence: its grid, or its spread where it has one.

    The scale of the spread is a fixed share of the scale of the evidence, so it too is one for all
    slices: a cell at its end moves by that much from seed to seed.
    """
    if not style.is_spread or evidence.spread is None:
        return evidence, replace(style, is_spread=False)
    return replace(evidence, grid=evidence.spread, scale=SPREAD_SCALE * evidence.scale), style


def threshold_logits(evidence: Evidence, style: Style) -> float:
    """The threshold in logits."""
    return style.threshold * drawn(evidence, style)[0].scale


def colour_table(style: Style) -> NDArray[np.int32]:
    """Premultiplied ARGB by evidence as a share of the scale.

    Returns:
        (65536,) int32; entry ``ZERO + SPAN * z / scale`` is the colour of z. Its alpha is 0 up
        to the threshold and ``opacity * min(|z| / scale, 1)`` beyond, with a short soft edge
        between (``EDGE`` of the scale): a hard one would draw contours that nobody measured.
    """
    share = (np.arange(65536, dtype=np.float32) - ZERO) / SPAN
    size = np.minimum(np.abs(share), 1.0)
    # At the very top of the scale the threshold leaves no room for an edge.
    edge = np.clip((size - min(style.threshold, 1.0 - EDGE)) / EDGE, 0.0, 1.0)
    alpha = size * edge * (style.opacity if style.has_fill else 0.0)
    a = (alpha * 255.0 + 0.5).astype(np.uint32)
    packed = a << 24
    # Spread speaks neither for nor against, so it has neither colour.
    ends = (_rgb(MODEL), _rgb(MODEL)) if style.is_spread else (_rgb(FOR), _rgb(AGAINST))
    for shift, warm, cold in zip((16, 8, 0), *ends, strict=True):
        part = np.where(share >= 0, warm, cold).astype(np.uint32)
        packed |= ((part * a + 127) // 255) << shift
    return np.ascontiguousarray(packed).view(np.int32)


def evidence_on_screen(
    evidence: Evidence, view: View, size: Size, layer: Layer | None = None
) -> tuple[NDArray[np.float32], int, int] | None:
    """Evidence of the slice on screen at every visible device pixel of the image, in logits.

    Bilinear between the centres of the grid's cells, at the exact image position of the centre
    of each device pixel, clamped at the border: the same function as ``Evidence.value``.

    Args:
        evidence: Of this series.
        view: What is on screen.
        size: Viewport in device pixels.
        layer: Of another plane or a slab; None takes the slice of the series as stored.

    Returns:
        ((h, w) float32, top, left) in device pixels, or None where the image is out of sight.
    """
    found = _factors(evidence, view, size, layer)
    if found is None:
        return None
    down, half, top, left = found
    return _product(down, half), top, left


def paint_evidence(
    evidence: Evidence,
    view: View,
    size: Size,
    table: NDArray[np.int32],
    layer: Layer | None = None,
    levels: Sequence[float] = (),
    spent: Patch | None = None,
) -> Patch | None:
    """The overlay for the slice on screen as premultiplied ARGB.

    Args:
        evidence: Of this series.
        view: What is on screen.
        size: Viewport in device pixels.
        table: From ``colour_table``.
        layer: See ``evidence_on_screen``.
        levels: Contours, in logits, from ``contour_levels``.
        spent: An overlay that is no longer needed; its memory is used again.

    Returns:
        (h, w) int32, or None where the image is out of sight.
    """
    found = _factors(evidence, view, size, layer)
    if found is None:
        return None
    down, half, top, left = found
    if levels:  # a contour looks at its neighbours, so it wants all rows at once
        logits = _product(down, half)
        colours = to_colour(logits, evidence.scale, table)
        for level in levels:
            colour = packed(FOR if level > 0 else AGAINST)
            colours[contour(logits if level > 0 else -logits, abs(level))] = colour
        return Patch(colours, top, left)
    colours = room((len(down), half.shape[1]), np.int32, spent)
    for first in range(0, len(down), BAND):
        rows = slice(first, first + BAND)
        colours[rows] = to_colour(_product(down[rows], half), evidence.scale, table)
    return Patch(colours, top, left)


def contour_levels(evidence: Evidence, style: Style) -> tuple[float, ...]:
    """Levels of contours in logits, for and against; none where a style draws no lines."""
    if not style.has_lines or style.is_spread:
        return ()
    low = max(style.threshold, 0.05)
    shares = [low + (1.0 - low) * k / LEVELS for k in range(LEVELS)]
    return tuple(sign * share * evidence.scale for share in shares for sign in (1.0, -1.0))


def contour(logits: NDArray[np.float32], level: float) -> NDArray[np.bool_]:
    """Device pixels just inside a level, (h, w): at least the level, with a neighbour below."""
    inside = (logits >= level).astype(np.uint8)
    return np.asarray(inside - cv2.erode(inside, np.ones((3, 3), np.uint8)), np.bool_)


def packed(name: str) -> int:
    """A colour as opaque ARGB in a signed 32-bit integer."""
    r, g, b = _rgb(name)
    return int(np.array([0xFF000000 | r << 16 | g << 8 | b], np.uint32).view(np.int32)[0])


def to_colour(logits: NDArray[np.float32], scale: float, table: NDArray[np.int32]) -> NDArray[Any]:
    """Colours of evidence, packed premultiplied ARGB, the same shape (2-D)."""
    gain = SPAN / max(float(scale), 1e-6)
    # One pass that scales, shifts, rounds and saturates to 16 bits.
    index = cv2.addWeighted(logits, gain, logits, 0.0, float(ZERO), dtype=cv2.CV_16U)
    return np.ascontiguousarray(look_up(np.asarray(index), table))


def legend_colours(width: int, height: int, style: Style) -> NDArray[Any]:
    """The legend from -scale (0 for a spread) to +scale, (height, width) int32, by the table."""
    line = np.linspace(0.0 if style.is_spread else -1.0, 1.0, max(width, 2), dtype=np.float32)
    return to_colour(np.repeat(line[None], max(height, 1), 0), 1.0, colour_table(style))


def _factors(
    evidence: Evidence, view: View, size: Size, layer: Layer | None
) -> tuple[NDArray[np.float32], NDArray[np.float32], int, int] | None:
    """Evidence on screen as a product: (H, h) weights, (h, W) logits; then top and left."""
    where = transform(view, size)
    rows = _visible(where.shift_y, where.scale_y * view.rows, size[0])
    columns = _visible(where.shift_x, where.scale_x * view.columns, size[1])
    if rows is None or columns is None:
        return None
    cells, place = layer if layer is not None else (evidence.grid[view.slice], evidence.placement)
    y = (np.arange(*rows) + 0.5 - where.shift_y) / where.scale_y - 0.5
    x = (np.arange(*columns) + 0.5 - where.shift_x) / where.scale_x - 0.5
    down = _weights((y - place.offset_y) / place.stride_y, cells.shape[0])
    across = _weights((x - place.offset_x) / place.stride_x, cells.shape[1])
    return down, _product(np.ascontiguousarray(cells, np.float32), across.T), rows[0], columns[0]


def _product(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    """``a @ b`` by OpenCV, over the inner indices that ``a`` uses at all.

    Not by numpy: a threaded BLAS waits 16 ms for its threads while training holds the other
    cores (measured; 0.5 ms with this one).
    """
    used = np.flatnonzero(a.any(axis=0))
    inner = slice(used[0], used[-1] + 1) if used.size else slice(0, 1)
    nothing: Any = None
    return np.asarray(cv2.gemm(a[:, inner], np.ascontiguousarray(b[inner]), 1.0, nothing, 0.0))


def _visible(shift: float, length: float, limit: int) -> tuple[int, int] | None:
    first, last = max(0, round(shift)), min(limit, round(shift + length))
    return (first, last) if first < last else None


def _weights(position: NDArray[np.floating[Any]], n: int) -> NDArray[np.float32]:
    """(m, n) float32 whose rows pick the two neighbours of each position, clamped."""
    at = np.clip(position, 0.0, n - 1.0)
    low = np.minimum(at.astype(np.int64), max(n - 2, 0))
    part = (at - low).astype(np.float32)
    out = np.zeros((at.size, n), np.float32)
    rows = np.arange(at.size)
    out[rows, low] = 1.0 - part
    if n > 1:
        out[rows, low + 1] = part
    return out


def _rgb(name: str) -> tuple[int, int, int]:
    colour = QColor(name)
    return colour.red(), colour.green(), colour.blue()
