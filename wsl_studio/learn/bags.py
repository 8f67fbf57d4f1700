"""Labelled bags as tensors: targets, weights, region supervision, and the loss over them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import BagLoss, Pool, Recipe
from wsl_studio.domain.round import Bag
from wsl_studio.learn.backbone import IMAGE
from wsl_studio.learn.device import ahead, to_device
from wsl_studio.learn.features import SeriesFeatures, as_float
from wsl_studio.learn.pool import Sharpness, channels_of, pool_score, scores_of
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.regions import region_masks, single_points
from wsl_studio.learn.terms import area_loss, assign_loss, rest_loss, sparsity_loss

FLOAT_BYTES: Final = 3 * 2**29
"""Up to this size, training maps are kept as float32 over all epochs; beyond, made anew."""


@dataclass(frozen=True, eq=False)
class Regions:
    """Region supervision of one bag on its grid.

    Args:
        inside: (R, S, h, w) bool, the cells of each region label.
        outside: (K, S, h, w) bool, cells that a reader who pointed elsewhere says are absent.
        finding: (R,) index of each label's finding.
        value: (R,) soft target.
        weight: (R,) confidence.
    """

    inside: Tensor
    outside: Tensor
    finding: Tensor
    value: Tensor
    weight: Tensor


@dataclass(frozen=True, eq=False)
class Labelled:
    """One bag with labels.

    Args:
        uid: Series.
        features: Its cached maps.
        value: (K,) soft targets; anything where the weight is 0.
        weight: (K,) confidence; 0 for a finding without a label.
        regions: Or None.
        area: (K,) share of the regions that a present finding fills; 0 where none was said.
        is_open: (K,) True where training may guess the answer: no label, and not vetoed; None
            where it may guess none.
    """

    uid: str
    features: SeriesFeatures
    value: Tensor
    weight: Tensor
    regions: Regions | None = None
    area: Tensor | None = None
    is_open: Tensor | None = None

    @property
    def shape(self) -> tuple[tuple[int, ...], ...]:
        """Bags of equal shape can be stacked."""
        return tuple(tuple(x.shape) for x in self.features.maps.values())

    def with_guesses(self, value: Tensor, weight: Tensor) -> "Labelled":
        """The bag with (K,) guessed answers where it has no label of its own."""
        is_own = self.weight > 0
        return replace(
            self,
            value=torch.where(is_own, self.value, value),
            weight=torch.where(is_own, self.weight, weight),
        )


def labelled(
    bag: Bag, features: SeriesFeatures, findings: Sequence[str], finest: Grid
) -> Labelled | None:
    """A bag as training takes it; None if it has no label of any of the findings."""
    weight = torch.tensor([bag.targets[f].weight if f in bag.targets else 0.0 for f in findings])
    value = torch.tensor([bag.targets[f].value if f in bag.targets else 0.5 for f in findings])
    regions = _regions(bag, features, findings, finest)
    if not bool((weight > 0).any()) and regions is None:
        return None
    said = [bag.targets[f].area if f in bag.targets else None for f in findings]
    area = torch.tensor([0.0 if a is None else features.frame.share(a) for a in said])
    return Labelled(bag.series_uid, features, value, weight, regions, area)


def _regions(
    bag: Bag, features: SeriesFeatures, findings: Sequence[str], finest: Grid
) -> Regions | None:
    frame = features.frame
    placement = frame.placement(finest)
    said = [region for region in bag.regions if region.finding in findings]
    known = [part for region in said for part in single_points(region, placement)]
    if not known:
        return None
    shape = (features.n_slices, finest.cells(frame.rows), finest.cells(frame.columns))
    inside, outside = region_masks(known, findings, placement, shape)
    return Regions(
        inside=torch.from_numpy(inside),
        outside=torch.from_numpy(outside),
        finding=torch.tensor([findings.index(region.finding) for region in known]),
        value=torch.tensor([region.value for region in known]),
        weight=torch.tensor([region.weight for region in known]),
    )


class Maps:
    """Float maps of series on the device, (S, C, h, w) by level.

    Args:
        device: Where training runs.
    """

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self._kept: dict[str, dict[str, Tensor]] = {}
        self._bytes = 0

    def of(self, uid: str, features: SeriesFeatures) -> dict[str, Tensor]:
        """Maps of one series; kept while they fit."""
        if uid in self._kept:
            return self._kept[uid]
        out = {name: to_device(as_float(name, x), self.device) for name, x in features.maps.items()}
        size = sum(x.numel() * x.element_size() for x in out.values())
        if self._bytes + size <= FLOAT_BYTES:
            self._kept[uid] = out
            self._bytes += size
        return out

    def will_keep(self, bags: Sequence[Labelled]) -> int:
        """Bytes on the device once every bag was asked for."""
        # Cached maps are float16 or bytes; as float32 they are twice as large, bytes stay.
        sizes = (
            x.numel() * (1 if name == IMAGE else 4)
            for bag in bags
            for name, x in bag.features.maps.items()
        )
        return min(FLOAT_BYTES, sum(sizes))

    def stacked(self, bags: Sequence[Labelled]) -> dict[str, Tensor]:
        """Maps of bags of equal shape, slices of all bags along the first axis."""
        each = [self.of(bag.uid, bag.features) for bag in bags]
        if len(each) == 1:
            return dict(each[0])
        return {name: torch.cat([maps[name] for maps in each]) for name in each[0]}

    def of_steps(self, groups: Sequence[Sequence[Labelled]]) -> Iterator[dict[str, Tensor]]:
        """``stacked`` of every group, made by a thread ahead of time where a GPU trains meanwhile.

        On the CPU that thread's copies would take the cores that train: with it nine heads on 500
        series took twice as long on 2 cores.
        """
        return (ahead if self.device.type == "cuda" else map)(self.stacked, groups)


def steps(
    bags: Sequence[Labelled], per_step: int, rng: np.random.Generator
) -> list[list[Labelled]]:
    """Bags in random order, in groups of equal shape of at most ``per_step``."""
    by_shape: dict[tuple[tuple[int, ...], ...], list[Labelled]] = {}
    for i in rng.permutation(len(bags)):
        by_shape.setdefault(bags[i].shape, []).append(bags[i])
    groups = [
        same[k : k + per_step] for same in by_shape.values() for k in range(0, len(same), per_step)
    ]
    return [groups[i] for i in rng.permutation(len(groups))]


def by_bag(z: Tensor, n_bags: int) -> Tensor:
    """(B S, K, h, w) region scores as (B, K, S h w)."""
    n, k, h, w = z.shape
    return z.view(n_bags, n // n_bags, k, h * w).transpose(1, 2).flatten(2)


@dataclass(frozen=True, eq=False)
class Balance:
    """Weights that make present and absent bags of each finding count the same, (K,) each."""

    present: Tensor
    absent: Tensor

    @staticmethod
    def of(bags: Sequence[Labelled], *, is_on: bool) -> "Balance":
        """Of the training bags."""
        weight = torch.stack([bag.weight for bag in bags])  # (B, K)
        if not is_on:
            ones = torch.ones(weight.shape[1])
            return Balance(ones, ones)
        return Balance.fair(torch.stack([bag.value for bag in bags]), weight)

    @staticmethod
    def fair(value: Tensor, weight: Tensor) -> "Balance":
        """From (B, K) targets and confidences, smoothed by one bag of each answer."""
        share = ((weight * value).sum(0) + 1) / (weight.sum(0) + 2)
        return Balance(0.5 / share, 0.5 / (1 - share))


def label_loss(score: Tensor, value: Tensor, kind: BagLoss = "cross-entropy") -> Tensor:
    """What labels ask of scores, one by one.

    With v the soft target and s the score:

    - ``cross-entropy``: binary, of sigmoid(s) and v.
    - ``hinge``: v max(0, 1 - s) + (1 - v) max(0, 1 + s), the hinge that the answer should expect;
      an uncertain one (v = 1/2) asks for nothing inside the margin -1 ... 1.
    - ``structured-hinge``: max over y in {0, 1} of [|v - y| + y s] - v s, with score(y) = y s and
      the cost |v - y|. Findings are labelled side by side, so the maximum over all label sets
      under the Hamming cost is the sum of these. For certain answers it equals the hinge; an
      uncertain one asks for a score of 0.

    Args:
        score: Any shape.
        value: Same shape, in [0, 1].
        kind: Which.

    Source:
        Hinge: the latent SVM of Felzenszwalb et al. 2010 (TPAMI). Structured, by rescaling the
        margin: Yu & Joachims 2009 (ICML); Durand et al. 2015 (ICCV, MANTRA).
    """
    if kind == "hinge":
        return value * F.relu(1 - score) + (1 - value) * F.relu(1 + score)
    if kind == "structured-hinge":
        return torch.maximum(1 - value + score, value) - value * score
    return F.binary_cross_entropy_with_logits(score, value, reduction="none")


def bag_loss(
    score: Tensor,
    value: Tensor,
    weight: Tensor,
    balance: Balance | None = None,
    kind: BagLoss = "cross-entropy",
) -> Tensor:
    """Masked multi-label loss, mean over labels; 0 without any.

    Args:
        score: (B, K) bag scores.
        value: (B, K) soft targets; 0.5 is uncertain.
        weight: (B, K) confidence; 0 where a finding has no label, which then adds nothing.
        balance: Of the training bags, or None for equal weights.
        kind: See ``label_loss``.
    """
    loss = label_loss(score, value, kind)
    if balance is not None:
        weight = weight * (value * balance.present + (1 - value) * balance.absent)
    return (loss * weight).sum() / weight.sum().clamp_min(1e-6)


def total_loss(
    z: Tensor,
    bags: Sequence[Labelled],
    recipe: Recipe,
    balance: Balance,
    sharpness: Sharpness | None = None,
    each: Sequence[Tensor] = (),
) -> Tensor:
    """All loss terms of one step.

    Args:
        z: (B S, K, h, w) region scores of bags of equal shape.
        bags: The B bags.
        recipe: Pooling and weights of the terms.
        balance: Of the training bags.
        sharpness: Of the pooling, where it is learned.
        each: The same of every deep level by itself, for ``per_level``; without it that is left
            out.
    """
    flat, terms = by_bag(z, len(bags)), recipe.terms
    value = torch.stack([bag.value for bag in bags]).to(z.device)
    weight = torch.stack([bag.weight for bag in bags]).to(z.device)
    here = Balance(balance.present.to(z.device), balance.absent.to(z.device))
    area = torch.stack([x.value * 0 if x.area is None else x.area for x in bags]).to(z.device)
    area = area * (value > 0.5)
    scores = scores_of(flat, recipe.pool)

    def bag_term(pooled: Tensor) -> Tensor:
        score = pool_score(pooled, recipe.pool, sharpness=sharpness)
        return bag_loss(score, value, weight, here, terms.bag)

    loss = terms.bag_weight * bag_term(flat)
    if terms.area > 0:
        loss = loss + terms.area * area_loss(scores, area, weight, terms.area_form)
    if terms.per_level > 0 and each:
        prices = terms.area_levels or (terms.area,) * len(each)
        for level, price in zip(each, prices, strict=True):
            own = by_bag(level, len(bags))
            held = area_loss(scores_of(own, recipe.pool), area, weight, terms.area_form)
            loss = loss + terms.per_level * (bag_term(own) + price * held)
    if terms.sparsity > 0:
        loss = loss + terms.sparsity * sparsity_loss(scores, weight)
    if terms.assign > 0:
        fair = weight * (value * here.present + (1 - value) * here.absent)
        loss = loss + terms.assign * assign_loss(scores, value, fair, terms.assign_share)
    if recipe.semi.rest > 0:
        marked = [pointed_at(bag, scores[k]) for k, bag in enumerate(bags)]
        loss = loss + recipe.semi.rest * rest_loss(scores, value, weight, torch.stack(marked))
    if terms.region > 0:
        pointed = [(k, bag.regions) for k, bag in enumerate(bags) if bag.regions is not None]
        for k, regions in pointed:
            loss = loss + terms.region / len(bags) * region_loss(
                flat[k], regions, recipe.pool, terms.bag, sharpness
            )
    return loss


def pointed_at(bag: Labelled, z: Tensor) -> Tensor:
    """(K, n) bool, True in the cells where a reader said present, of a bag with (K, n) scores."""
    out = torch.zeros_like(z, dtype=torch.bool)
    if (regions := bag.regions) is not None:
        for r in torch.nonzero(regions.value > 0.5).flatten().tolist():
            out[regions.finding[r]] |= regions.inside[r].flatten().to(z.device)
    return out


def region_loss(
    z: Tensor,
    regions: Regions,
    how: Pool,
    kind: BagLoss = "cross-entropy",
    sharpness: Sharpness | None = None,
) -> Tensor:
    """What ranges, boxes and points ask of the region scores of one bag.

    The pooled score of each region should take its label's value; cells outside all regions that
    a reader pointed to should speak against.

    Args:
        z: (K, n) region scores; (2 K, n) with attention.
        regions: With masks on the same n cells.
        how: Pooling inside a region.
        kind: See ``label_loss``.
        sharpness: Of the pooling, where it is learned.
    """
    inside = regions.inside.flatten(1).to(z.device)  # (R, n)
    own = None if sharpness is None else sharpness.of(regions.finding)
    scores = pool_score(channels_of(z, regions.finding, how), how, inside, own)[:, 0]  # (R,)
    weight = regions.weight.to(z.device)
    value = regions.value.to(z.device)
    loss = (label_loss(scores, value, kind) * weight).sum() / weight.sum()
    outside = regions.outside.flatten(1).to(z.device)
    if bool(outside.any()):
        against = z[: len(outside)][outside]
        loss = loss + label_loss(against, torch.zeros_like(against), kind).mean()
    return loss
