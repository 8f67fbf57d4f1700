"""Global average pooling, the baseline of class activation maps."""

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, make_recipe


def compose(options: CommonOptions) -> Recipe:
    """Generalised pooling at (0, 0)."""
    return make_recipe(options, Pool(beta_plus=0.0, beta_minus=0.0))


METHOD = Method(
    name="gap",
    title="Average (GAP, class activation maps)",
    source="Zhou et al. 2016 (CVPR); Durand et al. 2019 (TPAMI), equation 4 at (0, 0)",
    summary=(
        "Every region has the same say."
        " It suits findings that fill much of a series; small ones drown and maps are diffuse."
    ),
    Options=CommonOptions,
    compose=compose,
)
