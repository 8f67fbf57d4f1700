"""Nwoye: a memory along the frames, then the strongest region and a share of the weakest."""

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class NwoyeOptions(CommonOptions):
    """Width of the memory and the weight of evidence against."""

    memory: int = field(
        32, "Memory channels", "Width of the memory that goes from slice to slice (from frame to"
        " frame); the paper has 512, which needs a GPU.",
        ge=1, le=512,
    )  # fmt: skip
    alpha: float = field(
        0.6, "Weight against", "How much the weakest region counts.", ge=0.0, le=1.0
    )


def compose(options: NwoyeOptions) -> Recipe:
    """Maximum + alpha x minimum over maps with a memory (half of it, as all our poolings)."""
    pool = Pool(kind="topk", n_plus=1, n_minus=1, alpha=options.alpha)
    recipe = make_recipe(options, pool)
    update = {"temporal": "convlstm", "temporal_channels": options.memory}
    return recipe.model_copy(update={"head": recipe.head.model_copy(update=update)})


METHOD = Method(
    name="nwoye",
    title="Memory along frames (Nwoye)",
    source="Nwoye et al. 2019 (IJCARS), max + 0.6 min; Shi et al. 2015 (NeurIPS), ConvLSTM",
    summary=(
        "What was seen on the frames before stays in mind, so that a finding is followed through a"
        " cine run or a stack. Frames are read in their order: evidence on one may come from"
        " those before it."
    ),
    Options=NwoyeOptions,
    compose=compose,
)
