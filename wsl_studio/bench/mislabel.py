"""Flipped labels found again: the program's review order beside cleanlab's confident learning.

Of every finding one label in twenty is flipped. Both orders get the same out-of-fold
probabilities of the light head, cross-fitted on the flipped labels by patient group; nothing else
knows which labels were flipped.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from wsl_studio.bench import Ask
from wsl_studio.bench.pooled import Pooled, open_pooled
from wsl_studio.bench.queue import interval
from wsl_studio.learn.crossfit import supports
from wsl_studio.learn.light import Said, standardised

SEEDS: Final = 10
FLIPPED: Final = 0.05
OURS, PEER, SCORE = "queue", "cleanlab filter", "cleanlab score"

Order = Callable[[NDArray[np.bool_], NDArray[np.float64]], NDArray[np.intp]]


def run(ask: Ask) -> dict[str, Any]:
    """Flips and finds on ``n`` seeds of the data, and of the demo where none is given."""
    name = ask.data.name if isinstance(ask.data, Path) else "demo"
    pooled = open_pooled(ask.data, ask.findings)
    seeds = range(ask.seed, ask.seed + (ask.n or SEEDS))
    found = [trial(pooled, k, seed) for k in range(len(pooled.findings)) for seed in seeds]
    rows = [
        {"data": name, "finding": finding, "flipped": found[k * len(seeds)]["flipped"], **row}
        for k, finding in enumerate(pooled.findings)
        for row in _rows(found[k * len(seeds) : (k + 1) * len(seeds)])
    ]
    return {
        "rows": rows,
        "lines": _verdict(found),
        "split": f"{len(seeds)} seeds, 5 folds by patient group, 3 cuts",
        "series": len(pooled.uids),
    }


def trial(pooled: Pooled, finding: int, seed: int) -> dict[str, Any]:
    """Measures of every order on one set of flipped labels."""
    n = len(pooled.uids)
    rng = np.random.default_rng((seed, finding))
    flipped = np.zeros(n, bool)
    flipped[rng.choice(n, max(1, round(FLIPPED * n)), replace=False)] = True
    present = pooled.present[:, finding] ^ flipped
    said = Said(np.arange(n), present, np.ones(n), pooled.groups)
    found = supports(standardised(pooled.features), said, seed=seed)
    probability = np.array([one.probability for one in found])
    orders = {OURS: np.argsort([one.trust for one in found], kind="stable")}
    for name, peer in _peers().items():
        orders[name] = peer(present, probability)
    out: dict[str, Any] = {"flipped": int(flipped.sum())}
    for name, order in orders.items():
        out[name] = measures(flipped, order)
    return out


def measures(flipped: NDArray[np.bool_], order: NDArray[np.intp]) -> NDArray[np.float64]:
    """Precision and recall at k flips, at 2 k, and average precision of a whole order."""
    k = int(flipped.sum())
    hit = flipped[order]
    score = -np.arange(len(order), dtype=float)
    return np.array(
        [
            hit[:k].mean(), hit[: 2 * k].mean(), hit[: 2 * k].sum() / k,
            average_precision_score(hit, score),
        ]
    )  # fmt: skip


def _peers() -> dict[str, Order]:
    """Cleanlab's two ways to order; none where it is not installed."""
    try:
        from cleanlab.filter import find_label_issues
        from cleanlab.rank import get_label_quality_scores
    except ImportError:
        return {}

    def columns(probability: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([1 - probability, probability], axis=1)

    def score(present: NDArray[np.bool_], probability: NDArray[np.float64]) -> NDArray[np.intp]:
        quality = get_label_quality_scores(present.astype(int), columns(probability))
        return np.argsort(quality, kind="stable")

    def filtered(present: NDArray[np.bool_], probability: NDArray[np.float64]) -> NDArray[np.intp]:
        """Its issues in its order, then the other labels by its score."""
        issues = find_label_issues(
            present.astype(int),
            columns(probability),
            return_indices_ranked_by="self_confidence",
            n_jobs=1,
        )
        rest = [i for i in score(present, probability) if i not in set(issues.tolist())]
        return np.array([*issues.tolist(), *rest], np.intp)

    return {PEER: filtered, SCORE: score}


_NAMES: Final = ("precision = recall at k", "precision at 2 k", "recall at 2 k", "AP")


def _rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for name in (OURS, PEER, SCORE):
        if name not in found[0]:
            rows.append({"order": name, _NAMES[0]: "not installed"})
            continue
        mean = np.mean([one[name] for one in found], 0)
        rows.append({"order": name, **{n: f"{v:.3f}" for n, v in zip(_NAMES, mean, strict=True)}})
    return rows


def _verdict(found: list[dict[str, Any]]) -> list[str]:
    """Paired differences over findings and seeds, and whether the target holds."""
    lines = []
    for name in (PEER, SCORE):
        if name not in found[0]:
            continue
        paired = np.array([one[OURS] - one[name] for one in found])
        parts = []
        for k, measure in enumerate(_NAMES):
            low, high = interval(paired[:, k])
            parts.append(f"{measure} {paired[:, k].mean():+.3f} ({low:+.3f} to {high:+.3f})")
        is_held = bool((paired[:, [0, 2]].mean(0) >= 0).all())
        lines.append(f"ahead of {name}: {', '.join(parts)}: {'holds' if is_held else 'MISSED'}")
    return lines
