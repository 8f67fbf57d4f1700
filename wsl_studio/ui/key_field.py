"""A field that takes the next key press as a key, instead of typing it."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from wsl_studio.ui.keys import normal, shown
from wsl_studio.ui.words import tr

_MODIFIERS: Final = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
)  # fmt: skip


class KeyField(QLineEdit):
    """Shows a key; with the keyboard in it, the next press is the new one.

    Tab and Shift+Tab go on to the next field, Esc changes nothing, Backspace takes the key away.
    """

    pressed = Signal(str)
    """The key as Qt writes it; empty for none."""

    def __init__(self, key: str = "") -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setPlaceholderText(tr("press a key"))
        self.show_key(key)

    def show_key(self, key: str) -> None:
        """Shows a key."""
        self.setText(shown(key))

    def event(self, event: QEvent) -> bool:
        """Keeps shortcuts of the window from taking the press."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Takes the press as a key."""
        if event.key() in _MODIFIERS:
            return
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Backspace:
            self.pressed.emit("")
            return
        sequence = QKeySequence(event.keyCombination())
        key = normal(sequence.toString(QKeySequence.SequenceFormat.PortableText))
        if key:
            # A sign that needs Shift (? or *) is that sign: with Shift beside it, it never fires.
            head, _, sign = key.rpartition("+")
            is_sign = len(sign) == 1 and not sign.isalnum() and head == "Shift"
            self.pressed.emit(sign if is_sign else key)
