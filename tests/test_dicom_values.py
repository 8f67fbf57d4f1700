"""Windows, curves, SUV, padding, overlays and presentation states mean what the standard says."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_voi, apply_windowing

from tests.dicom_makers import change, index, make_slice, open_one, save, save_stack
from wsl_studio.dicom.overlays import read_planes
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.dicom.presentations import inverse, states, windows_of_states
from wsl_studio.dicom.suv import suv_factor
from wsl_studio.domain.progress import drain
from wsl_studio.domain.window import Window, auto_window, grey, grey_table

RNG = np.random.default_rng(5)
PICTURE = RNG.integers(0, 4096, (16, 20)).astype(np.uint16)
FILES = Path(pydicom.__file__).parent / "data" / "test_files"


def curve_item(n: int = 4096, bits: int = 12, first: int = 0) -> Dataset:
    table = Dataset()
    table.add_new((0x0028, 0x3002), "US", [n, first, bits])
    data = ((np.arange(n) / (n - 1)) ** 2 * (2**bits - 1)).astype(np.uint16)
    table.add_new((0x0028, 0x3006), "OW", data.tobytes())
    table.LUTExplanation = "SOFT"
    return table


def test_a_curve_of_the_file_is_drawn_as_it_is(tmp_path: Path) -> None:
    ds = make_slice(PICTURE, BitsStored=12, HighBit=11, VOILUTSequence=[curve_item()])
    save(ds, tmp_path / "1.dcm")
    volume = open_one(tmp_path)
    (window,) = volume.windows
    assert window.name == "SOFT"
    shown = grey(volume.array[0].astype(float), window)
    expected = apply_voi(PICTURE, ds) / 4095 * 255
    assert np.abs(shown - expected).max() <= 0.51


@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
def test_windows_are_the_formulas_of_the_standard(tmp_path: Path, function: str) -> None:
    ds = make_slice(PICTURE, BitsStored=12, HighBit=11, VOILUTFunction=function)
    change(ds, WindowCenter=[2000, 40], WindowWidth=[900, 400])
    change(ds, WindowCenterWidthExplanation=["MINE", "OTHER"])
    save(ds, tmp_path / "1.dcm")
    windows = open_one(tmp_path).windows
    assert [w.name for w in windows] == ["MINE", "OTHER"]
    shown = grey(PICTURE.astype(float), windows[0])
    expected = apply_windowing(PICTURE, ds) / 4095 * 255
    assert np.abs(shown - expected).max() <= 0.51
    # The opposite of a window is white where it is black, to one grey level.
    turned = grey(PICTURE.astype(float), inverse(windows[0]))
    assert np.abs(turned + shown.astype(float) - 255).max() <= 1


def pet(**elements: Any) -> Dataset:
    drug = Dataset()
    drug.RadionuclideTotalDose, drug.RadionuclideHalfLife = 350e6, 6586.2
    drug.RadiopharmaceuticalStartTime = "090000"
    ds = make_slice(PICTURE, Modality="PT", Units="BQML", RescaleSlope=2.0)
    ds.CorrectedImage, ds.DecayCorrection, ds.PatientWeight = ["ATTN", "DECY"], "START", 70
    ds.SeriesDate = ds.AcquisitionDate = "20240102"
    ds.SeriesTime, ds.AcquisitionTime = "100000", "100500.25"
    ds.RadiopharmaceuticalInformationSequence = [drug]
    return change(ds, **elements)


def test_suv_by_body_weight(tmp_path: Path) -> None:
    save(pet(WindowCenter=5000, WindowWidth=10000), tmp_path / "1.dcm")
    volume = open_one(tmp_path)
    factor = 70_000 / (350e6 * 2 ** (-3600 / 6586.2))
    assert volume.unit == "SUVbw"
    assert volume.slope == pytest.approx(2.0 * factor, rel=1e-9)
    assert volume.value(0, 3, 4) == pytest.approx(float(PICTURE[3, 4]) * 2 * factor, rel=1e-9)
    assert volume.windows[0].width == pytest.approx(10_000 * factor, rel=1e-9)
    assert suv_factor(pet(DecayCorrection="ADMIN"))[0] == pytest.approx(70_000 / 350e6)
    past = pet(SeriesTime="003000", AcquisitionTime="003500")
    past.RadiopharmaceuticalInformationSequence[0].RadiopharmaceuticalStartTime = "233000"
    assert suv_factor(past)[0] == pytest.approx(factor, rel=1e-9)


@pytest.mark.parametrize(
    ("elements", "why"),
    [
        ({"PatientWeight": None}, "Weight (0010,1030)"),
        ({"PatientWeight": 0}, "Weight (0010,1030)"),
        ({"DecayCorrection": "NONE"}, "(0054,1102)"),
        ({"CorrectedImage": ["ATTN"]}, "(0028,0051)"),
        ({"SeriesTime": "110000"}, "do not fit"),
        ({"SeriesTime": "none"}, "do not fit"),
        ({"RadiopharmaceuticalInformationSequence": []}, "Dose (0018,1074)"),
    ],
)
def test_without_its_tags_there_is_no_suv_and_a_reason(
    tmp_path: Path, elements: dict[str, Any], why: str
) -> None:
    save(pet(**elements), tmp_path / "1.dcm")
    volume = open_one(tmp_path)
    assert (volume.unit, volume.slope) == ("Bq/ml", 2.0)
    assert any("not SUV" in note and why in note for note in volume.notes)


def test_padding_is_black_and_does_not_count(tmp_path: Path) -> None:
    array = PICTURE.astype(np.int16)
    array[:8] = -2000
    ds = make_slice(array, PhotometricInterpretation="MONOCHROME1")
    ds.add_new((0x0028, 0x0120), "SS", -2000)
    save(ds, tmp_path / "1.dcm")
    volume = open_one(tmp_path)
    assert volume.padding == (-2000, -2000)
    auto = volume.presets()[0]
    assert auto.name == "Auto"
    assert auto.centre - auto.width / 2 > -100
    plain = auto_window(volume.array, slope=1, intercept=0)
    assert plain.centre - plain.width / 2 == pytest.approx(-2000)
    table = grey_table(
        auto, dtype=array.dtype, slope=1, intercept=0, is_inverted=True, padding=volume.padding
    )
    assert table[np.int16(-2000).view(np.uint16)] == 0
    assert table[np.int16(-1999).view(np.uint16)] == 255


def test_loss_is_told(tmp_path: Path) -> None:
    ds = make_slice(PICTURE, LossyImageCompression="01", LossyImageCompressionRatio=[4.0, 12.5])
    save(ds, tmp_path / "1.dcm")
    assert open_one(tmp_path).lossy == "lossy 12.5:1"


def overlay(ds: Dataset, bits: np.ndarray, group: int = 0x6000, **more: int) -> Dataset:
    """Adds a plane; ``bits`` is (h, w) or (frames, h, w)."""
    ds.add_new((group, 0x0010), "US", bits.shape[-2])
    ds.add_new((group, 0x0011), "US", bits.shape[-1])
    ds.add_new((group, 0x0040), "CS", "G")
    ds.add_new((group, 0x0050), "SS", [more.get("top", 1), more.get("left", 1)])
    ds.add_new((group, 0x0100), "US", 1)
    ds.add_new((group, 0x0102), "US", 0)
    if bits.ndim == 3:
        ds.add_new((group, 0x0015), "IS", str(len(bits)))
    packed = np.packbits(bits.ravel(), bitorder="little").tobytes()
    ds.add_new((group, 0x3000), "OW", packed + b"\0" * (len(packed) % 2))
    return ds


def test_overlays_lie_where_they_belong(tmp_path: Path) -> None:
    bits = (RNG.random((7, 5)) > 0.5).astype(np.uint8)
    ds = overlay(make_slice(PICTURE), bits, top=3, left=-1)
    overlay(ds, np.ones((2, 2), np.uint8), 0x6002, top=16, left=20)
    save(ds, tmp_path / "1.dcm")
    planes = drain(read_planes(index(tmp_path).series[0]))
    expected = np.zeros((16, 20), np.uint8)
    expected[2:9, 0:3] = bits[:, 2:]
    expected[15, 19] = 1
    assert np.array_equal(planes[0], expected)


def test_overlays_in_the_bits_above_the_pixels(tmp_path: Path) -> None:
    bits = (RNG.random((16, 20)) > 0.5).astype(np.uint16)
    ds = make_slice(PICTURE | bits << 13, BitsStored=12, HighBit=11)
    for element, value in ((0x0010, 16), (0x0011, 20), (0x0100, 16), (0x0102, 13)):
        ds.add_new((0x6000, element), "US", value)
    save(ds, tmp_path / "1.dcm")
    series = index(tmp_path).series[0]
    assert np.array_equal(drain(read_planes(series))[0], bits)
    assert np.array_equal(drain(read_volume(series)).array[0], PICTURE)


def test_frames_of_overlays_follow_frames_of_the_image(tmp_path: Path) -> None:
    bits = (RNG.random((3, 5, 7)) > 0.5).astype(np.uint8)
    ds = make_slice(PICTURE, NumberOfFrames=3, PixelData=np.stack([PICTURE] * 3).tobytes())
    save(overlay(ds, bits), tmp_path / "1.dcm")
    planes = drain(read_planes(index(tmp_path).series[0]))
    assert np.array_equal(planes[:, :5, :7], bits)


def test_overlays_of_a_real_file_are_those_that_pydicom_finds() -> None:
    path = FILES / "examples_overlay.dcm"
    planes = drain(read_planes(index(path).series[0]))
    assert np.array_equal(planes[0], pydicom.dcmread(path).overlay_array(0x6000))


def test_series_without_overlays_have_none(tmp_path: Path) -> None:
    save_stack(tmp_path, [PICTURE] * 3)
    assert drain(read_planes(index(tmp_path).series[0])) is None


def state(uid: str, **elements: Any) -> Dataset:
    """A presentation state."""
    ds = make_slice(PICTURE, Modality="PR", SeriesInstanceUID="1.2.9", PixelData=None)
    refers, window = Dataset(), Dataset()
    refers.SeriesInstanceUID = uid
    window.WindowCenter, window.WindowWidth = 300, 200
    ds.ReferencedSeriesSequence, ds.SoftcopyVOILUTSequence = [refers], [window]
    ds.ContentLabel, ds.PresentationLUTShape = "BONES", "IDENTITY"
    return change(ds, **elements)


def test_presentation_states_become_windows(tmp_path: Path) -> None:
    study = tmp_path / "study"
    save_stack(study / "ct", [PICTURE] * 3)
    save(state("1.2.3.4"), study / "pr" / "a.dcm")
    save(state("1.2.3.4", PresentationLUTShape="INVERSE"), study / "pr" / "b.dcm")
    save(state("1.2.3.4", SoftcopyVOILUTSequence=[]), study / "pr" / "c.dcm")
    save(state("1.2.777"), study / "pr" / "other.dcm")
    (study / "pr" / "damaged.dcm").write_bytes(b"\0" * 128 + b"DICM garbage")
    first, second = windows_of_states(states(index(study / "ct").series[0]))
    assert asdict(first) == asdict(Window(300.0, 200.0, "PR BONES"))
    values = np.arange(100.0, 500.0)
    both = grey(values, first).astype(int) + grey(values, second)
    assert np.abs(both - 255).max() <= 1


def test_a_curve_in_a_state_is_taken(tmp_path: Path) -> None:
    save_stack(tmp_path / "ct", [PICTURE] * 2)
    item = Dataset()
    item.VOILUTSequence = [curve_item(first=10)]
    save(state("1.2.3.4", SoftcopyVOILUTSequence=[item]), tmp_path / "pr" / "a.dcm")
    (window,) = windows_of_states(states(index(tmp_path / "ct").series[0]))
    assert (window.centre, window.width) == (10 + 4095 / 2, 4095)
    assert len(window.curve) == 4096


def test_frames_of_single_bits_need_not_end_on_bytes(tmp_path: Path) -> None:
    bits = (RNG.random((3, 5, 7)) > 0.5).astype(np.uint8)
    packed = np.packbits(bits.ravel(), bitorder="little").tobytes()
    ds = make_slice(bits[0], NumberOfFrames=3, BitsAllocated=1, BitsStored=1, HighBit=0)
    save(change(ds, PixelData=packed + b"\0" * (len(packed) % 2)), tmp_path / "1.dcm")
    assert np.array_equal(open_one(tmp_path).array, bits)


@pytest.mark.parametrize(("keyword", "kind"), [("Float", "<f4"), ("DoubleFloat", "<f8")])
def test_parametric_maps_hold_real_numbers(tmp_path: Path, keyword: str, kind: str) -> None:
    values = RNG.normal(size=(16, 20)).astype(kind)
    ds = make_slice(PICTURE, PixelData=None, BitsAllocated=8 * values.itemsize)
    for word in ("BitsStored", "HighBit", "PixelRepresentation"):
        delattr(ds, word)
    setattr(ds, f"{keyword}PixelData", values.tobytes())
    save(ds, tmp_path / "1.dcm")
    volume = open_one(tmp_path)
    read = volume.array[0] * volume.slope + volume.intercept
    assert np.abs(read - values).max() <= volume.slope * 0.5000001
    assert any("in steps of" in note for note in volume.notes)


BITS = [
    (allocated, stored, is_signed)
    for allocated in (8, 16, 32)
    for stored in (1, 7, 8, 10, 12, 14, 16, 24, 32)
    for is_signed in (False, True)
    if stored <= allocated and stored > int(is_signed)
]


@pytest.mark.parametrize(("allocated", "stored", "is_signed"), BITS)
def test_any_number_of_stored_bits(
    tmp_path: Path, allocated: int, stored: int, is_signed: bool
) -> None:
    low = -(2 ** (stored - 1)) if is_signed else 0
    values = RNG.integers(low, low + 2**stored, (16, 20))
    array = values.astype(f"{'i' if is_signed else 'u'}{allocated // 8}")
    ds = make_slice(array, BitsStored=stored, HighBit=stored - 1)
    save(ds, tmp_path / "1.dcm")
    volume = open_one(tmp_path)
    read = volume.array[0] * volume.slope + volume.intercept
    assert np.abs(read - values).max() <= (0 if stored <= 16 else volume.slope * 0.5000001)


def test_segmented_palettes_are_unfolded(tmp_path: Path) -> None:
    ds = make_slice(np.array([[0, 1], [2, 3]], np.uint8), PhotometricInterpretation="PALETTE COLOR")
    # A discrete segment of one entry, then a linear one of three up to full (PS3.3 C.7.9.2).
    table = np.array([0, 1, 0, 1, 3, 65535], "<u2").tobytes()
    for colour in ("Red", "Green", "Blue"):
        setattr(ds, f"{colour}PaletteColorLookupTableDescriptor", [4, 0, 16])
        setattr(ds, f"Segmented{colour}PaletteColorLookupTableData", table)
    save(ds, tmp_path / "1.dcm")
    assert open_one(tmp_path).array[0, ..., 0].tolist() == [[0, 85], [170, 255]]
