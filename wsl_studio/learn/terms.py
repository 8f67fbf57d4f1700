"""Loss terms that know more than present or absent: how large, how few, which regions."""

import math
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import AreaForm

COARSE: Final = 2.0
"""A reader's word is right within this factor; inside it, nothing is asked."""
REST: Final = 0.85
"""Share of the regions of a present bag that ``rest_loss`` takes for absent ones. With 0.6, on 24
draws of 36 labelled ultrasound images (seeds 1500-1511 and 1600-1611), lesion AUC was 0.933, with
this 0.936 (+0.003 +- 0.005), pointing the same within 0.01; the term at weight 1 instead of 0.3 was
no better with either."""


def area_loss(z: Tensor, area: Tensor, weight: Tensor, form: AreaForm = "ratio") -> Tensor:
    """Distance of the mean region probability m from the area a that a reader gave.

    - ``ratio``: max(0, |ln m - ln a| - ln 2)^2. A nodule fills a ten-thousandth of a CT: the
      difference of m and a tells nothing about such a share, their ratio does, and a reader knows
      it within a factor of two.
    - ``squared``: (m - a)^2, the constraint of the paper, for findings that fill a fair part.

    Args:
        z: (B, K, n) region scores.
        area: (B, K) share of the regions, in (0, 1]; 0 where none was given.
        weight: (B, K) confidence of labels; 0 where there is none.
        form: Which.

    Returns:
        Mean over labels, as the bag loss has it; a label without an area adds nothing.

    Source:
        Jia et al. 2017 (TMI), the area constraint: 1[Y = 1] (mean p - a)^2; the ratio is ours.
    """
    if form == "squared":
        off = torch.sigmoid(z).mean(-1) - area
    else:
        # By logarithms throughout: in float32 the mean of small probabilities would be 0.
        mean = F.logsigmoid(z).logsumexp(-1) - math.log(z.shape[-1])
        apart = (mean - area.clamp_min(1e-12).log()).abs()
        off = (apart - math.log(COARSE)).clamp_min(0)
    return (off.square() * weight * (area > 0)).sum() / weight.sum().clamp_min(1e-6)


def sparsity_loss(z: Tensor, weight: Tensor) -> Tensor:
    """Mean region probability of the findings that have a label; (B, K, n) and (B, K).

    Source:
        Zhu et al. 2017 (MICCAI), sparse multi-instance learning: the price of sum_h r_h, here of
        the mean, so that it does not grow with the slices of a series.
    """
    known = (weight > 0).to(z)
    return (torch.sigmoid(z).mean(-1) * known).sum() / known.sum().clamp_min(1)


def rest_loss(z: Tensor, value: Tensor, weight: Tensor, pointed: Tensor | None = None) -> Tensor:
    """Cross-entropy of the lowest regions of bags answered present, as absent.

    A focal finding leaves most of a picture alone, so what its own model thinks of least there is
    as good as labelled. Self-training of regions: without it few absent bags teach what is normal.

    Args:
        z: (B, K, n) region scores.
        value: (B, K) soft targets; an uncertain label (0.5) says nothing of single regions.
        weight: (B, K) what a label counts; 0 where there is none.
        pointed: (B, K, n) bool, True where a reader said present: never taken for absent.

    Returns:
        Mean over bags and findings, those without a present answer as 0.
    """
    n = z.shape[-1]
    k = min(round(REST * n), n - 1)  # never all: a bag of one region is not pushed both ways
    at = z.detach().topk(k, dim=-1, largest=False).indices
    lowest = torch.zeros_like(z, dtype=torch.bool).scatter_(-1, at, True)
    if pointed is not None:
        lowest &= ~pointed
    down = _mean_where(F.softplus(z), lowest)  # -log (1 - p)
    return (down * weight * (value > 0.5)).mean()


def assigned(z: Tensor, value: Tensor, share: float) -> Tensor:
    """(B, K, n) bool: the highest ``share`` of the regions of bags answered present, at least one.

    Args:
        z: (B, K, n) region scores.
        value: (B, K) soft targets.
        share: In (0, 1].
    """
    k = max(1, round(share * z.shape[-1]))
    at = z.detach().topk(k, dim=-1).indices
    highest = torch.zeros_like(z, dtype=torch.bool).scatter_(-1, at, True)
    return highest & (value > 0.5)[..., None]


def assign_loss(z: Tensor, value: Tensor, weight: Tensor, share: float) -> Tensor:
    """Cross-entropy of every region: the highest of a present bag 1, all others 0.

    Args:
        z: (B, K, n) region scores.
        value: (B, K) soft targets; an uncertain label (0.5) says nothing of single regions.
        weight: (B, K) what a label counts; 0 where there is none.
        share: Of the regions of a present bag that are given 1.

    Returns:
        Mean over labels. In a present bag the two sides count half each: a few regions among
        tens of thousands would otherwise not be heard.

    Source:
        Zhu et al. 2017 (MICCAI), label assignment.
    """
    up = assigned(z, value, share)
    high = _mean_where(F.softplus(-z), up)  # -log p
    low = _mean_where(F.softplus(z), ~up)  # -log (1 - p)
    is_present = value > 0.5
    each = torch.where(is_present, 0.5 * (high + low), low)
    weight = weight * (value != 0.5)
    return (each * weight).sum() / weight.sum().clamp_min(1e-6)


def _mean_where(x: Tensor, at: Tensor) -> Tensor:
    """(B, K) mean of (B, K, n) over the regions chosen; 0 where there are none."""
    return (x * at).sum(-1) / at.sum(-1).clamp_min(1)
