"""Members that are trained side by side are the members they would be apart."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from tests.learn_makers import FINDINGS, easy_bags, model, small
from wsl_studio.domain.progress import drain
from wsl_studio.domain.recipe import Head, Pool, Recipe, Semi
from wsl_studio.learn import device
from wsl_studio.learn.bags import Balance, Maps
from wsl_studio.learn.beside import turn
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.joint import join, to_train
from wsl_studio.learn.make import standardise
from wsl_studio.learn.memory import Plan
from wsl_studio.learn.model import Model
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.step import careful_gradient
from wsl_studio.learn.train import train
from wsl_studio.learn.unlabelled import Step, add_gradient, attach

CPU = torch.device("cpu")
RECIPE = small(Recipe(head=Head(maps=2), pool=Pool(beta_plus=4, beta_minus=-4)), members=3)


DEEP, OTHER = "block10", "elsewhere"
SEEN: dict[str, tuple[dict[str, slice], ...]] = {
    "all": ({}, {}, {}),
    "channels": ({DEEP: slice(0, 2)}, {DEEP: slice(0, 2)}, {DEEP: slice(2, 6)}),
    "levels": ({DEEP: slice(0, 2)}, {DEEP: slice(2, 6)}, {OTHER: slice(0, 2)}),
}
"""What each member sees of the deep level: all, some channels, and the last one nothing."""


def made(recipe: Recipe = RECIPE, *, turns: str = "all") -> tuple[list[Model], Model]:
    members = [model(recipe, seed=k, seen=SEEN[turns][k]) for k in range(3)]
    members[1].heads["block10"].gate[0] = 0  # type: ignore[index, operator]
    for one in members:  # as a round does, all by the same series
        standardise(one, [Maps(CPU).of(bag.uid, bag.features) for bag in easy_bags(3)])
    return members, join(members, model(recipe, seed=9))


@pytest.mark.parametrize("turns", SEEN)
def test_scores_are_those_of_each_member_and_their_mean_when_shown(turns: str) -> None:
    members, joint = made(turns=turns)
    assert [DEEP in one.heads for one in members] == [True, True, turns != "levels"]
    bags = easy_bags(2)
    inputs = Maps(CPU).stacked(bags)
    with torch.no_grad():
        apart = [one.train()(inputs, n_bags=2, is_mirrored=True) for one in members]
        together = joint.train()(inputs, n_bags=2, is_mirrored=True)
        torch.testing.assert_close(together, torch.cat(apart), atol=1e-5, rtol=1e-4)
        mean = Ensemble(members).eval()(inputs)
        torch.testing.assert_close(joint.eval()(inputs), mean, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize(
    "semi", [Semi(), Semi(kind="curriculum", ramp=0.0, rest=0.3)], ids=["labels", "guesses"]
)
@pytest.mark.parametrize("turns", SEEN)
def test_each_member_learns_by_a_step_what_it_would_learn_alone(
    turns: str, semi: Semi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "gains_by_bfloat16", lambda: False)
    recipe = changed(semi=semi, fit=RECIPE.fit.model_copy(update={"augment": False}))
    assert recipe.is_joint
    bags, others = easy_bags(4), easy_bags(3)
    others[0] = replace(others[0], weight=torch.tensor([0.3, 0.0]))  # one pseudo-label of two
    inputs, more = (Maps(CPU).stacked(each) for each in (bags, others))
    balance = Balance.of(bags, is_on=True)

    def step(one: Model) -> float:
        trained = list(one.parameters())
        loss, _ = careful_gradient(
            one.train(), inputs, bags, trained=trained, plan=Plan(3), recipe=recipe,
            balance=balance, is_mirrored=False,
        )  # fmt: skip
        attach(one, recipe, (*bags, *others))
        guessed = add_gradient(one, Step(bags, inputs, others, more, 0, 1, balance))
        assert (guessed > 0) == (semi.kind == "curriculum")
        torch.optim.SGD(trained, lr=1.0).step()
        return loss + guessed

    def learned(members: list[Model], before: list[list[torch.Tensor]]) -> list[torch.Tensor]:
        pairs = zip(members, before, strict=True)
        return [p.detach() - q for one, old in pairs
                for p, q in zip(one.parameters(), old, strict=True)]  # fmt: skip

    together, joint = made(recipe, turns=turns)
    alone = [copy.deepcopy(one) for one in together]
    before = [[p.detach().clone() for p in one.parameters()] for one in alone]
    losses = [step(one) for one in alone]
    assert step(joint) == pytest.approx(sum(losses) / 3, abs=1e-5)
    wanted, found = learned(alone, before), learned(together, before)
    assert max(float(change.abs().max()) for change in wanted) > 0.001
    for change, other in zip(wanted, found, strict=True):
        torch.testing.assert_close(other, change, atol=1e-5, rtol=1e-3)


@pytest.mark.parametrize(
    ("capability", "seconds", "gains"),
    [("avx512_bf16", (1.0, 0.6), True), ("amx_bf16", (1.0, 0.2), True),
     ("avx512_bf16", (1.0, 0.9), False), ("avx512_bf16", (1.0, 1.7), False),
     ("avx2", (1.0, 0.2), False)],
)  # fmt: skip
def test_bfloat16_is_taken_where_the_cpu_has_it_and_was_clearly_faster(
    capability: str, seconds: tuple[float, float], gains: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {capability: True}, raising=False)
    monkeypatch.setattr(device, "_fastest", lambda *_: list(seconds))
    device.gains_by_bfloat16.cache_clear()
    try:
        assert device.gains_by_bfloat16() is gains
    finally:
        device.gains_by_bfloat16.cache_clear()


def test_trying_what_is_faster_changes_nothing_random() -> None:
    torch.manual_seed(3)
    wanted = torch.rand(4)
    torch.manual_seed(3)
    assert min(device._fastest(torch.float32, torch.bfloat16)) > 0
    assert torch.equal(torch.rand(4), wanted)


def test_wide_heads_learn_the_same_in_bfloat16_where_the_cpu_multiplies_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bags = easy_bags(8)
    inputs, balance = Maps(CPU).stacked(bags), Balance.of(bags, is_on=True)
    products: set[torch.dtype] = set()
    conv2d = F.conv2d

    def watched(x: torch.Tensor, *given: Any, **more: Any) -> torch.Tensor:
        out = conv2d(x, *given, **more)
        products.add(out.dtype)
        return out

    monkeypatch.setattr(F, "conv2d", watched)

    def gradient(*, has: bool, trains_backbone: bool = False) -> tuple[set[torch.dtype], Any]:
        products.clear()
        monkeypatch.setattr(device, "gains_by_bfloat16", lambda: has)
        monkeypatch.setattr(Model, "runs_backbone", lambda *_: trains_backbone)
        _, joint = made()
        careful_gradient(
            joint.train(), inputs, bags, trained=list(joint.parameters()), plan=Plan(8),
            recipe=RECIPE, balance=balance, is_mirrored=False,
        )  # fmt: skip
        each = [p.grad for p in joint.heads.parameters() if p.grad is not None]
        assert {grad.dtype for grad in each} == {torch.float32}
        return {*products}, torch.cat([grad.flatten() for grad in each])

    plain, exact = gradient(has=False)
    wide, rounded = gradient(has=True)
    assert (plain, wide) == ({torch.float32}, {torch.bfloat16})
    assert (rounded - exact).norm() < 0.1 * exact.norm()
    # A trained part of the backbone is slower in it.
    deep, same = gradient(has=True, trains_backbone=True)
    assert deep == {torch.float32}
    assert torch.equal(same, exact)


def test_dropped_channels_differ_between_members_and_none_is_dropped_when_shown() -> None:
    recipe = RECIPE.model_copy(update={"head": RECIPE.head.model_copy(update={"dropout": 0.5})})
    alike = [model(recipe, seed=0) for _ in range(3)]
    joint = join(alike, model(recipe, seed=9))
    inputs = Maps(CPU).stacked(easy_bags(2))
    with torch.no_grad():
        first, second, _ = joint.train()(inputs, n_bags=2).chunk(3)
        assert not torch.allclose(first, second, atol=1e-3)
        shown = joint.eval()(inputs)
        torch.testing.assert_close(shown, alike[0].eval()(inputs), atol=1e-5, rtol=1e-4)


def test_hidden_channels_are_dropped_for_each_bag_by_itself() -> None:
    recipe = RECIPE.model_copy(update={"head": RECIPE.head.model_copy(update={"dropout": 0.5})})
    joint = join([model(recipe, seed=k) for k in range(3)], model(recipe, seed=9))
    inputs = {
        name: torch.cat([x, x]) for name, x in Maps(CPU).stacked(easy_bags(1, slices=1)).items()
    }
    with torch.no_grad():
        once, again = joint.train()(inputs, n_bags=2)[:2]  # one slice twice, as two bags
        assert not torch.allclose(once, again, atol=1e-3)


def test_members_that_were_trained_side_by_side_tell_findings_apart() -> None:
    trained = drain(
        train(
            lambda member: model(RECIPE, seed=member), easy_bags(8), easy_bags(4, "validation"),
            findings=FINDINGS, recipe=RECIPE, seed=5, device=CPU, keeper=Keeper(None), epochs=12,
        )
    )  # fmt: skip
    members = list(trained.ensemble.members)
    assert len(members) == 3
    weights = [next(one.heads.parameters()) for one in members]  # type: ignore[union-attr]
    assert not torch.allclose(weights[0], weights[1])
    for bag in easy_bags(4, "validation"):
        with torch.no_grad():
            z = trained.ensemble(Maps(CPU).of(bag.uid, bag.features))  # (S, K, h, w)
        highest = z.amax((0, 2, 3))
        assert (highest[bag.value > 0.5] > 0).all()


def test_a_member_sees_its_own_channels_and_no_others() -> None:
    members, _ = made(turns="channels")
    inputs = Maps(CPU).stacked(easy_bags(2))
    other = {**inputs, "block10": inputs["block10"].clone()}
    other["block10"][:, 2:] += 1.0
    with torch.no_grad():
        same = [torch.equal(one.eval()(inputs), one(other)) for one in members]
    assert same == [True, True, False]


def test_members_take_turns_at_sets_of_levels_and_at_networks() -> None:
    widths = {"fine": (3, 5), "last": (2, 4)}
    assert [turn(k, 3, Head(), widths) for k in range(3)] == [
        {"fine": slice(0, 3), "last": slice(0, 2)},
        {"fine": slice(0, 3), "last": slice(0, 2)},
        {"fine": slice(3, 8), "last": slice(2, 6)},
    ]
    looks = (("fine",), ("fine", "last", "lone"))
    found = [turn(k, 5, Head(looks=looks), widths) for k in range(5)]
    assert [set(one) for one in found] == [{*looks[k % 2]} for k in range(5)]
    assert [one["fine"].start for one in found] == [0, 0, 0, 3, 3]
    assert found[1]["lone"] == slice(None)
    assert turn(1, 3, Head(), {}) == {}


def test_a_set_of_levels_may_take_some_networks_only_and_in_an_order_of_its_own() -> None:
    widths = {"fine": (3, 5), "last": (2, 4)}
    head = Head(looks=(("fine",), ("fine", "last", "lone")), networks=((1, 0), (1,)))
    assert [turn(k, 5, head, widths) for k in range(5)] == [
        {"fine": slice(3, 8)},
        {"fine": slice(3, 8), "last": slice(2, 6), "lone": slice(None)},
        {"fine": slice(3, 8)},
        {"fine": slice(3, 8), "last": slice(2, 6), "lone": slice(None)},
        {"fine": slice(0, 3)},
    ]


def changed(**update: object) -> Recipe:
    return RECIPE.model_copy(update=update)


@pytest.mark.parametrize(
    "recipe",
    [
        changed(fit=RECIPE.fit.model_copy(update={"members": 1})),
        changed(head=RECIPE.head.model_copy(update={"hidden": 0})),
        changed(head=RECIPE.head.model_copy(update={"fuse": "learned"})),
        changed(pool=Pool(kind="attention")),
        changed(semi=Semi(kind="agree")),
        changed(semi=Semi(kind="smile")),
        changed(semi=Semi(kind="curriculum", is_noisy=True)),
        changed(
            semi=Semi(kind="curriculum"),
            backbone=RECIPE.backbone.model_copy(update={"train_from": 3}),
        ),
    ],
)
def test_what_is_more_than_plain_heads_is_trained_one_after_the_other(recipe: Recipe) -> None:
    assert RECIPE.is_joint
    assert not recipe.is_joint
    make: Callable[[int], Model] = lambda member: model(RECIPE, seed=member)  # noqa: E731
    parts = list(to_train(make, recipe))
    assert [len(held) for _, held in parts] == [1] * recipe.fit.members
