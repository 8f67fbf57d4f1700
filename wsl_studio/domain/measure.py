"""What a reader measures on a slice: distances, angles and the values of a region, with units."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from wsl_studio.domain.reslice import Voxel, world
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.words import say


class Kind(StrEnum):
    """What is measured."""

    DISTANCE = "distance"
    ANGLE = "angle"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"


@dataclass(frozen=True)
class Measure:
    """One measure, in voxel positions, so that zoom, turns and mirrors leave it alone.

    Args:
        kind: Of the measure.
        points: Two for a distance or the corners of a region, three for an angle (the vertex is
            the second).
        axis: Volume axis that is normal to the plane it was made on (0 slice, 1 row, 2 column).
    """

    kind: Kind
    points: tuple[Voxel, ...]
    axis: int = 0

    @property
    def index(self) -> int:
        """The slice along its axis that it lies on."""
        return round(self.points[0][self.axis])


_ALL: Final = TypeAdapter(tuple[Measure, ...])


def to_text(measures: tuple[Measure, ...]) -> str:
    """Measures as one JSON text, for a row of the journal."""
    return _ALL.dump_json(measures).decode()


def from_text(text: str) -> tuple[Measure, ...]:
    """Measures of a text that ``to_text`` made; ``ValueError`` for another."""
    return _ALL.validate_json(text)


@dataclass(frozen=True)
class Values:
    """The values of a region on its slice.

    Args:
        n: Voxels whose centre lies inside.
        mean: In modality units.
        sd: Standard deviation of those voxels (n in the denominator).
        low: Smallest.
        high: Largest.
    """

    n: int
    mean: float
    sd: float
    low: float
    high: float


def length(volume: Volume, a: Voxel, b: Voxel) -> float:
    """Distance in mm, or in pixels where the volume has no spacing."""
    return float(np.linalg.norm(_sides(volume, a, b)))


def angle(volume: Volume, a: Voxel, vertex: Voxel, b: Voxel) -> float:
    """Angle at the vertex in degrees, 0 to 180; 0 where a leg has no length."""
    first, second = _sides(volume, vertex, a), _sides(volume, vertex, b)
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    if size <= 0:
        return 0.0
    return math.degrees(math.acos(min(1.0, max(-1.0, float(first @ second) / size))))


def _sides(volume: Volume, a: Voxel, b: Voxel) -> NDArray[np.float64]:
    step = (1.0, 1.0, 1.0) if volume.geometry is None else volume.geometry.spacing_mm
    return (np.asarray(b, np.float64) - np.asarray(a, np.float64)) * step


def inside(measure: Measure, shape: tuple[int, ...]) -> tuple[NDArray[np.bool_], tuple[slice, ...]]:
    """Which voxels of its slice a rectangle or ellipse holds, by their centres.

    Returns:
        Mask over the part of the plane around it, and that part as slices of the volume.
    """
    axes = [a for a in range(3) if a != measure.axis]
    part: list[slice] = [slice(measure.index, measure.index + 1)] * 3
    away = []
    for a in axes:
        low, high = sorted((measure.points[0][a], measure.points[1][a]))
        first, end = max(0, math.ceil(low)), min(shape[a], math.floor(high) + 1)
        part[a] = slice(first, max(first, end))
        half = max((high - low) / 2, 1e-9)
        away.append((np.arange(first, max(first, end)) - (low + high) / 2) / half)
    if measure.kind is Kind.ELLIPSE:
        mask = away[0][:, None] ** 2 + away[1][None, :] ** 2 <= 1.0
    else:
        mask = np.ones((away[0].size, away[1].size), np.bool_)
    return mask, tuple(part)


def values(measure: Measure, volume: Volume) -> Values | None:
    """Statistics of a region; None where it holds no voxel or the volume is in colour."""
    mask, part = inside(measure, volume.array.shape)
    if volume.is_colour or not mask.any():
        return None
    stored = volume.array[part].squeeze(measure.axis)[mask].astype(np.float64)
    found = stored * volume.slope + volume.intercept
    return Values(
        found.size, float(found.mean()), float(found.std()), float(found.min()), float(found.max())
    )


def words(measure: Measure, volume: Volume) -> tuple[str, ...]:
    """The measure in lines of text; pixels say that they are pixels."""
    is_mm = volume.geometry is not None
    a, b = measure.points[:2]
    if measure.kind is Kind.DISTANCE:
        size = length(volume, a, b)
        return (
            say("{size:.1f} mm", size=size)
            if is_mm
            else say("{size:.1f} px (no spacing)", size=size),
        )
    if measure.kind is Kind.ANGLE:
        degrees = angle(volume, a, b, measure.points[2])
        text = say("{degrees:.1f}\N{DEGREE SIGN}", degrees=degrees)
        return (text if is_mm else say("{size} (no spacing)", size=text),)
    sides = np.abs(_sides(volume, a, b))
    sides = np.delete(sides, measure.axis)
    area = float(sides[0] * sides[1]) * (math.pi / 4 if measure.kind is Kind.ELLIPSE else 1.0)
    unit = "mm" if is_mm else "px"
    size_words = say("{area:.1f} {unit}\N{SUPERSCRIPT TWO}", area=area, unit=unit)
    size_words = size_words if is_mm else say("{size} (no spacing)", size=size_words)
    found = values(measure, volume)
    if found is None:
        return (size_words, say("in colour") if volume.is_colour else say("no pixel inside"))
    digits = _digits(volume)
    unit = f" {volume.unit}" if volume.unit else ""
    return (
        say(
            "mean {mean} ± {sd}{unit}",
            mean=_number(found.mean, digits),
            sd=_number(found.sd, digits),
            unit=unit,
        ),
        say(
            "{low} to {high}{unit}",
            low=_number(found.low, digits),
            high=_number(found.high, digits),
            unit=unit,
        ),
        say("{size}, n {n}", size=size_words, n=found.n),
    )


def place_words(volume: Volume, at: Voxel) -> str:
    """The world position of a voxel in mm (``'L 12.0  P 3.5  H 40.0'``); empty without a grid."""
    if volume.geometry is None:
        return ""
    pairs = (("L", "R"), ("P", "A"), ("H", "F"))
    place = world(volume.geometry, at)
    parts = [f"{pair[v < 0]} {abs(v):.1f}" for pair, v in zip(pairs, place, strict=True)]
    return "  ".join(parts) + " mm"


def _digits(volume: Volume) -> int:
    return 1 if abs(volume.slope) >= 0.1 else 4


def _number(value: float, digits: int) -> str:
    text = f"{abs(value):.{digits}f}"
    return ("\N{MINUS SIGN}" if value < 0 and float(text) else "") + text
