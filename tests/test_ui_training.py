"""The panel of rounds, as a reader uses it: train, look, stop, resume, and the next step."""

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.fakes_session import ALL, FakeSession
from tests.fakes_values import SCHEMA
from tests.test_ui_panels import finish_round, show, words
from wsl_studio.domain.label import Answer
from wsl_studio.domain.round import Epoch
from wsl_studio.jobs.values import LabelState, RoundState, SeriesRow
from wsl_studio.ui.curves import Curves
from wsl_studio.ui.keys import ACTIONS, KeyTable
from wsl_studio.ui.next_step import Step, next_step
from wsl_studio.ui.theme import apply_theme
from wsl_studio.ui.training import TrainingPanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _theme(qapp):
    if not qapp.styleSheet():
        apply_theme(qapp)


@pytest.fixture
def session(tmp_path):
    return FakeSession(tmp_path)


@pytest.fixture
def training(session, qtbot):
    return show(qtbot, TrainingPanel(session, KeyTable(ACTIONS)), 1300, 320)


def test_training_without_labels_says_why_not(session, training, qtbot):
    assert not training.train_button.isEnabled()
    assert "Label some series first" in training.train_button.toolTip()
    with qtbot.waitSignal(session.notice) as told:
        training.train()
    assert "Label some series first" in told.args[0].sentence
    assert session.trained == []


def test_a_round_is_trained_with_what_the_form_says(session, training, qtbot):
    session.say("nodule", Answer.PRESENT)
    training.set_open(True)
    training.pane.form.findChild(object, "option.epochs").setValue(12)
    training.pane.device.setCurrentText("cpu")
    training.pane.seed.setValue(7)
    qtbot.mouseClick(training.train_button, LEFT)
    name, options, seed, device = session.trained[0]
    assert (name, seed, device) == ("pooling", 7, "cpu")
    assert options["epochs"] == 12
    assert options["beta"] == 8.0


def test_defaults_that_change_with_the_project_keep_what_was_chosen(session, training, qtbot):
    """A backbone is fine-tuned by default once many series are labelled."""
    session.say("nodule", Answer.PRESENT)
    training.set_open(True)
    training.pane.method.setCurrentIndex(training.pane.method.findData("gap"))
    training.pane.form.set_values({"epochs": 12})
    pooling, gap = session.methods
    depth = {**SCHEMA["properties"]["depth"], "default": "last"}
    schema = {"properties": {**gap.schema["properties"], "depth": depth}}
    session.methods = (pooling, replace(gap, schema=schema))
    qtbot.mouseClick(training.train_button, LEFT)
    name, options, _, _ = session.trained[0]
    assert (name, options) == ("gap", {"epochs": 12, "depth": "last"})
    assert training.pane.method.currentData() == "gap"


def test_what_the_round_goes_on_from_is_told_before_it_is_trained(session, training, qtbot):
    session.say("nodule", Answer.PRESENT)
    session.ahead = lambda method, options: f"{method} learns {options.get('epochs', 'anew')}."
    session.say("effusion", Answer.PRESENT)
    assert "pooling learns anew." in training.train_button.toolTip()  # folded
    training.set_open(True)
    assert "pooling learns 40." in words(training)
    training.pane.form.findChild(object, "option.epochs").setValue(12)
    assert "pooling learns 12." in words(training)
    assert "pooling learns 12." in training.train_button.toolTip()
    training.pane.method.setCurrentIndex(training.pane.method.findData("gap"))
    assert "gap learns 40." in words(training)
    session.train("gap", {})
    assert "gap learns" not in words(training)
    session.ahead = lambda _method, _options: ""
    session.finish()
    assert "learns" not in words(training)


def test_a_running_round_shows_its_stage_time_left_and_curves(session, training, qtbot):
    training.set_open(True)
    session.train("pooling", {})
    session.advance(14)
    said = words(training)
    assert "Round 1 · epoch 14 of at most 40" in said
    assert "34 s left" in said
    assert training.stop_button.isVisible()
    assert not training.train_button.isVisible()
    curves = training._curves
    x, y = curves.loss.curves["training"].getData()
    assert (len(x), x[-1]) == (14, 14)
    assert y[-1] < y[0]
    assert set(curves.auc.curves) == {"nodule", "effusion"}
    qtbot.mouseClick(training.stop_button, LEFT)
    assert session.rounds[0].state is RoundState.STOPPED
    assert "stopped early, best kept" in words(training)


def test_past_rounds_are_listed_with_metrics_and_intervals(session, training, qtbot):
    training.set_open(True)
    finish_round(session)
    session.train("pooling", {})
    session.finish(0.88)
    table = training._table
    assert [line[0] for line in table.lines] == ["2", "1"]
    assert table.lines[0][4] == "0.88"
    assert training._scores.lines[0][:2] == ("nodule", "0.88 (0.81–0.92)")
    at = training.rounds_view.visualRect(table.index(1, 0)).center()
    qtbot.mouseClick(training.rounds_view.viewport(), LEFT, pos=at)
    assert training._scores.lines[0][1] == "0.93 (0.86–0.97)"


def test_an_interrupted_round_can_be_resumed_and_a_cancelled_one_is_gone(session, training, qtbot):
    session.train("pooling", {})
    session.finish(state=RoundState.INTERRUPTED)
    assert "interrupted" in words(training)
    qtbot.mouseClick(training.resume_button, LEFT)
    assert session.running is not None
    qtbot.mouseClick(training.cancel_button, LEFT)
    assert session.rounds == ()


def test_curves_are_imported_only_when_somebody_looks(session, qtbot):
    had = sys.modules.pop("wsl_studio.ui.curves", None)
    try:
        panel = show(qtbot, TrainingPanel(session, KeyTable(ACTIONS)), 1300, 320)
        session.train("pooling", {})
        session.advance(3)
        assert "wsl_studio.ui.curves" not in sys.modules
        panel.set_open(True)
        assert "wsl_studio.ui.curves" in sys.modules
    finally:
        if had is not None:
            sys.modules["wsl_studio.ui.curves"] = had


def test_one_next_step_at_a_time():
    rows = tuple(SeriesRow(f"u{k}", "CT", k, LabelState.LABELLED, {"n": "present"})
                 for k in range(12))  # fmt: skip

    def step(rows, rounds=(), *, is_answered=False, n_waiting=5, is_current=True):
        return next_step(
            rows, rounds, is_answered=is_answered, n_waiting=n_waiting, is_current=is_current
        )

    assert step(()) is Step.IMPORT
    assert step(rows[:3]) is Step.LABEL
    assert step(rows[:3], is_answered=True) is Step.NEXT
    assert step(rows) is Step.TRAIN
    held_out = tuple(replace(row, split="test") for row in rows)
    assert step(held_out) is Step.LABEL, "test patients teach nothing"


@pytest.mark.parametrize("has_round", [False, True])
def test_on_a_small_screen_the_form_scrolls_and_the_panel_does_not(
    session, training, qtbot, has_round
):
    def is_whole(one):
        return one.visibleRegion().boundingRect() == one.rect()

    training.resize(1366, 276)
    training.set_open(True)
    if has_round:
        session.say("nodule", Answer.PRESENT)
        finish_round(session)
        guessed = Epoch(epoch=1, epochs=1, train_loss=0.5, pseudo={"nodule": 9})
        session.round_rows[0] = replace(session.round_rows[0], epochs=(guessed,))
        session.changed.emit(ALL)
        qtbot.waitUntil(lambda: training.findChild(Curves).pseudo.isVisible())
    seen = [training.pane.seed, training.pane.device]
    seen += [training.rounds_view, training.scores_view] if has_round else []
    qtbot.waitUntil(lambda: all(one.isVisible() and is_whole(one) for one in seen))
    assert not is_whole(training.pane.form)
