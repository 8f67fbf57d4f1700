"""A slice at several sizes through one frozen backbone: the name, image and grid of each size."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import torch
from torch import Tensor

from wsl_studio.domain.recipe import FIRST
from wsl_studio.domain.recipe import Backbone as BackboneSpec
from wsl_studio.learn.backbone import Backbone
from wsl_studio.learn.preprocess import SIDE, Grid


def level_name(level: str, scale: float) -> str:
    """``block10`` at full size, ``block10@50%`` at half of it."""
    return level if scale == 1 else f"{level}@{round(100 * scale)}%"


def level_names(spec: BackboneSpec) -> tuple[str, ...]:
    """Every deep map that a head sees: the levels at the first scale, at the second, ..."""
    kept = (FIRST + level for level in spec.kept)
    return (*(level_name(level, scale) for scale in spec.scales for level in spec.levels), *kept)


def scaled_grid(grid: Grid, scale: float) -> Grid:
    """A grid on a rescaled slice, in pixels of the slice at full size."""
    # A pixel p covers [p, p + 1) edges, so its centre lies at (p + 0.5) / scale - 0.5.
    return Grid(grid.stride / scale, (grid.offset + 0.5) / scale - 0.5)


def grids(plain: Mapping[str, Grid], scales: Sequence[float]) -> dict[str, Grid]:
    """Grids at full size and at every scale."""
    scaled = {
        level_name(name, scale): scaled_grid(grid, scale)
        for scale in scales
        for name, grid in plain.items()
    }
    return {**plain, **scaled}


def prefix(backbone: Backbone, image: Tensor, scales: Sequence[float]) -> dict[str, Tensor]:
    """Maps to cache of (N, H, W, 3) uint8 slices at every scale.

    Returns:
        (N, C, h, w) by name; cells whose centre lies beyond the slice are cut off.
    """
    height, width = image.shape[1:3]
    out = {}
    for scale in scales:
        for name, x in backbone.prefix(rescaled(image, scale)).items():
            grid = scaled_grid(backbone.grids[name], scale)
            whole = x if scale == 1 else x[..., : grid.cells(height), : grid.cells(width)]
            out[level_name(name, scale)] = whole
    return out


def rescaled(image: Tensor, scale: float) -> Tensor:
    """(N, H, W, 3) uint8 slices at another size, both sides a multiple of 32.

    The size of a pixel is exactly 1 / scale; what a side lacks to a multiple is filled with its
    last row or column, so that grids need no rounding.
    """
    if scale == 1:
        return image
    down, across = (_weights(n, scale).to(image.device) for n in image.shape[1:3])
    return torch.einsum("ih,nhwc,jw->nijc", down, image.float(), across).round().to(torch.uint8)


@lru_cache(maxsize=16)
def _weights(n: int, scale: float) -> Tensor:
    """(m, n) weights of a triangle filter as wide as the wider of the two pixels."""
    m = math.ceil(n * scale / SIDE) * SIDE
    reach = max(1.0, 1 / scale)
    centre = (torch.arange(m) + 0.5) / scale - 0.5
    beyond = math.ceil(m / scale + reach) - n + 1
    at = torch.arange(-beyond, n + beyond)
    near = (1 - (at - centre[:, None]).abs() / reach).clamp_min(0)
    near = near / near.sum(1, keepdim=True)
    return torch.zeros(m, n).index_add_(1, at.clamp(0, n - 1), near)
