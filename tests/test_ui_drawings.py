"""What a file draws beside its pixels, and its presentation states, as the reader meets them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.dicom_makers import change, index, make_slice, save
from tests.fakes_viewer import FakeSession, drag, make_ct, make_viewer, pixels
from tests.test_dicom_values import curve_item, overlay, state
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.volume import Volume
from wsl_studio.jobs.reading import Reader, take_volume
from wsl_studio.ui.canvas import Canvas
from wsl_studio.ui.viewer import VIEWER_ACTIONS


def through_the_reader(folder: Path, qtbot: QtBot) -> Volume:
    """The one series of a folder, by way of a reader process."""
    reader = Reader()
    answers: list[dict[str, object] | KnownError] = []
    try:
        series = index(folder).series[0].model_dump(mode="json")
        reader.ask("volume", {"series": series}, answers.append, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=60_000)
        assert isinstance(answers[0], dict)
        return take_volume("1.2.3", answers[0])
    finally:
        reader.close()


def study(folder: Path) -> Path:
    """A lossy series with a cross drawn on its second slice, a curve, padding, and a state."""
    ramp = np.tile(np.arange(0, 4000, 50, dtype=np.uint16), (64, 1))
    cross = np.zeros((64, 80), np.uint8)
    cross[30:33] = cross[:, 38:41] = 1
    for i in range(3):
        ds = make_slice(ramp, InstanceNumber=i, BitsStored=12, HighBit=11, PixelSpacing=[1, 1])
        change(ds, ImagePositionPatient=[0, 0, i], WindowCenter=2000, WindowWidth=4000)
        change(ds, LossyImageCompression="01", LossyImageCompressionRatio=8)
        ds.VOILUTSequence = [curve_item()]
        ds.add_new((0x0028, 0x0120), "US", 4095)
        save(overlay(ds, cross) if i == 1 else ds, folder / "ct" / f"{i}.dcm")
    save(state("1.2.3.4", PresentationLUTShape="INVERSE"), folder / "pr" / "1.dcm")
    return folder / "ct"


def greens(rgb: NDArray[np.int32]) -> int:
    return int(((rgb[..., 1] - rgb[..., 0] > 60) & (rgb[..., 1] > 120)).sum())


def test_overlays_are_shown_on_request_and_states_in_the_menu(tmp_path: Path, qtbot: QtBot) -> None:
    volume = through_the_reader(study(tmp_path), qtbot)
    assert volume.padding == (4095, 4095)
    session = FakeSession(volume)
    viewer = make_viewer(session, qtbot)
    viewer.show()
    assert viewer.drawings_button.isVisible()
    viewer.go_to(1)
    plain = pixels(viewer.canvas)
    assert greens(plain) == 0
    qtbot.mouseClick(viewer.drawings_button, Qt.MouseButton.LeftButton)
    drawn = pixels(viewer.canvas)
    assert greens(drawn) > 500
    viewer.go_to(0)
    assert greens(pixels(viewer.canvas)) == 0
    viewer.go_to(1)
    viewer.toggle_drawings()
    assert greens(pixels(viewer.canvas)) == 0

    names = [w.name for w in viewer.presets.all]
    assert names[:3] == ["File 1", "SOFT", "PR BONES"]
    viewer.use_window(2)
    assert viewer.window_button.text() == "PR BONES"
    turned = pixels(viewer.canvas)[200:220].mean((0, 2))
    middle = len(turned) // 2
    assert turned[:middle].max() > 200 > 60 > turned[middle:].max()  # low values are bright
    # A drag of the window keeps the shape of the curve.
    drag(viewer.canvas, (300, 300), (340, 320))
    assert viewer.canvas.view.window.curve == (1.0, 0.0)
    assert viewer.canvas.view.window.width != 199.0


def test_a_series_without_overlays_has_no_button_for_them(qtbot: QtBot) -> None:
    session = FakeSession(Volume("1.2.3", np.zeros((2, 8, 8), np.uint8)))
    viewer = make_viewer(session, qtbot)
    viewer.show()
    assert not viewer.drawings_button.isVisible()
    viewer.toggle_drawings()  # nothing to draw, nothing breaks
    viewer.canvas.grab()


def test_the_key_and_the_corner_say_it(tmp_path: Path, qtbot: QtBot) -> None:
    keys = {action.name: action.keys for action in VIEWER_ACTIONS}
    assert keys["drawings"] == ("Ctrl+D",)
    ds = make_slice(np.zeros((8, 8), np.uint8), LossyImageCompression="01")
    save(ds, tmp_path / "1.dcm")
    volume = through_the_reader(tmp_path, qtbot)
    assert volume.lossy == "lossy"
    viewer = make_viewer(FakeSession(volume), qtbot)
    lossy = pixels(viewer.canvas)
    viewer = make_viewer(FakeSession(replace(volume, lossy="")), qtbot)
    assert not np.array_equal(lossy, pixels(viewer.canvas))


def test_side_and_view_stand_in_the_corner_of_their_slice(qtbot):
    canvas, volume = Canvas(), make_ct()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    n = volume.n_slices
    shots = {}
    for name, sides in {
        "none": (),
        "some": ("",) * (n - 1) + ("R MLO",),
        "all": ("L",) * n,
    }.items():
        canvas.set_volume(replace(volume, sides=sides), volume.presets()[0], 0)
        first = pixels(canvas)[:24, 5:120].copy()
        canvas.set_slice(n - 1)
        shots[name] = first, pixels(canvas)[:24, 5:120].copy()
    assert np.array_equal(shots["some"][0], shots["none"][0])
    assert not np.array_equal(shots["some"][1], shots["none"][1])
    assert not np.array_equal(shots["all"][0], shots["none"][0])


def test_across_the_slices_only_what_all_of_them_share_is_said():
    mixed, same = (replace(make_ct(), sides=sides) for sides in (("R", "L"), ("R", "R")))
    assert (mixed.side(1), same.side(1), make_ct().side(0)) == ("L", "R", "")
    assert (mixed.side(30, axis=1), same.side(30, axis=2)) == ("", "R")
