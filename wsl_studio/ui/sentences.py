"""What the viewer says in sentences: empty states, hints, why there is no evidence."""

from typing import Final

from wsl_studio.jobs.values import Notice, ProjectInfo, Selection, Work

BADGE: Final = "PHANTOM, not a patient"


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
        return trouble.sentence, trouble.advice
    if selection.series_uid:
        count = f" {work.done} of {work.total}" if work is not None and work.total else ""
        return "loading \N{HORIZONTAL ELLIPSIS}", f"{work.text}{count}" if work is not None else ""
    if project is None:
        return "Open a project or press Ctrl+I to import a folder of DICOM", ""
    if n_series == 0:
        return "Press Ctrl+I to import a folder of DICOM", work.text if work is not None else ""
    return "Choose a series, or press N for the next in the queue", ""


def range_hint(first: int | None, last: int | None) -> str:
    """What to do next while a slice range has one end; empty while it has none."""
    if first is not None:
        return f"range from slice {first + 1}: go to its last slice and press ]"
    if last is not None:
        return f"range to slice {last + 1}: go to its first slice and press ["
    return ""


def no_evidence(finding: str, number: int) -> str:
    """Why nothing of the model is drawn although it may be."""
    if not finding:
        return "choose a finding to see its evidence"
    if number == 0:
        return "no round yet: label some series, then train"
    return f"round {number} has no evidence on {finding} in this series"
