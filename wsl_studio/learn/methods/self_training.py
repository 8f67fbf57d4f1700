"""Self-training: new members learn what the last ones said of every unlabelled series."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.generalised import GeneralisedOptions
from wsl_studio.learn.methods.semi import WEIGHT, semi_recipe


class SelfTrainingOptions(GeneralisedOptions):
    """How often, and how much what was said counts."""

    steps: int = field(
        1, "Steps", "How often all unlabelled series are judged anew; each trains new members.",
        ge=1, le=20,
    )  # fmt: skip
    weight: float = WEIGHT


def compose(options: SelfTrainingOptions) -> Recipe:
    """Generalised pooling, taught again with its own probabilities."""
    return semi_recipe(options, kind="self", steps=options.steps, weight=options.weight)


METHOD = Method(
    name="self-training",
    title="Self-training (soft pseudo-labels)",
    source="Lee 2013 (ICML workshop); Xie et al. 2020 (CVPR), soft answers without noise",
    summary=(
        "New members learn the labels and, of every unlabelled series, the probability that the"
        " labels alone gave it; what was doubtful counts little. It is quick, and suits a project"
        " that has some dozens of labels; nothing of it becomes a label."
    ),
    Options=SelfTrainingOptions,
    compose=compose,
)
