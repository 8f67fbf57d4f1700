"""Curriculum beside scikit-learn's SelfTrainingClassifier: same features, labels and seeds.

Two sets: the digits of scikit-learn with 50 labels (ten findings of which one is present), and the
images of ``data`` with 20, described by mean and maximum of their cached features. What is not
labelled is what is scored, as in the transductive setting, once for all three.
"""

import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler
from sklearn.semi_supervised import SelfTrainingClassifier

from wsl_studio.bench import Ask
from wsl_studio.bench.folds import Runner, open_study
from wsl_studio.bench.labels import plus_minus
from wsl_studio.domain.progress import drain
from wsl_studio.jobs import steps
from wsl_studio.learn.features import Extractor
from wsl_studio.learn.pseudo import (
    Floats,
    admit,
    admit_one_of,
    graph,
    growing,
    mixed,
    shares,
    spread,
)
from wsl_studio.learn.round import choose_device

STEPS: Final = 5
FIRST: Final = 0.2
SEEDS: Final = 10
THRESHOLD: Final = 0.75
"""Of scikit-learn's classifier, its default."""
WEIGHT: Final = 0.2
"""Of a pseudo-label beside a label, at its surest."""


@dataclass(frozen=True, eq=False)
class Set:
    """Points of one comparison.

    Args:
        name: For the table.
        x: (n, D) standardised.
        y: (n,) class, from 0.
        labels: How many are labelled, classes by their share.
        measure: From (n, K) scores and (n,) classes to what is reported.
        price: C of the logistic regression of all three.
        balance: Weights of its classes.
    """

    name: str
    x: Floats
    y: NDArray[np.intp]
    labels: int
    measure: Callable[[Floats, NDArray[np.intp]], float]
    price: float = 1.0
    balance: str | None = None


@dataclass(frozen=True, eq=False)
class Told:
    """What a curriculum did: scores, and for its steps how many it admitted and how pure."""

    score: Floats
    admitted: tuple[int, ...]
    purity: tuple[float, ...]


def run(ask: Ask) -> dict[str, Any]:
    """Both sets where ``data`` is given, digits alone elsewhere; ``n`` seeds from ``seed``."""
    sets = [digits()]
    if ask.data is not None:
        finding = ask.findings[0] if ask.findings else "lesion"
        sets.append(images(ask.data, finding))
    seeds = range(ask.seed, ask.seed + (ask.n or SEEDS))
    rows: list[dict[str, Any]] = []
    lines = []
    for one in sets:
        table = {name: [] for name in ("labels alone", "SelfTrainingClassifier", "curriculum")}  # type: ignore[var-annotated]
        admitted, purity = [], []
        for seed in seeds:
            labelled = choose(one.y, one.labels, np.random.default_rng(seed))
            rest = np.setdiff1d(np.arange(len(one.y)), labelled)
            told = curriculum(one, labelled, rest)
            table["labels alone"].append(one.measure(alone(one, labelled, rest), one.y[rest]))
            table["SelfTrainingClassifier"].append(
                one.measure(sklearn_self_training(one, labelled, rest), one.y[rest])
            )
            table["curriculum"].append(one.measure(told.score, one.y[rest]))
            admitted.append(told.admitted)
            purity.append(told.purity)
        ours = np.array(table["curriculum"])
        for name, values in table.items():
            gain = ours - np.array(values)
            row = {"set": one.name, "labels": one.labels, "seeds": len(values), "method": name}
            row["mean"] = round(float(np.mean(values)), 3)
            row["sd"] = round(float(np.std(values)), 3)
            if name != "curriculum":
                row["curriculum minus it"] = plus_minus(gain, "+")
            else:
                row["steps"], row["vetoed"] = STEPS, 0
                row["admitted"] = " ".join(str(round(v)) for v in np.mean(admitted, 0))
                row["purity"] = " ".join(f"{v:.2f}" for v in np.mean(purity, 0))
            rows.append(row)
        for name in ("labels alone", "SelfTrainingClassifier"):
            holds = ours.mean() >= np.mean(table[name])
            lines.append(f"{one.name}: curriculum {'>=' if holds else 'BELOW'} {name}")
    return {"rows": rows, "lines": lines, "split": "unlabelled points, all seeds the same for all"}


def choose(y: NDArray[np.intp], n: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Rows of ``n`` labelled points: classes by their share, three of each at least."""
    share = np.bincount(y) / len(y)
    counts = np.maximum(3, np.round(n * share)).astype(int)
    counts[counts.argmax()] += n - counts.sum()
    return np.concatenate(
        [rng.permutation(np.flatnonzero(y == c))[:each] for c, each in enumerate(counts)]
    )


def _fit(one: Set, x: Floats, y: NDArray[np.intp], weight: Floats) -> LogisticRegression:
    return base(one).fit(x, y, sample_weight=weight)


def base(one: Set) -> LogisticRegression:
    """The logistic regression that all three are made of."""
    return LogisticRegression(C=one.price, class_weight=one.balance, max_iter=500)


def _scores(model: LogisticRegression | SelfTrainingClassifier, x: Floats) -> Floats:
    """(n, K) probabilities: of every class, or of the second of two."""
    p = model.predict_proba(x)
    return np.asarray(p if p.shape[1] > 2 else p[:, 1:])


def alone(one: Set, labelled: NDArray[np.intp], rest: NDArray[np.intp]) -> Floats:
    """Scores that the labels alone teach."""
    return _scores(_fit(one, one.x[labelled], one.y[labelled], np.ones(len(labelled))), one.x[rest])


def curriculum(one: Set, labelled: NDArray[np.intp], rest: NDArray[np.intp]) -> Told:
    """Scores after a curriculum, by the selection that a round uses."""
    model = teacher = _fit(one, one.x[labelled], one.y[labelled], np.ones(len(labelled)))
    classes = len(np.unique(one.y))
    known: Floats = np.eye(classes)[one.y[labelled]]
    known = known if classes > 2 else known[:, 1:]
    sure = np.zeros((len(one.y), known.shape[1]))
    said = np.zeros_like(sure)
    sure[labelled], said[labelled] = 1.0, known
    lent, trust = drain(spread(drain(graph(one.x)), said, sure))
    admitted, purity = [], []
    for step in range(STEPS):
        p = mixed(_scores(model, one.x[rest]), lent[rest], trust)
        share = growing(step, STEPS, FIRST, 1.0)
        if classes > 2:
            pseudo = admit_one_of(p, share)
            guess = pseudo.value.argmax(1)
        else:
            present = 0.5 * shares(known, np.ones_like(known)) + 0.5 * (p > 0.5).mean(0)
            pseudo = admit(p, np.ones(p.shape, bool), present, share)
            guess = (pseudo.value[:, 0] > 0.5).astype(np.intp)
        taken = pseudo.weight[:, 0] > 0
        admitted.append(int(taken.sum()))
        purity.append(float((guess == one.y[rest])[taken].mean()))
        model = _fit(
            one,
            np.concatenate([one.x[labelled], one.x[rest[taken]]]),
            np.concatenate([one.y[labelled], guess[taken]]),
            np.concatenate([np.ones(len(labelled)), WEIGHT * pseudo.weight[taken, 0]]),
        )
    score = _scores(model, one.x[rest])
    if classes == 2:  # a round, whose findings are like this, keeps both models
        score = 0.5 * (score + _scores(teacher, one.x[rest]))
    return Told(score, tuple(admitted), tuple(purity))


def sklearn_self_training(one: Set, labelled: NDArray[np.intp], rest: NDArray[np.intp]) -> Floats:
    """Scores of scikit-learn's classifier around the same logistic regression."""
    y = np.full(len(one.y), -1)
    y[labelled] = one.y[labelled]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", UserWarning)
        found = SelfTrainingClassifier(base(one), threshold=THRESHOLD).fit(one.x, y)
        return _scores(found, one.x[rest])


def digits() -> Set:
    """The 1797 digits of scikit-learn, 50 of them labelled, measured by accuracy."""
    x, y = load_digits(return_X_y=True)
    return Set(
        "digits, accuracy", StandardScaler().fit_transform(x), y.astype(np.intp), 50,
        lambda score, truth: float((score.argmax(1) == truth).mean()),
    )  # fmt: skip


def images(data: Path, finding: str) -> Set:
    """Images of ``data`` as mean and maximum of their cached maps, 20 labelled, by AUC."""
    with tempfile.TemporaryDirectory() as temporary:
        study = open_study(data, Path(temporary) / "project", (finding,))
        runner = Runner(study)
        method = steps.find_method("generalised")
        options = steps.fitted(method, {}, is_pictures=True)
        spec = steps.make_recipe(method, options).backbone
        extractor = Extractor(spec, runner.cache, choose_device("auto"))
        table, y = [], []
        for uid in study.series:
            answer = study.is_present(uid, finding)
            if answer is None:
                continue
            found = drain(extractor.make(runner.sources.key(uid), drain(runner.sources.read(uid))))
            x = next(iter(found.maps.values())).float().flatten(0, 2).numpy()
            table.append(np.concatenate([x.mean(0), x.max(0)]))
            y.append(int(answer))
    return Set(
        f"{data.name} {finding}, AUC", StandardScaler().fit_transform(np.stack(table)),
        np.array(y, np.intp), 20,
        lambda score, truth: float(roc_auc_score(truth, score[:, -1])), 0.01, "balanced",
    )  # fmt: skip
