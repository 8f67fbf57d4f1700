"""Reads the headers of many files; on helper processes as well, once it has shown to take long.

``python -m wsl_studio.dicom.many`` is such a helper: the salt in hex on its first line, then a
JSON list of paths a line; it answers each with a JSON list of headers or reasons. It ends when
its input does.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from pydantic import TypeAdapter

from wsl_studio.dicom.elements import quiet
from wsl_studio.dicom.files import open_ordinary, say_os
from wsl_studio.dicom.headers import Header, Neighbours, read_header
from wsl_studio.dicom.images import is_image, read_image_header
from wsl_studio.dicom.scan import FIRST_BYTES, Refused
from wsl_studio.dicom.syntaxes import NotReadable
from wsl_studio.domain.series import container_of
from wsl_studio.domain.words import say

CHUNK: Final = 64
"""Files a message: 10 ms of work, so that a cancel is soon heard."""

PATIENCE_S: Final = 0.4
"""A helper takes a second to start (pydicom, numpy); short imports do without."""

WORTH_S: Final = 1.5
"""Work that must still be left for helpers to be worth their start."""

MOST_HELPERS: Final = 3

_FOUND: Final = TypeAdapter(list[Header | str])

Found = tuple[int, Header | str]


class HeaderReader:
    """Reads one file after the other.

    Args:
        salt: Of the project.
    """

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._neighbours = Neighbours(salt)

    def read(self, path: str) -> Header | str:
        """The header of an image file, or the reason why it is passed over; never raises."""
        try:
            fd, size = open_ordinary(path)
            try:
                head = os.read(fd, FIRST_BYTES)
                if is_image(head) and container_of(path) != path:
                    return say("pictures go by their file names: unpack the archive first")
                if not is_image(head):
                    with contextlib.suppress(Refused):
                        return self._neighbours.header(path, fd, size, head)
            finally:
                os.close(fd)
            with quiet():
                return (read_image_header if is_image(head) else read_header)(
                    Path(path), self._salt
                )
        except NotReadable as why:
            return str(why)
        except MemoryError:
            return say("there is not enough memory to read its header")
        except OSError as error:
            return say_os(error)
        except Exception as error:  # noqa: BLE001 - a file can break any parser; it is named instead
            return say("its header cannot be parsed ({error})", error=type(error).__name__)


def read_many(paths: Sequence[str], salt: bytes) -> Iterator[Found | None]:
    """Reads every file once, in any order.

    Closing the generator ends the helpers. A helper that dies costs nothing: its files are read
    here.

    Yields:
        (position in ``paths``, header or reason), or None when there was no news for a while.
    """
    helpers, reader = _Helpers(paths, salt), HeaderReader(salt)
    begun, done = time.monotonic(), 0
    try:
        while not helpers.is_over:
            for found in helpers.news(0.0 if helpers.waiting else 0.1):
                done += 1
                yield found
            if (first := helpers.take()) is not None:
                for i in range(first, min(first + CHUNK, len(paths))):
                    done += 1
                    yield i, reader.read(paths[i])
            else:
                yield None
            spent = time.monotonic() - begun
            if spent > PATIENCE_S and spent / done * (len(paths) - done) > WORTH_S:
                helpers.start()
    finally:
        helpers.close()


class _Helpers:
    """The helper processes, each with a thread that hands it chunks and waits for its answers."""

    def __init__(self, paths: Sequence[str], salt: bytes) -> None:
        self._paths, self._salt = paths, salt
        self.waiting = deque(range(0, len(paths), CHUNK))
        self._answers: SimpleQueue[tuple[int, bytes] | None] = SimpleQueue()
        self._processes: list[tuple[subprocess.Popen[bytes], threading.Thread]] = []
        self._running = 0
        self._is_started = False

    @property
    def is_over(self) -> bool:
        """True once every file has been read and no helper is at work."""
        return not self.waiting and self._running == 0 and self._answers.empty()

    def take(self) -> int | None:
        """The next chunk, for whoever asks; None when all are given out."""
        try:
            return self.waiting.popleft()
        except IndexError:
            return None

    def start(self) -> None:
        """Starts the helpers, once; without a second core, or where it fails, there are none."""
        if self._is_started:
            return
        self._is_started = True
        for _ in range(min(MOST_HELPERS, (os.cpu_count() or 1) - 1)):
            with contextlib.suppress(OSError):
                process = subprocess.Popen(
                    [sys.executable, "-m", "wsl_studio.dicom.many"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
                thread = threading.Thread(target=self._serve, args=(process,), daemon=True)
                self._processes.append((process, thread))
                self._running += 1
                thread.start()

    def news(self, wait_s: float) -> Iterator[Found]:
        """What has arrived; waits once for up to ``wait_s``."""
        while True:
            try:
                answer = self._answers.get(timeout=wait_s) if wait_s else self._answers.get_nowait()
            except Empty:
                return
            wait_s = 0.0
            if answer is None:
                self._running -= 1
                continue
            first, line = answer
            for i, found in enumerate(_FOUND.validate_json(line)):
                yield first + i, found

    def close(self) -> None:
        """Ends every helper."""
        self.waiting.clear()
        for process, thread in self._processes:
            process.kill()
            process.wait()
            thread.join()

    def _serve(self, process: subprocess.Popen[bytes]) -> None:
        first = None
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with process.stdin as ask, process.stdout as answers:
                ask.write(self._salt.hex().encode() + b"\n")
                while (first := self.take()) is not None:
                    paths = self._paths[first : first + CHUNK]
                    ask.write(json.dumps(paths).encode() + b"\n")
                    ask.flush()
                    line = answers.readline()
                    if not line.endswith(b"\n"):
                        break
                    self._answers.put((first, line))
                    first = None
        except OSError:
            pass
        finally:
            if first is not None:
                self.waiting.append(first)
            self._answers.put(None)


def main() -> None:
    """Answers until the input ends."""
    reader = HeaderReader(bytes.fromhex(sys.stdin.buffer.readline().decode()))
    for line in sys.stdin.buffer:
        found = [reader.read(path) for path in json.loads(line)]
        sys.stdout.buffer.write(_FOUND.dump_json(found) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
