"""The quick walk over a header says what pydicom says, or refuses; never anything else."""

import io
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.uid import UID

from tests.dicom_makers import SALT, make_slice, save, save_stack
from wsl_studio.bench.folders import template
from wsl_studio.dicom import many
from wsl_studio.dicom.elements import PARSE_ERRORS, numbers, quiet, text
from wsl_studio.dicom.headers import HEADER_TAGS, read_header
from wsl_studio.dicom.many import HeaderReader, read_many
from wsl_studio.dicom.scan import Refused, as_dataset, tags_of, walk_header

PICTURE = np.arange(64, dtype=np.int16).reshape(8, 8)
WANTED = tags_of(HEADER_TAGS)
LONG = ("OB", "OW", "OF", "SQ", "UN", "UT", "UC")
IMPLICIT, EXPLICIT, BIG = (f"1.2.840.10008.1.2{end}" for end in ("", ".1", ".2"))


def element(tag: int, vr: str, value: bytes, *, is_implicit: bool, length: int = -1) -> bytes:
    """An element as bytes; a length of its own where one is given."""
    length = len(value) if length < 0 else length
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF)
    if is_implicit:
        return head + struct.pack("<I", length) + value
    if vr in LONG:
        return head + vr.encode() + b"\0\0" + struct.pack("<I", length) + value
    return head + vr.encode() + struct.pack("<H", length & 0xFFFF) + value


def items(contents: list[bytes], undefined: bool) -> bytes:
    """Items of a sequence, each of defined or undefined length."""
    if not undefined:
        return b"".join(b"\xfe\xff\x00\xe0" + struct.pack("<I", len(c)) + c for c in contents)
    return b"".join(
        b"\xfe\xff\x00\xe0\xff\xff\xff\xff" + c + b"\xfe\xff\x0d\xe0\0\0\0\0" for c in contents
    )


Part = tuple[int, str, bytes, bool]
"""Tag, value representation, value bytes, or of a sequence: has an undefined length."""

plain = st.text("0123456789.+-eE \\", max_size=12)
odd = st.text("0123456789.\\ AXé\0^_\x1b", max_size=10)


@st.composite
def wanted_parts(draw: st.DrawFn) -> Part:
    keyword = draw(st.sampled_from([k for k in HEADER_TAGS if tag_for_keyword(k) in WANTED]))
    vr = dictionary_VR(keyword)
    if vr in ("US", "US or SS", "FD", "OV", "SQ"):
        value, vr = draw(st.binary(max_size=8)), {"US or SS": "US", "OV": "UN"}.get(vr, vr)
        value = b"" if vr == "SQ" else value
    else:
        value = draw(st.one_of(plain, odd)).encode("latin-1")
    value += b" " * (len(value) % 2)
    return (
        tag_for_keyword(keyword) or 0,
        draw(st.sampled_from([vr] * 9 + ["UN", "SH"])),
        value,
        False,
    )


@st.composite
def other_parts(draw: st.DrawFn) -> Part:
    group = draw(st.sampled_from([0x0008, 0x0009, 0x0010, 0x0018, 0x0029, 0x0040]))
    tag = group << 16 | draw(st.integers(0x1000, 0x10FF))
    if draw(st.booleans()):
        return tag, draw(st.sampled_from(["LO", "OB", "UN", "DS", "UT", "ZZ"])), bytes(4), False
    return tag, "SQ", b"", True


parts = st.lists(st.one_of(wanted_parts(), other_parts()), max_size=14)


def header(parts: list[Part], syntax: str, is_sorted: bool) -> bytes:
    """A file up to its pixels."""
    is_implicit = syntax == IMPLICIT
    uid = syntax.encode() + b"\0" * (len(syntax) % 2)
    meta = element(0x00020010, "UI", uid, is_implicit=False)
    meta = element(0x00020000, "UL", struct.pack("<I", len(meta)), is_implicit=False) + meta
    inner = element(0x00080100, "SH", b"AB", is_implicit=is_implicit)
    body = b""
    unique = {part[0]: part for part in parts}
    for tag, vr, value, undefined in sorted(unique.values()) if is_sorted else parts:
        if vr == "SQ" and undefined:
            nested = element(0x00081140, "SQ", items([inner], True) + b"\xfe\xff\xdd\xe0\0\0\0\0",
                             is_implicit=is_implicit, length=0xFFFFFFFF)  # fmt: skip
            value = items([inner + nested, inner], True) + b"\xfe\xff\xdd\xe0\0\0\0\0"
            body += element(tag, vr, value, is_implicit=is_implicit, length=0xFFFFFFFF)
        else:
            body += element(tag, vr, value, is_implicit=is_implicit)
    body += element(0x7FE00010, "OW", bytes(16), is_implicit=is_implicit)
    return bytes(128) + b"DICM" + meta + body


@given(parts, st.sampled_from([IMPLICIT, EXPLICIT]), st.booleans(), st.integers(150, 900))
@example([], EXPLICIT, True, 200)
def test_the_walk_says_what_pydicom_says(
    parts: list[Part], syntax: str, is_sorted: bool, first: int
) -> None:
    data = header(parts, syntax, is_sorted)
    rest = io.BytesIO(data[first:])
    try:
        walked = walk_header(data[:first], WANTED, rest.read)
        values = walked.values()
        quick = as_dataset(walked, WANTED)
    except Refused:
        return
    with quiet():
        try:
            ds = pydicom.dcmread(
                io.BytesIO(data), stop_before_pixels=True, specific_tags=HEADER_TAGS
            )
        except PARSE_ERRORS:
            pytest.fail("pydicom cannot read what the walk vouches for")
        for keyword in HEADER_TAGS:
            if dictionary_VR(keyword) in ("CS", "UI", "LO", "SH"):
                assert text(values, keyword) == text(ds, keyword), keyword  # type: ignore[arg-type]
            else:
                assert numbers(values, keyword) == numbers(ds, keyword), keyword  # type: ignore[arg-type]
            assert text(quick, keyword) == text(ds, keyword), keyword
            assert numbers(quick, keyword) == numbers(ds, keyword), keyword
    assert data[walked.start :] == bytes(16)


def test_plain_files_are_walked_and_others_refused(tmp_path: Path) -> None:
    def walk(**elements: object) -> dict:
        data = save(make_slice(PICTURE, **elements), tmp_path / "x.dcm").read_bytes()
        return walk_header(data, WANTED, lambda _: b"").values()

    assert walk()["ImagePositionPatient"] == [0.0, 0.0, 0.0]
    with pytest.raises(Refused):
        walk(SpecificCharacterSet="ISO_IR 192", PatientID="Größe")
    with pytest.raises(Refused):
        walk(SharedFunctionalGroupsSequence=[pydicom.Dataset()])
    for syntax in (BIG, EXPLICIT + ".99"):
        head = header([], EXPLICIT, True).replace(
            EXPLICIT.encode() + b"\0", syntax.encode() + b"\0"
        )
        with pytest.raises(Refused):
            walk_header(head, WANTED, lambda _: b"")


@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT])
def test_what_scanners_write_needs_no_second_reading(syntax: str) -> None:
    # One wanted element that the walk cannot convert would send every file to pydicom.
    values = walk_header(template(UID(syntax), 8), WANTED, lambda _: b"").values()
    assert values["AccessionNumber"] == "A0001"


fields = st.fixed_dictionaries(
    {},
    optional={
        "PatientID": st.sampled_from(["A", "Ä", "", "A\\B"]),
        "Modality": st.sampled_from(["CT", "MR", "ct", "Nothing"]),
        "ImagePositionPatient": st.sampled_from([None, [1, 2, 3], [4.5, 0, -1], [1, 2]]),
        "InstanceNumber": st.sampled_from([None, 1, 7]),
        "SeriesInstanceUID": st.sampled_from(["1.2", "words", ""]),
        "PixelSpacing": st.sampled_from([None, [1, 1], [2, 1]]),
        "ImageType": st.sampled_from(["ORIGINAL", ["DERIVED", "SECONDARY"]]),
        "Rows": st.sampled_from([8, 9]),
        "PhotometricInterpretation": st.sampled_from(["MONOCHROME2", "MONOCHROME1", ""]),
        "NumberOfFrames": st.sampled_from([1, 2]),
    },
)


@given(st.lists(fields, min_size=1, max_size=5), st.booleans())
def test_neighbours_do_not_rub_off_on_one_another(
    tmp_path_factory: pytest.TempPathFactory, slices: list[dict], is_implicit: bool
) -> None:
    folder, reader = tmp_path_factory.mktemp("neighbours"), HeaderReader(SALT)
    for i, own in enumerate([*slices, *slices]):
        ds = make_slice(PICTURE, **own)
        ds.file_meta.TransferSyntaxUID = IMPLICIT if is_implicit else EXPLICIT
        with quiet():
            path = save(ds, folder / f"{i}.dcm")
            try:
                slow: object = read_header(path, SALT)
            except Exception as why:  # noqa: BLE001 - a reason or a verdict, as the reader says it
                slow = str(why)
        assert reader.read(str(path)) == slow


def test_helpers_read_what_one_process_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PATIENCE_S": 0.0, "WORTH_S": 0.0, "CHUNK": 4}.items():
        monkeypatch.setattr(many, name, value)
    monkeypatch.setattr(many.os, "cpu_count", lambda: 2)
    paths = [str(p) for p in save_stack(tmp_path, [PICTURE] * 24)]
    (tmp_path / "text.dcm").write_text("words")
    paths.append(str(tmp_path / "text.dcm"))
    alone = HeaderReader(SALT)
    slow = HeaderReader.read

    def patient(self: HeaderReader, path: str) -> object:
        time.sleep(0.2)  # so that the helper gets its share
        return slow(self, path)

    monkeypatch.setattr(HeaderReader, "read", patient)
    found = dict(_there(read_many(paths, SALT)))
    monkeypatch.setattr(HeaderReader, "read", slow)
    assert found == {i: alone.read(path) for i, path in enumerate(paths)}


def _there(found: Iterator) -> Iterator:
    return (one for one in found if one is not None)


def test_closing_ends_the_helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PATIENCE_S": 0.0, "WORTH_S": 0.0, "CHUNK": 1}.items():
        monkeypatch.setattr(many, name, value)
    monkeypatch.setattr(many.os, "cpu_count", lambda: 2)
    started = []
    popen = many.subprocess.Popen
    monkeypatch.setattr(
        many.subprocess, "Popen", lambda *a, **k: started.append(popen(*a, **k)) or started[-1]
    )
    reading = read_many([str(p) for p in save_stack(tmp_path, [PICTURE] * 9)], SALT)
    for _ in range(3):
        next(reading)
    reading.close()
    assert len(started) == 1
    assert started[0].poll() is not None
