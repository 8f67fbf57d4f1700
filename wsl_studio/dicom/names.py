"""What tells the stacks of one series apart, in a few words for the reader."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from wsl_studio.dicom.planes import ORDER, Plane
from wsl_studio.domain.geometry import direction_letters
from wsl_studio.domain.words import say

_PLANES: Final = {"H": "axial", "F": "axial", "A": "coronal", "P": "coronal",
                  "L": "sagittal", "R": "sagittal"}  # fmt: skip


def name_stacks(stacks: Sequence[Sequence[tuple[Plane, int, int]]]) -> tuple[str, ...]:
    """A name for each stack of a series; empty where there is nothing to say.

    A stack is named by what is the same in all its slices and not in the other stacks: kind of
    image, direction, size, echo, b-value, phase, acquisition. Stacks that nothing sets apart are
    counted. A kind of image worth knowing (localizer, ADC map) is said of a single stack too.

    Args:
        stacks: (plane, rows, columns) of every slice of every stack.
    """
    words: list[list[str]] = [[] for _ in stacks]
    for find in _FINDERS:
        found = find(stacks)
        if len(set(found)) > 1 or find is _kind:
            for own, word in zip(words, found, strict=True):
                if word and word not in own:
                    own.append(word)
        if len(stacks) > 1 and len({tuple(own) for own in words}) == len(stacks):
            break
    names = [", ".join(own) for own in words]
    if len(stacks) > 1:
        for i, name in enumerate(names):
            if names.count(name) > 1 or not name:
                words[i].append(say("part {k} of {n}", k=i + 1, n=len(stacks)))
    return tuple(", ".join(own) for own in words)


Stacks = Sequence[Sequence[tuple[Plane, int, int]]]


def _kind(stacks: Stacks) -> list[str]:
    return [_one({plane.kind for plane, _, _ in stack}) for stack in stacks]


def _one(values: set[str]) -> str:
    return values.pop() if len(values) == 1 else ""


def _direction(stacks: Stacks) -> list[str]:
    """Axial, coronal or sagittal by the main direction of the normal, or rotating."""
    out = []
    for stack in stacks:
        turns = {plane.orientation for plane, _, _ in stack}
        if None in turns:
            out.append("")
            continue
        found = set()
        for turn in turns:
            assert turn is not None
            x, y, z = (float(v) for v in np.cross(turn[:3], turn[3:]))
            found.add(_PLANES[direction_letters((x, y, z))[0]])
        out.append(found.pop() if len(found) == 1 else say("rotating"))
    return out


def _size(stacks: Stacks) -> list[str]:
    return [_one({f"{columns} x {rows}" for _, rows, columns in stack}) for stack in stacks]


def _measure(field: str, form: str) -> Callable[[Stacks], list[str]]:
    def find(stacks: Stacks) -> list[str]:
        values = [_value(stack, field) for stack in stacks]
        return ["" if value is None else form.format(value) for value in values]

    return find


def _phase(field: str) -> Callable[[Stacks], list[str]]:
    """The rank of a time among those of the series: phase 3 of 10."""

    def find(stacks: Stacks) -> list[str]:
        values = [_value(stack, field) for stack in stacks]
        times = sorted({value for value in values if value is not None})
        return [
            "" if value is None else say("phase {k} of {n}", k=times.index(value) + 1, n=len(times))
            for value in values
        ]

    return find


def _value(stack: Sequence[tuple[Plane, int, int]], field: str) -> float | None:
    """The value that all slices of a stack share, or None."""
    at = ORDER.index(field)
    values = {plane.order[at] if len(plane.order) == len(ORDER) else None for plane, _, _ in stack}
    return values.pop() if len(values) == 1 else None


_FINDERS: Final = (
    _kind,
    _direction,
    _size,
    _measure("echo", "echo {:g} ms"),
    _measure("b_value", "b {:g}"),
    _phase("temporal"),
    _phase("trigger"),
    _measure("acquisition", "acquisition {:g}"),
    _measure("stack", "stack {:g}"),
)
