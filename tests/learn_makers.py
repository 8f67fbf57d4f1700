"""What tests of learning are made of: easy features without a backbone, and tiny volumes."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
import torch

from wsl_studio.domain.evidence import Placement
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.recipe import Backbone, Recipe
from wsl_studio.domain.round import Anew, Bag, Event, Manifest, Split, Target
from wsl_studio.domain.volume import Volume
from wsl_studio.learn.bags import Labelled, labelled
from wsl_studio.learn.collect import Sources, Warm
from wsl_studio.learn.features import SHAPE, SeriesFeatures
from wsl_studio.learn.methods import DEFAULT, METHODS
from wsl_studio.learn.model import Model
from wsl_studio.learn.preprocess import Frame, Grid
from wsl_studio.learn.round import Outcome, run_round

T = TypeVar("T")

GRIDS = {"block10": Grid(16, 15), SHAPE: Grid(8, 3.5)}
CHANNELS = {"block10": 6, SHAPE: 4}
FINDINGS = ("one", "two")
SIDE = 96


def played(
    work: Generator[Event, None, T], until: int | None = None
) -> tuple[list[Event], T | None]:
    """Events and result of a generator that is run to its end, or closed after ``until`` epochs."""
    events: list[Event] = []
    while True:
        try:
            events.append(next(work))
        except StopIteration as end:
            assert until is None, "it ended too soon"
            return events, end.value
        if until is not None and sum(e.kind == "epoch" for e in events) >= until:
            work.close()
            return events, None


def small(recipe: Recipe, **fit: Any) -> Recipe:
    """A recipe on the two levels of these tests (one of them deep), quick to fit."""
    one = {"fuse_weights": recipe.head.fuse_weights[:1]}
    hidden = 8 if recipe.code.encoder == "none" else recipe.head.hidden
    code = recipe.code.model_copy(update={"pretrain": min(3, recipe.code.pretrain)})
    return recipe.model_copy(
        update={
            "backbone": Backbone(levels=("block10",), shape_px=(1.5,)),
            "head": recipe.head.model_copy(update={"hidden": hidden, "dropout": 0.0, **one}),
            "terms": recipe.terms.model_copy(update={"area_levels": recipe.terms.area_levels[:1]}),
            "fit": recipe.fit.model_copy(update={"epochs": 12, "members": 1, **fit}),
            "code": code,
        }
    )


def features(seed: int, *, slices: int, planted: Sequence[int] = ()) -> SeriesFeatures:
    """Noise, with channel k raised in one place for every finding k that is planted.

    Finding k lies at cell (6, 3 + 4 k) of the 8-pixel grid, on the middle slice.
    """
    rng = np.random.default_rng(seed)
    fine = rng.normal(0, 0.3, (slices, SIDE // 8, SIDE // 8, CHANNELS[SHAPE]))
    coarse = rng.normal(0, 0.3, (slices, SIDE // 16, SIDE // 16, CHANNELS["block10"]))
    for k in planted:
        fine[slices // 2, 6, 3 + 4 * k, k] += 6.0
        coarse[slices // 2, 2:4, 1 + 2 * k : 3 + 2 * k, k] += 3.0
    maps = {SHAPE: torch.from_numpy(fine).half(), "block10": torch.from_numpy(coarse).half()}
    frame = Frame(0, 0, SIDE, SIDE, SIDE, SIDE)
    return SeriesFeatures(maps, frame, torch.zeros(CHANNELS["block10"]))


def bag(
    seed: int,
    *,
    slices: int = 2,
    values: dict[str, float] | None = None,
    split: Split = "train",
) -> Labelled:
    """A labelled bag in which what is answered present is planted."""
    values = {} if values is None else values
    planted = [k for k, finding in enumerate(FINDINGS) if values.get(finding) == 1.0]
    targets = {finding: Target(value=value) for finding, value in values.items()}
    made = labelled(
        Bag(series_uid=f"{split}{seed}", split=split, targets=targets),
        features(seed, slices=slices, planted=planted),
        FINDINGS,
        GRIDS[SHAPE],
    )
    assert made is not None
    return made


def easy_bags(n: int, split: Split = "train", *, slices: int = 2) -> list[Labelled]:
    """Bags with all four pairs of answers."""
    return [
        bag(
            100 * n + i,
            slices=slices,
            values={"one": float(i % 2), "two": float(i // 2 % 2)},
            split=split,
        )
        for i in range(n)
    ]


def model(recipe: Recipe, seed: int = 0, seen: Mapping[str, slice] | None = None) -> Model:
    """A new model for ``features``."""
    torch.manual_seed(seed)
    return Model(recipe, len(FINDINGS), GRIDS, CHANNELS, seen=seen)


def planted_pixel(k: int) -> tuple[float, float]:
    """Centre, in pixels, of the place where finding k is planted."""
    placement: Placement = Frame(0, 0, SIDE, SIDE, SIDE, SIDE).placement(GRIDS[SHAPE])
    return placement.pixel(6, 3 + 4 * k)


def picture(*, size: tuple[int, int] = (160, 192), patch: tuple[int, int] | None = None) -> Volume:
    """A dim, textured picture, with a bright 12 x 12 patch around (row, column)."""
    rng = np.random.default_rng(0)
    array = rng.integers(60, 90, size).astype(np.uint8)
    if patch is not None:
        y, x = patch
        array[y - 6 : y + 6, x - 6 : x + 6] = 250
    return Volume("picture", array[None], modality="IMG")


KEY = "{:0>40}".format
"""Contents of a picture of ``picture_round``, by its uid."""


def picture_round(
    folder: Path, options: dict[str, Any], *, training: int, number: int = 1, warm_from: int = 0,
    anew: Anew = "",
) -> tuple[Manifest, Outcome, list[Event]]:  # fmt: skip
    """A round of the default method on pictures, a quarter of them validation.

    Every second one has a bright patch, and is labelled so.
    """
    bags = tuple(
        Bag(
            series_uid=str(k),
            split="train" if k < training else "validation",
            patient=k,
            targets={"one": Target(value=float(k % 2))},
        )
        for k in range(4 * training // 3)
    )

    def read(uid: str) -> Steps[Volume]:
        yield Progress(0, 1)
        patch = (20, 30) if int(uid) % 2 else None
        return replace(picture(size=(64, 64), patch=patch), series_uid=uid)

    manifest = Manifest(
        number=number, findings=("one",), bags=bags, method=DEFAULT, warm_from=warm_from, anew=anew,
        recipe=METHODS[DEFAULT].recipe(options),
    )  # fmt: skip
    directory = folder / f"{number:04d}"
    directory.mkdir(parents=True)
    events, outcome = played(
        run_round(
            manifest, directory=directory, cache=folder / "cache", warm=Warm(),
            sources=Sources(key=KEY, read=read), should_stop=lambda: False,
        )
    )  # fmt: skip
    assert outcome is not None
    assert len(outcome.scores) == len(bags)
    return manifest, outcome, events


def small_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the large networks of torchvision narrow ones with the same names of tensors."""
    from torchvision import models
    from torchvision.models.convnext import CNBlockConfig
    from torchvision.models.resnet import BasicBlock, Bottleneck

    sizes = [(8, 16, 2), (16, 24, 2), (24, 32, 3), (32, None, 2)]
    convnext = [CNBlockConfig(*size) for size in sizes]
    small = {
        "vit_b_16": partial(models.VisionTransformer, 64, 16, 12, 2, 16, 32),
        "convnext_tiny": partial(models.ConvNeXt, convnext),
        "resnet18": partial(models.ResNet, BasicBlock, [1, 1, 1, 1]),
        "resnet34": partial(models.ResNet, BasicBlock, [1, 2, 1, 1]),
        "resnet50": partial(models.ResNet, Bottleneck, [1, 1, 1, 1], width_per_group=16),
        "densenet121": partial(models.DenseNet, 8, (2, 2, 2, 2), 16),
    }
    for name, make in small.items():
        monkeypatch.setattr(models, name, partial(_without_weights, make))


def _without_weights(make: Callable[..., torch.nn.Module], **how: Any) -> torch.nn.Module:
    """As torchvision's own makers, which are told here that no weights are to be fetched."""
    assert how.pop("weights", None) is None
    return make(**how)
