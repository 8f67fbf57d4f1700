"""How large a finding is, roughly: so many mm across, or such a share of the series."""

import math
from typing import Final, NamedTuple

from wsl_studio.domain.series import Series

SIZES_MM: Final = (3.0, 5.0, 8.0, 12.0, 20.0, 30.0, 50.0)
"""Diameters that radiologists tell apart; each is about 1.6 times the one before."""
SHARES: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Shares of a series that a reader can tell apart at a glance."""
SMALL: Final = 0.01
"""Nobody sees at a glance what share is filled below it; a size is told in mm there."""


class Size(NamedTuple):
    """One size to choose: its share of the series, and mm across where it is told in mm."""

    share: float
    across_mm: float | None = None


def share_of(diameter_mm: float, series: Series) -> float:
    """Share of a series, in (0, 1], that a ball in the middle of its slices fills.

    Of a ball thicker than all slices together only the layer within them counts; of a single
    slice, whose thickness may not be known, a disc of that diameter.

    Args:
        diameter_mm: Across the ball, > 0.
        series: Where it lies.

    Raises:
        ValueError: If the series has no geometry.

    Source:
        Volume of the layer |z| <= t/2 of a ball of diameter d >= t, the integral of
        pi (d^2/4 - z^2): pi t (d^2/4 - t^2/12). At t = d it is the ball, pi d^3/6.
    """
    plane, depth = _extent(series)
    layer = min(diameter_mm, depth)
    cut = math.pi * (diameter_mm**2 / 4 - layer**2 / 12) / plane
    return min(1.0, cut * layer / depth if depth else cut)


def diameter_of(share: float, series: Series) -> float:
    """Diameter in mm, > 0, of the ball that fills a share in (0, 1]; undoes ``share_of``.

    Raises:
        ValueError: If the series has no geometry.
    """
    plane, depth = _extent(series)
    ball = math.cbrt(6 * share * plane * depth / math.pi)
    return ball if ball < depth else 2 * math.sqrt(share * plane / math.pi + depth**2 / 12)


def sizes(series: Series | None, said: float | None = None) -> tuple[Size, ...]:
    """Sizes to choose from, strictly increasing.

    Diameters that fill less than ``SMALL``, then the shares that are larger than theirs; without
    a geometry the shares alone. A share that was said and is none of them has its own place.
    """
    grid = series if series is not None and series.geometry is not None else None
    small = [Size(share_of(mm, grid), mm) for mm in SIZES_MM] if grid else []
    small = [one for one in small if one.share < SMALL]
    out = [*small, *(Size(x) for x in SHARES if not small or x > small[-1].share)]
    if said is not None and not any(math.isclose(said, one.share) for one in out):
        out.append(Size(said, diameter_of(said, grid) if grid and said < SMALL else None))
    return tuple(sorted(out, key=lambda one: one.share))


def _extent(series: Series) -> tuple[float, float]:
    """(area of a slice in mm^2, thickness of all slices in mm; 0 of a single slice)."""
    if series.geometry is None:
        raise ValueError("a series without geometry has no mm")
    dz, dy, dx = series.geometry.spacing_mm
    n = series.n_slices
    return series.rows * dy * series.columns * dx, n * dz if n > 1 else 0.0
