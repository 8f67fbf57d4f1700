"""Video files open as a stack of frames, and damaged ones say why not."""

from pathlib import Path

import numpy as np
import pytest

from tests.dicom_makers import index, open_one
from wsl_studio.bench.mutations import make_file, make_video
from wsl_studio.dicom.pixels import read_volume, thumbnail
from wsl_studio.dicom.video import is_stream
from wsl_studio.domain.progress import drain

MPEG2 = "1.2.840.10008.1.2.4.100"
yy, xx = np.mgrid[:48, :64]
PICTURE = np.stack([xx * 4, yy * 5, 60 + xx + yy], axis=-1).astype(np.uint8)
STREAM = make_video(PICTURE, 6)


def test_a_video_is_a_stack_of_its_frames(tmp_path: Path) -> None:
    (tmp_path / "1.dcm").write_bytes(make_file(PICTURE, STREAM, MPEG2, n_frames=6))
    volume = open_one(tmp_path)
    assert volume.array.shape == (6, 48, 64, 3)
    assert volume.lossy == "lossy"
    for k, frame in enumerate(volume.array):
        # MPEG halves the colour and rounds; another frame or BGR would be far off.
        assert np.abs(frame.astype(int) - np.roll(PICTURE, k, axis=1)).mean() < 8
        assert np.abs(frame[..., ::-1].astype(int) - np.roll(PICTURE, k, axis=1)).mean() > 20
    assert thumbnail(index(tmp_path).series[0], 32).shape == (24, 32, 3)


def test_one_frame_of_it_is_that_frame(tmp_path: Path) -> None:
    (tmp_path / "1.dcm").write_bytes(make_file(PICTURE, STREAM, MPEG2, n_frames=6))
    series = index(tmp_path).series[0]
    whole = drain(read_volume(series)).array
    two = series.model_copy(update={"slices": (series.slices[4], series.slices[2])})
    assert np.array_equal(drain(read_volume(two)).array, whole[[4, 2]])


def test_a_video_that_ends_early_leaves_the_rest_empty(tmp_path: Path) -> None:
    (tmp_path / "1.dcm").write_bytes(make_file(PICTURE, STREAM, MPEG2, n_frames=8))
    volume = open_one(tmp_path)
    assert "Slices 7, 8 are left empty: its video stream ends before this frame." in volume.notes
    assert volume.array[:6].any(axis=(1, 2, 3)).all()


@pytest.mark.parametrize(
    ("stream", "n_frames", "why"),
    [
        (b"#EXTM3U\nfile:///etc/passwd\n", 6, "does not begin as"),
        (STREAM[:60], 6, "holds no frame"),
        (make_video(PICTURE[:32, :32], 2), 6, "32 x 32 pixels where Rows (0028,0010)"),
        (STREAM, 10**6, "Number of Frames (0028,0008) 1000000"),
    ],
)
def test_what_is_no_video_is_refused_with_a_reason(
    tmp_path: Path, stream: bytes, n_frames: int, why: str
) -> None:
    stream += b"\0" * (len(stream) % 2)
    (tmp_path / "1.dcm").write_bytes(make_file(PICTURE, stream, MPEG2, n_frames=n_frames))
    found = index(tmp_path)
    assert not found.series
    assert why in found.passed_over[0].reason


def test_streams_are_known_by_their_beginning() -> None:
    assert is_stream(STREAM)
    assert is_stream(b"\0\0\0\x20ftypisom")
    assert is_stream((b"\x47" + bytes(187)) * 2)
    assert not is_stream(b"\x47" + bytes(400))
    assert not is_stream(b"")
