"""What a series says as a whole: its likeness to labelled ones, beside what its regions say."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.svm import SVC
from torch import Tensor, nn

from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.recipe import Whole as WholeSpec
from wsl_studio.learn.calibrate import fit_platt
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.light import FOLDS, Floats, Said, deal_folds

LEAST: Final = 4
"""Labelled series of either answer, below which nothing is said of a finding."""
WITH, AGAINST = 2, 1
"""Labelled series that are named, of those that speak with the whole and against it."""
MOST: Final = 4000
"""Labelled series that are compared with: the table of their likeness then takes 128 MB."""


class Whole(nn.Module):
    """Logits of every finding from the description of a series.

    A series is described by mean and deviation of its frozen features (``features.describe``), and
    held against the labelled ones: those like it speak for their answer, by what a support vector
    machine gave them as weight. It belongs to no place of the picture.

    Args:
        parts: Tensors by name. ``points`` (n, D) are the labelled series that say anything,
            standardised by ``mean`` and ``deviation``, (D,) each; ``say`` (K, n) logits that each
            of them speaks with for each finding; ``offset`` (K,) logits of a series like none;
            ``gamma`` of likeness, which is exp(-gamma / D |x - x'|^2).
        uids: Of the n series; empty where it was read from a file, which is for scores alone.

    Source:
        Global beside regional scores: Shen et al. 2021 (MedIA), section 3. Machine: Cortes &
        Vapnik 1995.
    """

    def __init__(self, parts: Mapping[str, Tensor], uids: Sequence[str] = ()) -> None:
        super().__init__()
        self.uids = tuple(uids)
        self.points: Tensor
        self.mean: Tensor
        self.deviation: Tensor
        self.say: Tensor
        self.offset: Tensor
        self.gamma: Tensor
        for name, x in parts.items():
            self.register_buffer(name, x.float().contiguous())  # as files want it

    def forward(self, described: Tensor) -> Tensor:
        """(N, D) descriptions to (N, K) logits."""
        return self._like(described) @ self.say.T + self.offset

    def of(self, features: SeriesFeatures) -> Tensor:
        """(1, K) logits of a described series."""
        out: Tensor = self(description(features)[None])
        return out

    def likes(self, features: SeriesFeatures, uid: str) -> list[tuple[tuple[str, float], ...]]:
        """By finding, which labelled series say most of it, and how many logits each.

        Those for the side that the whole is on come first, then those for the other.

        Args:
            features: Of a described series.
            uid: Of that series, which is not held against itself.
        """
        parts = self._like(description(features)[None]) * self.say  # (K, n)
        side = torch.where(parts.sum(1) + self.offset < 0, -1.0, 1.0)
        if uid in self.uids:
            parts[:, self.uids.index(uid)] = 0
        out = []
        for each, sign in zip(parts, side, strict=True):
            found: list[tuple[str, float]] = []
            for at, n in ((sign * each, WITH), (-sign * each, AGAINST)):
                top = at.topk(min(n, len(at))).indices.tolist()
                found += [(self.uids[i], float(each[i])) for i in top if at[i] > 0]
            out.append(tuple(found))
        return out

    def _like(self, described: Tensor) -> Tensor:
        """(N, D) to (N, n) likeness to every labelled series, in (0, 1]."""
        x = (described.to(self.points) - self.mean) / self.deviation
        far = torch.cdist(x, self.points).square() / x.shape[1]
        return torch.exp(-self.gamma * far)


def fit_whole(
    series: Mapping[str, SeriesFeatures],
    value: Floats,
    weight: Floats,
    patients: Sequence[int | str],
    spec: WholeSpec,
    *,
    seed: int,
) -> Steps[Whole]:
    """A machine a finding on the labelled series, its margins made logits on others' series.

    Margins of series whose patient a machine has not seen set the slope, so one that tells
    nothing apart says next to nothing. Present and absent series count the same; uncertain ones
    teach nothing.

    Args:
        series: N training series by uid, described; at least one.
        value: (N, K) soft targets; anything where the weight is 0.
        weight: (N, K) confidence; 0 for a finding without a label.
        patients: Of each series.
        spec: Price and kernel.
        seed: Of the folds, and of the choice where there are more than ``MOST`` series.
    """
    rng = np.random.default_rng((seed, 11))
    uids = list(series)
    if len(uids) > MOST:
        kept = np.sort(rng.permutation(len(uids))[:MOST]).tolist()
        value, weight = value[kept], weight[kept]
        uids, patients = [uids[i] for i in kept], [patients[i] for i in kept]
    x = np.stack([description(series[uid]).double().numpy() for uid in uids])
    mean, deviation = x.mean(0), np.maximum(x.std(0), 1e-6)
    x = (x - mean) / deviation
    like = rbf_kernel(x, gamma=spec.gamma / x.shape[1])
    n, k_all = value.shape
    say, offset = np.zeros((k_all, n)), np.zeros(k_all)
    for k in range(k_all):
        sure = np.flatnonzero((weight[:, k] > 0) & (value[:, k] != 0.5))
        up = value[sure, k] > 0.5
        if min(up.sum(), (~up).sum()) < LEAST:
            continue
        said = Said(sure, up, weight[sure, k], [str(patients[i]) for i in sure.tolist()])
        margin, fold = np.zeros(len(sure)), deal_folds(said, rng)
        for part in range(FOLDS):
            yield Progress(k * (FOLDS + 1) + part, k_all * (FOLDS + 1))
            out = fold == part
            weights, bias = _machine(like, said.take(~out), spec.c)
            margin[out] = like[sure[out]] @ weights + bias
        if np.ptp(margin) < 1e-9:
            continue  # all of one patient: nothing can be learned from others
        yield Progress(k * (FOLDS + 1) + FOLDS, k_all * (FOLDS + 1))
        slope, shift = fit_platt(margin, up)
        weights, bias = _machine(like, said, spec.c)
        say[k], offset[k] = slope * weights, slope * bias + shift
    heard = np.flatnonzero((say != 0).any(0))  # the others say nothing of any finding
    x, say, uids = x[heard], say[:, heard], [uids[i] for i in heard.tolist()]
    parts = {"points": x, "mean": mean, "deviation": deviation, "say": say, "offset": offset,
             "gamma": np.asarray(spec.gamma)}  # fmt: skip
    return Whole({name: torch.from_numpy(each) for name, each in parts.items()}, uids)


def description(found: SeriesFeatures) -> Tensor:
    """(D,) what a series of a round is compared by."""
    assert found.described is not None, "a round whose recipe compares series describes them first"
    return found.described


def _machine(like: Floats, said: Said, price: float) -> tuple[Floats, float]:
    """(n,) weight of every labelled series, and the offset; both 0 where one answer is missing."""
    weights: NDArray[np.float64] = np.zeros(len(like))
    if not said.has_both:
        return weights, 0.0
    machine = SVC(C=price, kernel="precomputed", class_weight="balanced")
    machine.fit(like[np.ix_(said.rows, said.rows)], said.present, sample_weight=said.weight)
    weights[said.rows[machine.support_]] = machine.dual_coef_[0]
    return weights, float(machine.intercept_[0])
