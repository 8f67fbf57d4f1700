"""A page that stands over the window fits its screen, scrolls, and is reached by Tab."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from wsl_studio.ui.parts import column, scrolled
from wsl_studio.ui.reach import reach_by_tab
from wsl_studio.ui.theme import GRID_PX, scaled

EDGE_PX: Final = 4 * GRID_PX
"""Of the screen that a page leaves free, for its frame."""


class _Inside(QWidget):
    """Scrolls only where its least height has no room, not where its favourite one has none."""

    def heightForWidth(self, width: int) -> int:
        """The least height at a width, px."""
        layout = self.layout()
        return -1 if layout is None else layout.totalMinimumHeightForWidth(width)


def settle(page: QDialog) -> None:
    """Makes a page that was just built ready to be shown.

    Its size, given at 100 %, follows the size of text up to that of the screen; what then has too
    little room scrolls. Tab reaches every control.
    """
    layout, inside, has = page.layout(), _Inside(), page.focusWidget()
    assert layout is not None
    inside.setLayout(layout)
    outer = column()
    outer.addWidget(scrolled(inside))
    page.setLayout(outer)
    reach_by_tab(page)
    if has is not None:
        has.setFocus()
    most = page.screen().availableGeometry().size()
    if (over := page.parentWidget()) is not None:
        most = most.expandedTo(over.window().size())
    wanted = QSize(scaled(page.width()), scaled(page.height()))
    if layout.hasHeightForWidth():  # words that wrap
        wanted.setHeight(max(wanted.height(), layout.totalMinimumHeightForWidth(wanted.width())))
    page.resize(
        wanted.expandedTo(inside.minimumSizeHint()).boundedTo(most - QSize(EDGE_PX, EDGE_PX))
    )
