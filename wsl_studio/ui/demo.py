"""The demo project, made by the command line in a process of its own."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer

from wsl_studio.domain.progress import say_time
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Notice, Work

TYPICAL_S = 40.0
"""What making the demo takes on two cores, for a first guess of the time left."""


class DemoMaker(QObject):
    """Runs ``wsl-studio demo --no-window`` and says when the project is ready.

    Args:
        show: Called with the work under way, and with None at its end.
        done: Called with the folder of the finished project.
        tell: Called with trouble.
        parent: The window.
    """

    def __init__(
        self,
        *,
        show: Callable[[Work | None], object],
        done: Callable[[Path], object],
        tell: Callable[[Notice], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._show, self._done, self._tell = show, done, tell
        self._folder = Path()
        self._seconds = 0
        self._is_cancelled = False
        self._process = QProcess(self)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    @property
    def is_busy(self) -> bool:
        """True while the demo is being made."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, folder: Path, command: tuple[str, ...] = ()) -> None:
        """Makes the demo in a folder; a finished one there is only opened.

        Args:
            folder: Of the project.
            command: Program and arguments before ``demo``; this program by default.
        """
        if self.is_busy:
            return
        self._folder, self._seconds, self._is_cancelled = folder, 0, False
        program, *rest = command or (sys.executable, "-m", "wsl_studio")
        self._process.start(
            program, [*rest, "demo", "--no-window", "--json", "--project", str(folder)]
        )
        self._timer.start()
        self._tick()

    def cancel(self) -> None:
        """Stops; the next start goes on from what is there."""
        self._is_cancelled = True
        self._process.terminate()

    def close(self) -> None:
        """Ends the process, for good."""
        self._is_cancelled = True
        if self.is_busy:
            self._process.kill()
            self._process.waitForFinished(2000)

    def _tick(self) -> None:
        rest = TYPICAL_S - self._seconds
        left = say_time(rest) if rest > 0 else ""
        self._seconds += 1
        self._show(Work(say("Making 60 phantom series"), left=left))

    def _on_finished(self, code: int) -> None:
        self._timer.stop()
        self._show(None)
        said = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace")
        trouble = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        if self._is_cancelled:
            return
        if code == 0:
            try:
                folder = Path(json.loads(said)["project"])
            except (ValueError, KeyError, TypeError):
                folder = self._folder
            self._done(folder)
            return
        last = trouble.strip().splitlines()[-1:] or [""]
        is_known = code == 1
        self._tell(
            Notice(
                last[0] if is_known and last[0] else "The demo could not be made.",
                "" if is_known else "Try another folder, or run wsl-studio doctor.",
                is_trouble=True,
            )
        )

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._timer.stop()
            self._show(None)
            self._tell(Notice("The demo could not be started.", is_trouble=True))
