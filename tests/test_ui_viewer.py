"""The viewer as a reader uses it, on a session of the contract: blind first, scroll, jump, mark."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from tests.fakes_viewer import (
    FakeSession,
    drag,
    evidence_of,
    has_model,
    is_orange,
    make_ct,
    make_evidence,
    make_geometry,
    make_viewer,
    pixels,
    row,
    wheel,
)
from wsl_studio.domain.evidence import Arithmetic
from wsl_studio.domain.label import Level, Region
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.jobs.values import Change, Notice, Selection, Work
from wsl_studio.ui.view import transform
from wsl_studio.ui.viewer import VIEWER_ACTIONS, Viewer


@pytest.fixture
def session() -> FakeSession:
    return FakeSession(make_ct(geometry=make_geometry()), is_phantom=True)


@pytest.fixture
def viewer(session: FakeSession, qtbot: QtBot) -> Viewer:
    return make_viewer(session, qtbot)


# Moving


def test_wheel_and_keys_turn_slices_and_stop_at_the_ends(viewer, session):
    wheel(viewer.canvas, -3)
    assert session.selection.slice == 3
    viewer.slice_back()
    assert session.selection.slice == 2
    viewer.page_on()
    viewer.page_on()
    assert session.selection.slice == 11
    wheel(viewer.strip, 1)
    assert session.selection.slice == 10
    viewer.first_slice()
    viewer.slice_back()
    assert session.selection.slice == 0
    viewer.last_slice()
    assert session.selection.slice == 11
    assert viewer.canvas.view.slice == 11


def test_the_picture_is_that_of_the_selected_slice(qtbot):
    volume = make_ct()
    volume.array[5] = 2000
    viewer = make_viewer(FakeSession(volume), qtbot)
    assert pixels(viewer.canvas)[100, 200].max() == 0
    viewer.go_to(5)
    assert pixels(viewer.canvas)[100, 200].min() == 255


def test_decisive_slices_are_one_key_away_and_only_when_shown(viewer, session):
    viewer.next_decisive()
    assert session.selection.slice == 0
    session.show_model(evidence_of(session))
    visited = []
    for _ in range(4):
        viewer.next_decisive()
        visited.append(session.selection.slice)
    assert visited == [4, 9, 6, 4]
    viewer.back_decisive()
    assert session.selection.slice == 6


# Evidence


def test_evidence_is_painted_at_its_place_on_its_slice(viewer, session):
    session.show_model(evidence_of(session))
    session.select(slice=4)
    viewer.set_style(replace(viewer._style, opacity=1.0, threshold=0.0))
    viewer.canvas.set_window(Window(3000, 10))
    viewer.canvas.zoom_by(1.6)
    rgb = pixels(viewer.canvas)
    weight = (rgb[..., 0] - rgb[..., 2]) * is_orange(rgb)
    rows, columns = np.mgrid[: rgb.shape[0], : rgb.shape[1]] + 0.5
    centre = (weight * rows).sum() / weight.sum(), (weight * columns).sum() / weight.sum()
    found = transform(viewer.canvas.view, viewer.canvas.viewport).image(*centre)
    assert found == pytest.approx(evidence_of(session).placement.pixel(3, 4), abs=0.5)
    session.select(slice=0)
    assert not is_orange(pixels(viewer.canvas)).any()


def test_space_turns_the_overlay_off_and_on_and_leaves_the_strip(viewer, session):
    session.show_model(evidence_of(session))
    session.select(slice=4)
    assert is_orange(pixels(viewer.canvas)).any()
    viewer.toggle_overlay()
    assert not is_orange(pixels(viewer.canvas)).any()
    assert is_orange(pixels(viewer.strip)).any()
    viewer.toggle_overlay()
    assert is_orange(pixels(viewer.canvas)).any()


def test_opacity_follows_key_slider_and_shift_wheel(viewer, session):
    session.show_model(evidence_of(session))
    session.select(slice=4)
    y, x = transform(viewer.canvas.view, viewer.canvas.viewport).screen(27.5, 35.5)

    def tint() -> int:
        r, _, b = pixels(viewer.canvas)[int(y), int(x)]
        return int(r - b)

    before = tint()
    viewer.less_opacity()
    fainter = tint()
    wheel(viewer.canvas, -1, Qt.KeyboardModifier.ShiftModifier)
    faintest = tint()
    assert before > fainter > faintest > 0
    assert viewer.panel.opacity.value() == 40
    viewer.panel.opacity.setValue(100)
    assert tint() > before


def test_threshold_hides_weaker_evidence_everywhere_on_the_image(viewer, session):
    session.show_model(evidence_of(session))
    session.select(slice=6)
    assert is_orange(pixels(viewer.canvas)).any()
    viewer.panel.threshold.setValue(70)  # 2.1 of 3.0 logits
    assert not is_orange(pixels(viewer.canvas)).any()


def test_the_sum_is_written_out(viewer, session):
    session.show_model(evidence_of(session))
    assert viewer.panel.sum_line.text == "+2.1 for, −0.4 against = +1.7 → 0.85"
    assert viewer.panel.caption.text() == "nodule, round 3, in logits"
    session.model = replace(session.model, is_current=False)
    session.changed.emit(Change(rounds=True))
    assert "labels have changed" in viewer.panel.caption.text()


def test_the_series_that_speak_for_it_as_a_whole_are_named(viewer, session):
    plain = evidence_of(session)
    likes = (("1.2.3", 0.6), ("gone", 0.5), ("1.2.4", -0.3))
    session.rows += (replace(session.rows[0], uid="1.2.4", number=40),)
    session.show_model(replace(plain, likes=likes, arithmetic=Arithmetic(2.1, -0.4, 0.0, 2.6, 0.9)))
    assert viewer.panel.sum_line.text == "+2.1 for, −0.4 against, +0.9 as a whole = +2.6 → 0.93"
    assert viewer.panel.caption.text() == (
        "nodule, round 3, in logits, as a whole like #7 (+0.6), #40 (−0.3)"
    )
    assert "as a whole like #7 (+0.6)" in viewer.panel.sum_line.toolTip()
    session.hide_model(session.model.evidence["nodule"])
    assert "#" not in viewer.panel.caption.text() + viewer.panel.sum_line.toolTip()
    session.show_model(plain)
    assert "#" not in viewer.panel.caption.text() + viewer.panel.sum_line.toolTip()


def test_another_finding_shows_its_own_evidence_or_says_there_is_none(viewer, session):
    session.show_model(evidence_of(session))
    session.select(finding="effusion")
    assert not has_model(viewer)
    assert viewer.panel.sentence.text() == "round 3 has no evidence on effusion in this series"
    session.select(finding="nodule")
    assert has_model(viewer)


def test_evidence_of_other_slices_is_refused(viewer, session):
    session.show_model(make_evidence(make_ct(5), peaks=((1, 1, 1, 3.0),)))
    assert not has_model(viewer)
    assert "train a new round" in viewer.panel.sentence.text()


# Windows


def test_presets_by_key_by_cycle_and_by_menu(viewer):
    view = viewer.canvas.view
    assert view.window == Window(40, 400, "Soft tissue")
    assert viewer.window_button.text() == "Soft tissue"
    presets = viewer.presets.all
    viewer.window_3()
    assert viewer.canvas.view.window == presets[2]
    viewer.next_window()
    assert viewer.canvas.view.window == presets[3]
    viewer.window_button.fill()
    actions = viewer.window_button.menu().actions()
    assert len(actions) == len(presets)
    assert len({(w.centre, w.width) for w in presets}) == len(presets)
    assert [a.isChecked() for a in actions].index(True) == 3
    actions[0].trigger()
    assert viewer.canvas.view.window == presets[0]
    drag(viewer.canvas, (200, 100), (260, 140))
    assert viewer.window_button.text() == "Own window"
    viewer.reset()
    assert viewer.canvas.view.window == presets[0]


def test_a_chosen_preset_stays_for_the_next_series_of_its_modality(viewer, session):
    viewer.use_window([w.name for w in viewer.presets.all].index("Lung"))
    session.volume = None
    session.select(series_uid="9", slice=0)
    session.volume = replace(make_ct(), series_uid="9")
    session.changed.emit(Change(volume=True))
    assert viewer.canvas.view.window.name == "Lung"
    session.volume = None
    session.select(series_uid="10")
    array = np.zeros((1, 9, 9), np.uint16)
    session.volume = Volume("10", array, modality="MR", windows=(Window(5, 9),))
    session.changed.emit(Change(volume=True))
    assert viewer.canvas.view.window == Window(5, 9, "File 1")


def test_a_window_of_the_file_has_the_name_readers_know(qtbot):
    windows = (Window(-600, 1500), Window(-37, 11), Window(40, 400, "MEDIASTINUM"))
    viewer = make_viewer(FakeSession(replace(make_ct(), windows=windows)), qtbot)
    assert viewer.window_button.text() == "Lung"
    names = [w.name for w in viewer.presets.all]
    assert names[:3] == ["Lung", "File 2", "MEDIASTINUM"]
    assert "Soft tissue" not in names


def test_a_colour_image_has_one_window(qtbot):
    array = np.full((1, 20, 30, 3), 120, np.uint8)
    session = FakeSession(Volume("1.2.3", array, modality="US"))
    viewer = make_viewer(session, qtbot)
    viewer.next_window()
    viewer.window_4()
    assert pixels(viewer.canvas)[250, 400].tolist() == [120, 120, 120]


# Marking


def test_a_range_is_marked_by_its_ends_in_either_order(viewer, session, qtbot):
    viewer.go_to(7)
    viewer.mark_last()
    viewer.go_to(3)
    with qtbot.waitSignal(viewer.range_marked) as caught:
        viewer.mark_first()
    assert caught.args == [3, 7]
    viewer.mark_first()
    viewer.leave_tool()
    with qtbot.assertNotEmitted(viewer.range_marked):
        viewer.mark_last()


def test_a_half_marked_range_says_the_next_step_and_ends_with_the_series(viewer, session, qtbot):
    before = pixels(viewer.canvas)
    viewer.mark_first()
    assert (pixels(viewer.canvas) != before).any()
    session.select(series_uid="other")
    session.select(series_uid="1.2.3")
    with qtbot.assertNotEmitted(viewer.range_marked):
        viewer.mark_last()


def test_a_box_held_by_its_key_is_said_once(viewer, session, qtbot):
    viewer.go_to(2)
    boxes: list[object] = []
    viewer.box_drawn.connect(lambda s, box: boxes.append((s, box)))
    viewer.start_box()
    where = transform(viewer.canvas.view, viewer.canvas.viewport)
    (y0, x0), (y1, x1) = where.screen(8, 10), where.screen(29, 49)
    drag(viewer.canvas, (x0, y0), (x1, y1))
    assert boxes == [(2, (10.0, 8.0, 50.0, 30.0))]
    viewer.start_box()  # the key still held repeats
    assert not viewer.canvas.is_boxing


def test_labelled_boxes_are_drawn_on_their_slice_for_their_finding(viewer, session):
    box = Region(first=2, last=2, box=(10, 8, 50, 30))
    session.set_labels(row(1, Level.BOX, box))
    plain = pixels(viewer.canvas)
    session.select(slice=2)
    drawn = pixels(viewer.canvas)
    where = transform(viewer.canvas.view, viewer.canvas.viewport)
    top, left = where.screen(7.5, 9.5)
    bottom, right = where.screen(29.5, 49.5)
    ys, xs = np.nonzero((plain != drawn).any(2) & (np.abs(drawn[..., 0] - 0xE9) < 30))
    inside = (ys > top - 2) & (ys < bottom + 2)
    assert xs[inside].min() == pytest.approx(left, abs=2)
    assert xs[inside].max() == pytest.approx(right, abs=2)
    assert ys[inside].max() == pytest.approx(bottom, abs=2)
    session.select(finding="effusion")
    assert not (
        np.abs(pixels(viewer.canvas)[int(bottom), int(left) + 5 : int(right)] - 0xE9) < 9
    ).all()


# What stands there when there is nothing


def test_a_late_volume_of_another_series_is_not_shown(viewer, session):
    session.select(series_uid="2.2.2")
    assert viewer.canvas.view is None
    session.changed.emit(Change(volume=True))
    assert viewer.canvas.view is None


def test_the_empty_states_say_the_next_step(qtbot):
    session = FakeSession()
    viewer = make_viewer(session, qtbot)
    assert "Ctrl+I" in viewer.canvas._texts.empty
    session.selection = Selection("1.2.3", 0, "nodule")
    session.selection_changed.emit(session.selection)
    assert viewer.canvas._texts.empty == "loading …"
    session.work = Work("reading 3 of 24 slices")
    session.changed.emit(Change(work=True))
    assert viewer.canvas._texts.advice == "reading 3 of 24 slices"
    session.notice.emit(Notice("The file is cut short.", "Copy it again.", is_trouble=True))
    assert viewer.canvas._texts.empty == "The file is cut short."
    session.volume = make_ct()
    session.changed.emit(Change(volume=True))
    assert viewer.canvas.view is not None


def test_phantoms_are_called_phantoms(viewer, session):
    assert viewer.canvas._texts.badge == "PHANTOM, not a patient"
    with_badge = pixels(viewer.canvas)[40:65, 10:200]
    session.rows = (replace(session.rows[0], is_phantom=False),)
    session.changed.emit(Change(project=True))
    assert viewer.canvas._texts.badge == ""
    assert (pixels(viewer.canvas)[40:65, 10:200] != with_badge).any()


# The table of actions


def test_every_action_is_a_method_and_no_key_is_used_twice(viewer):
    slots = viewer.slots()
    assert set(slots) == {action.name for action in VIEWER_ACTIONS}
    keys = [key for action in VIEWER_ACTIONS for key in action.keys]
    assert len(set(keys)) == len(keys)
    for key in keys:
        assert QKeySequence(key).toString() == key
    taken = {"1", "2", "3", "E", "?", "Ctrl+I"}
    assert not taken & set(keys)
    for slot in slots.values():
        slot()


def test_the_viewer_installs_no_shortcut_of_its_own(viewer):
    viewer.window_button.fill()
    assert all(action.shortcut().isEmpty() for action in viewer.window_button.menu().actions())
