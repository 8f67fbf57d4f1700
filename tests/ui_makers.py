"""The whole window, opened for a test as a reader would find it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wsl_studio.jobs.session import Session
from wsl_studio.ui.theme import apply_theme
from wsl_studio.ui.window import MainWindow


def open_window(qtbot: QtBot, qapp: QApplication, session: Session, home: Path) -> MainWindow:
    """The window on a session, at the smallest screen, with the keyboard in it."""
    if not qapp.styleSheet():
        apply_theme(qapp)
    window = MainWindow(session, home=home)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window
