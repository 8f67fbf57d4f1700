"""Extra branches of a level head: where to look (attention), deformable parts, own sharpness."""

import math
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Pool
from wsl_studio.learn.pool import Sharpness

WIDTH: Final = 32
BEND: Final = 0.1
"""Price in logits that a part pays at the start for one cell away from its place."""
LEAST_START: Final = 0.1
SHARPEST: Final = 100.0


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
        self.content = nn.Conv2d(channels, WIDTH, 1)
        self.gate = nn.Conv2d(channels, WIDTH, 1)
        self.out = nn.Conv2d(WIDTH, findings, 1, bias=False)
        nn.init.zeros_(self.out.weight)

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
        y: Tensor = self.filters(x)
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
    r, n = price.shape[1] // 2, y.shape[axis]
    pad = (0, 0, r, r) if axis == 2 else (r, r)
    wide = F.pad(y, pad, value=-math.inf)
    best = None
    for step in range(2 * r + 1):
        here = wide.narrow(axis, step, n) - price[:, step, None, None]
        best = here if best is None else torch.maximum(best, here)
    assert best is not None
    return best


class LearnedSharpness(nn.Module):
    """b+ and b- of every finding, from those of the recipe; each keeps its sign.

    What starts at 0 or beyond the bounds (0.1 ... 100) starts at the bound; 0 counts as above 0.

    Args:
        spec: Of an ``lse`` pooling.
        findings: K.
    """

    def __init__(self, spec: Pool, findings: int) -> None:
        super().__init__()
        start = torch.tensor([[spec.beta_plus], [spec.beta_minus]]).repeat(1, findings)
        self.sign: Tensor
        self.register_buffer("sign", torch.where(start < 0, -1.0, 1.0))
        self.log = nn.Parameter(start.abs().clamp(LEAST_START, SHARPEST).log())  # (2, K)

    def values(self) -> Tensor:
        """(2, K) b+ and b-."""
        low, high = math.log(LEAST_START), math.log(SHARPEST)
        return self.sign * self.log.clamp(low, high).exp()

    def forward(self) -> Sharpness:
        """As pooling takes it."""
        plus, minus = self.values()
        return Sharpness(plus, minus)
