"""Histograms of oriented gradients as the maps of a backbone that has nothing to learn."""

import math
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

CELL: Final = 8
SIGNED: Final = 18
"""Orientations over the whole turn; half as many where the sign is left out."""
CHANNELS: Final = SIGNED + SIGNED // 2 + 4
CLIP: Final = 0.2
TEXTURE: Final = 0.2357
"""Scale of the four energy channels, 1 / sqrt(18), as in the released code."""
FAINT: Final = 0.02
"""Gradient energy of a cell (image in -1 ... 1) below which it is not raised to full contrast."""


class Hog(nn.Module):
    """31 HOG channels of cells of 8 pixels: 18 signed, 9 unsigned orientations, 4 energies.

    Each pixel votes with the magnitude of its strongest channel's gradient for its orientation,
    in the four cells around it; a cell is held against the four blocks of 2 x 2 cells it lies in,
    clipped, and averaged over them.

    Source:
        Dalal & Triggs 2005 (CVPR); Felzenszwalb et al. 2010 (TPAMI), section 6.
    """

    def __init__(self) -> None:
        super().__init__()
        away = (torch.arange(2 * CELL) + 0.5 - CELL).abs() / CELL
        self.tent: Tensor
        self.register_buffer("tent", 1 - away)

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) to (N, 31, H / 8, W / 8); H and W are multiples of 8."""
        signed = self._histograms(x)
        half = SIGNED // 2
        unsigned = signed[:, :half] + signed[:, half:]
        energy = F.pad(unsigned.square().sum(1, keepdim=True), (1, 1, 1, 1), mode="replicate")
        blocks = F.avg_pool2d(energy, 2, 1) * 4  # (N, 1, h + 1, w + 1)
        scale = (blocks + FAINT).rsqrt()
        h, w = x.shape[2] // CELL, x.shape[3] // CELL
        corners = [scale[..., i : i + h, j : j + w] for i in (0, 1) for j in (0, 1)]
        held = [(signed * corner).clamp_max(CLIP) for corner in corners]
        free = [(unsigned * corner).clamp_max(CLIP) for corner in corners]
        texture = [TEXTURE * each.sum(1, keepdim=True) for each in held]
        total = [torch.stack(each).sum(0) * 0.5 for each in (held, free)]
        return torch.cat([*total, *texture], 1)

    def _histograms(self, x: Tensor) -> Tensor:
        """(N, 18, h, w) votes of the pixels for orientations, shared among cells."""
        n, _, height, width = x.shape
        wide = F.pad(x, (1, 1, 1, 1), mode="replicate")
        dx = wide[:, :, 1:-1, 2:] - wide[:, :, 1:-1, :-2]
        dy = wide[:, :, 2:, 1:-1] - wide[:, :, :-2, 1:-1]
        strength, channel = (dx.square() + dy.square()).max(1, keepdim=True)
        turn = torch.atan2(dy.gather(1, channel), dx.gather(1, channel)) / (2 * math.pi)
        bins = (turn * SIGNED).round().long() % SIGNED
        votes = x.new_zeros(n, SIGNED, height, width).scatter_(1, bins, strength.sqrt())
        flat = votes.flatten(0, 1)[:, None]
        down = F.conv2d(flat, self.tent.view(1, 1, -1, 1), stride=(CELL, 1), padding=(CELL // 2, 0))
        across = F.conv2d(
            down, self.tent.view(1, 1, 1, -1), stride=(1, CELL), padding=(0, CELL // 2)
        )
        return across.view(n, SIGNED, height // CELL, width // CELL) / CELL**2
