"""The right column: what the reader says of the series on screen, all of it by key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from wsl_studio.domain.findings import FindingSpec
from wsl_studio.domain.label import Level
from wsl_studio.jobs.values import Change, Selection
from wsl_studio.ui.area import AreaField
from wsl_studio.ui.finding_row import CONFIDENCES, FindingRow
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.label_acts import LabelActs, NameField
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
    scrolled,
)
from wsl_studio.ui.reflow import Reflow
from wsl_studio.ui.regions import LINE_PX, RegionList
from wsl_studio.ui.remarks import Remarks
from wsl_studio.ui.theme import GRID_PX, ROW_PX, SMALL_PX, scaled, ui_font
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session


LEAST_PX: Final = 88
"""Height of the findings, at 100 %, below which the whole column scrolls: one of them."""


class LabelPanel(LabelActs):
    """Findings with their answers, ranges and boxes, undo and redo, next and skip.

    Args:
        session: What is open.
        keys: The table of keys, for the hints.
    """

    def __init__(self, session: Session, keys: KeyTable) -> None:
        super().__init__(session, keys)
        self._case: tuple[str, str] = ("", "")
        self._specs: tuple[FindingSpec, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("place", "panel")

        self.undo_button = button(icon_name="undo", on_click=session.undo)
        self.redo_button = button(icon_name="redo", on_click=session.redo)
        self._add = button(icon_name="plus", tip=tr("Add a finding"), on_click=self._start_name)
        self.findings_button = button(icon_name="list", on_click=partial(keys.trigger, "findings"))
        self.findings_button.setToolTip(keys.tip(tr("Edit the findings"), "findings"))
        self.history_button = button(icon_name="history", on_click=partial(keys.trigger, "history"))
        self.history_button.setToolTip(keys.tip(tr("History: who, what, when"), "history"))
        head = row(
            heading(tr("Labels")), None, self._add, self.findings_button, self.history_button,
            self.undo_button, self.redo_button, gap=0,
        )  # fmt: skip
        head.setContentsMargins(GRID_PX + 4, 4, 4, 0)

        self._curtain = Elided(tone="dim")
        self._curtain.setObjectName("curtain")
        self._curtain.setFont(ui_font(SMALL_PX))
        self._peek = button(icon_name="eye", on_click=session.peek)
        self._peek.setToolTip(keys.tip(tr("Show the model before you label; it is noted"), "peek"))
        self._hide = button(icon_name="eye-off", on_click=session.hide_model)
        self._hide.setToolTip(tr("Hide the model for this series again"))
        line = QWidget()
        inside = row(self._curtain, self._peek, self._hide)
        inside.setContentsMargins(GRID_PX + 4, 0, 4, 0)
        line.setLayout(inside)

        self._findings = column(gap=GRID_PX // 2)
        page = panel()
        page.setLayout(self._findings)
        scroll = self._scroll = scrolled(page, is_tall=True)
        scroll.setMinimumHeight(scaled(LEAST_PX))

        self.name_field = NameField()
        self.name_field.setAccessibleName(tr("Name of a new finding"))
        self.name_field.returnPressed.connect(self._take_name)
        self.name_field.editingFinished.connect(self._end_name)
        naming = QWidget()
        inside = row(self.name_field)
        inside.setContentsMargins(GRID_PX, 0, GRID_PX + 4, 0)
        naming.setLayout(inside)
        self._line = QStackedWidget()
        self._line.addWidget(line)
        self._line.addWidget(naming)
        self._line.setFixedHeight(scaled(ROW_PX))

        self.regions = RegionList(self._go, self._remove)
        self.regions.setAccessibleName(tr("Regions"))
        self._no_regions = Spread(
            tr("[ ] mark slices, B drags a box, Shift+P sets a point, Ctrl+P draws.")
        )
        self._no_regions.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._no_regions.setContentsMargins(GRID_PX + 4, 4, GRID_PX, 0)
        self._region_stack = QStackedWidget()
        self._region_stack.addWidget(self.regions)
        self._region_stack.addWidget(self._no_regions)
        region_head = row(heading(tr("Regions")))
        region_head.setContentsMargins(GRID_PX + 4, GRID_PX, GRID_PX, 0)

        outer = column(gap=4)
        outer.setContentsMargins(0, 4, 0, GRID_PX)
        outer.addLayout(head)
        outer.addWidget(self._line)
        middle, page = column(gap=4), panel()
        middle.addWidget(scroll, 1)
        self.remarks = Remarks(self.note)
        middle.addWidget(self.remarks)
        middle.addLayout(self._make_confidence())
        self.area = AreaField(self.set_area, keys)
        self.study_button = button(tr("Study"), on_click=self.toggle_study)
        self.study_button.setCheckable(True)
        self.study_button.setProperty(
            "tip", keys.tip(tr("Answers speak of every series of the study"), "study")
        )
        below = row(self.area, self.study_button, gap=0)
        below.setContentsMargins(0, 0, GRID_PX + 4, 0)
        middle.addLayout(below)
        middle.addLayout(region_head)
        middle.addWidget(self._region_stack)
        page.setLayout(middle)
        outer.addWidget(scrolled(page, is_tall=True), 1)  # on a low window, or with large text
        outer.addLayout(self._make_moves())
        self.setLayout(outer)

        session.changed.connect(self._on_change)
        session.selection_changed.connect(self._on_selection)
        self._on_change(Change(project=True, labels=True))

    def sizeHint(self) -> QSize:
        """A column."""
        return QSize(36 * GRID_PX, 600)

    def minimumSizeHint(self) -> QSize:
        """Answers stand two by two on the narrowest."""
        return QSize(max(32 * GRID_PX, scaled(24 * GRID_PX)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low window the findings come first."""
        super().resizeEvent(event)
        lines = 2 if self.height() < 60 * GRID_PX else 4
        self._region_stack.setFixedHeight(lines * scaled(LINE_PX))

    def _make_confidence(self) -> QHBoxLayout:
        self.sure_buttons: dict[float, QPushButton] = {}
        group = QButtonGroup(self)
        for value, word in CONFIDENCES:
            one = button(local(word), on_click=partial(self.set_confidence, value))
            one.setCheckable(True)
            one.setProperty("segment", True)
            one.setProperty(
                "tip",
                self._keys.tip(tr("How sure you are: {word}", word=local(word)), "confidence"),
            )
            group.addButton(one)
            self.sure_buttons[value] = one
        line = row(Reflow(tuple(self.sure_buttons.values()), gap=1))
        line.setContentsMargins(GRID_PX + 4, 0, GRID_PX + 4, 0)
        return line

    def _make_moves(self) -> QHBoxLayout:
        session, keys = self._session, self._keys
        self.previous_button = button(tr("Back"), on_click=session.previous_series)
        self.skip_button = button(tr("Skip"), on_click=session.skip)
        self.defer_button = button(icon_name="defer", on_click=self.defer)
        self.next_button = button(tr("Next"), on_click=session.next_series)
        for one, name, tip in (
            (self.previous_button, "previous_series", tr("The series that was on screen before")),
            (self.skip_button, "skip", tr("To the end of the queue, and on")),
            (self.defer_button, "defer", tr("Defer: put off with a reason, to the very end")),
            (self.next_button, "next_series", tr("Next in the queue")),
        ):
            one.setProperty("tip", keys.tip(tip, name))
            if one.text():
                one.setText(f"{keys.hint(name)}  {one.text()}")
        moves = (self.previous_button, self.skip_button, self.defer_button, self.next_button)
        line = row(Reflow(moves, gap=GRID_PX // 4, shares=(1, 1, 0, 1)))
        line.setContentsMargins(GRID_PX + 4, GRID_PX, GRID_PX + 4, 0)
        return line

    # What is shown --------------------------------------------------------------------------

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
        specs = tuple(self.spec(name) for name in project.findings) if project else ()
        if specs == self._specs:
            return
        self._specs = specs
        clear(self._findings)
        self.rows = {}
        self._bind(specs)
        for number, spec in enumerate(specs, start=1):
            finding = spec.name
            line = FindingRow(
                finding, number, self._keys, spec=spec, depth=_depth(spec, specs),
                say=partial(self.answer, finding=finding),
                select=partial(self._session.select_finding, finding),
                accept=partial(self.accept, finding),
                reject=partial(self.reject, finding),
            )  # fmt: skip
            self.rows[finding] = line
            self._findings.addWidget(line)
        self._findings.addStretch(1)

    def _bind(self, specs: tuple[FindingSpec, ...]) -> None:
        """Own keys of findings choose them; the table of keys knows that they are taken."""
        for old in self.actions():
            self.removeAction(old)
            old.deleteLater()
        self._keys.reserved = {spec.key: spec.name for spec in specs if spec.key}
        for key, name in self._keys.reserved.items():
            one = QAction(name, self)
            one.setShortcut(QKeySequence(key))
            one.triggered.connect(partial(self._session.select_finding, name))
            self.addAction(one)

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
        self.area.show_label(self._label(selection.finding), session.series)
        self.remarks.show_labels(labels)
        has_study = Level.STUDY in self.spec(selection.finding).levels
        self.study_button.setChecked(self.is_study)
        allow(self.study_button, why or ("" if has_study else tr("Not labelled by study")))
        for value, one in self.sure_buttons.items():
            one.setChecked(value == self._confidence)
            allow(one, why)
        what = tr("Suggestions") if proposed else tr("Evidence")
        self._curtain.setText(
            local(model.hidden) or tr("{what} of round {n}", what=what, n=model.round)
        )
        self._peek.setVisible(bool(model.hidden) and model.can_peek)
        self._hide.setVisible(not model.hidden)
        regions = tuple(label for label in labels.current if label.region is not None)
        self.regions.regions.set_labels(regions)
        self._region_stack.setCurrentIndex(0 if regions else 1)
        self._refresh_buttons(labels.can_undo, labels.can_redo)

    def _refresh_buttons(self, can_undo: str, can_redo: str) -> None:
        session, keys = self._session, self._keys
        undo, redo = tr("Undo {act}", act=local(can_undo)), tr("Redo {act}", act=local(can_redo))
        for one, name, tip, why in (
            (self.undo_button, "undo", undo, "" if can_undo else tr("Nothing to undo")),
            (self.redo_button, "redo", redo, "" if can_redo else tr("Nothing to redo")),
        ):
            one.setProperty("tip", keys.tip(tip, name))
            allow(one, why)
        queue = session.queue
        is_answered = bool(self.rows) and all(self._label(f) is not None for f in self.rows)
        step = next_step(
            session.rows, session.rounds, is_answered=is_answered, n_waiting=len(queue),
            is_current=session.model.is_current,
            taught=None if session.project is None else session.project.n_teaching,
        )  # fmt: skip
        mark_next(self.next_button, step is Step.NEXT)
        others = any(line.uid != session.selection.series_uid for line in queue)
        allow(self.next_button, "" if others else tr("No other series is waiting"))
        for one in (self.skip_button, self.defer_button):
            allow(one, self._why_not())
        allow(self._add, "" if session.project else tr("Open a project first"))


def _depth(spec: FindingSpec, specs: tuple[FindingSpec, ...]) -> int:
    """How many parents a finding has among those that are labelled."""
    by_id = {one.id: one for one in specs}
    depth, parent = 0, by_id.get(spec.parent)
    while parent is not None and depth < len(specs):
        depth, parent = depth + 1, by_id.get(parent.parent)
    return depth
