"""Two series scrolled together: by the same place in the patient, or by share where that fails."""

from dataclasses import dataclass

import numpy as np

from wsl_studio.domain.reslice import voxel_of, world
from wsl_studio.domain.volume import Volume


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
        return Link(False, "linked by share of slices: positions unknown")
    if here.series_uid != there.series_uid and (
        not here.frame_uid or here.frame_uid != there.frame_uid
    ):
        return Link(False, "linked by share of slices: another frame of reference")
    if abs(float(np.dot(here.geometry.normal, there.geometry.normal))) < 0.9:
        return Link(False, "linked by share of slices: the planes differ")
    return Link(True, "linked by position")


def follow(here: Volume, there: Volume, index: int) -> int:
    """The slice of the second series that belongs to a slice of the first, held to those there."""
    last = there.n_slices - 1
    if link(here, there).is_by_place and here.geometry and there.geometry:
        middle = (index, (here.array.shape[1] - 1) / 2, (here.array.shape[2] - 1) / 2)
        found = voxel_of(there.geometry, world(here.geometry, middle))[0]
    else:
        found = last * index / max(here.n_slices - 1, 1)
    return min(max(round(found), 0), last)
