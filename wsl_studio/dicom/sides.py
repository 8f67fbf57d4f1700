"""Which side of the body a slice shows and in which projection, as its header says."""

import re
from pathlib import Path
from typing import Final

from pydicom.dataset import Dataset

from wsl_studio.dicom.elements import item, items, quiet, text
from wsl_studio.dicom.files import open_dicom
from wsl_studio.dicom.syntaxes import NotReadable
from wsl_studio.domain.series import IMAGE_MODALITY, Series

MOST_FILES: Final = 16
"""Longer series are one acquisition: their middle file speaks for all."""

SIDE_TAGS: Final = [
    "ImageLaterality", "Laterality", "ViewPosition", "ViewCodeSequence",
    "SharedFunctionalGroupsSequence",
]  # fmt: skip

VIEWS: Final = {
    "399162004": "CC", "R-10242": "CC", "399368009": "MLO", "R-10226": "MLO",
    "399260004": "ML", "R-10224": "ML", "399352003": "LM", "R-10228": "LM",
    "399110001": "LMO", "R-10230": "LMO", "399196006": "FB", "R-10244": "FB",
}  # fmt: skip
"""Mammographic views by SNOMED code (DICOM PS3.16, context group 4014)."""


def sides_of(series: Series) -> tuple[str, ...]:
    """Side and view of every slice: ``R MLO``, ``L``, ``AP``, or empty where none is said.

    Returns:
        One a slice, read live; no entries where no slice says anything.

    Source:
        DICOM PS3.3 C.7.3.1 (Laterality), C.8.11.7 (Image Laterality, View Code), C.8.7.2 (View
        Position), C.7.6.16.2.8 (Frame Anatomy).
    """
    if series.modality == IMAGE_MODALITY:
        return ()
    n = series.n_slices
    paths = [ref.path for ref in series.slices]
    asked = set(paths) if len(set(paths)) <= MOST_FILES else {paths[n // 2]}
    said = {path: _read(path) for path in asked}
    middle = said.get(paths[n // 2], "")
    found = tuple(said.get(path, middle) for path in paths)
    return found if any(found) else ()


def _read(path: str) -> str:
    try:
        with quiet(), open_dicom(Path(path), SIDE_TAGS) as file:
            return " ".join(word for word in (_side(file.ds), _view(file.ds)) if word)
    except NotReadable:
        return ""


def _side(ds: Dataset) -> str:
    shared = item(ds, "SharedFunctionalGroupsSequence")
    anatomy = None if shared is None else item(shared, "FrameAnatomySequence")
    words = [text(ds, "ImageLaterality"), text(ds, "Laterality")]
    words += [] if anatomy is None else [text(anatomy, "FrameLaterality")]
    side = next((word.upper() for word in words if word), "")
    return {"R": "R", "L": "L", "B": "R+L"}.get(side, "")


def _view(ds: Dataset) -> str:
    for code in items(ds, "ViewCodeSequence"):
        if known := VIEWS.get(text(code, "CodeValue")):
            return known
    view = text(ds, "ViewPosition").upper()
    return view if re.fullmatch(r"[A-Z]{1,6}", view) else ""
