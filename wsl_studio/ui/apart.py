"""The picture in a window of its own, for a second screen; every key works in both windows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter, QVBoxLayout, QWidget

from wsl_studio.ui.keys import KeyTable, shown
from wsl_studio.ui.parts import button
from wsl_studio.ui.theme import GRID_PX
from wsl_studio.ui.words import tr

SETTING = "picture_apart"
SHARE = 0.8
"""Of the screen, where there is only one."""


class Apart(QWidget):
    """A window that borrows the picture from the main window and gives it back when closed.

    Emits ``returned`` when the picture is back in its place.

    Args:
        window: The main window.
        columns: Where the picture stands otherwise.
        picture: What is borrowed.
        keys: For the key that brings it back.
        owners: Widgets whose actions hold here too.
    """

    returned = Signal()

    def __init__(
        self,
        window: QMainWindow,
        columns: QSplitter,
        picture: QWidget,
        keys: KeyTable,
        owners: Sequence[QWidget],
    ) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self._window, self._columns, self._picture, self._keys = window, columns, picture, keys
        self._owners = owners
        self._sizes: list[int] = []
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.empty = QWidget()
        self.empty.setObjectName("workspace")
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back_button = button(tr("Bring it back"), on_click=self.close)
        room = QVBoxLayout(self.empty)
        room.setSpacing(2 * GRID_PX)
        room.addStretch(1)
        room.addWidget(self._said)
        room.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignHCenter)
        room.addStretch(1)

    @property
    def is_out(self) -> bool:
        """True while the picture is here."""
        return self._picture.parentWidget() is self

    def toggle(self) -> None:
        """Takes the picture, or gives it back."""
        if self.is_out:
            self.close()
            return
        self._sizes = self._columns.sizes()
        key = next(iter(self._keys.keys("apart")), "")
        back = tr("{key} brings it back.", key=shown(key)) if key else ""
        self._said.setText(f"{tr('The picture is in a window of its own.')} {back}".strip())
        self._columns.replaceWidget(self._columns.indexOf(self._picture), self.empty)
        self.empty.show()
        self._place.addWidget(self._picture)
        self._picture.show()
        self._columns.setSizes(self._sizes)
        self.setWindowTitle(tr("{window} – picture", window=self._window.windowTitle()))
        self._show_on(other_screen(self._window.screen()))
        self._picture.setFocus()

    def _show_on(self, screen: QScreen | None) -> None:
        if screen is not None:
            self.setGeometry(screen.availableGeometry())
            self.showMaximized()
        else:
            area = self._window.screen().availableGeometry()
            whole = QRect(area.topLeft(), area.size() * SHARE)
            whole.moveCenter(area.center())
            self.setGeometry(whole)
            self.show()
        self.activateWindow()

    def changeEvent(self, event: QEvent) -> None:
        """Takes the actions as they are now: findings may have got other keys."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            for old in self.actions():
                self.removeAction(old)
            for owner in self._owners:
                self.addActions(owner.actions())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Gives the picture back; it is never lost with its window."""
        if self.is_out:
            self._columns.replaceWidget(self._columns.indexOf(self.empty), self._picture)
            self._picture.show()
            self._columns.setSizes(self._sizes)
            self._picture.setFocus()
            self.returned.emit()
        super().closeEvent(event)


def other_screen(own: QScreen) -> QScreen | None:
    """The largest screen beside the one in use; None where there is none."""
    others = [screen for screen in QGuiApplication.screens() if screen is not own]
    return max(others, key=lambda s: s.geometry().width() * s.geometry().height(), default=None)
