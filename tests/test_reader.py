"""The reader process answers over its pipe, hands pixels over in files and survives bad input."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.dicom_makers import SALT, index, save_stack
from wsl_studio.domain.index_file import IndexFile
from wsl_studio.domain.series import Index, Series

NAMES = {"PatientName": "Zzyzx^Planted", "PatientID": "ID-PLANTED", "StudyDescription": "Planted"}
PICTURE = np.arange(320, dtype=np.int16).reshape(16, 20)


class Pipe:
    """The window's end of a reader process."""

    def __init__(self, *how: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *(how or ("-m", "wsl_studio.reader"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.number = 0
        self.heard = b""

    def ask(self, do: str, **request: Any) -> int:
        self.number += 1
        line = json.dumps({"id": self.number, "do": do, **request}).encode() + b"\n"
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()
        return self.number

    def listen(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.heard += line
        return json.loads(line)

    def answer(self, number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The last word on a request, and the progress before it."""
        said = []
        while True:
            answer = self.listen()
            if answer["id"] == number and "progress" not in answer:
                return answer, said
            said.append(answer)

    def end(self) -> tuple[int, str]:
        """Closes standard input; exit code and standard error."""
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors.decode()


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    one = Pipe()
    yield one
    if one.process.poll() is None:
        one.process.kill()
    one.process.communicate()


def load(result: dict[str, Any]) -> np.ndarray:
    array = np.fromfile(result["file"], np.dtype(result["dtype"])).reshape(result["shape"])
    Path(result["file"]).unlink()
    return array


def body(series: Series) -> dict[str, Any]:
    return series.model_dump(mode="json")


def test_one_reader_answers_everything_and_ends(pipe: Pipe, tmp_path: Path) -> None:
    folder, scratch = tmp_path / "in", tmp_path / "scratch"
    scratch.mkdir()
    arrays = [PICTURE + i for i in range(6)]
    save_stack(folder, arrays, WindowCenter=40, WindowWidth=400, RescaleIntercept=-1024, **NAMES)
    (folder / "text.dcm").write_text("text")
    asked = pipe.ask(
        "index",
        folder=str(folder),
        salt=SALT.hex(),
        cache=str(tmp_path / "headers.jsonl"),
        scratch=str(scratch),
    )
    answer, said = pipe.answer(asked)
    result = answer["result"]
    assert (result["series"], result["images"], result["passed_over"]) == (1, 6, 1)
    assert any("progress" in one for one in said)
    lines = IndexFile(Path(result["file"]), 1, 1)
    found = Index(series=tuple(lines.series()), passed_over=tuple(lines.passed_over()), n_images=6)
    assert found == index(folder)
    Path(result["file"]).unlink()
    series = body(found.series[0])

    answer, said = pipe.answer(pipe.ask("volume", series=series, scratch=str(scratch)))
    assert said
    assert said[0]["progress"]["total"] == 6
    assert np.array_equal(load(answer["result"]), np.stack(arrays))
    volume = answer["result"]["volume"]
    assert (volume["slope"], volume["intercept"], volume["unit"]) == (1.0, -1024.0, "HU")
    assert [(w["centre"], w["width"]) for w in volume["windows"]] == [(40.0, 400.0)]
    assert volume["geometry"]["spacing_mm"] == [2.0, 0.5, 0.25]
    assert (volume["modality"], volume["is_inverted"], volume["notes"]) == ("CT", False, [])

    asked = pipe.ask("thumbnail", series=series, scratch=str(scratch), size_px=40)
    small = load(pipe.answer(asked)[0]["result"])
    assert max(small.shape) == 40
    assert small.dtype == np.uint8

    for word in ("Zzyzx", "PLANTED", "Planted"):
        assert word.encode() not in pipe.heard
    banner = pipe.answer(pipe.ask("banner", series=series))[0]["result"]["banner"]
    assert banner["Patient"] == "Zzyzx Planted"
    assert list(scratch.iterdir()) == []
    code, errors = pipe.end()
    assert code == 0
    assert errors == ""


def test_bad_requests_cost_one_answer_each(pipe: Pipe, tmp_path: Path) -> None:
    save_stack(tmp_path / "in", [PICTURE], **NAMES)
    series = index(tmp_path / "in").series[0]
    assert pipe.process.stdin is not None
    pipe.process.stdin.write(b"no json\n")
    pipe.process.stdin.flush()
    assert pipe.listen()["error"]["sentence"] == "The request is not a JSON object."
    assert "Bad request" in pipe.answer(pipe.ask("volume"))[0]["error"]["sentence"]
    assert (
        "knows no request"
        in pipe.answer(pipe.ask("dance", series=body(series)))[0]["error"]["sentence"]
    )
    gone = series.model_copy(
        update={"slices": (series.slices[0].model_copy(update={"path": "/no"}),)}
    )
    error = pipe.answer(pipe.ask("volume", series=body(gone), scratch=str(tmp_path)))[0]["error"]
    assert "it cannot be read" in error["sentence"]
    assert error["advice"]
    asked = pipe.ask("volume", series=body(series), scratch=str(tmp_path / "nowhere"))
    assert "could not be written" in pipe.answer(asked)[0]["error"]["sentence"]
    asked = pipe.ask("volume", series=body(series), scratch=str(tmp_path))
    assert np.array_equal(load(pipe.answer(asked)[0]["result"])[0], PICTURE)
    code, errors = pipe.end()
    assert code == 0
    for word in ("Zzyzx", "PLANTED", "Planted"):
        assert word not in errors


def test_cancel_stops_the_running_and_the_waiting(pipe: Pipe, tmp_path: Path) -> None:
    save_stack(tmp_path / "in", [PICTURE] * 400)
    asked = {"folder": str(tmp_path / "in"), "salt": "00", "scratch": str(tmp_path)}
    first = pipe.ask("index", **asked)
    second = pipe.ask("index", **asked)
    while "progress" not in pipe.listen():
        pass
    pipe.ask("cancel", of=first)
    pipe.ask("cancel", of=second)
    for number in (first, second):
        answer, _ = pipe.answer(number)
        assert answer["cancelled"] is True
    third = pipe.ask("index", **asked)
    answer, _ = pipe.answer(third)
    assert answer["result"]["images"] == 400
    assert pipe.end()[0] == 0


def test_closing_the_pipe_ends_the_reader_amid_its_work(pipe: Pipe, tmp_path: Path) -> None:
    save_stack(tmp_path / "in", [PICTURE] * 400)
    pipe.ask("index", folder=str(tmp_path / "in"), salt="00", scratch=str(tmp_path))
    pipe.listen()
    code, errors = pipe.end()
    assert (code, errors) == (0, "")
    assert [p.name for p in tmp_path.iterdir()] == ["in"]
