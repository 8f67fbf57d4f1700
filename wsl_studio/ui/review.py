"""The review page: suggestions that may join the labels, and labels that the model contradicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLabel,
    QSlider,
    QStackedWidget,
    QTableView,
    QWidget,
)

from wsl_studio.domain.label import Answer
from wsl_studio.domain.review import THRESHOLD, Doubt, Joining, Purity, Review, purity, spot_check
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Change
from wsl_studio.ui.parts import Elided, Spread, allow, button, column, row, set_tone
from wsl_studio.ui.reflow import Reflow
from wsl_studio.ui.rounds_table import Table, make_view
from wsl_studio.ui.theme import GRID_PX, ink
from wsl_studio.ui.words import local, numeral, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

JOIN_TITLES: Final = (say("Series"), say("Finding"), say("Suggestion"), say("Sure"), say("State"))
DOUBT_TITLES: Final = (
    say("Series"),
    say("Finding"),
    say("Your label"),
    say("Other patients"),
    say("Alike series"),
    say("Slice"),
)
FEW: Final = 5
"""Audits below which a low bound says nothing but that they are few."""
CHANGED: Final = {Answer.PRESENT: Answer.ABSENT, Answer.ABSENT: Answer.PRESENT}


def keep_letters(event: QEvent) -> bool:
    """True for a letter that a page takes before the window makes a shortcut of it."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    assert isinstance(event, QKeyEvent)
    is_letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    if is_letter and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        event.accept()
        return True
    return False


class ReviewTable(QTableView):
    """Lines of the page; the letter keys of the page are not eaten by the table's search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the series; letters belong to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        elif event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)


class ReviewPage(QDialog):
    """Beside the image: what may join before the next round, and what is in doubt.

    Args:
        parent: The window.
        session: What is open.
    """

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self._review = Review()
        self._listed: tuple[Joining, ...] = ()
        self._is_spot = False
        self.setWindowTitle(tr("Review"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.join_button = button(tr("May join"), on_click=lambda: self._turn(0))
        self.doubt_button = button(tr("In doubt"), on_click=lambda: self._turn(1))
        for one in (self.join_button, self.doubt_button):
            one.setCheckable(True)
        self._states = Elided(tone="dim")
        self._states.setObjectName("review.states")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._make_joining())
        self.pages.addWidget(self._make_doubts())
        close = button(tr("Close"), on_click=self.close)
        outer = column(margin=2 * GRID_PX)
        outer.addLayout(row(self.join_button, self.doubt_button, GRID_PX, self._states, close))
        outer.addWidget(self.pages, 1)
        self.setLayout(outer)
        self.resize(108 * GRID_PX, 68 * GRID_PX)
        session.changed.connect(self._on_change)
        self._turn(0)
        self._refresh()

    # Building ---------------------------------------------------------------------------------

    def _make_joining(self) -> QWidget:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(50, 100)
        self.slider.setValue(round(100 * THRESHOLD))
        self.slider.setAccessibleName(tr("How sure a suggestion must be to join"))
        self.slider.valueChanged.connect(self._refresh_joining)
        self._dial = QLabel()
        self._dial.setMinimumWidth(6 * GRID_PX)
        self._count, self._purity = Elided(), Spread()
        self._count.setObjectName("review.count")
        self._purity.setObjectName("review.purity")
        self._joining = Table()
        self.joining_view = self._view(
            self._joining, stretch=4, name=tr("Suggestions that may join")
        )
        self._empty = Spread()
        self.show_button = button(tr("E  Show what it suggests (noted)"), on_click=self._show)
        self.accept_button = button(tr("A  Accept chosen"), on_click=self._accept)
        self.all_button = button(tr("Shift+A  Accept all listed"), on_click=self._accept_all)
        self.veto_button = button(tr("X  Veto chosen"), on_click=self._veto)
        self.spot_button = button(tr("K  Spot check"), on_click=self._spot)
        self.spot_button.setCheckable(True)
        self.spot_button.setToolTip(tr("Lists five of them by chance: read these, then decide"))
        inside = column(gap=GRID_PX)
        inside.addLayout(row(QLabel(tr("At least")), self.slider, self._dial))
        inside.addWidget(self._count)
        inside.addWidget(self._purity)
        inside.addWidget(self.joining_view, 1)
        inside.addWidget(self._empty)
        acts = (self.show_button, self.spot_button, self.veto_button, self.accept_button,
                self.all_button)  # fmt: skip
        inside.addWidget(Reflow(acts, gap=GRID_PX))
        page = QWidget()
        page.setLayout(inside)
        inside.setContentsMargins(0, GRID_PX, 0, 0)
        return page

    def _make_doubts(self) -> QWidget:
        self._about = Spread(
            tr(
                "Your labels that heads trained on other patients contradict, the least supported"
                " first. Enter shows the slice that speaks against the label."
            )
        )
        self._doubts = Table()
        self.doubts_view = self._view(self._doubts, stretch=2, name=tr("Labels in doubt"))
        self._none = Spread(tr("No label of yours is in doubt."))
        self.keep_button = button(tr("K  Keep"), on_click=lambda: self._judge(lambda a: a))
        self.change_button = button(
            tr("C  Change"), on_click=lambda: self._judge(CHANGED.__getitem__)
        )
        self.open_button = button(
            tr("U  Mark uncertain"), on_click=lambda: self._judge(lambda _a: Answer.UNCERTAIN)
        )
        inside = column(gap=GRID_PX)
        inside.addWidget(self._about)
        inside.addWidget(self.doubts_view, 1)
        inside.addWidget(self._none)
        inside.addLayout(row(None, self.open_button, self.change_button, self.keep_button))
        page = QWidget()
        page.setLayout(inside)
        inside.setContentsMargins(0, GRID_PX, 0, 0)
        return page

    def _view(self, table: Table, *, stretch: int, name: str) -> ReviewTable:
        view = ReviewTable()
        make_view(table, stretch=stretch, view=view)
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setAccessibleName(name)
        view.activated.connect(self._go)
        view.clicked.connect(self._go)
        return view

    # Keys ---------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Plain letters belong to the page, also where they mean something in the window."""
        return keep_letters(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters on the buttons."""
        is_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        joining = {Qt.Key.Key_E: self.show_button, Qt.Key.Key_X: self.veto_button,
                   Qt.Key.Key_A: self.all_button if is_shift else self.accept_button,
                   Qt.Key.Key_K: self.spot_button}  # fmt: skip
        doubts = {Qt.Key.Key_K: self.keep_button, Qt.Key.Key_C: self.change_button,
                  Qt.Key.Key_U: self.open_button}  # fmt: skip
        keys = (joining, doubts)[self.pages.currentIndex()]
        if event.key() in keys:
            keys[Qt.Key(event.key())].click()
        elif event.key() == Qt.Key.Key_Tab or event.key() == Qt.Key.Key_F6:
            self._turn(1 - self.pages.currentIndex())
        else:
            super().keyPressEvent(event)

    def _turn(self, at: int) -> None:
        self.pages.setCurrentIndex(at)
        self.join_button.setChecked(at == 0)
        self.doubt_button.setChecked(at == 1)
        (self.joining_view, self.doubts_view)[at].setFocus()

    # Acts ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._session.look_at(self._review.joining)

    def _spot(self) -> None:
        self._is_spot = self.spot_button.isChecked()
        self._refresh_joining()

    def _accept(self) -> None:
        self._session.accept_joining(self._chosen())

    def _accept_all(self) -> None:
        self._session.accept_joining(self._listed)

    def _veto(self) -> None:
        self._session.veto(self._chosen())

    def _chosen(self) -> tuple[Joining, ...]:
        rows = sorted(index.row() for index in self.joining_view.selectionModel().selectedRows())
        return tuple(self._listed[at] for at in rows)

    def _judge(self, answer: Callable[[Answer], Answer]) -> None:
        at = self.doubts_view.currentIndex().row()
        if 0 <= at < len(self._review.doubts):
            doubt = self._review.doubts[at]
            self._session.judge(doubt, answer(doubt.answer))

    def _go(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if self.pages.currentIndex() == 0:
            self._session.select_series(self._listed[index.row()].series_uid)
            return
        doubt: Doubt = self._review.doubts[index.row()]
        self._session.select_series(doubt.series_uid)
        self._session.select_finding(doubt.finding)
        self._session.select_slice(doubt.slice)

    # What is shown --------------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        if change.series or change.project or change.rounds or change.labels:
            self._refresh()

    def _refresh(self) -> None:
        self._review = found = self._session.review
        n = len(found.joining)
        self._states.setText(
            tr(
                "{own} reader labels · {accepted} accepted suggestions · {n} suggestions",
                own=found.n_reader,
                accepted=found.n_accepted,
                n=n,
            )
        )
        self.join_button.setText(tr("May join ({n})", n=n) if n else tr("May join"))
        doubts = found.doubts
        self.doubt_button.setText(tr("In doubt ({n})", n=len(doubts)) if doubts else tr("In doubt"))
        self._refresh_joining()
        numbers = self._numbers()
        at = self.doubts_view.currentIndex().row()
        self._doubts.show_lines(
            DOUBT_TITLES, [_doubt_line(one, numbers) for one in doubts],
            numbers=frozenset({3, 4, 5}),
        )  # fmt: skip
        if doubts:
            self.doubts_view.selectRow(min(max(at, 0), len(doubts) - 1))
        self.doubts_view.setVisible(bool(doubts))
        self._none.setVisible(not doubts)
        self._none.setText(local(found.hidden) or tr("No label of yours is in doubt."))
        for one in (self.keep_button, self.change_button, self.open_button):
            allow(one, "" if doubts else tr("No label is in doubt."))

    def _refresh_joining(self) -> None:
        found, threshold = self._review, self.slider.value() / 100
        above = found.above(threshold)
        self._listed = spot_check(above, seed=found.round) if self._is_spot else above
        self._dial.setText(numeral(f"{threshold:.2f}"))
        n_present = sum(one.is_present for one in above)
        series = len({one.series_uid for one in above})
        seen = tr("{n} present, {m} absent", n=n_present, m=len(above) - n_present)
        count = tr(
            "{n} of {total} suggestions for {series} series",
            n=len(above), total=len(found.joining), series=series,
        )  # fmt: skip
        self._count.setText(
            tr("{count}: {seen}", count=count, seen=seen) if found.is_seen else count
        )
        audits, folds = purity(found.audits, threshold), purity(found.folds, threshold)
        self._purity.setText(
            tr(
                "Right so far at this threshold: {audits} on random audits of other patients;"
                " {folds} out of fold.",
                audits=_say(audits),
                folds=_say(folds),
            )
        )
        is_low = audits.share is not None and audits.n >= FEW and audits.share.low < 0.5
        set_tone(self._purity, "trouble" if is_low else "dim")
        numbers = self._numbers()
        self._joining.show_lines(
            JOIN_TITLES, [self._line(one, numbers) for one in self._listed],
            numbers=frozenset({3}),
            tones=[ink().model if found.is_seen else ""] * len(self._listed),
        )  # fmt: skip
        self.joining_view.setVisible(bool(self._listed))
        self._empty.setVisible(not self._listed)
        self._empty.setText(local(found.hidden) or tr("Nothing is this sure. Lower the threshold."))
        hidden = "" if found.is_seen else tr("Look first (E): you accept only what you have seen.")
        none = "" if self._listed else tr("Nothing is listed.")
        for one in (self.accept_button, self.all_button):
            allow(one, none or hidden)
        allow(self.veto_button, none)
        allow(self.show_button, none or (tr("They are shown.") if found.is_seen else ""))

    def _line(self, one: Joining, numbers: dict[str, str]) -> tuple[str, ...]:
        place = numbers.get(one.series_uid, "–")
        if not self._review.is_seen:
            return place, one.finding, tr("hidden"), "–", tr("suggestion")
        answer = local(Answer.PRESENT if one.is_present else Answer.ABSENT)
        return place, one.finding, answer, numeral(f"{one.confidence:.2f}"), tr("suggestion")

    def _numbers(self) -> dict[str, str]:
        return {line.uid: f"#{line.number}  {local(line.title)}" for line in self._session.rows}


def _doubt_line(one: Doubt, numbers: dict[str, str]) -> tuple[str, ...]:
    heads, alike = one.support.of_label
    return (
        numbers.get(one.series_uid, "–"), one.finding, local(one.answer),
        tr("{percent:.0f}% agree", percent=100 * heads),
        tr("{percent:.0f}% agree", percent=100 * alike), str(one.slice + 1),
    )  # fmt: skip


def _say(found: Purity) -> str:
    """``'14 of 15, 0.93 (0.70–0.99)'``."""
    if found.share is None:
        return "none"
    share = found.share
    return tr(
        "{right} of {n}, {value:.2f} ({low:.2f}–{high:.2f})",
        right=found.right,
        n=found.n,
        value=share.value,
        low=share.low,
        high=share.high,
    )
