"""Opens one DICOM file safely: its parsed header, and where its pixel bytes lie."""

import contextlib
import io
import os
import stat
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final, cast

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.uid import UID

from wsl_studio.dicom.archives import BadArchive, open_member
from wsl_studio.dicom.elements import PARSE_ERRORS, text
from wsl_studio.dicom.fragments import Pixels, frame_fragments, locate
from wsl_studio.dicom.scan import (
    FIRST_BYTES,
    Refused,
    Walked,
    as_dataset,
    tags_of,
    walk_header,
)
from wsl_studio.dicom.syntaxes import (
    DEFLATED,
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    VIDEO,
    NotReadable,
)
from wsl_studio.domain.series import ELSEWHERE, container_of
from wsl_studio.domain.words import say

MAX_INFLATED_BYTES: Final = 512 * 2**20
"""A deflated file may grow to this in memory; 2 MB on disk can ask for 6 GB otherwise."""

MAX_FRAME_BYTES: Final = 2**30
"""One frame larger than this is refused before anything is allocated for it."""

_READ_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass
class DicomFile:
    """An open DICOM file; use as a context manager.

    Args:
        ds: The parsed elements before the pixel data.
        stream: The file, or the inflated bytes of a deflated one.
        syntax: Transfer syntax; guessed for files from before the file meta group existed.
        pixels: Where the pixels are, or None without a pixel element.
    """

    ds: Dataset
    stream: BinaryIO
    syntax: UID
    pixels: Pixels | None

    def __enter__(self) -> "DicomFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def frame(self, index: int, *, n_frames: int, native_bits: int, allocated: int) -> bytes:
        """The coded bytes of one frame, or with ``index`` 0 of a whole video.

        Args:
            index: From 0.
            n_frames: As the header says.
            native_bits: Bits of one native frame.
            allocated: Bits Allocated.

        Raises:
            NotReadable: The file does not hold this frame.
        """
        if self.pixels is None:
            raise NotReadable("it has no Pixel Data (7FE0,0010)")
        if self.pixels.fragments is None:
            first, last = index * native_bits // 8, -(-(index + 1) * native_bits // 8)
            if last > self.pixels.length:
                raise NotReadable("its Pixel Data (7FE0,0010) is cut short")
            swap = self.pixels.is_swapped and allocated <= 8
            start = first - first % 2 if swap else first
            self.stream.seek(self.pixels.offset + start)
            data = self.stream.read(last - start + (last % 2 if swap else 0))
            if swap and len(data) % 2 == 0:
                words = np.frombuffer(data, np.uint16)
                data = words.byteswap().tobytes()
            data = data[first - start : last - start]
            skip = index * native_bits % 8 if allocated == 1 else 0
            if skip:  # frames of single bits follow one another without padding (PS3.5 8.1.1)
                bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")
                data = np.packbits(bits[skip : skip + native_bits], bitorder="little").tobytes()
            return data
        one_stream = self.syntax in VIDEO
        runs = frame_fragments(self.stream, self.pixels, 1 if one_stream else n_frames)
        if index >= len(runs):
            raise NotReadable("its Pixel Data (7FE0,0010) is cut short")
        parts = []
        for offset, length in runs[index]:
            self.stream.seek(offset)
            parts.append(self.stream.read(length))
        return b"".join(parts)


def open_dicom(path: Path, tags: list[str] | None = None) -> DicomFile:
    """Opens a file as DICOM and parses its header up to the pixel data.

    Only regular files are opened (a pipe named ``.dcm`` would block for ever), links are not
    followed, nothing is forced unless the first element is one that old files without a
    preamble begin with, and a deflated file is inflated only up to ``MAX_INFLATED_BYTES``.

    Args:
        path: Which file.
        tags: Keywords to keep; all when None.

    Raises:
        NotReadable: With the reason.
    """
    stream = open_regular(path)
    try:
        return _parse(stream, tags)
    except BaseException as error:
        stream.close()
        if isinstance(error, OSError):
            raise NotReadable(say_os(error)) from None
        raise


def open_walked(fd: int, size: int, walked: Walked) -> DicomFile:
    """The same for a file whose header was walked without pydicom; ``ds`` is a dict by keyword.

    Args:
        fd: Of the open file; it stays open.
        size: Of the file in bytes.
        walked: Its header.

    Raises:
        Refused: ``open_dicom`` should read it.
        NotReadable: With the reason.
    """
    # ``get`` and ``in`` are all that is asked of it.
    values = cast(Dataset, walked.values())
    stream = os.fdopen(fd, "rb", closefd=False)
    stream.seek(walked.offset)
    syntax = _uid(walked.syntax)
    return DicomFile(values, stream, syntax, locate(stream, syntax, values, size))


@lru_cache(64)
def _uid(name: bytes) -> UID:
    return UID(name.decode())


def open_regular(path: Path) -> BinaryIO:
    """Opens an ordinary file for reading; never waits for a pipe, never follows a link.

    Raises:
        NotReadable: With the reason.
    """
    return os.fdopen(open_ordinary(path)[0], "rb")


def open_ordinary(path: Path | str) -> tuple[int, int]:
    """(file descriptor, size in bytes) of an ordinary file or a ZIP member; the same rules.

    Raises:
        NotReadable: With the reason.
    """
    if (name := str(path)) == ELSEWHERE:
        raise NotReadable(
            "where it lies is known to the computer that imported it; import its folder here once"
        )
    if container_of(name) != name:
        try:
            return open_member(name)
        except BadArchive as why:
            raise NotReadable(str(why)) from None
    try:
        fd = os.open(path, _READ_FLAGS)
    except OSError as error:
        raise NotReadable(say_os(error)) from None
    about = os.fstat(fd)
    if not stat.S_ISREG(about.st_mode):
        os.close(fd)
        raise NotReadable("it is not an ordinary file (a pipe, socket or device)")
    return fd, about.st_size


def say_os(error: OSError) -> str:
    """An operating system error in words, without the path."""
    return (
        say("it cannot be read ({why})", why=error.strerror.lower())
        if error.strerror
        else say("it cannot be read")
    )


def _parse(stream: BinaryIO, tags: list[str] | None) -> DicomFile:
    head = stream.read(132)
    if not head:
        raise NotReadable("it is empty")
    has_mark = head[128:] == b"DICM"
    if not has_mark and not _begins_like_an_old_file(head):
        raise NotReadable("it is not a DICOM file (no 'DICM' mark at byte 128)")
    if has_mark and tags is not None:
        with contextlib.suppress(Refused):
            return _parse_quickly(stream, head, tags)
    stream.seek(0)
    try:
        if has_mark and _is_deflated(stream):
            return _inflate(stream, tags)
        ds = pydicom.dcmread(
            stream,
            stop_before_pixels=True,
            force=not has_mark,
            specific_tags=None if tags is None else list(_wanted(tuple(tags))),
        )
    except PARSE_ERRORS as error:
        raise NotReadable(f"its header cannot be parsed ({type(error).__name__})") from None
    syntax = text(ds.file_meta, "TransferSyntaxUID")
    if not syntax:
        if has_mark:
            raise NotReadable("it has no Transfer Syntax UID (0002,0010)")
        implicit, little = ds.original_encoding
        syntax = IMPLICIT_LITTLE if implicit else EXPLICIT_LITTLE if little else EXPLICIT_BIG
    return DicomFile(ds, stream, UID(syntax), locate(stream, UID(syntax), ds))


def _parse_quickly(stream: BinaryIO, head: bytes, tags: list[str]) -> DicomFile:
    wanted = _wanted(tuple(tags))
    walked = walk_header(head + stream.read(FIRST_BYTES - len(head)), wanted, stream.read)
    ds = as_dataset(walked, wanted)
    syntax = _uid(walked.syntax)
    stream.seek(walked.offset)
    return DicomFile(ds, stream, syntax, locate(stream, syntax, ds))


@lru_cache(16)
def _wanted(tags: tuple[str, ...]) -> dict[int, bytes]:
    return tags_of(list(tags))


def _begins_like_an_old_file(head: bytes) -> bool:
    """True if the first element is in group 0008, as in files from before Part 10."""
    if len(head) < 132:
        return False
    group = {b"\x08\x00": "<", b"\x00\x08": ">"}.get(head[:2])
    if group is None:
        return False
    element = struct.unpack(f"{group}H", head[2:4])[0]
    if element not in (0x0000, 0x0001, 0x0005, 0x0008, 0x0012, 0x0016, 0x0018, 0x0020):
        return False
    is_explicit = head[4:6] in (b"UL", b"CS", b"UI", b"DA", b"SH", b"LO")
    length = struct.unpack(f"{group}I", head[4:8])[0]
    return is_explicit or (group == "<" and length <= 1024)


def _is_deflated(stream: BinaryIO) -> bool:
    """True if the file meta group names the deflated syntax; asked before pydicom inflates it."""
    end = _meta_end(stream)
    stream.seek(132)
    meta = stream.read(end - 132 if end > 132 else 4096)
    stream.seek(0)
    return DEFLATED.encode() in meta


def _inflate(stream: BinaryIO, tags: list[str] | None) -> DicomFile:
    meta_end = _meta_end(stream)
    stream.seek(meta_end)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    data = inflater.decompress(stream.read(), MAX_INFLATED_BYTES)
    if not inflater.eof and inflater.unconsumed_tail:
        limit = MAX_INFLATED_BYTES // 2**20
        raise NotReadable(f"it is deflated and grows beyond {limit} MiB, which is refused")
    stream.close()
    inflated = io.BytesIO(data)
    ds = read_dataset(
        inflated,
        is_implicit_VR=False,
        is_little_endian=True,
        stop_when=lambda tag, _vr, _length: tag in (0x7FE00010, 0x7FE00009, 0x7FE00008),
        specific_tags=None if tags is None else list(_wanted(tuple(tags))),
    )
    return DicomFile(ds, inflated, UID(DEFLATED), locate(inflated, UID(DEFLATED), ds))


def _meta_end(stream: BinaryIO) -> int:
    """Offset of the first byte after the file meta group (0002,eeee), always explicit VR."""
    position, start, block = 132, 0, b""
    while True:
        at = position - start
        if not 0 <= at <= len(block) - 12:
            stream.seek(position)
            start, at, block = position, 0, stream.read(4096)
        head = block[at : at + 12]
        if len(head) < 8 or head[:2] != b"\x02\x00":
            return position
        if head[4:6] in (b"OB", b"OW", b"SQ", b"UN", b"UT"):
            position += 12 + int.from_bytes(head[8:12], "little")
        else:
            position += 8 + int.from_bytes(head[6:8], "little")
