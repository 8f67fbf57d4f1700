"""Options that the support vector machines share, and the recipe they make."""

import math
from typing import ClassVar, Literal

from wsl_studio.domain.recipe import Pool, Recipe, Svm
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class SvmOptions(CommonOptions):
    """Price and kernel; what only the steps of an optimiser ask for is no option here."""

    learning_rate: ClassVar[float] = 1e-2  # type: ignore[misc]
    depth: ClassVar[Literal["none"]] = "none"  # type: ignore[misc]
    backbone_learning_rate: ClassVar[float] = 1e-4  # type: ignore[misc]
    hidden: ClassVar[int] = 0  # type: ignore[misc]
    members: ClassVar[int] = 1  # type: ignore[misc]
    bags_per_step: ClassVar[int] = 8  # type: ignore[misc]

    epochs: int = field(
        30, "Rounds of relabelling", "At most; it stops by itself when no label changes.",
        ge=2, le=1000,
    )  # fmt: skip
    c: float = field(
        1.0, "Price (C)", "Of a series on the wrong side of its margin; lower is smoother.",
        gt=0, le=1e4,
    )  # fmt: skip
    kernel: Literal["linear", "rbf"] = field(
        "linear", "Kernel", "linear: one weight a feature; rbf: likeness to regions it has seen,"
        " which asks for a higher price (10) and is slower.",
    )  # fmt: skip
    gamma: float = field(
        1.0, "Sharpness of likeness", "Of rbf, in units of one over the number of features.",
        gt=0, le=100,
    )  # fmt: skip


SMALL = 2000
"""Regions where each has a multiplier of its own in a dense system: its solution takes 0.2 s."""


def svm_recipe(
    options: SvmOptions,
    kind: Literal["sil", "mi", "bags", "latent"],
    negatives: Literal["bag", "instance"] = "bag",
) -> Recipe:
    """The recipe of a machine; a series scores as its strongest region does."""
    made = make_recipe(options, Pool(beta_plus=math.inf, beta_minus=math.inf))
    is_dense = options.kernel == "rbf" and (kind in ("sil", "mi") or negatives == "instance")
    machine = Svm(
        kind=kind, kernel=options.kernel, c=options.c, gamma=options.gamma, negatives=negatives
    )
    if is_dense:
        machine = machine.model_copy(update={"regions": SMALL})
    fit = made.fit.model_copy(update={"solver": "svm"})
    return made.model_copy(update={"fit": fit, "svm": machine})
