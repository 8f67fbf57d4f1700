"""SDNet: anatomy is binary, the painter sees it and the findings, judge and model learn apart."""

import json
from pathlib import Path

import pytest
import torch

from tests.learn_makers import FINDINGS, GRIDS, bag, features, model, small
from wsl_studio.domain.label import Region
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Bag, Manifest, RegionTarget, Target
from wsl_studio.learn.bags import Balance, Labelled, Maps, labelled
from wsl_studio.learn.checkpoint import read_checkpoint
from wsl_studio.learn.coded import CodeTerm, drawings, inputs_of, rebuild_loss, with_drawn
from wsl_studio.learn.encode import Coder
from wsl_studio.learn.factors import MaskJudge, Painted, dice_loss, sight
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.state import write_tensors
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


def test_the_painter_sees_a_finding_as_drawn_and_elsewhere_as_the_model_has_it() -> None:
    code, z = torch.randn(2, MAPS + 3, 6, 6), torch.randn(2, 2, 6, 6, requires_grad=True)
    drawn = torch.full((2, 2, 6, 6), -1.0)
    drawn[0, 1] = torch.rand(6, 6).round()
    seen = sight(code, z, drawn)
    assert torch.equal(seen[:, :MAPS], UNet.anatomy(code))
    assert torch.equal(seen[0, MAPS + 1], drawn[0, 1])
    own = (z > 0).float()
    assert torch.allclose(seen[0, MAPS], own[0, 0], atol=1e-6)
    assert torch.allclose(seen[1, MAPS:], own[1], atol=1e-6)
    (slope,) = torch.autograd.grad(seen.sum(), z)
    assert (slope != 0).flatten(2).any(2).tolist() == [[True, False], [True, True]]


@pytest.mark.parametrize("sees", [True, False])
def test_painting_teaches_the_findings_of_series_that_nobody_drew_on(sees: bool) -> None:
    recipe = small(METHODS["sdnet"].recipe({}))
    code = recipe.code.model_copy(update={"paints_findings": sees})
    made = model(recipe.model_copy(update={"code": code})).train()
    last = made.heads["block10"].layers[-1].weight
    loss = rebuild_loss(made, Maps(CPU).stacked([bag(9, values={"one": 0.0})]), code)
    (slope,) = torch.autograd.grad(loss, last, allow_unused=True)
    assert (slope is not None and float(slope.abs().sum()) > 0) is sees


def test_what_is_painted_follows_the_box_that_was_drawn() -> None:
    made, one = model(small(METHODS["sdnet"].recipe({"paints_findings": True}))).eval(), drawn()
    inputs = Maps(CPU).stacked([one])
    at = dict(drawings([one], inputs))

    def painted(masks: dict[int, torch.Tensor]) -> torch.Tensor:
        ((coder, rebuilder, x),) = inputs_of(made, with_drawn(inputs, masks))
        return rebuilder.pictures(coder, x)["painted again"]

    with torch.inference_mode():
        first, other = painted(at), painted({k: mask.flip(2) for k, mask in at.items()})
        assert torch.equal(first[0], other[0])  # nobody drew on the first slice
        assert not torch.allclose(first[1], other[1])
        ((coder, _, x),) = inputs_of(made, with_drawn(inputs, at))
        seen = coder(x)[1, MAPS]  # of the finding that has the box, on the grid of the image
    assert seen.shape == x.shape[-2:]
    assert 0 < float(seen.mean()) < 0.5
    assert set(seen.flatten().tolist()) == {0.0, 1.0}


def test_a_round_from_before_painters_saw_findings_still_opens(tmp_path: Path) -> None:
    recipe = small(METHODS["sdnet"].recipe({"paints_findings": True}))
    old = recipe.model_copy(
        update={"code": recipe.code.model_copy(update={"paints_findings": False})}
    )
    before = json.loads(old.model_dump_json())
    del before["code"]["paints_findings"]
    read = Recipe.model_validate(before)
    manifest = Manifest(number=1, findings=FINDINGS, bags=(), method="sdnet", recipe=read)
    directory = tmp_path / "0001"
    directory.mkdir()
    state = {f"0.{name}": x for name, x in model(old).state_dict().items()}
    about = {"recipe": json.dumps(before), "findings": json.dumps(FINDINGS), "members": "1"}
    write_tensors(directory / "checkpoint.safetensors", state, about)
    again = manifest.model_copy(update={"warm_from": 1})
    (found,) = read_checkpoint(again, directory) or []
    assert not model(read).load_state_dict(found).missing_keys
    called = again.model_copy(update={"findings": tuple(f"new {name}" for name in FINDINGS)})
    assert read_checkpoint(called, directory), "a finding that is called otherwise is the same"
    fewer = again.model_copy(update={"findings": FINDINGS[:1]})
    assert read_checkpoint(fewer, directory) is None
    now = again.model_copy(update={"recipe": recipe})
    assert read_checkpoint(now, directory) is None, "another recipe begins anew"


def test_the_reader_is_shown_the_findings_that_the_painter_saw() -> None:
    painted = Painted(1, 4, MAPS + 2)
    found = torch.zeros(1, 2, 8, 8)
    found[0, 0, :4], found[0, 1, 6:] = 1, 1
    code = torch.cat([torch.randn(1, 5, 8, 8), torch.zeros(1, MAPS, 8, 8), found], 1)

    class Known(Coder):
        def forward(self, _: torch.Tensor) -> torch.Tensor:
            return code

    x = torch.randn(1, 1, 8, 8)
    shown = painted.pictures(Known(), x)
    assert list(shown) == ["series", "anatomy", "findings", "painted again"]
    rows = ((shown["findings"] - x.mean()) / x.std())[0, 0, :, 0]
    assert torch.allclose(rows, torch.tensor([0.0] * 4 + [-1.5] * 2 + [1.5] * 2), atol=1e-5)
    assert "findings" not in Painted(1, 4).pictures(Known(), x)
