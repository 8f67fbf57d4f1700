"""Two views agree (Pi-model)."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.semi import AgreeOptions, agree_recipe


def compose(options: AgreeOptions) -> Recipe:
    """Generalised pooling with the term of agreement."""
    return agree_recipe(options, teacher="view")


METHOD = Method(
    name="pi-model",
    title="Two views agree (Pi-model)",
    source="Laine & Aila 2017 (ICLR), Pi-model",
    summary=(
        "An unlabelled series is seen twice, changed each time, and both answers should agree, ever"
        " more as training goes on. The plainest of the stability methods."
    ),
    Options=AgreeOptions,
    compose=compose,
)
