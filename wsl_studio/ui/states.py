"""The label state of a series as a word, a colour and a shape, never as a colour alone."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from wsl_studio.jobs.values import LabelState
from wsl_studio.ui.theme import ink


def state_colour(state: LabelState) -> str:
    """``#rrggbb`` of a state in the look of now."""
    c = ink()
    return {
        LabelState.PARTLY: c.partly,
        LabelState.LABELLED: c.text,
        LabelState.SKIPPED: c.waiting,
        LabelState.DEFERRED: c.waiting,
        LabelState.SUGGESTED: c.model,
    }.get(state, c.dim)


def paint_state(painter: QPainter, centre: QPointF, state: LabelState) -> None:
    """Draws the shape of a state, 8 px wide: ring, half, disc, bar, pause or diamond."""
    colour = QColor(state_colour(state))
    r = 4.0
    square = QRectF(centre.x() - r, centre.y() - r, 2 * r, 2 * r)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state is LabelState.SKIPPED:
        painter.setPen(QPen(colour, 2.0))
        painter.drawLine(QPointF(centre.x() - r, centre.y()), QPointF(centre.x() + r, centre.y()))
    elif state is LabelState.DEFERRED:
        painter.setPen(QPen(colour, 2.0))
        for x in (-2.0, 2.0):
            painter.drawLine(centre + QPointF(x, -r), centre + QPointF(x, r))
    elif state is LabelState.SUGGESTED:
        points = [QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0)]
        painter.drawPolygon(QPolygonF([centre + p for p in points]))
    else:
        painter.drawEllipse(square.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        if state is LabelState.LABELLED:
            painter.drawEllipse(square)
        elif state is LabelState.PARTLY:
            painter.drawPie(square, 90 * 16, 180 * 16)
    painter.restore()
