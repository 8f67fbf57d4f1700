"""The right column: what the reader says of the series on screen, all of it by key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from wsl_studio.domain.label import Answer, Level, Region, Row, Source
from wsl_studio.jobs.values import Change, Notice, Selection
from wsl_studio.ui.area import AreaField
from wsl_studio.ui.finding_row import CONFIDENCES, FindingRow
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.next_step import Step, next_step
from wsl_studio.ui.parts import (
    Elided,
    Spread,
    allow,
    button,
    clear,
    column,
    heading,
    mark_next,
    panel,
    row,
)
from wsl_studio.ui.regions import LINE_PX, RegionList
from wsl_studio.ui.theme import GRID_PX, ROW_PX, SMALL_PX, ui_font

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

NO_SERIES = "Choose a series first."


class NameField(QLineEdit):
    """A name being typed; Enter takes it, Esc gives up."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Name of the finding, then Enter")
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


class LabelPanel(QWidget):
    """Findings with their answers, ranges and boxes, undo and redo, next and skip.

    Args:
        session: What is open.
        keys: The table of keys, for the hints.
    """

    def __init__(self, session: Session, keys: KeyTable) -> None:
        super().__init__()
        self._session, self._keys = session, keys
        self._confidence = 1.0
        self._case: tuple[str, str] = ("", "")
        self.rows: dict[str, FindingRow] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("place", "panel")
        self.setMinimumWidth(32 * GRID_PX)

        self.undo_button = button(icon_name="undo", on_click=session.undo)
        self.redo_button = button(icon_name="redo", on_click=session.redo)
        self._add = button(icon_name="plus", tip="Add a finding", on_click=self._start_name)
        head = row(heading("Labels"), None, self._add, self.undo_button, self.redo_button, gap=0)
        head.setContentsMargins(GRID_PX + 4, 4, 4, 0)

        self._curtain = Elided(tone="dim")
        self._curtain.setObjectName("curtain")
        self._curtain.setFont(ui_font(SMALL_PX))
        self._peek = button(icon_name="eye", on_click=session.peek)
        self._peek.setToolTip(keys.tip("Show the model before you label; it is noted", "peek"))
        self._hide = button(icon_name="eye-off", on_click=session.hide_model)
        self._hide.setToolTip("Hide the model for this series again")
        line = QWidget()
        inside = row(self._curtain, self._peek, self._hide)
        inside.setContentsMargins(GRID_PX + 4, 0, 4, 0)
        line.setLayout(inside)

        self._findings = column(gap=GRID_PX // 2)
        page = panel()
        page.setLayout(self._findings)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        self._scroll = scroll

        self.name_field = NameField()
        self.name_field.returnPressed.connect(self._take_name)
        self.name_field.editingFinished.connect(self._end_name)
        naming = QWidget()
        inside = row(self.name_field)
        inside.setContentsMargins(GRID_PX, 0, GRID_PX + 4, 0)
        naming.setLayout(inside)
        self._line = QStackedWidget()
        self._line.addWidget(line)
        self._line.addWidget(naming)
        self._line.setFixedHeight(ROW_PX)

        self.regions = RegionList(self._go, self._remove)
        self._no_regions = Spread("Mark slices with [ and ], or hold B and drag a box.")
        self._no_regions.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._no_regions.setContentsMargins(GRID_PX + 4, 4, GRID_PX, 0)
        self._region_stack = QStackedWidget()
        self._region_stack.addWidget(self.regions)
        self._region_stack.addWidget(self._no_regions)
        region_head = row(heading("Ranges and boxes"))
        region_head.setContentsMargins(GRID_PX + 4, GRID_PX, GRID_PX, 0)

        outer = column(gap=4)
        outer.setContentsMargins(0, 4, 0, GRID_PX)
        outer.addLayout(head)
        outer.addWidget(self._line)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._make_confidence())
        self.area = AreaField(self.set_area, keys)
        outer.addWidget(self.area)
        outer.addLayout(region_head)
        outer.addWidget(self._region_stack)
        outer.addLayout(self._make_moves())
        self.setLayout(outer)

        session.changed.connect(self._on_change)
        session.selection_changed.connect(self._on_selection)
        self._on_change(Change(project=True, labels=True))

    def sizeHint(self) -> QSize:
        """A column."""
        return QSize(36 * GRID_PX, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low window the findings come first."""
        super().resizeEvent(event)
        lines = 2 if self.height() < 60 * GRID_PX else 4
        self._region_stack.setFixedHeight(lines * LINE_PX)

    def _make_confidence(self) -> QHBoxLayout:
        self.sure_buttons: dict[float, QPushButton] = {}
        group = QButtonGroup(self)
        line = row(gap=1)
        for value, word in CONFIDENCES:
            one = button(word, on_click=partial(self.set_confidence, value))
            one.setCheckable(True)
            one.setProperty("segment", True)
            one.setProperty("tip", self._keys.tip(f"How sure you are: {word}", "confidence"))
            group.addButton(one)
            line.addWidget(one, 1)
            self.sure_buttons[value] = one
        line.setContentsMargins(GRID_PX + 4, 0, GRID_PX + 4, 0)
        return line

    def _make_moves(self) -> QHBoxLayout:
        session, keys = self._session, self._keys
        self.previous_button = button("Previous", on_click=session.previous_series)
        self.skip_button = button("Skip", on_click=session.skip)
        self.next_button = button("Next", on_click=session.next_series)
        for one, name, tip in (
            (self.previous_button, "previous_series", "The series that was on screen before"),
            (self.skip_button, "skip", "To the end of the queue, and on"),
            (self.next_button, "next_series", "Next in the queue"),
        ):
            one.setProperty("tip", keys.tip(tip, name))
            one.setText(f"{keys.hint(name)}  {one.text()}")
        line = row(self.previous_button, self.skip_button, self.next_button)
        line.setContentsMargins(GRID_PX + 4, GRID_PX, GRID_PX + 4, 0)
        return line

    # What keys and buttons do ---------------------------------------------------------------

    def answer(self, answer: Answer, finding: str = "") -> None:
        """Commits an answer for a finding, or for the selected one."""
        finding = finding or self._session.selection.finding
        if why := self._why_not():
            self._session.notice.emit(Notice(why))
        elif finding:
            if finding != self._session.selection.finding:
                self._session.select_finding(finding)
            area = self.area.area if answer is Answer.PRESENT else None
            self._session.say(finding, answer, confidence=self._confidence, area=area)

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
            self._session.say(label.finding, label.answer, None, confidence, label.area)
        self._refresh()

    def set_area(self, area: float | None) -> None:
        """Says the answer for the selected finding again, with the share that it fills."""
        label = self._label(self._session.selection.finding)
        if label is not None and label.answer is Answer.PRESENT:
            self._session.say(label.finding, label.answer, None, label.confidence, area)

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
        if why := self._why_not() or ("" if finding else "Add a finding first."):
            self._session.notice.emit(Notice(why))
            return
        label = self._label(finding)
        answer = label.answer if label is not None and label.answer else Answer.PRESENT
        self._session.say(finding, answer, region=region, confidence=self._confidence)

    def _decide(self, finding: str, *, is_accepted: bool) -> None:
        finding = finding or self._session.selection.finding
        open_ones = {s.finding for s in self._session.model.suggestions if s.state == "open"}
        if finding not in open_ones:
            told = f"There is no open suggestion for {finding}." if finding else NO_SERIES
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
            self._session.notice.emit(Notice(f"{name} is a finding already."))
        elif name:
            self._session.add_finding(name)

    def _end_name(self) -> None:
        if not self.name_field.text().strip():
            self._line.setCurrentIndex(0)

    # What is shown --------------------------------------------------------------------------

    def _label(self, finding: str) -> Row | None:
        """The series-level answer that holds: this reader's own, otherwise an imported one."""
        found = None
        for label in self._session.labels.current:
            if label.level is Level.SERIES and label.finding == finding:
                if label.source is not Source.IMPORT:
                    return label
                found = found or label
        return found

    def _why_not(self) -> str:
        return "" if self._session.selection.series_uid else NO_SERIES

    def _on_change(self, change: Change) -> None:
        if change.project:
            self._rebuild()
        if change.project or change.labels or change.evidence or change.rounds or change.queue:
            self._refresh()

    def _on_selection(self, selection: Selection) -> None:
        """Another slice changes nothing here; scrolling must stay quick."""
        if (selection.series_uid, selection.finding) != self._case:
            self._refresh()

    def _rebuild(self) -> None:
        project = self._session.project
        findings = project.findings if project else ()
        if tuple(self.rows) == findings:
            return
        clear(self._findings)
        self.rows = {}
        for number, finding in enumerate(findings, start=1):
            line = FindingRow(
                finding, number, self._keys,
                say=partial(self.answer, finding=finding),
                select=partial(self._session.select_finding, finding),
                accept=partial(self.accept, finding),
                reject=partial(self.reject, finding),
            )  # fmt: skip
            self.rows[finding] = line
            self._findings.addWidget(line)
        self._findings.addStretch(1)

    def _refresh(self) -> None:
        session = self._session
        selection, labels, model = session.selection, session.labels, session.model
        if (selection.series_uid, selection.finding) != self._case:
            self._case = (selection.series_uid, selection.finding)
            label = self._label(selection.finding)
            self._confidence = label.confidence if label is not None else 1.0
        proposed = {} if model.hidden else {s.finding: s for s in model.suggestions}
        why = self._why_not()
        for finding, line in self.rows.items():
            line.show_case(
                self._label(finding), proposed.get(finding),
                is_selected=finding == selection.finding, why_not=why,
            )  # fmt: skip
        if selection.finding in self.rows:
            self._scroll.ensureWidgetVisible(self.rows[selection.finding], 0, 0)
        self.area.show_label(self._label(selection.finding))
        for value, one in self.sure_buttons.items():
            one.setChecked(value == self._confidence)
            allow(one, why)
        what = "Suggestions" if proposed else "Evidence"
        self._curtain.setText(model.hidden or f"{what} of round {model.round}")
        self._peek.setVisible(bool(model.hidden) and model.can_peek)
        self._hide.setVisible(not model.hidden)
        regions = tuple(label for label in labels.current if label.region is not None)
        self.regions.regions.set_labels(regions)
        self._region_stack.setCurrentIndex(0 if regions else 1)
        self._refresh_buttons(labels.can_undo, labels.can_redo)

    def _refresh_buttons(self, can_undo: str, can_redo: str) -> None:
        session, keys = self._session, self._keys
        for one, name, what in (
            (self.undo_button, "undo", can_undo),
            (self.redo_button, "redo", can_redo),
        ):
            one.setProperty("tip", keys.tip(f"{name.capitalize()} {what}", name))
            allow(one, "" if what else f"Nothing to {name}")
        queue = session.queue
        is_answered = bool(self.rows) and all(self._label(f) is not None for f in self.rows)
        step = next_step(
            session.rows, session.rounds, is_answered=is_answered, n_waiting=len(queue),
            is_current=session.model.is_current,
        )  # fmt: skip
        mark_next(self.next_button, step is Step.NEXT)
        others = any(line.uid != session.selection.series_uid for line in queue)
        allow(self.next_button, "" if others else "No other series is waiting")
        allow(self.skip_button, self._why_not())
        allow(self._add, "" if session.project else "Open a project first")
