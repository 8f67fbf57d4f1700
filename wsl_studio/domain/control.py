"""Controls: suggestions that are wrong on purpose, so that leaning on the model can be measured."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from wsl_studio.domain.evidence import Arithmetic, Evidence
from wsl_studio.domain.label import Act, Row, effective_rows
from wsl_studio.domain.round import Score


def is_drawn(salt: bytes, *, series_uid: str, finding: str, reader: str, share: float) -> bool:
    """True if this suggestion is one to turn round; the same answer however often it is asked."""
    text = f"flip:{series_uid}:{finding}:{reader}".encode()
    draw = int.from_bytes(sha256(salt + text).digest()[:4], "big") / 2**32
    return draw < share


def open_flips(rows: Iterable[Row], *, series_uid: str, reader: str, number: int) -> frozenset[str]:
    """Findings whose suggestion of a round is shown turned round: drawn, and not yet decided."""
    out: set[str] = set()
    for row in effective_rows(tuple(rows)):
        if row.series_uid != series_uid or row.reader != reader:
            continue
        if row.act is Act.FLIP and row.round == number:
            out.add(row.finding)
        elif row.act in (Act.SAY, Act.REJECT):
            out.discard(row.finding)
    return frozenset(out)


def followed(rows: Sequence[Row], reader: str) -> tuple[int, int]:
    """How often a reader went along with a suggestion that was wrong on purpose.

    Returns:
        (followed, decided): controls that were accepted or answered as shown, and all that were
        decided. The first decision after the control was shown counts.
    """
    shown: dict[tuple[str, str], Row] = {}
    n = k = 0
    for row in effective_rows(rows):
        if row.reader != reader:
            continue
        place = (row.series_uid, row.finding)
        if row.act is Act.FLIP:
            shown[place] = row
        elif row.act in (Act.SAY, Act.REJECT) and place in shown:
            flip = shown.pop(place)
            n += 1
            k += row.act is Act.SAY and row.answer is flip.answer
    return k, n


def turned(evidence: Evidence) -> Evidence:
    """Evidence with every sign turned, so that a control looks like any other suggestion."""
    sums = evidence.arithmetic
    return replace(
        evidence,
        grid=-evidence.grid,
        arithmetic=Arithmetic(-sums.negative, -sums.positive, -sums.rest, -sums.score, -sums.whole),
        likes=tuple((uid, -logits) for uid, logits in evidence.likes),
    )


def turned_score(score: Score) -> Score:
    """The score that ``turned`` evidence has."""
    return score.model_copy(
        update={
            "score": -score.score,
            "probability": 1 - score.probability,
            "positive": -score.negative,
            "negative": -score.positive,
            "rest": -score.rest,
            "whole": -score.whole,
            "set": {"present": "absent", "absent": "present"}.get(score.set, score.set),
        }
    )
