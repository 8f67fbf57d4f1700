"""What a project remembers of its series, and the split and truth that evaluation rests on."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store_makers import make_project, make_series, say
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.series import PassedOver
from wsl_studio.store.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p", 0) as project:
        yield project


def test_a_series_comes_back_as_it_was_found(project: Project) -> None:
    geometry = Geometry((2.5, 0.1 + 0.2, 0.7), (1, 0, 0), (0, 1, 0), (-120.5, 3.0, 1e-9))
    full = make_series(
        0, geometry=geometry, notes=("A gap.", "Lossy."), study_key="k", is_phantom=True
    )
    plain = make_series(1, uid="1.2.1/2", n=1)
    assert project.add_series(iter([full, plain])) == (2, 0)
    assert project.series() == (full, plain)
    assert project.series_of("1.2.1/2") == plain
    assert project.is_phantom
    with pytest.raises(KeyError):
        project.series_of("9.9")


def test_a_list_of_series_has_everything_but_the_slices(project: Project) -> None:
    found = [make_series(i, n=i + 1) for i in range(3)]
    project.add_series(found)
    listed = project.series_list()
    assert [number for number, _ in listed] == [1, 2, 3]
    for (_, row), series in zip(listed, found, strict=True):
        assert row.slices == ()
        assert row.n_slices == series.n_slices
        same = row.model_dump(exclude={"slices", "count"})
        assert same == series.model_dump(exclude={"slices"})


def test_a_second_import_keeps_numbers_and_labels(project: Project) -> None:
    found = [make_series(i) for i in range(70)]  # more than one batch
    assert project.add_series(found) == (70, 0)
    row = project.append(say(69))
    moved = make_series(69, root="/elsewhere")
    assert project.add_series([make_series(70), *reversed(found[:69]), moved]) == (1, 70)
    numbers = {series.uid: number for number, series in project.series_list()}
    assert numbers == {f"1.2.{i}": i + 1 for i in range(71)}
    assert project.series_of("1.2.69") == moved
    assert project.rows() == (row,)


def test_a_folder_with_a_part_of_a_series_does_not_shorten_it(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "0").mkdir()
    (tmp_path / "0" / "0.dcm").write_bytes(b"")
    whole = make_series(0, n=5, root=str(tmp_path))
    part = make_series(0, n=2, root="/elsewhere")
    project.add_series([whole])
    assert project.add_series([part]) == (0, 1)
    assert project.series_of("1.2.0") == whole
    (tmp_path / "0" / "0.dcm").unlink()
    project.add_series([part])
    assert project.series_of("1.2.0") == part
    assert dict(project.series_list())[1].n_slices == 2


def test_a_series_is_found_by_uid_and_by_stem(project: Project) -> None:
    project.add_series([make_series(0), make_series(1, stem="twice"), make_series(2, stem="twice")])
    assert project.find_series("1.2.0") == project.find_series("case0") == make_series(0)
    assert project.find_series("nothing") is None
    assert project.find_series("1.2.1") == make_series(1, stem="twice")
    with pytest.raises(KnownError, match=r"2 series .* named twice"):
        project.find_series("twice")
    uids = {f"1.2.{i}": f"1.2.{i}" for i in range(3)}
    assert project.series_keys() == {**uids, "case0": "1.2.0"}


def test_a_file_is_passed_over_until_an_import_takes_it(project: Project) -> None:
    first = PassedOver(path="/nowhere/0/1.dcm", reason="no PixelData (7FE0,0010)")
    other = PassedOver(path="/a.txt", reason="not DICOM")
    project.add_passed_over([first, other])
    project.add_passed_over([other.model_copy(update={"reason": "empty"})])
    project.add_passed_over([])
    assert project.passed_over() == (PassedOver(path="/a.txt", reason="empty"), first)
    project.add_series([make_series(0)])
    assert project.passed_over() == (PassedOver(path="/a.txt", reason="empty"),)


def test_the_split_is_drawn_once_and_only_grows(project: Project) -> None:
    project.add_series(make_series(i) for i in range(20))
    drawn = project.extend_split(seed=1)
    assert set(drawn) == {f"patient{i}" for i in range(20)}
    assert sorted(drawn.values()).count("test") == 5
    assert project.extend_split(seed=2) == drawn
    project.add_series(make_series(i) for i in range(20, 24))
    grown = project.extend_split(seed=3)
    assert len(grown) == 24
    assert drawn.items() <= grown.items()
    assert project.split() == grown
    assert project.series_split()["1.2.7"] == drawn["patient7"]


def test_a_given_split_is_taken_over_but_never_moves_a_patient(project: Project) -> None:
    project.add_series(make_series(i) for i in range(4))
    project.fix_split({"patient0": "test", "patient1": "train"})
    project.fix_split({"patient1": "train", "patient2": "validation"})
    drawn = project.extend_split(seed=0)
    assert (drawn["patient0"], drawn["patient1"], drawn["patient2"]) == (
        "test",
        "train",
        "validation",
    )
    with pytest.raises(KnownError, match=r"differs .* for 1 patients"):
        project.fix_split({"patient0": "train", "patient9": "test"})
    assert project.split() == drawn


def test_given_patient_groups_survive_a_second_import(project: Project) -> None:
    project.add_series(make_series(i) for i in range(4))
    project.set_patient_keys({"1.2.0": "g", "1.2.1": "g"})
    project.set_patient_keys({})
    project.add_series(make_series(i, root="/elsewhere") for i in range(4))
    keys = {"1.2.0": "g", "1.2.1": "g", "1.2.2": "patient2", "1.2.3": "patient3"}
    assert project.patient_keys() == keys
    assert [row.patient_key for _, row in project.series_list()] == list(keys.values())
    assert project.series_of("1.2.0").patient_key == "g"
    assert set(project.extend_split(seed=0)) == {"g", "patient2", "patient3"}
    with pytest.raises(ValueError, match="1 series are not in the project"):
        project.set_patient_keys({"9.9": "g"})


def test_groups_that_come_after_the_split_can_not_move_a_patient(project: Project) -> None:
    project.add_series(make_series(i) for i in range(3))
    project.fix_split({"patient0": "test", "patient1": "train"})
    with pytest.raises(KnownError, match="contradict the split"):
        project.set_patient_keys({"1.2.0": "g", "1.2.1": "g"})
    assert project.patient_keys()["1.2.0"] == "patient0"
    project.set_patient_keys({"1.2.0": "g", "1.2.2": "g"})
    assert project.series_split() == {"1.2.0": "test", "1.2.1": "train", "1.2.2": "test"}


def test_truth_is_kept_by_series_and_finding(project: Project) -> None:
    project.add_series(make_series(i) for i in range(2))
    project.add_truth("1.2.0", "nodule", Path("/masks/a.npz"), True)
    where = Path("/masks/where.png")
    project.add_truths(
        [("1.2.1", "nodule", Path("/masks/b.npz"), False), ("1.2.1", "effusion", where, None)]
    )
    project.add_truths([])
    project.add_truth("1.2.0", "nodule", Path("/masks/c.npz"), True)
    assert project.truth() == {
        ("1.2.0", "nodule"): (Path("/masks/c.npz"), True),
        ("1.2.1", "nodule"): (Path("/masks/b.npz"), False),
        ("1.2.1", "effusion"): (where, None),
    }
    with pytest.raises(ValueError, match="a series and a finding"):
        project.add_truth("9.9", "nodule", Path("x"), True)


def test_a_slice_costs_next_to_nothing_beside_its_series(project: Project) -> None:
    # A ratio, not a time: 100 times the slices take about 3 times as long on an idle machine.
    def seconds(first: int, n: int) -> float:
        found = [make_series(first + i, n=n) for i in range(100)]
        started = time.perf_counter()
        assert project.add_series(found) == (100, 0)
        return time.perf_counter() - started

    few, many = seconds(0, 3), seconds(100, 300)
    assert many < 30 * few
    assert len(project.series_of("1.2.199").slices) == 300
