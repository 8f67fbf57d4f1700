"""The demo's files: phantom patients as CT series, with their true masks beside them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian

from wsl_studio.dicom.phantom import (
    FINDINGS,
    SLICE_STEP_MM,
    SLICE_THICKNESS_MM,
    Patient,
    PhantomVolume,
)
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, Steps, told

T = TypeVar("T")

GENERATOR: Final = 4
"""Counts up when the same seed comes to mean another picture, so that UIDs do too."""
IMPLEMENTATION_UID: Final = "2.25.273174126590263118437561894107261947523"
"""Constant, so that the same seed gives the same bytes with every version of the library."""
MANUFACTURER: Final = "WSL Studio phantom"
INTERCEPT: Final = -1024
SHARES: Final = (("nodule", 0.45), ("effusion", 0.40))
DAY: Final = "20240102"


@dataclass(frozen=True)
class DemoSeries:
    """One series of the demo and what is truly in it.

    Args:
        uid: SeriesInstanceUID.
        patient_id: ``PHANTOM-001`` ...
        findings: Whether each finding is present.
    """

    uid: str
    patient_id: str
    findings: dict[str, bool]


def demo_uid(*parts: object) -> str:
    """A UID that depends on nothing but ``parts``.

    Source:
        DICOM PS3.5 B.2: ``2.25.`` and a 128-bit integer without leading zeros.
    """
    digest = hashlib.sha256("/".join(str(part) for part in parts).encode()).digest()
    return f"2.25.{int.from_bytes(digest[:16], 'big')}"


def deal_findings(patients: int, seed: int) -> tuple[dict[str, bool], ...]:
    """Which patient has what: independent findings, and about the same shares in every prefix.

    Each patient gets the combination that is furthest below its share so far, give or take a
    little chance so that the order is no pattern.
    """
    (first, p), (second, q) = SHARES
    kinds = [
        ({first: a, second: b}, (p if a else 1 - p) * (q if b else 1 - q))
        for a in (False, True)
        for b in (False, True)
    ]
    rng = np.random.default_rng([seed, 7])
    counts = np.zeros(len(kinds))
    share = np.array([s for _, s in kinds])
    out = []
    for i in range(patients):
        lack = share * (i + 1) - counts + rng.uniform(0, 0.12, len(kinds))
        k = int(np.argmax(lack))
        counts[k] += 1
        out.append(dict(kinds[k][0]))
    return tuple(out)


def make_demo(
    folder: Path, *, patients: int = 60, slices: int = 24, size_px: int = 256, seed: int = 0
) -> Steps[tuple[DemoSeries, ...]]:
    """Writes the demo's series and true masks; the same arguments give the same bytes.

    Args:
        folder: Gets ``dicom/patient_001/slice_001.dcm`` ... and ``truth/UID.FINDING.npz`` (key
            ``mask``: (S, H, W) bool, slices towards the head, as readers sort them; all False
            where the finding is absent). Files of that name are replaced.
        patients: How many, 1 to 999; six show every combination of findings.
        slices: S, at least 6.
        size_px: H = W, at least 32.
        seed: Of everything.

    Returns:
        The series in the order of their patients, with what is truly in them.

    Raises:
        ValueError: An argument is out of range.
        KnownError: The folder cannot be written.
    """
    if not (1 <= patients <= 999 and slices >= 6 and size_px >= 32 and seed >= 0):
        raise ValueError(f"demo out of range: {patients=} {slices=} {size_px=} {seed=}")
    out = []
    total = 100 * patients
    try:
        for i, findings in enumerate(deal_findings(patients, seed)):
            text = f"Making phantom {i + 1} of {patients}"
            yield Progress(100 * i, total, text)
            key = (GENERATOR, seed, slices, size_px, i)
            series = DemoSeries(demo_uid(*key, "series"), f"PHANTOM-{i + 1:03d}", findings)
            volume = yield from _said(
                Patient(seed, i, findings, slices, size_px).render(), 100 * i, total, text
            )
            yield from _said(_write(folder, volume, series, i + 1, key), 100 * i + 60, total, text)
            out.append(series)
    except OSError as error:
        raise KnownError(
            f"The demo cannot be written: {error.strerror or 'unknown reason'}.",
            "Choose a folder on a disk with 250 MB of free space that you may write to.",
        ) from error
    yield Progress(total, total, "Phantoms ready")
    return tuple(out)


def _said(steps: Steps[T], start: int, total: int, text: str) -> Steps[T]:
    """The same step as part of a longer one: from ``start`` on, at most 60 of ``total``."""
    most = 40 if start % 100 else 60
    return told(steps, lambda one: Progress(start + int((one.fraction or 0.0) * most), total, text))


def _write(
    folder: Path, volume: PhantomVolume, series: DemoSeries, number: int, key: tuple[int, ...]
) -> Steps[None]:
    """Writes one patient."""
    place = folder / "dicom" / f"patient_{number:03d}"
    place.mkdir(parents=True, exist_ok=True)
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    total = len(volume.hu) + len(FINDINGS)
    for s, hu in enumerate(volume.hu):
        dataset = _slice(hu, s, volume, series, number, key)
        dcmwrite(place / f"slice_{s + 1:03d}.dcm", dataset, enforce_file_format=True)
        yield Progress(s + 1, total)
    for name in FINDINGS:
        path = folder / "truth" / f"{series.uid}.{name}.npz"
        np.savez_compressed(path, mask=volume.masks[name])
        yield Progress(total, total)


def _slice(
    hu: NDArray[np.int16],
    s: int,
    volume: PhantomVolume,
    series: DemoSeries,
    number: int,
    key: tuple[int, ...],
) -> Dataset:
    """One CT image with every attribute of type 1 and 2 (PS3.3 A.3.3, C.8.2.1)."""
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.file_meta.MediaStorageSOPClassUID = CTImageStorage
    d.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    d.file_meta.ImplementationClassUID = UID(IMPLEMENTATION_UID)
    d.file_meta.ImplementationVersionName = "WSL_STUDIO"
    d.SpecificCharacterSet = "ISO_IR 100"
    d.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    d.SOPClassUID = CTImageStorage
    d.SOPInstanceUID = demo_uid(*key, "slice", s)
    d.file_meta.MediaStorageSOPInstanceUID = d.SOPInstanceUID
    d.StudyDate = d.SeriesDate = d.AcquisitionDate = d.ContentDate = DAY
    d.StudyTime = d.SeriesTime = d.AcquisitionTime = d.ContentTime = "090000"
    d.AccessionNumber = ""
    d.Modality = "CT"
    d.Manufacturer = MANUFACTURER
    d.ManufacturerModelName = "Phantom generator"
    d.ReferringPhysicianName = ""
    d.StudyDescription = "Phantom (not a patient)"
    d.SeriesDescription = "Phantom chest (not a patient)"
    d.PatientName = f"Phantom^{number:03d}"
    d.PatientID = series.patient_id
    d.PatientBirthDate = ""
    d.PatientSex = ""
    d.BodyPartExamined = "CHEST"
    d.KVP = "120"
    d.SliceThickness = f"{SLICE_THICKNESS_MM:g}"
    d.SpacingBetweenSlices = f"{SLICE_STEP_MM:g}"
    d.PatientPosition = "HFS"
    d.StudyInstanceUID = demo_uid(*key, "study")
    d.SeriesInstanceUID = series.uid
    d.StudyID = str(number)
    d.SeriesNumber = "1"
    d.AcquisitionNumber = "1"
    d.InstanceNumber = str(s + 1)
    size = hu.shape[0]
    corner = f"{-(size - 1) / 2 * volume.pixel_mm:.6g}"
    d.ImagePositionPatient = [corner, corner, f"{s * SLICE_STEP_MM:g}"]
    d.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    d.FrameOfReferenceUID = demo_uid(*key, "frame of reference")
    d.PositionReferenceIndicator = ""
    d.SliceLocation = f"{s * SLICE_STEP_MM:g}"
    d.SamplesPerPixel = 1
    d.PhotometricInterpretation = "MONOCHROME2"
    d.Rows, d.Columns = hu.shape
    d.PixelSpacing = [f"{volume.pixel_mm:.6g}"] * 2
    d.BitsAllocated, d.BitsStored, d.HighBit = 16, 12, 11
    d.PixelRepresentation = 0
    d.BurnedInAnnotation = "NO"
    d.WindowCenter = ["-600", "40"]
    d.WindowWidth = ["1500", "400"]
    d.RescaleIntercept = str(INTERCEPT)
    d.RescaleSlope = "1"
    d.RescaleType = "HU"
    d.WindowCenterWidthExplanation = ["Lung", "Soft tissue"]
    stored = np.clip(hu.astype(np.int32) - INTERCEPT, 0, 4095).astype("<u2")
    d.PixelData = stored.tobytes()
    d["PixelData"].VR = "OW"
    return d
