"""MPEG and H.26x streams to RGB frames, by the FFmpeg (LGPL) that comes with OpenCV."""

import os
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wsl_studio.dicom.syntaxes import Layout, NotReadable

_STARTS: Final = (b"\0\0\x01", b"\0\0\0\x01")
"""MPEG elementary and program streams, H.264 and H.265 byte streams."""

_SYNC: Final = 0x47
_PACKET: Final = 188


def decode_video(data: bytes, layout: Layout) -> NDArray[np.uint8]:
    """The first ``layout.frames`` frames of a stream.

    Runs in a decoder process. FFmpeg is only handed what begins like a stream: a playlist would
    have it open other files.

    Returns:
        (F, H, W, 3) RGB; fewer frames where the stream holds fewer.

    Raises:
        NotReadable: It is no stream, of another size than the header says, or holds no frame.
    """
    if not is_stream(data):
        raise NotReadable("its video stream does not begin as MPEG, MP4 or H.26x does")
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "protocol_whitelist;file|threads;1"
    import cv2

    with tempfile.TemporaryDirectory(prefix="wsl-video-") as folder:
        path = Path(folder) / "stream"
        path.write_bytes(data)
        capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        try:
            return _frames(capture, layout)
        finally:
            capture.release()


def _frames(capture: Any, layout: Layout) -> NDArray[np.uint8]:
    out = np.empty((layout.frames, layout.rows, layout.columns, 3), np.uint8)
    for k in range(layout.frames):
        is_there, frame = capture.read()
        if not is_there:
            out = out[:k]
            break
        if frame.shape != out.shape[1:]:
            raise NotReadable(
                f"its video has {frame.shape[0]} x {frame.shape[1]} pixels where Rows (0028,0010)"
                f" and Columns (0028,0011) say {layout.rows} x {layout.columns}"
            )
        out[k] = frame[..., ::-1]
    if not len(out):
        raise NotReadable("its video stream holds no frame that can be decoded")
    return out


def is_stream(data: bytes) -> bool:
    """True for what begins as an MPEG, H.264 or H.265 stream, a transport stream or MP4."""
    if data.startswith(_STARTS) or data[4:8] == b"ftyp":
        return True
    return len(data) > _PACKET and data[0] == data[_PACKET] == _SYNC
