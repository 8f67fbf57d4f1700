"""A memory along the slices (frames) of a series: a residual convolutional LSTM."""

from typing import Final

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

CHUNK: Final = 16
"""Slices between two cuts of back-propagation: what training keeps of gates and states is that of
one chunk however long a cine run is. The state itself goes on across the cut."""


class ConvLSTM(nn.Module):
    """Adds to every region what the slices up to here have left in memory.

    Args:
        channels: Of the map.
        hidden: Channels of the memory.
        chunk: Slices between two cuts of back-propagation.

    Source:
        Shi et al. 2015 (NeurIPS), without peepholes; residual and with forget bias 1 as Nwoye et
        al. 2019 (IJCARS): i, j, f, o = conv([x, h]); c = s(f + 1) c + s(i) tanh(j);
        h = s(o) tanh(c). The shortcut needs a 1x1 layer, since ``hidden`` is not ``channels``.
    """

    def __init__(self, channels: int, hidden: int, chunk: int = CHUNK) -> None:
        super().__init__()
        self.hidden, self.chunk = hidden, chunk
        self.of_map = nn.Conv2d(channels, 4 * hidden, 3, padding=1)
        self.of_memory = nn.Conv2d(hidden, 4 * hidden, 3, padding=1, bias=False)
        self.back = nn.Conv2d(hidden, channels, 1)

    def forward(self, x: Tensor, n_bags: int = 1) -> Tensor:
        """(B S, C, h, w), the S slices of each of B series in order, to the same shape.

        Every series starts with an empty memory.
        """
        series = x.reshape(n_bags, -1, *x.shape[1:])  # (B, S, C, h, w)
        h = c = x.new_zeros(n_bags, self.hidden, *x.shape[-2:])
        out = []
        for part in torch.split(series, self.chunk, dim=1):
            if torch.is_grad_enabled() and series.shape[1] > self.chunk:
                y, h, c = checkpoint(self._run, part, h.detach(), c.detach(), use_reentrant=False)
            else:
                y, h, c = self._run(part, h, c)
            out.append(y)
        return torch.cat(out, 1).flatten(0, 1)

    def _run(self, part: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """One chunk (B, s, C, h, w) from a state; what it makes of the maps, and the new state."""
        gates = self.of_map(part.flatten(0, 1))
        gates = gates.view(*part.shape[:2], *gates.shape[1:])  # (B, s, 4 H, h, w)
        memory = []
        for s in range(part.shape[1]):
            h, c = step(gates[:, s] + self.of_memory(h), c)
            memory.append(h)
        left = self.back(torch.stack(memory, 1).flatten(0, 1)).view_as(part)
        return part + left, h, c


def step(gates: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """New (h, c), (B, H, h, w) each, from (B, 4 H, h, w) gates i, j, f, o and the old c."""
    i, j, f, o = gates.chunk(4, dim=1)
    c = torch.sigmoid(f + 1) * c + torch.sigmoid(i) * torch.tanh(j)
    return torch.sigmoid(o) * torch.tanh(c), c
