"""Poolings whose gradient is known: values of region scores with the weights that make them."""

import math

import numpy as np
import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

LEAST_EXPONENT = -60.0
"""e^-60 counts for nothing beside 1; what lies far below makes denormal numbers, on which a
CPU is tens of times slower."""


class Known(torch.autograd.Function):
    """A pooled value whose weights are its gradient, so that backward is one product.

    ``Known.apply(z, value, weights)`` with z and weights (B, K, N) and value (B, K) is ``value``,
    and passes ``weights`` times the slope on to z.
    """

    @staticmethod
    def forward(ctx, z: Tensor, value: Tensor, weights: Tensor) -> Tensor:  # type: ignore[no-untyped-def]
        """The value."""
        del z
        ctx.save_for_backward(weights)
        return value.view_as(value)

    @staticmethod
    @once_differentiable
    def backward(ctx, slope: Tensor):  # type: ignore[no-untyped-def]
        """Slope of z."""
        (weights,) = ctx.saved_tensors
        return slope[..., None] * weights, None, None


class KnownSharpness(torch.autograd.Function):
    """As ``Known`` for one side of equation 4, with a slope for its sharpness too.

    Source:
        d lse_b / d b = (sum_h w_h z_h - lse_b) / b, from the variational form of lse.
    """

    @staticmethod
    def forward(ctx, z: Tensor, beta: Tensor, value: Tensor, weights: Tensor) -> Tensor:  # type: ignore[no-untyped-def]
        """The value; ``beta`` broadcasts against it."""
        ctx.save_for_backward(z, beta, value, weights)
        return value.view_as(value)

    @staticmethod
    @once_differentiable
    def backward(ctx, slope: Tensor):  # type: ignore[no-untyped-def]
        """Slopes of z and of the sharpness; padding has weight 0 and must be finite."""
        z, beta, value, weights = ctx.saved_tensors
        rise = ((weights * z).sum(-1) - value) / beta
        return slope[..., None] * weights, (slope * rise).sum_to_size(beta.shape), None, None


@torch.no_grad()
def lse_parts(z: Tensor, beta: float | Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
    """(1 / beta) log mean exp(beta z) over the last axis and its weights softmax(beta z).

    Near beta = 0 the plain form returns 0 in float32; there the expm1 / log1p form expands around
    the mean, elsewhere values are shifted by the extreme. At the limits (mean at 0, maximum at
    +inf, minimum at -inf) regions that are equally extreme share the weight.

    Args:
        z: (B, K, N), at least float32.
        beta: Any number; or a tensor that broadcasts against (B, K), finite and of one sign.
        mask: (B, N) bool or None.

    Returns:
        Value (B, K) and weights (B, K, N), which sum to 1 and are 0 on padding.

    Source:
        Durand et al. 2019 (TPAMI), eq. 4, one side of it, without the factor 1/2.
    """
    valid = None if mask is None else mask[:, None]  # (B, 1, N)
    n = z.shape[-1] if valid is None else valid.sum(-1, keepdim=True)
    mean = filled(z, valid, 0.0).sum(-1, keepdim=True) / n
    if isinstance(beta, float | int) and beta == 0:
        if valid is None:
            return mean.squeeze(-1), z.new_full((1, 1, 1), 1 / z.shape[-1]).expand_as(z)
        return mean.squeeze(-1), (valid.to(z.dtype) / n).expand_as(z)
    is_high = bool((beta > 0).all()) if isinstance(beta, Tensor) else beta > 0
    inside = filled(z, valid, -math.inf if is_high else math.inf)
    extreme = inside.amax(-1, keepdim=True) if is_high else inside.amin(-1, keepdim=True)
    if not isinstance(beta, Tensor) and math.isinf(beta):
        at = torch.eq(inside, extreme, out=torch.empty_like(z))
        return extreme.squeeze(-1), at.div_(at.sum(-1, keepdim=True))
    b = beta[..., None] if isinstance(beta, Tensor) else beta
    e = (inside - extreme).mul_(b).clamp_min_(LEAST_EXPONENT).exp_()
    if valid is not None:
        e.masked_fill_(~valid, 0.0)
    total = e.sum(-1, keepdim=True)
    value = extreme + (total / n).log_() / b
    is_soft = b * (extreme - mean) < 1
    if bool(is_soft.any()):
        # Padding is moved onto the mean, where it adds expm1(0) = 0.
        shifted = z - mean if valid is None else torch.where(valid, z - mean, 0.0)
        inner = shifted.mul_(b).expm1_().sum(-1, keepdim=True) / n
        value = torch.where(is_soft, mean + inner.log1p_() / b, value)
    return value.squeeze(-1), e.div_(total)


@torch.no_grad()
def highest_parts(
    z: Tensor, counts: Tensor, mask: Tensor | None, *, is_low: bool = False
) -> tuple[Tensor, Tensor]:
    """Mean of the highest (or lowest) regions and its weights.

    Regions that tie for the last place share it, so their order does not matter.

    Args:
        z: (B, K, N).
        counts: (B, 1) how many regions, from 1 to those of the bag.
        mask: (B, N) bool or None.
        is_low: Takes the lowest.

    Returns:
        Value (B, K) and weights (B, K, N), which sum to 1 and are 0 on padding.
    """
    valid = None if mask is None else mask[:, None]
    inside = filled(z, valid, math.inf if is_low else -math.inf)
    last = _last_place(inside, counts, is_low=is_low)  # (B, K, 1)
    beyond = (torch.lt if is_low else torch.gt)(inside, last, out=torch.empty_like(z))
    at = torch.eq(inside, last, out=torch.empty_like(z))
    places = counts[..., None] - beyond.sum(-1, keepdim=True)
    weights = beyond.add_(at.mul_(places / at.sum(-1, keepdim=True))).div_(counts[..., None])
    return (weights * filled(z, valid, 0.0)).sum(-1), weights


def _last_place(z: Tensor, counts: Tensor, *, is_low: bool) -> Tensor:
    """(B, K, 1) value of the last of the ``counts`` highest (lowest)."""
    k, n = int(counts.max()), z.shape[-1]
    if z.device.type == "cpu" and int(counts.min()) == k:
        # Selection in NumPy takes a tenth of the time of torch.topk on a dense map.
        place = k - 1 if is_low else n - k
        found = np.partition(z.numpy(), place, axis=-1)[..., place]
        return torch.from_numpy(np.ascontiguousarray(found))[..., None]
    ranked = z.topk(k, dim=-1, largest=not is_low).values
    return ranked.gather(-1, (counts - 1)[:, None].expand(-1, z.shape[1], -1))


def filled(z: Tensor, valid: Tensor | None, value: float) -> Tensor:
    """``z`` with ``value`` where there is no region."""
    return z if valid is None else z.masked_fill(~valid, value)
