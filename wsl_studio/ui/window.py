"""The main window: four places, one line above, one below; it turns keys into calls on Session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget, QWidget

from wsl_studio.jobs.values import Change, Notice
from wsl_studio.ui.apart import SETTING, Apart, other_screen
from wsl_studio.ui.browser import Browser
from wsl_studio.ui.columns import Columns
from wsl_studio.ui.demo import DemoMaker
from wsl_studio.ui.dialogs import NewProject, PassedOverList, ask_folder, ask_source, is_source
from wsl_studio.ui.dress import Dress, dress_as
from wsl_studio.ui.first import First
from wsl_studio.ui.header import Header
from wsl_studio.ui.key_help import KeyHelp
from wsl_studio.ui.keys import ACTIONS, KeyTable, from_viewer
from wsl_studio.ui.labels import LabelPanel
from wsl_studio.ui.pages import Pages
from wsl_studio.ui.parts import column, is_typing
from wsl_studio.ui.pen import Pen
from wsl_studio.ui.status import StatusBar
from wsl_studio.ui.theme import GRID_PX
from wsl_studio.ui.tour import Tour
from wsl_studio.ui.training import OPEN_PX, TrainingPanel
from wsl_studio.ui.viewer import VIEWER_ACTIONS, Viewer
from wsl_studio.ui.walk import Walk
from wsl_studio.ui.welcome import Welcome
from wsl_studio.ui.words import speak, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

_FIELD_KEYS: Final = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Escape,
)  # fmt: skip
"""Keys that belong to a field of the training form while it has the keyboard."""


_ANYWHERE: Final = frozenset(
    ("new", "open", "import", "import_file", "help", "keys", "quit", "hide_names",
     "theme", "larger_text", "smaller_text", "language", "tour", "tour_skip", "next_place",
     "previous_place")
)  # fmt: skip
"""Keys that do something on the welcome page as well."""


class MainWindow(QMainWindow):
    """Places the browser, the viewer, the labels and the rounds, and owns every key.

    Emits ``first_painted`` once, after the first picture of the window is on screen.

    Args:
        session: What is open; the window shows it and never closes it.
        home: Where new projects go by default; the home folder if None.
    """

    first_painted = Signal()

    def __init__(self, session: Session, home: Path | None = None) -> None:
        super().__init__()
        self.session = session
        speak(session.settings.get("language"))
        dress_as(session.settings)
        self.dress = Dress(session, self)
        self._home = home or Path.home()
        self._has_painted = False
        self._import_after: Path | None = None
        self.setWindowTitle("WSL Studio")
        self.setAcceptDrops(True)
        self.keys = KeyTable((*ACTIONS, *from_viewer(VIEWER_ACTIONS)), session.settings)
        self.viewer = Viewer(session)
        self.first = First(session, self.viewer.canvas, self.viewer.presets)
        self.browser = Browser(session)
        self.labels = LabelPanel(session, self.keys)
        self.training = TrainingPanel(session, self.keys)
        self.pages = Pages(session, self.keys, self)
        self.pen = Pen(self.viewer.canvas)
        self.pen.drawn.connect(self.labels.mark_points)
        session.selection_changed.connect(self.pen.follow)
        self.key_actions = self.keys.build(self, self._slots())
        self.viewer.take_actions(self.key_actions)
        self.header = Header(session, self.keys, self.key_actions, session.set_reader)
        self.header.on_passed_over(self.show_passed_over)
        self.status = StatusBar(session)
        self.welcome = Welcome(session, self.keys)
        self.demo = DemoMaker(
            show=lambda work: self.status.show_work(work, self.demo.cancel if work else None),
            done=session.open_project, tell=self.status.say, parent=self,
        )  # fmt: skip
        self.tour = Tour(self, self)
        self._place()
        self.apart = Apart(self, self.columns, self.viewer, self.keys, (self, self.labels))
        self.apart.returned.connect(lambda: session.settings.set(SETTING, False))
        self.walk = Walk(
            self, (self.header, self.tour, self.welcome, self.browser, self.viewer.tools,
                   self.viewer.stage, self.viewer.panel, self.labels, self.training, self.status),
            self.viewer.stage, self.viewer.setFocus, self.keys,
        )  # fmt: skip
        self.help = KeyHelp(self.keys, self.workspace, str(session.settings.path))
        self.help.closed.connect(self.viewer.setFocus)
        self.viewer.range_marked.connect(self.labels.mark_range)
        self.viewer.box_drawn.connect(self.labels.mark_box)
        self.welcome.open_asked.connect(self.open_project)
        self.welcome.new_asked.connect(self.new_project)
        self.welcome.import_asked.connect(self.import_folder)
        self.welcome.demo_asked.connect(self.make_demo)
        self.welcome.tour_asked.connect(self.tour.toggle)
        self.training.folded.connect(self._on_folded)
        self.training.review_asked.connect(self.pages.review)
        self.training.page_asked.connect(self.pages.rounds_page)
        session.changed.connect(self._on_change)
        self._show_place()
        self._restore()

    def _place(self) -> None:
        self.columns = Columns(self.browser, self.viewer, self.labels)
        self.floors = QSplitter(Qt.Orientation.Vertical)
        self.floors.addWidget(self.columns)
        self.floors.addWidget(self.training)
        self.floors.setStretchFactor(0, 1)
        self.floors.setHandleWidth(2)
        self.floors.setChildrenCollapsible(False)
        self.places = QStackedWidget()
        self.places.addWidget(self.welcome)
        self.places.addWidget(self.floors)
        outer = column(gap=2)
        outer.addWidget(self.header)
        outer.addWidget(self.tour)
        outer.addWidget(self.places, 1)
        outer.addWidget(self.status)
        self.workspace = QWidget()
        self.workspace.setObjectName("workspace")
        self.workspace.setLayout(outer)
        self.setCentralWidget(self.workspace)
        self.setMinimumSize(120 * GRID_PX, 75 * GRID_PX)

    def _slots(self) -> dict[str, Callable[[], object]]:
        out: dict[str, Callable[[], object]] = {
            **self.labels.slots(),
            **self.viewer.slots(),
            **self.pen.slots(self.viewer.leave_tool),
            **self.pages.slots(),
            "undo": self.session.undo,
            "redo": self.session.redo,
            "filter": self.browser.focus_filter,
            "peek": self.peek,
            "train": self._train,
            "rounds": self.training.toggle,
            "new": self.new_project,
            "open": self.open_project,
            "import": self.import_folder,
            "import_file": self.import_file,
            "hide_names": self._hide_names,
            "help": lambda: self.help.toggle(),
            "theme": self.dress.toggle_theme,
            "larger_text": self.dress.larger,
            "smaller_text": self.dress.smaller,
            "apart": self._set_apart,
            "language": lambda: self.header.show_languages(),
            "tour": lambda: self.tour.toggle(),
            "tour_skip": lambda: self.tour.skip(),
            "next_place": lambda: self.walk.next_place(),
            "previous_place": lambda: self.walk.previous_place(),
            "quit": self.close,
        }
        return {name: self._if_open(name, slot) for name, slot in out.items()}

    def _if_open(self, name: str, slot: Callable[[], object]) -> Callable[[], object]:
        """Keys about a case do nothing on the welcome page."""
        if name in _ANYWHERE:
            return slot
        return lambda: slot() if self.session.project is not None else None

    # Projects -------------------------------------------------------------------------------

    def open_project(self) -> None:
        """Asks for a project folder and opens it."""
        ask_folder(self, tr("Open a project"), self._start_folder(), self.session.open_project)

    def new_project(self, import_after: Path | None = None) -> None:
        """Asks for name, folder and findings of a new project."""
        note = (
            "\n\n" + tr("Then {folder} is imported.", folder=import_after) if import_after else ""
        )
        self._import_after = import_after
        NewProject(self, self._start_folder(), self._create, note, self.pages.begin).show()

    def _create(self, folder: Path, findings: tuple[str, ...]) -> None:
        self.session.create_project(folder, findings)
        project = self.session.project
        if self._import_after is not None and project is not None and project.folder == folder:
            self.session.import_folder(self._import_after)
        self._import_after = None

    def import_folder(self) -> None:
        """Asks for a folder to import; without a project a new one is made first."""
        ask_folder(self, tr("Import a folder of images"), self._start_folder(), self.take_folder)

    def import_file(self) -> None:
        """Asks for a ZIP archive or a DICOMDIR to import."""
        ask_source(self, self._start_folder(), self.take_folder)

    def take_folder(self, folder: Path) -> None:
        """Opens a project folder, or imports any other folder."""
        if (folder / "project.db").exists():
            self.session.open_project(folder)
        elif self.session.project is None:
            self.new_project(folder)
        else:
            self.session.import_folder(folder)

    def make_demo(self) -> None:
        """Makes the demo project in a process of its own and opens it."""
        self.demo.start(self._home / "wsl-studio-demo")

    def show_passed_over(self) -> None:
        """Lists the files that imports did not take."""
        PassedOverList(self, self.session.passed_over).show()

    def peek(self) -> None:
        """Shows the model before labelling, or says why it cannot."""
        model = self.session.model
        if model.hidden and model.can_peek:
            self.session.peek()
        elif model.hidden:
            self.session.notice.emit(Notice(model.hidden))

    def _set_apart(self) -> None:
        self.apart.toggle()
        self.session.settings.set(SETTING, self.apart.is_out)

    def _hide_names(self) -> None:
        self.header.toggle_names()
        self.viewer.header_lines.refresh()

    def _start_folder(self) -> Path:
        project = self.session.project
        return project.folder.parent if project else self._home

    # Keys -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keeps shortcuts from firing while the reader types or reads the help."""
        if event.type() == QEvent.Type.ShortcutOverride:
            focus = QApplication.focusWidget()
            in_form = focus is not None and any(
                one.isAncestorOf(focus) for one in (self.training, self.welcome)
            )
            assert isinstance(event, QKeyEvent)
            is_field_key = event.key() in _FIELD_KEYS
            if self.walk.owns(event):
                event.accept()
                return True
            if self.walk.walks(event) and not self.help.isVisible():
                return super().event(event)
            if is_typing(focus) or self.help.isVisible() or (in_form and is_field_key):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a field that did not want it, and gives the keyboard to the image."""
        if event.key() == Qt.Key.Key_Escape:
            self.viewer.setFocus()
        elif not self.walk.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab on a walk stays in its place."""
        return self.walk.step(is_next) or super().focusNextPrevChild(is_next)

    def _train(self) -> None:
        self.training.train()
        self.viewer.setFocus()

    # Drag and drop ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes folders."""
        if _folders(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Imports the folder that was dropped, or opens it if it is a project."""
        folders = _folders(event)
        if folders:
            event.acceptProposedAction()
            # The other program waits for the drop to end: no dialog before that.
            QTimer.singleShot(0, self, partial(self.take_folder, folders[0]))

    # What is shown --------------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        if change.project or change.series:
            self._show_place()

    def _show_place(self) -> None:
        project = self.session.project
        self.setWindowTitle(f"{project.name} – WSL Studio" if project else "WSL Studio")
        place = self.floors if project else self.welcome
        if self.places.currentWidget() is not place:
            self.welcome.refresh()
            self.places.setCurrentWidget(place)
            self.viewer.setFocus()

    def _on_folded(self, is_folded: bool) -> None:
        if is_folded:
            self._keep_height()
            # Its height goes back to the image; a splitter by itself would keep it empty.
            self.floors.setSizes([self.floors.height(), 0])
            self.viewer.setFocus()
        else:
            wanted = self.session.settings.get("rounds_px", OPEN_PX)
            height = wanted if isinstance(wanted, int) else OPEN_PX
            self.floors.setSizes([max(0, self.floors.height() - height), height])

    def _keep_height(self) -> None:
        self.session.settings.set("rounds_px", max(28 * GRID_PX, self.floors.sizes()[1]))

    def _restore(self) -> None:
        """Size and widths of the last time, as far as this screen has them."""
        settings = self.session.settings
        screen = QGuiApplication.primaryScreen().availableGeometry()
        size = settings.get("window")
        if _are_ints(size, 2):
            self.resize(min(size[0], screen.width()), min(size[1], screen.height()))
        else:
            self.resize(min(1680, screen.width()), min(1000, screen.height()))
        if self.width() >= screen.width() and self.height() >= screen.height():
            self.move(QPoint(0, 0))
        widths = settings.get("widths")
        if _are_ints(widths, 3):
            self.columns.take(widths)
        if _are_ints(heights := settings.get("heights"), 2):
            self.browser.splitter.setSizes(heights)
        if settings.get(SETTING) and other_screen(self.screen()) is not None:
            QTimer.singleShot(0, self, self.apart.toggle)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tells once that the window is on screen."""
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers sizes; labels are on disk already, so nothing is asked."""
        settings, is_apart = self.session.settings, self.apart.is_out
        self.apart.close()
        settings.set(SETTING, is_apart)
        if self.session.project is not None:
            if self.columns.is_own:
                settings.set("widths", self.columns.sizes())
            settings.set("heights", self.browser.splitter.sizes())
            if self.training.is_open:
                self._keep_height()
        if not self.isMaximized() and not self.isFullScreen():
            settings.set("window", [self.width(), self.height()])
        self.demo.close()
        super().closeEvent(event)


def _folders(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_dir() or is_source(path)]


def _are_ints(value: object, n: int) -> bool:
    return isinstance(value, list) and len(value) == n and all(isinstance(v, int) for v in value)
