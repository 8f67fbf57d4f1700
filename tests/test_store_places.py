"""Where files lie is private to the computer that imported them; everything else is shared."""

import os
import stat
from pathlib import Path

import numpy as np
import pytest

from tests.dicom_makers import make_slice, save
from tests.store_makers import (
    FINDINGS,
    as_it_was_before_seals,
    make_project,
    make_series,
    say,
)
from wsl_studio.dicom.contents import ContentKeys
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.domain.series import PassedOver
from wsl_studio.jobs import steps
from wsl_studio.store import places
from wsl_studio.store.project import Project

NAME = "Zzyzx^Planted"
PICTURE = np.arange(64, dtype=np.int16).reshape(8, 8)


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Sits down at another computer, by name."""

    def sit_down(name: str) -> Path:
        monkeypatch.setattr(
            places.platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path / name)
        )
        places.seal_of.cache_clear()
        return tmp_path / name

    yield sit_down
    places.seal_of.cache_clear()


def holds(folder: Path, word: str) -> list[Path]:
    """Files with a word in them, in either case, as UTF-8 or UTF-16, or in their own names."""
    written = [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        path
        for path in folder.rglob("*")
        if word in path.name.lower()
        or (path.is_file() and any(form in path.read_bytes().lower() for form in written))
    ]


def test_a_name_in_folders_and_headers_stays_out_of_the_project(tmp_path: Path) -> None:
    images = tmp_path / NAME / "ZZYZX PLANTED 1.2"
    for i in range(3):
        ds = make_slice(PICTURE, PatientName=NAME, PatientID=NAME)
        ds.ImagePositionPatient = [0, 0, i]
        save(ds, images / f"zzyzx.{i}.dcm")
    save(make_slice(PICTURE, PixelData=None, PatientName=NAME), images / "zzyzx report.dcm")
    (images / "zzyzx.txt").write_text(NAME)
    with Project.create(tmp_path / "project", findings=FINDINGS) as project:
        cache = project.folder / "cache" / "headers.jsonl"
        for _ in range(2):  # the second time from the cache
            index = drain(index_folder(tmp_path / NAME, salt=project.salt, cache=cache))
            steps.take_index(project, index)
        (series,) = index.series
        project.append(say(series_uid=series.uid))
        project.add_truth(series.uid, FINDINGS[0], images / "zzyzx mask.png", True)
        assert project.series() == index.series
        assert project.passed_over() == index.passed_over
        assert project.truth()[series.uid, FINDINGS[0]] == (images / "zzyzx mask.png", True)
        assert not holds(project.folder, "zzyzx")  # the write-ahead log too
    assert not holds(tmp_path / "project", "zzyzx")
    assert len(holds(images, "zzyzx")) == 5


def test_computers_know_their_own_places_side_by_side(tmp_path: Path, computer) -> None:
    here = make_series(0, root="/mnt/here")
    there = make_series(0, root="/Volumes/there")
    key = computer("first") / "places.key"
    with make_project(tmp_path / "p", 0) as project:
        project.add_series([here])
        row = project.append(say())
        project.add_passed_over([PassedOver(path="/mnt/here/x.txt", reason="it is text")])
        if os.name != "nt":
            assert stat.S_IMODE(key.stat().st_mode) == 0o600
    computer("second")
    with Project.open(tmp_path / "p") as project:
        assert project.series_list()[0][1].n_slices == 3
        assert project.rows() == (row,)
        assert project.passed_over() == ()
        unknown = project.series_of(here.uid)
        assert (unknown.n_slices, unknown.geometry) == (3, here.geometry)
        with pytest.raises(KnownError, match="import its folder here once"):
            drain(read_volume(unknown))
        with pytest.raises(KnownError, match="import its folder on this computer"):
            ContentKeys(tmp_path / "contents.json").key(unknown)
        assert project.add_series([there]) == (0, 1)
        assert project.series() == (there,)
    computer("first")
    with Project.open(tmp_path / "p", is_read_only=True) as project:
        assert project.series() == (here,)
        assert [item.path for item in project.passed_over()] == ["/mnt/here/x.txt"]


def test_a_project_from_before_seals_is_sealed(tmp_path: Path) -> None:
    series = [make_series(i, root="/data/Zzyzx") for i in range(3)]
    with make_project(tmp_path / "p", 0) as project:
        project.add_series(series)
        row = project.append(say())
    as_it_was_before_seals(
        tmp_path / "p" / "project.db",
        series,
        extra="INSERT INTO truth VALUES ('1.2.1', 'nodule', '/data/Zzyzx/m.png', 1);",
    )
    assert holds(tmp_path / "p", "zzyzx")
    with Project.open(tmp_path / "p") as project:
        assert project.series() == tuple(series)
        assert project.rows() == (row,)
        assert project.passed_over() == ()
        assert project.truth() == {("1.2.1", "nodule"): (Path("/data/Zzyzx/m.png"), True)}
    assert [path.name for path in holds(tmp_path / "p", "zzyzx")] == ["project.db.before-0003"]


def test_a_drive_without_links_keeps_a_key_too(
    tmp_path: Path, computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(places.os, "link", refuse)
    folder = computer("first")
    with make_project(tmp_path / "p") as project:
        found = project.series()
    places.seal_of.cache_clear()
    assert [path.name for path in folder.iterdir()] == ["places.key"]
    with Project.open(tmp_path / "p") as project:
        assert project.series() == found


def test_a_damaged_key_is_said_and_nothing_is_lost(tmp_path: Path, computer) -> None:
    key = computer("first") / "places.key"
    with make_project(tmp_path / "p") as project:
        row = project.append(say())
    key.write_bytes(b"short")
    places.seal_of.cache_clear()
    with Project.open(tmp_path / "p") as project:
        assert project.rows() == (row,)
        with pytest.raises(KnownError, match=r"places\.key is damaged"):
            project.series()
    assert key.read_bytes() == b"short"
