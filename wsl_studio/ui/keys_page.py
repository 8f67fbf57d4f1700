"""The page of keys: press a new one, a clash is named, and the whole map can be printed."""

import html
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.words import say
from wsl_studio.ui.key_field import KeyField
from wsl_studio.ui.key_help import MOUSE
from wsl_studio.ui.keys import GROUPS, IMAGE, Action, KeyTable, shown
from wsl_studio.ui.parts import Elided, button, column, heading, panel, row, set_tone
from wsl_studio.ui.theme import GRID_PX, scaled
from wsl_studio.ui.words import local, tr

HINT: Final = say("Choose a field and press the new key; Backspace takes a key away.")


class KeysPage(QDialog):
    """Every action with its key; nothing is changed while a key belongs to another action.

    Args:
        parent: The window.
        keys: The table; changes are remembered by it.
        on_change: Called after a key has changed.
    """

    def __init__(
        self, parent: QWidget, keys: KeyTable, on_change: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(parent)
        self._keys, self._on_change = keys, on_change
        self.setWindowTitle(tr("Keys"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fields: dict[str, KeyField] = {}
        self._lines: list[tuple[Action, QWidget, QWidget]] = []
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter actions"))
        self.filter.setAccessibleName(tr("Filter actions"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self._why = Elided(local(HINT), tone="dim")
        self._why.setObjectName("why")
        page = panel()
        page.setLayout(self._make_grid())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        self.default_button = button(tr("As delivered"), on_click=self.restore)
        self.print_button = button(tr("Print …"), icon_name="print", on_click=self._ask_file)
        close = button(tr("Close"), on_click=self.close)
        outer = column(margin=2 * GRID_PX)
        outer.addWidget(self.filter)
        outer.addWidget(scroll, 1)
        outer.addLayout(row(self._why, self.default_button, self.print_button, close))
        self.setLayout(outer)
        self.resize(96 * GRID_PX, 72 * GRID_PX)
        self.refresh()

    def _make_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        grid.setHorizontalSpacing(2 * GRID_PX)
        grid.setVerticalSpacing(4)
        line = 0
        for group in GROUPS:
            grid.addWidget(heading(local(group)), line, 0, 1, 3)
            line += 1
            for action in (a for a in self._keys.actions if a.group == group):
                field = KeyField()
                field.setFixedWidth(scaled(18 * GRID_PX))
                field.setAccessibleName(tr("key for {title}", title=local(action.title)))
                field.pressed.connect(lambda key, name=action.name: self.set_key(name, key))
                title, more = Elided(local(action.title)), Elided(tone="dim", is_greedy=False)
                more.setFixedWidth(scaled(16 * GRID_PX))
                self.fields[action.name] = field
                for at, widget in enumerate((title, more, field)):
                    grid.addWidget(widget, line, at)
                self._lines.append((action, title, more))
                line += 1
        grid.setRowStretch(line, 1)
        grid.setColumnStretch(0, 1)
        return grid

    def set_key(self, name: str, key: str) -> None:
        """Gives an action a key instead of its first one, or says who has that key."""
        others = self._keys.keys(name)[1:]
        wanted = [key, *(k for k in others if k != key)] if key else list(others)
        try:
            self._keys.rebind(name, wanted)
        except KnownError as trouble:
            self._say(f"{local(trouble.sentence)} {local(trouble.advice)}", is_trouble=True)
            return
        title = local(self._keys.by_name[name].title)
        self._say(
            f"{title}: {shown(key)}." if key else tr("{title}: no key of its own now.", title=title)
        )
        self.refresh()
        self._on_change()

    def restore(self) -> None:
        """Gives every action the keys that it was delivered with."""
        self._keys.restore()
        self._say(tr("Every key is as delivered."))
        self.refresh()
        self._on_change()

    def refresh(self) -> None:
        """Shows the keys as they are."""
        for action, _title, more in self._lines:
            keys = self._keys.keys(action.name)
            self.fields[action.name].show_key(keys[0] if keys else "")
            assert isinstance(more, Elided)
            others = "  ".join(shown(k) for k in keys[1:])
            more.setText(tr("also {keys}", keys=others) if others else "")

    def why(self) -> str:
        """What the foot line says."""
        return self._why.text()

    def _say(self, text: str, *, is_trouble: bool = False) -> None:
        self._why.setText(text)
        set_tone(self._why, "trouble" if is_trouble else "dim")

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for action, *widgets in self._lines:
            line = " ".join(
                (local(action.title), local(action.group), self.fields[action.name].text())
            ).lower()
            is_shown = all(word in line for word in words)
            for widget in (*widgets, self.fields[action.name]):
                widget.setVisible(is_shown)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, tr("Keep the keys as"), str(Path.home() / "wsl-studio-keys.pdf"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("PDF (*.pdf)"), tr("Web page (*.html)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda text: self.write(Path(text)))
        dialog.open()

    def write(self, path: Path) -> None:
        """Writes the map as HTML or PDF and opens it, so that it can be printed."""
        try:
            write_map(self._keys, path)
        except OSError:
            self._say(
                tr("{path} can't be written: is the disk full or read-only?", path=path),
                is_trouble=True,
            )
            return
        self._say(tr("Kept as {path}.", path=path))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def map_html(keys: KeyTable) -> str:
    """The whole map as a page: groups with the keys and what they do."""
    parts = [f"<h1>{html.escape(tr('WSL Studio: keys'))}</h1>"]
    for group in GROUPS:
        pairs = [
            ("  ".join(shown(k) for k in keys.keys(action.name)), local(action.title))
            for action in keys.actions
            if action.group == group and keys.keys(action.name)
        ]
        pairs += [*MOUSE] if group == IMAGE else []
        lines = "".join(
            f"<tr><td><b>{html.escape(key)}</b>&nbsp;&nbsp;</td><td>{html.escape(what)}</td></tr>"
            for key, what in pairs
        )
        parts.append(f"<h2>{html.escape(local(group))}</h2><table>{lines}</table>")
    body = "".join(parts)
    style = "body{font-family:sans-serif;font-size:10pt} td{padding:1px 12px 1px 0}"
    return (
        f"<html><head><meta charset='utf-8'><style>{style}</style></head><body>{body}</body></html>"
    )


def write_map(keys: KeyTable, path: Path) -> None:
    """Writes the map: PDF (A4) where the name ends in ``.pdf``, a web page otherwise.

    Raises:
        OSError: If the file can't be written; then none is left half made.
    """
    text = map_html(keys)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        part = Path(folder) / "part"
        if path.suffix.lower() == ".pdf":
            writer = QPdfWriter(str(part))
            writer.setTitle(tr("WSL Studio: keys"))
            writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
            document = QTextDocument()
            document.setHtml(text)
            document.print_(writer)
            del writer  # closes the file
        else:
            part.write_text(text, encoding="utf-8")
        part.replace(path)
