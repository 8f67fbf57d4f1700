"""A lock file held by the operating system: it ends with its process, however that ends."""

import contextlib
import errno
import json
import os
import socket
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.words import say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_RETRY_S: Final = 0.02
_BYTE: Final = 1 << 30
"""The byte that Windows locks: far behind the text, which must stay readable for others."""

_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


class LockedError(Exception):
    """Another process, or another part of this one, holds the lock."""


class FileLock:
    """An exclusive lock on a file, held until ``release`` or the end of the process.

    The file stays where it is after release: removing it would let two processes hold two locks
    of one name. It tells the holder's process id and host, no person's name.

    Args:
        path: The lock file; made if missing, its folder must exist.
        wait_s: How long to try, in seconds. A look at the lock by ``is_held`` holds it for a
            moment, and a process that was just killed lets go a moment later.

    Raises:
        LockedError: If somebody else holds it.
        KnownError: If the folder can't be written, or its drive has no locks.
    """

    def __init__(self, path: Path, *, wait_s: float = 0.5) -> None:
        self.path = path
        try:
            self._fd: int | None = os.open(path, os.O_RDWR | os.O_CREAT | _cloexec(), 0o644)
        except OSError as error:
            raise KnownError(
                f"{path.parent} can't be written to.",
                "Choose a folder on a disk where you may write, or ask for the right to.",
            ) from error
        try:
            _lock(self._fd, path, wait_s)
            _write_holder(self._fd)
        except BaseException:
            os.close(self._fd)
            self._fd = None
            raise

    def release(self) -> None:
        """Lets go; again is harmless."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def __enter__(self) -> "FileLock":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def is_held(path: Path) -> bool:
    """True if a living process holds the lock at ``path``; a missing file is not held."""
    try:
        fd = os.open(path, os.O_RDWR | _cloexec())
    except OSError:
        return False
    try:
        return not _try(fd, is_look=True)
    finally:
        os.close(fd)


def holder(path: Path) -> str:
    """``'process 4711 on host ward3'`` from a lock file, as far as it tells."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return say("process {pid} on host {host}", pid=int(told["pid"]), host=told["host"])
    except (OSError, ValueError, TypeError, KeyError):
        return say("unknown process")


def lock_folder(folder: Path) -> FileLock:
    """The lock of a project folder; ``KnownError`` tells who holds it."""
    try:
        return FileLock(folder / "lock")
    except LockedError as error:
        who = holder(folder / "lock")
        raise KnownError(
            f"The project in {folder} is open in another window ({who}).",
            "Close it there first, or look at it from here once it is closed.",
        ) from error


def _lock(fd: int, path: Path, wait_s: float) -> None:
    """Locks within ``wait_s`` or raises."""
    deadline = time.monotonic() + wait_s
    try:
        while not _try(fd):
            if time.monotonic() >= deadline:
                raise LockedError(str(path))
            time.sleep(_RETRY_S)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        raise KnownError(
            f"The drive of {path.parent} can't lock files, so labels would not be safe there.",
            "Keep the project on a local disk; its images may stay where they are.",
        ) from error


def _write_holder(fd: int) -> None:
    text = json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode()
    # Only a help for the sentence in a second window: a full disk may well have no room for it.
    with contextlib.suppress(OSError):
        os.ftruncate(fd, 0)
        os.lseek(fd, 0, os.SEEK_SET)
        os.write(fd, text)


def _cloexec() -> int:
    return getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)


if sys.platform == "win32":

    def _try(fd: int, *, is_look: bool = False) -> bool:  # noqa: ARG001  (no shared locks there)
        os.lseek(fd, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EDEADLK):
                return False
            raise
        return True

else:

    def _try(fd: int, *, is_look: bool = False) -> bool:
        """Takes the lock if it is free; a look takes a shared one, so that looks don't collide."""
        try:
            fcntl.flock(fd, (fcntl.LOCK_SH if is_look else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
