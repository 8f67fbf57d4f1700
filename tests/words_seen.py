"""Every word of a window, read off its widgets and its painter, for the tests of languages."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QTranslator
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QWidget,
)

from wsl_studio.ui.words import CONTEXT

FIELD = re.compile(r"(\{[^}]*\})")
MOST = 40
"""Rows of a table that are read."""


class Brackets(QTranslator):
    """Puts what is translated in brackets and leaves values outside: ``⟦slice ⟧3``."""

    def translate(self, context, text, disambiguation=None, n=-1):
        if context != CONTEXT:
            return ""
        parts = FIELD.split(text)
        return "".join(p if FIELD.fullmatch(p) else f"⟦{p}⟧" for p in parts if p)

    def isEmpty(self):  # noqa: N802
        return False


def texts_of(widget: QWidget) -> Iterator[str]:
    """What one widget says, seen or heard."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QSpinBox | QDoubleSpinBox):
        yield from (widget.suffix(), widget.prefix(), widget.specialValueText())
    if isinstance(widget, QComboBox):
        for k in range(widget.count()):
            yield from (widget.itemText(k), widget.itemData(k, Qt.ItemDataRole.ToolTipRole) or "")
    if isinstance(widget, QMenu):
        yield widget.title()
    for action in widget.actions():
        yield from (action.text(), action.toolTip())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = range(
        1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    )
    for column in columns:
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(MOST, model.rowCount(QModelIndex()))):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.data(index, role) or "")


def all_texts() -> set[str]:
    """What every window that is open says; Qt's own file dialogs speak for themselves."""
    QApplication.processEvents()
    out: set[str] = set()
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QFileDialog) or not top.isVisible():
            continue  # what other tests left, and what nobody opens
        for widget in (top, *top.findChildren(QWidget)):
            out |= set(texts_of(widget))
    return out


def painted(monkeypatch) -> set[str]:
    """A set that fills with every text that is painted from now on."""
    seen: set[str] = set()
    draw = QPainter.drawText

    def note(self, *args):
        seen.update(arg for arg in args if isinstance(arg, str))
        return draw(self, *args)

    monkeypatch.setattr(QPainter, "drawText", note)
    return seen


def left_over(text: str, data: set[str]) -> list[str]:
    """Words of three letters and more that stand in no bracket and are no data."""
    bare, before = re.sub(r"<[^>]*>|&\w+;", " ", text), ""
    while bare != before:
        bare, before = re.sub(r"⟦[^⟦⟧]*⟧?", " ", bare), bare
    bare = re.sub(r"[a-z]\w*[_\d]\w*", " ", bare)  # names of networks
    bare = re.sub(r"\S*[/\\]\S*|\S+\.\w{2,4}\b", " ", bare)
    for words in sorted(data, key=len, reverse=True):
        bare = re.sub(rf"(?<![A-Za-z]){re.escape(words)}(?![A-Za-z])", " ", bare)
    return re.findall(r"[A-Za-z]{3,}", bare)
