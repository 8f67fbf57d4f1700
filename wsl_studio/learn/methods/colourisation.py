"""Colourisation: an encoder first learns the colours of a grey copy."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.own import PretrainedOptions, own_recipe


def compose(options: PretrainedOptions) -> Recipe:
    """An encoder that learns the question first and the findings after it."""
    return own_recipe(options, encoder="plain", pretext="colour", pretrain=options.pretrain)


METHOD = Method(
    name="colourisation",
    title="Which colour (colourisation)",
    source="Zhang et al. 2016 (ECCV), classes of colour with rebalancing, on 9 x 9 classes",
    summary=(
        "An encoder learns from all series to tell the colours of a grey copy."
        " Series without colours (CT, MR, radiographs) have boxes filled in instead."
    ),
    Options=PretrainedOptions,
    compose=compose,
)
