"""Multi-resolution: a slice at several sizes, relevance as a weighted mean over them."""

from typing import Literal

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class MultiResolutionOptions(CommonOptions):
    """The sizes, and whether their weights are learned."""

    depth: Literal["none"] = field(
        "none", "Fine-tuning", "None: the sizes share one frozen backbone, whose maps are cached."
    )
    scales: Literal["0.5 1", "0.5 0.71 1", "0.5 1 1.41"] = field(
        "0.5 0.71 1", "Sizes", "Sizes of a slice as shares of the image size; small ones see more"
        " around a place, large ones more detail in it.",
    )  # fmt: skip
    learned: bool = field(
        True, "Learned weights", "Training decides how much each size counts; otherwise equally."
    )
    beta: float = field(
        4.0, "Sharpness (b)", "Of pooling, for and against; 0 is the mean, above 10 close to the"
        " extremes.", "1/logit", ge=0.0, le=100.0,
    )  # fmt: skip


def compose(options: MultiResolutionOptions) -> Recipe:
    """The same levels at every scale, fused with weights that sum to 1."""
    recipe = make_recipe(options, Pool(beta_plus=options.beta, beta_minus=-options.beta))
    scales = tuple(float(word) for word in options.scales.split())
    fuse: Literal["learned", "fixed"] = "learned" if options.learned else "fixed"
    return recipe.model_copy(
        update={
            "backbone": recipe.backbone.model_copy(update={"scales": scales}),
            "head": recipe.head.model_copy(update={"fuse": fuse}),
        }
    )


METHOD = Method(
    name="multi-resolution",
    title="Several resolutions (Quellec)",
    source="Quellec et al. 2012 (Medical Image Analysis): relevance as a weighted mean over scales",
    summary=(
        "Every place is judged at several sizes of the slice, and the judgements are averaged."
        " It suits findings of unlike size; the map is broader where small sizes count most."
    ),
    Options=MultiResolutionOptions,
    compose=compose,
)
