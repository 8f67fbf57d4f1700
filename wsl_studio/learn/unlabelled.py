"""Series without labels in training: as bags beside the labelled ones, and terms that see them.

A term is a module under ``Model.aside``: its weights and buffers are trained, kept and resumed with
those of the model, and leave it when a member is done. ``MAKERS`` lists who may add one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Manifest
from wsl_studio.learn.bags import Balance, Labelled, Maps, steps
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.model import Model


def opened(bag: Labelled, manifest: Manifest) -> Labelled:
    """A training bag that says which of its findings may be guessed."""
    vetoed = {finding for uid, finding in manifest.vetoed if uid == bag.uid}
    is_allowed = torch.tensor([finding not in vetoed for finding in manifest.findings])
    return replace(bag, is_open=(bag.weight == 0) & is_allowed)


def unlabelled(manifest: Manifest, features: Mapping[str, SeriesFeatures]) -> list[Labelled]:
    """Bags of weight 0 for the unlabelled series of training patients that could be read."""
    nothing = torch.zeros(len(manifest.findings))
    return [
        opened(Labelled(uid, features[uid], nothing + 0.5, nothing), manifest)
        for uid in manifest.unlabelled
        if uid in features
    ]


def is_open(bag: Labelled) -> bool:
    """True if training may guess an answer of the bag."""
    return bag.is_open is not None and bool(bag.is_open.any())


@dataclass(frozen=True, eq=False)
class Step:
    """What a term sees of one step of the optimiser.

    Args:
        labelled: Bags of equal shape, with labels.
        inputs: Their maps, slices of all bags along the first axis.
        unlabelled: Bags of equal shape, without.
        others: Their maps.
        epoch: From 0.
        epochs: At most.
        balance: Of the training bags.
    """

    labelled: Sequence[Labelled]
    inputs: Mapping[str, Tensor]
    unlabelled: Sequence[Labelled]
    others: Mapping[str, Tensor]
    epoch: int
    epochs: int
    balance: Balance


class Term(nn.Module):
    """A loss term beside those of the labels."""

    def loss(self, model: Model, step: Step) -> Tensor:
        """Its part of the loss of a step, weighted; gradients go to the model and to itself."""
        raise NotImplementedError

    def after_step(self, model: Model) -> None:
        """After the optimiser changed the model (a teacher follows)."""

    def teacher(self, model: Model) -> Model | None:  # noqa: ARG002 - for those that have one
        """Whose weights are judged on validation and kept; None for the model's own."""
        return None


Maker = Callable[[Recipe, Model, Sequence[Labelled]], Term | None]
MAKERS: Final[dict[str, Maker]] = {}
"""By name: from the recipe, a new model on its device and all bags of training (labelled and
unlabelled) to a term; None where the recipe asks for none."""


def attach(model: Model, recipe: Recipe, bags: Sequence[Labelled]) -> None:
    """Gives a model the terms of its recipe."""
    for name, make in MAKERS.items():
        term = make(recipe, model, bags)
        if term is not None:
            model.aside[name] = term


def terms(model: Model) -> list[Term]:
    """The terms of a model."""
    return [term for term in model.aside.values() if isinstance(term, Term)]


def judged(model: Model) -> Model:
    """The weights that a round would keep: a teacher's, or the model's own."""
    found = (term.teacher(model) for term in terms(model))
    return next((teacher for teacher in found if teacher is not None), model)


def detach(model: Model) -> None:
    """Gives a model the weights that are kept, and takes its terms away."""
    kept = judged(model)
    if kept is not model:
        state = {k: x for k, x in kept.state_dict().items() if not k.startswith("aside.")}
        model.load_state_dict(state, strict=False)
    model.aside.clear()


class Stream:
    """Groups of unlabelled bags without end, every bag once before any comes again.

    Args:
        bags: Unlabelled.
        per_step: Bags of a group, at most.
        maps: Holds their features.
    """

    def __init__(self, bags: Sequence[Labelled], per_step: int, maps: Maps) -> None:
        self._bags, self._per_step, self._maps = bags, per_step, maps

    def epoch(self, rng: np.random.Generator) -> Iterator[tuple[list[Labelled], dict[str, Tensor]]]:
        """Groups with their maps; empty ones where there is no unlabelled bag."""
        while True:
            if not self._bags:
                yield [], {}
                continue
            for group in steps(self._bags, self._per_step, rng):
                yield group, self._maps.stacked(group)


def add_gradient(model: Model, step: Step) -> float:
    """Adds the gradient of all terms to that of the labels; their sum."""
    total = 0.0
    for term in terms(model):
        loss = term.loss(model, step)
        if loss.requires_grad:
            # The loss is a mean over members trained side by side, steps are each's own.
            torch.autograd.backward(loss * model.copies)
        total += float(loss.detach())
    return total
