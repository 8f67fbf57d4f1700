"""The pages beside the image that a key opens: findings, history, keys, reading, tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QWidget

from wsl_studio.domain.findings import LabelSchema
from wsl_studio.jobs.presets import with_preset
from wsl_studio.ui.history import History
from wsl_studio.ui.import_labels import ImportLabels
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.keys_page import KeysPage
from wsl_studio.ui.reading import ReadingPage
from wsl_studio.ui.review import ReviewPage
from wsl_studio.ui.rounds_page import RoundsPage
from wsl_studio.ui.schema_editor import SchemaEditor
from wsl_studio.ui.settle import settle
from wsl_studio.ui.words import tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session


class Pages(QObject):
    """Opens each page once; the key of an open page brings it to the front.

    Emits ``opened`` whenever a page comes to the front.

    Args:
        session: What is open.
        keys: The table of keys.
        window: The main window, over which they stand.
    """

    opened = Signal()

    def __init__(self, session: Session, keys: KeyTable, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._keys, self._window = session, keys, window
        self.open: dict[str, QDialog] = {}

    def slots(self) -> dict[str, Callable[[], object]]:
        """What each key of the pages calls, by the name of its action."""
        return {
            "findings": self.findings,
            "history": self.history,
            "keys": self.keys,
            "reading": self.reading,
            "import_labels": self.import_labels,
            "review": self.review,
            "rounds_page": self.rounds_page,
        }

    def findings(self) -> None:
        """The findings editor."""
        self._show("findings", lambda: SchemaEditor(self._window, self._session, self._keys))

    def begin(self, schema: LabelSchema) -> None:
        """Gives a project that was just made what a ready set says of its findings."""
        project = self._session.project
        if project is not None:
            self._session.edit_schema(with_preset(project.schema, schema))

    def history(self) -> None:
        """Who, what, when."""
        self._show("history", lambda: History(self._window, self._session))

    def keys(self) -> None:
        """Other keys, and the map on paper."""
        self._show("keys", lambda: KeysPage(self._window, self._keys))

    def reading(self) -> None:
        """The policy and the readers."""
        self._show("reading", lambda: ReadingPage(self._window, self._session))

    def review(self) -> None:
        """What may join the labels, and what is in doubt."""
        self._show("review", lambda: ReviewPage(self._window, self._session))

    def rounds_page(self) -> None:
        """What changed, what more labels may bring, and earlier rounds."""
        self._show("rounds_page", lambda: RoundsPage(self._window, self._session))

    def import_labels(self) -> None:
        """Asks for a table of labels and shows what it would do."""
        dialog = QFileDialog(self._window, tr("A table of labels"), str(Path.home()))
        dialog.setNameFilters([tr("Tables (*.csv)"), tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda text: self.preview(Path(text)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def preview(self, path: Path) -> None:
        """What a table of labels would do; nothing is added before the reader says so."""
        self._show("import_labels", lambda: ImportLabels(self._window, self._session, path))

    def _show(self, name: str, make: Callable[[], QDialog]) -> None:
        page = self.open.get(name)
        if page is None:
            page = self.open[name] = make()
            page.finished.connect(lambda _result: self.open.pop(name, None))
            for one in page.findChildren(QPushButton):
                one.setAutoDefault(False)  # Enter belongs to the field that is typed in
            settle(page)
        elif page.isVisible():
            page.raise_()
        page.show()
        page.activateWindow()
        self.opened.emit()
