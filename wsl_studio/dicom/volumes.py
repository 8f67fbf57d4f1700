"""Slices of any stored type to one volume of at most 16 bits, exact where that is possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.words import say

LEVELS: Final = 65535


@dataclass
class Taken:
    """One decoded slice and its rescale; ``array`` is let go once it is in the volume."""

    array: NDArray[Any] | None
    slope: float = 1.0
    intercept: float = 0.0


@dataclass(frozen=True)
class Assembled:
    """A volume's array and what turns its stored values into modality values.

    ``is_stored`` where the array holds the very numbers of the files.
    """

    array: NDArray[np.generic]
    slope: float
    intercept: float
    notes: tuple[str, ...] = ()
    is_stored: bool = False


def assemble(slices: Sequence[Taken], shape: tuple[int, ...]) -> Steps[Assembled]:
    """Puts decoded slices into one array; missing ones get the lowest value.

    Integers of up to 16 bits with one rescale are kept as they are. Integers of any width that
    span at most 65,536 values are shifted, which is exact. Everything else (float, wide
    integers, a rescale that differs from slice to slice as in PET) is requantised over the
    range of its modality values; the error is at most half a step, and a note says so.

    Args:
        slices: Decoded slices in order, at least one of them with an array; they are emptied.
        shape: (H, W) or (H, W, 3).
    """
    if len(shape) == 3:
        return (yield from _colour(slices, shape))
    there = [s.array for s in slices if s.array is not None]
    rescales = {(s.slope, s.intercept) for s in slices if s.array is not None}
    kinds = {a.dtype for a in there}
    if len(rescales) == 1 and all(d.kind in "ui" and d.itemsize <= 2 for d in kinds):
        slope, intercept = rescales.pop()
        common = np.result_type(*kinds)
        if common == np.int8:
            common = np.dtype(np.int16)
        if common.itemsize <= 2:
            return (yield from _plain(slices, shape, common, slope, intercept))
    return (yield from _requantised(slices, shape))


def _plain(
    slices: Sequence[Taken], shape: tuple[int, ...], dtype: np.dtype, slope: float, intercept: float
) -> Steps[Assembled]:
    out = np.empty((len(slices), *shape), dtype)
    missing = [i for i, s in enumerate(slices) if s.array is None]
    for i, one in enumerate(slices):
        if one.array is not None:
            out[i] = one.array
            one.array = None
        if i % 16 == 0:
            yield Progress(i, len(slices), "Putting slices together")
    if missing:
        keep = np.setdiff1d(np.arange(len(slices)), missing)
        ends = [out[i].min() if slope >= 0 else out[i].max() for i in keep]
        out[missing] = min(ends) if slope >= 0 else max(ends)
    return Assembled(out, slope, intercept, is_stored=True)


def _colour(slices: Sequence[Taken], shape: tuple[int, ...]) -> Steps[Assembled]:
    out = np.zeros((len(slices), *shape), np.uint8)
    for i, one in enumerate(slices):
        if one.array is not None:
            out[i] = one.array
            one.array = None
        if i % 16 == 0:
            yield Progress(i, len(slices), "Putting slices together")
    return Assembled(out, 1.0, 0.0)


def _requantised(slices: Sequence[Taken], shape: tuple[int, ...]) -> Steps[Assembled]:
    ends: list[tuple[float, float]] = []
    is_integer, has_gaps = True, False
    for i, one in enumerate(slices):
        if one.array is not None:
            finite = one.array
            if finite.dtype.kind == "f":
                is_integer = False
                whole = np.isfinite(finite)
                if not whole.all():
                    has_gaps = True
                    finite = finite[whole]
            if finite.size:
                ends.append((float(finite.min()), float(finite.max())))
                ends[-1] = _span(ends[-1], one)
        if i % 16 == 0:
            yield Progress(i, len(slices), "Measuring values")
    low = min((e[0] for e in ends), default=0.0)
    high = max((e[1] for e in ends), default=0.0)
    rescales = {(s.slope, s.intercept) for s in slices if s.array is not None}
    slope = abs(next(iter(rescales))[0])
    is_exact = is_integer and len(rescales) == 1 and high - low <= LEVELS * slope
    step = slope if is_exact else (high - low) / LEVELS or 1.0
    out = np.zeros((len(slices), *shape), np.uint16)
    for i, one in enumerate(slices):
        if one.array is not None:
            value = one.array.astype(np.float64) * one.slope + one.intercept
            one.array = None
            scaled = np.rint((value - low) / step)
            out[i] = np.clip(np.nan_to_num(scaled, nan=0.0), 0, LEVELS)
        if i % 4 == 0:
            yield Progress(i, len(slices), "Putting slices together")
    notes = []
    if not is_exact:
        notes.append(
            say("Values are held in steps of {step:.3g}, exact to half of that.", step=step)
        )
    if has_gaps:
        notes.append(say("Values that are no finite number are shown as the lowest value."))
    return Assembled(out, step, low, tuple(notes))


def _span(stored: tuple[float, float], one: Taken) -> tuple[float, float]:
    a, b = (v * one.slope + one.intercept for v in stored)
    return min(a, b), max(a, b)
