"""How the pictures look: window, zoom, turns, magnifier and the style of evidence."""

from dataclasses import replace
from functools import partialmethod
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wsl_studio.domain.measure import Kind as MeasureKind
from wsl_studio.domain.reslice import Orientation
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import auto_window
from wsl_studio.ui.canvas import REGION, Canvas
from wsl_studio.ui.cine import Cine
from wsl_studio.ui.measures import Measures
from wsl_studio.ui.overlay import Style
from wsl_studio.ui.presets import Presets
from wsl_studio.ui.stage import Stage
from wsl_studio.ui.view import one_to_one

FILLS: Final = ((True, False), (True, True), (False, True))
"""Area, area with contours, contours alone: (has_fill, has_lines)."""


class Looks(QWidget):
    """The lower half of the viewer: the stage and everything that changes how it looks.

    What it does, it does to the picture that the keys turn.
    """

    drawings_changed = Signal(bool)
    """Overlays of the file are drawn, or not."""

    def __init__(self, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presets = presets
        self.measures = Measures(self)
        self.stage = Stage(self.measures)
        self.cine = Cine(self)
        self._volume: Volume | None = None
        self._style = Style()
        self._held: Style | None = None
        self._shows_drawings = False

    @property
    def canvas(self) -> Canvas:
        """The picture of the slices as they were acquired."""
        return self.stage.canvas

    # Windows

    def next_window(self) -> None:
        """The next preset, round and round."""
        view = self.canvas.view
        window = None if view is None else self.presets.after(view.window)
        if window is not None:
            self.canvas.set_window(window)

    def use_window(self, k: int) -> None:
        """The k-th preset, from 0; nothing where there are fewer."""
        window = self.presets.choose(k)
        if window is not None:
            self.canvas.set_window(window)

    window_1 = partialmethod(use_window, 0)
    window_2 = partialmethod(use_window, 1)
    window_3 = partialmethod(use_window, 2)
    window_4 = partialmethod(use_window, 3)
    window_5 = partialmethod(use_window, 4)
    window_6 = partialmethod(use_window, 5)
    window_7 = partialmethod(use_window, 6)
    window_8 = partialmethod(use_window, 7)
    window_9 = partialmethod(use_window, 8)

    def auto_window(self) -> None:
        """The window of the slice on screen, from its own histogram (1st to 99th percentile)."""
        canvas = self.stage.active
        volume, view = canvas.volume, canvas.view
        if volume is not None and view is not None and not volume.is_colour:
            plane = canvas.orientation.array(volume.array)[view.slice]
            found = auto_window(plane, slope=volume.slope, intercept=volume.intercept)
            canvas.set_window(replace(found, name="Auto of this slice"))

    def keep_window(self) -> None:
        """Keeps the window on screen as the reader's own preset for this modality."""
        view = self.canvas.view
        if view is not None:
            self.canvas.set_window(self.presets.keep(view.window))

    def invert(self) -> None:
        """Inverts the grey scale, and back."""
        self.stage.active.invert()

    def reset(self) -> None:
        """As stored: whole image, first window, not inverted, not turned, thin slices."""
        self.stage.reset(self.presets.open(self._volume))

    # Zoom and turns

    def zoom_in(self) -> None:
        """Larger, about the middle."""
        self.stage.active.zoom_by(1.25)

    def zoom_out(self) -> None:
        """Smaller, about the middle."""
        self.stage.active.zoom_by(0.8)

    def zoom_fit(self) -> None:
        """The whole image."""
        self.stage.active.fit()

    def zoom_one(self) -> None:
        """One image pixel on one pixel of the screen."""
        canvas = self.stage.active
        if canvas.view is not None:
            canvas.set_view(one_to_one(canvas.view, canvas.viewport))

    def zoom_region(self) -> None:
        """The next left drag says what to enlarge."""
        self.stage.active.arm(REGION)

    def rotate(self) -> None:
        """A quarter turn clockwise."""
        self.stage.lay(Orientation.turned)

    def rotate_back(self) -> None:
        """A quarter turn back."""
        self.stage.lay(lambda lies: lies.turned().turned().turned())

    def flip_across(self) -> None:
        """Left and right exchanged; the letters follow."""
        self.stage.lay(lambda lies: lies.mirrored())

    def flip_down(self) -> None:
        """Top and bottom exchanged; the letters follow."""
        self.stage.lay(lambda lies: lies.mirrored(is_vertical=True))

    def toggle_lens(self) -> None:
        """The magnifier off and on, everywhere."""
        is_on = not self.canvas.has_lens
        for canvas in self.stage.canvases:
            canvas.set_lens(is_on)

    # Measures

    def _measure(self, kind: MeasureKind) -> None:
        self.stage.active.arm(kind)

    measure_distance = partialmethod(_measure, MeasureKind.DISTANCE)
    measure_angle = partialmethod(_measure, MeasureKind.ANGLE)
    measure_rectangle = partialmethod(_measure, MeasureKind.RECTANGLE)
    measure_ellipse = partialmethod(_measure, MeasureKind.ELLIPSE)

    def remove_measure(self) -> None:
        """Takes the chosen measure away, or the last one of the series."""
        if self._volume is not None:
            self.measures.remove(self._volume.series_uid, self.stage.selected)

    # Evidence

    def set_style(self, style: Style) -> None:
        """How evidence is drawn."""
        self._style = style
        self.stage.set_style(style)

    def toggle_overlay(self) -> None:
        """Evidence on the image off and on."""
        self.set_style(replace(self._style, is_shown=not self._style.is_shown))

    def toggle_drawings(self) -> None:
        """Overlays of the file on the image on and off."""
        self._shows_drawings = not self._shows_drawings
        for picture in self.stage.canvases:
            picture.show_drawings(self._shows_drawings)
        self.drawings_changed.emit(self._shows_drawings)

    def next_fill(self) -> None:
        """Evidence as area, area with contours, contours alone, round and round."""
        now = FILLS.index((self._style.has_fill, self._style.has_lines))
        fill, lines = FILLS[(now + 1) % len(FILLS)]
        self.set_style(replace(self._style, has_fill=fill, has_lines=lines, is_shown=True))

    def hold_hidden(self) -> None:
        """Hides evidence until the key is let go."""
        if self._held is None:
            self._held = self._style
            self.set_style(replace(self._style, is_shown=False))

    def let_go(self) -> None:
        """Shows evidence again as it was before the key was held."""
        if self._held is not None:
            held, self._held = self._held, None
            self.set_style(held)

    def more_opacity(self) -> None:
        """Evidence covers more."""
        self._step_opacity(1)

    def less_opacity(self) -> None:
        """Evidence covers less."""
        self._step_opacity(-1)

    def _step_opacity(self, steps: int) -> None:
        opacity = min(max(self._style.opacity + steps / 10, 0.1), 1.0)
        self.set_style(replace(self._style, opacity=round(opacity, 2), is_shown=True))
