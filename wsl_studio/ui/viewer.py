"""The viewer: image, evidence strip and evidence panel, bound to the Session."""

import time
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wsl_studio.domain.evidence import Evidence
from wsl_studio.jobs.values import Change, ModelView, Notice, Selection
from wsl_studio.ui.arithmetic import EvidencePanel
from wsl_studio.ui.canvas import Texts
from wsl_studio.ui.hanging import Hanging
from wsl_studio.ui.header_lines import HeaderLines
from wsl_studio.ui.icons import icon
from wsl_studio.ui.layout import Kind, show
from wsl_studio.ui.layouts import Layouts
from wsl_studio.ui.looks import Looks
from wsl_studio.ui.marks import marks_of
from wsl_studio.ui.overlay import Style
from wsl_studio.ui.plan import NOTHING, Shown, others_of
from wsl_studio.ui.presets import Presets
from wsl_studio.ui.sentences import BADGE, empty_words, legend, no_evidence, range_hint, say_likes
from wsl_studio.ui.strip import Strip, next_stop, stops
from wsl_studio.ui.theme import ink
from wsl_studio.ui.toolbar import Toolbar
from wsl_studio.ui.viewer_actions import VIEWER_ACTIONS, ViewerAction
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

__all__ = ["VIEWER_ACTIONS", "Viewer", "ViewerAction"]

PAGE: Final = 10
"""Slices that Page Up and Page Down turn."""
_REPEAT_S: Final = 0.2


class Viewer(Looks):
    """Shows the selected series and turns wheel, drags and actions into calls on the session.

    Blind first: while ``session.model.hidden`` says why, no part of this widget holds evidence,
    so none can be painted.
    """

    box_drawn = Signal(int, object)
    """(slice, (x0, y0, x1, y1)): pixels of the image, x1 and y1 exclusive."""
    range_marked = Signal(int, int)
    """First and last slice, inclusive, from 0."""

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(Presets(session.settings), parent)
        self.session = session
        self.strip, self.panel = Strip(), EvidencePanel()
        self.measures.bind(session.measures_of, session.keep_measures)
        self.layouts = Layouts(session, self.stage)
        self.hanging = Hanging(session, self, self.layouts)
        self.header_lines = HeaderLines(self, session.read_header, self._are_names_hidden)
        self._evidence: Evidence | None = None
        self._has_peaks, self._has_findings = True, False
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
        tools = self.tools = Toolbar(self, self.next_decisive)
        self.window_button, self.invert_button = tools.presets, tools.invert
        self.fit_button, self.overlay_button = tools.fit, tools.overlay
        self.decisive_button, self.cine_button = tools.decisive, tools.cine
        self.drawings_button = tools.drawings
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.stage, 1)
        middle.addWidget(self.strip)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(tools)
        outer.addLayout(middle, 1)
        outer.addWidget(self.panel)

    def _connect(self) -> None:
        self.session.changed.connect(self._on_changed)
        self.session.selection_changed.connect(self._on_selection)
        self.session.notice.connect(self._on_notice)
        self.strip.slices_wanted.connect(self.turn)
        self.stage.slice_wanted.connect(self.go_to)
        self.stage.tile_chosen.connect(self._on_tile)
        self.cine.tick.connect(self._on_tick)
        self.cine.changed.connect(self._show_cine)
        self.strip.slice_wanted.connect(self.go_to)
        self.canvas.view_changed.connect(self._show_window)
        for canvas in self.stage.canvases:
            canvas.opacity_wanted.connect(self._step_opacity)
        self.canvas.box_drawn.connect(self._on_box)
        self.panel.style_wanted.connect(self.set_style)
        self.panel.peek_wanted.connect(self.session.peek)

    # From the session

    def _on_changed(self, change: Change) -> None:
        if change.volume:
            self._trouble = self._trouble if self.session.volume is None else None
            self._show_volume()
            self.layouts.take_compared()
            self.hanging.hang()
        if change.project or change.series or change.work:
            self._show_texts()
        if change.project or change.labels:
            self._show_marks()
            self.stage.refresh()  # what was measured may have been undone
        if change.project or change.labels or change.evidence or change.rounds or change.volume:
            self._show_model()

    def _on_selection(self, selection: Selection) -> None:
        before, self._selection = self._selection, selection
        if selection.series_uid != before.series_uid:
            self._refresh_all()
            return
        self.stage.set_slice(selection.slice)
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
        self.cine.stop()
        self.layouts.forget()
        self.stage.set_volume(volume, self.presets.open(volume), at)
        self.drawings_button.setVisible(volume is not None and volume.drawings is not None)
        self.strip.show_series(0 if volume is None else volume.n_slices, at)
        self._show_window()
        self._show_texts()

    def _show_texts(self) -> None:
        project, uid = self.session.project, self._selection.series_uid
        row = self.session.row_of(uid)
        title = f"#{row.number}  {local(row.title)}" if row else ""
        badge = local(BADGE) if row is not None and row.is_phantom else ""
        empty, advice = empty_words(
            project,
            self._selection,
            n_series=len(self.session.rows),
            work=self.session.work,
            trouble=self._trouble,
        )
        hint = range_hint(*self._range)
        self.canvas.set_texts(Texts(title, badge, empty, advice, hint))
        for canvas in self.stage.canvases[1:]:
            canvas.set_texts(Texts(badge=badge.partition(",")[0]))

    def _show_marks(self) -> None:
        marks = marks_of(self.session.labels.current, self._selection.finding)
        self.canvas.set_marks(marks)
        self.strip.set_marks(marks, self._range)

    def _show_model(self) -> None:
        model, finding = self.session.model, self._selection.finding
        evidence, why = None, local(model.hidden)
        if not why:
            evidence = model.evidence.get(finding)
            why = "" if evidence is not None else no_evidence(finding, model.round)
        n_slices = 0 if self._volume is None else self._volume.n_slices
        if evidence is not None and evidence.grid.shape[0] != n_slices:
            evidence, why = None, tr("this evidence is of other slices: train a new round")
        self._evidence = evidence
        self._show_on_stage(model if evidence is not None else None)
        self.strip.set_evidence(self._evidence, why)
        for widget in (self.overlay_button, self.decisive_button, self.tools.menus["Evidence"]):
            widget.setVisible(self._evidence is not None)
        if self._evidence is None:
            if self._volume is None:
                why = ""
            self.panel.say(why, can_peek=model.can_peek and bool(why and model.hidden))
            return
        caption = legend(finding, self._evidence.round, is_current=model.is_current)
        likes = say_likes(self._evidence.likes, self.session.row_of)
        self.panel.show_evidence(self._evidence, self._style, caption, likes)

    def _show_on_stage(self, model: ModelView | None) -> None:
        """Hands the stage what may be drawn; without a model, nothing at all."""
        before = None
        if model is None or self._evidence is None:
            self.stage.set_model(NOTHING)
        else:
            found, finding = model.evidence, self._selection.finding
            before = model.before.get(finding)
            if before is not None and before.grid.shape[0] != self._evidence.grid.shape[0]:
                before = None
            others = others_of(found, self._evidence) if self._has_findings else ()
            self.stage.set_model(Shown(self._evidence, others, before, self._has_peaks))
        self.layouts.has_before = before is not None
        if before is None and self.layouts.now.kind is Kind.ROUNDS:
            self.layouts.single()

    def _show_window(self) -> None:
        view = self.canvas.view
        self.window_button.show_window(None if view is None else view.window)
        for widget in (self.invert_button, self.fit_button):
            widget.setEnabled(view is not None)

    # Actions

    def turn(self, steps: int) -> None:
        """Scrolls the picture that keys turn, held to the slices there are."""
        self.stage.turn(self.stage.active_index, steps)

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
        self.turn(-(2**31))

    def last_slice(self) -> None:
        """The last slice."""
        self.turn(2**31)

    def next_decisive(self) -> None:
        """The most decisive slice, then the next ones; nothing while the model is hidden."""
        if self._evidence is not None:
            self.go_to(next_stop(stops(self._evidence), self._selection.slice, 1))

    def back_decisive(self) -> None:
        """The decisive slice before."""
        if self._evidence is not None:
            self.go_to(next_stop(stops(self._evidence), self._selection.slice, -1))

    def set_style(self, style: Style) -> None:
        """How evidence is drawn."""
        super().set_style(style)
        self.overlay_button.setIcon(icon("eye" if style.is_shown else "eye-off", ink().dim))
        self.overlay_button.setText(tr("Evidence") if style.is_shown else tr("Evidence off"))
        if self._evidence is not None:
            self.panel.set_style(style, self._evidence)

    def toggle_peaks(self) -> None:
        """Marks of the strongest regions off and on."""
        self._has_peaks = not self._has_peaks
        self._show_model()

    def toggle_findings(self) -> None:
        """Contours of the other findings off and on."""
        self._has_findings = not self._has_findings
        self._show_model()

    def keep_remove(self) -> None:
        """Asks whether the evidence on screen is faithful; nothing while the model is hidden."""
        if self._evidence is not None:
            share = max(self._style.threshold, 0.05)
            self.session.keep_remove(share * self._evidence.scale)

    def _are_names_hidden(self) -> bool:
        settings = self.session.settings
        return settings is not None and bool(settings.get("hide_names", False))

    def _on_tile(self, index: int) -> None:
        self.layouts.single()
        self.go_to(index)

    def _on_tick(self) -> None:
        canvas = self.stage.active
        if canvas.view is None or self.layouts.now.kind is Kind.TILES:
            self.cine.stop()
            return
        last = canvas.view.n_slices - 1
        self.turn(-last if canvas.index >= last else 1)

    def _show_cine(self) -> None:
        self.tools.show_cine(self.cine)

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
        """Puts away what is in hand: a tool, else a half-marked range, else the layout."""
        is_busy = any(canvas.tool for canvas in self.stage.canvases)
        for canvas in self.stage.canvases:
            canvas.leave_tool()
        if is_busy:
            return
        if self._range != (None, None):
            self._set_range((None, None))
        elif self.layouts.now.kind is not Kind.SINGLE:
            self.stage.set_layout(show(self.layouts.now, Kind.SINGLE))

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
        return {action.name: attrgetter(action.method)(self) for action in VIEWER_ACTIONS}

    def take_actions(self, actions: Mapping[str, QAction]) -> None:
        """Fills the menus with the window's actions, which know their keys."""
        self.tools.take(actions)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key let go ends what lasts only while it is held."""
        if not event.isAutoRepeat():
            self.let_go()
        super().keyReleaseEvent(event)
