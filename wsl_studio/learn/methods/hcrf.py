"""Log-sum-exp pooling: the hidden conditional random field with independent regions."""

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, make_recipe


def compose(options: CommonOptions) -> Recipe:
    """Generalised pooling at (1, 1)."""
    return make_recipe(options, Pool(beta_plus=1.0, beta_minus=1.0))


METHOD = Method(
    name="hcrf",
    title="Log-sum-exp (HCRF)",
    source="Quattoni et al. 2007 (TPAMI); Durand et al. 2019 (TPAMI), equation 4 at (1, 1)",
    summary=(
        "Regions vote, and strong ones count exponentially more."
        " The entropy of the vote belongs to no region and is shown as a number of its own."
    ),
    Options=CommonOptions,
    compose=compose,
)
