"""Relative position: an encoder first learns where one patch lies beside another."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.own import PretrainedOptions, own_recipe


def compose(options: PretrainedOptions) -> Recipe:
    """An encoder that learns the question first and the findings after it."""
    return own_recipe(options, encoder="plain", pretext="position", pretrain=options.pretrain)


METHOD = Method(
    name="relative-position",
    title="What lies beside what (relative position)",
    source="Doersch et al. 2015 (ICCV)",
    summary=(
        "An encoder learns from all series on which side of one patch another lies."
        " It suits anatomy, where neighbours are always the same."
    ),
    Options=PretrainedOptions,
    compose=compose,
)
