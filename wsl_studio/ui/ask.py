"""A short question over the window: a digit takes an answer, typing gives an own one."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from wsl_studio.ui.parts import button, clear, column, panel
from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ui_font
from wsl_studio.ui.words import local, tr

WIDTH_PX: Final = 56 * GRID_PX


class AskField(QLineEdit):
    """Where words are typed; while it is empty, a digit takes one of the choices.

    Args:
        choose: Called with the place of a choice, from 0.
        leave: Called by Esc.
    """

    def __init__(self, choose: Callable[[int], bool], leave: Callable[[], object]) -> None:
        super().__init__()
        self._choose, self._leave = choose, leave
        self.setMaxLength(400)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses, Esc leaves, everything else is typed."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif self.text() or not event.text().isdigit() or not self._choose(int(event.text()) - 1):
            super().keyPressEvent(event)


class Ask(QWidget):
    """Covers its parent until it is answered or left; nothing else is stopped.

    Args:
        over: The window that it covers.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._take: Callable[[str], object] = lambda _text: None
        self._choices: tuple[str, ...] = ()
        self._may_be_empty = False
        self._before: QWidget | None = None
        self._page = panel()
        self._page.setFixedWidth(WIDTH_PX)
        self._page.setProperty("place", "raised")
        self.title = QLabel()
        self.title.setFont(ui_font(15, bold=True))
        self.title.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.field = AskField(self._choose, self.leave)
        self.field.returnPressed.connect(self._typed)
        self._foot = QLabel()
        self._foot.setProperty("tone", "dim")
        self._foot.setFont(ui_font(SMALL_PX))
        inside = column(margin=2 * GRID_PX, gap=GRID_PX)
        inside.addWidget(self.title)
        inside.addLayout(self._lines)
        inside.addWidget(self.field)
        inside.addWidget(self._foot)
        self._page.setLayout(inside)
        outer = QVBoxLayout(self)
        outer.addWidget(self._page, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()
        over.installEventFilter(self)

    def open(
        self,
        title: str,
        choices: Sequence[str],
        take: Callable[[str], object],
        *,
        text: str = "",
        may_be_empty: bool = False,
    ) -> None:
        """Asks.

        Args:
            title: The question.
            choices: Ready answers, at most nine; their digit takes them.
            take: Called with the answer; not called if the question is left.
            text: What stands in the field at first.
            may_be_empty: True if Enter on an empty field is an answer too.
        """
        self._take, self._choices, self._may_be_empty = take, tuple(choices), may_be_empty
        self._before = QApplication.focusWidget()
        self.title.setText(title)
        clear(self._lines)
        for k, choice in enumerate(self._choices):
            line = button(
                f"{k + 1}   {local(choice)}", flat=True, on_click=partial(self._choose, k)
            )
            line.setProperty("text_left", True)
            self._lines.addWidget(line)
        self.field.setText(text)
        self.field.selectAll()
        own = tr("or type your own, then Enter") if choices else tr("Enter keeps it")
        self._foot.setText(tr("{own}   ·   Esc leaves everything as it is", own=own))
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self.field.setFocus()

    def leave(self) -> None:
        """Puts the question away unanswered."""
        self._end()

    def _choose(self, at: int) -> bool:
        if not 0 <= at < len(self._choices):
            return False
        take, choice = self._take, self._choices[at]
        self._end()
        take(choice)
        return True

    def _typed(self) -> None:
        text = " ".join(self.field.text().split())
        if text or self._may_be_empty:
            take = self._take
            self._end()
            take(text)

    def _end(self) -> None:
        self.hide()
        self._choices, self._take = (), lambda _text: None
        self.field.clear()
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps covering a parent that changes its size."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dims what is under it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(0, 0, 0, 120))
        painter.end()
