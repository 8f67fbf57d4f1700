"""What the encoder of a round keeps of the series on screen: rebuilt pictures and its nearest."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QWidget

from wsl_studio.jobs.values import Rebuilt
from wsl_studio.ui.parts import Elided, column, row
from wsl_studio.ui.theme import GRID_PX
from wsl_studio.ui.words import local, tr

HEIGHT_PX = 8 * GRID_PX


class RebuiltStrip(QWidget):
    """Pictures side by side, each above its caption; beside them the nearest series.

    Pictures and line take no room where a round has none.

    Args:
        beside: What else stands beside the pictures, not above them: on the smallest screen all
            of it is seen at once.
    """

    def __init__(self, *beside: QWidget) -> None:
        super().__init__()
        self._shown = Rebuilt()
        self._pictures: list[QLabel] = []
        self._captions: list[QLabel] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID_PX)
        self._grid.setVerticalSpacing(2)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._nearest = Elided(tone="dim")
        self._nearest.hide()
        lines = column(gap=4)
        lines.addWidget(self._nearest)
        lines.addStretch(1)
        for one in beside:
            is_button = isinstance(one, QAbstractButton)
            side = Qt.AlignmentFlag.AlignRight if is_button else Qt.AlignmentFlag(0)
            lines.addWidget(one, 0, side)
        whole = row(gap=2 * GRID_PX)
        whole.addLayout(self._grid)
        whole.addLayout(lines, 1)
        self.setLayout(whole)

    @property
    def words(self) -> tuple[str, ...]:
        """Captions on screen, and the line beside them."""
        shown = [label.text() for label in self._captions if not label.isHidden()]
        return (*shown, self._nearest.text())

    def show_rebuilt(self, rebuilt: Rebuilt) -> None:
        """Shows a strip cut at its captions, and the line, or hides them."""
        if rebuilt == self._shown:
            return
        self._shown = rebuilt
        strip = QPixmap()
        n = len(rebuilt.captions)
        if n:
            strip.loadFromData(rebuilt.strip, "PNG")
        while len(self._pictures) < n:
            self._add()
        for k, (picture, caption) in enumerate(zip(self._pictures, self._captions, strict=True)):
            picture.setVisible(k < n and not strip.isNull())
            caption.setVisible(picture.isVisibleTo(self))
            if k < n and not strip.isNull():
                left, right = (round(at * strip.width() / n) for at in (k, k + 1))
                part = strip.copy(
                    left, 0, right - left - (right < strip.width()) * 4, strip.height()
                )
                picture.setPixmap(
                    part.scaledToHeight(HEIGHT_PX, Qt.TransformationMode.SmoothTransformation)
                )
                caption.setText(local(rebuilt.captions[k]))
        numbers = ", ".join(str(number) for number in rebuilt.nearest)
        self._nearest.setText(tr("Most like it: series {numbers}", numbers=numbers) * bool(numbers))
        self._nearest.setVisible(bool(numbers))

    def _add(self) -> None:
        picture, caption = QLabel(), QLabel()
        caption.setProperty("tone", "dim")
        self._pictures.append(picture)
        self._captions.append(caption)
        at = len(self._pictures) - 1
        self._grid.addWidget(picture, 0, at)
        self._grid.addWidget(caption, 1, at)
