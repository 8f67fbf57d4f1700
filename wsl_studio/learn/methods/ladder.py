"""Ladder network: every layer is denoised with the help of the one above it."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.own import OwnOptions, own_recipe


class LadderOptions(OwnOptions):
    """Noise, and the weights of the costs."""

    noise: float = field(
        0.3, "Noise", "Added at every layer in training, in standard deviations of it.",
        ge=0.0, le=2.0,
    )  # fmt: skip
    rebuild: float = field(
        1.0, "Weight of the input", "How much it counts that the input is denoised.",
        ge=0.0, le=1000.0,
    )  # fmt: skip
    layers: float = field(
        0.1, "Weight of the layers", "How much it counts that each layer above is.",
        ge=0.0, le=1000.0,
    )  # fmt: skip


def compose(options: LadderOptions) -> Recipe:
    """Noisy and clean encoder, decoder with lateral paths."""
    return own_recipe(
        options, encoder="ladder", decoder="lateral", noise=options.noise,
        rebuild=options.rebuild, layers=options.layers,
    )  # fmt: skip


METHOD = Method(
    name="ladder",
    title="Ladder network",
    source="Rasmus et al. 2015 (NeurIPS), algorithm 1; costs as means over cells and channels",
    summary=(
        "Findings are learned from a noisy view, and a decoder has to clean every layer of it,"
        " on series without labels too. Detail goes past the code, so it need not hold all of it."
    ),
    Options=LadderOptions,
    compose=compose,
)
