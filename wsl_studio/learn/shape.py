"""Local shape across slices: how much a place is a blob, a tube or a plate, bright or dark."""

import math
from typing import Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from wsl_studio.learn.preprocess import Grid

CELL: Final = 4
"""Pixels of the half-size slice to a cell."""

GRID: Final = Grid(stride=2.0 * CELL, offset=CELL - 0.5)
"""The level's grid in pixels of the full resized slice: cell j covers 8 j ... 8 j + 7."""

PER_SCALE: Final = 6
"""Channels a scale: bright blob, tube, plate; dark plate, tube; mean grey."""


def shape_channels(
    grey: NDArray[np.float32], *, scales_px: tuple[float, ...], slice_px: float | None
) -> NDArray[np.float16]:
    """Shape channels of a stack from the eigenvalues of its Hessian at each scale.

    A bright blob curves down in all three directions (a nodule), a tube in two (a vessel), a
    plate in one (a fissure, a wall). Values are square roots of the strongest curvature in the
    cell, times the squared scale, so that scales compare.

    Args:
        grey: (S, H, W) in [0, 1]; H and W are multiples of ``CELL``.
        scales_px: Standard deviations of the Gaussian.
        slice_px: Distance between slices in pixels; None looks within slices only.

    Returns:
        (S, H / 4, W / 4, 6 x scales).

    Source:
        Koenderink 1984 (scale space); Frangi et al. 1998 (MICCAI), section 2.
    """
    out = []
    for scale in scales_px:
        smooth = torch.from_numpy(_blur(grey, scale, slice_px))
        low, middle, high = eigenvalues(_hessian(smooth, scale, slice_px))
        strong = torch.stack([-high, -middle, -low, low, middle]).clamp_min_(0)  # (5, S, H, W)
        best = F.max_pool2d(strong.flatten(0, 1)[:, None], CELL).sqrt_()
        mean = F.avg_pool2d(smooth[:, None], CELL)  # (S, 1, h, w)
        out.append(torch.cat([best.view(5, *mean[:, 0].shape), mean[:, 0][None]]))
    return torch.cat(out).permute(1, 2, 3, 0).half().contiguous().numpy()


def _blur(grey: NDArray[np.float32], scale: float, slice_px: float | None) -> NDArray[np.float32]:
    """Gaussian of the stack; borders are continued."""
    flat = np.stack(
        [cv2.GaussianBlur(x, (0, 0), scale, borderType=cv2.BORDER_REPLICATE) for x in grey]
    )
    if slice_px is None:
        return flat
    across = scale / slice_px
    reach = max(1, math.ceil(3 * across))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / across) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    padded = np.pad(flat, ((reach, reach), (0, 0), (0, 0)), mode="edge")
    out = np.zeros_like(flat)
    for k, weight in enumerate(kernel):
        if weight > 1e-4:
            out += weight * padded[k : k + len(flat)]
    return out


def _hessian(x: Tensor, scale: float, slice_px: float | None) -> tuple[Tensor, ...]:
    """Second derivatives (zz, yy, xx, zy, zx, yx) of (S, H, W), times scale squared."""
    p = F.pad(x[None], (1, 1, 1, 1, 1, 1), mode="replicate")[0]
    s, h, w = x.shape

    def at(z: int, i: int, j: int) -> Tensor:
        return p[1 + z : 1 + z + s, 1 + i : 1 + i + h, 1 + j : 1 + j + w]

    yy = at(0, 1, 0) + at(0, -1, 0) - 2 * x
    xx = at(0, 0, 1) + at(0, 0, -1) - 2 * x
    yx = (at(0, 1, 1) + at(0, -1, -1) - at(0, 1, -1) - at(0, -1, 1)) / 4
    if slice_px is None:
        zz = zy = zx = torch.zeros_like(x)
    else:
        zz = (at(1, 0, 0) + at(-1, 0, 0) - 2 * x) / slice_px**2
        zy = (at(1, 1, 0) + at(-1, -1, 0) - at(1, -1, 0) - at(-1, 1, 0)) / (4 * slice_px)
        zx = (at(1, 0, 1) + at(-1, 0, -1) - at(1, 0, -1) - at(-1, 0, 1)) / (4 * slice_px)
    return tuple(scale * scale * d for d in (zz, yy, xx, zy, zx, yx))


def eigenvalues(parts: tuple[Tensor, ...]) -> tuple[Tensor, Tensor, Tensor]:
    """Eigenvalues of symmetric 3x3 matrices, lowest first.

    Args:
        parts: (aa, bb, cc, ab, ac, bc), each of any one shape.

    Source:
        Smith 1961 (CACM 4:168), the trigonometric form.
    """
    aa, bb, cc, ab, ac, bc = parts
    mean = (aa + bb + cc) / 3
    a, b, c = aa - mean, bb - mean, cc - mean
    spread = ((a * a + b * b + c * c + 2 * (ab * ab + ac * ac + bc * bc)) / 6).sqrt()
    safe = spread.clamp_min(1e-12)
    a, b, c, d, e, f = (x / safe for x in (a, b, c, ab, ac, bc))
    half = (a * (b * c - f * f) - d * (d * c - f * e) + e * (d * f - b * e)) / 2
    angle = half.clamp(-1, 1).acos() / 3
    high = mean + 2 * spread * angle.cos()
    low = mean + 2 * spread * (angle + 2 * math.pi / 3).cos()
    return low, 3 * mean - high - low, high
