"""A client of the reader process: a decoder that aborts or hangs costs one request."""

import json
import logging
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QProcess, QTimer

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.progress import Progress
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.domain.words import say

log = logging.getLogger(__name__)

DEADLINE_S: Final = 60.0
"""Longest silence of a busy reader process; it reports progress several times a second, and its
decoders have deadlines of their own."""

Result = Callable[[dict[str, Any]], None]
Trouble = Callable[[KnownError], None]
Report = Callable[[Progress], None]


@dataclass(eq=False)
class Request:
    """One question to the reader process, with who wants the answer."""

    id: int
    message: dict[str, Any]
    on_result: Result
    on_error: Trouble
    on_progress: Report | None = None
    is_cancelled: bool = field(default=False)


class Reader(QObject):
    """One reader process, started when first asked, restarted when it dies or falls silent.

    Requests are answered one at a time in order; an urgent one goes to the front.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Request] = deque()
        self._current: Request | None = None
        self._process: QProcess | None = None
        self._buffer = b""
        self._next_id = 1
        self._heard = 0.0
        self._scratch = Path(tempfile.mkdtemp(prefix="wsl-studio-", dir=_shared_memory()))
        self._watch = QTimer(self)
        self._watch.setInterval(500)
        self._watch.timeout.connect(self._check_deadline)

    def ask(
        self,
        do: str,
        payload: dict[str, Any],
        on_result: Result,
        on_error: Trouble,
        *,
        on_progress: Report | None = None,
        is_urgent: bool = False,
    ) -> Request:
        """Queues one request (see ``wsl_studio.reader`` for the messages)."""
        message = {"id": self._next_id, "do": do, "scratch": str(self._scratch), **payload}
        request = Request(self._next_id, message, on_result, on_error, on_progress)
        self._next_id += 1
        if is_urgent:
            self._waiting.appendleft(request)
        else:
            self._waiting.append(request)
        self._send_next()
        return request

    def cancel(self, request: Request) -> None:
        """Drops a request; one under way stops at its next safe place. Nobody is called back."""
        request.is_cancelled = True
        if request is self._current and self._process is not None:
            line = json.dumps({"id": 0, "do": "cancel", "of": request.id})
            self._process.write(line.encode() + b"\n")

    @property
    def is_busy(self) -> bool:
        """True while anything is asked that has not been answered."""
        return self._current is not None or bool(self._waiting)

    def close(self) -> None:
        """Ends the process and removes the scratch folder; no one is called back."""
        self._waiting.clear()
        self._current = None
        self._end_process()
        for leftover in self._scratch.glob("*"):
            leftover.unlink(missing_ok=True)
        if self._scratch.exists():
            self._scratch.rmdir()

    def warm_up(self) -> None:
        """Starts the process ahead of the first request."""
        if self._process is None:
            self._start()

    def _send_next(self) -> None:
        while self._current is None and self._waiting:
            request = self._waiting.popleft()
            if request.is_cancelled:
                continue
            self.warm_up()
            assert self._process is not None
            self._current = request
            self._heard = time.monotonic()
            self._process.write(json.dumps(request.message).encode() + b"\n")
            self._watch.start()

    def _start(self) -> None:
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.start(sys.executable, ["-m", "wsl_studio.reader"])
        self._buffer = b""
        self._process = process

    def _read(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            self._heard = time.monotonic()
            self._take(json.loads(line))

    def _take(self, answer: dict[str, Any]) -> None:
        request = self._current
        if request is None or answer.get("id") != request.id:
            return
        if "progress" in answer:
            if request.on_progress and not request.is_cancelled:
                request.on_progress(Progress(**answer["progress"]))
            return
        self._current = None
        self._watch.stop()
        if not request.is_cancelled:
            if "error" in answer:
                request.on_error(KnownError(**answer["error"]))
            else:
                request.on_result(answer["result"])
        else:
            result = answer.get("result", {})
            for part in (result, result.get("drawings") or {}):
                if "file" in part:
                    Path(part["file"]).unlink(missing_ok=True)
        self._send_next()

    def _check_deadline(self) -> None:
        if self._current is not None and time.monotonic() - self._heard > DEADLINE_S:
            log.warning("reader process silent for %s s: restarted", DEADLINE_S)
            self._fail(say("Reading took too long and was given up."))

    def _on_finished(self) -> None:
        self._fail(say("The reader process failed on this series and was restarted."))

    def _fail(self, sentence: str) -> None:
        request, self._current = self._current, None
        self._watch.stop()
        self._end_process()
        if request is not None and not request.is_cancelled:
            request.on_error(KnownError(sentence, "The file is probably damaged; others go on."))
        self._send_next()

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        process.readyReadStandardOutput.disconnect(self._read)
        process.kill()
        process.waitForFinished(1000)
        process.deleteLater()


def _shared_memory() -> str | None:
    """Folder of shared memory where there is one, so that pixels do not touch a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def take_array(result: dict[str, Any]) -> NDArray[np.generic]:
    """Maps the pixels of an answer and removes their file; the mapping stays valid (POSIX)."""
    path = Path(result["file"])
    array = np.memmap(path, dtype=result["dtype"], mode="r", shape=tuple(result["shape"]))
    if os.name == "posix":
        path.unlink()
    return array


def take_volume(series_uid: str, result: dict[str, Any]) -> Volume:
    """The ``Volume`` of an answer to ``volume``."""
    about = dict(result["volume"])
    windows = tuple(
        Window(**{**w, "curve": tuple(w.get("curve", ()))}) for w in about.pop("windows", ())
    )
    padding = about.pop("padding", None)
    drawings = result.get("drawings")
    geometry = about.pop("geometry", None)
    notes, sides = tuple(about.pop("notes", ())), tuple(about.pop("sides", ()))
    return Volume(
        series_uid=series_uid,
        array=take_array(result),
        windows=windows,
        geometry=_geometry(geometry) if geometry else None,
        notes=notes,
        sides=sides,
        padding=tuple(padding) if padding else None,
        drawings=take_array(drawings) if drawings else None,  # type: ignore[arg-type]
        **about,
    )


def _geometry(parts: dict[str, Any]) -> Geometry:
    return Geometry(**{name: tuple(value) for name, value in parts.items()})
