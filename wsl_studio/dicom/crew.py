"""Decoder processes: a frame whose decoder aborts, hangs or swells costs that frame alone.

A frame goes to a process of ``wsl_studio.decoder`` and comes back through a file in shared
memory. Processes start when first needed and live as long as this one; one that dies or is
overdue is replaced. Two of them decode a long series twice as fast, whatever lock a codec holds.
"""

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.dicom.codestream import check_frame
from wsl_studio.dicom.guard import guarded
from wsl_studio.dicom.syntaxes import Layout, NotReadable
from wsl_studio.domain.words import say

LANES: Final = min(4, os.cpu_count() or 1)
"""Processes at most, hence frames decoded at once."""

COMMAND: Final = [sys.executable, "-m", "wsl_studio.decoder"]

CPU_S: Final = 2.0
PIXELS_A_S: Final = 2e6
"""A frame may take ``CPU_S`` and a second for so many pixels, in seconds of the processor, since
a busy machine is no fault of the frame: a JPEG 2000 mammogram of 13.6 million takes 0.9 s and may
take 8.8; a 512 x 512 slice takes 0.06 s and may take 2.1."""

WALL_S: Final = 15.0
"""By the clock it may take this and five times as long; only a decoder that sleeps needs that."""

START_S: Final = 20.0
"""A process that is not ready by then is given up."""

BASE_BYTES: Final = 256 * 2**20
MOST_BYTES: Final = 3 * 2**29
"""A decoder may use ``BASE_BYTES`` and 12 times the frame (OpenJPEG holds two 32-bit copies of
one of 16 bits), at most ``MOST_BYTES``."""

CRASHED: Final = say("its decoder crashed on it")


def deadline_s(layout: Layout) -> float:
    """Longest time for one frame, in seconds of the processor."""
    return CPU_S + layout.rows * layout.columns * layout.frames / PIXELS_A_S


def wall_s(layout: Layout) -> float:
    """Longest time for one frame by the clock, in seconds."""
    return WALL_S + 5.0 * deadline_s(layout)


def memory_bytes(layout: Layout) -> int:
    """Memory that a decoder may take for one frame, beside what its process has anyway."""
    return min(MOST_BYTES, BASE_BYTES + 12 * layout.n_bytes)


class Done:
    """A frame that needs no decoder; worked out where it is asked for."""

    def __init__(self, work: Callable[[], NDArray[Any]]) -> None:
        self._work = work

    def is_over(self, wait_s: float) -> bool:
        """Always; as ``Pending.is_over``."""
        return wait_s >= 0

    def cancel(self) -> None:
        """Nothing to do; as ``Pending.cancel``."""

    def result(self) -> NDArray[Any]:
        """The frame; raises ``NotReadable``."""
        return guarded(self._work)


@dataclass(eq=False)
class _Job:
    """One frame on its way."""

    data: bytes
    layout: Layout
    syntax: str
    over: threading.Event = field(default_factory=threading.Event)
    is_cancelled: bool = False
    array: NDArray[Any] | None = None
    trouble: str = say("its decoder stopped without an answer")


class Pending:
    """A frame in a decoder process."""

    def __init__(
        self, job: _Job, finish: Callable[[NDArray[Any]], NDArray[Any]], crew: "Crew"
    ) -> None:
        self._job = job
        self._finish = finish
        self._crew = crew

    def is_over(self, wait_s: float) -> bool:
        """Waits up to ``wait_s``; True if the frame is decoded, has failed or was overdue."""
        if self._job.over.wait(wait_s):
            return True
        for lane in self._crew.lanes:
            lane.end_if_overdue()
        return False

    def cancel(self) -> None:
        """Nobody wants it any more; one that is not begun never will be."""
        self._job.is_cancelled = True

    def result(self) -> NDArray[Any]:
        """The decoded frame; waits for it up to its deadline.

        Raises:
            NotReadable: Its decoder failed, died, took too long or wanted too much memory.
        """
        while not self.is_over(0.1):
            pass
        array, self._job.array = self._job.array, None
        if array is None:
            raise NotReadable(self._job.trouble)
        return guarded(lambda: self._finish(array))


class Clip:
    """The frames of a video, decoded together once and asked for one by one."""

    def __init__(self, pending: Pending) -> None:
        self._pending = pending
        self._frames: NDArray[Any] | None = None
        self._why = ""

    def frame(self, index: int) -> "Part":
        """One of its frames, decoded or on the way."""
        return Part(self, index)

    def take(self, index: int) -> NDArray[Any]:
        """One of its frames; waits for all of them."""
        if self._frames is None and not self._why:
            try:
                self._frames = self._pending.result()
            except NotReadable as why:
                self._why = str(why)
        if self._frames is None:
            raise NotReadable(self._why)
        if index >= len(self._frames):
            raise NotReadable("its video stream ends before this frame")
        frame: NDArray[Any] = self._frames[index]
        return frame

    def is_over(self, wait_s: float) -> bool:
        """As ``Pending.is_over``."""
        return self._frames is not None or bool(self._why) or self._pending.is_over(wait_s)

    def cancel(self) -> None:
        """As ``Pending.cancel``."""
        self._pending.cancel()


@dataclass(frozen=True, eq=False)
class Part:
    """One frame of a clip, as a ``Pending``."""

    clip: Clip
    index: int

    def is_over(self, wait_s: float) -> bool:
        """As ``Pending.is_over``."""
        return self.clip.is_over(wait_s)

    def cancel(self) -> None:
        """As ``Pending.cancel``."""
        self.clip.cancel()

    def result(self) -> NDArray[Any]:
        """As ``Pending.result``."""
        return self.clip.take(self.index)


class Crew:
    """Decoder processes that share one queue of frames."""

    def __init__(self) -> None:
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.lanes: list[_Lane] = []
        self._guard = threading.Lock()

    def put(self, job: _Job) -> None:
        """Hands a frame to the next free process; starts one more if none is free."""
        with self._guard:
            self.jobs.put(job)
            free = sum(lane.is_idle for lane in self.lanes)
            if free < self.jobs.qsize() and len(self.lanes) < LANES:
                self.lanes.append(_Lane(self.jobs))

    def warm_up(self) -> None:
        """Starts one process ahead of the first frame."""
        with self._guard:
            if not self.lanes:
                self.lanes.append(_Lane(self.jobs))

    def close(self) -> None:
        """Ends every process."""
        with self._guard:
            for lane in self.lanes:
                self.jobs.put(None)
                lane.close()


_crew = Crew()
_folder: str | None = None


def submit(
    data: bytes,
    layout: Layout,
    syntax: str,
    finish: Callable[[NDArray[Any]], NDArray[Any]] = lambda array: array,
) -> Pending:
    """Gives a frame to the next free decoder process.

    Args:
        data: Coded bytes of the frame.
        layout: What the header says.
        syntax: Transfer syntax.
        finish: Applied to the decoded frame here, where its result is asked for.

    Raises:
        NotReadable: The frame contradicts its header.
    """
    check_frame(data, layout, str(syntax))
    job = _Job(data, layout, str(syntax))
    _crew.put(job)
    return Pending(job, finish, _crew)


def use_folder(folder: Path) -> None:
    """Frames come and go through files of this folder, whose owner clears it when all is over."""
    global _folder
    _folder = str(folder)


def warm_up() -> None:
    """Starts one decoder process ahead of the first frame."""
    _crew.warm_up()


@atexit.register
def close() -> None:
    """Ends every decoder process; the next frame starts anew."""
    global _crew
    _crew.close()
    _crew = Crew()


class _Lane:
    """One decoder process and the thread that feeds it."""

    def __init__(self, jobs: "queue.SimpleQueue[_Job | None]") -> None:
        self.is_idle = True
        self._jobs = jobs
        self._code: int | None = None
        self._served = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._end = float("inf")
        self._is_late = False
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, daemon=True, name="decoder")
        self._thread.start()

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            self._start()
        while (job := self._jobs.get()) is not None:
            self.is_idle = False
            if not job.is_cancelled and not self._is_closed:
                try:
                    job.array = self._decode(job)
                except NotReadable as why:
                    job.trouble = str(why)
                except OSError as error:
                    words = (error.strerror or type(error).__name__).lower()
                    job.trouble = say("it cannot be handed to its decoder ({words})", words=words)
            job.data = b""
            self.is_idle = True
            job.over.set()
            if not self._is_closed:
                with contextlib.suppress(OSError):
                    self._start()  # after a crash, so that the next frame need not wait for it
        self._stop()

    def _start(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._stop()
        self._served = 0
        self._process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._process

    def _decode(self, job: _Job) -> NDArray[Any]:
        process = self._start()
        fd, name = tempfile.mkstemp(prefix="wsl-frame-", dir=_folder or shared_memory())
        try:
            with os.fdopen(fd, "wb") as stream:
                stream.write(job.data)
            limit_s, end_s = deadline_s(job.layout), wall_s(job.layout)
            request = {
                "file": name, "syntax": job.syntax, "layout": asdict(job.layout),
                "cpu": limit_s, "wall": end_s, "bytes": memory_bytes(job.layout),
            }  # fmt: skip
            self._is_late, self._end = False, time.monotonic() + START_S
            assert process.stdin is not None
            assert process.stdout is not None
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.flush()
            # Its first word says that it has begun: loading its libraries is not the frame's fault.
            begun = process.stdout.readline()
            self._end = time.monotonic() + end_s if begun else self._end
            line = process.stdout.readline() if begun else b""
            if not line:
                is_used = self._served > 0
                self._stop()
                why = self._why(limit_s)
                if is_used and why == CRASHED:
                    # An earlier, damaged frame may have hurt the process: a fresh one tells.
                    return self._decode(job)
                raise NotReadable(why)
            self._served += 1
            answer = json.loads(line)
            if "trouble" in answer:
                raise NotReadable(answer["trouble"])
            return np.fromfile(name, answer["dtype"]).reshape(answer["shape"])
        finally:
            self._end = float("inf")
            Path(name).unlink(missing_ok=True)

    def _why(self, limit_s: float) -> str:
        if self._is_late or self._code in (-14, -27):  # SIGALRM, SIGPROF: its own clocks
            return say("its decoder did not finish within {limit_s:.0f} s", limit_s=limit_s)
        return CRASHED

    def end_if_overdue(self) -> None:
        """Kills a process that has had its time; whoever waits for the frame is told."""
        process = self._process
        if time.monotonic() > self._end and process is not None:
            self._is_late, self._end = True, float("inf")
            process.kill()

    def _stop(self) -> None:
        process, self._process = self._process, None
        self._code = None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            self._code = process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            self._code = process.wait()

    def close(self) -> None:
        """Ends the process and its thread, which has been told to take no more."""
        self._is_closed = True
        if (process := self._process) is not None:
            process.kill()
        self._thread.join(2)


def shared_memory() -> str | None:
    """Folder of shared memory where there is one, so that pixels do not touch a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
