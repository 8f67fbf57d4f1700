"""The order in which unlabelled series are offered, each with its reason in a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

AUDIT_EVERY = 5
"""Every fifth place is a random audit, so that the queue can be checked against chance."""


@dataclass(frozen=True)
class QueueItem:
    """One place in the queue.

    Args:
        series_uid: Which series.
        reason: One line for the reader.
        score: Priority in [0, 1]; what the order was made from.
    """

    series_uid: str
    reason: str
    score: float


def make_queue(
    unlabelled: Sequence[str],
    *,
    probabilities: Mapping[str, Mapping[str, float]],
    features: Mapping[str, NDArray[np.float32]],
    labelled: Sequence[str],
    seed: int,
) -> tuple[QueueItem, ...]:
    """Orders unlabelled series: random audits, unlike anything labelled, uncertain.

    Without a round (no probabilities, no features) the order is random by seed, which on medical
    images beats entropy of a cold model (Chen et al. 2022, arXiv 2210.02442).

    Args:
        unlabelled: Series that still want an answer.
        probabilities: Probability of each finding by series, from the last round.
        features: (D,) mean deep feature by series; may lack series.
        labelled: Series with a label, for novelty.
        seed: Of the audits and of ties; the same seed gives the same order.
    """
    # By hash, not by shuffle: a series that leaves the queue must not move the others.
    shuffled = sorted(unlabelled, key=lambda uid: sha256(f"{seed}:{uid}".encode()).digest())
    if not probabilities:
        return tuple(QueueItem(uid, "random: no round yet", 0.5) for uid in shuffled)
    uncertain = _uncertain(shuffled, probabilities)
    novel = _novel(shuffled, features, labelled)
    ranked = sorted(
        (_best(uid, uncertain.get(uid), novel.get(uid)) for uid in shuffled),
        key=lambda item: -item.score,
    )
    audits = [
        QueueItem(uid, "random audit: checks the queue against chance", 0.5) for uid in shuffled
    ]
    return _mix(ranked, audits)


def _uncertain(
    uids: Sequence[str], probabilities: Mapping[str, Mapping[str, float]]
) -> dict[str, tuple[float, str]]:
    """Distance from one half of the finding nearest to it: (score in [0, 1], line)."""
    out = {}
    for uid in uids:
        if found := probabilities.get(uid):
            finding, p = min(found.items(), key=lambda pair: abs(pair[1] - 0.5))
            out[uid] = (1.0 - 2.0 * abs(p - 0.5), f"uncertain: {finding}")
    return out


def _novel(
    uids: Sequence[str], features: Mapping[str, NDArray[np.float32]], labelled: Sequence[str]
) -> dict[str, tuple[float, str]]:
    """Distance to the nearest labelled series in feature space, as a rank in [0, 1]."""
    known = [features[uid] for uid in labelled if uid in features]
    asked = [uid for uid in uids if uid in features]
    if not known or not asked:
        return {}
    a, b = np.stack([features[uid] for uid in asked]), np.stack(known)
    mean, spread = b.mean(0), b.std(0) + 1e-6
    a, b = (a - mean) / spread, (b - mean) / spread
    squared = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T  # (asked, known)
    distance = np.sqrt(np.maximum(squared, 0)).min(1)
    rank = np.argsort(np.argsort(distance, kind="stable"), kind="stable")
    return {
        uid: (float(rank[i]) / max(1, len(asked) - 1), "unlike anything labelled")
        for i, uid in enumerate(asked)
    }


def _best(
    uid: str, uncertain: tuple[float, str] | None, novel: tuple[float, str] | None
) -> QueueItem:
    options = [option for option in (uncertain, novel) if option is not None]
    if not options:
        return QueueItem(uid, "not yet seen by a round", 0.5)
    score, reason = max(options)
    return QueueItem(uid, reason, score)


def _mix(ranked: Sequence[QueueItem], audits: Sequence[QueueItem]) -> tuple[QueueItem, ...]:
    """Puts an audit on every fifth place; no series twice."""
    out: list[QueueItem] = []
    placed: set[str] = set()
    first, second = iter(ranked), iter(audits)
    while len(out) < len(ranked):
        source = second if len(out) % AUDIT_EVERY == AUDIT_EVERY - 1 else first
        item = next((i for i in source if i.series_uid not in placed), None)
        if item is None:
            source = first if source is second else second
            item = next(i for i in source if i.series_uid not in placed)
        placed.add(item.series_uid)
        out.append(item)
    return tuple(out)
