"""Classic multiple-instance sets: machines and poolings on one split, beside what is published."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import SVC

from wsl_studio.bench import Ask
from wsl_studio.bench.musk_pools import POOLS, Fold, pooled_scores
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.recipe import Svm
from wsl_studio.learn import svm

SETS: Final = ("musk1", "musk2", "elephant", "fox", "tiger")
FOLDS: Final = 10
SOURCE: Final = (
    "Andrews 2003 (mi-SVM, MI-SVM) and Ilse 2018 (gated attention), as tabled by later papers"
)
PUBLISHED: Final = {
    "mi-SVM": (87.4, 83.6, 82.2, 58.2, 78.4),
    "MI-SVM": (77.9, 84.3, 81.4, 57.8, 84.0),
    "gated attention": (90.0, 86.3, 85.7, 60.3, 84.5),
}
"""Accuracy in percent in the order of ``SETS``."""
MEMBERS: Final = 9
"""As many as the program averages on pictures."""
PRICE: Final = {"linear": 1.0, "rbf": 10.0}
"""C, fixed beforehand, as is gamma = 1 / D; nothing is chosen on any fold."""


Scorer = Callable[[list[Fold], int], Iterator[NDArray[np.float64]]]


def run(ask: Ask) -> dict[str, Any]:
    """Stratified 10-fold by bag, ``n`` times (5), each repetition on folds of its own seed.

    ``data`` is a folder of ``NAME.npz`` with ``x`` (N, D), ``bag`` (N,) and ``y`` (B,), or one
    of these files. ``methods`` picks some by how their names begin.
    """
    paths = [] if ask.data is None else [ask.data, *(ask.data / f"{name}.npz" for name in SETS)]
    paths = [path for path in paths if path.is_file() and path.stem in SETS]
    if not paths:
        raise KnownError(f"This bench needs a folder with {', '.join(SETS)} as .npz files.")
    known = methods()
    for start in ask.methods:
        if not any(method.startswith(start) for method in known):
            raise KnownError(
                f"No method of this bench begins with {start}.", f"There are {', '.join(known)}."
            )
    rows = []
    for path in paths:
        name = path.stem
        repeats = [folds(path, seed) for seed in range(ask.seed, ask.seed + (ask.n or 5))]
        for method, score in known.items():
            if not method.startswith(ask.methods or ("",)):
                continue
            begun = time.process_time()
            accuracy = [_accuracy(score, made, ask.seed + i) for i, made in enumerate(repeats)]
            published = next((v for k, v in PUBLISHED.items() if method.startswith(k)), None)
            rows.append(
                {
                    "set": name,
                    "method": method,
                    "accuracy": round(float(np.mean(accuracy)), 1),
                    "sd": round(float(np.std(accuracy)), 1),
                    "published": published[SETS.index(name)] if published else None,
                    "cpu_s": round(time.process_time() - begun, 1),
                }
            )
    return {
        "rows": rows,
        "split": f"{FOLDS}-fold by bag, stratified, {ask.n or 5} times; sd over the repetitions",
        "published": SOURCE,
    }


def methods() -> dict[str, Scorer]:
    """Everything that is compared, by name."""
    out: dict[str, Scorer] = {}
    kinds: dict[str, dict[str, Any]] = {
        "SIL": {"kind": "sil"},
        "mi-SVM": {"kind": "mi"},
        "MI-SVM": {"kind": "bags"},
        "MI-SVM, a slack an instance": {"kind": "bags", "negatives": "instance"},
        "LSVM": {"kind": "latent"},
    }
    for title, kind in kinds.items():
        for kernel in ("linear", "rbf"):
            out[f"{title}, {kernel}"] = _machine(Svm(**kind, kernel=kernel, c=PRICE[kernel]))
    out["scikit-learn SVC on bag means, rbf"] = _svc_on_means
    for title, pool in POOLS.items():
        out[title] = partial(pooled_scores, pool)
    out[f"gated attention x {MEMBERS}"] = partial(pooled_scores, None, members=MEMBERS)
    return out


def folds(path: Path, seed: int) -> list[Fold]:
    """The ten folds of a set."""
    with np.load(path) as file:
        x, bag = file["x"].astype(np.float64), file["bag"].astype(np.intp)
        y = np.where(file["y"] > 0, 1.0, -1.0)
    out = []
    cut = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for at, _ in cut.split(y, y):
        train = np.zeros(len(y), bool)
        train[at] = True
        seen = x[train[bag]]
        deviation = seen.std(0)
        out.append(
            Fold((x - seen.mean(0)) / np.where(deviation > 1e-9, deviation, 1), bag, y, train)
        )
    return out


def _accuracy(score: Scorer, made: list[Fold], seed: int) -> float:
    """Percent of bags on the right side of 0 when their own fold did not see them."""
    right = total = 0
    for fold, found in zip(made, score(made, seed), strict=True):
        test = ~fold.train
        right += int(((found[test] > 0) == (fold.y[test] > 0)).sum())
        total += int(test.sum())
    return 100 * right / total


def _machine(spec: Svm) -> Scorer:
    """Maximum over a bag of the scores of a machine on bags."""

    def score(made: list[Fold], _: int) -> Iterator[NDArray[np.float64]]:
        for fold in made:
            inside = fold.train[fold.bag]
            number = np.cumsum(fold.train) - 1
            bags = svm.Bags.of(fold.x[inside], number[fold.bag[inside]], fold.y[fold.train])
            f = svm.finish(svm.fit(bags, spec))(fold.x)
            yield f[svm.strongest(f, fold.bag)]

    return score


def _svc_on_means(made: list[Fold], _: int) -> Iterator[NDArray[np.float64]]:
    for fold in made:
        means = np.stack([fold.x[fold.bag == b].mean(0) for b in range(len(fold.y))])
        machine = SVC(C=PRICE["rbf"], gamma=1 / means.shape[1])
        yield machine.fit(means[fold.train], fold.y[fold.train]).decision_function(means)
