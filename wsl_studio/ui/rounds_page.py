"""The rounds page: what changed since a round, what ten more labels may bring, and rolling back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from wsl_studio.domain.crossfit import MORE, Outlook
from wsl_studio.domain.evidence import signed
from wsl_studio.domain.news import Choosing, News, Turn
from wsl_studio.domain.round import Interval, Score
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Change, Selection
from wsl_studio.ui.parts import Choice, Spread, allow, button, column, heading, row
from wsl_studio.ui.review import ReviewTable, keep_letters
from wsl_studio.ui.rounds_table import Table, make_view
from wsl_studio.ui.theme import GRID_PX, ink
from wsl_studio.ui.words import numeral, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

TURN_TITLES: Final = (
    say("Series"),
    say("Finding"),
    say("Before"),
    say("Now"),
    say("Evidence moved"),
    "",
)
CASE_TITLES: Final = (
    say("Round"),
    say("Finding"),
    say("Probability"),
    say("For"),
    say("Against"),
    say("As a whole"),
    say("Decisive slice"),
)
"""What a series says as a whole has a column only where some round compared series so."""


class RoundsPage(QDialog):
    """Beside the image: the current round held against another, and the road ahead.

    Args:
        parent: The window.
        session: What is open.
    """

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self._news = News()
        self._against = 0
        self.setWindowTitle(tr("Rounds"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.outlook_words, self.choosing_words = Spread(tone=""), Spread(tone="")
        self.outlook_words.setObjectName("rounds.outlook")
        self.choosing_words.setObjectName("rounds.choosing")
        self.against = Choice()
        self.against.setAccessibleName(tr("Round to compare with"))
        self.against.activated.connect(self._on_against)
        self._current, self._with = QLabel(), QLabel(tr("compared with"))
        self._said = Spread()
        self.back_button = button(tr("B  Make it the current round"), on_click=self._roll_back)
        self.back_button.setProperty(
            "tip", "Evidence, queue and review show that round again; nothing is deleted"
        )
        self.turns_table, self.case_table = Table(), Table()
        self.turns_view, self.case_view = ReviewTable(), ReviewTable()
        make_view(self.turns_table, stretch=5, view=self.turns_view)
        make_view(self.case_table, stretch=-1, view=self.case_view)
        self.case_view.setAccessibleName(tr("This series, round by round"))
        self.turns_view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.turns_view.setAccessibleName(tr("What changed"))
        self.turns_view.activated.connect(self._go)
        self.turns_view.clicked.connect(self._go)
        self._case_title = heading(tr("This series, round by round"))
        outer = column(margin=2 * GRID_PX, gap=GRID_PX)
        outer.addWidget(heading(tr("The road ahead")))
        outer.addWidget(self.outlook_words)
        outer.addWidget(self.choosing_words)
        outer.addSpacing(GRID_PX)
        outer.addWidget(heading(tr("What changed")))
        outer.addLayout(row(self._current, self._with, self.against, None, self.back_button))
        outer.addWidget(self._said)
        outer.addWidget(self.turns_view, 3)
        outer.addWidget(self._case_title)
        outer.addWidget(self.case_view, 2)
        outer.addStretch(0)
        outer.addLayout(row(None, button(tr("Close"), on_click=self.close)))
        self.setLayout(outer)
        self.resize(100 * GRID_PX, 80 * GRID_PX)
        session.changed.connect(self._on_change)
        session.selection_changed.connect(self._on_selection)
        self._refresh()

    def event(self, event: QEvent) -> bool:
        """Plain letters belong to the page, also where they mean something in the window."""
        return keep_letters(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letter on the button."""
        if event.key() == Qt.Key.Key_B:
            self.back_button.click()
        else:
            super().keyPressEvent(event)

    def _on_against(self, index: int) -> None:
        self._against = int(self.against.itemData(index))
        self._refresh()

    def _roll_back(self) -> None:
        if self._news.against:
            self._against = self._news.current
            self._session.make_current(self._news.against)

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            turn = self._news.turns[index.row()]
            self._session.select_series(turn.series_uid)
            self._session.select_finding(turn.finding)
            self._session.select_slice(turn.after.decisive_slice)

    def _on_change(self, change: Change) -> None:
        if change.rounds or change.labels or change.project:
            self._refresh()

    def _on_selection(self, selection: Selection) -> None:
        del selection
        self._refresh()

    # What is shown --------------------------------------------------------------------------------

    def _refresh(self) -> None:
        self._news = news = self._session.news(self._against)
        self.outlook_words.setText(say_outlook(news))
        self.choosing_words.setText(say_choosing(news.choosing))
        self._current.setText(
            tr("Round {n}", n=news.current) if news.current else tr("No round yet")
        )
        others = [number for number in news.finished if number != news.current]
        self.against.clear()
        for number in others:
            self.against.addItem(tr("round {n}", n=number), number)
        self.against.setCurrentIndex(max(0, self.against.findData(news.against)))
        for one in (self.against, self._with, self.turns_view):
            one.setVisible(bool(others))
        allow(self.back_button, "" if news.against else tr("There is no other round."))
        numbers = {line.uid: f"#{line.number}" for line in self._session.rows}
        self.turns_table.show_lines(
            TURN_TITLES, [_turn_line(one, numbers) for one in news.turns],
            numbers=frozenset({2, 3, 4}),
            tones=[ink().accent if one.is_flip else "" for one in news.turns],
        )  # fmt: skip
        self._said.setText(say_turns(news))
        has_whole = any(s.whole for _, found in news.case for s in found.values())
        self.case_table.show_lines(
            tuple(title for title in CASE_TITLES if has_whole or title != "As a whole"),
            [
                _case_line(
                    tr("{n} (current)", n=number) if number == news.current else str(number),
                    finding, score, has_whole=has_whole,
                )
                for number, found in reversed(news.case)
                for finding, score in found.items()
            ],
            numbers=frozenset({2, 3, 4, 5} if has_whole else {2, 3, 4}),
        )  # fmt: skip
        for one in (self.case_view, self._case_title):
            one.setVisible(bool(news.case))


def _case_line(number: str, finding: str, score: Score, *, has_whole: bool) -> tuple[str, ...]:
    """What one round says of one finding, under ``CASE_TITLES``."""
    whole = (numeral(signed(score.whole)) if score.whole else "–",) if has_whole else ()
    return (
        number,
        finding,
        numeral(f"{score.probability:.2f}"),
        numeral(signed(score.positive)),
        numeral(signed(score.negative, minus=True)),
        *whole,
        str(score.decisive_slice + 1),
    )


def say_outlook(news: News) -> str:
    """The stop meter: a line a finding."""
    if not news.outlook:
        return tr("The curve needs some more labels of both kinds before it says where it leads.")
    return "\n".join(_outlook_line(finding, one) for finding, one in news.outlook.items())


def _outlook_line(finding: str, one: Outlook) -> str:
    span = one.change
    verdict = ""
    if span.high < 0.005:
        verdict = " " + tr("More labels of this kind change little now.")
    return tr(
        "{finding}: the next {more} labels are expected to change the AUC of a light head by"
        " {span}, from {now:.2f} at {n} labels.{verdict}",
        finding=finding,
        more=MORE,
        span=_span(span),
        now=one.now,
        n=one.n,
        verdict=verdict,
    )


def say_choosing(found: Choosing | None) -> str:
    """Whether the queue beats chance here."""
    if found is None or found.difference is None:
        return tr(
            "Whether the queue beats chance shows once chosen series and audits are labelled."
        )
    (a, n), (b, m), span = found.chosen, found.audits, found.difference
    if span.low > 0:
        verdict = tr("The queue beats chance here")
    elif span.high < 0:
        verdict = tr("The queue does worse than chance here; label some at random")
    else:
        verdict = tr("The queue is not told from chance yet")
    return tr(
        "{verdict}: chosen series surprise {a} times in {n}, random audits {b} in {m}"
        " (difference {span}).",
        verdict=verdict,
        a=a,
        n=n,
        b=b,
        m=m,
        span=_span(span),
    )


def say_turns(news: News) -> str:
    """How much changed, and how much of it stays hidden."""
    if not news.against:
        return tr(
            "With a second round, answers that turned and evidence that moved are listed here."
        )
    flips = sum(one.is_flip for one in news.turns)
    hidden = (
        " " + tr("{n} more in series you have not answered.", n=news.n_hidden)
        if news.n_hidden
        else ""
    )
    moved = len(news.turns) - flips
    return tr(
        "{flips} answers turned (orange), evidence moved in {moved} others.{hidden}",
        flips=flips,
        moved=moved,
        hidden=hidden,
    )


def _span(span: Interval) -> str:
    return tr(
        "{value:+.3f} ({low:+.3f} to {high:+.3f})", value=span.value, low=span.low, high=span.high
    )


def _turn_line(one: Turn, numbers: dict[str, str]) -> tuple[str, ...]:
    return (
        numbers.get(one.series_uid, "–"), one.finding, f"{one.before.probability:.2f}",
        f"{one.after.probability:.2f}", tr("{moved:.1f} logits", moved=one.moved),
        "turned" if one.is_flip else "moved",
    )  # fmt: skip
