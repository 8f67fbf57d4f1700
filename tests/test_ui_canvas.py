"""The image as a reader meets it: what is painted where, and what wheel and drags do."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from tests.fakes_viewer import drag, hover, make_ct, make_geometry, pixels, wheel
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window, grey
from wsl_studio.ui import paint
from wsl_studio.ui.canvas import Canvas, Texts
from wsl_studio.ui.decor import number, number_line, value_words
from wsl_studio.ui.frame import Frame, blit
from wsl_studio.ui.paint import Pyramid, halve, render
from wsl_studio.ui.view import (
    COLOUR_WINDOW,
    View,
    box_between,
    drag_window,
    go_to,
    open_view,
    pan,
    percent,
    reset,
    scale_bar,
    transform,
    zoom_at,
)

SOFT = Window(40, 400, "Soft tissue")
SIZE = (300, 400)


@pytest.fixture
def canvas(qtbot):
    widget = Canvas()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    return widget


def show(canvas, volume, window=SOFT, at=0):
    canvas.set_volume(volume, window, at)
    return canvas


views = st.builds(
    View,
    rows=st.integers(2, 5000),
    columns=st.integers(2, 5000),
    step_y=st.sampled_from([1.0, 1.7, 6.0]),
    zoom=st.floats(0.25, 20),
    centre_y=st.floats(0.2, 0.8),
    centre_x=st.floats(0.2, 0.8),
)
points = st.tuples(st.floats(0, 300), st.floats(0, 400))


@given(views, points)
def test_screen_and_image_positions_are_inverse(view, point):
    where = transform(view, SIZE)
    assert where.screen(*where.image(*point)) == pytest.approx(point, abs=1e-6)


@given(views, points, st.floats(0.5, 2))
def test_zoom_keeps_what_is_under_the_cursor(view, point, factor):
    after = zoom_at(view, SIZE, point, factor)
    if 0 < after.centre_y < 1 and 0 < after.centre_x < 1:
        y, x = transform(view, SIZE).image(*point)
        assert transform(after, SIZE).screen(y, x) == pytest.approx(point, abs=1e-3)


@given(views, st.floats(-2000, 2000), st.floats(-2000, 2000))
def test_pan_never_loses_the_image(view, down, across):
    after = pan(view, SIZE, down, across)
    y, x = transform(after, SIZE).image(SIZE[0] / 2, SIZE[1] / 2)
    assert -0.51 <= y <= view.rows - 0.49
    assert -0.51 <= x <= view.columns - 0.49
    assert reset(after).zoom == 1.0


@given(st.floats(1e-4, 100), st.floats(20, 300))
def test_scale_bar_is_the_longest_round_length_that_fits(mm_per_px, room):
    length, words = scale_bar(mm_per_px, room)
    assert room / 2.6 <= length <= room * (1 + 1e-6)
    value, unit = words.split()
    mm = float(value) * {"cm": 10.0, "mm": 1.0, "µm": 1e-3}[unit]
    assert mm == pytest.approx(length * mm_per_px, rel=1e-5)
    assert f"{mm:.0e}"[0] in "125"


def test_boxes_are_whole_pixels_inside_the_image():
    view = View(100, 80)
    assert box_between(view, (10.2, 20.6), (4.9, 30.1)) == (21.0, 5.0, 31.0, 11.0)
    assert box_between(view, (-50, -50), (500, 500)) == (0.0, 0.0, 80.0, 100.0)
    assert box_between(view, (10, 10), (10, 40)) is None
    assert box_between(view, (-50, -50), (-10, -10)) is None


def test_window_drag_widens_to_the_right_darkens_downwards_and_shift_is_fine():
    wide, dark = drag_window(SOFT, 0, 50), drag_window(SOFT, 50, 0)
    assert wide.width > 400
    assert wide.centre == 40
    assert dark.centre > 40
    assert dark.width == 400
    fine = drag_window(SOFT, 50, 50, gain=0.2)
    assert 0 < fine.centre - 40 < dark.centre - 40
    assert 0 < fine.width - 400 < wide.width - 400


def greys(patch):
    """Grey of packed pixels, which must be opaque and have no colour."""
    pixels = np.ascontiguousarray(patch.array).view(np.uint8).reshape(*patch.array.shape, 4)
    assert (pixels[..., 3] == 255).all()
    assert (pixels[..., :3] == pixels[..., :1]).all()
    return pixels[..., 0]


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16])
@pytest.mark.parametrize("has_wide_table", [True, False])
def test_grey_on_screen_is_the_grey_of_the_standard(dtype, has_wide_table, monkeypatch):
    if not has_wide_table:
        monkeypatch.setattr(paint, "has_wide_table", lambda: False)
    low = np.iinfo(dtype).min
    array = (np.arange(30 * 40).reshape(1, 30, 40) * 7 % 250 + max(low, -100)).astype(dtype)
    volume = Volume("u", array, slope=2.0, intercept=-30.0, modality="CT")
    patch = render(Pyramid(volume), open_view(volume, SOFT), (30, 40))
    assert (patch.top, patch.left) == (0, 0)
    assert (greys(patch) == grey(array[0] * 2.0 - 30.0, SOFT)).all()


def test_monochrome1_is_inverted_by_itself_and_the_reader_can_turn_it_back():
    volume = replace(make_ct(), is_inverted=True)
    view = open_view(volume, SOFT)
    dark = greys(render(Pyramid(volume), view, (64, 80)))
    light = greys(render(Pyramid(volume), replace(view, is_inverted=True), (64, 80)))
    assert dark[0, 0] == 255
    assert (light == 255 - dark).all()


def test_the_same_value_is_the_same_grey_on_every_slice():
    array = np.full((2, 20, 20), 50, np.int16)
    array[1, :5] = 3000
    volume = Volume("u", array, modality="CT")
    frames = [render(Pyramid(volume), open_view(volume, SOFT, at=s), (20, 20)) for s in (0, 1)]
    assert frames[0].array[15, 10] == frames[1].array[15, 10]


@given(st.integers(1, 9), st.integers(1, 9))
def test_halving_keeps_means_and_repeats_odd_edges(h, w):
    plane = np.arange(h * w, dtype=np.float32).reshape(h, w)
    padded = np.pad(plane, ((0, h % 2), (0, w % 2)), mode="edge")
    blocks = padded.reshape(padded.shape[0] // 2, 2, padded.shape[1] // 2, 2)
    assert halve(plane) == pytest.approx(blocks.mean((1, 3)))


def test_pyramid_keeps_to_its_budget():
    volume = make_ct(40, 64, 64)
    pyramid = Pyramid(volume, budget_bytes=5 * 32 * 32 * 2)
    for s in range(40):
        assert pyramid.level(s, 1).shape == (32, 32)
    assert pyramid.n_bytes == 5 * 32 * 32 * 2
    assert pyramid.level(3, 2).shape == (16, 16)


def test_a_small_thing_in_a_large_image_survives_the_fit():
    array = np.zeros((1, 2048, 2048), np.uint16)
    array[0, 1024:1032, 512:520] = 4000  # 8 x 8 of 2048: one pixel on a screen of 256
    volume = Volume("u", array, modality="MG")
    image = greys(render(Pyramid(volume), open_view(volume, Window(2000, 4000)), (256, 256)))
    assert image[128, 64] > 230
    assert image.sum() == pytest.approx(255, rel=0.2)


def test_a_patch_of_device_pixels_is_sharp_at_a_ratio_of_two(qapp):
    stripes = np.tile(np.array([[-1000, 1000]], np.int16), (60, 40))[None]
    volume = Volume("u", stripes, modality="CT")
    patch = Frame(volume).picture(open_view(volume, SOFT), (60, 80))
    screen = QImage(80, 60, QImage.Format.Format_RGB888)
    screen.setDevicePixelRatio(2.0)
    screen.fill(0)
    painter = QPainter(screen)
    blit(painter, patch, 2.0)
    painter.end()
    row = [screen.pixelColor(x, 30).red() for x in range(80)]
    assert row == [0, 255] * 40


def block_of(rgb):
    """Edges (top, bottom, left, right) of the bright block of ``make_ct``."""
    inside = rgb[40:240, 60:340].min(-1) > 120  # away from the words at the edges
    ys, xs = np.nonzero(inside)
    return ys.min() + 40, ys.max() + 41, xs.min() + 60, xs.max() + 61


def test_pixels_are_as_high_as_they_are_in_the_patient(canvas):
    square = make_ct(1, 40, 40, geometry=make_geometry(1, 1.0, 1.0))
    top, bottom, left, right = block_of(pixels(show(canvas, square)))
    assert (bottom - top) / (right - left) == pytest.approx(1.0, abs=0.05)
    tall = make_ct(1, 40, 40, geometry=make_geometry(1, 2.0, 1.0))
    top, bottom, left, right = block_of(pixels(show(canvas, tall)))
    assert (bottom - top) / (right - left) == pytest.approx(2.0, abs=0.1)


def test_around_the_image_it_is_black(canvas):
    rgb = pixels(show(canvas, make_ct(1, 60, 20), Window(-1000, 100)))
    assert rgb[60:250, 10:120].max() == 0
    assert rgb[20:40, 190:210].min() > 100


def test_colour_is_painted_as_stored_and_can_be_inverted(canvas):
    array = np.zeros((1, 30, 40, 3), np.uint8)
    array[..., 0], array[..., 1] = 200, 90
    show(canvas, Volume("u", array, modality="US"), COLOUR_WINDOW)
    assert pixels(canvas)[150, 200].tolist() == [200, 90, 0]
    canvas.invert()
    assert pixels(canvas)[150, 200].tolist() == [55, 165, 255]


def test_letters_and_bar_are_there_only_with_a_geometry(canvas):
    dark = Window(3000, 100)
    with_grid = pixels(show(canvas, make_ct(geometry=make_geometry()), dark))
    without = pixels(show(canvas, make_ct(), dark))
    left_letter, bar = np.s_[140:165, 5:40], np.s_[250:270, 5:100]
    for place in (left_letter, bar):
        assert with_grid[place].max() > 150
        assert without[place].max() == 0


def test_without_a_volume_the_next_step_is_said(canvas):
    canvas.set_texts(Texts(empty="Open a project"))
    assert pixels(canvas)[130:170].max() > 90
    show(canvas, make_ct())
    canvas.set_volume(None)
    assert canvas.view is None


def test_wheel_asks_for_slices_and_sums_fine_steps(canvas, qtbot):
    show(canvas, make_ct())
    asked: list[int] = []
    canvas.slices_wanted.connect(asked.append)
    wheel(canvas, -1)
    wheel(canvas, 2)
    for _ in range(4):
        wheel(canvas, -0.25)
    assert asked == [1, -2, 1]


def test_shift_wheel_asks_for_opacity_and_ctrl_wheel_zooms(canvas):
    show(canvas, make_ct())
    asked: list[int] = []
    canvas.opacity_wanted.connect(asked.append)
    wheel(canvas, 1, Qt.KeyboardModifier.ShiftModifier)
    wheel(canvas, 2, Qt.KeyboardModifier.ControlModifier, at=(200, 150))
    assert asked == [1]
    assert canvas.view.zoom > 1.2


def test_left_drag_windows_and_the_picture_follows(canvas):
    show(canvas, make_ct(), Window(100, 400))
    before = pixels(canvas)[110, 140]
    drag(canvas, (100, 100), (100, 180))
    assert canvas.view.window.centre > 100
    assert canvas.view.window.name == ""
    assert pixels(canvas)[110, 140].sum() < before.sum()


def test_right_drag_zooms_about_the_press_and_middle_drag_pans(canvas):
    show(canvas, make_ct())
    at = transform(canvas.view, canvas.viewport).image(120, 150)
    drag(canvas, (150, 120), (150, 40), Qt.MouseButton.RightButton)
    assert canvas.view.zoom > 1.5
    where = transform(canvas.view, canvas.viewport)
    assert where.screen(*at) == pytest.approx((120, 150), abs=0.01)
    y, x = where.screen(*at)
    drag(canvas, (150, 120), (170, 110), Qt.MouseButton.MiddleButton)
    control = Qt.KeyboardModifier.ControlModifier
    drag(canvas, (150, 120), (155, 120), Qt.MouseButton.LeftButton, control)
    moved = transform(canvas.view, canvas.viewport).screen(*at)
    assert moved == pytest.approx((y - 10, x + 25), abs=0.01)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    assert canvas.view.zoom == 1.0
    assert canvas.view.centre_y == 0.5


def test_a_box_is_drawn_once_in_pixels_of_the_image(canvas, qtbot):
    show(canvas, make_ct(), at=4)
    canvas.arm_box()
    where = transform(canvas.view, canvas.viewport)
    (y0, x0), (y1, x1) = where.screen(10.1, 20.1), where.screen(29.3, 49.3)
    with qtbot.waitSignal(canvas.box_drawn) as caught:
        drag(canvas, (x1, y1), (x0, y0))
    assert caught.args == [4, (20.0, 10.0, 50.0, 30.0)]
    assert not canvas.is_boxing
    window = canvas.view.window
    drag(canvas, (100, 100), (130, 130))
    assert canvas.view.window != window


def test_leaving_the_box_tool_draws_nothing(canvas, qtbot):
    show(canvas, make_ct())
    canvas.arm_box()
    with qtbot.assertNotEmitted(canvas.box_drawn):
        drag(canvas, (100, 100), (180, 180), lets_go=False)
        canvas.leave_tool()
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    assert not canvas.is_boxing


def test_another_slice_keeps_zoom_and_window_another_series_does_not(canvas):
    show(canvas, make_ct())
    canvas.zoom_by(3.0)
    canvas.set_window(Window(0, 50))
    canvas.set_slice(5)
    assert (canvas.view.slice, canvas.view.zoom) == (5, 3.0)
    assert canvas.view.window == Window(0, 50)
    show(canvas, make_ct())
    assert canvas.view.zoom == 1.0


def test_numbers_name_window_slice_zoom_and_the_value_under_the_cursor(canvas):
    volume = make_ct()
    view = go_to(open_view(volume, SOFT), 2)
    size = (128, 160)
    parts = [text for text, _ in number_line(volume, view, size, "100 HU", -1.26)]
    assert parts == [
        "W 400  L 40",
        "slice 3/12",
        f"zoom {percent(view, size):.0f} %",
        "100 HU",
        "evidence \N{MINUS SIGN}1.3",
    ]
    assert percent(view, size) == 200
    assert number_line(volume, view, size, "", None)[-1][0] == "zoom 200 %"
    text, widest = number_line(volume, view, size, "100 HU", -1.26, 0.34)[-1]
    assert text == "evidence −1.3 ± 0.3"
    assert len(widest) >= len(text)


def test_values_of_fine_and_coloured_volumes_are_said_in_full():
    fine = Volume("u", np.full((1, 2, 2), 7, np.uint16), slope=0.01, unit="SUVbw")
    assert value_words(fine, 7) == "0.07 SUVbw"
    assert value_words(Volume("u", np.zeros((1, 2, 2, 3), np.uint8)), (9, 9, 9)) == "R 9  G 9  B 9"
    assert number(-0.2, 0) == "0"


def test_hovering_repaints_no_pixel_of_the_image(canvas):
    show(canvas, make_ct())
    before = pixels(canvas)
    hover(canvas, 140, 110)
    after = pixels(canvas)
    assert (before[:240] == after[:240]).all()
    assert (before[260:] != after[260:]).any()
