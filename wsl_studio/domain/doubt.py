"""Labels that may be mistakes: what heads that never saw the patient and alike series say."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.round import Value

NEIGHBOURS: Final = 10
"""Most alike labelled series of other patients whose labels are asked."""

DOUBTED: Final = 0.5
"""A label is doubted below this mean of its two supports, where both speak against it."""


class Support(Value):
    """What speaks for one label besides the reader.

    Args:
        present: The label says present.
        probability: Of present, mean over heads trained without the patient.
        spread: Standard deviation of that over cross-fits: how stable it is.
        neighbours: Share of present among the most alike labelled series, weighed by likeness.
    """

    present: bool
    probability: float
    spread: float
    neighbours: float

    @property
    def of_label(self) -> tuple[float, float]:
        """What heads and what neighbours give the label itself, in [0, 1]."""
        if self.present:
            return self.probability, self.neighbours
        return 1 - self.probability, 1 - self.neighbours

    @property
    def trust(self) -> float:
        """Mean of both, in [0, 1]; the least trusted label comes first in the review."""
        return sum(self.of_label) / 2

    @property
    def is_doubt(self) -> bool:
        """True if both speak against the label, the heads whatever the cut of the patients."""
        heads, neighbours = self.of_label
        return heads + self.spread < DOUBTED and neighbours < DOUBTED


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

