"""What the queue is worth: labels in its order against labels at random, on frozen features.

Every seed cuts the patient groups anew: a third is test, the others wait to be labelled. Both
sides train the light head of the program after the same numbers of labels, and their mean AUC over
findings on the test part is compared, seed by seed.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student
from sklearn.metrics import roc_auc_score

from wsl_studio.bench import Ask
from wsl_studio.bench.folds import deal
from wsl_studio.bench.pooled import Pooled, open_pooled
from wsl_studio.domain.queue import Known, make_queue
from wsl_studio.domain.space import Space
from wsl_studio.learn.light import Said, logits, standardised

SEEDS: Final = 10
COUNTS: Final = (4, 6, 8, *range(10, 21), *range(30, 151, 10))
"""Numbers of labels at which both sides are scored; the area is taken over 10, 20, ... 150."""

AREA: Final = tuple(range(10, 151, 10))
ROUNDS: Final = AREA
"""A round is trained after so many labels; the queue knows nothing newer."""

DRAWS: Final = 3
CHANCES: Final = 12
"""Runs of the queue and random orders a seed; their means are compared."""

TEST_PARTS: Final = 3
BEHIND: Final = -0.01
"""The queue must never be further behind random in the first twenty labels."""

Curve = NDArray[np.float64]
Order = Callable[[list[int], Curve | None], int]


def run(ask: Ask) -> dict[str, Any]:
    """Simulates ``n`` seeds, counted from ``seed``."""
    pooled = open_pooled(ask.data, ask.findings)
    seeds = range(ask.seed, ask.seed + (ask.n or SEEDS))
    sides = [compare(Split(pooled, seed), seed) for seed in seeds]
    queue, chance = (np.array([side[k] for side in sides]) for k in (0, 1))  # (seeds, counts)
    return {
        "rows": table(queue, chance),
        "lines": verdict(queue, chance),
        "split": f"{len(seeds)} seeds, a third of the patient groups is test",
        "series": len(pooled.uids),
        "groups": len(set(pooled.groups)),
    }


class Split:
    """One cut of the patient groups: what may be labelled, and what is scored.

    Args:
        pooled: All series.
        seed: Of the cut.
    """

    def __init__(self, pooled: Pooled, seed: int) -> None:
        kinds = {g: str(y.tolist()) for g, y in zip(pooled.groups, pooled.present, strict=True)}
        part = deal(kinds, TEST_PARTS, np.random.default_rng(seed))
        is_test = np.array([part[g] == 0 for g in pooled.groups])
        self.findings = pooled.findings
        self.uids = [u for u, test in zip(pooled.uids, is_test, strict=True) if not test]
        self.groups = [g for g, test in zip(pooled.groups, is_test, strict=True) if not test]
        self.features = pooled.features[~is_test]
        self.present, self.truth = pooled.present[~is_test], pooled.present[is_test]
        # Nothing of the test part is known to either side, not even its mean.
        own = self.features.astype(np.float64)
        self.x = standardised(own)
        self.test = (pooled.features[is_test] - own.mean(0)) / (own.std(0) + 1e-6)

    def scores(self, labelled: Sequence[int], target: Curve) -> Curve:
        """(M, K) logits of (M, D) by heads that were trained on some labels."""
        rows = np.array(labelled)
        x = np.concatenate([self.x, target])
        asked = np.arange(len(self.x), len(x))
        groups = [self.groups[i] for i in labelled]
        return np.stack(
            [
                logits(x, Said(rows, self.present[rows, k], np.ones(len(rows)), groups), asked)
                for k in range(len(self.findings))
            ],
            axis=1,
        )

    def auc(self, labelled: Sequence[int]) -> float:
        """Mean over findings on the test part; a finding with one answer so far counts 0.5."""
        scores = self.scores(labelled, self.test)
        return float(
            np.mean([roc_auc_score(self.truth[:, k], scores[:, k]) for k in range(len(scores.T))])
        )


def compare(split: Split, seed: int) -> tuple[Curve, Curve]:
    """Mean learning curves of queue and chance on one split, (len(COUNTS),) each."""
    queue = [simulate(split, by_queue(split, seed * 100 + k)) for k in range(DRAWS)]
    chance = [simulate(split, by_chance(split, (seed, k))) for k in range(CHANCES)]
    return np.mean(queue, 0), np.mean(chance, 0)


def simulate(split: Split, order: Order) -> Curve:
    """AUC at every one of ``COUNTS`` when series are labelled in an order."""
    labelled: list[int] = []
    curve, probabilities = [], None
    while len(labelled) < min(max(COUNTS), len(split.uids)):
        labelled.append(order(labelled, probabilities))
        if len(labelled) in ROUNDS:
            probabilities = 1 / (1 + np.exp(-split.scores(labelled, split.x)))
        if len(labelled) in COUNTS:
            curve.append(split.auc(labelled))
    return np.array(curve)


def by_chance(split: Split, seed: tuple[int, int]) -> Order:
    """Random order."""
    order = np.random.default_rng(seed).permutation(len(split.uids))
    return lambda labelled, _probabilities: int(order[len(labelled)])


def by_queue(split: Split, seed: int) -> Order:
    """Always the first place of the program's own queue."""
    space = Space.of(dict(zip(split.uids, split.features, strict=True)), seed=seed)
    at = {uid: i for i, uid in enumerate(split.uids)}

    def first(labelled: list[int], probabilities: Curve | None) -> int:
        done = set(labelled)
        said = split.present[labelled]
        known = Known(
            probabilities={}
            if probabilities is None
            else {
                uid: dict(zip(split.findings, p.tolist(), strict=True))
                for uid, p in zip(split.uids, probabilities, strict=True)
            },
            space=space,
            labelled=[split.uids[i] for i in labelled],
            counts={
                finding: (int(said[:, k].sum()), int((~said[:, k]).sum()))
                for k, finding in enumerate(split.findings)
            },
        )
        todo = [uid for i, uid in enumerate(split.uids) if i not in done]
        return at[make_queue(todo, known, seed=seed)[0].series_uid]

    return first


def table(queue: Curve, chance: Curve) -> list[dict[str, Any]]:
    """One row a number of labels."""
    return [
        {
            "labels": n,
            "queue": f"{queue[:, k].mean():.3f}",
            "random": f"{chance[:, k].mean():.3f}",
            "difference (95 %)": say(queue[:, k] - chance[:, k]),
        }
        for k, n in enumerate(COUNTS)
        if n in (4, 6, 8, 12, 15) or n in AREA
    ]


def verdict(queue: Curve, chance: Curve) -> list[str]:
    """Whether the targets hold."""
    over = [COUNTS.index(n) for n in AREA]
    area = (queue - chance)[:, over].mean(1)
    low, _ = interval(area)
    early = (queue - chance)[:, : COUNTS.index(20) + 1].mean(0)
    worst = int(early.argmin())
    ahead = int((area > 0).sum())
    return [
        f"area under the learning curve, 10 to 150 labels: queue {queue[:, over].mean():.4f},"
        f" random {chance[:, over].mean():.4f}, difference {say(area, 4)}, ahead in {ahead} of"
        f" {len(area)} seeds: {'holds' if low > 0 else 'MISSED'}",
        f"first 20 labels: worst difference {early[worst]:+.3f} at {COUNTS[worst]} labels,"
        f" at least {BEHIND} asked: {'holds' if early[worst] >= BEHIND else 'MISSED'}",
    ]


def interval(paired: Curve) -> tuple[float, float]:
    """95 % interval of the mean of paired differences (t, one value a seed)."""
    n = len(paired)
    if n < 2:
        return float("-inf"), float("inf")
    half = float(student.ppf(0.975, n - 1) * paired.std(ddof=1) / np.sqrt(n))
    return float(paired.mean()) - half, float(paired.mean()) + half


def say(paired: Curve, digits: int = 3) -> str:
    """``+0.020 (+0.012 to +0.028)``."""
    low, high = interval(paired)
    return f"{paired.mean():+.{digits}f} ({low:+.{digits}f} to {high:+.{digits}f})"
