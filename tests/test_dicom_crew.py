"""A decoder that aborts, hangs or asks for 40 GB costs one slice and one sentence."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest

from tests.dicom_makers import change, compress, index, make_slice, save
from wsl_studio.decoder import can_limit_memory
from wsl_studio.dicom import crew
from wsl_studio.dicom.codestream import check_frame
from wsl_studio.dicom.crew import submit
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.dicom.syntaxes import RLE, Layout, NotReadable
from wsl_studio.domain.progress import drain

J2K = "1.2.840.10008.1.2.4.90"
PICTURE = np.arange(320, dtype=np.uint16).reshape(16, 20)
LAYOUT = Layout(16, 20, 1, "MONOCHROME2", 16, 16)
FRAME = imagecodecs.jpeg2k_encode(PICTURE, codecformat="j2k", reversible=True, level=0)
BAD = FRAME + b"BAD"


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Decoder processes in which some Python runs instead of decoding ``BAD``."""

    def set_up(what: str) -> None:
        crew.close()
        code = (
            "import os, time, ctypes, imagecodecs\nimport numpy as np\n"
            "from wsl_studio import decoder\n"
            "good = imagecodecs.jpeg2k_decode\n"
            f"def bad(data):\n if b'BAD' in data[-5:]: {what}\n return good(data)\n"
            "imagecodecs.jpeg2k_decode = bad\ndecoder.main()"
        )
        monkeypatch.setattr(crew, "COMMAND", [sys.executable, "-c", code])

    yield set_up
    crew.close()


def series_of_six(folder: Path):
    """A series whose third slice is ``BAD``."""
    for i in range(6):
        ds = compress(make_slice(PICTURE, InstanceNumber=i), [BAD if i == 2 else FRAME], J2K)
        save(change(ds, ImagePositionPatient=[0, 0, i]), folder / f"{i}.dcm")
    return index(folder).series[0]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("os.abort()", "its decoder crashed on it"),
        ("ctypes.string_at(0)", "its decoder crashed on it"),
        ("os._exit(0)", "its decoder crashed on it"),
        ("time.sleep(600)", "its decoder did not finish within 1 s"),
        ("exec('while True: pass')", "its decoder did not finish within 1 s"),
        ("np.ones(5 * 2**30)", "there is not enough memory to decode it"),
        ("raise SystemError('names a patient')", "its pixels cannot be decoded (SystemError)"),
    ],
)
def test_one_bad_frame_costs_one_slice(
    tmp_path: Path,
    breaking: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    sentence: str,
) -> None:
    if "np.ones" in what and not can_limit_memory():
        pytest.skip("this system cannot limit a process's memory")
    monkeypatch.setattr(crew, "CPU_S", 1.0)
    monkeypatch.setattr(crew, "WALL_S", 0.0 if "sleep" in what else 60.0)
    breaking(what)
    volume = drain(read_volume(series_of_six(tmp_path)))
    assert volume.notes == (f"Slice 3 is left empty: {sentence}.",)
    whole = [0, 1, 3, 4, 5]
    assert np.array_equal(volume.array[whole], np.stack([PICTURE] * 5))


def test_a_good_frame_does_not_pay_for_the_damage_of_another(
    breaking: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a damaged frame spoils in the memory of a decoder may end it at the next frame."""
    monkeypatch.setattr(crew, "LANES", 1)
    breaking("old = good; globals().update(good=lambda d: os.abort()); return old(data)")
    assert np.array_equal(submit(BAD, LAYOUT, J2K).result(), PICTURE)
    assert np.array_equal(submit(FRAME, LAYOUT, J2K).result(), PICTURE)


def test_frames_come_back_in_any_order_and_leave_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Path] = []
    make = tempfile.mkstemp

    def watched(**how: Any) -> tuple[int, str]:
        fd, name = make(**how)
        made.append(Path(name))
        return fd, name

    monkeypatch.setattr(tempfile, "mkstemp", watched)
    pending = [submit(FRAME, LAYOUT, J2K) for _ in range(20)]
    for one in reversed(pending):
        assert np.array_equal(one.result(), PICTURE)
    assert len(made) == 20
    assert not [path for path in made if path.exists()]


def test_a_cancelled_frame_holds_nobody_up(
    breaking: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "CPU_S", 0.4)
    monkeypatch.setattr(crew, "WALL_S", 0.0)
    breaking("time.sleep(600)")
    first = [submit(BAD, LAYOUT, J2K) for _ in range(crew.LANES)]
    more = [submit(BAD, LAYOUT, J2K) for _ in range(50)]
    for one in more:
        one.cancel()
    for one in first:
        with pytest.raises(NotReadable, match="did not finish"):
            one.result()
    assert np.array_equal(submit(FRAME, LAYOUT, J2K).result(), PICTURE)
    assert not any(one._job.array is not None for one in more)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarms")
def test_a_hanging_decoder_ends_though_nobody_is_left_to_end_it() -> None:
    code = (
        "import time; from wsl_studio.decoder import limit_time; limit_time(0, 0.2); time.sleep(60)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=30)
    assert done.returncode == -signal.SIGALRM


def test_a_decoder_process_that_cannot_start_is_said(
    breaking: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking("pass")
    monkeypatch.setattr(crew, "COMMAND", ["/nowhere/python"])
    with pytest.raises(NotReadable, match=r"cannot be handed to its decoder \(no such file"):
        submit(FRAME, LAYOUT, J2K).result()


def test_a_killed_process_is_replaced() -> None:
    submit(FRAME, LAYOUT, J2K).result()
    for lane in crew._crew.lanes:
        if lane._process is not None:
            os.kill(lane._process.pid, signal.SIGTERM)
            lane._process.wait()
    assert np.array_equal(submit(FRAME, LAYOUT, J2K).result(), PICTURE)


@pytest.mark.parametrize("syntax", [J2K, RLE, "1.2.840.10008.1.2.8.1"])
def test_a_frame_too_short_for_its_header_is_refused_unopened(syntax: str) -> None:
    huge = Layout(23000, 23000, 1, "MONOCHROME2", 16, 16)
    with pytest.raises(NotReadable, match=r"too short for the Rows \(0028,0010\)"):
        check_frame(bytes(9000), huge, syntax)
