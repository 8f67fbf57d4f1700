"""Latent SVM: the place of a finding is the hidden variable."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.margin import SvmOptions, svm_recipe


def compose(options: SvmOptions) -> Recipe:
    """The hinge of the strongest region, from a start on whole series."""
    return svm_recipe(options, "latent")


METHOD = Method(
    name="lsvm",
    title="Latent SVM",
    source="Felzenszwalb et al. 2010 (TPAMI), section 4",
    summary=(
        "It begins with whole series and then looks for the place in each present one, with a cache"
        " of the hardest regions of absent ones. Where the start is good, few labels are enough."
    ),
    Options=SvmOptions,
    compose=compose,
)
