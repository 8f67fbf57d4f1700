"""Memory and the device: estimates, smaller plans, going on when it runs out, repeatability."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.learn_makers import FINDINGS, bag, easy_bags, model, played, small
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.recipe import Backbone, Recipe
from wsl_studio.domain.round import Epoch, Event, Said
from wsl_studio.learn import memory, step
from wsl_studio.learn.backbone import IMAGE, load_backbone
from wsl_studio.learn.bags import FLOAT_BYTES, Labelled, Maps
from wsl_studio.learn.device import ahead, is_out_of_memory, repeatable
from wsl_studio.learn.memory import Cost, Plan, choose, free_bytes, measure
from wsl_studio.learn.model import Model
from wsl_studio.learn.state import Keeper, trained_state
from wsl_studio.learn.step import plan_step
from wsl_studio.learn.train import train

CPU = torch.device("cpu")
RECIPE = small(Recipe(), epochs=8, patience=8)
MIB = 2**20


def run(
    make: Callable[[int], Model] | None = None, recipe: Recipe = RECIPE, **how: Any
) -> tuple[list[Event], dict[str, torch.Tensor]]:
    """Events of a small round, and the weights it learned."""
    work = train(
        make or (lambda _: model(recipe)), easy_bags(16), easy_bags(4, "validation"),
        findings=FINDINGS, recipe=recipe, seed=1, device=CPU, keeper=Keeper(None),
        epochs=recipe.fit.epochs, **how,
    )  # fmt: skip
    events, trained = played(work)
    return events, trained_state(trained.ensemble.members[0])  # type: ignore[arg-type]


def losses(events: list[Event]) -> list[float]:
    return [event.train_loss for event in events if isinstance(event, Epoch)]


def limited(monkeypatch: pytest.MonkeyPatch, most: int) -> list[int]:
    """Memory that holds so many bags at a time; returns what was tried."""
    tried: list[int] = []
    real = step.total_loss

    def loss(z: torch.Tensor, bags: Any, *rest: Any) -> torch.Tensor:
        tried.append(len(bags))
        if len(bags) > most:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return real(z, bags, *rest)

    monkeypatch.setattr(step, "total_loss", loss)
    return tried


def test_when_memory_runs_out_the_round_goes_on_in_smaller_passes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, _ = run()
    tried = limited(monkeypatch, 1)
    events, _ = run()
    said = [event.sentence for event in events if isinstance(event, Said)]
    assert said == ["Memory ran out; training goes on 1 series at a time."]
    assert tried[:3] == [4, 2, 1]
    assert set(tried[3:]) == {1}  # it does not try again what failed
    assert len(losses(events)) == len(losses(whole)) == 8
    # The step is as large as before, so the round learns the same.
    assert losses(events) == pytest.approx(losses(whole), rel=0.05)


def test_less_than_one_series_is_an_error_that_the_worker_can_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limited(monkeypatch, 0)
    with pytest.raises(torch.OutOfMemoryError) as caught:
        run()
    assert is_out_of_memory(caught.value)
    assert is_out_of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"))
    assert not is_out_of_memory(RuntimeError("size mismatch"))


def test_another_error_is_not_taken_for_one_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise ValueError("ours")

    monkeypatch.setattr(step, "total_loss", fails)
    with pytest.raises(ValueError, match="ours"):
        run()


def deep_model(**change: Any) -> tuple[Model, dict[str, torch.Tensor], Recipe]:
    """A fine-tuned model, cached maps of a series of eight slices, and its recipe."""
    spec = Backbone(levels=("block10",), train_from=0, image_px=64, **change)
    backbone, _ = load_backbone(spec)
    recipe = Recipe().model_copy(update={"backbone": spec})
    maps = {IMAGE: torch.zeros(8, 64, 64, 3, dtype=torch.uint8)}
    return Model(recipe, 2, backbone.grids, {"block10": 112}, backbone).train(), maps, recipe


def test_the_estimate_is_what_autograd_keeps() -> None:
    made, maps, _ = deep_model()
    cost = measure(made, maps)
    kept: dict[int, torch.Tensor] = {}
    known = {x.data_ptr() for x in made.state_dict().values()}

    def pack(x: torch.Tensor) -> torch.Tensor:
        kept[x.untyped_storage().data_ptr()] = x
        return x

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda x: x):
        out = made(maps)
    real = sum(x.untyped_storage().nbytes() for at, x in kept.items() if at not in known)
    del out
    assert (cost.deep + cost.heads) * 8 == pytest.approx(real, rel=0.05)
    trained = sum(4 * p.numel() for p in made.parameters() if p.requires_grad)
    # Weights, gradients, two moments, a copy of the best; a few bytes of gates.
    assert cost.fixed == pytest.approx(5 * trained, rel=1e-4)
    assert all(p.grad is None and p.device == CPU for p in made.parameters())


def test_what_is_kept_grows_with_slices_bags_and_size_and_shrinks_with_the_plan() -> None:
    made, maps, _ = deep_model()
    cost = measure(made, maps)
    sizes = [
        cost.of(Plan(*plan), bags=8, slices=40)
        for plan in ((8,), (4,), (2,), (1,), (1, 16), (1, 8), (1, 1))
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)
    larger = {IMAGE: torch.zeros(8, 128, 128, 3, dtype=torch.uint8)}
    assert measure(made, larger).deep == pytest.approx(4 * cost.deep, rel=0.02)


def test_a_backbone_whose_maps_are_there_already_costs_nothing() -> None:
    made, maps, _ = deep_model()
    with torch.no_grad():
        ready = {**maps, **made.level_maps(maps)}
    cost = measure(made, {name: x.clone() for name, x in ready.items()})
    assert cost.deep == 0
    assert 0 <= cost.heads < measure(made, maps).deep


def test_plans_end() -> None:
    plans: list[Plan] = [Plan(8)]
    while (less := plans[-1].smaller(is_deep=True)) is not None:
        plans.append(less)
    assert plans[:5] == [Plan(8), Plan(4), Plan(2), Plan(1), Plan(1, 16)]
    assert plans[-1] == Plan(1, 1)
    assert Plan(1).smaller(is_deep=False) is None


@pytest.mark.parametrize("free", [10**12, 900, 500, 130, 1])
def test_the_largest_plan_that_fits_is_chosen(free: int) -> None:
    cost = Cost(fixed=10, given=0, heads=1, deep=9)
    plan = choose(cost, bags=4, slices=20, free=free, is_deep=True)
    need = cost.of(plan, bags=4, slices=20)
    assert need <= memory.SHARE * free or plan == Plan(1, 1)
    larger = [p for p in (Plan(4), Plan(2), Plan(1), Plan(1, 16), Plan(1, 8)) if p != plan]
    for other in larger:
        size = cost.of(other, bags=4, slices=20)
        assert size <= need or size > memory.SHARE * free
    assert choose(cost, bags=4, slices=20, free=None, is_deep=True) == Plan(4)


def test_a_round_that_does_not_fit_says_how_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    made, bags, maps = model(RECIPE), easy_bags(16, slices=4), Maps(CPU)
    assert plan_step(made, bags, RECIPE, maps) == (Plan(4), "")
    monkeypatch.setattr(memory, "free_bytes", lambda _: MIB // 16)
    plan, sentence = plan_step(made, bags, RECIPE, maps)
    assert plan == Plan(1)
    assert "4 series would take about" in sentence
    assert "1 series at a time" in sentence
    kept = sum(x.numel() * 4 for b in bags for x in b.features.maps.values())
    assert maps.will_keep(bags) == kept < FLOAT_BYTES


def test_this_machine_says_what_is_free() -> None:
    free = free_bytes(CPU)
    assert free is None or MIB < free < 2**50
    assert (free is not None) == Path("/proc/meminfo").exists()


def test_two_repeatable_rounds_are_equal_and_the_flags_are_put_back() -> None:
    recipe = small(Recipe(), epochs=3, is_deterministic=True)
    outs = []
    for _ in range(2):
        with repeatable(recipe.fit.is_deterministic):
            assert torch.are_deterministic_algorithms_enabled()
            outs.append(run(recipe=recipe)[1])
        assert not torch.are_deterministic_algorithms_enabled()
    assert all(torch.equal(outs[0][key], x) for key, x in outs[1].items())


def test_what_cannot_be_repeated_is_said() -> None:
    with pytest.raises(KnownError, match="no repeatable form"), repeatable(True):
        raise RuntimeError("f does not have a deterministic implementation, but you set ...")
    with pytest.raises(RuntimeError, match="other"), repeatable(True):
        raise RuntimeError("other")
    assert not torch.are_deterministic_algorithms_enabled()


def test_pieces_are_made_ahead_in_order_by_another_thread() -> None:
    made: list[int] = []
    names: set[str] = set()
    two = threading.Event()

    def make(k: int) -> int:
        names.add(threading.current_thread().name)
        made.append(k)
        if k == 2:
            two.set()
        return k * k

    out: Iterator[int] = ahead(make, range(6))
    assert next(out) == 0
    assert two.wait(5)  # nobody has asked for the third yet
    assert list(out) == [1, 4, 9, 16, 25]
    assert made == list(range(6))
    assert threading.current_thread().name not in names


def test_on_the_cpu_steps_are_stacked_by_the_thread_that_trains(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names: list[str] = []
    stacked = Maps.stacked

    def watched(maps: Maps, bags: Sequence[Labelled]) -> dict[str, torch.Tensor]:
        names.append(threading.current_thread().name)
        return stacked(maps, bags)

    monkeypatch.setattr(Maps, "stacked", watched)
    bags = easy_bags(3)
    made = list(Maps(torch.device("cpu")).of_steps([bags[:2], bags[2:]]))
    assert names == [threading.current_thread().name] * 2
    for inputs, group in zip(made, (bags[:2], bags[2:]), strict=True):
        assert all(len(x) == sum(b.features.n_slices for b in group) for x in inputs.values())


def test_an_error_ahead_comes_in_its_place_and_closing_ends_the_thread() -> None:
    def make(k: int) -> int:
        if k == 1:
            raise KnownError("gone")
        return k

    out = ahead(make, range(4))
    assert next(out) == 0
    with pytest.raises(KnownError, match="gone"):
        next(out)
    closed = ahead(lambda k: k, range(100))
    next(closed)
    closed.close()  # type: ignore[attr-defined]
    assert not [t for t in threading.enumerate() if t.name.startswith("ahead")]


def test_passes_add_up_to_the_gradient_of_the_step() -> None:
    recipe = small(Recipe(), is_balanced=False)
    group = [bag(k, values={"one": float(k % 2), "two": 1.0}) for k in range(6)]
    slopes = []
    for bags in (6, 4, 1):
        made = model(recipe)
        balance = step.Balance.of(group, is_on=False)
        loss, plan = step.careful_gradient(
            made, Maps(CPU).stacked(group), group, trained=list(made.parameters()),
            plan=Plan(bags), recipe=recipe, balance=balance, is_mirrored=False,
        )  # fmt: skip
        assert plan == Plan(bags)
        slopes.append(torch.cat([p.grad.flatten() for p in made.parameters()
                                 if p.grad is not None]))  # fmt: skip
        assert loss == pytest.approx(0.69, abs=0.3)
    assert torch.allclose(slopes[0], slopes[1], atol=1e-6)
    assert torch.allclose(slopes[0], slopes[2], atol=1e-6)


def test_the_gradient_of_a_step_holds_nothing_of_the_step_before() -> None:
    recipe = small(Recipe(), is_balanced=False)
    group = [bag(k, values={"one": float(k % 2), "two": 1.0}) for k in range(4)]
    made, inputs = model(recipe), Maps(CPU).stacked(group)
    slopes = []
    for _ in range(2):
        torch.manual_seed(0)
        step.careful_gradient(
            made, inputs, group, trained=list(made.parameters()), plan=Plan(4), recipe=recipe,
            balance=step.Balance.of(group, is_on=False), is_mirrored=False,
        )  # fmt: skip
        slopes.append(torch.cat([p.grad.flatten() for p in made.parameters()
                                 if p.grad is not None]))  # fmt: skip
    assert slopes[0].abs().max() > 0
    assert torch.equal(slopes[0], slopes[1])
