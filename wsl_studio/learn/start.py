"""Where training starts: the local-shape head from whole-bag statistics, deep heads from zero.

With a score made of a few regions among tens of thousands, gradients reach one region a bag, and
with some fifteen bags a random start finds a small lesion in one round and a rib in the next. The
strongest value of every channel in a bag is a convex problem instead, with one answer.
"""

import math
from collections.abc import Sequence
from typing import Final

import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Pool
from wsl_studio.learn.bags import Balance, Labelled, Maps
from wsl_studio.learn.features import SHAPE
from wsl_studio.learn.model import LevelHead, Model
from wsl_studio.learn.pool import pool_score

SPARSITY: Final = 0.12
"""Weight of the sum of weights. Measured on phantoms, 15 bags: 0.02 leaves noise channels in (AUC
0.76), 0.1 to 0.2 pick the blob channels (0.95)."""
STEPS: Final = 300
FOLDS: Final = 5
LEAST_AUC: Final = 0.75
"""Cross-validated AUC from which a finding starts on local shape; by chance 20 bags reach 0.65."""


def begin(model: Model, start: dict[str, Tensor]) -> None:
    """Sets the first weights of a model's heads.

    Args:
        model: Its heads are standardised.
        start: From ``shape_start``.
    """
    with torch.no_grad():
        for level, head in model.heads.items():
            assert isinstance(head, LevelHead)
            if head.has_hidden:
                # At zero no gradient reaches the hidden layer, and members begin alike: on
                # ultrasound, cross-validated, pointing was 0.58 that way and 0.74 at random.
                continue
            last = last_layer(head)
            last.weight.zero_()
            assert last.bias is not None
            last.bias.zero_()
            if level == SHAPE and start and last.weight.shape[1] == start["weight"].shape[1]:
                maps = last.weight.shape[0] // start["weight"].shape[0]
                weight = start["weight"].repeat_interleave(maps, 0)
                last.weight.copy_(weight[..., None, None])
                last.bias.copy_(start["bias"].repeat_interleave(maps, 0))
                if head.attention is not None:
                    head.attention.look_at(start["weight"].to(last.weight), start["bias"])
                # A level whose strongest cells say nothing of a finding still has the strongest
                # cells: pooling would look at nothing else, and deep levels would learn there.
                head.gate.copy_((start["weight"] != 0).any(1))


def last_layer(head: nn.Module) -> nn.Conv2d:
    """The finding layer of a head."""
    assert isinstance(head, LevelHead)
    last = head.layers[-1]
    assert isinstance(last, nn.Conv2d)
    return last


def shape_start(
    model: Model, training: Sequence[Labelled], maps: Maps, how: Pool
) -> dict[str, Tensor]:
    """Weights (K, C) and bias (K,) of a linear local-shape head; {} without such a level.

    A bag is described by the highest value of every standardised channel and of its negative;
    a logistic score over them with weights that are not negative and sparse bounds the maximum
    of the linear region score from above, and is tight where one region holds the maxima. A
    finding whose pooled score does not hold in cross-validation starts from zero.

    Source:
        Chen et al. 2006 (TPAMI, MILES) for bag-level embedding; Andrews et al. 2003 for the
        maximum over regions that it stands in for.
    """
    if SHAPE not in model.heads:
        return {}
    head = model.heads[SHAPE]
    assert isinstance(head, LevelHead)
    bags = []
    with torch.no_grad():
        for bag in training:
            x = maps.of(bag.uid, bag.features)[SHAPE]  # (S, C, h, w)
            y = (x - head.mean[:, None, None]) / head.deviation[:, None, None]
            bags.append(y.transpose(0, 1).flatten(1).cpu())  # (C, N)
    if how.kind == "attention":  # not there yet; the region it will look at stands in for it
        how = Pool(beta_plus=math.inf, beta_minus=math.inf)
    table = torch.stack([torch.cat([x.amax(1), -x.amin(1)]) for x in bags])  # (B, 2 C)
    value = torch.stack([bag.value for bag in training])
    weight = torch.stack([bag.weight for bag in training])
    out = torch.zeros(value.shape[1], len(bags[0])), torch.zeros(value.shape[1])
    for k in range(value.shape[1]):
        known = [i for i in range(len(bags)) if weight[i, k] > 0]
        asked = value[known, k], weight[known, k]
        auc = _held_out_auc(table[known], *asked, [bags[i] for i in known], how)
        if auc >= LEAST_AUC:
            out[0][k], out[1][k] = linear_score(table[known], *asked)
    return {"weight": out[0], "bias": out[1]}


def linear_score(table: Tensor, y: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """Weights (C,) and bias of a region score from (B, 2 C) highest and negated lowest values."""
    centre, spread = table.mean(0), table.std(0).clamp_min(1e-3)
    w, b = sparse_logistic((table - centre) / spread, y, weight)
    w = w / spread
    channels = table.shape[1] // 2
    return w[:channels] - w[channels:], b - (w * centre).sum()


def sparse_logistic(x: Tensor, y: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """Balanced logistic regression with weights >= 0 and an L1 price.

    Args:
        x: (B, D) standardised.
        y: (B,) soft targets.
        weight: (B,) confidence.

    Returns:
        Weights (D,) and bias, a scalar.
    """
    balance = Balance.fair(y[:, None], weight[:, None])
    price = weight * (y * balance.present + (1 - y) * balance.absent)
    w = torch.zeros(x.shape[1], requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.Adam([w, b], lr=0.05)
    for _ in range(STEPS):
        loss = F.binary_cross_entropy_with_logits(x @ w + b, y, weight=price) + SPARSITY * w.sum()
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        with torch.no_grad():
            w.clamp_(min=0)
    return w.detach(), b.detach()


def _held_out_auc(
    table: Tensor, y: Tensor, weight: Tensor, bags: Sequence[Tensor], how: Pool
) -> float:
    """AUC of pooled scores of bags that their own fold did not fit; 0 with few of an answer."""
    sure = (y - 0.5).abs() > 1e-6
    positive = y > 0.5
    if min(int((positive & sure).sum()), int((~positive & sure).sum())) < 2:
        return 0.0
    score = torch.zeros(len(y))
    fold = torch.zeros(len(y), dtype=torch.long)
    for side in (positive, ~positive):  # both answers in every fold, as far as they go
        at = torch.nonzero(side)[:, 0]
        fold[at] = torch.arange(len(at)) % FOLDS
    for k in range(FOLDS):
        out = fold == k
        if out.any():
            w, b = linear_score(table[~out], y[~out], weight[~out])
            for i in torch.nonzero(out)[:, 0].tolist():
                score[i] = pool_score((w @ bags[i] + b)[None, None], how)[0, 0]
    return float(roc_auc_score(positive[sure].numpy(), score[sure].numpy()))
