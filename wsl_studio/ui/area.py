"""About how much of the series the selected finding fills, in the coarse steps of a reader."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wsl_studio.domain.label import Answer, Row
from wsl_studio.domain.words import say
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.parts import CalmWheel, Choice, Elided, allow, row
from wsl_studio.ui.theme import GRID_PX
from wsl_studio.ui.words import local, tr

AREAS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Shares of a series that a reader can tell apart at a glance."""

NOT_PRESENT: Final = say("Say that the finding is present first")


class AreaField(QWidget):
    """A list of shares; it offers none unless the selected finding is present.

    Args:
        say: Called with the share that was chosen, or None for no share.
        keys: For the key hint.
    """

    def __init__(self, say: Callable[[float | None], object], keys: KeyTable) -> None:
        super().__init__()
        self._say = say
        self.choice = Choice()
        self.choice.setAccessibleName(tr("How much it fills"))
        self.choice.setObjectName("area")
        self.choice.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.choice.installEventFilter(CalmWheel(self))
        self.choice.setProperty(
            "tip", keys.tip(tr("Share of all its slices that it fills"), "area")
        )
        self.choice.activated.connect(lambda k: say(self.choice.itemData(k)))
        line = row(Elided(tr("fills"), tone="dim"), self.choice)
        line.setContentsMargins(GRID_PX + 4, 0, GRID_PX + 4, 0)
        self.setLayout(line)
        self.show_label(None)

    @property
    def area(self) -> float | None:
        """The share on show."""
        value = self.choice.currentData()
        return None if value is None else float(value)

    def show_label(self, label: Row | None) -> None:
        """Shows the share of the answer that holds; one between our steps gets a line too."""
        area = label.area if label is not None else None
        self.choice.clear()
        self.choice.addItem(tr("share not said"), None)
        for one in sorted({*AREAS, *([] if area is None else [area])}):
            self.choice.addItem(tr("about {percent:.3g} %", percent=100 * one), one)
        self.choice.setCurrentIndex(self.choice.findData(area) if area is not None else 0)
        is_present = label is not None and label.answer is Answer.PRESENT
        allow(self.choice, "" if is_present else local(NOT_PRESENT))

    def step(self) -> None:
        """The next larger share, and after the largest none, if one can be said."""
        if self.choice.isEnabled():
            self._say(self.choice.itemData((self.choice.currentIndex() + 1) % self.choice.count()))
