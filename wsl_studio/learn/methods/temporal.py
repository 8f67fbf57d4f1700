"""Agrees with its past (temporal ensembling)."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.semi import TeacherOptions, agree_recipe


class TemporalOptions(TeacherOptions):
    """How long the past counts."""

    decay: float = field(0.6, "Memory", "Share of the mean that an epoch keeps.", ge=0, le=0.99)


def compose(options: TemporalOptions) -> Recipe:
    """Generalised pooling with the term of agreement."""
    return agree_recipe(options, teacher="average")


METHOD = Method(
    name="temporal",
    title="Agrees with its past (temporal ensembling)",
    source="Laine & Aila 2017 (ICLR), temporal ensembling with its start-up bias corrected",
    summary=(
        "The answer to an unlabelled series should agree with the mean of its answers in the epochs"
        " before. Steadier than two views, and no slower than none."
    ),
    Options=TemporalOptions,
    compose=compose,
)
