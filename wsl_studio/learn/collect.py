"""Features of every series of a round: from the cache, or read and made now."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Steps, told
from wsl_studio.domain.recipe import Backbone as BackboneSpec
from wsl_studio.domain.round import Bag, Event, Reported, Said
from wsl_studio.domain.volume import Volume
from wsl_studio.learn.backbone import Backbone
from wsl_studio.learn.features import SHAPE, Extractor, SeriesFeatures, behind

T = TypeVar("T")


@dataclass(frozen=True)
class Sources:
    """What the worker lends to learning, which itself knows neither files nor projects.

    Args:
        key: Hash of the contents of a series' files, by uid.
        read: Pixels of a series, by uid; a long step.
    """

    key: Callable[[str], str]
    read: Callable[[str], Steps[Volume]]


@dataclass
class Warm:
    """What a serving process keeps from round to round.

    Args:
        extractors: With their open caches.
        described: Pooled features by contents, of the extractor that is kept.
    """

    extractors: dict[tuple[BackboneSpec, str], Extractor] = field(default_factory=dict)
    described: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def extractor(self, spec: BackboneSpec, folder: Path, device: torch.device) -> Extractor:
        """The extractor of a recipe, loaded once."""
        key = (spec, f"{folder}|{device}")
        if key not in self.extractors:
            self.extractors.clear()
            self.described.clear()
            self.extractors[key] = Extractor(spec, folder, device)
        return self.extractors[key]


def collect_features(
    bags: Sequence[Bag], extractor: Extractor, sources: Sources
) -> Generator[Event, None, dict[str, SeriesFeatures]]:
    """Cached features of every series that can be read; the others are counted and said."""
    out: dict[str, SeriesFeatures] = {}
    unreadable: list[str] = []
    for done, bag in enumerate(bags):
        try:
            key = sources.key(bag.series_uid)
            found = extractor.load(key)
            if found is None:
                yield Reported(stage="reading and features", done=done, total=len(bags))
                volume = yield from _silent(sources.read(bag.series_uid), done, len(bags))
                found = yield from _silent(extractor.make(key, volume), done, len(bags))
            out[bag.series_uid] = found
        except KnownError as trouble:
            unreadable.append(trouble.sentence)
    if unreadable:
        yield Said(
            sentence=f"{len(unreadable)} series could not be read and are left out of this round:"
            f" {unreadable[0]}"
        )
    marked = sum(1 for found in out.values() if found.n_marked)
    if marked:
        yield Said(
            sentence=f"Burned-in letters or calipers were hidden from learning in {marked} of"
            f" {len(out)} series."
        )
    if not out:
        raise KnownError(
            "No series of this project could be read.",
            "Connect the disks that hold them, or import their folders on this computer again.",
        )
    return out


def through_backbone(
    backbone: Backbone, features: Mapping[str, SeriesFeatures], device: torch.device
) -> Generator[Event, None, dict[str, SeriesFeatures]]:
    """The same series by the maps that heads look at, as the trained part of a backbone makes them.

    A model that finds them there does not run that part, and so does not train it. What that part
    starts from is left out: heads would carry it along in every step.
    """
    out: dict[str, SeriesFeatures] = {}
    for done, (uid, found) in enumerate(features.items()):
        yield Reported(stage="features of the trained backbone", done=done, total=len(features))
        kept = {name: x for name, x in found.maps.items() if name == SHAPE}
        out[uid] = replace(found, maps=behind(backbone.eval(), found, device) | kept)
    return out


def _silent(steps: Steps[T], done: int, total: int) -> Generator[Event, None, T]:
    """A step inside one series; its own progress keeps the line alive."""
    return told(steps, lambda _: Reported(stage="reading and features", done=done, total=total))


def describe_all(
    features: Mapping[str, SeriesFeatures], sources: Sources, warm: Warm, extractor: Extractor
) -> Generator[Event, None, dict[str, NDArray[np.float32]]]:
    """Pooled features (D,) of every series, each worked out once while the process serves.

    Where a part of the backbone is trained, by its maps as they were before: what a model learned
    from labels would hide which of them are wrong.
    """
    out = {}
    for done, (uid, found) in enumerate(features.items()):
        key = sources.key(uid)
        if key not in warm.described:
            yield Reported(stage="describing series", done=done, total=len(features))
            warm.described[key] = extractor.describe(found).numpy()
        out[uid] = warm.described[key]
    return out
