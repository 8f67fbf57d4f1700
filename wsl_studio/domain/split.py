"""The split by patient, drawn once per project and never redrawn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.round import Split

SHARES: Final[tuple[tuple[Split, float], ...]] = (
    ("train", 0.60),
    ("validation", 0.15),
    ("test", 0.25),
)

PAUSE_EVERY: Final = 1000
"""Patients between two places to pause: 2 ms."""


def draw_steps(
    patients: Sequence[str], *, known: Mapping[str, Split], seed: int
) -> Steps[dict[str, Split]]:
    """Adds every new patient to the part of the split that is furthest below its share.

    Args:
        patients: Keys of all patients in an order that does not hang on the salt of their keys
            (that of import), so that two projects on the same data have the same split.
        known: What was drawn before; it is returned unchanged.
        seed: Of the order in which new patients are dealt.

    Returns:
        The part of every patient, old and new. Within one patient of the shares.
    """
    out: dict[str, Split] = dict(known)
    new = [patient for patient in dict.fromkeys(patients) if patient not in known]
    yield Progress(0, len(new))
    told = Counter(out.values())
    counts = {part: told[part] for part, _ in SHARES}
    for n, i in enumerate(np.random.default_rng(seed).permutation(len(new))):
        if n % PAUSE_EVERY == 0:
            yield Progress(n, len(new))
        total = sum(counts.values()) + 1
        part = max(SHARES, key=lambda pair: pair[1] * total - counts[pair[0]])[0]
        counts[part] += 1
        out[new[int(i)]] = part
    return out
