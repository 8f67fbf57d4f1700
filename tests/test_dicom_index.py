"""A walk over a folder names everything it does not take, resumes, and never names a patient."""

import json
import os
import tempfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pydicom.dataset import FileMetaDataset

from tests.dicom_makers import SALT, index, make_slice, open_one, reasons, save, save_stack
from wsl_studio.dicom import files
from wsl_studio.dicom.files import open_dicom
from wsl_studio.dicom.headers import make_key
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.many import HeaderReader
from wsl_studio.dicom.syntaxes import NotReadable
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain

PICTURE = np.arange(64, dtype=np.int16).reshape(8, 8)
NAME, NUMBER, WORDS = "Zzyzx^Planted", "ID-PLANTED-77", "planted description"


def test_hostile_folder_imports_the_rest_and_names_each(tmp_path: Path) -> None:
    save_stack(tmp_path / "good", [PICTURE] * 3)
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "text.dcm").write_text("This is a text file.\n" * 50)
    (bad / "empty.dcm").touch()
    whole = save(make_slice(PICTURE, SeriesInstanceUID="1.9"), bad / "no_pixels.dcm").read_bytes()
    (bad / "cut.dcm").write_bytes(whole[:-40])
    (bad / "cut_in_header.dcm").write_bytes(whole[:200])
    save(make_slice(PICTURE, PixelData=None), bad / "no_pixels.dcm")
    save(make_slice(PICTURE, Rows=None), bad / "no_rows.dcm")
    save(make_slice(PICTURE, Modality="SEG"), bad / "mask.dcm")
    (bad / "loop").symlink_to(tmp_path, target_is_directory=True)
    (bad / "self.dcm").symlink_to(bad / "self.dcm")
    (bad / "link.dcm").symlink_to(tmp_path / "good" / "slice001.dcm")
    os.mkfifo(bad / "pipe.dcm")
    found = index(tmp_path)
    assert [s.n_slices for s in found.series] == [3]
    said = reasons(found)
    assert set(said) == {p.name for p in bad.iterdir()}
    for name, word in {
        "text.dcm": "not a DICOM file",
        "empty.dcm": "empty",
        "cut.dcm": "Pixel Data (7FE0,0010) is cut short",
        "cut_in_header.dcm": "it ",
        "no_pixels.dcm": "no Pixel Data (7FE0,0010): CT Image Storage",
        "no_rows.dcm": "no Rows (0028,0010)",
        "mask.dcm": "no image to label",
        "loop": "symbolic link",
        "self.dcm": "symbolic link",
        "link.dcm": "symbolic link",
        "pipe.dcm": "not an ordinary file",
    }.items():
        assert word in said[name], name


def test_a_folder_that_is_not_there_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        index(tmp_path / "nowhere")


def test_old_file_without_preamble_is_read(tmp_path: Path) -> None:
    ds = make_slice(PICTURE)
    ds.file_meta = FileMetaDataset()
    path = tmp_path / "old.dcm"
    ds.save_as(path, implicit_vr=True, little_endian=True)
    assert path.read_bytes()[128:132] != b"DICM"
    assert np.array_equal(open_one(tmp_path).array[0], PICTURE)


def test_deflated_file_is_read_and_a_bomb_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ds = make_slice(PICTURE)
    ds.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.1.99"
    path = save(ds, tmp_path / "small.dcm")
    assert np.array_equal(open_one(tmp_path).array[0], PICTURE)
    data = path.read_bytes()
    start = 144 + int.from_bytes(data[140:144], "little")
    monkeypatch.setattr(files, "MAX_INFLATED_BYTES", 2**20)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    path.write_bytes(data[:start] + deflate.compress(bytes(2**24)) + deflate.flush())
    with pytest.raises(NotReadable, match="grows beyond 1 MiB"):
        open_dicom(path)
    assert "grows beyond" in reasons(index(tmp_path))["small.dcm"]


def test_frames_too_large_for_memory_are_refused_by_their_header(tmp_path: Path) -> None:
    save(make_slice(PICTURE, Rows=60000, Columns=60000), tmp_path / "huge.dcm")
    assert "more than 1024 MiB" in reasons(index(tmp_path))["huge.dcm"]


def test_second_import_opens_no_unchanged_file(tmp_path: Path) -> None:
    folder, cache = tmp_path / "in", tmp_path / "cache" / "headers.jsonl"
    paths = save_stack(folder, [PICTURE] * 4)
    (folder / "text.dcm").write_text("text")
    first = index(folder, cache)
    stamps = {p: p.stat() for p in paths}
    for path in paths[:3]:  # same size and time, other contents: only a cache still knows them
        path.write_bytes(bytes(stamps[path].st_size))
        os.utime(path, ns=(stamps[path].st_atime_ns, stamps[path].st_mtime_ns))
    assert index(folder, cache) == first
    os.utime(paths[0], ns=(0, 0))
    again = index(folder, cache)
    assert again.n_images == 3
    assert paths[0].name in reasons(again)


def test_a_cancelled_import_goes_on_where_it_stopped(tmp_path: Path) -> None:
    folder, cache = tmp_path / "in", tmp_path / "headers.jsonl"
    save_stack(folder, [PICTURE] * 10)
    steps = index_folder(folder, salt=SALT, cache=cache)
    for progress in steps:
        if progress.total and progress.done == 5:
            steps.close()
    assert len(cache.read_text().splitlines()) == 1 + 6  # what was read before the report
    with cache.open("a") as stream:
        stream.write('{"path": "half a li')
    assert index(folder, cache).n_images == 10
    assert index(folder, cache) == index(folder)


@given(at=st.floats(0, 1), n=st.integers(1, 400))
def test_a_cache_that_a_disk_has_spoilt_is_read_where_it_is_whole(at: float, n: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "in", Path(place) / "headers.jsonl"
        save_stack(folder, [PICTURE] * 4)
        first = index(folder, cache)
        whole = cache.read_bytes()
        begin = int(at * (len(whole) - 1))
        cache.write_bytes(whole[:begin] + b"\xff" * n + whole[begin + n :])
        assert index(folder, cache) == first
        assert index(folder, cache) == first


def test_progress_counts_every_file(tmp_path: Path) -> None:
    save_stack(tmp_path, [PICTURE] * 3)
    said = list(index_folder(tmp_path, salt=SALT))
    assert [p.done for p in said if p.text == "Reading headers"] == [0, 1, 2]
    assert {p.total for p in said if p.text == "Reading headers"} == {3}


def test_a_cache_of_another_salt_is_not_believed(tmp_path: Path) -> None:
    folder, cache = tmp_path / "in", tmp_path / "headers.jsonl"
    save_stack(folder, [PICTURE])
    first = index(folder, cache)
    other = drain(index_folder(folder, salt=b"another", cache=cache))
    assert other.series[0].patient_key != first.series[0].patient_key
    assert other == drain(index_folder(folder, salt=b"another"))


def test_keys_are_salted_and_fall_back_to_the_study(tmp_path: Path) -> None:
    save(make_slice(PICTURE, PatientID="X", AccessionNumber="A-17"), tmp_path / "a" / "1.dcm")
    save(make_slice(PICTURE, PatientID=""), tmp_path / "b" / "1.dcm")
    first, second = (index(tmp_path / n).series[0] for n in "ab")
    assert first.patient_key == make_key(SALT, "X") != make_key(b"", "X")
    assert second.patient_key == make_key(SALT, "1.2.3")
    assert first.study_key == second.study_key == make_key(SALT, "1.2.3")
    assert (first.accession_key, second.accession_key) == (make_key(SALT, "A-17"), "")


def test_planted_names_appear_nowhere(tmp_path: Path) -> None:
    planted = {
        "PatientName": NAME,
        "PatientID": NUMBER,
        "AccessionNumber": NUMBER,
        "StudyDescription": WORDS,
        "SeriesDescription": WORDS,
        "ImageComments": WORDS,
        "WindowCenterWidthExplanation": WORDS,
        "WindowCenter": 40,
        "WindowWidth": 400,
        "Manufacturer": WORDS,
    }
    folder, cache = tmp_path / "in", tmp_path / "headers.jsonl"
    save_stack(folder, [PICTURE] * 2, **planted)
    save(make_slice(PICTURE, Modality=NAME.upper()[:16], **planted), folder / "odd" / "1.dcm")
    save(make_slice(PICTURE, PixelData=None, **planted), folder / "odd" / "2.dcm")
    save(make_slice(PICTURE, PhotometricInterpretation=NUMBER, **planted), folder / "odd" / "3.dcm")
    bad = make_slice(PICTURE, SOPClassUID=NUMBER, SeriesInstanceUID=NUMBER, **planted)
    bad.NumberOfFrames = "1"
    save(change_sop(bad), folder / "odd" / "4.dcm")
    found = index(folder, cache)
    written = cache.read_text() + found.model_dump_json() + json.dumps(reasons(found))
    for word in (NAME, "ZZYZX", NUMBER, WORDS):
        assert word not in written


def change_sop(ds: object) -> object:
    """Gives the meta group a class that pydicom accepts for writing."""
    ds.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"  # type: ignore[attr-defined]
    ds.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4.5"  # type: ignore[attr-defined]
    return ds


def test_pictures_are_one_series_each(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    wide = rng.integers(0, 65535, (10, 12), dtype=np.uint16)
    Image.fromarray(wide).save(tmp_path / "wide.png")
    colour = rng.integers(0, 255, (10, 12, 3), dtype=np.uint8)
    Image.fromarray(colour).save(tmp_path / "colour.png")
    Image.fromarray(np.repeat(colour[..., :1], 3, 2)).save(tmp_path / "grey_as_colour.png")
    Image.fromarray(colour[..., 0]).save(tmp_path / "grey.jpg")
    marked = np.full((200, 300, 3), 90, np.uint8)
    marked[10:60, 10:60] = 255, 220, 0
    Image.fromarray(marked).save(tmp_path / "marked.jpg")
    stained = np.full((200, 300, 3), (214, 201, 199), np.uint8)
    Image.fromarray(stained).save(tmp_path / "stained.jpg")
    data = (tmp_path / "grey.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(data[:-20])
    (tmp_path / "cut.png").write_bytes((tmp_path / "wide.png").read_bytes()[:-20])
    (tmp_path / "bomb.png").write_bytes(png_header(60000, 60000))
    (tmp_path / "other.bmp").write_bytes(b"BM" + bytes(200))
    found = index(tmp_path)
    assert {s.stem for s in found.series} == {
        "wide",
        "colour",
        "grey_as_colour",
        "grey",
        "marked",
        "stained",
    }
    assert {s.stem for s in found.series if s.is_colour} == {"colour", "stained"}
    said = reasons(found)
    assert set(said) == {"cut.jpg", "cut.png", "bomb.png", "other.bmp"}
    assert "cut short" in said["cut.jpg"]
    assert "60000 x 60000" in said["bomb.png"]
    by_stem = {s.stem: s for s in found.series}
    assert by_stem["wide"].modality == "IMG"
    assert by_stem["wide"].uid.startswith("image.")
    assert by_stem["grey"].patient_key == make_key(SALT, "grey")
    assert len({s.uid for s in found.series}) == 6
    for stem, array in (("wide", wide), ("colour", colour), ("grey_as_colour", colour[..., 0])):
        folder = tmp_path / stem
        folder.mkdir()
        (tmp_path / f"{stem}.png").rename(folder / f"{stem}.png")
        assert np.array_equal(open_one(folder).array[0], array)


def test_masks_beside_pictures_are_not_series(tmp_path: Path) -> None:
    picture = Image.fromarray(np.eye(8, dtype=np.uint8))
    for name in ("images/a.png", "masks/a.png", "masks/alone.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        picture.save(tmp_path / name)
    found = index(tmp_path)
    assert sorted(s.stem for s in found.series) == ["a", "alone"]
    assert found.series[0].slices[0].path == str(tmp_path / "images" / "a.png")
    assert "mask of a picture" in reasons(found)["a.png"]
    assert index(tmp_path / "masks").n_images == 2


def png_header(columns: int, rows: int) -> bytes:
    """A PNG that declares a size and holds nothing."""
    body = b"IHDR" + columns.to_bytes(4, "big") + rows.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    chunk = (13).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IEND\xae\x42\x60\x82"


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_a_reason(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, has_mark: bool
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "x.dcm"
    path.write_bytes(bytes(128) + b"DICM" + data if has_mark else data)
    found = HeaderReader(SALT).read(str(path))
    assert isinstance(found, str)
    assert found


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), min_size=1, max_size=8))
def test_any_damage_gives_a_header_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    path = save(make_slice(PICTURE, WindowWidth=0, WindowCenter=1), folder / "x.dcm")
    data = bytearray(path.read_bytes())
    for at, value in damage:
        data[at % len(data)] = value
    path.write_bytes(bytes(data))
    found = index(folder)
    assert len(found.series) + len(found.passed_over) == 1
