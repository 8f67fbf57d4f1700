"""What a reader was promised of the journal: nothing is lost, nothing is changed, undo is a row."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.store_makers import FINDINGS, make_project, make_series, say
from wsl_studio.bench import Ask
from wsl_studio.bench.kill import run, time_append
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import (
    Act,
    Answer,
    Entry,
    Level,
    Region,
    RowId,
    Source,
    current_labels,
    undo_stacks,
)
from wsl_studio.store.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p") as project:
        yield project


def test_a_row_comes_back_as_it_was_said(project: Project) -> None:
    region = Region(first=1, last=1, box=(0.5, 1.25, 30.1, 40.7))
    entries = [
        say(area=0.05),
        say(finding="effusion", answer=Answer.UNCERTAIN, confidence=0.3),
        say(level=Level.BOX, region=region, saw_model=True, source=Source.ACCEPTED, round=4),
        say(level=Level.SLICES, region=Region(first=0, last=2)),
        Entry(act=Act.SKIP, series_uid="1.2.1", reader="Zoë", reason="motion \N{EM DASH} blurred"),
        Entry(act=Act.REMOVE, series_uid="1.2.0", reader="JD", refers_to=RowId(1)),
    ]
    before = datetime.now(UTC)
    stored = [project.append(entry) for entry in entries]
    assert [row.id for row in stored] == [1, 2, 3, 4, 5, 6]
    for row, entry in zip(stored, entries, strict=True):
        assert Entry(**row.model_dump(exclude={"id", "created"})) == entry
        assert before - timedelta(seconds=1) <= row.created <= datetime.now(UTC)
    project.close()
    with Project.open(project.folder) as again:
        assert again.rows() == tuple(stored)
        assert again.rows("1.2.1") == (stored[4],)
        assert again.rows(after=4) == tuple(stored[4:])
        assert again.rows("1.2.0", after=4) == (stored[5],)
        assert again.revision() == 6


def test_points_and_scribbles_come_back_as_they_were_drawn(project: Project) -> None:
    point = Region(first=2, last=2, points=((10.0, 20.5),))
    scribble = Region(first=0, last=0, points=((1.0, 2.0), (3.25, 4.0), (5.0, 1.0)))
    rows = [project.append(say(level=one.level, region=one)) for one in (point, scribble)]
    assert [row.level for row in rows] == [Level.POINT, Level.SCRIBBLE]
    assert project.current() == project.rows() == tuple(rows)


def test_an_area_holds_with_its_label_and_goes_with_it(project: Project) -> None:
    first = project.append(say(area=0.05))
    assert project.current() == (first,)
    second = project.append(say(area=0.2))
    assert [row.area for row in project.current()] == [0.2]
    project.append(say(act=Act.UNDO, refers_to=second.id, finding="", answer=None))
    assert [row.area for row in project.current()] == [0.05]


def test_many_rows_are_added_whole_or_not_at_all(project: Project) -> None:
    with pytest.raises(ValueError, match="series and finding of the project"):
        project.append_many([say(), say(7)])
    assert project.rows() == ()
    assert project.revision() == 0
    assert [row.id for row in project.append_many([say(), say(1)])] == [1, 2]
    assert project.append_many([]) == ()


@pytest.mark.parametrize(
    "entry",
    [
        say(finding="unheard of"),
        say(series_uid="9.9"),
        Entry(act=Act.UNDO, series_uid="1.2.0", reader="JD", refers_to=RowId(99)),
        Entry(act=Act.UNDO, series_uid="1.2.1", reader="JD", refers_to=RowId(1)),
    ],
    ids=["finding", "series", "no such row", "row of another series"],
)
def test_a_row_about_nothing_is_refused(project: Project, entry: Entry) -> None:
    project.append(say())
    with pytest.raises(ValueError, match="journal row"):
        project.append(entry)
    assert project.revision() == 1


def test_the_file_itself_refuses_to_change_or_drop_a_row(project: Project) -> None:
    row = project.append(say())
    for statement in ("UPDATE journal SET answer = 'absent'", "DELETE FROM journal"):
        with (
            pytest.raises(sa.exc.IntegrityError, match="append-only"),
            project._database.write() as connection,
        ):
            connection.exec_driver_sql(statement)
    assert project.rows() == (row,)


def test_undo_goes_on_after_a_restart(project: Project) -> None:
    first = project.append(say())
    second = project.append(say(answer=Answer.ABSENT))
    undo = say(act=Act.UNDO, refers_to=second.id, finding="", answer=None)
    project.append(undo)
    assert project.current() == (first,)
    project.close()
    with Project.open(project.folder) as again:
        done, undone = undo_stacks(again.rows(), "JD")
        assert (done, undone) == ((first,), (second,))
        again.append(undo.model_copy(update={"act": Act.REDO}))
        assert again.current() == (second,)
        assert again.current("1.2.0") == (second,)
        assert again.current("1.2.1") == ()


def test_a_full_disk_is_said_in_a_sentence_and_takes_nothing_back(project: Project) -> None:
    kept = project.append(say())
    with project._database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        # The pool hands the same connection to the next writer.
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    long = Entry(act=Act.SKIP, series_uid="1.2.0", reader="JD", reason="x" * 100_000)
    with pytest.raises(KnownError, match=r"disk is full.*project\.db"):
        project.append(long)
    assert project.rows() == (kept,)


def test_a_read_only_project_reads_but_does_not_write(project: Project) -> None:
    row = project.append(say())
    with Project.open(project.folder, is_read_only=True) as reader:
        assert reader.rows() == (row,)
        with pytest.raises(KnownError, match=r"project\.db can't be written to"):
            reader.append(say())
        later = project.append(say(1))
        assert reader.rows() == (row, later)


Act_ = st.sampled_from(
    [Act.SAY] * 5 + [Act.UNDO] * 3 + [Act.REDO] * 2 + [Act.REMOVE, Act.SKIP, Act.REJECT, Act.LOOK]
)


@st.composite
def journals(draw: st.DrawFn) -> list[tuple[int, Act, str, str, Level, int | None]]:
    """Acts of two readers on two series; an act may refer to any earlier row of its series.

    Each is (series, act, reader, finding, level, place in the journal of what it refers to).
    """
    rows: list[tuple[int, Act, str, str, Level, int | None]] = []
    for _ in range(draw(st.integers(1, 14))):
        series, act = draw(st.integers(0, 1)), draw(Act_)
        of_series = [i for i, row in enumerate(rows) if row[0] == series]
        refers_to = None
        if act in (Act.UNDO, Act.REDO, Act.REMOVE):
            if not of_series:
                continue
            # Mostly a recent row, so that undo of undo, redo and removal meet.
            refers_to = draw(st.sampled_from(of_series[-4:]))
        level = draw(st.sampled_from([Level.SERIES, Level.SERIES, Level.SLICES, Level.BOX]))
        reader, finding = draw(st.sampled_from("ab")), draw(st.sampled_from(FINDINGS))
        rows.append((series, act, reader, finding, level, refers_to))
    return rows


def entry_of(plan: tuple[int, Act, str, str, Level, int | None], *, uid: str, base: int) -> Entry:
    _, act, reader, finding, level, place = plan
    common = {"act": act, "series_uid": uid, "reader": reader}
    if act is Act.SAY:
        box = (1.0, 2.0, 3.0, 4.0) if level is Level.BOX else None
        region = None if level is Level.SERIES else Region(first=0, last=0, box=box)
        return Entry(**common, finding=finding, level=level, region=region, answer=Answer.ABSENT)
    refers_to = None if place is None else RowId(base + place)
    return Entry(**common, refers_to=refers_to)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Iterator[int]]]:
    """One project for all examples; each takes two series of its own from the counter."""
    with make_project(tmp_path_factory.mktemp("view") / "p", 0) as project:
        yield project, itertools.count()


@given(plans=journals())
def test_the_view_holds_what_the_domain_says_holds(
    shared: tuple[Project, Iterator[int]],
    plans: list[tuple[int, Act, str, str, Level, int | None]],
) -> None:
    project, numbers = shared
    pair = [make_series(next(numbers)) for _ in range(2)]
    project.add_series(pair)
    base = project.revision() + 1
    rows = project.append_many(entry_of(plan, uid=pair[plan[0]].uid, base=base) for plan in plans)
    expected = current_labels(rows)
    assert tuple(row for row in project.current() if row.id >= base) == expected
    for series in pair:
        own = tuple(row for row in expected if row.series_uid == series.uid)
        assert project.current(series.uid) == own
        assert current_labels(project.rows(series.uid)) == own


def test_the_view_holds_for_every_short_journal(tmp_path: Path) -> None:
    """All 880 journals of four acts of one reader on one finding, each on a series of its own."""
    steps: list[list[tuple[Act, Level, int | None]]] = []
    for place in range(4):
        says = [(Act.SAY, level, None) for level in (Level.SERIES, Level.SLICES)]
        others = itertools.product((Act.UNDO, Act.REDO, Act.REMOVE), range(place))
        steps.append([*says, *((act, Level.SERIES, earlier) for act, earlier in others)])
    plans = list(itertools.product(*steps))
    with make_project(tmp_path / "p", 0) as project:
        project.add_series(make_series(i) for i in range(len(plans)))
        rows = project.append_many(
            entry_of((0, act, "a", "nodule", level, place), uid=f"1.2.{i}", base=4 * i + 1)
            for i, plan in enumerate(plans)
            for act, level, place in plan
        )
        assert len(rows) == 4 * 880
        assert project.current() == current_labels(rows)


def test_kill_at_random_moments_loses_no_label() -> None:
    result = run(Ask(seed=3, n=8))
    (row,) = result["rows"]
    assert row["labels_acknowledged"] > 0
    bad = {name: row[name] for name in ("lost", "changed", "failed_opens", "damaged")}
    assert bad == dict.fromkeys(bad, 0)
    # At most the one row that was on disk but not yet told when the kill came.
    assert row["kept_unacknowledged"] <= row["kills"] == 8


def test_one_label_among_ten_thousand_costs_what_one_among_ten_costs() -> None:
    # A ratio, not a time: the disks of test machines differ by a factor of ten and more.
    few, many = time_append(40, rows=10), time_append(40, rows=10_000)
    assert many["median_ms"] < 3 * few["median_ms"] + 1


def test_one_series_is_read_through_indexes(project: Project) -> None:
    queries = (
        "SELECT * FROM journal WHERE series_uid = '1.2.0' ORDER BY id",
        "SELECT * FROM current_label WHERE series_uid = '1.2.0' ORDER BY id",
    )
    with project._database.read() as connection:
        for query in queries:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall()
            assert not [step for *_, step in plan if step.startswith("SCAN")]
