"""Heads that learned the same labels from other first weights; unlabelled series choose."""

import copy
from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Event, Said
from wsl_studio.domain.words import say
from wsl_studio.learn.bags import Labelled
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import SHAPE
from wsl_studio.learn.model import LevelHead, Model
from wsl_studio.learn.pseudo import Floats
from wsl_studio.learn.start import last_layer
from wsl_studio.learn.train import Trained
from wsl_studio.learn.twin import quiet

SCATTER: Final = 0.02
"""Deviation of the first weights of deep heads in a later start. At zero, where the first one is, a
finding that was missed was mostly missed again, whatever the order of the series."""
CLEAR: Final = 0.85
"""Of ``apart``, from which on a finding is found: two groups of a size, 4.8 of their own deviations
apart. Of 242 heads of effusion from 40 draws of 12 labels, picked to hold failures, 91 % of those
with a test AUC from 0.95 on were as clear, and 9 % of those below 0.9 (four of one draw, where
every start went wrong alike). Between the clearest of five and the first clear one little was lost
(mean AUC 0.970 and 0.965 for 0.928 with one start; 122 draws, of which 19 failed), and series that
lie in no groups are left alone. The loss of the labels and the entropy of the scores told right
from wrong less well, the loss of four validation series as well."""
MOST: Final = 50
"""Training series up to which there is more than one start: each costs what the labels alone do,
and with more of them fewer directions explain them all."""
SEEN: Final = 500
"""Series that are scored to see whether they lie in two groups; of thousands a part will do, and
every start goes over them once more."""
STAGE: Final = say("another start")
TAKEN: Final = say(
    "{finding} is learned from start {n}: it parts all series into two clear groups, as the first"
    " does not."
)

Train = Callable[[Callable[[int], Model], int], Generator[Event, None, Trained]]
"""Trains a model that it is given; the number of the start names what it keeps on disk."""


def may_start_again(recipe: Recipe, n: int) -> bool:
    """True if a recipe asks for more than one start, and ``n`` training series are few enough.

    What a model learns of a finding has to be a row of weights a level and nothing else, so that
    one can take findings from another.
    """
    head = recipe.head
    is_linear = head.hidden == 0 and head.shape_hidden == 0
    is_frozen = recipe.backbone.train_from is None
    is_one = recipe.fit.members == 1 and recipe.semi.starts > 1 and n <= MOST
    return is_one and is_linear and is_frozen and recipe.is_plain


def clearest(
    make_model: Callable[[int], Model],
    first: Ensemble,
    train: Train,
    scores_of: Callable[[Ensemble], Floats],
    *,
    starts: int,
    findings: Sequence[str],
    is_asked: NDArray[np.bool_],
    seed: int,
) -> Generator[Event, None, Trained]:
    """For every finding the first head that parts all series into two clear groups.

    With a dozen labels many directions of the features explain them all, and which one is found
    hangs on where training starts. Where a finding is there or not there, the right one also sets
    series without a label apart; wrong ones leave most of them in between. A finding that no start
    finds clear keeps the first, so where series do not lie in groups nothing changes.

    Args:
        make_model: As for ``train``.
        first: One model, already trained.
        train: Trains another one.
        scores_of: (N, K) scores of the series of the round, or of a part (``some``).
        starts: At most, with the first.
        findings: K names.
        is_asked: (K,) False for a finding whose labels say nothing.
        seed: Of the first weights.

    Source:
        Chapelle and Zien 2005 (AISTATS), low density separation: a boundary should pass where
        few points are. The measure is the criterion of Otsu 1979 (IEEE Trans. SMC 9:62).
    """
    (model,) = first.members
    assert isinstance(model, Model)
    open_ones = is_asked & (_apart(scores_of(first)) < CLEAR)
    for n in range(2, starts + 1):
        if not open_ones.any():
            break
        trained = yield from quiet(train(partial(_scattered, make_model, (seed, n)), n), STAGE)
        if trained.was_stopped:
            return Trained(Ensemble([model]), was_stopped=True)
        found = open_ones & (_apart(scores_of(trained.ensemble)) >= CLEAR)
        (other,) = trained.ensemble.members
        assert isinstance(other, Model)
        model = with_rows(model, other, np.flatnonzero(found).tolist())
        open_ones &= ~found
        for k in np.flatnonzero(found).tolist():
            yield Said(sentence=TAKEN.format(finding=findings[k], n=n))
    return Trained(Ensemble([model]), was_stopped=False)


def some(bags: Sequence[Labelled]) -> Sequence[Labelled]:
    """At most ``SEEN`` of the bags, evenly spaced."""
    return bags[:: max(1, -(-len(bags) // SEEN))]


def apart(z: Floats) -> float:
    """How clearly values lie in two groups: the share of their variance that is between these.

    Args:
        z: (N,) of any scale.

    Returns:
        In [0, 1]: 1 for two values alone, 0.75 where they are spread evenly, 0.64 where they are
        normal; 0 with fewer than four, or all alike. No group has fewer than two.
    """
    z, n = np.sort(z), len(z)
    total = float(z.var())
    if n < 4 or total <= 1e-12 * max(1.0, float(np.square(z).max())):
        return 0.0
    low = np.arange(2, n - 1)  # how many are in the lower group
    sums = np.cumsum(z)
    below, above = sums[low - 1] / low, (sums[-1] - sums[low - 1]) / (n - low)
    return min(1.0, float((low * (n - low) * (above - below) ** 2).max()) / n**2 / total)


def with_rows(model: Model, other: Model, which: Sequence[int]) -> Model:
    """A model with the weights of another for some findings; linear heads keep them in rows."""
    out = copy.deepcopy(model)
    with torch.no_grad():
        for level, head in out.heads.items():
            assert isinstance(head, LevelHead)
            own, new = last_layer(head), last_layer(other.heads[level])
            assert own.bias is not None
            assert new.bias is not None
            maps = len(own.weight) // head.findings
            for k in which:
                rows = slice(k * maps, (k + 1) * maps)
                own.weight[rows] = new.weight[rows]
                own.bias[rows] = new.bias[rows]
    return out


def _apart(score: Floats) -> Floats:
    return np.array([apart(own) for own in score.T])


def _scattered(make_model: Callable[[int], Model], seed: tuple[int, int], member: int) -> Model:
    model = make_model(member)
    rng = np.random.default_rng(seed)
    with torch.no_grad():
        for level, head in model.heads.items():
            if level != SHAPE:
                weight = last_layer(head).weight
                drawn = rng.normal(0, SCATTER, tuple(weight.shape))
                weight.copy_(torch.from_numpy(drawn))
    return model
