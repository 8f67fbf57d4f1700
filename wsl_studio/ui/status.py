"""The bottom bar: the last notice, and long work with its time left; nothing here is modal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from wsl_studio.jobs.values import Change, Notice, Work
from wsl_studio.ui.icons import pixmap
from wsl_studio.ui.parts import Elided, button, row, set_tone
from wsl_studio.ui.sentences import work_words
from wsl_studio.ui.theme import GRID_PX, ink, scaled
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

BAR_PX: Final = 28
SECONDS: Final = 8
"""How long a notice that is no trouble stays."""


class StatusBar(QWidget):
    """Says one notice at a time; trouble stays until it is dismissed or followed by other trouble.

    Args:
        session: What is open.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._trouble: Notice | None = None
        self.setFixedHeight(scaled(BAR_PX))
        self.setProperty("place", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self._icon.setFixedSize(16, 16)
        self._words = Elided()
        self._words.setObjectName("notice")
        self._close = button(icon_name="close", on_click=self.dismiss)
        self._close.setToolTip(tr("Dismiss"))
        self._work = Elided(tone="dim")
        self._work.setObjectName("work")
        self._work.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(20 * GRID_PX)
        self._left = Elided(tone="dim")
        self._left.setFixedWidth(scaled(10 * GRID_PX))
        self.cancel_button = button(tr("Cancel"), flat=True)
        self.cancel_button.clicked.connect(lambda _checked=False: self._cancel())
        self._cancel: Callable[[], object] = session.cancel_work
        line = row(
            self._icon, self._words, self._close, self._work, self._bar, self._left,
            self.cancel_button,
        )  # fmt: skip
        line.setContentsMargins(GRID_PX + 4, 0, GRID_PX, 0)
        line.setStretch(1, 3)
        line.setStretch(3, 2)
        self.setLayout(line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self._expire)
        session.notice.connect(self.say)
        session.changed.connect(self._on_change)
        self._show(None)
        self.show_work(session.work)

    def say(self, notice: Notice) -> None:
        """Shows a notice; standing trouble comes back after a passing one."""
        if notice.is_trouble:
            self._trouble = notice
        self._show(notice)
        if not notice.is_trouble:
            self._timer.start()

    def text(self) -> str:
        """What the bar says."""
        return self._words.text()

    def dismiss(self) -> None:
        """Empties the bar."""
        self._trouble = None
        self._show(None)

    def show_work(self, work: Work | None, cancel: Callable[[], object] | None = None) -> None:
        """Shows long work, or that there is none; ``cancel`` ends it (the session's if None)."""
        self._cancel = cancel or self._session.cancel_work
        is_busy = work is not None
        for widget in (self._work, self._bar, self._left):
            widget.setVisible(is_busy)
        self.cancel_button.setVisible(work is not None and work.can_cancel)
        if work is None:
            return
        self._work.setText(work_words(work))
        self._bar.setRange(0, max(0, work.total))
        self._bar.setValue(min(work.done, max(0, work.total)))
        self._left.setText(local(work.left))

    def _on_change(self, change: Change) -> None:
        if change.work:
            self.show_work(self._session.work)

    def _expire(self) -> None:
        self._show(self._trouble)

    def _show(self, notice: Notice | None) -> None:
        self._timer.stop()
        is_trouble = notice is not None and notice.is_trouble
        words = f"{local(notice.sentence)} {local(notice.advice)}".strip() if notice else ""
        self._words.setText(words)
        set_tone(self._words, "trouble" if is_trouble else "")
        self._icon.setVisible(notice is not None)
        self._close.setVisible(notice is not None)
        if notice is not None:
            name, colour = ("trouble", ink().trouble) if is_trouble else ("info", ink().dim)
            self._icon.setPixmap(pixmap(name, colour, 16, self.devicePixelRatioF()))
