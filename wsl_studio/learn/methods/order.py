"""Temporal order: an encoder first learns which of two frames comes first."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.own import PretrainedOptions, own_recipe


def compose(options: PretrainedOptions) -> Recipe:
    """An encoder that learns the question first and the findings after it."""
    return own_recipe(options, encoder="plain", pretext="order", pretrain=options.pretrain)


METHOD = Method(
    name="temporal-order",
    title="Which comes first (temporal order)",
    source="Misra et al. 2016 (ECCV), on pairs of neighbours",
    summary=(
        "An encoder learns from all series which of two neighbouring frames or slices comes first."
        " It suits cine runs and stacks; a project of single pictures teaches it nothing."
    ),
    Options=PretrainedOptions,
    compose=compose,
)
