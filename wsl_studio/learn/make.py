"""A new model of a manifest's recipe, its inputs standardised."""

from collections.abc import Iterable

import torch
from torch import Tensor

from wsl_studio.domain.round import Manifest
from wsl_studio.learn.backbone import Backbone
from wsl_studio.learn.beside import turn
from wsl_studio.learn.features import Extractor, SeriesFeatures, as_float
from wsl_studio.learn.model import LevelHead, Model


def make_model(
    manifest: Manifest,
    extractor: Extractor,
    sample: SeriesFeatures,
    device: torch.device,
    member: int | None = None,
    held: Backbone | None = None,
) -> Model:
    """A new model of a manifest's recipe, on the device.

    Args:
        manifest: Recipe and findings.
        extractor: Knows the grids, and has the backbone.
        sample: Features of any series, for the channels of every level.
        device: Where.
        member: Of several, where networks stand side by side in the backbone: each looks at one of
            them, in turn, so that members differ in more than their seed. None looks at all.
        held: A backbone that learns no more, which all models of a round may hold: ten copies of a
            pair took 1.2 s. None gives the model its own where the recipe trains one.
    """
    backbone = held or extractor.trained_backbone()
    maps = {name: as_float(name, x[:1]) for name, x in sample.maps.items()}
    if backbone is not None:
        with torch.inference_mode():
            maps.update(backbone.suffix(maps))
    channels = {name: x.shape[1] for name, x in maps.items()}
    seen: dict[str, slice] = {}
    if member is not None and manifest.recipe.takes_turns:
        n = manifest.recipe.fit.members  # some methods keep a teacher's as many behind their own
        seen = turn(member % n, n, manifest.recipe.head, extractor.backbone.widths)
    model = Model(
        manifest.recipe, len(manifest.findings), extractor.grids, channels, backbone, seen
    )
    if device.type == "cuda" and backbone is not None:
        backbone.to(memory_format=torch.channels_last)
    return model.to(device)


def standardise(model: Model, training: Iterable[dict[str, Tensor]]) -> None:
    """Gives every head the mean and deviation of its level over the training regions.

    Args:
        model: Its heads are changed.
        training: Maps of each series.
    """
    model.train()  # batch norms that are trained from scratch see what they will see then
    with torch.no_grad():
        ready = [model.level_maps(_every_other(each)) for each in training]
        for level, head in model.heads.items():
            assert isinstance(head, LevelHead)
            head.standardise(each[level] for each in ready)


def _every_other(maps: dict[str, Tensor]) -> dict[str, Tensor]:
    """Half of the slices are enough for a mean and a deviation."""
    return {name: x[::2] for name, x in maps.items()}
