"""Labels from and to CSV."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Level, Region, Row, RowId, Source
from wsl_studio.jobs.tables import read_table, salted_key, say_region, write_table


def write(folder: Path, text: str) -> Path:
    path = folder / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_wide_form_reads_zeros_ones_and_leaves_empty_cells_unsaid(tmp_path: Path) -> None:
    table = read_table(
        write(tmp_path, "file,patient,lesion,malignant\na.jpg,g1,1,0\nb.jpg,g2,0,\n")
    )
    said = [(key, e.finding, e.answer) for key, e in table.entries]
    assert said == [
        ("a", "lesion", Answer.PRESENT),
        ("a", "malignant", Answer.ABSENT),
        ("b", "lesion", Answer.ABSENT),
    ]
    assert table.patients == {"a": "g1", "b": "g2"}
    assert table.findings == ("lesion", "malignant")
    assert all(e.source is Source.IMPORT for _, e in table.entries)


def test_long_form_reads_ranges_and_boxes_counted_from_one(tmp_path: Path) -> None:
    text = (
        "series,finding,value,level,range,reader\n"
        "1.2,nodule,present,slice range,40-60,JD\n"
        '1.2,nodule,uncertain,box,"7:1,2,30.5,40",JD\n'
        "1.2,effusion,0,,,\n"
    )
    first, second, third = (entry for _, entry in read_table(write(tmp_path, text)).entries)
    assert (first.region, first.level) == (Region(first=39, last=59), Level.SLICES)
    assert second.region == Region(first=6, last=6, box=(1, 2, 30.5, 40))
    assert second.answer is Answer.UNCERTAIN
    assert (third.region, third.reader) == (None, "import")


def test_split_column_fixes_the_part_of_a_patient(tmp_path: Path) -> None:
    table = read_table(
        write(tmp_path, "file,patient,x,split\na,p,1,val\nb,p,0,validation\nc,q,1,test\n")
    )
    assert table.splits == {"p": "validation", "q": "test"}


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("file,patient,x\na,p,maybe\n", "line 2"),
        ("series,finding,value,range\na,x,1,60-40\n", "line 2"),
        ("series,finding,value,range\na,x,1,middle\n", "line 2"),
        ("file,patient,x,split\na,p,1,train\nb,p,1,test\n", "line 3"),
        ("series,finding,value,area\na,x,1,big\n", "line 2"),
        ("series,finding,value,area\na,x,1,120 %\n", "line 2"),
        ("series,finding,value,area\na,x,0,0.1\n", "line 2"),
        ("colour,shape\nred,round\n", "file column"),
    ],
)
def test_bad_tables_are_refused_with_the_line(tmp_path: Path, text: str, needle: str) -> None:
    with pytest.raises(KnownError, match=needle):
        read_table(write(tmp_path, text))


def test_an_area_is_a_share_or_a_percentage(tmp_path: Path) -> None:
    text = "series,finding,value,area\na,x,1,0.05\nb,x,1,5 %\nc,x,1,\nd,x,0,\n"
    areas = [entry.area for _, entry in read_table(write(tmp_path, text)).entries]
    assert areas == [0.05, 0.05, None, None]
    path = tmp_path / "out.csv"
    nodule = 2.7925268031909274e-06  # of a CT: every digit counts, or it would be said anew
    write_table(path, [row(1, area=0.02), row(2), row(3, area=nodule)], {})
    assert [entry.area for _, entry in read_table(path).entries] == [0.02, None, nodule]


def row(number: int, **parts: object) -> Row:
    values: dict[str, object] = {
        "id": number,
        "created": datetime(2026, 1, 1, tzinfo=UTC),
        "act": Act.SAY,
        "series_uid": "1.2.3",
        "reader": "JD",
        "finding": "nodule",
        "answer": Answer.PRESENT,
        **parts,
    }
    return Row.model_validate(values)


numbers = st.integers(0, 5000)


@given(
    first=numbers,
    length=st.integers(0, 100),
    answer=st.sampled_from(list(Answer)),
    box=st.none() | st.tuples(numbers, numbers, st.integers(1, 99), st.integers(1, 99)),
    points=st.lists(st.tuples(numbers.map(float), numbers.map(lambda k: k / 2)), max_size=4),
)
def test_what_is_exported_imports_as_the_same_label(
    tmp_path_factory: pytest.TempPathFactory,
    first: int,
    length: int,
    answer: Answer,
    box: tuple[int, int, int, int] | None,
    points: list[tuple[float, float]],
) -> None:
    if points:
        region = Region(first=first, last=first, points=tuple(points))
        level = Level.POINT if len(points) == 1 else Level.SCRIBBLE
    elif box is None:
        region = Region(first=first, last=first + length)
        level = Level.SLICES if length else Level.SLICE
    else:
        x, y, w, h = box
        region, level = Region(first=first, last=first, box=(x, y, x + w, y + h)), Level.BOX
    path = tmp_path_factory.mktemp("csv") / "out.csv"
    assert write_table(path, [row(1, region=region, level=level, answer=answer)], {}) == 1
    ((key, entry),) = read_table(path).entries
    assert (key, entry.finding, entry.answer) == ("1.2.3", "nodule", answer)
    assert (entry.region, entry.level, entry.reader) == (region, level, "JD")


def test_two_images_of_one_stem_are_exported_by_uid(tmp_path: Path) -> None:
    rows = [row(1, series_uid="image.a"), row(2, series_uid="image.b"), row(3, series_uid="9")]
    stems = {"image.a": "same", "image.b": "same", "9": "other"}
    path = tmp_path / "out.csv"
    write_table(path, rows, stems)
    assert [key for key, _ in read_table(path).entries] == ["image.a", "image.b", "other"]


def test_a_range_is_said_from_one() -> None:
    assert say_region(Region(first=39, last=59)) == "40-60"
    assert say_region(None) == ""


def test_the_patient_key_does_not_show_the_patient() -> None:
    key = salted_key(b"salt", "Doe^Jane")
    assert "Doe" not in key
    assert key != salted_key(b"other", "Doe^Jane")
    assert RowId(1) == 1
