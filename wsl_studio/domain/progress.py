"""Long work as generators: each ``yield`` is a report and a safe place to stop."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from wsl_studio.domain.words import say

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """How far a piece of long work is.

    Args:
        done: Units finished.
        total: Units in all; 0 while it is not known.
        text: What is being done, for the reader, without patient names.
    """

    done: int
    total: int
    text: str = ""

    @property
    def fraction(self) -> float | None:
        """Share done in [0, 1], or None while the total is not known."""
        return min(1.0, self.done / self.total) if self.total > 0 else None


Steps = Generator[Progress, None, T]
"""A long step: yields ``Progress`` at least every 0.2 s, returns ``T``, raises ``KnownError``."""


def drain(steps: Generator[A, None, T], report: Callable[[A], None] | None = None) -> T:
    """Runs long work to its end, handing every report to ``report``."""
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            value: T = end.value
            return value
        if report is not None:
            report(progress)


def told(work: Generator[A, None, T], change: Callable[[A], B]) -> Generator[B, None, T]:
    """The same work as part of another, with every report said in its words."""
    while True:
        try:
            report = next(work)
        except StopIteration as end:
            value: T = end.value
            return value
        yield change(report)


def seconds_left(elapsed_s: float, fraction: float | None) -> float | None:
    """Time left in seconds at the mean speed so far; None before 2 % is done."""
    if fraction is None or fraction < 0.02:
        return None
    return elapsed_s * (1.0 - fraction) / fraction


@dataclass
class Pace:
    """Time left of work in stages, each at the speed it was seen to have.

    What was done before anybody looked counts for nothing: it says nothing of speed. Between two
    steps the time left runs down.
    """

    _stage: str | None = None
    _first: tuple[int, float] = (0, 0.0)
    _last: tuple[int, float] = (0, 0.0)

    def seconds_left(self, stage: str, done: int, total: int, now: float) -> float | None:
        """Seconds left of a stage of which ``done`` of ``total`` is done at ``now``, in seconds.

        None before a step was seen; another stage, or one that begins again, starts anew.
        """
        if stage != self._stage or done < self._last[0]:
            self._stage, self._first, self._last = stage, (done, now), (done, now)
        if done > self._last[0]:
            self._last = (done, now)
        (begun, start), (seen, at) = self._first, self._last
        whole = total - begun
        left = seconds_left(at - start, (seen - begun) / whole if whole > 0 else None)
        return None if left is None else max(0.0, left - (now - at))


def say_span(seconds: float) -> str:
    """``'34 s'``, ``'3 min'`` or ``'1.5 h'``."""
    if seconds < 90:
        return say("{n} s", n=max(1, round(seconds)))
    if seconds < 5400:
        return say("{n} min", n=round(seconds / 60))
    return say("{n:.1f} h", n=seconds / 3600)


def say_time(seconds: float | None) -> str:
    """``'34 s left'``, ``'3 min left'``, or an empty text when it is not known."""
    if seconds is None:
        return ""
    if seconds < 90:
        return say("{n} s left", n=max(1, round(seconds)))
    if seconds < 5400:
        return say("{n} min left", n=round(seconds / 60))
    return say("{n:.1f} h left", n=seconds / 3600)
