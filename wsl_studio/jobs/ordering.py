"""What the queue may know: the last round, the cache and the journal, gathered for one reader."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path
from typing import Final

from wsl_studio.domain.crossfit import CrossFit
from wsl_studio.domain.doubt import Support
from wsl_studio.domain.label import WHOLE, Answer, Row
from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.domain.queue import PAUSE_EVERY, Known
from wsl_studio.domain.round import Manifest
from wsl_studio.domain.space import Space
from wsl_studio.jobs.aside import aside
from wsl_studio.store import rounds
from wsl_studio.store.cached import read_cached_means
from wsl_studio.store.findings import Names
from wsl_studio.store.project import Project

MOST_DOUBTS: Final = 10
"""Labels that one round puts in doubt at most: more would say that the round is poor."""

ASIDE_FROM: Final = 2000
"""Series from which the feature space is made beside the window; with fewer it takes 0.1 s."""

N_READ: Final = 3
"""Rounds whose scores are kept: the current one and those that it is compared with."""

SURE: Final = (Answer.PRESENT, Answer.ABSENT)


def known_steps(
    project: Project,
    last: int,
    current: Sequence[Row],
    *,
    labelled: Iterable[str],
    reader: str | None,
    held: Set[str],
) -> Steps[Known]:
    """Gathers what ``make_queue`` asks.

    Args:
        project: Open.
        last: Number of the last finished round; 0 for none.
        current: Labels that hold.
        labelled: Series whose label counts for this reader.
        reader: Whose queue; None for that of the project.
        held: Series of validation and test patients.
    """
    probabilities = yield from _probability_steps(project, last)
    if len(probabilities) > ASIDE_FROM:
        space = yield from aside(lambda: space_of(project.folder, last))
    else:
        space = space_of(project.folder, last)
    done = sorted(labelled)
    return Known(
        probabilities=probabilities,
        space=space,
        labelled=done,
        counts=_counts(current),
        held=held,
        disputed=disputed(current, reader),
        doubtful={
            uid: finding for uid, finding, _ in doubts(project, last, current, reader)[:MOST_DOUBTS]
        },
    )


_Probabilities = dict[str, dict[str, float]]
_LAST: Final[list[tuple[tuple[Path, int, Names], _Probabilities]]] = []


def _probability_steps(project: Project, number: int) -> Steps[_Probabilities]:
    """Probabilities under the names of now, worked out once until a finding is renamed."""
    names = project.names()
    key = project.folder, number, names
    if _LAST and _LAST[0][0] == key:
        return _LAST[0][1]
    found = yield from score_steps(project.folder, number)
    out: _Probabilities = {}
    for uid, of in found.items():
        if len(out) % PAUSE_EVERY == 0:
            yield Progress(len(out), 0)
        out[uid] = {names.of(finding): score.probability for finding, score in of.items()}
    _LAST[:] = [(key, out)] if out else []
    return out


_READ: Final[OrderedDict[tuple[Path, int], rounds.Scores]] = OrderedDict()
_MANIFESTS: Final[dict[tuple[Path, int], Manifest]] = {}


def score_steps(folder: Path, number: int) -> Steps[rounds.Scores]:
    """Scores of a round under the names of then, read once: a finished round does not change."""
    path = rounds.round_dir(folder, number)
    key = path, _changed(path / "scores.json")
    if key not in _READ:
        found = yield from rounds.score_steps(path)
        if not found:
            return {}
        _READ[key] = found
        while len(_READ) > N_READ:
            _READ.popitem(last=False)
    _READ.move_to_end(key)
    return _READ[key]


def manifest_steps(folder: Path, number: int) -> Steps[Manifest]:
    """What is shown of the manifest of a round, read once; see ``rounds.labelled_steps``."""
    path = rounds.round_dir(folder, number)
    key = path, _changed(path / "manifest.json")
    if key not in _MANIFESTS:
        _MANIFESTS[key] = yield from rounds.labelled_steps(path)
    return _MANIFESTS[key]


def manifest_of(folder: Path, number: int) -> Manifest:
    """``manifest_steps`` at once."""
    return drain(manifest_steps(folder, number))


def _changed(file: Path) -> int:
    """When a file was last written; a number may be given again after a round was discarded."""
    return file.stat().st_mtime_ns if file.exists() else 0


def named_scores(project: Project, number: int) -> rounds.Scores:
    """Scores of a round under the names that findings have now."""
    found = drain(score_steps(project.folder, number))
    names = project.names()
    if all(names.of(name) == name for name in names.ids):
        return found
    return {uid: {names.of(name): s for name, s in of.items()} for uid, of in found.items()}


def space_of(folder: Path, last: int) -> Space | None:
    """The feature space of a round, or of the cache before the first one."""
    if last:
        return _round_space(folder, last)
    means = read_cached_means(folder)
    return Space.of(means) if means else None


@lru_cache(maxsize=2)
def _round_space(folder: Path, last: int) -> Space | None:
    """Made once a round: a finished round does not change."""
    features = rounds.read_features(rounds.round_dir(folder, last))
    return Space.of(features) if features else None


@lru_cache(maxsize=4)
def crossfit_of(folder: Path, number: int) -> tuple[CrossFit, int]:
    """What a round says of its labels, and the last journal row that it knew."""
    path = rounds.round_dir(folder, number)
    return rounds.read_crossfit(path), manifest_of(folder, number).label_revision


def doubts(
    project: Project, last: int, current: Sequence[Row], reader: str | None
) -> tuple[tuple[str, str, Support], ...]:
    """(series, finding, support) of labels that may be mistakes, the least trusted first.

    A label that was given or confirmed after the round is not doubted by it again.
    """
    if not last:
        return ()
    crossfit, revision = crossfit_of(project.folder, last)
    names = project.names()
    found = []
    for row in current:
        if row.level not in WHOLE or row.id > revision or row.answer not in SURE:
            continue
        if reader is not None and row.reader != reader:
            continue
        for finding, support in crossfit.supports.get(row.series_uid, {}).items():
            is_same = support.present == (row.answer is Answer.PRESENT)
            if names.of(finding) == row.finding and is_same and support.is_doubt:
                found.append((row.series_uid, row.finding, support))
    return tuple(sorted(found, key=lambda one: one[2].trust))


def disputed(current: Sequence[Row], reader: str | None) -> Mapping[str, str]:
    """Finding on which others disagree, by series, where this reader has not answered it."""
    said: dict[tuple[str, str], set[Answer]] = {}
    own = set()
    for row in current:
        if row.level in WHOLE and row.answer in SURE:
            said.setdefault((row.series_uid, row.finding), set()).add(row.answer)
            if row.reader == reader:
                own.add((row.series_uid, row.finding))
    return {
        uid: finding
        for (uid, finding), answers in said.items()
        if len(answers) > 1 and (uid, finding) not in own
    }


def _counts(current: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """Series answered (present, absent) by finding."""
    said: dict[str, tuple[set[str], set[str]]] = {}
    for row in current:
        if row.level in WHOLE and row.answer in SURE:
            pair = said.setdefault(row.finding, (set(), set()))
            pair[SURE.index(row.answer)].add(row.series_uid)
    return {finding: (len(yes), len(no)) for finding, (yes, no) in said.items()}
