"""The journal in project.db: rows are added, never changed; labels that hold are a view of it."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa

from wsl_studio.domain.label import Act, Answer, Entry, Level, Region, Row, RowId, Source
from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.store import findings
from wsl_studio.store.database import Database
from wsl_studio.store.schema import CURRENT_LABEL, JOURNAL

_PAUSE_EVERY: Final = 100
"""Rows of the journal between two places to pause: 3 ms."""


def append(
    database: Database,
    entries: Sequence[Entry],
    *,
    is_batch: bool = False,
    new_findings: Sequence[str] = (),
) -> tuple[Row, ...]:
    """Adds rows in one transaction; they are on disk when this returns.

    Args:
        database: The project file.
        entries: In order; all are added or none.
        is_batch: True if one undo takes all of them back.
        new_findings: Ids that the first entry, a change of the schema, brings.

    Returns:
        The rows as stored, numbered without gaps, with one time (UTC).

    Raises:
        ValueError: If an entry names a series or finding that the project hasn't, or refers to a
            row that is not there or is about another series.
        KnownError: If the disk doesn't take them; then none was added.
    """
    if not entries:
        return ()
    created = datetime.now(UTC)
    try:
        with database.write() as connection:
            first = connection.execute(sa.select(sa.func.max(JOURNAL.c.id))).scalar() or 0
            batch = {"batch": first + 1} if is_batch and len(entries) > 1 else {}
            rows = tuple(
                Row(**{**dict(entry), **batch, "id": RowId(first + 1 + i), "created": created})
                for i, entry in enumerate(entries)
            )
            _check_project_rows(connection, rows)
            if new_findings:
                findings.insert(connection, new_findings, since=first + 1)
            connection.execute(sa.insert(JOURNAL), [_columns(row) for row in rows])
    except sa.exc.IntegrityError as error:
        raise ValueError(
            "a journal row is about a series and finding of the project, "
            "and refers to a row of its own series"
        ) from error
    return rows


def rows(database: Database, *, series_uid: str | None = None, after: int = 0) -> tuple[Row, ...]:
    """The journal in order.

    Args:
        database: The project file.
        series_uid: Only rows about this series; empty for those about the whole project.
        after: Only rows with a larger number: what is new since ``revision()`` said so.
    """
    return drain(row_steps(database, series_uid=series_uid, after=after))


def row_steps(
    database: Database, *, series_uid: str | None = None, after: int = 0
) -> Steps[tuple[Row, ...]]:
    """``rows`` with pauses."""
    query = sa.select(JOURNAL).where(JOURNAL.c.id > after).order_by(JOURNAL.c.id)
    if series_uid is not None:
        query = query.where(JOURNAL.c.series_uid == (series_uid or None))
    out: list[Row] = []
    with database.read() as connection:
        for row in _rows(connection.execute(query)):
            out.append(row)
            if len(out) % _PAUSE_EVERY == 0:
                yield Progress(len(out), 0, "Opening: labels")
    return tuple(out)


def current(database: Database, *, series_uid: str | None = None) -> tuple[Row, ...]:
    """The SAY rows that hold now, in journal order; ``domain.label.current_labels`` in SQL."""
    query = sa.select(CURRENT_LABEL).order_by(CURRENT_LABEL.c.id)
    if series_uid is not None:
        query = query.where(CURRENT_LABEL.c.series_uid == series_uid)
    return _read(database, query)


def revision(database: Database) -> int:
    """Number of the last row; 0 for an empty journal."""
    with database.read() as connection:
        return int(connection.execute(sa.select(sa.func.max(JOURNAL.c.id))).scalar() or 0)


def last_round(database: Database) -> int:
    """Largest round that a row speaks of, so that no later round takes its number."""
    with database.read() as connection:
        return int(connection.execute(sa.select(sa.func.max(JOURNAL.c.round))).scalar() or 0)


def _check_project_rows(connection: sa.Connection, rows: Sequence[Row]) -> None:
    """What the foreign key can't hold where there is no series: such a row refers to its like."""
    for row in rows:
        if row.series_uid:
            continue
        if row.act not in (Act.SCHEMA, Act.POLICY, Act.UNDO, Act.REDO):
            raise ValueError("a journal row is about a series and finding of the project")
        if row.refers_to is not None:
            query = sa.select(JOURNAL.c.series_uid).where(JOURNAL.c.id == row.refers_to)
            if connection.execute(query).all() != [(None,)]:
                raise ValueError("a journal row refers to a row of its own series")


def _columns(row: Row) -> dict[str, Any]:
    region = row.region
    x0, y0, x1, y1 = (None,) * 4 if region is None or region.box is None else region.box
    return {
        "id": row.id,
        "created": row.created.isoformat(timespec="microseconds"),
        "act": row.act.value,
        "series_uid": row.series_uid or None,
        "reader": row.reader,
        "finding": row.finding or None,  # NULL where an act has none, for the foreign key
        "level": row.level.value,
        "answer": None if row.answer is None else row.answer.value,
        "confidence": row.confidence,
        "first_slice": None if region is None else region.first,
        "last_slice": None if region is None else region.last,
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
        "refers_to": row.refers_to,
        "saw_model": row.saw_model,
        "source": row.source.value,
        "round": row.round,
        "reason": row.reason,
        "area": row.area,
        "points": json.dumps(region.points) if region is not None and region.points else None,
        "batch": row.batch,
        "detail": row.detail,
        "reading": row.reading,
        "is_control": row.is_control,
    }


def _read(database: Database, query: sa.Select[Any]) -> tuple[Row, ...]:
    with database.read() as connection:
        return tuple(_rows(connection.execute(query)))


def _rows(found: Iterable[sa.Row[Any]]) -> Iterable[Row]:
    for row in found:
        region = None
        if row.first_slice is not None:
            box = None if row.x0 is None else (row.x0, row.y0, row.x1, row.y1)
            points = json.loads(row.points) if row.points else ()
            region = Region(first=row.first_slice, last=row.last_slice, box=box, points=points)
        yield Row(
            id=RowId(row.id),
            created=datetime.fromisoformat(row.created),
            act=Act(row.act),
            series_uid=row.series_uid or "",
            reader=row.reader,
            finding=row.finding or "",
            level=Level(row.level),
            answer=None if row.answer is None else Answer(row.answer),
            confidence=row.confidence,
            region=region,
            refers_to=None if row.refers_to is None else RowId(row.refers_to),
            saw_model=row.saw_model,
            source=Source(row.source),
            round=row.round,
            reason=row.reason,
            area=row.area,
            batch=row.batch,
            detail=row.detail,
            reading=row.reading,
            is_control=row.is_control,
        )
