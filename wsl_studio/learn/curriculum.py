"""Easy series first: a round that gives unlabelled series pseudo-labels, more from step to step."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from scipy.special import expit
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.progress import Progress, told
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Epoch, Event, Reported, Said
from wsl_studio.learn.agree import perturbed, ramp
from wsl_studio.learn.bags import Labelled, Maps, by_bag, label_loss
from wsl_studio.learn.device import half
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.memory import Plan
from wsl_studio.learn.model import Model
from wsl_studio.learn.pool import pool_score, scores_of
from wsl_studio.learn.pseudo import (
    Floats,
    Pseudo,
    admit,
    audit,
    graph,
    growing,
    has_both,
    mixed,
    shares,
    spread,
)
from wsl_studio.learn.starts import clearest, may_start_again, some
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.terms import rest_loss
from wsl_studio.learn.train import Trained, train, validate
from wsl_studio.learn.unlabelled import MAKERS, Step, Term, is_open


def train_curriculum(
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
    """Trains on the labels, then again and again on labels and pseudo-labels.

    Every step takes the easiest open series by the scores of the step before, a growing share of
    them, each answer by its share; all are judged anew. It ends after ``semi.steps``, or once a
    step would learn from the same pseudo-labels as the one before. Every step goes on from the
    weights of the one before, with a state of its own, so a killed round goes on where it was.
    Where few are labelled the teacher may take findings from heads that began otherwise
    (``learn.starts``). What is kept is the last step and the teacher together.

    Args:
        make_model: As for ``train``, like all the others.
        training: With labels, of some findings at least.
        validation: Audits the pseudo-labels; never learned from.
        findings: K names.
        recipe: With the curriculum.
        seed: Of everything random.
        device: Where.
        keeper: Its parts hold the steps.
        epochs: At most, of each member of each step.
        should_stop: Asked between steps of the optimiser.
        plan: How a step of the optimiser is taken.
        unlabelled: Series whose answers may be guessed.
        teacher: What the labels alone taught, if that is known; it is trained if None.

    Source:
        Lecture, slide 28; Bengio et al. 2009 (ICML); Xie et al. 2020 (CVPR) with ``is_noisy``;
        Petit et al. 2018 (LABELS) for ``smile``.
    """
    semi, maps = recipe.semi, Maps(device)
    guessed = [bag for bag in (*unlabelled, *training) if is_open(bag)]
    if semi.kind == "smile":
        guessed = [bag for bag in guessed if bool((bag.weight > 0).any())]

    def fit(
        name: str, how: Recipe, bags: Sequence[Labelled], more: Sequence[Labelled] = (),
        *, make: Callable[[int], Model] = make_model, most: int = epochs,
    ) -> Generator[Event, None, Trained]:  # fmt: skip
        return train(
            make, bags, validation, findings=findings, recipe=how, seed=seed, device=device,
            keeper=keeper.part(name), epochs=most, should_stop=should_stop, plan=plan,
            unlabelled=more,
        )  # fmt: skip

    if teacher is None:
        trained = yield from fit("labels", recipe.supervised, training)
        teacher = trained.ensemble
        if trained.was_stopped:
            return trained
    if not guessed:
        return Trained(teacher, was_stopped=False)
    every = (*guessed, *(bag for bag in training if not is_open(bag)))
    value = torch.stack([bag.value for bag in training]).numpy()
    weight = torch.stack([bag.weight for bag in training]).numpy()
    if may_start_again(recipe, len(training)):
        seen = some((*every, *validation))
        trained = yield from clearest(
            make_model, teacher,
            lambda make, n: fit(f"start{n}", recipe.supervised, training, make=make),
            lambda found: validate(found, seen, maps, recipe).double().numpy(),
            starts=semi.starts, findings=findings, seed=seed,
            is_asked=has_both(value, weight),
        )  # fmt: skip
        if trained.was_stopped:
            return trained
        teacher = trained.ensemble
    may_guess = np.stack([bag.is_open.numpy() for bag in guessed if bag.is_open is not None])
    held = [torch.stack([getattr(bag, what) for bag in validation]).numpy()
            for what in ("value", "weight")] if validation else []  # fmt: skip
    said, sure = (torch.stack([getattr(b, what) for b in every]).double().numpy()
                  for what in ("value", "weight"))  # fmt: skip
    x = np.stack([bag.features.mean.double().numpy() for bag in every])
    links = yield from told(graph((x - x.mean(0)) / np.maximum(x.std(0), 1e-9)), _reported)
    lent, trust = yield from told(spread(links, said, sure), _reported)

    def judged(ensemble: Ensemble) -> Floats:
        """(U, K) probabilities of the open series: the model's, and what labels lend them."""
        p = expit(validate(ensemble, guessed, maps, recipe).double().numpy())
        return mixed(p, lent[: len(guessed)], trust)

    before: Pseudo | None = None
    trained = Trained(teacher, was_stopped=False)
    for step in range(semi.steps):
        score = judged(trained.ensemble)
        share = growing(step, semi.steps, semi.first, semi.last)
        # Where labels were chosen by hand their share says little; half of it is what is predicted.
        present = 0.5 * shares(value, weight) + 0.5 * (score > 0.5).mean(0)
        pseudo = admit(score, may_guess, present, share, is_one_sided=semi.kind == "smile")
        if pseudo.is_as(before):
            yield Said(sentence=f"The pseudo-labels no longer change after step {step}.")
            break
        before = pseudo
        purity: list[float | None] = [None] * len(findings)
        if validation:
            found = validate(trained.ensemble, validation, maps, recipe).double().numpy()
            purity = audit(pseudo, score, expit(found), *held)
        live = Live(
            step, semi.steps,
            dict(zip(findings, (pseudo.weight > 0).sum(0).tolist(), strict=True)),
            dict(zip(findings, purity, strict=True)),
        )  # fmt: skip
        taught = {bag.uid: _taught(bag, pseudo, i, semi.weight) for i, bag in enumerate(guessed)}
        trained = yield from told(
            fit(
                f"step{step}", recipe, [taught.get(bag.uid, bag) for bag in training],
                [taught[bag.uid] for bag in unlabelled
                 if bag.uid in taught and bool((taught[bag.uid].weight > 0).any())],
                make=_going_on(make_model, trained.ensemble),
                most=min(epochs, recipe.fit.warm_epochs),
            ),
            partial(with_live, live),
        )  # fmt: skip
        if trained.was_stopped:
            break
    # The mean of both: on features of ultrasound with 20 labels it was never clearly below the
    # labels alone, which pseudo-labels by themselves were for one finding of two.
    both = Ensemble([*trained.ensemble.members, *teacher.members])
    return replace(trained, ensemble=both)


def _reported(progress: Progress) -> Event:
    return Reported(stage="training", done=progress.done, total=progress.total)


def _going_on(make_model: Callable[[int], Model], start: Ensemble) -> Callable[[int], Model]:
    """Members that begin with the weights of another's: a step is a few epochs, not all."""

    def make(member: int) -> Model:
        model = make_model(member)
        known = start.members[member % len(start.members)]
        model.load_state_dict(known.state_dict(), strict=False)
        return model

    return make


def _taught(bag: Labelled, pseudo: Pseudo, row: int, height: float) -> Labelled:
    """A bag with its pseudo-labels beside its labels.

    Those of a bag that has labels are weighed here; ``Follow`` weighs those of the others.
    """
    weight = torch.from_numpy(pseudo.weight[row]).float()
    value = torch.from_numpy(pseudo.value[row]).float()
    return bag.with_guesses(value, height * weight if bool((bag.weight > 0).any()) else weight)


@dataclass(frozen=True)
class Live:
    """What the epochs of a step say of its pseudo-labels."""

    step: int
    steps: int
    pseudo: dict[str, int]
    purity: dict[str, float | None]


def with_live(live: Live, event: Event) -> Event:
    """An event of a step, epochs counted on over all steps and told with its pseudo-labels."""
    if not isinstance(event, Epoch):
        return event
    return event.model_copy(
        update={
            "epoch": live.step * event.epochs + event.epoch,
            "epochs": live.steps * event.epochs,
            "pseudo": live.pseudo,
            "purity": live.purity,
        }
    )


class Follow(Term):
    """Cross-entropy of pseudo-labels by their weights, of series seen perturbed where noisy."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self._recipe = recipe

    def loss(self, model: Model, step: Step) -> Tensor:
        """Mean over what may be guessed: few or doubtful pseudo-labels weigh little."""
        recipe, bags = self._recipe, step.unlabelled
        if not bags:
            return torch.zeros(())
        semi, maps = recipe.semi, dict(step.others)
        if semi.is_noisy:
            maps = perturbed(model, maps, len(bags), noise=semi.noise, drop=semi.drop)
        is_mirrored = recipe.fit.augment and bool(torch.rand(()) < 0.5)
        kind = next(iter(maps.values())).device.type
        with half(kind, is_wide=recipe.is_joint):
            z = model(maps, n_bags=len(bags), is_mirrored=is_mirrored)
        bags = [*bags] * model.copies
        flat = by_bag(z.float(), len(bags))
        score = pool_score(flat, recipe.pool, sharpness=model.sharpness)
        value = torch.stack([bag.value for bag in bags]).to(score)
        weight = torch.stack([bag.weight for bag in bags]).to(score)
        fair = value * step.balance.present.to(score) + (1 - value) * step.balance.absent.to(score)
        each = label_loss(score, value, recipe.terms.bag) * weight * fair
        height = semi.weight * ramp(step.epoch / step.epochs, semi.ramp)
        loss = height * each.sum() / each.numel()
        if semi.rest > 0:
            loss = loss + semi.rest * rest_loss(scores_of(flat, recipe.pool), value, weight)
        return loss


class Elsewhere(Term):
    """SMILE: a place marked for one finding is no place of a finding that was not labelled.

    Everything else of that finding in that series is ambiguous and carries no gradient.

    Source:
        Petit et al. 2018 (LABELS), section 2: an annotated class is negative for the others, the
        background of an incomplete image has weight 0.
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self._recipe = recipe

    def loss(self, model: Model, step: Step) -> Tensor:
        """Cross-entropy of the marked cells, 0, mean over them."""
        bags = step.labelled
        if all(bag.regions is None for bag in bags):
            return torch.zeros(())
        z = by_bag(model(step.inputs, n_bags=len(bags)).float(), len(bags))
        return marked_elsewhere(scores_of(z, self._recipe.pool), bags)


def marked_elsewhere(z: Tensor, bags: Sequence[Labelled]) -> Tensor:
    """See ``Elsewhere``; (B, K, n) region scores."""
    total = []
    for k, bag in enumerate(bags):
        if bag.regions is None:
            continue
        inside = bag.regions.inside.flatten(1).to(z.device)  # (R, n)
        for r in range(len(inside)):
            if bag.regions.value[r] <= 0.5:
                continue
            others = bag.weight.to(z.device) == 0
            others[bag.regions.finding[r]] = False
            total.append(F.softplus(z[k][others][:, inside[r]]).flatten())
    if not total:
        return z.sum() * 0
    every = torch.cat(total)
    return every.sum() / max(1, len(every))


MAKERS["pseudo"] = lambda recipe, _model, _bags: (
    Follow(recipe) if recipe.semi.kind == "curriculum" else None
)
MAKERS["elsewhere"] = lambda recipe, _model, _bags: (
    Elsewhere(recipe) if recipe.semi.kind == "smile" else None
)
