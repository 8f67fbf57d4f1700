"""Every file of the corpora: equal by value to a second, independent reader, or refused by name."""

import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom.uid import AllTransferSyntaxes

import wsl_studio
from wsl_studio.bench import Ask
from wsl_studio.bench.second_reader import SecondReader
from wsl_studio.dicom.decoders import decoder_table
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.dicom.syntaxes import SUPPORTED, syntax_name
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.domain.series import Series
from wsl_studio.domain.volume import Volume

PAGE: Final = Path(wsl_studio.__file__).parents[1] / "docs" / "dicom.md"

TWINS: Final = {
    "SC_rgb_rle_16bit.dcm": "SC_rgb_16bit.dcm",
    "SC_rgb_rle_16bit_2frame.dcm": "SC_rgb_16bit_2frame.dcm",
    "SC_rgb_rle_32bit.dcm": "SC_rgb_32bit.dcm",
    "SC_rgb_rle_32bit_2frame.dcm": "SC_rgb_32bit_2frame.dcm",
    "rtdose_1frame.dcm": "rtdose.dcm",
    "rtdose_rle_1frame.dcm": "rtdose.dcm",
    "rtdose_expb_1frame.dcm": "rtdose.dcm",
    "rtdose_expb.dcm": "rtdose.dcm",
    "emri_small_jpeg_2k_lossless_too_short.dcm": "emri_small.dcm",
}
"""The same image in another encoding, for files on which the other readers abort or swap bytes:
they are held against the other readers' reading of their twin."""


LOSSY: Final = (
    "Lossy", "2000Transfer", "JPEGProcess1T", "Process10_12", "Process2_4", "Process6_8",
)  # fmt: skip
"""In the names of the CT's variants that are not lossless."""

_TWINS: Final = frozenset(TWINS.values())


@dataclass(frozen=True, eq=False)
class Outcome:
    """One file.

    Args:
        corpus: Which one.
        name: Of the file in it.
        what: What it is.
        verdict: ``right``, ``refused``, ``WRONG``, ``UNCHECKED`` or ``TRACEBACK``.
        why: Who agrees, or the reason.
        values: (F, H, W[, 3]) of what is read, by frame, for comparing files with one another.
    """

    corpus: str
    name: str
    what: str
    verdict: str
    why: str
    values: tuple[NDArray[Any], ...] = ()


def run(ask: Ask) -> dict[str, Any]:
    """Reads pydicom's files, those of ``pydicom-data`` where it is installed, and ``data``."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        outcomes = []
        places = list(corpora(ask.data, folder))
        twins = {p.name: p for _, root in places for p in root.rglob("*") if p.name in _TWINS}
        for corpus, root in places:
            outcomes += list(judge(corpus, root, folder, twins))
    counts = Counter(o.verdict for o in outcomes)
    lines = [
        ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common())
        + f" of {len(outcomes)} files.",
        *compare_families(outcomes),
    ]
    if PAGE.parent.is_dir() and ask.data is not None:
        PAGE.write_text(page(outcomes, lines), encoding="utf-8")
        lines.append(f"Written to docs/dicom.md in {time.monotonic() - begun:.0f} s.")
    rows = [
        {"file": f"{o.corpus}/{o.name}", "what": o.what, "outcome": o.verdict, "why": o.why}
        for o in outcomes
    ]
    return {"rows": rows, "lines": lines, "counts": dict(counts)}


def corpora(data: Path | None, folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, folder) of what is here; archives in ``data`` are unpacked."""
    yield "pydicom", Path(pydicom.__file__).parent / "data"
    more = find_spec("data_store")
    if more is not None and more.origin is not None:
        yield "pydicom-data", Path(more.origin).parent / "data"
    if data is not None:
        data = data.resolve()
        yield data.name, data
        for archive in sorted(data.rglob("*.zip")):
            unpacked = folder / archive.stem
            with zipfile.ZipFile(archive) as stream:
                stream.extractall(unpacked)
            yield archive.name, unpacked


def judge(corpus: str, root: Path, folder: Path, twins: dict[str, Path]) -> Iterator[Outcome]:
    """Every file of a folder."""
    others = SecondReader(folder)
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc", ".zip", ".md", ".txt", ".json"):
            name = path.relative_to(root).as_posix()
            try:
                yield _judge(corpus, name, path, others, twins)
            except Exception as error:  # noqa: BLE001 - a fault of ours is what is looked for
                yield Outcome(corpus, name, "", "TRACEBACK", type(error).__name__)
    others.close()


def _judge(
    corpus: str, name: str, path: Path, others: SecondReader, twins: dict[str, Path]
) -> Outcome:
    found = drain(index_folder(path, salt=b"bench"))
    if not found.series:
        return Outcome(corpus, name, "", "refused", found.passed_over[0].reason + ".")
    if path.name.upper() == "DICOMDIR":
        files = {ref.path for series in found.series for ref in series.slices}
        why = f"stands for its disc: {len(files)} files, each judged by itself"
        return Outcome(corpus, name, "DICOMDIR", "right", why + ".")
    volumes: list[tuple[Series, Volume]] = []
    try:
        for series in found.series:
            volumes.append((series, drain(read_volume(series))))
    except KnownError as trouble:
        return Outcome(corpus, name, "", "refused", str(trouble))
    twin = twins.get(TWINS.get(path.name, ""), path)
    agree: list[str] = []
    differ: list[str] = []
    for other in others.read(twin):
        (agree if _is_equal(volumes, other.frames) else differ).append(other.reader)
        if agree:
            break
    verdict = "right" if agree else "WRONG" if differ else "UNCHECKED"
    why = f"equal to {agree[0]}" if agree else f"not equal to {', '.join(differ) or 'anything'}"
    if twin != path:
        why += f" on its twin {twin.name}"
    notes = [n for _, v in volumes for n in v.notes if "left empty" in n or "cut short" in n]
    values = tuple(values_of(volume) for _, volume in volumes)
    return Outcome(
        corpus, name, what_it_is(path, volumes), verdict, " ".join([why + ".", *notes]),
        values if corpus.startswith("dicom") and "." in name else (),
    )  # fmt: skip


def values_of(volume: Volume) -> NDArray[Any]:
    """Modality values, or RGB."""
    stored: NDArray[Any] = volume.array
    return stored if volume.is_colour else stored * volume.slope + volume.intercept


def _is_equal(volumes: list[tuple[Series, Volume]], frames: NDArray[Any]) -> bool:
    """Whether every slice that was read has the values of its frame.

    Values that are held in steps (float, or 32 bits) may differ by half a step, which is said in
    the window; all others must be the same numbers.
    """
    for series, volume in volumes:
        empty = _left_empty(volume)
        allowed = 0.0
        if any("in steps of" in note for note in volume.notes):
            allowed = volume.slope / 2
        ours = values_of(volume)
        for i, ref in enumerate(series.slices):
            if i + 1 in empty:
                continue
            if ref.frame >= len(frames) or frames[ref.frame].shape != ours[i].shape:
                return False
            theirs = frames[ref.frame].astype(np.float64)
            room = allowed * 1.0001 + 1e-9 * max(1.0, float(np.abs(theirs).max()))
            if np.abs(ours[i] - theirs).max() > room:
                return False
    return True


def _left_empty(volume: Volume) -> set[int]:
    """Numbers of slices that the window says are empty."""
    out = set()
    for note in volume.notes:
        if "left empty" in note:
            words = note.split(" left empty")[0].replace(",", " ").split()
            out |= {int(word) for word in words if word.isdecimal()}
    return out


def what_it_is(path: Path, volumes: list[tuple[Series, Volume]]) -> str:
    """Modality, size, type and transfer syntax."""
    parts = [f"{v.modality} {' x '.join(map(str, v.array.shape))}" for _, v in volumes]
    try:
        meta = pydicom.filereader.read_file_meta_info(path)
        syntax = syntax_name(meta.get("TransferSyntaxUID", ""))
    except Exception:  # noqa: BLE001 - files from before the file meta group
        syntax = "no file meta group"
    return f"{'; '.join(parts)}; {syntax}"


def compare_families(outcomes: list[Outcome]) -> list[str]:
    """Whether one image in many transfer syntaxes has one set of values."""
    lines = []
    for name, member, count in (
        ("The MR slice in nine syntaxes", "one_mr_nine_syntaxes/", 9),
        ("The CT and its lossless variants", "one_ct_many_syntaxes/CTImage", 8),
    ):
        family = [
            o
            for o in outcomes
            if member in o.name and o.values and not any(word in o.name for word in LOSSY)
        ]
        if not family:
            continue
        same = [o for o in family if np.array_equal(o.values[0], family[0].values[0])]
        others = ", ".join(o.name for o in family if o not in same)
        lines.append(
            f"{name}: {len(same)} of {len(family)} arrays are identical"
            + (f"; not {others}." if others else ".")
            + ("" if len(family) >= count else f" Only {len(family)} of {count} are here.")
        )
    return lines


def page(outcomes: list[Outcome], lines: list[str]) -> str:
    """The page for people who ask what is read."""
    head = [
        "# Which DICOM files are read, and how that is known",
        "",
        "Written by `wsl-studio bench conformance DATA`; do not edit. Each file is opened as the",
        "window opens it. *right*: its modality values (colour: 8-bit RGB) are the numbers that",
        "GDCM or SimpleITK read, neither of which is part of this program. *refused*: it is not",
        "opened, and the window says the reason given here.",
        "",
        *(f"- {line}" for line in lines),
        "",
        "## Transfer syntaxes",
        "",
        "On the machine that wrote this page; `wsl-studio doctor` says it of yours. Compressed",
        "frames are decoded in processes of their own, with a deadline and a limit of memory.",
        "",
        "| transfer syntax | decoders, in the order in which they are asked |",
        "|---|---|",
        *(f"| {name} | {', '.join(found)} |" for name, found in decoder_table().items()),
        "",
        "Not read, and said so: " + "; ".join(sorted(not_read())) + ".",
        "",
    ]
    for corpus in dict.fromkeys(o.corpus for o in outcomes):
        head += [f"## {corpus}", "", "| file | what it is | outcome | who agrees, or why not |"]
        head.append("|---|---|---|---|")
        for names, o in _grouped([o for o in outcomes if o.corpus == corpus]):
            head.append(f"| {names} | {o.what} | {o.verdict} | {o.why.replace('|', ' ')} |")
        head.append("")
    return "\n".join(head)


def not_read() -> set[str]:
    """Names of the transfer syntaxes that pydicom knows and no decoder here reads."""
    known = {str(uid) for uid in AllTransferSyntaxes} - SUPPORTED
    return {f"{syntax_name(uid)} ({uid})" for uid in known}


def _grouped(outcomes: list[Outcome]) -> Iterator[tuple[str, Outcome]]:
    """Runs of files with the same outcome as one line."""
    run: list[Outcome] = []

    def key(o: Outcome) -> tuple[str, ...]:
        return (str(Path(o.name).parent), o.what, o.verdict, o.why)

    for one in [*outcomes, None]:
        if run and (one is None or key(one) != key(run[0])):
            names = f"{run[0].name}" + (
                f" to {Path(run[-1].name).name} ({len(run)})" if len(run) > 1 else ""
            )
            yield names, run[0]
            run = []
        if one is not None:
            run.append(one)
