"""Small windows beside the main one; none of them stops it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLabel, QLineEdit, QWidget

from wsl_studio.domain.findings import LabelSchema
from wsl_studio.domain.series import PassedOver
from wsl_studio.jobs.presets import presets
from wsl_studio.ui.parts import Choice, Elided, Spread, allow, button, column, mark_next, row
from wsl_studio.ui.rounds_table import Table, make_view
from wsl_studio.ui.settle import settle
from wsl_studio.ui.theme import GRID_PX, scaled
from wsl_studio.ui.words import local, tr, tr_n


def ask_folder(
    parent: QWidget, title: str, start: Path, take: Callable[[Path], object]
) -> QFileDialog:
    """Asks for a folder without stopping the window; ``take`` is called with it."""
    dialog = QFileDialog(parent, title, str(start))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda text: take(Path(text)))
    dialog.open()
    return dialog


def is_source(path: Path) -> bool:
    """True for single files that hold many images: a ZIP archive, the DICOMDIR of a disc."""
    return path.is_file() and (path.suffix.lower() == ".zip" or path.name.upper() == "DICOMDIR")


def ask_source(parent: QWidget, start: Path, take: Callable[[Path], object]) -> QFileDialog:
    """Asks for a ZIP archive or a DICOMDIR without stopping the window."""
    dialog = QFileDialog(parent, tr("Import a ZIP archive or the DICOMDIR of a disc"), str(start))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(tr("ZIP archives and DICOMDIR (*.zip *.ZIP DICOMDIR dicomdir)"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda text: take(Path(text)))
    dialog.open()
    return dialog


def parse_findings(text: str) -> tuple[str, ...]:
    """Names separated by commas or line ends, each once, in order."""
    names = (name.strip() for name in text.replace("\n", ",").replace(";", ",").split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def chosen_of(schema: LabelSchema, names: Sequence[str]) -> LabelSchema:
    """What a ready set says of the findings that a reader kept of it."""
    kept = tuple(spec for spec in schema.findings if spec.name in names)
    ids = {spec.id for spec in kept}
    whole = (s if s.parent in ids else s.model_copy(update={"parent": ""}) for s in kept)
    return LabelSchema(findings=tuple(whole))


class NewProject(QDialog):
    """Where the project goes and what its findings are called.

    Args:
        parent: The window.
        folder: Where new projects go by default.
        create: Called with the folder and the findings.
        note: What happens after, for the reader; may be empty.
        ready: Called after that with what a ready set says of the findings that were kept of it.
    """

    def __init__(
        self,
        parent: QWidget,
        folder: Path,
        create: Callable[[Path, tuple[str, ...]], object],
        note: str = "",
        ready: Callable[[LabelSchema], object] = lambda _schema: None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New project"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._create = create
        self.name = QLineEdit("project")
        self.folder = QLineEdit(str(folder))
        self.findings = QLineEdit()
        self.findings.setPlaceholderText(tr("nodule, effusion"))
        self._ready = ready
        self.ready_sets = Choice()
        self.ready_sets.setAccessibleName(tr("Ready set"))
        self.ready_sets.addItem(tr("own findings"), None)
        for one in presets():
            self.ready_sets.addItem(local(one.title), one.schema)
        self.ready_sets.activated.connect(self._fill)
        browse = button(tr("Choose …"), on_click=self._browse)
        self.create_button = button(tr("Create"), on_click=self._take)
        mark_next(self.create_button, True)
        cancel = button(tr("Cancel"), flat=True, on_click=self.reject)
        self._why = Elided(tone="dim")
        grid = QGridLayout()
        grid.setSpacing(GRID_PX)
        for line, (title, field) in enumerate(
            (
                (tr("Name"), self.name),
                (tr("In folder"), self.folder),
                (tr("Ready set"), self.ready_sets),
                (tr("Findings"), self.findings),
            )
        ):
            grid.addWidget(QLabel(title), line, 0)
            grid.addWidget(field, line, 1)
            field.setAccessibleName(title)
            if not isinstance(field, QLineEdit):
                continue
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._take)
        grid.addWidget(browse, 1, 2)
        outer = column(margin=2 * GRID_PX, gap=2 * GRID_PX)
        outer.addWidget(
            Spread(
                tr(
                    "A project is a folder with your labels and rounds. Images stay where they"
                    " are. Findings are what can be present in a series; you can add more later."
                )
                + note
            )
        )
        outer.addLayout(grid)
        outer.addLayout(row(self._why, cancel, self.create_button))
        self.setLayout(outer)
        self.resize(64 * GRID_PX, self.sizeHint().height())
        self._check()
        settle(self)
        self.findings.setFocus()

    def target(self) -> Path:
        """The folder that would be made."""
        return Path(self.folder.text().strip()).expanduser() / self.name.text().strip()

    def _check(self) -> None:
        why = ""
        if not self.name.text().strip() or not self.folder.text().strip():
            why = tr("The project needs a name and a folder.")
        elif (self.target() / "project.db").exists():
            why = tr("A project is there already: open it instead.")
        elif not parse_findings(self.findings.text()):
            why = tr("Name at least one finding.")
        self._why.setText(why or str(self.target()))
        allow(self.create_button, why)

    def _browse(self) -> None:
        ask_folder(
            self, tr("Folder for the project"), Path(self.folder.text()),
            lambda folder: self.folder.setText(str(folder)),
        )  # fmt: skip

    def _fill(self, at: int) -> None:
        schema = self.ready_sets.itemData(at)
        if schema is not None:
            self.findings.setText(", ".join(schema.names))
            self.findings.setCursorPosition(0)

    def _take(self) -> None:
        if self.create_button.isEnabled():
            names = parse_findings(self.findings.text())
            self._create(self.target(), names)
            schema = self.ready_sets.currentData()
            if schema is not None:
                self._ready(chosen_of(schema, names))
            self.accept()


class PassedOverList(QDialog):
    """Every file that imports did not take, each with its reason.

    Args:
        parent: The window.
        files: What to list.
    """

    def __init__(self, parent: QWidget, files: Sequence[PassedOver]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Files passed over"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table = Table()
        self._table.show_lines(
            (tr("File"), tr("Folder"), tr("Why it was passed over")),
            [(Path(f.path).name, str(Path(f.path).parent), local(f.reason)) for f in files],
            numbers=frozenset(),
            tips=[f"{f.path}\n{local(f.reason)}" for f in files],
        )
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self._table)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        view = make_view(self._table, stretch=2)
        view.setAccessibleName(tr("Files passed over"))
        view.setModel(self.shown)
        header = view.horizontalHeader()
        header.setSectionResizeMode(header.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        view.setColumnWidth(0, scaled(26 * GRID_PX))
        view.setColumnWidth(1, scaled(30 * GRID_PX))
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by name or reason"))
        self.filter.setAccessibleName(tr("Filter the files"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        n = len(files)
        outer = column(margin=2 * GRID_PX)
        outer.addWidget(
            Spread(
                tr_n(
                    n,
                    "{n} file did not become series. The rest was imported.",
                    "{n} files did not become series. The rest was imported.",
                )
            )
        )
        outer.addWidget(self.filter)
        outer.addWidget(view, 1)
        outer.addLayout(row(None, button(tr("Close"), on_click=self.close)))
        self.setLayout(outer)
        self.resize(110 * GRID_PX, 56 * GRID_PX)
        settle(self)
