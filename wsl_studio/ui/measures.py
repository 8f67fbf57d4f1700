"""The measures of a session: kept by series, undone one by one, in no project file."""

from PySide6.QtCore import QObject, Signal

from wsl_studio.domain.measure import Measure


class Measures(QObject):
    """Measures by series; whether the reader's last act was one of them.

    They are notes to oneself and no labels: nothing of them reaches the journal.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_series: dict[str, tuple[Measure, ...]] = {}
        self._done: list[tuple[str, tuple[Measure, ...]]] = []
        self._undone: list[tuple[str, tuple[Measure, ...]]] = []
        self.is_last = False
        """True while the reader's last act was a measure, so that undo takes that back."""

    def of(self, series_uid: str) -> tuple[Measure, ...]:
        """Measures of a series, oldest first."""
        return self._by_series.get(series_uid, ())

    def add(self, series_uid: str, measure: Measure) -> None:
        """Keeps a measure."""
        self._set(series_uid, (*self.of(series_uid), measure))

    def remove(self, series_uid: str, measure: object = None) -> None:
        """Takes a measure away: the one given, or the last of the series."""
        now = self.of(series_uid)
        gone = measure if measure in now else now[-1] if now else None
        if gone is not None:
            self._set(series_uid, tuple(m for m in now if m is not gone and m != gone))

    def undo(self) -> bool:
        """Takes the last change back; False where the last act was no measure."""
        if not self.is_last or not self._done:
            return False
        self._travel(self._done, self._undone)
        self.is_last = bool(self._done)
        return True

    def redo(self) -> bool:
        """Does what was undone last again; False where there is nothing."""
        if not self._undone:
            return False
        self._travel(self._undone, self._done)
        self.is_last = True
        return True

    def labels_came_after(self) -> None:
        """A label was given since: undo belongs to it from now on."""
        self.is_last = False
        self._undone.clear()

    def _set(self, series_uid: str, measures: tuple[Measure, ...]) -> None:
        self._done.append((series_uid, self.of(series_uid)))
        self._undone.clear()
        self._by_series[series_uid] = measures
        self.is_last = True
        self.changed.emit()

    def _travel(
        self,
        source: list[tuple[str, tuple[Measure, ...]]],
        target: list[tuple[str, tuple[Measure, ...]]],
    ) -> None:
        uid, before = source.pop()
        target.append((uid, self.of(uid)))
        self._by_series[uid] = before
        self.changed.emit()
