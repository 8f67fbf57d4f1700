"""Pooling: limits, gradients, masks, precision, and the sum that explains a score."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.domain.recipe import Pool
from wsl_studio.learn.pool import lse, pool, pool_score

INF = math.inf
PAIRS = [(1, 1), (3, -2), (0, 0), (INF, -INF), (1e-4, -1e-4), (INF, INF), (INF, 0), (4, -4)]
SPECS = [
    *(Pool(beta_plus=p, beta_minus=m) for p, m in PAIRS),
    Pool(kind="topk", k_plus=0.2, k_minus=0.2, alpha=0.7),
    Pool(kind="topk", k_plus=0.001, k_minus=0.0),
    Pool(kind="topk", n_plus=3, n_minus=50, alpha=1.0),
    Pool(kind="power", power=4.0),
]


def scores(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return 3 * torch.randn(*shape, generator=generator, dtype=dtype)


def test_special_cases_of_equation_4() -> None:
    z = scores(2, 3, 50)

    def value(plus: float, minus: float) -> torch.Tensor:
        return pool_score(z, Pool(beta_plus=plus, beta_minus=minus))

    assert torch.allclose(value(0, 0), z.mean(-1))
    assert torch.allclose(value(INF, INF), z.amax(-1))
    assert torch.allclose(value(INF, -INF), (z.amax(-1) + z.amin(-1)) / 2)
    assert torch.allclose(value(1, 1), z.logsumexp(-1) - math.log(50))
    assert torch.allclose(value(-INF, -INF), z.amin(-1))


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_gradients(spec: Pool) -> None:
    z = scores(2, 2, 6).requires_grad_()
    mask = torch.arange(6) < torch.tensor([6, 4])[:, None]
    assert torch.autograd.gradcheck(lambda x: pool_score(x, spec), (z,))
    assert torch.autograd.gradcheck(lambda x: pool_score(x, spec, mask), (z,))


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_parts_sum_to_the_score(spec: Pool) -> None:
    z = scores(3, 2, 40)
    mask = torch.arange(40) < torch.tensor([40, 7, 1])[:, None]
    out = pool(z, spec, mask)
    clean = z.masked_fill(~mask[:, None], 0.0)
    assert torch.allclose((out.weights * clean).sum(-1) + out.rest, out.score)
    assert (out.weights.masked_select(~mask[:, None].expand_as(z)) == 0).all()
    assert (out.weights >= 0).all()
    has_rest = spec.kind == "power" or not {0.0, INF} >= {abs(spec.beta_plus), abs(spec.beta_minus)}
    if spec.kind == "topk" or not has_rest:
        assert out.rest.abs().max() < 1e-9


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_padding_changes_nothing_and_gets_no_gradient(spec: Pool) -> None:
    z = scores(1, 2, 11)
    padded = torch.cat([z, torch.full((1, 2, 9), 1e4, dtype=z.dtype)], -1).requires_grad_()
    mask = (torch.arange(20) < 11)[None]
    score = pool_score(padded, spec, mask)
    assert torch.allclose(score, pool_score(z, spec))
    score.sum().backward()
    assert padded.grad is not None
    assert (padded.grad[..., 11:] == 0).all()
    assert torch.isfinite(padded.grad).all()


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_order_of_regions_does_not_matter_and_one_region_is_enough(spec: Pool) -> None:
    z = scores(2, 2, 30)
    assert torch.allclose(pool_score(z, spec), pool_score(z[..., torch.randperm(30)], spec))
    one = pool_score(z[..., :1], spec)
    scale = 0.5 * (1 + (spec.alpha if spec.k_minus > 0 else 0)) if spec.kind == "topk" else 1.0
    assert torch.allclose(one, scale * z[..., 0])


@given(
    st.lists(st.floats(-20, 20), min_size=1, max_size=30),
    st.floats(-50, 50),
    st.floats(0, 20),
)
def test_lse_rises_with_beta_between_minimum_and_maximum(
    values: list[float], beta: float, step: float
) -> None:
    z = torch.tensor([[values]], dtype=torch.float64)
    low, high = lse(z, beta).item(), lse(z, beta + step).item()
    assert low <= high + 1e-7
    assert min(values) - 1e-7 <= low
    assert high <= max(values) + 1e-7


@pytest.mark.parametrize(
    ("beta", "error"), [(1e-7, 1e-6), (1e-4, 1e-6), (1e-2, 1e-6), (1, 1e-4), (8, 1e-4), (100, 1e-4)]
)
def test_float32_is_close_to_float64(beta: float, error: float) -> None:
    z = scores(4, 2, 4096)
    for sign in (1, -1):
        exact = lse(z, sign * beta)
        assert (lse(z.float(), sign * beta).double() - exact).abs().max() <= error


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_half_precision_stays_finite(spec: Pool) -> None:
    z = (scores(2, 2, 64) * 5).half().requires_grad_()
    score = pool_score(z, spec)
    score.sum().backward()
    assert torch.isfinite(score).all()
    assert z.grad is not None
    assert torch.isfinite(z.grad).all()
