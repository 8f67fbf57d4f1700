"""What of the model a reader may see of the case, what they make of it, and the controls in it."""

from collections.abc import Sequence

from wsl_studio.domain.control import is_drawn, open_flips
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import (
    Act,
    Answer,
    Row,
    Source,
    anchoring_rate,
    current_labels,
    has_seen_model,
    may_show_model,
)
from wsl_studio.domain.policy import Showing
from wsl_studio.domain.words import say, strung
from wsl_studio.jobs.curtain import Curtain
from wsl_studio.jobs.lead import Lead
from wsl_studio.jobs.values import ModelView, Suggestion
from wsl_studio.store.project import Project

NEVER = say("The model is never shown in this project (project settings).")


class Advice(Lead):
    """The model behind its curtain, for the case on the desk.

    Args:
        project: Open for writing.
        reader: Whose acts are written.
        journal: All of it as it is now; read from the project if None.
    """

    def __init__(self, project: Project, reader: str, journal: Sequence[Row] | None = None) -> None:
        super().__init__(project, reader, journal)
        self._curtain = Curtain(project.folder, reader, rename=lambda name: self.names.of(name))

    def _current_of(self, uid: str) -> tuple[Row, ...]:
        """Labels of a series that hold in the reading that this reader is at."""
        return self._once(("of", uid), lambda: self._find_current(uid))

    def _find_current(self, uid: str) -> tuple[Row, ...]:
        reading, wanted = self._reading(uid), set(self.findings)
        return tuple(
            row
            for row in current_labels(self._rows_of(uid))
            if row.finding in wanted
            and (
                (row.reader == self._reader and row.reading == reading)
                or (row.source is Source.IMPORT and reading == 1)
            )
        )

    def is_answered(self) -> bool:
        """True once this reader has answered every finding of the case."""
        return bool(self._uid and self.findings) and may_show_model(
            self._current_of(self._uid),
            series_uid=self._uid,
            reader=self._reader,
            findings=self.findings,
        )

    def may_reveal(self) -> bool:
        """True if the model may be shown without being asked for."""
        return self.policy.showing is Showing.FREE or self.is_answered()

    def peek(self) -> bool:
        """Lifts the curtain for the case; journalled when there is something to see."""
        if self.policy.showing is Showing.NEVER or not self._curtain.lift(self._uid):
            return False
        if not has_seen_model(self._rows_of(self._uid), series_uid=self._uid, reader=self._reader):
            self._append(Act.LOOK, round=self._curtain.round)
        self._draw_controls()
        return True

    def _draw_controls(self) -> None:
        """Notes which of the suggestions that now come to light are shown turned round."""
        if not self.policy.flip_share:
            return
        drawn_before = {
            row.finding
            for row in self._rows_of(self._uid)
            if row.act is Act.FLIP and row.reader == self._reader
        }
        chosen = [
            one
            for one in self.model().suggestions
            if one.state == "open"
            and one.finding not in drawn_before
            and is_drawn(
                self.salt,
                series_uid=self._uid,
                finding=one.finding,
                reader=self._reader,
                share=self.policy.flip_share,
            )
        ]
        if chosen:
            self._append_all(
                {
                    "act": Act.FLIP,
                    "series_uid": self._uid,
                    "finding": one.finding,
                    "answer": Answer.ABSENT if one.is_present else Answer.PRESENT,
                    "round": self._curtain.round,
                }
                for one in chosen
            )

    def _flips(self) -> frozenset[str]:
        return open_flips(
            self._rows_of(self._uid),
            series_uid=self._uid,
            reader=self._reader,
            number=self._curtain.round,
        )

    def may_ask(self, finding: str) -> bool:
        """False while an answer about the evidence could give a control away.

        That holds for every open suggestion of a project with controls: to be silent on controls
        alone would tell them apart.
        """
        is_open = any(
            found.finding == finding and found.state == "open" for found in self.model().suggestions
        )
        return not (is_open and (self.policy.flip_share or self._flips()))

    def revealed(self) -> str:
        """The sentence that uncovers the control which the last act decided; empty for none."""
        last = self._journal[-1] if self._journal else None
        if last is None or last.act not in (Act.SAY, Act.REJECT):
            return ""
        before = open_flips(
            self._rows_of(last.series_uid)[:-1], series_uid=last.series_uid, reader=self._reader,
            number=self._curtain.round,
        )  # fmt: skip
        if last.finding not in before:
            return ""
        told = say(
            "The suggestion for {finding} was turned round on purpose, as a check.",
            finding=last.finding,
        )
        again = say("Nothing was kept of it: say what you see.")
        return strung(" ", (told, again)) if last.is_control else told

    def hide_model(self) -> None:
        """Lowers the curtain again."""
        self._curtain.lower()

    def model(self) -> ModelView:
        """What may be drawn for the case now."""
        if self.policy.showing is Showing.NEVER:
            return ModelView(hidden=NEVER, round=self._curtain.round)
        own = self._current_of(self._uid)
        is_current = self._curtain.is_made_from(self.label_revision)
        rows = self._rows_of(self._uid)
        return self._curtain.view(self._uid, rows, own, self._flips(), is_current=is_current)

    def forget_round(self) -> None:
        """A round has ended: the next look reads its results."""
        self._curtain.forget()
        self._forget()

    def anchoring(self) -> tuple[int, int]:
        """(changed after the model was seen, answered before)."""
        return anchoring_rate(self._journal)

    def accept(self, finding: str) -> None:
        """Makes the suggestion for a finding a label."""
        self._append_all([self._accepted(self._suggested(finding))])

    def accept_all(self) -> None:
        """Makes every open suggestion for the case a label, in one step for undo."""
        found = [s for s in self.model().suggestions if s.state == "open"]
        if not found:
            raise KnownError("There is no open suggestion here.")
        self._append_all(self._accepted(one) for one in found)

    def accept_many(self, found: Sequence[tuple[str, Suggestion]]) -> None:
        """Makes suggestions for many series labels, (series, suggestion) each, in one step."""
        self._append_all(self._accepted(one, uid=uid) for uid, one in found)

    def _accepted(self, found: Suggestion, *, uid: str = "") -> dict[str, object]:
        return {
            "act": Act.SAY,
            "series_uid": uid or self._uid,
            "finding": found.finding,
            "answer": Answer.PRESENT if found.is_present else Answer.ABSENT,
            "source": Source.ACCEPTED,
            "round": found.round,
            "is_control": not uid and found.finding in self._flips(),
        }

    def reject(self, finding: str) -> None:
        """Turns the suggestion for a finding down."""
        self._suggested(finding)
        is_control = finding in self._flips()
        self._append(Act.REJECT, finding=finding, round=self._curtain.round, is_control=is_control)

    def _suggested(self, finding: str) -> Suggestion:
        for found in self.model().suggestions:
            if found.finding == finding and found.state == "open":
                return found
        raise KnownError(f"There is no open suggestion for {finding} here.")
