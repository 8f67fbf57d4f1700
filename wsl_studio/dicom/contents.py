"""Hashes of the contents of a series' files, remembered while size and time stay the same."""

import hashlib
import json
import logging
from pathlib import Path
from typing import Final

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.series import Series, container_of

log = logging.getLogger(__name__)

BLOCK: Final = 1 << 20


class ContentKeys:
    """Keys by which derived data (features) are kept: equal contents, equal key.

    Args:
        cache: JSON file of remembered hashes; a damaged one is made anew.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._known: dict[str, tuple[str, str]] = {}
        self._is_changed = False
        try:
            found = json.loads(cache.read_text(encoding="utf-8"))
            self._known = {uid: (stamp, key) for uid, (stamp, key) in found.items()}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError, AttributeError):
            log.warning("remembered content hashes can't be read; they are made anew")

    def key(self, series: Series) -> str:
        """SHA-256, hexadecimal, of the files of a series in slice order and the frames used.

        Raises:
            KnownError: A file is gone or can't be read; the sentence has no path.
        """
        try:
            stamp = _stamp(series)
            known = self._known.get(series.uid)
            if known is None or known[0] != stamp:
                known = (stamp, _hash(series))
                self._known[series.uid] = known
                self._is_changed = True
        except OSError as trouble:
            raise KnownError(
                f"A file of the series is not to be found here ({type(trouble).__name__}).",
                "Connect the disk that holds it, or import its folder on this computer again.",
            ) from trouble
        return known[1]

    def save(self) -> None:
        """Writes what was learned; a full disk costs time at the next round, nothing else."""
        if not self._is_changed:
            return
        part = self._cache.with_name(self._cache.name + ".part")
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._known), encoding="utf-8")
            part.replace(self._cache)
            self._is_changed = False
        except OSError as trouble:
            log.warning("content hashes were not kept: %s", type(trouble).__name__)


def _paths(series: Series) -> list[str]:
    return list(dict.fromkeys(container_of(ref.path) for ref in series.slices))


def _chosen(series: Series) -> bytes:
    """Which frames of which files are used; members of an archive by their numbers."""
    inside = [r.path.removeprefix(container_of(r.path)) for r in series.slices]
    return str([ref.frame for ref in series.slices] + [i for i in inside if i]).encode()


def _stamp(series: Series) -> str:
    """Changes when a file's size or time does, or the choice of frames."""
    digest = hashlib.sha256()
    for path in _paths(series):
        about = Path(path).stat()
        digest.update(f"{path}|{about.st_size}|{about.st_mtime_ns}\n".encode())
    digest.update(_chosen(series))
    return digest.hexdigest()


def _hash(series: Series) -> str:
    digest = hashlib.sha256(_chosen(series))
    for path in _paths(series):
        with Path(path).open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
    return digest.hexdigest()
