"""Colours, measures, type and the style sheet of the dark reading room."""

from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

BACKGROUND: Final = "#101315"
PANEL: Final = "#171b1f"
LINE: Final = "#2a3036"
TEXT: Final = "#d7dde2"
DIM: Final = "#8b949c"
FOR: Final = "#e69f00"
"""Evidence for a finding, and the one accent (Okabe-Ito orange)."""
AGAINST: Final = "#56b4e9"
"""Evidence against a finding (Okabe-Ito sky blue)."""
RAISED: Final = "#20262b"
"""Buttons and fields on a panel."""
HOVER: Final = "#2a3238"
SELECTED: Final = "#2c353c"
FAINT: Final = "#626b73"
"""Things that cannot be used now; their tooltip says why."""
TROUBLE: Final = "#f2938c"
"""A sentence about trouble; always beside the word and its icon."""
MODEL: Final = "#cc9fbd"
"""What the model proposes, before a reader accepts it (Okabe-Ito purple, lightened)."""
GRID_PX: Final = 8
TEXT_PX: Final = 13
SMALL_PX: Final = 12
ROW_PX: Final = 28
"""Height of a button or field."""

_FAMILIES: Final = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")


def ui_font(size_px: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """The one typeface at a size in logical pixels, with figures of equal width."""
    font = QFont()
    have = set(QFontDatabase.families())
    family = next((name for name in _FAMILIES if name in have), "")
    if family:
        font.setFamily(family)
    font.setPixelSize(size_px)
    font.setFeature(QFont.Tag("tnum"), 1)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def palette() -> QPalette:
    """The colours as a Qt palette, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    out = QPalette()
    for name, colour in (
        (role.Window, BACKGROUND),
        (role.WindowText, TEXT),
        (role.Base, RAISED),
        (role.AlternateBase, PANEL),
        (role.Text, TEXT),
        (role.Button, RAISED),
        (role.ButtonText, TEXT),
        (role.BrightText, TEXT),
        (role.Highlight, SELECTED),
        (role.HighlightedText, TEXT),
        (role.ToolTipBase, RAISED),
        (role.ToolTipText, TEXT),
        (role.PlaceholderText, DIM),
        (role.Link, AGAINST),
        (role.Mid, LINE),
        (role.Dark, BACKGROUND),
    ):
        out.setColor(name, QColor(colour))
    for name in (role.Text, role.ButtonText, role.WindowText):
        out.setColor(QPalette.ColorGroup.Disabled, name, QColor(FAINT))
    return out


def apply_theme(app: QApplication) -> None:
    """Dresses a whole application; call it once, before the first widget."""
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(ui_font())
    app.setStyleSheet(STYLE)


STYLE: Final = f"""
QMainWindow, QDialog, QWidget#workspace {{ background: {BACKGROUND}; }}
QWidget[place="panel"] {{ background: {PANEL}; }}
QWidget[place="raised"] {{ background: {RAISED}; border-radius: 8px; }}
QWidget[place="raised"] QLineEdit {{ background: {BACKGROUND}; }}
QLabel {{ background: transparent; color: {TEXT}; }}
QLabel[tone="dim"] {{ color: {DIM}; }}
QLabel[tone="trouble"] {{ color: {TROUBLE}; }}
QLabel[tone="model"] {{ color: {MODEL}; }}
QLabel[tone="accent"] {{ color: {FOR}; }}
QLabel[tone="chip"] {{
    color: {TEXT}; background: {RAISED}; border-radius: 4px; padding: 2px 8px;
}}
QToolTip {{
    color: {TEXT}; background: {RAISED}; border: 1px solid {LINE}; padding: 4px 8px;
}}

QPushButton {{
    color: {TEXT}; background: {RAISED}; border: 1px solid transparent; border-radius: 4px;
    padding: 0 8px; min-height: {ROW_PX - 2}px;
}}
QPushButton:hover {{ background: {HOVER}; }}
QPushButton:pressed {{ background: {LINE}; }}
QPushButton:focus {{ border-color: {DIM}; }}
QPushButton:disabled {{ color: {FAINT}; background: {PANEL}; border-color: {RAISED}; }}
QPushButton:checked {{ background: {TEXT}; color: {BACKGROUND}; }}
QPushButton[next="true"] {{ background: {FOR}; color: {BACKGROUND}; font-weight: 600; }}
QPushButton[next="true"]:hover {{ background: #f0ae1c; }}
QPushButton[next="true"]:disabled {{ background: {PANEL}; color: {FAINT}; }}
QPushButton[flat="true"] {{ background: transparent; }}
QPushButton[flat="true"]:hover {{ background: {HOVER}; }}
QPushButton[flat="true"]:disabled {{ border-color: transparent; }}
QPushButton[text_left="true"] {{ text-align: left; }}
QPushButton[segment="true"] {{ border-radius: 0; padding: 0 2px; }}
QPushButton[big="true"] {{ min-height: {5 * GRID_PX - 2}px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit {{
    color: {TEXT}; background: {RAISED}; border: 1px solid transparent; border-radius: 4px;
    padding: 0 8px; min-height: {ROW_PX - 2}px; selection-background-color: {LINE};
}}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border-color: {DIM}; }}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {FAINT}; }}
QAbstractSpinBox {{ padding-right: 4px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QAbstractSpinBox QLineEdit {{
    background: transparent; border: none; padding: 0 0 0 6px; min-height: 0;
}}
QComboBox QAbstractItemView {{
    background: {RAISED}; color: {TEXT}; border: 1px solid {LINE};
    selection-background-color: {SELECTED}; outline: none; padding: 4px;
}}
QCheckBox {{ color: {TEXT}; spacing: 8px; min-height: {ROW_PX}px; background: transparent; }}
QCheckBox::indicator {{
    width: 14px; height: 14px; border: 1px solid {DIM}; border-radius: 3px; background: {RAISED};
}}
QCheckBox::indicator:checked {{ background: {TEXT}; border-color: {TEXT}; }}
QRadioButton {{ color: {TEXT}; spacing: 8px; min-height: {ROW_PX}px; background: transparent; }}
QRadioButton::indicator {{
    width: 12px; height: 12px; border: 1px solid {DIM}; border-radius: 7px; background: {RAISED};
}}
QRadioButton::indicator:checked {{ background: {TEXT}; border: 1px solid {TEXT}; }}
QRadioButton:focus {{ color: white; }}
QCheckBox:disabled {{ color: {FAINT}; }}

QMenu {{ background: {RAISED}; color: {TEXT}; border: 1px solid {LINE}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {SELECTED}; }}
QMenu::item:disabled {{ color: {FAINT}; }}
QMenu::separator {{ height: 1px; background: {LINE}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}

QListView, QTableView {{
    background: {PANEL}; color: {TEXT}; border: none; outline: none;
    selection-background-color: {SELECTED}; selection-color: {TEXT};
}}
QTableView {{ gridline-color: transparent; }}
QTableView::item {{ padding: 0 6px; }}
QHeaderView {{ background: {PANEL}; border: none; }}
QHeaderView::section {{
    background: {PANEL}; color: {DIM}; border: none; padding: 0 9px; min-height: 24px;
}}
QTableCornerButton::section {{ background: {PANEL}; border: none; }}

QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {LINE}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::handle:hover {{ background: {FAINT}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QSplitter::handle {{ background: {BACKGROUND}; }}
QSplitter::handle:hover {{ background: {LINE}; }}
QProgressBar {{ background: {RAISED}; border: none; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {DIM}; border-radius: 2px; }}
"""
