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
from wsl_studio.dicom.scan import (
    FIRST_BYTES,
    Refused,
    Walked,
    as_dataset,
    tags_of,
    walk_header,
)
from wsl_studio.domain.series import container_of

MAX_INFLATED_BYTES: Final = 512 * 2**20
"""A deflated file may grow to this in memory; 2 MB on disk can ask for 6 GB otherwise."""

MAX_FRAME_BYTES: Final = 2**30
"""One frame larger than this is refused before anything is allocated for it."""

DEFLATED: Final = UID("1.2.840.10008.1.2.1.99")
IMPLICIT_LITTLE: Final = UID("1.2.840.10008.1.2")
EXPLICIT_LITTLE: Final = UID("1.2.840.10008.1.2.1")
EXPLICIT_BIG: Final = UID("1.2.840.10008.1.2.2")
NATIVE: Final = frozenset({IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED})


_READ_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotReadable(Exception):  # noqa: N818 - a verdict on one file, not a fault of the program
    """This file is not taken; the text is the reason for the reader, without header values."""


@dataclass(frozen=True)
class Pixels:
    """Where the pixel element of an open file is.

    Args:
        offset: Of the first byte of the value.
        length: Bytes of the value that the file really holds.
        is_float: Float or Double Float Pixel Data.
        fragments: (offset, length) of every complete fragment; None for a native value.
        table: Basic (or extended) offset table, relative to the first fragment's item.
        is_swapped: Big-endian words (OW): single bytes in them lie in pairs the wrong way round.
    """

    offset: int
    length: int
    is_float: bool = False
    fragments: tuple[tuple[int, int], ...] | None = None
    table: tuple[int, ...] = ()
    is_swapped: bool = False


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
        """The coded bytes of one frame.

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
            return data[first - start : last - start]
        runs = frame_fragments(self.stream, self.pixels, n_frames)
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
    if container_of(name := str(path)) != name:
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
    words = (error.strerror or type(error).__name__).lower()
    return f"it cannot be read ({words})"


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
            stream, stop_before_pixels=True, force=not has_mark, specific_tags=tags
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
        specific_tags=None if tags is None else [pydicom.tag.Tag(t) for t in tags],
    )
    return DicomFile(ds, inflated, DEFLATED, locate(inflated, DEFLATED, ds))


def _meta_end(stream: BinaryIO) -> int:
    """Offset of the first byte after the file meta group (0002,eeee), always explicit VR."""
    position = 132
    while True:
        stream.seek(position)
        head = stream.read(12)
        if len(head) < 8 or head[:2] != b"\x02\x00":
            return position
        if head[4:6] in (b"OB", b"OW", b"SQ", b"UN", b"UT"):
            position += 12 + int.from_bytes(head[8:12], "little")
        else:
            position += 8 + int.from_bytes(head[6:8], "little")


def locate(stream: BinaryIO, syntax: UID, ds: Dataset, size: int | None = None) -> Pixels | None:
    """Finds the pixel element at the stream's position; None if there is none.

    Fragments are walked by their lengths, so a sequence delimiter inside compressed data does
    not end the value, and a value cut short shows as missing fragments.

    Source:
        DICOM PS3.5 A.4 (encapsulation) and 7.1.2 (explicit VR).
    """
    order = ">" if syntax == EXPLICIT_BIG else "<"
    start = stream.tell()
    if size is None:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(start)
    head = stream.read(12)
    if len(head) < 8:
        return None
    group, element = struct.unpack(f"{order}HH", head[:4])
    if group != 0x7FE0 or element not in (0x0008, 0x0009, 0x0010):
        return None
    if head[4:6].isalpha() and head[4:6].isupper() and len(head) == 12:
        offset, length = start + 12, struct.unpack(f"{order}I", head[8:12])[0]
    else:
        offset, length = start + 8, struct.unpack(f"{order}I", head[4:8])[0]
    if length == 0xFFFFFFFF and syntax not in NATIVE:
        return _walk(stream, offset, size, ds)
    if syntax not in NATIVE:
        raise NotReadable("its Pixel Data (7FE0,0010) is not encapsulated as its syntax says")
    is_swapped = order == ">" and head[4:6] == b"OW"
    return Pixels(offset, min(length, size - offset), element != 0x0010, is_swapped=is_swapped)


def _walk(stream: BinaryIO, offset: int, size: int, ds: Dataset) -> Pixels:
    fragments: list[tuple[int, int]] = []
    table: tuple[int, ...] = ()
    position, is_first = offset, True
    while position + 8 <= size:
        stream.seek(position)
        tag, length = struct.unpack("<4sI", stream.read(8))
        if tag != b"\xfe\xff\x00\xe0" or position + 8 + length > size:
            break
        if is_first:
            raw = stream.read(length - length % 4)
            table = struct.unpack(f"<{len(raw) // 4}I", raw)
        else:
            fragments.append((position + 8, length))
        position, is_first = position + 8 + length, False
    extended = ds.get("ExtendedOffsetTable")
    if isinstance(extended, bytes) and extended and len(extended) % 8 == 0:
        table = struct.unpack(f"<{len(extended) // 8}Q", extended)
    return Pixels(offset, position - offset, False, tuple(fragments), table)


def frame_fragments(
    stream: BinaryIO, pixels: Pixels, n_frames: int
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Which fragments make which frame.

    One fragment a frame is the rule; otherwise the offset table decides, and without one a
    frame begins where a fragment begins with a start-of-image mark (JPEG FFD8, JPEG 2000 FF4F).
    """
    fragments = pixels.fragments or ()
    if n_frames == 1:
        return (fragments,) if fragments else ()
    if len(fragments) == n_frames or not fragments:
        return tuple((f,) for f in fragments)
    base = fragments[0][0] - 8
    starts = set(pixels.table) if len(pixels.table) == n_frames else set()
    runs: list[list[tuple[int, int]]] = []
    for offset, length in fragments:
        if starts:
            is_start = offset - 8 - base in starts
        else:
            stream.seek(offset)
            is_start = stream.read(2) in (b"\xff\xd8", b"\xff\x4f")
        if is_start or not runs:
            runs.append([])
        runs[-1].append((offset, length))
    return tuple(tuple(run) for run in runs)
