"""Self-training: new members learn the labels, and of all other series what the last ones said."""

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Final

import numpy as np
import torch
from scipy.special import expit

from wsl_studio.domain.progress import told
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Event
from wsl_studio.learn.bags import Labelled, Maps
from wsl_studio.learn.curriculum import Live, with_live
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.memory import Plan
from wsl_studio.learn.model import Model
from wsl_studio.learn.pseudo import Floats, Pseudo, audit, doubted
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.train import Trained, train, validate
from wsl_studio.learn.unlabelled import is_open

HARD: Final = 0.5
"""Purity is told for the side of one half that a probability lies on."""


def train_self(
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
    teacher: Ensemble | None = None,
) -> Generator[Event, None, Trained]:
    """Trains on the labels, then new members on labels and probabilities, ``semi.steps`` times.

    An answer that may be guessed is taught as the probability that the members before gave it, by
    how far that is from one half. Members are trained as those of the labels alone are: side by
    side where that can be. Every step has a state of its own, so a killed round goes on where it
    was.

    Args:
        make_model: As for ``train``, like all the others.
        training: With labels, of some findings at least.
        validation: Audits the guesses; never learned from.
        findings: K names.
        recipe: With ``semi``.
        seed: Of everything random.
        device: Where.
        keeper: Its parts hold the steps.
        epochs: At most, of each member of each step.
        should_stop: Asked between steps of the optimiser.
        plan: How a step of the optimiser is taken.
        unlabelled: Series whose answers may be guessed.
        teacher: What the labels alone taught, if that is known; it is trained if None.

    Source:
        Lee 2013 (ICML workshop), pseudo-labels; Xie et al. 2020 (CVPR), equation 1 with soft
        answers and a student that begins anew, without its noise.
    """
    maps = Maps(device)
    guessed = [bag for bag in (*unlabelled, *training) if is_open(bag)]

    def fit(name: str, bags: Sequence[Labelled]) -> Generator[Event, None, Trained]:
        return train(
            make_model, bags, validation, findings=findings, recipe=recipe.supervised, seed=seed,
            device=device, keeper=keeper.part(name), epochs=epochs, should_stop=should_stop,
            plan=plan,
        )  # fmt: skip

    if teacher is None:
        trained = yield from fit("labels", training)
        if trained.was_stopped:
            return trained
    else:
        trained = Trained(teacher, was_stopped=False)
    if not guessed:
        return trained
    may_guess = np.stack([bag.is_open.numpy() for bag in guessed if bag.is_open is not None])
    for step in range(recipe.semi.steps):
        p = _said(trained.ensemble, guessed, maps, recipe)
        soft = doubted(p, may_guess)
        purity: list[float | None] = [None] * len(findings)
        if validation:
            held = [torch.stack([getattr(bag, what) for bag in validation]).numpy()
                    for what in ("value", "weight")]  # fmt: skip
            hard = Pseudo((p > HARD).astype(np.float64), soft.weight)
            found = _said(trained.ensemble, validation, maps, recipe)
            purity = audit(hard, p, found, held[0], held[1])
        live = Live(
            step, recipe.semi.steps,
            dict(zip(findings, may_guess.sum(0).tolist(), strict=True)),
            dict(zip(findings, purity, strict=True)),
        )  # fmt: skip
        taught = {
            bag.uid: bag.with_guesses(
                torch.from_numpy(soft.value[i]).float(),
                recipe.semi.weight * torch.from_numpy(soft.weight[i]).float(),
            )
            for i, bag in enumerate(guessed)
        }
        bags = [taught.get(bag.uid, bag) for bag in training]
        bags += [taught[bag.uid] for bag in unlabelled if bag.uid in taught]
        trained = yield from told(fit(f"step{step}", bags), partial(with_live, live))
        if trained.was_stopped:
            break
    return trained


def _said(ensemble: Ensemble, bags: Sequence[Labelled], maps: Maps, recipe: Recipe) -> Floats:
    """(B, K) probabilities of bags."""
    score = validate(ensemble, bags, maps, recipe).double().numpy()
    return np.asarray(expit(score))
