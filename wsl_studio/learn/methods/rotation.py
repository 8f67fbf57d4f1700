"""Rotation: an encoder first learns by which quarter turn a slice was turned."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.own import PretrainedOptions, own_recipe


def compose(options: PretrainedOptions) -> Recipe:
    """An encoder that learns the question first and the findings after it."""
    return own_recipe(options, encoder="plain", pretext="rotation", pretrain=options.pretrain)


METHOD = Method(
    name="rotation",
    title="Which way up (rotation)",
    source="Gidaris et al. 2018 (ICLR)",
    summary=(
        "An encoder learns from all series to tell by which quarter turn a slice was turned."
        " It suits anatomy that has an upright; on films of cells the question has no answer."
    ),
    Options=PretrainedOptions,
    compose=compose,
)
