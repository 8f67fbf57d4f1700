"""The start on local shape holds when one series is odd or one label is wrong."""

import math
from dataclasses import replace

import pytest
import torch

from tests.learn_makers import easy_bags, model, small
from wsl_studio.learn.bags import Maps
from wsl_studio.learn.make import standardise
from wsl_studio.learn.methods import DEFAULT, METHODS
from wsl_studio.learn.start import MOST_LOSS, held_out_loss, linear_scores, shape_start

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
    assert held_out_loss(table, y, torch.ones(N)) <= MOST_LOSS


@pytest.mark.parametrize("n", [8, 16, 40])
def test_says_no_where_no_channel_tells(n: int) -> None:
    y = (torch.arange(n) % 2).float()
    taken = 0
    for seed in range(10):
        generator = torch.Generator().manual_seed(seed)
        made = [torch.randn(CHANNELS, REGIONS, generator=generator) for _ in range(n)]
        taken += held_out_loss(table_of(made), y, torch.ones(n)) <= MOST_LOSS
    assert taken <= (1 if n == 8 else 0), "eight bags may look alike by chance"


@pytest.mark.parametrize(("apart", "holds"), [(0.3, False), (4.0, True)])
def test_a_channel_that_differs_by_little_is_not_believed(apart: float, holds: bool) -> None:
    y = (torch.arange(N) % 2).float()
    table = torch.randn(N, 2 * CHANNELS, generator=torch.Generator().manual_seed(0)) * 0.1
    table[:, 3] = apart * y  # in standard deviations of regions; it ranks every bag rightly
    assert (held_out_loss(table, y, torch.ones(N)) <= MOST_LOSS) is holds


def test_leaves_no_answer_without_bags() -> None:
    made, _ = bags(0)
    y = torch.zeros(N)
    y[:2] = 1.0
    w, b = linear_scores(table_of(made), y, torch.ones(1, N))
    assert torch.isfinite(w).all()
    assert torch.isfinite(b).all()
    assert math.isfinite(held_out_loss(table_of(made), y, torch.ones(N)))


def test_one_answer_alone_and_uncertain_bags_ask_nothing() -> None:
    made, y = bags(0)
    assert held_out_loss(table_of(made), torch.ones(N), torch.ones(N)) == math.inf
    y[1:15:2] = 0.5
    assert held_out_loss(table_of(made), y, torch.ones(N)) == math.inf, "one present bag is left"


def test_validation_series_have_a_say_in_whether_a_start_holds() -> None:
    probe = model(small(METHODS[DEFAULT].recipe({})))
    training, validation = easy_bags(8), easy_bags(8, "validation")
    turned = [replace(bag, value=1 - bag.value) for bag in validation]
    maps = Maps(torch.device("cpu"))
    standardise(probe, (maps.of(bag.uid, bag.features) for bag in training))
    held = shape_start(probe, training, validation, maps)
    assert held["weight"].argmax(1).tolist() == [0, 1], "each finding on its own channel"
    assert not shape_start(probe, training, turned, maps)["weight"].any()


def test_a_finding_that_only_validation_series_have_starts_from_zero() -> None:
    probe = model(small(METHODS[DEFAULT].recipe({})))
    training = [replace(bag, weight=bag.weight * torch.tensor([1.0, 0.0])) for bag in easy_bags(8)]
    maps = Maps(torch.device("cpu"))
    standardise(probe, (maps.of(bag.uid, bag.features) for bag in training))
    start = shape_start(probe, training, easy_bags(8, "validation"), maps)
    assert start["weight"][0].any()
    assert not start["weight"][1].any()
    assert start["bias"][1] == 0
