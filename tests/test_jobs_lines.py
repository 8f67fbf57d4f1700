"""A long list is renewed line by line, opened in slices, and ends as a short one would be."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.makers import FINDINGS, make_project, make_round
from wsl_studio.domain.label import Answer
from wsl_studio.jobs import lines, opening
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import LabelState
from wsl_studio.store.project import Project

N = 12
ACTS: dict[str, Callable[[Desk], object]] = {
    "present": lambda desk: desk.say("nodule", Answer.PRESENT),
    "all": lambda desk: [desk.say(finding, Answer.ABSENT) for finding in FINDINGS],
    "skip": lambda desk: desk.skip("motion"),
    "defer": lambda desk: desk.defer("older study"),
    "undo": lambda desk: desk.undo(),
    "redo": lambda desk: desk.redo(),
    "catch up": lambda desk: catch_up(desk),
    "a little": lambda desk: desk.catch_up(1e-6),
    "finding": lambda desk: desk.add_finding(f"finding {len(desk.findings)}"),
}


@pytest.fixture
def short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", 3)
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)


def catch_up(desk: Desk) -> None:
    while not desk.catch_up(1.0):
        pass
    assert not desk.is_behind


def say_all(desk: Desk, uid: str) -> None:
    desk.select(uid)
    for finding in FINDINGS:
        desk.say(finding, Answer.PRESENT)


def test_a_label_changes_its_own_line_at_once_and_the_others_follow(
    tmp_path: Path, short_is_long: None
) -> None:
    desk = Desk.open(make_project(tmp_path / "p", n=N), "JD")
    first = desk.queue()[0].uid
    before = {row.uid: row for row in desk.rows()}
    say_all(desk, first)
    assert desk.row_of(first).state is LabelState.LABELLED
    assert first not in [row.uid for row in desk.queue()]
    assert [r for r in desk.rows() if r.uid != first and r is not before[r.uid]] == []
    assert desk.info().n_labelled == 1
    assert desk.is_behind
    catch_up(desk)
    assert all(row.split is not None for row in desk.rows()), "the split is drawn by now"
    desk.close()


def test_a_label_does_not_wait_for_the_split_which_is_drawn_whole_after_it(
    tmp_path: Path, short_is_long: None
) -> None:
    desk = Desk.open(make_project(tmp_path / "p", n=N), "JD")
    uids = [row.uid for row in desk.rows()]
    say_all(desk, uids[0])
    desk.catch_up(1e-9)
    desk.catch_up(1e-9)  # in the middle of a transaction, if it has begun
    say_all(desk, uids[1])
    catch_up(desk)
    drawn = {row.uid: row.split for row in desk.rows()}
    desk.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "AT_ONCE", 10**6)
        other = Desk.open(make_project(tmp_path / "q", n=N), "JD")
        say_all(other, uids[0])
        assert {row.uid: row.split for row in other.rows()} == drawn
        other.close()


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(st.integers(0, N - 1), st.sampled_from(sorted(ACTS))), max_size=12))
def test_after_any_acts_a_long_list_ends_as_one_read_anew(
    tmp_path_factory: pytest.TempPathFactory,
    short_is_long: None,
    acts: list[tuple[int, str]],
) -> None:
    folder = make_project(tmp_path_factory.mktemp("long") / "p", n=N)
    desk = Desk.open(folder, "JD")
    uids = [row.uid for row in desk.rows()]
    for at, name in acts:
        desk.select(uids[at])
        ACTS[name](desk)
        places = {row.uid: desk.place_of(row.uid) for row in desk.queue()}
        assert places == {row.uid: k for k, row in enumerate(desk.queue())}
    catch_up(desk)
    rows, queue, info = desk.rows(), desk.queue(), desk.info()
    desk.close()
    anew = Desk.open(folder, "JD")
    assert (rows, queue) == (anew.rows(), anew.queue())
    assert info == anew.info()
    anew.close()


def test_a_long_project_opens_in_slices_with_progress_and_can_be_given_up(
    qtbot, tmp_path: Path, short_is_long: None
) -> None:
    folder = make_project(tmp_path / "p", n=N)
    session = Session(Settings(tmp_path / "settings.json"))
    session.open_project(folder)
    assert session.project is None, "the window is not held up"
    session.cancel_work()
    assert session.work is None
    session.open_project(folder)  # the lock was let go
    qtbot.waitUntil(lambda: session.project is not None)
    assert len(session.rows) == len(session.queue) == N
    assert session.selection.series_uid == session.queue[0].uid
    session.say("nodule", Answer.PRESENT)
    qtbot.waitUntil(lambda: all(row.split is not None for row in session.rows))
    session.shut_down()


@pytest.mark.parametrize("is_long", [False, True])
def test_the_scores_of_another_round_arrive_in_the_queue(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_long: bool
) -> None:
    folder = make_project(tmp_path / "p", n=N, findings=("nodule",))
    with Project.open(folder) as project:
        uids = list(project.patient_keys())
        for unsure in (uids[3], uids[7]):  # each round is unsure of one series and sure of others
            make_round(project, {u: {"nodule": 0.5 if u == unsure else 0.01} for u in uids})
    if is_long:
        monkeypatch.setattr(lines, "AT_ONCE", 3)
        monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    session = Session(Settings(tmp_path / "settings.json"))
    session.open_project(folder)
    qtbot.waitUntil(lambda: session.project is not None, timeout=30_000)
    assert (session.queue[0].uid, session.queue[0].reason) == (uids[7], "uncertain: nodule")
    assert session.model.round == 2
    session.make_current(1)
    qtbot.waitUntil(
        lambda: session.queue[0].uid == uids[3] and session.model.round == 1, timeout=30_000
    )
    assert session.work is None
    session.say("nodule", Answer.PRESENT)
    qtbot.waitUntil(lambda: not session.is_behind, timeout=30_000)
    assert session.queue[0].uid == uids[3]
    session.shut_down()
