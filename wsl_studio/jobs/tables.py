"""Labels from and to CSV: the long form, and the wide form of public data sets."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final, get_args

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Entry, Level, Region, Row, Source
from wsl_studio.domain.round import Split

IMPORT_READER: Final = "import"
"""Reader name of labels from a file that names none."""

_ANSWERS: Final = {
    "1": Answer.PRESENT,
    "1.0": Answer.PRESENT,
    "0": Answer.ABSENT,
    "0.0": Answer.ABSENT,
    "0.5": Answer.UNCERTAIN,
    **{answer.value: answer for answer in Answer},
}
_LONG: Final = ("series", "finding", "value")
_LONG_OUT: Final = ("series", "finding", "value", "level", "range", "reader", "confidence",
                    "saw_model", "source", "created", "area", "reason")  # fmt: skip
_BOX: Final = re.compile(r"^(\d+):([\d.]+),([\d.]+),([\d.]+),([\d.]+)$")
_POINTS: Final = re.compile(r"^(\d+):([\d.]+,[\d.]+(?:\s+[\d.]+,[\d.]+)*)$")
_RANGE: Final = re.compile(r"^(\d+)(?:-(\d+))?$")


@dataclass(frozen=True)
class Table:
    """What a CSV of labels says, before it is matched with the project.

    Args:
        entries: Labels by series key (UID or file stem): (key, entry without its series uid).
        patients: Patient group by series key, if the file has a ``patient`` column.
        splits: Part of the split by patient group or, without groups, by series key.
        findings: In the order of the file.
    """

    entries: tuple[tuple[str, Entry], ...]
    patients: dict[str, str] = field(default_factory=dict)
    splits: dict[str, Split] = field(default_factory=dict)
    findings: tuple[str, ...] = ()


def read_table(path: Path) -> Table:
    """Reads labels in long form or wide form.

    Long form: ``series,finding,value[,level,range,reader,area,reason]``; the level only tells
    ``study`` from series, the range tells the others.

    Wide form: ``file,patient,FINDING...`` with 0, 1 or empty; ``series`` may stand for ``file``.
    Both may have ``split`` (train / validation / test). Slices count from 1 as on screen:
    a range is ``40-60``, a box is ``SLICE:x0,y0,x1,y1``, a point is ``SLICE:x,y`` and a scribble
    ``SLICE:x,y x,y x,y``. An area is the share of the series that
    a present finding fills: ``0.05`` or ``5 %``.

    Raises:
        KnownError: Not a CSV of labels; the sentence names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise KnownError(
            f"{path.name} can't be read as text ({type(trouble).__name__}).",
            "Save it as UTF-8 CSV.",
        ) from trouble
    lines = csv.DictReader(io.StringIO(text))
    names = [name.strip() for name in lines.fieldnames or ()]
    if "series" not in names:
        names = ["series" if name in ("accession", "study") else name for name in names]
    lines.fieldnames = names
    rows = list(lines)
    if all(name in names for name in _LONG):
        return _read_long(path.name, rows)
    key = next((name for name in ("file", "series", "stem") if name in names), None)
    if key is None:
        raise KnownError(
            f"{path.name} has neither series,finding,value nor a file column.",
            "See the README for the two forms.",
        )
    return _read_wide(path.name, rows, names, key)


def _read_long(name: str, rows: Sequence[Mapping[str, str]]) -> Table:
    entries: list[tuple[str, Entry]] = []
    patients: dict[str, str] = {}
    splits: dict[str, Split] = {}
    for number, row in enumerate(rows, start=2):
        key = row["series"].strip()
        region = _region(name, number, row.get("range") or "")
        level = Level.SERIES if region is None else region.level
        if region is None and (row.get("level") or "").strip() == Level.STUDY:
            level = Level.STUDY
        entry = Entry(
            act=Act.SAY,
            series_uid=key,
            reader=(row.get("reader") or IMPORT_READER).strip(),
            finding=row["finding"].strip(),
            level=level,
            answer=_answer(name, number, row["value"]),
            region=region,
            source=Source.IMPORT,
            reason=(row.get("reason") or "").strip(),
        )
        entries.append((key, _with_area(name, number, entry, row.get("area") or "")))
        _take_groups(name, number, row, key, patients, splits)
    findings = tuple(dict.fromkeys(entry.finding for _, entry in entries))
    return Table(tuple(entries), patients, splits, findings)


def _read_wide(
    name: str, rows: Sequence[Mapping[str, str]], names: Sequence[str], key_name: str
) -> Table:
    findings = tuple(n for n in names if n not in (key_name, "patient", "split", "reader"))
    entries: list[tuple[str, Entry]] = []
    patients: dict[str, str] = {}
    splits: dict[str, Split] = {}
    for number, row in enumerate(rows, start=2):
        key = row[key_name].strip()
        if key_name == "file":
            key = PurePath(key).stem
        for finding in findings:
            if (row[finding] or "").strip():
                entry = Entry(
                    act=Act.SAY,
                    series_uid=key,
                    reader=(row.get("reader") or IMPORT_READER).strip(),
                    finding=finding,
                    answer=_answer(name, number, row[finding]),
                    source=Source.IMPORT,
                )
                entries.append((key, entry))
        _take_groups(name, number, row, key, patients, splits)
    return Table(tuple(entries), patients, splits, findings)


def _take_groups(
    name: str,
    number: int,
    row: Mapping[str, str],
    key: str,
    patients: dict[str, str],
    splits: dict[str, Split],
) -> None:
    if patient := (row.get("patient") or "").strip():
        patients[key] = patient
    part = (row.get("split") or "").strip().lower()
    part = {"val": "validation", "valid": "validation", "training": "train"}.get(part, part)
    if not part:
        return
    if part not in get_args(Split):
        raise KnownError(f"{name}, line {number}: the split is none of train, validation, test.")
    group = patient or key
    if splits.setdefault(group, part) != part:  # type: ignore[arg-type]
        raise KnownError(
            f"{name}, line {number}: one patient stands in two parts of the split.",
            "A patient belongs to one part; otherwise scores would flatter.",
        )


def _answer(name: str, number: int, text: str) -> Answer:
    answer = _ANSWERS.get((text or "").strip().lower())
    if answer is None:
        raise KnownError(
            f"{name}, line {number}: the value is none of 0, 1, 0.5, present, absent, uncertain."
        )
    return answer


def _with_area(name: str, number: int, entry: Entry, text: str) -> Entry:
    """The label with the area of its line, ``0.05`` or ``5 %``; as it is where there is none."""
    text = text.strip()
    if not text:
        return entry
    try:
        area = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        return Entry(**{**dict(entry), "area": area})
    except ValueError as trouble:
        raise KnownError(
            f"{name}, line {number}: an area is a share above 0 and up to 1 (or 100 %), of a"
            " finding that is present in the series."
        ) from trouble


def _region(name: str, number: int, text: str) -> Region | None:
    text = text.strip()
    if not text:
        return None
    try:
        if box := _BOX.match(text):
            at = int(box[1]) - 1
            x0, y0, x1, y1 = (float(v) for v in box.groups()[1:])
            return Region(first=at, last=at, box=(x0, y0, x1, y1))
        if points := _POINTS.match(text):
            at = int(points[1]) - 1
            pairs = (pair.split(",") for pair in points[2].split())
            return Region(first=at, last=at, points=tuple((float(x), float(y)) for x, y in pairs))
        if span := _RANGE.match(text):
            return Region(first=int(span[1]) - 1, last=int(span[2] or span[1]) - 1)
    except ValueError as trouble:
        raise KnownError(f"{name}, line {number}: the range is empty or backwards.") from trouble
    raise KnownError(
        f"{name}, line {number}: the range is neither 40-60 nor SLICE:x0,y0,x1,y1.",
        "A point is SLICE:x,y, a scribble SLICE:x,y x,y x,y.",
    )


def say_region(region: Region | None) -> str:
    """The range column of a region, slices from 1."""
    if region is None:
        return ""
    if region.box is not None:
        return f"{region.first + 1}:" + ",".join(f"{v:g}" for v in region.box)
    if region.points:
        return f"{region.first + 1}:" + " ".join(f"{x:g},{y:g}" for x, y in region.points)
    return f"{region.first + 1}-{region.last + 1}"


def write_table(path: Path, rows: Iterable[Row], stems: Mapping[str, str]) -> int:
    """Writes current labels in long form; series by stem where it names one series, else UID.

    Returns:
        Number of labels written.
    """
    seen: dict[str, int] = {}
    for stem in stems.values():
        seen[stem] = seen.get(stem, 0) + 1
    n = 0
    part = path.with_name(path.name + ".part")
    with part.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(_LONG_OUT)
        for row in rows:
            stem = stems.get(row.series_uid, row.series_uid)
            series = stem if seen.get(stem) == 1 else row.series_uid
            out.writerow(
                [series, row.finding, row.answer, row.level, say_region(row.region), row.reader,
                 f"{row.confidence:g}", int(row.saw_model), row.source,
                 row.created.isoformat(timespec="seconds"),
                 "" if row.area is None else repr(row.area), row.reason]
            )  # fmt: skip
            n += 1
    part.replace(path)
    return n


def salted_key(salt: bytes, patient: str) -> str:
    """Key that stands for a patient group; the same rule as the index of DICOM uses."""
    return hashlib.sha256(salt + patient.encode()).hexdigest()[:16]
