"""Connections to project.db: how they are set up, and trouble with them in plain sentences."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.words import say

BUSY_MS: Final = 5000
"""How long a write waits for another connection's; ours take under 0.1 s each."""


class Database:
    """One project.db: short transactions that are on disk when they end.

    Args:
        path: The file; it exists unless ``is_new``.
        is_read_only: Opens it so that SQLite itself refuses every write.
        is_new: Makes the file.
        has_foreign_keys: False only while a migration rebuilds tables.
    """

    def __init__(
        self,
        path: Path,
        *,
        is_read_only: bool = False,
        is_new: bool = False,
        has_foreign_keys: bool = True,
    ) -> None:
        self.path = path
        self.is_read_only = is_read_only
        self._mode = "ro" if is_read_only else "rwc" if is_new else "rw"
        self._has_foreign_keys = has_foreign_keys
        # pysqlite's own transactions leave DDL and reads outside of them; isolation_level=None
        # (in _connect) switches them off, and these two listeners say BEGIN instead.
        self.engine = sa.create_engine("sqlite://", creator=self._connect, poolclass=QueuePool)
        sa.event.listen(self.engine, "begin", _begin)
        self._writer = self.engine.execution_options(is_write=True)

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the file."""
        return sa.URL.create("sqlite", database=str(self.path)).render_as_string()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One consistent picture of the file; waits for no writer."""
        with trouble(self.path), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that is on disk when the block ends, and never was if it raises."""
        with trouble(self.path), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Closes every connection; the last one folds the write-ahead log into the file."""
        self.engine.dispose()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            file_uri(self.path, mode=self._mode),
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            self._set_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_up(self, connection: sqlite3.Connection) -> None:
        if self._has_foreign_keys:
            connection.execute("PRAGMA foreign_keys = ON")
        if self.is_read_only:
            connection.execute("PRAGMA query_only = ON")
            return
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise KnownError(
                f"The drive of {self.path.parent} does not keep a write-ahead log, "
                "so labels would not be safe there.",
                "Keep the project on a local disk; its images may stay where they are.",
            )
        connection.execute("PRAGMA synchronous = FULL")
        # macOS: fsync alone leaves data in the drive's own cache. No effect elsewhere.
        connection.execute("PRAGMA fullfsync = ON")


def file_uri(path: Path, *, mode: str) -> str:
    """SQLite URI of a file.

    Read-only (``mode='ro'``) where nobody can write beside it (a CD, a mounted archive) and no
    write-ahead log waits there, it is opened as immutable: otherwise SQLite would want to make its
    two side files.
    """
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not has_log(path):
        uri += "&immutable=1"
    return uri


def has_log(path: Path) -> bool:
    """True if a write-ahead log with something in it lies beside the file."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


@contextmanager
def trouble(path: Path) -> Iterator[None]:
    """Turns what disk and file can do to SQLite into a ``KnownError`` that names the file."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        known = _known(path, error.orig)
        if known is None:
            raise
        raise known from error
    except sqlite3.Error as error:
        known = _known(path, error)
        if known is None:
            raise
        raise known from error


_SENTENCES: Final[dict[int, tuple[str, str]]] = {
    sqlite3.SQLITE_FULL: (
        say("The disk is full: {path} could not be written."),
        say("What was saved before is safe. Make room, then do this again."),
    ),
    sqlite3.SQLITE_READONLY: (
        say("{path} can't be written to: the file, its folder or its disk is read-only."),
        say("What was saved before is safe. Make the folder writable or copy it to another disk."),
    ),
    sqlite3.SQLITE_PERM: (
        say("This account may not write {path}."),
        say("Ask for the right to write in its folder, or copy the project to another disk."),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        say("{path} can't be opened."),
        say(
            "Its folder may have been moved, or its disk taken out; put it back and open it again."
        ),
    ),
    sqlite3.SQLITE_IOERR: (
        say("The disk did not read or write {path}."),
        say("It may be full, taken out or failing. What was saved before is kept; check the disk."),
    ),
    sqlite3.SQLITE_BUSY: (
        say("{path} is being written by another program."),
        say("Close the other program, then do this again."),
    ),
    sqlite3.SQLITE_LOCKED: (
        say("{path} is being written by another program."),
        say("Close the other program, then do this again."),
    ),
    sqlite3.SQLITE_CORRUPT: (
        say("{path} is damaged."),
        say(
            "It was not changed. Put back a copy of it; "
            "copies that this program made are beside it and start with project.db.before."
        ),
    ),
    sqlite3.SQLITE_NOTADB: (
        say("{path} is not a WSL Studio project, or it is damaged."),
        say("It was not changed. Open another folder, or put back a copy of the file."),
    ),
}


def damaged(path: Path) -> KnownError:
    """The sentence for a file whose contents don't hold together."""
    sentence, advice = _SENTENCES[sqlite3.SQLITE_CORRUPT]
    return KnownError(sentence.format(path=path), advice)


def foreign(path: Path) -> KnownError:
    """The sentence for a file that is not ours."""
    sentence, advice = _SENTENCES[sqlite3.SQLITE_NOTADB]
    return KnownError(sentence.format(path=path), advice)


def _known(path: Path, error: object) -> KnownError | None:
    code = getattr(error, "sqlite_errorcode", None)
    found = None if code is None else _SENTENCES.get(code & 0xFF)  # low byte: the primary code
    return None if found is None else KnownError(found[0].format(path=path), found[1])


def _begin(connection: sa.Connection) -> None:
    is_write: Any = connection.get_execution_options().get("is_write", False)
    # IMMEDIATE: a write that finds it can't upgrade a read lock would fail at once, not wait.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
