"""The light head and what a round says of its labels: planted signal and planted mistakes."""

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from wsl_studio.bench.queue import COUNTS, interval
from wsl_studio.domain.crossfit import CrossFit, Point
from wsl_studio.domain.round import Bag, Target
from wsl_studio.learn.crossfit import cross_fit, learning_curve
from wsl_studio.learn.features import SHAPE, SeriesFeatures, describe
from wsl_studio.learn.light import Said, deal_folds, out_of_fold, standardised
from wsl_studio.learn.preprocess import Frame
from wsl_studio.store.cached import read_cached_means

N = 80


def planted(seed: int = 0) -> tuple[np.ndarray, Said]:
    """Eighty series of forty patients; one direction of twelve tells the finding."""
    rng = np.random.default_rng(seed)
    present = np.arange(N) % 4 < 2
    x = rng.normal(size=(N, 12))
    x[:, 3] += 6.0 * present
    groups = [f"p{k // 2}" for k in range(N)]
    return x, Said(np.arange(N), present, np.ones(N), groups)


def test_no_patient_is_in_two_folds() -> None:
    _, said = planted()
    fold = deal_folds(said, np.random.default_rng(0))
    for name in set(said.groups):
        assert len({int(fold[k]) for k in range(N) if said.groups[k] == name}) == 1
    assert {int(np.sum(fold == k)) for k in range(5)} == {16}


def test_out_of_fold_scores_find_the_planted_direction_and_not_in_noise() -> None:
    x, said = planted()
    scores = out_of_fold(standardised(x), said, seed=0).mean(0)
    assert np.mean((scores > 0) == said.present) > 0.85
    noise = np.delete(x, 3, axis=1)
    blind = out_of_fold(standardised(noise), said, seed=0).mean(0)
    assert np.mean((blind > 0) == said.present) < 0.7


def test_planted_mistakes_are_the_least_trusted_and_test_bags_say_nothing() -> None:
    x, said = planted()
    wrong = {5, 30, 61}
    bags = [
        Bag(
            series_uid=f"s{k}",
            split="test" if k >= N - 4 else "train",
            targets={}
            if k >= N - 4
            else {"n": Target(value=float(said.present[k] ^ (k in wrong)))},
        )
        for k in range(N)
    ]
    features = {f"s{k}": x[k].astype(np.float32) for k in range(N)}
    groups = {f"s{k}": said.groups[k] for k in range(N)}
    found = cross_fit(bags, features, groups, ["n", "other"], seed=0)
    assert len(found.supports) == N - 4
    least = sorted(found.supports, key=lambda uid: found.supports[uid]["n"].trust)[:3]
    assert {int(uid[1:]) for uid in least} == wrong
    assert all(found.supports[uid]["n"].is_doubt for uid in least)
    assert [point.n for point in found.curve["n"]] == sorted({p.n for p in found.curve["n"]})
    assert "other" not in found.curve
    known = CrossFit(curve={"n": (Point(n=found.curve["n"][-1].n, auc=(0.5,)),)})
    again = cross_fit(bags, features, groups, ["n"], seed=0, before=known)
    assert again.curve == known.curve  # as many labels as before: no new curve
    fewer = cross_fit(bags[5:], features, groups, ["n"], seed=0, before=known)
    assert fewer.curve != known.curve


def test_the_learning_curve_rises_on_a_signal() -> None:
    x, said = planted()
    points = learning_curve(standardised(x), said, seed=0)
    means = [float(np.mean(point.auc)) for point in points]
    assert points[-1].n == N * 4 // 5
    assert means[-1] > means[0]
    assert means[-1] > 0.85


def test_features_are_pooled_by_mean_deviation_and_the_top_of_local_shape() -> None:
    x = torch.zeros(2, 2, 2, 3, dtype=torch.float16)
    x[0, 0, 0, 1] = 8
    frame = Frame(*(None,) * len(Frame.__dataclass_fields__))  # type: ignore[arg-type]
    found = SeriesFeatures({"block": x, SHAPE: x}, frame, torch.zeros(3))
    np.testing.assert_allclose(
        describe(found),
        [0, 1, 0, 0, 7**0.5, 0, 0, 1, 0, 0, 7**0.5, 0, 0, 8, 0],
        rtol=1e-5,
    )


def test_cached_means_are_read_before_the_first_round(tmp_path: Path) -> None:
    place = tmp_path / "cache" / "features" / "abc"
    place.mkdir(parents=True)
    key = "f" * 64
    save_file({"mean": torch.arange(3.0)}, place / f"{key[:40]}.safetensors")
    known = {"uid.1": ["stamp", key], "uid.2": ["stamp", "0" * 64]}
    (tmp_path / "cache" / "contents.json").write_text(json.dumps(known))
    found = read_cached_means(tmp_path)
    assert list(found) == ["uid.1"]
    assert found["uid.1"].tolist() == [0, 1, 2]
    (place / f"{key[:40]}.safetensors").write_bytes(b"torn")
    assert read_cached_means(tmp_path) == {}
    assert read_cached_means(tmp_path / "nothing") == {}


def test_the_interval_of_the_bench_is_the_t_interval() -> None:
    low, high = interval(np.array([1.0, 2.0, 3.0]))
    assert (round(low, 3), round(high, 3)) == (-0.484, 4.484)
    assert set(range(10, 151, 10)) <= set(COUNTS)
