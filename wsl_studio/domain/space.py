"""The feature space of a project: directions of its series, groups of alike ones, distances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

DIRECTIONS: Final = 32
"""Leading directions that are kept; the rest of a few hundred series is mostly noise."""

GROUPS: Final = 20
"""Groups that the first labels cover one by one."""

PER_GROUP: Final = 4
"""A small project has a group for so many series."""

ROUNDS: Final = 30
"""Of k-means, at most."""


@dataclass(frozen=True, eq=False)
class Space:
    """Series as unit vectors, so that a distance compares what they show and not how strongly.

    Args:
        index: Row of a series.
        units: (N, D) unit vectors.
        group: (N,) group of alike series.
        away: (N,) distance to the centre of the own group.
        sizes: (G,) series in a group.
    """

    index: dict[str, int]
    units: NDArray[np.float32]
    group: NDArray[np.intp]
    away: NDArray[np.float32]
    sizes: NDArray[np.intp]

    @staticmethod
    def of(features: Mapping[str, NDArray[np.float32]], *, seed: int = 0) -> "Space":
        """Standardises, keeps the leading directions, and groups by k-means.

        Args:
            features: (D,) mean deep feature by series, at least one.
            seed: Of the first centres.

        Source:
            Cold start from groups: Hacohen et al. 2022 (ICML, TypiClust); on medical images
            Chen et al. 2023 (MIDL, "Making Your First Choice").
        """
        uids = sorted(features)
        x = np.stack([features[uid] for uid in uids]).astype(np.float32)
        x = (x - x.mean(0)) / (x.std(0) + 1e-6)
        u, s, _ = np.linalg.svd(x, full_matrices=False)
        x = u[:, :DIRECTIONS] * s[:DIRECTIONS]
        units = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-6)
        n_groups = max(1, min(GROUPS, len(uids) // PER_GROUP))
        centres, group = _k_means(units, n_groups, np.random.default_rng(seed))
        away = np.sqrt(_squared(units, centres)[np.arange(len(uids)), group])
        sizes = np.bincount(group, minlength=n_groups)
        return Space({uid: i for i, uid in enumerate(uids)}, units, group, away, sizes)

    def novelty(self, asked: Sequence[str], known: Sequence[str]) -> dict[str, float]:
        """Half the distance of each asked series to the nearest known one, in [0, 1].

        Series without features are left out; without any known one all are 1.
        """
        rows = {uid: self.index[uid] for uid in asked if uid in self.index}
        seen = [self.index[uid] for uid in known if uid in self.index]
        if not rows or not seen:
            return dict.fromkeys(rows, 1.0)
        squared = _squared(self.units[list(rows.values())], self.units[seen]).min(1)
        half = 0.5 * np.sqrt(squared)
        return dict(zip(rows, half.tolist(), strict=True))

    def first_of_groups(self, asked: Sequence[str], known: Sequence[str]) -> dict[str, int]:
        """The asked series nearest to the centre of each group that has no known one.

        Returns:
            Size of its group by series, largest group first.
        """
        covered = {int(self.group[self.index[uid]]) for uid in known if uid in self.index}
        best: dict[int, tuple[float, str]] = {}
        for uid in asked:
            if uid in self.index:
                row = self.index[uid]
                at = int(self.group[row])
                if at not in covered:
                    best[at] = min(best.get(at, (np.inf, uid)), (float(self.away[row]), uid))
        order = sorted(best, key=lambda at: -int(self.sizes[at]))
        return {best[at][1]: int(self.sizes[at]) for at in order}


def _squared(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, m) squared distances of (n, D) and (m, D)."""
    out = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    return np.asarray(np.maximum(out, 0))


def _k_means(
    x: NDArray[np.float32], k: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """(k, D) centres and the (N,) nearest one; first centres as far apart as chance has them.

    Source:
        Lloyd 1982; first centres Arthur & Vassilvitskii 2007 (k-means++), the best of a few
        draws a step.
    """
    centres = x[[int(rng.integers(len(x)))]]
    nearest = _squared(x, centres)[:, 0]
    for _ in range(k - 1):
        total = float(nearest.sum())
        if total <= 0:
            break
        drawn = rng.choice(len(x), size=min(len(x), 5), p=nearest / nearest.sum(dtype=np.float64))
        left = np.minimum(nearest[:, None], _squared(x, x[drawn]))
        chosen = int(left.sum(0).argmin())
        nearest = left[:, chosen]
        centres = np.concatenate([centres, x[[drawn[chosen]]]])
    group = _squared(x, centres).argmin(1)
    for _ in range(ROUNDS):
        for at in range(len(centres)):
            if (group == at).any():
                centres[at] = x[group == at].mean(0)
        new = _squared(x, centres).argmin(1)
        if np.array_equal(new, group):
            break
        group = new
    return centres, group
