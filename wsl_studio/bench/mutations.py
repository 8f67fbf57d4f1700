"""Small DICOM files of every transfer syntax, and seeded damage to their headers and pixels."""

import struct
import tempfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import cv2
import imagecodecs
import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian, JPEG2000Lossless

from wsl_studio.dicom.syntaxes import DEFLATED_FRAMES, PLAIN_FRAMES

MOST_BYTES: Final = 120_000
"""Larger files are not damaged: most damage would fall where it changes little."""

_JPEG: Final = "1.2.840.10008.1.2.4."

_GROUP: Final = b"\x02\x00\x00\x00"
_PIXELS: Final = b"\xe0\x7f\x10\x00"

_BOLD: Final[dict[int, tuple[str, tuple[int, ...]]]] = {
    0x00280002: ("H", (0, 2, 3, 4, 65535)),
    0x00280010: ("H", (0, 1, 30000, 65535)),
    0x00280011: ("H", (0, 1, 30000, 65535)),
    0x00280006: ("H", (0, 1, 7)),
    0x00280100: ("H", (0, 1, 7, 8, 16, 32, 64, 65535)),
    0x00280101: ("H", (0, 1, 12, 16, 17, 65535)),
    0x00280103: ("H", (0, 1, 2)),
}
"""Values that hurt, by tag."""


def seeds(seed: int) -> dict[str, bytes]:
    """Whole files by name: pydicom's own small ones, and one of every codec that writes here."""
    folder = Path(pydicom.__file__).parent / "data" / "test_files"
    found = {}
    for path in sorted(folder.rglob("*")):
        # Of the many small files of the DICOMDIR tests one folder is enough.
        if "dicomdirtests" in path.parts and "CT2" not in path.parts:
            continue
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            data = path.read_bytes()
            # Files without pixels are refused whatever else is wrong with them; a few are kept.
            has_pixels = _PIXELS in data or b"\x7f\xe0\x00\x10" in data
            if data[128:132] == b"DICM" and (has_pixels or path.name[0] in "nr"):
                found[path.relative_to(folder).as_posix()] = data
    rng = np.random.default_rng(seed)
    grey = (np.cumsum(rng.integers(-20, 21, (48, 40)), axis=1) & 0x0FFF).astype(np.uint16)
    small = (grey >> 4).astype(np.uint8)
    colour = np.stack([small, small[::-1], small[:, ::-1]], axis=-1)
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    j2k: dict[str, Any] = {"codecformat": "j2k", "reversible": True, "level": 0}
    for name, picture, frame, syntax in (
        ("jpeg.dcm", small, imagecodecs.jpeg8_encode(small), _JPEG + "50"),
        ("jpeg_colour.dcm", colour, imagecodecs.jpeg8_encode(colour), _JPEG + "50"),
        ("lossless.dcm", grey, imagecodecs.ljpeg_encode(grey, bitspersample=12), _JPEG + "70"),
        ("jpeg_ls.dcm", grey, imagecodecs.jpegls_encode(grey), _JPEG + "80"),
        ("near_ls.dcm", grey, imagecodecs.jpegls_encode(grey, level=2), _JPEG + "81"),
        ("j2k.dcm", grey, imagecodecs.jpeg2k_encode(grey, **j2k), _JPEG + "90"),
        ("j2k_colour.dcm", colour, imagecodecs.jpeg2k_encode(colour, **j2k), _JPEG + "91"),
        ("htj2k.dcm", grey, imagecodecs.htj2k_encode(grey), _JPEG + "201"),
        ("xl.dcm", grey, imagecodecs.jpegxl_encode(grey, lossless=True), _JPEG + "110"),
        ("rle.dcm", grey, _run_lengths(grey), "1.2.840.10008.1.2.5"),
        ("plain_frames.dcm", grey, grey.tobytes(), PLAIN_FRAMES),
        ("deflated_frames.dcm", grey, packer.compress(grey.tobytes()) + packer.flush(),
         DEFLATED_FRAMES),
    ):  # fmt: skip
        found[f"made/{name}"] = make_file(picture, bytes(frame), syntax)
    found["made/video.dcm"] = make_file(colour, make_video(colour, 4), _JPEG + "100", n_frames=4)
    return found


def make_video(picture: NDArray[np.uint8], n_frames: int) -> bytes:
    """MPEG-2 of a picture that moves by a pixel a frame."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "video.mpg"
        size = (picture.shape[1], picture.shape[0])
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mpg2"), 25.0, size)
        for k in range(n_frames):
            writer.write(np.ascontiguousarray(np.roll(picture, k, axis=1)[..., ::-1]))
        writer.release()
        return path.read_bytes()


def _run_lengths(picture: NDArray[np.uint16]) -> bytes:
    """A PackBits frame of literal runs only (PS3.5 G.3)."""
    planes = [
        b"".join(bytes([len(part) - 1]) + part for k in range(0, len(plane), 128)
                 for part in [plane[k : k + 128]])
        for plane in ((picture >> 8).astype(np.uint8).tobytes(), picture.astype(np.uint8).tobytes())
    ]  # fmt: skip
    head = struct.pack("<16I", 2, 64, 64 + len(planes[0]), *[0] * 13)
    return head + planes[0] + planes[1]


def make_file(picture: NDArray[Any], frame: bytes, syntax: str, n_frames: int = 1) -> bytes:
    """One slice as a DICOM file, whether or not pydicom knows the syntax."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = JPEG2000Lossless
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, "1.2.3.4.5"
    ds.SeriesInstanceUID, ds.StudyInstanceUID, ds.PatientID = "1.2.3.4", "1.2.3", "P"
    ds.Modality, ds.InstanceNumber = "CT", 1
    ds.Rows, ds.Columns = picture.shape[:2]
    is_colour = picture.ndim == 3
    ds.SamplesPerPixel = 3 if is_colour else 1
    ds.PhotometricInterpretation = "MONOCHROME2"
    if is_colour:
        ds.PhotometricInterpretation, ds.PlanarConfiguration = "YBR_RCT", 0
        if syntax.endswith(".50"):
            ds.PhotometricInterpretation = "YBR_FULL_422"
    ds.BitsAllocated = picture.dtype.itemsize * 8
    ds.BitsStored = 8 if picture.dtype.itemsize == 1 else 12
    ds.HighBit, ds.PixelRepresentation = ds.BitsStored - 1, 0
    ds.PixelSpacing, ds.ImageOrientationPatient = [0.5, 0.5], [1, 0, 0, 0, 1, 0]
    ds.ImagePositionPatient, ds.RescaleSlope, ds.RescaleIntercept = [0, 0, 0], 1, -1024
    ds.WindowCenter, ds.WindowWidth = 40, 400
    if n_frames > 1:
        ds.NumberOfFrames = n_frames
    ds.PixelData = encapsulate([frame])
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    out = BytesIO()
    pydicom.dcmwrite(out, ds, enforce_file_format=True)
    data = out.getvalue()
    if UID(syntax) == ExplicitVRLittleEndian or syntax == JPEG2000Lossless:
        return data
    # The group length and the UID are rewritten, since pydicom refuses syntaxes it does not know.
    old, new = JPEG2000Lossless.encode(), syntax.encode() + b"\0" * (len(syntax) % 2)
    at = data.index(b"\x02\x00\x10\x00UI")
    group = struct.unpack("<I", data[140:144])[0] + len(new) - len(old)
    head = data[:140] + struct.pack("<I", group) + data[144:at]
    return (
        head + b"\x02\x00\x10\x00UI" + struct.pack("<H", len(new)) + new + data[at + 8 + len(old) :]
    )


def mutate(data: bytes, other: bytes, rng: np.random.Generator) -> bytes:
    """One to four kinds of damage, anywhere; ``other`` is what may be spliced in."""
    out = bytearray(data)
    # One file in ten is damaged in its file meta group, which mostly ends the matter at once,
    # four in the rest of the header and five in the pixels.
    part = int(rng.choice([0, 1, 2], p=[0.1, 0.4, 0.5]))
    for _ in range(int(rng.integers(1, 4))):
        if len(out) < 400:
            break
        meta = 144 + struct.unpack("<I", data[140:144])[0] if data[132:136] == _GROUP else 300
        pixels = max(bytes(out).find(_PIXELS, meta), bytes(out).find(_PIXELS[1::-1] + b"\0\x10"))
        ends = (132, min(meta, len(out) - 20), pixels + 12 if pixels > 0 else 400, len(out))
        low, high = sorted((min(ends[part], len(out) - 8), min(ends[part + 1], len(out))))
        at = int(rng.integers(low, max(low + 1, high)))
        kind = int(rng.integers(0, 9))
        if kind == 0:
            for k in rng.integers(low, max(low + 1, high), int(rng.integers(1, 12))):
                out[min(int(k), len(out) - 1)] ^= 1 << int(rng.integers(0, 8))
        elif kind == 1:
            out[at : at + int(rng.integers(1, 9))] = rng.bytes(int(rng.integers(1, 9)))
        elif kind == 2:
            del out[at:]
        elif kind == 3:
            del out[at : at + int(rng.integers(1, 200))]
        elif kind == 4:
            again = out[at : at + int(rng.integers(1, 200))]
            out[at:at] = again * int(rng.integers(1, 4))
        elif kind == 5:
            k = int(rng.integers(0, max(1, len(other) - 300)))
            out[at : at + 200] = other[k : k + 200]
        elif kind == 6:
            out[at : at + 4] = struct.pack("<I", int(rng.choice([0, 1, 2**31 - 1, 2**32 - 1])))
        else:
            _bold(out, rng)
    return bytes(out)


def _bold(out: bytearray, rng: np.random.Generator) -> None:
    """Gives an element that rules the layout one of the values that hurt."""
    tag = int(rng.choice(list(_BOLD)))
    form, values = _BOLD[tag]
    at = bytes(out).find(struct.pack("<HH", tag >> 16, tag & 0xFFFF) + b"US\x02\x00", 132)
    if 0 <= at <= len(out) - 10:  # an earlier change may have cut its value off
        struct.pack_into("<" + form, out, at + 8, int(rng.choice(values)))
