"""Curriculum: the easiest unlabelled series get pseudo-labels first, then more."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.generalised import GeneralisedOptions
from wsl_studio.learn.methods.semi import WEIGHT, semi_recipe


class CurriculumOptions(GeneralisedOptions):
    """How many steps, and how much of the unlabelled series each takes."""

    steps: int = field(
        2, "Steps", "How often pseudo-labels are given anew; each trains the heads once more.",
        ge=1, le=20,
    )  # fmt: skip
    starts: int = field(
        5, "Starts", "First weights that heads without hidden channels try, at most, where few"
        " series are labelled: until every finding parts all series into two clear groups.",
        ge=1, le=20,
    )  # fmt: skip
    first: float = field(
        0.5, "First share", "Share of the unlabelled series that the first step takes, the easiest"
        " of either answer.", gt=0, le=1,
    )  # fmt: skip
    last: float = field(1.0, "Last share", "Share that the last step takes.", gt=0, le=1)
    weight: float = WEIGHT
    rest: float = field(
        0.0, "Rest of a series", "Weight of what a present series leaves alone: the 85 % of its"
        " regions that the model thinks of least are taken as absent. For findings that mostly fill"
        " less than the other 15 %.", ge=0, le=10,
    )  # fmt: skip
    noisy: bool = field(
        False, "Noisy student", "Pseudo-labelled series are seen with noise and features dropped."
    )


def compose(options: CurriculumOptions) -> Recipe:
    """Generalised pooling, taught again with pseudo-labels."""
    return semi_recipe(
        options, kind="curriculum", steps=options.steps, starts=options.starts,
        first=options.first, last=options.last,
        weight=options.weight, is_noisy=options.noisy, rest=options.rest, ramp=0.0,
    )  # fmt: skip


METHOD = Method(
    name="curriculum",
    title="Easy series first (curriculum, self-training)",
    source="Bengio et al. 2009 (ICML); with noise Xie et al. 2020 (CVPR, noisy student)",
    summary=(
        "Unlabelled series that the model finds easy are taken as if they were labelled, the same"
        " share of either answer, and all are judged anew in every step. It suits many unlabelled"
        " series like the labelled ones; nothing of it becomes a label."
    ),
    Options=CurriculumOptions,
    compose=compose,
)
