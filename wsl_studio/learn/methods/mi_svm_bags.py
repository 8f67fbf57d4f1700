"""MI-SVM: one region stands for a present series, every region for an absent one."""

from typing import Literal

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.margin import SvmOptions, svm_recipe


class MiSvmOptions(SvmOptions):
    """Which slacks absent series have, beside the options of every machine."""

    negatives: Literal["bag", "instance"] = field(
        "bag", "Slack of absent series", "bag: one for a series, so its worst region counts;"
        " instance: one for each region, so all on the wrong side count.",
    )  # fmt: skip


def compose(options: MiSvmOptions) -> Recipe:
    """The strongest region of present series is chosen until none changes."""
    return svm_recipe(options, "bags", options.negatives)


METHOD = Method(
    name="mi-svm-bags",
    title="MI-SVM",
    source="Andrews et al. 2003 (NIPS), equation 8",
    summary=(
        "The strongest region of a present series should speak for it, and no region of an absent"
        " one may. It suits findings that fill a small part of a series."
    ),
    Options=MiSvmOptions,
    compose=compose,
)
