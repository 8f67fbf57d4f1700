"""Cine: slices turn by themselves, back and forth or round, as fast as the reader says."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

SPEEDS: Final = (2, 5, 8, 12, 16, 24, 30, 40, 60)
"""Slices a second."""
FIRST: Final = 12


class Cine(QObject):
    """A clock that asks for the next slice; it stops by itself when there is nothing to turn."""

    tick = Signal()
    """Turn one slice on, the first after the last."""
    changed = Signal()
    """Started, stopped or another speed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.speed = FIRST
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)

    @property
    def is_running(self) -> bool:
        """True while slices turn."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Starts or stops."""
        if self.is_running:
            self.stop()
        else:
            self._timer.start(round(1000 / self.speed))
            self.changed.emit()

    def stop(self) -> None:
        """Stops."""
        if self.is_running:
            self._timer.stop()
            self.changed.emit()

    def faster(self) -> None:
        """The next speed up."""
        self._step(1)

    def slower(self) -> None:
        """The next speed down."""
        self._step(-1)

    def _step(self, by: int) -> None:
        k = min(max(SPEEDS.index(self.speed) + by, 0), len(SPEEDS) - 1)
        self.speed = SPEEDS[k]
        if self.is_running:
            self._timer.start(round(1000 / self.speed))
        self.changed.emit()
