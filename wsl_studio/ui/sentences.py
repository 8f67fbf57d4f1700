"""What the viewer says in sentences: empty states, hints, why there is no evidence."""

from collections.abc import Callable, Sequence
from typing import Final

from wsl_studio.domain.evidence import signed
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Notice, ProjectInfo, Selection, SeriesRow, Work
from wsl_studio.ui.words import counted, local, numeral, tr

BADGE: Final = say("PHANTOM, not a patient")


def empty_words(
    project: ProjectInfo | None,
    selection: Selection,
    *,
    n_series: int,
    work: Work | None,
    trouble: Notice | None,
) -> tuple[str, str]:
    """What stands in the place of the image, and what stands under it: the next step."""
    if trouble is not None:
        return local(trouble.sentence), local(trouble.advice)
    if selection.series_uid:
        return tr("loading …"), work_words(work) if work is not None else ""
    if project is None:
        return tr("Open a project or press Ctrl+I to import a folder of DICOM"), ""
    if n_series == 0:
        return tr("Press Ctrl+I to import a folder of DICOM"), local(
            work.text
        ) if work is not None else ""
    return tr("Choose a series, or press N for the next in the queue"), ""


def work_words(work: Work) -> str:
    """``'Reading slices 12 of 60'``; without the count while the total is not known."""
    text = local(work.text)
    if not work.total:
        return text
    return f"{text} " + tr("{n} of {total}", n=counted(work.done), total=counted(work.total))


def range_hint(first: int | None, last: int | None) -> str:
    """What to do next while a slice range has one end; empty while it has none."""
    if first is not None:
        return tr("range from slice {at}: go to its last slice and press ]", at=first + 1)
    if last is not None:
        return tr("range to slice {at}: go to its first slice and press [", at=last + 1)
    return ""


def no_evidence(finding: str, number: int) -> str:
    """Why nothing of the model is drawn although it may be."""
    if not finding:
        return tr("choose a finding to see its evidence")
    if number == 0:
        return tr("no round yet: label some series, then train")
    return tr(
        "round {number} has no evidence on {finding} in this series", number=number, finding=finding
    )


def say_likes(likes: Sequence[tuple[str, float]], row_of: Callable[[str], SeriesRow | None]) -> str:
    """Which labelled series speak most for the series as a whole; nothing where none is known."""
    known = [(row.number, logits) for uid, logits in likes if (row := row_of(uid)) is not None]
    if not known:
        return ""
    words = ", ".join(f"#{n} ({numeral(signed(logits))})" for n, logits in known)
    return tr("as a whole like {series}", series=words)


def legend(finding: str, number: int, *, is_current: bool) -> str:
    """What the colours on the image are: whose, of which round, and whether labels have changed."""
    if is_current:
        return tr("{finding}, round {n}, in logits", finding=finding, n=number)
    return tr(
        "{finding}, round {n}, in logits, labels have changed since", finding=finding, n=number
    )
