"""From region scores to a bag score, with the weight of every region and what is left over."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from wsl_studio.domain.recipe import Pool


@dataclass(frozen=True, eq=False)
class Pooled:
    """A pooled score that can be taken apart: ``score = sum(weights * z) + rest``.

    Args:
        score: (B, K).
        weights: (B, K, N), no gradient; >= 0 but for top-k, where it is too.
        rest: (B, K), the part that belongs to no region (the entropy term of a soft pooling).
    """

    score: Tensor
    weights: Tensor
    rest: Tensor


def pool_score(z: Tensor, spec: Pool, mask: Tensor | None = None) -> Tensor:
    """Bag scores.

    Args:
        z: (B, K, N) region scores.
        spec: Which pooling.
        mask: (B, N) bool, True where there is a region; None where all are. Every bag has one.

    Returns:
        (B, K), float32 or wider.
    """
    z = _wide(z)
    if spec.kind == "topk":
        return _topk_score(z, spec, mask)
    return 0.5 * (lse(z, spec.beta_plus, mask) + lse(z, spec.beta_minus, mask))


def pool(z: Tensor, spec: Pool, mask: Tensor | None = None) -> Pooled:
    """Bag scores with the weights that explain them; see ``pool_score``.

    Source:
        lse_b(z) = sum_h w_h z_h + (H(w) - log n) / b with w = softmax(b z): the variational form
        of log-sum-exp; exact for the limits, where the rest is 0.
    """
    score = pool_score(z, spec, mask)
    with torch.no_grad():
        wide = _wide(z)
        if spec.kind == "topk":
            weights = _topk_weights(wide, spec, mask)
        else:
            weights = 0.5 * (
                lse_weights(wide, spec.beta_plus, mask) + lse_weights(wide, spec.beta_minus, mask)
            )
        clean = wide if mask is None else wide.masked_fill(~mask[:, None], 0.0)
        rest = score.detach() - (weights * clean).sum(-1)
    return Pooled(score, weights, rest)


def lse(z: Tensor, beta: float, mask: Tensor | None = None) -> Tensor:
    """(1 / beta) log mean exp(beta z) over the last axis, with its exact limits.

    mean at 0, maximum at +inf, minimum at -inf. Near 0 the plain form returns 0 in float32; the
    expm1 / log1p form expands around the mean instead, and shifts by the extreme where
    ``beta * (extreme - mean)`` is large.

    Args:
        z: (B, K, N).
        beta: Any number, infinities included.
        mask: (B, N) bool or None.

    Returns:
        (B, K).

    Source:
        Durand et al. 2019 (TPAMI), eq. 4, one side of it, without the factor 1/2.
    """
    valid = None if mask is None else mask[:, None]  # (B, 1, N)
    if math.isinf(beta):
        return _filled(z, valid, -beta).amax(-1) if beta > 0 else _filled(z, valid, -beta).amin(-1)
    mean = _mean(z, valid)
    if beta == 0:
        return mean.squeeze(-1)
    top = math.copysign(math.inf, beta)
    filled = _filled(z, valid, -top)
    extreme = filled.amax(-1, keepdim=True) if beta > 0 else filled.amin(-1, keepdim=True)
    centre = torch.where(beta * (extreme - mean) < 1, mean, extreme).detach()
    # Padding is moved onto the centre, where it adds expm1(0) = 0.
    shifted = z - centre if valid is None else torch.where(valid, z - centre, 0.0)
    inner = _sum(torch.expm1(beta * shifted)) / _count(z, valid)
    return (centre + torch.log1p(inner) / beta).squeeze(-1)


def lse_weights(z: Tensor, beta: float, mask: Tensor | None = None) -> Tensor:
    """(B, K, N) weights of ``lse``: softmax(beta z); at the limits shared by equal extremes."""
    valid = None if mask is None else mask[:, None]
    if math.isinf(beta):
        filled = _filled(z, valid, -beta)
        extreme = filled.amax(-1, keepdim=True) if beta > 0 else filled.amin(-1, keepdim=True)
        at = (filled == extreme).to(z.dtype)
        return at / at.sum(-1, keepdim=True)
    scaled = beta * z
    if valid is not None:
        scaled = scaled.masked_fill(~valid, -math.inf)
    return torch.softmax(scaled, -1)


def _topk_score(z: Tensor, spec: Pool, mask: Tensor | None) -> Tensor:
    """Half of (mean of the k+ highest + alpha x mean of the k- lowest).

    Source:
        Durand et al. 2017 (WILDCAT), eq. 4, with the factor 1/2 of its code. A share that makes
        less than one region takes one; a share of 0 leaves that side out.
    """
    score = _mean_of_highest(z, spec.k_plus, mask)
    if spec.k_minus > 0:
        score = score - spec.alpha * _mean_of_highest(-z, spec.k_minus, mask)
    return 0.5 * score


def _mean_of_highest(z: Tensor, share: float, mask: Tensor | None) -> Tensor:
    """(B, K) mean of the highest ``share`` of the regions of each bag."""
    counts = _k_of(z, share, mask)  # (B, 1)
    valid = None if mask is None else mask[:, None]
    top = _filled(z, valid, -math.inf).topk(int(counts.max()), dim=-1).values  # (B, K, k)
    rank = torch.arange(top.shape[-1], device=z.device)
    inside = rank < counts[..., None]  # (B, 1, k)
    return torch.where(inside, top, 0.0).sum(-1) / counts


def _topk_weights(z: Tensor, spec: Pool, mask: Tensor | None) -> Tensor:
    weights = _highest(z, spec.k_plus, mask)
    if spec.k_minus > 0:
        weights = weights + spec.alpha * _highest(-z, spec.k_minus, mask)
    return 0.5 * weights


def _highest(z: Tensor, share: float, mask: Tensor | None) -> Tensor:
    counts = _k_of(z, share, mask)
    valid = None if mask is None else mask[:, None]
    at = _filled(z, valid, -math.inf).topk(int(counts.max()), dim=-1).indices
    rank = torch.arange(at.shape[-1], device=z.device)
    value = (rank < counts[..., None]).to(z.dtype) / counts[..., None]
    return torch.zeros_like(z).scatter_(-1, at, value.expand_as(at).contiguous())


def _k_of(z: Tensor, share: float, mask: Tensor | None) -> Tensor:
    """(B, 1) number of regions that a share makes, at least 1, at most all."""
    if mask is None:
        n = torch.full((z.shape[0], 1), z.shape[-1], device=z.device)
    else:
        n = mask.sum(-1, keepdim=True)
    return torch.minimum((share * n).round().long().clamp_min(1), n)


def _wide(z: Tensor) -> Tensor:
    """Half precision is widened: exp of 12 logits already overflows float16."""
    return z.float() if z.dtype in (torch.float16, torch.bfloat16) else z


def _filled(z: Tensor, valid: Tensor | None, value: float) -> Tensor:
    return z if valid is None else z.masked_fill(~valid, value)


def _sum(z: Tensor) -> Tensor:
    return z.sum(-1, keepdim=True)


def _count(z: Tensor, valid: Tensor | None) -> Tensor | int:
    return z.shape[-1] if valid is None else valid.sum(-1, keepdim=True)


def _mean(z: Tensor, valid: Tensor | None) -> Tensor:
    return _sum(_filled(z, valid, 0.0)) / _count(z, valid)
