"""Options of methods that train a small encoder of their own, and the recipe they make."""

from typing import Any, ClassVar, Final, Literal

from wsl_studio.domain.code import Code, ViewsOf
from wsl_studio.domain.recipe import Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe


class OwnOptions(CommonOptions):
    """What the encoder reads and how wide it is; what it has no use for is no option here."""

    depth: ClassVar[Literal["none"]] = "none"  # type: ignore[misc]
    backbone_learning_rate: ClassVar[float] = 1e-4  # type: ignore[misc]
    hidden: ClassVar[int] = 0  # type: ignore[misc]
    members: ClassVar[int] = 1  # type: ignore[misc]
    centre: ClassVar[float] = 0.0  # type: ignore[misc]

    learning_rate: float = field(
        2e-3, "Learning rate", "Step size of the encoder and the findings.", gt=0, le=0.1
    )
    reads: Literal["pixels", "features"] = field(
        "features", "Reads", "features: the cached maps of the backbone, of which it learns what"
        " matters; pixels: the slice itself at a small size, for what the backbone never saw.",
    )  # fmt: skip
    pixels: int = field(
        64, "Size of pixels", "Longer side of a slice where pixels are read; a CPU trains 64 in"
        " seconds and 128 in minutes.", "px", ge=32, le=256, multiple_of=32,
    )  # fmt: skip
    views: ViewsOf = field(
        "any", "Kind of picture", "Which changes leave a picture's anatomy as it is, where pixels"
        " are read: brightness and noise of its kind; left and right only in microscopy.",
    )  # fmt: skip
    width: int = field(32, "Width", "Channels of the first layer of the encoder.", ge=4, le=128)
    beta: float = field(
        4.0, "Sharpness (b)", "Of pooling, for and against; 0 is the mean, above 10 close to the"
        " extremes.", "1/logit", ge=0.0, le=100.0,
    )  # fmt: skip


class PretrainedOptions(OwnOptions):
    """Options of encoders that learn without labels first."""

    pretrain: int = field(
        20, "Epochs without labels", "Passes over all series of the training patients before the"
        " labels are looked at.", ge=1, le=1000,
    )  # fmt: skip


SHRINK: Final = {"pixels": 3, "features": 2}
"""Layers of the encoder: a cell of its map is 4 pixels, or two cells of the backbone's map."""


def own_recipe(options: OwnOptions, **code: Any) -> Recipe:
    """The recipe of an encoder.

    Args:
        options: As the reader set them.
        code: Fields of ``Code``; channels follow from the width where they are not given.
    """
    made = make_recipe(options, Pool(beta_plus=options.beta, beta_minus=-options.beta))
    backbone = made.backbone
    if options.reads == "pixels":
        update = {
            "name": "pixels", "levels": ("pixels",), "image_px": options.pixels, "shape_px": ()
        }  # fmt: skip
        backbone = backbone.model_copy(update={**update, "weights": "packaged"})
    widths = tuple(options.width * min(2, 1 + i) for i in range(SHRINK[options.reads]))
    views = options.views if options.reads == "pixels" else None
    kernel = 3 if options.reads == "pixels" else 1
    return made.model_copy(
        update={
            "backbone": backbone,
            "code": Code(**{"channels": widths, "kernel": kernel, "views": views, **code}),
        }
    )
