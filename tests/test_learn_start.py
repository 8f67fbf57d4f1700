"""The start on local shape holds when one series is odd or one label is wrong."""

import math

import pytest
import torch

from wsl_studio.domain.recipe import Pool
from wsl_studio.learn.start import LEAST_AUC, held_out_auc, linear_scores

MAX = Pool(beta_plus=math.inf, beta_minus=math.inf)
N, CHANNELS, REGIONS = 16, 12, 60


def bags(seed: int) -> tuple[list[torch.Tensor], torch.Tensor]:
    """(C, N) standardised regions of 16 bags; channel 3 is high in one region of every other."""
    generator = torch.Generator().manual_seed(seed)
    made = [torch.randn(CHANNELS, REGIONS, generator=generator) for _ in range(N)]
    y = (torch.arange(N) % 2).float()
    for k in range(1, N, 2):
        made[k][3, 7] = 8.0
    return made, y


def table_of(made: list[torch.Tensor]) -> torch.Tensor:
    return torch.stack([torch.cat([x.amax(1), -x.amin(1)]) for x in made])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("trouble", ["none", "wrong label", "odd series"])
def test_finds_the_channel_and_holds(seed: int, trouble: str) -> None:
    made, y = bags(seed)
    if trouble == "wrong label":
        y[4] = 1.0
    if trouble == "odd series":  # another kind of image, answered absent, as high as the finding
        made[4] = made[4].abs() * 3
    table = table_of(made)
    w, _ = linear_scores(table, y, torch.ones(1, N))
    assert int(w[0].abs().argmax()) == 3
    assert held_out_auc(table, y, torch.ones(N), made, MAX) >= LEAST_AUC


@pytest.mark.parametrize("seed", range(5))
def test_says_no_where_no_channel_tells(seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    made = [torch.randn(CHANNELS, REGIONS, generator=generator) for _ in range(N)]
    y = (torch.arange(N) % 2).float()
    assert held_out_auc(table_of(made), y, torch.ones(N), made, MAX) < LEAST_AUC


def test_leaves_no_answer_without_bags() -> None:
    made, _ = bags(0)
    y = torch.zeros(N)
    y[:2] = 1.0
    w, b = linear_scores(table_of(made), y, torch.ones(1, N))
    assert torch.isfinite(w).all()
    assert torch.isfinite(b).all()
    assert 0.0 <= held_out_auc(table_of(made), y, torch.ones(N), made, MAX) <= 1.0
