"""What an index keeps of a file's header: places and sizes, and keys where names would be."""

import hashlib
import math
import os
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from pydicom.dataset import Dataset
from pydicom.uid import UID

from wsl_studio.dicom.elements import number, numbers, text
from wsl_studio.dicom.files import (
    MAX_FRAME_BYTES,
    DicomFile,
    open_dicom,
    open_walked,
)
from wsl_studio.dicom.fragments import frame_fragments
from wsl_studio.dicom.planes import Plane, planes_of
from wsl_studio.dicom.scan import tags_of, value, walk_header
from wsl_studio.dicom.syntaxes import NATIVE, SUPPORTED, VIDEO, Layout, NotReadable, syntax_name
from wsl_studio.domain.series import Value
from wsl_studio.domain.words import say

PHANTOM_MAKER: Final = "WSL Studio phantom"
"""Manufacturer (0008,0070) of series that this program made itself."""

PIXEL_TAGS: Final = [
    "SOPClassUID", "SOPInstanceUID", "Modality", "NumberOfFrames", "SamplesPerPixel",
    "PhotometricInterpretation", "Rows", "Columns", "BitsAllocated", "BitsStored",
    "PixelRepresentation", "PlanarConfiguration", "ExtendedOffsetTable",
    "RedPaletteColorLookupTableDescriptor",
]  # fmt: skip
"""What decoding a frame needs, beside the palettes."""

HEADER_TAGS: Final = [
    *PIXEL_TAGS, "SeriesInstanceUID", "StudyInstanceUID", "AccessionNumber", "PatientID",
    "Manufacturer", "ImageType", "InstanceNumber", "AcquisitionNumber", "EchoTime",
    "DiffusionBValue", "TemporalPositionIdentifier", "TriggerTime", "PixelSpacing",
    "ImagerPixelSpacing", "SliceThickness", "SpacingBetweenSlices", "ImagePositionPatient",
    "ImageOrientationPatient", "PatientOrientation", "GridFrameOffsetVector",
    "LossyImageCompression", "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence", "DirectoryRecordSequence",
]  # fmt: skip
"""What an index needs of a file."""

_WANTED: Final = tags_of(HEADER_TAGS)
_OWN: Final = tuple(tags_of(["SOPInstanceUID", "ImagePositionPatient", "InstanceNumber"]))

NO_IMAGE: Final = frozenset({"SEG", "PR", "KO", "REG", "RTSTRUCT", "RTPLAN", "RTRECORD"})
"""Modalities whose pixels, if any, are not an image to label."""


class Header(Value):
    """What the index and its cache keep of one image file; nothing in it names a patient.

    Args:
        series_uid: SeriesInstanceUID, or ``image.`` or ``file.`` and a hash of the path.
        sop_uid: SOPInstanceUID; empty for PNG and JPEG.
        patient_key: Salted hash.
        study_key: Salted hash.
        accession_key: Salted hash of the accession number, by which a report is known.
        modality: DICOM modality or ``IMG``; empty unless it is a plain code.
        rows: Pixels down.
        columns: Pixels across.
        n_frames: Frames that the file really holds.
        look: ``grey``, ``inverted`` (MONOCHROME1) or ``colour``: never mixed in one stack.
        syntax: Transfer syntax, or empty for PNG and JPEG.
        planes: One for all frames, or one a frame.
        notes: Sentences for the reader.
        is_phantom: Made by this program.
    """

    series_uid: str
    sop_uid: str = ""
    patient_key: str
    study_key: str = ""
    accession_key: str = ""
    modality: str
    rows: int
    columns: int
    n_frames: int = 1
    look: str = "grey"
    syntax: str = ""
    planes: tuple[Plane, ...] = (Plane(),)
    notes: tuple[str, ...] = ()
    is_phantom: bool = False

    def plane(self, frame: int) -> Plane:
        """The plane of a frame."""
        return self.planes[frame if len(self.planes) > 1 else 0]


def make_key(salt: bytes, identity: str) -> str:
    """A name-free key: the first 16 hex digits of SHA-256 of salt and identity."""
    return hashlib.sha256(salt + identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_header(path: Path, salt: bytes) -> Header:
    """Reads what the index keeps of a DICOM file.

    Raises:
        NotReadable: With the reason, naming the tag at fault where one is.
    """
    with open_dicom(path, HEADER_TAGS) as file:
        return _header_of(file, path, salt)


class Neighbours:
    """Headers of ordinary files, made from that of an earlier slice where all but three agree.

    Slices of a series differ in identity, place and number; what else is wanted is the same to
    the byte, and need not be looked at again. Not for several threads.

    Args:
        salt: Of the project.
    """

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._known: dict[object, Header] = {}

    def header(self, path: Path | str, fd: int, size: int, head: bytes) -> Header:
        """The header of an open file.

        Args:
            path: Of the file.
            fd: Behind ``head``.
            size: Of the file in bytes.
            head: Its first bytes.

        Raises:
            Refused: ``read_header`` should read it.
            NotReadable: With the reason.
        """
        walked = walk_header(head, _WANTED, partial(os.read, fd))
        shared = dict(walked.raw)
        own = [value(tag, shared.pop(tag, b" ")) for tag in _OWN]
        sop, place, number = own
        is_plain = (
            isinstance(sop, str)
            and isinstance(number, int)
            and isinstance(place, list)
            and len(place) == 3
            and all(map(math.isfinite, place))
            and walked.start + walked.length <= size  # not encapsulated, and not cut short
        )
        if not is_plain:
            return _header_of(open_walked(fd, size, walked), path, self._salt)
        key = (walked.syntax, walked.length, *shared.items())
        if key not in self._known:
            found = _header_of(open_walked(fd, size, walked), path, self._salt)
            if found.n_frames == 1 and not found.series_uid.startswith("file."):
                self._known[key] = found
            return found
        known = self._known[key]
        plane = known.planes[0].model_copy(
            update={"position": tuple(place), "order": (*known.planes[0].order[:-1], float(number))}
        )
        return known.model_copy(update={"sop_uid": safe_uid(sop.strip(" ")), "planes": (plane,)})


def _header_of(file: DicomFile, path: Path | str, salt: bytes) -> Header:
    ds = file.ds
    modality = text(ds, "Modality").upper()
    modality = modality if re.fullmatch(r"[A-Z]{2,16}", modality) else ""
    layout, n_frames, notes = check_image(file, modality)
    study = text(ds, "StudyInstanceUID")
    series = text(ds, "SeriesInstanceUID")
    accession = text(ds, "AccessionNumber")
    patient = text(ds, "PatientID") or study or series or str(path)
    if text(ds, "LossyImageCompression") == "01":
        notes = (*notes, say("The images were compressed with loss."))
    if not text(ds, "PixelSpacing") and text(ds, "ImagerPixelSpacing"):
        notes = (
            *notes,
            say("Distances are those on the detector (0018,1164); the patient is smaller."),
        )
    look = "colour" if layout.samples == 3 or "PALETTE" in layout.photometric else "grey"
    return Header(
        series_uid=safe_uid(series) or "file." + make_key(b"", str(path)),
        sop_uid=safe_uid(text(ds, "SOPInstanceUID")),
        patient_key=make_key(salt, patient),
        study_key=make_key(salt, study or patient),
        accession_key=make_key(salt, accession) if accession else "",
        modality=modality or "OT",
        rows=layout.rows,
        columns=layout.columns,
        n_frames=n_frames,
        look="inverted" if layout.photometric == "MONOCHROME1" else look,
        syntax=str(file.syntax),
        planes=planes_of(ds, n_frames),
        notes=notes,
        is_phantom=text(ds, "Manufacturer") == PHANTOM_MAKER,
    )


def safe_uid(uid: str) -> str:
    """A UID if it is one; a hash of it if somebody wrote words there; empty stays empty."""
    if not uid or re.fullmatch(r"[0-9.]{1,64}", uid):
        return uid
    return "odd." + make_key(b"", uid)


def layout_of(ds: Dataset, *, is_float: bool = False) -> Layout:
    """The layout of a file's frames.

    Raises:
        NotReadable: An element that decoding needs is missing or out of range.
    """

    def whole(keyword: str, tag: str, allowed: range | tuple[int, ...]) -> int:
        value = number(ds, keyword)
        if value is None:
            raise NotReadable(f"it has no {tag}")
        if value != int(value) or int(value) not in allowed:
            raise NotReadable(f"its {tag} is {value:g}, which cannot be shown")
        return int(value)

    samples = whole("SamplesPerPixel", "Samples per Pixel (0028,0002)", (1, 3))
    rows = whole("Rows", "Rows (0028,0010)", range(1, 65536))
    columns = whole("Columns", "Columns (0028,0011)", range(1, 65536))
    allocated = whole("BitsAllocated", "Bits Allocated (0028,0100)", (1, 8, 16, 32, 64))
    photometric = text(ds, "PhotometricInterpretation").upper()
    if not photometric:
        raise NotReadable("it has no Photometric Interpretation (0028,0004)")
    stored, sign = allocated, 0
    if not is_float:
        stored = whole("BitsStored", "Bits Stored (0028,0101)", range(1, allocated + 1))
        sign = whole("PixelRepresentation", "Pixel Representation (0028,0103)", (0, 1))
    planar = number(ds, "PlanarConfiguration") or 0.0
    if rows * columns * samples * max(allocated, 8) // 8 > MAX_FRAME_BYTES:
        raise NotReadable(f"one of its frames would take more than {MAX_FRAME_BYTES // 2**20} MiB")
    if "PALETTE" in photometric and not numbers(ds, "RedPaletteColorLookupTableDescriptor"):
        raise NotReadable("it has no palette (0028,1101)")
    return Layout(
        rows, columns, samples, photometric, allocated, stored, sign == 1, int(planar), is_float
    )


def check_image(file: DicomFile, modality: str) -> tuple[Layout, int, tuple[str, ...]]:
    """The layout, the number of frames that are really there, and notes; or why not.

    Raises:
        NotReadable: It is no image, no decoder reads it, or its pixels are cut short.
    """
    ds = file.ds
    kind = kind_name(text(ds, "SOPClassUID"))
    if "DirectoryRecordSequence" in ds:
        raise NotReadable("it is a DICOMDIR, a table of contents (0004,1220)")
    if modality in NO_IMAGE:
        raise NotReadable(
            f"its Modality (0008,0060) is {modality}: {kind or 'it'} is no image to label"
        )
    if file.pixels is None:
        raise NotReadable("it has no Pixel Data (7FE0,0010)" + (f": {kind}" if kind else ""))
    layout = layout_of(ds, is_float=file.pixels.is_float)
    if file.syntax not in SUPPORTED:
        raise NotReadable(
            f"no decoder here reads its Transfer Syntax UID (0002,0010) {plain(file.syntax)}"
            f" ({syntax_name(file.syntax)})"
        )
    wanted = number(ds, "NumberOfFrames")
    if wanted is None and text(ds, "NumberOfFrames"):
        raise NotReadable(
            f"its Number of Frames (0028,0008) {plain(text(ds, 'NumberOfFrames'))} is not a number"
        )
    n_frames = max(1, int(wanted or 1))
    if file.syntax in NATIVE:
        there = file.pixels.length * 8 // layout.bits
    else:
        fragments = file.pixels.fragments or ()
        there = min(len(fragments), n_frames)
        if there and file.syntax in VIDEO:
            there = n_frames  # in one stream; how many it holds shows when it is decoded
            if n_frames * layout.n_bytes > MAX_FRAME_BYTES:
                raise NotReadable(
                    f"its Number of Frames (0028,0008) {n_frames} makes a video of more than"
                    f" {MAX_FRAME_BYTES // 2**20} MiB"
                )
            if layout.samples != 3:
                raise NotReadable("its Samples per Pixel (0028,0002) is 1, which no video has")
        elif there:
            there = len(frame_fragments(file.stream, file.pixels, n_frames))
    if there == 0:
        raise NotReadable(
            "its Pixel Data (7FE0,0010) is empty"
            if file.pixels.length == 0
            else "its Pixel Data (7FE0,0010) is cut short"
        )
    if there < n_frames:
        note = say(
            "The file is cut short: it holds {there} of {n_frames} frames.",
            there=there,
            n_frames=n_frames,
        )
        return layout, there, (note,)
    return layout, n_frames, ()


def plain(value: str) -> str:
    """A header value that may be repeated: a number or UID with at most one stray letter."""
    return value if re.fullmatch(r"[0-9.+-]{1,64}[A-Za-z]?[0-9.+-]{0,16}", value) else "(words)"


@lru_cache(256)
def kind_name(uid: str) -> str:
    """The registered name of a SOP class, or empty: an unregistered one may be any text."""
    return str(UID(uid).name) if uid.startswith("1.2.840.10008.") and UID(uid).name != uid else ""
