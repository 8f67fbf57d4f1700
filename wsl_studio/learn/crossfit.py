"""From pooled features and labels to what a round says of them: supports and the learning curve."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.crossfit import CrossFit, Point
from wsl_studio.domain.doubt import Support, neighbour_share, neighbour_weight
from wsl_studio.domain.round import Bag
from wsl_studio.domain.space import Space
from wsl_studio.learn.light import (
    FOLDS,
    Floats,
    Said,
    deal_folds,
    logits,
    out_of_fold,
    standardised,
)
from wsl_studio.learn.rank import roc_auc

LEAST: Final = 6
"""Labels of a finding, below which nothing is said of any of them."""

COUNTS, CURVES = 5, 6
"""Label counts on the learning curve, and repeats of it."""


def cross_fit(
    bags: Sequence[Bag],
    features: Mapping[str, NDArray[np.float32]],
    groups: Mapping[str, str],
    findings: Sequence[str],
    *,
    seed: int,
    before: CrossFit | None = None,
) -> CrossFit:
    """Supports of all sure labels, and learning curves, from the labels of a manifest.

    Args:
        bags: Of the manifest; test bags carry no targets.
        features: (D,) pooled features by series.
        groups: Patient by series.
        findings: K names.
        seed: Of all cuts.
        before: Of the round that this one starts from: with the same number of labels its curve
            stands, for one changed label moves no curve and the reader waits for the answer.
    """
    uids = [bag.series_uid for bag in bags if bag.series_uid in features]
    if not uids:
        return CrossFit()
    row = {uid: i for i, uid in enumerate(uids)}
    x = standardised(np.stack([features[uid] for uid in uids]))
    found: dict[str, dict[str, Support]] = {}
    curve: dict[str, tuple[Point, ...]] = {}
    for finding in findings:
        sure = [
            (row[bag.series_uid], target)
            for bag in bags
            if bag.series_uid in row
            and (target := bag.targets.get(finding)) is not None
            and target.value != 0.5
        ]
        said = Said(
            rows=np.array([i for i, _ in sure], np.intp),
            present=np.array([target.value > 0.5 for _, target in sure], bool),
            weight=np.array([target.weight for _, target in sure], np.float64),
            groups=[groups[uids[i]] for i, _ in sure],
        )
        if len(sure) < LEAST or not said.has_both:
            continue
        for (i, _), one in zip(sure, supports(x, said, seed=seed), strict=True):
            found.setdefault(uids[i], {})[finding] = one
        points = before.curve.get(finding, ()) if before is not None else ()
        if not points or points[-1].n != len(sure) * (FOLDS - 1) // FOLDS:
            points = learning_curve(x, said, seed=seed)
        if points:
            curve[finding] = points
    return CrossFit(supports=found, curve=curve)


def supports(x: Floats, said: Said, *, seed: int) -> tuple[Support, ...]:
    """What speaks for each label, in the order of ``said``."""
    each = 1 / (1 + np.exp(-out_of_fold(x, said, seed=seed)))  # (R, n)
    names = {str(i): row.astype(np.float32) for i, row in enumerate(x)}
    space = Space.of(names)
    units = space.units[[space.index[str(i)] for i in said.rows]]
    share = neighbour_share(units, said.present, said.groups)
    weight = neighbour_weight(said.present, each.mean(0), share)
    return tuple(
        Support(
            present=bool(said.present[k]),
            probability=round(float(each[:, k].mean()), 4),
            spread=round(float(each[:, k].std()), 4),
            neighbours=round(float(share[k]), 4),
            weight=weight,
        )
        for k in range(len(said.rows))
    )


def learning_curve(x: Floats, said: Said, *, seed: int) -> tuple[Point, ...]:
    """Cross-fitted AUC at growing numbers of labels; each fold is scored whole.

    The counts run over the patients that train a fold, so the last one is four fifths of the
    labels; the curve is read at those numbers and no label is counted twice.
    """
    n = len(said.rows)
    most = n * (FOLDS - 1) // FOLDS
    counts = sorted({round(most * (k + 1) / COUNTS) for k in range(COUNTS)} - {0, 1, 2, 3})
    if len(counts) < 3:
        return ()
    auc: dict[int, list[float]] = {count: [] for count in counts}
    for repeat in range(CURVES):
        rng = np.random.default_rng((seed, 17, repeat))
        fold = deal_folds(said, rng)
        score = {count: np.zeros(n) for count in counts}
        for k in range(FOLDS):
            test, rest = fold == k, rng.permutation(np.flatnonzero(fold != k))
            for count in counts:
                score[count][test] = logits(x, said.take(rest[:count]), said.rows[test])
        for count in counts:
            auc[count].append(round(roc_auc(said.present, score[count]), 4))
    return tuple(Point(n=count, auc=tuple(values)) for count, values in auc.items())
