"""Gated attention in additive form: a second map a finding says where to look."""

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, make_recipe


def compose(options: CommonOptions) -> Recipe:
    """Attention pooling of region scores."""
    return make_recipe(options, Pool(kind="attention"))


METHOD = Method(
    name="attention",
    title="Gated attention",
    source="Ilse et al. 2018 (ICML), equation 9, with region scores in place of features",
    summary=(
        "One map says what a region speaks for, another how much it is looked at."
        " What is drawn is the score times the look, so a region nobody looks at stays blank."
    ),
    Options=CommonOptions,
    compose=compose,
)
