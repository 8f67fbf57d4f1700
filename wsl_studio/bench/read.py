"""Time to the first image of a CT, and MB/s of whole series in every syntax, beside peers."""

import importlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pydicom
from pydicom.encaps import encapsulate
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
)

from wsl_studio.bench import Ask
from wsl_studio.bench.folder import Watch
from wsl_studio.bench.folders import template
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.domain.progress import drain
from wsl_studio.jobs import steps
from wsl_studio.store.project import Project

N_SLICES: Final = 300
N_COMPRESSED: Final = 40
SIDE: Final = 512

SYNTAXES: Final = {
    "uncompressed": ExplicitVRLittleEndian,
    "deflated": DeflatedExplicitVRLittleEndian,
    "RLE": RLELossless,
    "JPEG 2000 lossless": JPEG2000Lossless,
    "JPEG-LS lossless": JPEGLSLossless,
}


def run(ask: Ask) -> dict[str, Any]:
    """Reads a made CT of 512 x 512 (``files`` slices) in every syntax we can write.

    Compressed series have 40 slices. Every reader reads each series four times; the fastest counts.
    The first image is timed from the double click to the painted picture, three times.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for name, syntax in SYNTAXES.items():
            folder = Path(temporary) / name
            n = ask.files or (N_SLICES if name == "uncompressed" else N_COMPRESSED)
            write_series(folder, syntax, n, ask.seed)
            row: dict[str, Any] = {"syntax": name, "slices": n}
            for reader, start in READERS.items():
                row[reader] = _rate(start, folder, n)
            rows.append(row)
        opened, whole = _first_image(Path(temporary))
    first, rest = (", ".join(f"{t:.2f}" for t in times) for times in (opened, whole))
    lines = [
        f"first image after the double click, s: {first} (wanted: 0.3)",
        f"whole series after the double click, s: {rest}",
    ]
    for row in rows:
        others = {k: row[k] for k in READERS if k != "WSL Studio" and isinstance(row[k], float)}
        best = max(others, key=lambda name: others[name])
        ratio = row["WSL Studio"] / others[best]
        lines.append(f"{row['syntax']}: ours / {best}, the faster of the others = {ratio:.2f}")
    return {"rows": rows, "lines": lines}


def write_series(folder: Path, syntax: Any, n: int, seed: int) -> None:
    """Writes a CT of smooth shapes and noise, the same in every syntax."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    base = pydicom.dcmread(pydicom.filebase.DicomBytesIO(template(ExplicitVRLittleEndian, 8)))
    base.Rows = base.Columns = SIDE
    for i in range(n):
        body = (x**2 + y**2 < 0.2) * 1000 + 300 * np.sin(20 * x + i / 9) * (x**2 + 2 * y**2 < 0.1)
        array = (body + rng.normal(60, 12, (SIDE, SIDE))).clip(0, 4095).astype(np.uint16)
        base.SOPInstanceUID = f"2.25.9{i:06d}"
        base.file_meta.MediaStorageSOPInstanceUID = base.SOPInstanceUID
        base.InstanceNumber, base.ImagePositionPatient = i + 1, [-170, -170, 1.25 * i]
        base.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        base.PixelData = array.tobytes()
        base["PixelData"].VR = "OW"
        base["PixelData"].is_undefined_length = False
        if syntax == JPEGLSLossless:
            base.PixelData = encapsulate(
                [importlib.import_module("imagecodecs").jpegls_encode(array)]
            )
            base["PixelData"].VR, base["PixelData"].is_undefined_length = "OB", True
        elif syntax == RLELossless:
            base.compress(syntax, generate_instance_uid=False)
        elif syntax == JPEG2000Lossless:
            codec = importlib.import_module("imagecodecs")
            coded = codec.jpeg2k_encode(array, level=0, reversible=True, codecformat="j2k")
            base.PixelData = encapsulate([coded])
            base["PixelData"].VR, base["PixelData"].is_undefined_length = "OB", True
        base.file_meta.TransferSyntaxUID = syntax
        base.save_as(folder / f"{i:04d}.dcm", enforce_file_format=True)


def _rate(start: Callable[[], Callable[[Path], Any]], folder: Path, n: int) -> float | str:
    try:
        read = start()
    except ImportError:
        return "not installed"
    best = float("inf")
    for _ in range(4):
        begun = time.perf_counter()
        try:
            read(folder)
        except Exception as error:  # noqa: BLE001 - a peer that cannot is a result
            return f"cannot ({type(error).__name__})"
        best = min(best, time.perf_counter() - begun)
    return round(n * SIDE * SIDE * 2 / 1e6 / best, 1)


def _ours() -> Callable[[Path], Any]:
    found: dict[Path, Any] = {}

    def read(folder: Path) -> Any:
        if folder not in found:
            (found[folder],) = drain(index_folder(folder, salt=b"bench")).series
        return drain(read_volume(found[folder]))

    return read


def _pydicom() -> Callable[[Path], Any]:
    return lambda folder: np.stack(
        [pydicom.dcmread(path).pixel_array for path in sorted(folder.iterdir())]
    )


def _simpleitk() -> Callable[[Path], Any]:
    sitk = importlib.import_module("SimpleITK")

    def read(folder: Path) -> Any:
        reader = sitk.ImageSeriesReader()
        reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(folder)))
        return reader.Execute()

    return read


READERS: Final[dict[str, Callable[[], Callable[[Path], Any]]]] = {
    "WSL Studio": _ours,
    "pydicom": _pydicom,
    "SimpleITK": _simpleitk,
}


def _first_image(place: Path) -> tuple[list[float], list[float]]:
    """Seconds from the double click to the picture, and to the whole uncompressed series."""
    from PySide6.QtWidgets import QApplication

    from wsl_studio.jobs.session import Session
    from wsl_studio.jobs.settings import Settings
    from wsl_studio.ui.window import MainWindow

    app = QApplication.instance() or QApplication([])
    with Project.create(place / "project", findings=("nodule",)) as project:
        index = drain(index_folder(place / "uncompressed", salt=project.salt))
        copies = [index.series[0].model_copy(update={"uid": f"1.{k}"}) for k in range(4)]
        steps.take_index(project, index.model_copy(update={"series": tuple(copies)}))
    session = Session(Settings(place / "settings.json"))
    window = MainWindow(session)
    window.resize(1366, 768)
    window.show()
    watch = Watch(app, window)
    times, whole = [], []
    try:
        session.open_project(place / "project")
        watch.until(lambda: session.volume is not None)
        others = [r.uid for r in session.rows if r.uid != session.selection.series_uid]
        for uid in others:
            begun = time.perf_counter()
            session.select_series(uid)
            watch.until(lambda: bool(session.first or session.volume), pause_s=0.002)
            window.grab()
            times.append(time.perf_counter() - begun)
            watch.until(lambda: session.volume is not None, pause_s=0.002)
            whole.append(time.perf_counter() - begun)
    finally:
        session.shut_down()
        window.close()
    return times, whole
