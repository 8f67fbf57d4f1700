"""Truth masks from PNG, .npy and .npz files: for evaluation only, never for training."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from wsl_studio.domain.errors import KnownError

SUFFIXES = (".png", ".npy", ".npz")


def read_mask(path: Path) -> NDArray[np.bool_]:
    """Reads one mask.

    Args:
        path: ``.png`` (H, W; any value above 0 is inside), ``.npy`` or ``.npz`` with key ``mask``
            ((S, H, W) or (H, W)); pickled arrays are refused.

    Returns:
        (S, H, W) bool.

    Raises:
        KnownError: The file can't be read or has another shape.
    """
    try:
        if path.suffix.lower() == ".png":
            with Image.open(path) as image:
                mask = np.asarray(image.convert("L")) > 0
        elif path.suffix.lower() == ".npz":
            with np.load(path, allow_pickle=False) as arrays:
                mask = np.asarray(arrays["mask"]) > 0
        else:
            mask = np.load(path, allow_pickle=False) > 0
    except (OSError, ValueError, KeyError, UnidentifiedImageError) as trouble:
        raise KnownError(f"The mask {path.name} can't be read.") from trouble
    if mask.ndim == 2:
        mask = mask[None]
    if mask.ndim != 3:
        raise KnownError(f"The mask {path.name} has {mask.ndim} axes, not slices, rows, columns.")
    return mask
