"""Evidence counts from the usual range of tissue without the finding."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.learn.evidence import counted_from, usual_range


def test_the_range_is_that_of_series_without_the_finding_and_never_above_zero() -> None:
    absent = torch.linspace(-10, -5, 101).view(1, 1, 1, 101).repeat(1, 2, 1, 1)
    absent[:, 1] += 8  # -2 ... 3
    present = torch.full((1, 2, 1, 101), 7.0)
    usual = usual_range([absent, present], [[True, True], [False, False]])
    assert torch.allclose(usual[:, 0], torch.tensor([-9.75, -5.25]), atol=1e-3)
    assert torch.allclose(usual[:, 1], torch.tensor([-1.75, 0.0]), atol=1e-3)


def test_without_an_absent_series_regions_count_from_zero() -> None:
    z = torch.randn(2, 1, 3, 3)
    usual = usual_range([z], [[False]])
    assert torch.equal(counted_from(z, usual), z)


@given(st.floats(-20, 0), st.floats(0, 10), st.floats(-30, 30))
def test_inside_the_range_nothing_is_said_and_order_is_kept(
    high: float, width: float, value: float
) -> None:
    usual = torch.tensor([[high - width], [high]])
    z = torch.tensor([value, value + 1.0]).view(1, 1, 1, 2)
    found = counted_from(z, usual).flatten()
    assert found[0] <= found[1]
    if high - width <= value <= high:
        assert found[0].abs() < 1e-4
    if value > 0:
        assert found[0] >= value - 1e-4
