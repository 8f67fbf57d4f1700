"""Deformable parts and the losses of support vector machines on bags."""

import itertools

import pytest
import torch
from torch.nn import functional as F  # noqa: N812

from tests.learn_makers import easy_bags, model, small
from tests.test_learn_pool import scores
from wsl_studio.domain.recipe import BagLoss, Head, Pool, Recipe, Terms
from wsl_studio.learn.bags import Balance, Maps, bag_loss, label_loss, total_loss
from wsl_studio.learn.branches import Parts, placed
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.model import LevelHead
from wsl_studio.learn.train import make_optimiser

CPU = torch.device("cpu")


def deformed(*, parts: int = 3, reach: int = 2, seed: int = 0) -> Parts:
    """Parts with random filters, places and curvatures."""
    torch.manual_seed(seed)
    made = Parts(5, 2, parts, reach).double()
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.normal_()
    return made


@torch.no_grad()
def test_parts_are_the_best_of_all_placements_and_add_up() -> None:
    made, x = deformed(), scores(2, 5, 4, 6)
    maps = made.filters(x).float()
    rows, columns = made.price()
    best = torch.zeros(2, 2, 4, 6)
    for n, k, i, j in itertools.product(range(2), range(2), range(4), range(6)):
        for p in range(3):
            c = k * 3 + p
            best[n, k, i, j] += max(
                float(maps[n, c, i + dy, j + dx] - rows[c, dy + 2] - columns[c, dx + 2])
                for dy, dx in itertools.product(range(-2, 3), repeat=2)
                if 0 <= i + dy < 4 and 0 <= j + dx < 6
            )
    assert torch.allclose(made(x).float(), best, atol=1e-4)


def test_the_price_is_never_negative_and_nothing_at_the_place() -> None:
    for seed in range(5):
        assert (deformed(seed=seed).price() >= 0).all()
    made = Parts(5, 2, 4, 2)
    assert (made.price().amin(-1) < 1e-6).all()


@pytest.mark.parametrize("axis", [2, 3])
def test_placement_has_gradients(axis: int) -> None:
    y = scores(2, 3, 4, 5).requires_grad_()
    price = scores(3, 5, seed=1).abs().requires_grad_()
    assert torch.autograd.gradcheck(lambda a, b: placed(a, b, axis), (y, price))


@pytest.mark.parametrize("move", [(0, 0), (0, 1), (1, 0), (-1, 1), (-1, -1)])
def test_a_part_is_found_where_it_moved_to(move: tuple[int, int]) -> None:
    head = LevelHead(2, 1, Head(parts=1, reach=1), hidden=0, kernel=1)
    with torch.no_grad():
        root = head.layers[-1]
        assert isinstance(root, torch.nn.Conv2d)
        assert root.bias is not None
        root.weight.copy_(torch.tensor([1.0, 0.0]).view(1, 2, 1, 1))
        root.bias.zero_()
        assert head.parts is not None
        head.parts.filters.weight.copy_(torch.tensor([0.0, 1.0]).view(1, 2, 1, 1))
    x = torch.zeros(1, 2, 7, 7)
    x[0, 0, 3, 3] = 2.0
    x[0, 1, 3 + move[0], 3 + move[1]] = 3.0
    z = head(x)[0, 0]
    cost = 0.1 * (abs(move[0]) + abs(move[1]))
    assert float(z.detach()[3, 3]) == pytest.approx(2.0 + 3.0 - cost, abs=1e-5)
    assert int(z.argmax()) == 3 * 7 + 3
    x[0, 1].zero_()
    x[0, 1, 3, 5] = 3.0  # out of reach
    assert float(head(x).detach()[0, 0, 3, 3]) == pytest.approx(2.0, abs=1e-5)


def test_parts_start_apart_and_learn_to_differ() -> None:
    recipe = small(METHODS["dpm"].recipe({}), learning_rate=0.02)
    made, training = model(recipe), easy_bags(8)
    maps, balance = Maps(CPU), Balance.of(training, is_on=True)
    optimiser = make_optimiser(made, recipe)
    for _ in range(15):
        loss = total_loss(made(maps.stacked(training)), training, recipe, balance)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
    for head in made.heads.values():
        assert isinstance(head, LevelHead)
        assert head.parts is not None
        filters = head.parts.filters.weight.detach().flatten(1)
        apart = torch.cdist(filters, filters) + torch.eye(len(filters))
        assert (apart > 1e-3).all()


@pytest.mark.parametrize("kind", ["hinge", "structured-hinge"])
def test_hinges_ask_for_a_margin_and_no_more(kind: BagLoss) -> None:
    score = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0])
    assert label_loss(score, torch.ones(5), kind).tolist() == [3, 2, 1, 0, 0]
    assert label_loss(score, torch.zeros(5), kind).tolist() == [0, 0, 1, 2, 3]


def test_an_uncertain_answer_pulls_to_zero_or_asks_for_nothing() -> None:
    score = torch.tensor([-2.0, -0.5, 0.0, 0.5, 2.0])
    half = torch.full((5,), 0.5)
    assert label_loss(score, half, "hinge").tolist() == [1.5, 1, 1, 1, 1.5]
    structured = label_loss(score, half, "structured-hinge")
    assert int(structured.argmin()) == 2
    assert torch.equal(structured, structured.flip(0))


def test_the_structured_hinge_is_the_maximum_over_all_label_sets() -> None:
    s, v = scores(4), torch.tensor([1.0, 0.0, 0.5, 0.8], dtype=torch.float64)
    worst = max(
        float(((v - torch.tensor(y)).abs() + torch.tensor(y) * s).sum() - (v * s).sum())
        for y in itertools.product((0.0, 1.0), repeat=4)
    )
    assert float(label_loss(s, v, "structured-hinge").sum()) == pytest.approx(worst)


@pytest.mark.parametrize("kind", ["cross-entropy", "hinge", "structured-hinge"])
def test_losses_mask_unknown_labels_and_have_gradients(kind: BagLoss) -> None:
    score = scores(3, 2).requires_grad_()
    value = torch.tensor([[1.0, 0.0], [0.5, 1.0], [0.0, 0.3]], dtype=torch.float64)
    weight = torch.tensor([[1.0, 0.0], [0.5, 0.0], [1.0, 0.7]], dtype=torch.float64)
    assert torch.autograd.gradcheck(lambda s: bag_loss(s, value, weight, kind=kind), (score,))
    (slope,) = torch.autograd.grad(bag_loss(score, value, weight, kind=kind), score)
    assert (slope[:2, 1] == 0).all()
    assert slope[0, 0] <= 0 <= slope[2, 0]
    nothing = bag_loss(score, value, torch.zeros_like(weight), kind=kind)
    assert float(nothing.detach()) == 0.0


def test_cross_entropy_is_still_that_of_torch() -> None:
    s, v = scores(7), torch.rand(7, dtype=torch.float64)
    mine = label_loss(s, v)
    assert torch.equal(mine, F.binary_cross_entropy_with_logits(s, v, reduction="none"))
    assert Terms().bag == "cross-entropy"


@pytest.mark.parametrize(
    ("name", "loss"),
    [("max", "hinge"), ("max", "structured-hinge"), ("max-min", "structured-hinge")],
    ids=["latent SVM", "LSSVM", "MANTRA"],
)
def test_support_vector_forms_learn_an_easy_set(name: str, loss: str) -> None:
    recipe = small(METHODS[name].recipe({"loss": loss}))
    assert recipe.terms.bag == loss
    assert METHODS[name].recipe({}).terms.bag == "cross-entropy"
    made, training = model(recipe), easy_bags(8)
    maps, balance = Maps(CPU), Balance.of(training, is_on=True)
    for level, head in made.heads.items():
        head.standardise(maps.of(b.uid, b.features)[level] for b in training)
    optimiser = torch.optim.Adam(made.heads.parameters(), lr=0.02)
    losses = []
    for _ in range(60):
        value = total_loss(made(maps.stacked(training)), training, recipe, balance)
        optimiser.zero_grad()
        torch.autograd.backward(value)
        optimiser.step()
        losses.append(float(value.detach()))
    assert losses[-1] < 0.3 * losses[0]


def test_old_recipes_read_as_before() -> None:
    old = '{"head": {"hidden": 8}, "pool": {"kind": "topk", "k_plus": 0.2}, "terms": {"region": 1}}'
    recipe = Recipe.model_validate_json(old)
    assert (recipe.head.parts, recipe.terms.bag) == (0, "cross-entropy")
    assert recipe.pool == Pool(kind="topk", k_plus=0.2)
