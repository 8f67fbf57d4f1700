"""The series of a project in project.db, where their files lie, and files that were not taken."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Set
from itertools import islice
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from pydantic import TypeAdapter

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.series import ELSEWHERE, PassedOver, Series, SliceRef, container_of
from wsl_studio.domain.words import say
from wsl_studio.store.database import Database
from wsl_studio.store.places import Seal
from wsl_studio.store.schema import PASSED_OVER, SERIES, SLICES

_BATCH: Final = 32
"""Series a transaction: a label typed during an import waits for one batch, under 0.05 s."""

_PAUSE_EVERY: Final = 100
"""Series of a list between two places to pause: 3 ms."""

_OPENING: Final = say("Opening: series")

_REFS: TypeAdapter[tuple[SliceRef, ...]] = TypeAdapter(tuple[SliceRef, ...])
_GEOMETRY: TypeAdapter[Geometry] = TypeAdapter(Geometry)

PATIENT_KEY: Final = sa.func.coalesce(SERIES.c.given_patient_key, SERIES.c.patient_key)
"""The group a series belongs to: the one a labels file gave, else that of its header."""


class ListedSeries(Series):
    """A series in a list: everything but where its slices are.

    ``slices`` is empty; ``n_slices`` is right all the same. ``Project.series_of`` has the whole.
    """

    count: int

    @property
    def n_slices(self) -> int:
        """Slices in the series."""
        return self.count


Listed = tuple[tuple[int, ListedSeries], ...]
"""(number, series) by number."""


def add(
    database: Database, seal: Seal, found: Iterable[Series], *, passed: Set[str] | None = None
) -> tuple[int, int]:
    """Adds series, or brings known ones up to date; a series keeps its number for ever.

    A known series that now comes with fewer slices while its first file is still where it was
    keeps the ones it has: another folder held only a part of it.

    Args:
        database: The project file.
        seal: Of this computer.
        found: The series.
        passed: ``passed_paths``, where it is at hand.

    Returns:
        (added, known before).
    """
    added = known = 0
    passed = passed_paths(database, seal) if passed is None else passed
    iterator = iter(found)
    while batch := {series.uid: series for series in islice(iterator, _BATCH)}:
        # Dumped before the transaction begins, so that it is short.
        digests = {uid: _digest(series) for uid, series in batch.items()}
        with database.write() as connection:
            old = _known(connection, seal, batch)
            number = connection.execute(sa.select(sa.func.max(SERIES.c.number))).scalar() or 0
            for uid, series in batch.items():
                if uid in old:
                    known += 1
                    _update(connection, seal, series, digests[uid], old[uid])
                else:
                    added, number = added + 1, number + 1
                    connection.execute(sa.insert(SERIES), {"number": number, **_columns(series)})
                    _place(connection, seal, series, digests[uid], number)
            taken = passed & {ref.path for series in batch.values() for ref in series.slices}
            if taken:
                connection.execute(
                    sa.delete(PASSED_OVER).where(PASSED_OVER.c.path == sa.bindparam("taken")),
                    [{"taken": seal.close(path)} for path in taken],
                )
    return added, known


def list_steps(database: Database, uids: Collection[str] | None = None) -> Steps[Listed]:
    """(number, series without slices) by number, of all or of a few hundred at most."""
    columns = [column for column in SERIES.c if column.name != "patient_key"]
    query = sa.select(*columns, PATIENT_KEY.label("patient_key")).order_by(SERIES.c.number)
    if uids is not None:
        query = query.where(SERIES.c.uid.in_(uids))
    out = []
    with database.read() as connection:
        total = connection.execute(sa.select(sa.func.count()).select_from(SERIES)).scalar() or 0
        yield Progress(0, total, _OPENING)
        for row in connection.execute(query).mappings():
            fields = {**_fields(row), "slices": (), "count": row["n_slices"]}
            out.append((row["number"], ListedSeries(**fields)))
            if len(out) % _PAUSE_EVERY == 0:
                yield Progress(len(out), total, _OPENING)
    return tuple(out)


def whole(database: Database, seal: Seal, uid: str | None = None) -> tuple[Series, ...]:
    """Series with their slices by number: one, or all (about 0.3 KB a slice in memory).

    Slices of a series that only other computers have imported lie ``ELSEWHERE``.
    """
    columns = [column for column in SERIES.c if column.name != "patient_key"]
    is_ours = sa.and_(SLICES.c.series_number == SERIES.c.number, SLICES.c.seal == seal.name)
    query = (
        sa.select(*columns, PATIENT_KEY.label("patient_key"), SLICES.c.refs)
        .outerjoin(SLICES, is_ours)
        .order_by(SERIES.c.number)
    )
    if uid is not None:
        query = query.where(SERIES.c.uid == uid)
    with database.read() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(Series(**_fields(row), slices=_slices(seal, row)) for row in rows)


def keys(database: Database) -> dict[str, str]:
    """UID by everything that names one series: its UID, and its stem where no other shares it."""
    with database.read() as connection:
        pairs = connection.execute(sa.select(SERIES.c.uid, SERIES.c.stem)).all()
    by_stem: dict[str, list[str]] = {}
    for uid, stem in pairs:
        by_stem.setdefault(stem, []).append(uid)
    out = {stem: uids[0] for stem, uids in by_stem.items() if len(uids) == 1}
    out.update((uid, uid) for uid, _ in pairs)
    return out


def by_study(database: Database) -> dict[str, tuple[str, ...]]:
    """UIDs of its series by every salted key that names a study: of its UID, of its accession."""
    query = sa.select(SERIES.c.uid, SERIES.c.study_key, SERIES.c.accession_key)
    out: dict[str, list[str]] = {}
    with database.read() as connection:
        for uid, study, accession in connection.execute(query.order_by(SERIES.c.number)):
            # The study of an image file is its own name: not a thing that a table may mean.
            named = set() if uid.startswith("image.") else {study, accession} - {""}
            for key in named:
                out.setdefault(key, []).append(uid)
    return {key: tuple(uids) for key, uids in out.items()}


def find(database: Database, key: str) -> str | None:
    """UID of the series with this UID or file stem, or None.

    Raises:
        KnownError: If several series have this stem.
    """
    query = sa.select(SERIES.c.uid).where(sa.or_(SERIES.c.uid == key, SERIES.c.stem == key))
    with database.read() as connection:
        found = [str(row.uid) for row in connection.execute(query)]
    if key in found:
        return key
    if len(found) > 1:
        raise KnownError(
            f"{len(found)} series of the project come from a file named {key}.",
            "Name the series by its UID; the export of the labels lists them.",
        )
    return found[0] if found else None


def patient_keys(database: Database) -> dict[str, str]:
    """Patient key of every series."""
    query = sa.select(SERIES.c.uid, PATIENT_KEY.label("patient_key"))
    with database.read() as connection:
        return {row.uid: row.patient_key for row in connection.execute(query)}


def add_passed_over(database: Database, seal: Seal, items: Iterable[PassedOver]) -> None:
    """Keeps why files were not taken; the last reason for a path holds."""
    values = [
        {"seal": seal.name, "path": seal.close(item.path), "reason": item.reason} for item in items
    ]
    if values:
        with database.write() as connection:
            connection.execute(sa.insert(PASSED_OVER).prefix_with("OR REPLACE"), values)


def passed_over(database: Database, seal: Seal) -> tuple[PassedOver, ...]:
    """Files that no import on this computer has taken, by path."""
    query = sa.select(PASSED_OVER).where(PASSED_OVER.c.seal == seal.name)
    with database.read() as connection:
        found = [
            PassedOver(path=seal.open(row.path), reason=row.reason)
            for row in connection.execute(query)
        ]
    return tuple(sorted(found, key=lambda item: item.path))


def passed_paths(database: Database, seal: Seal) -> frozenset[str]:
    """Paths of the files that no import on this computer has taken."""
    query = sa.select(PASSED_OVER.c.path).where(PASSED_OVER.c.seal == seal.name)
    with database.read() as connection:
        return frozenset(map(seal.open, connection.execute(query).scalars()))


def has_phantoms(database: Database) -> bool:
    """True if this program made any of the series."""
    query = sa.select(SERIES.c.number).where(SERIES.c.is_phantom).limit(1)
    with database.read() as connection:
        return connection.execute(query).first() is not None


def _known(
    connection: sa.Connection, seal: Seal, batch: Mapping[str, Series]
) -> dict[str, sa.RowMapping]:
    is_ours = sa.and_(SLICES.c.series_number == SERIES.c.number, SLICES.c.seal == seal.name)
    query = (
        sa.select(SERIES.c.uid, SERIES.c.number, SERIES.c.n_slices, SLICES.c.digest)
        .outerjoin(SLICES, is_ours)
        .where(SERIES.c.uid.in_(batch))
    )
    return {row["uid"]: row for row in connection.execute(query).mappings()}


def _update(
    connection: sa.Connection, seal: Seal, series: Series, digest: str, old: sa.RowMapping
) -> None:
    if digest == old["digest"]:
        return
    is_here = sa.and_(SLICES.c.series_number == old["number"], SLICES.c.seal == seal.name)
    if series.n_slices < old["n_slices"] and old["digest"] is not None:
        refs = connection.execute(sa.select(SLICES.c.refs).where(is_here)).scalar_one()
        if Path(container_of(_open(seal, refs)[0].path)).exists():
            return
    connection.execute(sa.update(SERIES).where(SERIES.c.number == old["number"]), _columns(series))
    connection.execute(sa.delete(SLICES).where(is_here))
    _place(connection, seal, series, digest, old["number"])


def _place(connection: sa.Connection, seal: Seal, series: Series, digest: str, number: int) -> None:
    refs = seal.close(_REFS.dump_json(series.slices).decode())
    row = {"series_number": number, "seal": seal.name, "digest": digest, "refs": refs}
    connection.execute(sa.insert(SLICES), row)


def _slices(seal: Seal, row: sa.RowMapping) -> tuple[SliceRef, ...]:
    if row["refs"] is None:
        return (SliceRef(path=ELSEWHERE),) * int(row["n_slices"])
    return _open(seal, row["refs"])


def _open(seal: Seal, refs: bytes) -> tuple[SliceRef, ...]:
    return _REFS.validate_json(seal.open(refs))


def _digest(series: Series) -> str:
    return hashlib.sha256(series.model_dump_json().encode()).hexdigest()


def _columns(series: Series) -> dict[str, Any]:
    geometry = series.geometry
    return {
        "uid": series.uid,
        "stem": series.stem,
        "patient_key": series.patient_key,
        "study_key": series.study_key,
        "accession_key": series.accession_key,
        "modality": series.modality,
        "rows": series.rows,
        "columns": series.columns,
        "n_slices": series.n_slices,
        "geometry": None if geometry is None else _GEOMETRY.dump_json(geometry).decode(),
        "notes": json.dumps(series.notes),
        "is_phantom": series.is_phantom,
        "is_colour": series.is_colour,
    }


def _geometry(text: str) -> Geometry:
    """As it was written; a fifth of the time that pydantic takes, which a long list feels."""
    parts: dict[str, Any] = json.loads(text)
    return Geometry(**{name: tuple(map(float, part)) for name, part in parts.items()})  # type: ignore[arg-type]


def _fields(row: sa.RowMapping) -> dict[str, Any]:
    return {
        "uid": row["uid"],
        "stem": row["stem"],
        "patient_key": row["patient_key"],
        "study_key": row["study_key"],
        "accession_key": row["accession_key"],
        "modality": row["modality"],
        "rows": row["rows"],
        "columns": row["columns"],
        "geometry": None if row["geometry"] is None else _geometry(row["geometry"]),
        "notes": tuple(json.loads(row["notes"])),
        "is_phantom": row["is_phantom"],
        "is_colour": row["is_colour"],
    }
