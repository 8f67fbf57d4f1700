"""The findings editor: every change is kept at once, costs no label, and can be undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QWidget,
)

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.findings import FindingSpec, LabelSchema, added
from wsl_studio.domain.words import say
from wsl_studio.jobs.presets import presets, with_preset
from wsl_studio.jobs.values import Change, Notice
from wsl_studio.ui.keys import KeyTable, shown
from wsl_studio.ui.parts import Elided, Spread, allow, button, column, heading, row, set_tone
from wsl_studio.ui.schema_form import SchemaForm
from wsl_studio.ui.theme import GRID_PX, ROW_PX, ink, scaled
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

KEPT = say("Every change is kept at once. Labels stay with their finding, whatever it is called.")


class SchemaEditor(QDialog):
    """Findings on the left, the fields of the chosen one on the right.

    Args:
        parent: The window.
        session: What is open.
        keys: For keys that are taken.
    """

    def __init__(self, parent: QWidget, session: Session, keys: KeyTable) -> None:
        super().__init__(parent)
        self._session, self._keys = session, keys
        self._chosen = ""
        self.setWindowTitle(tr("Findings"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Findings"))
        self.list.currentItemChanged.connect(lambda now, _before: self._choose(now))
        self.new = QLineEdit()
        self.new.setPlaceholderText(tr("New finding, then Enter"))
        self.new.setAccessibleName(tr("New finding"))
        self.new.setMaxLength(64)
        self.new.returnPressed.connect(self._add)
        self.up_button = button(icon_name="chevron-up", on_click=partial(self.move_by, -1))
        self.down_button = button(icon_name="chevron-down", on_click=partial(self.move_by, 1))
        self.up_button.setProperty("tip", "Further up; the order is that of the label panel")
        self.down_button.setProperty("tip", "Further down")
        self.remove_button = button(tr("Remove"), on_click=self.toggle_active)
        self.preset_button = button(tr("Ready set"), icon_name="chevron-down", flat=True)
        menu = QMenu(self)
        for ready in presets():
            menu.addAction(local(ready.title)).triggered.connect(
                lambda _on=False, schema=ready.schema: self.take_preset(schema)
            )
        self.preset_button.setMenu(menu)
        self.preset_button.setToolTip(tr("Adds the findings of a ready set; yours stay"))
        self.form = SchemaForm(self.change)
        self.undo_button = button(tr("Undo"), icon_name="undo", on_click=session.undo)
        self.redo_button = button(tr("Redo"), icon_name="redo", on_click=session.redo)
        for one in (self.up_button, self.down_button, self.remove_button, self.preset_button,
                    self.undo_button, self.redo_button):  # fmt: skip
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._why = Elided(local(KEPT), tone="dim")
        self._why.setObjectName("why")
        self._place()
        session.changed.connect(self._on_change)
        session.notice.connect(self._on_notice)
        self._refresh()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _place(self) -> None:
        left = column()
        left.addLayout(row(heading(tr("Findings")), None, self.preset_button))
        left.addWidget(self.list, 1)
        left.addWidget(self.new)
        left.addLayout(row(self.up_button, self.down_button, None, self.remove_button))
        middle = QHBoxLayout()
        middle.setSpacing(3 * GRID_PX)
        middle.addLayout(left, 2)
        middle.addWidget(self.form, 3)
        outer = column(margin=2 * GRID_PX, gap=2 * GRID_PX)
        outer.addWidget(
            Spread(
                tr(
                    "What can be present in a series."
                    " Renaming or removing a finding loses no label."
                )
            )
        )
        outer.addLayout(middle, 1)
        close = button(tr("Close"), on_click=self.close)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        outer.addLayout(row(self._why, self.undo_button, self.redo_button, close))
        self.setLayout(outer)
        self.resize(QSize(100 * GRID_PX, 62 * GRID_PX))

    @property
    def schema(self) -> LabelSchema:
        """The findings as they are now."""
        project = self._session.project
        return project.schema if project else LabelSchema()

    def chosen(self) -> FindingSpec | None:
        """The finding whose fields are shown."""
        return self.schema.of_id(self._chosen)

    # What a reader does ---------------------------------------------------------------------

    def change(self, values: dict[str, Any]) -> None:
        """Gives the chosen finding other values."""
        spec = self.chosen()
        key = values.get("key", "")
        if spec is None:
            return
        if key and (owner := self._keys.owner(key)):
            self._say(
                tr("{key} already does: {title}.", key=shown(key), title=owner), is_trouble=True
            )
            self.form.show_spec(spec, self.schema)
            return
        self._put(spec.model_copy(update=values))

    def toggle_active(self) -> None:
        """Removes the chosen finding, keeping its labels, or puts it back with them."""
        if (spec := self.chosen()) is not None:
            self._put(spec.model_copy(update={"is_active": not spec.is_active}))

    def move_by(self, by: int) -> None:
        """Moves the chosen finding among those that are labelled."""
        active = list(self.schema.active)
        at = next((k for k, spec in enumerate(active) if spec.id == self._chosen), -1)
        if at >= 0 and 0 <= at + by < len(active):
            active[at], active[at + by] = active[at + by], active[at]
            rest = (spec for spec in self.schema.findings if not spec.is_active)
            self._commit((*active, *rest))

    def take_preset(self, preset: LabelSchema) -> None:
        """Adds the findings of a ready set."""
        self._session.edit_schema(with_preset(self.schema, preset))

    def _add(self) -> None:
        name = " ".join(self.new.text().split())
        if not name:
            return
        try:
            schema = added(self.schema, name)
        except KnownError as trouble:
            self._say(local(trouble.sentence), is_trouble=True)
            return
        before = {spec.id for spec in self.schema.active}
        self._say(local(KEPT))
        self._session.edit_schema(schema)
        new = [spec.id for spec in self.schema.active if spec.id not in before]
        if new:
            self.new.clear()
            self._chosen = new[-1]
            self._refresh()

    def _put(self, new: FindingSpec) -> None:
        specs = (new if spec.id == new.id else spec for spec in self.schema.findings)
        self._commit(tuple(specs))

    def _commit(self, findings: tuple[FindingSpec, ...]) -> None:
        self._say(local(KEPT))
        self._session.edit_schema(self.schema.model_copy(update={"findings": findings}))
        self._refresh()

    # What is shown --------------------------------------------------------------------------

    def _say(self, text: str, *, is_trouble: bool = False) -> None:
        self._why.setText(text)
        set_tone(self._why, "trouble" if is_trouble else "dim")

    def _on_notice(self, notice: Notice) -> None:
        if notice.is_trouble:
            self._say(f"{local(notice.sentence)} {local(notice.advice)}", is_trouble=True)

    def _on_change(self, change: Change) -> None:
        if change.project or change.labels:
            self._refresh()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._chosen = item.data(Qt.ItemDataRole.UserRole)
            self._show_chosen()

    def _refresh(self) -> None:
        schema = self.schema
        removed = [spec for spec in schema.findings if not spec.is_active]
        self.list.blockSignals(True)
        self.list.clear()
        for spec in (*schema.active, *removed):
            item = QListWidgetItem(_swatch(spec), _line(spec, schema))
            item.setData(Qt.ItemDataRole.UserRole, spec.id)
            item.setSizeHint(QSize(0, scaled(ROW_PX + 4)))
            if not spec.is_active:
                item.setForeground(QColor(ink().faint))
                item.setToolTip(tr("Removed; its labels are kept and come back with it."))
            self.list.addItem(item)
            if spec.id == self._chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
        labels = self._session.labels
        allow(self.undo_button, "" if labels.can_undo else tr("Nothing to undo"))
        allow(self.redo_button, "" if labels.can_redo else tr("Nothing to redo"))
        if labels.can_undo:
            self.undo_button.setToolTip(tr("Undo {act}", act=local(labels.can_undo)))
        self._show_chosen()

    def _show_chosen(self) -> None:
        spec, active = self.chosen(), self.schema.active
        why = "" if spec is not None else tr("Choose a finding first")
        is_active = spec is not None and spec.is_active
        self.remove_button.setText(tr("Remove") if is_active or spec is None else tr("Put back"))
        self.remove_button.setProperty("tip", tr("Its labels are kept and come back with it"))
        allow(self.remove_button, why)
        allow(self.up_button, "" if is_active and spec != active[0] else tr("It is the first"))
        allow(self.down_button, "" if is_active and spec != active[-1] else tr("It is the last"))
        self.form.setVisible(spec is not None)
        if spec is not None:
            self.form.show_spec(spec, self.schema)


def _line(spec: FindingSpec, schema: LabelSchema) -> str:
    depth, parent = 0, schema.of_id(spec.parent)
    while parent is not None and depth < 8:
        depth, parent = depth + 1, schema.of_id(parent.parent)
    gone = "" if spec.is_active else "   " + tr("removed, labels kept")
    return "      " * depth + spec.name + gone


def _swatch(spec: FindingSpec) -> QIcon:
    out = QPixmap(12, 12)
    out.fill(QColor(spec.colour if spec.colour and spec.is_active else "#00000000"))
    return QIcon(out)
