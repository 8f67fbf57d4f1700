"""Mean deep features that the cache holds already, read before a project has its first round."""

import json
import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)


def read_cached_means(folder: Path) -> dict[str, NDArray[np.float32]]:
    """(D,) mean deep feature by series of a project folder; empty without a cache.

    The cache may hold features of several backbones; the one with most series is taken. It is a
    cache: what can't be read is left out.
    """
    from safetensors import SafetensorError, safe_open

    cache = folder / "cache"
    try:
        known = json.loads((cache / "contents.json").read_text(encoding="utf-8"))
        keys = {str(uid): str(key)[:40] for uid, (_, key) in known.items()}
        places = [path for path in (cache / "features").iterdir() if path.is_dir()]
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    best: dict[str, Path] = {}
    for place in places:
        files = {uid: place / f"{key}.safetensors" for uid, key in keys.items()}
        found = {uid: file for uid, file in files.items() if file.exists()}
        best = max(best, found, key=len)
    out = {}
    for uid, file in best.items():
        try:
            with safe_open(str(file), framework="numpy") as tensors:
                out[uid] = np.asarray(tensors.get_tensor("mean"), np.float32)
        except (OSError, SafetensorError):
            log.warning("a cached feature file can't be read; it is left out")
    return out
