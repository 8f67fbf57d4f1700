"""What a project lets readers see of the model, and how it checks itself: a journalled choice."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from pydantic import Field

from wsl_studio.domain.label import Act, Row, effective_rows
from wsl_studio.domain.series import Value as Frozen
from wsl_studio.domain.words import known, say, strung


class Showing(StrEnum):
    """When model output may be drawn."""

    BLIND = "blind first"
    FREE = "evidence free"
    NEVER = "never evidence"


WORDS: Final = {
    Showing.BLIND: say(
        "A reader answers every finding before the model is shown (E shows it; noted)."
    ),
    Showing.FREE: say("The model is shown at once. Answers then lean on it; each says so."),
    Showing.NEVER: say("Nothing of the model is ever drawn: for reference readings."),
}


class Policy(Frozen):
    """How reading is done in a project.

    Args:
        showing: When model output may be drawn.
        reread_share: Share of finished series that are given again, unmarked and without their
            old answers, in [0, 0.5]: what intra-reader kappa is made from.
        flip_share: Share of suggestions that are shown wrong on purpose, in [0, 0.5]; told once
            the reader has decided, and never a label.
    """

    showing: Showing = Showing.BLIND
    reread_share: float = Field(default=0.0, ge=0, le=0.5)
    flip_share: float = Field(default=0.0, ge=0, le=0.5)


def policy_of(rows: Iterable[Row]) -> Policy:
    """The policy of the last POLICY row that stands; the default where there is none."""
    about_all = [row for row in rows if not row.series_uid]
    standing = [row for row in effective_rows(about_all) if row.act is Act.POLICY]
    return Policy.model_validate_json(standing[-1].detail) if standing else Policy()


def describe_policy(policy: Policy) -> str:
    """The policy in a line: ``'blind first, 10 % read again, no controls'``."""
    again = (
        say("{percent:.0f} % read again", percent=100 * policy.reread_share)
        if policy.reread_share
        else say("no re-reads")
    )
    flips = (
        say("{percent:.0f} % controls", percent=100 * policy.flip_share)
        if policy.flip_share
        else say("no controls")
    )
    return strung(", ", (known(policy.showing.value), again, flips))
