"""The rounds of a project side by side: what changed, what more labels may bring, rolling back."""

from collections.abc import Mapping

from wsl_studio.domain.crossfit import Outlook, outlook
from wsl_studio.domain.doubt import Support
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Source, current_labels, may_show_model
from wsl_studio.domain.news import News, choosing, turns
from wsl_studio.domain.policy import Showing
from wsl_studio.jobs.ordering import crossfit_of, named_scores
from wsl_studio.jobs.review_desk import ReviewDesk
from wsl_studio.jobs.steps import current_round, finished_rounds
from wsl_studio.store import rounds


class RoundsDesk(ReviewDesk):
    """The part of the desk that compares rounds."""

    def news(self, against: int = 0) -> News:
        """What the rounds page shows.

        Args:
            against: Round to compare with; the one before the current if 0.
        """
        folder = self._project.folder
        done, here = finished_rounds(folder), current_round(folder)
        if not here:
            return News()
        earlier = [number for number in done if number < here]
        against = against if against in done else max(earlier, default=0)
        now = named_scores(self._project, here)
        before = named_scores(self._project, against) if against else {}
        open_to = {uid for uid in now if self._may_tell(uid)}
        told = turns(before, now, among=sorted(open_to))
        hidden = turns(before, now, among=[uid for uid in now if uid not in open_to])
        crossfit, _ = crossfit_of(folder, here)
        names = self._project.names()
        ahead: dict[str, Outlook] = {}
        for finding, points in crossfit.curve.items():
            if (found := outlook(points)) is not None:
                ahead[names.of(finding)] = found
        held = {uid for uid, part in self._project.series_split().items() if part != "train"}
        case = []
        for number in done if self._uid in open_to else ():
            if found_here := self._project.read_scores(number).get(self._uid):
                case.append((number, found_here))
        return News(
            current=here,
            finished=done,
            against=against,
            turns=told,
            n_hidden=len(hidden),
            outlook=ahead,
            choosing=choosing(self._chosen(crossfit.supports), held),
            case=tuple(case),
        )

    def _chosen(
        self, supports: Mapping[str, Mapping[str, Support]]
    ) -> Mapping[str, Mapping[str, Support]]:
        """Only labels that a reader gave here: imported ones were chosen by nobody's queue."""
        said = {
            row.series_uid for row in current_labels(self._journal) if row.source is Source.READER
        }
        return {uid: found for uid, found in supports.items() if uid in said}

    def _may_tell(self, uid: str) -> bool:
        """Blind first holds for changes too: they are told once the reader has committed."""
        if self.policy.showing is not Showing.BLIND:
            return self.policy.showing is Showing.FREE
        return may_show_model(
            self._current_of(uid), series_uid=uid, reader=self._reader, findings=self.findings
        )

    def make_current(self, number: int) -> None:
        """Shows the results of an earlier round until another one ends; nothing is deleted.

        Raises:
            KnownError: The round has no results.
        """
        done = finished_rounds(self._project.folder)
        if number not in done:
            raise KnownError(f"Round {number} has no results to show.")
        rounds.write_current(self._project.folder, number, of=max(done))
        self.forget_round()
