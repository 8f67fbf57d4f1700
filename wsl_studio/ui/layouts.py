"""What the layout keys do: arrange the stage, choose the second series, turn the planes."""

from dataclasses import replace
from functools import partialmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wsl_studio.jobs.values import Notice
from wsl_studio.ui.layout import (
    Kind,
    Layout,
    next_picture,
    next_through,
    show,
    thicker,
    why_not,
)
from wsl_studio.ui.stage import Stage
from wsl_studio.ui.words import local

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session


class Layouts(QObject):
    """Arranges the stage; says in a sentence why an arrangement can't be shown."""

    def __init__(self, session: "Session", stage: Stage) -> None:
        super().__init__(stage)
        self._session, self._stage = session, stage
        self.has_before = False
        """True while evidence of an earlier round may be drawn."""
        self.compared = ""
        """Series that stands beside; empty for none."""

    @property
    def now(self) -> Layout:
        """The arrangement on screen."""
        return self._stage.layout_value

    def _show(self, kind: Kind) -> None:
        wanted = show(self.now, kind)
        if wanted.kind is Kind.COMPARE:
            self._choose(self.compared)
        why = why_not(
            wanted.kind,
            self._session.volume,
            has_other=bool(self.compared),
            has_before=self.has_before,
        )
        if why and wanted.kind is not Kind.SINGLE:
            self._session.notice.emit(Notice(why))
            return
        self._stage.set_layout(wanted)

    single = partialmethod(_show, Kind.SINGLE)
    planes = partialmethod(_show, Kind.PLANES)
    compare = partialmethod(_show, Kind.COMPARE)
    rounds = partialmethod(_show, Kind.ROUNDS)
    beside = partialmethod(_show, Kind.BESIDE)
    tiles = partialmethod(_show, Kind.TILES)

    def try_show(self, kind: Kind) -> None:
        """Another arrangement where the series has it; says nothing where it has not."""
        volume = self._session.volume
        if not why_not(kind, volume, has_other=False, has_before=self.has_before):
            self._stage.set_layout(show(self.now, kind))

    def next_compared(self) -> None:
        """Another second series: those of the study first, then of the patient, then all."""
        rows = [row.uid for row in self._session.companions]
        if not rows:
            self._session.notice.emit(Notice("There is no second series to put beside it."))
            return
        here = rows.index(self.compared) if self.compared in rows else -1
        if self.now.kind is not Kind.COMPARE:
            self.compare()
        else:
            self._choose(rows[(here + 1) % len(rows)])

    def _choose(self, uid: str) -> None:
        rows = [row.uid for row in self._session.companions]
        if uid not in rows:
            uid = rows[0] if rows else ""
        self.compared = uid
        self._session.compare(uid)
        self.take_compared()

    def take_compared(self) -> None:
        """Shows the second series once its pixels are there."""
        uid = self.compared
        row = self._session.row_of(uid)
        volume = self._session.compared if uid else None
        if volume is not None and volume.series_uid != uid:
            volume = None
        words = "" if row is None else f"#{row.number}  {local(row.title)}"
        self._stage.set_other(volume, words)

    def forget(self) -> None:
        """Another series is on screen: nothing is compared with it yet."""
        self.compared = ""

    def toggle_spread(self) -> None:
        """Repeatability beside the evidence, off and on."""
        value = replace(self.now, has_spread=not self.now.has_spread, active=0)
        if value.has_spread and self._session.volume is None:
            self._session.notice.emit(Notice("There is no picture yet."))
            return
        self._stage.set_layout(value)

    def next_picture(self) -> None:
        """The keys turn the next picture."""
        self._stage.set_layout(next_picture(self.now))

    def thicker(self) -> None:
        """A thicker slab."""
        self._slab(thicker(self.now, 1))

    def thinner(self) -> None:
        """A thinner slab."""
        self._slab(thicker(self.now, -1))

    def next_through(self) -> None:
        """Mean, MIP, MinIP."""
        self._slab(next_through(self.now))

    def _slab(self, value: Layout) -> None:
        volume = self._session.volume
        if volume is not None and volume.geometry is None:
            self._session.notice.emit(Notice("These slices have no known distance: no slabs."))
            return
        self._stage.set_layout(value)

    def toggle_link(self) -> None:
        """Two series scroll together, or each by itself."""
        self._stage.set_layout(replace(self.now, is_linked=not self.now.is_linked))

    def toggle_lines(self) -> None:
        """Crosshair and reference lines off and on."""
        self._stage.set_layout(replace(self.now, has_lines=not self.now.has_lines))
