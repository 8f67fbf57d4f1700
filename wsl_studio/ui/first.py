"""The first slice of a series, painted while the others are read; no tool can act on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wsl_studio.jobs.values import Change
from wsl_studio.ui.picture import Picture
from wsl_studio.ui.presets import Presets

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session


class First(QObject):
    """Puts the slice that the reader process answers first on the canvas.

    Made after what clears the canvas when another series is selected.

    Args:
        session: What is open.
        canvas: Where the series will be.
        presets: Give the window that the series will open with.
    """

    def __init__(self, session: Session, canvas: Picture, presets: Presets) -> None:
        super().__init__(canvas)
        self._session, self._canvas, self._presets = session, canvas, presets
        session.changed.connect(self._on_change)

    def _on_change(self, change: Change) -> None:
        first = self._session.first
        if change.volume and first is not None and self._canvas.view is None:
            self._canvas.set_first(first, self._presets.open(first))
            self._presets.open(None)  # nothing may be chosen before the series is whole
