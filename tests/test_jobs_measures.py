"""What a reader measured is there again the next day, can be undone, and is nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.makers import make_project
from wsl_studio.domain.label import Act, Answer, label_revision
from wsl_studio.domain.measure import Kind, Measure, from_text, to_text
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.lead import HIDDEN

ONE, TWO = "1.2.826.1", "1.2.826.2"
LONG = Measure(Kind.DISTANCE, ((3.0, 10.5, 2.25), (3.0, 20.0, 2.25)))
ROUND = Measure(Kind.ELLIPSE, ((4.0, 1.0, 7.0), (9.0, 1.0, 12.0)), axis=1)

voxels = st.tuples(*[st.floats(-1e4, 1e4, allow_nan=False)] * 3)
measures = st.builds(
    Measure, st.sampled_from(Kind), st.lists(voxels, min_size=2, max_size=3).map(tuple),
    st.integers(0, 2),
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(make_project(tmp_path / "p", n=3), "JD")
    opened.select(ONE)
    yield opened
    opened.close()


@given(st.lists(measures, max_size=6).map(tuple))
def test_measures_come_back_from_their_text_to_the_last_digit(found: tuple[Measure, ...]) -> None:
    assert from_text(to_text(found)) == found


@pytest.mark.parametrize("text", ["", "{}", '[{"kind": "volume", "points": []}]', "[1]"])
def test_a_text_that_is_none_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        from_text(text)


def test_measures_are_of_their_series_and_undo_walks_through_them_and_labels(desk: Desk) -> None:
    desk.keep_measures(ONE, (LONG,))
    desk.say("nodule", Answer.PRESENT)
    desk.keep_measures(ONE, (LONG, ROUND))
    desk.keep_measures(ONE, (ROUND,))
    assert desk.measures(ONE) == (ROUND,)
    assert desk.measures(TWO) == ()
    assert desk.case_labels().can_undo == "measure: taken away"
    desk.undo()
    assert desk.measures(ONE) == (LONG, ROUND)
    desk.undo()
    assert desk.measures(ONE) == (LONG,)
    assert desk.case_labels().current
    desk.undo()
    assert not desk.case_labels().current
    assert desk.measures(ONE) == (LONG,)
    desk.undo()
    assert desk.measures(ONE) == ()
    for _ in range(4):
        desk.redo()
    assert desk.measures(ONE) == (ROUND,)
    assert desk.case_labels().current


def test_the_second_series_of_a_pair_keeps_its_own(desk: Desk) -> None:
    desk.keep_measures(TWO, (ROUND,))
    assert desk.measures(TWO) == (ROUND,)
    assert desk.measures(ONE) == ()


def test_keeping_what_is_kept_writes_nothing(desk: Desk) -> None:
    desk.keep_measures(ONE, (LONG,))
    n = len(desk.journal)
    desk.keep_measures(ONE, (LONG,))
    assert len(desk.journal) == n


def test_they_are_there_after_a_restart_and_nobody_else_sees_them(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", n=3)
    for reader, wanted in (("JD", ()), ("AB", ()), ("JD", (LONG,))):
        desk = Desk.open(folder, reader)
        try:
            desk.select(ONE)
            assert desk.measures(ONE) == wanted
            if reader == "AB":
                assert [row.words for row in desk.history()] == [f"measure: {HIDDEN}"]
                assert desk.undo() == ()
            elif not wanted:
                desk.keep_measures(ONE, (LONG,))
            else:
                desk.undo()
                assert desk.measures(ONE) == ()
                assert [row.act for row in desk.journal] == [Act.MEASURE, Act.UNDO], "not wiped"
        finally:
            desk.close()


def test_a_measure_changes_no_label_and_makes_no_round_out_of_date(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT)
    before, waiting = label_revision(desk.journal), desk.queue()
    desk.keep_measures(ONE, (LONG,))
    assert label_revision(desk.journal) == before
    assert desk.queue() == waiting
    assert desk.rows()[0].answers == {"nodule": Answer.PRESENT}
