"""FROC with intervals: lesions found at so many false marks a series, by resamples of patients."""

from collections.abc import Sequence

import numpy as np

from wsl_studio.domain.round import Interval
from wsl_studio.learn.resample import draws, interval
from wsl_studio.learn.score import Case


def froc_intervals(
    cases: Sequence[Case], rates: Sequence[float], *, seed: int = 0
) -> dict[float, Interval]:
    """Sensitivity by lesion at each rate of false marks a series; {} without lesions.

    A lesion is found by its strongest mark. At a rate, marks are taken from the strongest on as
    long as the false ones among them stay within it; every resample of patients is read anew.

    Args:
        cases: Those with truth count, also the ones without a lesion.
        rates: False marks a series, each above 0.
        seed: Of the resamples.
    """
    seen = [(case.patient, case.localized) for case in cases if case.localized is not None]
    lesions: list[tuple[int, float]] = []
    false: list[tuple[int, float]] = []
    for k, (_, found) in enumerate(seen):
        strongest = [-np.inf] * found.n_lesions
        for logit, lesion in found.candidates:
            if lesion < 0:
                false.append((k, logit))
            else:
                strongest[lesion] = max(strongest[lesion], logit)
        lesions += [(k, logit) for logit in strongest]
    if not lesions:
        return {}
    of = np.array([k for k, _ in lesions])
    logits = np.array([logit for _, logit in lesions])
    false.sort(key=lambda mark: -mark[1])
    false_of = np.array([k for k, _ in false], int)
    # Behind the last false mark every mark counts, however weak.
    false_logits = np.array([*(logit for _, logit in false), -np.inf])
    weight = np.vstack([np.ones(len(seen)), draws([patient for patient, _ in seen], seed)])
    read: dict[float, list[float]] = {rate: [] for rate in rates}
    for w in weight:  # one resample at a time: all at once would be hundreds of MB
        total = w[of].sum()
        passed = np.cumsum(w[false_of])
        for rate in rates:
            first = int(np.searchsorted(passed, rate * w.sum() + 1e-9, side="right"))
            if total > 0:
                read[rate].append(float(w[of] @ (logits > false_logits[first])) / total)
    return {rate: interval(values[0], np.array(values[1:])) for rate, values in read.items()}
