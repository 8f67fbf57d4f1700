"""The keyboard walks the window: from place to place by one key, through a place by Tab.

Tab alone chooses the next finding while the picture has the keyboard, and buttons never take it
when they are clicked; so a walk is begun by a key of its own and ended by Esc or a click.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QScrollArea,
    QTableView,
    QWidget,
)

from wsl_studio.ui.halo import Halo
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.reach import controls, in_reading_order
from wsl_studio.ui.theme import ink

_OWN: Final = frozenset((
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape, Qt.Key.Key_Delete,
))  # fmt: skip
"""Keys that belong to the control that a walk stands on; others do what they always do."""


class Walk(QObject):
    """Where the keyboard is on its walk, with a ring round it.

    Args:
        window: Whose places they are.
        places: Their widgets, in order; those out of sight are passed over.
        home: The picture, one of ``places``: it has the keyboard outside a walk.
        go_home: Gives the keyboard to the picture.
        keys: For the keys that walk.
    """

    def __init__(
        self,
        window: QWidget,
        places: Sequence[QWidget],
        home: QWidget,
        go_home: Callable[[], object],
        keys: KeyTable,
    ) -> None:
        super().__init__(window)
        self._places, self._home, self._go_home = tuple(places), home, go_home
        self._window, self._keys = window, keys
        self._at: QWidget | None = None
        self._last: dict[int, QWidget] = {}
        self.ring = Halo(window, lambda: ink().text)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    @property
    def at(self) -> QWidget | None:
        """The control that the walk stands on; None outside a walk."""
        return self._at

    def next_place(self) -> None:
        """To the next place in sight."""
        self._go(1)

    def previous_place(self) -> None:
        """To the place before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        here = self._place_of(QApplication.focusWidget())
        n = len(self._places)
        for k in range(1, n + 1):
            at = (here + by * k) % n
            place = self._places[at]
            is_here = place.window() is self._window
            if place is self._home:
                place.window().activateWindow()  # it may stand in a window of its own
                self._go_home()
                self._stand(None)
                self.ring.point_at(place if is_here else None)
                return
            if not place.isVisible() or not is_here:
                continue
            if found := controls(place):
                last = self._last.get(at)
                self._stand(next((one for one in found if one is last), found[0]))
                return

    def _place_of(self, widget: QWidget | None) -> int:
        """Number of the place that a widget is in; that of the picture for none."""
        for k, place in enumerate(self._places):
            if widget is not None and (place is widget or place.isAncestorOf(widget)):
                return k
        return self._places.index(self._home)

    def step(self, is_next: bool) -> bool:
        """To the next control of the place, or the one before; False outside a walk."""
        if self._at is None:
            return False
        place = self._places[self._place_of(self._at)]
        found = controls(place)
        if not any(one is self._at for one in found):  # it was hidden, or can't be used any more
            found = in_reading_order([*found, self._at], place)
        at = next(k for k, one in enumerate(found) if one is self._at)
        self._stand(found[(at + (1 if is_next else -1)) % len(found)])
        return True

    def _stand(self, control: QWidget | None) -> None:
        self._at = control
        self.ring.point_at(control)
        if control is None:
            return
        self._window.activateWindow()
        self._last[self._place_of(control)] = control
        if isinstance(control, QTableView):
            control.setTabKeyNavigation(False)
        if isinstance(control, QAbstractItemView) and not control.currentIndex().isValid():
            control.setCurrentIndex(control.model().index(0, 0))
        above = control.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(control)
            above = above.parentWidget()
        control.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """A click, a page or Esc ends the walk; a menu that is open does not."""
        if new is not self._at and QApplication.activePopupWidget() is None:
            self._at = None
            self.ring.point_at(None)

    # Keys -------------------------------------------------------------------------------------

    def owns(self, event: QKeyEvent) -> bool:
        """True if a key belongs to the control that the walk stands on."""
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        return self._at is not None and plain and event.key() in _OWN

    def walks(self, event: QKeyEvent) -> bool:
        """True if a key goes to another place, also while something is typed."""
        key = Qt.Key.Key_Tab if event.key() == Qt.Key.Key_Backtab else Qt.Key(event.key())
        text = QKeySequence(QKeyCombination(event.modifiers(), key)).toString()
        names = ("next_place", "previous_place")
        return "+" in text and any(text in self._keys.keys(name) for name in names)

    def press(self, event: QKeyEvent) -> bool:
        """Enter presses the button that the walk stands on; True if it did."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(self._at, QAbstractButton):
            self._at.click()
            return True
        return False
