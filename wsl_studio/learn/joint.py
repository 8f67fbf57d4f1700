"""Members of a round trained side by side: one large convolution instead of many small ones."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Recipe
from wsl_studio.learn.model import LevelHead, Model


class JointHead(nn.Module):
    """Heads of one level, of equal shape, that read its map once.

    In training scores of all heads, in evaluation their mean. Input channels are dropped for each
    head and step, not for each bag: a dropped channel then is a weight that is 0.

    Args:
        heads: Each a finding layer, with or without a hidden one, and nothing beside it; those
            that look at the same channels one after the other.
        places: Which of the M members each of them is; the others do not look at this level, and
            say 0 of it.
        members: M.
    """

    def __init__(self, heads: Sequence[LevelHead], places: Sequence[int], members: int) -> None:
        super().__init__()
        self.heads = nn.ModuleList(heads)
        self.places, self.members = list(places), members

    def forward(self, x: Tensor, n_bags: int = 1) -> Tensor:
        """(N, C, h, w) to (M N, K, h, w), head by head, in training; else to (N, K, h, w)."""
        del n_bags
        heads = [head for head in self.heads if isinstance(head, LevelHead)]
        first = heads[0]
        drop, layer = first.layers[0], first.layers[1]
        assert isinstance(drop, nn.Dropout2d)
        assert isinstance(layer, nn.Conv2d)
        x = first.standardised(x)
        parts = []
        for seen, alike in groupby(heads, lambda head: head.seen):
            weight, bias = _stacked(same := list(alike), 1)
            each = weight.view(len(same), -1, *weight.shape[1:])  # (heads, out, C, k, k)
            kept = each.new_ones(len(same), 1, each.shape[2], 1, 1)
            each = each * F.dropout(kept, drop.p, self.training)
            y = F.conv2d(x[:, seen].contiguous(), each.flatten(0, 1), bias, padding=layer.padding)
            n, _, h, w = y.shape
            y = y.view(n, len(same), -1, h, w)
            y = self._findings(same, F.relu(y), drop.p) if first.has_hidden else y
            parts.append(y.view(n, len(same), first.findings, -1, h, w).mean(3))
        z = torch.cat(parts, 1) * torch.stack([head.gate for head in heads])[..., None, None]
        if not self.training:
            return z.sum(1) / self.members
        if len(self.places) < self.members:
            n, _, k, h, w = z.shape
            z = z.new_zeros(n, self.members, k, h, w).index_copy(
                1, torch.tensor(self.places, device=z.device), z
            )
        return z.transpose(0, 1).flatten(0, 1)

    def _findings(self, heads: Sequence[LevelHead], y: Tensor, p: float) -> Tensor:
        """(N, heads, H, h, w) hidden maps to (N, heads, out, h, w), channels dropped by bag.

        One product for every bag and head, with dropped channels as weights that are 0: a grouped
        convolution behind a dropout went over the maps three times, a seventh of a step.
        """
        weight, bias = _stacked(heads, -1)
        n, m, hidden, h, w = y.shape
        each = weight.view(m, -1, hidden)
        kept = each.new_ones(n, m, 1, hidden)
        z = (each * F.dropout(kept, p, self.training)) @ y.flatten(3)
        return (z + bias.view(m, -1, 1)).view(n, m, -1, h, w)


def _stacked(heads: Sequence[LevelHead], at: int) -> tuple[Tensor, Tensor]:
    """Weights and biases of one layer of all heads."""
    layers = [head.layers[at] for head in heads]
    weights = torch.cat([layer.weight for layer in layers])  # type: ignore[misc]
    return weights, torch.cat([layer.bias for layer in layers])  # type: ignore[misc]


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
