"""The header of one slice as lines for a reader, read live and kept nowhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from wsl_studio.dicom.elements import PARSE_ERRORS, quiet, text
from wsl_studio.dicom.files import open_dicom
from wsl_studio.dicom.syntaxes import NotReadable
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.series import IMAGE_MODALITY, Series
from wsl_studio.domain.words import say, say_n

MOST_LINES: Final = 5000
MOST_CHARACTERS: Final = 200
MOST_DEPTH: Final = 6
_SAFE_GROUPS: Final = frozenset({0x0018, 0x0028, 0x0054, 0x2050})
"""Acquisition, pixels, nuclear medicine, presentation: numbers of machines, not of people."""
_SAFE: Final = frozenset(
    {"Modality", "ImageType", "SOPClassUID", "Manufacturer", "ManufacturerModelName",
     "ImagePositionPatient", "ImageOrientationPatient", "SliceLocation", "InstanceNumber",
     "SeriesNumber", "AcquisitionNumber", "Laterality", "PixelMeasuresSequence"}
)  # fmt: skip
_FREE: Final = frozenset({"PN", "LT", "ST", "UT", "UC", "DA", "DT", "TM", "AS", "UN", "UI"})
"""Kinds of value that may name a person or a day, whatever their element."""


def read_elements(series: Series, index: int) -> list[dict[str, Any]]:
    """Every element of a slice's header before its pixels, sequences opened.

    Returns:
        ``tag``, ``name``, ``vr``, ``value`` (at most 200 characters), ``depth`` (0 outside
        sequences) and ``is_safe``: True where the value cannot name a person, as far as the
        standard goes; only those are shown while names are hidden.

    Raises:
        KnownError: The file is gone or no DICOM file.
    """
    if series.modality == IMAGE_MODALITY:
        raise KnownError("A picture file has no DICOM header.")
    path = Path(series.slices[min(max(index, 0), series.n_slices - 1)].path)
    try:
        with quiet(), open_dicom(path) as file:
            lines = []
            for line in _lines(file.ds, 0):
                lines.append(line)
                if len(lines) >= MOST_LINES:
                    break
            return lines
    except NotReadable as error:
        raise KnownError("The header can't be read.", f"The file: {error}.") from None


def _lines(ds: Dataset, depth: int) -> Iterator[dict[str, Any]]:
    for tag in sorted(ds.keys()):
        try:
            element = ds[tag]
            name, vr = str(element.name), str(element.VR)
        except PARSE_ERRORS:
            yield _line(tag, say("damaged element"), "", "", depth, is_safe=True)
            continue
        if vr == "SQ":
            items = element.value or ()
            words = say_n(len(items), "{n} item", "{n} items")
            yield _line(tag, name, vr, words, depth, is_safe=True)
            if depth < MOST_DEPTH:
                for item in items:
                    yield from _lines(item, depth + 1)
            continue
        try:
            value = element.value
            size = say("{n} bytes", n=len(value)) if isinstance(value, bytes) else ""
            shown = size or str(value)
            if isinstance(value, MultiValue):
                shown = " \\ ".join(str(part) for part in value)
        except PARSE_ERRORS:
            shown = say("can't be read")
        is_known = tag.group in _SAFE_GROUPS or element.keyword in _SAFE
        is_safe = is_known and not tag.is_private and (vr not in _FREE or element.keyword in _SAFE)
        if vr in ("LO", "SH") and element.keyword not in _SAFE:
            is_safe = False  # free words: a protocol's name may be a person's
        yield _line(tag, name, vr, shown, depth, is_safe=is_safe)


def _line(tag: Any, name: str, vr: str, value: str, depth: int, *, is_safe: bool) -> dict[str, Any]:
    value = " ".join(value.replace("\0", "").split())[:MOST_CHARACTERS]
    written = f"({tag.group:04X},{tag.element:04X})"
    return {"tag": written, "name": name, "vr": vr, "value": value, "depth": depth,
            "is_safe": is_safe}  # fmt: skip


def read_frame_uid(series: Series) -> str:
    """Frame of Reference UID of a series, from its first slice; empty where there is none.

    Source:
        DICOM PS3.3 C.7.4.1 (Frame of Reference Module).
    """
    if series.modality == IMAGE_MODALITY:
        return ""
    try:
        with quiet(), open_dicom(Path(series.slices[0].path), ["FrameOfReferenceUID"]) as file:
            return text(file.ds, "FrameOfReferenceUID")
    except NotReadable:
        return ""
