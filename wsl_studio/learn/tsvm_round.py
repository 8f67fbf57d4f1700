"""A transductive machine as the training of a round: mean features in, head weights out."""

from collections.abc import Callable, Generator, Sequence

import numpy as np
import torch
from torch import Tensor

from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Epoch, Event, Said
from wsl_studio.domain.words import say
from wsl_studio.learn.bags import Balance, Labelled, Maps
from wsl_studio.learn.calibrate import FEW_ANSWERS, fit_platt
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.model import Model
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.svm import Floats, Machine
from wsl_studio.learn.svm_round import SLICES, Pace, write_machines
from wsl_studio.learn.train import Trained, validate, validation_auc, validation_loss
from wsl_studio.learn.tsvm import transduce

PRICES = 18
"""Doublings from the first price of an unlabelled series to the whole one, and the labelled fit."""


def train_tsvm(
    make_model: Callable[[int], Model],
    training: Sequence[Labelled],
    validation: Sequence[Labelled],
    *,
    findings: Sequence[str],
    recipe: Recipe,
    seed: int,  # noqa: ARG001 - nothing is drawn
    device: torch.device,
    keeper: Keeper,  # noqa: ARG001 - train.train has one
    epochs: int,  # noqa: ARG001 - prices, not epochs
    should_stop: Callable[[], bool] = lambda: False,
    unlabelled: Sequence[Labelled] = (),
) -> Generator[Event, None, Trained]:
    """Fits a machine a finding on the mean feature of every series.

    A linear machine on means is a linear score of regions under mean pooling, so it is written
    into the heads and its evidence is exact. An epoch is a price of the unlabelled series.
    """
    model, maps = make_model(0).eval(), Maps(device)
    balance = Balance.of(training, is_on=recipe.fit.is_balanced)
    pace = Pace(PRICES + 1, should_stop)
    machines: list[Machine | None] = [None] * len(findings)
    write_machines(model, machines)
    yield _epoch(0, model, training, validation, maps, recipe, findings, balance, {})
    table = []
    for bag in (*training, *unlabelled):
        table.append(mean_region(model, maps.of(bag.uid, bag.features)))
        yield from pace.report(say("looking at all series"))
    x = np.stack(table)
    works, counts = {}, {}
    for k, finding in enumerate(findings):
        side = np.array([_side(bag, k) for bag in training])
        if set(side) - {0.0} != {1.0, -1.0}:
            yield Said(sentence=f"{finding}: a series with and one without it are needed.")
            continue
        known = np.flatnonzero(side)
        every = (*training, *unlabelled)
        free = [i for i, b in enumerate(every) if b.is_open is not None and b.is_open[k]]
        up = side[known] > 0
        fair = np.where(up, float(balance.present[k]), float(balance.absent[k]))
        sure = [
            abs(2 * float(training[int(i)].value[k]) - 1) * float(training[int(i)].weight[k])
            for i in known
        ]
        works[k] = transduce(
            x[known], side[known], x[free], recipe.svm, recipe.semi, fair * np.array(sure)
        )
        counts[finding] = len(free)
    for price in range(1, PRICES + 1):
        is_over = True
        for k, work in works.items():
            for stage in work:
                yield from pace.report(say("fitting machines"))
                if stage is not None:
                    machines[k], is_over = stage.machine, False
                if stage is not None or pace.was_stopped:
                    break
        if is_over:
            break
        write_machines(model, machines)
        curves = _curves(model, training, validation, maps, recipe, len(findings))
        write_machines(model, [m and m.as_logit(*curves[k]) for k, m in enumerate(machines)])
        yield _epoch(price, model, training, validation, maps, recipe, findings, balance,
                     counts if price > 1 else {})  # fmt: skip
        pace.epoch = price
        if pace.was_stopped:
            break
    return Trained(Ensemble([model]), pace.was_stopped)


def mean_region(model: Model, maps: dict[str, Tensor]) -> Floats:
    """(D,) mean of the standardised features of all regions of a series."""
    n = len(next(iter(maps.values())))
    total, count = torch.zeros(()), 0
    with torch.inference_mode():
        for first in range(0, n, SLICES):
            x = model.regions({name: y[first : first + SLICES] for name, y in maps.items()})
            total = total + x.double().sum((0, 2, 3)).cpu()
            count += x.shape[0] * x.shape[2] * x.shape[3]
    return np.asarray((total / count).numpy())


def _side(bag: Labelled, k: int) -> float:
    """1 present, -1 absent, 0 without a label or uncertain."""
    if bag.weight[k] <= 0 or bag.value[k] == 0.5:
        return 0.0
    return 1.0 if bag.value[k] > 0.5 else -1.0


def _curves(
    model: Model,
    training: Sequence[Labelled],
    validation: Sequence[Labelled],
    maps: Maps,
    recipe: Recipe,
    findings: int,
) -> list[tuple[float, float]]:
    """Platt's slope and offset by finding, from validation where it has enough answers."""
    out = []
    scored = [(bags, validate(model, bags, maps, recipe)) for bags in (validation, training)]
    for k in range(findings):
        for bags, score in scored:
            side = np.array([_side(bag, k) for bag in bags])
            if min((side > 0).sum(), (side < 0).sum()) >= (
                FEW_ANSWERS if bags is validation else 1
            ):
                at = np.flatnonzero(side)
                out.append(fit_platt(score[at, k].numpy(), side[at] > 0))
                break
        else:
            out.append((1.0, 0.0))
    return out


def _epoch(
    price: int,
    model: Model,
    training: Sequence[Labelled],
    validation: Sequence[Labelled],
    maps: Maps,
    recipe: Recipe,
    findings: Sequence[str],
    balance: Balance,
    counts: dict[str, int],
) -> Epoch:
    seen, found = (validate(model, bags, maps, recipe) for bags in (training, validation))
    return Epoch(
        epoch=price + 1,
        epochs=PRICES + 1,
        train_loss=validation_loss(seen, training, balance) or 0.0,
        validation_loss=validation_loss(found, validation, balance),
        validation_auc=validation_auc(found, validation, findings),
        is_best=True,
        pseudo=counts,
    )
