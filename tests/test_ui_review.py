"""The review page: what may join stays hidden until asked, doubts are judged, one step undoes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.makers import make_project, make_round
from wsl_studio.domain.crossfit import CrossFit
from wsl_studio.domain.doubt import Support
from wsl_studio.domain.label import Act, Answer, Entry, Source, current_labels
from wsl_studio.jobs import steps
from wsl_studio.jobs.ordering import crossfit_of
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.store import rounds
from wsl_studio.store.project import Project
from wsl_studio.ui.review import ReviewPage
from wsl_studio.ui.rounds_page import RoundsPage
from wsl_studio.ui.window import MainWindow

FINDING = "nodule"
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


def prepare(folder: Path) -> tuple[list[str], list[str]]:
    """Twelve series of which half are answered, a round, and one doubted label of JD.

    Returns:
        Answered and open series.
    """
    make_project(folder, n=12, findings=(FINDING,))
    with Project.open(folder) as project:
        uids = [series.uid for _, series in project.series_list()]
        split = {}
        for uid, key in project.patient_keys().items():
            split[key] = "validation" if uid in uids[4:6] else "train"
        project.fix_split(split)
        done, free = uids[:6], uids[6:]
        project.append_many(
            Entry(act=Act.SAY, series_uid=uid, reader="JD", finding=FINDING,
                  answer=Answer.PRESENT if k % 2 else Answer.ABSENT)
            for k, uid in enumerate(done)
        )  # fmt: skip
        chances = {uid: {FINDING: 0.97 if k % 2 else 0.02} for k, uid in enumerate(done)}
        chances |= {uid: {FINDING: 0.6 + 0.07 * k} for k, uid in enumerate(free)}
        number = make_round(project, chances)
        doubted = Support(present=False, probability=0.93, spread=0.02, neighbours=0.8)
        sure = Support(present=True, probability=0.93, spread=0.02, neighbours=0.8)
        crossfit = CrossFit(supports={done[0]: {FINDING: doubted}, done[1]: {FINDING: sure}})
        path = rounds.round_dir(folder, number)
        rounds.write_file(path / "crossfit.json", crossfit.model_dump_json().encode())
    crossfit_of.cache_clear()
    return done, free


@pytest.fixture
def project(tmp_path: Path) -> tuple[Path, list[str], list[str]]:
    return (tmp_path / "p", *prepare(tmp_path / "p"))


@pytest.fixture
def session(
    project: tuple[Path, list[str], list[str]], tmp_path: Path, qtbot: QtBot
) -> Iterator[Session]:
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    opened = Session(settings)
    opened.open_project(project[0])
    yield opened
    opened.shut_down()


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[ReviewPage]:
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = ReviewPage(parent, session)
    shown.show()
    yield shown
    parent.hide()


def test_keys_and_buttons_of_the_window_open_both_pages(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    window.key_actions["review"].trigger()
    (page,) = window.findChildren(ReviewPage)
    qtbot.keyClick(page, Qt.Key.Key_E)
    assert page._review.is_seen  # and the E of the window, which lifts the curtain, stayed out
    assert session.model.hidden
    window.training.page_asked.emit()
    assert len(window.findChildren(ReviewPage)) == 1
    assert len(window.findChildren(RoundsPage)) == 1
    window.training.review_button.click()
    assert len(window.findChildren(ReviewPage)) == 1


def click_row(view: QTableView, qtbot: QtBot, row: int) -> None:
    """Chooses a line; ``selectRow`` would obey the Shift of the last key of another test."""
    at = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def words(page: ReviewPage) -> str:
    return "\n".join(" ".join(line) for line in page._joining.lines)


def journal(session: Session) -> tuple:
    assert session._desk is not None
    return session._desk.journal


def test_suggestions_are_hidden_until_asked_for_and_the_asking_is_noted(
    page: ReviewPage, session: Session, qtbot: QtBot
) -> None:
    page.slider.setValue(60)
    assert "present" not in words(page)
    assert words(page).count("hidden") == 6
    assert not page.all_button.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert not any(row.source is Source.ACCEPTED for row in journal(session))
    qtbot.keyClick(page, Qt.Key.Key_E)
    assert words(page).count("present") == 6
    looked = [row.series_uid for row in journal(session) if row.act is Act.LOOK]
    assert set(looked) >= {one.series_uid for one in session.review.joining}


def test_the_dial_says_how_many_join_and_how_pure_they_were(page: ReviewPage) -> None:
    page.slider.setValue(60)
    assert page._count.text() == "6 of 6 suggestions for 6 series"
    page.slider.setValue(85)
    assert page._count.text() == "2 of 6 suggestions for 2 series"
    assert "2 of 2, 1.00 (0.34–1.00) on random audits" in page._purity.text()
    assert "1 of 2, 0.50" in page._purity.text()


def test_accepting_all_is_one_step_for_undo_and_the_three_states_stay_apart(
    page: ReviewPage, session: Session, qtbot: QtBot
) -> None:
    page.slider.setValue(80)
    qtbot.keyClick(page, Qt.Key.Key_E)
    n = len(page._listed)
    assert n == 3
    assert page._states.text() == "6 reader labels · 0 accepted suggestions · 6 suggestions"
    qtbot.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert page._states.text() == "6 reader labels · 3 accepted suggestions · 3 suggestions"
    accepted = [r for r in current_labels(journal(session)) if r.source is Source.ACCEPTED]
    assert len(accepted) == n
    assert all(row.saw_model for row in accepted)
    session.undo()
    assert page._states.text() == "6 reader labels · 0 accepted suggestions · 6 suggestions"


def test_a_veto_keeps_a_suggestion_out_of_the_list_and_of_the_next_manifest(
    page: ReviewPage, session: Session, qtbot: QtBot
) -> None:
    page.slider.setValue(50)
    gone = page._listed[0]
    click_row(page.joining_view, qtbot, 0)
    qtbot.keyClick(page, Qt.Key.Key_X)
    assert gone not in session.review.joining
    assert session._desk is not None
    _, manifest = steps.prepare_round(
        session._desk.project, method="gap", options={}, seed=0, device="cpu"
    )
    assert manifest.vetoed == ((gone.series_uid, FINDING),)
    session.undo()
    assert gone in session.review.joining


def test_a_spot_check_lists_five_by_chance(page: ReviewPage, qtbot: QtBot) -> None:
    page.slider.setValue(50)
    qtbot.keyClick(page, Qt.Key.Key_K)
    assert len(page._listed) == 5
    qtbot.keyClick(page, Qt.Key.Key_K)
    assert len(page._listed) == 6


@pytest.mark.parametrize(
    ("key", "answer"),
    [(Qt.Key.Key_K, Answer.ABSENT), (Qt.Key.Key_C, Answer.PRESENT),
     (Qt.Key.Key_U, Answer.UNCERTAIN)],
)  # fmt: skip
def test_a_doubt_is_kept_changed_or_marked_and_not_asked_again(
    page: ReviewPage, session: Session, project: tuple, qtbot: QtBot, key: Qt.Key, answer: Answer
) -> None:
    doubted = project[1][0]
    qtbot.keyClick(page, Qt.Key.Key_F6)
    assert page._doubts.lines[0][1:5] == (FINDING, "absent", "7% agree", "20% agree")
    qtbot.keyClick(page, key)
    (row,) = [r for r in current_labels(journal(session)) if r.series_uid == doubted]
    assert row.answer is answer
    assert not session.review.doubts
    session.undo()
    assert [one.series_uid for one in session.review.doubts] == [doubted]


def test_a_doubt_takes_the_reader_to_its_series(
    page: ReviewPage, session: Session, project: tuple, qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F6)
    click_row(page.doubts_view, qtbot, 0)
    qtbot.keyClick(page.doubts_view, Qt.Key.Key_Return)
    assert session.selection.series_uid == project[1][0]
    assert session.selection.finding == FINDING


def test_the_queue_asks_for_the_doubted_label_again_with_its_reason(
    session: Session, project: tuple
) -> None:
    asked = {row.uid: row.reason for row in session.queue}
    assert asked[project[1][0]] == f"possible mislabel: {FINDING}"


def test_another_reader_is_not_shown_anybodys_doubts(session: Session, project: tuple) -> None:
    session.set_reader("AB")
    assert not session.review.doubts
    assert all("mislabel" not in row.reason for row in session.queue)
