"""Values of header elements, read so that no damage in them can stop an import."""

import logging
import math
import struct
import zlib
from typing import Final

from pydicom import config as pydicom_config
from pydicom.dataset import Dataset
from pydicom.errors import InvalidDicomError

from wsl_studio.dicom.guard import quiet as quiet

PARSE_ERRORS: Final = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    NotImplementedError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    EOFError,
    MemoryError,  # a length of 4 GB in a header
    struct.error,
    zlib.error,
    InvalidDicomError,
)
"""What pydicom raises on damaged headers, measured on fuzzed files."""

# Header values are never repeated in logs: pydicom writes them into its warnings.
logging.getLogger("pydicom").propagate = False
pydicom_config.settings.reading_validation_mode = pydicom_config.IGNORE


def text(ds: Dataset, keyword: str) -> str:
    """A header value as stripped text; empty where it is absent or cannot be parsed."""
    try:
        value = ds.get(keyword)
    except PARSE_ERRORS:
        return ""
    return "" if value is None else str(value).strip(" \0")


def numbers(ds: Dataset, keyword: str) -> tuple[float, ...] | None:
    """All values of a DS, IS, FD or US element, or None where one is no finite number."""
    try:
        value = ds.get(keyword)
        if value is None or value == "":
            return None
        if isinstance(value, int | float):
            return (float(value),) if math.isfinite(value) else None
        many = value if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
        out = tuple(float(v) for v in many)
    except PARSE_ERRORS:
        return None
    return out if out and all(math.isfinite(v) for v in out) else None


def number(ds: Dataset, keyword: str) -> float | None:
    """The first value of a numeric element, or None."""
    values = numbers(ds, keyword)
    return values[0] if values else None


def items(ds: Dataset, keyword: str) -> list[Dataset]:
    """Items of a sequence; none where it is missing or damaged."""
    try:
        return list(ds.get(keyword) or ())
    except PARSE_ERRORS:
        return []


def item(ds: Dataset | None, keyword: str) -> Dataset | None:
    """The first item of a sequence, or None."""
    if ds is None:
        return None
    try:
        sequence = ds.get(keyword)
        return sequence[0] if sequence else None
    except PARSE_ERRORS:
        return None
