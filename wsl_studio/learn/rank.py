"""AUC and average precision as scikit-learn defines them; to import that takes a second."""

import numpy as np
from numpy.typing import ArrayLike


def roc_auc(truth: ArrayLike, score: ArrayLike) -> float:
    """Share of pairs of either answer that are in order, equal scores half (Mann-Whitney).

    Args:
        truth: (n,) bool, with both answers.
        score: (n,).
    """
    y = np.asarray(truth, bool)
    _, at, n = np.unique(np.asarray(score), return_inverse=True, return_counts=True)
    rank = (np.cumsum(n) - (n - 1) / 2)[at]
    up = int(y.sum())
    return float((rank[y].sum() - up * (up + 1) / 2) / (up * (len(y) - up)))


def average_precision(truth: ArrayLike, score: ArrayLike) -> float:
    """Mean over the present ones of the precision at their score, equal scores taken together.

    Args:
        truth: (n,) bool, with a present one.
        score: (n,).
    """
    y = np.asarray(truth, bool)
    _, at = np.unique(-np.asarray(score), return_inverse=True)
    hits, n = np.bincount(at, y), np.bincount(at)
    return float((hits * np.cumsum(hits) / np.cumsum(n)).sum() / y.sum())
