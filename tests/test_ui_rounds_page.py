"""The rounds page: what turned, told only of answered series; an earlier round comes back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget
from pytestqt.qtbot import QtBot

from tests.makers import make_project, make_round
from wsl_studio.domain.crossfit import CrossFit, Point
from wsl_studio.domain.doubt import Support
from wsl_studio.domain.label import Act, Answer, Entry
from wsl_studio.jobs import steps
from wsl_studio.jobs.ordering import crossfit_of
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.store import rounds
from wsl_studio.store.project import Project
from wsl_studio.ui.rounds_page import RoundsPage

FINDING = "nodule"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight series, four answered; two rounds that differ on one answered and one open series."""
    path = make_project(tmp_path / "p", n=8, findings=(FINDING,))
    with Project.open(path) as project:
        uids = [series.uid for _, series in project.series_list()]
        project.fix_split(
            {key: "validation" if uid in uids[2:4] else "train"
             for uid, key in project.patient_keys().items()}
        )  # fmt: skip
        project.append_many(
            Entry(act=Act.SAY, series_uid=uid, reader="JD", finding=FINDING, answer=Answer.PRESENT)
            for uid in uids[:4]
        )
        before = {uid: {FINDING: 0.8} for uid in uids}
        after = {**before, uids[0]: {FINDING: 0.3}, uids[6]: {FINDING: 0.2}}
        make_round(project, before)
        number = make_round(project, after)
        points = tuple(Point(n=n, auc=(a, a + 0.01)) for n, a in ((5, 0.6), (10, 0.7), (20, 0.77)))
        wrong = Support(present=True, probability=0.2, spread=0.1, neighbours=0.5)
        right = Support(present=True, probability=0.8, spread=0.1, neighbours=0.5)
        held = {uids[k]: {FINDING: wrong if k < 2 else right} for k in range(4)}
        text = CrossFit(supports=held, curve={FINDING: points}).model_dump_json()
        rounds.write_file(rounds.round_dir(path, number) / "crossfit.json", text.encode())
    crossfit_of.cache_clear()
    return path


@pytest.fixture
def session(folder: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    opened = Session(settings)
    opened.open_project(folder)
    yield opened
    opened.shut_down()


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[RoundsPage]:
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = RoundsPage(parent, session)
    shown.show()
    yield shown
    parent.hide()


def test_what_turned_is_told_of_answered_series_only(page: RoundsPage) -> None:
    assert [line[1:4] + line[5:] for line in page.turns_table.lines] == [
        (FINDING, "0.80", "0.30", "turned")
    ]
    assert "1 more in series you have not answered" in page._said.text()


def test_the_stop_meter_and_the_verdict_on_the_queue_are_in_words(page: RoundsPage) -> None:
    assert "the next 10 labels are expected to change the AUC" in page.outlook_words.text()
    assert "chosen series surprise 2 times in 2, random audits 0 in 2" in page.choosing_words.text()


def test_an_earlier_round_comes_back_and_nothing_is_deleted(
    page: RoundsPage, session: Session, folder: Path, qtbot: QtBot
) -> None:
    uid = next(row.uid for row in session.rows if row.number == 1)
    session.select_series(uid)
    assert session.model.suggestions == () or session.model.round == 2
    assert session.model.round == 2
    qtbot.keyClick(page, Qt.Key.Key_B)
    assert session.model.round == 1
    assert session.model.evidence[FINDING].arithmetic.probability == pytest.approx(0.8)
    assert steps.finished_rounds(folder) == (1, 2)
    qtbot.keyClick(page, Qt.Key.Key_B)
    assert session.model.round == 2
    assert [line[0] for line in page.case_table.lines] == ["2 (current)", "1"]


def test_what_a_series_says_as_a_whole_has_a_column_where_rounds_compare_it(
    page: RoundsPage, session: Session, folder: Path
) -> None:
    uid = next(row.uid for row in session.rows if row.number == 1)
    session.select_series(uid)
    assert len(page.case_table.lines[0]) == 6, "no column of dashes where nothing is compared"
    assert page.case_table.headerData(5, Qt.Orientation.Horizontal) == "Decisive slice"
    path = rounds.round_dir(folder, 2) / "scores.json"
    scores = json.loads(path.read_text())
    scores[uid][FINDING] |= {"whole": -0.94}
    path.write_text(json.dumps(scores))
    session.make_current(1)
    titles = [page.case_table.headerData(k, Qt.Orientation.Horizontal) for k in range(7)]
    assert titles[4:] == ["Against", "As a whole", "Decisive slice"]
    assert [line[:1] + line[5:] for line in page.case_table.lines] == [
        ("2", "−0.9", "1"), ("1 (current)", "–", "1")
    ]  # fmt: skip
    stretched = page.case_view.horizontalHeader().sectionResizeMode
    assert [stretched(k) for k in (5, 6)] == [
        QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch
    ]  # fmt: skip


def test_a_new_round_becomes_the_current_one(session: Session, folder: Path) -> None:
    session.make_current(1)
    assert steps.current_round(folder) == 1
    session.close()
    with Project.open(folder) as project:
        make_round(project, {})
    assert steps.current_round(folder) == 3
