"""The window presets of the series on screen: a button with a menu, and what keys choose."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import CT_PRESETS, Window
from wsl_studio.domain.words import say
from wsl_studio.jobs.settings import Settings
from wsl_studio.ui.icons import icon
from wsl_studio.ui.theme import GRID_PX, ink
from wsl_studio.ui.view import COLOUR_WINDOW
from wsl_studio.ui.words import local, tr

MOST_OWN: Final = 3
"""Own presets kept for a modality."""


class Presets:
    """Windows of one volume after another; a preset chosen by name holds for its modality.

    The automatic window reads the whole volume, so the list is made when it is first needed.

    Args:
        settings: Where the reader's own presets are kept, by modality; None keeps them in memory.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._volume: Volume | None = None
        self._windows: tuple[Window, ...] | None = None
        self._chosen: dict[str, str] = {}
        self._kept: dict[str, list[list[object]]] = {}

    def open(self, volume: Volume | None) -> Window | None:
        """Turns to another volume.

        Returns:
            Its first window: the preset that the reader last chose for the modality if the
            volume has it, otherwise the first of the file, otherwise the automatic one.
        """
        self._volume, self._windows = volume, None
        if volume is None:
            return None
        chosen = self._chosen.get(volume.modality)
        if chosen is None and volume.windows and not volume.is_colour:
            first = volume.windows[0]
            return _named(first if first.name else replace(first, name="File 1"), volume)
        return next((w for w in self.all if w.name == chosen), self.all[0])

    @property
    def all(self) -> tuple[Window, ...]:
        """In the order of F1 to F9, no two alike; empty without a volume."""
        if self._windows is None:
            found: tuple[Window, ...] = ()
            if self._volume is not None:
                presets = self._volume.presets() or (COLOUR_WINDOW,)
                found = tuple(_named(window, self._volume) for window in presets)
                own = self._own.get(self._volume.modality, ())
                found = (*found[: 9 - len(own)], *own) if own else found
            # A file often carries what the modality's list has too; its own name comes first.
            once: dict[Window, Window] = {}
            for window in found:
                once.setdefault(replace(window, name=""), window)
            self._windows = tuple(once.values())
        return self._windows

    def choose(self, k: int) -> Window | None:
        """The k-th window, from 0, remembered for the modality; None where there are fewer."""
        if self._volume is None or not 0 <= k < len(self.all):
            return None
        self._chosen[self._volume.modality] = self.all[k].name
        return self.all[k]

    def keep(self, window: Window) -> Window:
        """Keeps a window as one of the reader's own for the modality on screen; the last three."""
        if self._volume is None:
            return window
        modality = self._volume.modality
        own = self._own
        taken = {w.name for w in own.get(modality, ())}
        names = (say("Own {k}", k=k) for k in range(1, 99))
        name = str(next(name for name in names if name not in taken))
        kept = replace(window, name=name)
        self._save({**own, modality: (*own.get(modality, ()), kept)[-MOST_OWN:]})
        self._windows = None
        self._chosen[modality] = name
        return kept

    @property
    def _own(self) -> dict[str, tuple[Window, ...]]:
        """The reader's own presets by modality; what can't be read is none."""
        stored: Any = self._kept if self._settings is None else self._settings.get("windows", {})
        out: dict[str, tuple[Window, ...]] = {}
        for modality, windows in stored.items() if isinstance(stored, dict) else ():
            found = []
            for parts in windows if isinstance(windows, list) else ():
                try:
                    name, centre, width, function = parts
                    width = max(float(width), 1e-6)
                    found.append(Window(float(centre), width, str(name), function))
                except (TypeError, ValueError):
                    continue
            out[str(modality)] = tuple(found)
        return out

    def _save(self, own: dict[str, tuple[Window, ...]]) -> None:
        self._kept = {
            modality: [[w.name, w.centre, w.width, w.function] for w in windows]
            for modality, windows in own.items()
        }
        if self._settings is not None:
            self._settings.set("windows", self._kept)

    def after(self, window: Window) -> Window | None:
        """The preset after this one, round and round; the first after a window of one's own."""
        if not self.all:
            return None
        now = self.all.index(window) if window in self.all else -1
        return self.choose((now + 1) % len(self.all))


def _named(window: Window, volume: Volume) -> Window:
    """A window of the file by the name that readers know, where it is one of theirs."""
    if volume.modality == "CT" and window.name.startswith("File "):
        same = (window.centre, window.width)
        name = next((p.name for p in CT_PRESETS if (p.centre, p.width) == same), window.name)
        return replace(window, name=name)
    return window


class PresetButton(QPushButton):
    """Names the window on screen and offers the others."""

    chosen = Signal(int)
    """The k-th preset, from 0."""

    def __init__(self, presets: Presets) -> None:
        super().__init__(tr("Window"))
        self._presets = presets
        self._now: Window | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(tr("Window presets: F1 to F9, W for the next"))
        self.setMinimumWidth(15 * GRID_PX)
        self.setIcon(icon("chevron-down", ink().dim))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands right
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self._menu.triggered.connect(lambda action: self.chosen.emit(int(action.data())))
        self.setMenu(self._menu)

    def show_window(self, window: Window | None) -> None:
        """The window on screen, or None without a volume."""
        self._now = window
        self.setEnabled(window is not None)
        name = "" if window is None else local(window.name) or tr("Own window")
        self.setText(name or tr("Window"))

    def fill(self) -> None:
        """Makes the menu of the series on screen."""
        self._menu.clear()
        for k, window in enumerate(self._presets.all):
            # The key is only shown: it belongs to the window's key table.
            text = tr("{name}   W {width:g}  L {centre:g}", name=local(window.name),
                      width=window.width, centre=window.centre) + f"\tF{k + 1}"  # fmt: skip
            action = self._menu.addAction(text)
            action.setData(k)
            action.setCheckable(True)
            action.setChecked(window == self._now)
