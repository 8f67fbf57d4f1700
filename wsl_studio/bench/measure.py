"""What one series says of its evidence when its truth is known: one record a series and finding."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.evidence import Evidence, upsample
from wsl_studio.learn.faithful import Faithfulness, curves, kept_and_removed
from wsl_studio.learn.lesions import find_lesions
from wsl_studio.learn.localisation import box_overlaps, dice, normalised, peak_distance
from wsl_studio.learn.probe import Probe
from wsl_studio.learn.score import Case, localize

THRESHOLDS: Final = np.linspace(0.02, 0.98, 49)
"""Of normalised maps; the best over the whole set is reported (Choe et al. 2020)."""


@dataclass(frozen=True, eq=False)
class Map:
    """How the map of one series lies on its mask.

    Args:
        is_near: The peak lies in the mask or within one cell of it.
        is_centre_hit: The middle of the image lies in the mask.
        overlaps: (T,) box IoU at ``THRESHOLDS`` of the normalised map.
        dice: (T,) overlap at ``THRESHOLDS``.
        dice_at_zero: Overlap of the part with evidence above 0 logits.
        inside: Mean evidence under the mask, calibrated logits.
    """

    is_near: bool
    is_centre_hit: bool
    overlaps: NDArray[np.float64]
    dice: NDArray[np.float64]
    dice_at_zero: float
    inside: float


@dataclass(frozen=True, eq=False)
class Record:
    """One series and finding of a test part.

    Args:
        fold: From 0.
        case: Patient, score, answer, and peaks on the mask where the finding is present.
        map: Where there is a mask, whatever the answer.
        faithful: Curves are only drawn where the finding is present; nan elsewhere.
        answers: What the round's set of answers leaves possible; empty without one.
        is_called: True if the score reaches the round's threshold; None without one.
    """

    fold: int
    case: Case
    map: Map | None
    faithful: Faithfulness | None
    answers: str = ""
    is_called: bool | None = None


def measure_map(evidence: Evidence, mask: NDArray[np.bool_]) -> Map:
    """Holds the evidence of one slice against an (1, H, W) mask."""
    flat = mask[0]
    values = upsample(evidence.grid, evidence.placement, (flat.shape[0], flat.shape[1]))[0]
    unit = normalised(values)
    middle = flat[(flat.shape[0] - 1) // 2, (flat.shape[1] - 1) // 2]
    return Map(
        is_near=peak_distance(evidence, mask) <= 1,
        is_centre_hit=bool(middle),
        overlaps=box_overlaps(unit, flat, THRESHOLDS),
        dice=dice(unit, flat, THRESHOLDS),
        # The next number above 0: a cell that says nothing is not in the part.
        dice_at_zero=float(dice(values, flat, np.array([np.nextafter(0, 1)]))[0]),
        inside=float(values[flat].mean()),
    )


def record(
    evidence: Evidence,
    *,
    group: str,
    fold: int,
    is_present: bool,
    mask: NDArray[np.bool_] | None,
    probe: Probe | None = None,
) -> Record:
    """Measures one series and finding.

    Args:
        evidence: As the round wrote it.
        group: Patient group.
        fold: From 0.
        is_present: The label.
        mask: (1, H, W), or None without truth.
        probe: Scores the series with regions taken out; None leaves faithfulness out.
    """
    localized = None
    if mask is not None and is_present:
        localized = localize(evidence, find_lesions(mask))
    faithful = None
    if probe is not None:
        score = probe.of(evidence.finding)
        nan = float("nan")
        drawn = curves(evidence.grid, score) if is_present else (nan, nan)
        faithful = Faithfulness(*drawn, *kept_and_removed(evidence.grid, score))
    return Record(
        fold=fold,
        case=Case(group, evidence.arithmetic.score, is_present, localized),
        map=None if mask is None else measure_map(evidence, mask),
        faithful=faithful,
    )
