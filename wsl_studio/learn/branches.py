"""Extra branches of a level head: where to look (attention), deformable parts, own sharpness."""

import math
from collections.abc import Iterator
from typing import Final

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Pool
from wsl_studio.learn.pool import Sharpness

WIDTH: Final = 32
LOOK: Final = 6.0
"""Logits by which a start makes attention prefer what speaks for a finding over the rest, both
ways: a region then outweighs e^12, some 160 000 others, as many as a large series has."""
OPEN: Final = 4.0
BEND: Final = 0.1
"""Price in logits that a part pays at the start for one cell away from its place."""
START: Final = (0.1, 100.0)
BOUNDS: Final = (0.01, 200.0)
"""Where learned sharpness may start and where it may go, 1/logit, without its sign."""


class GatedAttention(nn.Module):
    """Attention logits per finding: w (tanh(V x) * sigmoid(U x)); even before any training.

    Args:
        channels: Of the features it looks at.
        findings: K.

    Source:
        Ilse et al. 2018 (ICML), eq. 9.
    """

    def __init__(self, channels: int, findings: int) -> None:
        super().__init__()
        width = max(WIDTH, findings)
        self.content = nn.Conv2d(channels, width, 1)
        self.gate = nn.Conv2d(channels, width, 1)
        self.out = nn.Conv2d(width, findings, 1, bias=False)
        nn.init.zeros_(self.out.weight)

    @torch.no_grad()
    def look_at(self, weight: Tensor, bias: Tensor) -> None:
        """Starts at regions whose linear score is high: one open unit for each finding.

        Args:
            weight: (K, C).
            bias: (K,).
        """
        k = torch.arange(len(bias))
        assert self.content.bias is not None
        assert self.gate.bias is not None
        self.content.weight[k] = 0.5 * weight[..., None, None]
        self.content.bias[k] = 0.5 * bias
        self.gate.weight[k] = 0.0
        self.gate.bias[k] = OPEN
        self.out.weight[k, k] = LOOK

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, h, w) to (N, K, h, w)."""
        y: Tensor = self.out(torch.tanh(self.content(x)) * torch.sigmoid(self.gate(x)))
        return y


class Parts(nn.Module):
    """What the best placed parts add to a root: sum_p max_d [part_p(h + d) - a_p (d - v_p)^2].

    d runs over the cells up to ``reach`` away; the price is quadratic with a learned place v_p
    and a learned curvature a_p >= 0, for rows and columns apart. At the start the filters are
    zero and the places lie on a ring around the root, so that no two parts are alike.

    Args:
        channels: Of the features.
        findings: K.
        parts: P, for each finding.
        reach: Cells, at least 1.

    Source:
        Felzenszwalb et al. 2010 (TPAMI), eq. 2, with its linear and quadratic price as one square
        around the cheapest place; rows and columns are maximised one after the other, as in the
        distance transform of section 3.2.
    """

    def __init__(self, channels: int, findings: int, parts: int, reach: int) -> None:
        super().__init__()
        self.parts, self.reach = parts, reach
        self.filters = nn.Conv2d(channels, findings * parts, 1)
        nn.init.zeros_(self.filters.weight)
        nn.init.zeros_(self.filters.bias)  # type: ignore[arg-type]
        turn = torch.arange(parts) * (2 * math.pi / parts)
        ring = torch.stack([torch.sin(turn), torch.cos(turn)], 1) * math.ceil(reach / 2)
        self.place = nn.Parameter((ring * (parts > 1)).repeat(findings, 1))  # (K P, 2)
        self.bend = nn.Parameter(torch.full_like(self.place, math.log(math.expm1(BEND))))

    def price(self) -> Tensor:
        """(2, K P, 2 reach + 1) logits of each displacement along rows and columns, >= 0."""
        steps = torch.arange(-self.reach, self.reach + 1, device=self.bend.device)
        away = steps - self.place.t()[..., None]
        return F.softplus(self.bend).t()[..., None] * away.square()

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, h, w) to (N, K, h, w)."""
        y: Tensor = self.filters(x).float()
        rows, columns = self.price()
        best = placed(placed(y, rows, 2), columns, 3)
        n, _, h, w = best.shape
        return best.view(n, -1, self.parts, h, w).sum(2)


def placed(y: Tensor, price: Tensor, axis: int) -> Tensor:
    """Best value less its price within reach along one axis; what lies outside is never best.

    Args:
        y: (N, C, h, w).
        price: (C, 2 r + 1).
        axis: 2 or 3.
    """
    return _Placed.apply(y, price, axis)  # type: ignore[no-any-return]


class _Placed(torch.autograd.Function):
    """``placed``; autograd through a chain of maxima takes ten times as long."""

    @staticmethod
    def forward(ctx, y: Tensor, price: Tensor, axis: int) -> Tensor:  # type: ignore[no-untyped-def]
        best = y.new_full((), -math.inf)
        for _, here in _shifted(y, price, axis):
            best = torch.maximum(best, here)
        ctx.save_for_backward(y, price, best)
        ctx.axis = axis
        return best

    @staticmethod
    @once_differentiable
    def backward(ctx, slope: Tensor):  # type: ignore[no-untyped-def]
        y, price, best = ctx.saved_tensors
        r, axis, n = price.shape[1] // 2, ctx.axis, y.shape[ctx.axis]
        left, prices = slope.clone(), torch.zeros_like(price)
        wide = F.pad(torch.zeros_like(y), _margin(r, axis))
        at = torch.empty_like(y)
        for step, here in _shifted(y, price, axis):
            given = torch.eq(here, best, out=at).mul_(left)
            left -= given  # of equally good places the first takes all
            wide.narrow(axis, step, n).add_(given)
            prices[:, step] = -given.sum((0, 2, 3))
        return wide.narrow(axis, r, n), prices, None


def _shifted(y: Tensor, price: Tensor, axis: int) -> Iterator[tuple[int, Tensor]]:
    """Each displacement from 0 with what every cell finds there, its price paid."""
    wide = F.pad(y, _margin(price.shape[1] // 2, axis), value=-math.inf)
    for step in range(price.shape[1]):
        yield step, wide.narrow(axis, step, y.shape[axis]) - price[:, step, None, None]


def _margin(reach: int, axis: int) -> tuple[int, ...]:
    return (0, 0, reach, reach) if axis == 2 else (reach, reach)


class LearnedSharpness(nn.Module):
    """b+ and b- of every finding, from those of the recipe; each keeps its sign.

    What is learned is how far log |b| lies between its bounds, as a logit, so that no step leads
    out of them. 0 counts as above 0 and starts at the lowest start.

    Args:
        spec: Of an ``lse`` pooling.
        findings: K.
    """

    def __init__(self, spec: Pool, findings: int) -> None:
        super().__init__()
        start = torch.tensor([[spec.beta_plus], [spec.beta_minus]]).repeat(1, findings)
        self.sign: Tensor
        self.register_buffer("sign", torch.where(start < 0, -1.0, 1.0))
        share = (start.abs().clamp(*START).log() - _low()) / _span()
        self.share = nn.Parameter(torch.logit(share))  # (2, K)

    def values(self) -> Tensor:
        """(2, K) b+ and b-."""
        return self.sign * torch.exp(_low() + _span() * torch.sigmoid(self.share))

    def forward(self) -> Sharpness:
        """As pooling takes it."""
        plus, minus = self.values()
        return Sharpness(plus, minus)


def _low() -> float:
    return math.log(BOUNDS[0])


def _span() -> float:
    return math.log(BOUNDS[1] / BOUNDS[0])
