"""Hanging rules and the header inspector, as a reader meets them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes_viewer import FakeSession, make_ct, make_geometry, make_viewer
from wsl_studio.domain.hanging import HangingRule, choose, keep, read_rules
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import Change, HeaderLine
from wsl_studio.ui.layout import Kind

LINES = (
    HeaderLine("(0010,0010)", "Patient's Name", "PN", "Doe^Jane"),
    HeaderLine("(0018,0050)", "Slice Thickness", "DS", "3.0", is_safe=True),
    HeaderLine("(0008,1140)", "Referenced Image Sequence", "SQ", "1 item", is_safe=True),
    HeaderLine("(0008,1155)", "Referenced SOP Instance UID", "UI", "1.2.3", depth=1),
)


def session_of(tmp_path, description=""):
    session = FakeSession(make_ct(geometry=make_geometry()))
    session.settings = Settings(tmp_path / "settings.json")
    session.banner = {"Series": description} if description else {}
    return session


def opened(session, qtbot):
    """A viewer that has been told of the pixels, as when a case is opened."""
    viewer = make_viewer(session, qtbot)
    session.changed.emit(Change(volume=True))
    return viewer


def test_what_is_seen_becomes_a_rule_and_hangs_the_next_series(tmp_path, qtbot):
    session = session_of(tmp_path, "Chest lung")
    viewer = make_viewer(session, qtbot)
    viewer.use_window([w.name for w in viewer.presets.all].index("Bone"))
    viewer.rotate()
    viewer.flip_across()
    viewer.invert()
    viewer.layouts.planes()
    viewer.hanging.keep()
    lies = viewer.canvas.orientation
    (rule,) = session.settings.get("hanging")
    assert (rule["modality"], rule["description"], rule["layout"]) == ("CT", "Chest lung", "planes")

    again = opened(session_of(tmp_path, "CHEST LUNG thin"), qtbot)
    assert again.canvas.orientation == lies
    assert again.canvas.view.window.name == "Bone"
    assert again.canvas.view.is_inverted
    assert again.layouts.now.kind is Kind.PLANES
    other = opened(session_of(tmp_path, "Head"), qtbot)
    assert (other.layouts.now.kind, other.canvas.view.is_inverted) == (Kind.SINGLE, False)


def test_a_rule_waits_for_the_description_and_hangs_once(tmp_path, qtbot):
    session = session_of(tmp_path)
    rules = [{"modality": "CT", "description": "chest", "is_inverted": True}]
    session.settings.set("hanging", rules)
    viewer = make_viewer(session, qtbot)
    assert not viewer.canvas.view.is_inverted
    session.banner = {"Series": "Chest"}
    session.changed.emit(Change(volume=True))
    assert viewer.canvas.view.is_inverted
    viewer.invert()
    session.changed.emit(Change(volume=True))
    assert not viewer.canvas.view.is_inverted, "what the reader did stays"


def test_rules_that_are_none_are_left_out_and_the_most_telling_wins():
    rules = read_rules([
        {"modality": "CT"}, {"modality": "CT", "description": "lung", "layout": "planes"},
        {"quarter_turns": 9}, "nonsense", {"unknown": 1}, {"description": "lung"},
    ])  # fmt: skip
    assert len(rules) == 3
    assert choose(rules, "CT", "thin LUNG").layout == "planes"
    assert choose(rules, "CT", "head").modality == "CT"
    assert choose(rules, "MR", "lung").description == "lung"
    assert choose(rules, "MR", "head") is None
    assert read_rules("broken") == ()


@given(st.lists(st.builds(HangingRule, modality=st.sampled_from(["CT", "MR"]),
                          description=st.sampled_from(["", "a", "ab"]),
                          quarter_turns=st.integers(0, 3)), max_size=8))  # fmt: skip
def test_the_last_rule_of_a_kind_is_the_one_that_holds(rules):
    kept: tuple[HangingRule, ...] = ()
    for rule in rules:
        kept = keep(kept, rule)
    last = {(rule.modality, rule.description): rule for rule in rules}
    assert {(r.modality, r.description): r for r in kept} == last
    assert len(kept) == len(last)


@pytest.fixture
def viewer(tmp_path, qtbot):
    session = session_of(tmp_path)
    session.header = LINES
    return make_viewer(session, qtbot)


def values(dialog):
    shown = dialog.shown
    return [shown.data(shown.index(k, 3)) for k in range(shown.rowCount())]


def test_the_header_is_searched_and_forgotten_when_closed(viewer):
    dialog = viewer.header_lines
    viewer.header_lines.look()
    assert values(dialog) == ["Doe^Jane", "3.0", "1 item", "1.2.3"]
    dialog.search.setText("thickness")
    assert values(dialog) == ["3.0"]
    dialog.search.setText("0010,0010")
    assert values(dialog) == ["Doe^Jane"]
    viewer.header_lines.look()
    assert not dialog.isVisible()
    assert dialog.table.lines == ()


def test_names_are_hidden_in_the_header_as_they_are_in_the_banner(viewer):
    viewer.session.settings.set("hide_names", True)
    viewer.header_lines.look()
    dialog = viewer.header_lines
    assert "Doe" not in " ".join(str(line) for line in dialog.table.lines)
    assert "3.0" in values(dialog)
    viewer.session.settings.set("hide_names", False)
    dialog.refresh()
    assert "Doe^Jane" in values(dialog)
    dialog.close()
    late = replace(LINES[0], value="Late^Jane")
    dialog.take((late,))
    assert dialog.table.lines == ()
