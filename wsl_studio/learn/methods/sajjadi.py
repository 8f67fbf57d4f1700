"""Several views agree (Sajjadi)."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.semi import AgreeOptions, agree_recipe


class SajjadiOptions(AgreeOptions):
    """How many views."""

    views: int = field(
        3, "Views", "Of each unlabelled series in a step; all pairs are compared.", ge=2, le=8
    )


def compose(options: SajjadiOptions) -> Recipe:
    """Generalised pooling with the term of agreement."""
    return agree_recipe(options, teacher="views")


METHOD = Method(
    name="sajjadi",
    title="Several views agree (Sajjadi)",
    source="Sajjadi et al. 2016 (NeurIPS), transformation stability",
    summary=(
        "An unlabelled series is seen several times, features dropped and noise added, and answers"
        " should not differ. It suits few labels where noise on features stands for other pictures."
    ),
    Options=SajjadiOptions,
    compose=compose,
)
