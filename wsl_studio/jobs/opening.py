"""Opening a project beside the window: what can hold it up is done in a thread or in slices."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wsl_studio.domain.progress import Steps
from wsl_studio.jobs.aside import aside

if TYPE_CHECKING:
    from wsl_studio.jobs.desk import Desk

SMALL_BYTES: Final = 4 * 2**20
"""A project file below this is opened at once, in less time than a progress line is read."""

_FILES: Final = ("project.db", "project.db-wal")


def is_small(folder: Path) -> bool:
    """True if a project is opened before anybody could see that it is being opened."""
    size = 0
    for name in _FILES:
        try:
            size += (folder / name).stat().st_size
        except OSError:  # opening it says why, if that matters
            continue
    return size < SMALL_BYTES


def open_steps(folder: Path, reader: str) -> "Steps[Desk]":
    """A project, open for writing, with its lines made; see ``Desk.open_steps``."""
    opened = yield from aside(_load, "Opening")
    return (yield from opened(folder, reader))


def _load() -> "Callable[[Path, str], Steps[Desk]]":
    """Imports what an open project needs: SQLAlchemy alone takes a quarter of a second."""
    from wsl_studio.jobs.desk import Desk
    from wsl_studio.jobs.study import method_forms

    method_forms()
    return Desk.open_steps
