"""Every file of pydicom's own test data is read as pydicom reads it, or passed over by name."""

import shutil
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut

from tests.dicom_makers import SALT, index
from wsl_studio.dicom.elements import quiet
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.many import HeaderReader
from wsl_studio.dicom.pixels import read_volume, thumbnail, try_frame
from wsl_studio.domain.progress import drain

ROOT = Path(pydicom.__file__).parent / "data"
FILES = sorted(
    p.relative_to(ROOT).as_posix()
    for p in ROOT.rglob("*")
    if p.is_file() and p.suffix not in (".py", ".pyc")
)

PIXELS = "Pixel Data (7FE0,0010)"
NOT_DICOM = "not a DICOM file"
SKIPPED = {
    "charset_files/FileInfo.txt": NOT_DICOM,
    "charset_files/chrJapMulti.dcm": PIXELS,
    "charset_files/chrJapMultiExplicitIR6.dcm": PIXELS,
    "charset_files/chrKoreanMulti.dcm": PIXELS,
    "charset_files/chrSQEncoding.dcm": PIXELS,
    "charset_files/chrSQEncoding1.dcm": PIXELS,
    "hashes.json": NOT_DICOM,
    "palettes/README.md": NOT_DICOM,
    "palettes/fall.dcm": "Color Palette Storage",
    "palettes/hotiron.dcm": "Color Palette Storage",
    "palettes/hotmetalblue.dcm": "Color Palette Storage",
    "palettes/pet.dcm": "Color Palette Storage",
    "palettes/pet20step.dcm": "Color Palette Storage",
    "palettes/spring.dcm": "Color Palette Storage",
    "palettes/summer.dcm": "Color Palette Storage",
    "palettes/winter.dcm": "Color Palette Storage",
    "test_files/ExplVR_BigEndNoMeta.dcm": "RT Ion Plan Storage",
    "test_files/ExplVR_LitEndNoMeta.dcm": "RT Ion Plan Storage",
    "test_files/JPEG2000-embedded-sequence-delimiter.dcm": "compressed frame",
    "test_files/MR_truncated.dcm": "cut short",
    "test_files/README.txt": NOT_DICOM,
    "test_files/UN_sequence.dcm": PIXELS,
    "test_files/badVR.dcm": "Number of Frames (0028,0008)",
    "test_files/crayons.icc": NOT_DICOM,
    "test_files/dicomdirtests/DICOMDIR": "DICOMDIR",
    "test_files/dicomdirtests/DICOMDIR-bigEnd": "DICOMDIR",
    "test_files/dicomdirtests/DICOMDIR-empty.dcm": "DICOMDIR",
    "test_files/dicomdirtests/DICOMDIR-implicit": "DICOMDIR",
    "test_files/dicomdirtests/DICOMDIR-nooffset": "DICOMDIR",
    "test_files/dicomdirtests/DICOMDIR-nopatient": "DICOMDIR",
    "test_files/dicomdirtests/DICOMDIR-reordered": "DICOMDIR",
    "test_files/dicomdirtests/README.txt": NOT_DICOM,
    "test_files/dicomdirtests/TINY_ALPHA/DICOMDIR": "DICOMDIR",
    "test_files/dicomdirtests/TINY_ALPHA/README": NOT_DICOM,
    "test_files/empty_charset_LEI.dcm": PIXELS,
    "test_files/liver_1frame.dcm": "Segmentation Storage",
    "test_files/liver_expb_1frame.dcm": "Segmentation Storage",
    "test_files/meta_missing_tsyntax.dcm": "Transfer Syntax UID (0002,0010)",
    "test_files/nested_priv_SQ.dcm": "Samples per Pixel (0028,0002)",
    "test_files/no_meta.dcm": NOT_DICOM,
    "test_files/no_meta_group_length.dcm": PIXELS,
    "test_files/priv_SQ.dcm": PIXELS,
    "test_files/reportsi.dcm": "Basic Text SR Storage",
    "test_files/reportsi_with_empty_number_tags.dcm": "Basic Text SR Storage",
    "test_files/rtplan.dcm": "RT Plan Storage",
    "test_files/rtplan.dump": NOT_DICOM,
    "test_files/rtplan_truncated.dcm": "RT Plan Storage",
    "test_files/rtstruct.dcm": "RT Structure Set Storage",
    "test_files/rtstruct.dump": NOT_DICOM,
    "test_files/test-SR.dcm": "Comprehensive SR Storage",
    "test_files/test1.json": NOT_DICOM,
    "test_files/test_PN.json": NOT_DICOM,
    "test_files/waveform_ecg.dcm": "12-lead ECG Waveform Storage",
    "test_files/zipMR.gz": NOT_DICOM,
    "urls.json": NOT_DICOM,
}
"""What is passed over, and words of the reason; every other file is read."""

NOT_BY_PYDICOM = {
    "test_files/JPEG-lossy.dcm": (0, 264),
    "test_files/JPEGLSNearLossless_08.dcm": (0, 255),
    "test_files/JPEGLSNearLossless_16.dcm": (0, 65535),
    "test_files/JPGExtended.dcm": (0, 264),
    "test_files/MR_small_jpeg_ls_lossless.dcm": None,
    "test_files/SC_rgb_jls_lossy_line.dcm": (0, 255),
    "test_files/SC_rgb_jls_lossy_sample.dcm": (0, 255),
    "test_files/SC_rgb_jpeg_gdcm.dcm": (0, 255),
}
"""Read here although pydicom has no plug-in for them; the range of their values where known."""


def is_skipped(name: str) -> str | None:
    if "TINY_ALPHA/PT000000" in name:
        return PIXELS
    return SKIPPED.get(name)


def by_pydicom(path: Path) -> np.ndarray:
    """Modality values or 8-bit RGB, frames first, as pydicom gives them."""
    with quiet():
        ds = pydicom.dcmread(path)
        array = ds.pixel_array
        if ds.PhotometricInterpretation == "PALETTE COLOR":
            array = (apply_color_lut(array, ds) >> 8).astype(np.uint8)
        elif ds.SamplesPerPixel == 3:
            array = (array >> (ds.BitsStored - 8)).astype(np.uint8)
        else:
            array = apply_modality_lut(array, ds) * float(ds.get("DoseGridScaling", 1.0))
    frames = int(ds.get("NumberOfFrames", 1) or 1)
    return array if frames > 1 else array[None]


@pytest.mark.parametrize("name", FILES)
def test_file_is_read_as_pydicom_reads_it_or_named(name: str, tmp_path: Path) -> None:
    reason = is_skipped(name)
    path = ROOT / name
    if path.name == "DICOMDIR":  # pointed at, it stands for its disc; alone it holds nothing
        path = Path(shutil.copy(path, tmp_path))
    found = drain(index_folder(path, salt=SALT))
    if reason is not None:
        assert not found.series
        assert reason in found.passed_over[0].reason
        return
    assert not found.passed_over
    volume = drain(read_volume(found.series[0]))
    small = thumbnail(found.series[0], 32)
    assert max(small.shape[:2]) == 32
    if name in NOT_BY_PYDICOM:
        ends = NOT_BY_PYDICOM[name]
        if ends is not None:
            assert (volume.array.min(), volume.array.max()) == ends
        else:  # lossless: the values of the same image uncompressed
            same = by_pydicom(ROOT / "test_files/MR_small.dcm")
            assert np.array_equal(volume.array, same)
        return
    expected = by_pydicom(path)
    if volume.is_colour:
        assert np.array_equal(volume.array, expected)
    else:
        values = volume.array * volume.slope + volume.intercept
        np.testing.assert_allclose(values, expected, atol=abs(volume.slope) / 2 + 1e-9)


def test_the_whole_folder_ends_up_in_one_list_or_the_other(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    found = index(folder)
    taken = {s.path for one in found.series for s in one.slices}
    passed = [p.path for p in found.passed_over]
    assert len(passed) == len(set(passed))
    assert taken.isdisjoint(passed)
    assert {Path(p).relative_to(folder).as_posix() for p in (*taken, *passed)} == set(FILES)
    assert found.n_images == sum(s.n_slices for s in found.series)
    for series in found.series:
        volume = drain(read_volume(series))
        assert volume.n_slices == series.n_slices
        assert not any("empty" in note for note in volume.notes)


@pytest.mark.parametrize("name", ["CT_small.dcm", "SC_rgb_rle.dcm", "MR_small_jp2klossless.dcm"])
def test_cut_anywhere_a_file_gives_a_reason_or_a_header(name: str, tmp_path: Path) -> None:
    data = (ROOT / "test_files" / name).read_bytes()
    for cut in np.linspace(1, len(data) - 1, 25).astype(int):
        path = tmp_path / f"{cut}.dcm"
        path.write_bytes(data[:cut])
        found = HeaderReader(SALT).read(str(path))
        if isinstance(found, str):
            assert found
        else:
            assert isinstance(drain(try_frame(path)), str)
