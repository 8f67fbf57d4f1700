"""Labels that may be mistakes: what heads that never saw the patient and alike series say."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.series import Value

NEIGHBOURS: Final = 10
"""Most alike labelled series of other patients whose labels are asked."""

DOUBTED: Final = 0.5
"""A label with less support than this is doubted."""

SURE: Final = 1.645
"""Standard errors by which the neighbours must help before they get a weight (95 %, one side)."""

WEIGHTS: Final = np.linspace(0, 0.5, 11)
LEAST: Final = 0.02
"""Probability that is never undercut when a source is judged: one mistake must not decide."""


class Support(Value):
    """What speaks for one label besides the reader.

    Args:
        present: The label says present.
        probability: Of present, mean over heads trained without the patient.
        spread: Standard deviation of that over cross-fits: how stable it is.
        neighbours: Share of present among the most alike labelled series, weighed by likeness.
        weight: Of the neighbours, in [0, 0.5]; of the heads the rest.
    """

    present: bool
    probability: float
    spread: float
    neighbours: float
    weight: float = 0.5

    @property
    def of_label(self) -> tuple[float, float]:
        """What heads and what neighbours give the label itself, in [0, 1]."""
        if self.present:
            return self.probability, self.neighbours
        return 1 - self.probability, 1 - self.neighbours

    @property
    def trust(self) -> float:
        """Both by their weight, in [0, 1]; the least trusted label comes first in the review."""
        heads, neighbours = self.of_label
        return (1 - self.weight) * heads + self.weight * neighbours

    @property
    def is_doubt(self) -> bool:
        """True if the heads speak against the label whatever the cut, and so do both together."""
        return self.of_label[0] + self.spread < DOUBTED and self.trust < DOUBTED


def neighbour_share(
    units: NDArray[np.float32], present: NDArray[np.bool_], groups: Sequence[str]
) -> NDArray[np.float64]:
    """(n,) share of present among the labels of the most alike series of other patients.

    Args:
        units: (n, D) unit vectors of the labelled series.
        present: (n,) their labels.
        groups: (n,) patient of each; a patient's own series don't vouch for each other.
    """
    names = np.asarray(groups)
    like = (units @ units.T).astype(np.float64)
    like[names[:, None] == names[None]] = -np.inf
    k = min(NEIGHBOURS, len(units))
    nearest = np.argsort(-like, axis=1, kind="stable")[:, :k]
    weight = np.maximum(np.take_along_axis(like, nearest, 1), 0) + 1e-6
    weight[np.isinf(np.take_along_axis(like, nearest, 1))] = 0
    total = weight.sum(1)
    share = (weight * present[nearest]).sum(1) / np.maximum(total, 1e-12)
    return np.where(total > 0, share, 0.5)


def neighbour_weight(
    present: NDArray[np.bool_],
    probability: NDArray[np.float64],
    neighbours: NDArray[np.float64],
) -> float:
    """Weight of the neighbours with which both together foretell the labels clearly best.

    Neither source has seen the label that it foretells. Where a finding is too small to make
    series alike (a nodule), the neighbours know nothing and get no weight.

    Args:
        present: (n,) labels.
        probability: (n,) of present, out of fold.
        neighbours: (n,) share of present among alike series.
    """
    losses = []
    for weight in WEIGHTS:
        p = np.clip((1 - weight) * probability + weight * neighbours, LEAST, 1 - LEAST)
        losses.append(-np.log(np.where(present, p, 1 - p)))
    best = int(np.argmin([loss.mean() for loss in losses]))
    gain = losses[0] - losses[best]
    is_clear = gain.mean() > SURE * gain.std() / np.sqrt(len(gain))
    return float(WEIGHTS[best]) if is_clear else 0.0
