"""The measures on the pictures: what the journal holds of them, and the hand that changes it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from wsl_studio.domain.measure import Measure

Read = Callable[[str], tuple[Measure, ...]]
Keep = Callable[[str, tuple[Measure, ...]], object]


class Measures(QObject):
    """Measures by series: notes of a reader to themselves, and no labels.

    They are kept like a note: every change is one row of the journal, which undo takes back.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read: Read = lambda _uid: ()
        self._keep: Keep = lambda _uid, _measures: None

    def bind(self, read: Read, keep: Keep) -> None:
        """Where they are read and kept."""
        self._read, self._keep = read, keep

    def of(self, series_uid: str) -> tuple[Measure, ...]:
        """Measures of a series, oldest first."""
        return self._read(series_uid) if series_uid else ()

    def add(self, series_uid: str, measure: Measure) -> None:
        """Keeps a measure."""
        self._keep(series_uid, (*self.of(series_uid), measure))
        self.changed.emit()

    def remove(self, series_uid: str, measure: object = None) -> None:
        """Takes a measure away: the one given, or the last of the series."""
        now = self.of(series_uid)
        gone = measure if measure in now else now[-1] if now else None
        if gone is not None:
            self._keep(series_uid, tuple(m for m in now if m is not gone and m != gone))
            self.changed.emit()
