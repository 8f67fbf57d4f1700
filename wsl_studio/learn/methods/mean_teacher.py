"""Averaged teacher (Mean Teacher)."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.semi import TeacherOptions, agree_recipe


class MeanTeacherOptions(TeacherOptions):
    """How slowly the teacher follows."""

    decay: float = field(
        0.99, "Slowness of the teacher", "Share of its weights that a step keeps, at most.",
        ge=0, le=0.9999,
    )  # fmt: skip


def compose(options: MeanTeacherOptions) -> Recipe:
    """Generalised pooling with the term of agreement."""
    return agree_recipe(options, teacher="weights")


METHOD = Method(
    name="mean-teacher",
    title="Averaged teacher (Mean Teacher)",
    source="Tarvainen & Valpola 2017 (NeurIPS); rules: Sohn et al. 2020, Zhang et al. 2021"
    " (NeurIPS), Wang et al. 2023, Chen et al. 2023 (ICLR)",
    summary=(
        "A teacher whose weights are the running mean of the model answers unlabelled series, and"
        " the model should answer changed views of them alike; the teacher is what is kept."
        " Its answers can be counted by confidence (FixMatch and its followers)."
    ),
    Options=MeanTeacherOptions,
    compose=compose,
)
