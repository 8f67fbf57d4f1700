"""Findings in project.db: the ids that labels are kept under, and what they are called now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.findings import LabelSchema, names_ever, schema_of
from wsl_studio.domain.label import Entry, Row
from wsl_studio.store.database import Database
from wsl_studio.store.schema import FINDING


@dataclass(frozen=True)
class Names:
    """Ids and names of findings; a name that a finding once had still leads to it.

    Args:
        ids: Id by every name there is or was.
        now: Name of today by id.
    """

    ids: Mapping[str, str]
    now: Mapping[str, str]

    def of(self, name: str) -> str:
        """The name of today for any name of a finding; as it is where it is none."""
        key = self.ids.get(name, name)
        return self.now.get(key, key)

    def stored(self, entry: Entry) -> Entry:
        """The entry under the id of its finding."""
        key = self.ids.get(entry.finding, entry.finding)
        return entry if key == entry.finding else entry.model_copy(update={"finding": key})

    def shown(self, row: Row) -> Row:
        """The row under today's name of its finding."""
        name = self.now.get(row.finding, row.finding)
        return row if name == row.finding else row.model_copy(update={"finding": name})


def first_ids(database: Database) -> tuple[str, ...]:
    """Ids that no change of the schema brought, in order."""
    query = sa.select(FINDING.c.name).where(FINDING.c.since == 0).order_by(FINDING.c.position)
    with database.read() as connection:
        return tuple(connection.execute(query).scalars())


def schema(database: Database, about_all: Sequence[Row]) -> LabelSchema:
    """The schema that holds.

    Args:
        database: The project file.
        about_all: The rows of the journal that are about no series.
    """
    return schema_of(about_all, first_ids(database))


def names(database: Database, about_all: Sequence[Row]) -> Names:
    """Names of today, and every name that leads to a finding."""
    now = schema(database, about_all)
    ids = names_ever(about_all)
    ids |= {spec.id: spec.id for spec in now.findings} | {s.name: s.id for s in now.findings}
    return Names(ids, {spec.id: spec.name for spec in now.findings})


def unknown(database: Database, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of the ids that the file hasn't, in order."""
    with database.read() as connection:
        known = set(connection.execute(sa.select(FINDING.c.name)).scalars())
    return tuple(key for key in ids if key not in known)


def insert(connection: sa.Connection, ids: Sequence[str], *, since: int) -> None:
    """Adds ids after the others."""
    n = connection.execute(sa.select(sa.func.count()).select_from(FINDING)).scalar() or 0
    connection.execute(
        sa.insert(FINDING),
        [{"position": n + i, "name": key, "since": since} for i, key in enumerate(ids)],
    )


def add_imported(database: Database, asked: Sequence[str], known: Names) -> tuple[str, ...]:
    """Adds the findings that imported labels speak of; known names are left out.

    Returns:
        The names that were new.
    """
    taken = {name.casefold() for name in known.ids}
    new = tuple(name for name in asked if name.casefold() not in taken)
    fresh = unknown(database, new)
    with database.write() as connection:
        if fresh:
            insert(connection, fresh, since=0)
        if back := [name for name in new if name not in fresh]:
            # Brought by a change that was undone: from now on it is there to stay.
            connection.execute(sa.update(FINDING).where(FINDING.c.name.in_(back)).values(since=0))
    return new


def clean(asked: Iterable[str]) -> tuple[str, ...]:
    """Finding names as they are kept: without outer blanks, each once."""
    out: dict[str, str] = {}
    for name in asked:
        text = " ".join(name.split())
        if not text:
            raise KnownError("A finding needs a name.", "Type one word for it, such as nodule.")
        out.setdefault(text.casefold(), text)
    return tuple(out.values())
