"""Generalised mean of region probabilities, between their mean and their maximum."""

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class MeanOptions(CommonOptions):
    """The exponent of the mean."""

    power: float = field(
        4.0, "Exponent (r)", "1 is the mean of region probabilities; large is their maximum.",
        ge=1.0, le=100.0,
    )  # fmt: skip


def compose(options: MeanOptions) -> Recipe:
    """Power pooling at the exponent of the reader."""
    return make_recipe(options, Pool(kind="power", power=options.power))


METHOD = Method(
    name="generalised-mean",
    title="Generalised mean",
    source="Jia et al. 2017 (TMI), generalised mean of the probabilities of regions, r = 4",
    summary=(
        "The probability of a series is a power mean of those of its regions: sure regions count."
        " Regions below one half hardly speak; the map shows where and how large a finding is."
    ),
    Options=MeanOptions,
    compose=compose,
)
