"""Single-instance learning: every region takes the answer of its series."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.margin import SvmOptions, svm_recipe


def compose(options: SvmOptions) -> Recipe:
    """One machine on all regions."""
    return svm_recipe(options, "sil")


METHOD = Method(
    name="sil",
    title="Every region (SIL, support vector machine)",
    source="Ray & Craven 2005 (ICML), the single-instance baseline",
    summary=(
        "Every region of a series is taught the answer of the series."
        " The plainest baseline: it suits findings that fill a series and misleads on small ones."
    ),
    Options=SvmOptions,
    compose=compose,
)
