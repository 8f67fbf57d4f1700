"""The viewer: image, evidence strip and evidence panel, bound to the Session."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partialmethod
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.volume import Volume
from wsl_studio.jobs.values import Change, Notice, Selection
from wsl_studio.ui.arithmetic import EvidencePanel
from wsl_studio.ui.canvas import Canvas, Texts
from wsl_studio.ui.decor import marks_of
from wsl_studio.ui.icons import icon
from wsl_studio.ui.overlay import Style
from wsl_studio.ui.parts import button
from wsl_studio.ui.presets import PresetButton, Presets
from wsl_studio.ui.sentences import BADGE, empty_words, no_evidence, range_hint
from wsl_studio.ui.strip import Strip, next_stop, stops
from wsl_studio.ui.theme import DIM, GRID_PX
from wsl_studio.ui.view import reset
from wsl_studio.ui.viewer_actions import VIEWER_ACTIONS, ViewerAction

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

__all__ = ["VIEWER_ACTIONS", "Viewer", "ViewerAction"]

PAGE: Final = 10
"""Slices that Page Up and Page Down turn."""
_REPEAT_S: Final = 0.2


class Viewer(QWidget):
    """Shows the selected series and turns wheel, drags and actions into calls on the session.

    Blind first: while ``session.model.hidden`` says why, no part of this widget holds evidence,
    so none can be painted.
    """

    box_drawn = Signal(int, object)
    """(slice, (x0, y0, x1, y1)): pixels of the image, x1 and y1 exclusive."""
    range_marked = Signal(int, int)
    """First and last slice, inclusive, from 0."""

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.canvas, self.strip, self.panel = Canvas(), Strip(), EvidencePanel()
        self.presets = Presets()
        self._volume: Volume | None = None
        self._evidence: Evidence | None = None
        self._style = Style()
        self._selection = Selection()
        self._trouble: Notice | None = None
        self._range: tuple[int | None, int | None] = (None, None)
        self._box_asked = 0.0
        self._box_done = False
        self._build()
        self._connect()
        self.setFocusProxy(self.canvas)
        self._refresh_all()

    def _build(self) -> None:
        self.window_button = PresetButton(self.presets)
        self.window_button.chosen.connect(self.use_window)
        self.invert_button = button(
            "Invert", tip="Invert the grey scale (I)", flat=True, on_click=self.invert
        )
        self.fit_button = button(
            "Reset", tip="Whole image, first window (R); double click fits", flat=True,
            on_click=self.reset,
        )  # fmt: skip
        self.overlay_button = button(
            "Evidence", icon_name="eye", tip="Evidence on the image (Space)", flat=True,
            on_click=self.toggle_overlay,
        )  # fmt: skip
        self.decisive_button = button(
            "Decisive slice", icon_name="next", tip="Next decisive slice (D)", flat=True,
            on_click=self.next_decisive,
        )  # fmt: skip
        tools = QHBoxLayout()
        tools.setContentsMargins(GRID_PX, GRID_PX // 2, GRID_PX, GRID_PX // 2)
        tools.setSpacing(GRID_PX)
        for widget in (self.window_button, self.invert_button, self.fit_button):
            tools.addWidget(widget)
        tools.addStretch(1)
        for widget in (self.decisive_button, self.overlay_button):
            keep = widget.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(keep)
            tools.addWidget(widget)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self.strip)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(tools)
        outer.addLayout(middle, 1)
        outer.addWidget(self.panel)

    def _connect(self) -> None:
        self.session.changed.connect(self._on_changed)
        self.session.selection_changed.connect(self._on_selection)
        self.session.notice.connect(self._on_notice)
        for part in (self.canvas, self.strip):
            part.slices_wanted.connect(self.turn)
        self.strip.slice_wanted.connect(self.go_to)
        self.canvas.view_changed.connect(self._show_window)
        self.canvas.opacity_wanted.connect(self._step_opacity)
        self.canvas.box_drawn.connect(self._on_box)
        self.panel.style_wanted.connect(self.set_style)
        self.panel.peek_wanted.connect(self.session.peek)

    # From the session

    def _on_changed(self, change: Change) -> None:
        if change.volume:
            self._trouble = None
            self._show_volume()
        if change.project or change.series or change.work:
            self._show_texts()
        if change.project or change.labels:
            self._show_marks()
        if change.project or change.labels or change.evidence or change.rounds or change.volume:
            self._show_model()

    def _on_selection(self, selection: Selection) -> None:
        before, self._selection = self._selection, selection
        if selection.series_uid != before.series_uid:
            self._refresh_all()
            return
        self.canvas.set_slice(selection.slice)
        self.strip.set_slice(selection.slice)
        if selection.finding != before.finding:
            self._show_marks()
            self._show_model()

    def _on_notice(self, notice: Notice) -> None:
        if notice.is_trouble and self._volume is None and self._selection.series_uid:
            self._trouble = notice
            self._show_texts()

    def _refresh_all(self) -> None:
        self._selection = self.session.selection
        self._trouble, self._range = None, (None, None)
        self._show_volume()
        self._show_texts()
        self._show_marks()
        self._show_model()

    def _show_volume(self) -> None:
        volume = self.session.volume
        if volume is not None and volume.series_uid != self._selection.series_uid:
            volume = None  # a late answer about a series that is no longer on screen
        if volume is self._volume and (volume is None) == (self.canvas.view is None):
            return
        self._volume = volume
        at = self._selection.slice
        self.canvas.set_volume(volume, self.presets.open(volume), at)
        self.strip.show_series(0 if volume is None else volume.n_slices, at)
        self._show_window()
        self._show_texts()

    def _show_texts(self) -> None:
        project, uid = self.session.project, self._selection.series_uid
        row = next((row for row in self.session.rows if row.uid == uid), None)
        title = f"#{row.number}  {row.title}" if row else ""
        badge = BADGE if row is not None and row.is_phantom else ""
        empty, advice = empty_words(
            project,
            self._selection,
            n_series=len(self.session.rows),
            work=self.session.work,
            trouble=self._trouble,
        )
        self.canvas.set_texts(Texts(title, badge, empty, advice, range_hint(*self._range)))

    def _show_marks(self) -> None:
        marks = marks_of(self.session.labels.current, self._selection.finding)
        self.canvas.set_marks(marks)
        self.strip.set_marks(marks, self._range)

    def _show_model(self) -> None:
        model, finding = self.session.model, self._selection.finding
        evidence, why = None, model.hidden
        if not why:
            evidence = model.evidence.get(finding)
            why = "" if evidence is not None else no_evidence(finding, model.round)
        n_slices = 0 if self._volume is None else self._volume.n_slices
        if evidence is not None and evidence.grid.shape[0] != n_slices:
            evidence, why = None, "this evidence is of other slices: train a new round"
        self._evidence = evidence
        self.canvas.set_evidence(self._evidence)
        self.strip.set_evidence(self._evidence, why)
        for widget in (self.overlay_button, self.decisive_button):
            widget.setVisible(self._evidence is not None)
        if self._evidence is None:
            if self._volume is None:
                why = ""
            self.panel.say(why, can_peek=model.can_peek and bool(why and model.hidden))
            return
        caption = f"{finding}, round {self._evidence.round}, in logits"
        if not model.is_current:
            caption += ", labels have changed since"
        self.panel.show_evidence(self._evidence, self._style, caption)

    def _show_window(self) -> None:
        view = self.canvas.view
        self.window_button.show_window(None if view is None else view.window)
        for widget in (self.invert_button, self.fit_button):
            widget.setEnabled(view is not None)

    # Actions

    def turn(self, steps: int) -> None:
        """Scrolls by slices, held to those there are."""
        self.go_to(self._selection.slice + steps)

    def go_to(self, index: int) -> None:
        """Goes to a slice."""
        if self._volume is not None:
            index = min(max(index, 0), self._volume.n_slices - 1)
            if index != self._selection.slice:
                self.session.select_slice(index)

    def slice_back(self) -> None:
        """One slice back."""
        self.turn(-1)

    def slice_on(self) -> None:
        """One slice on."""
        self.turn(1)

    def page_back(self) -> None:
        """Ten slices back."""
        self.turn(-PAGE)

    def page_on(self) -> None:
        """Ten slices on."""
        self.turn(PAGE)

    def first_slice(self) -> None:
        """The first slice."""
        self.go_to(0)

    def last_slice(self) -> None:
        """The last slice."""
        self.go_to(2**31)

    def next_decisive(self) -> None:
        """The most decisive slice, then the next ones; nothing while the model is hidden."""
        if self._evidence is not None:
            self.go_to(next_stop(stops(self._evidence), self._selection.slice, 1))

    def back_decisive(self) -> None:
        """The decisive slice before."""
        if self._evidence is not None:
            self.go_to(next_stop(stops(self._evidence), self._selection.slice, -1))

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

    def invert(self) -> None:
        """Inverts the grey scale, and back."""
        self.canvas.invert()

    def reset(self) -> None:
        """Whole image, first window, not inverted."""
        view, window = self.canvas.view, self.presets.open(self._volume)
        if view is not None and window is not None:
            self.canvas.set_view(replace(reset(view), window=window, is_inverted=False))

    def zoom_in(self) -> None:
        """Larger, about the middle."""
        self.canvas.zoom_by(1.25)

    def zoom_out(self) -> None:
        """Smaller, about the middle."""
        self.canvas.zoom_by(0.8)

    def set_style(self, style: Style) -> None:
        """How evidence is drawn."""
        self._style = style
        self.canvas.set_style(style)
        self.overlay_button.setIcon(icon("eye" if style.is_shown else "eye-off", DIM))
        self.overlay_button.setText("Evidence" if style.is_shown else "Evidence off")
        if self._evidence is not None:
            self.panel.set_style(style, self._evidence)

    def toggle_overlay(self) -> None:
        """Evidence on the image off and on."""
        self.set_style(replace(self._style, is_shown=not self._style.is_shown))

    def more_opacity(self) -> None:
        """Evidence covers more."""
        self._step_opacity(1)

    def less_opacity(self) -> None:
        """Evidence covers less."""
        self._step_opacity(-1)

    def _step_opacity(self, steps: int) -> None:
        opacity = min(max(self._style.opacity + steps / 10, 0.1), 1.0)
        self.set_style(replace(self._style, opacity=round(opacity, 2), is_shown=True))

    # Boxes and ranges

    def start_box(self) -> None:
        """The next left drag draws a box.

        A held key asks again and again; after its box is drawn, those repeats ask for nothing.
        """
        now = time.monotonic()
        is_repeat = self._box_done and now - self._box_asked < _REPEAT_S
        self._box_asked = now
        if not is_repeat:
            self._box_done = False
            self.canvas.arm_box()

    def mark_first(self) -> None:
        """The slice on screen is the first of a range; with its last slice the range is marked."""
        self._mark(0)

    def mark_last(self) -> None:
        """The slice on screen is the last of a range; with its first slice the range is marked."""
        self._mark(1)

    def leave_tool(self) -> None:
        """Puts the box tool and a half-marked range away."""
        self.canvas.leave_tool()
        self._set_range((None, None))

    def _mark(self, end: int) -> None:
        if self._volume is None:
            return
        ends = list(self._range)
        ends[end] = self._selection.slice
        if ends[0] is None or ends[1] is None:
            self._set_range((ends[0], ends[1]))
            return
        first, last = sorted((ends[0], ends[1]))
        self._set_range((None, None))
        self.range_marked.emit(first, last)

    def _set_range(self, ends: tuple[int | None, int | None]) -> None:
        self._range = ends
        self._show_marks()
        self._show_texts()

    def _on_box(self, index: int, box: tuple[float, float, float, float]) -> None:
        self._box_done = True
        self._box_asked = time.monotonic()
        self.box_drawn.emit(index, box)

    def slots(self) -> dict[str, Callable[[], None]]:
        """What each of ``VIEWER_ACTIONS`` calls, by its name."""
        return {action.name: getattr(self, action.method) for action in VIEWER_ACTIONS}
