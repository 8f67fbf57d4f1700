"""What the training panel says of unlabelled series: methods, live terms, the twin's verdict."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes_session import FakeSession
from wsl_studio.domain.label import Answer
from wsl_studio.domain.round import Epoch, FindingMetrics, Interval, Metrics, Paired, Twin
from wsl_studio.jobs.values import LabelState, MethodForm, RoundRow, RoundState, SeriesRow
from wsl_studio.ui import words
from wsl_studio.ui.curves import Curves, pseudo_words
from wsl_studio.ui.keys import ACTIONS, KeyTable
from wsl_studio.ui.method_choice import QUESTION, proposed, show_methods
from wsl_studio.ui.parts import Choice
from wsl_studio.ui.rounds_table import Table, is_no_help, line_words, show_rounds, twin_words
from wsl_studio.ui.training import TrainingPanel

FORMS = tuple(
    MethodForm(name, name.title(), "", "", {}, uses)
    for name, uses in (("gap", False), ("mean-teacher", True), ("curriculum", True), ("max", False))
)
DRAWER = MethodForm("sdnet", "Sdnet", "", "", {}, True)


def test_methods_for_unlabelled_series_stand_under_one_question(qtbot: QtBot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    show_methods(choice, FORMS)
    texts = [choice.itemText(i) for i in range(choice.count())]
    at = texts.index(QUESTION)
    assert texts[:2] == ["Gap", "Max"]
    assert texts[at + 1 :] == ["Curriculum", "Mean-Teacher"]
    assert choice.itemData(at) is None
    choice.setCurrentIndex(0)
    for _ in range(10):  # the keyboard passes over the question
        qtbot.keyClick(choice, Qt.Key.Key_Down)
        assert choice.currentText() != QUESTION


def test_curves_show_both_terms_teacher_and_student_and_how_pure_pseudo_labels_are(
    qtbot: QtBot,
) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    epochs = [
        Epoch(epoch=k, epochs=3, train_loss=1 / k, unlabelled_loss=0.3 / k,
              validation_auc={"nodule": 0.8}, student_auc={"nodule": 0.7},
              pseudo={"nodule": 10 * k}, purity={"nodule": 0.9})
        for k in (1, 2)
    ]  # fmt: skip
    curves.show_epochs(epochs)
    assert set(curves.loss.curves) == {"training", "unlabelled"}
    assert set(curves.auc.curves) == {"nodule", "nodule, student"}
    assert "nodule 20 (purity 0.90)" in curves.pseudo.text()
    curves.show_epochs([Epoch(epoch=1, epochs=3, train_loss=1.0)])
    assert set(curves.loss.curves) == {"training"}
    assert curves.pseudo.isHidden()
    assert pseudo_words(Epoch(epoch=1, epochs=1, train_loss=1.0, pseudo={"a": 3})) == (
        "Pseudo-labels: a 3"
    )


def round_with(low: float, high: float, *, is_kept: bool = False) -> RoundRow:
    middle = (low + high) / 2
    both = Paired(
        with_unlabelled=Interval(value=0.8, low=0.7, high=0.9),
        alone=Interval(value=0.8 - middle, low=0.6, high=0.9),
        difference=Interval(value=middle, low=low, high=high),
        n=40,
    )
    twin = Twin(test={"nodule": both}, is_kept=is_kept, n_unlabelled=30)
    found = Metrics(test={"nodule": FindingMetrics(n=40, n_positive=20)}, twin=twin)
    return RoundRow(
        number=1, state=RoundState.FINISHED, method="curriculum", n_labelled=10,
        label_revision=1, created="2026-01-01T00:00:00", metrics=found,
    )  # fmt: skip


def test_the_rounds_table_says_when_unlabelled_series_did_not_help() -> None:
    assert is_no_help(round_with(-0.2, -0.1))
    assert is_no_help(round_with(-0.1, 0.2, is_kept=True))
    assert not is_no_help(round_with(-0.1, 0.2))
    assert not is_no_help(round_with(0.1, 0.2))
    assert not is_no_help(None)
    helped = "Unlabelled series helped: AUC nodule +0.150 (+0.100 to +0.200)."
    assert twin_words(round_with(0.1, 0.2)) == helped
    table = Table()
    show_rounds(table, [round_with(-0.2, -0.1, is_kept=True)])
    assert (
        "Unlabelled series made it worse: AUC nodule -0.150 (-0.200 to -0.100)."
        " The round keeps what the labels alone taught." in table.tips[0]
    )


def test_the_verdict_on_unlabelled_series_is_said_in_french(qapp: object) -> None:
    words.speak("fr")
    try:
        said = twin_words(round_with(-0.1, 0.2, is_kept=True)).replace("\xa0", " ")
    finally:
        words.speak("en")
    assert said == (
        "Les séries sans étiquette n’ont pas nettement aidé : AUC nodule +0,050 (-0,100 à +0,200)."
        " Le cycle garde ce que les étiquettes seules ont appris."
    )


def test_the_line_of_a_round_under_way_ends_with_what_the_round_said() -> None:
    running = RoundRow(
        number=2, state=RoundState.RUNNING, method="generalised", n_labelled=300,
        label_revision=1, created="2026-01-01T00:00:00", stage="training",
        sentence="The backbone learns too, so this round takes longer.",
    )  # fmt: skip
    text, _ = line_words((running,), running)
    assert text == "Round 2 · training · The backbone learns too, so this round takes longer."


def test_it_is_worth_it_where_as_many_are_unlabelled() -> None:
    def rows(labelled: int, free: int, drawn: int = 0) -> list[SeriesRow]:
        return [
            SeriesRow(
                f"u{k}", "CT", k, LabelState.UNLABELLED,
                {"nodule": "present"} if k < labelled else {},
                split="train" if k < labelled + free else "test", is_drawn=k < drawn,
            )
            for k in range(labelled + free + 5)
        ]  # fmt: skip

    found = proposed(FORMS, rows(20, 20))
    assert found is not None
    assert found.method == "curriculum"
    assert proposed(FORMS[:1], rows(20, 20)) is None
    assert proposed(FORMS, rows(21, 20)) is None
    assert proposed(FORMS, rows(0, 9)) is None
    for drawn, method in ((10, "sdnet"), (9, "curriculum")):
        found = proposed((*FORMS, DRAWER), rows(20, 20, drawn))
        assert found is not None
        assert found.method == method


def test_one_click_begins_where_the_size_of_the_project_says(tmp_path: Path, qtbot: QtBot) -> None:
    session = FakeSession(tmp_path)
    session.methods = (*session.methods, FORMS[2])
    panel = TrainingPanel(session, KeyTable(ACTIONS))  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(1300, 320)
    panel.show()
    panel.set_open(True)
    assert panel.pane.start_here.isHidden()  # nothing is labelled yet
    session.say("nodule", Answer.PRESENT)
    qtbot.waitUntil(lambda: panel.pane.start_here.isVisible())
    qtbot.mouseClick(panel.pane.start_here, Qt.MouseButton.LeftButton)
    assert panel.pane.method.currentData() == "curriculum"
    assert panel.pane.start_here.isHidden()
