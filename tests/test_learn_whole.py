"""What a series says as a whole: learned across patients, told in the sum, read back the same."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load, load_file, save
from sklearn.metrics import roc_auc_score
from sklearn.svm import SVC

from tests.learn_makers import KEY, features, picture_round, small_networks
from wsl_studio.domain.control import turned, turned_score
from wsl_studio.domain.progress import drain
from wsl_studio.domain.recipe import Whole as WholeSpec
from wsl_studio.domain.round import Event, Manifest
from wsl_studio.learn import round as running
from wsl_studio.learn import whole as wholes
from wsl_studio.learn.evidence import score_of
from wsl_studio.learn.features import Extractor, SeriesFeatures
from wsl_studio.learn.methods import DEFAULT, METHODS, fitting
from wsl_studio.learn.probe import Again
from wsl_studio.learn.round import Outcome
from wsl_studio.learn.whole import Whole, fit_whole
from wsl_studio.store import rounds

SPEC = WholeSpec(is_on=True)
D = 12


def series(x: np.ndarray) -> list[SeriesFeatures]:
    """Series that are described by the rows of x."""
    one = features(0, slices=1)
    return [replace(one, described=torch.from_numpy(row).float()) for row in x]


def fitted(
    x: np.ndarray, y: np.ndarray, patients: Sequence[int], weight: np.ndarray | None = None
) -> Whole:
    y = y.astype(float).reshape(len(x), -1)
    weight = np.ones_like(y) if weight is None else weight
    named = {f"s{i}": one for i, one in enumerate(series(x))}
    return drain(fit_whole(named, y, weight, patients, SPEC, seed=0))


def said_by(machine: Whole, x: np.ndarray) -> np.ndarray:
    return np.concatenate([machine.of(one).numpy() for one in series(x)])


def planted(rng: np.random.Generator, n: int, height: float) -> tuple[np.ndarray, np.ndarray]:
    """Descriptions of n series; two directions tell the finding, not along a line."""
    y = np.arange(n) % 2
    x = rng.normal(size=(n, D))
    x[:, 0] = np.where(y, height * rng.choice([-1, 1], n), 0.3 * x[:, 0])
    return x, y


def test_it_tells_new_series_apart_where_a_line_cannot() -> None:
    rng = np.random.default_rng(0)
    (x, y), (new, truth) = planted(rng, 120, 3.0), planted(rng, 80, 3.0)
    z = said_by(fitted(x, y, range(120)), new)[:, 0]
    assert roc_auc_score(truth, z) > 0.9
    assert z[truth == 1].mean() > 1
    assert z[truth == 0].mean() < -1
    line = SVC(kernel="linear").fit(x, y).decision_function(new)
    assert roc_auc_score(truth, line) < 0.7


def test_what_tells_nothing_apart_says_little() -> None:
    rng = np.random.default_rng(1)
    (x, y), (new, _) = planted(rng, 200, 0.0), planted(rng, 80, 0.0)
    x[:, 0] = rng.normal(size=200)
    new[:, 0] = rng.normal(size=80)
    assert np.abs(said_by(fitted(x, y, range(200)), new)).mean() < 0.4


def test_two_series_of_a_patient_do_not_vouch_for_each_other() -> None:
    rng = np.random.default_rng(2)
    once = rng.normal(size=(60, D))
    x, y, patients = np.repeat(once, 2, 0), np.repeat(np.arange(60) % 2, 2), np.arange(120) // 2
    strangers = np.abs(said_by(fitted(x, y, range(120)), x)).mean()
    known = np.abs(said_by(fitted(x, y, patients.tolist()), x)).mean()
    assert known < 0.5 * strangers


def test_a_finding_with_few_answers_or_unsure_ones_is_left_out() -> None:
    rng = np.random.default_rng(3)
    x, y = planted(rng, 40, 3.0)
    few = np.where(np.arange(40) < 6, y, 0.5)
    both = np.stack([y, few, y], 1).astype(float)
    weight = np.ones_like(both)
    weight[y == 0, 2] = 0
    machine = fitted(x, both, range(40), weight)
    assert load(save(machine.state_dict())).keys() == machine.state_dict().keys()
    z = said_by(machine, x)
    assert np.abs(z[:, 0]).min() > 0
    assert (z[:, 1:] == 0).all()
    nothing = fitted(x[:6], y[:6], range(6))
    assert len(nothing.points) == 0
    assert (said_by(nothing, x) == 0).all()
    assert nothing.likes(series(x)[0], "s0") == [()]


def test_the_series_named_are_those_that_say_most_and_never_itself() -> None:
    rng = np.random.default_rng(5)
    x, y = planted(rng, 60, 3.0)
    machine = fitted(x, np.stack([y, 1 - y], 1), range(60))
    one = series(x)[7]
    (likes, others) = machine.likes(one, "stranger")
    at = (torch.from_numpy(x[7]).float() - machine.mean) / machine.deviation
    parts = machine.say * torch.exp(-machine.gamma * (machine.points - at).square().mean(1))
    assert machine.of(one)[0].numpy() == pytest.approx(
        (parts.sum(1) + machine.offset).numpy(), abs=1e-4
    )
    for k, found in enumerate((likes, others)):
        side = 1 if machine.of(one)[0, k] >= 0 else -1
        order = (side * parts[k]).argsort(descending=True)
        order = [*order[:2].tolist(), int(order[-1])]
        assert [uid for uid, _ in found] == [machine.uids[i] for i in order]
        assert [logits for _, logits in found] == pytest.approx(parts[k][order].tolist(), abs=1e-4)
        assert all((logits > 0) == (y[int(uid[1:])] == 1 - k) for uid, logits in found)
    without = machine.likes(one, likes[0][0])[0]
    assert without[0] == likes[1]
    assert likes[0][0] not in dict(without)


def test_of_many_series_some_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholes, "MOST", 100)
    rng = np.random.default_rng(4)
    (x, y), (new, truth) = planted(rng, 160, 3.0), planted(rng, 80, 3.0)
    machine = fitted(x, y, range(160))
    assert 50 < len(machine.points) <= 100
    assert roc_auc_score(truth, said_by(machine, new)[:, 0]) > 0.8


def test_a_round_says_where_not_all_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_networks(monkeypatch)
    monkeypatch.setattr(running, "MOST", 10)
    _, _, events = one_round(tmp_path, "none")
    assert any("10 of 12 labelled ones" in e.sentence for e in events if e.kind == "said")


def test_it_is_asked_where_pictures_are_many() -> None:
    method = METHODS[DEFAULT]
    assert not method.recipe({}).whole.is_on
    for is_pictures, is_many in ((False, True), (True, False), (True, True)):
        own = fitting(method, {}, is_pictures=is_pictures, is_many=is_many)
        assert method.recipe(own).whole.is_on == (is_pictures and is_many)


@pytest.mark.parametrize("depth", ["none", "last"])
def test_a_round_counts_it_in_every_score_and_reads_it_back(
    tmp_path: Path, depth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_networks(monkeypatch)
    manifest, outcome, events = one_round(tmp_path, depth)
    assert any(e.kind == "progress" and e.stage == "comparing whole series" for e in events)
    held = load_file(tmp_path / "0001/checkpoint.safetensors")
    assert 2 <= held["whole.points"].shape[0] <= 12
    cpu = torch.device("cpu")
    extractor = Extractor(manifest.recipe.backbone, tmp_path / "cache", cpu)
    again = Again.of(manifest, tmp_path / "0001", extractor, KEY, outcome.temperature)
    for uid, found in outcome.scores.items():
        score, (evidence,) = found["one"], rounds.read_evidence(tmp_path / "0001", uid).values()
        sums = evidence.arithmetic
        assert sums.positive + sums.negative + sums.rest + sums.whole == pytest.approx(sums.score)
        assert score.whole == pytest.approx(sums.whole)
        assert abs(score.whole) > 1e-3
        assert 1 <= len(evidence.likes) <= 3
        assert uid not in dict(evidence.likes)
        for other, logits in evidence.likes:
            assert int(other) < 12  # of the labelled training series
            assert (logits > 0) == (int(other) % 2 == 1)
        assert turned(evidence).likes == tuple((u, -x) for u, x in evidence.likes)
        assert turned_score(score).whole == score_of(turned(evidence)).whole == -score.whole
        kept = extractor.load(KEY(uid))
        assert kept is not None
        nothing_out = np.zeros((1, *evidence.grid.shape), bool)
        told = again.probe(kept).of("one")(np.concatenate([nothing_out, ~nothing_out]))
        assert told[0] == pytest.approx(score.score, abs=1e-3)
        assert told[1] != pytest.approx(score.score, abs=1e-3)
    whole = {uid: found["one"].whole for uid, found in outcome.scores.items()}
    assert min(whole[str(k)] for k in (1, 3, 5)) > max(whole[str(k)] for k in (0, 2, 4))
    _, without, _ = one_round(tmp_path / "off", depth, whole=False)
    assert all(found["one"].whole == 0 for found in without.scores.values())
    # What the regions say does not change by it, but for the temperature that both share.
    ratio = without.temperature["one"] / outcome.temperature["one"]
    for uid, found in without.scores.items():
        assert outcome.scores[uid]["one"].positive == pytest.approx(
            found["one"].positive * ratio, abs=1e-3
        )


def one_round(
    folder: Path, depth: str, *, whole: bool = True
) -> tuple[Manifest, Outcome, Sequence[Event]]:
    """A round on sixteen pictures."""
    options = {
        "backbone": "resnet18", "depth": depth, "image_px": 64, "epochs": 2, "shape": False,
        "hidden": 8, "members": 2, "whole": whole,
    }  # fmt: skip
    return picture_round(folder, options, training=12)
