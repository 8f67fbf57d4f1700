"""Dark or light, and the size of text: changed while the window stands, and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QHeaderView, QPushButton, QWidget

from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Change, Notice
from wsl_studio.ui.icons import retinted
from wsl_studio.ui.parts import icon_px
from wsl_studio.ui.theme import SCALES, THEMES, Inks, apply_theme, ink, text_percent

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session
    from wsl_studio.jobs.settings import Settings

NO_LIMIT: Final = 16_777_215
"""Qt's word for a widget without a largest size."""
WIDE_PX: Final = 256
"""Least widths from here on are those of places full of words."""
MOST_PX: Final = 400
"""Fixed heights above this hold pictures, not words."""


def dress_as(settings: Settings) -> None:
    """Gives the application the theme and size of text that were chosen last."""
    theme, percent = chosen(settings)
    app = QApplication.instance()
    is_other = THEMES[theme] is not ink() or percent != text_percent()
    if isinstance(app, QApplication) and is_other:
        apply_theme(app, theme, percent)


def chosen(settings: Settings) -> tuple[str, int]:
    """Theme and size of text in percent, as remembered; dark and 100 where that is nonsense."""
    theme, percent = settings.get("theme"), settings.get("text_percent")
    is_theme = isinstance(theme, str) and theme in THEMES
    return str(theme) if is_theme else "dark", percent if percent in SCALES else 100


class Dress:
    """Changes the theme of everything on screen.

    Args:
        session: Its settings remember the choice; everything redraws from its signal.
        window: The main window.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        self._session, self._window = session, window

    def toggle_theme(self) -> None:
        """Dark to light and back."""
        theme, percent = chosen(self._session.settings)
        self._wear("light" if theme == "dark" else "dark", percent)

    def larger(self) -> None:
        """The next larger text."""
        self._step(1)

    def smaller(self) -> None:
        """The next smaller text."""
        self._step(-1)

    def _step(self, steps: int) -> None:
        theme, percent = chosen(self._session.settings)
        at = min(max(SCALES.index(percent) + steps, 0), len(SCALES) - 1)
        self._wear(theme, SCALES[at])
        self._session.notice.emit(Notice(say("Text at {percent} %.", percent=SCALES[at])))

    def _wear(self, theme: str, percent: int) -> None:
        settings = self._session.settings
        settings.set("theme", theme)
        settings.set("text_percent", percent)
        before, ratio = ink(), percent / text_percent()
        dress_as(settings)
        for widget in QApplication.allWidgets():
            if ratio != 1.0:
                _resize(widget, ratio)
            _retint(widget, before)
            widget.update()
        # What holds colours of its own writes them anew.
        everything = Change(series=True, labels=True, evidence=True, rounds=True, work=True)
        self._session.changed.emit(everything)


def _resize(widget: QWidget, ratio: float) -> None:
    """Fonts of its own, and heights and widths that are fixed, follow the size of text."""
    font = widget.font()
    if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) and font.pixelSize() > 0:
        font.setPixelSize(max(1, round(font.pixelSize() * ratio)))
        widget.setFont(font)
    low, high = widget.minimumSize(), widget.maximumSize()
    if isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Vertical:
        widget.setDefaultSectionSize(round(widget.defaultSectionSize() * ratio))
    if widget.isWindow():
        return
    if low.height() == high.height() and 12 < low.height() <= MOST_PX:
        widget.setFixedHeight(round(low.height() * ratio))
    if low.width() >= WIDE_PX and high.width() == NO_LIMIT:
        widget.setMinimumWidth(round(low.width() * ratio))
    if isinstance(widget, QPushButton) and not widget.text() and low.width() == high.width() < 100:
        widget.setFixedWidth(icon_px())
    elif low.width() == high.width() and 16 < low.width() < NO_LIMIT:
        widget.setFixedWidth(round(low.width() * ratio))
    elif 16 < high.width() < NO_LIMIT:
        widget.setMaximumWidth(round(high.width() * ratio))
    if isinstance(widget, QAbstractButton) and not widget.icon().isNull():
        widget.setIconSize(widget.iconSize() * ratio)


def _retint(widget: QWidget, before: Inks) -> None:
    """Icons in the colours of now."""
    holders: list[QAbstractButton | QAction] = list(widget.actions())
    if isinstance(widget, QAbstractButton):
        holders.append(widget)
    for one in holders:
        if not one.icon().isNull() and (new := retinted(one.icon(), before)) is not None:
            one.setIcon(new)
