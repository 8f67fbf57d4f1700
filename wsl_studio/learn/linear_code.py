"""The linear auto-encoder: trained by its own cost, it finds the space of the main components."""

from dataclasses import dataclass
from typing import Final, cast

import torch
from torch import Tensor

STEPS: Final = 400


@dataclass(frozen=True, eq=False)
class LinearCode:
    """Weights of a linear auto-encoder: x -> v (w x + b) + c.

    Args:
        w: (D, C).
        b: (D,).
        v: (C, D).
        c: (C,).
        cost: Mean squared error that is left.
    """

    w: Tensor
    b: Tensor
    v: Tensor
    c: Tensor
    cost: float


def fit_linear(x: Tensor, width: int, *, seed: int = 0, steps: int = STEPS) -> LinearCode:
    """Minimises |v (w x + b) + c - x|^2 over all four, from a random start.

    The cost has no local minimum beside the global ones, which all span the first main components
    (Baldi & Hornik 1989), so the quasi-Newton steps of L-BFGS end there.

    Args:
        x: (n, C) rows.
        width: D, of the code.
        seed: Of the start.
        steps: At most.
    """
    rows = x.double()
    random = torch.Generator().manual_seed(seed)
    scale = rows.std() * rows.shape[1] ** 0.5 + 1e-12
    rows = rows / scale

    def start(*shape: int) -> Tensor:
        draw = torch.randn(*shape, generator=random, dtype=torch.double) * shape[-1] ** -0.5
        made: Tensor = draw.to(rows.device).requires_grad_()
        return made

    w, v = start(width, rows.shape[1]), start(rows.shape[1], width)
    b, c = rows.new_zeros(width).requires_grad_(), rows.mean(0).requires_grad_()
    optimiser = torch.optim.LBFGS(
        [w, b, v, c], max_iter=steps, history_size=20, tolerance_grad=1e-12,
        tolerance_change=1e-16, line_search_fn="strong_wolfe",
    )  # fmt: skip

    def cost() -> Tensor:
        optimiser.zero_grad()
        loss = ((rows @ w.t() + b) @ v.t() + c - rows).square().sum(1).mean()
        torch.autograd.backward(loss)
        return cast(Tensor, loss)

    with torch.enable_grad():
        optimiser.step(cost)  # type: ignore[no-untyped-call]
        left = float(cost().detach()) * float(scale) ** 2 / rows.shape[1]
    return LinearCode(
        w.detach().to(x), (b.detach() * scale).to(x), v.detach().to(x), (c.detach() * scale).to(x),
        left,
    )  # fmt: skip
