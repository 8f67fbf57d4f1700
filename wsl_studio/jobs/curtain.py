"""What of the last round may be seen of a case: nothing until the curtain is lifted."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from wsl_studio.domain.control import turned, turned_score
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.label import (
    Act,
    Row,
    Source,
    answers_of,
    effective_rows,
)
from wsl_studio.domain.progress import drain
from wsl_studio.domain.round import Score
from wsl_studio.domain.words import say
from wsl_studio.jobs.ordering import manifest_of, score_steps
from wsl_studio.jobs.steps import current_round, finished_rounds
from wsl_studio.jobs.values import ModelView, Suggestion
from wsl_studio.store import rounds

BLIND: Final = say("Label first (blind), or press E to see.")
NO_ROUND: Final = say("No round yet: label some series, then train.")
NOT_IN_ROUND: Final = say("The last round did not have this series; the next one will.")
BROKEN: Final = say("The evidence of this series can't be read; another round makes it anew.")


class Curtain:
    """Results of the last finished round for one reader, read when first needed.

    Args:
        folder: Of the project.
        reader: For whom suggestions are open, accepted or rejected.
        rename: Today's name of a finding for the one that a round knew it by.
    """

    def __init__(
        self, folder: Path, reader: str, rename: Callable[[str], str] = lambda name: name
    ) -> None:
        self._folder = folder
        self._rename = rename
        self._reader = reader
        self.forget()

    def forget(self) -> None:
        """Reads everything anew at the next look, with the curtain down."""
        self._round: int | None = None
        self._revision = 0
        self._scores: dict[str, dict[str, Score]] = {}
        self._evidence: tuple[str, dict[str, Evidence]] = ("", {})
        self._before: dict[str, Evidence] = {}
        self._is_lifted = False

    @property
    def round(self) -> int:
        """Number of the last finished round; 0 for none."""
        if self._round is None:
            self._round = current_round(self._folder)
            if self._round:
                self._scores = drain(score_steps(self._folder, self._round))
                self._revision = manifest_of(self._folder, self._round).label_revision
        return self._round

    def is_made_from(self, label_revision: int) -> bool:
        """True if the round was made from the labels as they are at this row."""
        return bool(self.round) and self._revision == label_revision

    def lift(self, series_uid: str) -> bool:
        """Lifts the curtain; True if it was down and there is something behind it."""
        if self._is_lifted or not self.round or series_uid not in self._scores:
            return False
        self._is_lifted = True
        return True

    def lower(self) -> None:
        """Hides everything of the model."""
        self._is_lifted = False

    def view(
        self,
        series_uid: str,
        journal: Sequence[Row],
        own: Sequence[Row],
        flips: frozenset[str] = frozenset(),
        *,
        is_current: bool = True,
    ) -> ModelView:
        """What may be drawn of a case now.

        Args:
            series_uid: The case.
            journal: Rows of the case.
            own: Labels of the case that hold for this reader in the reading they are at.
            flips: Findings that are shown turned round, as controls.
            is_current: False if labels changed since the round.
        """
        if not self.round:
            return ModelView(hidden=NO_ROUND)
        if series_uid not in self._scores:
            return ModelView(hidden=NOT_IN_ROUND, round=self.round, is_current=is_current)
        if not self._is_lifted:
            return ModelView(hidden=BLIND, can_peek=True, round=self.round, is_current=is_current)
        if self._evidence[0] != series_uid:
            try:
                found = rounds.read_evidence(rounds.round_dir(self._folder, self.round), series_uid)
            except KnownError:
                found = {}
            if not found:
                return ModelView(hidden=BROKEN, round=self.round, is_current=is_current)
            self._evidence = (series_uid, found)
            self._before = self._earlier(series_uid)
        now = self._rename
        evidence = {now(name): found for name, found in self._evidence[1].items()}
        before = {now(name): found for name, found in self._before.items()}
        return ModelView(
            evidence={k: turned(e) if k in flips else e for k, e in evidence.items()},
            before={k: turned(e) if k in flips else e for k, e in before.items()},
            suggestions=self._suggestions(series_uid, journal, own, flips),
            is_current=is_current,
            round=self.round,
        )

    def _earlier(self, series_uid: str) -> dict[str, Evidence]:
        """Evidence of the finished round before; a folder that can't be read is none."""
        older = [number for number in finished_rounds(self._folder) if number < self.round]
        if not older:
            return {}
        try:
            return rounds.read_evidence(rounds.round_dir(self._folder, max(older)), series_uid)
        except (KnownError, OSError, ValueError):
            return {}

    def _suggestions(
        self, series_uid: str, journal: Sequence[Row], rows: Sequence[Row], flips: frozenset[str]
    ) -> tuple[Suggestion, ...]:
        own = answers_of(rows, series_uid=series_uid, reader=self._reader)
        rejected = {
            row.finding
            for row in effective_rows(journal)
            if row.act is Act.REJECT
            and not row.is_control
            and (row.series_uid, row.reader, row.round) == (series_uid, self._reader, self.round)
        }
        out = []
        for name, found in self._scores[series_uid].items():
            finding = self._rename(name)
            score = turned_score(found) if finding in flips else found
            row = own.get(finding)
            if row is None:
                state = "rejected" if finding in rejected else "open"
                out.append(Suggestion(finding, score, self.round, state))
            elif row.source is Source.ACCEPTED:
                out.append(Suggestion(finding, score, row.round, "accepted"))
        return tuple(out)
