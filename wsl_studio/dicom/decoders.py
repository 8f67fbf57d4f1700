"""One coded frame to one array: which decoder, chosen by measurement, and what it must agree with.

Milliseconds for one 512 x 512 slice of 12 bits, one thread of a shared two-core machine: RLE
0.21 (imagecodecs 0.22, pydicom 9.6); JPEG lossless 3.5 (GDCM 7.3); JPEG-LS 8.4 (GDCM 12.7);
JPEG 2000 53 (pillow and pylibjpeg 56, GDCM 48 but it aborts on damage); HTJ2K 1.1 (pylibjpeg
2.5). ``imagecodecs`` lets go of the interpreter lock and reads JPEG of 12 bits.
"""

import struct
import zlib
from contextlib import suppress
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from rle.rle import decode_segment

from wsl_studio.dicom.codestream import check_frame
from wsl_studio.dicom.syntaxes import (
    DCT,
    DEFLATED_FRAMES,
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    HTJ2K,
    J2K,
    JPEG_LS,
    JPEG_XL,
    LOSSLESS,
    NATIVE,
    PLAIN_FRAMES,
    RLE,
    SUPPORTED,
    VIDEO,
    Layout,
    NotReadable,
    syntax_name,
)
from wsl_studio.dicom.video import decode_video


def decode(data: bytes, layout: Layout, syntax: str) -> NDArray[Any]:
    """One frame to its array.

    Args:
        data: Coded bytes of the frame.
        layout: What the header says.
        syntax: Transfer syntax.

    Returns:
        (H, W) integers or floats as stored, sign and unused bits set right; (H, W, 3) RGB for
        colour of three samples; palette indices stay indices; (F, H, W, 3) for a video.

    Raises:
        NotReadable: The codestream contradicts the header, or no decoder reads the syntax.
            Whatever a decoder itself raises passes through.
    """
    syntax = str(syntax)
    if syntax not in SUPPORTED:
        raise NotReadable(f"no decoder here reads its transfer syntax ({syntax_name(syntax)})")
    if syntax in NATIVE:
        return _native(data, layout, syntax)
    if syntax == PLAIN_FRAMES:
        return _native(_at_least(data, layout), layout, EXPLICIT_LITTLE)
    check_frame(data, layout, syntax)
    if syntax in VIDEO:
        return decode_video(data, layout)
    if syntax == DEFLATED_FRAMES:
        plain = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, -(-layout.bits // 8))
        return _native(_at_least(plain, layout), layout, EXPLICIT_LITTLE)
    return _fit(_compressed(data, layout, syntax), layout)


def is_safe(syntax: str, layout: Layout) -> bool:
    """True for frames whose decoder cannot abort, hang or swell, and needs no process of its own.

    The RLE decoder is Rust without unsafe code, takes linear time and at most 64 bytes for each
    byte of the frame. Handing a slice to a process and back takes twice as long as decoding it.
    """
    return syntax in NATIVE or (syntax == RLE and layout.samples == 1 and layout.allocated > 1)


def load(syntax: str, samples: int) -> None:
    """Imports what frames of a kind need, so that it does not count as time to decode them."""
    if syntax in VIDEO:
        import cv2  # noqa: F401
    elif samples == 3 or syntax in HTJ2K:
        import pydicom.pixels  # noqa: F401


def _compressed(data: bytes, layout: Layout, syntax: str) -> NDArray[Any]:
    is_grey = layout.samples == 1
    if syntax == RLE and is_safe(syntax, layout):
        return _rle(data, layout)
    if syntax in DCT and is_grey:
        return np.asarray(imagecodecs.jpeg8_decode(data))
    if syntax in LOSSLESS:
        return _to_rgb(np.asarray(imagecodecs.jpegsof3_decode(data)), layout)
    if syntax in JPEG_LS:
        return _to_rgb(np.asarray(imagecodecs.jpegls_decode(data)), layout)
    if syntax in J2K and is_grey:
        return np.asarray(imagecodecs.jpeg2k_decode(data))
    if syntax in HTJ2K and is_grey:
        array = np.asarray(imagecodecs.htj2k_decode(data))
        # OpenJPH gave nothing but zeros for a damaged frame that OpenJPEG refuses.
        return array if array.any() else _by_pydicom(data, layout, syntax)
    if syntax in JPEG_XL:
        return _to_rgb(np.asarray(imagecodecs.jpegxl_decode(data)), layout)
    return _by_pydicom(data, layout, syntax)


def _rle(data: bytes, layout: Layout) -> NDArray[Any]:
    """Grey of RLE: one segment for each byte of a pixel, the highest first.

    Segment by segment, because the decoder of whole frames panics on some damage, and says so on
    stderr.

    Source:
        DICOM PS3.5 G.2 and G.5 (header of a frame).
    """
    n, size = layout.rows * layout.columns, layout.allocated // 8
    count, *starts = struct.unpack_from("<16I", data)
    if count != size:
        raise NotReadable("its RLE header says another number of bytes a pixel than its header")
    pixels = np.empty((n, size), np.uint8)
    for k, (start, end) in enumerate(pairwise([*starts[:count], len(data)])):
        if not 64 <= start < end <= len(data):
            raise NotReadable("its RLE header points outside of the frame")
        plain = np.frombuffer(decode_segment(data[start:end]), np.uint8)
        if len(plain) < n:
            raise NotReadable("its Pixel Data (7FE0,0010) is cut short")
        pixels[:, size - 1 - k] = plain[:n]
    return pixels.view(f"<u{size}").reshape(layout.shape)


def decoder_table() -> dict[str, list[str]]:
    """Decoders on this machine by transfer syntax, in the order in which they are asked."""
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import UID

    ours = f"imagecodecs {imagecodecs.__version__}"
    library = {
        ours + ", libjpeg-turbo": DCT,
        ours + ", jpegsof3": LOSSLESS,
        ours + ", CharLS": JPEG_LS,
        ours + ", OpenJPEG": J2K,
        ours + ", OpenJPH": HTJ2K,
        ours + ", libjxl": JPEG_XL if imagecodecs.JPEGXL.available else frozenset[str](),
        f"pylibjpeg-rle {version('pylibjpeg-rle')}": {RLE},
        "OpenCV, FFmpeg": VIDEO,
        "built in": NATIVE | {PLAIN_FRAMES},
        "zlib": {DEFLATED_FRAMES},
    }
    table = {}
    for syntax in sorted(SUPPORTED):
        found = [name for name, syntaxes in library.items() if syntax in syntaxes]
        if syntax not in NATIVE:
            with suppress(NotImplementedError):
                here = get_decoder(UID(syntax)).available_plugins
                found += [f"pydicom with {name}" for name in plugins(syntax, here)]
        table[f"{syntax_name(syntax)} ({syntax})"] = found
    return table


def _at_least(data: bytes, layout: Layout) -> bytes:
    if len(data) * 8 < layout.bits:
        raise NotReadable("its Pixel Data (7FE0,0010) is cut short")
    return data


def _native(data: bytes, layout: Layout, syntax: str) -> NDArray[Any]:
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
    order = ">" if syntax == EXPLICIT_BIG else "<"
    array = np.frombuffer(data, f"{order}{kind}{layout.allocated // 8}")
    array = array[: layout.rows * layout.columns].reshape(layout.shape)
    return _set_right(array.astype(array.dtype.newbyteorder("="), copy=False), layout)


def _by_pydicom(data: bytes, layout: Layout, syntax: str) -> NDArray[Any]:
    """The decoders of pydicom itself, for colour, with its colour transforms."""
    from pydicom.encaps import encapsulate
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import UID

    from wsl_studio.dicom.elements import quiet

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
    coded, decoder = data if syntax in NATIVE else encapsulate([data]), get_decoder(UID(syntax))
    if syntax not in NATIVE:
        options["decoding_plugin"] = plugins(syntax, decoder.available_plugins)[0]
    with quiet():
        array, _ = decoder.as_array(coded, index=0, **options)
    return np.asarray(array)


def plugins(syntax: str, available: tuple[str, ...]) -> list[str]:
    """Plug-ins of pydicom that are asked, in their order, of those that are here.

    GDCM is never asked, though pydicom would ask it first: it aborts on damaged frames. Nor is
    pylibjpeg for JPEG, whose library is GPL.
    """
    if syntax in DCT:
        wanted = ["pillow"]
    elif syntax in J2K:
        wanted = ["pylibjpeg", "pillow"]
    elif syntax == RLE:
        wanted = ["pylibjpeg", "pydicom"]
    else:
        wanted = ["pylibjpeg"] if syntax in HTJ2K else []
    return [name for name in wanted if name in available]


def _to_rgb(array: NDArray[Any], layout: Layout) -> NDArray[Any]:
    """Colour of codecs that transform nothing themselves (JPEG-LS, lossless JPEG)."""
    if layout.samples == 3 and layout.photometric.startswith("YBR_FULL"):
        from pydicom.pixels.processing import convert_color_space

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
