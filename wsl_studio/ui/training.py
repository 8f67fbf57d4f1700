"""The bottom place: one line about the rounds, and a panel to train and compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QProgressBar, QStackedWidget, QWidget

from wsl_studio.domain.label import WHOLE
from wsl_studio.jobs.values import Change, Notice, Rebuilt, RoundRow
from wsl_studio.ui.icons import icon
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.method_pane import MethodPane
from wsl_studio.ui.next_step import Step, next_step
from wsl_studio.ui.parts import (
    Compact,
    Elided,
    Spread,
    allow,
    button,
    column,
    heading,
    mark_next,
    row,
    scrolled,
    set_tone,
)
from wsl_studio.ui.rebuilt import RebuiltStrip
from wsl_studio.ui.rounds_table import (
    Table,
    anchoring_words,
    interrupted,
    is_no_help,
    line_words,
    make_view,
    show_metrics,
    show_rounds,
    twin_words,
)
from wsl_studio.ui.theme import GRID_PX, ink, scaled
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session
    from wsl_studio.ui.curves import Curves

LINE_PX = 40
OPEN_PX = 272
WIDE_PX = 1100  # from which form, curves and tables stand beside one another, at 100 %


class TrainingPanel(QWidget):
    """Trains a round with chosen options, shows it live, lists the past ones.

    Emits ``folded`` with True after it was folded and False after it was opened.

    Args:
        session: What is open.
        keys: The table of keys, for the hints.
    """

    folded = Signal(bool)
    review_asked = Signal()
    page_asked = Signal()

    def __init__(self, session: Session, keys: KeyTable) -> None:
        super().__init__()
        self._session, self._keys = session, keys
        self._curves: Curves | None = None
        self._chosen = 0
        self.setProperty("place", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._body = Compact()
        self._roll = scrolled(self._body)  # with large text or on a small window
        self._roll.hide()
        outer = column(gap=0)
        outer.addWidget(self._make_line())
        outer.addWidget(self._roll, 1)
        self.setLayout(outer)
        self._build_body()
        session.changed.connect(self._on_change)
        self._refresh()
        self.setMaximumHeight(scaled(LINE_PX))

    # Building -------------------------------------------------------------------------------

    def _make_line(self) -> QWidget:
        session, keys = self._session, self._keys
        self.fold_button = button(icon_name="chevron-up", on_click=self.toggle)
        tip = tr("Method, options, curves and past rounds")
        self.fold_button.setToolTip(keys.tip(tip, "rounds"))
        self._said = Elided(tone="dim")
        self._said.setObjectName("round.line")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(18 * GRID_PX)
        self._left = Elided(tone="dim")
        self._left.setFixedWidth(scaled(10 * GRID_PX))
        self.resume_button = button(tr("Resume"), icon_name="play", on_click=self._resume)
        keep = tr("Stop and keep")
        self.stop_button = button(keep, icon_name="stop", on_click=session.stop_round)
        self.stop_button.setToolTip(tr("Ends the round now and keeps its best weights"))
        self.cancel_button = button(tr("Cancel"), icon_name="close", on_click=session.cancel_round)
        self.cancel_button.setToolTip(tr("Ends the round and discards it; labels stay"))
        self.review_button = button(tr("Review"), on_click=self.review_asked.emit)
        tip = tr("Suggestions that may join, and labels in doubt")
        self.review_button.setToolTip(keys.tip(tip, "review"))
        words = f"{keys.hint('train')}  {tr('Train')}".strip()
        self.train_button = button(words, on_click=self._click_train)
        self.train_button.setMinimumWidth(11 * GRID_PX)
        out = QWidget()
        out.setFixedHeight(scaled(LINE_PX))
        line = row(
            self.fold_button, heading(tr("Rounds")), self._said, self._bar, self._left,
            self.review_button, self.resume_button, self.stop_button, self.cancel_button,
            self.train_button,
        )  # fmt: skip
        line.setContentsMargins(4, 0, GRID_PX + 4, 0)
        line.setStretch(2, 1)
        out.setLayout(line)
        return out

    def _build_body(self) -> None:
        self.pane = MethodPane(self._session)
        self.pane.method.currentIndexChanged.connect(self._tell_ahead)
        self.pane.form.changed.connect(self._tell_ahead)
        self._plots = QStackedWidget()
        self._table, self._scores = Table(), Table()
        self.rounds_view = make_view(self._table, stretch=2)
        self.scores_view = make_view(self._scores, stretch=0)
        self.rounds_view.setAccessibleName(tr("Rounds"))
        self.scores_view.setAccessibleName(tr("Scores on test patients"))
        self.rounds_view.clicked.connect(self._on_round)
        self._anchoring = Elided(tone="dim")
        self.twin = Elided(tone="dim")
        self.twin.setObjectName("round.twin")
        self._no_rounds = Spread(
            tr("Past rounds are listed here, each scored on the same frozen test patients.")
        )
        self._no_rounds.setAlignment(Qt.AlignmentFlag.AlignTop)
        right = column(gap=4)
        right.addWidget(self._no_rounds)
        right.addWidget(self.rounds_view, 3)
        right.addWidget(self.scores_view, 3)
        right.addWidget(self.twin)
        compare = button(tr("Compare rounds, look ahead"), on_click=self.page_asked.emit)
        tip = tr("What changed, what ten more labels may bring, roll back")
        compare.setToolTip(self._keys.tip(tip, "rounds_page"))
        self.rebuilt = RebuiltStrip(self._anchoring, compare)
        right.addWidget(self.rebuilt)
        tables = QWidget()
        tables.setLayout(right)
        tables.setMinimumWidth(scaled(62 * GRID_PX))
        self._tables = tables
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(GRID_PX + 4, 0, GRID_PX + 4, GRID_PX // 2)
        self._grid.setSpacing(2 * GRID_PX)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tables that have too little room beside the rest stand under it."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        is_wide = self.width() >= scaled(WIDE_PX)
        self._grid.addWidget(self.pane, 0, 0)
        self._grid.addWidget(self._plots, 0, 1)
        self._grid.addWidget(self._tables, *((0, 2, 1, 1) if is_wide else (1, 0, 1, 2)))
        for k, share in enumerate((2, 3, 4 if is_wide else 0)):
            self._grid.setColumnStretch(k, share)

    # What keys and buttons do -----------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """True while the panel is unfolded."""
        return not self._roll.isHidden()

    def toggle(self) -> None:
        """Opens or folds the panel."""
        self.set_open(not self.is_open)

    def set_open(self, is_open: bool) -> None:
        """Opens or folds the panel; the curves are made when it opens first."""
        if is_open == self.is_open:
            return
        if is_open:
            self._fill()
        self._roll.setVisible(is_open)
        self.fold_button.setIcon(icon("chevron-down" if is_open else "chevron-up", ink().dim))
        self.setMaximumHeight(16777215 if is_open else scaled(LINE_PX))
        self.setMinimumHeight(28 * GRID_PX if is_open else scaled(LINE_PX))
        self.folded.emit(not is_open)
        self._refresh()

    def _click_train(self) -> None:
        """The button gives the keyboard back to the image, as the key does."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self.train()

    def train(self) -> None:
        """Starts a round with what the form says; opens no dialog."""
        if why := self._why_not():
            self._session.notice.emit(Notice(why))
            return
        self.pane.fill()
        self._session.train(*self.pane.asked())

    def _resume(self) -> None:
        found = interrupted(self._session.rounds, self._chosen)
        if found is not None:
            self._session.resume_round(found.number)

    def _on_round(self, index: QModelIndex) -> None:
        rounds = self._session.rounds
        self._chosen = rounds[len(rounds) - 1 - index.row()].number
        self._refresh()

    # What is shown ------------------------------------------------------------------------------

    def _fill(self) -> None:
        self.pane.fill()
        if self._curves is None:
            # pyqtgraph takes 0.3 s to import: not before somebody wants to see curves.
            from wsl_studio.ui.curves import Curves

            self._curves = Curves()
            self._plots.addWidget(self._curves)

    def _why_not(self) -> str:
        session = self._session
        if session.project is None:
            return tr("Open a project first.")
        if session.running is not None:
            return tr("A round is under way; stop or cancel it first.")
        known = session.project.n_answered
        if not (any(line.answers for line in session.rows) if known is None else known):
            return tr("Label some series first, some present and some absent.")
        return ""

    def _on_change(self, change: Change) -> None:
        if change.rounds or change.project or change.labels or change.series or change.evidence:
            self._refresh()

    def _refresh(self) -> None:
        session = self._session
        rounds, running = session.rounds, session.running
        text, tone = line_words(rounds, running)
        self._said.setText(text)
        set_tone(self._said, tone)
        self._bar.setVisible(running is not None)
        self._left.setVisible(running is not None)
        for one in (self.stop_button, self.cancel_button):
            one.setVisible(running is not None)
        if running is not None:
            self._bar.setRange(0, max(0, running.total))
            self._bar.setValue(min(running.done, max(0, running.total)))
            self._left.setText(local(running.left))
        resumable = interrupted(rounds, self._chosen) if running is None else None
        self.resume_button.setVisible(resumable is not None)
        if resumable is not None:
            self.resume_button.setToolTip(tr("Goes on with round {n}", n=resumable.number))
        self.train_button.setVisible(running is None)
        self._tell_ahead()
        why = self._why_not()
        mark_next(self.train_button, not why and self._step() is Step.TRAIN)
        if self.is_open:
            self._refresh_body(rounds, running)

    def _tell_ahead(self) -> None:
        """What the round would go on from, in its form and beside the pointer on the button."""
        name, options, _, _ = self.pane.asked()
        is_idle = self._session.running is None
        ahead = local(self._session.ahead(name, options)) if is_idle else ""
        self.pane.tell_ahead(ahead)
        tip = self._keys.tip(tr("Train a round on the labels"), "train")
        self.train_button.setProperty("tip", f"{tip}\n{ahead}".strip())
        allow(self.train_button, self._why_not())

    def _step(self) -> Step:
        session = self._session
        project = session.project
        own = {r.finding for r in session.labels.current if r.level in WHOLE}
        return next_step(
            session.rows, session.rounds,
            is_answered=project is not None and own >= set(project.findings),
            n_waiting=len(session.queue), is_current=session.model.is_current,
            taught=None if project is None else project.n_teaching,
        )  # fmt: skip

    def _refresh_body(self, rounds: tuple[RoundRow, ...], running: RoundRow | None) -> None:
        chosen = next((r for r in rounds if r.number == self._chosen), None)
        shown = running or chosen or (rounds[-1] if rounds else None)
        if self._curves is not None:
            self._curves.show_epochs(shown.epochs if shown else ())
        show_rounds(self._table, rounds)
        scored = [r for r in rounds if r.metrics is not None]
        best = shown if shown is not None and shown.metrics is not None else None
        show_metrics(self._scores, best or (scored[-1] if scored else None))
        if shown is not None:
            self.rounds_view.selectRow(len(rounds) - 1 - rounds.index(shown))
        self._no_rounds.setVisible(not rounds)
        self.rounds_view.setVisible(bool(rounds))
        self.scores_view.setVisible(bool(scored))
        best = best or (scored[-1] if scored else None)
        words = twin_words(best)
        self.twin.setText(words)
        self.twin.set_tip(words)
        self.twin.setVisible(bool(words))
        set_tone(self.twin, "trouble" if is_no_help(best) else "dim")
        self.pane.offer_start()
        self._anchoring.setText(anchoring_words(*self._session.anchoring))
        is_done = shown is not None and shown.metrics is not None
        self.rebuilt.show_rebuilt(
            self._session.rebuilt(shown.number) if shown is not None and is_done else Rebuilt()
        )
