"""Another program's reading of a DICOM file, in a process of its own as it may abort on damage.

``python -m wsl_studio.bench.second_reader`` reads a path a line and answers a JSON object a line:
``{"file"}`` with the frames in a ``.npy`` file, or ``{"trouble"}``.
Grey values are modality values; colour is RGB. The readers are GDCM (pixels as stored, to which
the formulas of the standard are applied here) and SimpleITK (its values as they come).
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pydicom
from numpy.typing import NDArray

READERS: Final = ("GDCM", "SimpleITK")


@dataclass(frozen=True, eq=False)
class Reading:
    """What the other program reads.

    Args:
        reader: Which one.
        frames: (F, H, W) modality values or (F, H, W, 3) RGB, in the order of the file.
    """

    reader: str
    frames: NDArray[Any]


class SecondReader:
    """Asks the process, and starts it anew when a file has ended it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path) -> Iterator[Reading]:
        """The readings of a file, one after the other; none if no other program reads it."""
        for name in READERS:
            found = self._one(path, name)
            if found is not None:
                yield found

    def _one(self, path: Path, reader: str) -> Reading | None:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "wsl_studio.bench.second_reader", str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps([reader, str(path)]).encode() + b"\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:  # it aborted
            self._process.wait()
            return None
        answer = json.loads(line)
        if "file" not in answer:
            return None
        frames = np.load(answer["file"])
        Path(answer["file"]).unlink()
        return Reading(reader, frames)

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            self._process.wait()
            self._process = None


def by_gdcm(path: str) -> NDArray[Any]:
    """Modality values or RGB by GDCM."""
    import gdcm

    reader = gdcm.ImageReader()
    reader.SetFileName(path)
    if not reader.Read():
        raise ValueError("GDCM does not read it")
    image = reader.GetImage()
    photometric = image.GetPhotometricInterpretation()
    PI = gdcm.PhotometricInterpretation  # noqa: N806 - a name of GDCM's
    if photometric.GetType() == PI.PALETTE_COLOR:
        apply = gdcm.ImageApplyLookupTable()
        apply.SetInput(image)
        if not apply.Apply():
            raise ValueError("GDCM does not apply its palette")
        image = (
            apply.GetOutputAsImage() if hasattr(apply, "GetOutputAsImage") else apply.GetOutput()
        )
    elif photometric.GetType() in (PI.YBR_FULL, PI.YBR_FULL_422):
        change = gdcm.ImageChangePhotometricInterpretation()
        change.SetPhotometricInterpretation(gdcm.PhotometricInterpretation(PI.RGB))
        change.SetInput(image)
        if not change.Change():
            raise ValueError("GDCM does not change its colours")
        image = change.GetOutput()
    if image.GetPlanarConfiguration() == 1:
        planes = gdcm.ImageChangePlanarConfiguration()
        planes.SetPlanarConfiguration(0)
        planes.SetInput(image)
        planes.Change()
        image = planes.GetOutput()
    form = image.GetPixelFormat()
    raw = image.GetBuffer().encode("utf-8", errors="surrogateescape")
    samples = form.GetSamplesPerPixel()
    kinds = {
        "UINT8": "u1", "INT8": "i1", "UINT12": "u2", "INT12": "i2", "UINT16": "u2",
        "INT16": "i2", "UINT32": "u4", "INT32": "i4", "FLOAT32": "f4", "FLOAT64": "f8",
    }  # fmt: skip
    size = [image.GetDimension(i) for i in range(image.GetNumberOfDimensions())]
    frames = size[2] if len(size) > 2 else 1
    name = form.GetScalarTypeAsString()
    if name == "SINGLEBIT":
        bits: NDArray[Any] = np.unpackbits(
            np.frombuffer(raw, np.uint8), count=frames * size[0] * size[1], bitorder="little"
        )
        return bits.reshape(frames, size[1], size[0])
    array: NDArray[Any] = np.frombuffer(raw, "<" + kinds[name])
    shape = (frames, size[1], size[0], *((samples,) if samples > 1 else ()))
    array = array[: int(np.prod(shape))].reshape(shape)
    if samples > 1:
        eight: NDArray[Any] = (array >> max(0, form.GetBitsStored() - 8)).astype(np.uint8)
        return eight
    return by_hand(path, array)


def by_hand(path: str, stored: NDArray[Any]) -> NDArray[np.float64]:
    """Modality values of stored ones by the formulas of PS3.3 C.11.1, written out once more.

    GDCM applies neither tables nor the rescale of single frames, so both are done here.
    """
    ds = pydicom.dcmread(path, stop_before_pixels=True)
    if "ModalityLUTSequence" in ds:
        table = ds.ModalityLUTSequence[0]
        data: NDArray[np.float64] = np.asarray(table.LUTData, np.float64)
        at = np.clip(stored - int(table.LUTDescriptor[1]), 0, len(data) - 1).astype(int)
        return np.asarray(data[at])
    out = np.empty(stored.shape, np.float64)
    for i, frame in enumerate(stored):
        place = ds
        for group in ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"):
            items = ds.get(group) or []
            one = items[min(i, len(items) - 1)] if items else None
            if one is not None and one.get("PixelValueTransformationSequence"):
                place = one.PixelValueTransformationSequence[0]
        slope = place.get("RescaleSlope") or ds.get("DoseGridScaling") or 1
        out[i] = frame * float(slope) + float(place.get("RescaleIntercept") or 0)
    return out


def by_simpleitk(path: str) -> NDArray[Any]:
    """Modality values or RGB by SimpleITK's reader of single files."""
    import SimpleITK

    sitk: Any = SimpleITK
    sitk.ProcessObject.SetGlobalWarningDisplay(False)
    reader = sitk.ImageFileReader()
    reader.SetImageIO("GDCMImageIO")
    reader.SetFileName(path)
    image = reader.Execute()
    array: NDArray[Any] = sitk.GetArrayFromImage(image)
    is_colour = image.GetNumberOfComponentsPerPixel() > 1
    if array.ndim == (3 if is_colour else 2):
        array = array[None]
    if is_colour and array.dtype != np.uint8:
        array = (array >> (array.dtype.itemsize * 8 - 8)).astype(np.uint8)
    return array


def main() -> int:
    """Serves paths until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    folder = sys.argv[1]
    for line in sys.stdin.buffer:
        reader, path = json.loads(line)
        try:
            frames = (by_gdcm if reader == "GDCM" else by_simpleitk)(path)
            fd, name = tempfile.mkstemp(suffix=".npy", dir=folder)
            with os.fdopen(fd, "wb") as stream:
                np.save(stream, frames)
            answer = {"file": name}
        except Exception as error:  # noqa: BLE001 - any failure of theirs is one answer
            answer = {"trouble": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer).encode() + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
