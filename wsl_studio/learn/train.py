"""One round of training: the loop over members, epochs and steps, and what it keeps."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor

from wsl_studio.domain.recipe import BagLoss, Recipe
from wsl_studio.domain.round import Epoch, Event, Reported, Said
from wsl_studio.learn.bags import (
    Balance,
    Labelled,
    Maps,
    bag_loss,
    by_bag,
    steps,
)
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.joint import to_train
from wsl_studio.learn.memory import Plan
from wsl_studio.learn.model import Model
from wsl_studio.learn.pool import pool_score
from wsl_studio.learn.pretrain import pretrain
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.step import bags_per_step, careful_gradient
from wsl_studio.learn.unlabelled import Step, Stream, add_gradient, attach, detach, judged, terms

REPORT_S = 0.1
ENOUGH: Final = 12
"""Validation bags from which their loss chooses the best epoch. With four bags it chose the first
epoch of a finding that had hardly begun (effusion AUC 0.4 against 1.0 at the last one)."""


@dataclass(frozen=True, eq=False)
class Trained:
    """What a round learned.

    Args:
        ensemble: Members with their best weights.
        was_stopped: True if the reader asked to stop early.
    """

    ensemble: Ensemble
    was_stopped: bool


def train(
    make_model: Callable[[int], Model],
    training: Sequence[Labelled],
    validation: Sequence[Labelled],
    *,
    findings: Sequence[str],
    recipe: Recipe,
    seed: int,
    device: torch.device,
    keeper: Keeper,
    epochs: int,
    should_stop: Callable[[], bool] = lambda: False,
    plan: Plan | None = None,
    unlabelled: Sequence[Labelled] = (),
) -> Generator[Event, None, Trained]:
    """Trains every member, side by side where that can be, and keeps their best weights.

    Everything random is drawn anew from (seed, member, epoch), so a round that is killed and
    resumed at an epoch goes on exactly as it would have.

    Args:
        make_model: New model of a member, on the device, its inputs standardised.
        training: Bags with labels, at least one.
        validation: Bags with labels; the best epoch is the one with their lowest loss.
        findings: K names.
        recipe: What to fit.
        seed: Of everything random.
        device: Where.
        keeper: Holds best weights and what a resumed round needs.
        epochs: At most, of each member.
        should_stop: Asked between steps.
        plan: How a step is taken; whole if None, and smaller once memory runs out.
        unlabelled: Bags without labels, for the terms of the recipe that see them.

    Yields:
        ``Reported`` at least every 0.2 s of work, ``Epoch`` after each epoch, ``Said`` when memory
        ran out.
    """
    fit = recipe.fit
    balance = Balance.of(training, is_on=fit.is_balanced)
    maps = Maps(device)
    total = (1 if recipe.is_joint else fit.members) * epochs
    per_step = bags_per_step(recipe, len(training))
    plan = plan or Plan(per_step)
    # As many as labelled ones: where those are few, steps are short, and there are more of them.
    stream = Stream(unlabelled, per_step, maps)
    was_stopped, reported = False, 0.0
    members = []
    for member, (model, held) in enumerate(to_train(make_model, recipe)):
        attach(model, recipe, (*training, *unlabelled))
        optimiser = make_optimiser(model, recipe)
        trained = [x for x in model.parameters() if x.requires_grad]
        at = keeper.begin(member, model, optimiser)
        if at.epoch == 0:
            yield from pretrain(
                model, (*training, *unlabelled), recipe, maps, seed=seed, member=member,
                should_stop=should_stop,
            )  # fmt: skip
        for epoch in range(at.epoch, epochs):
            if was_stopped or at.is_over(fit.patience):
                break
            rng = np.random.default_rng((seed, member, epoch))
            torch.manual_seed(int(rng.integers(2**62)))
            set_rate(optimiser, fraction=epoch / epochs)
            model.train()
            losses, extra = [], []
            others = stream.epoch(np.random.default_rng((seed, member, epoch, 1)))
            groups = steps(training, per_step, rng)
            if model.aside and unlabelled:
                # An epoch goes once through the unlabelled bags, which are more; labelled ones
                # come again.
                n = -(-len(unlabelled) // fit.bags_per_step)
                while len(groups) < n:
                    groups += steps(training, per_step, rng)[: n - len(groups)]
            for group, inputs in zip(groups, maps.of_steps(groups), strict=True):
                is_mirrored = fit.augment and bool(rng.random() < 0.5)
                loss, went = careful_gradient(
                    model, inputs, group, trained=trained, plan=plan, recipe=recipe,
                    balance=balance, is_mirrored=is_mirrored,
                )  # fmt: skip
                if model.aside:
                    more = next(others)
                    extra.append(
                        add_gradient(model, Step(group, inputs, *more, epoch, epochs, balance))
                    )
                optimiser.step()
                for term in terms(model):
                    term.after_step(model)
                if went != plan:
                    plan = went
                    yield Said(sentence=f"Memory ran out; training goes on {plan.words}.")
                losses.append(loss * len(group))
                if time.monotonic() - reported > REPORT_S:
                    reported = time.monotonic()
                    yield Reported(stage="training", done=member * epochs + epoch, total=total)
                if should_stop():
                    was_stopped = True
                    break
            face = judged(model)
            score = validate(face, validation, maps, recipe)
            loss_now = validation_loss(score, validation, balance, recipe.terms.bag)
            at = keeper.end_epoch(
                model,
                optimiser,
                epoch=epoch + 1,
                loss=loss_now if len(validation) >= ENOUGH else None,
                is_last=was_stopped,
            )
            yield Epoch(
                epoch=member * epochs + epoch + 1,
                epochs=total,
                train_loss=sum(losses) / max(1, sum(len(g) for g in groups[: len(losses)])),
                validation_loss=loss_now,
                validation_auc=validation_auc(score, validation, findings),
                is_best=at.is_best,
                unlabelled_loss=sum(extra) / len(extra) if extra else None,
                student_auc={}
                if face is model
                else validation_auc(
                    validate(model, validation, maps, recipe), validation, findings
                ),
            )
        keeper.best(model)
        detach(model)
        members += [one.eval() for one in held]
        if was_stopped:
            break
    return Trained(Ensemble(members), was_stopped)


def make_optimiser(model: Model, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW with one rate for new layers and one for pretrained ones."""
    fit = recipe.fit
    new = [x for name, x in model.named_parameters() if not name.startswith("backbone.")]
    groups = [{"params": new, "lr": fit.learning_rate}]
    if model.backbone is not None:
        trained = [x for x in model.backbone.trained_parameters() if x.requires_grad]
        groups.append({"params": trained, "lr": fit.backbone_learning_rate})
    for group in groups:
        group["first_lr"] = group["lr"]
    return torch.optim.AdamW(groups, weight_decay=fit.weight_decay, fused=True)


def set_rate(optimiser: torch.optim.Optimizer, *, fraction: float) -> None:
    """Cosine decay of every learning rate to a twentieth at the last epoch."""
    share = 0.05 + 0.95 * 0.5 * (1 + float(np.cos(np.pi * fraction)))
    for group in optimiser.param_groups:
        group["lr"] = group["first_lr"] * share


def validate(
    model: Model | Ensemble, bags: Sequence[Labelled], maps: Maps, recipe: Recipe
) -> Tensor:
    """(B, K) scores of the validation bags."""
    model.eval()
    out = []
    with torch.inference_mode():
        for bag in bags:
            z = model(maps.of(bag.uid, bag.features))
            flat = by_bag(z.float(), 1)
            score = pool_score(flat, recipe.pool, sharpness=model.sharpness).cpu()
            if isinstance(model, Ensemble) and model.whole is not None:
                score = score + model.whole.of(bag.features)
            out.append(score)
    return torch.cat(out) if out else torch.zeros(0, 0)


def validation_loss(
    score: Tensor,
    bags: Sequence[Labelled],
    balance: Balance,
    kind: BagLoss = "cross-entropy",
) -> float | None:
    """Mean bag loss of the validation bags; None without any."""
    if not bags:
        return None
    value = torch.stack([bag.value for bag in bags])
    weight = torch.stack([bag.weight for bag in bags])
    return float(bag_loss(score, value, weight, balance, kind))


def validation_auc(
    score: Tensor, bags: Sequence[Labelled], findings: Sequence[str]
) -> dict[str, float | None]:
    """AUC by finding; None where validation lacks one of the two answers."""
    out: dict[str, float | None] = {}
    for k, finding in enumerate(findings):
        known = [i for i, bag in enumerate(bags) if bag.weight[k] > 0 and bag.value[k] != 0.5]
        truth = [bool(bags[i].value[k] > 0.5) for i in known]
        both = any(truth) and not all(truth)
        out[finding] = float(roc_auc_score(truth, score[known, k].numpy())) if both else None
    return out
