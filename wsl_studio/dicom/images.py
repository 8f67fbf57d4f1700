"""PNG and JPEG files: what they are without decoding them, and their pixels."""

import hashlib
import io
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from wsl_studio.dicom.codestream import declared_size
from wsl_studio.dicom.elements import quiet
from wsl_studio.dicom.files import open_regular, say_os
from wsl_studio.dicom.headers import Header, make_key
from wsl_studio.dicom.syntaxes import NotReadable
from wsl_studio.domain.series import IMAGE_MODALITY
from wsl_studio.domain.words import say

PNG_MARK: Final = b"\x89PNG\r\n\x1a\n"
JPEG_MARK: Final = b"\xff\xd8\xff"
MAX_PIXELS: Final = 2**27
"""Larger pictures are refused unopened: a small PNG can ask for gigabytes."""
LOOKED_AT: Final = 2**24
"""Larger pictures pass for grey: an import does not decode them."""
SMALL_PX: Final = 64
COLOURED: Final = 8
"""Largest difference of two channels of a grey pixel: JPEG leaves some; a pale stain has more."""


def is_image(head: bytes) -> bool:
    """True if a file that begins so is a PNG or a JPEG."""
    return head.startswith((PNG_MARK, JPEG_MARK))


def read_image_header(path: Path, salt: bytes) -> Header:
    """What the index keeps of a picture file; its pixels are not decoded.

    The patient key is of the file stem until a labels table says which pictures belong together.

    Raises:
        NotReadable: It is damaged, cut short or too large.
    """
    data = _read(path)
    rows, columns = _size(data)
    if rows * columns > MAX_PIXELS:
        raise NotReadable(f"it has {rows} x {columns} pixels, more than can be shown")
    if data.startswith(PNG_MARK):
        is_whole = b"IEND\xae\x42\x60\x82" in data[-4096:]
    else:
        is_whole = b"\xff\xd9" in data[-65536:]
    if not is_whole:
        raise NotReadable("it is cut short (no end-of-image mark)")
    digest = hashlib.sha1(str(path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    return Header(
        series_uid=f"image.{digest}",
        patient_key=make_key(salt, path.stem),
        study_key=make_key(salt, path.stem),
        modality=IMAGE_MODALITY,
        rows=rows,
        columns=columns,
        look="colour" if rows * columns <= LOOKED_AT and _has_colour(data) else "grey",
    )


def _has_colour(data: bytes) -> bool:
    """True if a quarter of a picture has a colour: not a grey one with a few coloured marks.

    What can't be decoded is no trouble here; whoever opens it is told.
    """
    try:
        with quiet(), Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.mode in ("1", "L", "LA") or picture.mode.startswith("I"):
                return False
            picture.draft("RGB", (SMALL_PX, SMALL_PX))  # a JPEG is decoded at an eighth
            small = picture.convert("RGB")
            small.thumbnail((SMALL_PX, SMALL_PX), Image.Resampling.BOX)
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, EOFError, MemoryError):
        return False
    spread = np.ptp(np.asarray(small, np.int16), axis=2)
    return bool(np.mean(spread > COLOURED) > 0.25)


def read_image(path: Path) -> tuple[NDArray[np.generic], tuple[str, ...]]:
    """Pixels of a picture file, in the order stored (an EXIF rotation is not applied).

    Returns:
        ((H, W) uint8 or uint16, or (H, W, 3) uint8, notes). Colour whose three channels are
        equal everywhere becomes grey; transparency is dropped.

    Raises:
        NotReadable: It is damaged, cut short or too large.
    """
    data = _read(path)
    rows, columns = _size(data)
    if rows * columns > MAX_PIXELS:
        raise NotReadable(f"it has {rows} x {columns} pixels, more than can be shown")
    try:
        with quiet(), Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            return _to_array(picture)
    except MemoryError:
        raise NotReadable("there is not enough memory to decode it") from None
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, EOFError) as error:
        raise NotReadable(f"its pixels cannot be decoded ({type(error).__name__})") from None


def _to_array(picture: Image.Image) -> tuple[NDArray[np.generic], tuple[str, ...]]:
    if picture.mode.startswith("I"):
        wide = np.asarray(picture)
        return np.clip(wide, 0, 65535).astype(np.uint16), ()
    if picture.mode in ("L", "1", "LA"):
        return np.asarray(picture.convert("L")), ()
    colour = np.asarray(picture.convert("RGB"))
    if np.array_equal(colour[..., 0], colour[..., 1]) and np.array_equal(
        colour[..., 1], colour[..., 2]
    ):
        return np.ascontiguousarray(colour[..., 0]), ()
    notes = (say("The transparency of the picture is not shown."),) if "A" in picture.mode else ()
    return colour, notes


def _size(data: bytes) -> tuple[int, int]:
    """(rows, columns) from the header alone."""
    if data.startswith(PNG_MARK) and data[12:16] == b"IHDR" and len(data) >= 24:
        columns, rows = (int.from_bytes(data[k : k + 4], "big") for k in (16, 20))
        if rows > 0 and columns > 0:
            return rows, columns
    elif data.startswith(JPEG_MARK):
        size = declared_size(data)
        if size is not None and min(size) > 0:
            return size
    raise NotReadable("its header is damaged")


def _read(path: Path) -> bytes:
    try:
        with open_regular(path) as stream:
            return stream.read()
    except OSError as error:
        raise NotReadable(say_os(error)) from None
