"""Regions h+ and h-: the places of a series that speak loudest for and against a finding."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from wsl_studio.domain.evidence import Evidence

MOST: Final = 3
"""Regions marked on each side."""
APART: Final = 2
"""Cells (and slices) that two regions of a side lie apart at least, along some axis."""


@dataclass(frozen=True)
class Peak:
    """One region.

    Args:
        number: From 1, the strongest of its side.
        is_for: True for h+.
        slice: From 0.
        y: Row of the image, in pixels.
        x: Column.
        logits: Its evidence.
    """

    number: int
    is_for: bool
    slice: int
    y: float
    x: float
    logits: float

    @property
    def name(self) -> str:
        """``'h+1'`` or ``'h\N{MINUS SIGN}1'``."""
        return f"h{'+' if self.is_for else chr(0x2212)}{self.number}"


def peaks(evidence: Evidence, most: int = MOST, least: float = 0.1) -> tuple[Peak, ...]:
    """The strongest regions for (first) and against, those of a side well apart.

    Args:
        evidence: Of a series.
        most: Regions of a side.
        least: Share of the scale below which a region is not worth a mark.
    """
    out: list[Peak] = []
    for sign in (1.0, -1.0):
        left = sign * evidence.grid.astype(np.float32)
        for number in range(1, most + 1):
            s, i, j = (int(v) for v in np.unravel_index(int(left.argmax()), left.shape))
            value = float(left[s, i, j])
            if value < least * evidence.scale or not np.isfinite(value):
                break
            y, x = evidence.placement.pixel(i, j)
            out.append(Peak(number, sign > 0, s, y, x, sign * value))
            around = tuple(slice(max(0, k - APART), k + APART + 1) for k in (s, i, j))
            left[around] = -np.inf
    return tuple(out)
