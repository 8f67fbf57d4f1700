"""Small encoders between a map and its head, and the decoders that mirror them."""

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.learn.preprocess import Grid


@dataclass(frozen=True, eq=False)
class Coded:
    """What an encoder made of a map.

    Args:
        layers: (N, C_l, h_l, w_l) from the input (0) to the code (L).
        switches: For each layer from 1, where pooling took its values from in the layer before,
            int64 as ``torch.max_pool2d`` counts; None where nothing was pooled.
    """

    layers: tuple[Tensor, ...]
    switches: tuple[Tensor | None, ...]


class Coder(nn.Module):
    """Base of encoders: (N, C, h, w) to (N, channels, h >> halvings, w >> halvings).

    What a head reads are the last two layers, joined on the grid of the finer one: with the last
    alone, evidence lay up to a cell of that layer beside the finding.
    """

    channels: int
    halvings: int = 0

    def grid(self, there: Grid) -> Grid:
        """Where the cells of the code lie."""
        factor = 2**self.halvings
        return Grid(there.stride * factor, there.offset + there.stride * (factor - 1) / 2)


class Norm(nn.BatchNorm2d):
    """Batch norm that a single cell of a single slice does not stop."""

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, h, w) to the same; one value a channel is taken as in evaluation."""
        if self.training and x.numel() > x.shape[1]:
            return super().forward(x)
        return F.batch_norm(
            x, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps
        )


class Linear(Coder):
    """One linear map of the channels of a region; decoded by another, it is a linear auto-encoder.

    Args:
        channels: Of the input.
        width: Of the code.
    """

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.channels = width
        self.layer = nn.Conv2d(channels, width, 1)

    def coded(self, x: Tensor) -> Coded:
        """Input and code."""
        return Coded((x, self.layer(x)), (None,))

    def forward(self, x: Tensor) -> Tensor:
        """The code alone."""
        y: Tensor = self.layer(x)
        return y


class Plain(Coder):
    """3x3 convolution, batch norm, ReLU; maximum over 2x2 before each layer but the first.

    Args:
        channels: Of the input.
        widths: Of each layer.
        noise: Standard deviation of Gaussian noise on the input, in training.
        kernel: Of the first layer.
    """

    def __init__(
        self, channels: int, widths: tuple[int, ...], noise: float = 0.0, kernel: int = 3
    ) -> None:
        super().__init__()
        self.channels, self.halvings = sum(widths[-2:]), max(0, len(widths) - 2)
        self.noise = noise
        before = (channels, *widths)
        self.links = nn.ModuleList(
            _conv(a, b, 3 if i else kernel) for i, (a, b) in enumerate(itertools.pairwise(before))
        )

    def coded(self, x: Tensor) -> Coded:
        """All layers, with the switches of pooling."""
        layers, switches = [x], []
        y = x + self.noise * torch.randn_like(x) if self.training and self.noise else x
        for i in range(len(self.links)):
            y, at = self.layer(i, y)
            layers.append(y)
            switches.append(at)
        return Coded(tuple(layers), tuple(switches))

    def layer(self, i: int, y: Tensor) -> tuple[Tensor, Tensor | None]:
        """Layer i from the one before it, and the switches of pooling."""
        at = None
        if i:
            y, at = pooled(y)
        return self.links[i](y), at

    def forward(self, x: Tensor) -> Tensor:
        """What a head reads."""
        return joined(self.coded(x).layers[1:])


class Mirror(nn.Module):
    """From a code back to its input, layer by layer.

    Args:
        channels: Of the input.
        widths: Of each layer of the encoder.
        has_switches: Values go back to where pooling took them from (the rest of their 2x2 is 0);
            otherwise they are repeated.

    Source:
        Zhao et al. 2015 (arXiv 1506.02351, SWWAE) for switches.
    """

    def __init__(self, channels: int, widths: tuple[int, ...], *, has_switches: bool) -> None:
        super().__init__()
        self.has_switches = has_switches
        after = (channels, *widths)
        self.down = nn.ModuleList(
            _conv(after[i + 1], after[i]) if i else nn.Identity() for i in range(len(widths))
        )
        self.out = nn.ModuleList(
            _conv(after[i], after[i]) if i else nn.Conv2d(after[1], after[0], 3, padding=1)
            for i in range(len(widths))
        )

    def forward(self, coded: Coded) -> tuple[Tensor, ...]:
        """Rebuilt layers from the input (0) to the one below the code (L - 1)."""
        y, out = coded.layers[-1], []
        for i in reversed(range(len(self.out))):
            y = self.layer(i, y, coded.switches[i], coded.layers[i])
            out.append(y)
        return tuple(reversed(out))

    def layer(self, i: int, y: Tensor, at: Tensor | None, like: Tensor) -> Tensor:
        """Layer i rebuilt from the one above it, on the grid of ``like``."""
        y = self.down[i](y)
        if at is not None and self.has_switches:
            y = unpooled(y, at, like)
        elif y.shape[-2:] != like.shape[-2:]:
            y = F.interpolate(y, like.shape[-2:])
        out: Tensor = self.out[i](y)
        return out


def joined(layers: tuple[Tensor, ...]) -> Tensor:
    """(N, sum C, h, w) of the last two layers on the grid of the finer one."""
    size = layers[-2:][0].shape[-2:]
    return torch.cat([F.interpolate(x, size) for x in layers[-2:]], 1)


def pooled(x: Tensor) -> tuple[Tensor, Tensor]:
    """Maxima over 2x2 and where they were; a side of one cell stays."""
    size = (min(2, x.shape[-2]), min(2, x.shape[-1]))
    y, at = F.max_pool2d(x, size, return_indices=True)
    return y, at


def unpooled(y: Tensor, at: Tensor, like: Tensor) -> Tensor:
    """(N, C, h, w) values at their switches on the grid of ``like``, 0 elsewhere."""
    n, c, h, w = like.shape
    out = y.new_zeros(n, c, h * w)
    return out.scatter(2, at.flatten(2), y.flatten(2)).view(n, c, h, w)


def _conv(before: int, after: int, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, padding=kernel // 2, bias=False), Norm(after), nn.ReLU()
    )
