"""The header line: project, round, whether evidence is current, names, reader, help, settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QWidget

from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Change, RoundState
from wsl_studio.ui.icons import icon
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.language import LanguageMenu
from wsl_studio.ui.parts import Elided, button, row
from wsl_studio.ui.theme import GRID_PX, ink, scaled
from wsl_studio.ui.words import local, tr, tr_n

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

HEADER_PX: Final = 40
PHANTOM: Final = say("Phantoms, not patients")


class Header(QWidget):
    """One line above everything.

    Args:
        session: What is open.
        keys: The table of keys, for the hints.
        actions: QActions by name, for the menus.
        set_reader: Called with a new name of the reader.
    """

    def __init__(
        self,
        session: Session,
        keys: KeyTable,
        actions: Mapping[str, QAction],
        set_reader: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._session, self._set_reader = session, set_reader
        self.names_hidden = bool(session.settings.get("hide_names", False))
        self.setProperty("place", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(scaled(HEADER_PX))
        self.project_button = button("WSL Studio", icon_name="chevron-down", flat=True)
        self.project_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.project_button.setMaximumWidth(scaled(30 * GRID_PX))
        self._menu = QMenu(self)
        for name in ("open", "new", "import", "import_file"):
            self._menu.addAction(actions[name])
        self._menu.addSeparator()
        self._recent = self._menu.addMenu(tr("Recent projects"))
        self._menu.addSeparator()
        for name in (
            "findings",
            "reading",
            "import_labels",
            "",
            "review",
            "rounds_page",
            "history",
        ):
            self._menu.addAction(actions[name]) if name else self._menu.addSeparator()
        self._passed = self._menu.addAction(tr("Files passed over …"))
        self._menu.addSeparator()
        self._menu.addAction(actions["quit"])
        self._menu.aboutToShow.connect(self._fill_menu)
        self.project_button.setMenu(self._menu)
        self._state = Elided(tone="dim", is_greedy=False)
        self._state.setObjectName("header.state")
        self._phantom = QLabel(local(PHANTOM))
        self._phantom.setProperty("tone", "chip")
        self._phantom.setToolTip(tr("These images were made by this program; no patient is shown"))
        self._phantom.setObjectName("header.phantom")
        self._phantom.setFixedHeight(scaled(3 * GRID_PX))
        self._names = Elided(tone="dim", is_greedy=False)
        self._names.setObjectName("header.names")
        self._names.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.names_button = button(icon_name="eye", on_click=actions["hide_names"].trigger)
        self._names_tip = keys.tip(tr("Hide or show names"), "hide_names")
        self.reader_button = button("", icon_name="person", flat=True, on_click=self._start_reader)
        self._reader = ""
        self.reader_button.setMinimumWidth(0)
        self.reader_button.setMaximumWidth(scaled(24 * GRID_PX))
        self.reader_field = _ReaderField(self._end_reader)
        self.reader_field.hide()
        self.help_button = button(icon_name="keys", on_click=actions["help"].trigger)
        self.help_button.setToolTip(keys.tip(tr("Keys"), "help"))
        self.settings_button = button(icon_name="settings")
        self.settings_button.setToolTip(tr("Theme, size of text, language, help"))
        more = QMenu(self)
        for name in ("hide_names", "rounds", "", "theme", "larger_text", "smaller_text",
                     "tour", "help", "keys"):  # fmt: skip
            more.addAction(actions[name]) if name else more.addSeparator()
        self.languages = LanguageMenu(session, self)
        more.insertMenu(actions["tour"], self.languages)
        more.insertSeparator(actions["tour"])
        self.settings_button.setMenu(more)
        line = row(
            self.project_button, self._state, self._phantom, None, self._names, self.names_button,
            self.reader_button, self.reader_field, self.help_button, self.settings_button,
        )  # fmt: skip
        line.setContentsMargins(4, 0, GRID_PX, 0)
        self.setLayout(line)
        self._on_passed: Callable[[], object] = lambda: None
        self._passed.triggered.connect(lambda _checked=False: self._on_passed())
        session.changed.connect(self._on_change)
        self._refresh()

    def on_passed_over(self, slot: Callable[[], object]) -> None:
        """What the menu's list of files passed over opens."""
        self._on_passed = slot

    def toggle_names(self) -> None:
        """Hides names, or shows them again; the choice is remembered."""
        self.names_hidden = not self.names_hidden
        self._session.settings.set("hide_names", self.names_hidden)
        self._refresh()

    def show_languages(self) -> None:
        """Opens the menu of languages under the settings."""
        button = self.settings_button
        self.languages.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def names(self) -> str:
        """What the header shows of names."""
        return self._names.text()

    def state(self) -> str:
        """What the header says of the rounds."""
        return self._state.text()

    def _start_reader(self) -> None:
        project = self._session.project
        self.reader_field.setText(project.reader if project else self._session.settings.reader)
        self.reader_button.hide()
        self.reader_field.show()
        self.reader_field.setFocus()
        self.reader_field.selectAll()

    def _end_reader(self, name: str) -> None:
        self.reader_field.hide()
        self.reader_button.show()
        if name.strip() and name.strip() != self._reader:
            self._set_reader(name.strip())
            self._refresh()

    def _fill_menu(self) -> None:
        self._recent.clear()
        for folder in self._session.settings.recent:
            action = self._recent.addAction(
                icon("folder", ink().dim), f"{folder.name}   {folder.parent}"
            )
            action.triggered.connect(
                lambda _checked=False, folder=folder: self._session.open_project(folder)
            )
        self._recent.setEnabled(not self._recent.isEmpty())
        n = len(self._session.passed_over)
        self._passed.setText(tr("Files passed over ({n}) …", n=n))
        self._passed.setEnabled(n > 0)

    def _on_change(self, change: Change) -> None:
        if change != Change(thumbnails=change.thumbnails):
            self._refresh()

    def _refresh(self) -> None:
        session = self._session
        project = session.project
        _fit(self.project_button, project.name if project else "WSL Studio")
        self.project_button.setToolTip(
            str(project.folder) if project else tr("Open or make a project")
        )
        self._state.setText(state_words(session) if project else "")
        self._state.set_tip(
            tr("Labels of test patients are only scored, never trained on")
            if session.rounds
            else ""
        )
        self._phantom.setVisible(project is not None and project.is_phantom)
        banner = session.banner if project else {}
        names = " · ".join(value for value in banner.values() if value)
        self._names.setText(tr("names hidden") if banner and self.names_hidden else names)
        self.names_button.setVisible(bool(banner))
        self.names_button.setIcon(icon("eye-off" if self.names_hidden else "eye", ink().dim))
        self.names_button.setToolTip(self._names_tip)
        self._reader = project.reader if project else session.settings.reader
        _fit(self.reader_button, self._reader)
        self.reader_button.setToolTip(
            tr("{reader}: who labels; click to change", reader=self._reader)
        )


def _fit(one: QPushButton, text: str) -> None:
    """A long name ends in an ellipsis; the tooltip has it whole."""
    room = one.maximumWidth() - one.iconSize().width() - 4 * GRID_PX
    one.setText(one.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
    one.setAccessibleName(text)


class _ReaderField(QLineEdit):
    """The reader's name being typed; Enter takes it, Esc gives up."""

    def __init__(self, done: Callable[[str], object]) -> None:
        super().__init__()
        self._done = done
        self.setMaxLength(40)
        self.setFixedWidth(20 * GRID_PX)
        self.setPlaceholderText(tr("Your initials or name"))
        self.setAccessibleName(tr("Who labels"))
        self.returnPressed.connect(lambda: done(self.text()))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self._done("")
            return
        super().keyPressEvent(event)


def state_words(session: Session) -> str:
    """``'Round 3 · trained on 42 labels · evidence is current'``, or where the project stands."""
    project = session.project
    if project is None:
        return ""
    n, total = project.n_labelled, project.n_series
    labelled = tr("{n} of {total} series labelled", n=n, total=total)
    done = [r for r in session.rounds if r.state in (RoundState.FINISHED, RoundState.STOPPED)]
    if not done:
        return (
            tr("No round yet · {labelled}", labelled=labelled)
            if project.n_series
            else tr("No series yet")
        )
    last = done[-1]
    fresh = tr("evidence is current") if session.model.is_current else tr("labels changed since")
    return tr_n(
        last.n_labelled,
        "Round {number} · trained on {n} label · {fresh}",
        "Round {number} · trained on {n} labels · {fresh}",
        number=last.number,
        fresh=fresh,
    )
