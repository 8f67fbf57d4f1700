"""The line of tools over the picture: a few buttons, and menus that show every key."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QPushButton, QWidget

from wsl_studio.domain.words import say
from wsl_studio.ui.cine import Cine
from wsl_studio.ui.icons import icon
from wsl_studio.ui.parts import button, icon_px
from wsl_studio.ui.presets import PresetButton
from wsl_studio.ui.theme import GRID_PX, ink, scaled
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.ui.looks import Looks

MENUS: Final[dict[str, tuple[str, ...]]] = {
    "Layout": (
        "planes", "compare", "next_compared", "beside", "rounds_beside",
        "spread_beside", "tiles", "",
        "next_picture", "link", "lines", "", "thicker", "thinner", "through",
        "", "apart", "keep_hanging",
    ),
    "Image": (
        "reset", "fit", "one_to_one", "region", "zoom_in", "zoom_out", "", "rotate", "rotate_back",
        "flip_across", "flip_down", "invert", "", "auto_window", "keep_window", "", "cine",
        "faster", "slower", "", "drawings", "headers",
    ),
    "Measure": (
        "distance", "angle", "rectangle", "ellipse", "", "remove_measure", "", "lens",
    ),
    "Evidence": (
        "next_decisive", "back_decisive", "", "overlay", "hold_hidden", "fill", "all_findings",
        "peaks", "next_peak", "back_peak", "",
        "more_opacity", "less_opacity", "", "beside", "rounds_beside", "spread_beside",
        "", "faithful",
    ),
}  # fmt: skip
"""Actions by menu, by their names in the key table; an empty name is a line."""
TITLES: Final = {
    "Layout": say("Layout"),
    "Image": say("Image"),
    "Measure": say("Measure"),
    "Evidence": "",
}
"""What stands on the button of each menu; the evidence menu hangs on the evidence button."""


LEAST_PX: Final = 60 * GRID_PX
MOST_PX: Final = 16_777_215
"""Qt's word for no limit."""


class MenuButton(QPushButton):
    """A button that opens a menu of actions, each with its key."""

    def __init__(self, text: str, tip: str = "") -> None:
        super().__init__(text)
        if not text:
            self.setFixedWidth(icon_px())  # hangs on the button before it
        self.setAccessibleName(text or tip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("flat", True)
        self.setToolTip(tip)
        self.setIcon(icon("chevron-down", ink().dim))
        self.setIconSize(QSize(scaled(16), scaled(16)))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands right
        self._menu = QMenu(self)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(self._menu)

    def take(self, names: Sequence[str], actions: Mapping[str, QAction]) -> None:
        """Fills the menu; names that have no action are left out."""
        self._menu.clear()
        for name in names:
            if not name:
                self._menu.addSeparator()
            elif name in actions:
                self._menu.addAction(actions[name])


class Toolbar(QWidget):
    """The tools of a viewer; what speaks of the model keeps its room while it is hidden.

    Args:
        viewer: Whose actions the buttons are.
        next_decisive: Goes to the next decisive slice.
    """

    def __init__(self, viewer: "Looks", next_decisive: Callable[[], object]) -> None:
        super().__init__(viewer)
        self.presets = PresetButton(viewer.presets)
        self.presets.chosen.connect(viewer.use_window)
        self.invert = button(
            tr("Invert"), tip=tr("Invert the grey scale (I)"), flat=True, on_click=viewer.invert
        )
        self.fit = button(
            tr("Reset"), tip=tr("Whole image, first window, not turned (R); double click fits"),
            flat=True, on_click=viewer.reset,
        )  # fmt: skip
        self.drawings = button(
            tr("Overlays"), icon_name="eye-off", flat=True,
            tip=tr("Drawings of the file on the image (Ctrl+D)"), on_click=viewer.toggle_drawings,
        )  # fmt: skip
        self.cine = button(
            icon_name="play", tip=tr("Cine (Shift+Space); . is faster, , is slower"), flat=True,
            on_click=viewer.cine.toggle,
        )  # fmt: skip
        self.cine.setMinimumWidth(0)  # it gives way on a narrow screen
        self.decisive = button(
            tr("Decisive slice"), icon_name="next", tip=tr("Next decisive slice (D)"), flat=True,
            on_click=next_decisive,
        )  # fmt: skip
        self.overlay = button(
            tr("Evidence"), icon_name="eye", tip=tr("Evidence on the image (Space)"), flat=True,
            on_click=viewer.toggle_overlay,
        )  # fmt: skip
        viewer.drawings_changed.connect(self.show_drawings)
        self.menus = {
            name: MenuButton(local(text), "" if text else tr("Evidence: more"))
            for name, text in TITLES.items()
        }
        tools = QHBoxLayout(self)
        tools.setContentsMargins(GRID_PX, GRID_PX // 2, GRID_PX, GRID_PX // 2)
        tools.setSpacing(GRID_PX // 2)
        tools.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        left = (self.menus["Layout"], self.menus["Image"], self.menus["Measure"])
        for widget in (self.presets, self.invert, self.fit, *left, self.drawings, self.cine):
            tools.addWidget(widget)
        tools.addStretch(1)
        for model in (self.decisive, self.overlay, self.menus["Evidence"]):
            keep = model.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            model.setSizePolicy(keep)
            tools.addWidget(model)

    def minimumSizeHint(self) -> QSize:
        """Buttons that stand in a menu too give way on a narrow screen."""
        return QSize(LEAST_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lets as many buttons stand as there is room for."""
        super().resizeEvent(event)
        layout = self.layout()
        assert layout is not None
        items = (layout.itemAt(k) for k in range(layout.count()))
        all_of = [w for item in items if item is not None and (w := item.widget()) is not None]
        widths = (max(w.sizeHint().width(), w.minimumWidth()) for w in all_of)
        wanted = sum(width + GRID_PX for width in widths)
        for widget in (
            self.decisive,
            self.cine,
            self.drawings,
            self.invert,
            self.fit,
            self.overlay,
        ):
            is_over = wanted > self.width()
            widget.setMaximumWidth(0 if is_over else MOST_PX)
            wanted -= widget.sizeHint().width() if is_over else 0
        layout.setSpacing(0 if wanted > self.width() else GRID_PX // 2)

    def show_drawings(self, is_on: bool) -> None:
        """The button says whether the overlays of the file are drawn."""
        self.drawings.setIcon(icon("eye" if is_on else "eye-off", ink().dim))

    def show_cine(self, cine: Cine) -> None:
        """The button stops a running cine and names its speed."""
        self.cine.setIcon(icon("stop" if cine.is_running else "play", ink().dim))
        self.cine.setText(f"{cine.speed}/s" if cine.is_running else "")

    def take(self, actions: Mapping[str, QAction]) -> None:
        """Fills the menus with the window's actions, which know their keys."""
        for name, menu in self.menus.items():
            menu.take(MENUS[name], actions)
