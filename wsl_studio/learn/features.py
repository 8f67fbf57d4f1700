"""Cached feature maps: one pass of the frozen backbone over a series, once, kept on disk."""

import contextlib
import copy
import hashlib
import json
import os
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.recipe import FIRST
from wsl_studio.domain.recipe import Backbone as BackboneSpec
from wsl_studio.domain.volume import Volume
from wsl_studio.learn import scales, shape
from wsl_studio.learn.backbone import (
    IMAGE,
    Backbone,
    fold_batch_norms,
    load_backbone,
    weights_digest,
)
from wsl_studio.learn.device import ahead, to_device
from wsl_studio.learn.preprocess import Frame, Grid, Slices

VERSION: Final = 3
"""Of the preprocessing and the file; another number makes every cached file a stranger."""

SHAPE: Final = "shape"
CHUNK: Final = 4
"""Slices that go through the backbone at once: more are not faster on a CPU."""

HELD_BYTES: Final = 2 * 2**30
"""Features that a serving process keeps mapped from round to round."""


@dataclass(frozen=True, eq=False)
class SeriesFeatures:
    """Cached maps of one series.

    Args:
        maps: By level, (S, h, w, C) float16, finest grid first; ``image`` is uint8.
        frame: How slices were cut and resized.
        mean: (D,) float32, the mean deep feature, by which series are compared.
        n_marked: Slices whose burned-in marks were painted over.
        is_colour: The pixels are red, green and blue.
        described: (D,) what the series is compared by as a whole (``describe``); None where
            a round compares none.
    """

    maps: dict[str, Tensor]
    frame: Frame
    mean: Tensor
    n_marked: int = 0
    is_colour: bool = False
    described: Tensor | None = None

    @property
    def n_slices(self) -> int:
        """Slices."""
        return next(iter(self.maps.values())).shape[0]

    @property
    def n_bytes(self) -> int:
        """Size of the maps."""
        return sum(t.numel() * t.element_size() for t in self.maps.values())


class Extractor:
    """Makes and keeps the features of one backbone and one way of preprocessing.

    Args:
        spec: What the recipe says of the backbone.
        folder: Of the cache, ``P/cache/features``.
        device: Where the frozen backbone runs.
    """

    def __init__(self, spec: BackboneSpec, folder: Path, device: torch.device) -> None:
        self.spec = spec
        self.backbone, self.sentences = load_backbone(spec)
        self._device = device
        self._first: Backbone | None = None
        what = {
            "version": VERSION,
            "weights": weights_digest(self.backbone),
            "name": spec.name,
            "cached": self.backbone.cached,
            "image_px": spec.image_px,
            "shape_px": spec.shape_px,
            "is_cropped": spec.is_cropped,
            "hides_marks": spec.hides_marks,
        }
        if spec.scales != (1.0,):
            what["scales"] = spec.scales
            if spec.train_from is not None:
                raise KnownError(
                    "A backbone that is trained sees a slice at one size only.",
                    "Choose no fine-tuning, or one scale.",
                )
        digest = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
        self._folder = folder / digest[:16]
        self._held: OrderedDict[str, SeriesFeatures] = OrderedDict()
        if self.backbone.cached != (IMAGE,):
            # The cached copy of the frozen part is never trained, so its norms can be folded.
            for link in self.backbone.first_links:
                fold_batch_norms(link)
            self.backbone.to(device).to(memory_format=torch.channels_last)

    def trained_backbone(self) -> Backbone | None:
        """A backbone as it came, its part behind the cut to be trained; None if none is.

        A copy of one that is loaded once: ten models of a round took 2.4 s to load, 0.5 s so.
        """
        if self.spec.train_from is None:
            return None
        if self._first is None:
            self._first = load_backbone(self.spec)[0]
        return copy.deepcopy(self._first)

    @property
    def grids(self) -> dict[str, Grid]:
        """Grid of every map that a head may see."""
        return {**scales.grids(self.backbone.grids, self.spec.scales), SHAPE: shape.GRID}

    def path(self, key: str) -> Path:
        """Where the features of a series are cached.

        Args:
            key: Hash of the contents of the series' files, hexadecimal.
        """
        return self._folder / f"{key[:40]}.safetensors"

    def load(self, key: str) -> SeriesFeatures | None:
        """Cached features, memory-mapped; None if there are none or the file is damaged."""
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        path = self.path(key)
        try:
            with safe_open(str(path), framework="pt") as file:
                about = json.loads(file.metadata()["about"])
                frame = Frame(**{**about["frame"], "whole": tuple(about["frame"]["whole"])})
                n_marked, is_colour = int(about["marked"]), bool(about.get("colour"))
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        except (OSError, SafetensorError, KeyError, TypeError, ValueError):
            return None
        mean = tensors.pop("mean")
        names = sorted(tensors, key=lambda name: (self.grids[name].stride, name))
        maps = {name: tensors[name] for name in names}
        found = SeriesFeatures(maps, frame, mean, n_marked, is_colour)
        self._held[key] = found
        total = sum(held.n_bytes for held in self._held.values())
        while total > HELD_BYTES and len(self._held) > 1:
            total -= self._held.popitem(last=False)[1].n_bytes
        return found

    def untrained(self, found: SeriesFeatures) -> SeriesFeatures:
        """A series by its level maps, those behind the cut as the first weights make them."""
        if self.backbone.trunk is None:
            return found
        own = {name: x for name, x in found.maps.items() if name == SHAPE or name.startswith(FIRST)}
        if not self.backbone.kept:
            own |= behind(self.backbone.to(self._device), found, self._device)
        return replace(found, maps=own)

    def describe(self, found: SeriesFeatures) -> Tensor:
        """(D,) what a series is compared by: its maps as the first weights make them, pooled."""
        return torch.from_numpy(describe(self.untrained(found)))

    def make(self, key: str, volume: Volume) -> Steps[SeriesFeatures]:
        """Runs the frozen backbone over a volume and caches the maps.

        Yields progress after every few slices. The file is written beside its place and then
        renamed, so a process that dies leaves no half a file under its name.

        Raises:
            KnownError: If the cache can't be written.
        """
        slices = Slices(
            volume,
            image_px=self.spec.image_px,
            is_cropped=self.spec.is_cropped,
            hides_marks=self.spec.hides_marks,
        )
        frame, n = slices.frame, slices.n_slices
        parts: dict[str, list[Tensor]] = {}
        deepest = scales.level_name(self.backbone.cached[-1], max(self.spec.scales))
        total, half = torch.zeros(()), []
        firsts = range(0, n, CHUNK)

        def images_from(first: int) -> NDArray[np.uint8]:
            return np.stack([slices.channels(s) for s in range(first, min(first + CHUNK, n))])

        for first, images in zip(firsts, ahead(images_from, firsts), strict=True):
            yield Progress(first, n, "features")
            batch = torch.from_numpy(images)
            with torch.inference_mode():
                batch = to_device(batch, self._device)
                maps = scales.prefix(self.backbone, batch, self.spec.scales)
            maps = {name: x.permute(0, 2, 3, 1) for name, x in maps.items()}
            if IMAGE in self.backbone.cached:
                maps[IMAGE] = batch
            for name, x in maps.items():
                parts.setdefault(name, []).append(x.cpu() if name == IMAGE else _half(x))
            total = total + maps[deepest].float().mean((1, 2)).sum(0).cpu()
            if self.spec.shape_px:
                half.append(
                    images[..., 0]
                    .reshape(len(images), frame.rows // 2, 2, frame.columns // 2, 2)
                    .mean((2, 4), dtype=np.float32)
                    / 255.0
                )
        out = {name: torch.cat(chunks) for name, chunks in parts.items()}
        if self.spec.shape_px:
            yield Progress(n - 1, n, "local shape")
            distance = None if slices.slice_px is None else slices.slice_px / 2
            channels = shape.shape_channels(
                np.concatenate(half), scales_px=self.spec.shape_px, slice_px=distance
            )
            out[SHAPE] = torch.from_numpy(channels)
        about = {"marked": len(slices.marked), "colour": volume.is_colour}
        self._write(key, out, frame, total / n, about)
        found = self.load(key)
        if found is None:
            raise KnownError("Cached features could not be read back.", "Check the disk.")
        return found

    def _write(
        self, key: str, maps: dict[str, Tensor], frame: Frame, mean: Tensor, about: dict[str, int]
    ) -> None:
        path = self.path(key)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            tensors = {name: x.contiguous() for name, x in maps.items()}
            metadata = {"about": json.dumps({"frame": asdict(frame), **about})}
            save_file({**tensors, "mean": mean}, part, metadata=metadata)
            part.replace(path)
        except (OSError, SafetensorError) as error:
            with contextlib.suppress(OSError):
                part.unlink()
            raise KnownError(
                "Features could not be cached; the disk may be full.",
                "Make room, or move the project to a larger disk.",
            ) from error


def describe(features: SeriesFeatures) -> NDArray[np.float32]:
    """(D,) mean and deviation over the regions of every cached map of a series.

    Of local shape also the strongest response: a small nodule changes no mean of a chest.
    """
    parts = []
    for name, x in features.maps.items():
        if name != IMAGE:
            flat = x.float().flatten(0, 2)  # (S h w, C)
            mean = flat.mean(0)
            # By hand: along the first axis torch's own deviation takes thrice as long.
            parts += [mean, (flat - mean).square_().mean(0).sqrt()]
            parts += [flat.amax(0)] if name == SHAPE else []
    if not parts:
        return features.mean.float().numpy()
    return np.concatenate([part.numpy() for part in parts])


def behind(backbone: Backbone, found: SeriesFeatures, device: torch.device) -> dict[str, Tensor]:
    """(S, h, w, C) float16 level maps of a series, with those behind the cut of a backbone."""
    maps = {name: as_float(name, x).to(device) for name, x in found.maps.items()}
    with torch.inference_mode():
        made = backbone.suffix(maps)
    return {name: _half(x.permute(0, 2, 3, 1)) for name, x in made.items()}


def as_float(name: str, x: Tensor) -> Tensor:
    """(S, h, w, C) float16 as (S, C, h, w) float32, channels last in memory; images stay as is."""
    return x if name == IMAGE else x.float().permute(0, 3, 1, 2)


def _half(x: Tensor) -> Tensor:
    """Float16 on the CPU; a value beyond its range is clipped, not made infinite."""
    return x.clamp(-65504, 65504).to("cpu", torch.float16)
