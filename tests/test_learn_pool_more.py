"""Poolings beyond equation 4: ties, power mean, attention, learned sharpness; the bench's peers."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.learn_makers import FINDINGS, GRIDS, bag, easy_bags, model, small
from tests.test_learn_pool import scores
from wsl_studio.bench import Ask, pooling
from wsl_studio.domain.label import Region
from wsl_studio.domain.recipe import Pool, Recipe
from wsl_studio.domain.round import Bag, RegionTarget, Target
from wsl_studio.learn.bags import Balance, Maps, by_bag, labelled, region_loss, total_loss
from wsl_studio.learn.branches import LearnedSharpness
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import SHAPE
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.pool import Sharpness, evidence_scores, pool, pool_score, scores_of
from wsl_studio.learn.start import begin
from wsl_studio.learn.state import trained_state
from wsl_studio.learn.train import make_optimiser, validate

ATTENTION = Pool(kind="attention")
CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("spec", "weights"),
    [
        (Pool(beta_plus=math.inf, beta_minus=math.inf), [1 / 3, 1 / 3, 1 / 3, 0, 0]),
        (Pool(beta_plus=math.inf, beta_minus=-math.inf), [1 / 6, 1 / 6, 1 / 6, 1 / 4, 1 / 4]),
        (Pool(kind="topk", n_plus=2, k_minus=0.0), [1 / 6, 1 / 6, 1 / 6, 0, 0]),
        (Pool(kind="topk", n_plus=4, k_minus=0.0), [1 / 8, 1 / 8, 1 / 8, 1 / 16, 1 / 16]),
    ],
    ids=["max", "max-min", "top 2", "top 4"],
)
def test_equal_regions_share_the_say_and_the_gradient(spec: Pool, weights: list[float]) -> None:
    z = torch.tensor([[[2.0, 2.0, 2.0, -1.0, -1.0]]], requires_grad=True)
    assert torch.allclose(pool(z, spec).weights[0, 0], torch.tensor(weights))
    pool_score(z, spec).sum().backward()
    assert z.grad is not None
    assert torch.allclose(z.grad[0, 0], torch.tensor(weights))


def test_power_mean_is_its_formula() -> None:
    z = scores(2, 3, 20)
    for power in (1.0, 4.0, 30.0):
        p = torch.sigmoid(z)
        mean = p.pow(power).mean(-1) ** (1 / power)
        score = pool_score(z, Pool(kind="power", power=power))
        assert torch.allclose(torch.sigmoid(score), mean)
        weights = pool(z, Pool(kind="power", power=power)).weights
        assert torch.allclose(weights, p.pow(power) / p.pow(power).sum(-1, keepdim=True))
    assert torch.allclose(pool_score(z[..., :1], Pool(kind="power")), z[..., 0])


def test_power_mean_of_very_sure_regions_stays_finite() -> None:
    for value in (-1e4, -90.0, 40.0, 90.0, 1e4):
        z = torch.tensor([[[value, value, value]]], requires_grad=True)
        out = pool(z, Pool(kind="power"))
        assert torch.isfinite(out.score).all()
        assert out.score.item() == pytest.approx(min(value, 80.0), rel=1e-5)
        out.score.sum().backward()
        assert z.grad is not None
        assert torch.isfinite(z.grad).all()


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=30), st.floats(0.5, 50), st.floats(0, 20))
def test_power_mean_rises_with_its_exponent_up_to_the_maximum(
    values: list[float], power: float, step: float
) -> None:
    z = torch.tensor([[values]], dtype=torch.float64)
    low = pool_score(z, Pool(kind="power", power=power)).item()
    high = pool_score(z, Pool(kind="power", power=power + step)).item()
    assert min(values) - 1e-6 <= low <= high + 1e-6
    assert high <= max(values) + 1e-6


def test_attention_is_a_sum_over_valid_regions() -> None:
    z = scores(3, 4, 25)
    mask = torch.arange(25) < torch.tensor([25, 9, 1])[:, None]
    out = pool(z, ATTENTION, mask)
    assert out.weights.shape == (3, 2, 25)
    assert torch.allclose(out.weights.sum(-1), torch.ones(3, 2).double())
    assert (out.weights.masked_select(~mask[:, None].expand_as(out.weights)) == 0).all()
    clean = scores_of(z, ATTENTION).masked_fill(~mask[:, None], 0.0)
    assert torch.allclose((out.weights * clean).sum(-1), out.score)
    assert out.rest.abs().max() < 1e-12
    order = torch.randperm(25)
    assert torch.allclose(pool_score(z[..., order], ATTENTION, mask[:, order]), out.score)
    assert torch.allclose(pool_score(z[1:2, :, :9], ATTENTION), out.score[1:2])


def test_attention_gradients_and_no_say_of_padding() -> None:
    z = scores(2, 4, 6).requires_grad_()
    mask = torch.arange(6) < torch.tensor([6, 4])[:, None]
    assert torch.autograd.gradcheck(lambda x: pool_score(x, ATTENTION), (z,))
    assert torch.autograd.gradcheck(lambda x: pool_score(x, ATTENTION, mask), (z,))
    pool_score(z, ATTENTION, mask).sum().backward()
    assert z.grad is not None
    assert (z.grad[1, :, 4:] == 0).all()


def test_the_map_of_attention_adds_up_to_its_score() -> None:
    z = scores(3, 4, 5, 5)
    out = pool(by_bag(z, 1), ATTENTION)
    shown = evidence_scores(z, ATTENTION)
    assert shown.shape == (3, 2, 5, 5)
    assert torch.allclose(shown.sum((0, 2, 3)) * out.weights.amax(-1)[0], out.score[0])
    assert (shown.abs() <= z[:, :2].abs() + 1e-12).all()


@pytest.mark.parametrize("start", [(4.0, 4.0), (3.0, -2.0), (0.2, -0.2)])
def test_sharpness_has_gradients_and_the_value_of_fixed_numbers(
    start: tuple[float, float],
) -> None:
    z = scores(2, 2, 6).requires_grad_()
    mask = torch.arange(6) < torch.tensor([6, 4])[:, None]
    plus, minus = (torch.full((2,), b, dtype=torch.float64, requires_grad=True) for b in start)

    def value(x: torch.Tensor, p: torch.Tensor, m: torch.Tensor) -> torch.Tensor:
        return pool_score(x, Pool(), mask, Sharpness(p, m))

    fixed = pool_score(z, Pool(beta_plus=start[0], beta_minus=start[1]), mask)
    assert torch.allclose(value(z, plus, minus), fixed)
    assert torch.autograd.gradcheck(value, (z, plus, minus))
    out = pool(z, Pool(), mask, Sharpness(plus, minus))
    clean = z.masked_fill(~mask[:, None], 0.0)
    assert torch.allclose((out.weights * clean).sum(-1) + out.rest, out.score)


@pytest.mark.parametrize("start", [(4.0, -4.0), (0.0, 4.0), (math.inf, -math.inf)])
def test_sharpness_keeps_its_sign_however_far_it_is_pushed(start: tuple[float, float]) -> None:
    learned = LearnedSharpness(Pool(beta_plus=start[0], beta_minus=start[1]), 3)
    at = [min(max(abs(b), 0.1), 100.0) for b in start]
    assert torch.allclose(learned.values().abs()[:, 0], torch.tensor(at), rtol=1e-4)
    signs = learned.values().sign()
    assert signs[1, 0] == (-1 if start[1] < 0 else 1)
    for push in (-1e6, 1e6):
        with torch.no_grad():
            learned.share.fill_(push)
        values = learned.values().detach()
        assert torch.equal(values.sign(), signs)
        assert (values.abs() > 0.0099).all()
        assert (values.abs() < 200.1).all()


def test_learned_sharpness_moves_is_kept_with_the_model_and_used() -> None:
    recipe = small(METHODS["generalised"].recipe({"learn_sharpness": True}))
    made = model(recipe)
    training = easy_bags(8)
    maps, balance = Maps(CPU), Balance.of(training, is_on=True)
    for level, head in made.heads.items():
        head.standardise(maps.of(b.uid, b.features)[level] for b in training)
    optimiser = make_optimiser(made, recipe.model_copy())
    assert made.learned is not None
    before, losses = made.learned.share.detach().clone(), []
    for _ in range(30):
        z = made(maps.stacked(training))
        loss = total_loss(z, training, recipe, balance, made.sharpness)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.8 * losses[0]
    assert (made.learned.share != before).all()
    other = model(recipe, seed=9)
    other.load_state_dict(trained_state(made), strict=False)
    both = Ensemble([made, other])
    assert both.sharpness is not None
    assert made.sharpness is not None
    assert torch.allclose(both.sharpness.plus, made.sharpness.plus)
    one = validate(made, training[:2], maps, recipe)
    assert torch.allclose(validate(both, training[:2], maps, recipe), one, atol=1e-5)
    assert not torch.allclose(one, validate(model(recipe), training[:2], maps, recipe))


@pytest.mark.parametrize("how", [ATTENTION, Pool(kind="power"), Pool(is_learned=True)], ids=str)
def test_a_region_label_reaches_the_region_scores_of_every_pooling(how: Pool) -> None:
    box = Region(first=1, last=1, box=(16, 40, 48, 64))
    made = labelled(
        Bag(series_uid="s", split="train", targets={"two": Target(value=1)},
            regions=(RegionTarget(finding="two", region=box, value=1.0),)),
        bag(3, slices=3, values={"two": 1.0}).features, FINDINGS, GRIDS[SHAPE],
    )  # fmt: skip
    assert made is not None
    assert made.regions is not None
    recipe = small(Recipe(pool=how))
    channels = 4 if how.kind == "attention" else 2
    z = torch.zeros(3, channels, 12, 12, requires_grad=True)
    sharpness = model(recipe).sharpness
    loss = region_loss(by_bag(z, 1)[0], made.regions, how, "hinge", sharpness)
    (slope,) = torch.autograd.grad(loss, z)
    assert (slope[:, 0] == 0).all()
    assert (slope[1, 1, 5:8, 2:6] < 0).all()
    assert (slope[0, 1] > 0).all()


def test_sorting_of_the_bench_is_our_top_regions() -> None:
    z = scores(2, 3, 50)
    for name in (pooling.SORT, pooling.TOP):
        x = z.clone().requires_grad_()
        pooling.POOLINGS[name](x).sum().backward()
        assert x.grad is not None
        ours = pool(z, Pool(kind="topk", k_plus=0.2, k_minus=0.2, alpha=0.7))
        assert torch.allclose(pooling.POOLINGS[name](z), ours.score)
        assert torch.allclose(x.grad, ours.weights)


def test_the_bench_has_a_row_for_every_pooling_and_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "SHAPES", ((2, 2, 9), (1, 2, 40)))
    monkeypatch.setattr(pooling, "JUDGED", (1, 2, 40))
    monkeypatch.setattr(pooling, "_peak_of_child", lambda *_: None)
    out = pooling.run(Ask(n=2))
    assert [row["pooling"] for row in out["rows"]] == list(pooling.POOLINGS)
    assert all(ms > 0 for each in out["ms"].values() for ms in each.values())
    assert sum(line.startswith(("holds", "MISSED")) for line in out["lines"]) == 3
    same, peaks = dict.fromkeys(pooling.POOLINGS, 1.0), dict.fromkeys(pooling.POOLINGS, 5)
    verdicts = [line.split(":")[0] for line in pooling._judge(same, peaks)]
    assert verdicts == ["holds", "MISSED", "MISSED", "MISSED"]


def test_attention_starts_even_or_where_the_start_speaks_for() -> None:
    recipe, one = small(METHODS["attention"].recipe({})), bag(5, values={"one": 1.0})
    made = model(recipe)
    maps = Maps(CPU).stacked([one])
    begin(made, {})
    even = pool(by_bag(made(maps), 1), ATTENTION).weights
    assert torch.allclose(even, torch.full_like(even, 1 / even.shape[-1]))
    weight = torch.tensor([[2.0, 0, 0, 0], [0, 2.0, 0, 0]])
    begin(made, {"weight": weight, "bias": torch.tensor([-6.0, -6.0])})
    looked = pool(by_bag(made(maps), 1), ATTENTION).weights
    place = 1 * 144 + 6 * 12 + 3  # finding one lies on the middle slice at cell (6, 3)
    assert int(looked[0, 0].argmax()) == place
    assert looked[0, 0, place] > 0.5
