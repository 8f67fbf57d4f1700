"""Generalised pooling: from the mean to the maximum, for and against, by two numbers."""

from wsl_studio.domain.recipe import Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class GeneralisedOptions(CommonOptions):
    """The two sharpness numbers of equation 4 beside the common options."""

    beta_plus: float = field(
        4.0, "Sharpness for (b+)", "0 is the mean; above 10 it is close to the maximum.",
        "1/logit", ge=0.0, le=100.0,
    )  # fmt: skip
    beta_minus: float = field(
        4.0, "Sharpness against (b-)", "Below 0 it looks for evidence against; 0 is the mean;"
        " above 0 it looks for evidence for, as b+ does.",
        "1/logit", ge=-100.0, le=100.0,
    )  # fmt: skip
    learn_sharpness: bool = field(
        False, "Learn sharpness", "Both numbers are learned for each finding, from those above"
        " (0 starts at 0.1); each keeps its sign.",
    )  # fmt: skip


def compose(options: GeneralisedOptions) -> Recipe:
    """Generalised pooling at the two numbers of the reader."""
    pool = Pool(
        beta_plus=options.beta_plus,
        beta_minus=options.beta_minus,
        is_learned=options.learn_sharpness,
    )
    return make_recipe(options, pool)


METHOD = Method(
    name="generalised",
    title="Generalised pooling",
    source="Durand et al. 2019 (TPAMI), equation 4",
    summary=(
        "Soft forms of maximum and minimum with a sharpness each; the other methods are its limits."
        " Regions share the say by their strength, so the map is broader than that of a maximum."
    ),
    Options=GeneralisedOptions,
    compose=compose,
)
