"""Rounds under way: a warm worker process, followed through the files that it writes."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from PySide6.QtCore import QObject, QTimer, Signal

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Pace, say_time
from wsl_studio.domain.round import Epoch, Event, Failed, Finished, Manifest, Reported, Said
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import RoundRow, RoundState
from wsl_studio.store import rounds

log = logging.getLogger(__name__)

POLL_MS: Final = 100
KEEP_FREED: Final = {"MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "268435456"}
"""For glibc: blocks below 32 MiB, and of them up to 256 MiB that were freed, stay with the worker.
Maps of every step came from the system anew, page by page: a curriculum round of the demo took
10.3-10.7 s, with these 9.7-9.8 s. Whoever set them otherwise is obeyed; elsewhere they say nothing.
"""
ENDED: Final = say(
    "The training process ended without a word; it was killed or ran out of memory. "
    "Resume the round, or start one with smaller images."
)


def start_worker(arguments: list[str], *, log_file: Path) -> subprocess.Popen[bytes]:
    """Starts ``python -m wsl_studio.worker`` in a session of its own, so it outlives the window.

    Kernel autogrouping makes a plain nice value useless between terminals; a session of its own
    and the worker's own nice 10 together keep the window smooth (measured).
    """
    log_file.parent.mkdir(parents=True, exist_ok=True)
    with log_file.open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "wsl_studio.worker", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
            env={**KEEP_FREED, **os.environ},
        )


def follow(directory: Path, process: subprocess.Popen[bytes]) -> Iterator[Event | None]:
    """Events of a round as they are written; None about ten times a second in between.

    Ends after ``Finished`` or ``Failed``, or with a ``Failed`` of its own when the process ends
    without either.
    """
    offset = 0
    while True:
        has_ended = process.poll() is not None
        events, offset = rounds.read_events(directory, offset)
        for event in events:
            yield event
            if isinstance(event, Finished | Failed):
                return
        if has_ended:
            yield Failed(sentence=ENDED)
            return
        yield None
        time.sleep(POLL_MS / 1000)


def run_to_end(directory: Path) -> Generator[Event, None, None]:
    """Runs a round in a worker of its own and gives its events as they come.

    Closing the iterator early asks the round to stop with its best weights and waits for it.

    Raises:
        KnownError: The round failed; the sentence says why.
    """
    worker = start_worker([str(directory)], log_file=directory.parents[1] / "cache" / "worker.log")
    try:
        for event in follow(directory, worker):
            if isinstance(event, Failed):
                raise KnownError(event.sentence, event.advice)
            if event is not None:
                yield event
    finally:
        if worker.poll() is None:
            rounds.ask_to_stop(directory)
        if worker.stdin is not None:
            worker.stdin.close()
        worker.wait()


def row_of(manifest: Manifest, events: tuple[Event, ...], *, is_running: bool) -> RoundRow:
    """What the window shows of a round, from its files alone."""
    row = RoundRow(
        number=manifest.number,
        state=RoundState.RUNNING if is_running else RoundState.INTERRUPTED,
        method=manifest.method,
        n_labelled=manifest.n_labelled,
        label_revision=manifest.label_revision,
        created=manifest.created,
        stage="starting" if is_running else "",
    )
    for event in events:
        row = _advance(row, event)
    if not is_running:
        row = replace(row, stage="", done=0, total=0, left="")
    return row


def _advance(row: RoundRow, event: Event) -> RoundRow:
    if isinstance(event, Reported):
        return replace(row, stage=event.stage, done=event.done, total=event.total)
    if isinstance(event, Epoch):
        # A resumed round says its last epochs again; the later word holds.
        kept = tuple(e for e in row.epochs if e.epoch < event.epoch)
        stage = say("epoch {epoch} of at most {epochs}", epoch=event.epoch, epochs=event.epochs)
        return replace(
            row, epochs=(*kept, event), stage=stage, done=event.epoch, total=event.epochs
        )
    if isinstance(event, Said):
        return replace(row, sentence=event.sentence)
    if isinstance(event, Finished):
        state = RoundState.STOPPED if event.was_stopped else RoundState.FINISHED
        return replace(row, state=state, stage="", left="")
    sentence = f"{event.sentence} {event.advice}".strip()
    return replace(row, state=RoundState.FAILED, sentence=sentence, stage="", left="")


class Trainer(QObject):
    """Starts rounds in a warm worker and follows them.

    The worker imports torch once, at the start of the program, and takes one round after the
    other; a round that was started is followed by its files, also one of an earlier window.
    """

    advanced = Signal(object)  # RoundRow
    ended = Signal(object)  # RoundRow

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._worker: subprocess.Popen[bytes] | None = None
        self._directory: Path | None = None
        self._row: RoundRow | None = None
        self._offset = 0
        self._begun, self._pace, self._stage = 0.0, Pace(), ""
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def running(self) -> RoundRow | None:
        """The round under way."""
        return self._row

    def warm_up(self) -> None:
        """Starts the worker ahead of the first round, so that its imports are not waited for."""
        if self._worker is None or self._worker.poll() is not None:
            self._worker = start_worker(["--serve"], log_file=self._folder / "cache" / "worker.log")

    def start(self, directory: Path, manifest: Manifest) -> None:
        """Hands a round folder with its manifest to the worker."""
        (directory / "stop").unlink(missing_ok=True)
        _, self._offset = rounds.read_events(directory, 0)
        self.warm_up()
        assert self._worker is not None
        stdin = self._worker.stdin
        assert stdin is not None
        _write_line(stdin, str(directory))
        self._follow(directory, row_of(manifest, (), is_running=True))

    def ask(self, question: dict[str, object]) -> None:
        """Puts a question about a finished round to the idle worker (``wsl_studio.questions``)."""
        self.warm_up()
        assert self._worker is not None
        assert self._worker.stdin is not None
        _write_line(self._worker.stdin, json.dumps(question))

    @property
    def is_alive(self) -> bool:
        """True while the worker lives."""
        return self._worker is not None and self._worker.poll() is None

    def attach(self, directory: Path, manifest: Manifest) -> None:
        """Follows a round that an earlier window started and whose worker still runs."""
        events, self._offset = rounds.read_events(directory, 0)
        self._follow(directory, row_of(manifest, events, is_running=True))

    def stop(self) -> None:
        """Asks the round to end with its best weights so far, evidence and scores included."""
        if self._directory is not None:
            rounds.ask_to_stop(self._directory)

    def cancel(self) -> None:
        """Kills the worker and discards the round."""
        directory = self._directory
        if directory is None:
            return
        self._leave()
        self._kill_worker()
        rounds.discard(directory)
        self.warm_up()

    def close(self) -> None:
        """Lets go of the worker: an idle one ends, a busy one finishes its round by itself."""
        self._timer.stop()
        if self._worker is None:
            return
        if self._worker.stdin is not None:
            self._worker.stdin.close()
        if self._row is None:
            self._kill_worker()
        self._worker = None

    def _follow(self, directory: Path, row: RoundRow) -> None:
        self._directory, self._row = directory, row
        self._begun, self._pace, self._stage = time.monotonic(), Pace(), ""
        self._timer.start()
        self.advanced.emit(row)

    def _poll(self) -> None:
        directory, row = self._directory, self._row
        if directory is None or row is None:
            return
        has_ended = self._has_ended(directory)
        events, self._offset = rounds.read_events(directory, self._offset)
        for event in events:
            if isinstance(event, Reported):
                self._stage = event.stage  # an epoch gives the row words of its own
            row = _advance(row, event)
        if row.state is RoundState.RUNNING and has_ended:
            row = replace(row, state=RoundState.INTERRUPTED, sentence=ENDED, stage="")
        if row.state is not RoundState.RUNNING:
            self._leave()
            self.ended.emit(row)
        elif events:
            left = self._pace.seconds_left(self._stage, row.done, row.total, time.monotonic())
            self._row = replace(row, left=say_time(left))
            self.advanced.emit(self._row)

    def _has_ended(self, directory: Path) -> bool:
        if self._worker is not None:
            return self._worker.poll() is not None
        # A worker of an earlier window: it holds the round's lock as long as it lives.
        return time.monotonic() - self._begun > 2.0 and not rounds.is_running(directory)

    def _leave(self) -> None:
        self._timer.stop()
        self._directory = self._row = None

    def _kill_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        if os.name == "posix":
            try:
                os.killpg(worker.pid, signal.SIGKILL)
            except ProcessLookupError:
                log.info("worker had ended by itself")
        else:
            worker.kill()
        worker.wait(5)
        if worker.stdin is not None:
            worker.stdin.close()


def _write_line(stream: IO[bytes], text: str) -> None:
    stream.write(text.encode() + b"\n")
    stream.flush()
