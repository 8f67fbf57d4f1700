"""Transductive support vector machine: a margin that unlabelled series stay clear of."""

from typing import ClassVar, Literal

from wsl_studio.domain.recipe import Method, Pool, Recipe, Semi, Svm
from wsl_studio.learn.methods.common import field, make_recipe
from wsl_studio.learn.methods.margin import SvmOptions


class TsvmOptions(SvmOptions):
    """Price and share of the unlabelled series."""

    epochs: ClassVar[int] = 30  # type: ignore[misc]
    kernel: ClassVar[Literal["linear"]] = "linear"  # type: ignore[misc]
    gamma: ClassVar[float] = 1.0  # type: ignore[misc]

    weight: float = field(
        1.0, "Price of unlabelled series", "As a share of that of labelled ones.", gt=0, le=10
    )
    share: float = field(
        0.0, "Share present", "Of the unlabelled series, the same at every step; 0 takes that of"
        " the labelled ones.", ge=0, le=0.99,
    )  # fmt: skip
    switch: Literal["all", "one"] = field(
        "all", "Pairs at once", "all pairs of unlike labels that should change places, or one by"
        " one as in the first paper, which is slower.",
    )  # fmt: skip


def compose(options: TsvmOptions) -> Recipe:
    """A linear machine on the mean feature of a series: mean pooling of region scores."""
    made = make_recipe(options, Pool(beta_plus=0.0, beta_minus=0.0))
    return made.model_copy(
        update={
            "fit": made.fit.model_copy(update={"solver": "svm"}),
            "svm": Svm(kind="bags", kernel="linear", c=options.c),
            "semi": Semi(
                kind="tsvm", weight=options.weight, share=options.share, switch=options.switch
            ),
        }
    )


METHOD = Method(
    name="tsvm",
    title="Transductive support vector machine",
    source="Joachims 1999 (ICML); all pairs at once: Sindhwani & Keerthi 2006 (SIGIR)",
    summary=(
        "Unlabelled series get the answers that leave the widest gap, as many present as among the"
        " labelled ones. It suits very few labels and findings that fill much of a series."
    ),
    Options=TsvmOptions,
    compose=compose,
)
