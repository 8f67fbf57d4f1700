"""About how large the selected finding is: mm across, or a share of the series."""

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wsl_studio.domain.label import Answer, Row
from wsl_studio.domain.series import Series
from wsl_studio.domain.size import Size, sizes
from wsl_studio.domain.words import say
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.parts import CalmWheel, Choice, Elided, allow, row
from wsl_studio.ui.theme import GRID_PX
from wsl_studio.ui.words import local, tr

NOT_PRESENT: Final = say("Say that the finding is present first")


class AreaField(QWidget):
    """A list of sizes; it offers none unless the selected finding is present.

    Args:
        say: Called with the share of the series that was chosen, or None for no size.
        keys: For the key hint.
    """

    def __init__(self, say: Callable[[float | None], object], keys: KeyTable) -> None:
        super().__init__()
        self._say = say
        self.choice = Choice()
        self.choice.setAccessibleName(tr("How large it is"))
        self.choice.setObjectName("area")
        self.choice.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.choice.installEventFilter(CalmWheel(self))
        tip = keys.tip(tr("About how large it is: across, or its share of all slices"), "area")
        use = tr("The method “Three levels and a known area (CDWS-MIL)” learns from it.")
        self.choice.setProperty("tip", f"{tip}\n{use}")
        self.choice.activated.connect(lambda k: say(self.choice.itemData(k)))
        line = row(Elided(tr("size"), tone="dim"), self.choice)
        line.setContentsMargins(GRID_PX + 4, 0, GRID_PX + 4, 0)
        self.setLayout(line)
        self.show_label(None, None)

    @property
    def area(self) -> float | None:
        """The share on show."""
        value = self.choice.currentData()
        return None if value is None else float(value)

    def show_label(self, label: Row | None, series: Series | None) -> None:
        """Shows the size that goes with the answer that holds.

        Args:
            label: The answer; None without one.
            series: The open series, which says what a size in mm is a share of.
        """
        area = label.area if label is not None else None
        self.choice.clear()
        self.choice.addItem(tr("not said"), None)
        for k, one in enumerate(sizes(series, area), start=1):
            self.choice.addItem(_words(one), one.share)
            if area is not None and math.isclose(area, one.share):
                self.choice.setCurrentIndex(k)
        is_present = label is not None and label.answer is Answer.PRESENT
        allow(self.choice, "" if is_present else local(NOT_PRESENT))

    def step(self) -> None:
        """The next larger size, and after the largest none, if one can be said."""
        if self.choice.isEnabled():
            self._say(self.choice.itemData((self.choice.currentIndex() + 1) % self.choice.count()))


def _words(size: Size) -> str:
    """As radiologists say it: nodules in mm, masses in cm."""
    if size.across_mm is None:
        return tr("≈ {percent:.3g} % of all", percent=100 * size.share)
    if size.across_mm < 20:
        return tr("≈ {mm:.2g} mm", mm=size.across_mm)
    return tr("≈ {cm:.2g} cm", cm=size.across_mm / 10)
