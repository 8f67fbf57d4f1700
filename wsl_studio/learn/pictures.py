"""What an encoder keeps of a series, to be looked at: rebuilt pictures, and where it lies."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence_file import evidence_file_name
from wsl_studio.learn.chains import PIXELS
from wsl_studio.learn.coded import inputs_of
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import SeriesFeatures, as_float
from wsl_studio.learn.model import LevelHead, Model

SIDE_PX: Final = 128
"""Longer side of one picture of a strip."""
GAP_PX: Final = 4
RANGE: Final = 2.5
"""Deviations from the mean that are black and white."""
AT_MOST: Final = 200
"""Series of a round that get a strip."""


def write_pictures(
    ensemble: Ensemble,
    features: Mapping[str, SeriesFeatures],
    directory: Path,
    device: torch.device,
) -> None:
    """Writes ``pictures/``: one PNG strip a series of what its middle slice was rebuilt as.

    ``captions.json`` names the pictures of a strip from left to right. Nothing is written where
    the recipe rebuilds nothing.

    Raises:
        KnownError: The disk does not take it.
    """
    model = ensemble.members[0]
    assert isinstance(model, Model)
    if not model.rebuilders:
        return
    folder = directory / "pictures"
    try:
        folder.mkdir(exist_ok=True)
        for uid, found in list(features.items())[:AT_MOST]:
            shown = pictures_of(model, found, device)
            strip = np.concatenate([_padded(picture) for picture in shown.values()], 1)
            path = folder / f"{Path(evidence_file_name(uid)).stem}.png"
            path.write_bytes(cv2.imencode(".png", strip[:, :-GAP_PX])[1].tobytes())
        (folder / "captions.json").write_text(json.dumps(list(shown)), encoding="utf-8")
    except OSError as trouble:
        raise KnownError(
            "Rebuilt pictures could not be written.", "The disk may be full; make room."
        ) from trouble


def pictures_of(
    model: Model, found: SeriesFeatures, device: torch.device
) -> dict[str, NDArray[np.uint8]]:
    """(h, w) grey pictures of the middle slice by caption, of the first level with a decoder.

    Pixels are shown as they are; of other maps, the direction in which the slice differs most.
    """
    middle = found.n_slices // 2
    maps = {
        name: as_float(name, x[middle : middle + 1]).to(device) for name, x in found.maps.items()
    }
    with torch.inference_mode():
        coder, rebuilder, x = next(iter(inputs_of(model, maps)))
        shown = rebuilder.pictures(coder, x)
        direction = _direction(x[0], is_pixels=PIXELS in model.rebuilders)
        grey = {name: torch.einsum("c,chw->hw", direction, y[0]) for name, y in shown.items()}
    middle_grey, deviation = grey["series"].mean(), grey["series"].std() + 1e-3
    return {name: _grey((y - middle_grey) / deviation) for name, y in grey.items()}


def coded_means(
    ensemble: Ensemble, features: Mapping[str, SeriesFeatures], device: torch.device
) -> dict[str, NDArray[np.float32]]:
    """(D,) mean code of every series, by which neighbours are found; empty without an encoder."""
    model = ensemble.members[0]
    out: dict[str, NDArray[np.float32]] = {}
    if not isinstance(model, Model):
        return out
    for uid, found in features.items():
        maps = {name: as_float(name, x).to(device) for name, x in found.maps.items()}
        with torch.inference_mode():
            ready = model.level_maps(maps)
            codes = [
                head.coder(head.standardised(ready[level])).mean((0, 2, 3))
                for level, head in model.heads.items()
                if isinstance(head, LevelHead) and head.coder is not None
            ]
        if not codes:
            return {}
        out[uid] = torch.cat(codes).float().cpu().numpy()
    return out


def _direction(x: Tensor, *, is_pixels: bool) -> Tensor:
    """(C,) weights of the channels of a (C, h, w) map."""
    channels = len(x)
    if is_pixels:
        return torch.full((channels,), 1 / channels, device=x.device)
    flat = x.flatten(1)
    main = torch.linalg.svd(flat - flat.mean(1, keepdim=True), full_matrices=False).U[:, 0]
    signed: Tensor = main * torch.sign(main.sum() + 1e-12)
    return signed


def _grey(y: Tensor) -> NDArray[np.uint8]:
    scaled = ((y / (2 * RANGE) + 0.5).clamp(0, 1) * 255).round().to(torch.uint8).cpu().numpy()
    factor = SIDE_PX / max(scaled.shape)
    size = (max(1, round(scaled.shape[1] * factor)), max(1, round(scaled.shape[0] * factor)))
    return np.asarray(cv2.resize(scaled, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _padded(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.pad(picture, ((0, 0), (0, GAP_PX)))
