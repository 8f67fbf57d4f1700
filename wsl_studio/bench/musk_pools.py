"""A small network under every pooling of the program, all folds of a repetition at once."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Pool
from wsl_studio.learn.pool import pool_score

HIDDEN: Final = 128
GATE: Final = 64
EPOCHS: Final = 80
BAGS_PER_STEP: Final = 8
TAIL: Final = 3.0
"""Standard deviations at which the inputs of networks are cut: these features have heavy tails.
Gated attention on Elephant had 85.1 without and 85.6 with it on splits 200-203, chosen there."""
INF: Final = math.inf
POOLS: Final[dict[str, Pool | None]] = {
    "GAP": Pool(beta_plus=0.0, beta_minus=0.0),
    "HCRF": Pool(beta_plus=1.0, beta_minus=1.0),
    "max": Pool(beta_plus=INF, beta_minus=INF),
    "MANTRA": Pool(beta_plus=INF, beta_minus=-INF),
    "soft (4, -4)": Pool(beta_plus=4.0, beta_minus=-4.0),
    "WILDCAT": Pool(kind="topk"),
    "gated attention": None,
}
"""Poolings by name; None is gated attention."""


@dataclass(frozen=True, eq=False)
class Fold:
    """One fold of a set, standardised on its training instances.

    Args:
        x: (N, D) of all bags.
        bag: (N,) bag of each.
        y: (B,) 1 or -1.
        train: (B,) bool.
    """

    x: NDArray[np.float64]
    bag: NDArray[np.intp]
    y: NDArray[np.float64]
    train: NDArray[np.bool_]


class Networks(nn.Module):
    """A network a fold, D - 128 - 1, which share nothing but their shape.

    Args:
        folds: F.
        channels: D.
        pool: Or None for gated attention.
    """

    def __init__(self, folds: int, channels: int, pool: Pool | None) -> None:
        super().__init__()
        self.pool = pool
        self.hidden = _layer(folds, channels, HIDDEN)
        self.last = _layer(folds, HIDDEN, 1)
        if pool is None:
            self.tanh, self.gate = _layer(folds, HIDDEN, GATE), _layer(folds, HIDDEN, GATE)
            self.attention = _layer(folds, GATE, 1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Bag scores.

        Args:
            x: (F, n, D) instances of B bags, one after the other.
            mask: (B, N) bool, True at the instances of each bag.

        Returns:
            (B, F).
        """
        h = torch.relu(_through(self.hidden, x))
        z = _through(self.last, h)[..., 0]  # (F, n)
        if self.pool is not None:
            return pool_score(_padded(z, mask, 0.0), self.pool, mask)
        # Ilse et al. 2018 (ICML), equation 9, on additive scores.
        gated = torch.tanh(_through(self.tanh, h)) * torch.sigmoid(_through(self.gate, h))
        a = torch.softmax(_padded(_through(self.attention, gated)[..., 0], mask, -INF), -1)
        return (a * _padded(z, mask, 0.0)).sum(-1)


def pooled_scores(
    pool: Pool | None, folds: Sequence[Fold], seed: int, *, members: int = 1
) -> Iterator[NDArray[np.float64]]:
    """(B,) scores of each fold's network, or their mean over several from other seeds."""
    each = [_trained_scores(pool, folds, seed * members + member) for member in range(members)]
    yield from torch.stack(each).mean(0).T.double().numpy()


def _trained_scores(pool: Pool | None, folds: Sequence[Fold], seed: int) -> Tensor:
    """(B, F) scores: binary cross-entropy, Adam 1e-3, 80 epochs.

    All networks see the bags in one order; the bags that a fold tests have weight 0 in its loss.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    x = torch.from_numpy(np.stack([fold.x for fold in folds])).float()  # (F, N, D)
    x = x.clamp(-TAIL, TAIL)
    where = [torch.from_numpy(np.flatnonzero(folds[0].bag == b)) for b in range(len(folds[0].y))]
    y = torch.from_numpy((folds[0].y > 0).astype(np.float32))
    train = torch.from_numpy(np.stack([fold.train for fold in folds], 1)).float()  # (B, F)
    nets = Networks(len(folds), x.shape[2], pool)
    adam = torch.optim.Adam(nets.parameters(), lr=1e-3)
    for _ in range(EPOCHS):
        order = rng.permutation(len(y))
        for k in range(0, len(order), BAGS_PER_STEP):
            group = order[k : k + BAGS_PER_STEP]
            score = nets(*_stacked(x, [where[b] for b in group]))
            wanted = y[group][:, None].expand_as(score)
            weight = train[group] / train[group].sum(0).clamp_min(1)
            loss = F.binary_cross_entropy_with_logits(score, wanted, weight, reduction="sum")
            adam.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            adam.step()
    with torch.inference_mode():
        return torch.cat([nets(*_stacked(x, [at])) for at in where])


def _layer(folds: int, channels: int, out: int) -> nn.ParameterList:
    """Weights (F, D, out) and bias (F, 1, out), as torch begins a linear layer."""
    bound = 1 / math.sqrt(channels)
    shapes = ((folds, channels, out), (folds, 1, out))
    return nn.ParameterList(nn.Parameter(torch.empty(s).uniform_(-bound, bound)) for s in shapes)


def _through(layer: nn.ParameterList, x: Tensor) -> Tensor:
    return torch.baddbmm(layer[1], x, layer[0])


def _stacked(x: Tensor, rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Instances (F, n, D) of bags, and where they stand in a padded table."""
    n = torch.tensor([len(at) for at in rows])
    mask = torch.arange(int(n.max())) < n[:, None]
    return x[:, torch.cat(list(rows))], mask


def _padded(z: Tensor, mask: Tensor, value: float) -> Tensor:
    """(F, n) as (B, F, N)."""
    out = z.new_full((z.shape[0], *mask.shape), value)
    out[:, mask] = z
    return out.transpose(0, 1)
