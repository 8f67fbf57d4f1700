"""The fields of one finding: name, key, group, parent, code, colour and levels."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from wsl_studio.domain.findings import CODE_SYSTEMS, COLOURS, FindingSpec, LabelSchema
from wsl_studio.domain.label import Level
from wsl_studio.domain.words import say
from wsl_studio.ui.key_field import KeyField
from wsl_studio.ui.parts import Check, Choice, row
from wsl_studio.ui.theme import GRID_PX, ROW_PX, scaled
from wsl_studio.ui.words import local, tr

COLOUR_NAMES: Final = (
    say("orange"), say("sky blue"), say("green"), say("yellow"), say("vermilion"), say("pink"),
    say("violet"), say("grey"),
)  # fmt: skip


class SchemaForm(QWidget):
    """Calls back with the fields that a reader has finished changing.

    Args:
        change: Called with new values by field name of ``FindingSpec``.
    """

    def __init__(self, change: Callable[[dict[str, Any]], object]) -> None:
        super().__init__()
        self._change = change
        self._spec = FindingSpec(id="-", name="-")
        self._is_filling = False
        self.name, self.group, self.code = QLineEdit(), QLineEdit(), QLineEdit()
        self.group.setPlaceholderText(tr("none; findings of one group exclude one another"))
        self.code.setPlaceholderText(tr("none"))
        self.code.setAccessibleName(tr("Code"))
        for field, name in ((self.name, "name"), (self.group, "group"), (self.code, "code")):
            field.setMaxLength(64)
            field.editingFinished.connect(partial(self._text_done, field, name))
        self.key = KeyField()
        self.key.pressed.connect(lambda key: self._tell(key=key))
        self.parent_choice, self.system = Choice(), Choice()
        self.system.addItem(tr("no code"), "")
        for word in CODE_SYSTEMS:
            self.system.addItem(tr("other") if word == "other" else word, word)
        self.parent_choice.activated.connect(
            lambda k: self._tell(parent=self.parent_choice.itemData(k))
        )
        self.system.activated.connect(lambda k: self._tell(code_system=self.system.itemData(k)))
        self.levels = {level: Check(local(level)) for level in Level}
        for box in self.levels.values():
            box.clicked.connect(lambda _on=False: self._tell(levels=self._wanted_levels()))
        self.colours: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID_PX)
        grid.setVerticalSpacing(GRID_PX)
        coded = row(self.system, self.code)
        for line, (title, thing) in enumerate(
            ((tr("Name"), self.name), (tr("Key"), self.key), (tr("Kind of"), self.parent_choice),
             (tr("One of group"), self.group), (tr("Code"), coded),
             (tr("Colour"), self._make_colours()),
             (tr("Levels"), self._make_levels()))
        ):  # fmt: skip
            label = QLabel(title)
            label.setProperty("tone", "dim")
            label.setFixedHeight(scaled(ROW_PX))
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(thing, QWidget):
                label.setBuddy(thing)
                thing.setAccessibleName(title)
                grid.addWidget(thing, line, 1)
            elif isinstance(thing, QLayout):
                grid.addLayout(thing, line, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(7, 1)

    def _make_colours(self) -> QHBoxLayout:
        line = row(gap=4)
        for colour, word in zip(COLOURS, COLOUR_NAMES, strict=True):
            one = QPushButton()
            one.setCheckable(True)
            one.setFixedSize(3 * GRID_PX, 3 * GRID_PX)
            one.setAccessibleName(local(word))
            one.setToolTip(local(word))
            one.setStyleSheet(
                f"QPushButton {{ background: {colour}; min-height: 0; padding: 0;"
                " border: 2px solid transparent; border-radius: 4px; }"
                " QPushButton:checked { border-color: white; }"
                " QPushButton:focus { border-color: palette(text); }"
            )
            one.clicked.connect(lambda _on=False, colour=colour: self._tell(colour=colour))
            self.colours[colour] = one
            line.addWidget(one)
        line.addStretch(1)
        return line

    def _make_levels(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(0)
        for k, box in enumerate(self.levels.values()):
            grid.addWidget(box, k // 3, k % 3)
        return grid

    def show_spec(self, spec: FindingSpec, schema: LabelSchema) -> None:
        """Shows a finding; a field that is being typed in keeps what is typed."""
        self._is_filling = True
        is_other = spec.id != self._spec.id
        self._spec = spec
        for field, text in (
            (self.name, spec.name), (self.group, spec.group), (self.code, spec.code)
        ):  # fmt: skip
            if is_other or not field.hasFocus() or not field.isModified():
                field.setText(text)
        self.key.show_key(spec.key)
        self.parent_choice.clear()
        self.parent_choice.addItem(tr("nothing"), "")
        for one in schema.active:
            if one.id != spec.id:
                self.parent_choice.addItem(one.name, one.id)
        self.parent_choice.setCurrentIndex(max(0, self.parent_choice.findData(spec.parent)))
        self.system.setCurrentIndex(max(0, self.system.findData(spec.code_system)))
        for level, box in self.levels.items():
            box.setChecked(level in spec.levels)
        for colour, swatch in self.colours.items():
            swatch.setChecked(colour == spec.colour)
        self.setEnabled(spec.is_active)
        self._is_filling = False

    def _text_done(self, field: QLineEdit, name: str) -> None:
        text = " ".join(field.text().split())
        if text == getattr(self._spec, name):
            return
        more = {}
        if name == "code" and text and not self._spec.code_system:
            more = {"code_system": CODE_SYSTEMS[0]}
        self._tell(**{name: text}, **more)

    def _wanted_levels(self) -> tuple[Level, ...]:
        return tuple(level for level, box in self.levels.items() if box.isChecked())

    def _tell(self, **values: Any) -> None:
        if not self._is_filling:
            self._change(values)

    def buttons(self) -> tuple[QAbstractButton, ...]:
        """Colours and levels, for the keyboard order."""
        return (*self.colours.values(), *self.levels.values())
