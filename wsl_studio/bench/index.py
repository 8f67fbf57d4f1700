"""Headers a second of an import, store included, beside pydicom, dicomsdl, GDCM and SimpleITK."""

import importlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from wsl_studio.bench import Ask
from wsl_studio.bench.folders import make_folder
from wsl_studio.dicom.headers import HEADER_TAGS
from wsl_studio.dicom.index import index_folder
from wsl_studio.domain.progress import drain
from wsl_studio.jobs import steps
from wsl_studio.store.project import Project

N_FILES: Final = 20_000
N_PEERS: Final = 2_000
"""Files a peer reads, spread evenly; none of them gets slower or faster with more."""


def run(ask: Ask) -> dict[str, Any]:
    """Imports a folder of ``files`` files (or ``data``) twice, and lets peers read its headers.

    Every peer reads a file's elements up to the pixels and hands over the values of the same
    tags, where it has them, on one thread. Ours is the whole import: walking the folder, headers,
    cache, putting series together, writing them to the store; helpers included where it starts
    them. Everything is in the page cache.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = ask.data or Path(temporary) / "in"
        if ask.data is None:
            make_folder(folder, ask.files or N_FILES)
        paths = sorted(str(path) for path in folder.rglob("*") if path.is_file())
        for path in paths:
            Path(path).read_bytes()  # into the page cache: the disk is not what is measured
        rows = [_peer(name, read, paths) for name, read in PEERS.items()]
        rows += _ours(folder, Path(temporary), len(paths))
    rate = {row["reader"]: row.get("headers_per_s") or 0 for row in rows}
    ours = rate["WSL Studio, import"]
    best = max((name for name in PEERS if rate[name]), key=lambda name: rate[name])
    lines = [
        f"ours / pydicom = {ours / rate['pydicom']:.1f} (wanted: 3)",
        f"ours / {best}, the fastest of the others = {ours / rate[best]:.2f} (wanted: 1)",
    ]
    return {"rows": rows, "lines": lines, "n": len(paths)}


def _ours(folder: Path, temporary: Path, n: int) -> list[dict[str, Any]]:
    rows = []
    with Project.create(temporary / "project", findings=()) as project:
        cache = project.folder / "cache" / "headers.jsonl"
        for name in ("WSL Studio, import", "WSL Studio, second import"):
            begun, worked = time.perf_counter(), time.process_time()
            index = drain(index_folder(folder, salt=project.salt, cache=cache))
            steps.take_index(project, index)
            took, worked = time.perf_counter() - begun, time.process_time() - worked
            rows.append(
                {
                    "reader": name,
                    "headers_per_s": round(n / took),
                    "cpu_us_a_file": round(1e6 * worked / n),
                    "files": n,
                    "what": f"{len(index.series)} series, {len(index.passed_over)} passed over",
                }
            )
    return rows


def _peer(name: str, start: Callable[[], Callable[[str], Any]], paths: list[str]) -> dict[str, Any]:
    try:
        read = start()
    except ImportError:
        return {"reader": name, "what": "not installed"}
    some = paths[:: max(1, len(paths) // N_PEERS)]
    begun, worked = time.perf_counter(), time.process_time()
    for path in some:
        read(path)
    took, worked = time.perf_counter() - begun, time.process_time() - worked
    return {
        "reader": name,
        "headers_per_s": round(len(some) / took),
        "cpu_us_a_file": round(1e6 * worked / len(some)),
        "files": len(some),
    }


def _pydicom() -> Callable[[str], Any]:
    import pydicom

    def read(path: str) -> Any:
        ds = pydicom.dcmread(path, stop_before_pixels=True, specific_tags=HEADER_TAGS)
        return [ds.get(keyword) for keyword in HEADER_TAGS]

    return read


def _dicomsdl() -> Callable[[str], Any]:
    dicomsdl = importlib.import_module("dicomsdl")

    def read(path: str) -> Any:
        ds = dicomsdl.open(path, load_until=0x7FDFFFFF)
        return [getattr(ds, keyword) for keyword in HEADER_TAGS]

    return read


def _gdcm() -> Callable[[str], Any]:
    gdcm = importlib.import_module("gdcm")
    from pydicom.datadict import tag_for_keyword

    tags = [tag_for_keyword(keyword) or 0 for keyword in HEADER_TAGS]
    wanted = [gdcm.Tag(tag >> 16, tag & 0xFFFF) for tag in tags if tag]

    def read(path: str) -> Any:
        reader = gdcm.Reader()
        reader.SetFileName(path)
        reader.ReadUpToTag(gdcm.Tag(0x7FE0, 0x0010))
        texts = gdcm.StringFilter()
        texts.SetFile(reader.GetFile())
        return [texts.ToString(tag) for tag in wanted]

    return read


def _simpleitk() -> Callable[[str], Any]:
    sitk = importlib.import_module("SimpleITK")

    def read(path: str) -> Any:
        reader = sitk.ImageFileReader()
        reader.SetImageIO("GDCMImageIO")
        reader.SetFileName(path)
        reader.ReadImageInformation()
        return {key: reader.GetMetaData(key) for key in reader.GetMetaDataKeys()}

    return read


PEERS: Final[dict[str, Callable[[], Callable[[str], Any]]]] = {
    "pydicom": _pydicom,
    "dicomsdl": _dicomsdl,
    "GDCM": _gdcm,
    "SimpleITK": _simpleitk,
}
