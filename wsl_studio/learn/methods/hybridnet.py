"""HybridNet: one branch for the findings and one for the rest, which rebuild a series together."""

from wsl_studio.domain.recipe import Method, Recipe, Semi
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.own import OwnOptions, own_recipe


class HybridOptions(OwnOptions):
    """Weights of its terms; a term with weight 0 is left out."""

    rebuild: float = field(
        0.25, "Weight of reconstruction", "Of a series from the sum of both branches.",
        ge=0.0, le=100.0,
    )  # fmt: skip
    layers: float = field(
        0.1, "Weight of the layers", "Of the reconstruction of the layers between.",
        ge=0.0, le=100.0,
    )  # fmt: skip
    balanced: bool = field(
        True, "Balanced branches", "Only the branch that is worse alone learns from a series, so"
        " that none does the whole work.",
    )  # fmt: skip
    stability: float = field(
        10.0, "Weight of stability", "How much it counts that a series is answered as by an average"
        " of the model over its last steps, however it is seen.", ge=0.0, le=100.0,
    )  # fmt: skip
    noise: float = field(
        0.15, "Noise", "Added to the input in training, in standard deviations of it.",
        ge=0.0, le=2.0,
    )  # fmt: skip


def compose(options: HybridOptions) -> Recipe:
    """Two encoders and decoders; the findings are read off the first."""
    recipe = own_recipe(
        options, encoder="plain", decoder="branches", noise=options.noise,
        rebuild=options.rebuild, layers=options.layers, is_balanced=options.balanced,
    )  # fmt: skip
    if not options.stability:
        return recipe
    # On validation digits an ensemble of earlier answers brought half as much (bench hybridnet).
    agree = Semi(kind="agree", teacher="weights", decay=0.99, weight=options.stability)
    return recipe.model_copy(update={"semi": agree})


METHOD = Method(
    name="hybridnet",
    title="Two branches (HybridNet)",
    source="Robert, Thome & Cord 2018 (ECCV), equations 1-6; stability by a Mean Teacher, as"
    " in its residual networks (Tarvainen & Valpola 2017)",
    summary=(
        "What tells findings and all the rest of a series are kept in two branches whose"
        " reconstructions are added, so that the first need not keep what no finding asks for."
    ),
    Options=HybridOptions,
    compose=compose,
)
