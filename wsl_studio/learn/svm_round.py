"""A support vector machine as the training of a round: regions in, head weights out.

A bag may have hundreds of thousands of regions. A machine is fitted on some thousand of them: of
each bag a seeded sample, which keeps the bulk of easy regions in sight, and a cache of those that
scored highest when all regions were last looked at. The objective asks for the strongest region of
a bag and for those beyond their margin, so the cache holds what matters (hard-negative mining,
Felzenszwalb et al. 2010, section 4.4); where every region fits, the result is exact.
"""

import time
import zlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor

from wsl_studio.domain.recipe import Recipe, Svm
from wsl_studio.domain.round import Epoch, Event, Reported, Said
from wsl_studio.domain.words import say
from wsl_studio.learn import svm
from wsl_studio.learn.bags import Balance, Labelled, Maps
from wsl_studio.learn.calibrate import FEW_ANSWERS, fit_platt
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.model import LevelHead, Model
from wsl_studio.learn.start import last_layer
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.train import REPORT_S, Trained, validate, validation_auc, validation_loss

LEAST: Final = 16
"""Regions of a bag, however many bags there are."""
SLICES: Final = 8
"""Slices whose regions are joined at once: 147 000 regions of 130 channels would be 77 MB."""
SETTLED: Final = 1e-3
"""Relative change of the objective below which a look at all regions has brought nothing new."""


@dataclass(eq=False)
class Held:
    """Regions of a bag that the machine is fitted on.

    Args:
        sample: Rows that always stay, of the (S h w) regions.
        rows: (n,) those and the hardest.
        x: (n, D) their standardised features.
    """

    sample: svm.Rows
    rows: svm.Rows
    x: svm.Floats


def train_svm(
    make_model: Callable[[int], Model],
    training: Sequence[Labelled],
    validation: Sequence[Labelled],
    *,
    findings: Sequence[str],
    recipe: Recipe,
    seed: int,
    device: torch.device,
    keeper: Keeper,  # noqa: ARG001 - train.train has one
    epochs: int,
    should_stop: Callable[[], bool] = lambda: False,
    is_warm: bool = False,
    unlabelled: Sequence[Labelled] = (),  # noqa: ARG001 - train.train has them
) -> Generator[Event, None, Trained]:
    """Fits a machine a finding; it can take the place of ``train.train``.

    An epoch is a round of relabelling; the first one is the start. Findings without a label are
    left out of a bag, and so are uncertain ones: a machine knows two sides. Slice ranges and boxes
    are not used. Margins become logits by Platt's curve. A killed round starts again, which gives
    the same weights: nothing is drawn but the sample, from the seed and the bag's name.

    Args:
        make_model: New model, on the device, its inputs standardised.
        training: Bags with labels, at least one.
        validation: Bags with labels; they only set the zero of the scores.
        findings: K names.
        recipe: With the machine.
        seed: Of the samples.
        device: Where.
        keeper: Not used.
        epochs: Rounds of relabelling, at most.
        should_stop: Asked between steps; the machines so far are kept.
        is_warm: The model's weights give the first labels.
        unlabelled: Not used.
    """
    model = make_model(0).eval()
    balance = Balance.of(training, is_on=recipe.fit.is_balanced)
    maps, pace = Maps(device), Pace(epochs, should_stop)
    if not is_warm:
        write_machines(model, [None] * len(findings))
    every = range(len(findings))
    usable = [k for k in every if _sides(training, k) == {1.0, -1.0}]
    for k in set(every) - set(usable):
        yield Said(sentence=f"{findings[k]}: a series with and one without it are needed.")
    machines = [read_machine(model, k) if is_warm and k in usable else None for k in every]
    held: dict[str, Held] = {}
    objectives = dict.fromkeys(usable, np.inf)
    for number in range(1, epochs + 1):
        is_settled, is_same = True, number > 1
        for k in usable if number > 1 else []:
            bags = _bags(training, held, k, balance)
            stage = yield from _relabel(bags, recipe.svm, machines[k], pace)
            if stage is None:
                break
            machines[k] = stage.machine
            is_settled &= stage.is_settled
            is_same &= abs(stage.objective - objectives[k]) <= SETTLED * stage.objective
            objectives[k] = stage.objective
        write_machines(model, machines)
        seen, has_grown = yield from _look(model, training, held, maps, recipe.svm, seed, pace)
        found = validate(model, validation, maps, recipe)
        curves = {k: _platt(k, seen, training, found, validation) for k in usable}
        write_machines(model, [m and m.as_logit(*curves[k]) for k, m in enumerate(machines)])
        for k in usable:
            for score in (seen, found):
                score[:, k : k + 1] = curves[k][0] * score[:, k : k + 1] + curves[k][1]
        yield Epoch(
            epoch=number,
            epochs=epochs,
            train_loss=validation_loss(seen, training, balance) or 0.0,
            validation_loss=validation_loss(found, validation, balance),
            validation_auc=validation_auc(found, validation, findings),
            is_best=True,
        )
        pace.epoch = number
        if pace.was_stopped or is_same or (number > 1 and is_settled and not has_grown):
            break
    return Trained(Ensemble([model]), pace.was_stopped)


def _relabel(
    bags: svm.Bags, spec: Svm, start: svm.Machine | None, pace: "Pace"
) -> Generator[Event, None, svm.Stage | None]:
    """One round of relabelling of one finding; None if the reader asked to stop."""
    found = None
    for stage in svm.fit(bags, spec.model_copy(update={"rounds": 1}), start):
        found = stage
        yield from pace.report(say("fitting machines"))
        if pace.was_stopped:
            break
    return found


class Pace:
    """Reports at least every 0.2 s and hears the reader's wish to stop.

    Args:
        epochs: At most.
        should_stop: Asked at every report.
    """

    def __init__(self, epochs: int, should_stop: Callable[[], bool]) -> None:
        self.epoch = 0
        self.was_stopped = False
        self._epochs = epochs
        self._should_stop = should_stop
        self._reported = 0.0

    def report(self, stage: str) -> Generator[Event, None, None]:
        """Between two steps of work."""
        self.was_stopped = self.was_stopped or self._should_stop()
        if time.monotonic() - self._reported > REPORT_S:
            self._reported = time.monotonic()
            yield Reported(stage=stage, done=self.epoch, total=self._epochs)


def _look(
    model: Model,
    training: Sequence[Labelled],
    held: dict[str, Held],
    maps: Maps,
    spec: Svm,
    seed: int,
    pace: Pace,
) -> Generator[Event, None, tuple[Tensor, bool]]:
    """Scores all regions, (B, K) the strongest of each bag, and holds the hardest.

    The second value tells whether a region is held that was not before.
    """
    most = max(LEAST, spec.regions // len(training))
    out, has_grown = [], False
    for bag in training:
        inputs = maps.of(bag.uid, bag.features)
        with torch.inference_mode():
            z = model(inputs).transpose(0, 1).flatten(1).cpu()  # (K, S h w)
        out.append(z.amax(1))
        before = held.get(bag.uid)
        rows, sample = _rows(z, before, most, _rng(seed, bag.uid))
        if before is None or not np.array_equal(rows, before.rows):
            has_grown = has_grown or before is not None
            held[bag.uid] = Held(sample, rows, _gather(model, inputs, rows))
        yield from pace.report(say("looking at all regions"))
    return torch.stack(out), has_grown


def _rows(
    z: Tensor, before: Held | None, most: int, rng: np.random.Generator
) -> tuple[svm.Rows, svm.Rows]:
    """Rows to hold of a bag, in order, and which of them are the sample."""
    n = z.shape[1]
    if n <= most:
        return np.arange(n), np.arange(n)
    if before is None:
        sample = np.sort(rng.choice(n, most // 2, replace=False))
        return sample, sample
    share = max(1, (most - len(before.sample)) // (2 * len(z)))
    fresh = z.topk(share, dim=1).indices.flatten().numpy()
    hard = np.setdiff1d(np.union1d(before.rows, fresh), before.sample)
    strength = z.amax(0).numpy()[hard]
    hard = hard[np.argsort(-strength, kind="stable")[: most - len(before.sample)]]
    # The strongest of each finding stays whatever the others' scales.
    hard = np.union1d(hard, z.argmax(1).numpy())
    return np.union1d(before.sample, hard), before.sample


def _rng(seed: int, uid: str) -> np.random.Generator:
    return np.random.default_rng((seed, zlib.crc32(uid.encode())))


def _gather(model: Model, inputs: dict[str, Tensor], rows: svm.Rows) -> svm.Floats:
    """(n, D) standardised features of regions, a few slices at once."""
    parts = []
    cells = 0
    n_slices = len(next(iter(inputs.values())))
    with torch.inference_mode():
        for first in range(0, n_slices, SLICES):
            x = model.regions({name: y[first : first + SLICES] for name, y in inputs.items()})
            cells = x.shape[2] * x.shape[3]
            low, high = np.searchsorted(rows, [first * cells, (first + SLICES) * cells])
            at = torch.from_numpy(rows[low:high] - first * cells)
            parts.append(x.permute(0, 2, 3, 1).flatten(0, 2)[at.to(x.device)].cpu())
    return torch.cat(parts).double().numpy()


def _side(bag: Labelled, k: int) -> float:
    """1 present, -1 absent, 0 without a label or uncertain."""
    if bag.weight[k] <= 0 or bag.value[k] == 0.5:
        return 0.0
    return 1.0 if bag.value[k] > 0.5 else -1.0


def _sides(bags: Sequence[Labelled], k: int) -> set[float]:
    return {_side(bag, k) for bag in bags} - {0.0}


def _bags(
    training: Sequence[Labelled], held: dict[str, Held], k: int, balance: Balance
) -> svm.Bags:
    """Held regions of the bags that a finding has a label in.

    Where readers differ the mean leans to a side, and the bag weighs by how far it does.
    """
    known = [bag for bag in training if _side(bag, k)]
    y = np.array([_side(bag, k) for bag in known])
    sure = np.array([abs(2 * float(bag.value[k]) - 1) * float(bag.weight[k]) for bag in known])
    fair = np.where(y > 0, float(balance.present[k]), float(balance.absent[k]))
    sizes = [len(held[bag.uid].rows) for bag in known]
    x = np.concatenate([held[bag.uid].x for bag in known])
    return svm.Bags(x, np.repeat(np.arange(len(known)), sizes), y, sure * fair)


def _platt(
    k: int,
    seen: Tensor,
    training: Sequence[Labelled],
    found: Tensor,
    validation: Sequence[Labelled],
) -> tuple[float, float]:
    """Slope and offset that make logits of the margins of a finding.

    A machine of single regions knows nothing of a maximum over thousands, which lies above 0 in
    every bag. Validation bags say where it lies, training bags where validation has too few.
    """
    sides = np.array([_side(bag, k) for bag in validation])
    if min((sides > 0).sum(), (sides < 0).sum()) >= FEW_ANSWERS:
        score = found[:, k].numpy()
    else:
        sides, score = np.array([_side(bag, k) for bag in training]), seen[:, k].numpy()
    return fit_platt(score[sides != 0], sides[sides != 0] > 0)


def _layers(model: Model) -> list[LevelHead]:
    return [head for level in model.levels if isinstance(head := model.heads[level], LevelHead)]


def write_machines(model: Model, machines: Sequence[svm.Machine | None]) -> None:
    """Sets a model's heads to one machine a finding; None scores 0."""
    with torch.no_grad():
        if model.machine is not None:
            model.machine.take(machines)
            return
        for head in _layers(model):
            last_layer(head).weight.zero_()
            _bias(head).zero_()
        for k, machine in enumerate(machines):
            if machine is None:
                continue
            at = 0
            weight = torch.from_numpy(machine.weight)
            for head in _layers(model):
                layer = last_layer(head)
                maps, channels = layer.weight.shape[0] // len(machines), layer.weight.shape[1]
                part = weight[at : at + channels, None, None].to(layer.weight)
                layer.weight[k * maps : (k + 1) * maps] = part
                # One bias is enough; the finest level has it.
                _bias(head)[k * maps : (k + 1) * maps] = machine.bias if at == 0 else 0.0
                at += channels


def read_machine(model: Model, k: int) -> svm.Machine:
    """The machine of a finding as it stands in a model, to go on from."""
    if model.machine is not None:
        return model.machine.give(k)
    heads = _layers(model)
    weight = [last_layer(head).weight.detach().view(head.findings, -1, head.mean.numel())
              for head in heads]  # fmt: skip
    bias = sum(float(_bias(head).detach().view(head.findings, -1).mean(1)[k]) for head in heads)
    vector = torch.cat([w.mean(1)[k] for w in weight]).double().cpu().numpy()
    return svm.Machine("linear", 0.0, vector[None], np.ones(1), bias)


def _bias(head: LevelHead) -> Tensor:
    bias = last_layer(head).bias
    assert bias is not None
    return bias
