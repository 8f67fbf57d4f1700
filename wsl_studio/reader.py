"""The reader process: answers requests for volumes, thumbnails, banners and indexes.

``python -m wsl_studio.reader`` reads one JSON object a line from standard input and writes one
a line to standard output; whatever decoders print goes to standard error.

Requests carry ``id`` and ``do``:

- ``volume`` (``series``, ``scratch``) answers ``file``, ``shape``, ``dtype`` and ``volume``,
  and ``drawings`` (``file``, ``shape``, ``dtype``) where the series has overlays;
- ``thumbnail`` (``series``, ``scratch``, ``size_px``) answers ``file``, ``shape``, ``dtype``;
- ``banner`` (``series``) answers ``banner``: names for display, to be kept nowhere;
- ``elements`` (``series``, ``slice``) answers ``lines``: the header, to be kept nowhere either;
- ``index`` (``folder``, ``salt`` in hex, ``cache``, ``scratch``) answers ``file`` (lines,
  see ``domain.index_file``), ``series``, ``images`` and ``passed_over`` as counts;
- ``cancel`` (``of``) stops that request at its next report.

Answers are ``{"id", "progress": {done, total, text}}``, any number, then ``{"id", "result"}`` or
``{"id", "error": {sentence, advice}}``, with ``"cancelled": true`` where it was cancelled. The
receiver removes the file. Compressed frames are decoded in processes of its own
(``wsl_studio.dicom.crew``). The process ends when standard input closes.
"""

import contextlib
import json
import os
import queue
import sys
import tempfile
import threading
import time
import traceback
from collections import deque
from collections.abc import Generator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from wsl_studio.dicom import crew
from wsl_studio.dicom.elements import quiet
from wsl_studio.dicom.graphics import draw_states
from wsl_studio.dicom.header_lines import read_elements, read_frame_uid
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.overlays import read_planes
from wsl_studio.dicom.pixels import read_banner, read_volume, thumbnail
from wsl_studio.dicom.presentations import states, windows_of_states
from wsl_studio.dicom.sides import sides_of
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.index_file import index_lines
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.series import IMAGE_MODALITY, Series
from wsl_studio.domain.words import say

MEMORY_BYTES: Final = 8 * 2**30
"""Address space of the process; a file that asks for more costs one answer, not the machine."""

REPORT_EVERY_S: Final = 0.1
GRACE_S: Final = 3.0
"""Time from the end of standard input to the end of the process, whatever it is about."""

Request = dict[str, Any]


class Reader:
    """Takes requests one at a time in their order, and looks for cancels while working.

    Args:
        answers: Where answers go, a line each.
    """

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._waiting: deque[Request] = deque()
        self._cancelled: set[object] = set()
        self._is_over = False

    def listen(self, source: BinaryIO) -> None:
        """Puts lines into the inbox until the source ends; runs on its own thread."""
        for line in source:
            self._inbox.put(line)
        self._inbox.put(None)
        time.sleep(GRACE_S)
        os._exit(0)  # whatever it was about: nobody waits for it

    def run(self) -> int:
        """Answers until the input ends; the exit code of the process."""
        while True:
            self._take(wait=not self._waiting)
            if self._is_over:
                return 0
            if self._waiting:
                self._answer(self._waiting.popleft())

    def _take(self, *, wait: bool) -> None:
        """Sorts what has arrived into requests and cancels."""
        while not self._is_over:
            try:
                line = self._inbox.get(block=wait)
            except queue.Empty:
                return
            wait = False
            if line is None:
                self._is_over = True
            elif line.strip():
                self._sort(line)

    def _sort(self, line: bytes) -> None:
        try:
            request = json.loads(line)
        except ValueError:
            request = None
        if not isinstance(request, dict):
            self._send({"id": None, "error": _error(say("The request is not a JSON object."))})
        elif request.get("do") == "cancel":
            self._cancelled.add(request.get("of"))
            self._send({"id": request.get("id"), "result": {}})
        else:
            self._waiting.append(request)

    def _send(self, answer: dict[str, Any]) -> None:
        self._answers.write(json.dumps(answer).encode() + b"\n")
        self._answers.flush()

    def _answer(self, request: Request) -> None:
        number = request.get("id")
        try:
            result = self._work(number, request)
        except KnownError as error:
            self._send({"id": number, "error": _error(error.sentence, error.advice)})
        except _Cancelled:
            self._send({"id": number, "error": _error(say("It was cancelled.")), "cancelled": True})
        except MemoryError:
            advice = say("Close other programs, or open a smaller series.")
            self._send({"id": number, "error": _error(say("There is not enough memory."), advice)})
        except (ValidationError, KeyError, TypeError, ValueError) as error:
            self._send(
                {
                    "id": number,
                    "error": _error(say("Bad request ({error}).", error=type(error).__name__)),
                }
            )
            _log(error)
        except OSError as error:
            words = (error.strerror or type(error).__name__).lower()
            sentence = say("A file for the window could not be written ({words}).", words=words)
            self._send({"id": number, "error": _error(sentence, say("Is the disk full?"))})
        except Exception as error:  # noqa: BLE001 - a fault of ours costs one answer, not the process
            sentence = say(
                "The reader failed on this request ({error}).", error=type(error).__name__
            )
            self._send({"id": number, "error": _error(sentence)})
            _log(error)
        else:
            self._send({"id": number, "result": result})

    def _work(self, number: object, request: Request) -> dict[str, Any]:
        steps = perform(request)
        said = 0.0
        try:
            while True:
                try:
                    progress = next(steps)
                except StopIteration as end:
                    result: dict[str, Any] = end.value
                    return result
                self._take(wait=False)
                if self._is_over or number in self._cancelled:
                    raise _Cancelled
                if time.monotonic() - said >= REPORT_EVERY_S:
                    said = time.monotonic()
                    self._send({"id": number, "progress": asdict(progress)})
        finally:
            steps.close()
            self._cancelled.discard(number)


class _Cancelled(Exception):  # noqa: N818 - not an error
    """The request was cancelled or nobody listens any more."""


def perform(request: Request) -> Generator[Progress, None, dict[str, Any]]:
    """One request as a long step; see the module for requests and results."""
    do = request["do"]
    if request.get("scratch"):
        crew.use_folder(Path(request["scratch"]))
    if do == "index":
        return (yield from _index(request))
    series = Series.model_validate(request.get("series"))
    if do == "volume":
        return (yield from _volume(series, Path(request["scratch"])))
    yield Progress(0, 1)
    if do == "thumbnail":
        picture = thumbnail(series, int(request.get("size_px", 96)))
        return write_array(picture, Path(request["scratch"]))
    if do == "banner":
        return {"banner": read_banner(series)}
    if do == "elements":
        return {"lines": read_elements(series, int(request.get("slice", 0)))}
    raise KnownError(f"The reader process knows no request {str(do)[:20]!r}.")


def _volume(series: Series, scratch: Path) -> Steps[dict[str, Any]]:
    volume = yield from read_volume(series)
    is_dicom = series.modality != IMAGE_MODALITY
    drawings = (yield from read_planes(series)) if is_dicom else None
    with quiet():
        found = tuple(states(series)) if is_dicom else ()
        drawings = draw_states(series, found, drawings)
    windows = () if volume.is_colour else windows_of_states(found)
    yield Progress(1, 1, "Handing over")
    result = write_array(volume.array, scratch)
    if drawings is not None:
        result["drawings"] = write_array(drawings, scratch)
    result["volume"] = {
        "slope": volume.slope,
        "intercept": volume.intercept,
        "unit": volume.unit,
        "modality": volume.modality,
        "windows": [asdict(window) for window in (*volume.windows, *windows)],
        "is_inverted": volume.is_inverted,
        "geometry": asdict(volume.geometry) if volume.geometry is not None else None,
        "notes": list(volume.notes),
        "lossy": volume.lossy,
        "padding": volume.padding,
        "frame_uid": read_frame_uid(series),
        "sides": list(sides_of(series)),
    }
    return result


def _index(request: Request) -> Steps[dict[str, Any]]:
    cache = Path(request["cache"]) if request.get("cache") else None
    scratch = Path(request["scratch"]) if request.get("scratch") else None
    if scratch is None and cache is not None:
        scratch = cache.parent
    index = yield from index_folder(
        Path(request["folder"]), salt=bytes.fromhex(request["salt"]), cache=cache
    )
    with _fresh_file(scratch, ".jsonl") as (stream, name):
        stream.writelines(index_lines(index))
    return {
        "file": name,
        "series": len(index.series),
        "images": index.n_images,
        "passed_over": len(index.passed_over),
    }


def write_array(array: NDArray[np.generic], scratch: Path) -> dict[str, Any]:
    """Writes an array's bytes to a fresh file, for the window to map.

    Returns:
        ``file``, ``shape`` and ``dtype`` (with byte order, as ``np.dtype`` reads it).
    """
    with _fresh_file(scratch, ".raw") as (stream, name):
        np.ascontiguousarray(array).tofile(stream)
    return {"file": name, "shape": list(array.shape), "dtype": array.dtype.str}


@contextlib.contextmanager
def _fresh_file(folder: Path | None, suffix: str) -> Generator[tuple[BinaryIO, str], None, None]:
    """A new file only this reader can see; removed again if writing fails."""
    fd, name = tempfile.mkstemp(prefix="wsl-", suffix=suffix, dir=folder)
    try:
        with os.fdopen(fd, "wb") as stream:
            yield stream, name
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _error(sentence: str, advice: str = "") -> dict[str, str]:
    return {"sentence": sentence, "advice": advice}


def _log(error: BaseException) -> None:
    """Type and place of an error; not its message, which may repeat header values."""
    places = "".join(traceback.format_tb(error.__traceback__))
    print(f"{type(error).__name__}\n{places}", file=sys.stderr, flush=True)  # noqa: T201


def limit_memory(n_bytes: int = MEMORY_BYTES) -> None:
    """Limits the address space where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = n_bytes if hard == resource.RLIM_INFINITY else min(n_bytes, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def main() -> int:
    """Runs the reader on standard input and output."""
    limit_memory()
    crew.warm_up()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # C libraries print to descriptor 1; from here on that is standard error
    reader = Reader(answers)
    threading.Thread(target=reader.listen, args=(sys.stdin.buffer,), daemon=True).start()
    return reader.run()


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    crew.close()
    os._exit(code)  # without waiting for threads
