"""Long work on the window's own thread, a few milliseconds at each turn of the event loop."""

import gc
import time
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Steps, say_time, seconds_left
from wsl_studio.jobs.values import Work

SLICE_S: Final = 0.008
"""Time for long work at each turn: a key waits no longer."""
TOLD_EVERY_S: Final = 0.1
TOLD_AFTER_S: Final = 0.15
"""Quicker work is not told of: a line that comes and goes at once would flicker."""


_holding: list[None] = []


def hold_garbage() -> None:
    """No search for garbage while long lists are made: with 100,000 series one takes a second."""
    _holding.append(None)
    gc.disable()


def let_garbage() -> None:
    """Searches go on, but never again through what is there now: a list is let go as a whole."""
    _holding.pop()
    if not _holding:
        gc.freeze()
        gc.enable()


class Slices(QObject):
    """One long step at a time; not in a thread, for there is one Session and one writer."""

    advanced = Signal()
    failed = Signal(object)  # KnownError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Steps[Any] | None = None
        self._take: Callable[[Any], object] | None = None
        self._begun = self._told = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self.work: Work | None = None

    @property
    def is_running(self) -> bool:
        """True while a step is under way."""
        return self._steps is not None

    def start(self, steps: Steps[Any], take: Callable[[Any], object], text: str = "") -> None:
        """Goes on with a step until its end.

        Args:
            steps: The step.
            take: Gets its result.
            text: Told at once, where the step goes on with work that was told of before.
        """
        self.stop()
        self.work = Work(text) if text else None
        self._steps, self._take, self._begun = steps, take, time.monotonic()
        self._told = self._begun + TOLD_AFTER_S - TOLD_EVERY_S
        self._timer.start()
        hold_garbage()

    def stop(self) -> None:
        """Gives the step up; nobody is called back."""
        steps, self._steps, self.work = self._steps, None, None
        if self._timer.isActive():
            self._timer.stop()
            let_garbage()
        if steps is not None:
            steps.close()

    def _go_on(self) -> None:
        assert self._steps is not None
        end = time.monotonic() + SLICE_S
        try:
            while time.monotonic() < end:
                at = next(self._steps)
        except StopIteration as done:
            take, self._steps = self._take, None
            self.stop()
            assert take is not None
            take(done.value)
            return
        except KnownError as trouble:
            self._steps = None
            self.stop()
            self.failed.emit(trouble)
            return
        if time.monotonic() - self._told > TOLD_EVERY_S:
            self._told = time.monotonic()
            left = seconds_left(self._told - self._begun, at.fraction)
            text = at.text or (self.work.text if self.work else "")
            self.work = Work(text, at.done, at.total, say_time(left))
            self.advanced.emit()
