"""The stage: the pictures of one layout, kept on the same place of the same patient."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partialmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from wsl_studio.domain.peaks import Peak, peaks
from wsl_studio.domain.reslice import UPRIGHT, Orientation, Voxel
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.ui.canvas import Canvas
from wsl_studio.ui.layout import Kind, Layout, why_not
from wsl_studio.ui.measures import Measures
from wsl_studio.ui.overlay import Style
from wsl_studio.ui.plan import NOTHING, Part, Scene, Shown, names, plan
from wsl_studio.ui.sketch import Sketch, measure_at, peak_at
from wsl_studio.ui.tiles import Tiles


class Stage(QWidget):
    """Arranges up to six pictures, or the wall of slices, and keeps them linked."""

    slice_wanted = Signal(int)
    """Go to this acquired slice."""
    layout_changed = Signal()
    tile_chosen = Signal(int)

    def __init__(self, measures: Measures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvases = tuple(Canvas() for _ in range(6))
        self.tiles = Tiles()
        self.layout_value = Layout()
        self.measures = measures
        self._volume: Volume | None = None
        self._other: Volume | None = None
        self._other_index = 0
        self._other_words = ""
        self._cross: Voxel = (0.0, 0.0, 0.0)
        self._lies: dict[str, Orientation] = {}
        self._shown = NOTHING
        self._style_now = Style()
        self._peaks: tuple[Peak, ...] = ()
        self._peak: int | None = None
        self._selected: object = None
        self._is_linking = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        self._arrange()
        for k, canvas in enumerate(self.canvases):
            canvas.slices_wanted.connect(_bind(self.turn, k))
            canvas.clicked.connect(_bind(self._on_click, k))
            canvas.entered.connect(_bind(self._on_enter, k))
            canvas.view_changed.connect(_bind(self._on_view, k))
            canvas.measured.connect(_bind(self._on_measured, k))
        self.tiles.chosen.connect(self.tile_chosen)
        measures.changed.connect(self.refresh)

    # What is on it

    @property
    def canvas(self) -> Canvas:
        """The picture of the slices as they were acquired."""
        return self.canvases[0]

    @property
    def active(self) -> Canvas:
        """The picture that keys turn."""
        return self.canvases[self.active_index]

    @property
    def active_index(self) -> int:
        """Its number."""
        return min(self.layout_value.active, len(self.canvases) - 1)

    @property
    def peaks(self) -> tuple[Peak, ...]:
        """Regions that may be drawn now."""
        return self._peaks

    @property
    def cross(self) -> Voxel:
        """The crosshair: a voxel position of the series."""
        return self._cross

    @property
    def pictures(self) -> tuple[Canvas, ...]:
        """Those on screen."""
        return self.canvases[: self.layout_value.n_pictures]

    def set_volume(self, volume: Volume | None, window: Window | None, at: int) -> None:
        """Another series, or none; turns, tiles and the second series are put away."""
        self._volume, self._other, self._lies = volume, None, {}
        self._selected = self._peak = None
        h, w = (0, 0) if volume is None else volume.array.shape[1:3]
        self._cross = (float(at), float(h // 2), float(w // 2))
        for canvas in self.canvases:
            canvas.set_volume(None)
            canvas.set_orientation(UPRIGHT)
        self.canvas.set_volume(volume, window, at)
        kind = self.layout_value.kind
        # Planes stay from series to series; what belonged to the last series alone does not.
        stays = kind in (Kind.PLANES, Kind.BESIDE) and not why_not(
            kind, volume, has_other=False, has_before=False
        )
        if volume is not None and kind is not Kind.SINGLE and not stays:
            self.set_layout(replace(self.layout_value, kind=Kind.SINGLE, active=0))
        self.refresh()

    def set_other(self, volume: Volume | None, words: str = "") -> None:
        """The series to compare with, and what it is called."""
        self._other, self._other_words = volume, words
        self.refresh()

    def set_layout(self, value: Layout) -> None:
        """Another arrangement."""
        if value == self.layout_value:
            return
        now = self.layout_value
        is_other_kind = (value.kind, value.has_spread) != (now.kind, now.has_spread)
        if self.layout_value.is_linked and not value.is_linked:
            self._other_index = self.canvases[1].index
        self.layout_value = value
        if is_other_kind:
            self._arrange()
        self.refresh()
        self.layout_changed.emit()

    def set_slice(self, index: int) -> None:
        """The acquired slice on screen."""
        if round(self._cross[0]) != index:
            self._cross = (float(index), *self._cross[1:])
        self.refresh()

    def set_model(self, shown: Shown) -> None:
        """What of the model may be drawn from now on: the only way it comes onto the stage."""
        if shown.evidence is not self._shown.evidence or not shown.has_peaks or not self._peaks:
            has_any = shown.evidence is not None and shown.has_peaks
            self._peaks = peaks(shown.evidence) if has_any and shown.evidence else ()
        self._shown = shown
        self.refresh()

    def set_style(self, style: Style) -> None:
        """How evidence is drawn, everywhere."""
        for canvas in self.canvases:
            canvas.set_style(style)
        self._style_now = style
        self.refresh()

    # Moving

    def turn(self, k: int, steps: int) -> None:
        """Scrolls one of the pictures by slices of its axis."""
        canvas, volume = self.canvases[k], self._volume
        if volume is None:
            return
        kind = self.layout_value.kind
        if kind is Kind.COMPARE and k == 1 and not self.layout_value.is_linked and self._other:
            last = self._other.n_slices - 1
            self._other_index = min(max(self._other_index + steps, 0), last)
            self.refresh()
            return
        axis = canvas.orientation.axis if kind is Kind.PLANES else 0
        at = list(self._cross)
        at[axis] = float(min(max(round(at[axis]) + steps, 0), volume.array.shape[axis] - 1))
        self.fly((at[0], at[1], at[2]))

    def fly(self, voxel: Voxel) -> None:
        """Puts the crosshair on a voxel position; every plane turns to it."""
        volume = self._volume
        if volume is None:
            return
        s, y, x = (
            min(max(v, 0.0), n - 1.0) for v, n in zip(voxel, volume.array.shape[:3], strict=True)
        )
        index = round(s)
        self._cross = (float(index), y, x)
        self.refresh()
        self.slice_wanted.emit(index)

    def _step_peak(self, step: int) -> None:
        found = self._peaks
        if found:
            self._peak = 0 if self._peak is None else (self._peak + step) % len(found)
            peak = found[self._peak % len(found)]
            self.fly((float(peak.slice), peak.y, peak.x))

    next_peak = partialmethod(_step_peak, 1)
    """Flies to the strongest region for, then on through all that are marked."""
    back_peak = partialmethod(_step_peak, -1)
    """Flies to the region before."""

    def lay(self, change: Callable[[Orientation], Orientation]) -> None:
        """Turns or mirrors the active picture (both where they show the same slices); no tiles."""
        held = names(self._scene)
        if held:
            self._lies[held[self.layout_value.active]] = change(self.active.orientation)
            self.refresh()

    def reset(self, window: Window | None) -> None:
        """As stored, fitted, first window, not inverted, thin; the layout stays."""
        self._lies = {}
        self.layout_value = replace(self.layout_value, slab=replace(self.layout_value.slab, mm=0.0))
        self.refresh()
        for canvas in self.pictures or (self.canvas,):
            canvas.fit()
            view = canvas.view
            if view is not None and (window is not None) and canvas.volume is self._volume:
                canvas.set_view(replace(view, window=window, is_inverted=False))
        self.layout_changed.emit()

    @property
    def selected(self) -> object:
        """The measure that Delete takes away; None for the last one drawn."""
        return self._selected

    # Putting it together

    def _arrange(self) -> None:
        for widget in (*self.canvases, self.tiles):
            self._grid.removeWidget(widget)
            widget.setParent(self)
            widget.setVisible(False)
        kind = self.layout_value.kind
        self._stretch((0, 0, 0), (0, 0))
        twins, n = self.layout_value.twins, self.layout_value.n_own
        if kind is Kind.TILES:
            self._grid.addWidget(self.tiles, 0, 0, 2, 3)
            self.tiles.setVisible(True)
            return
        if kind is Kind.PLANES and not twins:
            self._grid.addWidget(self.canvas, 0, 0, 2, 1)
            self._grid.addWidget(self.canvases[1], 0, 1)
            self._grid.addWidget(self.canvases[2], 1, 1)
            self._stretch((3, 2, 0), (1, 1))
        elif kind is Kind.SINGLE:  # with its twin at its side
            for k, canvas in enumerate(self.pictures):
                self._grid.addWidget(canvas, 0, k, 2, 1)
            self._stretch([int(k < len(self.pictures)) for k in range(3)], (1, 1))
        else:  # a twin stands under its picture
            for k, canvas in enumerate(self.pictures[:n]):
                self._grid.addWidget(canvas, 0, k, 1 if k in twins else 2, 1)
            for k, canvas in zip(twins, self.pictures[n:], strict=True):
                self._grid.addWidget(canvas, 1, k)
            self._stretch([int(k < n) for k in range(3)], (1, 1))
        for canvas in self.pictures:
            canvas.setVisible(True)

    def _stretch(self, columns: Sequence[int], rows: Sequence[int]) -> None:
        for column, share in enumerate(columns):
            self._grid.setColumnStretch(column, share)
        for line, share in enumerate(rows):
            self._grid.setRowStretch(line, share)

    @property
    def _scene(self) -> Scene:
        return Scene(
            self.layout_value, self._volume, self._cross, self._lies, self._shown, self._other,
            self._other_words, self._other_index,
        )  # fmt: skip

    def refresh(self) -> None:
        """Brings every picture to what it should show; what is right already costs nothing."""
        parts = plan(self._scene)
        self._is_linking = True
        first = self.canvas.view
        for k, (canvas, part) in enumerate(zip(self.canvases, parts, strict=False)):
            if canvas.volume is not part.volume and first is not None:
                canvas.set_orientation(part.orientation)
                window = first.window if part.is_same else _first_window(part.volume, first.window)
                canvas.set_volume(part.volume, window, part.index)
            canvas.set_orientation(part.orientation)
            canvas.set_slab(self.layout_value.slab)
            canvas.set_slice(part.index)
            spread = replace(self._style_now, is_spread=True, has_fill=True)
            canvas.set_style(spread if part.is_spread else self._style_now)
            canvas.set_evidence(part.evidence, part.others)
            canvas.set_sketch(self._sketch(k, part, len(parts)))
        for canvas in self.canvases[len(parts) :]:
            if canvas.volume is None:
                continue  # as it should be
            canvas.set_evidence(None)
            canvas.set_sketch(Sketch())
            if canvas is not self.canvas:
                canvas.set_volume(None)
        self._is_linking = False
        if parts:
            self._on_view(0)
        self.tiles.set_evidence(
            self._shown.evidence, self._style_now, has_spread=self.layout_value.has_spread
        )
        if self.layout_value.kind is Kind.TILES:
            self.tiles.show_volume(self._volume, self.canvas.view)
            self.tiles.set_slice(round(self._cross[0]))

    def _sketch(self, k: int, part: Part, n: int) -> Sketch:
        has_cross = self.layout_value.kind is Kind.PLANES and self.layout_value.has_lines
        is_marked = part.evidence is not None and part.evidence is self._shown.evidence
        measures = self.measures.of(part.volume.series_uid)
        selected = self._selected if self._selected in measures else None
        return Sketch(
            label=part.label,
            note=part.note,
            cross=self._cross if has_cross else None,
            line=part.line if self.layout_value.has_lines else None,
            peaks=self._peaks if is_marked and self._style_now.is_shown else (),
            measures=measures,
            selected=selected,
            is_active=n > 1 and k == self.layout_value.active,
        )

    # From the pictures

    def _on_enter(self, k: int) -> None:
        if k != self.layout_value.active and k < len(self.pictures):
            self.set_layout(replace(self.layout_value, active=k))

    def _on_click(self, k: int, voxel: Voxel) -> None:
        canvas = self.canvases[k]
        places = canvas.places
        if places is None or canvas.volume is not self._volume:
            return
        point = places.point(voxel)
        self._selected = measure_at(point, self.measures.of(self._uid), places)
        peak = peak_at(point, self._peaks, places) if canvas.evidence is not None else None
        if peak is not None:
            self.fly((float(peak.slice), peak.y, peak.x))
        elif self.layout_value.kind is Kind.PLANES and self._selected is None:
            self.fly(voxel)
        else:
            self.refresh()

    @property
    def _uid(self) -> str:
        return "" if self._volume is None else self._volume.series_uid

    def _on_measured(self, k: int, measure: object) -> None:
        volume = self.canvases[k].volume
        if volume is not None:
            self._selected = None
            self.measures.add(volume.series_uid, measure)  # type: ignore[arg-type]

    def _on_view(self, k: int) -> None:
        """Zoom, place and window go along to the pictures they belong to."""
        source = self.canvases[k]
        if self._is_linking or source.view is None:
            return
        self._is_linking = True
        view = source.view
        for canvas in self.pictures:
            if canvas is source or canvas.view is None or canvas.volume is None:
                continue
            is_same = canvas.volume is source.volume
            if is_same or _is_alike(canvas.volume, source.volume):
                canvas.set_view(
                    replace(canvas.view, window=view.window, is_inverted=view.is_inverted)
                )
            if canvas.orientation == source.orientation:
                canvas.set_view(
                    replace(canvas.view, zoom=view.zoom, centre_y=view.centre_y,
                            centre_x=view.centre_x)
                )  # fmt: skip
        self._is_linking = False


def _bind(call: Callable[..., None], k: int) -> Callable[..., None]:
    return lambda *values: call(k, *values)


def _is_alike(one: Volume | None, two: Volume | None) -> bool:
    """True if one window suits both."""
    return bool(one and two and one.modality == two.modality and one.unit == two.unit == "HU")


def _first_window(volume: Volume, window: Window) -> Window:
    presets = volume.windows or volume.presets()
    return presets[0] if presets else window
