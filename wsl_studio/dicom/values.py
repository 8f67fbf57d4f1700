"""What a header says about the meaning of stored values: rescale, unit, windows, colours."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut

from wsl_studio.dicom.elements import item, number, numbers, text
from wsl_studio.dicom.syntaxes import Layout
from wsl_studio.domain.window import Window

VALUE_TAGS: Final = [
    "RescaleSlope", "RescaleIntercept", "RescaleType", "ModalityLUTSequence", "Units",
    "DoseGridScaling", "DoseUnits", "WindowCenter", "WindowWidth", "VOILUTFunction",
    "VOILUTSequence", "SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence",
    "RedPaletteColorLookupTableData", "GreenPaletteColorLookupTableData",
    "BluePaletteColorLookupTableData", "GreenPaletteColorLookupTableDescriptor",
    "BluePaletteColorLookupTableDescriptor", "SegmentedRedPaletteColorLookupTableData",
    "SegmentedGreenPaletteColorLookupTableData", "SegmentedBluePaletteColorLookupTableData",
    "AlphaPaletteColorLookupTableDescriptor", "PaletteColorLookupTableUID",
]  # fmt: skip
"""Elements read beside those that decoding needs."""

_UNITS: Final = {"BQML": "Bq/ml", "CNTS": "counts", "GML": "SUVbw", "PROPCPS": "cps", "CPS": "cps"}


@dataclass(frozen=True)
class Rescale:
    """Modality value = stored x slope + intercept.

    Args:
        slope: Never 0.
        intercept: Modality units.
        has_table: A Modality LUT turns stored into modality values instead.
        was_zero: The file says slope 0, which the standard forbids; 1 is taken.
    """

    slope: float = 1.0
    intercept: float = 0.0
    has_table: bool = False
    was_zero: bool = False


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
    return Rescale(1.0 if slope is None else slope, intercept or 0.0)


def unit_of(ds: Dataset, frame: int, modality: str) -> str:
    """The unit of modality values, from codes only; empty where it is not known."""
    place = macro(ds, frame, "PixelValueTransformationSequence")
    kind = text(place, "RescaleType").upper()
    if modality == "CT" and kind in ("", "HU"):
        return "HU"
    if text(ds, "DoseUnits").upper() == "GY":
        return "Gy"
    return "HU" if kind == "HU" else _UNITS.get(text(ds, "Units").upper(), "")


def windows_of(ds: Dataset, frame: int) -> tuple[tuple[Window, ...], tuple[str, ...]]:
    """The windows of a frame in the file's order, and notes on those left out.

    A VOI LUT is a curve of its own; it is shown as the straight window over the values between
    which it rises from 1 % to 99 %.

    Source:
        DICOM PS3.3 C.11.2.
    """
    place = macro(ds, frame, "FrameVOILUTSequence")
    centres, widths = numbers(place, "WindowCenter") or (), numbers(place, "WindowWidth") or ()
    function = text(place, "VOILUTFunction").upper()
    known = function if function in ("LINEAR_EXACT", "SIGMOID") else "LINEAR"
    windows, notes = [], []
    for centre, width in zip(centres, widths, strict=False):
        if width > 0:
            windows.append(Window(centre, width, "", known))  # type: ignore[arg-type]
        else:
            notes.append("A window of width 0 (0028,1051) in the file is not offered.")
    if not windows:
        curve = _curve_window(item(ds, "VOILUTSequence"))
        if curve is not None:
            windows.append(curve)
            notes.append("The file's display curve (0028,3010) is shown as a straight window.")
    return tuple(windows), tuple(dict.fromkeys(notes))


def _curve_window(table: Dataset | None) -> Window | None:
    shape = numbers(table, "LUTDescriptor") if table is not None else None
    if table is None or shape is None or len(shape) < 3:
        return None
    data = table.get("LUTData")
    if isinstance(data, bytes):
        data = np.frombuffer(data, "<u2" if shape[2] > 8 else "u1")
    curve = np.asarray(data, np.float64)
    if curve.ndim != 1 or curve.size < 2 or curve[-1] == curve[0]:
        return None
    share = (curve - curve[0]) / (curve[-1] - curve[0])
    low, high = int(np.argmax(share > 0.01)), int(np.argmax(share >= 0.99))
    if high <= low:
        return None
    return Window(shape[1] + (low + high) / 2, float(high - low))


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
