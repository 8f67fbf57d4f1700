"""What an index keeps of a file's header: places and sizes, and keys where names would be."""

import hashlib
import math
import re
from pathlib import Path
from typing import Final

from pydicom.dataset import Dataset
from pydicom.uid import UID

from wsl_studio.dicom.elements import item, number, numbers, text
from wsl_studio.dicom.files import MAX_FRAME_BYTES, DicomFile, frame_fragments, open_dicom
from wsl_studio.dicom.syntaxes import NATIVE, SUPPORTED, VIDEO, Layout, NotReadable, syntax_name
from wsl_studio.domain.geometry import Vector
from wsl_studio.domain.series import Value

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

NO_IMAGE: Final = frozenset({"SEG", "PR", "KO", "REG", "RTSTRUCT", "RTPLAN", "RTRECORD"})
"""Modalities whose pixels, if any, are not an image to label."""

Orientation = tuple[float, float, float, float, float, float]


class Plane(Value):
    """Where one frame lies, as far as its file says.

    Args:
        position: Image Position (Patient), mm.
        orientation: Row and column cosines.
        spacing: (dy, dx) in mm.
        thickness: Spacing Between Slices, otherwise Slice Thickness, mm; for single slices only.
        order: What tells frames at one position apart and sorts those without a position: kind
            of image, echo, time, b-value, acquisition, instance. The kind is hashed.
    """

    position: Vector | None = None
    orientation: Orientation | None = None
    spacing: tuple[float, float] | None = None
    thickness: float | None = None
    order: tuple[float, ...] = ()


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
        ds = file.ds
        modality = text(ds, "Modality").upper()
        modality = modality if re.fullmatch(r"[A-Z]{2,16}", modality) else ""
        layout, n_frames, notes = check_image(file, modality)
        study = text(ds, "StudyInstanceUID")
        series = text(ds, "SeriesInstanceUID")
        accession = text(ds, "AccessionNumber")
        patient = text(ds, "PatientID") or study or series or str(path)
        if text(ds, "LossyImageCompression") == "01":
            notes = (*notes, "The images were compressed with loss.")
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
        note = f"The file is cut short: it holds {there} of {n_frames} frames."
        return layout, there, (note,)
    return layout, n_frames, ()


def plain(value: str) -> str:
    """A header value that may be repeated: a number or UID with at most one stray letter."""
    return value if re.fullmatch(r"[0-9.+-]{1,64}[A-Za-z]?[0-9.+-]{0,16}", value) else "(words)"


def planes_of(ds: Dataset, n_frames: int) -> tuple[Plane, ...]:
    """The planes of a file: one for all frames, or one a frame where the file tells them apart.

    Source:
        DICOM PS3.3 C.7.6.2 (single frame), C.7.6.16 (functional groups), C.8.8.3 (dose grids).
    """
    shared = item(ds, "SharedFunctionalGroupsSequence")
    per_frame = ds.get("PerFrameFunctionalGroupsSequence") or ()
    if shared is not None or per_frame:
        groups = list(per_frame)[:n_frames]
        groups += [Dataset()] * (n_frames - len(groups))
        return tuple(_enhanced_plane(ds, shared, group, i) for i, group in enumerate(groups))
    plane = _single_plane(ds)
    offsets = numbers(ds, "GridFrameOffsetVector")
    if n_frames == 1 or plane.position is None or plane.orientation is None:
        if n_frames > 1 and plane.position is not None:
            return (plane.model_copy(update={"position": None, "orientation": None}),)
        return (plane,)
    if offsets is None or len(offsets) < n_frames or offsets[0] != 0:
        return (plane.model_copy(update={"position": None, "orientation": None}),)
    r, c = plane.orientation[:3], plane.orientation[3:]
    n = (r[1] * c[2] - r[2] * c[1], r[2] * c[0] - r[0] * c[2], r[0] * c[1] - r[1] * c[0])
    x, y, z = plane.position
    return tuple(
        plane.model_copy(update={"position": (x + n[0] * d, y + n[1] * d, z + n[2] * d)})
        for d in offsets[:n_frames]
    )


def _single_plane(ds: Dataset) -> Plane:
    orientation = _orientation(ds)
    if orientation is None and _position(ds) is None:
        orientation = letters_orientation(text_values(ds, "PatientOrientation"))
    keys = ("EchoTime", "TemporalPositionIdentifier", "TriggerTime", "DiffusionBValue")
    rest = ("AcquisitionNumber", "InstanceNumber")
    return Plane(
        position=_position(ds),
        orientation=orientation,
        spacing=_spacing(ds),
        thickness=_thickness(ds),
        order=(kind_of(text(ds, "ImageType")), *(number(ds, k) or 0.0 for k in (*keys, *rest))),
    )


def _enhanced_plane(ds: Dataset, shared: Dataset | None, group: Dataset, index: int) -> Plane:
    def macro(keyword: str) -> Dataset:
        return item(group, keyword) or item(shared, keyword) or Dataset()

    measures, content = macro("PixelMeasuresSequence"), macro("FrameContentSequence")
    frame_type = next(
        (
            text(macro(k), "FrameType")
            for k in ("MRImageFrameTypeSequence", "CTImageFrameTypeSequence",
                      "PETFrameTypeSequence", "XAXRFFrameCharacteristicsSequence")
            if text(macro(k), "FrameType")
        ),
        "",
    )  # fmt: skip
    place = macro("PlanePositionSequence")
    return Plane(
        position=_position(place) or _position(ds),
        orientation=_orientation(macro("PlaneOrientationSequence")) or _orientation(ds),
        spacing=_spacing(measures) or _spacing(ds),
        thickness=_thickness(measures) or _thickness(ds),
        order=(
            kind_of(frame_type),
            number(content, "StackID") or 0.0,
            number(macro("MREchoSequence"), "EffectiveEchoTime") or 0.0,
            number(macro("MRDiffusionSequence"), "DiffusionBValue") or 0.0,
            number(content, "TemporalPositionIndex") or 0.0,
            float(index),
        ),
    )


def kind_of(image_type: str) -> float:
    """A number for a kind of image, so that the words of the header are not kept."""
    return float(int(hashlib.sha256(image_type.encode()).hexdigest()[:6], 16))


def text_values(ds: Dataset, keyword: str) -> tuple[str, ...]:
    """The values of a multi-valued text element."""
    return tuple(part.strip(" '[]") for part in re.split(r"[\\,]", text(ds, keyword)))


def letters_orientation(letters: tuple[str, ...]) -> Orientation | None:
    """Cosines of Patient Orientation (0020,0020) where both are plain letters, or None.

    Only the main letter counts, so the cosines are good for orientation letters, not for
    distances out of the plane.

    Source:
        DICOM PS3.3 C.7.6.1.1.1.
    """
    axes = {"L": (1.0, 0.0, 0.0), "R": (-1.0, 0.0, 0.0), "P": (0.0, 1.0, 0.0),
            "A": (0.0, -1.0, 0.0), "H": (0.0, 0.0, 1.0), "F": (0.0, 0.0, -1.0)}  # fmt: skip
    pair = [axes.get(word[:1]) for word in letters]
    if len(pair) != 2 or pair[0] is None or pair[1] is None:
        return None
    if sum(a * b for a, b in zip(pair[0], pair[1], strict=True)) != 0:
        return None
    return (*pair[0], *pair[1])


def _position(ds: Dataset) -> Vector | None:
    values = numbers(ds, "ImagePositionPatient")
    return (values[0], values[1], values[2]) if values is not None and len(values) == 3 else None


def _orientation(ds: Dataset) -> Orientation | None:
    """Unit cosines, or None where they are not two perpendicular unit vectors within 1e-2.

    The tolerance allows three significant digits in the file; the cosines are scaled to length
    one, so no distance suffers.
    """
    v = numbers(ds, "ImageOrientationPatient")
    if v is None or len(v) != 6:
        return None
    a, b = math.hypot(*v[:3]), math.hypot(*v[3:])
    dot = sum(x * y for x, y in zip(v[:3], v[3:], strict=True))
    if abs(a - 1) > 1e-2 or abs(b - 1) > 1e-2 or abs(dot) > 1e-2:
        return None
    return (v[0] / a, v[1] / a, v[2] / a, v[3] / b, v[4] / b, v[5] / b)


def _spacing(ds: Dataset) -> tuple[float, float] | None:
    values = numbers(ds, "PixelSpacing") or numbers(ds, "ImagerPixelSpacing")
    if values is None or len(values) < 2 or min(values[:2]) <= 0:
        return None
    return values[0], values[1]


def _thickness(ds: Dataset) -> float | None:
    values = (number(ds, "SpacingBetweenSlices"), number(ds, "SliceThickness"))
    return next((abs(v) for v in values if v), None)


def kind_name(uid: str) -> str:
    """The registered name of a SOP class, or empty: an unregistered one may be any text."""
    return str(UID(uid).name) if uid.startswith("1.2.840.10008.") and UID(uid).name != uid else ""
