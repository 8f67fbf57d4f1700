"""Which training a recipe asks for."""

from collections.abc import Callable, Generator
from typing import Any

from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Event
from wsl_studio.learn import agree  # noqa: F401 - makes its term known
from wsl_studio.learn.curriculum import train_curriculum
from wsl_studio.learn.selftrain import train_self
from wsl_studio.learn.svm_round import train_svm
from wsl_studio.learn.train import Trained, train
from wsl_studio.learn.tsvm_round import train_tsvm

Solver = Callable[..., Generator[Event, None, Trained]]


def solver(recipe: Recipe, **more: Any) -> tuple[Solver, dict[str, Any]]:
    """The training of a recipe, and those of ``more`` that it takes.

    Args:
        recipe: What to fit.
        more: ``plan``, ``is_warm`` and ``teacher``, which not all of them know.
    """
    if recipe.semi.kind == "tsvm":
        return train_tsvm, {}
    if recipe.fit.solver == "svm":
        return train_svm, {k: more[k] for k in ("is_warm",) if k in more}
    if recipe.semi.kind in ("curriculum", "smile", "self"):
        solve = train_self if recipe.semi.kind == "self" else train_curriculum
        return solve, {k: more[k] for k in ("plan", "teacher") if k in more}
    return train, {k: more[k] for k in ("plan",) if k in more}
