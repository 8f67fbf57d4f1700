"""What a reader says and changes, as acts on the open project: told, never raised, undoable."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.findings import LabelSchema
from wsl_studio.domain.label import Answer, Region, Row
from wsl_studio.domain.policy import Policy
from wsl_studio.domain.words import say
from wsl_studio.jobs.opened import Opened
from wsl_studio.jobs.values import Change, Notice, ReaderRow, Suggestion

if TYPE_CHECKING:
    from wsl_studio.jobs.desk import Desk
    from wsl_studio.jobs.label_import import Plan
    from wsl_studio.jobs.lead import HistoryRow

ACTED = Change(project=True, labels=True, series=True, queue=True, evidence=True)


class Room(Opened):
    """The middle of Session: labels, findings, policy and history."""

    # Going on -----------------------------------------------------------------------------

    def next_series(self) -> None:
        """Goes to the first case of the queue that is not on screen; undo leads back."""
        uid = self._waiting()
        if not uid:
            self.notice.emit(Notice("Every series has its answers."))
        elif self._desk is not None:
            here = self._selection.series_uid
            if not here or self._write(lambda desk: desk.go(uid), change=Change(labels=True)):
                self.select_series(uid)

    def _waiting(self) -> str:
        here = self._selection.series_uid
        return self._desk.after(here) if self._desk is not None else ""

    def skip(self, reason: str = "") -> None:
        """Puts the selected case at the end of the queue and goes on."""
        self._leave(lambda desk: desk.skip(reason))

    def defer(self, reason: str) -> None:
        """Puts the selected case behind all others, with what it waits for, and goes on."""
        self._leave(lambda desk: desk.defer(reason))

    def _leave(self, act: Callable[["Desk"], object]) -> None:
        if not self._write(act):
            return
        if uid := self._waiting():
            self.select_series(uid)
        else:
            self.notice.emit(Notice("Every series has its answers."))

    # Labels -------------------------------------------------------------------------------

    def say(
        self,
        finding: str,
        answer: Answer,
        region: Region | None = None,
        confidence: float = 1.0,
        area: float | None = None,
        reason: str = "",
        is_study: bool = False,
    ) -> None:
        """Commits a label of the selected series; it is on disk when this returns."""
        self._write(
            lambda desk: desk.say(
                finding, answer, region, confidence, area=area, reason=reason, is_study=is_study
            )
        )

    def note(self, text: str) -> None:
        """Keeps free words about the selected series."""
        self._write(lambda desk: desk.note(text), change=Change(labels=True))

    def remove(self, row_id: int) -> None:
        """Takes a label back (a range, a box, an answer); undo brings it again."""
        self._write(lambda desk: desk.remove(row_id))

    def accept(self, finding: str) -> None:
        """Makes a suggestion this reader's label; its row says where it came from."""
        self._write(lambda desk: desk.accept(finding))

    def accept_all(self) -> None:
        """Makes every open suggestion of the selected series a label, in one step for undo."""
        self._write(lambda desk: desk.accept_all())

    def accept_many(self, found: Sequence[tuple[str, Suggestion]]) -> None:
        """Makes suggestions for many series labels, in one step for undo."""
        self._write(lambda desk: desk.accept_many(found), needs_case=False)

    def reject(self, finding: str) -> None:
        """Turns a suggestion down; it is not shown again for this round."""
        self._write(lambda desk: desk.reject(finding))

    # Undo ---------------------------------------------------------------------------------

    def undo(self) -> None:
        """Takes this reader's last step back and shows the case it was about."""
        nothing = Notice("There is nothing to undo.")
        self._travel(nothing, lambda desk: desk.last_done(), lambda desk: desk.undo())

    def redo(self) -> None:
        """Does this reader's last undone step again."""
        nothing = Notice("There is nothing to redo.")
        self._travel(nothing, lambda desk: desk.last_undone(), lambda desk: desk.redo())

    def _travel(
        self,
        nothing: Notice,
        where: Callable[["Desk"], str | None],
        act: Callable[["Desk"], tuple[Row, ...]],
    ) -> None:
        if self._desk is None:
            return
        uid = where(self._desk)
        if uid is None:
            self.notice.emit(nothing)
        elif self._write(act, needs_case=False) and uid:
            self.select_series(uid)

    # The project --------------------------------------------------------------------------

    def edit_schema(self, schema: LabelSchema) -> None:
        """Changes the findings; no label is lost, and undo brings the old ones back."""
        self._write(lambda desk: desk.edit_schema(schema), needs_case=False)

    def add_finding(self, name: str) -> None:
        """Adds a finding to the project, or puts one back; labels stay as they are."""
        if name.strip():
            self._write(lambda desk: desk.add_finding(name), needs_case=False)

    def _follow_finding(self, old: LabelSchema) -> None:
        """The chosen finding stays chosen under another name, or the first one takes its place."""
        if self._desk is None:
            return
        names, here = self._desk.findings, self._selection.finding
        if here in names:
            return
        was = old.named(here)
        now = self._desk.schema.of_id(was.id) if was is not None else None
        if now is not None and now.is_active:
            self.select_finding(now.name)
        else:
            self.select_finding(names[0] if names else "")

    def set_policy(self, policy: Policy) -> None:
        """Changes how reading is done from now on."""
        self._write(lambda desk: desk.set_policy(policy), needs_case=False)

    def plan_labels(self, path: Path) -> "Plan | None":
        """What a table of labels would do; None, and a notice, if it can't be read."""
        if self._desk is None:
            return None
        try:
            return self._desk.plan_labels(path)
        except KnownError as trouble:
            self._on_trouble(trouble)
            return None

    def take_labels(self, path: Path) -> None:
        """Adds the labels of a table; none is overwritten."""
        told: list[str] = []

        def take(desk: "Desk") -> None:
            plan = desk.take_labels(path)
            told.append(
                say(
                    "{added} labels added, {unchanged} unchanged, "
                    "{conflicting} left out, {unknown} series unknown.",
                    added=plan.added,
                    unchanged=plan.unchanged,
                    conflicting=len(plan.conflicting),
                    unknown=len(plan.unknown),
                )
            )

        if self._write(take, needs_case=False):
            self.notice.emit(Notice(told[0]))

    @property
    def history(self) -> tuple["HistoryRow", ...]:
        """Every act, newest first, in words."""
        return self._desk.history() if self._desk else ()

    @property
    def readers(self) -> tuple[ReaderRow, ...]:
        """Every reader's work in numbers."""
        return self._desk.readers() if self._desk else ()

    @property
    def anchoring(self) -> tuple[int, int]:
        """(answers changed after the model was seen, answers given before it was seen)."""
        return self._desk.anchoring() if self._desk else (0, 0)

    def _write(
        self,
        act: Callable[["Desk"], object],
        *,
        needs_case: bool = True,
        change: Change = ACTED,
    ) -> bool:
        """Does one act of the reader; True if it is on disk."""
        if self._desk is None or (needs_case and not self._selection.series_uid):
            return False
        old = self._desk.schema
        try:
            act(self._desk)
        except KnownError as trouble:
            self._on_trouble(trouble)
            return False
        if told := self._desk.revealed():
            self.notice.emit(Notice(told))
        self._reveal()
        self.changed.emit(change)
        if self._desk.schema != old:
            self._follow_finding(old)
        return True
