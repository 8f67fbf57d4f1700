"""Before the labels: an encoder learns from every series of the training patients without them."""

import time
from collections.abc import Callable, Generator, Sequence
from typing import Final

import numpy as np
import torch
from torch import Tensor

from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Event, Reported
from wsl_studio.learn.adam import Adam
from wsl_studio.learn.bags import Labelled, Maps, steps
from wsl_studio.learn.coded import inputs_of, rebuild_loss, some_slices
from wsl_studio.learn.encode import Coder, Linear
from wsl_studio.learn.linear_code import fit_linear
from wsl_studio.learn.model import LevelHead, Model
from wsl_studio.learn.pretext import Question, make_questions
from wsl_studio.learn.rebuild import AutoEncoder

RATE: Final = 2e-3
REGIONS: Final = 4096
"""Regions that a linear code is fitted on."""
REPORT_S: Final = 0.1


def pretrain(
    model: Model,
    bags: Sequence[Labelled],
    recipe: Recipe,
    maps: Maps,
    *,
    seed: int,
    member: int,
    should_stop: Callable[[], bool] = lambda: False,
) -> Generator[Event, None, None]:
    """Teaches the encoders of a model without labels; heads and labels are not touched.

    What is random comes from (seed, member, epoch), so a round that was killed in it begins again
    and arrives at the same weights.

    Args:
        model: New, on the device.
        bags: Of training patients, labelled or not.
        recipe: With ``code.pretrain`` epochs.
        maps: Of the bags.
        seed: Of the round.
        member: From 0.
        should_stop: Asked between steps.
    """
    code, reported = recipe.code, 0.0
    if not code.pretrain:
        return
    coders = {
        level: (head.coder, len(head.mean))
        for level, head in model.heads.items()
        if isinstance(head, LevelHead) and head.coder is not None
    }
    questions = make_questions(code, coders)
    for question in questions.values():
        question.to(maps.device)
    optimiser = Adam(
        [
            parameter
            for part in (
                *(coder for coder, _ in coders.values()),
                *model.rebuilders.values(),
                *questions.values(),
            )
            for parameter in part.parameters()
        ],
        RATE,
        weight_decay=1e-4,
    )
    model.train()
    if code.encoder == "linear":
        yield Reported(stage="learning without labels", done=0, total=1)
        torch.manual_seed(seed + member)
        _solve_linear(model, bags, maps, seed + member)
        return
    for epoch in range(code.pretrain):
        rng = np.random.default_rng((seed, member, epoch, 2))
        torch.manual_seed(int(rng.integers(2**62)))
        for group in steps(bags, recipe.fit.bags_per_step, rng):
            loss = _loss(model, maps.stacked(group), group, recipe, questions, epoch)
            if loss.requires_grad:
                optimiser.zero_grad()
                torch.autograd.backward(loss)
                optimiser.step()
            if time.monotonic() - reported > REPORT_S:
                reported = time.monotonic()
                yield Reported(stage="learning without labels", done=epoch, total=code.pretrain)
            if should_stop():
                return


def _loss(
    model: Model,
    inputs: dict[str, Tensor],
    group: Sequence[Labelled],
    recipe: Recipe,
    questions: dict[str, Question],
    epoch: int,
) -> Tensor:
    code = recipe.code
    if questions:
        ready = model.level_maps(inputs)
        colours = torch.tensor([bag.features.is_colour for bag in group])
        each = []
        for level, question in questions.items():
            head = model.heads[level]
            assert isinstance(head, LevelHead)
            assert head.coder is not None
            x = head.standardised(ready[level]).contiguous()
            by_bag = x.view(len(group), -1, *x.shape[1:])
            each.append(question.cost(head.coder, by_bag, colours.to(x.device)))
        return torch.stack(each).sum()
    if not code.is_layerwise:
        return rebuild_loss(model, inputs, code)
    stage = epoch * len(code.channels) // code.pretrain
    costs = [
        rebuilder.layer_costs(coder, x)[stage]
        for coder, rebuilder, x in inputs_of(model, some_slices(inputs))
        if isinstance(rebuilder, AutoEncoder)
    ]
    return torch.stack(costs).sum()


@torch.no_grad()
def _solve_linear(model: Model, bags: Sequence[Labelled], maps: Maps, seed: int) -> None:
    """Gives linear encoders and decoders the weights that L-BFGS finds on all bags."""
    rows: dict[int, list[Tensor]] = {}
    pairs: list[tuple[Coder, AutoEncoder]] = []
    for bag in bags:
        found = inputs_of(model, some_slices(maps.of(bag.uid, bag.features)))
        pairs = []
        for i, (coder, rebuilder, x) in enumerate(found):
            assert isinstance(rebuilder, AutoEncoder)
            pairs.append((coder, rebuilder))
            flat = x.transpose(0, 1).flatten(1).t()  # (regions, C)
            keep = torch.randperm(len(flat))[: 1 + REGIONS // len(bags)]
            rows.setdefault(i, []).append(flat[keep.to(flat.device)])
    for i, (coder, rebuilder) in enumerate(pairs):
        assert isinstance(coder, Linear)
        found_code = fit_linear(torch.cat(rows[i]), coder.channels, seed=seed)
        decoder = rebuilder.decoder
        assert isinstance(decoder, torch.nn.Conv2d)
        assert decoder.bias is not None
        assert coder.layer.bias is not None
        coder.layer.weight.copy_(found_code.w[..., None, None])
        coder.layer.bias.copy_(found_code.b)
        decoder.weight.copy_(found_code.v[..., None, None])
        decoder.bias.copy_(found_code.c)
