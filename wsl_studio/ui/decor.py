"""The words and thin lines over the picture: letters, scale bar, numbers, sentences."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from wsl_studio.domain.evidence import signed
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.volume import Volume
from wsl_studio.ui.theme import DIM, GRID_PX, TEXT, scaled, ui_font
from wsl_studio.ui.view import Size, View, percent, scale_bar
from wsl_studio.ui.words import numeral, tr

LABEL: Final = "#e9e3a6"
"""What the reader said, drawn on the image: pale yellow, far from the colours of evidence."""
MARGIN: Final = 1.5 * GRID_PX
SHADOW: Final = QColor(0, 0, 0, 200)


def words(
    painter: QPainter,
    at: QPointF,
    text: str,
    colour: str = TEXT,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Text with its baseline at a point, with a dark edge that keeps it readable on white bone."""
    if not text:
        return
    ratio = painter.device().devicePixelRatioF()
    key = (text, painter.font().key(), colour, ratio)
    if key not in _DRAWN:
        while len(_DRAWN) >= _MOST_DRAWN:
            del _DRAWN[next(iter(_DRAWN))]
        _DRAWN[key] = _draw(text, painter.font(), colour, ratio)
    image, width, ascent = _DRAWN[key]
    x = at.x()
    if align == Qt.AlignmentFlag.AlignRight:
        x -= width
    elif align == Qt.AlignmentFlag.AlignHCenter:
        x -= width / 2
    top = round((at.y() - ascent) * ratio) / ratio  # on whole pixels, or the letters blur
    painter.drawImage(QPointF(round(x) - _ROOM, top - _ROOM), image)


_ROOM: Final = 3
"""Logical pixels around a drawn text for its edge."""


_MOST_DRAWN: Final = 400
_DRAWN: dict[tuple[str, str, str, float], tuple[QImage, float, float]] = {}
"""Texts that stay are drawn once and not every frame; the oldest give way."""


def _draw(text: str, font: QFont, colour: str, ratio: float) -> tuple[QImage, float, float]:
    """A text with its edge as an image, its width and its ascent in logical pixels."""
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    image = QImage(
        round((width + 2 * _ROOM + 2) * ratio),
        round((height + 2 * _ROOM) * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(SHADOW)
    at = QPointF(_ROOM, _ROOM + metrics.ascent())
    for dx, dy in ((1, 1), (-1, 0), (0, -1), (1, 0), (0, 1)):
        painter.drawText(at + QPointF(dx, dy), text)
    painter.setPen(QColor(colour))
    painter.drawText(at, text)
    painter.end()
    return image, width, metrics.ascent()


def letters(painter: QPainter, area: QRectF, geometry: Geometry | None) -> None:
    """Orientation letters at the four edges; none where the geometry is unknown."""
    if geometry is None:
        return
    left, right, top, bottom = geometry.letters()
    painter.setFont(ui_font(15, bold=True))
    middle = area.center().y() + 5
    words(painter, QPointF(area.left() + MARGIN, middle), left)
    words(painter, QPointF(area.right() - MARGIN, middle), right, align=Qt.AlignmentFlag.AlignRight)
    across = area.center().x()
    centre = Qt.AlignmentFlag.AlignHCenter
    words(painter, QPointF(across, area.top() + MARGIN + scaled(11)), top, align=centre)
    words(painter, QPointF(across, area.bottom() - MARGIN - scaled(22)), bottom, align=centre)


def bar(painter: QPainter, area: QRectF, mm_per_px: float) -> None:
    """A scale bar of a round length above the line of numbers, bottom left.

    Args:
        painter: In logical pixels.
        area: The canvas.
        mm_per_px: Millimetres per logical pixel across.
    """
    length, text = scale_bar(mm_per_px, min(160.0, area.width() / 4))
    x, y = area.left() + MARGIN, area.bottom() - MARGIN - scaled(28) - 0.5
    for pen in (QPen(SHADOW, 3), QPen(QColor(TEXT), 1)):
        painter.setPen(pen)
        for a, b in (((0, 0), (length, 0)), ((0, -4), (0, 4)), ((length, -4), (length, 4))):
            painter.drawLine(QPointF(x + a[0], y + a[1]), QPointF(x + b[0], y + b[1]))
    painter.setFont(ui_font(12))
    words(painter, QPointF(x + length + GRID_PX, y + 4), text)


def number_line(
    volume: Volume,
    view: View,
    size: Size,
    value: str,
    evidence: float | None,
    spread: float | None = None,
) -> tuple[tuple[str, str], ...]:
    """The line of numbers: each part with the widest text it may get (so that nothing moves).

    Args:
        volume: What is shown.
        view: How.
        size: Viewport in device pixels.
        value: Of the pixel under the cursor, with its unit; empty without one.
        evidence: Evidence there in logits, or None where none may be shown.
        spread: Its standard deviation over the members of an ensemble, or None.
    """
    window, digits = view.window, decimals(volume)
    level = f"W {number(window.width, digits)}  L {number(window.centre, digits)}"
    total = str(view.n_slices)
    parts = [
        (level, f"W {number(8888, digits)}  L {number(-888, digits)}"),
        (
            tr("slice {at}/{total}", at=view.slice + 1, total=total),
            tr("slice {at}/{total}", at="8" * len(total), total=total),
        ),
        (
            tr("zoom {percent:.0f} %", percent=percent(view, size)),
            tr("zoom {percent:.0f} %", percent=8888),
        ),
    ]
    if volume.lossy:
        parts.append((volume.lossy, volume.lossy))
    if view.is_inverted:
        parts.append(("inverted", "inverted"))
    if value:
        parts.append((value, _WIDE if volume.is_colour else ""))
        if evidence is not None:
            around = "" if spread is None else f" \N{PLUS-MINUS SIGN} {spread:.1f}"
            most = "+88.8" + (around and " \N{PLUS-MINUS SIGN} 88.8")
            widest = tr("evidence {logits}", logits=most)
            parts.append(
                (tr("evidence {logits}", logits=numeral(signed(evidence) + around)), widest)
            )
    return tuple(parts)


_WIDE: Final = "R 888  G 888  B 888"


def decimals(volume: Volume) -> int:
    """Figures after the point that a modality value of this volume needs."""
    slope = abs(volume.slope)
    if slope >= 1 or slope == 0:
        return 0
    return 1 if slope >= 0.1 else 2 if slope >= 0.01 else 4


def number(value: float, digits: int) -> str:
    """A number with a true minus sign."""
    text = f"{abs(value):.{digits}f}"
    return ("\N{MINUS SIGN}" if value < 0 and float(text) else "") + numeral(text)


def value_words(volume: Volume, stored: Any) -> str:
    """The modality value of a stored one with its unit, or the three colours."""
    if volume.is_colour:
        return "  ".join(f"{name} {v:.0f}" for name, v in zip("RGB", stored, strict=False))
    unit = f" {volume.unit}" if volume.unit else ""
    return number(float(stored) * volume.slope + volume.intercept, decimals(volume)) + unit


def write_numbers(
    painter: QPainter, area: QRectF, parts: Sequence[tuple[str, str]], gap: float = 2.5 * GRID_PX
) -> None:
    """The line of numbers at the bottom left, parts that no longer fit left out."""
    painter.setFont(ui_font(13))
    metrics = QFontMetricsF(painter.font())
    x, y = area.left() + MARGIN, area.bottom() - MARGIN
    for text, widest in parts:
        width = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(widest))
        if x + metrics.horizontalAdvance(text) > area.right() - MARGIN:
            return
        words(painter, QPointF(x, y), text)
        x += width + gap


def corner(
    painter: QPainter,
    area: QRectF,
    *,
    title: str,
    badge: str,
    notes: Sequence[str],
    under: str = "",
) -> None:
    """Top corners: what this is on the left, the badge and a line under it; notes on the right."""
    painter.setFont(ui_font(13))
    metrics = QFontMetricsF(painter.font())
    y, line = area.top() + MARGIN + scaled(11), max(3.0 * GRID_PX, metrics.height() + GRID_PX)
    if title:
        room = area.width() / 2 - 3 * GRID_PX
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        words(painter, QPointF(area.left() + MARGIN, y), title)
        y += line
    if badge:
        room = area.width() - 2 * MARGIN - 2 * GRID_PX
        badge = metrics.elidedText(badge, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(badge) + 2 * GRID_PX
        high = scaled(16) + 6
        box = QRectF(area.left() + MARGIN + 0.5, y - scaled(11) - 4.5, width, high)
        painter.setPen(QPen(QColor(TEXT), 1))
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(box, 3, 3)
        words(painter, QPointF(box.left() + GRID_PX, y), badge)
        y += line
    painter.setFont(ui_font(11))
    if under:
        metrics = QFontMetricsF(painter.font())
        room = area.width() - 2 * MARGIN
        text = metrics.elidedText(under, Qt.TextElideMode.ElideRight, room)
        words(painter, QPointF(area.left() + MARGIN, y - 3), text)
    small, y = QFontMetricsF(painter.font()), area.top() + MARGIN + scaled(10)
    room = area.width() * 0.42
    for note in notes[:3]:
        text = small.elidedText(note, Qt.TextElideMode.ElideRight, room)
        words(
            painter, QPointF(area.right() - MARGIN, y), text, DIM, align=Qt.AlignmentFlag.AlignRight
        )
        y += scaled(2 * GRID_PX)


def slices_words(first: int, last: int) -> str:
    """``'slices 40-60'`` (with an en dash) or ``'slice 40'``, counted from 1."""
    if first == last:
        return tr("slice {first}", first=first + 1)
    return tr("slices {first}–{last}", first=first + 1, last=last + 1)


def sentence(painter: QPainter, area: QRectF, text: str, under: str = "") -> None:
    """A calm sentence in the middle of an empty canvas, and a smaller one under it."""
    painter.setPen(QColor(DIM))
    painter.setFont(ui_font(15))
    room = area.adjusted(4 * GRID_PX, 0, -4 * GRID_PX, 0)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(room, int(flags), text)
    if under:
        painter.setFont(ui_font(13))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room.adjusted(0, area.height() / 2 + 3 * GRID_PX, 0, 0), int(flags), under)
