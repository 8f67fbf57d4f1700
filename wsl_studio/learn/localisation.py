"""How a map lies on its truth: offset of peaks, distance, boxes at every threshold, and overlap."""

import math
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.special import bdtr

from wsl_studio.domain.evidence import Evidence, Placement
from wsl_studio.domain.label import Region
from wsl_studio.domain.round import Offset
from wsl_studio.domain.words import say
from wsl_studio.learn.lesions import Lesions

REACH: Final = 2
"""Cells beside a lesion in which its peak is still looked for: a shifted map peaks outside."""

Grid = NDArray[np.float32]


def lesion_offsets(evidence: Evidence, lesions: Lesions) -> tuple[tuple[float, float], ...]:
    """(rows, columns) in cells from the centre of each lesion to the strongest evidence at it.

    At it means in its cells or up to ``REACH`` cells beside them. A mask of one slice speaks of
    every slice of the series.
    """
    if not lesions.n:
        return ()
    at = _lesion_of_cells(evidence, lesions)  # (S, h, w), from 1
    place, out = evidence.placement, []
    for k in range(1, lesions.n + 1):
        voxels = np.argwhere(lesions.parts == k) + lesions.corner
        s, y, x = voxels.mean(0)
        centre = place.cell(y, x)
        cells = at == k
        if not cells.any():
            first = slice(None) if lesions.shape[0] == 1 else round(s)
            cells[first, _near(centre[0], at.shape[1]), _near(centre[1], at.shape[2])] = True
        out.append(offset_from(evidence.grid, cells, centre))
    return tuple(out)


def box_offset(grid: Grid, placement: Placement, region: Region) -> tuple[float, float]:
    """``lesion_offsets`` for a reader's box.

    Args:
        grid: (S, h, w) region scores.
        placement: Where they lie.
        region: With a box.
    """
    assert region.box is not None, "a slice range has no centre in its plane"
    x0, y0, x1, y1 = region.box
    # Box edges lie between pixels, cell centres are in pixels with centre k at k.
    top, left = placement.cell(y0 - 0.5, x0 - 0.5)
    bottom, right = placement.cell(y1 - 0.5, x1 - 0.5)
    i, j = np.arange(grid.shape[1])[:, None], np.arange(grid.shape[2])[None]
    centre = ((top + bottom) / 2, (left + right) / 2)
    inside = (top <= i) & (i <= bottom) & (left <= j) & (j <= right)
    inside[_near(centre[0], grid.shape[1]), _near(centre[1], grid.shape[2])] = True
    cells = np.zeros(grid.shape, bool)
    last = grid.shape[0] - 1
    cells[min(region.first, last) : min(region.last, last) + 1] = inside
    return offset_from(grid, cells, centre)


def offset_from(
    grid: Grid, cells: NDArray[np.bool_], centre: tuple[float, float]
) -> tuple[float, float]:
    """(rows, columns) from a centre to the strongest cell in or up to ``REACH`` beside some cells.

    Args:
        grid: (S, h, w) region scores.
        cells: (S, h, w), at least one True.
        centre: (i, j) in cells.
    """
    side = 2 * REACH + 1
    near = ndimage.binary_dilation(cells, np.ones((1, side, side)))
    _, i, j = np.unravel_index(np.where(near, grid, -np.inf).argmax(), grid.shape)
    return float(i - centre[0]), float(j - centre[1])


def median_offset(offsets: Sequence[tuple[float, float]]) -> Offset | None:
    """The shift that offsets share; None without any.

    In a large lesion one peak may lie far from the centre; what points at a shifted map is that
    all do in the same direction. The median is taken on each axis, and it exceeds one cell if its
    length does on the axes where the distribution-free 95 % interval of the median leaves out 0
    (order statistics; six lesions are the fewest for which there is one).
    """
    if not offsets:
        return None
    table = np.sort(np.asarray(offsets, np.float64), axis=0)  # (n, 2)
    n = len(table)
    # The k-th lowest and k-th highest hold the median with probability 1 - 2 P(Bin(n, 1/2) < k).
    k = int(np.searchsorted(bdtr(np.arange(n + 1), n, 0.5), 0.025))  # the binomial quantile
    sure = (table[k - 1] > 0) | (table[n - k] < 0) if k >= 1 else np.zeros(2, bool)
    dy, dx = np.median(table, axis=0)
    length = math.hypot(dy * sure[0], dx * sure[1])
    return Offset(dy=float(dy), dx=float(dx), n=n, exceeds=bool(length > 1))


def say_offset(finding: str, offset: Offset | None, beside: str) -> str:
    """``'Evidence for nodule peaks 1.4 cells beside its boxes (median of 12).'``, or nothing."""
    if offset is None or not offset.exceeds:
        return ""
    length = math.hypot(offset.dy, offset.dx)
    sentence = (
        say("Evidence for {finding} peaks {length:.1f} cells beside its boxes (median of {n}).",
            finding=finding, length=length, n=offset.n)
        if beside == "boxes"
        else say("Evidence for {finding} peaks {length:.1f} cells beside its {part} truth"
                 " (median of {n}).",
                 finding=finding, length=length, part=beside.split()[0], n=offset.n)
    )  # fmt: skip
    return str(sentence)


def peak_distance(evidence: Evidence, mask: NDArray[np.bool_]) -> float:
    """Cells from the peak of evidence for to the nearest pixel of a mask, in its slice +- 1.

    Args:
        evidence: Of one series.
        mask: (S, H, W); one slice speaks of every slice.

    Returns:
        0 or more; infinity if there is no mask in those slices. A peak on a pixel of the mask is
        at most half a pixel away.
    """
    s, i, j = evidence.peak()
    place = evidence.placement
    y, x = evidence.place(s, i, j)
    near = mask if mask.shape[0] == 1 else mask[max(0, s - 1) : s + 2]
    rows, columns = np.nonzero(near.any(0))
    if not rows.size:
        return math.inf
    return float(np.hypot((rows - y) / place.stride_y, (columns - x) / place.stride_x).min())


def normalised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """A map brought to [0, 1] by its own extremes (Choe et al. 2020); zeros if it is flat."""
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-12:
        return np.zeros_like(values)
    return np.asarray((values - low) / (high - low), np.float32)


def box_overlaps(
    values: NDArray[np.float32], mask: NDArray[np.bool_], thresholds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """IoU of the box of the largest connected part above each threshold with the best true box.

    MaxBoxAcc at d is the highest share, over thresholds, of images whose IoU is at least d.

    Args:
        values: (H, W) map.
        mask: (H, W) truth; each connected part has a box.
        thresholds: (T,) on the scale of the map.

    Returns:
        (T,) in [0, 1]; 0 where nothing is above the threshold.

    Source:
        Choe et al. 2020 (CVPR), equations 3 and 4.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    truths = stats[1:, :4].astype(np.float64)
    out = np.zeros(len(thresholds))
    for t, threshold in enumerate(thresholds):
        above = (values >= threshold).astype(np.uint8)
        _, _, found, _ = cv2.connectedComponentsWithStats(above, connectivity=8)
        if len(found) > 1:
            largest = found[1:][found[1:, cv2.CC_STAT_AREA].argmax(), :4].astype(np.float64)
            out[t] = max((box_iou(largest, truth) for truth in truths), default=0.0)
    return out


def box_iou(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Intersection over union of two boxes (x, y, width, height)."""
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(0.0, float(across)) * max(0.0, float(down))
    return shared / (float(a[2] * a[3] + b[2] * b[3]) - shared)


def dice(
    values: NDArray[np.float32], mask: NDArray[np.bool_], thresholds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """2 |A and M| / (|A| + |M|) of the part A above (>=) each threshold with a mask M, (T,).

    Args:
        values: Map of any shape.
        mask: Of the same shape, not empty.
        thresholds: (T,), in any order.

    Source:
        Dice 1945 (Ecology).
    """
    size = mask.sum()
    everywhere, inside = np.sort(values.ravel()), np.sort(values[mask])
    above = everywhere.size - np.searchsorted(everywhere, thresholds)
    shared = inside.size - np.searchsorted(inside, thresholds)
    return np.asarray(2 * shared / (above + size), np.float64)


def _lesion_of_cells(evidence: Evidence, lesions: Lesions) -> NDArray[np.int32]:
    """(S, h, w) lesion, from 1, under the centre of each cell; 0 for none."""
    place, (n, h, w) = evidence.placement, evidence.grid.shape
    parts = lesions.parts
    out = np.zeros((n, h, w), np.int32)
    first, top, left = lesions.corner
    rows = np.rint(place.offset_y + place.stride_y * np.arange(h)).astype(int) - top
    columns = np.rint(place.offset_x + place.stride_x * np.arange(w)).astype(int) - left
    i = np.flatnonzero((rows >= 0) & (rows < parts.shape[1]))
    j = np.flatnonzero((columns >= 0) & (columns < parts.shape[2]))
    seen = parts[:, rows[i][:, None], columns[j]]
    if lesions.shape[0] == 1:
        out[:, i[:, None], j] = seen
    else:
        out[first : first + parts.shape[0], i[:, None], j] = seen[: max(0, n - first)]
    return out


def _near(at: float, n: int) -> int:
    return min(max(round(at), 0), n - 1)
