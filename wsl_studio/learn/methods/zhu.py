"""Zhu: the strongest region alone, with label assignment, or with a price on all others."""

import math
from typing import Literal

from wsl_studio.domain.recipe import Method, Pool, Recipe, Terms
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class ZhuOptions(CommonOptions):
    """Which of the three systems of the paper, and its number."""

    variant: Literal["sparse", "label assignment", "max"] = field(
        "sparse", "Variant", "max: the strongest region decides. Label assignment: the highest"
        " regions of a present series are taken for the finding, all others for none. Sparse: max,"
        " with a price on the mean region probability.",
    )  # fmt: skip
    sparsity: float = field(
        0.1, "Price of regions", "Of the mean region probability, for sparse; findings are small.",
        ge=0.0, le=100.0,
    )  # fmt: skip
    share: float = field(
        0.02, "Share assigned", "Share of the regions of a present series that are taken for the"
        " finding, for label assignment; at least one.",
        gt=0.0, le=1.0,
    )  # fmt: skip


def compose(options: ZhuOptions) -> Recipe:
    """Maximum pooling with the terms of the variant."""
    recipe = make_recipe(options, Pool(beta_plus=math.inf, beta_minus=math.inf))
    terms = {
        "max": Terms(),
        "sparse": Terms(sparsity=options.sparsity),
        "label assignment": Terms(bag_weight=0.0, assign=1.0, assign_share=options.share),
    }
    return recipe.model_copy(update={"terms": terms[options.variant]})


METHOD = Method(
    name="zhu",
    title="Few regions (Zhu)",
    source="Zhu et al. 2017 (MICCAI): max pooling, label assignment, sparse multi-instance",
    summary=(
        "A series is positive if its strongest region is, and most regions are not the finding."
        " It suits small findings; how small is a number to set."
    ),
    Options=ZhuOptions,
    compose=compose,
)
