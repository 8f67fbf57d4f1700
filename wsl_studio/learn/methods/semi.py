"""Options that methods for many unlabelled series share, and the recipe they make."""

from typing import Any, Literal

from wsl_studio.domain.recipe import Recipe, Semi
from wsl_studio.learn.methods import generalised
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.generalised import GeneralisedOptions

WEIGHT = field(
    1.0, "Weight of unlabelled series", "Of what they teach, beside the labels.", gt=0, le=100
)


def semi_recipe(options: GeneralisedOptions, **semi: Any) -> Recipe:
    """Generalised pooling with what unlabelled series teach."""
    base = GeneralisedOptions(
        **{key: getattr(options, key) for key in GeneralisedOptions.model_fields}
    )
    return generalised.compose(base).model_copy(update={"semi": Semi(**semi)})


class AgreeOptions(GeneralisedOptions):
    """How views of a series differ, and how much their agreement counts."""

    weight: float = field(
        10.0, "Weight of agreement", "Of squared differences of probabilities, beside the labels.",
        gt=0, le=1000,
    )  # fmt: skip
    ramp: float = field(
        0.3, "Ramp-up", "Share of the epochs over which that weight rises from almost 0.",
        ge=0, le=1,
    )  # fmt: skip
    noise: float = field(
        0.15, "Noise", "Added to features, in standard deviations of each.", ge=0, le=2
    )
    drop: float = field(
        0.2, "Features dropped", "Share of the feature channels that a view lacks.", ge=0, le=0.9
    )


class TeacherOptions(AgreeOptions):
    """Which answers of the teacher count."""

    rule: Literal["all", "fix", "flex", "free", "soft"] = field(
        "all", "Answers that count", "all; fix: those above the threshold; flex: a threshold lower"
        " for answers learned late; free: one that follows confidence; soft: by confidence.",
    )  # fmt: skip
    threshold: float = field(0.95, "Threshold", "Probability of fix and flex.", ge=0.5, le=1)


def agree_recipe(options: AgreeOptions, **semi: Any) -> Recipe:
    """The recipe of a term of agreement."""
    own = ("weight", "ramp", "noise", "drop", "rule", "threshold", "decay", "views")
    said = {key: getattr(options, key) for key in own if hasattr(options, key)}
    return semi_recipe(options, kind="agree", **said, **semi)
