"""Where the pixel bytes of a file lie, and which fragments of them make which frame."""

import io
import struct
from dataclasses import dataclass
from typing import BinaryIO

from pydicom.dataset import Dataset
from pydicom.uid import UID

from wsl_studio.dicom.syntaxes import EXPLICIT_BIG, NATIVE, NotReadable


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
