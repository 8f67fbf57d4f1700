"""Two themes of one window: colours by what they mean, measures, type and the style sheet.

The picture stays black and the evidence keeps its colours in both themes; what is drawn on the
picture uses the constants, everything else asks ``ink()`` for the colours of now.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class Inks:
    """Colours of one theme, ``#rrggbb``, no two alike.

    Args:
        background: Behind the panels.
        panel: Of a place of the window.
        raised: Buttons and fields on a panel.
        hover: Under the pointer.
        selected: Of the chosen line.
        line: Strokes that part things.
        text: Words.
        dim: Words of less weight; still 4.5 to 1.
        faint: Things that cannot be used now; their tooltip says why.
        accent: Words for evidence for a finding.
        against: Words for evidence against a finding.
        model: Words of the model, before a reader accepts them.
        trouble: A sentence about trouble; always beside the word and its icon.
        waiting: State of a series put off.
        partly: State of a series labelled in part.
        traces: Curves of findings after the first, told apart by their dash as well.
    """

    background: str
    panel: str
    raised: str
    hover: str
    selected: str
    line: str
    text: str
    dim: str
    faint: str
    accent: str
    against: str
    model: str
    trouble: str
    waiting: str
    partly: str
    traces: tuple[str, ...]


DARK: Final = Inks(
    background="#101315", panel="#171b1f", raised="#20262b", hover="#2a3238", selected="#2c353c",
    line="#2b3137", text="#d7dde2", dim="#8f989f", faint="#626b73", accent="#e69f00",
    against="#56b4e9", model="#cc9fbd", trouble="#f2938c", waiting="#b09bcd", partly="#b5bfc7",
    traces=("#f0e442", "#cc79a7", "#8fd0bb", "#8fb8e0", "#b79f7a"),
)  # fmt: skip
LIGHT: Final = Inks(
    background="#d9dde0", panel="#f4f5f6", raised="#e6e9eb", hover="#dadfe2", selected="#d2d8dc",
    line="#c6cdd2", text="#1b2024", dim="#4d565d", faint="#868f96", accent="#7d4e00",
    against="#0b5680", model="#7a3c64", trouble="#a3231b", waiting="#5f4590", partly="#3a4248",
    traces=("#6d6400", "#a23b76", "#1f7a5c", "#2a63a5", "#7a5b2c"),
)  # fmt: skip
THEMES: Final = {"dark": DARK, "light": LIGHT}
SCALES: Final = (100, 125, 150, 175, 200)
"""Sizes of text, in percent."""

BACKGROUND: Final = DARK.background
LINE: Final = DARK.line
TEXT: Final = DARK.text
"""These and ``DIM`` are for what is drawn on or beside the picture, dark in every theme."""
DIM: Final = DARK.dim
FOR: Final = DARK.accent
"""Evidence for a finding, and the one accent (Okabe-Ito orange)."""
AGAINST: Final = DARK.against
"""Evidence against a finding (Okabe-Ito sky blue)."""
MODEL: Final = DARK.model
"""What the model proposes, on the picture (Okabe-Ito purple, lightened)."""
GRID_PX: Final = 8
TEXT_PX: Final = 13
SMALL_PX: Final = 12
ROW_PX: Final = 28
"""Height of a button or field."""


class _Now:
    """The theme and the size of text that the window has."""

    inks: Inks = DARK
    percent: int = 100


_FAMILIES: Final = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")


def ink() -> Inks:
    """The colours of now."""
    return _Now.inks


def text_percent() -> int:
    """The size of text of now."""
    return _Now.percent


def scaled(px: int) -> int:
    """A height or width that holds text, at the size of text of now."""
    return round(px * _Now.percent / 100)


def scaled_down(px: int) -> int:
    """The size at 100 % that is drawn in ``px`` now: text that may shrink to fit."""
    return max(1, round(px * 100 / _Now.percent))


def role_of(colour: str, inks: Inks) -> str:
    """What a colour means in a theme; empty for one that has no meaning there."""
    return next((f.name for f in fields(inks) if getattr(inks, f.name) == colour), "")


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=1)
def _family() -> str:
    have = set(QFontDatabase.families())
    return next((name for name in _FAMILIES if name in have), "")


def ui_font(size_px: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """The one typeface at a size in logical pixels at 100 %, with figures of equal width."""
    font = QFont()
    if family := _family():
        font.setFamily(family)
    font.setPixelSize(scaled(size_px))
    font.setFeature(QFont.Tag("tnum"), 1)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def palette() -> QPalette:
    """The colours as a Qt palette, for what the style sheet does not reach."""
    role, c = QPalette.ColorRole, ink()
    out = QPalette()
    for name, colour in (
        (role.Window, c.background),
        (role.WindowText, c.text),
        (role.Base, c.raised),
        (role.AlternateBase, c.panel),
        (role.Text, c.text),
        (role.Button, c.raised),
        (role.ButtonText, c.text),
        (role.BrightText, c.text),
        (role.Highlight, c.selected),
        (role.HighlightedText, c.text),
        (role.ToolTipBase, c.raised),
        (role.ToolTipText, c.text),
        (role.PlaceholderText, c.dim),
        (role.Link, c.against),
        (role.Mid, c.line),
        (role.Dark, c.background),
    ):
        out.setColor(name, QColor(colour))
    for name in (role.Text, role.ButtonText, role.WindowText):
        out.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.faint))
    return out


def apply_theme(app: QApplication, theme: str = "dark", percent: int = 100) -> None:
    """Dresses a whole application, before the first widget or live.

    Args:
        app: What to dress.
        theme: Key of ``THEMES``; another word is taken as dark.
        percent: Size of text, 100 to 200.
    """
    _Now.inks, _Now.percent = THEMES.get(theme, DARK), min(max(percent, 100), 200)
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(ui_font())
    app.setStyleSheet(style())


def style() -> str:
    """The style sheet of the theme and the size of text of now."""
    c, high = ink(), max(ROW_PX, scaled(TEXT_PX + 8))
    side = scaled(14)
    return f"""
QMainWindow, QDialog, QWidget#workspace {{ background: {c.background}; }}
QWidget[place="panel"] {{ background: {c.panel}; }}
QWidget[place="raised"] {{ background: {c.raised}; border-radius: 8px; }}
QWidget[place="raised"] QLineEdit {{ background: {c.background}; }}
QLabel {{ background: transparent; color: {c.text}; }}
QLabel[tone="dim"] {{ color: {c.dim}; }}
QLabel[tone="trouble"] {{ color: {c.trouble}; }}
QLabel[tone="model"] {{ color: {c.model}; }}
QLabel[tone="accent"] {{ color: {c.accent}; }}
QLabel[tone="chip"] {{
    color: {c.text}; background: {c.raised}; border-radius: 4px; padding: 2px 8px;
}}
QToolTip {{
    color: {c.text}; background: {c.raised}; border: 1px solid {c.line}; padding: 4px 8px;
}}

QPushButton {{
    color: {c.text}; background: {c.raised}; border: 1px solid transparent; border-radius: 4px;
    padding: 0 8px; min-height: {high - 2}px;
}}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.line}; }}
QPushButton:focus {{ border-color: {c.text}; }}
QPushButton:disabled {{ color: {c.faint}; background: {c.panel}; border-color: {c.raised}; }}
QPushButton:checked {{ background: {c.text}; color: {c.background}; }}
QPushButton:checked:focus {{ border: 2px solid {c.faint}; }}
QPushButton[next="true"] {{ background: {FOR}; color: {DARK.background}; font-weight: 600; }}
QPushButton[next="true"]:hover {{ background: #f0ae1c; }}
QPushButton[next="true"]:disabled {{ background: {c.panel}; color: {c.faint}; }}
QPushButton[flat="true"] {{ background: transparent; }}
QPushButton[flat="true"]:hover {{ background: {c.hover}; }}
QPushButton[flat="true"]:disabled {{ border-color: transparent; }}
QPushButton[text_left="true"] {{ text-align: left; }}
QPushButton[segment="true"] {{ border-radius: 0; padding: 0 2px; }}
QPushButton[big="true"] {{ min-height: {5 * GRID_PX - 2}px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit {{
    color: {c.text}; background: {c.raised}; border: 1px solid transparent; border-radius: 4px;
    padding: 0 8px; min-height: {high - 2}px; selection-background-color: {c.line};
}}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus {{
    border-color: {c.text};
}}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {c.faint}; }}
QAbstractSpinBox {{ padding-right: 4px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QAbstractSpinBox QLineEdit {{
    background: transparent; border: none; padding: 0 0 0 6px; min-height: 0;
}}
QComboBox QAbstractItemView {{
    background: {c.raised}; color: {c.text}; border: 1px solid {c.line};
    selection-background-color: {c.selected}; outline: none; padding: 4px;
}}
QCheckBox {{ color: {c.text}; spacing: 8px; min-height: {high}px; background: transparent; }}
QCheckBox::indicator {{
    width: {side}px; height: {side}px; border: 1px solid {c.dim}; border-radius: 3px;
    background: {c.raised};
}}
QCheckBox::indicator:checked {{ background: {c.text}; border-color: {c.text}; }}
QRadioButton {{ color: {c.text}; spacing: 8px; min-height: {high}px; background: transparent; }}
QRadioButton::indicator {{
    width: 12px; height: 12px; border: 1px solid {c.dim}; border-radius: 7px;
    background: {c.raised};
}}
QRadioButton::indicator:checked {{
    background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
        stop: 0 {c.text}, stop: 0.5 {c.text}, stop: 0.6 {c.raised}, stop: 1 {c.raised});
    border: 1px solid {c.text};
}}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {c.accent}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}
QCheckBox:disabled {{ color: {c.faint}; }}

QMenu {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selected}; }}
QMenu::item:disabled {{ color: {c.faint}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}

QListView, QTableView {{
    background: {c.panel}; color: {c.text}; border: none; outline: none;
    selection-background-color: {c.selected}; selection-color: {c.text};
}}
QTableView {{ gridline-color: transparent; }}
QTableView::item {{ padding: 0 6px; }}
QListWidget::item {{ padding: 0 8px; border-radius: 4px; }}
QListWidget::item:hover {{ background: {c.hover}; }}
QListWidget::item:selected {{ background: {c.selected}; color: {c.text}; }}
QHeaderView {{ background: {c.panel}; border: none; }}
QHeaderView::section {{
    background: {c.panel}; color: {c.dim}; border: none; padding: 0 9px; min-height: 24px;
}}
QTableCornerButton::section {{ background: {c.panel}; border: none; }}

QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {c.line}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::handle:hover {{ background: {c.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QSplitter::handle {{ background: {c.background}; }}
QSplitter::handle:hover {{ background: {c.line}; }}
QSlider {{ background: transparent; min-height: 20px; }}
QSlider::groove:horizontal {{ height: 2px; background: {c.line}; }}
QSlider::sub-page:horizontal {{ background: {c.dim}; }}
QSlider::handle:horizontal {{
    background: {c.text}; border: 2px solid {c.panel}; width: 12px; margin: -7px 0;
    border-radius: 8px;
}}
QSlider::handle:horizontal:focus {{ background: {FOR}; }}

QProgressBar {{ background: {c.raised}; border: none; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {c.dim}; border-radius: 2px; }}
"""
