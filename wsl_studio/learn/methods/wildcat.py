"""WILDCAT: several maps a finding, the mean of the highest and the lowest regions."""

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class WildcatOptions(CommonOptions):
    """Shares of regions that are counted, and the number of maps."""

    k_plus: float = field(
        0.02, "Share for (k+)", "Share of the regions whose mean speaks for.", gt=0.0, le=1.0
    )
    k_minus: float = field(
        0.1, "Share against (k-)", "Share of the regions whose mean speaks against; 0 for none.",
        ge=0.0, le=1.0,
    )  # fmt: skip
    alpha: float = field(
        0.7, "Weight against", "How much the lowest regions count.", ge=0.0, le=1.0
    )
    maps: int = field(4, "Maps per finding", "Score maps that are averaged.", ge=1, le=16)


def compose(options: WildcatOptions) -> Recipe:
    """Top-k pooling over averaged maps."""
    pool = Pool(kind="topk", k_plus=options.k_plus, k_minus=options.k_minus, alpha=options.alpha)
    return make_recipe(options, pool, maps=options.maps)


METHOD = Method(
    name="wildcat",
    title="Top regions (WILDCAT)",
    source="Durand et al. 2017 (CVPR), equations 1-3",
    summary=(
        "The highest regions speak for a finding and the lowest against, a share of each."
        " Less peaked than a maximum: it suits findings that fill several regions."
    ),
    Options=WildcatOptions,
    compose=compose,
)
