"""A small U-Net as an encoder on the grid of its input, ending in features and binary maps."""

import itertools
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.learn.encode import Coder, Norm

MAPS: Final = 8
"""Binary maps of anatomy, as in Chartsias et al. 2019."""


class UNet(Coder):
    """Two 3x3 layers at each size, halved by maxima, joined with the way down on the way up.

    Args:
        channels: Of the input.
        widths: At each size, from the finest.
        is_binary: Behind its features come ``MAPS`` maps that are 0 or 1, at most one of them 1 in
            a cell: the anatomy. With the anatomy alone to read, a lesion was learned a good deal
            more slowly (BUSI, 20 masks, 100 steps: Dice 0.15 against 0.37 of the U-Net).

    Source:
        Ronneberger et al. 2015 (MICCAI); Chartsias et al. 2019 (MedIA), section 3.1, for the
        binary maps: softmax, rounded, with the gradient of what was not rounded.
    """

    def __init__(self, channels: int, widths: tuple[int, ...], *, is_binary: bool) -> None:
        super().__init__()
        self.channels = widths[0] + (MAPS if is_binary else 0)
        before = (channels, *widths)
        self.down = nn.ModuleList(_pair(a, b) for a, b in itertools.pairwise(before))
        self.up = nn.ModuleList(
            _pair(widths[i] + widths[i + 1], widths[i]) for i in range(len(widths) - 1)
        )
        self.out = nn.Conv2d(widths[0], MAPS, 1) if is_binary else None

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, h, w) to (N, channels, h, w)."""
        sides: list[Tensor] = []
        y = x
        for i, link in enumerate(self.down):
            y = link(F.max_pool2d(y, (min(2, y.shape[2]), min(2, y.shape[3]))) if i else y)
            sides.append(y)
        for i in reversed(range(len(self.up))):
            y = F.interpolate(y, sides[i].shape[-2:])
            y = self.up[i](torch.cat([sides[i], y], 1))
        if self.out is None:
            return y
        return torch.cat([y, rounded(torch.softmax(self.out(y), 1))], 1)

    @staticmethod
    def anatomy(code: Tensor) -> Tensor:
        """(N, MAPS, h, w) binary maps of a code."""
        return code[:, -MAPS:]


def rounded(p: Tensor) -> Tensor:
    """0 or 1, with the gradient of ``p`` (straight through)."""
    return p + (p.round() - p).detach()


def _pair(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, padding=1, bias=False), Norm(after), nn.ReLU(),
        nn.Conv2d(after, after, 3, padding=1, bias=False), Norm(after), nn.ReLU(),
    )  # fmt: skip
