"""A method as data: backbone, head, pooling, loss terms and fit, without torch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from wsl_studio.domain.series import Value


class Backbone(Value):
    """Where deep features come from.

    Args:
        name: ``efficientnet_lite0``, ``resnet18``, ...
        weights: ``packaged`` (carried by a dependency), ``random`` (seeded), or the path of a
            local safetensors or ``weights_only`` file.
        levels: Names of the feature maps used, finest first; maps are resampled to the first
            one's grid and joined along channels.
        train_from: First stage that is trained; None keeps the whole backbone frozen and
            its features cached.
        image_px: Length of the longer side of a slice before the backbone.
    """

    name: str = "efficientnet_lite0"
    weights: str = "packaged"
    levels: tuple[str, ...] = ("block10",)
    train_from: int | None = None
    image_px: int = 320


class Head(Value):
    """From features to region scores.

    Args:
        hidden: Channels of a 3x3 hidden layer; 0 for a 1x1 layer straight to the findings.
        maps: Score maps per finding, averaged (M of WILDCAT).
        dropout: Share of feature channels dropped in training.
    """

    hidden: int = 0
    maps: int = 1
    dropout: float = 0.0


class Pool(Value):
    """From region scores to a bag score.

    ``lse``: generalised pooling of Durand et al. 2019, eq. 4, with ``beta_plus`` and
    ``beta_minus`` (infinities allowed). ``topk``: WILDCAT with shares ``k_plus``, ``k_minus``
    and ``alpha``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")

    kind: Literal["lse", "topk"] = "lse"
    beta_plus: float = float("inf")
    beta_minus: float = float("-inf")
    k_plus: float = 0.1
    k_minus: float = 0.1
    alpha: float = 0.7


class Terms(Value):
    """Weights of the loss terms. The bag term (masked binary cross-entropy) has weight 1.

    Args:
        region: Region supervision from slice ranges and boxes.
        sparsity: Mean positive region probability (Zhu 2017), against maps that light up whole.
    """

    region: float = 1.0
    sparsity: float = 0.0


class Fit(Value):
    """How a recipe is fitted; seeds come from the manifest."""

    epochs: int = 40
    bags_per_step: int = 8
    learning_rate: float = 1e-3
    backbone_learning_rate: float = 1e-4
    weight_decay: float = 1e-4
    patience: int = 12
    members: int = 1
    augment: bool = True


class Recipe(Value):
    """One method, ready to fit."""

    backbone: Backbone = Backbone()
    head: Head = Head()
    pool: Pool = Pool()
    terms: Terms = Terms()
    fit: Fit = Fit()


class Options(BaseModel):
    """Base of a method's options; the form in the window is built from the fields.

    Each field carries ``title``, ``description``, bounds, and ``json_schema_extra`` with
    ``unit`` where it has one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


O_contra = TypeVar("O_contra", bound=Options)


@dataclass(frozen=True)
class Method(Generic[O_contra]):
    """One learning method: options a reader can turn, and the recipe they make.

    Args:
        name: Word for scripts, ``[a-z0-9-]+``.
        title: Name for the reader.
        source: Paper and equation.
        summary: What it assumes and what its map means, in two sentences.
        Options: Pydantic class of its options.
        compose: From options to recipe.
    """

    name: str
    title: str
    source: str
    summary: str
    Options: type[O_contra]
    compose: Callable[[O_contra], Recipe]

    def recipe(self, options: dict[str, Any]) -> Recipe:
        """Recipe for option values by name; ``pydantic.ValidationError`` for a bad one."""
        return self.compose(self.Options(**options))
