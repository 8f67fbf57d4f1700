"""Scores of one series with tissue taken out: what kept or removed tissue does to the answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Manifest
from wsl_studio.learn.bags import Labelled
from wsl_studio.learn.bags import Maps as DeviceMaps
from wsl_studio.learn.checkpoint import read_ensemble
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import Extractor, SeriesFeatures
from wsl_studio.learn.make import make_model
from wsl_studio.learn.model import resample
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.train import validate

MOST_SERIES: Final = 64
"""Training series whose mean stands for tissue that was taken out, when one series is asked of."""


def mean_features(series: Sequence[SeriesFeatures]) -> dict[str, Tensor]:
    """(C,) mean of every cached map over series: what stands for tissue that was taken out."""
    total: dict[str, Tensor] = {}
    for found in series:
        for name, x in found.maps.items():
            mean = x.float().mean((0, 1, 2))
            total[name] = total.get(name, torch.zeros_like(mean)) + mean
    return {name: x / len(series) for name, x in total.items()}


@dataclass(frozen=True, eq=False)
class Probe:
    """Scores of one series with some of its regions replaced by the mean feature.

    Args:
        ensemble: Trained.
        recipe: For the pooling.
        features: Of the series.
        mean: (C,) by map.
        grids: Where the cells of every map lie.
        finest: Grid of the evidence.
        temperature: By finding, in the order of the score channels.
        describe: What a series is compared by as a whole, from its cached maps.
    """

    ensemble: Ensemble
    recipe: Recipe
    features: SeriesFeatures
    describe: Callable[[SeriesFeatures], Tensor]
    mean: Mapping[str, Tensor]
    grids: Mapping[str, Grid]
    finest: Grid
    temperature: Mapping[str, float]

    def of(self, finding: str) -> "Scorer":
        """The scorer of one finding."""
        return Scorer(self, list(self.temperature).index(finding), self.temperature[finding])

    def scores(self, out: NDArray[np.bool_]) -> Tensor:
        """(n, K) raw scores; ``out`` is (n, S, h, w), True where a region is taken out."""
        holes = torch.from_numpy(out.astype(np.float32)).flatten(0, 1)[:, None]  # (n S, 1, h, w)
        replaced: list[dict[str, Tensor]] = [{} for _ in out]
        for name, x in self.features.maps.items():
            size = (x.shape[1], x.shape[2])
            share = resample(holes, self.finest, self.grids[name], size)
            share = share.view(len(out), -1, *size, 1)  # (n, S, h', w', 1)
            for k in range(len(out)):
                replaced[k][name] = x.float() * (1 - share[k]) + self.mean[name] * share[k]
        series = [replace(self.features, maps=maps) for maps in replaced]
        if self.ensemble.whole is not None:
            series = [replace(one, described=self.describe(one)) for one in series]
        none = torch.zeros(len(self.temperature))
        bags = [Labelled(str(k), one, none, none) for k, one in enumerate(series)]
        return validate(self.ensemble, bags, DeviceMaps(torch.device("cpu")), self.recipe)


@dataclass(frozen=True, eq=False)
class Scorer:
    """Calibrated scores of one finding with regions taken out: a ``learn.faithful.Score``."""

    probe: Probe
    channel: int
    temperature: float

    def __call__(self, out: NDArray[np.bool_]) -> NDArray[np.float64]:
        """(n,) calibrated logits."""
        raw = self.probe.scores(out)[:, self.channel]
        return np.asarray(raw.double().numpy() / self.temperature)


@dataclass(frozen=True, eq=False)
class Again:
    """A finished round made ready to be asked of one series after the other.

    Args:
        manifest: What it was made from.
        extractor: With the features that it used.
        ensemble: Its members.
        mean: (C,) by map, of at most ``MOST_SERIES`` training series.
        finest: Grid of the evidence.
        temperature: By finding.
    """

    manifest: Manifest
    extractor: Extractor
    ensemble: Ensemble
    mean: Mapping[str, Tensor]
    finest: Grid
    temperature: Mapping[str, float]

    @classmethod
    def of(
        cls,
        manifest: Manifest,
        directory: Path,
        extractor: Extractor,
        key: Callable[[str], str],
        temperature: Mapping[str, float],
    ) -> "Again":
        """Reads checkpoint and cached features of a round.

        Raises:
            KnownError: The checkpoint or the cache is gone.
        """
        training = [bag.series_uid for bag in manifest.bags if bag.split == "train"]
        held = [extractor.load(key(uid)) for uid in training[:MOST_SERIES]]
        features = [one for one in held if one is not None]
        cpu = torch.device("cpu")
        ensemble = features and read_ensemble(
            manifest, directory, lambda n: make_model(manifest, extractor, features[0], cpu, n)
        )
        if not ensemble:
            raise KnownError("What this round was made from is no longer in the cache.",
                             "Train again, then ask again.")  # fmt: skip
        return cls(manifest, extractor, ensemble, mean_features(features), ensemble.finest,
                   temperature)  # fmt: skip

    def probe(self, features: SeriesFeatures) -> Probe:
        """Scores one series with regions taken out."""
        return Probe(
            ensemble=self.ensemble,
            recipe=self.manifest.recipe,
            features=features,
            describe=self.extractor.describe,
            mean=self.mean,
            grids=self.extractor.grids,
            finest=self.finest,
            temperature={f: self.temperature[f] for f in self.manifest.findings},
        )


def whole_kept_removed(
    probe: Probe, finding: str, is_highlighted: NDArray[np.bool_]
) -> tuple[float, float, float]:
    """Calibrated logits of all tissue, of the highlighted alone, and without it.

    Args:
        probe: Of the series.
        finding: Which.
        is_highlighted: (S, h, w) on the grid of the evidence.

    Source:
        DeYoung et al. 2020 (ACL, ERASER), section 4: sufficiency and comprehensiveness.
    """
    nothing = np.zeros_like(is_highlighted)
    found = probe.of(finding)(np.stack([nothing, ~is_highlighted, is_highlighted]))
    return float(found[0]), float(found[1]), float(found[2])
