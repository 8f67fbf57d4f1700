"""The window's process: application, session, window, and what happens to errors of our own."""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.words import say
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import Notice
from wsl_studio.ui.theme import apply_theme
from wsl_studio.ui.window import MainWindow

log = logging.getLogger(__name__)

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]
OURS = say("Something went wrong inside WSL Studio. Your labels are safe; it was logged.")


def make_hook(tell: Callable[[Notice], object]) -> Hook:
    """What runs when a slot raises: trouble is said, a fault of ours is logged and said.

    The message of a fault may quote a file, so the log has only its kind and where it happened.
    """

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, KnownError):
            tell(Notice(error.sentence, error.advice, is_trouble=True))
            return
        log.error("%s\n%s", kind.__name__, "".join(traceback.format_tb(where)))
        tell(Notice(OURS, "Go on; if it comes back, start again.", is_trouble=True))

    return hook


def make_app() -> QApplication:
    """The one application of this process, dressed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        app.setApplicationName("wsl-studio")
        app.setApplicationDisplayName("WSL Studio")
        apply_theme(app)
    return app


def run(
    project: Path | None = None,
    *,
    settings: Path | None = None,
    size: tuple[int, int] | None = None,
    on_ready: Callable[[MainWindow], object] | None = None,
) -> int:
    """Shows the window, then opens a project, and runs until the window closes.

    Args:
        project: Folder to open right after the first picture; None starts on the welcome page.
        settings: JSON file of settings; the platform's place if None.
        size: (width, height) of the window in logical pixels; as last time if None.
        on_ready: Called with the window once the project is open, for scripts.

    Returns:
        The exit code, 0.
    """
    app = make_app()
    session = Session(Settings(settings) if settings is not None else None)
    window = MainWindow(session)
    sys.excepthook = make_hook(window.status.say)
    if size is not None:
        window.resize(*size)

    def begin() -> None:
        if project is not None:
            session.open_project(project)
        if on_ready is not None:
            on_ready(window)

    window.first_painted.connect(begin)
    window.show()
    try:
        return int(app.exec())
    finally:
        sys.excepthook = sys.__excepthook__
        session.shut_down()
        # Timers of theirs must not start anything after the end.
        for thing in (window, session):
            thing.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
