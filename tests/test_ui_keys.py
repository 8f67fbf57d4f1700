"""The key table: no two actions on one key, own keys kept, nothing fires while typing."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from wsl_studio.domain.errors import KnownError
from wsl_studio.jobs.settings import Settings
from wsl_studio.ui.key_help import KeyHelp
from wsl_studio.ui.keys import ACTIONS, GROUPS, Action, KeyTable, conflicts, from_viewer, normal
from wsl_studio.ui.parts import is_typing
from wsl_studio.ui.viewer_actions import VIEWER_ACTIONS

ALL = (*ACTIONS, *from_viewer(VIEWER_ACTIONS))


def test_no_key_does_two_things_and_every_action_is_in_a_group():
    table = KeyTable(ALL)
    assert conflicts({a.name: table.keys(a.name) for a in ALL}) == {}
    assert {a.group for a in ALL} <= set(GROUPS)
    assert all(normal(key) for a in ALL for key in a.keys)
    assert table.hint("present") == "1"
    assert table.hint("next_series") == "N"


def test_two_actions_on_one_key_are_refused():
    with pytest.raises(ValueError, match="clash"):
        KeyTable((Action("a", "a", ("N",), "Labels"), Action("b", "b", ("n",), "Labels")))
    with pytest.raises(ValueError, match="one name"):
        KeyTable((Action("a", "a", ("N",), "Labels"), Action("a", "b", ("M",), "Labels")))


def test_own_keys_are_kept_in_the_settings_file(tmp_path):
    path = tmp_path / "settings.json"
    table = KeyTable(ALL, Settings(path))
    table.rebind("present", ["Y", "1"])
    assert json.loads(path.read_text())["keys"] == {"present": ["Y", "1"]}
    again = KeyTable(ALL, Settings(path))
    assert again.keys("present") == ("Y", "1")
    assert again.keys("absent") == ("2",)
    again.rebind("present", again.defaults("present"))
    assert json.loads(path.read_text())["keys"] == {}


def test_a_taken_key_and_a_word_that_is_no_key_are_refused_in_a_sentence():
    table = KeyTable(ALL)
    with pytest.raises(KnownError, match="already does: absent"):
        table.rebind("present", ["2"])
    with pytest.raises(KnownError, match="not a key"):
        table.rebind("present", ["no such key"])
    assert table.keys("present") == ("1",)


def test_a_key_in_the_file_is_taken_from_the_action_that_had_it_by_default(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"keys": {"present": ["N"], "nonsense": ["Q"], "absent": "broken"}}')
    table = KeyTable(ALL, Settings(path))
    assert table.keys("present") == ("N",)
    assert "N" not in table.keys("next_series")
    assert table.keys("absent") == ("2",)


def test_built_actions_fire_and_follow_a_new_key(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    fired = []
    table = KeyTable((Action("a", "a", ("N",), "Labels"),))
    table.build(window, {"a": lambda: fired.append("a")})
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_N)
    assert fired == ["a"]
    table.rebind("a", ["M"])
    qtbot.keyClick(window, Qt.Key.Key_N)
    assert fired == ["a"]
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert fired == ["a", "a"]


def test_typing_is_known_by_its_widget(qtbot):
    for widget, expected in ((QLineEdit(), True), (QSpinBox(), True), (QWidget(), False)):
        qtbot.addWidget(widget)
        assert is_typing(widget) is expected
    assert is_typing(None) is False


def test_the_help_shows_every_action_and_any_key_puts_it_away(qtbot):
    over = QWidget()
    over.resize(1200, 800)
    qtbot.addWidget(over)
    table = KeyTable(ALL)
    told = KeyHelp(table, over, "settings.json")
    over.show()
    told.toggle()
    lines = told.lines()
    for action in ALL:
        if not action.name.rpartition("_")[2].isdigit():
            assert action.title in lines
    assert "F1 – F9" in lines
    assert any("settings.json" in line for line in lines)
    qtbot.keyClick(told, Qt.Key.Key_Escape)
    assert not told.isVisible()
    told.toggle()
    qtbot.mouseClick(told, Qt.MouseButton.LeftButton)
    assert not told.isVisible()
