"""Pseudo-labels: which unlabelled series are easy, what they are taken for, how much they count."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.metrics import roc_auc_score

from wsl_studio.domain.progress import Progress, Steps

Floats = NDArray[np.float64]

NEIGHBOURS: Final = 7
REACH: Final = 0.9
"""Of a label: what a link hands on."""
PASSES: Final = 30
LEAST: Final = 0.05
"""Weight of a probability of one half."""
AT_ONCE: Final = 256
"""Points whose links are looked for together: 20 MB and 0.1 s among 10,000."""


@dataclass(frozen=True, eq=False)
class Pseudo:
    """Pseudo-labels of U series and K findings.

    Args:
        value: (U, K) 1 present, 0 absent; 0.5 where there is none.
        weight: (U, K) in [0, 1]; 0 where there is none.
    """

    value: Floats
    weight: Floats

    def is_as(self, other: "Pseudo | None") -> bool:
        """True if the same series are taken for the same."""
        return other is not None and np.array_equal(self.value, other.value)


def admit(
    score: Floats,
    is_open: NDArray[np.bool_],
    present: Floats,
    share: float,
    *,
    is_one_sided: bool = False,
) -> Pseudo:
    """Takes the easiest series of either answer, as many of each as their share says.

    All are chosen anew: a series that was admitted before and looks otherwise now changes sides or
    leaves. A share by answer keeps the larger answer from swallowing the other one.

    Args:
        score: (U, K) the higher, the surer it is present; any monotone scale.
        is_open: (U, K) True where an answer may be guessed.
        present: (K,) share of present series, in [0, 1].
        share: Of the open series that is admitted, in [0, 1].
        is_one_sided: Admits present series only (SMILEr: what was not marked is not absent).

    Returns:
        Weights fall from 1 for the surest to 0 for a series at the border between the answers.

    Source:
        Lecture, slide 28 (curriculum, Bengio et al. 2009 (ICML)); Petit et al. 2018 (LABELS).
    """
    value, weight = np.full(score.shape, 0.5), np.zeros(score.shape)
    for k in range(score.shape[1]):
        at = np.flatnonzero(is_open[:, k])
        order = at[np.argsort(-score[at, k], kind="stable")]
        n_up = round(float(present[k]) * len(at))
        for side, n in ((1.0, n_up), (0.0, len(at) - n_up)):
            if side == 0.0 and is_one_sided:
                continue
            own = order[:n] if side else order[::-1][:n]
            taken = own[: round(share * n)]
            value[taken, k] = side
            weight[taken, k] = 1 - np.arange(len(taken)) / max(1, n)
    return Pseudo(value, weight)


def doubted(p: Floats, is_open: NDArray[np.bool_]) -> Pseudo:
    """Every open series as the probability it was given, by how far that is from one half.

    Args:
        p: (U, K) probabilities.
        is_open: (U, K) True where an answer may be guessed.

    Returns:
        Weights from ``LEAST``, so that a series in doubt is kept there, to 1.
    """
    weight = np.maximum(LEAST, np.abs(2 * p - 1))
    return Pseudo(np.where(is_open, p, 0.5), np.where(is_open, weight, 0.0))


def admit_one_of(p: Floats, share: float) -> Pseudo:
    """As ``admit`` for findings of which every series has exactly one (classes).

    Args:
        p: (U, K) probabilities; a series belongs to its highest.
        share: Of the series of each class that is admitted, the surest.
    """
    value, weight = np.full(p.shape, 0.5), np.zeros(p.shape)
    own = p.argmax(1)
    for k in range(p.shape[1]):
        at = np.flatnonzero(own == k)
        taken = at[np.argsort(-p[at, k], kind="stable")][: round(share * len(at))]
        value[taken] = np.eye(p.shape[1])[k]
        weight[taken] = (1 - np.arange(len(taken)) / max(1, len(at)))[:, None]
    return Pseudo(value, weight)


def graph(x: Floats, k: int = NEIGHBOURS) -> Steps[sparse.csr_array]:
    """(n, n) links of each of (n, D) points with the ``k`` most alike, as diffusion takes them.

    Alike is the cosine, cubed so that the nearest speak most; both ends of a link count, and a
    point with many does not outweigh one with few.
    """
    unit = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)
    n, k = len(x), min(k, len(x) - 1)
    near, price = np.empty((n, k), np.intp), np.empty((n, k))
    for first in range(0, n, AT_ONCE):
        # All at once, 10,000 points would take 1.6 GB, and the reader could not stop.
        yield Progress(first, n)
        own = slice(first, first + AT_ONCE)
        like = unit[own] @ unit.T
        like[np.arange(len(like)), first + np.arange(len(like))] = -np.inf
        near[own] = np.argpartition(-like, range(k), 1)[:, :k]
        price[own] = np.take_along_axis(like, near[own], 1)
    rows = np.repeat(np.arange(n), k)
    price = np.maximum(price, 0) ** 3 + 1e-9
    links = sparse.csr_array((price.ravel(), (rows, near.ravel())), shape=(n, n))
    links = links.maximum(links.T)
    degree = np.maximum(np.asarray(links.sum(1)).ravel(), 1e-12) ** -0.5
    return sparse.csr_array(sparse.diags_array(degree) @ links @ sparse.diags_array(degree))


def spread(links: sparse.csr_array, value: Floats, weight: Floats) -> Steps[tuple[Floats, Floats]]:
    """What labels lend to the points they are linked to, near or far, and how far to trust it.

    A model is sure of what lies far from its border, wherever that is; where the unlabelled points
    crowd tells something else, for findings that change the whole of a series. Both answers keep
    the share that they have among the labels.

    Args:
        links: From ``graph``, of n points.
        value: (n, K) labels; anything where the weight is 0.
        weight: (n, K) 0 where there is none.

    Returns:
        (n, K) probabilities; (K,) trust in [0, 1], which is twice what the AUC of labels that
        others foretell has above 1/2.

    Source:
        Zhou et al. 2004 (NIPS), local and global consistency, its iteration; Zhu et al. 2003
        (ICML), class mass normalisation.
    """
    known = np.flatnonzero((weight > 0).any(1))
    seeds = np.zeros((len(value), len(known)))
    seeds[known, np.arange(len(known))] = 1
    heat = seeds
    for done in range(PASSES):
        yield Progress(done, PASSES)
        heat = REACH * (links @ heat) + seeds
    others = heat[known] * (1 - np.eye(len(known)))
    value, weight = value[known], weight[known]
    share, trust = shares(value, weight), np.zeros(value.shape[1])
    out = _shared(heat, value, weight, share)
    left_out = _shared(others, value, weight, share)
    for k in range(len(trust)):
        sure = (weight[:, k] > 0) & (value[:, k] != 0.5)
        truth = value[sure, k] > 0.5
        if min(truth.sum(), (~truth).sum()) >= 2:
            trust[k] = max(0.0, 2 * float(roc_auc_score(truth, left_out[sure, k])) - 1)
    return out, trust


def mixed(p: Floats, lent: Floats, trust: Floats) -> Floats:
    """(n, K) probabilities of a model with those that labels lend: half of each at full trust."""
    return p + 0.5 * trust * (lent - p)


def _shared(heat: Floats, value: Floats, weight: Floats, share: Floats) -> Floats:
    """(m, K) probabilities from what m points were lent by L labels, (m, L)."""
    up, down = (heat @ (weight * side) + 1e-12 for side in (value, 1 - value))
    up, down = up / up.sum(0) * share, down / down.sum(0) * (1 - share)
    return np.asarray(up / (up + down))


def shares(value: Floats, weight: Floats) -> Floats:
    """(K,) share of present among the sure labels, (n, K), smoothed by one series of each."""
    sure = (weight > 0) & (value != 0.5)
    up = sure & (value > 0.5)
    return np.asarray((up.sum(0) + 1) / (sure.sum(0) + 2))


def has_both(value: Floats, weight: Floats) -> NDArray[np.bool_]:
    """(K,) True where the sure labels, (n, K), say present and absent."""
    sure = weight > 0
    return np.asarray((sure & (value > 0.5)).any(0) & (sure & (value < 0.5)).any(0))


def growing(step: int, steps: int, first: float, last: float) -> float:
    """Share that a step (from 0) of a curriculum admits."""
    return last if steps < 2 else first + (last - first) * step / (steps - 1)


def audit(
    pseudo: Pseudo, score: Floats, held: Floats, value: Floats, weight: Floats
) -> list[float | None]:
    """Purity by finding: how often series with an answer would have been taken for it.

    Args:
        pseudo: Of U series.
        score: (U, K) that admitted them.
        held: (V, K) scores of validation series by the same model.
        value: (V, K) their answers.
        weight: (V, K) 0 without an answer.

    Returns:
        Share of right ones among the validation series that lie beyond the border score of an
        admitted series of their side, the sides weighed as admitted; None without any.
    """
    out: list[float | None] = []
    for k in range(score.shape[1]):
        right, total = 0.0, 0.0
        for side in (1.0, 0.0):
            taken = score[(pseudo.weight[:, k] > 0) & (pseudo.value[:, k] == side), k]
            if not len(taken):
                continue
            beyond = held[:, k] >= taken.min() if side else held[:, k] <= taken.max()
            own = beyond & (weight[:, k] > 0) & (value[:, k] != 0.5)
            if own.any():
                right += len(taken) * float(((value[own, k] > 0.5) == (side > 0)).mean())
                total += len(taken)
        out.append(right / total if total else None)
    return out
