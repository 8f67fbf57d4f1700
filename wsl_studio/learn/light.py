"""The light head: logistic regression on pooled cached features, cross-fitted by patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

RIDGE: Final = 0.05
"""C of the regression on standardised features; chosen on ultrasound splits that no figure uses."""

FOLDS, REPEATS = 5, 3
"""Of the cross-fit: every score is the mean over so many ways to cut the patients."""

Floats = NDArray[np.float64]


def standardised(x: NDArray[Any]) -> Floats:
    """(N, D) with mean 0 and deviation 1 over all series of the project, labelled or not."""
    values = np.asarray(x, np.float64)
    return np.asarray((values - values.mean(0)) / (values.std(0) + 1e-6))


@dataclass(frozen=True, eq=False)
class Said:
    """What readers said of one finding, row by row of the features.

    Args:
        rows: (n,) rows with a sure answer.
        present: (n,) the answers.
        weight: (n,) confidence.
        groups: (n,) patient of each.
    """

    rows: NDArray[np.intp]
    present: NDArray[np.bool_]
    weight: Floats
    groups: Sequence[str]

    def take(self, at: NDArray[Any]) -> "Said":
        """Some of them."""
        groups = np.asarray(self.groups)[at]
        return Said(self.rows[at], self.present[at], self.weight[at], list(groups))

    @property
    def has_both(self) -> bool:
        """True if both answers occur."""
        return bool(self.present.any() and not self.present.all())


def logits(x: Floats, said: Said, asked: NDArray[Any] | None = None) -> Floats:
    """Fits the head on some rows and scores others; 0 where one answer is missing.

    Args:
        x: (N, D) standardised features.
        said: To learn from; present and absent count the same.
        asked: Rows to score; all if None.
    """
    target = x if asked is None else x[asked]
    if not said.has_both:
        return np.zeros(len(target))
    part = x[said.rows]
    if len(part) < part.shape[1]:
        # The best weights lie in the span of the labelled series: the same fit in fewer unknowns.
        basis = np.linalg.qr(part.T)[0]  # (D, n)
        part, target = part @ basis, target @ basis
    head = LogisticRegression(C=RIDGE, class_weight="balanced", max_iter=200)
    head.fit(part, said.present, sample_weight=said.weight)
    return np.asarray(head.decision_function(target), np.float64)


def out_of_fold(x: Floats, said: Said, *, seed: int) -> Floats:
    """(R, n) logits of each labelled row by heads that never saw its patient, by repeat."""
    out = np.zeros((REPEATS, len(said.rows)))
    for repeat in range(REPEATS):
        fold = deal_folds(said, np.random.default_rng((seed, repeat)))
        for k in range(FOLDS):
            test = fold == k
            if test.any():
                out[repeat, test] = logits(x, said.take(~test), said.rows[test])
    return out


def deal_folds(said: Said, rng: np.random.Generator, folds: int = FOLDS) -> NDArray[np.intp]:
    """(n,) fold of each row, by patient, patients with the finding spread evenly."""
    groups = np.asarray(said.groups)
    names, at = np.unique(groups, return_inverse=True)
    positive = np.bincount(at, said.present) > 0
    fold = np.empty(len(names), np.intp)
    start = 0
    for kind in (True, False):
        same = rng.permutation(np.flatnonzero(positive == kind))
        fold[same] = (start + np.arange(len(same))) % folds
        start += len(same)
    return np.asarray(fold[at])
