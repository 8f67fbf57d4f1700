"""What a compressed frame declares about itself, held against the header before it is decoded."""

from typing import Final

from wsl_studio.dicom.syntaxes import DEFLATED_FRAMES, JPEG_LS, RLE, VIDEO, Layout, NotReadable

ROOMY_BYTES: Final = 2**26
"""Up to this a frame is believed whatever its coded size: an empty picture codes to nothing."""

MOST_SHRUNK: Final = 4096
"""Larger frames must hold a coded byte for so many: only an evenly blank one shrinks more, and
nothing can be seen on it (162 MB of zeros make 471 bytes of JPEG 2000, 180 kB of HTJ2K)."""


def check_frame(data: bytes, layout: Layout, syntax: str) -> None:
    """Holds a coded frame against the header, before anything is allocated for it.

    Raises:
        NotReadable: Its codestream declares another size, it is too short to hold the pixels
            that the header promises, or it has no end.
    """
    if not data:
        raise NotReadable("its compressed frame is empty")
    # A PackBits run makes at most 128 bytes of 2, after a header of 64 (PS3.5 G.3.1, G.5);
    # deflate makes at most 1032 of 1 (RFC 1951).
    needs = {RLE: layout.n_bytes // 64 + 64, DEFLATED_FRAMES: layout.n_bytes // 1032}.get(syntax, 0)
    if layout.n_bytes > ROOMY_BYTES and syntax not in VIDEO:
        needs = max(needs, layout.n_bytes // MOST_SHRUNK)
    if len(data) < needs:
        raise NotReadable(
            "its compressed frame is too short for the Rows (0028,0010) and"
            " Columns (0028,0011) of its header"
        )
    if syntax in (RLE, DEFLATED_FRAMES) or syntax in VIDEO:
        return
    check_codestream(data, layout)
    if syntax in JPEG_LS and b"\xff\xd9" not in data[-64:]:
        # CharLS loops for ever on streams without an end; every hang found was such a one.
        raise NotReadable("its compressed frame is cut short (no end-of-image mark)")


def check_codestream(data: bytes, layout: Layout) -> None:
    """Compares the size that a codestream declares with the header's, before any allocation.

    Raises:
        NotReadable: They differ; a damaged or hostile stream could ask for gigabytes.
    """
    declared = declared_size(data)
    if declared is not None and declared != (layout.rows, layout.columns):
        raise NotReadable(
            f"its compressed frame has {declared[0]} x {declared[1]} pixels where Rows (0028,0010)"
            f" and Columns (0028,0011) say {layout.rows} x {layout.columns}"
        )


def declared_size(data: bytes) -> tuple[int, int] | None:
    """(rows, columns) that a JPEG, JPEG-LS or JPEG 2000 codestream declares; None if unfound.

    Source:
        ITU-T T.81 B.2.2 (SOF), T.87 C.2.2 (SOF55), T.800 A.5.1 (SIZ).
    """
    at = data.find(b"\xff\x4f\xff\x51", 0, 4096)
    if at >= 0 and len(data) >= at + 24:
        x1, y1, x0, y0 = (int.from_bytes(data[at + k : at + k + 4], "big") for k in (8, 12, 16, 20))
        return y1 - y0, x1 - x0
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        mark = data[at + 1]
        if mark == 0xFF:  # fill byte
            at += 1
        elif (0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC)) or mark == 0xF7:
            rows = int.from_bytes(data[at + 5 : at + 7], "big")
            columns = int.from_bytes(data[at + 7 : at + 9], "big")
            return (rows, columns) if rows else None  # DNL would define 0 rows later
        elif mark == 0x01 or 0xD0 <= mark <= 0xD8:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
