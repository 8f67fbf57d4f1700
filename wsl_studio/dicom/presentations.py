"""Presentation states (GSPS) that lie near a series, and their windows for the reader to choose."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
from pydicom.dataset import Dataset

from wsl_studio.dicom.elements import items, quiet, text
from wsl_studio.dicom.files import open_dicom
from wsl_studio.dicom.syntaxes import NotReadable
from wsl_studio.dicom.values import curves, plain_windows
from wsl_studio.domain.series import Series
from wsl_studio.domain.window import Window

MOST_FILES: Final = 64
MOST_BYTES: Final = 2**20
MOST_FOLDERS: Final = 32
"""What is looked at: small files beside the series' own, and in folders beside theirs."""

STATE_TAGS: Final = [
    "Modality", "SOPClassUID", "ContentLabel", "ReferencedSeriesSequence",
    "SoftcopyVOILUTSequence", "PresentationLUTShape", "PresentationLUTSequence",
    "GraphicAnnotationSequence", "DisplayedAreaSelectionSequence",
]  # fmt: skip


def windows_of_states(found: Iterable[Dataset]) -> tuple[Window, ...]:
    """Windows of presentation states, named after them.

    Window, VOI LUT and inverse are taken here, graphics in ``dicom.graphics``; shutters, rotation
    and zoom are not.

    Source:
        DICOM PS3.3 A.33.1 (IOD), C.11.8 (Softcopy VOI LUT), C.11.6 (Presentation LUT).
    """
    return tuple(window for state in found for window in _windows(state))


def states(series: Series) -> Iterator[Dataset]:
    """Presentation states that refer to a series.

    They are looked for in the folder of the first slice and in small folders beside it, as on a
    CD.
    """
    own = {ref.path for ref in series.slices}
    for path in islice(_nearby(Path(series.slices[0].path), own), MOST_FILES):
        try:
            with quiet(), open_dicom(path, STATE_TAGS) as file:
                if text(file.ds, "Modality").upper() == "PR" and _refers(file.ds, series.uid):
                    yield file.ds
        except NotReadable:
            continue


def _nearby(first: Path, own: set[str]) -> Iterator[Path]:
    folder = first.parent
    yield from _small_files(folder, own)
    beside = sorted(Path(e.path) for e in _entries(folder.parent) if e.is_dir())
    for other in beside[:MOST_FOLDERS]:
        if other != folder:
            yield from islice(_small_files(other, own), 8)


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as entries:
            return [e for e in entries if not e.is_symlink()]
    except OSError:
        return []


def _small_files(folder: Path, own: set[str]) -> Iterator[Path]:
    for entry in sorted(_entries(folder), key=lambda e: e.name):
        try:
            if entry.path not in own and entry.is_file() and entry.stat().st_size <= MOST_BYTES:
                yield Path(entry.path)
        except OSError:
            continue


def _refers(ds: Dataset, series_uid: str) -> bool:
    """Whether a state is about a series; a stack of it carries a number after its UID."""
    named = [text(one, "SeriesInstanceUID") for one in items(ds, "ReferencedSeriesSequence")]
    return series_uid.split("/")[0] in named


def _windows(ds: Dataset) -> list[Window]:
    """The windows of a state, turned where it says so."""
    label = text(ds, "ContentLabel")[:16] or "state"
    is_inverse = text(ds, "PresentationLUTShape").upper() == "INVERSE"
    out: list[Window] = []
    for one in items(ds, "SoftcopyVOILUTSequence"):
        for window in (*plain_windows(one), *curves(one)):
            name = f"PR {label}" + (f" {len(out) + 1}" if out else "")
            out.append(replace(inverse(window) if is_inverse else window, name=name))
    return out


def inverse(window: Window) -> Window:
    """The same window with white and black exchanged."""
    shares: tuple[float, ...] = window.curve or (0.0, 1.0)
    if window.function == "SIGMOID" and not window.curve:
        # It has run its course after twice its width on either side: 1 / (1 + e^8).
        points = np.linspace(-2.0, 2.0, 513)
        shares = tuple((1.0 / (1.0 + np.exp(-4.0 * points))).tolist())
        window = replace(window, width=4.0 * window.width)
    elif window.function == "LINEAR" and not window.curve and window.width > 1:
        # PS3.3 C.11.2.1.2.1: half a value lower, and one value narrower.
        window = replace(window, centre=window.centre - 0.5, width=window.width - 1.0)
    return replace(window, function="LINEAR", curve=tuple(1.0 - share for share in shares))
