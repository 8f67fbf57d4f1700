"""From a trained ensemble to signed evidence files, scores and mean features of every series."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wsl_studio.domain.evidence import Arithmetic, Evidence
from wsl_studio.domain.evidence_file import evidence_file_name, pack_evidence
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Score
from wsl_studio.learn.bags import as_float, by_bag
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.model import Ensemble
from wsl_studio.learn.pool import pool
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.state import write_tensors

SCALE_PERCENTILE: Final = 99.8
"""The colour scale ends here: a few cells may be brighter than full, most series are calm."""
LEAST_SCALE: Final = 1.0
"""Logits; a round that has learned nothing must not be drawn as if it were sure."""


def region_scores(ensemble: Ensemble, features: SeriesFeatures, device: torch.device) -> Tensor:
    """(S, K, h, w) raw region scores of one series, on the CPU."""
    maps = {name: as_float(name, x).to(device) for name, x in features.maps.items()}
    with torch.inference_mode():
        z: Tensor = ensemble(maps)
    return z.float().cpu()


def region_spread(
    ensemble: Ensemble, features: SeriesFeatures, device: torch.device
) -> Tensor | None:
    """(S, K, h, w) standard deviation of raw region scores over members, on the CPU.

    None with one member. The sample deviation (n - 1), in logits as the scores are: repeatability
    of the map under another seed, not its uncertainty under other series.
    """
    if len(ensemble.members) < 2:
        return None
    maps = {name: as_float(name, x).to(device) for name, x in features.maps.items()}
    with torch.inference_mode():
        each = torch.stack([member(maps).float() for member in ensemble.members])
    return each.std(0).cpu()


def explain(
    z: Tensor,
    *,
    series_uid: str,
    features: SeriesFeatures,
    findings: Sequence[str],
    number: int,
    recipe: Recipe,
    grid: Grid,
    temperature: Mapping[str, float],
    scale: Mapping[str, float],
    spread: Tensor | None = None,
) -> dict[str, Evidence]:
    """Evidence of every finding from raw region scores, calibrated.

    Region scores, their weighted sum and the rest are all divided by the finding's temperature,
    so the sum holds in calibrated logits as it did in raw ones.

    Args:
        z: (S, K, h, w) raw region scores.
        series_uid: Which series.
        features: For where the grid lies on the image.
        findings: K names.
        number: Of the round.
        recipe: For the pooling.
        grid: Finest grid of the model.
        temperature: By finding.
        scale: Half-range of the colour scale, calibrated logits, by finding.
        spread: (S, K, h, w) of the raw region scores over members, or None.
    """
    flat = by_bag(z, 1)  # (1, K, N)
    pooled = pool(flat, recipe.pool)
    parts = pooled.weights * flat  # (1, K, N)
    positive, negative = parts.clamp_min(0).sum(-1)[0], parts.clamp_max(0).sum(-1)[0]
    placement = features.frame.placement(grid)
    out = {}
    for k, finding in enumerate(findings):
        t = temperature[finding]
        sums = Arithmetic(
            positive=float(positive[k]) / t,
            negative=float(negative[k]) / t,
            rest=float(pooled.rest[0, k]) / t,
            score=float(pooled.score[0, k]) / t,
        )
        values = np.ascontiguousarray((z[:, k] / t).numpy(), np.float32)
        wide = None
        if spread is not None:
            wide = np.ascontiguousarray((spread[:, k] / t).numpy(), np.float32)
        out[finding] = Evidence(
            series_uid, finding, number, values, placement, sums, scale[finding], wide
        )
    return out


def colour_scales(
    scores: Sequence[Tensor], findings: Sequence[str], temperature: Mapping[str, float]
) -> dict[str, float]:
    """Half-range of the one symmetric colour scale of each finding, calibrated logits.

    Args:
        scores: (S, K, h, w) raw region scores of the labelled series of the round.
        findings: K names.
        temperature: By finding.
    """
    out = {}
    for k, finding in enumerate(findings):
        values = np.concatenate([z[:, k].abs().flatten().numpy() for z in scores])
        top = float(np.percentile(values, SCALE_PERCENTILE)) / temperature[finding]
        out[finding] = max(LEAST_SCALE, round(top, 2))
    return out


def score_of(evidence: Evidence) -> Score:
    """The line of ``scores.json`` for a piece of evidence."""
    sums = evidence.arithmetic
    return Score(
        score=sums.score,
        probability=sums.probability,
        positive=sums.positive,
        negative=sums.negative,
        rest=sums.rest,
        decisive_slice=evidence.decisive_slice(),
    )


def write_evidence(directory: Path, evidence: Mapping[str, Evidence]) -> None:
    """Writes the evidence of one series into a round folder; ``KnownError`` on a full disk."""
    arrays, metadata = pack_evidence(evidence)
    uid = next(iter(evidence.values())).series_uid
    tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
    write_tensors(directory / "evidence" / evidence_file_name(uid), tensors, metadata)


def write_features(directory: Path, means: Mapping[str, NDArray[np.float32]]) -> None:
    """Writes the mean deep feature of every series, (N, D), for the queue."""
    table = torch.from_numpy(np.stack(list(means.values())))
    metadata = {"series": json.dumps(list(means))}
    write_tensors(directory / "features.safetensors", {"features": table}, metadata)
