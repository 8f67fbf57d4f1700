"""Several starts of heads that learn from few labels: which are tried, which one teaches."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.learn_makers import FINDINGS, easy_bags, features, model, played, small
from wsl_studio.domain.recipe import Pool, Recipe, Semi
from wsl_studio.domain.round import Event
from wsl_studio.learn.bags import Labelled, Maps
from wsl_studio.learn.curriculum import train_curriculum
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import SHAPE, as_float
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.model import Model
from wsl_studio.learn.pseudo import has_both
from wsl_studio.learn.start import begin, last_layer
from wsl_studio.learn.starts import (
    CLEAR,
    MOST,
    SCATTER,
    SEEN,
    STAGE,
    apart,
    clearest,
    may_start_again,
    some,
    with_rows,
)
from wsl_studio.learn.state import Keeper, trained_state
from wsl_studio.learn.train import Trained, validate

CPU = torch.device("cpu")
BOTH = np.array([True, True])


def linear(maps: int = 1, **semi: Any) -> Recipe:
    made = small(Recipe(pool=Pool(beta_plus=4, beta_minus=4)), epochs=10, learning_rate=0.05)
    fit = made.fit.model_copy(update={"warm_epochs": 3, "augment": False})
    head = made.head.model_copy(update={"hidden": 0, "shape_hidden": 0, "maps": maps})
    semi = {"kind": "curriculum", "steps": 1, **semi}
    return made.model_copy(update={"semi": Semi(**semi), "fit": fit, "head": head})


def at_zero(member: int, recipe: Recipe | None = None) -> Model:
    made = model(recipe or linear(), seed=member)
    begin(made, {})
    return made


# How clearly values lie in two groups -----------------------------------------------------------

VALUES = arrays(float, st.integers(4, 30), elements=st.floats(-50, 50, width=16))


@settings(max_examples=80, deadline=None)
@given(VALUES, st.floats(0.1, 10), st.floats(-5, 5), st.integers(0, 99))
def test_apart_is_the_best_split_whatever_the_scale_and_order(
    z: np.ndarray, scale: float, shift: float, seed: int
) -> None:
    found = apart(z)
    assert 0 <= found <= 1
    if np.ptp(z) < 0.01:
        return
    order = np.sort(z)
    best = 0.0
    for n in range(2, len(z) - 1):
        low, high = order[:n], order[n:]
        within = (low.var() * len(low) + high.var() * len(high)) / len(z)
        best = max(best, 1 - within / z.var())
    assert found == pytest.approx(best, abs=1e-6)
    mixed = np.random.default_rng(seed).permutation(z)
    assert apart(-scale * mixed + shift) == pytest.approx(found, abs=1e-6)


def test_apart_is_low_for_one_group_and_high_for_two() -> None:
    rng = np.random.default_rng(0)
    assert apart(rng.normal(size=20_000)) == pytest.approx(2 / np.pi, abs=0.02)
    assert apart(rng.random(20_000)) == pytest.approx(0.75, abs=0.02)
    two = np.concatenate([rng.normal(-2.4, 1, 5000), rng.normal(2.4, 1, 5000)])
    assert apart(two) == pytest.approx(CLEAR, abs=0.02)
    assert apart(np.array([0.0, 0.0, 1.0, 1.0])) == 1
    assert apart(np.ones(9)) == apart(np.array([0.0, 5.0, 9.0])) == 0
    # One series that stands out is no group.
    assert apart(np.array([0.0, 0.1, 0.2, 0.3, 9.0])) < CLEAR


# Findings of one model in another ---------------------------------------------------------------


@pytest.mark.parametrize("maps", [1, 3])
def test_a_finding_is_taken_whole_and_the_others_stay(maps: int) -> None:
    recipe = linear(maps)
    one, two = model(recipe, seed=1).eval(), model(recipe, seed=2).eval()
    before = trained_state(one)
    made = with_rows(one, two, [1])
    x = {name: as_float(name, t) for name, t in features(5, slices=2).maps.items()}
    with torch.inference_mode():
        z, own, new = made(x), one(x), two(x)
    assert torch.equal(z[:, 0], own[:, 0])
    assert torch.equal(z[:, 1], new[:, 1])
    assert not torch.equal(own[:, 1], new[:, 1])
    assert all(torch.equal(t, before[name]) for name, t in trained_state(one).items())


# Which start teaches ----------------------------------------------------------------------------


class Starts:
    """Trains nothing; the scores of every start are given."""

    def __init__(self, scores: list[np.ndarray], stop_at: int = 0) -> None:
        self.scores, self.tried, self.made = scores, [1], [at_zero(0)]
        self.stop_at = stop_at

    def train(
        self, make: Callable[[int], Model], n: int
    ) -> Generator[Event, None, Trained]:  # fmt: skip
        self.tried.append(n)
        self.made.append(make(0))
        yield from ()
        return Trained(Ensemble([self.made[-1]]), was_stopped=n == self.stop_at)

    def run(self, is_asked: np.ndarray = BOTH) -> tuple[Trained, list[str]]:
        def scores_of(found: Ensemble) -> np.ndarray:
            return self.scores[self.made.index(found.members[0])]  # type: ignore[arg-type]

        work = clearest(
            at_zero, Ensemble([self.made[0]]), self.train, scores_of,
            starts=5, findings=FINDINGS, is_asked=is_asked, seed=3,
        )  # fmt: skip
        events, trained = played(work)
        assert trained is not None
        return trained, [event.sentence for event in events if event.kind == "said"]

    def row(self, n: int, k: int) -> torch.Tensor:
        """What start n knows of finding k at the deep level."""
        return row(self.made[n - 1], k)


def row(found: torch.nn.Module, k: int) -> torch.Tensor:
    assert isinstance(found, Model)
    return last_layer(found.heads["block10"]).weight[k].detach()


TWO = np.array([0, 0.1, 0, 0.1, 5, 5.1, 5, 5.1])
ONE = np.array([0, 1, 2, 3, 4, 5, 6, 7.0])


def test_a_clear_first_start_is_all_there_is() -> None:
    starts = Starts([np.stack([TWO, TWO], 1)])
    trained, said = starts.run()
    assert starts.tried == [1]
    assert said == []
    assert torch.equal(row(trained.ensemble.members[0], 1), starts.row(1, 1))


def test_each_finding_comes_from_its_first_clear_start_and_is_told() -> None:
    starts = Starts([np.stack(pair, 1) for pair in ((TWO, ONE), (ONE, ONE), (TWO, TWO))])
    trained, said = starts.run()
    assert starts.tried == [1, 2, 3]
    (made,) = trained.ensemble.members
    assert torch.equal(row(made, 0), starts.row(1, 0))
    assert torch.equal(row(made, 1), starts.row(3, 1))
    assert len(said) == 1
    assert said[0].startswith("two is learned from start 3")


def test_where_nothing_is_clear_or_labels_say_nothing_the_first_start_stays() -> None:
    unclear = [np.stack([ONE, ONE], 1)] * 5
    starts = Starts(unclear)
    trained, said = starts.run()
    assert starts.tried == [1, 2, 3, 4, 5]
    assert said == []
    assert all(torch.equal(row(trained.ensemble.members[0], k), starts.row(1, k)) for k in (0, 1))
    silent = Starts([np.stack([TWO, ONE], 1), np.stack([TWO, TWO], 1)])
    silent.run(np.array([True, False]))
    assert silent.tried == [1]


def test_stopped_in_a_later_start_what_was_clear_before_is_kept() -> None:
    starts = Starts([np.stack(pair, 1) for pair in ((ONE, ONE), (TWO, ONE), (TWO, TWO))], stop_at=3)
    trained, _ = starts.run()
    assert trained.was_stopped
    (made,) = trained.ensemble.members
    assert torch.equal(row(made, 0), starts.row(2, 0))
    assert torch.equal(row(made, 1), starts.row(1, 1))


def test_later_starts_differ_from_the_first_and_from_each_other_and_are_repeatable() -> None:
    unclear = [np.stack([ONE, ONE], 1)] * 5
    starts, again = Starts(unclear), Starts(unclear)
    starts.run()
    again.run()
    assert (starts.row(1, 0) == 0).all()
    for n in range(2, 6):
        assert 0 < starts.row(n, 0).abs().max() < 5 * SCATTER
        assert torch.equal(starts.row(n, 0), again.row(n, 0))
        assert not torch.equal(starts.row(n, 0), starts.row(n - 1, 0))
        # Local shape begins where labels, and not chance, put it.
        shape = [last_layer(starts.made[k - 1].heads[SHAPE]).weight for k in (1, n)]
        assert torch.equal(shape[0], shape[1])


# In a curriculum --------------------------------------------------------------------------------


def unlabelled(n: int) -> list[Labelled]:
    zero = torch.zeros(2)
    return [
        Labelled(
            f"u{i}", features(3000 + i, slices=2, planted=[k for k in (0, 1) if (i >> k) % 2]),
            zero + 0.5, zero, is_open=torch.tensor([True, True]),
        )
        for i in range(n)
    ]  # fmt: skip


def lost() -> Ensemble:
    """A teacher that knows the first finding and looks at noise for the second."""
    made = at_zero(0)
    with torch.no_grad():
        for head in made.heads.values():
            last_layer(head).weight[0, 0] = 1.0
            last_layer(head).weight[1, -1] = 1.0
    return Ensemble([made.eval()])


def begun(
    keeper: Keeper, bags: int = 8, **semi: Any
) -> Generator[Event, None, Trained]:  # fmt: skip
    return train_curriculum(
        at_zero, easy_bags(bags), easy_bags(4, "validation"), findings=FINDINGS,
        recipe=linear(**semi), seed=0, device=CPU, keeper=keeper, epochs=10,
        unlabelled=unlabelled(16), teacher=lost(),
    )  # fmt: skip


def curriculum(
    keeper: Keeper, bags: int = 8, **semi: Any
) -> tuple[list[Event], Trained | None]:  # fmt: skip
    return played(begun(keeper, bags, **semi))


def epochs_of_starts(events: list[Event]) -> list[Event]:
    return [
        event for event in events
        if event.kind == "progress" and event.stage == STAGE and event.total == 10
        and event.done > 0
    ]  # fmt: skip


def right(trained: Trained | None, k: int) -> float:
    """Share of pairs of unlabelled series that are in their order."""
    assert trained is not None
    z = validate(trained.ensemble, unlabelled(16), Maps(CPU), linear())[:, k]
    present = torch.tensor([bool((i >> k) % 2) for i in range(16)])
    return float((z[present][:, None] > z[~present][None]).float().mean())


def test_a_finding_that_the_first_start_missed_is_found_and_the_other_untouched() -> None:
    _, alone = curriculum(Keeper(None), starts=1)
    events, trained = curriculum(Keeper(None), starts=5)
    assert right(alone, 1) < 0.95
    assert right(trained, 1) == 1.0
    assert right(trained, 0) == right(alone, 0) == 1.0
    said = [event.sentence for event in events if event.kind == "said"]
    assert [sentence.split()[0] for sentence in said if "clear groups" in sentence] == ["two"]
    stages = {event.stage for event in events if event.kind == "progress"}
    assert STAGE in stages
    # The curves are those of the round: a start shows its progress only.
    assert {event.epochs for event in events if event.kind == "epoch"} == {3}


def test_many_labels_or_heads_with_more_than_rows_have_one_start() -> None:
    events, _ = curriculum(Keeper(None), bags=MOST + 2, starts=5)
    assert all(event.kind != "progress" or event.stage != STAGE for event in events)
    made = METHODS["curriculum"].recipe
    assert may_start_again(made({}), MOST)
    assert not may_start_again(made({}), MOST + 1)
    assert not may_start_again(made({}).warm, MOST)
    options: list[dict[str, Any]] = [
        {"starts": 1}, {"hidden": 8}, {"learn_sharpness": True}, {"members": 2}, {"depth": "last"},
    ]  # fmt: skip
    for own in options:
        assert not may_start_again(made(own), MOST)


@pytest.mark.parametrize("reports", [4, 9])
def test_a_curriculum_killed_in_a_start_or_behind_it_goes_on_where_it_was(
    tmp_path: Path, reports: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wsl_studio.learn.state.SAVE_EVERY_S", -1.0)
    events, whole = curriculum(Keeper(None), starts=5)
    shown = epochs_of_starts(events)
    path = tmp_path / "state.safetensors"
    work = begun(Keeper(path, "m"), starts=5)
    while reports > 0:
        reports -= len(epochs_of_starts([next(work)]))
    work.close()
    again, resumed = curriculum(Keeper(path, "m"), starts=5)
    assert 0 < len(epochs_of_starts(again)) < len(shown)
    assert whole is not None
    assert resumed is not None
    for a, b in zip(whole.ensemble.members, resumed.ensemble.members, strict=True):
        one, two = trained_state(a), trained_state(b)  # type: ignore[arg-type]
        assert all(torch.equal(one[name], two[name]) for name in one)


def test_of_thousands_of_series_a_part_is_looked_at() -> None:
    bags = unlabelled(2) * 2
    assert some(bags) == bags
    many = bags * SEEN
    assert SEEN // 2 < len(some(many)) <= SEEN
    assert len(some(bags * (SEEN // 4))) == SEEN


def test_a_finding_is_asked_where_sure_labels_say_both() -> None:
    value = np.array([[1, 1, 0.5, 1], [0, 1, 1, 0]], float)
    weight = np.array([[1, 1, 1, 0], [0.5, 1, 1, 1]], float)
    assert has_both(value, weight).tolist() == [True, False, False, False]
