"""Heads that read how regions differ from their slice: what that takes off, and nothing else."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.learn_makers import easy_bags, model, small
from wsl_studio.domain.recipe import Head, Pool, Recipe
from wsl_studio.learn.agree import perturbed
from wsl_studio.learn.bags import Maps
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import SHAPE
from wsl_studio.learn.joint import join
from wsl_studio.learn.make import standardise
from wsl_studio.learn.methods import METHODS, fitting
from wsl_studio.learn.model import LevelHead, Model, centred

CPU = torch.device("cpu")
DEEP = "block10"
SHARES = st.floats(0, 1)


def recipe(share: float) -> Recipe:
    head = Head(maps=2, centre=share)
    return small(Recipe(head=head, pool=Pool(beta_plus=4, beta_minus=-4)), members=3)


def head_of(one: Model, level: str = DEEP) -> LevelHead:
    head = one.heads[level]
    assert isinstance(head, LevelHead)
    return head


def ready(share: float, *, seed: int = 0) -> Model:
    one = model(recipe(share), seed=seed)
    standardise(one, [Maps(CPU).of(bag.uid, bag.features) for bag in easy_bags(4)])
    return one.eval()


@given(share=SHARES, seed=st.integers(0, 10**6))
def test_a_share_of_what_a_whole_slice_has_more_is_taken_off(share: float, seed: int) -> None:
    torch.manual_seed(seed)
    x, more = torch.randn(3, 5, 4, 6), torch.randn(3, 5, 1, 1)
    lifted = centred(x + more, share)
    torch.testing.assert_close(lifted, centred(x, share) + (1 - share) * more, atol=1e-5, rtol=1e-4)
    mean = x.mean((2, 3), keepdim=True)
    torch.testing.assert_close(
        lifted.mean((2, 3), keepdim=True), (1 - share) * (mean + more), atol=1e-5, rtol=1e-4
    )


def test_scores_do_not_follow_the_mean_of_a_slice_that_is_wholly_taken_off() -> None:
    maps = Maps(CPU).stacked(easy_bags(2))
    brighter = {**maps, DEEP: maps[DEEP] + 3.0}
    with torch.no_grad():
        for share, is_alike in ((1.0, True), (0.5, False), (0.0, False)):
            one = ready(share)
            scores = one(maps), one(brighter)
            assert torch.allclose(*scores, atol=1e-4) == is_alike, share


def test_local_shape_is_read_as_it_is() -> None:
    """Where it is 0 there is no blob, whatever else is on the slice."""
    maps = Maps(CPU).stacked(easy_bags(2))
    one, plain = ready(1.0), ready(0.0)
    head_of(one, SHAPE).load_state_dict(head_of(plain, SHAPE).state_dict())
    with torch.no_grad():
        torch.testing.assert_close(
            head_of(one, SHAPE)(maps[SHAPE]), head_of(plain, SHAPE)(maps[SHAPE])
        )


@given(share=SHARES)
def test_standardised_maps_have_mean_0_and_deviation_1_over_the_training_regions(
    share: float,
) -> None:
    head = LevelHead(6, 2, Head(centre=share), hidden=4, kernel=3)
    torch.manual_seed(0)
    maps = [2 + 3 * torch.randn(1, 6, 5, 5) + torch.randn(1, 6, 1, 1) for _ in range(4)]
    head.standardise(maps)
    y = torch.cat([head.standardised(x) for x in maps])
    torch.testing.assert_close(y.mean((0, 2, 3)), torch.zeros(6), atol=1e-5, rtol=0)
    torch.testing.assert_close(y.std((0, 2, 3), correction=0), torch.ones(6), atol=1e-4, rtol=0)
    flat = head.neutral[None, :, None, None].expand(1, -1, 5, 5)
    assert float(head.standardised(flat).abs().max()) < 1e-4


def test_heads_that_see_one_cell_read_centred_maps_too() -> None:
    """Such a head standardises by its weights where nothing else is taken off."""
    torch.manual_seed(0)
    head = LevelHead(6, 2, Head(centre=0.5), hidden=0, kernel=1).eval()
    x = 3 + torch.randn(2, 6, 4, 5)
    head.standardise([x])
    with torch.no_grad():
        torch.testing.assert_close(head(x), head.layers(head.standardised(x)))
        assert not torch.allclose(head(x), head(x + 1.0), atol=1e-3)
        torch.testing.assert_close(head(x + 1.0), head.layers(head.standardised(x + 1.0)))


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_members_side_by_side_are_those_they_would_be_apart(share: float) -> None:
    members = [ready(share, seed=k) for k in range(3)]
    joint = join(members, model(recipe(share), seed=9))
    maps = Maps(CPU).stacked(easy_bags(2))
    with torch.no_grad():
        torch.testing.assert_close(
            joint.eval()(maps), Ensemble(members).eval()(maps), atol=1e-5, rtol=1e-4
        )


def test_a_view_without_a_channel_tells_heads_nothing_of_it() -> None:
    one = ready(0.5)
    maps = Maps(CPU).stacked(easy_bags(2))
    seen = perturbed(one, maps, 2, noise=0.0, drop=1.0)
    assert float(head_of(one).standardised(seen[DEEP]).abs().max()) < 1e-4


def test_it_is_for_pictures_of_which_few_are_labelled() -> None:
    own = {
        is_many: fitting(METHODS["curriculum"], {}, is_pictures=True, is_many=is_many)
        for is_many in (False, True)
    }
    assert (own[False]["centre"], own[False]["rest"]) == (0.5, 0.3)
    assert not own[True].keys() & {"centre", "rest"}
    assert not fitting(METHODS["curriculum"], {}, is_pictures=False, is_many=False)
    plain = fitting(METHODS["generalised"], {}, is_pictures=True, is_many=False)
    assert METHODS["generalised"].recipe(plain).head.centre == 0.5
    made = METHODS["curriculum"].recipe(own[False])
    assert (made.head.centre, made.semi.rest) == (0.5, 0.3)
    assert made.supervised.semi.rest == 0
    assert "centre" not in METHODS["hybridnet"].Options.model_fields
