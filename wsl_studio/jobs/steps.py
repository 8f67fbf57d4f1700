"""The steps of the loop without Qt: what the window, the command line and a script all call."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import (
    WHOLE,
    Act,
    Answer,
    Entry,
    Row,
    Source,
    current_labels,
    effective_rows,
    label_revision,
)
from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.domain.queue import PAUSE_EVERY, QueueItem, shuffle_steps, sift_steps
from wsl_studio.domain.queue import queue_steps as order_steps
from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.domain.review import vetoes
from wsl_studio.domain.round import Manifest, Split
from wsl_studio.domain.series import IMAGE_MODALITY, Index, Series
from wsl_studio.domain.words import known, say
from wsl_studio.jobs.ahead import start_of
from wsl_studio.jobs.manifest import make_manifest
from wsl_studio.jobs.ordering import known_steps
from wsl_studio.store import rounds
from wsl_studio.store.project import Project

SPLIT_SEED = 0
"""The split is drawn once; a fixed seed makes two projects on the same data comparable."""


def take_index(project: Project, index: Index) -> tuple[int, int]:
    """Puts what a walk found into the project; (new series, known series)."""
    counts = project.add_series(index.series)
    project.add_passed_over(index.passed_over)
    if project.has_split():
        project.extend_split(SPLIT_SEED)
    return counts


def append_labels(project: Project, entries: Iterable[Entry]) -> tuple[Row, ...]:
    """Commits labels; the first one of a project draws the split by patient."""
    rows = tuple(project.append_many(entries))
    if rows:
        project.extend_split(SPLIT_SEED)
    return rows


def take_truth(
    project: Project, folder: Path, *, finding: str | None = None
) -> Steps[tuple[int, int]]:
    """Registers truth masks for evaluation: ``STEM.png``, ``UID.FINDING.npz`` and the like.

    ``STEM.FINDING.ext`` speaks of that finding and also says whether it is present (an empty
    mask: absent). ``STEM.ext`` says where, for every finding (or for ``finding``), not whether.

    Returns:
        (series with truth, series without).
    """
    from wsl_studio.dicom.masks import SUFFIXES, read_mask

    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES)
    if not files:
        raise KnownError(f"There is no mask (.png, .npy, .npz) in {folder.name}.")
    keys = project.series_keys()
    truths = []
    for done, path in enumerate(files):
        yield Progress(done, len(files), "Reading truth masks")
        uid, named = keys.get(path.stem), finding
        is_own = False
        if uid is None and "." in path.stem:
            stem, _, last = path.stem.rpartition(".")
            if last in project.findings and finding in (None, last):
                uid, named, is_own = keys.get(stem), last, True
        if uid is not None:
            is_present = bool(read_mask(path).any()) if is_own else None
            for name in (named,) if named else project.findings:
                truths.append((uid, name, path.resolve(), is_present))
    project.add_truths(truths)
    taken = {uid for uid, *_ in truths}
    return len(taken), len(project.patient_keys()) - len(taken)


def find_method(name: str) -> Method[Any]:
    """A method by name, or a sentence that lists them."""
    from wsl_studio.learn.methods import METHODS

    if name not in METHODS:
        raise KnownError(f"There is no method {name}.", f"Methods: {', '.join(METHODS)}.")
    method: Method[Any] = METHODS[name]
    return method


def make_recipe(method: Method[Any], options: dict[str, Any]) -> Recipe:
    """The recipe for options, or a sentence that names the one that is wrong."""
    try:
        return method.recipe(options)
    except ValidationError as trouble:
        first = trouble.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "options"
        raise KnownError(f"Option {where}: {first['msg']}.") from trouble


def prepare_round(
    project: Project,
    *,
    method: str,
    options: dict[str, Any],
    seed: int,
    device: str,
    is_warm: bool = False,
    listed: Sequence[Series] | None = None,
) -> tuple[Path, Manifest]:
    """Freezes the labels into the manifest of a new round folder.

    Args:
        project: Open for writing.
        method: Name of the method.
        options: As the reader set them; the others are what suits the project.
        seed: Of everything random.
        device: ``auto``, ``cpu`` or ``cuda``.
        is_warm: Starts from the heads of the last finished round where its recipe is the same:
            the quick answer to a changed label. A cold start does not depend on what was before.
        listed: Every series, where they are at hand.
    """
    known = find_method(method)
    listed = listed or [series for _, series in project.series_list()]
    of_study = Counter(series.study_key for series in listed)
    project.extend_split(SPLIT_SEED)
    journal, patients, split = project.rows(), project.patient_keys(), project.split()
    current = current_labels(journal)
    options = fitted(
        known,
        options,
        is_pictures=is_pictures(listed),
        is_many=has_many(current, patients, split),
    )
    recipe = make_recipe(known, options)
    directory = project.next_round_dir()
    try:
        manifest = make_manifest(
            number=int(directory.name),
            findings=project.findings,
            patients=patients,
            split=split,
            current=current,
            label_revision=label_revision(journal),
            method=method,
            options=options,
            recipe=recipe,
            seed=seed,
            device=device,
            vetoed=vetoes(journal),
            alone={s.uid for s in listed if not s.study_key or of_study[s.study_key] == 1},
        )
        if is_warm:
            last, anew = start_of(
                project.folder, current_round(project.folder), recipe, manifest.findings,
                manifest.n_labelled, rename=project.names().of,
            )  # fmt: skip
            manifest = manifest.model_copy(update={"warm_from": last, "anew": anew})
        project.write_manifest(manifest)
    except KnownError:
        rounds.discard(directory)
        raise
    return directory, manifest


def fitted(
    method: Method[Any], options: Mapping[str, Any], *, is_pictures: bool, is_many: bool = False
) -> dict[str, Any]:
    """Options as the reader set them, the others as they suit the project."""
    from wsl_studio.learn.methods import fitting

    own = fitting(method, options, is_pictures=is_pictures, is_many=is_many)
    return {**own, **options}


def has_many(
    current: Iterable[Row], patients: Mapping[str, str], split: Mapping[str, Split]
) -> bool:
    """True where as many series are labelled as fine-tuning takes; test patients do not count.

    Args:
        current: Labels that hold now.
        patients: Key by series uid.
        split: Part by patient key.
    """
    from wsl_studio.learn.methods.common import MANY

    answered = {row.series_uid for row in current if row.answer is not None}
    return sum(1 for uid in answered if split.get(patients[uid]) != "test") >= MANY


def is_pictures(listed: Iterable[Series]) -> bool:
    """True where most series are single ultrasound images or grey image files."""
    single = [is_picture(one) for one in listed]
    return 2 * sum(single) > len(single)


def is_picture(series: Series) -> bool:
    """True for a single ultrasound image or a grey image file.

    On films of blood in colour, where a finding is a speck, the options that suit ultrasound found
    nothing and the plain ones did (``PICTURES``).
    """
    is_grey_file = series.modality == IMAGE_MODALITY and not series.is_colour
    return series.n_slices == 1 and (series.modality == "US" or is_grey_file)


def finished_rounds(folder: Path) -> tuple[int, ...]:
    """Numbers of the rounds whose results are whole, in order."""
    return tuple(
        n
        for n in rounds.rounds(folder)
        if rounds.read_metrics(rounds.round_dir(folder, n)) is not None
    )


def current_round(folder: Path) -> int:
    """The round whose results are shown: the last whole one, unless a reader rolled back.

    Returns:
        0 without any.
    """
    done = finished_rounds(folder)
    chosen = rounds.read_current(folder)
    if chosen is not None and chosen[0] in done and chosen[1] == done[-1]:
        return chosen[0]
    return max(done, default=0)


def queue_of(
    project: Project, *, reader: str | None = None, journal: Sequence[Row] | None = None
) -> tuple[QueueItem, ...]:
    """The queue of one reader, or of the project where none is named; see ``queue_steps``."""
    return drain(queue_steps(project, reader=reader, journal=journal))


def queue_steps(
    project: Project,
    *,
    reader: str | None = None,
    journal: Sequence[Row] | None = None,
    parts: Mapping[str, Split | None] | None = None,
    shuffled: Sequence[str] | None = None,
) -> Steps[tuple[QueueItem, ...]]:
    """Orders the series that want an answer; skipped ones last.

    A series is out of the queue once every finding has an answer, imported ones included.

    Args:
        project: Open.
        reader: Whose queue; None for that of the project.
        journal: All of it, where it is at hand.
        parts: Part of every series by number, None before the split, where that is at hand.
        shuffled: The same series as ``shuffle_steps`` orders them, where that is at hand.
    """
    journal = project.rows() if journal is None else journal
    current = current_labels(journal)
    answered: dict[str, set[str]] = {}
    for row in current:
        is_theirs = reader is None or row.reader == reader or row.source is Source.IMPORT
        if row.level in WHOLE and is_theirs:
            answered.setdefault(row.series_uid, set()).add(row.finding)
    everything = set(project.findings)
    if parts is None:
        split = project.series_split()
        parts = {uid: split.get(uid) for uid in project.patient_keys()}
    done = {uid for uid, said in answered.items() if everything and not said < everything}
    yield Progress(0, len(parts))
    put_off: dict[Act, dict[str, str]] = {Act.SKIP: {}, Act.DEFER: {}}
    for row in effective_rows(journal):
        if row.act in put_off and (reader is None or row.reader == reader):
            for those in put_off.values():
                those.pop(row.series_uid, None)
            put_off[row.act][row.series_uid] = row.reason
    skipped, deferred = put_off[Act.SKIP], put_off[Act.DEFER]
    last = current_round(project.folder)
    held = set()
    for i, (uid, part) in enumerate(parts.items()):
        if i % PAUSE_EVERY == 0:
            yield Progress(0, len(parts))
        if part is not None and part != "train":
            held.add(uid)
    if shuffled is None:
        shuffled = yield from shuffle_steps(tuple(parts), SPLIT_SEED)
    out = {*done, *skipped, *deferred}
    yield Progress(0, len(parts))
    items = yield from order_steps(
        (yield from sift_steps(shuffled, out, is_in=False)),
        (
            yield from known_steps(
                project, last, current, labelled=answered, reader=reader, held=held
            )
        ),
    )
    later = tuple(
        QueueItem(
            uid,
            say("skipped: {why}", why=known(skipped[uid]))
            if skipped[uid]
            else say("skipped before"),
            0.0,
        )
        for uid in (parts if skipped else ())
        if uid in skipped and uid not in done
    )
    # Behind the skipped ones: what a deferred series waits for may take days.
    last_of_all = tuple(
        QueueItem(uid, say("deferred: {why}", why=known(deferred[uid])), 0.0)
        for uid in deferred
        if uid not in done
    )
    return items + later + last_of_all


def say_answer(answer: Answer | None) -> str:
    """Word of an answer, or ``no answer``."""
    return answer.value if answer else say("no answer")
