"""Ross: an encoder first learns to colour so that a discriminator believes it."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.own import PretrainedOptions, own_recipe


def compose(options: PretrainedOptions) -> Recipe:
    """An encoder that learns the question first and the findings after it."""
    return own_recipe(options, encoder="plain", pretext="adversarial", pretrain=options.pretrain)


METHOD = Method(
    name="colour-gan",
    title="Colours a discriminator believes (Ross)",
    source="Ross et al. 2018 (IJCARS); Isola et al. 2017 (CVPR); Mao et al. 2017 (ICCV)",
    summary=(
        "As colourisation, with an error and a discriminator instead of classes of colour."
        " It was made for endoscopy; series without colours have boxes filled in instead."
    ),
    Options=PretrainedOptions,
    compose=compose,
)
