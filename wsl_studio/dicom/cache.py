"""What earlier imports read of files, a line a file, so that they need not be opened again."""

import json
import time
from pathlib import Path
from typing import Final, TextIO

from pydantic import TypeAdapter, ValidationError

from wsl_studio.dicom.headers import Header, make_key
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.series import FileStamp

CACHE_FORMAT: Final = 4
"""Raised when ``Header`` changes; an older cache is then read anew, not misread."""

DAMAGE: Final = "\ufffd"
"""Stands for bytes that are no text: a disk has spoilt them, and the file is read anew."""

_ROW: Final = TypeAdapter(tuple[str, int, int, bool, Header | str])
"""Salted hash of the path, size, time of change, whether pixels were tried, header or reason."""


class HeaderCache:
    """Holds sizes, times, keys, geometry and reasons; no words of a header or of a path.

    Every line is written as it is read, so an import that was cancelled or killed goes on where
    it stopped; a half-written last line is dropped. A cache made with another salt or by another
    format is begun anew. Lines are taken apart when they are asked for.

    Args:
        path: JSON lines file, made if absent; None keeps nothing.
        salt: Of the project.
    """

    def __init__(self, path: Path | None, salt: bytes) -> None:
        self._salt = salt
        self._known: dict[str, str] = {}
        self._file: TextIO | None = None
        self._flushed = time.monotonic()
        if path is None:
            return
        first = json.dumps({"format": CACHE_FORMAT, "salt": make_key(salt, "header cache")})
        try:
            text = path.read_text("utf-8", errors="replace") if path.exists() else ""
            lines = text.split("\n")
            is_ours = lines[0] == first
            if is_ours:
                self._take(lines)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a" if is_ours else "w", encoding="utf-8")
            if not is_ours:
                self._file.write(first + "\n")
            elif lines[-1]:
                self._file.write("\n")  # ends a line that a kill cut in half
        except OSError as error:
            self.close()
            raise _trouble(error) from None

    def __enter__(self) -> "HeaderCache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self, lines: list[str]) -> None:
        for line in lines:
            if line[:2] == '["' and DAMAGE not in line:
                self._known[line[2:18]] = line

    def close(self) -> None:
        """Writes what is left."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def get(self, stamp: FileStamp) -> tuple[Header | str | None, bool]:
        """(header or reason, tried) of an unchanged file; (None, False) if it must be read."""
        line = self._known.get(make_key(self._salt, stamp.path))
        if line is None:
            return None, False
        try:
            _, size, mtime_ns, tried, found = _ROW.validate_json(line)
        except ValidationError:
            return None, False
        return (found, tried) if (size, mtime_ns) == stamp[1:] else (None, False)

    def put(self, stamp: FileStamp, found: Header | str, *, tried: bool = False) -> None:
        """Keeps what was read of a file; on disk within a second."""
        if self._file is None:
            return
        if isinstance(found, str):
            tried, said = True, json.dumps(found)
        else:
            said = found.model_dump_json(exclude_defaults=True)
        try:
            key, is_tried = make_key(self._salt, stamp.path), "true" if tried else "false"
            self._file.write(f'["{key}",{stamp.size},{stamp.mtime_ns},{is_tried},{said}]\n')
            if time.monotonic() - self._flushed > 0.5:
                self._file.flush()
                self._flushed = time.monotonic()
        except OSError as error:
            raise _trouble(error) from None


def _trouble(error: Exception) -> KnownError:
    words = (getattr(error, "strerror", None) or type(error).__name__).lower()
    return KnownError(
        f"The project's header cache cannot be written ({words}).",
        "Free some space or check the rights of the project folder, then import again.",
    )
