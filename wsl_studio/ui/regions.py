"""The slice ranges and boxes of the case: a short list; click to go there, x to remove."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from wsl_studio.domain.label import Level, Row
from wsl_studio.ui.finding_row import provenance
from wsl_studio.ui.icons import icon
from wsl_studio.ui.series_list import AnyIndex
from wsl_studio.ui.theme import GRID_PX, ink, scaled, ui_font
from wsl_studio.ui.words import local, tr

LINE_PX: Final = 28
REMOVE_PX: Final = 28


def words(label: Row) -> str:
    """``'slices 40–60'`` or ``'box on slice 12'``; slices count from 1 as on screen."""
    assert label.region is not None
    if label.level in (Level.POINT, Level.SCRIBBLE):
        return tr("{level} on slice {at}", level=label.level, at=label.region.first + 1)
    if label.level is Level.BOX:
        return tr("{level} on slice {at}", level=label.level, at=label.region.first + 1)
    if label.region.first == label.region.last:
        return tr("slice {at}", at=label.region.first + 1)
    return tr("slices {first}–{last}", first=label.region.first + 1, last=label.region.last + 1)


class RegionModel(QAbstractListModel):
    """Labels below series level, in the order they were given."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: tuple[Row, ...] = ()

    def set_labels(self, labels: Iterable[Row]) -> None:
        """Shows these labels."""
        new = tuple(labels)
        if new != self.labels:
            self.beginResetModel()
            self.labels = new
            self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Labels in the list."""
        return 0 if parent is not None and parent.isValid() else len(self.labels)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line or its tooltip."""
        if not index.isValid():
            return None
        label = self.labels[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{label.finding} {local(label.answer or '')} · {words(label)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            answer = local(label.answer or "")
            return f"{label.finding} {answer}, {words(label)}\n{provenance(label)}"
        return None


class RegionPainter(QStyledItemDelegate):
    """Draws where, what, and a cross that removes it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One line."""
        del index
        return QSize(option.rect.width(), scaled(LINE_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws one label."""
        model = index.model()
        assert isinstance(model, RegionModel)
        label, rect = model.labels[index.row()], option.rect
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_hovered or option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, QColor(ink().hover))
        font, c = ui_font(), ink()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        left, right = rect.left() + GRID_PX + 4, rect.right() - REMOVE_PX
        x = left
        said = f"{label.finding} {local(label.answer or '')}"
        for colour, text in ((c.text, words(label)), (c.dim, said)):
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, right - x))
            painter.setPen(QColor(colour))
            area = QRect(x, rect.top(), max(0, right - x), rect.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
            x += metrics.horizontalAdvance(shown) + GRID_PX
        cross = QRect(rect.right() - REMOVE_PX + 6, rect.top() + 6, 16, 16)
        icon("close", ink().text if is_hovered else ink().dim).paint(painter, cross)


class RegionList(QListView):
    """The list; it calls back with the label that was clicked or removed.

    Args:
        go: Called with a label to show.
        remove: Called with a label to remove.
    """

    def __init__(self, go: Callable[[Row], object], remove: Callable[[Row], object]) -> None:
        super().__init__()
        self.regions = RegionModel()
        self.setModel(self.regions)
        self.setItemDelegate(RegionPainter())
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._go, self._remove = go, remove

    def remove_rect(self, line: int) -> QRect:
        """Where the cross of a line is, in the viewport."""
        rect = self.visualRect(self.regions.index(line))
        return QRect(rect.right() - REMOVE_PX, rect.top(), REMOVE_PX + 1, rect.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Goes to a label, or removes it where its cross was clicked."""
        super().mouseReleaseEvent(event)
        at: QModelIndex = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not at.isValid():
            return
        label = self.regions.labels[at.row()]
        is_cross = self.remove_rect(at.row()).contains(event.position().toPoint())
        (self._remove if is_cross else self._go)(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the label that the keyboard stands on, Delete removes it."""
        at, key = self.currentIndex().row(), event.key()
        calls = {Qt.Key.Key_Return: self._go, Qt.Key.Key_Enter: self._go,
                 Qt.Key.Key_Delete: self._remove}  # fmt: skip
        if 0 <= at < len(self.regions.labels) and key in calls:
            calls[Qt.Key(key)](self.regions.labels[at])
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Says what the cross does."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.indexAt(event.pos())
            if at.isValid() and self.remove_rect(at.row()).contains(event.pos()):
                QToolTip.showText(event.globalPos(), tr("Remove (Ctrl+Z brings it back)"), self)
                return True
        return super().viewportEvent(event)
