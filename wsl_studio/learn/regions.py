"""Ranges, boxes, points and scribbles as supervision of the cells of the feature grid."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.evidence import Placement
from wsl_studio.domain.label import Region
from wsl_studio.domain.round import RegionTarget


def single_points(target: RegionTarget, placement: Placement) -> tuple[RegionTarget, ...]:
    """A scribble as points along it, a cell or less apart, that share its weight; else itself.

    Every place on a scribble shows the finding, where a box shows it somewhere.
    """
    points = target.region.points
    if len(points) < 2:
        return (target,)
    step = min(placement.stride_x, placement.stride_y)
    along = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        n = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / step))
        along += [(x0 + (x1 - x0) * k / n, y0 + (y1 - y0) * k / n) for k in range(1, n + 1)]
    at = target.region.first
    return tuple(
        target.model_copy(
            update={
                "region": Region(first=at, last=at, points=(point,)),
                "weight": target.weight / len(along),
            }
        )
        for point in along
    )


def region_masks(
    regions: Sequence[RegionTarget],
    findings: Sequence[str],
    placement: Placement,
    shape: tuple[int, int, int],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which cells a bag's region labels speak of.

    What they ask is a bag question, not a cell question: "present somewhere in slices 40-60" makes
    the pooled score of those cells positive; a label that is present there also makes every cell
    outside all such regions of that finding lean negative, for a reader who points says where.

    Args:
        regions: Of one series; scribbles as ``single_points``.
        findings: Order of the finding axis.
        placement: Where the grid lies on the image.
        shape: (S, h, w) of the grid.

    Returns:
        ``inside``: (R, S, h, w), the cells of each region, at least one each (a box smaller than a
        cell takes the cell it lies in).
        ``outside``: (K, S, h, w), cells outside all regions answered present, for findings that
        have such a range or box; False elsewhere. A point or scribble lies on the finding and
        says nothing of what it leaves out.
    """
    inside = np.zeros((len(regions), *shape), np.bool_)
    covered = np.zeros((len(findings), *shape), np.bool_)
    pointed = np.zeros(len(findings), np.bool_)
    for r, target in enumerate(regions):
        first = min(target.region.first, shape[0] - 1)
        last = min(target.region.last, shape[0] - 1)
        rows, columns = _cells(target.region, placement, shape[1:])
        inside[r, first : last + 1, rows, columns] = True
        if target.value > 0.5 and target.finding in findings:
            k = findings.index(target.finding)
            covered[k] |= inside[r]
            pointed[k] |= not target.region.points
    return inside, ~covered & pointed[:, None, None, None]


def _cells(region: Region, placement: Placement, shape: tuple[int, int]) -> tuple[slice, slice]:
    """Rows and columns of the cells whose centre lies in a box; the nearest one if none does."""
    if region.points:
        ((x, y),) = region.points
        i, j = placement.cell(y, x)
        return _span(i, i, shape[0]), _span(j, j, shape[1])
    if region.box is None:
        return slice(0, shape[0]), slice(0, shape[1])
    x0, y0, x1, y1 = region.box
    # Box edges lie between pixels, cell centres are in pixels with centre k at k.
    top, left = placement.cell(y0 - 0.5, x0 - 0.5)
    bottom, right = placement.cell(y1 - 0.5, x1 - 0.5)
    return _span(top, bottom, shape[0]), _span(left, right, shape[1])


def _span(low: float, high: float, n: int) -> slice:
    first, last = int(np.ceil(low)), int(np.floor(high))
    if last < first:
        first = last = round((low + high) / 2)
    first, last = min(max(first, 0), n - 1), min(max(last, 0), n - 1)
    return slice(first, last + 1)
