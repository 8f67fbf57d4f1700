"""Restoration: an encoder first learns to fill in what was taken away."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.own import PretrainedOptions, own_recipe


def compose(options: PretrainedOptions) -> Recipe:
    """An encoder that learns the question first and the findings after it."""
    return own_recipe(options, encoder="plain", pretext="restore", pretrain=options.pretrain)


METHOD = Method(
    name="restoration",
    title="What was taken away (in-painting)",
    source="Pathak et al. 2016 (CVPR), context encoders",
    summary=(
        "Boxes of a slice are taken away and an encoder learns from all series to fill them in."
        " It is what colours are for grey series: what it can't fill in is out of the ordinary."
    ),
    Options=PretrainedOptions,
    compose=compose,
)
