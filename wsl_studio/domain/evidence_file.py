"""The evidence of one series as named arrays and text: what an evidence file holds.

This room knows arrays and JSON, not files: ``learn`` writes and ``store`` reads what it makes.

Format: tensor ``grid``, float16 (K, S, h, w), calibrated logits, findings in order; with several
members also ``spread``, the same shape; metadata
``series_uid``, ``findings`` (JSON list), ``placement`` (JSON object), ``arithmetic``, ``scale`` and
``likes`` (JSON objects by finding).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement

LARGEST_LOGIT: Final = 60000.0
"""Grids are clipped to this; float16 ends at 65504, and past 60 a logistic is 1 anyway."""


def evidence_file_name(series_uid: str) -> str:
    """``<20 hex digits>.safetensors``; a UID may hold ``/``, which no file name may."""
    digest = hashlib.sha1(series_uid.encode(), usedforsecurity=False).hexdigest()
    return f"{digest[:20]}.safetensors"


def pack_evidence(
    evidence: Mapping[str, Evidence],
) -> tuple[dict[str, NDArray[np.float16]], dict[str, str]]:
    """Arrays and metadata of the evidence of one series.

    Args:
        evidence: By finding, in the order of the score channels; at least one, all of one series,
            with one grid shape and one placement. Grids are rounded to float16 (relative error
            under 0.0005); sums and scales are kept exactly.

    Returns:
        Tensors and metadata, ready for ``safetensors.numpy.save_file``.

    Raises:
        ValueError: If the evidence isn't all of one series on one grid.
    """
    values = list(evidence.values())
    if not values:
        raise ValueError("an evidence file holds at least one finding")
    first = values[0]
    for finding, value in evidence.items():
        if value.finding != finding:
            raise ValueError("evidence stands under the name of its own finding")
        if value.series_uid != first.series_uid or value.placement != first.placement:
            raise ValueError("an evidence file holds one series on one grid")
    grid = np.stack([value.grid for value in values])  # (K, S, h, w)
    if grid.ndim != 4:
        raise ValueError("an evidence grid has slices, rows and columns")
    arrays = {"grid": _half(grid)}
    spreads = [value.spread for value in values if value.spread is not None]
    if spreads:
        spread = np.stack(spreads)
        if spread.shape != grid.shape:
            raise ValueError("an evidence file holds the spread of every finding or of none")
        arrays["spread"] = _half(spread)
    metadata = {
        "series_uid": first.series_uid,
        "findings": json.dumps(list(evidence)),
        "placement": json.dumps(asdict(first.placement)),
        "arithmetic": json.dumps(
            {name: asdict(value.arithmetic) for name, value in evidence.items()}
        ),
        "scale": json.dumps({name: value.scale for name, value in evidence.items()}),
        "likes": json.dumps({name: value.likes for name, value in evidence.items()}),
    }
    return arrays, metadata


def _half(grid: NDArray[np.float32]) -> NDArray[np.float16]:
    clipped = np.clip(grid, -LARGEST_LOGIT, LARGEST_LOGIT)
    return np.ascontiguousarray(clipped.astype(np.float16))


def unpack_evidence(
    arrays: Mapping[str, NDArray[np.generic]], metadata: Mapping[str, str], round: int
) -> dict[str, Evidence]:
    """The evidence that ``pack_evidence`` packed.

    Args:
        arrays: Tensors of the file by name.
        metadata: Text of the file.
        round: Number of the round it comes from.

    Returns:
        Evidence by finding, in the order of the file, grids as float32.

    Raises:
        ValueError: If something is missing or doesn't fit together.
    """
    try:
        findings = json.loads(metadata["findings"])
        placement = Placement(**json.loads(metadata["placement"]))
        arithmetic = json.loads(metadata["arithmetic"])
        scale = json.loads(metadata["scale"])
        likes = json.loads(metadata.get("likes", "{}"))  # older files have none
        grid = np.asarray(arrays["grid"], np.float32)
        if grid.ndim != 4 or len(findings) != grid.shape[0]:
            raise ValueError("the grid does not fit the findings")
        spread = np.asarray(arrays["spread"], np.float32) if "spread" in arrays else None
        if spread is not None and spread.shape != grid.shape:
            raise ValueError("the spread does not fit the grid")
        return {
            str(finding): Evidence(
                series_uid=metadata["series_uid"],
                finding=str(finding),
                round=round,
                grid=grid[k],
                placement=placement,
                arithmetic=Arithmetic(**arithmetic[finding]),
                scale=float(scale[finding]),
                spread=None if spread is None else spread[k],
                likes=tuple((str(uid), float(x)) for uid, x in likes.get(finding, ())),
            )
            for k, finding in enumerate(findings)
        }
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not the evidence of one series: {error}") from error
