"""Self-training: what is taught of unlabelled series is what the members before said of them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learn_makers import FINDINGS, easy_bags, model, played
from tests.test_learn_semi import CPU, others, recipe
from wsl_studio.learn import selftrain
from wsl_studio.learn.bags import Labelled
from wsl_studio.learn.pseudo import doubted
from wsl_studio.learn.selftrain import train_self
from wsl_studio.learn.state import Keeper, trained_state
from wsl_studio.learn.train import Trained


def self_trained(
    keeper: Keeper, bags: list[Labelled], until: int | None = None, **semi: Any
) -> tuple[list[Any], Trained | None]:
    how = recipe(kind="self", **{"steps": 2, **semi})
    how = how.model_copy(update={"fit": how.fit.model_copy(update={"members": 2})})
    work = train_self(
        lambda member: model(how, seed=member), easy_bags(4), easy_bags(8, "validation"),
        findings=FINDINGS, recipe=how, seed=2, device=CPU, keeper=keeper, epochs=8,
        unlabelled=bags,
    )  # fmt: skip
    return played(work, until)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=9), st.data())
def test_a_doubted_answer_counts_by_how_far_it_is_from_one_half(
    said: list[float], data: st.DataObject
) -> None:
    p = np.array(said)[:, None]
    may = np.array([data.draw(st.booleans()) for _ in said])[:, None]
    soft = doubted(p, may)
    assert (soft.value[may] == p[may]).all()
    assert (soft.weight[~may] == 0).all()
    assert ((soft.weight[may] >= 0.05) & (soft.weight[may] <= 1)).all()
    order = np.argsort(np.abs(p[may] - 0.5))
    assert (np.diff(soft.weight[may][order]) >= 0).all()


def test_new_members_learn_the_probabilities_that_the_last_ones_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[list[Labelled]] = []
    real = selftrain.train

    def watched(make: Any, bags: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(list(bags))
        return real(make, bags, *args, **kwargs)

    monkeypatch.setattr(selftrain, "train", watched)
    bags = others(12, vetoed=(0, 1, 2))
    events, trained = self_trained(Keeper(None), bags)
    assert trained is not None
    assert len(trained.ensemble.members) == 2  # the last step alone
    assert [len(one) for one in seen] == [4, 16, 16]
    taught = {bag.uid: bag for bag in seen[1]}
    for bag in easy_bags(4):  # what the reader said stays as it was said
        assert torch.equal(taught[bag.uid].value, bag.value)
        assert torch.equal(taught[bag.uid].weight, bag.weight)
    assert all(float(taught[f"u{i}"].weight[1]) == 0 for i in range(3))
    value = torch.stack([taught[f"u{i}"].value for i in range(12)])
    weight = torch.stack([taught[f"u{i}"].weight for i in range(12)])
    assert ((value > 0) & (value < 1)).all()
    assert not torch.equal(value, value.round())
    open_to = weight > 0
    expected = (2 * value - 1).abs().clamp_min(0.05)
    torch.testing.assert_close(weight[open_to], expected[open_to])
    epochs = [e for e in events if e.kind == "epoch" and e.pseudo]
    assert [e.epoch for e in epochs] == list(range(1, 17))  # side by side: each epoch is of both
    assert epochs[0].pseudo == {"one": 12, "two": 9}
    assert any(e.purity["one"] is not None for e in epochs)


@pytest.mark.parametrize("until", [6, 14])
def test_a_killed_self_training_goes_on_where_it_was(
    tmp_path: Path, until: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wsl_studio.learn.state.SAVE_EVERY_S", -1.0)
    bags = others(8)
    whole = self_trained(Keeper(None), bags, steps=1)[1]
    path = tmp_path / "state.safetensors"
    assert self_trained(Keeper(path, "mark"), bags, until=until, steps=1)[1] is None
    again = self_trained(Keeper(path, "mark"), bags, steps=1)[1]
    assert whole is not None
    assert again is not None
    for a, b in zip(whole.ensemble.members, again.ensemble.members, strict=True):
        first, second = trained_state(a), trained_state(b)
        assert all(torch.equal(first[key], second[key]) for key in first)
