"""Maximum pooling: one region decides."""

import math

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import LossOptions, make_recipe


def compose(options: LossOptions) -> Recipe:
    """Generalised pooling at (+inf, +inf)."""
    return make_recipe(options, Pool(beta_plus=math.inf, beta_minus=math.inf), loss=options.loss)


METHOD = Method(
    name="max",
    title="Maximum",
    source="Oquab et al. 2015 (CVPR); Durand et al. 2019 (TPAMI), equation 4 at (+inf, +inf)",
    summary=(
        "A series is positive if its strongest region is."
        " The score is often good while the map may lie beside the finding: check it on boxes."
    ),
    Options=LossOptions,
    compose=compose,
)
