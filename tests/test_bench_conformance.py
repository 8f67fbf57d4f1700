"""The conformance bench calls equal what is equal, and wrong what is not."""

from pathlib import Path

import numpy as np
import pytest

from tests.dicom_makers import index, make_slice, save
from wsl_studio.bench import conformance
from wsl_studio.bench.conformance import Outcome, compare_families, judge, page
from wsl_studio.bench.second_reader import Reading, SecondReader
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.domain.progress import drain

PICTURE = np.arange(320, dtype=np.int16).reshape(16, 20)


def judged(
    folder: Path, monkeypatch: pytest.MonkeyPatch, frames: np.ndarray | None
) -> dict[str, Outcome]:
    """Outcomes of a folder when the other reader reads ``frames``."""
    readings = [] if frames is None else [Reading("other", frames)]
    monkeypatch.setattr(SecondReader, "read", lambda _self, _path: iter(readings))
    return {o.name: o for o in judge("test", folder, folder, {})}


def test_equal_wrong_and_unchecked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(make_slice(PICTURE, RescaleSlope=2, RescaleIntercept=-5), tmp_path / "1.dcm")
    (tmp_path / "text.dcm").write_text("no DICOM at all")
    values = PICTURE[None] * 2.0 - 5
    found = judged(tmp_path, monkeypatch, values)
    assert (found["1.dcm"].verdict, found["1.dcm"].why) == ("right", "equal to other.")
    assert found["text.dcm"].verdict == "refused"
    assert "DICM" in found["text.dcm"].why
    off = values.copy()
    off[0, 3, 4] += 0.001
    assert judged(tmp_path, monkeypatch, off)["1.dcm"].verdict == "WRONG"
    assert judged(tmp_path, monkeypatch, values[:, :-1])["1.dcm"].verdict == "WRONG"
    assert judged(tmp_path, monkeypatch, None)["1.dcm"].verdict == "UNCHECKED"


def test_a_fault_of_ours_is_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(make_slice(PICTURE), tmp_path / "1.dcm")

    def fail(_series: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(conformance, "read_volume", fail)
    assert judged(tmp_path, monkeypatch, None)["1.dcm"].verdict == "TRACEBACK"


def test_families_and_the_page(tmp_path: Path) -> None:
    save(make_slice(PICTURE), tmp_path / "1.dcm")
    values = conformance.values_of(drain(read_volume(index(tmp_path).series[0])))
    same = [
        Outcome("dicom", f"one_mr_nine_syntaxes/{k}.dcm", "MR", "right", "equal.", (values,))
        for k in range(9)
    ]
    assert compare_families(same) == ["The MR slice in nine syntaxes: 9 of 9 arrays are identical."]
    other = Outcome("dicom", "one_mr_nine_syntaxes/9.dcm", "MR", "right", "e.", (values + 1,))
    assert "not one_mr_nine_syntaxes/9.dcm" in compare_families([*same, other])[0]
    text = page([*same, other], ["a line"])
    assert "| one_mr_nine_syntaxes/0.dcm to 8.dcm (9) | MR | right | equal. |" in text
    assert "JPEG-LS" in text
    assert "Not read, and said so: JPEG 2000 Part 2" in text
