"""Loss terms beside the bag term: their values, and where their gradients push."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.learn_makers import FINDINGS, GRIDS, bag, features, small
from wsl_studio.domain.recipe import AreaForm, Pool, Recipe, Semi, Terms
from wsl_studio.domain.round import Bag, Target
from wsl_studio.learn.bags import (
    Balance,
    Labelled,
    Regions,
    bag_loss,
    by_bag,
    labelled,
    pointed_at,
    total_loss,
)
from wsl_studio.learn.features import SHAPE
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.pool import pool_score
from wsl_studio.learn.preprocess import Frame
from wsl_studio.learn.terms import REST, area_loss, assign_loss, assigned, rest_loss, sparsity_loss

ONE = torch.ones(1, 1)


def logit(p: float) -> float:
    return math.log(p / (1 - p))


@given(st.floats(0.001, 1.0), st.lists(st.floats(0.01, 0.99), min_size=1, max_size=30))
def test_the_squared_area_term_is_the_distance_of_the_mean_probability(
    area: float, probabilities: list[float]
) -> None:
    z = torch.tensor([[[logit(p) for p in probabilities]]], requires_grad=True)
    loss = area_loss(z, torch.tensor([[area]]), ONE, "squared")
    off = float(np.mean(probabilities)) - area
    assert float(loss.detach()) == pytest.approx(off**2, abs=1e-5)
    (slope,) = torch.autograd.grad(loss, z)
    if abs(off) > 1e-3:
        # Too large a map shrinks, too small a one grows.
        assert (slope.sign() == math.copysign(1, off)).all()


@given(st.floats(1e-6, 1.0), st.lists(st.floats(1e-6, 0.99), min_size=1, max_size=30))
def test_the_ratio_asks_nothing_within_a_factor_of_two_and_grows_with_it_beyond(
    area: float, probabilities: list[float]
) -> None:
    z = torch.tensor([[[logit(p) for p in probabilities]]], dtype=torch.float64, requires_grad=True)
    loss = area_loss(z, torch.tensor([[area]], dtype=torch.float64), ONE.double())
    ratio = math.log(float(np.mean(probabilities)) / area)
    beyond = max(0.0, abs(ratio) - math.log(2))
    assert float(loss.detach()) == pytest.approx(beyond**2, abs=1e-6)
    (slope,) = torch.autograd.grad(loss, z)
    if beyond > 1e-3:
        # Too large a map shrinks, too small a one grows, however small the area is.
        assert (slope.sign() == math.copysign(1, ratio)).all()


def test_the_ratio_is_finite_where_every_probability_rounds_to_zero() -> None:
    z = torch.full((1, 1, 50), -200.0, requires_grad=True)
    loss = area_loss(z, torch.tensor([[1e-4]]), ONE)
    (slope,) = torch.autograd.grad(loss, z)
    assert bool(loss.isfinite())
    assert bool((slope < 0).all())


def test_only_a_present_label_with_an_area_is_held_to_it() -> None:
    z = torch.zeros(3, 2, 5, requires_grad=True)
    area = torch.tensor([[0.1, 0.0], [0.1, 0.1], [0.0, 0.0]])
    weight = torch.tensor([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0]])
    (slope,) = torch.autograd.grad(area_loss(z, area, weight), z)
    moved = slope.abs().sum(-1) > 0
    assert moved.tolist() == [[True, False], [False, True], [False, False]]


def with_area(value: float, area: float | None, frame: Frame | None = None) -> Labelled:
    found = features(3, slices=2)
    if frame is not None:
        found = type(found)(found.maps, frame, found.mean)
    target = Target(value=value, area=area)
    asked = Bag(series_uid="s", split="train", targets={"one": target})
    made = labelled(asked, found, FINDINGS, GRIDS[SHAPE])
    assert made is not None
    return made


def test_an_area_of_the_slice_is_a_larger_share_of_what_was_kept_of_it() -> None:
    cut = Frame(0, 0, 96, 96, 96, 96, whole=(192, 96))
    area = with_area(1.0, 0.05, cut).area
    assert area is not None
    assert area.tolist() == pytest.approx([0.1, 0.0])
    assert cut.share(0.9) == 1.0
    plain = with_area(1.0, 0.05).area
    assert plain is not None
    assert plain.tolist() == pytest.approx([0.05, 0.0])


@pytest.mark.parametrize(("value", "area"), [(0.0, 0.1), (0.5, 0.1), (1.0, None)])
def test_no_area_is_asked_of_what_is_not_present_or_not_said(
    value: float, area: float | None
) -> None:
    group = [with_area(value, area)]
    z = torch.randn(2, 2, 12, 12)
    balance = Balance.of(group, is_on=False)
    losses = {
        weight: float(total_loss(z, group, Recipe(terms=Terms(area=weight)), balance))
        for weight in (0.0, 10.0)
    }
    assert losses[0.0] == losses[10.0]


def test_with_an_area_the_loss_falls_as_the_map_comes_to_fill_it() -> None:
    group = [with_area(1.0, 0.1)]
    balance = Balance.of(group, is_on=False)

    def losses(form: AreaForm) -> list[float]:
        recipe = Recipe(terms=Terms(bag_weight=0.0, area=1.0, area_form=form))
        return [
            float(total_loss(torch.full((2, 2, 12, 12), logit(p)), group, recipe, balance))
            for p in (0.6, 0.3, 0.1)
        ]

    assert losses("squared") == pytest.approx([0.25, 0.04, 0.0], abs=1e-6)
    ratios = [math.log(6 / 2) ** 2, math.log(3 / 2) ** 2, 0.0]
    assert losses("ratio") == pytest.approx(ratios, abs=1e-6)


@given(st.integers(0, 1000), st.integers(1, 40), st.floats(0.01, 1.0))
def test_the_highest_regions_of_present_bags_are_assigned_and_no_others(
    seed: int, n: int, share: float
) -> None:
    z = torch.from_numpy(np.random.default_rng(seed).normal(size=(3, 1, n)))
    up = assigned(z, torch.tensor([[1.0], [0.0], [0.5]]), share)
    k = max(1, round(share * n))
    assert up.sum(-1)[:, 0].tolist() == [k, 0, 0]
    if k < n:
        assert z[0, 0][up[0, 0]].min() >= z[0, 0][~up[0, 0]].max()


def test_assignment_raises_what_it_chose_and_lowers_all_else() -> None:
    z = torch.arange(10.0).expand(4, 1, 10).clone().requires_grad_()
    value = torch.tensor([[1.0], [0.0], [0.5], [1.0]])
    weight = torch.tensor([[1.0], [1.0], [1.0], [0.0]])
    loss = assign_loss(z, value, weight, 0.2)
    (slope,) = torch.autograd.grad(loss, z)
    assert (slope[0, 0, 8:] < 0).all()
    assert (slope[0, 0, :8] > 0).all()
    assert (slope[1] > 0).all()
    # Uncertain says nothing of single regions, and no label says nothing at all.
    assert (slope[2:] == 0).all()
    up, down = torch.tensor([8.0, 9.0]), torch.arange(8.0)
    present = 0.5 * (torch.log1p((-up).exp()).mean() + torch.log1p(down.exp()).mean())
    absent = torch.log1p(torch.arange(10.0).exp()).mean()
    assert float(loss.detach()) == pytest.approx(float((present + absent) / 2), rel=1e-5)


@given(st.integers(1, 30), st.integers(0, 99))
def test_the_lowest_regions_of_present_bags_are_lowered_and_nothing_else(n: int, seed: int) -> None:
    z = torch.from_numpy(np.random.default_rng(seed).normal(size=(4, 1, n))).requires_grad_()
    value, weight = torch.tensor([[1.0], [0.0], [0.5], [0.9]]), torch.tensor([[0.7], [1], [1], [0]])
    loss = rest_loss(z, value, weight)
    (slope,) = torch.autograd.grad(loss, z)
    k = min(round(REST * n), n - 1)
    lowest = np.sort(z.detach().numpy()[0, 0])[:k]
    mean = np.log1p(np.exp(lowest)).mean() if k else 0.0
    assert float(loss.detach()) == pytest.approx(0.175 * mean, rel=1e-6)
    taught = slope[0, 0] > 0
    assert (slope >= 0).all()
    assert int(taught.sum()) == k
    assert np.sort(z.detach()[0, 0][taught].numpy()) == pytest.approx(lowest)
    assert (slope[1:] == 0).all()


def test_where_a_reader_pointed_is_never_the_rest() -> None:
    z = torch.arange(10.0).expand(1, 2, 10).clone().requires_grad_()
    inside = torch.zeros(3, 1, 2, 5, dtype=torch.bool)
    inside[0, 0, 0, :3] = inside[1, 0, 0, 3:] = inside[2, 0, 0] = True
    marks = Regions(
        inside, inside[:2], torch.tensor([0, 0, 1]), torch.tensor([1.0, 0.0, 1.0]), torch.ones(3)
    )
    ones = torch.ones(1, 2)
    marked = Labelled("u", features(1, slices=1), ones[0], ones[0], marks)
    loss = rest_loss(z, ones, ones, pointed_at(marked, z[0])[None])
    (slope,) = torch.autograd.grad(loss, z)
    assert torch.nonzero(slope[0, 0] > 0).flatten().tolist() == [3, 4, 5, 6, 7]
    assert torch.nonzero(slope[0, 1] > 0).flatten().tolist() == [5, 6, 7]
    told = sum(torch.log1p(torch.arange(first, 8.0).exp()).mean() for first in (3, 5))
    assert float(loss.detach()) == pytest.approx(float(told) / 2, rel=1e-5)
    how = Recipe(semi=Semi(kind="curriculum", rest=0.3))
    seen, balance = z.detach().view(1, 2, 2, 5), Balance.of([marked], is_on=True)
    with_it, without = (total_loss(seen, [marked], one, balance) for one in (how, how.supervised))
    assert float(with_it - without) == pytest.approx(0.3 * float(loss.detach()), rel=1e-4)


def test_sparsity_is_the_mean_probability_of_known_findings() -> None:
    z = torch.tensor([[[0.0, 0.0], [9.0, 9.0]]])
    assert float(sparsity_loss(z, torch.tensor([[1.0, 0.0]]))) == pytest.approx(0.5)
    assert float(sparsity_loss(z, torch.zeros(1, 2))) == 0


def test_every_level_answers_for_itself_with_its_own_area_weight() -> None:
    group = [bag(1, values={"one": 1.0}), with_area(1.0, 0.1)]
    terms = Terms(area=10.0, per_level=0.5, area_levels=(2.0, 4.0), region=0.0)
    recipe = Recipe(pool=Pool(kind="power"), terms=terms)
    balance = Balance.of(group, is_on=True)
    torch.manual_seed(0)
    fused, *each = torch.randn(3, 4, 2, 12, 12)
    value = torch.tensor([[1.0, 0.5], [1.0, 0.5]])
    weight = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    area = torch.tensor([[0.0, 0.0], [0.1, 0.0]])

    def of(z: torch.Tensor, price: float) -> torch.Tensor:
        flat = by_bag(z, 2)
        asked = bag_loss(pool_score(flat, recipe.pool), value, weight, balance)
        return asked + price * area_loss(flat, area, weight)

    expected = of(fused, 10.0) + 0.5 * (of(each[0], 2.0) + of(each[1], 4.0))
    assert float(total_loss(fused, group, recipe, balance, each=each)) == pytest.approx(
        float(expected)
    )
    without = recipe.model_copy(update={"terms": terms.model_copy(update={"per_level": 0.0})})
    found = float(total_loss(fused, group, without, balance, each=each))
    assert found == pytest.approx(float(of(fused, 10.0)))


def test_jia_is_three_levels_with_the_weights_of_the_paper() -> None:
    recipe = METHODS["jia"].recipe({})
    assert recipe.pool == Pool(kind="power", power=4.0)
    assert recipe.head.fuse_weights == (0.2, 0.35, 0.45)
    assert len(recipe.backbone.levels) == len(recipe.head.fuse_weights) == 3
    assert recipe.terms.area_form == "ratio"
    assert recipe.terms.area_levels == pytest.approx((0.075, 0.15, 0.3))
    paper = METHODS["jia"].recipe({"area_form": "squared"}).terms
    assert (paper.area, paper.area_levels) == (10.0, (2.5, 5.0, 10.0))


@pytest.mark.parametrize("variant", ["max", "label assignment", "sparse"])
def test_each_variant_of_zhu_learns_from_its_own_terms(variant: str) -> None:
    recipe = small(METHODS["zhu"].recipe({"variant": variant}))
    group = [bag(1, values={"one": 1.0}), bag(2, values={"one": 0.0})]
    z = torch.randn(4, 2, 12, 12, requires_grad=True)
    loss = total_loss(z, group, recipe, Balance.of(group, is_on=True))
    (slope,) = torch.autograd.grad(loss, z)
    touched = (slope[:, 0] != 0).view(2, -1).sum(1).tolist()
    assert touched == ([1, 1] if variant == "max" else [288, 288])
    assert (slope[:, 1] == 0).all()
