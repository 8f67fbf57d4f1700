"""SMILE: findings that were labelled only in some series."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.generalised import GeneralisedOptions
from wsl_studio.learn.methods.semi import WEIGHT, semi_recipe


class SmileOptions(GeneralisedOptions):
    """How fast what was not labelled is taken as present."""

    steps: int = field(
        2, "Steps", "How often open findings are judged anew; 1 after plain SMILE.", ge=1, le=20
    )
    first: float = field(
        0.3, "First share", "Share of the expected present series that the first step takes.",
        gt=0, le=1,
    )  # fmt: skip
    last: float = field(0.7, "Last share", "Share that the last step takes.", gt=0, le=1)
    weight: float = WEIGHT


def compose(options: SmileOptions) -> Recipe:
    """Generalised pooling; open findings carry no gradient until they are taken as present."""
    return semi_recipe(
        options, kind="smile", steps=options.steps, first=options.first, last=options.last,
        weight=options.weight, ramp=0.0,
    )  # fmt: skip


METHOD = Method(
    name="smile",
    title="Findings labelled in some series only (SMILE, SMILEr)",
    source="Petit et al. 2018 (MICCAI LABELS), SMILE and its relabelling SMILEr",
    summary=(
        "A finding that nobody answered in a series says nothing there, and a place marked for"
        " another finding is not its place. In steps, the surest of the open ones are taken as"
        " present: it suits tables put together from readers who looked for different things."
    ),
    Options=SmileOptions,
    compose=compose,
)
