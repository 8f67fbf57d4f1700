"""Live curves of a round: loss, and AUC on validation patients. Imports pyqtgraph: import late."""

from collections.abc import Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from wsl_studio.domain.round import Epoch
from wsl_studio.domain.words import say
from wsl_studio.ui.line_names import LineNames, Name
from wsl_studio.ui.parts import Elided, column, heading, row
from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ink, scaled, ui_font
from wsl_studio.ui.words import numeral, told, tr

DASHES: Final = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)


class Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers are written as the reader writes them."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Numbers at the ticks."""
        return [numeral(text) for text in super().tickStrings(values, scale, spacing)]


class Plot(QWidget):
    """One small plot over epochs with its words above it.

    Args:
        title: What the vertical axis measures.
        empty: What is said while there is no point to draw.
    """

    def __init__(self, title: str, empty: str) -> None:
        super().__init__()
        self.names = LineNames()
        self._canvas = pg.PlotWidget(axisItems={"left": Axis("left")})
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas.setMinimumHeight(10 * GRID_PX)
        self._canvas.setMinimumWidth(16 * GRID_PX)
        item = self._canvas.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setStyle(tickFont=ui_font(SMALL_PX - 1), tickLength=-4)
        item.getAxis("left").setWidth(5 * GRID_PX)
        item.showGrid(y=True, alpha=0.12)
        self._best = pg.InfiniteLine(angle=90, movable=False)
        self._best.hide()
        item.addItem(self._best)
        self._empty = QLabel(empty, self._canvas)
        self._empty.setProperty("tone", "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setFixedSize(scaled(17 * GRID_PX), scaled(8 * GRID_PX))
        self._empty.move(6 * GRID_PX, 2 * GRID_PX)
        self.curves: dict[str, pg.PlotDataItem] = {}
        outer = column(gap=0)
        outer.addLayout(row(heading(title), None))
        outer.addWidget(self.names)
        outer.addWidget(self._canvas, 1)
        self.setLayout(outer)
        self._dress()

    def _dress(self) -> None:
        """Takes the colours of the look of now."""
        self._canvas.setBackground(ink().panel)
        for side in ("left", "bottom"):
            axis = self._canvas.getPlotItem().getAxis(side)
            axis.setPen(pg.mkPen(ink().line))
            axis.setTextPen(pg.mkPen(ink().dim))
        self._best.setPen(pg.mkPen(ink().faint, style=Qt.PenStyle.DotLine))

    def changeEvent(self, event: QEvent) -> None:
        """Another look; lines are drawn anew with the next words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_best"):
            self._dress()

    def show_lines(
        self,
        lines: dict[str, Sequence[tuple[int, float]]],
        *,
        epochs: int,
        best: int | None,
        span: tuple[float, float] | None = None,
    ) -> None:
        """Draws named lines.

        Args:
            lines: (epoch, value) by name; the order gives colour and dash.
            epochs: At most; the width of the plot.
            best: Epoch whose weights are kept, or None.
            span: Fixed (low, high) of the vertical axis; None fits it to the lines.
        """
        item = self._canvas.getPlotItem()
        for name in set(self.curves) - set(lines):
            item.removeItem(self.curves.pop(name))
        names = []
        # One a finding, told apart by the dash as well; orange and sky blue keep their meaning.
        colours = (ink().text, *ink().traces)
        for k, (name, points) in enumerate(lines.items()):
            colour, dash = colours[k % len(colours)], DASHES[k % len(DASHES)]
            if name not in self.curves:
                self.curves[name] = item.plot()
            curve = self.curves[name]
            # Pens count device pixels.
            width = 1.6 * self.devicePixelRatioF()
            curve.setPen(pg.mkPen(QColor(colour), width=width, style=dash))
            curve.setData([at for at, _ in points], [value for _, value in points])
            last = numeral(f" {points[-1][1]:.2f}") if points else ""
            names.append(Name(f"{told(name)}{last}", colour, dash))
        self.names.show_names(names)
        has_points = any(lines.values())
        self._empty.setVisible(not has_points)
        item.setXRange(1, max(2, epochs), padding=0.02)
        if span is not None:
            item.setYRange(*span, padding=0.02)
        elif has_points:
            values = [value for points in lines.values() for _, value in points]
            item.setYRange(min(0.0, *values), max(*values, 0.1), padding=0.05)
        self._best.setVisible(best is not None)
        if best is not None:
            self._best.setValue(best)


def pseudo_words(epoch: Epoch) -> str:
    """Pseudo-labels that an epoch learned from, and their purity; empty without any."""
    parts = []
    for finding, n in epoch.pseudo.items():
        purity = epoch.purity.get(finding)
        parts.append(
            f"{finding} {n}"
            + ("" if purity is None else " " + tr("(purity {purity:.2f})", purity=purity))
        )
    return tr("Pseudo-labels: {parts}", parts=", ".join(parts)) if parts else ""


class Curves(QWidget):
    """Both plots of one round."""

    def __init__(self) -> None:
        super().__init__()
        pg.setConfigOptions(antialias=True)
        self.loss = Plot(tr("Loss"), tr("Curves appear when a round trains."))
        self.auc = Plot(tr("Validation AUC"), "")
        self.loss.setToolTip(tr("Mean loss of training and of validation series, by epoch"))
        self.auc.setToolTip(tr("Area under the ROC curve on validation patients, by epoch"))
        self.pseudo = Elided(tone="dim")
        self.pseudo.setFont(ui_font(SMALL_PX))
        for plot in (self.loss, self.auc):
            plot.names.resized.connect(self._align)
        outer = column(gap=4)
        plots = row(self.loss, self.auc, gap=2 * GRID_PX)
        for k, share in enumerate((2, 1)):
            plots.setStretch(k, share)
        outer.addLayout(plots, 1)
        outer.addWidget(self.pseudo)
        self.setLayout(outer)
        self.show_epochs(())

    def show_epochs(self, epochs: Sequence[Epoch]) -> None:
        """Draws the epochs of a round so far."""
        most = max((e.epochs for e in epochs), default=10)
        best = next((e.epoch for e in reversed(epochs) if e.is_best), None)
        loss: dict[str, Sequence[tuple[int, float]]] = {
            say("training"): [(e.epoch, e.train_loss) for e in epochs]
        }
        validation = [(e.epoch, e.validation_loss) for e in epochs if e.validation_loss is not None]
        if validation:
            loss[say("validation")] = validation
        unlabelled = [(e.epoch, e.unlabelled_loss) for e in epochs if e.unlabelled_loss is not None]
        if unlabelled:
            loss[say("unlabelled")] = unlabelled
        self.loss.show_lines(loss if epochs else {}, epochs=most, best=best)
        auc: dict[str, Sequence[tuple[int, float]]] = {}
        for finding in dict.fromkeys(f for e in epochs for f in e.validation_auc):
            points = [
                (e.epoch, value)
                for e in epochs
                if (value := e.validation_auc.get(finding)) is not None
            ]
            if points:
                auc[finding] = points
        for finding in list(auc):
            student = [
                (e.epoch, value)
                for e in epochs
                if (value := e.student_auc.get(finding)) is not None
            ]
            if student:
                auc[say("{finding}, student", finding=finding)] = student
        words = pseudo_words(epochs[-1]) if epochs else ""
        about = tr(
            "Unlabelled series taken as if they were labelled. Purity: how often validation"
            " series that look as sure have that answer. None of them becomes a label."
        )
        self.pseudo.setText(words)
        self.pseudo.set_tip(f"{words}\n{about}")
        self.pseudo.setVisible(bool(words))
        low = min([0.5, *(value for points in auc.values() for _, value in points)])
        self.auc.show_lines(auc, epochs=most, best=best, span=(low, 1.0))
        self._align()

    def _align(self) -> None:
        """Both plots begin at the same height, under as many rows of names as either needs."""
        names = self.loss.names, self.auc.names
        rows = max(one.needed for one in names)
        for one in names:
            one.set_height(rows)
