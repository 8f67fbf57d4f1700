"""Answers that do not fit one another, up and down the levels: said in sentences, never mended."""

from collections.abc import Sequence

from wsl_studio.domain.findings import LabelSchema
from wsl_studio.domain.label import Answer, Level, Row
from wsl_studio.domain.words import say


def conflicts(rows: Sequence[Row], schema: LabelSchema) -> tuple[str, ...]:
    """What of one reader's current labels of one series contradicts the rest.

    Args:
        rows: Labels that hold, of one series.
        schema: For kinds and groups of findings.

    Returns:
        Sentences for the reader; empty where everything fits.
    """
    whole: dict[Level, dict[str, Answer]] = {Level.STUDY: {}, Level.SERIES: {}}
    for row in rows:
        if row.level in whole and row.answer is not None:
            whole[row.level][row.finding] = row.answer
    series, study = whole[Level.SERIES], whole[Level.STUDY]
    out = []
    for row in rows:
        if row.region is None or row.answer is not Answer.PRESENT:
            continue
        above = series.get(row.finding) or study.get(row.finding)
        if above is Answer.ABSENT:
            on = row.region.first + 1
            out.append(
                say(
                    "{finding} is absent, but a {level} on slice {on} says present.",
                    finding=row.finding,
                    level=row.level,
                    on=on,
                )
            )
    for finding, answer in series.items():
        if answer is Answer.PRESENT and study.get(finding) is Answer.ABSENT:
            out.append(say("{finding} is present here, but absent in the study.", finding=finding))
    said = {**study, **series}
    for spec in schema.active:
        if said.get(spec.name) is Answer.ABSENT:
            kinds = [k for k in schema.kinds(spec.name) if said.get(k) is Answer.PRESENT]
            out += [
                say(
                    "{kind} is present, but {name}, of which it is a kind, is absent.",
                    kind=kind,
                    name=spec.name,
                )
                for kind in kinds
            ]
    for group in dict.fromkeys(spec.group for spec in schema.active if spec.group):
        both = [s.name for s in schema.active
                if s.group == group and said.get(s.name) is Answer.PRESENT]  # fmt: skip
        if len(both) > 1:
            out.append(
                say(
                    "{names} exclude one another ({group}), but are present.",
                    names=" and ".join(both) if len(both) == 2 else ", ".join(both),
                    group=group,
                )
            )
    return tuple(dict.fromkeys(out))
