"""A vision transformer in links that hand on a map and its class token."""

from collections.abc import Sequence
from functools import lru_cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

Tokens = tuple[Tensor, Tensor]
"""Map (N, C, h, w) and class token (N, C)."""


class Patches(nn.Module):
    """Patches to tokens, with the position embedding at the size of the slice.

    Args:
        conv_proj: (3 to C), kernel and stride are the side of a patch.
        class_token: (1, 1, C).
        pos_embedding: (1, 1 + n x n, C), the class token's first.
    """

    def __init__(
        self, conv_proj: nn.Conv2d, class_token: nn.Parameter, pos_embedding: nn.Parameter
    ) -> None:
        super().__init__()
        self.conv_proj = conv_proj
        self.class_token = class_token
        self.pos_embedding = pos_embedding
        self.side = int(conv_proj.kernel_size[0])
        self.cells = int((pos_embedding.shape[1] - 1) ** 0.5 + 0.5)

    def forward(self, x: Tensor) -> Tokens:
        """(N, 3, H, W), sides whole patches, to the map and the class token."""
        y: Tensor = self.conv_proj(x)
        n, channels, h, w = y.shape
        place = self.pos_embedding[0, 1:].T.view(channels, self.cells, self.cells)
        if (h, w) != (self.cells, self.cells):
            down, across = cubic(self.cells, h).to(place), cubic(self.cells, w).to(place)
            place = torch.einsum("ih,chw,jw->cij", down, place, across)
        token = self.class_token[0] + self.pos_embedding[0, :1]
        return y + place, token.expand(n, -1)


class Blocks(nn.Module):
    """Some encoder blocks, with the last norm where they are the last.

    Args:
        layers: Each from (N, T, C) to (N, T, C).
        norm: Or None.
    """

    def __init__(self, layers: Sequence[nn.Module], norm: nn.Module | None) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.norm = nn.Identity() if norm is None else norm

    def forward(self, x: Tokens) -> Tokens:
        """Map and class token to map and class token of the same shape."""
        there, token = x
        y = torch.cat([token[:, None], there.flatten(2).transpose(1, 2)], 1)
        for layer in self.layers:
            y = layer(y)
        y = self.norm(y)
        return y[:, 1:].transpose(1, 2).reshape(there.shape), y[:, 0]


@lru_cache(maxsize=64)
def cubic(n: int, m: int) -> Tensor:
    """(m, n) weights of bicubic interpolation from n cells to m, along one side.

    As a product the backward pass is a product too, and the same every time on a GPU.
    """
    with torch.inference_mode(False), torch.no_grad():
        eye = torch.eye(n).view(1, n, n, 1)
        return F.interpolate(eye, (m, 1), mode="bicubic", align_corners=False)[0, :, :, 0].T
