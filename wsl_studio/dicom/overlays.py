"""Overlay planes (60xx) of a series: text and outlines that a modality drew beside its pixels."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from wsl_studio.dicom.decoders import decode
from wsl_studio.dicom.elements import PARSE_ERRORS
from wsl_studio.dicom.files import DicomFile, open_dicom
from wsl_studio.dicom.guard import guarded
from wsl_studio.dicom.headers import check_image
from wsl_studio.dicom.syntaxes import NATIVE, NotReadable
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.series import Series, SliceRef

GROUPS: Final = range(0x6000, 0x6020, 2)
MOST_BYTES: Final = 2**29
"""Planes of larger series are not shown."""


@dataclass(frozen=True)
class _Plane:
    """One overlay group of a file.

    Args:
        rows: Of the plane.
        columns: Of the plane.
        top: First image row that it covers, from 0; may be negative.
        left: First image column.
        first: First image frame that it covers, from 0.
        n_frames: Frames of the plane; one covers every frame.
        bit: Its bit in the pixels, or None with data of its own.
        data: Its bits, or empty.
    """

    rows: int
    columns: int
    top: int
    left: int
    first: int
    n_frames: int
    bit: int | None
    data: bytes


def read_planes(series: Series) -> Steps[NDArray[np.uint8] | None]:
    """Every overlay of a series in one volume of bits.

    Whether a series has overlays is asked of its middle slice; a file that cannot be read has
    none here, and the volume itself says why.

    Returns:
        (S, H, W), 1 where any overlay is drawn; None where there is none.

    Source:
        DICOM PS3.3 C.9.2 (overlay plane), PS3.5 8.1.2 (in unused bits of the pixels).
    """
    n = series.n_slices
    yield Progress(0, n, "Looking for overlays")
    middle = series.slices[n // 2]
    if n * series.rows * series.columns > MOST_BYTES or not _read(middle, series).any():
        return None
    out = np.zeros((n, series.rows, series.columns), np.uint8)
    for i, ref in enumerate(series.slices):
        yield Progress(i, n, "Reading overlays")
        out[i] = _read(ref, series)
    return out


def _read(ref: SliceRef, series: Series) -> NDArray[np.uint8]:
    """(H, W) of one slice."""
    out = np.zeros((series.rows, series.columns), np.uint8)
    try:
        with open_dicom(Path(ref.path)) as file:
            for plane in planes_of(file.ds):
                bits = guarded(partial(_bits, file, plane, ref.frame))
                _paint(out, bits, plane.top, plane.left)
    except NotReadable:
        pass
    return out


def planes_of(ds: Dataset) -> list[_Plane]:
    """The overlay groups of a file that are whole; damaged ones are left out."""
    found = []
    for group in GROUPS:

        def value(element: int, group: int = group) -> object:
            one = ds.get((group, element))
            return None if one is None else one.value

        try:
            rows, columns = int(str(value(0x0010))), int(str(value(0x0011)))
            origin = value(0x0050)
            top, left = (int(v) for v in origin) if origin is not None else (1, 1)  # type: ignore[attr-defined]
            data = value(0x3000)
            position = int(str(value(0x0102) or 0))
            plane = _Plane(
                rows, columns, top - 1, left - 1,
                int(str(value(0x0051) or 1)) - 1, max(1, int(str(value(0x0015) or 1))),
                None if isinstance(data, bytes) and data else position,
                data if isinstance(data, bytes) else b"",
            )  # fmt: skip
        except PARSE_ERRORS:
            continue
        if 0 < rows < 65536 and 0 < columns < 65536 and _has_bits(plane):
            found.append(plane)
    return found


def _has_bits(plane: _Plane) -> bool:
    """Whether it has data enough, or a bit of its own in the pixels."""
    if plane.bit is None:
        return len(plane.data) * 8 >= plane.rows * plane.columns * plane.n_frames
    return 0 < plane.bit < 32


def _bits(file: DicomFile, plane: _Plane, frame: int) -> NDArray[np.uint8]:
    """(h, w) of the plane over one image frame; empty where it does not cover that frame."""
    n = plane.rows * plane.columns
    if plane.bit is not None:
        layout, n_frames, _ = check_image(file, "")
        if file.syntax not in NATIVE or layout.samples != 1 or plane.bit < layout.stored:
            return np.zeros((0, 0), np.uint8)
        data = file.frame(
            frame, n_frames=n_frames, native_bits=layout.bits, allocated=layout.allocated
        )
        whole = replace(layout, stored=layout.allocated, is_signed=False)
        return (decode(data, whole, file.syntax) >> plane.bit & 1).astype(np.uint8)
    k = 0 if plane.n_frames == 1 else frame - plane.first
    if not 0 <= k < plane.n_frames:
        return np.zeros((0, 0), np.uint8)
    # Frames follow one another without padding, the first pixel in the lowest bit.
    first = k * n
    packed = np.frombuffer(plane.data, np.uint8)[first // 8 : (first + n + 7) // 8]
    bits = np.unpackbits(packed, bitorder="little")[first % 8 :][:n]
    return bits.reshape(plane.rows, plane.columns)


def _paint(out: NDArray[np.uint8], bits: NDArray[np.uint8], top: int, left: int) -> None:
    """Lays a plane over a slice, the parts outside left off."""
    y0, x0 = max(0, top), max(0, left)
    part = bits[y0 - top :, x0 - left :][: max(0, out.shape[0] - y0), : max(0, out.shape[1] - x0)]
    h, w = part.shape
    if h and w:
        out[y0 : y0 + h, x0 : x0 + w] |= part
