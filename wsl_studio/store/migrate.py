"""What a project.db is, and how it is made or brought up to date: a copy first, all or nothing."""

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from wsl_studio.domain.errors import KnownError
from wsl_studio.store.database import Database, damaged, file_uri, foreign, has_log, trouble
from wsl_studio.store.schema import APPLICATION_ID, REVISIONS, SCHEMA

_HEADER: Final = b"SQLite format 3\x00"
_SCRIPTS: Final = Path(__file__).parent / "migrations"


def check_header(path: Path) -> None:
    """Refuses a file that is no project of ours, by its first 100 bytes and nothing else.

    Raises:
        KnownError: If it is missing, foreign, empty or can't be read; it is not touched.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise KnownError(
            f"There is no WSL Studio project in {path.parent}.",
            "Open a folder that has a project.db, or make a new project.",
        ) from error
    except OSError as error:
        raise KnownError(
            f"{path} can't be read.", "Check that its disk is there and that you may read it."
        ) from error
    # Bytes 68-71: application id (sqlite.org/fileformat.html, 1.3.21).
    if header[:16] != _HEADER or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise foreign(path)


def inspect(path: Path) -> str:
    """Revision of a project file, after looking for damage; the file is never changed.

    Every table but the slices is read through, where the bulk is: damage there is found when a
    series is opened, and the labels are safe from it.

    Raises:
        KnownError: If the file is foreign, newer than this program, or damaged.
    """
    check_header(path)
    uri = file_uri(path, mode="ro")
    if not has_log(path) and "immutable" not in uri:
        uri += "&immutable=1"  # leaves no side files beside a file that we may be about to refuse
    with trouble(path), closing(sqlite3.connect(uri, uri=True)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if not {"meta", "alembic_version"} <= names:
            raise damaged(path)
        schema = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if schema != (SCHEMA,) or len(found) != 1:
            raise damaged(path)
        revision = str(found[0][0])
        if revision not in REVISIONS:
            raise KnownError(
                f"{path} was made by a newer WSL Studio.",
                "It was not changed. Open it with that version, or update this one.",
            )
        _check_pages(path, connection)
    return revision


def _check_pages(path: Path, connection: sqlite3.Connection) -> None:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'slices'"
    ).fetchall()
    for (table,) in tables:
        if connection.execute(f"PRAGMA quick_check('{table}')").fetchall() != [("ok",)]:
            raise damaged(path)


def create(path: Path, *, meta: dict[str, str], findings: tuple[str, ...]) -> None:
    """Makes a project file; it appears under its name only when it is whole.

    Args:
        path: Where; there is no file yet.
        meta: Rows of the meta table.
        findings: In order.

    Raises:
        KnownError: If it can't be written.
    """
    new = path.with_name(path.name + ".new")
    _remove(new)  # of a creation that was killed
    database = Database(new, is_new=True, has_foreign_keys=False)
    try:
        with database.write() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            _run_steps(connection)
            connection.exec_driver_sql(
                "INSERT INTO meta (key, value) VALUES (?, ?)",
                [("schema", SCHEMA), *meta.items()],
            )
            for position, name in enumerate(findings):
                connection.exec_driver_sql(
                    "INSERT INTO finding (position, name) VALUES (?, ?)", (position, name)
                )
        database.close()
        new.replace(path)
        sync_folder(path.parent)
    finally:
        database.close()
        _remove(new)


def _remove(path: Path) -> None:
    """Removes a database file with its side files."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def upgrade(path: Path, revision: str) -> Path:
    """Brings a project file up to date in one transaction, after a copy.

    Args:
        path: The file; its lock is ours.
        revision: The one it is at.

    Returns:
        The copy, ``project.db.before-N`` beside the file.

    Raises:
        KnownError: If there is no room for the copy or a step fails; the file is as it was.
    """
    copy = _copy(path, revision)
    database = Database(path, has_foreign_keys=False)
    try:
        with database.write() as connection:
            # What a step takes out must not stay readable in free pages of the file.
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
            _run_steps(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise ValueError("a migration step left rows that refer to nothing")
    except KnownError:
        raise
    except Exception as error:
        # Whatever a step does wrong, the reader's file is whole and must be said to be.
        logging.getLogger(__name__).exception("a migration step failed")
        raise KnownError(
            f"{path} could not be brought up to date.",
            f"It was not changed, and a copy is in {copy.name}. Open it with the version of "
            "WSL Studio that made it, and report this.",
        ) from error
    finally:
        database.close()
    return copy


def _copy(path: Path, revision: str) -> Path:
    """A consistent copy with the log folded in, under a name that is not taken."""
    copy = path.with_name(f"{path.name}.before-{revision}")
    n = 1
    while copy.exists():
        n += 1
        copy = path.with_name(f"{path.name}.before-{revision}-{n}")
    part = path.with_name(path.name + ".copy")
    _remove(part)
    try:
        with (
            trouble(path),
            closing(sqlite3.connect(file_uri(path, mode="ro"), uri=True)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)
        part.replace(copy)
        sync_folder(path.parent)
    except OSError as error:
        raise KnownError(
            f"No copy of {path} could be made, so it was not brought up to date.",
            "The disk may be full or read-only; make room and open the project again.",
        ) from error
    finally:
        _remove(part)
    return copy


def _run_steps(connection: object) -> None:
    """Runs alembic on an open transaction. Imported here: an up-to-date file needs none of it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads % as the start of a placeholder.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def sync_folder(folder: Path) -> None:
    """Puts new names in a folder on disk; Windows does so by itself."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
