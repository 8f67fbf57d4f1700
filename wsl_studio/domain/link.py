"""Two series scrolled together: by the same place in the patient, or by share where that fails."""

from dataclasses import dataclass

import numpy as np

from wsl_studio.domain.reslice import Voxel, voxel_of, world
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.words import say


@dataclass(frozen=True)
class Link:
    """How two series are scrolled together.

    Args:
        is_by_place: True where both lie in one frame of reference with parallel slices.
        words: Said on the second picture.
    """

    is_by_place: bool
    words: str


def link(here: Volume, there: Volume) -> Link:
    """How a second series follows the first, and why."""
    if here.geometry is None or there.geometry is None:
        return Link(False, say("linked by share of slices: positions unknown"))
    if here.series_uid != there.series_uid and (
        not here.frame_uid or here.frame_uid != there.frame_uid
    ):
        return Link(False, say("linked by share of slices: another frame of reference"))
    if abs(float(np.dot(here.geometry.normal, there.geometry.normal))) < 0.9:
        return Link(False, say("linked by share of slices: the planes differ"))
    return Link(True, say("linked by position"))


def cut(here: Volume, index: int, there: Volume, other: int) -> tuple[Voxel, Voxel] | None:
    """Where a slice of a second series cuts a slice of the first: the reference line.

    Args:
        here: The series on whose slice the line is drawn.
        index: Its slice.
        there: The series whose slice cuts it.
        other: That slice.

    Returns:
        The two ends at the border of the picture, as voxel positions of ``here``; None where the
        planes are parallel, do not meet inside it, or share no frame of reference.
    """
    a, b = here.geometry, there.geometry
    if a is None or b is None or not here.frame_uid or here.frame_uid != there.frame_uid:
        return None
    if abs(float(np.dot(a.normal, b.normal))) > 0.99:
        return None
    point, normal = np.array(world(b, (other, 0.0, 0.0))), np.array(b.normal)
    bottom, right = here.array.shape[1] - 0.5, here.array.shape[2] - 0.5
    corners = [(-0.5, -0.5), (-0.5, right), (bottom, right), (bottom, -0.5)]
    away = [float(normal @ (world(a, (index, y, x)) - point)) for y, x in corners]
    ends: list[Voxel] = []
    for k in range(4):
        one, two = away[k], away[(k + 1) % 4]
        if (one < 0) != (two < 0):
            (y0, x0), (y1, x1), share = corners[k], corners[(k + 1) % 4], one / (one - two)
            ends.append((index, y0 + share * (y1 - y0), x0 + share * (x1 - x0)))
    return (ends[0], ends[1]) if len(ends) == 2 else None


def follow(here: Volume, there: Volume, index: int) -> int:
    """The slice of the second series that belongs to a slice of the first, held to those there."""
    last = there.n_slices - 1
    if link(here, there).is_by_place and here.geometry and there.geometry:
        middle = (index, (here.array.shape[1] - 1) / 2, (here.array.shape[2] - 1) / 2)
        found = voxel_of(there.geometry, world(here.geometry, middle))[0]
    else:
        found = last * index / max(here.n_slices - 1, 1)
    return min(max(round(found), 0), last)
