"""The evidence panel under the image: the sum that makes the score, the legend, the two sliders."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from wsl_studio.domain.evidence import Arithmetic, Evidence, signed
from wsl_studio.ui.overlay import Style, drawn, legend_colours, threshold_logits
from wsl_studio.ui.paint import to_image
from wsl_studio.ui.parts import Elided, button, column, row
from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ink, scaled, scaled_down, ui_font
from wsl_studio.ui.words import numeral, tr

HEIGHT_PX: Final = 9 * GRID_PX
LARGEST_PX: Final = 22
SMALLEST_PX: Final = 11
EQUALS: Final = " = "
LEGEND_PX: Final = 25 * GRID_PX
LEAST_PX: Final = 48 * GRID_PX
ROOM_PX: Final = 80 * GRID_PX
"""Width, at 100 %, from which legend and sliders stand beside the sum; else legend under it."""


def segments(arithmetic: Arithmetic) -> tuple[tuple[str, str], ...]:
    """The sentence of a sum in coloured pieces; joined they are ``arithmetic.sentence()``."""
    sums, c = arithmetic, ink()
    parts = [
        (tr("{logits} for", logits=numeral(signed(sums.positive))), c.accent),
        (tr("{logits} against", logits=numeral(signed(sums.negative, minus=True))), c.against),
    ]
    if abs(sums.whole) >= 0.05:
        side = c.accent if sums.whole > 0 else c.against
        parts.append((tr("{logits} as a whole", logits=numeral(signed(sums.whole))), side))
    if abs(sums.rest) >= 0.05:
        parts.append((tr("{logits} baseline", logits=numeral(signed(sums.rest))), c.dim))
    out = [piece for part in parts for piece in ((", ", c.dim), part)][1:]
    side = c.accent if sums.score >= 0 else c.against
    probability = numeral(f" \N{RIGHTWARDS ARROW} {sums.probability:.2f}")
    return (*out, (EQUALS, c.dim), (numeral(signed(sums.score)), side), (probability, c.text))


Line = tuple[tuple[str, str], ...]
"""Pieces of text with their colours."""


class SumLine(QWidget):
    """A line of coloured tabular text, as large as fits its room; two where not even small fits."""

    def __init__(self) -> None:
        super().__init__()
        self._segments: tuple[tuple[str, str], ...] = ()
        self.setFixedHeight(scaled(LARGEST_PX + GRID_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The line without its colours."""
        return "".join(text for text, _ in self._segments)

    def set_segments(self, parts: tuple[tuple[str, str], ...]) -> None:
        """Shows another line."""
        self._segments = parts
        self.setAccessibleName(self.text)
        self.setToolTip(self.text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line at the largest size that fits."""
        del event
        painter = QPainter(self)
        lines, font = self.laid_out()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        pitch = self.height() / len(lines)
        for k, line in enumerate(lines):
            x, y = 0.0, k * pitch + (pitch + metrics.ascent() - metrics.descent()) / 2
            for text, colour in line:
                painter.setPen(QColor(colour))
                painter.drawText(QPointF(x, y), text)
                x += metrics.horizontalAdvance(text)
        painter.end()

    def laid_out(self) -> tuple[tuple[Line, ...], QFont]:
        """The text as one line, or as two with what it comes to on the second, and its font.

        Where the parts of the sum are too long for one line, the last of them move down as well.
        """
        for size in range(LARGEST_PX, scaled_down(SMALLEST_PX) - 1, -1):
            font = ui_font(size)
            if QFontMetricsF(font).horizontalAdvance(self.text) <= self.width():
                return (self._segments,), font
        texts = [text for text, _ in self._segments]
        wide = QFontMetricsF(font).horizontalAdvance
        ends = [k for k, text in enumerate(texts) if text == EQUALS]
        ends += [k for k, text in reversed([*enumerate(texts, 1)]) if text == ", "]
        fits = (k for k in ends if wide("".join(texts[:k])) <= self.width())
        at = next(fits, ends[-1] if ends else 0)
        return (self._segments[:at], self._segments[at:]), font

    def sizeHint(self) -> QSize:
        """Room for a line without a baseline."""
        return QSize(400, LARGEST_PX + GRID_PX)

    def minimumSizeHint(self) -> QSize:
        """Room for the line at its smallest."""
        return QSize(160, LARGEST_PX + GRID_PX)


class Legend(QWidget):
    """The colours of the overlay from -scale to +scale, in logits, threshold included."""

    def __init__(self) -> None:
        super().__init__()
        self._scale = 1.0
        self._style = Style()
        self.setFixedSize(scaled(LEGEND_PX), scaled(5 * GRID_PX))
        self.setToolTip(
            tr(
                "Evidence in logits: orange speaks for the finding, blue against it.\n"
                "One scale for all slices; where the bar is dark, nothing is drawn."
            )
        )

    def show_scale(self, scale: float, style: Style) -> None:
        """The half-range in logits and how evidence is drawn now."""
        if (scale, style) != (self._scale, self._style):
            self._scale, self._style = scale, style
            self.update()

    def words(self) -> tuple[tuple[str, str], ...]:
        """What stands under the left end, the middle and the right end, with its colour."""
        if self._style.is_spread:
            return (
                ("0", ink().dim),
                (tr("spread, logits"), ink().dim),
                (f"{self._scale:.1f}", ink().model),
            )
        return (
            (tr("{logits} against", logits=numeral(signed(-self._scale))), ink().against),
            (tr("logits"), ink().dim),
            (tr("for {logits}", logits=numeral(signed(self._scale))), ink().accent),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bar over black, as on the image, and three numbers under it."""
        del event
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        bar = QRectF(0, 4, self.width(), 12)
        painter.fillRect(bar, QColor(0, 0, 0))
        size = round(bar.width() * ratio), round(bar.height() * ratio)
        # At full opacity: the legend names colours, the slider says how strongly they cover.
        full = replace(self._style, is_shown=True, opacity=1.0)
        array = legend_colours(*size, full)
        image = to_image(array)
        image.setDevicePixelRatio(ratio)
        painter.drawImage(bar.topLeft(), image)
        if not self._style.is_spread:
            painter.setPen(QPen(QColor(ink().line), 1))
            painter.drawLine(QPointF(self.width() / 2, 4), QPointF(self.width() / 2, 16))
        painter.setFont(ui_font(11))
        line = QRectF(0, 18, self.width(), scaled(18))
        middle = Qt.AlignmentFlag.AlignVCenter
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter,
                 Qt.AlignmentFlag.AlignRight)  # fmt: skip
        words = self.words()
        left, between, right = (painter.fontMetrics().horizontalAdvance(text) for text, _ in words)
        has_room = between / 2 + max(left, right) + GRID_PX / 2 <= self.width() / 2
        for (text, colour), where in zip(words, sides, strict=True):
            if has_room or where != Qt.AlignmentFlag.AlignHCenter:
                painter.setPen(QColor(colour))
                painter.drawText(line, int(where | middle), text)
        painter.end()


class EvidencePanel(QWidget):
    """Sum, legend and sliders of the evidence on screen, or one sentence why there is none.

    Its height never changes, so that nothing jumps when it fills.
    """

    style_wanted = Signal(object)
    """The reader moved a slider: the ``Style`` wanted."""
    peek_wanted = Signal()
    """The reader asked to see the model before labelling."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(scaled(HEIGHT_PX))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("place", "panel")
        self.sum_line = SumLine()
        self.caption = Elided(tone="dim")
        self.caption.setFont(ui_font(SMALL_PX))
        self.legend = Legend()
        self.spread = button(tr("Repeatability"))
        self.spread.setCheckable(True)
        self.spread.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.spread.setToolTip(
            tr("Draws how far the evidence moves between the members of the round, instead of it")
        )
        self.spread.toggled.connect(self._moved)
        self.opacity = _slider(tr("Opacity of the evidence"))
        self.threshold = _slider(tr("Evidence weaker than this is not drawn"))
        self._opacity_words, self._threshold_words = QLabel(), QLabel()
        self.opacity.valueChanged.connect(self._moved)
        self.threshold.valueChanged.connect(self._moved)
        self.filled = self._build_filled()
        self.sentence = Elided(tone="dim")
        self.peek = button(tr("Show evidence"), icon_name="eye", flat=True)
        self.peek.clicked.connect(self.peek_wanted.emit)
        self.peek.setToolTip(tr("It is noted that the model was seen before labelling (E)"))
        self.waiting = QWidget()
        self.waiting.setLayout(row(self.sentence, self.peek, gap=2 * GRID_PX))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(2 * GRID_PX, 0, 2 * GRID_PX, 0)
        outer.addWidget(self.filled)
        outer.addWidget(self.waiting)
        self.say("")

    def show_evidence(
        self, evidence: Evidence, style: Style, caption: str, likes: str = ""
    ) -> None:
        """Fills the panel.

        Args:
            evidence: What is drawn.
            style: How.
            caption: Of which finding and round.
            likes: Which labelled series speak for it as a whole. Where the caption has no room for
                it, the sum says it to who points at it.
        """
        self.sum_line.set_segments(segments(evidence.arithmetic))
        self.caption.setText(", ".join(filter(None, (caption, likes))))
        if likes:
            self.sum_line.setToolTip(f"{self.sum_line.text}\n{likes}")
        self.set_style(style, evidence)
        self.waiting.hide()
        self.filled.show()

    def set_style(self, style: Style, evidence: Evidence) -> None:
        """Shows how evidence is drawn: legend, sliders and words."""
        shown, kind = drawn(evidence, style)
        self.legend.show_scale(shown.scale, kind)
        self.spread.setVisible(evidence.spread is not None)
        self.spread.blockSignals(True)
        self.spread.setChecked(style.is_spread)
        self.spread.blockSignals(False)
        logits = threshold_logits(evidence, style)
        for slider, value in ((self.opacity, style.opacity), (self.threshold, style.threshold)):
            slider.blockSignals(True)
            slider.setValue(round(100 * value))
            slider.blockSignals(False)
        opacity = f"{100 * style.opacity:.0f} %" if style.is_shown else "off"
        self._opacity_words.setText(tr("opacity {opacity}", opacity=opacity))
        sides = "" if kind.is_spread else "\N{PLUS-MINUS SIGN}"
        self._threshold_words.setText(
            tr("from {sides}{logits:.1f} logits", sides=sides, logits=logits)
        )

    def say(self, sentence: str, *, can_peek: bool = False) -> None:
        """Empties the panel of everything of the model and says why."""
        self.sum_line.set_segments(())
        self.caption.setText("")
        self.sentence.setText(sentence)
        self.peek.setVisible(can_peek)
        self.filled.hide()
        self.waiting.show()

    def _build_filled(self) -> QWidget:
        out = QWidget()
        left = column(gap=0)
        left.addStretch(1)
        left.addWidget(self.sum_line)
        # Beside the caption: the sum above it needs the whole width of a small screen.
        under = self._under = row(self.caption, self.spread, gap=2 * GRID_PX)
        under.setStretch(0, 1)
        left.addLayout(under)
        left.addStretch(1)
        sliders = QGridLayout()
        sliders.setContentsMargins(0, 0, 0, 0)
        sliders.setHorizontalSpacing(GRID_PX)
        sliders.setVerticalSpacing(0)
        for i, (slider, label) in enumerate(
            ((self.opacity, self._opacity_words), (self.threshold, self._threshold_words))
        ):
            label.setProperty("tone", "dim")
            label.setFont(ui_font(SMALL_PX))
            label.setFixedWidth(label.fontMetrics().horizontalAdvance(tr("from ±88.8 logits")) + 4)
            sliders.addWidget(slider, i, 0)
            sliders.addWidget(label, i, 1)
        self._sliders = QWidget()
        self._sliders.setLayout(sliders)
        line = self._across = QHBoxLayout(out)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(3 * GRID_PX)
        line.addLayout(left, 1)
        line.addWidget(self.legend)
        line.addWidget(self._sliders)
        return out

    def minimumSizeHint(self) -> QSize:
        """The sliders give way."""
        return QSize(LEAST_PX, scaled(HEIGHT_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the sum needs the room of the sliders; their keys and menu remain."""
        super().resizeEvent(event)
        is_wide = self.width() >= scaled(ROOM_PX)
        self._sliders.setVisible(is_wide)
        room = self.width() - self.spread.sizeHint().width() - 12 * GRID_PX
        wide = scaled(LEGEND_PX) if is_wide else min(scaled(LEGEND_PX), max(room, LEGEND_PX))
        self.legend.setFixedWidth(wide)
        source, target = (self._under, self._across) if is_wide else (self._across, self._under)
        if source.indexOf(self.legend) >= 0:
            source.removeWidget(self.legend)
            target.insertWidget(1 if is_wide else 2, self.legend)

    def _moved(self) -> None:
        shares = self.opacity.value() / 100, self.threshold.value() / 100
        self.style_wanted.emit(Style(True, *shares, self.spread.isChecked()))


def _slider(tip: str) -> QSlider:
    out = QSlider(Qt.Orientation.Horizontal)
    out.setRange(0, 100)
    out.setFixedWidth(scaled(14 * GRID_PX))
    out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    out.setToolTip(tip)
    out.setAccessibleName(tip)
    return out
