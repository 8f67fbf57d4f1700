"""The form made from a method's options: what it shows is what a round gets."""

from enum import StrEnum
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field
from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox

from wsl_studio.ui.options_form import NumberField, OptionsForm, range_words


class Depth(StrEnum):
    NONE = "none"
    LAST = "last"


class Example(BaseModel):
    model_config = ConfigDict(extra="forbid")

    epochs: int = Field(40, ge=1, le=500, title="Passes", description="Passes over the bags.")
    beta: float = Field(8.0, ge=0, le=100, title="Sharpness",
                        json_schema_extra={"unit": "1/logit"})  # fmt: skip
    rate: float = Field(1e-3, gt=0, le=1, title="Learning rate")
    mode: Literal["a", "b"] = Field("b", title="Mode")
    depth: Depth = Field(Depth.LAST, title="Depth")
    flip: bool = Field(True, title="Flip")
    stop: int | None = Field(None, title="Stop after")
    weights: str = Field("packaged", title="Weights")


@pytest.fixture
def form(qtbot):
    out = OptionsForm()
    qtbot.addWidget(out)
    out.show_schema(Example.model_json_schema())
    with qtbot.waitActive(out):
        out.show()
        out.activateWindow()
    return out


def field(form, name):
    return form.findChild(object, f"option.{name}")


def test_the_form_starts_with_the_defaults_and_they_are_valid(form):
    assert Example(**form.values()) == Example()
    assert form.changes() == {}


def test_each_kind_of_option_has_its_field_with_range_unit_and_help(form):
    epochs, beta = field(form, "epochs"), field(form, "beta")
    assert isinstance(epochs, QSpinBox)
    assert (epochs.minimum(), epochs.maximum()) == (1, 500)
    assert "Passes over the bags." in epochs.toolTip()
    assert "1–500" in epochs.toolTip()
    assert beta.text() == "8 1/logit"
    assert isinstance(field(form, "mode"), QComboBox)
    assert field(form, "depth").currentText() == "last"
    assert isinstance(field(form, "flip"), QCheckBox)
    assert isinstance(field(form, "stop"), QLineEdit)
    shown = {label.text() for label in form.findChildren(QLabel)}
    assert {"Passes", "Sharpness", "1–500", ">0–1"} <= shown


def test_what_is_typed_and_clicked_is_what_a_round_gets(form, qtbot):
    rate = field(form, "rate")
    rate.selectAll()
    qtbot.keyClicks(rate, "3e-4")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    field(form, "flip").click()
    field(form, "mode").setCurrentText("a")
    qtbot.keyClicks(field(form, "stop"), "7")
    assert form.changes() == {"rate": 0.0003, "mode": "a", "flip": False, "stop": 7}
    assert Example(**form.values()).rate == 0.0003
    form.reset()
    assert form.changes() == {}


def test_a_number_out_of_range_cannot_be_entered(form, qtbot):
    epochs = field(form, "epochs")
    epochs.selectAll()
    qtbot.keyClicks(epochs, "9999")
    qtbot.keyClick(epochs, Qt.Key.Key_Return)
    assert form.values()["epochs"] <= 500
    rate = field(form, "rate")
    assert rate.validate("5", 1)[0] is not QValidator.State.Acceptable
    assert rate.validate("0", 1)[0] is not QValidator.State.Acceptable
    assert rate.validate("abc", 1)[0] is QValidator.State.Invalid
    assert rate.validate("1e", 1)[0] is QValidator.State.Intermediate


def test_values_of_an_earlier_round_come_back(form):
    form.set_values({"epochs": 12, "mode": "a", "flip": False, "gone": 1})
    assert form.changes() == {"epochs": 12, "mode": "a", "flip": False}


def test_another_method_replaces_the_form(form):
    form.show_schema({"properties": {"k": {"type": "integer", "default": 3}}})
    assert form.values() == {"k": 3}


def test_a_change_and_the_help_are_told(form, qtbot):
    with qtbot.waitSignal(form.changed):
        field(form, "epochs").stepUp()
    with qtbot.waitSignal(form.helped) as told:
        field(form, "beta").setFocus()
    assert told.args == ["0–100"]


@given(st.floats(1e-6, 1e6))
def test_a_number_field_shows_what_it_means(value):
    text = f"{value:.6g}"
    state, _, _ = NumberField.validate(_Plain(), text, 0)
    assert state is QValidator.State.Acceptable
    assert float(text) == pytest.approx(value, rel=1e-5)


class _Plain(NumberField):
    def __init__(self) -> None:
        super().__init__(0.0, 1e7)


def test_ranges_in_words():
    assert range_words({"minimum": 0}) == "from 0"
    assert range_words({"exclusiveMinimum": 0}) == ">0"
    assert range_words({"maximum": 1}) == "to 1"
    assert range_words({"exclusiveMinimum": 0, "exclusiveMaximum": 1}) == ">0–<1"
    assert range_words({}) == ""
