"""Members of a round trained side by side: one large convolution instead of many small ones."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Recipe
from wsl_studio.learn.model import LevelHead, Model, centred


class JointHead(nn.Module):
    """Heads of one level, of equal shape, that read its map once.

    Each layer of theirs is one tensor here, of which every head holds its part: what it learns,
    they learn. In training scores of all heads, in evaluation their mean. Input channels are
    dropped for each head and step, not for each bag: a dropped channel then is a weight that is 0.

    Args:
        heads: Each a finding layer, with or without a hidden one, and nothing beside it; those
            that look at the same channels one after the other.
        places: Which of the M members each of them is; the others do not look at this level, and
            say 0 of it.
        members: M.
    """

    def __init__(self, heads: Sequence[LevelHead], places: Sequence[int], members: int) -> None:
        super().__init__()
        drop, first = heads[0].layers[0], heads[0].layers[1]
        assert isinstance(drop, nn.Dropout2d)
        assert isinstance(first, nn.Conv2d)
        self.p, self.padding = drop.p, first.padding
        self.findings, self.places, self.members = heads[0].findings, list(places), members
        self.mean, self.deviation = heads[0].mean, heads[0].deviation
        self.centre = heads[0].centre
        self.gates = torch.stack([head.gate for head in heads])[..., None, None]
        alike = [list(same) for _, same in groupby(heads, lambda head: head.seen)]
        self.seen = [(same[0].seen, len(same)) for same in alike]
        joined = [_joined(same, 1) for same in alike]
        self.weights = nn.ParameterList([weight for weight, _ in joined])
        self.biases = nn.ParameterList([bias for _, bias in joined])
        self.last = nn.ParameterList(_joined(heads, -1) if heads[0].has_hidden else [])

    def forward(self, x: Tensor, n_bags: int = 1) -> Tensor:
        """(N, C, h, w) to (M N, K, h, w), head by head, in training; else to (N, K, h, w)."""
        del n_bags
        y = torch.cat([self._first(x, k) for k in range(len(self.seen))], 1)
        y = y.view(len(y), len(self.gates), -1, *y.shape[2:])  # (N, heads, H, h, w)
        z = self._findings(F.relu(y)) if self.last else y
        n, m, _, h, w = z.shape
        z = z.view(n, m, self.findings, -1, h, w).mean(3) * self.gates
        if not self.training:
            return z.sum(1) / self.members
        if m < self.members:
            z = z.new_zeros(n, self.members, self.findings, h, w).index_copy(
                1, torch.tensor(self.places, device=z.device), z
            )
        return z.transpose(0, 1).flatten(0, 1)

    def _first(self, x: Tensor, k: int) -> Tensor:
        """First layer of the heads that look at the same channels, the k-th such lot.

        Standardised by way of the weights: channels that are 0 beyond the border must have their
        mean taken off before, but need not be divided.
        """
        seen, heads = self.seen[k]
        weight = self.weights[k]
        each = weight.view(heads, -1, *weight.shape[1:])  # (heads, out, C, k, k)
        kept = F.dropout(each.new_ones(heads, 1, each.shape[2], 1, 1), self.p, self.training)
        each = each * (kept / self.deviation[seen, None, None])
        # Cached maps have channels last in memory; gradients behind this one come channels first.
        own = (centred(x[:, seen], self.centre) - self.mean[seen, None, None]).contiguous()
        return F.conv2d(own, each.flatten(0, 1), self.biases[k], padding=self.padding)

    def _findings(self, y: Tensor) -> Tensor:
        """(N, heads, H, h, w) hidden maps to (N, heads, out, h, w), channels dropped by bag.

        One product for every bag and head, with dropped channels as weights that are 0: a grouped
        convolution behind a dropout went over the maps three times, a seventh of a step.
        """
        n, m, hidden, h, w = y.shape
        weight, bias = self.last
        kept = weight.new_ones(n, m, 1, hidden)
        each = weight.view(m, -1, hidden) * F.dropout(kept, self.p, self.training)
        z: Tensor = each @ y.flatten(3) + bias.view(m, -1, 1)
        return z.view(n, m, -1, h, w)


def _joined(heads: Sequence[LevelHead], at: int) -> list[nn.Parameter]:
    """Weight and bias of one layer of all heads, of which each head's become a part.

    Put together anew in every step, weights of 13 heads took an eighth of it.
    """
    out = []
    for name in ("weight", "bias"):
        own = [getattr(head.layers[at], name) for head in heads]
        whole = nn.Parameter(torch.cat([one.detach() for one in own]))
        parts = torch.split(whole.detach(), [len(one) for one in own])
        for one, part in zip(own, parts, strict=True):
            one.data = part
        out.append(whole)
    return out


def join(members: Sequence[Model], shell: Model) -> Model:
    """A model whose heads are those of the members, side by side.

    Args:
        members: Keep their heads, which the joint model trains; they get its backbone.
        shell: One more of their kind, which gives its own heads away.
    """
    # Members may look at some levels each; all of them together look at all.
    shell.grids = {level: grid for member in members for level, grid in member.grids.items()}
    shell.levels = sorted(shell.grids, key=lambda level: (shell.grids[level].stride, level))
    shell.deep = tuple(dict.fromkeys(level for member in members for level in member.deep))
    heads: dict[str, nn.Module] = {}
    for level in shell.levels:
        places = [k for k, member in enumerate(members) if level in member.levels]
        looking = [members[k].heads[level] for k in places]
        heads[level] = JointHead(looking, places, len(members))  # type: ignore[arg-type]
    shell.heads = nn.ModuleDict(heads)
    shell.copies = len(members)
    share_backbone(members, shell)
    return shell


def share_backbone(members: Sequence[Model], one: Model) -> None:
    """Members that were trained side by side have one backbone, which is then held and run once."""
    for member in members:
        member.backbone = one.backbone


def to_train(
    make_model: Callable[[int], Model], recipe: Recipe
) -> Iterator[tuple[Model, list[Model]]]:
    """Every model that a round trains, one after the other, with the members it stands for."""
    if recipe.is_joint:
        members = [make_model(member) for member in range(recipe.fit.members)]
        yield join(members, make_model(0)), members
        return
    for member in range(recipe.fit.members):
        model = make_model(member)
        yield model, [model]
