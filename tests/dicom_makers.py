"""DICOM files made for tests: small, valid, and then broken on purpose."""

from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.domain.progress import drain
from wsl_studio.domain.series import Index
from wsl_studio.domain.volume import Volume

SALT = b"salt of the tests"


def make_slice(array: np.ndarray, **elements: Any) -> Dataset:
    """A CT slice around an (H, W) or (H, W, 3) array; keywords set or (None) remove elements."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SOPClassUID = CTImageStorage
    ds.SOPInstanceUID = generate_uid()
    ds.SeriesInstanceUID = "1.2.3.4"
    ds.StudyInstanceUID = "1.2.3"
    ds.PatientID = "P1"
    ds.Modality = "CT"
    ds.InstanceNumber = 1
    ds.Rows, ds.Columns = array.shape[-2:] if array.ndim == 2 else array.shape[:2]
    ds.SamplesPerPixel = 3 if array.ndim == 3 else 1
    ds.PhotometricInterpretation = "RGB" if array.ndim == 3 else "MONOCHROME2"
    if array.ndim == 3:
        ds.PlanarConfiguration = 0
    ds.BitsAllocated = ds.BitsStored = array.dtype.itemsize * 8
    ds.HighBit = ds.BitsStored - 1
    ds.PixelRepresentation = int(array.dtype.kind == "i")
    ds.PixelSpacing = [0.5, 0.25]
    ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ds.ImagePositionPatient = [0, 0, 0]
    ds.RescaleSlope, ds.RescaleIntercept = 1, 0
    ds.PixelData = array.tobytes() + b"\0" * (array.nbytes % 2)
    ds["PixelData"].VR = "OW" if ds.BitsAllocated > 8 else "OB"
    return change(ds, **elements)


def change(ds: Dataset, **elements: Any) -> Dataset:
    """Sets elements; None removes one."""
    for keyword, value in elements.items():
        if value is None:
            delattr(ds, keyword)
        else:
            setattr(ds, keyword, value)
    return ds


def compress(ds: Dataset, frames: list[bytes], syntax: str) -> Dataset:
    """Replaces the pixels by coded frames."""
    ds.file_meta.TransferSyntaxUID = syntax
    ds.PixelData = encapsulate(frames)
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    return ds


def save(ds: Dataset, path: Path) -> Path:
    """Writes a file; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ds.save_as(path, enforce_file_format=True)
    return path


def save_stack(
    folder: Path, arrays: list[np.ndarray], *, step_mm: float = 2.0, **elements: Any
) -> list[Path]:
    """Writes a stack along z, file names in the reverse of the anatomical order."""
    paths = []
    for i, array in enumerate(arrays):
        own = {"ImagePositionPatient": [0, 0, i * step_mm], "InstanceNumber": len(arrays) - i}
        ds = make_slice(array, **(own | elements))
        paths.append(save(ds, folder / f"slice{len(arrays) - i:03d}.dcm"))
    return paths


def index(folder: Path, cache: Path | None = None) -> Index:
    """The index of a folder."""
    return drain(index_folder(folder, salt=SALT, cache=cache))


def open_one(folder: Path) -> Volume:
    """The volume of a folder that holds one series."""
    found = index(folder)
    assert len(found.series) == 1, found.passed_over
    return drain(read_volume(found.series[0]))


def reasons(found: Index) -> dict[str, str]:
    """Reason by file name."""
    return {Path(p.path).name: p.reason for p in found.passed_over}
