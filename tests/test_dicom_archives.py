"""ZIP archives and DICOMDIR open as they are; what is dangerous in them costs one sentence."""

import json
import shutil
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.dicom_makers import index, make_slice, open_one, save, save_stack
from wsl_studio.cli.app import app
from wsl_studio.dicom import archives
from wsl_studio.dicom.contents import ContentKeys
from wsl_studio.dicom.pixels import read_banner, read_volume, thumbnail
from wsl_studio.domain.progress import drain
from wsl_studio.domain.series import Index

STACK = [np.full((8, 8), i, np.int16) + np.arange(8, dtype=np.int16) for i in range(5)]


def pack(folder: Path, archive: Path, name: str = "{}") -> Path:
    """A ZIP of the files of a folder."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            out.writestr(name.format(path.name), path.read_bytes())
    return archive


def said(found: Index) -> list[str]:
    return [item.reason for item in found.passed_over]


def test_an_archive_opens_like_its_folder(tmp_path: Path) -> None:
    save_stack(tmp_path / "in", STACK, PatientName="A^B")
    (tmp_path / "alone").mkdir()
    archive = pack(tmp_path / "in", tmp_path / "alone" / "a.zip")
    before = sorted(p.name for p in (tmp_path / "alone").iterdir())
    for where in (archive, archive.parent):  # pointed at, or met on the way
        found = index(where, tmp_path / "headers.jsonl")
        (series,) = found.series
        volume = drain(read_volume(series))
        assert np.array_equal(volume.array, open_one(tmp_path / "in").array)
        assert volume.geometry is not None
        assert read_banner(series)["Patient"] == "A B"
        assert thumbnail(series).shape == (96, 48)
        assert not found.passed_over
    assert sorted(p.name for p in archive.parent.iterdir()) == before
    assert index(archive, tmp_path / "headers.jsonl") == found


def test_content_keys_of_members_follow_the_archive(tmp_path: Path) -> None:
    save_stack(tmp_path / "in", STACK)
    (series,) = index(pack(tmp_path / "in", tmp_path / "a.zip")).series
    key = ContentKeys(tmp_path / "keys.json").key(series)
    some = series.model_copy(update={"slices": series.slices[:3]})
    assert ContentKeys(tmp_path / "keys.json").key(some) != key
    save_stack(tmp_path / "in", STACK[::-1])
    pack(tmp_path / "in", tmp_path / "a.zip")
    assert ContentKeys(tmp_path / "keys.json").key(series) != key


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("../{}", "leads out of it"),
        ("/etc/{}", "leads out of it"),
        ("..\\{}", "leads out of it"),
        ("C:/{}", "leads out of it"),
        ("inner.zip", "archive inside"),
    ],
)
def test_members_that_lead_out_or_nest_are_named(tmp_path: Path, name: str, word: str) -> None:
    save(make_slice(STACK[0]), tmp_path / "in" / "1.dcm")
    found = index(pack(tmp_path / "in", tmp_path / "a.zip", name))
    assert not found.series
    assert len(found.passed_over) == 1
    assert word in said(found)[0]


def test_bombs_are_refused_before_they_are_inflated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("bomb.dcm", bytes(4 * 2**20))
    assert said(index(tmp_path)) == ["it would grow by more than 200 times, which is refused"]
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 2**20)
    assert "grow beyond 0 GiB" in said(index(tmp_path))[0]


def test_a_member_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    save(make_slice(STACK[0]), tmp_path / "in" / "1.dcm")
    archive = pack(tmp_path / "in", tmp_path / "a.zip")
    data = bytearray(archive.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    archive.write_bytes(bytes(data))
    (reason,) = said(index(archive))
    assert "ZIP archive" in reason


def test_encrypted_members_are_named(tmp_path: Path) -> None:
    save(make_slice(STACK[0]), tmp_path / "in" / "1.dcm")
    archive = pack(tmp_path / "in", tmp_path / "a.zip")
    data = bytearray(archive.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    archive.write_bytes(bytes(data))
    assert said(index(archive)) == [
        "it is encrypted in its ZIP archive; unpack it with its password first"
    ]


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), min_size=1, max_size=6))
def test_any_damage_to_an_archive_is_a_series_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    save(make_slice(STACK[0]), folder / "in" / "1.dcm")
    archive = pack(folder / "in", folder / "a.zip")
    data = bytearray(archive.read_bytes())
    for at, value in damage:
        data[at % len(data)] = value
    archive.write_bytes(bytes(data))
    found = index(archive)
    assert len(found.series) + len(found.passed_over) <= 1


def test_names_of_members_are_kept_nowhere(tmp_path: Path) -> None:
    save_stack(tmp_path / "in", STACK[:2])
    (tmp_path / "in" / "x.txt").write_text("text")
    archive = pack(tmp_path / "in", tmp_path / "a.zip", "Zzyzx^Planted {}")
    found = index(archive, tmp_path / "headers.jsonl")
    written = (tmp_path / "headers.jsonl").read_text() + found.model_dump_json()
    assert found.n_images == 2
    assert "Zzyzx" not in written


def test_a_dicomdir_opens_the_disc_it_lies_on(tmp_path: Path) -> None:
    from pydicom.data import get_testdata_file

    source = Path(str(get_testdata_file("DICOMDIR")))
    disc = tmp_path / "disc"
    shutil.copytree(source.parent / "77654033", disc / "77654033")
    shutil.copy(source, disc / "DICOMDIR")
    found = index(disc / "DICOMDIR")
    assert found.n_images > 0
    assert found == index(disc)
    assert "table of contents" in next(r for r in said(found) if "DICOMDIR" in r)


def test_the_command_line_takes_an_archive(tmp_path: Path) -> None:
    save_stack(tmp_path / "in", STACK)
    archive = pack(tmp_path / "in", tmp_path / "a.zip")
    call = ["import", str(archive), "--project", str(tmp_path / "p"), "--json"]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["images"] == 5


def test_nothing_in_the_project_names_a_patient(tmp_path: Path) -> None:
    name, place = "Zzyzx^Planted", tmp_path / "in"
    planted = {"PatientName": name, "PatientComments": name, "SeriesDescription": name}
    save_stack(place / "plain", STACK, SpecificCharacterSet="ISO_IR 192", **planted)
    save(make_slice(STACK[0], SeriesInstanceUID="1.8", PatientID=name), place / "2.dcm")
    save(make_slice(STACK[0], SeriesInstanceUID="1.9", Rows=None, **planted), place / "3.dcm")
    save_stack(tmp_path / "packed", STACK, SeriesInstanceUID="1.7", **planted)
    pack(tmp_path / "packed", place / "a.zip", name + "/{}")
    shutil.rmtree(tmp_path / "packed")
    project = tmp_path / "p"
    done = CliRunner().invoke(app, ["import", str(place), "--project", str(project), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["series"] == 3
    written = [p.read_bytes() for p in project.rglob("*") if p.is_file()]
    for word in ("zzyzx", "planted"):
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            mark = word.encode(coding)
            assert not [data for data in (*written, done.stdout.encode()) if mark in data.lower()]
