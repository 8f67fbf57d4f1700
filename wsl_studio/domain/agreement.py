"""How well two readings agree beyond chance: Cohen's kappa with its interval."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Kappa:
    """Agreement of pairs of answers.

    Args:
        value: Cohen's kappa; 1 is full agreement, 0 what chance gives.
        low: Lower end of the 95 % interval.
        high: Upper end.
        n: Pairs.
        agreed: Pairs that agree.
    """

    value: float
    low: float
    high: float
    n: int
    agreed: int

    def words(self) -> str:
        """``'0.81 (0.62-0.99), n = 40'`` with an en dash."""
        return f"{self.value:.2f} ({self.low:.2f}\N{EN DASH}{self.high:.2f}), n = {self.n}"


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa | None:
    """Cohen's kappa with its 95 % interval, cut at -1 and 1.

    Source:
        Cohen 1960; the large-sample variance is that of Fleiss, Cohen and Everitt 1969, eq. 13.

    Args:
        pairs: Answers of two readings to the same question.

    Returns:
        None for no pairs; kappa 1 where all agree, also on one single answer.
    """
    n = len(pairs)
    if not n:
        return None
    agreed = sum(a == b for a, b in pairs)
    share = {key: count / n for key, count in Counter(pairs).items()}
    rows = {key: count / n for key, count in Counter(a for a, _ in pairs).items()}
    columns = {key: count / n for key, count in Counter(b for _, b in pairs).items()}
    seen, chance = agreed / n, sum(p * columns.get(key, 0.0) for key, p in rows.items())
    if agreed == n:
        return Kappa(1.0, 1.0, 1.0, n, agreed)
    if chance >= 1.0:
        return Kappa(0.0, 0.0, 0.0, n, agreed)
    value = (seen - chance) / (1 - chance)
    same = cross = 0.0
    for (a, b), p in share.items():
        if a == b:
            same += p * (1 - (rows[a] + columns[a]) * (1 - value)) ** 2
        else:
            cross += p * (columns.get(a, 0.0) + rows.get(b, 0.0)) ** 2
    variance = same + (1 - value) ** 2 * cross - (value - chance * (1 - value)) ** 2
    error = 1.96 * math.sqrt(max(variance, 0.0) / n) / (1 - chance)
    return Kappa(value, max(-1.0, value - error), min(1.0, value + error), n, agreed)
