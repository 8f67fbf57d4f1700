"""SWWAE: what is in a place and where it was are kept apart, and every layer is given back."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.own import OwnOptions, own_recipe


class SwwaeOptions(OwnOptions):
    """Weights of the two reconstructions."""

    rebuild: float = field(1.0, "Weight of reconstruction", "Of the input.", ge=0.0, le=100.0)
    layers: float = field(
        0.2, "Weight of the layers", "Of the reconstruction of each layer between.",
        ge=0.0, le=100.0,
    )  # fmt: skip


def compose(options: SwwaeOptions) -> Recipe:
    """An encoder with pooling switches, and a decoder that is told of them."""
    return own_recipe(
        options, encoder="plain", decoder="switches", rebuild=options.rebuild,
        layers=options.layers,
    )  # fmt: skip


METHOD = Method(
    name="swwae",
    title="What-where auto-encoder (SWWAE)",
    source="Zhao et al. 2015 (arXiv 1506.02351), equation 1",
    summary=(
        "The code says what is there and the decoder is told where, so the code may forget it."
        " Every layer is given back, on series without labels too."
    ),
    Options=SwwaeOptions,
    compose=compose,
)
