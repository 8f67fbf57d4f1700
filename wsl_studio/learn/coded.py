"""What an encoder learns beside the labels: reconstruction and masks, as a term of training."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import torch
from torch import Tensor

from wsl_studio.domain.code import Code
from wsl_studio.domain.recipe import Recipe
from wsl_studio.learn.bags import Labelled
from wsl_studio.learn.encode import Coder
from wsl_studio.learn.factors import MaskJudge, dice_loss, sight
from wsl_studio.learn.model import LevelHead, Model, resample
from wsl_studio.learn.pool import scores_of
from wsl_studio.learn.rebuild import Rebuilder
from wsl_studio.learn.unlabelled import MAKERS, Step, Term

SLICES: Final = 16
"""Slices of the labelled and as many of the unlabelled series that are rebuilt in a step; more
take their time in proportion, and the next step draws others."""
DRAWN: Final = "drawn"
"""Name under which (N, K, h, w) masks by readers go with the maps of their slices, on the finest
grid; -1 all over for a finding that nobody drew on a slice."""


class Sighted(Coder):
    """An encoder whose code is what a painter sees that sees the findings (``factors.sight``).

    Args:
        head: Encodes, and reads the findings off the code.
        drawn: (N, K, h, w) of the slices to come, on the grid of the code, or None.
    """

    def __init__(self, head: LevelHead, drawn: Tensor | None) -> None:
        super().__init__()
        self.head, self.drawn = head, drawn

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, h, w) to (N, MAPS + K, h, w)."""
        assert self.head.coder is not None
        code = self.head.coder(x)
        return sight(code, self.head.read(code)[:, : self.head.findings], self.drawn)


class CodeTerm(Term):
    """Reconstruction of labelled and unlabelled series, and masks where readers drew some.

    Args:
        recipe: Weights, and what there is.
        findings: K.
    """

    def __init__(self, recipe: Recipe, findings: int) -> None:
        super().__init__()
        self.code, self.pool = recipe.code, recipe.pool
        self.judge = MaskJudge(findings) if recipe.code.adversary > 0 else None

    def loss(self, model: Model, step: Step) -> Tensor:
        """See the base."""
        total = next(model.parameters()).new_zeros(())
        drawn = dict(drawings(step.labelled, step.inputs))
        if self.code.is_hybrid or not self.code.pretrain:
            for inputs in (with_drawn(step.inputs, drawn), step.others):
                if inputs:
                    total = total + rebuild_loss(model, inputs, self.code)
        if drawn and (self.code.masks or self.judge is not None):
            total = total + self._masks(model, step, drawn)
        return total

    def _masks(self, model: Model, step: Step, drawn: Mapping[int, Tensor]) -> Tensor:
        """Dice on slices that a reader drew on, and the judge's word on those nobody drew on."""
        total = next(model.parameters()).new_zeros(())
        masks = torch.stack(list(drawn.values())).to(total.device)
        some = {name: x[list(drawn)] for name, x in step.inputs.items()}
        z = scores_of(model(some), self.pool)
        known = masks >= 0  # (R, K, 1, 1) is False for a finding that no one drew
        p, truth = torch.sigmoid(z) * known, masks.clamp_min(0)
        total = total + self.code.masks * dice_loss(p, truth)
        if self.judge is not None:
            free = step.others or step.inputs
            made = torch.sigmoid(scores_of(model(some_slices(free)), self.pool))
            price, own = self.judge.cost(truth, made)
            total = total + self.code.adversary * price + own
        return total


def drawings(
    bags: Sequence[Labelled], inputs: Mapping[str, Tensor]
) -> Iterator[tuple[int, Tensor]]:
    """Slices with a box, scribble or range on them: where they lie in ``inputs``, and the mask.

    Yields:
        Index along the first axis, and (K, h, w) float: 1 inside what is answered present, 0
        outside, -1 all over for a finding that nobody drew on this slice.
    """
    each = len(next(iter(inputs.values()))) // max(1, len(bags))
    for b, bag in enumerate(bags):
        if bag.regions is None:
            continue
        inside, present = bag.regions.inside, bag.regions.value > 0.5
        for s in range(inside.shape[1]):
            mask = torch.full((len(bag.value), *inside.shape[2:]), -1.0)
            for r in torch.nonzero(inside[:, s].flatten(1).any(1))[:, 0].tolist():
                whole = bool(inside[r, s].all())
                if whole and bool(present[r]):
                    continue  # a slice range says that it is there, not where
                k = int(bag.regions.finding[r])
                mask[k].clamp_(min=0)
                mask[k] += (inside[r, s] & present[r]) * (1 - mask[k])
            if bool((mask >= 0).any()):
                yield b * each + s, mask


def with_drawn(inputs: Mapping[str, Tensor], drawn: Mapping[int, Tensor]) -> Mapping[str, Tensor]:
    """Maps of slices with what was drawn on some of them; see ``DRAWN``."""
    if not drawn:
        return inputs
    first = next(iter(inputs.values()))
    masks = torch.full((len(first), *next(iter(drawn.values())).shape), -1.0)
    for at, mask in drawn.items():
        masks[at] = mask
    return {**inputs, DRAWN: masks.to(first.device)}


def rebuild_loss(model: Model, maps: Mapping[str, Tensor], code: Code) -> Tensor:
    """Weighted reconstruction of some slices, over all levels that have a decoder.

    Args:
        model: In training.
        maps: Of any series, slices along the first axis; with ``DRAWN`` or without.
        code: Weights.
    """
    total = next(model.parameters()).new_zeros(())
    for coder, rebuilder, x in inputs_of(model, some_slices(maps)):
        costs = rebuilder.costs(coder, x)
        total = total + code.rebuild * costs["rebuild"] + code.layers * costs["layers"]
    return total


def inputs_of(
    model: Model, maps: Mapping[str, Tensor]
) -> Iterator[tuple[Coder, Rebuilder, Tensor]]:
    """Encoder, decoder and standardised (N, C, h, w) input of every level that has a decoder.

    Of a decoder that sees the findings too, the encoder hands on those as well (``Sighted``).
    """
    ready = model.level_maps(maps)
    for level, rebuilder in model.rebuilders.items():
        head = model.heads[level]
        assert isinstance(head, LevelHead)
        assert head.coder is not None
        assert isinstance(rebuilder, Rebuilder)
        x = head.standardised(ready[level]).contiguous()
        coder: Coder = head.coder
        if rebuilder.sees_findings:
            drawn = maps.get(DRAWN)
            if drawn is not None:
                size = (x.shape[-2], x.shape[-1])
                drawn = resample(drawn, model.finest, model.grids[level], size).round()
            coder = Sighted(head, drawn)
        yield coder, rebuilder, x


def some_slices(maps: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """At most ``SLICES`` slices, drawn at random."""
    n = len(next(iter(maps.values())))
    if n <= SLICES:
        return dict(maps)
    at = torch.randperm(n)[:SLICES]
    return {name: x[at.to(x.device)] for name, x in maps.items()}


def make_term(recipe: Recipe, model: Model, _: Sequence[Labelled]) -> Term | None:
    """The term of a recipe with an encoder that learns without labels."""
    code = recipe.code
    if not (model.rebuilders or code.masks or code.adversary):
        return None
    head = next(iter(model.heads.values()))
    assert isinstance(head, LevelHead)
    return CodeTerm(recipe, head.findings).to(next(model.parameters()).device)


MAKERS["code"] = make_term
