"""Small widgets that every place of the window is made of."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from wsl_studio.ui.icons import icon
from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ink, scaled, ui_font


class Elided(QLabel):
    """A line of text that ends in an ellipsis where room is short; the tooltip has it whole.

    Args:
        text: What it says.
        tone: Of the style sheet; empty for plain text.
        mode: Where the ellipsis goes.
        is_greedy: True if it takes the room that is left over.
    """

    def __init__(
        self,
        text: str = "",
        *,
        tone: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        is_greedy: bool = True,
    ) -> None:
        super().__init__()
        self._mode = mode
        self._whole = ""
        self._tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy.Policy.Expanding if is_greedy else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Shows a text; newlines become spaces."""
        self._whole = " ".join(text.split())
        self.updateGeometry()
        self._refit()

    def text(self) -> str:
        """The whole text, also where only part of it is drawn."""
        return self._whole

    def shown(self) -> str:
        """The text as drawn."""
        return super().text()

    def set_tip(self, tip: str) -> None:
        """More words for the tooltip."""
        self._tip = tip
        self._refit()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        width = min(self.sizeHint().width(), 3 * GRID_PX)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elides again."""
        super().resizeEvent(event)
        self._refit()

    def _refit(self) -> None:
        margins = self.contentsMargins().left() + self.contentsMargins().right()
        room = self.width() - margins
        shown = self.fontMetrics().elidedText(self._whole, self._mode, max(0, room))
        if super().text() != shown:
            super().setText(shown)
        tip = self._tip or (self._whole if shown != self._whole else "")
        if self.toolTip() != tip:
            self.setToolTip(tip)


class Spread(QLabel):
    """A paragraph that wraps and asks for the height it needs."""

    def __init__(self, text: str = "", *, tone: str = "dim") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)


class Choice(QComboBox):
    """A list to choose from, with the chevron of our icons."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the chevron over the field."""
        super().paintEvent(event)
        painter = QPainter(self)
        colour = ink().dim if self.isEnabled() else ink().faint
        size = scaled(16)
        at = (self.width() - size - GRID_PX // 2, (self.height() - size) // 2)
        icon("chevron-down", colour).paint(painter, QRect(*at, size, size))
        painter.end()


class Check(QCheckBox):
    """A box that is ticked, with the tick of our icons: a filled box alone says too little."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the tick over the box."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        icon("accept", ink().background).paint(painter, box)
        painter.end()


class IconButton(QPushButton):
    """A button of a picture alone: to those who do not see it, it is called what its tip says."""

    def setToolTip(self, tip: str) -> None:
        """The first tip is its name too."""
        super().setToolTip(tip)
        if not self.accessibleName():
            self.setAccessibleName(tip)


class BarLine(QWidget):
    """A vertical stroke that carries a colour, 3 px wide."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = ""
        self.setFixedWidth(3)

    def set_colour(self, colour: str) -> None:
        """``#rrggbb``, or empty for none."""
        if colour != self._colour:
            self._colour = colour
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fills itself."""
        del event
        if self._colour:
            painter = QPainter(self)
            painter.fillRect(self.rect(), self._colour)
            painter.end()


def heading(text: str) -> QLabel:
    """The title of a place: small capitals, dim."""
    out = QLabel(text.upper())
    font = ui_font(SMALL_PX - 1, bold=True)
    font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, 1.0)
    out.setFont(font)
    out.setProperty("tone", "dim")
    return out


def icon_px() -> int:
    """Width of a button that has an icon alone."""
    return scaled(16) + 2 * GRID_PX


def button(
    text: str = "",
    *,
    icon_name: str = "",
    tip: str = "",
    flat: bool = False,
    on_click: Callable[[], object] | None = None,
) -> QPushButton:
    """A push button that leaves the keyboard to the image."""
    out = QPushButton(text) if text else IconButton()
    if icon_name:
        out.setIcon(icon(icon_name, ink().dim if flat else ""))
        out.setIconSize(QSize(scaled(16), scaled(16)))
    if not text:
        out.setFixedWidth(icon_px())
        out.setProperty("flat", True)
    elif flat:
        out.setProperty("flat", True)
    out.setToolTip(tip)
    out.setProperty("tip", tip)

    out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if on_click is not None:
        out.clicked.connect(lambda _checked=False: on_click())
    return out


def allow(widget: QWidget, why_not: str = "") -> None:
    """Enables a widget, or disables it and says why in its tooltip."""
    widget.setEnabled(not why_not)
    widget.setToolTip(why_not or str(widget.property("tip") or ""))


def mark_next(widget: QWidget, is_next: bool) -> None:
    """Paints a button as the one next thing to do."""
    if bool(widget.property("next")) != is_next:
        widget.setProperty("next", is_next)
        restyle(widget)


def set_tone(widget: QWidget, tone: str) -> None:
    """Changes the tone of a label."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Applies the style sheet again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def row(*things: QWidget | int | None, gap: int = GRID_PX) -> QHBoxLayout:
    """A line of widgets; an int is a gap in px, None takes the room that is left."""
    out = QHBoxLayout()
    out.setContentsMargins(0, 0, 0, 0)
    out.setSpacing(gap)
    for thing in things:
        if thing is None:
            out.addStretch(1)
        elif isinstance(thing, int):
            out.addSpacing(thing)
        else:
            out.addWidget(thing)
    return out


def column(*, margin: int = 0, gap: int = GRID_PX) -> QVBoxLayout:
    """A column of widgets on the grid."""
    out = QVBoxLayout()
    out.setContentsMargins(margin, margin, margin, margin)
    out.setSpacing(gap)
    return out


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and lets its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def panel() -> QWidget:
    """A widget with the colour of a panel."""
    out = QWidget()
    out.setProperty("place", "panel")
    out.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return out


def scrolled(page: QWidget, *, is_tall: bool = False) -> QScrollArea:
    """A page that scrolls where it has too little room; ``is_tall`` up and down alone."""
    out = QScrollArea()
    out.setWidgetResizable(True)
    out.setWidget(page)
    out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if is_tall:
        out.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return out


class Compact(QWidget):
    """A page that scrolls only below the least height of what it holds.

    With wrapped text anywhere in it, Qt gives a scrolled page the height that it would like best:
    the whole page scrolls then, and what scrolls in it does as well.
    """

    def heightForWidth(self, _: int) -> int:
        """The least height, in pixels; wrapped text takes what it needs from its neighbours."""
        return self.minimumSizeHint().height()


def is_typing(widget: QObject | None) -> bool:
    """True if a key press in this widget is text or a number being typed."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QLineEdit | QAbstractSpinBox | QTextEdit | QPlainTextEdit)


class CalmWheel(QObject):
    """Keeps the wheel from changing a field that has not the keyboard: the page scrolls instead."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the parent have the wheel."""
        is_wheel = event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget)
        if is_wheel and not watched.hasFocus():  # type: ignore[attr-defined]
            event.ignore()
            return True
        return False
