"""What of the last round a reader reviews across series: suggestions that may join, doubts."""

from collections.abc import Sequence
from pathlib import Path

from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.label import (
    WHOLE,
    Act,
    Answer,
    Row,
    Source,
    current_labels,
    has_seen_model,
)
from wsl_studio.domain.policy import Showing
from wsl_studio.domain.review import Doubt, Joining, Review, joining, vetoes
from wsl_studio.domain.round import Score
from wsl_studio.jobs.advice import NEVER, Advice
from wsl_studio.jobs.curtain import NO_ROUND
from wsl_studio.jobs.ordering import SURE, crossfit_of, doubts, named_scores
from wsl_studio.jobs.steps import current_round
from wsl_studio.jobs.values import Suggestion
from wsl_studio.store import rounds

Judged = tuple[tuple[float, bool], ...]


class ReviewDesk(Advice):
    """The part of the desk that looks over all series at once."""

    def review(self) -> Review:
        """What the review page shows now; nothing of the model before it may be seen."""
        if self.policy.showing is Showing.NEVER:
            return Review(hidden=NEVER)
        last = current_round(self._project.folder)
        if not last:
            return Review(hidden=NO_ROUND)
        current = current_labels(self._journal)
        whole = [row for row in current if row.level in WHOLE]
        answered = {(row.series_uid, row.finding) for row in whole}
        split = self._project.series_split()
        scores = named_scores(self._project, last)
        turned_down = vetoes(self._journal)
        wanted = set(self.findings)
        found = joining(
            {
                uid: {f: s.probability for f, s in of.items() if f in wanted}
                for uid, of in scores.items()
            },
            teachable=[uid for uid in scores if split.get(uid) == "train"],
            answered=answered,
            vetoed=set(turned_down),
            number=last,
        )
        said = [row for row in whole if row.answer in SURE and row.source is not Source.ACCEPTED]
        return Review(
            joining=found,
            audits=_audits([r for r in said if split.get(r.series_uid) == "validation"], scores),
            folds=self._folds(last, {uid for uid, part in split.items() if part == "train"}),
            vetoed=turned_down,
            doubts=self._doubts(last, current),
            n_reader=sum(row.source is not Source.ACCEPTED for row in whole),
            n_accepted=sum(row.source is Source.ACCEPTED for row in whole),
            is_seen=self._has_seen(found),
            round=last,
        )

    def _has_seen(self, found: Sequence[Joining]) -> bool:
        looked = {r.series_uid for r in self._journal
                  if r.act is Act.LOOK and r.reader == self._reader}  # fmt: skip
        is_free = self.policy.showing is Showing.FREE
        return is_free or (bool(found) and all(one.series_uid in looked for one in found))

    def _folds(self, last: int, teachable: set[str]) -> Judged:
        crossfit, _ = crossfit_of(self._project.folder, last)
        supports = [
            support
            for uid, of in crossfit.supports.items()
            if uid in teachable
            for support in of.values()
        ]
        return tuple(
            (max(s.probability, 1 - s.probability), (s.probability >= 0.5) == s.present)
            for s in supports
        )

    def _doubts(self, last: int, current: Sequence[Row]) -> tuple[Doubt, ...]:
        """Of series that this reader has finished: blind first holds for doubts too."""
        own = {(r.series_uid, r.finding) for r in current
               if r.reader == self._reader and r.source is not Source.IMPORT}  # fmt: skip
        directory = rounds.round_dir(self._project.folder, last)
        out = []
        for uid, finding, support in doubts(self._project, last, current, self._reader):
            if finding in self.findings and all((uid, f) in own for f in self.findings):
                answer = Answer.PRESENT if support.present else Answer.ABSENT
                at = _against(directory, uid, finding, support.present)
                out.append(Doubt(uid, finding, answer, support, at))
        return tuple(out)

    def look_at(self, uids: Sequence[str]) -> None:
        """The suggestions for these series come to light; the journal remembers it, once each."""
        new = [
            uid
            for uid in dict.fromkeys(uids)
            if not has_seen_model(self._journal, series_uid=uid, reader=self._reader)
        ]
        if new:
            self._append_all(
                {"act": Act.LOOK, "series_uid": uid, "round": self._curtain.round} for uid in new
            )

    def accept_joining(self, found: Sequence[Joining]) -> None:
        """Makes suggestions labels of this reader, in one step for undo."""
        scores = named_scores(self._project, found[0].round) if found else {}
        self.accept_many(
            [
                (one.series_uid, Suggestion(one.finding, _score(one, scores), one.round))
                for one in found
            ]
        )

    def veto(self, found: Sequence[Joining]) -> None:
        """Turns suggestions down, in one step for undo: they join no round."""
        if found:
            self._append_all(
                {"act": Act.REJECT, "series_uid": one.series_uid, "finding": one.finding,
                 "round": one.round}
                for one in found
            )  # fmt: skip

    def judge(self, doubt: Doubt, answer: Answer) -> None:
        """Keeps, changes or opens a label in doubt; this round does not doubt it again."""
        old = next(
            (
                row
                for row in reversed(current_labels(self._journal))
                if row.level in WHOLE
                and (row.series_uid, row.finding) == (doubt.series_uid, doubt.finding)
                and row.reader == self._reader
            ),
            None,
        )
        is_kept = old is not None and old.answer is answer
        kept = {"confidence": old.confidence, "area": old.area} if old and is_kept else {}
        level = {"level": old.level} if old else {}
        self._append_all(
            [{"act": Act.SAY, "series_uid": doubt.series_uid, "finding": doubt.finding,
              "answer": answer, **kept, **level}]
        )  # fmt: skip


def _score(one: Joining, scores: dict[str, dict[str, Score]]) -> Score:
    return scores[one.series_uid][one.finding]


def _audits(said: Sequence[Row], scores: dict[str, dict[str, Score]]) -> Judged:
    """Suggestions on validation series, which no head learned from and no reader chose."""
    out = []
    for row in said:
        score = scores.get(row.series_uid, {}).get(row.finding)
        if score is not None:
            p = score.probability
            out.append((max(p, 1 - p), (p >= 0.5) == (row.answer is Answer.PRESENT)))
    return tuple(out)


def _against(directory: Path, uid: str, finding: str, is_present: bool) -> int:
    """The slice with the strongest evidence for the other answer; the first without evidence."""
    evidence: Evidence | None = rounds.read_evidence(directory, uid).get(finding)
    if evidence is None:
        return 0
    positive, negative = evidence.per_slice()
    return int(negative.argmin() if is_present else positive.argmax())
