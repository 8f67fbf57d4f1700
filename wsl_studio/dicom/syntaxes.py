"""Transfer syntaxes by what decodes them, and how a header says that a frame is laid out."""

from dataclasses import dataclass
from typing import Final

DEFLATED: Final = "1.2.840.10008.1.2.1.99"
IMPLICIT_LITTLE: Final = "1.2.840.10008.1.2"
EXPLICIT_LITTLE: Final = "1.2.840.10008.1.2.1"
EXPLICIT_BIG: Final = "1.2.840.10008.1.2.2"
NATIVE: Final = frozenset({IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED})
"""Pixels lie in the file as they are."""

_JPEG = "1.2.840.10008.1.2.4."
DCT: Final = frozenset(_JPEG + n for n in ("50", "51", "53", "55"))
LOSSLESS: Final = frozenset(_JPEG + n for n in ("57", "70"))
JPEG_LS: Final = frozenset(_JPEG + n for n in ("80", "81"))
J2K: Final = frozenset(_JPEG + n for n in ("90", "91"))
HTJ2K: Final = frozenset(_JPEG + n for n in ("201", "202", "203"))
JPEG_XL: Final = frozenset(_JPEG + n for n in ("110", "111", "112"))
RLE: Final = "1.2.840.10008.1.2.5"
PLAIN_FRAMES: Final = "1.2.840.10008.1.2.1.98"
DEFLATED_FRAMES: Final = "1.2.840.10008.1.2.8.1"

VIDEO: Final = frozenset(
    _JPEG + number + fragmentable
    for number in ("100", "101", "102", "103", "104", "105", "106", "107", "108")
    for fragmentable in ("", ".1")
    if number not in ("107", "108") or not fragmentable
)
"""One stream for all frames of a file."""

SUPPORTED: Final = frozenset(
    {*NATIVE, *DCT, *LOSSLESS, *JPEG_LS, *J2K, *HTJ2K, *JPEG_XL, *VIDEO}
    | {RLE, PLAIN_FRAMES, DEFLATED_FRAMES}
)
"""Transfer syntaxes that some decoder here reads (12-bit JPEG of processes 2 to 12 included)."""

_NEWER = {
    PLAIN_FRAMES: "Encapsulated Uncompressed Explicit VR Little Endian",
    DEFLATED_FRAMES: "Deflated Image Frame Compression",
    _JPEG + "110": "JPEG XL Lossless",
    _JPEG + "111": "JPEG XL JPEG Recompression",
    _JPEG + "112": "JPEG XL",
}
"""Names that pydicom may not know yet."""


class NotReadable(Exception):  # noqa: N818 - a verdict on one file, not a fault of the program
    """This file is not taken; the text is the reason for the reader, without header values."""


@dataclass(frozen=True)
class Layout:
    """How the header says a frame is laid out.

    Args:
        rows: Pixels down.
        columns: Pixels across.
        samples: 1 or 3.
        photometric: Photometric Interpretation.
        allocated: Bits Allocated: 1, 8, 16, 32 or 64.
        stored: Bits Stored.
        is_signed: Pixel Representation 1.
        planar: Planar Configuration.
        is_float: Float or Double Float Pixel Data.
        frames: Frames that are decoded at once: those of a video.
    """

    rows: int
    columns: int
    samples: int
    photometric: str
    allocated: int
    stored: int
    is_signed: bool = False
    planar: int = 0
    is_float: bool = False
    frames: int = 1

    @property
    def bits(self) -> int:
        """Bits of one native frame (YBR_FULL_422 and _420 share colour among pixels)."""
        share = {"YBR_FULL_422": 2.0, "YBR_PARTIAL_422": 2.0, "YBR_PARTIAL_420": 1.5}
        samples = share.get(self.photometric, float(self.samples))
        return int(self.rows * self.columns * samples * self.allocated)

    @property
    def n_bytes(self) -> int:
        """Bytes of what is decoded at once: one frame, or a video."""
        return self.rows * self.columns * self.samples * -(-self.allocated // 8) * self.frames

    @property
    def shape(self) -> tuple[int, ...]:
        """(H, W) or (H, W, 3)."""
        shape = (self.rows, self.columns)
        return shape if self.samples == 1 else (*shape, self.samples)


def syntax_name(syntax: str) -> str:
    """The registered name of a transfer syntax; ``private`` for others (it may be any text)."""
    from pydicom.uid import UID  # a decoder process has no need of it

    if str(syntax) in _NEWER:
        return _NEWER[str(syntax)]
    name = UID(str(syntax)).name
    return str(name) if name and name != str(syntax) else "private or unknown"
