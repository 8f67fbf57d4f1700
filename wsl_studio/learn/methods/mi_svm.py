"""mi-SVM: the machine itself says which regions of a present series are present."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.margin import SvmOptions, svm_recipe


def compose(options: SvmOptions) -> Recipe:
    """Regions of present series are relabelled until none changes."""
    return svm_recipe(options, "mi")


METHOD = Method(
    name="mi-svm",
    title="Regions relabelled (mi-SVM)",
    source="Andrews et al. 2003 (NIPS), equation 6",
    summary=(
        "It begins with every region of a present series as present and relabels them by its own"
        " score, at least one staying present. It suits findings of several regions a series."
    ),
    Options=SvmOptions,
    compose=compose,
)
