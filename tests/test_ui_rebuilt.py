"""Rebuilt pictures and nearest series: from the round folder to the screen."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes_session import FakeSession
from tests.learn_makers import features, model, small
from tests.test_ui_semi import round_with
from tests.ui_makers import open_window
from wsl_studio.domain.errors import KnownError
from wsl_studio.jobs.study import NEAREST, nearest
from wsl_studio.jobs.values import Rebuilt
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.pictures import coded_means, write_pictures
from wsl_studio.store import rounds
from wsl_studio.ui import words
from wsl_studio.ui.rebuilt import RebuiltStrip

CPU = torch.device("cpu")
SERIES = {f"1.2.{k}": features(k, slices=3, planted=[k % 2]) for k in range(4)}


def ensemble(name: str) -> Ensemble:
    return Ensemble([model(small(METHODS[name].recipe({}))).eval()])


def test_a_round_that_rebuilds_writes_a_strip_a_series_that_can_be_read_back(
    tmp_path: Path, qtbot: QtBot
) -> None:
    write_pictures(ensemble("hybridnet"), SERIES, tmp_path, CPU)
    captions, strip = rounds.read_rebuilt(tmp_path, "1.2.0")
    assert captions == ("series", "what tells findings", "the rest", "sum")
    picture = cv2.imdecode(np.frombuffer(strip, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture.shape == (128, 4 * 128 + 3 * 4)
    assert rounds.read_rebuilt(tmp_path, "another") == ((), b"")

    widget = RebuiltStrip()
    qtbot.addWidget(widget)
    widget.show_rebuilt(Rebuilt(captions, strip, (3, 1)))
    widget.show()
    assert widget.words == (*captions, "Most like it: series 3, 1")
    widget.show_rebuilt(Rebuilt(nearest=(2,)))
    assert widget.words == ("Most like it: series 2",)
    widget.show_rebuilt(Rebuilt())
    assert widget.words == ("",)

    (tmp_path / "pictures" / "captions.json").write_text(json.dumps(3))
    with pytest.raises(KnownError):
        rounds.read_rebuilt(tmp_path, "1.2.0")


def test_a_round_without_a_decoder_writes_none_and_without_an_encoder_has_no_codes(
    tmp_path: Path,
) -> None:
    write_pictures(ensemble("rotation"), SERIES, tmp_path, CPU)
    assert not (tmp_path / "pictures").exists()
    codes = coded_means(ensemble("rotation"), SERIES, CPU)
    assert set(codes) == set(SERIES)
    assert coded_means(ensemble("generalised"), SERIES, CPU) == {}


def test_the_nearest_series_are_those_with_the_nearest_codes() -> None:
    codes = {str(k): np.array([k, 100.0 * (k % 2)], np.float32) for k in range(9)}
    found = nearest(codes, "4")
    assert len(found) == NEAREST
    assert set(found[:2]) == {"2", "6"}
    assert nearest(codes, "none") == []


def seen_whole(one: QWidget) -> bool:
    """True if no part of a widget is cut off by what it scrolls in."""
    return one.isVisible() and one.visibleRegion().boundingRect() == one.rect()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pictures_and_captions_are_seen_without_scrolling_on_the_smallest_screen(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    write_pictures(ensemble("sdnet"), SERIES, tmp_path, CPU)
    captions, strip = rounds.read_rebuilt(tmp_path, "1.2.0")
    session = FakeSession(tmp_path)
    session.round_rows = [round_with(-0.1, 0.1)] * 3
    monkeypatch.setattr(session, "rebuilt", lambda _: Rebuilt(captions, strip, (12, 103, 5, 44)))
    words.speak(language)
    try:
        window = open_window(qtbot, qapp, session, tmp_path)  # type: ignore[arg-type]
        window.training.set_open(True)
        assert (window.width(), window.height()) == (1366, 768)
        strips = window.training.rebuilt
        qtbot.waitUntil(lambda: len(strips.words) == len(captions) + 1)
        labels = [one for one in strips.findChildren(QLabel) if one.isVisible() and one.text()]
        pictures = [one for one in strips.findChildren(QLabel) if not one.pixmap().isNull()]
        told = [one for one in labels if one.text() in map(words.local, captions)]
        assert [one.text() for one in told] == [*map(words.local, captions)]
        assert len(pictures) == len(captions)
        (button,) = strips.findChildren(QPushButton)
        qtbot.waitUntil(lambda: all(seen_whole(one) for one in (*labels, *pictures, button)))
        for one in (*told, button):
            assert one.fontMetrics().horizontalAdvance(one.text()) <= one.width()
    finally:
        words.speak("en")
