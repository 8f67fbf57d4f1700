"""From region scores to a bag score, with the weight of every region and what is left over."""

import math
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Pool
from wsl_studio.learn.kernels import Known, KnownSharpness, filled, highest_parts, lse_parts

SURE: Final = 80.0
"""Logits from which a region is taken as no surer: 1 - probability has no float32 much above."""


@dataclass(frozen=True, eq=False)
class Pooled:
    """A pooled score that can be taken apart: ``score = sum(weights * z) + rest``.

    Args:
        score: (B, K).
        weights: (B, K, N), no gradient, >= 0.
        rest: (B, K), the part that belongs to no region (the entropy term of a soft pooling).
    """

    score: Tensor
    weights: Tensor
    rest: Tensor


@dataclass(frozen=True, eq=False)
class Sharpness:
    """Learned b+ and b- of every finding, which take the place of those of the recipe.

    Args:
        plus: (K,), or anything that broadcasts against (B, K); finite, of one sign, not 0.
        minus: As ``plus``.
    """

    plus: Tensor
    minus: Tensor

    def of(self, finding: Tensor) -> "Sharpness":
        """For (R, 1) scores, each of one finding, (R,)."""
        return Sharpness(self.plus[finding][:, None], self.minus[finding][:, None])


def pool_score(
    z: Tensor, spec: Pool, mask: Tensor | None = None, sharpness: Sharpness | None = None
) -> Tensor:
    """Bag scores.

    Args:
        z: (B, K, N) region scores; (B, 2 K, N) with ``attention``, whose logits come second.
        spec: Which pooling.
        mask: (B, N) bool, True where there is a region; None where all are. Every bag has one.
        sharpness: Where it is learned.

    Returns:
        (B, K), float32 or wider.

    Source:
        ``lse``: Durand et al. 2019 (TPAMI), eq. 4. ``topk``: Durand et al. 2017 (WILDCAT), eq. 4,
        with the factor 1/2 of its code; a share that makes less than one region takes one, a
        share of 0 leaves that side out. ``power``: Jia et al. 2017 (TMI): Y = (mean p^r)^(1/r)
        with r inside the mean, as logit(Y). ``attention``: Ilse et al. 2018, eq. 9, on region
        scores instead of features, so that the score is a sum over the map.
    """
    z = _wide(z)
    if spec.kind == "power":
        log_p = F.logsigmoid(z.clamp_max(SURE))
        log_mean = lse(log_p, spec.power, mask)
        return log_mean - torch.log(-torch.expm1(log_mean))
    if spec.kind == "attention":
        scores, weights = scores_of(z, spec), _attention(z, mask)
        return (weights * filled(scores, None if mask is None else mask[:, None], 0.0)).sum(-1)
    if spec.kind == "lse" and sharpness is not None:
        plus = lse(z, sharpness.plus, mask)
        return 0.5 * (plus + lse(z, sharpness.minus, mask))
    return Known.apply(z, *_known_parts(z.detach(), spec, mask, None))  # type: ignore[no-any-return]


def pool(
    z: Tensor, spec: Pool, mask: Tensor | None = None, sharpness: Sharpness | None = None
) -> Pooled:
    """Bag scores with the weights that explain them; see ``pool_score``.

    Weights of ``power`` are the shares p_h^r / sum p^r of the regions in the mean; what the score
    has beyond the so weighted mean of region scores is the rest, 0 where all regions agree.

    Source:
        lse_b(z) = sum_h w_h z_h + (H(w) - log n) / b with w = softmax(b z): the variational form
        of log-sum-exp; exact for the limits, where the rest is 0.
    """
    score = pool_score(z, spec, mask, sharpness)
    with torch.no_grad():
        wide = _wide(z)
        if spec.kind == "power":
            _, weights = lse_parts(F.logsigmoid(wide.clamp_max(SURE)), spec.power, mask)
        elif spec.kind == "attention":
            weights = _attention(wide, mask)
        else:
            _, weights = _known_parts(wide, spec, mask, sharpness)
        clean = filled(scores_of(wide, spec), None if mask is None else mask[:, None], 0.0)
        rest = score.detach() - (weights * clean).sum(-1)
    return Pooled(score, weights, rest)


def lse(z: Tensor, beta: float | Tensor, mask: Tensor | None = None) -> Tensor:
    """(B, K) one side of equation 4; ``kernels.lse_parts`` with gradients."""
    if not isinstance(beta, Tensor):
        return Known.apply(z, *lse_parts(z.detach(), beta, mask))  # type: ignore[no-any-return]
    value, weights = lse_parts(z.detach(), beta.detach(), mask)
    clean = filled(z, None if mask is None else mask[:, None], 0.0)
    return KnownSharpness.apply(clean, beta, value, weights)  # type: ignore[no-any-return]


def scores_of(z: Tensor, spec: Pool) -> Tensor:
    """The K region scores among the channels (axis 1) that a head makes for a pooling."""
    return z.chunk(2, 1)[0] if spec.kind == "attention" else z


def channels_of(z: Tensor, finding: Tensor, spec: Pool) -> Tensor:
    """(R, 1 or 2, N) channels of one finding each, from those of a bag, (K or 2 K, N)."""
    parts = z.chunk(2) if spec.kind == "attention" else (z,)
    return torch.stack([part[finding] for part in parts], 1)


def evidence_scores(z: Tensor, spec: Pool) -> Tensor:
    """(S, K, h, w) what the map of a series shows, from the channels of its slices.

    Region scores; with ``attention`` times the region's weight over the highest weight of the
    series, since the score of a region that is not looked at says nothing. The score then is the
    sum of what is shown, times that highest weight.
    """
    if spec.kind != "attention":
        return z
    scores, logits = z.chunk(2, 1)
    return scores * torch.exp(logits - logits.amax((0, 2, 3), keepdim=True))


def _attention(z: Tensor, mask: Tensor | None) -> Tensor:
    """(B, K, N) weights that sum to 1 over the regions of a bag."""
    logits = z.chunk(2, 1)[1]
    return torch.softmax(filled(logits, None if mask is None else mask[:, None], -math.inf), -1)


def _known_parts(
    z: Tensor, spec: Pool, mask: Tensor | None, sharpness: Sharpness | None
) -> tuple[Tensor, Tensor]:
    """Score (B, K) of ``lse`` and ``topk`` with its weights (B, K, N), which are its gradient."""
    if spec.kind == "topk":
        return _topk_parts(z, spec, mask)
    plus: float | Tensor = spec.beta_plus if sharpness is None else sharpness.plus
    minus: float | Tensor = spec.beta_minus if sharpness is None else sharpness.minus
    value, weights = lse_parts(z, plus, mask)
    if sharpness is None and plus == minus:
        return value, weights
    other, others = lse_parts(z, minus, mask)
    return 0.5 * (value + other), _half_sum(weights, others)


def _topk_parts(z: Tensor, spec: Pool, mask: Tensor | None) -> tuple[Tensor, Tensor]:
    """Half of (mean of the k+ highest + alpha x mean of the k- lowest)."""
    value, weights = highest_parts(z, _count(z, spec.k_plus, spec.n_plus, mask), mask)
    if spec.n_minus or spec.k_minus > 0:
        counts = _count(z, spec.k_minus, spec.n_minus, mask)
        low, lows = highest_parts(z, counts, mask, is_low=True)
        value, weights = value + spec.alpha * low, weights.add_(lows, alpha=spec.alpha)
    return 0.5 * value, weights.mul_(0.5)


def _count(z: Tensor, share: float, number: int, mask: Tensor | None) -> Tensor:
    """(B, 1) number of regions that a share or number makes, at least 1, at most all."""
    if mask is None:
        n = torch.full((z.shape[0], 1), z.shape[-1], device=z.device)
    else:
        n = mask.sum(-1, keepdim=True)
    asked = torch.full_like(n, number) if number else (share * n).round().long().clamp_min(1)
    return torch.minimum(asked, n)


def _half_sum(a: Tensor, b: Tensor) -> Tensor:
    """(a + b) / 2 in the place of one that is not an expanded view."""
    if a.stride(-1) == 0 or a.stride(0) == 0:
        a, b = b, a
    return a.add(b).mul_(0.5) if a.stride(-1) == 0 or a.stride(0) == 0 else a.add_(b).mul_(0.5)


def _wide(z: Tensor) -> Tensor:
    """Half precision is widened: exp of 12 logits already overflows float16."""
    return z.float() if z.dtype in (torch.float16, torch.bfloat16) else z
