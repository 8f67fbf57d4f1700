"""Deformable parts: a root and parts that may move about it, with the hinge of a latent SVM."""

import math

from wsl_studio.domain.recipe import BagLoss, Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class PartsOptions(CommonOptions):
    """How many parts there are and how far they may move."""

    parts: int = field(4, "Parts", "Score maps beside the root, each at its own best place.",
                       ge=1, le=16)  # fmt: skip
    reach: int = field(
        2, "Reach", "How far a part may lie from its root, in each direction.", "cells", ge=1, le=8
    )
    loss: BagLoss = field(
        "hinge", "Loss", "hinge: a margin of 1 is enough; structured-hinge: the same, but an"
        " uncertain answer asks for a score of 0; or cross-entropy.",
    )  # fmt: skip


def compose(options: PartsOptions) -> Recipe:
    """Maximum pooling of roots with their parts."""
    pool = Pool(beta_plus=math.inf, beta_minus=math.inf)
    return make_recipe(options, pool, loss=options.loss, parts=options.parts, reach=options.reach)


METHOD = Method(
    name="dpm",
    title="Deformable parts (latent SVM)",
    source="Felzenszwalb et al. 2010 (TPAMI), equation 2, on deep features or HOG cells",
    summary=(
        "One place decides, and what lies around it may lie a little differently each time."
        " It suits findings with parts that keep together, and boxes make it surer."
    ),
    Options=PartsOptions,
    compose=compose,
)
