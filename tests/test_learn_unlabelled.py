"""Series without labels in training: which they are, who sees them, and that a kill loses none."""

from pathlib import Path

import pytest
import torch
from torch import Tensor

from tests.learn_makers import FINDINGS, easy_bags, features, model, played, small
from wsl_studio.domain.recipe import Pool, Recipe
from wsl_studio.domain.round import Bag, Manifest, Target
from wsl_studio.learn import unlabelled as hook
from wsl_studio.learn.bags import Labelled
from wsl_studio.learn.model import Model
from wsl_studio.learn.state import Keeper, trained_state
from wsl_studio.learn.train import Trained, train
from wsl_studio.learn.unlabelled import Step, Term, opened, unlabelled

ALONE = Pool(beta_plus=4, beta_minus=-4, is_learned=True)  # members one after the other
RECIPE = small(Recipe(pool=ALONE), epochs=4, members=2)


def manifest(**more: object) -> Manifest:
    said = {"one": Target(value=1.0)}
    return Manifest(
        number=1,
        findings=FINDINGS,
        bags=(
            Bag(series_uid="labelled", split="train", targets=said),
            Bag(series_uid="free", split="train"),
            Bag(series_uid="other", split="train"),
            Bag(series_uid="held", split="validation"),
            Bag(series_uid="judge", split="test"),
        ),
        method="generalised",
        recipe=RECIPE,
        **more,
    )


def bags(n: int) -> list[Labelled]:
    made = manifest().model_copy(
        update={"bags": tuple(Bag(series_uid=f"u{i}", split="train") for i in range(n))}
    )
    return unlabelled(made, {f"u{i}": features(700 + i, slices=2) for i in range(n)})


def test_only_training_patients_lend_their_unlabelled_series_and_a_veto_closes_a_finding() -> None:
    made = manifest(vetoed=(("free", "two"), ("labelled", "two")))
    assert made.unlabelled == ("free", "other")
    assert Manifest.model_validate_json(made.model_dump_json()) == made
    found = unlabelled(made, {uid: features(1, slices=1) for uid in ("free", "other", "judge")})
    assert [bag.uid for bag in found] == ["free", "other"]
    assert all((bag.weight == 0).all() for bag in found)
    assert [bag.is_open.tolist() for bag in found] == [[True, False], [True, True]]
    one = Labelled("labelled", features(1, slices=1), torch.ones(2), torch.tensor([1.0, 0.0]))
    assert opened(one, made).is_open.tolist() == [False, False]
    assert opened(one, manifest()).is_open.tolist() == [False, True]


class Counting(Term):
    """Draws the scores of unlabelled bags to 2 and counts its steps."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: Tensor
        self.register_buffer("steps", torch.zeros(1))
        self.aim = torch.nn.Parameter(torch.zeros(1))
        self.seen: list[str] = []

    def loss(self, model: Model, step: Step) -> Tensor:
        self.seen += [bag.uid for bag in step.unlabelled]
        return (model(step.others).mean() - 2 - self.aim).square().sum()

    def after_step(self, model: Model) -> None:
        assert model.aside
        self.steps += 1


def run(
    keeper: Keeper, made: list[Counting], until: int | None = None
) -> tuple[list[object], Trained | None]:
    def one(*_: object) -> Counting:
        made.append(Counting())
        return made[-1]

    hook.MAKERS["counting"] = one
    try:
        work = train(
            lambda member: model(RECIPE, seed=member), easy_bags(8), easy_bags(4, "validation"),
            findings=FINDINGS, recipe=RECIPE, seed=5, device=torch.device("cpu"), keeper=keeper,
            epochs=4, unlabelled=bags(6),
        )  # fmt: skip
        return played(work, until)
    finally:
        del hook.MAKERS["counting"]


def test_a_term_sees_every_unlabelled_series_and_leaves_nothing_in_the_model() -> None:
    made: list[Counting] = []
    events, trained = run(Keeper(None), made)
    assert len(made) == 2
    assert {f"u{i}" for i in range(6)} == set(made[0].seen)
    epochs = [e for e in events if e.kind == "epoch"]
    assert all(e.unlabelled_loss > 0 for e in epochs)
    assert float(made[0].aim.detach()) < 0  # towards scores around 0, less the 2 they should have
    assert not any(key.startswith("aside") for key in trained_state(trained.ensemble.members[0]))


def test_a_killed_round_goes_on_with_what_its_terms_had_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wsl_studio.learn.state.SAVE_EVERY_S", -1.0)
    whole = run(Keeper(None), [])[1]
    path = tmp_path / "state.safetensors"
    run(Keeper(path, "mark"), [], until=6)
    made: list[Counting] = []
    _, again = run(Keeper(path, "mark"), made)
    for a, b in zip(whole.ensemble.members, again.ensemble.members, strict=True):
        first, second = trained_state(a), trained_state(b)
        assert all(torch.equal(first[key], second[key]) for key in first)
    assert int(made[1].steps) == 16  # of four epochs, two of them before the kill
