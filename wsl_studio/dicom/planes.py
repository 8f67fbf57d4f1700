"""Where the frames of a file lie, as far as its header says."""

import hashlib
import math
import re
from functools import lru_cache
from typing import Final

from pydicom.dataset import Dataset

from wsl_studio.dicom.elements import item, number, numbers, text
from wsl_studio.domain.geometry import Vector
from wsl_studio.domain.series import Value
from wsl_studio.domain.words import say

Orientation = tuple[float, float, float, float, float, float]


ORDER: Final = (
    "image_type", "stack", "echo", "temporal", "trigger", "b_value", "acquisition", "instance"
)  # fmt: skip
"""What ``Plane.order`` holds: echo and trigger in ms, the rest numbers; 0 where unknown."""

KINDS: Final = {
    "LOCALIZER": say("localizer"), "ADC": say("ADC map"), "TRACEW": say("trace"),
    "FA": say("FA map"), "MPR": "MPR", "PROJECTION IMAGE": say("projection"),
    "MIN_IP": say("projection"), "MAX_IP": say("projection"), "MOSAIC": say("mosaic"),
    "PHASE MAP": say("phase image"), "PHASE": say("phase image"), "P": say("phase image"),
    "REAL": say("real part"), "R": say("real part"), "IMAGINARY": say("imaginary part"),
    "I": say("imaginary part"), "WATER": say("water"), "FAT": say("fat"),
    "IN_PHASE": say("in phase"), "OUT_PHASE": say("opposed phase"),
}  # fmt: skip
"""Values of Image Type (0008,0008) and Frame Type (0008,9007) from the third on, in our words."""


class Plane(Value):
    """Where one frame lies, as far as its file says.

    Args:
        position: Image Position (Patient), mm.
        orientation: Row and column cosines.
        spacing: (dy, dx) in mm.
        thickness: Spacing Between Slices, otherwise Slice Thickness, mm; for single slices only.
        order: What tells frames at one position apart and sorts those without a position, by
            ``ORDER``. The image type in it is hashed.
        kind: Kind of image in our words where it is a known one; a header's own words are not kept.
    """

    position: Vector | None = None
    orientation: Orientation | None = None
    spacing: tuple[float, float] | None = None
    thickness: float | None = None
    order: tuple[float, ...] = ()
    kind: str = ""


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
    keys = ("EchoTime", "TemporalPositionIdentifier", "TriggerTime", "DiffusionBValue",
            "AcquisitionNumber", "InstanceNumber")  # fmt: skip
    image_type = text(ds, "ImageType")
    return Plane(
        position=_position(ds),
        orientation=orientation,
        spacing=_spacing(ds),
        thickness=_thickness(ds),
        order=(type_number(image_type), 0.0, *(number(ds, k) or 0.0 for k in keys)),
        kind=kind_of(image_type),
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
            type_number(frame_type),
            number(content, "StackID") or 0.0,
            number(macro("MREchoSequence"), "EffectiveEchoTime") or 0.0,
            number(content, "TemporalPositionIndex") or 0.0,
            number(macro("CardiacSynchronizationSequence"), "NominalCardiacTriggerDelayTime")
            or 0.0,
            number(macro("MRDiffusionSequence"), "DiffusionBValue") or 0.0,
            number(content, "FrameAcquisitionNumber") or 0.0,
            float(index),
        ),
        kind=kind_of(frame_type),
    )


@lru_cache(256)
def kind_of(image_type: str) -> str:
    """The kind of image in our words; empty for the usual kinds and for words we do not know."""
    words = [word.strip(" '\"[]").upper() for word in image_type.split(",")]
    return next((KINDS[word] for word in words[2:] if word in KINDS), "")


@lru_cache(256)
def type_number(image_type: str) -> float:
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
