"""What an encoder learns beside the labels: reconstruction and masks, as a term of training."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
"""Slices of the labelled and as many of the unlabelled series that are rebuilt in a step (half as
many where masks are learned); more take their time in proportion, and the next step draws others.
"""
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
        groups: Sequence[Mapping[str, Tensor]] = (step.inputs, step.others)
        if self.code.masks or self.judge is not None:
            is_alone = self.judge is None and not model.rebuilders
            groups, n = together(replace(step, others={}) if is_alone else step)
            if DRAWN in groups[0]:
                total = total + self._masks(model, groups, n)
        if self.code.is_hybrid or not self.code.pretrain:
            for inputs in groups:
                if inputs:
                    total = total + rebuild_loss(model, inputs, self.code)
        return total

    def _masks(self, model: Model, groups: Sequence[Mapping[str, Tensor]], n: int) -> Tensor:
        """Dice on slices that a reader drew on, and the judge's word on the last ones from n on."""
        masks = groups[0][DRAWN]
        at = (masks >= 0).flatten(1).any(1)
        p = [torch.sigmoid(scores_of(model(inputs), self.pool)) for inputs in groups]
        known = masks[at] >= 0  # (R, K, 1, 1) is False for a finding that no one drew
        truth = masks[at].clamp_min(0)
        total = self.code.masks * dice_loss(p[0][at] * known, truth)
        if self.judge is not None:
            price, own = self.judge.cost(truth, p[-1][n:])
            total = total + self.code.adversary * price + own
        return total


def together(step: Step) -> tuple[list[dict[str, Tensor]], int]:
    """Slices of labelled and unlabelled series in one batch where their sizes allow, else in two.

    Batch norm then takes what was drawn on and what was not alike.

    Returns:
        Batches, the labelled ones with ``DRAWN`` if there is any, and the index in the last batch
        from which on slices are those of unlabelled series; 0 if there are none of those.
    """
    drawn = dict(drawings(step.labelled, step.inputs))
    n = len(next(iter(step.inputs.values())))
    # What was drawn is dear: it comes first.
    order = [*drawn, *(k for k in torch.randperm(n).tolist() if k not in drawn)][: SLICES // 2]
    known = {name: x[order] for name, x in step.inputs.items()}
    others = some_slices(step.others, SLICES // 2) if step.others else {}
    whole = {k: drawn[at] for k, at in enumerate(order) if at in drawn}
    if all(name in others and x.shape[1:] == others[name].shape[1:] for name, x in known.items()):
        both = {name: torch.cat([x, others[name]]) for name, x in known.items()}
        return [with_drawn(both, whole)], len(order)
    return [with_drawn(known, whole), *([others] if others else [])], 0


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


def with_drawn(inputs: Mapping[str, Tensor], drawn: Mapping[int, Tensor]) -> dict[str, Tensor]:
    """Maps of slices with what was drawn on some of them; see ``DRAWN``."""
    if not drawn:
        return dict(inputs)
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


def some_slices(maps: Mapping[str, Tensor], most: int = SLICES) -> dict[str, Tensor]:
    """At most so many slices, drawn at random."""
    n = len(next(iter(maps.values())))
    if n <= most:
        return dict(maps)
    at = torch.randperm(n)[:most]
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
