"""An import under way in a reader process of its own: progress, time left, cancel."""

import time
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.index_file import IndexFile
from wsl_studio.domain.progress import Progress, say_time, seconds_left
from wsl_studio.domain.words import say
from wsl_studio.jobs.reading import Reader, Request
from wsl_studio.jobs.values import Work

UNDER_WAY: Final = KnownError("An import is under way.", "Cancel it or wait for it.")


class Importer(QObject):
    """Indexes one folder at a time; what was read stays in the header cache when cancelled."""

    advanced = Signal()
    found = Signal(object)  # IndexFile, to be removed by who takes it
    failed = Signal(object)  # KnownError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = Reader(self)
        self._request: Request | None = None
        self._work: Work | None = None
        self._begun = 0.0

    @property
    def work(self) -> Work | None:
        """What the progress line shows."""
        return self._work

    def start(self, folder: Path, *, salt: bytes, cache: Path) -> None:
        """Starts to index a folder; one at a time."""
        if self._request is not None:
            self.failed.emit(UNDER_WAY)
            return
        self._begun = time.monotonic()
        self._work = Work(say("Importing {name}", name=folder.name))
        payload = {"folder": str(folder), "salt": salt.hex(), "cache": str(cache)}
        self._request = self._reader.ask(
            "index", payload, self._on_result, self._on_error, on_progress=self._on_progress
        )
        self.advanced.emit()

    def cancel(self) -> None:
        """Stops at the next file."""
        if self._request is not None:
            self._reader.cancel(self._request)
            self._request = self._work = None

    def close(self) -> None:
        """Ends the process."""
        self._reader.close()

    def _on_progress(self, progress: Progress) -> None:
        left = seconds_left(time.monotonic() - self._begun, progress.fraction)
        text = progress.text or say("Importing")
        self._work = Work(text, progress.done, progress.total, say_time(left))
        self.advanced.emit()

    def _on_result(self, result: dict[str, Any]) -> None:
        self._request = self._work = None
        self.found.emit(IndexFile(Path(result["file"]), result["series"], result["passed_over"]))

    def _on_error(self, trouble: KnownError) -> None:
        self._request = self._work = None
        self.failed.emit(trouble)
