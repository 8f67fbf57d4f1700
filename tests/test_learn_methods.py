"""Every method, whatever its pooling: the same promises."""

import ast
import math
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.learn_makers import FINDINGS, bag, easy_bags, features, model, planted_pixel, small
from wsl_studio.domain.recipe import Options, Recipe
from wsl_studio.learn.bags import Balance, Maps, by_bag, total_loss
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.evidence import explain
from wsl_studio.learn.features import as_float
from wsl_studio.learn.memory import measure
from wsl_studio.learn.methods import DEFAULT, METHODS
from wsl_studio.learn.pool import evidence_scores, pool
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.solvers import solver
from wsl_studio.learn.state import Keeper, trained_state
from wsl_studio.learn.train import Trained

CPU = torch.device("cpu")
EVERY = pytest.mark.parametrize("name", sorted(METHODS))


def recipe_of(name: str) -> Recipe:
    return small(METHODS[name].recipe({}), epochs=60, learning_rate=0.02, patience=60)


def fitted(name: str) -> tuple[Ensemble, list[float], Recipe]:
    """An ensemble trained on easy bags, its training losses and its recipe."""
    recipe = recipe_of(name)
    training, validation = easy_bags(12), easy_bags(4, "validation")

    def make(_: int) -> torch.nn.Module:
        made = model(recipe)
        maps = Maps(CPU)
        for level, head in made.heads.items():
            head.standardise(maps.of(b.uid, b.features)[level] for b in training)
        return made

    solve, _ = solver(recipe)
    work = solve(
        make, training, validation, findings=FINDINGS, recipe=recipe, seed=0,
        device=CPU, keeper=Keeper(None), epochs=recipe.fit.epochs,
    )  # fmt: skip
    losses = []
    while True:
        try:
            event = next(work)
        except StopIteration as end:
            trained: Trained = end.value
            return trained.ensemble, losses, recipe
        if event.kind == "epoch":
            losses.append(event.train_loss)


def scores(ensemble: torch.nn.Module, seed: int, slices: int, planted: list[int]) -> torch.Tensor:
    found = features(seed, slices=slices, planted=planted)
    with torch.inference_mode():
        return ensemble({name: as_float(name, x) for name, x in found.maps.items()})


def test_the_default_is_a_method_and_not_the_bare_maximum() -> None:
    assert DEFAULT in METHODS
    pooling = METHODS[DEFAULT].recipe({}).pool
    assert not (pooling.kind == "lse" and pooling.beta_plus == pooling.beta_minus == math.inf)
    assert {"generalised", "gap", "hcrf", "max", "max-min", "wildcat"} <= set(METHODS)


def test_methods_are_known_without_torch() -> None:
    code = "import sys, wsl_studio.learn.methods; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    for path in Path("wsl_studio/learn/methods").glob("*.py"):
        names = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert "torch" not in names


@EVERY
def test_every_option_has_what_its_form_needs(name: str) -> None:
    method = METHODS[name]
    assert issubclass(method.Options, Options)
    for key, about in method.Options.model_json_schema()["properties"].items():
        assert about.get("title"), key
        assert about.get("description"), key
        is_number = about.get("type") in ("integer", "number")
        assert not is_number or {"minimum", "exclusiveMinimum"} & set(about), key
        assert not is_number or "maximum" in about, key
    assert Recipe.model_validate_json(method.recipe({}).model_dump_json()) == method.recipe({})


@EVERY
@pytest.mark.parametrize("usual", [None, torch.tensor([[-3.0, -0.5], [-1.0, 0.0]])])
@pytest.mark.parametrize("slices", [1, 2, 7])
def test_bags_of_any_length_have_a_score_that_is_the_sum_of_its_parts(
    name: str, slices: int, usual: torch.Tensor | None
) -> None:
    recipe = recipe_of(name)
    z = scores(model(recipe).eval(), 1, slices, [0])
    assert evidence_scores(z, recipe.pool).shape == (slices, 2, 12, 12)
    evidence = explain(
        z,
        series_uid="s",
        features=features(1, slices=slices, planted=[0]),
        findings=FINDINGS,
        number=1,
        recipe=recipe,
        grid=Grid(8, 3.5),
        temperature=dict.fromkeys(FINDINGS, 1.7),
        scale=dict.fromkeys(FINDINGS, 3.0),
        usual=usual,
    )
    raw = pool(by_bag(z, 1), recipe.pool).score[0]
    for k, finding in enumerate(FINDINGS):
        sums = evidence[finding].arithmetic
        assert sums.positive >= 0 >= sums.negative
        assert sums.positive + sums.negative + sums.rest == pytest.approx(sums.score, abs=1e-4)
        assert sums.score * 1.7 == pytest.approx(float(raw[k]), abs=1e-4)


@EVERY
def test_a_finding_without_a_label_adds_nothing_to_the_loss(name: str) -> None:
    recipe = recipe_of(name)
    made = model(recipe)
    group = [bag(1, values={"one": 1.0}), bag(2, values={"one": 0.0})]
    inputs = Maps(CPU).stacked(group)
    balance = Balance.of(group, is_on=True)
    z = made(inputs).detach().requires_grad_()
    (slope,) = torch.autograd.grad(total_loss(z, group, recipe, balance), z)
    assert slope[:, 0].abs().sum() > 0
    assert (slope[:, 1] == 0).all()


@EVERY
def test_it_learns_an_easy_set_and_points_at_the_place(name: str) -> None:
    ensemble, losses, recipe = fitted(name)
    assert losses[-1] < 0.75 * losses[0]
    for k in (0, 1):
        z = evidence_scores(scores(ensemble, 77, 3, [k]), recipe.pool)
        s, i, j = torch.nonzero(z[:, k] == z[:, k].max())[0].tolist()
        assert z[:, k].max() > 0
        y, x = 3.5 + 8 * i, 3.5 + 8 * j
        at = planted_pixel(k)
        assert s == 1
        # The coarse level was planted over two cells of 16 pixels; an encoder halves its map once,
        # so that one cell of its second layer is 32.
        reach = 16 if recipe.code.encoder == "none" else 32
        assert abs(y - at[0]) <= reach
        assert abs(x - at[1]) <= reach


@EVERY
def test_its_memory_can_be_told_before_it_trains(name: str) -> None:
    made = model(recipe_of(name)).train()
    maps = Maps(CPU).stacked([bag(1, slices=4, values={"one": 1.0})])
    cost = measure(made, maps)
    assert cost.fixed > 0
    # A single layer that standardises by its weights keeps nothing but the maps it was given.
    assert cost.heads > 0 or (cost.heads == 0 and recipe_of(name).fit.solver == "svm")
    assert cost.deep == 0


@EVERY
def test_evaluation_changes_nothing_and_weights_come_back_from_their_file(name: str) -> None:
    recipe = recipe_of(name)
    made = model(recipe, seed=3).eval()
    before = {key: x.clone() for key, x in made.state_dict().items()}
    first, second = scores(made, 5, 2, [0]), scores(made, 5, 2, [0])
    assert torch.equal(first, second)
    assert all(torch.equal(x, before[key]) for key, x in made.state_dict().items())
    other = model(recipe, seed=4)
    other.load_state_dict(trained_state(made), strict=False)
    assert torch.equal(scores(other.eval(), 5, 2, [0]), first)
