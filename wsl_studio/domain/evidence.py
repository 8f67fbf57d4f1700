"""Signed evidence: region scores in calibrated logits, where they lie, and the sum they make."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Placement:
    """Where the cells of a feature grid lie on the image.

    The centre of cell (i, j) is at row ``offset_y + stride_y * i`` and column
    ``offset_x + stride_x * j``, in pixels of the image, where pixel k has its centre at k.
    """

    stride_y: float
    stride_x: float
    offset_y: float
    offset_x: float

    def cell(self, y: float, x: float) -> tuple[float, float]:
        """Grid coordinates (i, j) of an image position."""
        return (y - self.offset_y) / self.stride_y, (x - self.offset_x) / self.stride_x

    def pixel(self, i: float, j: float) -> tuple[float, float]:
        """Image position (row, column) of grid coordinates."""
        return self.offset_y + self.stride_y * i, self.offset_x + self.stride_x * j


@dataclass(frozen=True)
class Arithmetic:
    """The sum that makes a score, in calibrated logits.

    Args:
        positive: Sum of the weighted regions that speak for the finding, >= 0.
        negative: Sum of the weighted regions that speak against it, <= 0.
        rest: The baseline, which belongs to no region: the usual tissue of series without the
            finding, which regions are held against, and the entropy term of a soft pooling.
        score: positive + negative + rest + whole.
        whole: What the series as a whole says by its likeness to labelled ones, which belongs to
            no region either; 0 where that is not asked.
    """

    positive: float
    negative: float
    rest: float
    score: float
    whole: float = 0.0

    @property
    def probability(self) -> float:
        """Logistic of the score."""
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self.score))))

    def sentence(self) -> str:
        """``'+2.1 for, \N{MINUS SIGN}0.4 against = +1.7 \N{RIGHTWARDS ARROW} 0.85'``."""
        parts = ((self.whole, "as a whole"), (self.rest, "baseline"))
        more = "".join(f", {signed(value)} {name}" for value, name in parts if abs(value) >= 0.05)
        return (
            f"{signed(self.positive)} for, {signed(self.negative, minus=True)} against{more}"
            f" = {signed(self.score)} \N{RIGHTWARDS ARROW} {self.probability:.2f}"
        )


def signed(value: float, *, minus: bool = False) -> str:
    """One decimal with its sign, a true minus; zero takes a minus only where ``minus`` says so."""
    text = f"{abs(value):.1f}"
    is_negative = value < 0 if float(text) else minus
    return ("\N{MINUS SIGN}" if is_negative else "+") + text


@dataclass(frozen=True, eq=False)
class Evidence:
    """Evidence for and against one finding in one series.

    Args:
        series_uid: Which series.
        finding: Which finding.
        round: The round it comes from.
        grid: (S, h, w) float32 region scores, calibrated logits: > 0 for, < 0 against.
        placement: Where the grid lies on the image.
        arithmetic: The pooled sum.
        scale: Half-range of the one symmetric colour scale of this round and finding, logits > 0.
        spread: (S, h, w) float32 standard deviation of the region scores over the members of an
            ensemble, calibrated logits >= 0: how far another seed would have moved them. None
            with one member.
        likes: Labelled series that say most of the series as a whole, by uid with the logits of
            each, those on its side first; empty where nothing is said so.
    """

    series_uid: str
    finding: str
    round: int
    grid: NDArray[np.float32]
    placement: Placement
    arithmetic: Arithmetic
    scale: float
    spread: NDArray[np.float32] | None = None
    likes: tuple[tuple[str, float], ...] = ()

    def per_slice(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Strongest evidence for (>= 0) and against (<= 0) on each slice, (S,) each."""
        flat = self.grid.reshape(self.grid.shape[0], -1)
        return np.maximum(flat.max(1), 0), np.minimum(flat.min(1), 0)

    def decisive_slice(self) -> int:
        """The slice with the strongest evidence for the side that the score is on."""
        positive, negative = self.per_slice()
        return int(positive.argmax() if self.arithmetic.score >= 0 else negative.argmin())

    def decisive_slices(self) -> tuple[int, ...]:
        """Slices from the most to the least decisive by absolute evidence."""
        positive, negative = self.per_slice()
        return tuple(int(i) for i in np.argsort(-np.maximum(positive, -negative), kind="stable"))

    def value(self, s: int, y: float, x: float) -> float:
        """Bilinear evidence in logits at an image position of a slice, clamped at the border."""
        i, j = self.placement.cell(y, x)
        h, w = self.grid.shape[1:]
        i, j = min(max(i, 0.0), h - 1.0), min(max(j, 0.0), w - 1.0)
        i0, j0 = int(i), int(j)
        i1, j1 = min(i0 + 1, h - 1), min(j0 + 1, w - 1)
        a, b = i - i0, j - j0
        g = self.grid[s]
        top = g[i0, j0] * (1 - b) + g[i0, j1] * b
        bottom = g[i1, j0] * (1 - b) + g[i1, j1] * b
        return float(top * (1 - a) + bottom * a)

    def peak(self) -> tuple[int, int, int]:
        """Grid index (slice, i, j) of the strongest evidence for."""
        s, i, j = np.unravel_index(int(self.grid.argmax()), self.grid.shape)
        return int(s), int(i), int(j)

    def place(self, s: int, i: int, j: int) -> tuple[float, float]:
        """(row, column) of the image under the top of the evidence in a cell.

        A parabola through the cell and its two neighbours, down and across, says where in the
        cell the top lies: a lesion may be smaller than a cell.

        Source:
            Lowe 2004 (IJCV), section 4, without the mixed term.
        """
        g = self.grid[s]
        return self.placement.pixel(i + _top(g[:, j], i), j + _top(g[i], j))


def _top(line: NDArray[np.float32], k: int) -> float:
    """Where the top of a parabola through k and its neighbours lies, from k; within half a cell."""
    if not 0 < k < len(line) - 1:
        return 0.0
    before, here, after = (float(v) for v in line[k - 1 : k + 2])
    bend = 2 * here - before - after
    return min(0.5, max(-0.5, 0.5 * (after - before) / bend)) if bend > 1e-9 else 0.0


def upsample(
    grid: NDArray[np.float32], placement: Placement, shape: tuple[int, int]
) -> NDArray[np.float32]:
    """Bilinear map of a grid onto the image.

    Args:
        grid: (S, h, w) float32.
        placement: Where the grid lies.
        shape: (H, W) of the image.

    Returns:
        (S, H, W) float32; beyond the outermost cell centres the border value holds.
    """
    _, h, w = grid.shape
    ys, xs = placement.cell(np.arange(shape[0]), np.arange(shape[1]))  # type: ignore[arg-type]
    y = np.clip(np.asarray(ys, np.float64), 0, h - 1)
    x = np.clip(np.asarray(xs, np.float64), 0, w - 1)
    y0, x0 = np.floor(y).astype(int), np.floor(x).astype(int)
    y1, x1 = np.minimum(y0 + 1, h - 1), np.minimum(x0 + 1, w - 1)
    a = (y - y0).astype(np.float32)[None, :, None]
    b = (x - x0).astype(np.float32)[None, None, :]
    rows = grid[:, y0, :] * (1 - a) + grid[:, y1, :] * a  # (S, H, w)
    out: NDArray[np.float32] = rows[:, :, x0] * (1 - b) + rows[:, :, x1] * b  # (S, H, W)
    return out
