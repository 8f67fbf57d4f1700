"""What a reader can do: browse, label, look, train; one Session, and only it writes."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.measure import Measure
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.words import say
from wsl_studio.jobs.opened import NOTHING_OPEN
from wsl_studio.jobs.reviews import Reviews
from wsl_studio.jobs.values import (
    CaseLabels,
    Change,
    HeaderLine,
    MethodForm,
    ModelView,
    Notice,
    Rebuilt,
    RoundRow,
    SeriesRow,
)

if TYPE_CHECKING:
    from wsl_studio.jobs.keep_remove import Kept
    from wsl_studio.jobs.study import RoundRoom


class Session(Reviews):
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

    def previous_series(self) -> None:
        """Goes back to the case that was on screen before."""
        if self._visited:
            self._show(self._visited.pop())

    @property
    def volume(self) -> Volume | None:
        """Pixels of the selected series; None while they load."""
        return self._pixels.volume

    @property
    def first(self) -> Volume | None:
        """The middle slice of the selected series while the rest is read: to be painted only."""
        return self._pixels.first

    @property
    def banner(self) -> Mapping[str, str]:
        """Names of the selected series, read live from its file; never stored."""
        return self._pixels.banner

    @property
    def companions(self) -> tuple[SeriesRow, ...]:
        """Series to compare with: those of the study first, then of the patient, then all."""
        return self._desk.companions() if self._desk else ()

    def compare(self, uid: str) -> None:
        """Loads a second series to put beside the selected one; an empty uid lets it go."""
        if self._desk is not None:
            self._pixels.show_beside(self._desk.series(uid) if uid else None)
            self.changed.emit(Change(volume=True))

    @property
    def compared(self) -> Volume | None:
        """Pixels of the second series; None without one or while they load."""
        return self._pixels.beside

    def read_header(self, take: Callable[[tuple[HeaderLine, ...]], None]) -> None:
        """Reads the header of the slice on screen live; ``take`` is called with its lines."""
        here = self._selection
        if self._desk is not None and here.series_uid:
            self._pixels.header(self._desk.series(here.series_uid), here.slice, take)

    # Labels -------------------------------------------------------------------------------

    @property
    def labels(self) -> CaseLabels:
        """What was said of the selected series."""
        return self._desk.case_labels() if self._desk else CaseLabels()

    def measures_of(self, uid: str) -> tuple[Measure, ...]:
        """What this reader measured on a series, oldest first."""
        return self._desk.measures(uid) if self._desk else ()

    def keep_measures(self, uid: str, measures: tuple[Measure, ...]) -> None:
        """Keeps all measures of a series as they are now; undo brings the last ones back."""
        self._write(
            lambda desk: desk.keep_measures(uid, measures),
            needs_case=False, change=Change(labels=True),
        )  # fmt: skip

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

    def keep_remove(self, threshold: float) -> None:
        """Says in words whether the evidence on screen is faithful (asked of the worker).

        Args:
            threshold: Evidence beyond it is the highlighted tissue, logits > 0.
        """
        here, model = self._selection, self.model
        if self._rounds is None or model.hidden or here.finding not in model.evidence:
            return
        if self._desk is not None and not self._desk.may_ask(here.finding):
            told = say("Accept the suggestion or turn it down first: controls are on.")
            self.notice.emit(Notice(told))
            return

        def take(told: Kept | KnownError) -> None:
            if self._selection.series_uid != here.series_uid or self.model.hidden:
                return  # another case is on screen: an answer about this one would mislead
            if isinstance(told, KnownError):
                self._on_trouble(told)
            else:
                self.notice.emit(Notice(told.words(here.finding)))

        self.notice.emit(Notice("Asking the model again, with only and without this tissue."))
        self._rounds.keep_remove(model.round, here.series_uid, here.finding, threshold, take)

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
        """What the encoder of a finished round keeps of the selected series.

        Without pictures while the model is hidden: where it has a finding is among them.
        """
        uid = self.selection.series_uid
        if self._rounds is None or not uid:
            return Rebuilt()
        try:
            found = self._rounds.rebuilt(number, uid)
        except KnownError as trouble:
            self._on_trouble(trouble)
            return Rebuilt()
        return Rebuilt(nearest=found.nearest) if self.model.hidden else found

    def ahead(self, method: str, options: Mapping[str, Any]) -> str:
        """What a round with these options would go on from, and how long the last such one took.

        Empty where no backbone would learn.
        """
        return self._rounds.ahead(method, options) if self._rounds else ""

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
