"""Auto-encoder: a code that gives the series back, learned before the labels or beside them."""

from typing import Literal

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.own import PretrainedOptions, own_recipe


class AutoencoderOptions(PretrainedOptions):
    """When it learns from what."""

    order: Literal["first", "both", "beside"] = field(
        "both", "Reconstruction", "first: before the labels only (pre-train, then fine-tune);"
        " beside: together with them only; both: before them, and then beside them.",
    )  # fmt: skip
    rebuild: float = field(1.0, "Weight of reconstruction", "Beside the labels.", ge=0.0, le=100.0)
    noise: float = field(
        0.2, "Noise", "Added to the input in training, in standard deviations of it.",
        ge=0.0, le=2.0,
    )  # fmt: skip


def compose(options: AutoencoderOptions) -> Recipe:
    """A convolutional encoder with its mirror."""
    return own_recipe(
        options,
        encoder="plain",
        decoder="upsample",
        noise=options.noise,
        rebuild=options.rebuild,
        pretrain=0 if options.order == "beside" else options.pretrain,
        is_hybrid=options.order != "first",
    )


METHOD = Method(
    name="autoencoder",
    title="Convolutional auto-encoder",
    source="Hinton & Salakhutdinov 2006 (Science); Masci et al. 2011 (ICANN); hybrid objective:"
    " L = L_labels + w L_rebuild",
    summary=(
        "A small encoder learns to give every series back, labelled or not, and the findings are"
        " read off its code. It suits many series of one kind with few labels."
    ),
    Options=AutoencoderOptions,
    compose=compose,
)
