"""From the journal to the frozen manifest of a round."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Answer, Level, Row, Source
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Bag, Manifest, RegionTarget, Split, Target

VALUE: Final = {Answer.PRESENT: 1.0, Answer.ABSENT: 0.0, Answer.UNCERTAIN: 0.5}
"""Soft target of an answer."""


def make_manifest(
    *,
    number: int,
    findings: Sequence[str],
    patients: Mapping[str, str],
    split: Mapping[str, Split],
    current: Sequence[Row],
    label_revision: int,
    method: str,
    options: dict[str, Any],
    recipe: Recipe,
    seed: int,
    device: str,
    warm_from: int = 0,
    vetoed: Sequence[tuple[str, str]] = (),
    alone: Collection[str] = (),
) -> Manifest:
    """Freezes what the next round is made from.

    Labels of test patients are left out: training can't touch what it does not have.

    Args:
        number: Of the round.
        findings: Of the project, in order.
        patients: Patient key by series uid, every readable series.
        split: Part by patient key.
        current: Labels that hold now, of all readers.
        label_revision: Last journal row that was used.
        method: Its name.
        options: As the reader set them.
        recipe: What they made.
        seed: Of everything random.
        device: ``auto``, ``cpu`` or ``cuda``.
        warm_from: Round whose head to start from, or 0.
        vetoed: (series uid, finding) that the reader forbade to answer by a guess.
        alone: Series that are the only one of their study: what is said of it is said of them.

    Raises:
        KnownError: No finding has both a series answered present and one answered absent
            among the training patients.
    """
    by_series: dict[str, list[Row]] = defaultdict(list)
    wanted = set(findings)
    for row in current:
        # A finding that was removed keeps its labels; a round learns only what is labelled now.
        if row.finding in wanted and row.answer is not Answer.CANNOT_TELL:
            by_series[row.series_uid].append(row)
    bags = []
    numbers = {patient: i for i, patient in enumerate(dict.fromkeys(patients.values()))}
    for uid, patient in patients.items():
        part: Split = split.get(patient, "train")
        rows = by_series[uid] if part != "test" else []
        bags.append(
            Bag(
                series_uid=uid,
                split=part,
                patient=numbers[patient],
                targets=targets_of(rows, is_alone=uid in alone),
                regions=_regions(rows),
            )
        )
    _refuse_one_sided(bags, findings)
    return Manifest(
        number=number,
        findings=tuple(findings),
        bags=tuple(bags),
        method=method,
        options=options,
        recipe=recipe,
        seed=seed,
        device=device,
        label_revision=label_revision,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        warm_from=warm_from,
        vetoed=tuple(vetoed),
    )


def targets_of(rows: Sequence[Row], *, is_alone: bool = False) -> dict[str, Target]:
    """Soft target of each finding of one series: the mean over readers.

    A reader's own word outranks an imported one: a correction in the window replaces the label
    that came with the file. Answers of a study stand in where a series has none of its own.
    """
    said: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.level is Level.SERIES:
            said[row.finding].append(row)
    out = {}
    for finding, all_rows in said.items():
        own = [row for row in all_rows if row.source is not Source.IMPORT] or all_rows
        value = sum(VALUE[row.answer] for row in own if row.answer) / len(own)
        weight = sum(row.confidence for row in own) / len(own)
        areas = [row.area for row in own if row.area is not None]
        area = sum(areas) / len(areas) if areas else None
        out[finding] = Target(value=value, weight=weight, area=area)
    for row in rows:
        # What is absent in a study is absent in each of its series; what is present in it need
        # not be in this one, unless it has no other.
        speaks = row.level is Level.STUDY and (is_alone or row.answer is Answer.ABSENT)
        if speaks and row.answer is not None and row.finding not in out:
            out[row.finding] = Target(value=VALUE[row.answer], weight=row.confidence)
    for row in rows:
        # A slice range or box that is present makes the series present, unless it was answered.
        if row.region is not None and row.answer is Answer.PRESENT and row.finding not in out:
            out[row.finding] = Target(value=1.0, weight=row.confidence)
    return out


def _regions(rows: Sequence[Row]) -> tuple[RegionTarget, ...]:
    return tuple(
        RegionTarget(
            finding=row.finding,
            region=row.region,
            value=VALUE[row.answer],
            weight=row.confidence,
        )
        for row in rows
        if row.region is not None and row.answer is not None
    )


def _refuse_one_sided(bags: Sequence[Bag], findings: Sequence[str]) -> None:
    for finding in findings:
        values = [
            bag.targets[finding].value
            for bag in bags
            if bag.split == "train" and finding in bag.targets
        ]
        if any(v > 0.5 for v in values) and any(v < 0.5 for v in values):
            return
    raise KnownError(
        "A round needs, for at least one finding, a series answered present and one answered"
        " absent among the training patients.",
        "Label a few more series and train again.",
    )
