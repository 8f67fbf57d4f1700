"""A form made from the JSON schema of a method's options: range, unit and help beside each."""

import math
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from wsl_studio.ui.parts import CalmWheel, Check, Choice, Elided, column
from wsl_studio.ui.theme import GRID_PX, scaled
from wsl_studio.ui.words import local, numeral, tr

_HUGE: Final = 1e12
_LARGEST_INT: Final = 2**31 - 1


class NumberField(QDoubleSpinBox):
    """A real number written as people write it: ``0.001``, ``1e-5``, ``8``."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        self.setDecimals(12)
        self.setRange(low, high)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)

    def textFromValue(self, value: float) -> str:
        """Six figures at most, no trailing zeros."""
        return numeral(f"{value:.6g}")

    def valueFromText(self, text: str) -> float:
        """Number of a text that ``validate`` let through."""
        return _number(self._bare(text)) or 0.0

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Lets pass what is a number in range; a number still being typed is not refused."""
        bare = self._bare(text)
        value = _number(bare)
        state = QValidator.State
        if value is not None and self.minimum() <= value <= self.maximum():
            return state.Acceptable, text, pos
        could_be = all(letter in "+-.,eE0123456789" for letter in bare)
        return (state.Intermediate if could_be else state.Invalid), text, pos

    def _bare(self, text: str) -> str:
        return text.removesuffix(self.suffix()).strip()


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def resolve(field: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """A field with its ``$ref`` followed and its one alternative to null taken in.

    Args:
        field: One entry of ``properties``.
        schema: The whole schema, for its ``$defs``.

    Returns:
        The field; ``nullable`` is True where None is allowed.
    """
    out = dict(field)
    for part in out.pop("allOf", []):
        out = {**resolve(part, schema), **out}
    if reference := out.pop("$ref", None):
        definition = schema.get("$defs", {}).get(str(reference).rpartition("/")[2], {})
        out = {**resolve(definition, schema), **out}
    choices = out.pop("anyOf", None) or out.pop("oneOf", None)
    if choices:
        real = [c for c in choices if c.get("type") != "null"]
        out["nullable"] = len(real) < len(choices)
        if len(real) == 1:
            out = {**resolve(real[0], schema), **out}
    if "const" in out:
        out["enum"] = [out["const"]]
    return out


def range_words(field: Mapping[str, Any]) -> str:
    """``'1–500'``, ``'>0–1'``, ``'from 0'``, or empty."""
    low, high = field.get("minimum"), field.get("maximum")
    above, below = field.get("exclusiveMinimum"), field.get("exclusiveMaximum")
    start = f">{above:g}" if above is not None else f"{low:g}" if low is not None else ""
    end = f"<{below:g}" if below is not None else f"{high:g}" if high is not None else ""
    if start and end:
        return numeral(f"{start}–{end}")
    start, end = numeral(start), numeral(end)
    if start:
        return start if above is not None else tr("from {start}", start=start)
    return (end if below is not None else tr("to {end}", end=end)) if end else ""


class OptionsForm(QWidget):
    """Fields for the options of one method; every value lies in its range.

    Emits ``changed`` after a value changed and ``helped`` with the help of the field under the
    pointer or with the keyboard.
    """

    changed = Signal()
    helped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._outer = column()
        self.setLayout(self._outer)
        self._fields: dict[str, tuple[QWidget, dict[str, Any]]] = {}
        self._calm = CalmWheel(self)
        self._page = QWidget()

    def show_schema(self, schema: Mapping[str, Any]) -> None:
        """Builds the form anew, every field at its default."""
        self._page.hide()
        self._outer.removeWidget(self._page)
        self._page.deleteLater()
        self._fields.clear()
        self._page = QWidget()
        grid = QGridLayout(self._page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID_PX)
        grid.setVerticalSpacing(GRID_PX // 2)
        grid.setColumnMinimumWidth(0, 10 * GRID_PX)
        grid.setColumnStretch(0, 1)
        for line, (name, raw) in enumerate(schema.get("properties", {}).items()):
            field = resolve(raw, schema)
            widget = self._make(field)
            title = Elided(local(field.get("title", name)))
            words = Elided(range_words(field), tone="dim")
            tip = local(field.get("description", ""))
            if ranged := range_words(field):
                tip = f"{tip} ({ranged})" if tip else ranged
            for thing in (title, widget, words):
                thing.setProperty("help", tip)
                thing.installEventFilter(self)
            widget.setToolTip(tip)
            title.set_tip(tip)
            widget.setObjectName(f"option.{name}")
            widget.setAccessibleName(title.text())
            widget.installEventFilter(self._calm)
            widget.setFixedWidth(scaled(13 * GRID_PX))
            words.setFixedWidth(min(words.sizeHint().width() + 2, scaled(10 * GRID_PX)))
            title.setBuddy(widget)
            grid.addWidget(title, line, 0)
            grid.addWidget(widget, line, 1)
            grid.addWidget(words, line, 2)
            self._fields[name] = (widget, field)
        grid.setRowStretch(len(self._fields), 1)
        self._outer.addWidget(self._page)

    def _make(self, field: Mapping[str, Any]) -> QWidget:
        kind, default = field.get("type"), field.get("default")
        unit = local(field.get("unit", ""))
        if "enum" in field:
            combo = Choice()
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            for choice in (*([None] if field.get("nullable") else []), *field["enum"]):
                combo.addItem(tr("none") if choice is None else local(str(choice)), choice)
            combo.setCurrentIndex(max(0, combo.findData(default)))
            combo.currentIndexChanged.connect(self._on_change)
            return combo
        if kind == "boolean":
            check = Check(tr("on"))
            check.setChecked(bool(default))
            check.toggled.connect(self._on_change)
            return check
        if kind == "integer" and not field.get("nullable"):
            low, high = _bounds(field, step=1.0)
            whole = QSpinBox()
            whole.setRange(max(-_LARGEST_INT, math.ceil(low)), min(_LARGEST_INT, math.floor(high)))
            whole.setValue(int(default or 0))
            whole.setSuffix(f" {unit}" if unit else "")
            whole.lineEdit().setTextMargins(GRID_PX - 2, 0, 0, 0)
            whole.valueChanged.connect(self._on_change)
            return whole
        if kind == "number" and not field.get("nullable"):
            low, high = _bounds(field, step=1e-12)
            real = NumberField(low, high)
            real.setSuffix(f" {unit}" if unit else "")
            real.lineEdit().setTextMargins(GRID_PX - 2, 0, 0, 0)
            real.setValue(float(default or 0.0))
            real.valueChanged.connect(self._on_change)
            return real
        line = QLineEdit("" if default is None else _as_text(default))
        line.setPlaceholderText(tr("none") if field.get("nullable") else "")
        line.textChanged.connect(self._on_change)
        return line

    def values(self) -> dict[str, Any]:
        """Every option by name."""
        return {name: _value(widget, field) for name, (widget, field) in self._fields.items()}

    def changes(self) -> dict[str, Any]:
        """Options that differ from their defaults."""
        return {
            name: value
            for name, value in self.values().items()
            if value != self._fields[name][1].get("default")
        }

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Sets options by name; unknown names are left out."""
        for name, value in values.items():
            if name in self._fields:
                _set(self._fields[name][0], value)

    def reset(self) -> None:
        """Every field to its default."""
        for widget, field in self._fields.values():
            _set(widget, field.get("default"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells the help of a field that the pointer or the keyboard comes to."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.helped.emit(str(watched.property("help") or ""))
        return False

    def _on_change(self) -> None:
        self.changed.emit()


def _bounds(field: Mapping[str, Any], *, step: float) -> tuple[float, float]:
    low = field.get("minimum", -_HUGE)
    high = field.get("maximum", _HUGE)
    if (above := field.get("exclusiveMinimum")) is not None:
        low = above + step
    if (below := field.get("exclusiveMaximum")) is not None:
        high = below - step
    return float(low), float(high)


def _value(widget: QWidget, field: Mapping[str, Any]) -> Any:
    if isinstance(widget, QComboBox):
        return widget.currentData()
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if isinstance(widget, QSpinBox):
        return widget.value()
    if isinstance(widget, NumberField):
        # What the field shows is what is meant: 0.001, not 0.001000000047.
        return float(f"{widget.value():.6g}")
    assert isinstance(widget, QLineEdit)
    text = widget.text().strip()
    if not text and field.get("nullable"):
        return None
    if field.get("type") in ("integer", "number"):
        number = _number(text)
        if number is not None:
            return int(number) if field["type"] == "integer" else number
    return text


def _set(widget: QWidget, value: Any) -> None:
    if isinstance(widget, QComboBox):
        widget.setCurrentIndex(max(0, widget.findData(value)))
    elif isinstance(widget, QCheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, QSpinBox):
        widget.setValue(int(value or 0))
    elif isinstance(widget, QDoubleSpinBox):
        widget.setValue(float(value or 0.0))
    elif isinstance(widget, QLineEdit):
        widget.setText("" if value is None else _as_text(value))


def _as_text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
