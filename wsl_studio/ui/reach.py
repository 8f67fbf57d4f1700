"""What a reader can work by keyboard in a part of the window, and in which order."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTableView,
    QWidget,
)

CONTROLS: Final = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit,
    QPlainTextEdit,
)  # fmt: skip
"""What a reader can work by keyboard."""
_PARTS: Final = (QAbstractSpinBox, QComboBox, QLineEdit)
"""Controls whose inner widgets are not controls of their own."""
_SAME_LINE_PX: Final = 10


def controls(place: QWidget) -> list[QWidget]:
    """Everything in a place that can be worked now, in the order in which it is read."""
    found = [w for w in place.findChildren(QWidget) if is_control(w) and w.isVisible()]
    can = [w for w in found if w.isEnabled() and w.width() and w.window() is place.window()]
    return in_reading_order(can, place)


def is_control(widget: QWidget) -> bool:
    """True for a widget that a reader works; inner parts of one and scroll bars are none."""
    if not isinstance(widget, CONTROLS) or isinstance(widget, QScrollBar | QHeaderView):
        return False
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, (*_PARTS, QHeaderView)):
            return False
        above = above.parentWidget()
    return not isinstance(widget.parentWidget(), QAbstractItemView)


def in_reading_order(widgets: Sequence[QWidget], place: QWidget) -> list[QWidget]:
    """Line by line, each from the left; what is centred at nearly one height is one line."""
    middles = {id(w): w.mapTo(place, QPoint(w.width() // 2, w.height() // 2)) for w in widgets}
    lines: list[list[QWidget]] = []
    for widget in sorted(widgets, key=lambda w: middles[id(w)].y()):
        last = lines[-1][0] if lines else None
        near = last is not None and (
            middles[id(widget)].y() - middles[id(last)].y() <= _SAME_LINE_PX
        )
        if near:
            lines[-1].append(widget)
        else:
            lines.append([widget])
    return [w for line in lines for w in sorted(line, key=lambda w: middles[id(w)].x())]


def reach_by_tab(page: QWidget) -> None:
    """Lets Tab reach every control of a page: there is no picture that wants the keyboard."""
    for one in page.findChildren(QWidget):
        if is_control(one) and one.focusPolicy() in (
            Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.ClickFocus
        ):  # fmt: skip
            is_button = isinstance(one, QAbstractButton)
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_button else Qt.FocusPolicy.StrongFocus)
        if isinstance(one, QTableView):
            one.setTabKeyNavigation(False)
