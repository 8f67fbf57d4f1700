"""Colours from grey: classes of colour, rare ones weighing more, or a discriminator's word."""

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.code import Code
from wsl_studio.learn.encode import Coder, Mirror, Plain
from wsl_studio.learn.factors import MaskJudge

SIDE: Final = 9
"""Classes along each of two colour axes; Zhang et al. have 313 in all for photographs."""
REACH: Final = 2.0
"""Colour difference, in standard deviations, at the outermost classes."""
NEAR: Final = 5
"""Classes that a colour is shared among; 10 of 313 in the paper."""
MIX: Final = 0.5
"""Lambda of the paper: how far the weight of a class is evened out."""
COLOURFUL: Final = 0.05
"""Cells whose colour is nearer to grey, in standard deviations, say nothing."""
PIX2PIX: Final = 10.0


class Colours(nn.Module):
    """An encoder sees the grey mean of three channels and has to tell their differences.

    Args:
        code: Widths of the encoder.
        is_judged: An error and a discriminator of (grey, differences) instead of classes.

    Source:
        Zhang et al. 2016 (ECCV), section 2; Ross et al. 2018 (IJCARS) and Isola et al. 2017
        (CVPR) for the discriminator.
    """

    def __init__(self, code: Code, *, is_judged: bool) -> None:
        super().__init__()
        out = 2 if is_judged else SIDE * SIDE
        self.decoder = Mirror(out, code.channels, has_switches=False)
        self.judge = MaskJudge(3) if is_judged else None
        axis = torch.linspace(-REACH, REACH, SIDE)
        self.centres: Tensor
        self.register_buffer("centres", torch.cartesian_prod(axis, axis))
        self.seen: Tensor
        self.register_buffer("seen", torch.full((SIDE * SIDE,), 1.0 / SIDE**2))

    def cost(self, coder: Coder, x: Tensor) -> Tensor:
        """Of (N, 3, h, w) slices in colour."""
        assert isinstance(coder, Plain)
        grey, truth = apart(x)
        coded = coder.coded(grey.expand_as(x).contiguous())
        guess = self.decoder(coded)[0]
        if self.judge is not None:
            price, own = self.judge.cost(torch.cat([grey, truth], 1), torch.cat([grey, guess], 1))
            judged: Tensor = PIX2PIX * (guess - truth).abs().mean() + price + own
            return judged
        soft = self.classes(truth)  # (N, Q, h, w)
        with torch.no_grad():
            self.seen.lerp_(soft.mean((0, 2, 3)), 0.05)
        fair = 1 / ((1 - MIX) * self.seen + MIX / len(self.seen))
        fair = fair / (fair * self.seen).sum()
        weight: Tensor = fair[soft.argmax(1)] * (truth.abs().amax(1) > COLOURFUL)  # (N, h, w)
        each = -(soft * F.log_softmax(guess, 1)).sum(1)
        mean: Tensor = (each * weight).sum() / weight.sum().clamp_min(1e-6)
        return mean

    def classes(self, truth: Tensor) -> Tensor:
        """(N, 2, h, w) differences as (N, Q, h, w) shares of the nearest classes, summing to 1."""
        flat = truth.permute(0, 2, 3, 1).reshape(-1, 2)
        away = torch.cdist(flat, self.centres)
        near, at = away.topk(NEAR, largest=False)
        step = 2 * REACH / (SIDE - 1)
        share = torch.softmax(-(near**2) / (2 * step**2), 1)
        soft = torch.zeros_like(away).scatter_(1, at, share)
        n, _, h, w = truth.shape
        return soft.view(n, h, w, -1).permute(0, 3, 1, 2)


def apart(x: Tensor) -> tuple[Tensor, Tensor]:
    """(N, 3, h, w) red, green, blue as grey (N, 1, h, w) and two differences (N, 2, h, w)."""
    red, green, blue = x[:, 0], x[:, 1], x[:, 2]
    return x.mean(1, keepdim=True), torch.stack([red - green, blue - (red + green) / 2], 1)
