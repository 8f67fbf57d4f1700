"""SDNet: what is where apart from how it looks, with boxes and scribbles as masks."""

from typing import Literal

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.own import OwnOptions, own_recipe


class SdnetOptions(OwnOptions):
    """Weights of its terms, and whether an image is taken apart at all."""

    reads: Literal["pixels"] = field(
        "pixels", "Reads", "The slice itself at a small size: there is nothing to paint again"
        " in features.",
    )  # fmt: skip
    width: int = field(8, "Width", "Channels of the first layer of the U-Net.", ge=4, le=128)
    factors: bool = field(
        True, "Anatomy and appearance", "Off leaves a U-Net with a discriminator of masks (the GAN"
        " baseline of the paper).",
    )  # fmt: skip
    paints_findings: bool = field(
        False, "Paint findings too", "The painter sees findings beside the anatomy: drawn ones as"
        " they are, elsewhere those that the model has.",
    )  # fmt: skip
    rebuild: float = field(
        0.5, "Weight of painting", "Of an image painted again from its anatomy and appearance.",
        ge=0.0, le=100.0,
    )  # fmt: skip
    masks: float = field(
        10.0, "Weight of masks", "Of boxes and scribbles as masks (Dice), where there are some.",
        ge=0.0, le=100.0,
    )  # fmt: skip
    adversary: float = field(
        0.1, "Weight of the discriminator", "That masks of series without any look like drawn"
        " ones.", ge=0.0, le=100.0,
    )  # fmt: skip


def compose(options: SdnetOptions) -> Recipe:
    """Binary anatomy and the findings read off it; a painter gives the image back from both."""
    channels = tuple(options.width * 2**i for i in range(3))
    recipe = own_recipe(
        options, channels=channels, encoder="anatomy" if options.factors else "unet",
        decoder="factors" if options.factors else "none", rebuild=options.rebuild,
        layers=options.rebuild, masks=options.masks, adversary=options.adversary,
        paints_findings=options.factors and options.paints_findings,
    )  # fmt: skip
    head = recipe.head.model_copy(update={"hidden": 16})
    return recipe.model_copy(update={"head": head})


METHOD = Method(
    name="sdnet",
    title="Anatomy and appearance (SDNet)",
    source="Chartsias et al. 2018 (MICCAI) and 2019 (MedIA): binary anatomy, appearance through"
    " FiLM; Mao et al. 2017 (ICCV) for the discriminator",
    summary=(
        "An image is taken apart into what is where and how it looks, and painted again; findings"
        " are read off the first. It suits single pictures with a few boxes or scribbles."
    ),
    Options=SdnetOptions,
    compose=compose,
)
