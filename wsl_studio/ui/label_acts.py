"""What the keys and buttons of the label panel do: each is one act on the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from wsl_studio.domain.findings import FindingSpec
from wsl_studio.domain.label import WHOLE, Answer, Level, Region, Row, Source
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Notice
from wsl_studio.ui.area import AreaField
from wsl_studio.ui.ask import Ask
from wsl_studio.ui.finding_row import CONFIDENCES, FindingRow
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

NO_SERIES = say("Choose a series first.")
WHY_NOT_TELL: Final = (
    say("image quality"), say("not covered by these images"), say("needs an earlier series"),
    say("hidden by metal"), say("outside my field"),
)  # fmt: skip
WHY_DEFER: Final = (
    say("ask a colleague"), say("waiting for an earlier series"), say("waiting for the report"),
    say("needs a larger screen"), say("come back rested"),
)  # fmt: skip


class NameField(QLineEdit):
    """A name being typed; Enter takes it, Esc gives up."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Name of the finding, then Enter"))
        self.setMaxLength(64)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
            self.editingFinished.emit()
            return
        super().keyPressEvent(event)


class LabelActs(QWidget):
    """The half of the label panel that writes.

    Args:
        session: What is open.
        keys: The table of keys, for the hints.
    """

    area: AreaField
    name_field: NameField
    _line: QStackedWidget

    def __init__(self, session: Session, keys: KeyTable) -> None:
        super().__init__()
        self._session, self._keys = session, keys
        self._confidence = 1.0
        self.is_study = False
        self.rows: dict[str, FindingRow] = {}
        self._ask: Ask | None = None

    def slots(self) -> dict[str, Callable[[], object]]:
        """What each key of the labels calls, by the name of its action."""
        session = self._session
        return {
            "present": partial(self.answer, Answer.PRESENT),
            "absent": partial(self.answer, Answer.ABSENT),
            "uncertain": partial(self.answer, Answer.UNCERTAIN),
            "cannot_tell": self.cannot_tell,
            **{f"finding_{k}": partial(self.select_number, k) for k in range(1, 10)},
            "next_finding": lambda: self.step_finding(1),
            "previous_finding": lambda: self.step_finding(-1),
            "confidence": self.cycle_confidence,
            "area": self.area.step,
            "study": self.toggle_study,
            "slice_label": self.mark_slice,
            "note": self.note,
            "clear": self.clear_answer,
            "undo": session.undo,
            "redo": session.redo,
            "next_series": session.next_series,
            "previous_series": session.previous_series,
            "skip": session.skip,
            "defer": self.defer,
            "accept": self.accept,
            "accept_all": session.accept_all,
            "reject": self.reject,
        }

    def answer(self, answer: Answer, finding: str = "") -> None:
        """Commits an answer for a finding, or for the selected one."""
        finding = finding or self._session.selection.finding
        if why := self._why_not():
            self._session.notice.emit(Notice(why))
        elif finding:
            if finding != self._session.selection.finding:
                self._session.select_finding(finding)
            area = self.area.area if answer is Answer.PRESENT else None
            self._say(finding, answer, self._confidence, area)

    def _say(
        self, finding: str, answer: Answer, confidence: float, area: float | None, reason: str = ""
    ) -> None:
        """Says it at the level that is chosen, or at the only one that the finding has."""
        spec = self.spec(finding)
        is_study = Level.STUDY in spec.levels and (self.is_study or Level.SERIES not in spec.levels)
        self._session.say(finding, answer, None, confidence, area, reason, is_study)

    def spec(self, finding: str) -> FindingSpec:
        """What the project says of a finding; nothing in particular of one it hasn't."""
        project = self._session.project
        found = project.schema.named(finding) if project else None
        return found or FindingSpec(id=finding, name=finding)

    def cannot_tell(self) -> None:
        """Says that the selected finding can't be answered from these images, and why."""
        finding = self._session.selection.finding
        if why := self._why_not() or ("" if finding else tr("Add a finding first.")):
            self._session.notice.emit(Notice(why))
            return
        self.ask(
            tr("Cannot tell {finding}: why?", finding=finding), WHY_NOT_TELL,
            lambda reason: self._say(finding, Answer.CANNOT_TELL, 1.0, None, reason),
        )  # fmt: skip

    def defer(self) -> None:
        """Puts the series off, with what it waits for; it comes back at the end of the queue."""
        if why := self._why_not():
            self._session.notice.emit(Notice(why))
            return
        self.ask(tr("Defer this series: what does it wait for?"), WHY_DEFER, self._session.defer)

    def note(self) -> None:
        """Takes free words about the series."""
        if why := self._why_not():
            self._session.notice.emit(Notice(why))
            return
        text = self._session.labels.note
        self.ask(tr("Note on this series"), (), self._session.note, text=text, may_be_empty=True)

    def ask(
        self,
        title: str,
        choices: tuple[str, ...],
        take: Callable[[str], object],
        *,
        text: str = "",
        may_be_empty: bool = False,
    ) -> None:
        """Asks over the window, without stopping it."""
        if self._ask is None:
            self._ask = Ask(self.window())
        self._ask.open(title, choices, take, text=text, may_be_empty=may_be_empty)

    def toggle_study(self) -> None:
        """Answers speak of the whole study, or of this series again."""
        self.is_study = not self.is_study
        self._refresh()
        self._session.notice.emit(
            Notice(
                "Answers now speak of the whole study: every series of it."
                if self.is_study
                else "Answers now speak of this series."
            )
        )

    def mark_slice(self) -> None:
        """Says the selected finding of the slice on screen."""
        here = self._session.selection.slice
        self._mark(Region(first=here, last=here))

    def mark_points(self, at: int, points: tuple[tuple[float, float], ...]) -> None:
        """Says the selected finding of a point, or of a scribble of (x, y) in pixels."""
        self._mark(Region(first=at, last=at, points=points))

    def _refresh(self) -> None:
        """Shows what is now said; the other half knows how."""

    def step_finding(self, by: int) -> None:
        """Selects the finding ``by`` places on, round and round."""
        names = list(self.rows)
        if names:
            here = self._session.selection.finding
            at = names.index(here) if here in names else (-1 if by > 0 else 0)
            self._session.select_finding(names[(at + by) % len(names)])

    def select_number(self, number: int) -> None:
        """Selects a finding by its place, from 1."""
        names = list(self.rows)
        if 1 <= number <= len(names):
            self._session.select_finding(names[number - 1])

    def set_confidence(self, confidence: float) -> None:
        """How sure the reader is; an answer already given is said again with it."""
        self._confidence = confidence
        label = self._label(self._session.selection.finding)
        if label is not None and label.answer and label.confidence != confidence:
            self._say(label.finding, label.answer, confidence, label.area, label.reason)
        self._refresh()

    def set_area(self, area: float | None) -> None:
        """Says the answer for the selected finding again, with the share that it fills."""
        label = self._label(self._session.selection.finding)
        if label is not None and label.answer is Answer.PRESENT:
            self._say(label.finding, label.answer, label.confidence, area)

    def cycle_confidence(self) -> None:
        """Sure, fairly sure, a guess, and round again."""
        steps = [value for value, _ in CONFIDENCES]
        at = steps.index(self._confidence) if self._confidence in steps else -1
        self.set_confidence(steps[(at + 1) % len(steps)])

    def clear_answer(self) -> None:
        """Takes the answer for the selected finding back; undo brings it again."""
        label = self._label(self._session.selection.finding)
        if label is not None:
            self._remove(label)

    def accept(self, finding: str = "") -> None:
        """Accepts the suggestion for a finding, or for the selected one."""
        self._decide(finding, is_accepted=True)

    def reject(self, finding: str = "") -> None:
        """Rejects the suggestion for a finding, or for the selected one."""
        self._decide(finding, is_accepted=False)

    def mark_range(self, first: int, last: int) -> None:
        """Says the selected finding of a slice range."""
        self._mark(Region(first=min(first, last), last=max(first, last)))

    def mark_box(self, at: int, box: tuple[float, float, float, float]) -> None:
        """Says the selected finding of a box (x0, y0, x1, y1) on a slice."""
        self._mark(Region(first=at, last=at, box=box))

    def _mark(self, region: Region) -> None:
        """A region says what the series says; without an answer there, it says present."""
        finding = self._session.selection.finding
        if why := self._why_not() or ("" if finding else tr("Add a finding first.")):
            self._session.notice.emit(Notice(why))
            return
        label = self._label(finding)
        said = label.answer if label is not None else None
        answer = Answer.PRESENT if said in (None, Answer.CANNOT_TELL) else said
        self._session.say(finding, answer, region=region, confidence=self._confidence)

    def _decide(self, finding: str, *, is_accepted: bool) -> None:
        finding = finding or self._session.selection.finding
        open_ones = {s.finding for s in self._session.model.suggestions if s.state == "open"}
        if finding not in open_ones:
            told = (
                tr("There is no open suggestion for {finding}.", finding=finding)
                if finding
                else local(NO_SERIES)
            )
            self._session.notice.emit(Notice(told))
        elif is_accepted:
            self._session.accept(finding)
        else:
            self._session.reject(finding)

    def _remove(self, label: Row) -> None:
        self._session.remove(label.id)

    def _go(self, label: Row) -> None:
        self._session.select_finding(label.finding)
        if label.region is not None:
            self._session.select_slice(label.region.first)

    def _start_name(self) -> None:
        self._line.setCurrentIndex(1)
        self.name_field.setFocus()

    def _take_name(self) -> None:
        name = self.name_field.text().strip()
        self.name_field.clear()
        self.name_field.clearFocus()
        if name and name in self.rows:
            self._session.notice.emit(Notice(say("{name} is a finding already.", name=name)))
        elif name:
            self._session.add_finding(name)

    def _end_name(self) -> None:
        if not self.name_field.text().strip():
            self._line.setCurrentIndex(0)

    def _label(self, finding: str) -> Row | None:
        """The answer that holds: this reader's own before an imported one, series before study."""
        found = None
        for label in self._session.labels.current:
            if label.level not in WHOLE or label.finding != finding:
                continue
            if found is None or _rank(label) > _rank(found):
                found = label
        return found

    def _why_not(self) -> str:
        return "" if self._session.selection.series_uid else local(NO_SERIES)


def _rank(label: Row) -> tuple[bool, bool]:
    return label.source is not Source.IMPORT, label.level is Level.SERIES
