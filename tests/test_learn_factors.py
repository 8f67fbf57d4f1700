"""SDNet: anatomy is binary, the painter sees nothing else, and judge and model learn apart."""

import pytest
import torch

from tests.learn_makers import FINDINGS, GRIDS, bag, features, model, small
from wsl_studio.domain.label import Region
from wsl_studio.domain.round import Bag, RegionTarget, Target
from wsl_studio.learn.bags import Balance, Labelled, Maps, labelled
from wsl_studio.learn.coded import CodeTerm, drawings
from wsl_studio.learn.factors import MaskJudge, Painted, dice_loss
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.unet import MAPS, UNet, rounded
from wsl_studio.learn.unlabelled import Step

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


def test_anatomy_is_0_or_1_and_still_learns() -> None:
    coder = UNet(1, (4, 6), is_binary=True)
    x = torch.randn(2, 1, 12, 10)
    maps = coder.anatomy(coder(x))
    assert maps.shape == (2, MAPS, 12, 10)
    assert torch.allclose(maps, maps.round(), atol=1e-6)
    assert maps.sum(1).max() <= 1 + 1e-5
    (slope,) = torch.autograd.grad(maps[:, 0].sum(), coder.out.weight)
    assert float(slope.abs().sum()) > 0
    p = torch.tensor([0.2, 0.7], requires_grad=True)
    assert torch.autograd.grad(rounded(p).sum(), p)[0].tolist() == [1, 1]


def test_the_painter_is_told_where_by_the_anatomy_alone_and_how_by_the_appearance() -> None:
    painted = Painted(1, 4)
    anatomy = torch.zeros(1, MAPS, 8, 8)
    anatomy[:, 0, :, 4:] = 1
    z = torch.randn(2, 4)
    one, other = (painted.painter(anatomy, row[None]) for row in z)
    assert not torch.allclose(one, other)
    # Far from the edge of an empty anatomy all cells are alike: the vector can't say where.
    flat = painted.painter(torch.zeros(1, MAPS, 16, 16), z[:1])[..., 6:10, 6:10]
    assert torch.allclose(flat, flat.mean().expand_as(flat), atol=1e-5)
    mean, logvar = painted.appearance(torch.randn(2, 1, 8, 8), anatomy.repeat(2, 1, 1, 1))
    assert mean.shape == logvar.shape == (2, 4)


def test_judge_and_model_learn_apart_in_one_pass() -> None:
    judge = MaskJudge(1)
    made = torch.rand(2, 1, 16, 16, requires_grad=True)
    price, own = judge.cost(torch.ones(2, 1, 16, 16), made)
    for cost, teaches_judge in ((price, False), (own, True)):
        slopes = torch.autograd.grad(
            cost, [made, *judge.parameters()], retain_graph=True, allow_unused=True
        )
        assert (slopes[0] is None) is teaches_judge
        assert all((g is not None) is teaches_judge for g in slopes[1:])


def test_dice_is_0_on_the_mask_and_near_1_beside_it() -> None:
    mask = torch.zeros(1, 1, 20, 20)
    mask[..., 5:15, 5:15] = 1
    assert float(dice_loss(mask, mask)) == pytest.approx(0, abs=1e-6)
    assert float(dice_loss(1 - mask, mask)) > 0.99


def drawn() -> Labelled:
    """A bag with a box on its second slice for finding "one"."""
    box = RegionTarget(
        finding="one", region=Region(first=1, last=1, box=(16.0, 16.0, 64.0, 48.0)), value=1.0
    )
    made = labelled(
        Bag(series_uid="b", split="train", targets={"one": Target(value=1.0)}, regions=(box,)),
        features(3, slices=2, planted=[0]), FINDINGS, GRIDS["shape"],
    )  # fmt: skip
    assert made is not None
    return made


def test_a_box_is_a_mask_on_its_slice_and_of_its_finding_only() -> None:
    one = drawn()
    inputs = Maps(CPU).stacked([bag(1, values={"one": 0.0}), one])
    ((at, mask),) = drawings([bag(1, values={"one": 0.0}), one], inputs)
    assert at == 3  # the second slice of the second bag
    assert (mask[1] == -1).all()
    assert mask[0].max() == 1
    assert 0 < float((mask[0] == 1).float().mean()) < 0.5


@pytest.mark.parametrize("factors", [True, False])
def test_masks_pull_scores_into_the_box(factors: bool) -> None:
    options = {"factors": factors, "adversary": 0.1}
    recipe = small(METHODS["sdnet"].recipe(options))
    made = model(recipe).train()
    one, free = drawn(), bag(9, values={"one": 0.0})
    maps = Maps(CPU)
    term = CodeTerm(recipe, len(FINDINGS))
    step = Step([one], maps.stacked([one]), [free], maps.stacked([free]), 0, 1,
                Balance.of([one], is_on=True))  # fmt: skip
    adam = torch.optim.Adam([*made.parameters(), *term.parameters()], 0.02)
    for _ in range(25):
        adam.zero_grad()
        torch.autograd.backward(term.loss(made, step))
        adam.step()
    z = made(step.inputs)[1, 0]
    ((_, mask),) = drawings([one], step.inputs)
    assert z[mask[0] == 1].mean() > 1 > -1 > z[mask[0] == 0].mean()
