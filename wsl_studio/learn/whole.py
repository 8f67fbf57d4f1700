"""What a series says as a whole: its likeness to labelled ones, beside what its regions say."""

from collections.abc import Sequence
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
MOST: Final = 4000
"""Labelled series that are compared with: the table of their likeness then takes 128 MB."""


class Whole(nn.Module):
    """Logits of every finding from the description of a series.

    A series is described by mean and deviation of its frozen features (``features.describe``), and
    held against the labelled ones: those like it speak for their answer, by what a support vector
    machine gave them as weight. It belongs to no place of the picture.

    Args:
        points: (n, D) the labelled series, standardised.
        mean: (D,) that was taken from them.
        deviation: (D,) that they were divided by.
        say: (K, n) logits that each of them speaks with for each finding; 0 for most.
        offset: (K,) logits of a series like none.
        gamma: Likeness of x and x' is exp(-gamma / D |x - x'|^2).

    Source:
        Global beside regional scores: Shen et al. 2021 (MedIA), section 3. Machine: Cortes &
        Vapnik 1995.
    """

    def __init__(
        self,
        points: Tensor,
        mean: Tensor,
        deviation: Tensor,
        say: Tensor,
        offset: Tensor,
        gamma: Tensor,
    ) -> None:
        super().__init__()
        self.points: Tensor
        self.mean: Tensor
        self.deviation: Tensor
        self.say: Tensor
        self.offset: Tensor
        self.gamma: Tensor
        self.register_buffer("points", points)
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.register_buffer("say", say)
        self.register_buffer("offset", offset)
        self.register_buffer("gamma", gamma)

    def forward(self, described: Tensor) -> Tensor:
        """(N, D) descriptions to (N, K) logits."""
        x = (described.to(self.points) - self.mean) / self.deviation
        far = torch.cdist(x, self.points).square() / x.shape[1]
        out: Tensor = torch.exp(-self.gamma * far) @ self.say.T + self.offset
        return out

    def of(self, features: SeriesFeatures) -> Tensor:
        """(1, K) logits of a described series."""
        out: Tensor = self(description(features)[None])
        return out


def fit_whole(
    series: Sequence[SeriesFeatures],
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
        series: N training series, described; at least one.
        value: (N, K) soft targets; anything where the weight is 0.
        weight: (N, K) confidence; 0 for a finding without a label.
        patients: Of each series.
        spec: Price and kernel.
        seed: Of the folds, and of the choice where there are more than ``MOST`` series.
    """
    rng = np.random.default_rng((seed, 11))
    if len(series) > MOST:
        kept = np.sort(rng.permutation(len(series))[:MOST]).tolist()
        value, weight = value[kept], weight[kept]
        series, patients = [series[i] for i in kept], [patients[i] for i in kept]
    x = np.stack([description(one).double().numpy() for one in series])
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
    tensors = (x, mean, deviation, say, offset, np.float64(spec.gamma))
    return Whole(*(torch.as_tensor(np.asarray(each), dtype=torch.float32) for each in tensors))


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
