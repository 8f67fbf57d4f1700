"""One coded frame to one array: which decoder, its deadline, and what it must agree with."""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom.encaps import encapsulate
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import convert_color_space
from pydicom.uid import UID

from wsl_studio.dicom.elements import quiet
from wsl_studio.dicom.files import NATIVE, NotReadable

DEADLINE_S: Final = 15.0
"""Longest time for one frame; a JPEG 2000 mammogram takes 0.9 s, damaged JPEG-LS for ever."""

LANES: Final = min(4, os.cpu_count() or 1)
"""Frames decoded at once; imagecodecs lets go of the interpreter lock, pydicom's do not."""

_JPEG = "1.2.840.10008.1.2.4."
_DCT = frozenset(_JPEG + n for n in ("50", "51", "53", "55"))
_LOSSLESS = frozenset(_JPEG + n for n in ("57", "70"))
_JPEG_LS = frozenset(_JPEG + n for n in ("80", "81"))
_J2K = frozenset(_JPEG + n for n in ("90", "91"))
_HTJ2K = frozenset(_JPEG + n for n in ("201", "202", "203"))
RLE: Final = "1.2.840.10008.1.2.5"
SUPPORTED: Final = frozenset({*map(str, NATIVE), *_DCT, *_LOSSLESS, *_JPEG_LS, *_J2K, *_HTJ2K, RLE})
"""Transfer syntaxes that some decoder here reads (12-bit JPEG of processes 2 to 12 included)."""

_stuck = 0


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

    @property
    def bits(self) -> int:
        """Bits of one native frame (YBR_FULL_422 and _420 share colour among pixels)."""
        share = {"YBR_FULL_422": 2.0, "YBR_PARTIAL_422": 2.0, "YBR_PARTIAL_420": 1.5}
        samples = share.get(self.photometric, float(self.samples))
        return int(self.rows * self.columns * samples * self.allocated)

    @property
    def shape(self) -> tuple[int, ...]:
        """(H, W) or (H, W, 3)."""
        shape = (self.rows, self.columns)
        return shape if self.samples == 1 else (*shape, self.samples)


class Done:
    """A frame that needs no decoder; worked out where it is asked for."""

    def __init__(self, work: Callable[[], NDArray[Any]]) -> None:
        self._work = work

    def is_over(self, wait_s: float) -> bool:
        """Always; as ``Pending.is_over``."""
        return wait_s >= 0

    def result(self) -> NDArray[Any]:
        """The frame; raises ``NotReadable``."""
        try:
            return self._work()
        except (NotReadable, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001 - a file can break any parser; named instead
            raise _in_words(error) from None


class Pending:
    """A frame being decoded on its own thread, so that a decoder that hangs can be left behind.

    A thread cannot be stopped, so a hanging decoder keeps a core busy until the process ends;
    ``stuck_decoders`` counts them and the reader process ends itself after its answer.
    """

    def __init__(self, work: Callable[[], NDArray[Any]]) -> None:
        self._work = work
        self._value: NDArray[Any] | None = None
        self._error: BaseException | None = None
        self._end = time.monotonic() + DEADLINE_S
        self._thread = threading.Thread(target=self._run, daemon=True, name="decoder")
        self._thread.start()

    def _run(self) -> None:
        try:
            self._value = self._work()
        except BaseException as error:  # noqa: BLE001 - pylibjpeg-rle panics outside Exception
            self._error = error

    def is_over(self, wait_s: float) -> bool:
        """Waits up to ``wait_s``; True if the frame is decoded, has failed or is overdue."""
        self._thread.join(max(0.0, min(wait_s, self._end - time.monotonic())))
        return not self._thread.is_alive() or time.monotonic() >= self._end

    def result(self) -> NDArray[Any]:
        """The decoded frame; waits for it up to the deadline.

        Raises:
            NotReadable: The decoder failed or did not finish within ``DEADLINE_S``.
        """
        self._thread.join(max(0.0, self._end - time.monotonic()))
        if self._thread.is_alive():
            global _stuck
            _stuck += 1
            raise NotReadable(f"its decoder did not finish within {DEADLINE_S:.0f} s")
        error = self._error
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | NotReadable):
            raise error
        if error is not None or self._value is None:
            raise _in_words(error) from None
        return self._value


def _in_words(error: BaseException | None) -> NotReadable:
    """A decoder's failure without its message, which may repeat header values."""
    if isinstance(error, MemoryError):
        return NotReadable("there is not enough memory to decode it")
    return NotReadable(f"its pixels cannot be decoded ({type(error).__name__})")


def stuck_decoders() -> int:
    """Decoders left behind in this process since it began."""
    return _stuck


def decode(data: bytes, layout: Layout, syntax: UID) -> NDArray[Any]:
    """One frame to its array.

    Args:
        data: Coded bytes of the frame.
        layout: What the header says.
        syntax: Transfer syntax.

    Returns:
        (H, W) integers or floats as stored, sign and unused bits set right; (H, W, 3) RGB for
        colour of three samples; palette indices stay indices.

    Raises:
        NotReadable: The codestream contradicts the header, or no decoder reads the syntax.
            Whatever a decoder itself raises passes through; ``Pending`` turns it to words.
    """
    if syntax not in SUPPORTED:
        raise NotReadable(f"no decoder here reads its transfer syntax ({syntax_name(syntax)})")
    if syntax in NATIVE:
        return _native(data, layout, syntax)
    if syntax == RLE:
        return _fit(_by_pydicom(data, layout, syntax), layout)
    check_codestream(data, layout)
    return _fit(_compressed(data, layout, syntax), layout)


def _compressed(data: bytes, layout: Layout, syntax: UID) -> NDArray[Any]:
    if syntax in _DCT and layout.samples == 1:
        return np.asarray(imagecodecs.jpeg8_decode(data))
    if syntax in _LOSSLESS:
        return _to_rgb(np.asarray(imagecodecs.jpegsof3_decode(data)), layout)
    if syntax in _JPEG_LS:
        if b"\xff\xd9" not in data[-64:]:
            # CharLS loops for ever on streams without an end; every hang found was such a one.
            raise NotReadable("its compressed frame is cut short (no end-of-image mark)")
        return _to_rgb(np.asarray(imagecodecs.jpegls_decode(data)), layout)
    if syntax in _J2K and layout.samples == 1:
        return np.asarray(imagecodecs.jpeg2k_decode(data))
    return _by_pydicom(data, layout, syntax)


def syntax_name(syntax: UID) -> str:
    """The registered name of a transfer syntax; ``private`` for others (it may be any text)."""
    name = UID(syntax).name
    return str(name) if name and name != str(syntax) else "private or unknown"


def decoder_table() -> dict[str, list[str]]:
    """Decoders on this machine by transfer syntax, in the order in which they are asked."""
    table = {}
    for syntax in sorted(map(UID, SUPPORTED)):
        if syntax in NATIVE:
            table[syntax_name(syntax)] = ["built in"]
            continue
        ours = syntax in _DCT | _LOSSLESS | _JPEG_LS | _J2K
        found = [f"imagecodecs {imagecodecs.__version__}"] if ours else []
        with suppress(NotImplementedError):
            found += [f"pydicom with {name}" for name in get_decoder(syntax).available_plugins]
        table[syntax_name(syntax)] = found
    return table


def _native(data: bytes, layout: Layout, syntax: UID) -> NDArray[Any]:
    if layout.is_float:
        kind = "f"
    elif layout.allocated == 1:
        n = layout.rows * layout.columns
        # Frames of single bits are packed without padding; the caller hands over whole bytes.
        return np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")[:n].reshape(
            layout.shape
        )
    elif layout.samples == 1:
        kind = "i" if layout.is_signed else "u"
    else:
        return _by_pydicom(data, layout, syntax)
    order = ">" if syntax == "1.2.840.10008.1.2.2" else "<"
    array = np.frombuffer(data, f"{order}{kind}{layout.allocated // 8}")
    array = array[: layout.rows * layout.columns].reshape(layout.shape)
    return _set_right(array.astype(array.dtype.newbyteorder("="), copy=False), layout)


def _by_pydicom(data: bytes, layout: Layout, syntax: UID) -> NDArray[Any]:
    """The decoders of pydicom itself: colour, RLE and HTJ2K, with its colour transforms."""
    options: dict[str, Any] = {
        "rows": layout.rows,
        "columns": layout.columns,
        "samples_per_pixel": layout.samples,
        "photometric_interpretation": layout.photometric,
        "bits_allocated": layout.allocated,
        "bits_stored": layout.stored,
        "pixel_representation": int(layout.is_signed),
        "planar_configuration": layout.planar,
        "number_of_frames": 1,
        "pixel_keyword": "PixelData",
    }
    coded = data if syntax in NATIVE else encapsulate([data])
    with quiet():
        array, _ = get_decoder(syntax).as_array(coded, index=0, **options)
    return np.asarray(array)


def _to_rgb(array: NDArray[Any], layout: Layout) -> NDArray[Any]:
    """Colour of codecs that transform nothing themselves (JPEG-LS, lossless JPEG)."""
    if layout.samples == 3 and layout.photometric.startswith("YBR_FULL"):
        return np.asarray(convert_color_space(array, layout.photometric, "RGB"))
    return array


def _fit(array: NDArray[Any], layout: Layout) -> NDArray[Any]:
    """Holds a decoded frame to the header's shape, then sets sign and unused bits right."""
    if array.shape != layout.shape:
        raise NotReadable("its decoded frame has not the size that the header says")
    return _set_right(array, layout)


def _set_right(array: NDArray[Any], layout: Layout) -> NDArray[Any]:
    """Gives integers the sign of the header and clears bits above Bits Stored.

    Codecs return unsigned bit patterns for signed data (JPEG-LS, lossless JPEG, and JPEG 2000
    whose own sign flag contradicts the header), and old files keep overlays in unused bits.
    """
    if array.dtype.kind == "f" or layout.samples != 1:
        return array
    size = array.dtype.itemsize * 8
    spare = size - min(layout.stored, size)
    if not layout.is_signed:
        bare = array.view(f"u{size // 8}")
        if spare and bare.size and int(bare.max()) >> layout.stored:
            bare = bare & np.array((1 << layout.stored) - 1, bare.dtype)
        return bare
    signed = array.view(f"i{size // 8}")
    if spare and signed.size:
        half = 1 << (layout.stored - 1)
        if int(signed.max()) >= half or int(signed.min()) < -half:
            signed = (signed << spare) >> spare
    return signed


def check_codestream(data: bytes, layout: Layout) -> None:
    """Compares the size that a codestream declares with the header's, before any allocation.

    Raises:
        NotReadable: They differ; a damaged or hostile stream could ask for gigabytes.
    """
    declared = declared_size(data)
    if declared is not None and declared != (layout.rows, layout.columns):
        raise NotReadable(
            "its compressed frame is of another size than Rows (0028,0010) and"
            " Columns (0028,0011) say"
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
