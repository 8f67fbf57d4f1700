"""Maximum pooling: one region decides; with a hinge it is the latent (structural) SVM."""

import math

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import LossOptions, make_recipe


def compose(options: LossOptions) -> Recipe:
    """Generalised pooling at (+inf, +inf)."""
    return make_recipe(options, Pool(beta_plus=math.inf, beta_minus=math.inf), loss=options.loss)


METHOD = Method(
    name="max",
    title="Maximum (Oquab; latent SVM and LSSVM by their loss)",
    source="Oquab et al. 2015 (CVPR); with hinge Felzenszwalb et al. 2010 (TPAMI), with"
    " structured-hinge Yu & Joachims 2009 (ICML); Durand et al. 2019 (TPAMI), equation 4 at"
    " (+inf, +inf)",
    summary=(
        "A series is positive if its strongest region is."
        " The score is often good while the map may lie beside the finding: check it on boxes."
    ),
    Options=LossOptions,
    compose=compose,
)
