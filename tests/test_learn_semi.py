"""What unlabelled series teach: pseudo-labels, ambiguous places, agreement, and the twin."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learn_makers import FINDINGS, easy_bags, features, model, played, small
from wsl_studio.domain.progress import drain
from wsl_studio.domain.recipe import Pool, Recipe, Semi
from wsl_studio.learn import pseudo
from wsl_studio.learn.agree import Agree
from wsl_studio.learn.bags import Balance, Labelled, Maps, Regions, by_bag, total_loss
from wsl_studio.learn.curriculum import Follow, marked_elsewhere, train_curriculum
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.pseudo import Pseudo, admit, audit, graph, growing, mixed, spread
from wsl_studio.learn.score import Case
from wsl_studio.learn.state import Keeper, trained_state
from wsl_studio.learn.terms import rest_loss
from wsl_studio.learn.train import Trained
from wsl_studio.learn.twin import is_worse, paired
from wsl_studio.learn.unlabelled import Step

CPU = torch.device("cpu")


def recipe(**semi: Any) -> Recipe:
    made = small(Recipe(pool=Pool(beta_plus=4, beta_minus=-4)), epochs=8, learning_rate=0.02)
    fit = made.fit.model_copy(update={"warm_epochs": 4, "augment": False})
    return made.model_copy(update={"semi": Semi(**semi), "fit": fit})


def others(n: int, vetoed: tuple[int, ...] = ()) -> list[Labelled]:
    """Unlabelled series with all four pairs of answers in them; finding 1 of some is vetoed."""
    out = []
    for i in range(n):
        planted = [k for k in (0, 1) if (i >> k) % 2]
        is_open = torch.tensor([True, i not in vetoed])
        zero = torch.zeros(2)
        found = features(3000 + i, slices=2, planted=planted)
        out.append(Labelled(f"u{i}", found, zero + 0.5, zero, is_open=is_open))
    return out


def step_of(bags: list[Labelled], epoch: int = 0) -> Step:
    labelled, maps = easy_bags(4), Maps(CPU)
    return Step(
        labelled, maps.stacked(labelled), bags, maps.stacked(bags), epoch, 1,
        Balance.of(labelled, is_on=True),
    )  # fmt: skip


# Pseudo-labels ---------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.floats(0, 1), st.floats(0.05, 1), st.integers(0, 999), st.booleans())
def test_the_easiest_of_either_answer_are_admitted_by_its_share(
    n: int, present: float, share: float, seed: int, is_one_sided: bool
) -> None:
    rng = np.random.default_rng(seed)
    score, is_open = rng.normal(size=(n, 2)), rng.random((n, 2)) < 0.7
    made = admit(score, is_open, np.array([present, 0.5]), share, is_one_sided=is_one_sided)
    taken = made.weight > 0
    assert not taken[~is_open].any()
    assert (made.value[~is_open] == 0.5).all()
    assert set(np.unique(made.value)) <= {0.0, 0.5, 1.0}
    n_open = int(is_open[:, 0].sum())
    n_up = round(present * n_open)
    up, down = made.value[:, 0] == 1, made.value[:, 0] == 0
    assert up.sum() == round(share * n_up)
    assert down.sum() == (0 if is_one_sided else round(share * (n_open - n_up)))
    rest = is_open[:, 0] & ~up
    if up.any() and rest.any():
        assert score[up, 0].min() >= score[rest, 0].max()
    order = np.argsort(-score[up, 0])
    assert (np.diff(made.weight[up, 0][order]) <= 0).all()
    assert made.is_as(admit(3 * score + 1, is_open, np.array([present, 0.5]), share,
                            is_one_sided=is_one_sided))  # fmt: skip


def test_a_share_by_answer_keeps_the_rarer_one_and_all_are_judged_anew() -> None:
    score = np.linspace(1, 2, 20)[:, None]  # all look present
    made = admit(score, np.ones((20, 1), bool), np.array([0.2]), 0.5)
    assert (made.value == 1).sum() == 2
    assert (made.value == 0).sum() == 8
    again = admit(-score, np.ones((20, 1), bool), np.array([0.2]), 0.5)
    assert again.value[-1] == 0
    assert made.value[-1] == 1
    assert [growing(k, 3, 0.2, 1.0) for k in range(3)] == pytest.approx([0.2, 0.6, 1.0])


def test_purity_is_audited_on_validation_series_that_look_as_sure() -> None:
    score = np.array([[3.0], [2.0], [-2.0], [-3.0]])
    made = Pseudo(np.array([[1.0], [1.0], [0.0], [0.0]]), np.ones((4, 1)))
    held = np.array([[2.5], [4.0], [0.0], [-2.5]])
    value = np.array([[1.0], [0.0], [1.0], [0.0]])
    assert audit(made, score, held, value, np.ones((4, 1))) == [pytest.approx(0.75)]
    assert audit(made, score, held, value, np.zeros((4, 1))) == [None]


def test_links_are_found_a_few_points_at_a_time_and_are_those_of_all_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pseudo, "AT_ONCE", 7)
    x = np.random.default_rng(1).normal(size=(40, 5))
    told: list[int] = []
    links = drain(graph(x, 3), lambda progress: told.append(progress.done)).toarray()
    assert told == list(range(0, 40, 7))
    like = (unit := x / np.linalg.norm(x, axis=1, keepdims=True)) @ unit.T - 2 * np.eye(40)
    nearest = np.zeros((40, 40), bool)
    np.put_along_axis(nearest, np.argsort(-like, 1)[:, :3], values=True, axis=1)
    assert np.array_equal(links > 0, nearest | nearest.T)


def test_labels_are_lent_along_links_as_in_the_closed_form() -> None:
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.normal(0, 0.1, (20, 2)) + side for side in ([1, 0], [0, 1])])
    links = drain(graph(x, 4))
    value, weight = np.full((40, 2), 0.5), np.zeros((40, 2))
    value[[0, 20], 0], weight[[0, 20], 0] = (1, 0), 1
    value[:3, 1], weight[:3, 1] = 1, 1  # a finding of which one answer was never given
    got, trust = drain(spread(links, value, weight))
    assert got[:20, 0].min() > 0.9
    assert got[20:, 0].max() < 0.1
    assert ((got >= 0) & (got <= 1)).all()
    heat = [np.linalg.solve(np.eye(40) - 0.9 * links.toarray(), np.eye(40)[k]) for k in (0, 20)]
    up, down = (one / one.sum() for one in heat)
    np.testing.assert_allclose(got[:, 0], up / (up + down), atol=0.03)
    assert got[:20, 1].min() > got[20:, 1].max()
    assert trust.tolist() == [0, 0]  # one label of an answer can't be foretold by another


def test_what_labels_lend_is_trusted_as_far_as_they_foretell_one_another() -> None:
    rng = np.random.default_rng(1)
    x = np.concatenate([rng.normal(0, 0.1, (20, 2)) + side for side in ([1, 0], [0, 1])])
    value = np.stack([np.arange(40) < 20, rng.permutation(40) < 20], 1).astype(float)
    weight = (np.arange(40) % 4 == 0).astype(float)[:, None].repeat(2, 1)
    lent, trust = drain(spread(drain(graph(x, 4)), value, weight))
    assert trust[0] == 1
    assert trust[1] < 0.6
    p = np.full((40, 2), 0.5)
    assert mixed(p, lent, trust)[:, 0] == pytest.approx(0.25 + 0.5 * lent[:, 0])
    assert (mixed(p, lent, np.zeros(2)) == p).all()


# Curriculum ------------------------------------------------------------------------------------


def curriculum(
    keeper: Keeper, bags: list[Labelled], until: int | None = None, members: int = 1
) -> tuple[list[Any], Trained | None]:
    how = recipe(kind="curriculum", steps=2, first=0.5, ramp=0.0)
    how = how.model_copy(update={"fit": how.fit.model_copy(update={"members": members})})
    assert how.is_joint == (members > 1)
    work = train_curriculum(
        lambda member: model(how, seed=member), easy_bags(4), easy_bags(8, "validation"),
        findings=FINDINGS, recipe=how, seed=2, device=CPU, keeper=keeper, epochs=8,
        unlabelled=bags,
    )  # fmt: skip
    return played(work, until)


def test_more_series_are_taught_from_step_to_step_and_their_purity_is_told() -> None:
    events, trained = curriculum(Keeper(None), others(16))
    epochs = [e for e in events if e.kind == "epoch" and e.pseudo]
    assert trained is not None
    assert [e.epoch for e in epochs] == list(range(1, 9))
    assert epochs[0].pseudo["one"] < epochs[-1].pseudo["one"] <= 16
    assert all(e.unlabelled_loss is not None for e in epochs)
    assert any(e.purity["one"] is not None for e in epochs)


def test_a_veto_is_obeyed() -> None:
    events, _ = curriculum(Keeper(None), others(16, vetoed=tuple(range(16))))
    told = [e.pseudo for e in events if e.kind == "epoch" and e.pseudo]
    assert all(counts["two"] == 0 < counts["one"] for counts in told)


@pytest.mark.parametrize("members", [1, 2])
@pytest.mark.parametrize("until", [10, 14])
def test_a_killed_curriculum_goes_on_where_it_was(
    tmp_path: Path, until: int, members: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wsl_studio.learn.state.SAVE_EVERY_S", -1.0)
    bags = others(12)
    whole = curriculum(Keeper(None), bags, members=members)[1]
    path = tmp_path / "state.safetensors"
    curriculum(Keeper(path, "mark"), bags, until=until, members=members)
    again = curriculum(Keeper(path, "mark"), bags, members=members)[1]
    assert whole is not None
    assert again is not None
    for a, b in zip(whole.ensemble.members, again.ensemble.members, strict=True):
        first, second = trained_state(a), trained_state(b)
        assert all(torch.equal(first[key], second[key]) for key in first)


def test_a_pseudo_label_of_weight_0_has_no_gradient_and_others_have() -> None:
    how = recipe(kind="curriculum", ramp=0.0)
    made = model(how)
    weight, value = torch.tensor([0.7, 0.0]), torch.tensor([1.0, 0.5])
    bags = [Labelled(b.uid, b.features, value, weight, is_open=b.is_open) for b in others(2)]
    torch.autograd.backward(Follow(how).loss(made, step_of(bags)))
    last = made.heads["block10"].layers[-1].weight.grad
    assert last[0].abs().sum() > 0
    assert last[1].abs().sum() == 0


@pytest.mark.parametrize("rest", [0.0, 2.0])
def test_what_a_series_taken_for_present_leaves_alone_is_absent_there(rest: float) -> None:
    how = recipe(kind="curriculum", ramp=0.0, rest=rest)
    made = model(how)
    one = torch.ones(2)
    bags = [Labelled(b.uid, b.features, one, one, is_open=b.is_open) for b in others(2)]
    step = step_of(bags)
    with torch.no_grad():
        z = by_bag(made(dict(step.others), n_bags=2).float(), 2)
        own = Follow(how).loss(made, step) - Follow(recipe(kind="curriculum", ramp=0.0)).loss(
            made, step
        )
    assert float(own) == pytest.approx(rest * float(rest_loss(z, torch.ones(2, 2), one)), abs=1e-5)
    labelled = easy_bags(4)
    present = torch.stack([bag.value for bag in labelled])
    with torch.no_grad():
        z = made(Maps(CPU).stacked(labelled), n_bags=4).float()
        losses = [
            float(total_loss(z, labelled, one_of, step.balance)) for one_of in (how, how.supervised)
        ]
    added = rest * float(rest_loss(by_bag(z, 4), present, torch.ones(4, 2)))
    assert losses[0] - losses[1] == pytest.approx(added, abs=1e-5)
    assert (added > 0.1) == (rest > 0)


# SMILE -----------------------------------------------------------------------------------------


def test_what_is_ambiguous_carries_no_gradient() -> None:
    inside = torch.zeros(1, 2, 12, 12, dtype=torch.bool)
    inside[0, 1, 3:5, 3:5] = True
    marks = Regions(
        inside, torch.zeros(2, 2, 12, 12, dtype=torch.bool), torch.tensor([0]),
        torch.tensor([1.0]), torch.tensor([1.0]),
    )  # fmt: skip
    one = Labelled(
        "s", features(1, slices=2), torch.ones(2), torch.tensor([1.0, 0.0]), regions=marks
    )
    z = torch.zeros(1, 2, 2 * 144, requires_grad=True)
    torch.autograd.backward(marked_elsewhere(z, [one]))
    slope = z.grad[0].reshape(2, 2, 12, 12)
    assert (slope[0] == 0).all()  # the finding that was marked is taught by its own label
    assert (slope[1][inside[0]] > 0).all()  # its place is no place of the other
    assert (slope[1][~inside[0]] == 0).all()  # all else of the other is ambiguous
    known = Labelled("s", one.features, torch.ones(2), torch.ones(2), regions=marks)
    assert float(marked_elsewhere(torch.zeros(1, 2, 288), [known])) == 0


def test_open_findings_of_labelled_series_are_taken_as_present_and_never_as_absent() -> None:
    made = METHODS["smile"].recipe({}).semi
    how = recipe(**made.model_dump())
    partial = [
        Labelled(b.uid, b.features, b.value, torch.tensor([1.0, float(i < 8)]),
                 is_open=torch.tensor([False, i >= 8]))
        for i, b in enumerate(easy_bags(16))
    ]  # fmt: skip
    work = train_curriculum(
        lambda member: model(how, seed=member), partial, [], findings=FINDINGS, recipe=how,
        seed=2, device=CPU, keeper=Keeper(None), epochs=8, unlabelled=others(4),
    )  # fmt: skip
    told = [e.pseudo for e in played(work)[0] if e.kind == "epoch" and e.pseudo]
    assert told
    assert all(counts["one"] == 0 and counts["two"] <= 4 for counts in told)
    assert told[-1]["two"] >= told[0]["two"] > 0


# Agreement -------------------------------------------------------------------------------------


def agreed(how: Recipe, epoch: int = 0, times: int = 1) -> tuple[list[float], Agree, Any]:
    made = model(how)
    bags = others(4)
    term = Agree(how, made, [*easy_bags(4), *bags])
    losses = []
    for _ in range(times):
        torch.manual_seed(0)
        loss = term.loss(made, step_of(bags, epoch))
        losses.append(float(loss.detach()))
    if loss.requires_grad:
        torch.autograd.backward(loss)
    return losses, term, made


@pytest.mark.parametrize("teacher", ["views", "view", "average", "weights"])
def test_views_disagree_and_that_teaches(teacher: str) -> None:
    how = recipe(kind="agree", teacher=teacher, ramp=0.0, noise=1.0, drop=0.3, decay=0.5)
    made = model(how)
    bags = others(4)
    term = Agree(how, made, [*easy_bags(4), *bags])
    for _ in range(2):  # the first answer of an average is its own target
        loss = term.loss(made, step_of(bags))
    assert float(loss.detach()) > 0
    torch.autograd.backward(loss)
    assert made.heads["block10"].layers[-1].weight.grad.abs().sum() > 0
    assert all(p.grad is None for p in term.parameters())


def test_without_a_change_of_view_there_is_nothing_to_agree_on() -> None:
    for teacher in ("views", "view", "average", "weights"):
        how = recipe(kind="agree", teacher=teacher, ramp=0.0, noise=0.0, drop=0.0)
        assert agreed(how)[0][0] == pytest.approx(0, abs=1e-9)


def test_the_first_target_of_an_average_is_not_near_nothing() -> None:
    """Without the correction of the start the first target would be (1 - decay) of the answer."""
    how = recipe(kind="agree", teacher="average", ramp=0.0, noise=0.5, drop=0.3, decay=0.9)
    losses, term, _ = agreed(how)
    assert losses[0] == pytest.approx(0, abs=1e-9)
    assert term.times.tolist() == [1.0] * 4


def test_more_views_are_more_pairs_and_a_ramp_begins_low() -> None:
    two, four = (
        agreed(recipe(kind="agree", teacher="views", views=v, ramp=0.0, noise=1.0))[0][0]
        for v in (2, 4)
    )
    assert four > 3 * two > 0
    low = agreed(recipe(kind="agree", teacher="views", views=2, ramp=1.0, noise=1.0))[0][0]
    assert low == pytest.approx(two * np.exp(-5), rel=1e-3)


def test_a_veto_closes_a_finding_to_agreement_and_fix_hears_only_the_sure() -> None:
    how = recipe(kind="agree", teacher="weights", ramp=0.0, noise=1.0, drop=0.3)
    made, bags = model(how), others(4, vetoed=(0, 1, 2, 3))
    torch.autograd.backward(Agree(how, made, [*easy_bags(4), *bags]).loss(made, step_of(bags)))
    slope = made.heads["block10"].layers[-1].weight.grad
    assert slope[0].abs().sum() > 0 == slope[1].abs().sum()
    sure = recipe(kind="agree", teacher="weights", rule="fix", threshold=0.999, ramp=0.0)
    assert agreed(sure)[0][0] == 0
    some = recipe(kind="agree", teacher="weights", rule="fix", threshold=0.5, ramp=0.0)
    assert agreed(some)[0][0] > 0


# The twin --------------------------------------------------------------------------------------


def test_the_difference_is_paired_by_patient() -> None:
    rng = np.random.default_rng(0)
    y = rng.random(80) < 0.5
    twin = y + rng.normal(0, 1.0, 80)
    cases = [
        Case(f"p{i // 2}", float(s + 0.8 * t), bool(t))
        for i, (s, t) in enumerate(zip(twin, y, strict=True))
    ]
    both = paired(cases, twin.tolist())
    assert both is not None
    assert both.n == 80
    assert both.verdict == "better"
    values = both.with_unlabelled.value - both.alone.value
    assert both.difference.value == pytest.approx(values)
    # Paired: far narrower than the interval of either.
    assert both.difference.high - both.difference.low < both.alone.high - both.alone.low
    same = paired(cases, [case.score for case in cases])
    assert same is not None
    assert (same.difference.low, same.difference.high, same.verdict) == (0, 0, "unclear")
    assert paired([c for c in cases if c.is_present], [1.0] * int(y.sum())) is None


def test_a_round_that_validation_speaks_against_is_found_out() -> None:
    bags = easy_bags(12, "validation")
    truth = torch.stack([bag.value for bag in bags])
    good, bad = truth + 0.0, 1 - truth
    assert is_worse(bad, good, bags, FINDINGS) == (0.0, 1.0)
    assert is_worse(good, bad, bags, FINDINGS) is None
    assert is_worse(bad[:6], good[:6], bags[:6], FINDINGS) is None  # too few to say
