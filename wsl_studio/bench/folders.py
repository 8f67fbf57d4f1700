"""Folders of many small DICOM files with life-like headers, made in seconds for benches."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomBytesIO
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian, ImplicitVRLittleEndian

PER_FOLDER: Final = 1000
"""Files."""

_SOP: Final = "2.25.100000000000000000000000000000000001"
_SERIES: Final = "2.25.200000000000000000000000000000000002"
_STUDY: Final = "2.25.300000000000000000000000000000000003"
_PATIENT: Final = "PHANTOM0000000004"
_PLACE: Final = "-00005.5"
_INSTANCE: Final = "777776"


def make_folder(folder: Path, n_files: int, *, per_series: int = 100, side: int = 32) -> int:
    """Writes ``n_files`` CT slices, ``per_series`` to a series, 1,000 to a folder.

    Headers have 113 elements and are 3.9 KB long, as scanners write them: names, dates, dose and
    geometry, sequences of defined and undefined length, a private block. Every second series is
    implicit VR. The pixels are noise.

    Args:
        folder: Where; made if absent.
        n_files: How many.
        per_series: Slices of a series; the last series may be shorter.
        side: Pixels across and down.

    Returns:
        Number of series.
    """
    kinds = [template(syntax, side) for syntax in (ExplicitVRLittleEndian, ImplicitVRLittleEndian)]
    for i, data in enumerate(_files(kinds, n_files, per_series)):
        place = folder / f"{i // PER_FOLDER:04d}"
        if i % PER_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"IM{i % PER_FOLDER:06d}").write_bytes(data)
    return -(-n_files // per_series)


def _files(kinds: list[bytes], n_files: int, per_series: int) -> Iterator[bytes]:
    """The files one by one: a template with its own identity and place written over."""
    marks = (_SOP, _SERIES, _STUDY, _PATIENT, _PLACE, _INSTANCE)
    places = [[_places(kind, mark.encode()) for mark in marks] for kind in kinds]
    for i in range(n_files):
        series, slice_ = divmod(i, per_series)
        kind = series % len(kinds)
        data = bytearray(kinds[kind])
        own = (
            f"2.25.1{i:035d}",
            f"2.25.2{series:035d}",
            f"2.25.3{series // 2:035d}",
            f"PHANTOM{series // 4:010d}",
            f"{slice_ * 1.25 - 100:8.2f}",
            f"{slice_ + 1:6d}",
        )
        for offsets, mark, word in zip(places[kind], marks, own, strict=True):
            assert len(word) == len(mark)
            for offset in offsets:
                data[offset : offset + len(mark)] = word.encode()
        yield bytes(data)


def _places(data: bytes, mark: bytes) -> list[int]:
    """Every offset of a placeholder."""
    return [found.start() for found in re.finditer(re.escape(mark), data)]


def template(syntax: UID, side: int) -> bytes:
    """One CT slice as bytes, with placeholders of fixed width for identity and place."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    _identity(ds)
    _acquisition(ds)
    rng = np.random.default_rng(0)
    ds.Rows = ds.Columns = side
    ds.PixelData = rng.integers(0, 4096, (side, side), dtype=np.uint16).tobytes()
    ds["PixelData"].VR = "OW"
    out = DicomBytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _identity(ds: Dataset) -> None:
    ds.SpecificCharacterSet = "ISO_IR 100"
    ds.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL", "CT_SOM5 SPI"]
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, _SOP
    ds.StudyInstanceUID, ds.SeriesInstanceUID = _STUDY, _SERIES
    ds.FrameOfReferenceUID = _SERIES + ".1"
    day, moment = datetime.date(2020, 2, 3).strftime("%Y%m%d"), "121314.151617"
    for word in ("InstanceCreation", "Study", "Series", "Acquisition", "Content"):
        setattr(ds, f"{word}Date", day)
        setattr(ds, f"{word}Time", moment)
    ds.AccessionNumber, ds.Modality, ds.Manufacturer = "A0001", "CT", "Phantom Works"
    ds.InstitutionName, ds.InstitutionAddress = "Nowhere General", "1 Nowhere Street, Nowhere"
    ds.ReferringPhysicianName = ds.OperatorsName = "Nobody^No"
    ds.StationName, ds.StudyDescription = "CT01", "Phantom^Thorax (Bench)"
    ds.SeriesDescription, ds.ManufacturerModelName = "Thorax 1.25 B30f", "Model 64"
    ds.PatientName, ds.PatientID = "Phantom^Bench", _PATIENT
    ds.PatientBirthDate, ds.PatientSex, ds.PatientAge = "19500101", "O", "070Y"
    ds.PatientSize, ds.PatientWeight, ds.PatientPosition = "1.75", "80", "HFS"
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "CT", "BENCH", "Thorax"
    ds.ProcedureCodeSequence = [code]
    for name in ("ReferencedStudySequence", "ReferencedImageSequence", "SourceImageSequence"):
        reference = Dataset()
        reference.ReferencedSOPClassUID = CTImageStorage
        reference.ReferencedSOPInstanceUID = _STUDY + ".7"
        reference.PurposeOfReferenceCodeSequence = [code]
        setattr(ds, name, [reference, reference])
    ds["SourceImageSequence"].is_undefined_length = True
    for reference in ds.SourceImageSequence:
        reference.is_undefined_length_sequence_item = True


def _acquisition(ds: Dataset) -> None:
    texts = {
        "BodyPartExamined": "CHEST", "ScanOptions": "SPIRAL", "DeviceSerialNumber": "12345",
        "SoftwareVersions": "syngo CT 2012B", "ProtocolName": "ThoraxRoutine", "FilterType": "FLAT",
        "ConvolutionKernel": "B30f", "ExposureModulationType": "XYZ_EC", "RotationDirection": "CW",
        "PositionReferenceIndicator": "SN", "PatientComments": "none", "RequestedProcedureID": "R1",
        "RequestedProcedureDescription": "Thorax", "PerformedProcedureStepID": "P1",
        "PerformedProcedureStepDescription": "Thorax", "RescaleType": "HU", "StudyID": "1",
        "ContrastBolusAgent": "APPLIED", "DateOfLastCalibration": "20200101",
        "TimeOfLastCalibration": "010203", "PerformedProcedureStepStartDate": "20200203",
        "PerformedProcedureStepStartTime": "121314", "WindowCenterWidthExplanation": "WINDOW1",
    }  # fmt: skip
    decimals = {
        "SliceThickness": "1.25", "KVP": "120", "DataCollectionDiameter": "500",
        "ReconstructionDiameter": "350", "DistanceSourceToDetector": "1040",
        "DistanceSourceToPatient": "570", "GantryDetectorTilt": "0", "TableHeight": "151",
        "FocalSpots": "1.2", "SliceLocation": "0.0", "WindowCenter": "40", "WindowWidth": "400",
        "RescaleIntercept": "-1024", "RescaleSlope": "1",
    }  # fmt: skip
    whole = {"ExposureTime": 500, "XRayTubeCurrent": 210, "Exposure": 105, "GeneratorPower": 30,
             "SeriesNumber": 2, "AcquisitionNumber": 2}  # fmt: skip
    doubles = {"SingleCollimationWidth": 0.6, "TotalCollimationWidth": 38.4, "TableSpeed": 46.0,
               "TableFeedPerRotation": 23.0, "SpiralPitchFactor": 0.6, "CTDIvol": 7.1}  # fmt: skip
    for keyword, value in (texts | decimals | whole | doubles).items():
        setattr(ds, keyword, value)
    ds.InstanceNumber = _INSTANCE
    ds.ImagePositionPatient = ["-170.25", "-170.25", _PLACE]
    ds.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    ds.PixelSpacing = ["0.683594", "0.683594"]
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
    ds.SmallestImagePixelValue, ds.LargestImagePixelValue = 0, 4095
    block = ds.private_block(0x0029, "BENCH CSA HEADER", create=True)
    for element in range(8, 16):
        block.add_new(element, "OB", bytes(96))
