"""Other views of a picture that show the same anatomy: pure functions on tensors, seeded."""

import math
from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.code import ViewsOf
from wsl_studio.domain.series import Value


class Views(Value):
    """How far views of one kind of picture may differ; maps have mean 0 and deviation 1.

    Left and right are exchanged only where they mean nothing: elsewhere a mirrored liver is
    another disease. Hue never changes: colours are findings.

    Args:
        width: Contrast changes by up to this share, as another window would.
        level: Brightness changes by up to so many deviations.
        noise: Deviation of Gaussian noise.
        turn_deg: Turned by up to so much, either way.
        shift: Moved by up to this share of a side.
        scale: Made larger or smaller by up to this share.
        hole: Side of a square that is covered, as a share; 0 for none.
        is_mirrored: Left and right, up and down may be exchanged.
    """

    width: float = 0.15
    level: float = 0.1
    noise: float = 0.1
    turn_deg: float = 5.0
    shift: float = 0.05
    scale: float = 0.05
    hole: float = 0.0
    is_mirrored: bool = False


PRESETS: Final[Mapping[ViewsOf, Views]] = {
    "any": Views(),
    "CT": Views(width=0.1, level=0.05, noise=0.15),  # numbers mean something: windows differ little
    "MR": Views(width=0.25, level=0.2, noise=0.1),  # scanners scale as they like
    "X-ray": Views(width=0.25, level=0.15, noise=0.1, hole=0.15),
    "ultrasound": Views(width=0.25, level=0.15, noise=0.2, shift=0.08, scale=0.1, hole=0.15),
    "colour": Views(width=0.15, level=0.1, noise=0.05, turn_deg=15.0, hole=0.15),
    "microscopy": Views(width=0.15, level=0.1, noise=0.05, turn_deg=45.0, is_mirrored=True),
}
"""By kind of picture. All but microscopy have a left and a right, an up and a down."""


def look(x: Tensor, how: Views, random: torch.Generator | None = None) -> Tensor:
    """Another window, noise and a covered square: what is where stays where it is.

    Args:
        x: (N, C, h, w) standardised.
        how: How far.
        random: Source of chance; torch's own if None.
    """
    n, _, h, w = x.shape
    gain = 1 + how.width * _around(n, random)
    y = x * gain.to(x) + (how.level * _around(n, random)).to(x)
    if how.noise:
        y = y + how.noise * torch.randn(x.shape, generator=random).to(x)
    if how.hole:
        y = torch.where(_squares(n, h, w, how.hole, random).to(x.device), 0.0, y)
    return y


def moved(x: Tensor, how: Views, random: torch.Generator | None = None) -> Tensor:
    """Turned, shifted and scaled a little, each picture by itself; mirrored where that is allowed.

    Args:
        x: (N, C, h, w); what comes in from outside is the border.
        how: How far.
        random: Source of chance; torch's own if None.
    """
    n, _, h, w = x.shape
    turn = math.radians(how.turn_deg) * _around(n, random).flatten()
    size = 1 + how.scale * _around(n, random).flatten()
    shift = 2 * how.shift * torch.cat([_around(n, random), _around(n, random)], 1).flatten(1)
    flips = torch.ones(n, 2)
    if how.is_mirrored:
        flips = 1.0 - 2.0 * torch.randint(2, (n, 2), generator=random)
    cos, sin = size * torch.cos(turn), size * torch.sin(turn)
    # In units of half a side, so a turn of a picture that is not square needs the ratio.
    across = torch.stack([cos * flips[:, 0], -sin * h / w, shift[:, 0]], 1)
    down = torch.stack([sin * w / h, cos * flips[:, 1], shift[:, 1]], 1)
    theta = torch.stack([across, down], 1).to(x)
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def _around(n: int, random: torch.Generator | None) -> Tensor:
    """(n, 1, 1, 1) between -1 and 1."""
    return 2 * torch.rand(n, 1, 1, 1, generator=random) - 1


def _squares(n: int, h: int, w: int, share: float, random: torch.Generator | None) -> Tensor:
    """(n, 1, h, w) bool, a square somewhere in each (DeVries & Taylor 2017, cut-out)."""
    side = max(1, round(share * min(h, w)))
    top = (torch.rand(n, 1, 1, generator=random) * (h - side + 1)).long()
    left = (torch.rand(n, 1, 1, generator=random) * (w - side + 1)).long()
    rows, columns = torch.arange(h)[:, None], torch.arange(w)
    inside = (rows >= top) & (rows < top + side) & (columns >= left) & (columns < left + side)
    return inside[:, None]
