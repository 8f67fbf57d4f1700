"""One method trained on one fold: its evidence as written, its model again, and the upper bound."""

from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from wsl_studio.bench.folds import Runner
from wsl_studio.bench.supervised import HEAD, cell_targets, fit
from wsl_studio.domain.evidence import Arithmetic, Evidence
from wsl_studio.domain.recipe import Head
from wsl_studio.domain.round import Manifest, Split
from wsl_studio.learn.checkpoint import read_ensemble
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.evidence import region_scores
from wsl_studio.learn.features import Extractor, SeriesFeatures
from wsl_studio.learn.make import make_model
from wsl_studio.learn.model import Model
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.probe import Probe, mean_features
from wsl_studio.learn.round import Outcome, choose_device
from wsl_studio.store import rounds

CPU: Final = torch.device("cpu")


@dataclass(frozen=True, eq=False)
class TrainedFold:
    """A finished round on one fold.

    Args:
        fold: From 0.
        runner: Ran it.
        manifest: What it was made from.
        directory: Its folder.
        outcome: What it handed back.
    """

    fold: int
    runner: Runner
    manifest: Manifest
    directory: Path
    outcome: Outcome

    def uids(self, part: Split) -> list[str]:
        """Series of a part that could be read."""
        return [
            bag.series_uid for bag in self.manifest.bags
            if bag.split == part and bag.series_uid in self.outcome.scores
        ]  # fmt: skip

    def evidence(self, uid: str) -> dict[str, Evidence]:
        """Evidence by finding, as the round wrote it."""
        return rounds.read_evidence(self.directory, uid)

    @cached_property
    def extractor(self) -> Extractor:
        """The extractor that the round used."""
        spec, device = self.manifest.recipe.backbone, choose_device(self.manifest.device)
        return self.runner.warm.extractor(spec, self.runner.cache, device)

    @cached_property
    def features(self) -> dict[str, SeriesFeatures]:
        """Cached features by series."""
        key = self.runner.sources.key
        found = {uid: self.extractor.load(key(uid)) for uid in self.outcome.scores}
        return {uid: one for uid, one in found.items() if one is not None}

    def new_model(self, member: int | None = None, head: Head | None = None) -> Model:
        """An untrained model of the recipe, or with another head on the same features."""
        recipe = self.manifest.recipe
        own = recipe.model_copy(update={"head": head or recipe.head})
        sample = next(iter(self.features.values()))
        manifest = self.manifest.model_copy(update={"recipe": own})
        return make_model(manifest, self.extractor, sample, CPU, member)

    @cached_property
    def finest(self) -> Grid:
        """Grid of the evidence."""
        return self.new_model().finest

    @cached_property
    def ensemble(self) -> Ensemble:
        """The trained members, from the checkpoint."""
        found = read_ensemble(self.manifest, self.directory, self.new_model)
        assert found is not None, "a finished round has a checkpoint"
        return found

    @cached_property
    def mean(self) -> dict[str, torch.Tensor]:
        """Mean feature of the training series by map."""
        return mean_features([self.features[uid] for uid in self.uids("train")])

    def probe(self, uid: str) -> Probe:
        """Scores a series with regions taken out."""
        return Probe(
            ensemble=self.ensemble,
            recipe=self.manifest.recipe,
            features=self.features[uid],
            describe=self.extractor.describe,
            mean=self.mean,
            grids=self.extractor.grids,
            finest=self.finest,
            temperature={f: self.outcome.temperature[f] for f in self.manifest.findings},
        )


class UpperBound:
    """Evidence of a head that was trained on the masks of a fold's training part.

    Args:
        trained: Any round on the fold, for its features, its head and its split.
    """

    def __init__(self, trained: TrainedFold) -> None:
        self._trained = trained
        targets = {uid: self._targets(uid) for uid in trained.uids("train")}
        known = {uid: cells for uid, cells in targets.items() if cells is not None}
        make = partial(trained.new_model, head=HEAD)
        self._model = fit(
            make,
            trained.features,
            known,
            backbone_rate=trained.manifest.recipe.fit.backbone_learning_rate,
            seed=trained.manifest.seed,
        )

    def evidence(self, uid: str) -> dict[str, Evidence]:
        """Evidence by finding; the score is its maximum, as of a detector."""
        trained = self._trained
        found = trained.features[uid]
        z = region_scores(Ensemble([self._model]), found, CPU)[0].numpy()
        out = {}
        for k, finding in enumerate(trained.manifest.findings):
            grid = np.ascontiguousarray(z[:, k])
            top = float(grid.max())
            sums = Arithmetic(max(top, 0.0), min(top, 0.0), 0.0, top)
            place = found.frame.placement(trained.finest)
            out[finding] = Evidence(uid, finding, 0, grid, place, sums, 1.0)
        return out

    def _targets(self, uid: str) -> NDArray[np.float32] | None:
        """(K, h, w) share of each finding in each cell; None where a label or mask is missing."""
        trained, study = self._trained, self._trained.runner.study
        answers = [study.is_present(uid, finding) for finding in trained.manifest.findings]
        mask = study.mask(uid)
        if None in answers or (any(answers) and mask is None):
            return None
        series = study.series[uid]
        flat = np.zeros((series.rows, series.columns), bool) if mask is None else mask[0]
        cells = cell_targets(flat, trained.features[uid], trained.finest)
        return np.stack([cells if answer else np.zeros_like(cells) for answer in answers])
