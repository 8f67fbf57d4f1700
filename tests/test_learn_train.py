"""The training loop: same seed, stop, resume after a kill, regions, fine-tuning."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from tests.learn_makers import FINDINGS, GRIDS, bag, easy_bags, model, picture, small
from wsl_studio.domain.label import Region
from wsl_studio.domain.progress import drain
from wsl_studio.domain.recipe import Backbone, Pool, Recipe
from wsl_studio.domain.round import Bag, Epoch, Event, RegionTarget, Target
from wsl_studio.learn import features
from wsl_studio.learn.bags import bag_loss, by_bag, labelled, region_loss
from wsl_studio.learn.features import SHAPE, Extractor
from wsl_studio.learn.model import Model
from wsl_studio.learn.state import Keeper, trained_state
from wsl_studio.learn.train import Trained, make_optimiser, train

CPU = torch.device("cpu")
RECIPE = small(Recipe(pool=Pool(beta_plus=4, beta_minus=-4)), epochs=6, members=2, patience=6)


def run(
    keeper: Keeper,
    *,
    recipe: Recipe = RECIPE,
    epochs: int = 6,
    until: int | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    validation: bool = True,
) -> tuple[list[Event], Trained | None]:
    """Runs training; ``until`` drops it, as a kill would, after so many epochs."""
    work = train(
        lambda member: model(recipe, seed=member), easy_bags(8),
        easy_bags(4, "validation") if validation else [], findings=FINDINGS, recipe=recipe,
        seed=5, device=CPU, keeper=keeper, epochs=epochs, should_stop=should_stop,
    )  # fmt: skip
    events: list[Event] = []
    while True:
        try:
            events.append(next(work))
        except StopIteration as end:
            return events, end.value
        if until is not None and sum(isinstance(e, Epoch) for e in events) >= until:
            work.close()
            return events, None


def state(trained: Trained | None) -> list[dict[str, torch.Tensor]]:
    assert trained is not None
    return [trained_state(member) for member in trained.ensemble.members]  # type: ignore[arg-type]


def equal(a: list[dict[str, torch.Tensor]], b: list[dict[str, torch.Tensor]]) -> bool:
    return all(
        x.keys() == y.keys() and all(torch.equal(x[k], y[k]) for k in x)
        for x, y in zip(a, b, strict=True)
    )


def test_the_same_seed_gives_the_same_weights() -> None:
    assert equal(state(run(Keeper(None))[1]), state(run(Keeper(None))[1]))


ALONE = RECIPE.model_copy(update={"pool": RECIPE.pool.model_copy(update={"is_learned": True})})
"""Members that are trained one after the other."""


@pytest.mark.parametrize(("recipe", "until"), [(RECIPE, 2), (RECIPE, 5), (ALONE, 6), (ALONE, 9)])
def test_a_killed_round_goes_on_as_if_nothing_had_happened(
    tmp_path: Path, recipe: Recipe, until: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wsl_studio.learn.state.SAVE_EVERY_S", -1.0)
    whole = state(run(Keeper(None), recipe=recipe)[1])
    path = tmp_path / "state.safetensors"
    run(Keeper(path, "mark"), recipe=recipe, until=until)
    events, trained = run(Keeper(path, "mark"), recipe=recipe)
    assert equal(state(trained), whole)
    first = next(e.epoch for e in events if isinstance(e, Epoch))
    assert first == until + 1


def test_a_state_of_another_round_or_a_torn_one_is_not_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wsl_studio.learn.state.SAVE_EVERY_S", -1.0)
    path = tmp_path / "state.safetensors"
    run(Keeper(path, "this"), until=3)
    for keeper in (Keeper(path, "another"),):
        events, _ = run(keeper)
        assert next(e.epoch for e in events if isinstance(e, Epoch)) == 1
    path.write_bytes(path.read_bytes()[:100])
    events, _ = run(Keeper(path, "another"))
    assert next(e.epoch for e in events if isinstance(e, Epoch)) == 1


def test_a_state_whose_tensors_lie_otherwise_is_not_half_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wsl_studio.learn.state.SAVE_EVERY_S", -1.0)
    path = tmp_path / "state.safetensors"
    run(Keeper(path, "this"), until=3)
    monkeypatch.setattr("wsl_studio.learn.state.LAYOUT", "of a later build")
    events, _ = run(Keeper(path, "this"))
    assert next(e.epoch for e in events if isinstance(e, Epoch)) == 1


def test_stop_keeps_the_best_so_far() -> None:
    asked = iter([False] * 3 + [True] * 100)
    events, trained = run(Keeper(None), should_stop=lambda: next(asked))
    assert trained is not None
    assert trained.was_stopped
    assert len(trained.ensemble.members) >= 1
    assert sum(isinstance(e, Epoch) for e in events) < 12


def test_without_validation_the_last_epoch_is_kept() -> None:
    events, trained = run(Keeper(None), validation=False)
    epochs = [e for e in events if isinstance(e, Epoch)]
    assert trained is not None
    assert all(e.is_best and e.validation_loss is None for e in epochs)
    assert all(value is None for e in epochs for value in e.validation_auc.values())


def test_uncertain_is_a_soft_target_and_no_label_is_none() -> None:
    score = torch.zeros(1, 2, requires_grad=True)
    value, weight = torch.tensor([[0.5, 1.0]]), torch.tensor([[1.0, 0.0]])
    loss = bag_loss(score, value, weight)
    (slope,) = torch.autograd.grad(loss, score)
    assert float(loss.detach()) == pytest.approx(0.6931, abs=1e-3)
    assert slope.abs().max() < 1e-6


def test_a_region_raises_its_own_cells_and_lowers_those_outside() -> None:
    region = RegionTarget(
        finding="two", region=Region(first=1, last=1, box=(16, 40, 48, 64)), value=1.0
    )
    made = labelled(
        Bag(series_uid="s", split="train", targets={"two": Target(value=1)}, regions=(region,)),
        bag(3, slices=3, values={"two": 1.0}).features, FINDINGS, GRIDS[SHAPE],
    )  # fmt: skip
    assert made is not None
    assert made.regions is not None
    z = torch.zeros(3, 2, 12, 12, requires_grad=True)
    loss = region_loss(by_bag(z, 1)[0], made.regions, Pool(beta_plus=1, beta_minus=1))
    (slope,) = torch.autograd.grad(loss, z)
    assert (slope[:, 0] == 0).all()
    assert (slope[1, 1, 5:8, 2:6] < 0).all()
    assert (slope[0, 1] > 0).all()
    assert (slope[1, 1, :5] > 0).all()


def test_every_model_of_a_round_gets_its_own_backbone_and_the_file_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = Backbone(levels=("block10", "block11"), train_from=4, image_px=64)
    extractor, read = Extractor(spec, tmp_path, CPU), []
    load = features.load_backbone
    monkeypatch.setattr(features, "load_backbone", lambda it: (read.append(it), load(it))[1])
    one, other = extractor.trained_backbone(), extractor.trained_backbone()
    assert one is not None
    assert other is not None
    assert read == [spec]
    with torch.no_grad():
        for x in one.trained_parameters():
            x.add_(1.0)
    wanted = load(spec)[0].state_dict()
    for again in (other, extractor.trained_backbone()):
        assert again is not None
        assert all(torch.equal(x, wanted[name]) for name, x in again.state_dict().items())
        assert {name for name, x in again.named_parameters() if x.requires_grad}
    frozen = Backbone(levels=("block10",), image_px=64)
    assert Extractor(frozen, tmp_path, CPU).trained_backbone() is None


@pytest.mark.parametrize(("train_from", "trunk"), [(4, "block10"), (0, "image")])
def test_fine_tuning_moves_only_what_lies_behind_the_cut(
    tmp_path: Path, train_from: int, trunk: str
) -> None:
    spec = Backbone(levels=("block10", "block11"), train_from=train_from, image_px=64)
    recipe = small(Recipe()).model_copy(update={"backbone": spec})
    extractor = Extractor(spec, tmp_path, CPU)
    found = drain(extractor.make("a" * 40, picture(size=(64, 64))))
    assert trunk in found.maps
    backbone = extractor.trained_backbone()
    assert backbone is not None
    made = Model(recipe, 2, extractor.grids, {"block10": 112, "block11": 192}, backbone).train()
    assert not any(m.training for m in backbone.modules() if isinstance(m, torch.nn.BatchNorm2d))
    before = {key: x.clone() for key, x in backbone.state_dict().items()}
    optimiser = make_optimiser(made, recipe)
    rates = {group["lr"] for group in optimiser.param_groups}
    assert rates == {recipe.fit.learning_rate, recipe.fit.backbone_learning_rate}
    maps = {
        name: x if name == "image" else x.float().permute(0, 3, 1, 2)
        for name, x in found.maps.items()
    }
    torch.autograd.backward(made(maps).square().mean())
    optimiser.step()
    after = backbone.state_dict()
    moved = {int(key.split(".")[1]) for key, x in after.items()
             if key.startswith("links.") and not torch.equal(x, before[key])}  # fmt: skip
    assert moved
    assert min(moved) >= backbone.cut
    assert not any("running" in key and not torch.equal(x, before[key]) for key, x in after.items())
