"""The list of all series: a model that draws nothing it does not show, and its painter."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import compress, count
from operator import attrgetter, eq, is_not
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wsl_studio.jobs.values import LabelState, SeriesRow
from wsl_studio.ui.states import paint_state, state_colour
from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ink, scaled, ui_font
from wsl_studio.ui.words import local, tr

AnyIndex = QModelIndex | QPersistentModelIndex
_UID: Final = attrgetter("uid")
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
THUMB_PX: Final = 44
SERIES_PX: Final = 56
QUEUE_PX: Final = 28
NOWHERE: Final = -2
"""Guess for a series that is surely not listed."""
N_PIXMAPS: Final = 600
"""Thumbnails kept ready to paint; about 5 MB."""


class RowModel(QAbstractListModel):
    """Rows of the browser as a Qt model; equal rows tell nobody.

    Args:
        guess: Where a series probably is; spares the model to number 100,000 rows.
    """

    def __init__(self, guess: Callable[[str], int]) -> None:
        super().__init__()
        self._rows: tuple[SeriesRow, ...] = ()
        self._guess = guess
        self._at: dict[str, int] | None = None

    def set_rows(self, rows: Iterable[SeriesRow]) -> None:
        """Shows these rows; where only their words changed the list keeps its place."""
        new = tuple(rows)
        if new == self._rows:
            self._rows = new
            return
        if len(new) == len(self._rows):
            is_other = list(map(is_not, new, self._rows))
            pairs = (map(_UID, compress(rows, is_other)) for rows in (new, self._rows))
            if all(map(eq, *pairs)):
                self._rows, other = new, list(compress(count(), is_other))
                self.dataChanged.emit(self.index(other[0]), self.index(other[-1]))
                return
        self.beginResetModel()
        self._rows, self._at = new, None
        self.endResetModel()

    @property
    def rows(self) -> tuple[SeriesRow, ...]:
        """What is listed."""
        return self._rows

    def index_of(self, uid: str) -> QModelIndex:
        """Where a series is; an invalid index if it is not listed."""
        at = self._guess(uid)
        if 0 <= at < len(self._rows) and self._rows[at].uid == uid:
            return self.index(at)
        if at == NOWHERE:
            return QModelIndex()
        if self._at is None:
            self._at = {row.uid: k for k, row in enumerate(self._rows)}
        return self.index(self._at[uid]) if uid in self._at else QModelIndex()

    def touch(self, uids: Iterable[str]) -> None:
        """Paints the rows of these series again."""
        for uid in uids:
            if (at := self.index_of(uid)).isValid():
                self.dataChanged.emit(at, at)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Rows in the list."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row, its line, or its tooltip."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return line_of(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(row)
        return None


def line_of(row: SeriesRow) -> str:
    """A row in one line, for screen readers and the filter."""
    parts = (f"#{row.number}", local(row.title), local(row.state), said(row), local(row.reason))
    return " · ".join(part for part in parts if part)


def said(row: SeriesRow) -> str:
    """Its answers in a few words."""
    return ", ".join(f"{finding} {local(answer)}" for finding, answer in row.answers.items())


def tip_of(row: SeriesRow) -> str:
    """Everything that may not fit into the row."""
    lines = [f"#{row.number}  {local(row.title)}", local(row.state)]
    lines += [tr("{name}: {answer}", name=k, answer=local(v)) for k, v in row.answers.items()]
    if row.reason:
        lines.append(tr("in the queue: {reason}", reason=local(row.reason)))
    if row.split == "test":
        lines.append(tr("test patient: its labels score rounds and never train them"))
    elif row.split:
        training, other = tr("train patient"), tr("validation patient")
        lines.append(training if row.split == "train" else other)
    return "\n".join([*lines, *map(local, row.notes)])


_DONE: Final = (LabelState.LABELLED, LabelState.UNLABELLED, LabelState.PARTLY)
"""States whose words lie in one another; those of more words come after."""


@lru_cache(maxsize=8)
def _meant(words: tuple[str, ...], _language: str) -> LabelState | None:
    """The state that words of a filter name in the language of the window; None for no such."""
    names = [(local(state).lower().split(), state) for state in _DONE]
    found = [state for name, state in names if all(word in words for word in name)]
    return found[-1] if found else None


def matches(row: SeriesRow, text: str) -> bool:
    """True if every word of the filter is in the row; ``#12`` is its number.

    ``labelled`` does not find what is ``not labelled`` or ``partly labelled``.
    """
    words = text.lower().split()
    wanted = _meant(tuple(words), local(LabelState.LABELLED))
    if wanted is not None and row.state is not wanted:
        return False
    line = f"{line_of(row)} {row.split or ''} {local(row.split or '')}".lower()
    return all(
        row.number == int(word[1:]) if word[:1] == "#" and word[1:].isdigit() else word in line
        for word in words
    )


class Thumbnails:
    """Pixmaps of the series that were painted last.

    Args:
        ask: Gives the grey or colour thumbnail of a series, or None while it is being made.
    """

    def __init__(self, ask: Callable[[str], NDArray[Any] | None]) -> None:
        self._ask = ask
        self._kept: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()

    def get(self, uid: str, ratio: float) -> QPixmap | None:
        """A square pixmap for a screen with ``ratio`` device pixels each, or None."""
        side = round(THUMB_PX * ratio)
        if (found := self._kept.get((uid, side))) is not None:
            self._kept.move_to_end((uid, side))
            return found
        image = self._ask(uid)
        if image is None:
            return None
        pixmap = to_pixmap(image, side)
        pixmap.setDevicePixelRatio(ratio)
        self._kept[uid, side] = pixmap
        if len(self._kept) > N_PIXMAPS:
            self._kept.popitem(last=False)
        return pixmap

    def forget(self, uids: Iterable[str] | None = None) -> None:
        """Drops the pixmaps of some series, or of all."""
        gone = None if uids is None else set(uids)
        for key in list(self._kept):
            if gone is None or key[0] in gone:
                del self._kept[key]


def to_pixmap(image: NDArray[Any], side: int) -> QPixmap:
    """A grey (h, w) or colour (h, w, 3) uint8 image, fitted onto a black square.

    Args:
        image: At least one pixel.
        side: Of the square in device pixels.
    """
    h, w = image.shape[:2]
    scale = side / max(h, w)
    size = (max(1, round(w * scale)), max(1, round(h * scale)))
    fitted = cv2.resize(np.ascontiguousarray(image, np.uint8), size, interpolation=cv2.INTER_AREA)
    if fitted.ndim == 2:
        fitted = cv2.cvtColor(fitted, cv2.COLOR_GRAY2RGB)
    square = np.zeros((side, side, 3), np.uint8)
    top, left = (side - size[1]) // 2, (side - size[0]) // 2
    square[top : top + size[1], left : left + size[0]] = fitted
    return QPixmap.fromImage(QImage(square.data, side, side, 3 * side, _RGB).copy())


_RGB: Final = QImage.Format.Format_RGB888


class SeriesPainter(QStyledItemDelegate):
    """Draws a series: thumbnail, number and title, state as shape, colour and word."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are equally high, so that long lists stay quick."""
        del index
        return QSize(option.rect.width(), scaled(SERIES_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws one row."""
        row: SeriesRow = index.data(ROW_ROLE)
        rect, font, small = option.rect, ui_font(), ui_font(SMALL_PX)
        painter.save()
        _ground(painter, option)
        thumb = QRect(rect.left() + GRID_PX, rect.top() + 6, THUMB_PX, THUMB_PX)
        painter.fillRect(thumb, QColor("#000000"))
        pixmap = self._thumbnails.get(row.uid, painter.device().devicePixelRatioF())
        if pixmap is not None:
            painter.drawPixmap(thumb.topLeft(), pixmap)
        left = thumb.right() + 1 + GRID_PX + 4
        right = rect.right() - GRID_PX
        number = f"#{row.number}"
        width = _draw(painter, font, ink().dim, left, rect.top() + scaled(10), right - left, number)
        x = left + width + GRID_PX
        _draw(painter, font, ink().text, x, rect.top() + scaled(10), right - x, local(row.title))
        paint_state(painter, QPointF(left + 4, rect.top() + scaled(38)), row.state)
        x = left + 16
        width = _draw(
            painter,
            small,
            state_colour(row.state),
            x,
            rect.top() + scaled(30),
            right - x,
            local(row.state),
        )
        x += width + GRID_PX
        if row.answers and right - x > 3 * GRID_PX:
            _draw(painter, small, ink().dim, x, rect.top() + scaled(30), right - x, said(row))
        painter.restore()


class QueuePainter(QStyledItemDelegate):
    """Draws a place in the queue: place, reason, and the number of the series."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One line."""
        del index
        return QSize(option.rect.width(), scaled(QUEUE_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws one row."""
        row: SeriesRow = index.data(ROW_ROLE)
        rect, font, small = option.rect, ui_font(), ui_font(SMALL_PX)
        painter.save()
        _ground(painter, option)
        top = rect.top() + scaled(6)
        number = f"#{row.number}"
        room = QFontMetrics(small).horizontalAdvance(number)
        right = rect.right() - GRID_PX - room
        _draw(painter, small, ink().dim, right, top, room + 2, number)
        place = str(index.row() + 1)
        shift = QFontMetrics(small).horizontalAdvance("000") - QFontMetrics(
            small
        ).horizontalAdvance(place)
        _draw(painter, small, ink().faint, rect.left() + GRID_PX + shift, top, 4 * GRID_PX, place)
        x = rect.left() + GRID_PX + scaled(36)
        paint_state(painter, QPointF(x, rect.top() + scaled(QUEUE_PX) / 2), row.state)
        x += 12
        _draw(painter, font, ink().text, x, top, right - x - GRID_PX, local(row.reason))
        painter.restore()


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(ink().selected))
        painter.fillRect(
            QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(ink().text)
        )
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(ink().hover))


def _draw(painter: QPainter, font: Any, colour: str, x: int, top: int, room: int, text: str) -> int:
    """One elided line; returns the width it took."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
    painter.drawText(QRect(x, top, max(0, room), metrics.height()), Qt.TextFlag.TextDontClip, shown)
    return metrics.horizontalAdvance(shown)
