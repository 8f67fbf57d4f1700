"""Questions without labels: each can be learned, from what it asks and from nothing else."""

import pytest
import torch
from torch import Tensor

from tests.learn_makers import FINDINGS, easy_bags, model, played, small
from wsl_studio.domain.code import Code
from wsl_studio.learn.augment import PRESETS, Views, look, moved
from wsl_studio.learn.bags import Maps
from wsl_studio.learn.colour import Colours, apart
from wsl_studio.learn.encode import Plain
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.pretext import Coloured, Order, Position, Question, Restored, Rotation, holes
from wsl_studio.learn.pretrain import pretrain
from wsl_studio.learn.state import trained_state

CODE = Code(encoder="plain", channels=(8, 8))
NO_COLOUR = torch.tensor([False])


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


def upright(slices: int = 8, side: int = 24) -> Tensor:
    """(1, S, 1, h, w): bright above, darker below, brighter from slice to slice, with noise."""
    ramp = torch.linspace(1, -1, side)[:, None].expand(side, side)
    level = torch.linspace(-1, 1, slices)[:, None, None]
    return (ramp + level + 0.2 * torch.randn(slices, side, side))[None, :, None]


def learned(
    question: Question, x: Tensor, steps: int = 60, colour: Tensor = NO_COLOUR
) -> list[float]:
    coder = Plain(x.shape[2], CODE.channels)
    adam = torch.optim.Adam([*coder.parameters(), *question.parameters()], 0.01)
    costs = []
    for _ in range(steps):
        cost = question.cost(coder, x, colour)
        adam.zero_grad()
        torch.autograd.backward(cost)
        adam.step()
        costs.append(cost.item())
    return costs


@pytest.mark.parametrize("kind", ["rotation", "order", "restore"])
def test_a_question_with_an_answer_is_learned(kind: str) -> None:
    width = sum(CODE.channels)
    made: dict[str, Question] = {
        "rotation": Rotation(width), "order": Order(width), "restore": Restored(CODE, 1),
    }  # fmt: skip
    costs = learned(made[kind], upright())
    assert sum(costs[-5:]) / 5 < 0.6 * costs[0]


def test_what_has_no_upright_can_not_be_told_by_turning_it() -> None:
    noise = torch.randn(1, 64, 1, 16, 16)
    question = Rotation(sum(CODE.channels))
    costs = []
    coder = Plain(1, CODE.channels)
    adam = torch.optim.Adam([*coder.parameters(), *question.parameters()], 0.01)
    for _ in range(30):
        cost = question.cost(coder, torch.randn_like(noise), NO_COLOUR)
        adam.zero_grad()
        torch.autograd.backward(cost)
        adam.step()
        costs.append(cost.item())
    assert sum(costs[-10:]) / 10 > 1.2  # log 4 = 1.39 is chance


def test_relative_position_sees_two_patches_and_learns_which_side() -> None:
    # Two bright corners of different shape: a patch tells where in the picture it was taken.
    x = torch.zeros(1, 8, 1, 32, 32)
    rows, columns = torch.arange(32)[:, None].float(), torch.arange(32).float()
    x[:] = torch.sin(rows / 3) * (columns > 16) + torch.sin(columns / 2) * (rows > 16)
    costs = learned(Position(sum(CODE.channels)), x + 0.05 * torch.randn_like(x), steps=90)
    assert sum(costs[-20:]) / 20 < 1.8  # log 8 = 2.08 is chance


def test_one_slice_has_no_order() -> None:
    x = upright(1)
    cost = Order(sum(CODE.channels)).cost(Plain(1, CODE.channels), x, NO_COLOUR)
    assert float(cost) == 0.0


def test_only_what_was_taken_away_is_asked_for() -> None:
    x = upright().flatten(0, 1)
    gone = holes(x)
    assert 0.1 < gone.float().mean() < 0.5
    assert (gone.flatten(1).any(1)).all()


def test_colours_are_told_from_grey_and_grey_series_have_boxes_filled_in() -> None:
    grey, differences = apart(torch.randn(2, 3, 8, 8).mean(1, keepdim=True).expand(2, 3, 8, 8))
    assert differences.abs().max() < 1e-6
    assert grey.shape == (2, 1, 8, 8)
    colours = Colours(CODE, is_judged=False)
    soft = colours.classes(torch.randn(2, 2, 8, 8))
    assert torch.allclose(soft.sum(1), torch.ones(2, 8, 8), atol=1e-5)
    # Bright is red, dark is blue.
    light = torch.randn(1, 6, 1, 16, 16)
    x = torch.cat([light + light.clamp_min(0), light, light - light.clamp_max(0)], 2)
    for is_judged in (False, True):
        question = Coloured(CODE, 3, is_judged=is_judged)
        costs = learned(question, x, steps=50, colour=torch.tensor([True]))
        assert costs[-1] < 0.8 * costs[0]
    coder, flat = Plain(3, CODE.channels), upright().expand(1, 8, 3, 24, 24)
    question = Coloured(CODE, 3)
    torch.autograd.backward(question.cost(coder, flat, NO_COLOUR))
    assert question.colours is not None
    assert all(p.grad is None for p in question.colours.parameters())
    assert any(p.grad is not None for p in question.grey.parameters())


@pytest.mark.parametrize("name", ["rotation", "autoencoder-layers", "autoencoder-linear"])
def test_pretraining_teaches_the_encoder_and_no_head_and_again_the_same(name: str) -> None:
    recipe = small(METHODS[name].recipe({}))
    states = []
    for _ in range(2):
        made = model(recipe)
        before = trained_state(made)
        bags = easy_bags(4)
        played(pretrain(made, bags, recipe, Maps(torch.device("cpu")), seed=1, member=0))
        states.append(trained_state(made))
        changed = {k for k, x in states[-1].items() if not torch.equal(x, before[k])}
        assert any(".coder." in k for k in changed)
        assert not any(".layers." in k and ".coder." not in k for k in changed)
    assert all(torch.equal(x, states[1][k]) for k, x in states[0].items())
    assert len(FINDINGS) == 2


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_views_are_seeded_and_mirror_only_what_has_no_left_and_right(name: str) -> None:
    how = PRESETS[name]  # type: ignore[index]
    x = torch.randn(16, 3, 20, 28)
    for view in (look, moved):
        one, same = (view(x, how, torch.Generator().manual_seed(1)) for _ in range(2))
        assert torch.equal(one, same)
        assert one.shape == x.shape
        assert not torch.equal(one, x)
    assert how.is_mirrored is (name == "microscopy")
    left = torch.zeros(64, 1, 20, 20)
    left[..., :8] = 1.0
    seen = moved(left, how, torch.Generator().manual_seed(2))
    is_left = seen[..., :10].mean((1, 2, 3)) > seen[..., 10:].mean((1, 2, 3))
    assert bool(is_left.all()) is not how.is_mirrored


def test_a_view_keeps_hue_and_place() -> None:
    x = torch.randn(4, 3, 12, 12)
    how = Views(noise=0.0, hole=0.25)
    seen = look(x, how, torch.Generator().manual_seed(0))
    kept = seen != 0
    # One gain and one shift for all channels of a picture: their differences keep their sign.
    red, green = seen[:, 0] - seen[:, 1], x[:, 0] - x[:, 1]
    assert (red * green >= 0).all()
    assert 0.02 < float((~kept.any(1)).float().mean()) < 0.15
