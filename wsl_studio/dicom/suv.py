"""The factor from activity concentration to the standardised uptake value by body weight."""

import math
from datetime import datetime, timedelta
from typing import Final

from pydicom.dataset import Dataset

from wsl_studio.dicom.elements import item, number, text
from wsl_studio.domain.words import say

SUV_TAGS: Final = [
    "Units", "CorrectedImage", "DecayCorrection", "PatientWeight", "SeriesDate", "SeriesTime",
    "AcquisitionDate", "AcquisitionTime", "RadiopharmaceuticalInformationSequence",
]  # fmt: skip
"""What the factor needs."""

LONGEST_H: Final = 72.0
"""A wait between injection and image beyond this is a wrong clock, not a study."""


def suv_factor(ds: Dataset) -> tuple[float, str]:
    """What turns Bq/ml into SUV (g/ml) for one file.

    SUV = value x weight in g / dose, the dose decayed to the time to which the image is
    corrected: the start of the series (``START``), or the injection (``ADMIN``).

    Returns:
        (factor, ''), or (1, the reason) where the file does not allow it.

    Source:
        QIBA, SUV vendor-neutral pseudo-code ("happy path only"); DICOM PS3.3 C.8.9.1, C.8.9.2.
    """
    if text(ds, "Units").upper() != "BQML":
        return 1.0, say("its Units (0054,1001) are not BQML")
    corrected = text(ds, "CorrectedImage").upper()
    if "ATTN" not in corrected or "DECY" not in corrected:
        return 1.0, say("Corrected Image (0028,0051) lacks ATTN or DECY")
    weight = number(ds, "PatientWeight") or 0.0
    if not 0.2 <= weight <= 700:
        return 1.0, say("Patient's Weight (0010,1030) is missing or no weight in kg")
    drug = item(ds, "RadiopharmaceuticalInformationSequence")
    dose = (number(drug, "RadionuclideTotalDose") or 0.0) if drug is not None else 0.0
    if drug is None or dose <= 0:
        return 1.0, say("Radionuclide Total Dose (0018,1074) is missing")
    if dose < 1e4:  # megabecquerel, against the standard
        return 1.0, say("Radionuclide Total Dose (0018,1074) is too low to be in Bq")
    correction = text(ds, "DecayCorrection").upper()
    if correction == "ADMIN":
        return weight * 1000.0 / dose, ""
    if correction != "START":
        return 1.0, say("Decay Correction (0054,1102) is neither START nor ADMIN")
    half_life = number(drug, "RadionuclideHalfLife") or 0.0
    if half_life <= 0:
        return 1.0, say("Radionuclide Half Life (0018,1075) is missing")
    wait = _wait_s(ds, drug)
    if wait is None:
        return 1.0, say("the times of injection and series do not fit one another")
    return weight * 1000.0 / (dose * math.exp(-math.log(2.0) * wait / half_life)), ""


def _wait_s(ds: Dataset, drug: Dataset) -> float | None:
    """Seconds from the injection to the start of the series, or None."""
    series = _when(text(ds, "SeriesDate") + text(ds, "SeriesTime"))
    taken = _when(text(ds, "AcquisitionDate") + text(ds, "AcquisitionTime"))
    if series is None or (taken is not None and series > taken):
        # A series made later has a later time than its images; theirs would need each bed's.
        return None
    start = _when(text(drug, "RadiopharmaceuticalStartDateTime")[:21])
    if start is None:
        start = _when(text(ds, "SeriesDate") + text(drug, "RadiopharmaceuticalStartTime"))
        if start is not None and start > series:  # injected before midnight
            start -= timedelta(days=1)
    if start is None:
        return None
    wait = (series - start).total_seconds()
    return wait if 0 <= wait <= LONGEST_H * 3600 else None


def _when(words: str) -> datetime | None:
    """A DICOM date and time run together, without a zone."""
    digits = words.split("+")[0].split("-")[0].replace(":", "")
    for form in ("%Y%m%d%H%M%S.%f", "%Y%m%d%H%M%S"):
        try:
            return datetime.strptime(digits, form)
        except ValueError:
            continue
    return None
