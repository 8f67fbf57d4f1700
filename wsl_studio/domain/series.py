"""What an index of a folder knows: series, their slices, and the files passed over."""

import os
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict

from wsl_studio.domain.geometry import Geometry

IMAGE_MODALITY = "IMG"
"""Modality word for a PNG or JPEG file, which has none."""


PART_NOTE = "Part: "
"""How the note begins that says which part of its series a stack is."""


MEMBER_MARK = "!/"
"""Between the path of a ZIP archive and the number of a member in the path of a slice."""


ELSEWHERE: Final = f"{os.devnull}/elsewhere"
"""Stands for the path of a file whose place only another computer knows; nothing can be there."""


def container_of(path: str) -> str:
    """The file on disk that holds a slice: its own, or the archive it is a member of."""
    archive, mark, number = path.rpartition(MEMBER_MARK)
    return archive if mark and number.isdecimal() else path


class Value(BaseModel):
    """Base of values that are written to JSON or the store: frozen, nothing unknown."""

    # As strings: JSON has no infinity, and pydantic's default turns it into null for good.
    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_inf_nan="strings", defer_build=True
    )


class SliceRef(Value):
    """Where one slice's pixels are.

    Args:
        path: Absolute path of the file; images are never copied.
        frame: Frame inside the file, from 0.
        uid: SOPInstanceUID, or empty for an image file.
    """

    path: str
    frame: int = 0
    uid: str = ""


class Series(Value):
    """One series (or one stack of a series that holds several), a bag by default.

    Nothing here names a patient: ``patient_key`` is a salted hash, names are read live.

    Args:
        uid: SeriesInstanceUID; with ``/2``, ``/3`` ... when one series holds several stacks;
            ``image.`` and a hash of the path for an image file.
        stem: File stem of an image file, otherwise the uid; what scripts and file names use.
        patient_key: Salted hash of the patient (the group that splits are drawn by).
        study_key: Salted hash of the study.
        accession_key: Salted hash of the accession number; empty where the file has none.
        modality: DICOM modality, or ``IMG``.
        rows: Pixels down.
        columns: Pixels across.
        slices: In anatomical order; one entry per slice.
        geometry: The grid, or None where the standard's conditions for one do not hold.
        notes: Sentences for the reader (why there is no grid, a gap, a lossy flag).
        is_phantom: True for series that this program made itself.
        is_colour: True for an image file a quarter of which has a colour.
    """

    uid: str
    stem: str
    patient_key: str
    study_key: str = ""
    accession_key: str = ""
    modality: str
    rows: int
    columns: int
    slices: tuple[SliceRef, ...]
    geometry: Geometry | None = None
    notes: tuple[str, ...] = ()
    is_phantom: bool = False
    is_colour: bool = False

    @property
    def n_slices(self) -> int:
        """Slices in the series."""
        return len(self.slices)

    @property
    def part(self) -> str:
        """What sets this stack apart in its series (``echo 80 ms``, ``localizer``), or empty."""
        first = self.notes[0] if self.notes else ""
        return (
            first.removeprefix(PART_NOTE).removesuffix(".") if first.startswith(PART_NOTE) else ""
        )


class PassedOver(Value):
    """A file that an import did not take, and why, in words for the reader."""

    path: str
    reason: str


class FileStamp(NamedTuple):
    """What tells that a file has not changed since it was last read."""

    path: str
    size: int
    mtime_ns: int


class Index(Value):
    """What one walk over a folder found."""

    series: tuple[Series, ...]
    passed_over: tuple[PassedOver, ...]
    n_images: int
