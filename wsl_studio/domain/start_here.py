"""Many unlabelled series: which method to begin with and how, from the size of the project."""

from dataclasses import dataclass, field
from typing import Any, Final

MANY: Final = 1000
"""Unlabelled series from which a round passes over them once, with few members."""
DRAWN: Final = 10
"""Series with boxes or scribbles from which masks are worth learning from."""


@dataclass(frozen=True)
class Proposal:
    """A method to begin with.

    Args:
        method: Its name.
        options: Where they differ from what suits the project anyway.
    """

    method: str
    options: dict[str, Any] = field(default_factory=dict)


def propose(
    *, labelled: int, unlabelled: int, findings: int = 1, partly: int = 0, drawn: int = 0
) -> Proposal | None:
    """What to begin with; None where fewer series are unlabelled than labelled.

    Args:
        labelled: Series of training patients with an answer to some finding.
        unlabelled: Those without any.
        findings: Of the project.
        partly: Labelled series that lack the answer to some finding.
        drawn: Labelled series with a box or scribble.
    """
    if findings > 1 and labelled and 2 * partly >= labelled and partly > unlabelled:
        return Proposal("smile")
    if not labelled or unlabelled < labelled:
        return None
    if drawn >= DRAWN and 2 * drawn >= labelled:
        return Proposal("sdnet")
    if unlabelled >= MANY:
        return Proposal("curriculum", {"steps": 1, "first": 1.0, "members": 3})
    return Proposal("curriculum")
