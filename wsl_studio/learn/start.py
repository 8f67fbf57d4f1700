"""Where training starts: the local-shape head from whole-bag statistics, deep heads from zero.

With a score made of a few regions among tens of thousands, gradients reach one region a bag, and
with some fifteen bags a random start finds a small lesion in one round and a rib in the next. The
strongest value of every channel in a bag is a convex problem instead, with one answer.
"""

import math
from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.learn.bags import Balance, Labelled, Maps
from wsl_studio.learn.features import SHAPE
from wsl_studio.learn.model import LevelHead, Model

SPARSITY: Final = 0.12
"""Weight of the sum of weights. Measured on phantoms, 15 bags: 0.02 leaves noise channels in (AUC
0.76), 0.1 to 0.2 pick the blob channels (0.95)."""
STEPS: Final = 300
TRIM: Final = 0.15
"""Share of the bags that a start may leave out as odd: one wrong label among fifteen
phantoms, or one brain among chests, moved the AUC of the start from 0.97 to 0.4-0.6 on series that
it had not seen; without the two that fit worst it stayed at 0.97 or above."""
REFITS: Final = 2
"""Bags are left out, and weights found again, so many times."""
LEAST_SPREAD: Final = 1.0
"""Standard deviations of regions by which the strongest values of bags should differ; weights of
those that differ by less cost more. A nodule stands out by several. Among channels whose strongest
values are nearly the same, one parts a dozen bags rightly by chance."""
MOST_LOSS: Final = 0.35
"""Held-out cross-entropy without the odd bags, up to which a finding starts on local shape: half of
what it costs to say nothing (ln 2). What starts on a shape that does not tell it stays there: such
a round of the demo ended at a test AUC of 0.2 to 0.7, most others at 1.0.

Chosen on seeds 1500-1514 and 1700-1719 of ``bench labels``, where with 12 labels 35 of 35 findings
that shape tells start there, with a wrong label 70 of 70, and none of 35 and 70 that it does not
tell; without the least spread 35 and 61, 4 and 9. By the AUC of training bags left out, from 0.85
on, it was chance: a few bags are often ranked well, and fits without a weight compare rounding
errors. Mean test AUC with 12 and 13 labels, seeds 1900-1919, by that and by this: nodule 0.942 and
0.957 -> 1.000 and 1.000, effusion 0.814 and 0.817 -> 0.866 and 0.923; it still starts wrongly in 4
of these 40."""


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
    model: Model, training: Sequence[Labelled], validation: Sequence[Labelled], maps: Maps
) -> dict[str, Tensor]:
    """Weights (K, C) and bias (K,) of a linear local-shape head; {} without such a level.

    A bag is described by the highest value of every standardised channel and of its negative;
    a logistic score over them with weights that are not negative and sparse bounds the maximum
    of the linear region score from above, and is tight where one region holds the maxima. A
    finding whose score does not hold for bags left out starts from zero.

    Args:
        model: Its heads are standardised.
        training: Weights are fitted to them.
        validation: They help to say whether a start holds; where few are labelled, a third more.
        maps: Of both.

    Source:
        Chen et al. 2006 (TPAMI, MILES) for bag-level embedding; Andrews et al. 2003 for the
        maximum over regions that it stands in for.
    """
    if SHAPE not in model.heads:
        return {}
    head = model.heads[SHAPE]
    assert isinstance(head, LevelHead)
    bags = [*training, *validation]
    rows = []
    with torch.no_grad():
        for bag in bags:
            x = maps.of(bag.uid, bag.features)[SHAPE]  # (S, C, h, w)
            y = (x - head.mean[:, None, None]) / head.deviation[:, None, None]
            y = y.transpose(0, 1).flatten(1).cpu()  # (C, N)
            rows.append(torch.cat([y.amax(1), -y.amin(1)]))
    table = torch.stack(rows)  # (B, 2 C)
    value = torch.stack([bag.value for bag in bags])
    weight = torch.stack([bag.weight for bag in bags])
    out = torch.zeros(value.shape[1], table.shape[1] // 2), torch.zeros(value.shape[1])
    for k in range(value.shape[1]):
        known = weight[:, k] > 0
        own = known & (torch.arange(len(bags)) < len(training))
        if not has_both(value[own, k]):
            continue
        if held_out_loss(table[known], value[known, k], weight[known, k]) <= MOST_LOSS:
            w, b = linear_scores(table[own], value[own, k], weight[None, own, k])
            out[0][k], out[1][k] = w[0], b[0]
    return {"weight": out[0], "bias": out[1]}


def linear_scores(table: Tensor, y: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """Region scores of F sets of bags from their highest and negated lowest values.

    Args:
        table: (B, 2 C).
        y: (B,) soft targets.
        weight: (F, B) confidence; 0 where a set does not have the bag.

    Returns:
        Weights (F, C) and bias (F,), found again without the bags that fit worst.

    Source:
        Rousseeuw 1984 (JASA 79:871), least trimmed residuals, by its concentration step.
    """
    centre, spread = table.mean(0), table.std(0).clamp_min(LEAST_SPREAD)
    x = (table - centre) / spread
    w, b = sparse_logistic(x, y, weight)
    for _ in range(REFITS):
        loss = F.binary_cross_entropy_with_logits(
            w @ x.T + b[:, None], y.expand_as(weight), reduction="none"
        )
        loss = loss.masked_fill(weight == 0, -1)
        odd = loss.topk(odd_ones(y), 1).indices
        kept = weight.scatter(1, odd, 0.0)
        w, b = sparse_logistic(x, y, kept)
    w = w / spread
    channels = table.shape[1] // 2
    return w[:, :channels] - w[:, channels:], b - w @ centre


def odd_ones(y: Tensor) -> int:
    """How many bags may be left out, of (B,) soft targets; never half of those of one answer."""
    rarer = min(int((y > 0.5).sum()), int((y <= 0.5).sum()))
    return min(round(TRIM * len(y)), (rarer - 1) // 2)


def sparse_logistic(x: Tensor, y: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """Balanced logistic regressions with weights >= 0 and an L1 price, side by side.

    Args:
        x: (B, D) standardised.
        y: (B,) soft targets.
        weight: (F, B) confidence in each of F regressions.

    Returns:
        Weights (F, D) and bias (F,).
    """
    balance = Balance.fair(y[:, None].expand(-1, len(weight)), weight.T)
    price = weight * (y * balance.present[:, None] + (1 - y) * balance.absent[:, None])
    price = price / len(y)
    w, b = torch.zeros(len(weight), x.shape[1]), torch.zeros(len(weight))
    optimiser = torch.optim.Adam([w, b], lr=0.05)
    for _ in range(STEPS):
        # By hand: a tape is most of the time of matrices as small as these.
        slope = price * (torch.sigmoid(torch.addmm(b[:, None], w, x.T)) - y)
        w.grad, b.grad = slope @ x + SPARSITY, slope.sum(1)
        optimiser.step()
        w.clamp_(min=0)
    return w, b


def has_both(y: Tensor) -> bool:
    """True with two sure bags of either answer, among (B,) soft targets."""
    return min(int((y > 0.5).sum()), int((y < 0.5).sum())) >= 2


def held_out_loss(table: Tensor, y: Tensor, weight: Tensor) -> float:
    """Cross-entropy of bags left out of their own fit one by one, either answer half.

    The bags that fit worst, as many as a fit may leave out, are left out here too.

    Args:
        table: (B, 2 C).
        y: (B,) soft targets; a bag of 0.5 is fitted but not asked.
        weight: (B,) confidence.

    Returns:
        In [0, inf]; inf with fewer than two bags of an answer.
    """
    if not has_both(y):
        return math.inf
    sure, positive = y != 0.5, y > 0.5
    w, b = linear_scores(table, y, weight * (1 - torch.eye(len(y))))
    up, down = w.clamp_min(0), (-w).clamp_min(0)
    score = (torch.cat([up, down], 1) * table).sum(1) + b
    loss = F.binary_cross_entropy_with_logits(score, positive.float(), reduction="none")
    odd = loss.masked_fill(~sure, -1).topk(odd_ones(y[sure])).indices
    sure[odd] = False
    return 0.5 * float(loss[sure & positive].mean() + loss[sure & ~positive].mean())
