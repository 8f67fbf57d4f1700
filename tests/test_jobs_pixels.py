"""Volumes in memory stay within their budget, the least recently seen going first."""

from pathlib import Path

import numpy as np
import pytest

from wsl_studio.domain.series import Series, SliceRef
from wsl_studio.jobs import pixels
from wsl_studio.jobs.pixels import Pixels

SHAPE = (2, 16, 16)
BYTES = 2 * 16 * 16 * 2


def series(uid: str) -> Series:
    return Series(uid=uid, stem=uid, patient_key="p", modality="CT", rows=16, columns=16,
                  slices=(SliceRef(path="/nowhere"),) * 2)  # fmt: skip


@pytest.fixture
def held(qapp: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Pixels whose readers answer at once with a volume of 1 KiB; and what they were asked."""
    asked: list[str] = []

    class Answering:
        is_busy = False

        def __init__(self, parent: object) -> None:
            del parent

        def ask(self, do, payload, on_result, on_error, **_):  # type: ignore[no-untyped-def]
            uid = payload["series"]["uid"]
            if do == "volume":
                asked.append(uid)
                file = tmp_path / f"{uid}-{len(asked)}.raw"
                np.zeros(SHAPE, np.int16).tofile(file)
                about = {"slope": 1.0, "intercept": 0.0, "modality": "CT"}
                on_result({"file": str(file), "shape": SHAPE, "dtype": "<i2", "volume": about})

        def cancel(self, request: object) -> None:
            del request

        def warm_up(self) -> None:
            """Nothing to start."""

        close = warm_up

    monkeypatch.setattr(pixels, "Reader", Answering)
    monkeypatch.setattr(pixels, "VOLUME_BYTES", 3 * BYTES)
    made = Pixels()
    yield made, asked
    made.close()


def test_the_budget_holds_however_many_series_are_opened(held) -> None:
    made, asked = held
    for k in range(100):
        made.show(series(str(k)))
        assert made.volume is not None
        assert made.volume.array.dtype == np.int16  # as stored
        assert sum(v.array.nbytes for v in made._volumes.values()) <= 3 * BYTES
    assert asked == [str(k) for k in range(100)]


def test_the_least_recently_seen_goes_first(held) -> None:
    made, asked = held
    for uid in "abcadac":  # d takes the place of b; c and a stay
        made.show(series(uid))
    assert asked == ["a", "b", "c", "d"]
    made.show(series("b"))
    assert asked[-1] == "b"


def test_a_series_larger_than_the_budget_is_shown_alone(
    held, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = held
    monkeypatch.setattr(pixels, "VOLUME_BYTES", BYTES // 2)
    made.show(series("a"))
    made.show(series("b"))
    assert made.volume is not None
    assert len(made._volumes) == 1
