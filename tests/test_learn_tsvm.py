"""The transductive machine: few labels and many points, and a fraction that stays."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.preprocessing import StandardScaler

from wsl_studio.domain.recipe import Semi, Svm
from wsl_studio.learn.svm import Floats, Machine, Stage
from wsl_studio.learn.tsvm import switched, transduce

SEMI = Semi(kind="tsvm")


def stages(x: Floats, y: Floats, others: Floats, semi: Semi = SEMI) -> list[Stage]:
    return [s for s in transduce(x, y, others, Svm(), semi) if s is not None]


def pair(a: int, b: int) -> tuple[Floats, Floats]:
    x, digit = load_digits(return_X_y=True)
    at = (digit == a) | (digit == b)
    return StandardScaler().fit_transform(x[at]), np.where(digit[at] == a, 1.0, -1.0)


def right(machine: Machine, x: Floats, y: Floats) -> float:
    return float((np.sign(machine(x)) == y).mean())


@pytest.mark.parametrize(("a", "b", "least"), [(3, 8, 0.93), (4, 9, 0.97), (1, 7, 0.99)])
def test_four_labels_and_the_gap_between_the_others_are_enough(
    a: int, b: int, least: float
) -> None:
    x, y = pair(a, b)
    plain, ours = [], []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        known = np.concatenate(
            [rng.choice(np.flatnonzero(y == side), 2, replace=False) for side in (1, -1)]
        )
        rest = np.setdiff1d(np.arange(len(y)), known)
        found = stages(x[known], y[known], x[rest])
        plain.append(right(found[0].machine, x[rest], y[rest]))
        ours.append(right(found[-1].machine, x[rest], y[rest]))
    assert np.mean(ours) >= least
    assert np.mean(ours) > np.mean(plain) + 0.02


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_as_many_are_present_at_the_end_as_at_the_start(share: float) -> None:
    """Without the fraction, points of one heap would all go to the nearer label."""
    rng = np.random.default_rng(0)
    others = rng.normal(0, 1, (60, 2))
    x, y = np.array([[3.0, 0.0], [-0.2, 0.0]]), np.array([1.0, -1.0])
    semi = SEMI.model_copy(update={"share": share})
    machine = stages(x, y, others, semi)[-1].machine
    assert (machine(others) > 0).mean() == pytest.approx(share, abs=0.1)


@pytest.mark.parametrize("is_all", [True, False])
def test_a_switch_keeps_the_count_and_lowers_the_slacks(is_all: bool) -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        f, guess = rng.normal(0, 1.5, 20), rng.permutation([1.0] * 7 + [-1.0] * 13)
        up, down = rng.uniform(0.1, 1, 2)
        after = switched(guess, f, up, down, is_all=is_all)
        assert (after > 0).sum() == 7
        assert is_all or (after != guess).sum() in (0, 2)

        def slacks(g: Floats, f: Floats = f, up: float = up, down: float = down) -> float:
            return float((np.where(g > 0, up, down) * np.maximum(0, 1 - g * f) ** 2).sum())

        if not np.array_equal(after, guess):
            assert slacks(after) < slacks(guess)


def test_one_pair_at_a_time_ends_as_well() -> None:
    x, y = pair(4, 9)
    rng = np.random.default_rng(3)
    known = np.concatenate([rng.choice(np.flatnonzero(y == s), 2, replace=False) for s in (1, -1)])
    rest = np.setdiff1d(np.arange(len(y)), known)[:80]
    one = SEMI.model_copy(update={"switch": "one"})
    found = stages(x[known], y[known], x[rest], one)
    assert right(found[-1].machine, x[rest], y[rest]) > 0.9


def test_without_others_it_is_the_plain_machine() -> None:
    x, y = pair(3, 8)
    found = stages(x[:30], y[:30], x[:0])
    assert len(found) == 1
