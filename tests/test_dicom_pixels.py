"""Stored values become modality values whatever their type, and one bad slice loses nothing."""

import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from tests.dicom_makers import (
    change,
    compress,
    index,
    make_slice,
    open_one,
    reasons,
    save,
    save_stack,
)
from wsl_studio.dicom import pixels
from wsl_studio.dicom.codestream import check_codestream, declared_size
from wsl_studio.dicom.pixels import read_banner, read_volume, thumbnail
from wsl_studio.dicom.syntaxes import DEFLATED_FRAMES, PLAIN_FRAMES, RLE, Layout, NotReadable
from wsl_studio.dicom.volumes import Taken, assemble
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.domain.window import Window

RNG = np.random.default_rng(0)
PICTURE = RNG.integers(-1000, 2000, (16, 20)).astype(np.int16)
LOSSLESS_JPEG = "1.2.840.10008.1.2.4.70"
JPEG_LS = "1.2.840.10008.1.2.4.80"
J2K = "1.2.840.10008.1.2.4.90"
HTJ2K = "1.2.840.10008.1.2.4.201"
JPEG_XL = "1.2.840.10008.1.2.4.110"


def only(tmp_path: Path, ds: Dataset):
    save(ds, tmp_path / "one.dcm")
    return open_one(tmp_path)


def test_rescale_unit_and_windows(tmp_path: Path) -> None:
    ds = make_slice(PICTURE, RescaleSlope=2, RescaleIntercept=-1024)
    change(ds, WindowCenter=[40, 0, -600], WindowWidth=[400, 0, 1500])
    volume = only(tmp_path, ds)
    assert (volume.unit, volume.slope, volume.intercept) == ("HU", 2.0, -1024.0)
    assert np.array_equal(volume.array[0], PICTURE)
    assert volume.windows == (Window(40, 400), Window(-600, 1500))
    assert any("width 0" in note for note in volume.notes)


@pytest.mark.parametrize("words", ["none", "0.7\\x.y", ""])
def test_numbers_that_are_none_do_not_stop_the_picture(tmp_path: Path, words: str) -> None:
    ds = make_slice(PICTURE)
    path = save(change(ds, WindowCenter=40, WindowWidth=400), tmp_path / "one.dcm")
    data = path.read_bytes()
    for tag in (b"\x28\x00\x30\x00DS", b"\x28\x00\x50\x10DS", b"\x28\x00\x53\x10DS"):
        at = data.index(tag)
        end = at + 8 + int.from_bytes(data[at + 6 : at + 8], "little")
        value = words.encode() + b" " * (len(words) % 2)
        data = data[: at + 6] + len(value).to_bytes(2, "little") + value + data[end:]
    path.write_bytes(data)
    volume = open_one(tmp_path)
    assert np.array_equal(volume.array[0], PICTURE)
    assert volume.windows == ()
    assert volume.geometry is None
    assert "Pixel Spacing (0028,0030)" in volume.notes[0]


def test_monochrome1_is_flagged_not_turned(tmp_path: Path) -> None:
    volume = only(tmp_path, make_slice(PICTURE, PhotometricInterpretation="MONOCHROME1"))
    assert volume.is_inverted
    assert np.array_equal(volume.array[0], PICTURE)


def test_one_frame_said_aloud_is_one_slice(tmp_path: Path) -> None:
    volume = only(tmp_path, make_slice(PICTURE, NumberOfFrames=1))
    assert volume.array.shape == (1, 16, 20)
    assert volume.geometry is not None


def test_bits_above_those_stored_are_cleared(tmp_path: Path) -> None:
    stored = (PICTURE & 0x0FFF).astype(np.uint16)
    overlay = stored | 0x8000
    volume = only(tmp_path, make_slice(overlay, BitsStored=12, HighBit=11))
    assert np.array_equal(volume.array[0], stored)
    small = (PICTURE // 2).astype(np.int16)
    ds = make_slice((small & 0x0FFF).astype(np.int16), BitsStored=12, HighBit=11)
    assert np.array_equal(only(tmp_path, ds).array[0], small)


def test_rescale_that_differs_by_slice_as_in_pet(tmp_path: Path) -> None:
    arrays = [RNG.integers(0, 32767, (16, 20)).astype(np.uint16) for _ in range(3)]
    slopes = (1.0, 2.5, 0.25)
    for i, (array, slope) in enumerate(zip(arrays, slopes, strict=True)):
        ds = make_slice(array, Modality="PT", Units="BQML", RescaleSlope=slope)
        save(change(ds, ImagePositionPatient=[0, 0, i]), tmp_path / f"{i}.dcm")
    volume = open_one(tmp_path)
    assert volume.array.dtype == np.uint16
    assert volume.unit == "Bq/ml"
    expected = np.stack([a * s for a, s in zip(arrays, slopes, strict=True)])
    values = volume.array * volume.slope + volume.intercept
    assert np.abs(values - expected).max() <= volume.slope * 0.5000001
    assert any("exact to half" in note for note in volume.notes)


@given(
    st.sampled_from(["u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8"]),
    st.lists(st.sampled_from([1.0, 0.5, -2.0]), min_size=1, max_size=3),
    st.integers(0, 10**6),
)
def test_any_stored_type_is_held_to_half_a_step(kind: str, slopes: list[float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    dtype = np.dtype(kind)
    low, high = (-1e6, 1e6) if dtype.kind == "f" else (np.iinfo(kind).min, np.iinfo(kind).max)
    arrays = [rng.uniform(low, high, (3, 4)).astype(kind) for _ in slopes]
    expected = np.stack([a * s + 7.0 for a, s in zip(arrays, slopes, strict=True)])
    taken = [Taken(a, s, 7.0) for a, s in zip(arrays, slopes, strict=True)]
    done = drain(assemble(taken, (3, 4)))
    assert done.array.dtype in (np.uint8, np.uint16, np.int16)
    values = done.array * done.slope + done.intercept
    is_exact = not any("exact to half" in note for note in done.notes)
    allowed = 0.0 if is_exact else abs(done.slope) / 2
    assert np.abs(values - expected).max() <= allowed * 1.0001 + 1e-9
    assert is_exact or len(set(slopes)) > 1 or dtype.itemsize > 2


def test_wide_integers_of_a_narrow_range_stay_exact() -> None:
    stored = np.array([[100_000, 100_001], [130_000, 165_535]], np.uint32)
    done = drain(assemble([Taken(stored)], (2, 2)))
    assert np.array_equal(done.array[0] * done.slope + done.intercept, stored)
    assert done.notes == ()


def test_values_that_are_no_number_are_the_lowest() -> None:
    stored = np.array([[np.nan, 1.0], [2.0, np.inf]], np.float32)
    done = drain(assemble([Taken(stored)], (2, 2)))
    assert done.array[0, 0, 0] == 0
    assert done.intercept == 1.0
    assert "no finite number" in done.notes[-1]


def test_palette_and_422_colour_become_rgb(tmp_path: Path) -> None:
    indices = np.array([[0, 1], [2, 3]], np.uint8)
    ds = make_slice(indices, PhotometricInterpretation="PALETTE COLOR")
    ramp = np.array([0, 64, 128, 255], np.uint16) << 8
    for colour, table in zip(("Red", "Green", "Blue"), (ramp, ramp[::-1], ramp), strict=True):
        setattr(ds, f"{colour}PaletteColorLookupTableDescriptor", [4, 0, 16])
        setattr(ds, f"{colour}PaletteColorLookupTableData", table.astype("<u2").tobytes())
    assert only(tmp_path, ds).array[0, 0, 1].tolist() == [64, 128, 64]
    grey = make_slice(np.zeros((2, 2, 3), np.uint8), PhotometricInterpretation="YBR_FULL_422")
    grey.PixelData = bytes([10, 200, 128, 128] * 2)
    assert only(tmp_path, grey).array[0, 0].tolist() == [[10, 10, 10], [200, 200, 200]]


def test_modality_table_gives_the_values(tmp_path: Path) -> None:
    ds = make_slice(np.array([[0, 1], [2, 3]], np.uint8), RescaleSlope=None, RescaleIntercept=None)
    table = Dataset()
    table.add_new((0x0028, 0x3002), "US", [4, 0, 16])
    table.ModalityLUTType = "US"
    table.add_new((0x0028, 0x3006), "US", [5, 50, 500, 5000])
    ds.ModalityLUTSequence = [table]
    volume = only(tmp_path, ds)
    assert volume.array[0].tolist() == [[5, 50], [500, 5000]]
    assert (volume.slope, volume.intercept) == (1.0, 0.0)


def coded(syntax: str, picture: np.ndarray) -> bytes:
    """One lossless frame of a picture, signed values as bit patterns where the codec wants."""
    if syntax == JPEG_LS:
        return imagecodecs.jpegls_encode(picture.view(np.uint16))
    if syntax == JPEG_XL:
        return imagecodecs.jpegxl_encode(picture.view(np.uint16), lossless=True)
    if syntax == HTJ2K:
        return imagecodecs.htj2k_encode(picture)
    if syntax == DEFLATED_FRAMES:
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        return packer.compress(picture.tobytes()) + packer.flush()
    if syntax == PLAIN_FRAMES:
        return picture.tobytes()
    if syntax == LOSSLESS_JPEG:
        return imagecodecs.ljpeg_encode(picture.view(np.uint16), bitspersample=16)
    return imagecodecs.jpeg2k_encode(picture, codecformat="j2k", reversible=True, level=0)


@pytest.mark.parametrize(
    "syntax", [JPEG_LS, LOSSLESS_JPEG, J2K, HTJ2K, JPEG_XL, DEFLATED_FRAMES, PLAIN_FRAMES]
)
def test_signed_values_survive_lossless_codecs(tmp_path: Path, syntax: str) -> None:
    # pydicom writes no syntax that it does not know: a known one of the same length is replaced.
    known = {JPEG_XL: "1.2.840.10008.1.2.4.100", DEFLATED_FRAMES: J2K}.get(syntax, syntax)
    path = tmp_path / "one.dcm"
    save(compress(make_slice(PICTURE), [coded(syntax, PICTURE)], known), path)
    real = syntax.encode().ljust(len(known), b"\0")
    path.write_bytes(path.read_bytes().replace(known.encode(), real, 1))
    volume = open_one(tmp_path)
    assert np.array_equal(volume.array[0], PICTURE)
    assert volume.array.dtype == np.int16


def test_a_frame_in_several_fragments_is_put_together(tmp_path: Path) -> None:
    frames = [coded(J2K, PICTURE), coded(J2K, PICTURE + 1)]
    parts = [p for f in frames for p in (f[:100], f[100:])]
    ds = compress(make_slice(PICTURE, NumberOfFrames=2), parts, J2K)
    volume = only(tmp_path, ds)
    assert np.array_equal(volume.array, np.stack([PICTURE, PICTURE + 1]))


def test_bad_slice_is_left_empty_and_named(tmp_path: Path) -> None:
    paths = save_stack(tmp_path, [PICTURE + i for i in range(5)])
    found = index(tmp_path)
    data = paths[2].read_bytes()
    paths[2].write_bytes(data[:-100])
    paths[3].unlink()
    volume = drain(read_volume(found.series[0]))
    assert volume.n_slices == 5
    assert np.array_equal(volume.array[1], PICTURE + 1)
    assert (volume.array[2:4] == PICTURE.min()).all()
    assert "Slice 3 is left empty: its Pixel Data (7FE0,0010) is cut short." in volume.notes
    assert any(n.startswith("Slice 4 is left empty: it cannot be read") for n in volume.notes)
    assert thumbnail(found.series[0]).shape == (96, 60)
    for path in (paths[0], paths[1], paths[2], paths[4]):
        path.unlink()
    with pytest.raises(KnownError, match="none of its 5 slices can be read"):
        drain(read_volume(found.series[0]))
    with pytest.raises(KnownError):
        thumbnail(found.series[0])
    assert read_banner(found.series[0]) == {}


def test_corrupt_frames_cost_their_slice_only(tmp_path: Path) -> None:
    for i in range(5):
        ds = compress(make_slice(PICTURE, InstanceNumber=i), [coded(J2K, PICTURE)], J2K)
        save(change(ds, ImagePositionPatient=[0, 0, i]), tmp_path / f"{i}.dcm")
    bad = compress(make_slice(PICTURE), [b"\xff\x4f\xff\x51 no codestream"], J2K)
    save(change(bad, ImagePositionPatient=[0, 0, 5]), tmp_path / "5.dcm")
    volume = open_one(tmp_path)
    assert np.array_equal(volume.array[:5], np.stack([PICTURE] * 5))
    assert volume.notes[-1].startswith("Slice 6 is left empty")


def test_cut_jpeg_ls_is_named_before_its_decoder_can_hang(tmp_path: Path) -> None:
    """CharLS loops for ever on some of these."""
    frame = coded(JPEG_LS, PICTURE)
    for cut in range(30, len(frame), 45):
        uid = f"1.{cut}"
        ds = compress(make_slice(PICTURE, SeriesInstanceUID=uid), [frame[:cut]], JPEG_LS)
        save(ds, tmp_path / f"{cut}.dcm")
    found = index(tmp_path)
    assert not found.series
    assert all("its compressed frame is cut short" in p.reason for p in found.passed_over)


def test_series_that_no_decoder_reads_is_passed_over(tmp_path: Path) -> None:
    for i in range(5):
        ds = compress(make_slice(PICTURE), [bytes(60)], LOSSLESS_JPEG)
        save(change(ds, ImagePositionPatient=[0, 0, i]), tmp_path / f"{i}.dcm")
    mpeg = compress(
        make_slice(PICTURE, SeriesInstanceUID="1.7"), [bytes(8)], "1.2.840.10008.1.2.4.92"
    )
    save(mpeg, tmp_path / "mpeg.dcm")
    found = index(tmp_path, tmp_path / "cache.jsonl")
    said = reasons(found)
    assert not found.series
    assert all("cannot be decoded" in said[f"{i}.dcm"] for i in range(5))
    assert (
        "Transfer Syntax UID (0002,0010) 1.2.840.10008.1.2.4.92 (JPEG 2000 Part 2"
        in said["mpeg.dcm"]
    )


def test_damaged_run_length_frames_are_named_quietly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(1)
    for i in range(40):
        head = np.zeros(16, "<u4")
        head[:3] = 2, *rng.integers(0, 200, 2)
        frame = head.tobytes() + rng.bytes(60)
        ds = compress(make_slice(PICTURE, SeriesInstanceUID=f"1.{i + 1}"), [frame], RLE)
        save(ds, tmp_path / f"{i}.dcm")
    found = index(tmp_path)
    assert len(found.passed_over) + len(found.series) == 40
    reasons = ("cannot be decoded", "RLE header", "cut short")
    assert all(any(word in p.reason for word in reasons) for p in found.passed_over)
    assert found.passed_over
    assert capfd.readouterr().err == "", "the decoder of whole frames would panic here"


@pytest.mark.parametrize("syntax", [JPEG_LS, LOSSLESS_JPEG, J2K])
def test_codestreams_must_have_the_size_of_the_header(syntax: str) -> None:
    data = coded(syntax, PICTURE)
    assert declared_size(data) == (16, 20)
    check_codestream(data, Layout(16, 20, 1, "MONOCHROME2", 16, 16))
    with pytest.raises(NotReadable, match=r"Rows \(0028,0010\)"):
        check_codestream(data, Layout(16, 2000, 1, "MONOCHROME2", 16, 16))


@given(st.binary(max_size=200))
def test_any_bytes_have_a_size_or_none(data: bytes) -> None:
    assert declared_size(b"\xff\xd8" + data) is None or len(data) > 6


def test_series_beyond_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(make_slice(PICTURE), tmp_path / "1.dcm")
    series = index(tmp_path).series[0]
    monkeypatch.setattr(pixels, "MAX_VOLUME_BYTES", 100)
    with pytest.raises(KnownError, match="GiB of memory"):
        drain(read_volume(series))


def test_thumbnail_has_square_pixels_and_the_file_window(tmp_path: Path) -> None:
    ramp = np.repeat(np.arange(0, 400, 4, dtype=np.int16)[None], 50, 0)
    ds = make_slice(ramp, PixelSpacing=[2, 1], WindowCenter=200, WindowWidth=400)
    save(ds, tmp_path / "1.dcm")
    small = thumbnail(index(tmp_path).series[0], 50)
    assert small.shape == (50, 50)
    assert small.dtype == np.uint8
    assert small[0, 0] < 5 < 250 < small[0, -1]


def test_banner_tells_names_live(tmp_path: Path) -> None:
    ds = make_slice(PICTURE, PatientName="Doe^Jane", StudyDate="20240131", PatientSex="F")
    save(change(ds, StudyDescription="Chest"), tmp_path / "1.dcm")
    assert read_banner(index(tmp_path).series[0]) == {
        "Patient": "Doe Jane",
        "Patient ID": "P1",
        "Sex": "F",
        "Study date": "2024-01-31",
        "Study": "Chest",
    }


def test_files_cut_into_frames_keep_the_whole_ones(tmp_path: Path) -> None:
    array = np.stack([PICTURE] * 4)
    path = save(
        make_slice(PICTURE, NumberOfFrames=4, PixelData=array.tobytes()), tmp_path / "1.dcm"
    )
    path.write_bytes(path.read_bytes()[:-100])
    volume = open_one(tmp_path)
    assert volume.n_slices == 3
    assert "The file is cut short: it holds 3 of 4 frames." in volume.notes
