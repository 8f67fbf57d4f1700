"""WELDON: the mean of some highest and some lowest regions of one map a finding."""

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class WeldonOptions(CommonOptions):
    """How many regions are counted on each side."""

    k_plus: float = field(
        10.0, "Regions for (k+)", "From 1, a number of regions; below 1, a share of them.",
        gt=0.0, le=1000.0,
    )  # fmt: skip
    k_minus: float = field(
        10.0, "Regions against (k-)", "From 1, a number of regions; below 1, a share; 0 for none.",
        ge=0.0, le=1000.0,
    )  # fmt: skip


def compose(options: WeldonOptions) -> Recipe:
    """Top-k pooling of one map, both sides at the same weight."""
    plus, minus = options.k_plus, options.k_minus
    pool = Pool(
        kind="topk",
        k_plus=min(plus, 1.0),
        k_minus=min(minus, 1.0),
        n_plus=int(plus),
        n_minus=int(minus),
        alpha=1.0,
    )
    return make_recipe(options, pool)


METHOD = Method(
    name="weldon",
    title="Some regions (WELDON)",
    source="Durand et al. 2016 (CVPR), equation 2, halved as in the code of WILDCAT",
    summary=(
        "A few regions speak for a finding and as many against it, whatever the size of a series."
        " Steadier than one region a side; it suits findings of a known, small extent."
    ),
    Options=WeldonOptions,
    compose=compose,
)
