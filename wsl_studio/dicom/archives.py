"""Members of ZIP archives, read where they are: never by their name, never onto a disk.

A member is called ``/folder/study.zip!/000012``: the archive and a number, as names of members
may name patients. It is inflated into memory when it is opened, up to the size it declares.
"""

import contextlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from wsl_studio.domain.series import MEMBER_MARK, FileStamp, container_of
from wsl_studio.domain.words import say

MAX_RATIO: Final = 200
"""A member that grows by more than this is refused: DICOM grows by 2 to 20, bombs by 1,000."""

SMALL_BYTES: Final = 2**20
"""Members up to this size may grow by any ratio: empty images do."""

MAX_MEMBER_BYTES: Final = 2**31
MAX_TOTAL_BYTES: Final = 2**38
"""256 GiB: more than any study; a bomb of many members asks for it."""

MAX_MEMBERS: Final = 1_000_000

ARCHIVES: Final = frozenset({".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".iso"})

BROKEN: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError,
                 LookupError, OSError)  # fmt: skip
"""What ``zipfile`` raises on damaged and unknown archives."""


class BadArchive(Exception):  # noqa: N818 - a verdict on one file, as ``NotReadable`` is
    """The archive or the member is not taken; the text is the reason for the reader."""


def is_archive(path: str) -> bool:
    """True if a file is called like a ZIP archive."""
    return path.lower().endswith(".zip")


def list_members(path: str) -> Iterator[tuple[FileStamp, str]]:
    """Every file in an archive, with the reason why it is passed over or an empty text.

    Raises:
        BadArchive: It is none, is damaged, or declares more than ``MAX_TOTAL_BYTES``.

    Source:
        PKWARE APPNOTE 4.4.4 (bit 0: encrypted), 4.4.17 (names never lead out).
    """
    infos = _open(path, _mtime(path)).infolist()
    if len(infos) > MAX_MEMBERS or sum(i.file_size for i in infos) > MAX_TOTAL_BYTES:
        limit = MAX_TOTAL_BYTES // 2**30
        raise BadArchive(
            f"it is a ZIP archive that would grow beyond {limit} GiB, which is refused"
        )
    mtime_ns = _mtime(path)
    for i, info in enumerate(infos):
        if not info.is_dir():
            name = f"{path}{MEMBER_MARK}{i:06d}"
            yield FileStamp(name, info.file_size, mtime_ns), _why_not(info)


def _why_not(info: zipfile.ZipInfo) -> str:
    name = info.filename.replace("\\", "/")
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or name[1:2] == ":":
        return say("its name in the ZIP archive leads out of it")
    if info.flag_bits & 1:
        return say("it is encrypted in its ZIP archive; unpack it with its password first")
    if place.suffix.lower() in ARCHIVES:
        return say("it is an archive inside a ZIP archive; unpack it first")
    if info.file_size > MAX_MEMBER_BYTES:
        return say(
            "it would grow beyond {limit} GiB, which is refused",
            limit=MAX_MEMBER_BYTES // 2**30,
        )
    if info.file_size > max(SMALL_BYTES, MAX_RATIO * info.compress_size):
        return say("it would grow by more than {n} times, which is refused", n=MAX_RATIO)
    return ""


def open_member(path: str) -> tuple[int, int]:
    """(file descriptor, size) of a member's bytes, in memory where the system can.

    Raises:
        BadArchive: It is gone, damaged, or not what the import saw.
    """
    archive, number = container_of(path), path.rpartition(MEMBER_MARK)[2]
    try:
        opened = _open(archive, _mtime(archive))
        info = opened.infolist()[int(number)]
        why = _why_not(info)
        if why:
            raise BadArchive(why)
        with opened.open(info) as stream:
            data = stream.read(info.file_size + 1)  # zipfile checks the CRC at the end
    except BROKEN:
        raise BadArchive("it cannot be read from its ZIP archive (damaged)") from None
    if len(data) > info.file_size:
        raise BadArchive("it is larger than its ZIP archive says")
    fd = _memory()
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]
        os.lseek(fd, 0, os.SEEK_SET)
    except BaseException:
        os.close(fd)
        raise
    return fd, len(data)


def _memory() -> int:
    """A file without a name: gone when it is closed."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("member")
    with tempfile.TemporaryFile() as stream:
        return os.dup(stream.fileno())


def _mtime(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        raise BadArchive("its ZIP archive is not there any more") from None


@lru_cache(2)
def _open(path: str, mtime_ns: int) -> zipfile.ZipFile:
    """The archive, kept open: its table of contents is read once, not once a slice."""
    del mtime_ns  # another time of change is another archive
    with contextlib.suppress(*BROKEN):
        return zipfile.ZipFile(path)
    raise BadArchive("it is not a ZIP archive, or it is damaged")
