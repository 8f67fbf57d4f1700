"""What a reader can do: browse, label, look, train; one Session, and only it writes."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Answer, Region
from wsl_studio.domain.volume import Volume
from wsl_studio.jobs.opened import NOTHING_OPEN, Opened
from wsl_studio.jobs.values import (
    CaseLabels,
    Change,
    MethodForm,
    ModelView,
    Notice,
    Rebuilt,
    RoundRow,
)

if TYPE_CHECKING:
    from wsl_studio.jobs.desk import Desk
    from wsl_studio.jobs.study import RoundRoom


class Session(Opened):
    """The open project, the selection, and everything a reader can do.

    Widgets read its properties, call its methods and redraw from its signals; no widget signals
    another. Trouble is told through ``notice`` and never raised at a widget.
    """

    # Browsing -----------------------------------------------------------------------------

    def thumbnail(self, uid: str) -> NDArray[Any] | None:
        """(h, w) or (h, w, 3) uint8, or None while it is being made."""
        return self._pixels.thumbnail(uid, self._desk.series) if self._desk else None

    # Selection ----------------------------------------------------------------------------

    def select_slice(self, index: int) -> None:
        """Puts a slice on screen, clamped to the series."""
        volume = self.volume
        n = volume.n_slices if volume else 1
        self._select(slice=min(max(index, 0), n - 1))

    def next_series(self) -> None:
        """Goes to the first case of the queue that is not on screen."""
        here = self._selection.series_uid
        queue = [row.uid for row in self.queue]
        if here in queue:
            after = queue[queue.index(here) + 1 :] + queue[: queue.index(here)]
        else:
            after = queue
        if after:
            self.select_series(after[0])
        else:
            self.notice.emit(Notice("Every series has its answers."))

    def previous_series(self) -> None:
        """Goes back to the case that was on screen before."""
        if self._visited:
            self._show(self._visited.pop())

    @property
    def volume(self) -> Volume | None:
        """Pixels of the selected series; None while they load."""
        return self._pixels.volume

    @property
    def banner(self) -> Mapping[str, str]:
        """Names of the selected series, read live from its file; never stored."""
        return self._pixels.banner

    # Labels -------------------------------------------------------------------------------

    @property
    def labels(self) -> CaseLabels:
        """What was said of the selected series."""
        return self._desk.case_labels() if self._desk else CaseLabels()

    def say(
        self,
        finding: str,
        answer: Answer,
        region: Region | None = None,
        confidence: float = 1.0,
        area: float | None = None,
    ) -> None:
        """Commits a label of the selected series; it is on disk when this returns."""
        self._write(lambda desk: desk.say(finding, answer, region, confidence, area=area))

    def remove(self, row_id: int) -> None:
        """Takes a label back (a range, a box, an answer); undo brings it again."""
        self._write(lambda desk: desk.remove(row_id))

    def skip(self, reason: str = "") -> None:
        """Puts the selected case at the end of the queue and goes on."""
        if self._write(lambda desk: desk.skip(reason)):
            self.next_series()

    def undo(self) -> None:
        """Takes this reader's last act back and shows the case it was about."""
        self._travel("undo", lambda desk: desk.last_done(), lambda desk: desk.undo())

    def redo(self) -> None:
        """Does this reader's last undone act again."""
        self._travel("redo", lambda desk: desk.last_undone(), lambda desk: desk.redo())

    def accept(self, finding: str) -> None:
        """Makes a suggestion this reader's label; its row says where it came from."""
        self._write(lambda desk: desk.accept(finding))

    def reject(self, finding: str) -> None:
        """Turns a suggestion down; it is not shown again for this round."""
        self._write(lambda desk: desk.reject(finding))

    def _travel(
        self, word: str, where: Callable[["Desk"], str | None], act: Callable[["Desk"], None]
    ) -> None:
        if self._desk is None:
            return
        uid = where(self._desk)
        if uid is None:
            self.notice.emit(Notice(f"There is nothing to {word}."))
        elif self._write(act, needs_case=False):
            self.select_series(uid)

    def _write(self, act: Callable[["Desk"], None], *, needs_case: bool = True) -> bool:
        """Does one act of the reader; True if it is on disk."""
        if self._desk is None or (needs_case and not self._selection.series_uid):
            return False
        try:
            act(self._desk)
        except KnownError as trouble:
            self._on_trouble(trouble)
            return False
        self._reveal()
        self.changed.emit(Change(project=True, labels=True, series=True, queue=True, evidence=True))
        return True

    # Model --------------------------------------------------------------------------------

    @property
    def model(self) -> ModelView:
        """What of the model may be drawn for the selected series now."""
        return self._desk.model() if self._desk else ModelView(hidden=NOTHING_OPEN)

    def peek(self) -> None:
        """Shows the model before this reader has answered; the journal remembers it."""
        if self._desk is not None and self._desk.peek():
            self.changed.emit(Change(labels=True, evidence=True))

    def hide_model(self) -> None:
        """Hides the model for this case again."""
        if self._desk is not None:
            self._desk.hide_model()
            self.changed.emit(Change(labels=True, evidence=True))

    # Rounds -------------------------------------------------------------------------------

    @property
    def methods(self) -> tuple[MethodForm, ...]:
        """Methods a round can use, with the schema of their options as they suit the project."""
        from wsl_studio.jobs.study import method_forms

        return self._rounds.forms if self._rounds else method_forms()

    @property
    def default_method(self) -> str:
        """Name of the method that a new round starts with."""
        from wsl_studio.learn.methods import DEFAULT

        return DEFAULT

    @property
    def devices(self) -> tuple[str, ...]:
        """Choices for the device of a round."""
        return ("auto", "cpu", "cuda")

    @property
    def rounds(self) -> tuple[RoundRow, ...]:
        """Rounds of the project, oldest first."""
        return self._rounds.rows() if self._rounds else ()

    @property
    def running(self) -> RoundRow | None:
        """The round under way."""
        return self._rounds.running if self._rounds else None

    def rebuilt(self, number: int) -> Rebuilt:
        """What the encoder of a finished round keeps of the selected series."""
        uid = self.selection.series_uid
        if self._rounds is None or not uid:
            return Rebuilt()
        try:
            return self._rounds.rebuilt(number, uid)
        except KnownError as trouble:
            self._on_trouble(trouble)
            return Rebuilt()

    def train(
        self, method: str, options: dict[str, Any], seed: int = 0, device: str = "auto"
    ) -> None:
        """Starts a round on the labels as they are now."""
        self._try_round(lambda room: room.start(method, options, seed, device))

    def stop_round(self) -> None:
        """Ends the round early and keeps its best weights."""
        self._try_round(lambda room: room.stop())

    def cancel_round(self) -> None:
        """Ends the round and discards it."""
        self._try_round(lambda room: room.cancel())

    def resume_round(self, number: int) -> None:
        """Goes on with a round whose worker was killed."""
        self._try_round(lambda room: room.resume(number))

    def _try_round(self, act: Callable[["RoundRoom"], None]) -> None:
        if self._rounds is None:
            self._on_trouble(KnownError(NOTHING_OPEN))
            return
        try:
            act(self._rounds)
        except KnownError as trouble:
            self._on_trouble(trouble)
        self.changed.emit(Change(rounds=True))

    @property
    def anchoring(self) -> tuple[int, int]:
        """(answers changed after the model was seen, answers given before it was seen)."""
        return self._desk.anchoring() if self._desk else (0, 0)
