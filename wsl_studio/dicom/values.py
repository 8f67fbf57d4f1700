"""What a header says about the meaning of stored values: rescale, unit, windows, colours."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut

from wsl_studio.dicom.elements import PARSE_ERRORS, item, number, numbers, text
from wsl_studio.dicom.suv import SUV_TAGS, suv_factor
from wsl_studio.dicom.syntaxes import DCT, VIDEO, Layout
from wsl_studio.domain.window import Window
from wsl_studio.domain.words import say

VALUE_TAGS: Final = [
    "RescaleSlope", "RescaleIntercept", "RescaleType", "ModalityLUTSequence", "Units",
    "DoseGridScaling", "DoseUnits", "WindowCenter", "WindowWidth", "VOILUTFunction",
    "VOILUTSequence", "SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence",
    "RedPaletteColorLookupTableData", "GreenPaletteColorLookupTableData",
    "BluePaletteColorLookupTableData", "GreenPaletteColorLookupTableDescriptor",
    "BluePaletteColorLookupTableDescriptor", "SegmentedRedPaletteColorLookupTableData",
    "SegmentedGreenPaletteColorLookupTableData", "SegmentedBluePaletteColorLookupTableData",
    "AlphaPaletteColorLookupTableDescriptor", "PaletteColorLookupTableUID",
    "WindowCenterWidthExplanation", "PixelPaddingValue", "PixelPaddingRangeLimit",
    "LossyImageCompression", "LossyImageCompressionRatio", *SUV_TAGS,
]  # fmt: skip
"""Elements read beside those that decoding needs."""

MOST_POINTS: Final = 4096
"""Of a display curve; one of 65,536 entries is sampled."""

_UNITS: Final = {"BQML": "Bq/ml", "CNTS": "counts", "GML": "SUVbw", "PROPCPS": "cps", "CPS": "cps"}


@dataclass(frozen=True)
class Rescale:
    """Modality value = stored x slope + intercept.

    Args:
        slope: Never 0.
        intercept: Modality units.
        has_table: A Modality LUT turns stored into modality values instead.
        was_zero: The file says slope 0, which the standard forbids; 1 is taken.
        suv: Factor to SUV by body weight that slope and intercept already hold; 1 if none.
    """

    slope: float = 1.0
    intercept: float = 0.0
    has_table: bool = False
    was_zero: bool = False
    suv: float = 1.0


def macro(ds: Dataset, frame: int, keyword: str) -> Dataset:
    """A functional group of a frame: its own, the shared one, or the file's top level."""
    try:
        per_frame = ds.get("PerFrameFunctionalGroupsSequence")
        own = per_frame[frame] if per_frame and frame < len(per_frame) else None
    except (LookupError, TypeError, AttributeError):
        own = None
    found = item(own, keyword) or item(item(ds, "SharedFunctionalGroupsSequence"), keyword)
    return found or ds


def rescale_of(ds: Dataset, frame: int) -> Rescale:
    """The rescale of a frame.

    Source:
        DICOM PS3.3 C.11.1 (Modality LUT), C.7.6.16.2.9 (of enhanced frames), C.8.8.3 (dose).
    """
    if item(ds, "ModalityLUTSequence") is not None:
        return Rescale(has_table=True)
    place = macro(ds, frame, "PixelValueTransformationSequence")
    slope, intercept = number(place, "RescaleSlope"), number(place, "RescaleIntercept")
    if slope is None and intercept is None:
        slope = number(ds, "DoseGridScaling")
    if slope == 0:
        return Rescale(1.0, intercept or 0.0, was_zero=True)
    suv, _ = suv_factor(ds) if "RadiopharmaceuticalInformationSequence" in ds else (1.0, "")
    slope = 1.0 if slope is None else slope
    return Rescale(slope * suv, (intercept or 0.0) * suv, suv=suv)


def unit_of(ds: Dataset, frame: int, modality: str) -> str:
    """The unit of modality values, from codes only; empty where it is not known."""
    place = macro(ds, frame, "PixelValueTransformationSequence")
    kind = text(place, "RescaleType").upper()
    if modality == "CT" and kind in ("", "HU"):
        return "HU"
    if text(ds, "DoseUnits").upper() == "GY":
        return "Gy"
    units = text(ds, "Units").upper()
    if units == "BQML" and rescale_of(ds, frame).suv != 1.0:
        return _UNITS["GML"]
    return "HU" if kind == "HU" else _UNITS.get(units, "")


def why_no_suv(ds: Dataset) -> str:
    """Why a PET file in Bq/ml is not shown in SUV; empty where it is or there is no question."""
    if text(ds, "Units").upper() != "BQML":
        return ""
    _, why = suv_factor(ds)
    return say("Values are in Bq/ml, not SUV: {why}.", why=why) if why else ""


def windows_of(ds: Dataset, frame: int) -> tuple[tuple[Window, ...], tuple[str, ...]]:
    """The windows of a frame in the file's order, then its curves, and notes on those left out.

    Source:
        DICOM PS3.3 C.11.2.
    """
    place, suv = macro(ds, frame, "FrameVOILUTSequence"), rescale_of(ds, frame).suv
    windows, notes = plain_windows(place), []
    if suv != 1.0:
        windows = tuple(replace(w, centre=w.centre * suv, width=w.width * suv) for w in windows)
    if any(width <= 0 for width in numbers(place, "WindowWidth") or ()):
        notes.append(say("A window of width 0 (0028,1051) in the file is not offered."))
    return (*windows, *curves(ds)), tuple(notes)


def plain_windows(place: Dataset) -> tuple[Window, ...]:
    """The windows of a header or one of its items, with the names that they carry."""
    centres, widths = numbers(place, "WindowCenter") or (), numbers(place, "WindowWidth") or ()
    function = text(place, "VOILUTFunction").upper()
    known = function if function in ("LINEAR_EXACT", "SIGMOID") else "LINEAR"
    names = names_of(place)
    return tuple(
        Window(centre, width, names[i] if i < len(names) else "", known)  # type: ignore[arg-type]
        for i, (centre, width) in enumerate(zip(centres, widths, strict=False))
        if width > 0
    )


def names_of(place: Dataset) -> tuple[str, ...]:
    """Window Center & Width Explanation (0028,1055), for the menu; kept nowhere."""
    try:
        value = place.get("WindowCenterWidthExplanation")
    except PARSE_ERRORS:
        return ()
    many = [value] if isinstance(value, str) else list(value or ())
    return tuple(str(v).strip(" \0")[:32] for v in many)


def curves(place: Dataset) -> tuple[Window, ...]:
    """Every VOI LUT of a header or item, as a window with a curve.

    Source:
        DICOM PS3.3 C.11.2.1.1: entries cover 0 to 2^bits - 1; values outside the table take
        its first or last entry.
    """
    try:
        tables = list(place.get("VOILUTSequence") or ())
    except PARSE_ERRORS:
        return ()
    found = (_curve(table, say("File curve {i}", i=i + 1)) for i, table in enumerate(tables))
    return tuple(window for window in found if window is not None)


def _curve(table: Dataset, name: str) -> Window | None:
    shape = numbers(table, "LUTDescriptor")
    if shape is None or len(shape) < 3 or not 1 <= shape[2] <= 16:
        return None
    try:
        data = table.get("LUTData")
        if isinstance(data, bytes):
            data = np.frombuffer(data[: len(data) - len(data) % 2], "<u2")
        curve = np.atleast_1d(np.asarray(data, np.float64))
    except PARSE_ERRORS:
        return None
    curve = curve[: int(shape[0]) or 65536]  # 0 means 65,536
    if curve.ndim != 1 or curve.size < 2:
        return None
    first, width = shape[1], curve.size - 1.0
    if curve.size > MOST_POINTS:
        at = np.linspace(0, curve.size - 1, MOST_POINTS)
        curve = np.interp(at, np.arange(curve.size), curve)
    share = np.clip(curve / (2.0 ** shape[2] - 1), 0.0, 1.0)
    name = text(table, "LUTExplanation")[:32] or name
    return Window(first + width / 2, width, name, curve=tuple(np.round(share, 5).tolist()))


def padding_of(ds: Dataset, layout: Layout) -> tuple[float, float] | None:
    """First and last stored value of padding, inclusive, or None (PS3.3 C.7.5.1.1.2)."""
    value = number(ds, "PixelPaddingValue")
    if value is None or layout.is_float:
        return None
    limit = number(ds, "PixelPaddingRangeLimit")
    half, whole = 1 << (layout.stored - 1), 1 << layout.stored
    # Headers are often written with the other sign.
    ends = sorted(
        v - whole if layout.is_signed and v >= half else v + whole
        if not layout.is_signed and v < 0 else v
        for v in (value, value if limit is None else limit)
    )  # fmt: skip
    return ends[0], ends[1]


def lossy_of(ds: Dataset, syntax: str) -> str:
    """``'lossy'`` with its ratio where the file tells, or empty (PS3.3 C.7.6.1.1.5)."""
    if text(ds, "LossyImageCompression") != "01" and syntax not in DCT | VIDEO:
        return ""
    ratios = [r for r in numbers(ds, "LossyImageCompressionRatio") or () if r > 0]
    return say("lossy {ratios:.3g}:1", ratios=max(ratios)) if ratios else "lossy"


def _little_endian(ds: Dataset) -> Dataset:
    """Palettes of a big-endian file, whose words pydicom takes for little-endian ones."""
    if ds.original_encoding[1] is not False:
        return ds
    out = Dataset()
    for element in ds:
        if "PaletteColorLookupTable" in element.keyword:
            out[element.tag] = element
            if isinstance(element.value, bytes):
                words = np.frombuffer(element.value, np.uint16)
                out.add_new(element.tag, element.VR, words.byteswap().tobytes())
    return out


def finish(array: NDArray[Any], layout: Layout, ds: Dataset, rescale: Rescale) -> NDArray[Any]:
    """From decoded to stored values of a volume: palettes and wide colour to RGB uint8, tables."""
    if "PALETTE" in layout.photometric:
        return _eight_bits(np.asarray(apply_color_lut(array, _little_endian(ds)))[..., :3], 16)
    if layout.samples == 3:
        return _eight_bits(array, layout.stored)
    if rescale.has_table:
        return np.asarray(apply_modality_lut(array, ds))
    return array


def _eight_bits(array: NDArray[Any], bits: int) -> NDArray[np.uint8]:
    """Colour of more than 8 bits to its upper 8."""
    if array.dtype == np.uint8:
        return array
    return (array >> max(0, bits - 8)).astype(np.uint8)
