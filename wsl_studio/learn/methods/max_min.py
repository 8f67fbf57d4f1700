"""The strongest evidence for and the strongest against decide together."""

import math

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import LossOptions, make_recipe


def compose(options: LossOptions) -> Recipe:
    """Generalised pooling at (+inf, -inf)."""
    return make_recipe(options, Pool(beta_plus=math.inf, beta_minus=-math.inf), loss=options.loss)


METHOD = Method(
    name="max-min",
    title="Maximum + minimum",
    source="Durand et al. 2019 (TPAMI), equation 4 at (+inf, -inf); with the loss of Durand et al."
    " 2015 (ICCV) it is MANTRA",
    summary=(
        "One region speaks for a finding and one against it, and half of their sum is the score."
        " The map shows both sides; it suits findings that fill a small part of a series."
    ),
    Options=LossOptions,
    compose=compose,
)
