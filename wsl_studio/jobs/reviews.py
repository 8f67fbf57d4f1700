"""The review across series as acts on the open project: suggestions that join, labels in doubt."""

from collections.abc import Sequence

from wsl_studio.domain.label import Answer
from wsl_studio.domain.news import News
from wsl_studio.domain.review import Doubt, Joining, Review
from wsl_studio.jobs.opened import NOTHING_OPEN
from wsl_studio.jobs.room import Room
from wsl_studio.jobs.values import Change


class Reviews(Room):
    """The part of Session that looks over all series at once."""

    @property
    def review(self) -> Review:
        """What the review page shows; read from the last round, so ask once a redraw."""
        return self._desk.review() if self._desk else Review(hidden=NOTHING_OPEN)

    def look_at(self, found: Sequence[Joining]) -> None:
        """Shows what the model suggests for these series; the journal remembers it."""
        uids = [one.series_uid for one in found]
        self._write(lambda desk: desk.look_at(uids), needs_case=False, change=Change(labels=True))

    def accept_joining(self, found: Sequence[Joining]) -> None:
        """Makes suggestions labels of this reader, in one step for undo."""
        self._write(lambda desk: desk.accept_joining(found), needs_case=False)

    def veto(self, found: Sequence[Joining]) -> None:
        """Turns suggestions down, in one step for undo: they join no round."""
        self._write(lambda desk: desk.veto(found), needs_case=False)

    def news(self, against: int = 0) -> News:
        """What changed from a round to the current one, and what more labels may bring."""
        return self._desk.news(against) if self._desk else News()

    def make_current(self, number: int) -> None:
        """Shows the results of an earlier round until another one ends; nothing is deleted."""
        change = Change(labels=True, series=True, queue=True, evidence=True, rounds=True)

        def show() -> None:
            self._write(lambda desk: desk.make_current(number), needs_case=False, change=change)

        self._with_scores(number, show)

    def judge(self, doubt: Doubt, answer: Answer) -> None:
        """Keeps, changes or opens a label in doubt."""
        self._write(lambda desk: desk.judge(doubt, answer), needs_case=False)
