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
from wsl_studio.learn.bags import by_bag
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import SeriesFeatures, as_float
from wsl_studio.learn.pool import Sharpness, evidence_scores, pool, scores_of
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.state import write_tensors
from wsl_studio.learn.whole import Whole

USUAL_PERCENTILES: Final = (5, 95)
NO_LIKES: Final[tuple[tuple[str, float], ...]] = ()
LEAST_SCALE: Final = 1.0
"""Logits; a round that has learned nothing must not be drawn as if it were sure."""


def region_scores(
    ensemble: Ensemble, features: SeriesFeatures, device: torch.device
) -> tuple[Tensor, Tensor | None]:
    """Raw region scores of one series and their spread over members, on the CPU.

    Returns:
        (S, K, h, w) mean over members, (S, 2 K, h, w) with attention; and the standard deviation
        (n - 1) of the same shape, None with one member: repeatability of the map under another
        seed, not its uncertainty under other series.
    """
    maps = {name: as_float(name, x).to(device) for name, x in features.maps.items()}
    with torch.inference_mode():
        each = torch.stack([z.float() for z in ensemble.each(maps)])
    mean, n = each.mean(0), len(each)
    # By hand: along the first axis torch's own takes several times as long.
    spread = (each - mean).square_().sum(0).div_(n - 1).sqrt_().cpu() if n > 1 else None
    return mean.cpu(), spread


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
    usual: Tensor | None = None,
    sharpness: Sharpness | None = None,
    spread: Tensor | None = None,
    whole: Whole | None = None,
) -> dict[str, Evidence]:
    """Evidence of every finding from raw region scores, calibrated.

    Regions count where they leave the range of usual tissue, and what that takes from their
    weighted sum goes to the rest. All of it is divided by the finding's temperature, so the sum
    holds in calibrated logits as it did in raw ones.

    Args:
        z: (S, K, h, w) raw region scores; (S, 2 K, h, w) with attention.
        series_uid: Which series.
        features: For where the grid lies on the image.
        findings: K names.
        number: Of the round.
        recipe: For the pooling.
        grid: Finest grid of the model.
        temperature: By finding.
        scale: Half-range of the colour scale, calibrated logits, by finding.
        usual: (2, K) range of raw scores outside of which regions count; None counts from 0.
        sharpness: Of the pooling, where it is learned.
        spread: (S, K, h, w) of the raw region scores over members, or None.
        whole: What the series says as a whole, or None.
    """
    flat = by_bag(z, 1)  # (1, K, N)
    pooled = pool(flat, recipe.pool, sharpness=sharpness)
    above = z if usual is None else counted_from(z, usual)
    parts = pooled.weights * scores_of(by_bag(above, 1), recipe.pool)  # (1, K, N)
    rest = pooled.score - parts.sum(-1)  # (1, K)
    shown = evidence_scores(above, recipe.pool)
    beside, likes = torch.zeros(len(findings)), [NO_LIKES] * len(findings)
    if whole is not None:
        beside, likes = whole.of(features)[0], whole.likes(features, series_uid)
    positive, negative = parts.clamp_min(0).sum(-1)[0], parts.clamp_max(0).sum(-1)[0]
    placement = features.frame.placement(grid)
    out = {}
    for k, finding in enumerate(findings):
        t = temperature[finding]
        sums = Arithmetic(
            positive=float(positive[k]) / t,
            negative=float(negative[k]) / t,
            rest=float(rest[0, k]) / t,
            score=float(pooled.score[0, k] + beside[k]) / t,
            whole=float(beside[k]) / t,
        )
        values = np.ascontiguousarray((shown[:, k] / t).numpy(), np.float32)
        wide = None
        if spread is not None:
            wide = np.ascontiguousarray((spread[:, k] / t).numpy(), np.float32)
        out[finding] = Evidence(
            series_uid, finding, number, values, placement, sums, scale[finding], wide,
            tuple((uid, logits / t) for uid, logits in likes[k]),
        )  # fmt: skip
    return out


def usual_range(scores: Sequence[Tensor], is_absent: Sequence[Sequence[bool]]) -> Tensor:
    """(2, K) lowest and highest usual score of a region of series without the finding, at most 0.

    With a few strong regions among ten thousand, a model tells findings apart with a constant far
    below 0 on every region. Painted, it drowns the image in evidence against; it is a baseline.
    Above 0 nothing counts as usual: what speaks for a finding is never hidden.

    Args:
        scores: (S, K, h, w) raw region scores of labelled series.
        is_absent: (K,) of each: whether a reader said that the finding is absent.
    """
    out = torch.zeros(2, scores[0].shape[1])
    for k in range(out.shape[1]):
        without = [
            z[:, k].numpy() for z, absent in zip(scores, is_absent, strict=True) if absent[k]
        ]
        if without:
            values = np.concatenate([z.ravel() for z in without])
            out[:, k] = torch.from_numpy(np.percentile(values, USUAL_PERCENTILES))
    return out.clamp_max(0)


def counted_from(z: Tensor, usual: Tensor) -> Tensor:
    """(S, K or 2 K, h, w) how far raw scores lie outside the usual range; attention stays."""
    k = usual.shape[1]
    low, high = usual[..., None, None]  # (K, 1, 1) each
    z_k = z[:, :k]
    return torch.cat([z_k - torch.minimum(torch.maximum(z_k, low), high), z[:, k:]], 1)


def colour_scales(
    scores: Sequence[Tensor], findings: Sequence[str], temperature: Mapping[str, float]
) -> dict[str, float]:
    """Half-range of the one symmetric colour scale of each finding, calibrated logits.

    The strongest evidence of the middle one of the labelled series: brighter than full are only
    places in series that stand out, and most series stay calm.

    Args:
        scores: (S, K, h, w) what the maps of the labelled series show, not calibrated.
        findings: K names.
        temperature: By finding.
    """
    out = {}
    for k, finding in enumerate(findings):
        tops = [float(z[:, k].abs().max()) for z in scores]
        out[finding] = max(LEAST_SCALE, round(float(np.median(tops)) / temperature[finding], 2))
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
        whole=sums.whole,
        decisive_slice=evidence.decisive_slice(),
    )


def write_evidence(directory: Path, evidence: Mapping[str, Evidence]) -> None:
    """Writes the evidence of one series into a round folder; ``KnownError`` on a full disk."""
    arrays, metadata = pack_evidence(evidence)
    uid = next(iter(evidence.values())).series_uid
    tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
    write_tensors(directory / "evidence" / evidence_file_name(uid), tensors, metadata)


def write_features(directory: Path, means: Mapping[str, NDArray[np.float32]]) -> None:
    """Writes the pooled features of every series, (N, D), for queue and review."""
    table = torch.from_numpy(np.stack(list(means.values())))
    metadata = {"series": json.dumps(list(means))}
    write_tensors(directory / "features.safetensors", {"features": table}, metadata)
