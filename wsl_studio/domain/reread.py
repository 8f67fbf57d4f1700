"""Hidden re-reads: which finished series a reader is given again, and how well they agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from wsl_studio.domain.agreement import Kappa, kappa
from wsl_studio.domain.label import WHOLE, Act, Row, Source, current_labels, effective_rows

GAP: Final = 10
"""Series that a reader finishes in between, at least: the case must not be fresh in mind."""


@dataclass(frozen=True)
class ReReads:
    """Second readings of one reader.

    Args:
        again: Series in their second reading: given again now, or read twice already.
        due: Those of them whose second reading is not finished, in the order they came due.
    """

    again: frozenset[str] = frozenset()
    due: tuple[str, ...] = ()


def rereads(rows: Sequence[Row], *, reader: str, findings: Iterable[str], share: float) -> ReReads:
    """What this reader is to read again.

    With every 1 / share finished series, one of those finished at least ``GAP`` before is drawn,
    by a hash: neither the reader nor the day decides.

    Args:
        rows: The journal in order.
        reader: Whose.
        findings: All that a finished series has an answer to.
        share: Of finished series, in [0, 1]; at 0 none is given, and those begun are ended.
    """
    if share <= 0 and all(row.reading == 1 for row in rows):
        return ReReads()
    wanted = set(findings)
    said: dict[tuple[str, int], set[str]] = {}
    finished: list[str] = []
    begun: list[str] = []
    for row in effective_rows(rows):
        is_answer = row.act is Act.SAY and row.level in WHOLE and not row.is_control
        if not is_answer or row.reader != reader or row.source is Source.IMPORT:
            continue
        if row.reading > 1 and row.series_uid not in begun:
            begun.append(row.series_uid)
        found = said.setdefault((row.series_uid, row.reading), set())
        is_last = bool(wanted) and wanted - found == {row.finding}
        if is_last and row.reading == 1:
            finished.append(row.series_uid)
        found.add(row.finding)
    drawn: list[str] = []
    for n in range(GAP + 1, len(finished) + 1 if share > 0 else 0):
        pool = [uid for uid in finished[: n - GAP] if uid not in drawn]
        if int(n * share + 1e-9) > len(drawn) and pool:
            drawn.append(min(pool, key=lambda uid: sha256(f"again:{uid}".encode()).digest()))
    again = dict.fromkeys([*begun, *drawn])
    due = tuple(uid for uid in again if not wanted <= said.get((uid, 2), set()))
    return ReReads(frozenset(again), due)


def intra_reader(rows: Sequence[Row], reader: str) -> Kappa | None:
    """Cohen's kappa of a reader's first and second readings; None before there is a pair."""
    first: dict[tuple[str, str], str] = {}
    second: dict[tuple[str, str], str] = {}
    for row in current_labels(rows):
        if row.reader == reader and row.level in WHOLE and row.answer is not None:
            (first if row.reading == 1 else second)[row.series_uid, row.finding] = row.answer
    return kappa([(first[key], answer) for key, answer in second.items() if key in first])
