"""Jia: three levels of the backbone, each judged by itself, held to the area that a reader gave."""

from typing import Final, Literal

from wsl_studio.domain.recipe import AreaForm, Method, Pool, Recipe
from wsl_studio.learn.methods.common import CommonOptions, field, make_recipe

LEVELS: Final = {
    "efficientnet_lite0": ("block4", "block10", "block15"),
    "efficientnet_lite2": ("block6", "block14", "block20"),
    "efficientnet_lite0+2": ("stage2", "stage3", "stage4"),
    "resnet18": ("layer2", "layer3", "layer4"),
    "resnet34": ("layer2", "layer3", "layer4"),
    "resnet50": ("layer2", "layer3", "layer4"),
    "densenet121": ("denseblock2", "denseblock3", "denseblock4"),
    "convnext_tiny": ("stage2", "stage3", "stage4"),
}
"""Side outputs, strides 8, 16 and 32 pixels."""
FUSE: Final = (0.2, 0.35, 0.45)
AREA: Final = (0.25, 0.5, 1.0)
"""Area weights of the side outputs relative to that of the fused output: 2.5, 5 and 10 to 10."""
USUAL: Final[dict[AreaForm, float]] = {"ratio": 0.3, "squared": 10.0}
"""Weight of the fused output by the form of the constraint; 10 is that of the paper, 0.3 was chosen
among 0.03, 0.1, 0.3 and 1 on phantoms that were neither labelled nor test."""


class JiaOptions(CommonOptions):
    """The exponent of pooling and the weight of the area."""

    depth: Literal["none"] = field(
        "none", "Fine-tuning", "None: the three levels are read off one frozen backbone."
    )
    power: float = field(
        4.0, "Exponent (r)", "Of the mean over regions: 1 is the plain mean of probabilities, large"
        " values come close to the maximum.",
        ge=1.0, le=32.0,
    )  # fmt: skip
    area: float = field(
        1.0, "Weight of the size", "How much it counts that a present finding fills about as much"
        " as a reader said (about 8 mm, about 5 %): 1 is usual, 0 leaves sizes out.",
        ge=0.0, le=100.0,
    )  # fmt: skip
    area_form: AreaForm = field(
        "ratio", "Distance from the size", "ratio: within a factor of two of what the reader said,"
        " which suits small findings too; squared: the constraint of the paper, for findings that"
        " fill a fair part of a series.",
    )  # fmt: skip


def compose(options: JiaOptions) -> Recipe:
    """Per-level losses and fixed fusion, with the area constraint where an area is known."""
    recipe = make_recipe(options, Pool(kind="power", power=options.power))
    levels = LEVELS.get(options.backbone, recipe.backbone.levels)
    area = options.area * USUAL[options.area_form]
    terms = {
        "per_level": 1.0,
        "area": area,
        "area_form": options.area_form,
        "area_levels": tuple(share * area for share in AREA),
    }
    return recipe.model_copy(
        update={
            "backbone": recipe.backbone.model_copy(update={"levels": levels}),
            "head": recipe.head.model_copy(update={"fuse": "fixed", "fuse_weights": FUSE}),
            "terms": recipe.terms.model_copy(update=terms),
        }
    )


METHOD = Method(
    name="jia",
    title="Three levels and a known area (CDWS-MIL)",
    source="Jia et al. 2017 (TMI): generalised mean, side outputs, area constraint, fixed fusion",
    summary=(
        "Fine, middle and coarse features each answer for themselves and then together, and where"
        " the reader said about how much of a series a finding fills, the map should fill as much."
        " It suits findings with a visible extent; regions count as probabilities."
    ),
    Options=JiaOptions,
    compose=compose,
)
