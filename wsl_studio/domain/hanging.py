"""Hanging rules: by modality and words of the description, how a series is first shown."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class HangingRule(BaseModel):
    """How series of a kind are hung; what is empty is left as it is.

    Args:
        modality: DICOM modality; empty for any.
        description: Words that the series description holds, in any case; empty for any.
        layout: Name of an arrangement (``planes``, ``beside``, ``tiles``); empty for one picture.
        window: Name of a preset.
        quarter_turns: Clockwise, 0 to 3.
        is_mirrored: Left and right exchanged, after the turns.
        is_inverted: Grey scale inverted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    modality: str = ""
    description: str = ""
    layout: str = ""
    window: str = ""
    quarter_turns: int = Field(default=0, ge=0, le=3)
    is_mirrored: bool = False
    is_inverted: bool = False

    def fits(self, modality: str, description: str) -> bool:
        """True if the rule speaks of such a series."""
        return (not self.modality or self.modality == modality) and (
            self.description.lower() in description.lower()
        )


def read_rules(stored: Any) -> tuple[HangingRule, ...]:
    """The rules of a settings file; entries that are none are left out."""
    out = []
    for entry in stored if isinstance(stored, list) else ():
        try:
            out.append(HangingRule.model_validate(entry))
        except ValidationError:
            continue
    return tuple(out)


def choose(rules: Sequence[HangingRule], modality: str, description: str) -> HangingRule | None:
    """The rule for a series: the one that says most of it, the later one of equals."""
    fitting = [rule for rule in rules if rule.fits(modality, description)]
    return max(reversed(fitting), key=_weight, default=None)


def keep(rules: Sequence[HangingRule], rule: HangingRule) -> tuple[HangingRule, ...]:
    """The rules with one more, in the place of one that speaks of the same series."""
    same = (rule.modality, rule.description)
    return (*(r for r in rules if (r.modality, r.description) != same), rule)


def _weight(rule: HangingRule) -> tuple[int, int]:
    return len(rule.description), int(bool(rule.modality))
