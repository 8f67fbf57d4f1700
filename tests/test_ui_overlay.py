"""Evidence as colour: where it is painted, which colour it has, and the sum in words."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFontMetricsF

from tests.fakes_viewer import is_blue, is_orange, make_ct, make_evidence, make_geometry, pixels
from wsl_studio.domain.evidence import Arithmetic
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.ui.arithmetic import EvidencePanel, Legend, SumLine, segments
from wsl_studio.ui.canvas import Canvas
from wsl_studio.ui.frame import Frame
from wsl_studio.ui.overlay import (
    EDGE,
    SPAN,
    ZERO,
    Style,
    colour_table,
    drawn,
    evidence_on_screen,
    legend_colours,
    paint_evidence,
    threshold_logits,
    to_colour,
)
from wsl_studio.ui.theme import AGAINST, FOR, MODEL, ink
from wsl_studio.ui.view import View, open_view, pan, transform, zoom_at

SIZE = (600, 700)
ALL = Style(True, 1.0, 0.0)
VOLUME = make_ct(3, 128, 160, geometry=make_geometry(3, 1.3, 0.8))

moves = st.tuples(
    st.floats(1.0, 8.0),
    st.tuples(st.floats(200, 400), st.floats(200, 400)),
    st.floats(-150, 150),
    st.floats(-150, 150),
)


def moved(view: View, move) -> View:
    factor, point, down, across = move
    return pan(zoom_at(view, SIZE, point, factor), SIZE, down, across)


def unpack(packed):
    """(alpha, red, green, blue) of packed premultiplied pixels."""
    value = np.asarray(packed).view(np.uint32)
    return tuple((value >> shift) & 255 for shift in (24, 16, 8, 0))


@given(moves, st.integers(3, 12), st.integers(3, 15))
def test_planted_evidence_is_painted_at_its_place(move, i, j):
    evidence = make_evidence(VOLUME, peaks=((1, i, j, 3.0),))
    view = moved(open_view(VOLUME, Window(40, 400), at=1), move)
    patch = paint_evidence(evidence, view, SIZE, colour_table(ALL))
    where = transform(view, SIZE)
    y, x = evidence.placement.pixel(i, j)
    cell_y, cell_x = 8 * where.scale_y, 8 * where.scale_x
    down, across = where.screen(y, x)
    if patch is None or not (
        cell_y < down < SIZE[0] - cell_y and cell_x < across < SIZE[1] - cell_x
    ):
        return  # the whole of the planted spot has to be in sight to have a centre
    alpha = unpack(patch.array)[0].astype(np.float64)
    rows, columns = np.mgrid[: alpha.shape[0], : alpha.shape[1]] + 0.5
    centre = (
        (alpha * rows).sum() / alpha.sum() + patch.top,
        (alpha * columns).sum() / alpha.sum() + patch.left,
    )
    found = where.image(*centre)
    assert found == pytest.approx((y, x), abs=0.5)


@given(moves, st.integers(0, 2**32 - 1))
def test_evidence_on_screen_is_the_evidence_under_the_cursor(move, seed):
    rng = np.random.default_rng(seed)
    evidence = make_evidence(VOLUME)
    evidence.grid[:] = rng.normal(0, 2, evidence.grid.shape)
    view = moved(open_view(VOLUME, Window(40, 400), at=2), move)
    found = evidence_on_screen(evidence, view, SIZE)
    if found is None:
        return
    logits, top, left = found
    for _ in range(5):
        r, c = rng.integers(logits.shape[0]), rng.integers(logits.shape[1])
        y, x = transform(view, SIZE).image(top + r + 0.5, left + c + 0.5)
        assert logits[r, c] == pytest.approx(evidence.value(2, y, x), abs=1e-4)


def test_on_the_widget_the_spot_is_where_the_pixels_are(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(SIZE[1], SIZE[0])
    canvas.set_volume(VOLUME, Window(2000, 100), 1)
    canvas.set_style(ALL)
    evidence = make_evidence(VOLUME, peaks=((1, 7, 9, 3.0),))
    canvas.set_evidence(evidence)
    assert canvas.view is not None
    canvas.set_view(pan(zoom_at(canvas.view, SIZE, (250, 300), 2.4), SIZE, 20, -30))
    strength = pixels(canvas)[..., 0].astype(np.float64)
    strength[is_orange(pixels(canvas)) == 0] = 0
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]] + 0.5
    centre = (strength * rows).sum() / strength.sum(), (strength * columns).sum() / strength.sum()
    found = transform(canvas.view, SIZE).image(*centre)
    assert found == pytest.approx(evidence.placement.pixel(7, 9), abs=0.5)


def test_for_is_orange_against_is_blue_and_weak_is_fainter():
    table = colour_table(ALL)
    logits = np.array([[3.0, 1.5, 0.0, -1.5, -3.0, 30.0, -30.0]], np.float32)
    alpha, red, green, blue = unpack(to_colour(logits, 3.0, table)[0])
    assert alpha.tolist() == [255, 128, 0, 128, 255, 255, 255]
    assert f"#{red[0]:02x}{green[0]:02x}{blue[0]:02x}" == FOR
    assert f"#{red[4]:02x}{green[4]:02x}{blue[4]:02x}" == AGAINST
    assert red[5] == red[0]


@given(st.floats(0, 1), st.floats(0, 1))
def test_every_colour_is_premultiplied_and_symmetric_and_grows(opacity, threshold):
    alpha, *rgb = unpack(colour_table(Style(True, opacity, threshold)))
    for channel in rgb:
        assert (channel <= alpha).all()
    assert (np.diff(alpha[ZERO:].astype(int)) >= 0).all()
    assert (alpha[ZERO : ZERO + SPAN + 1] == alpha[ZERO : ZERO - SPAN - 1 : -1]).all()
    assert alpha[-1] == round(opacity * 255 + 1e-9) or abs(alpha[-1] - opacity * 255) <= 0.5
    below = np.arange(65536)[np.abs(np.arange(65536) - ZERO) <= (threshold - EDGE) * SPAN]
    assert not alpha[below].any()


def test_nothing_is_drawn_up_to_the_threshold():
    style = Style(True, 1.0, 0.5)
    logits = np.linspace(-3, 3, 601, dtype=np.float32)[None]
    alpha = unpack(to_colour(logits, 3.0, colour_table(style)))[0][0]
    assert not alpha[np.abs(logits[0]) <= 1.5].any()
    assert alpha[np.abs(logits[0]) >= 1.6].all()
    evidence = make_evidence(VOLUME, scale=4.0)
    assert threshold_logits(evidence, style) == 2.0


def test_one_scale_for_all_slices():
    evidence = make_evidence(VOLUME, peaks=((0, 5, 5, 1.0), (1, 5, 5, 1.0), (1, 10, 10, 9.0)))
    spots = []
    for s in (0, 1):
        view = open_view(VOLUME, Window(40, 400), at=s)
        patch = paint_evidence(evidence, view, SIZE, colour_table(ALL))
        assert patch is not None
        y, x = transform(view, SIZE).screen(*evidence.placement.pixel(5, 5))
        spots.append(patch.array[int(y) - patch.top, int(x) - patch.left])
    assert spots[0] == spots[1]


def test_legend_is_the_table_of_the_overlay():
    line = legend_colours(201, 4, Style(True, 1.0, 0.3))
    alpha, red, _, blue = unpack(line)
    assert line.shape == (4, 201)
    assert alpha[0, 0] == alpha[0, -1] == 255
    assert blue[0, 0] > red[0, 0]
    assert red[0, -1] > blue[0, -1]
    assert not alpha[0, 71:130].any()


parts = st.floats(0, 30)


@given(parts, parts, st.floats(-5, 5), st.floats(-5, 5))
def test_the_coloured_line_is_the_sentence(positive, negative, rest, whole):
    sum_ = Arithmetic(positive, -negative, rest, positive - negative + rest + whole, whole)
    pieces = segments(sum_)
    assert "".join(text for text, _ in pieces) == sum_.sentence()
    colours = dict(pieces)
    assert next(c for t, c in colours.items() if t.endswith(" for")) == FOR
    assert next(c for t, c in colours.items() if t.endswith(" against")) == AGAINST


def test_a_long_sum_takes_two_lines_and_none_is_cut(qtbot):
    line = SumLine()
    qtbot.addWidget(line)
    line.resize(300, line.height())
    for *parts_of, n in ((2.1, -0.4, 0.0, 0.0, 1), (13.2, -10.4, -11.8, 0.0, 2),
                         (13.2, -10.4, -11.8, -12.1, 2)):  # fmt: skip
        positive, negative, rest, whole = parts_of
        line.set_segments(segments(Arithmetic(positive, negative, rest, sum(parts_of), whole)))
        shown, font = line.laid_out()
        texts = ["".join(text for text, _ in one) for one in shown]
        assert len(texts) == n
        assert "".join(texts) == line.text
        assert texts[-1].startswith(" = ") is (n == 2 and not whole)
        assert " = " in texts[-1]
        metrics = QFontMetricsF(font)
        assert max(map(metrics.horizontalAdvance, texts)) <= line.width()
        assert n * metrics.height() <= line.height() + 2


def test_the_panel_keeps_its_room_and_shows_no_colour_when_it_may_not(qtbot):
    panel = EvidencePanel()
    qtbot.addWidget(panel)
    panel.resize(900, panel.height())
    evidence = make_evidence(VOLUME)
    panel.show_evidence(evidence, Style(), "nodule, round 3")
    height, full = panel.height(), pixels(panel)
    assert is_orange(full).any()
    assert is_blue(full).any()
    assert panel.sum_line.text == "+2.1 for, −0.4 against = +1.7 → 0.85"
    panel.say("label first (blind), or press E to see", can_peek=True)
    empty = pixels(panel)
    assert not is_orange(empty).any()
    assert not is_blue(empty).any()
    assert panel.height() == height
    assert panel.sum_line.text == ""


def test_sliders_ask_for_a_style_and_follow_one(qtbot):
    panel = EvidencePanel()
    qtbot.addWidget(panel)
    panel.show_evidence(make_evidence(VOLUME), Style(True, 0.5, 0.2), "")
    assert (panel.opacity.value(), panel.threshold.value()) == (50, 20)
    with qtbot.waitSignal(panel.style_wanted) as caught:
        panel.threshold.setValue(40)
    assert caught.args == [Style(True, 0.5, 0.4)]


def with_spread(value: float):
    """Evidence at cell (7, 9), spread at cell (3, 4)."""
    evidence = make_evidence(VOLUME, peaks=((1, 7, 9, 3.0),), scale=4.0)
    spread = np.zeros_like(evidence.grid)
    spread[1, 3, 4] = value
    return replace(evidence, spread=spread)


def test_repeatability_draws_the_spread_in_a_colour_of_its_own(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(SIZE[1], SIZE[0])
    canvas.set_volume(VOLUME, Window(2000, 100), 1)
    evidence = with_spread(1.0)
    canvas.set_evidence(evidence)
    canvas.set_style(ALL)
    assert is_orange(pixels(canvas)).any()
    canvas.set_style(replace(ALL, is_spread=True))
    rgb = pixels(canvas)
    assert not is_orange(rgb).any()
    strength = np.clip(rgb[..., 0] - rgb[..., 1], 0, None).astype(np.float64)  # mauve, not grey
    strength[strength < 12] = 0
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]] + 0.5
    centre = (strength * rows).sum() / strength.sum(), (strength * columns).sum() / strength.sum()
    found = transform(canvas.view, SIZE).image(*centre)
    assert found == pytest.approx(evidence.placement.pixel(3, 4), abs=1.0)


def test_a_round_of_one_member_has_no_spread_to_draw():
    alone, style = make_evidence(VOLUME, scale=4.0), replace(ALL, is_spread=True)
    assert drawn(alone, style) == (alone, ALL)
    shown, kind = drawn(with_spread(1.0), style)
    assert (shown.scale, kind) == (1.0, style)
    assert threshold_logits(with_spread(1.0), replace(style, threshold=0.5)) == 0.5
    alpha, red, green, blue = unpack(to_colour(shown.grid[1], shown.scale, colour_table(kind)))
    assert alpha[3, 4] == 255
    assert f"#{red[3, 4]:02x}{green[3, 4]:02x}{blue[3, 4]:02x}" == MODEL
    assert alpha.sum() == 255, "cells that never move are not painted"


def test_the_panel_offers_repeatability_only_where_there_are_members(qtbot):
    panel = EvidencePanel()
    qtbot.addWidget(panel)
    panel.show_evidence(make_evidence(VOLUME), Style(), "")
    assert panel.spread.isHidden()
    evidence = with_spread(0.4)
    panel.show_evidence(evidence, Style(), "")
    assert not panel.spread.isHidden()
    assert [text for text, _ in panel.legend.words()] == ["−4.0 against", "logits", "for +4.0"]
    with qtbot.waitSignal(panel.style_wanted) as caught:
        panel.spread.click()
    assert caught.args == [Style(is_spread=True)]
    panel.set_style(caught.args[0], evidence)
    assert [text for text, _ in panel.legend.words()] == ["0", "spread, logits", "1.0"]
    with qtbot.waitSignal(panel.style_wanted) as caught:
        panel.threshold.setValue(50)
    assert caught.args[0].is_spread


steps = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([1.0, 2.5]), st.booleans(), st.floats(0.0, 0.9)),
    min_size=1,
    max_size=6,
)


@given(steps, st.sampled_from([np.int16, np.uint8]), st.booleans())
def test_a_frame_in_the_memory_of_the_last_is_the_same_as_a_new_one(way, dtype, is_colour):
    # At 1:1 the stored pixels are painted as they lie: nothing may be painted over them.
    rng, size = np.random.default_rng(1), (60, 70)
    shape = (3, 60, 70, 3) if is_colour else (3, 60, 70)
    array = rng.integers(0, 250, shape).astype(np.uint8 if is_colour else dtype)
    volume, kept = Volume("u", array, modality="CT"), array.copy()
    evidence = make_evidence(volume, peaks=((0, 2, 3, 4.0), (1, 5, 1, -2.0), (2, 0, 7, 1.0)))
    held = Frame(volume)
    for at, zoom, is_inverted, threshold in way:
        view = replace(open_view(volume, Window(100, 200), at=at), zoom=zoom)
        view, style = replace(view, is_inverted=is_inverted), Style(True, 0.8, threshold)
        fresh = Frame(volume)
        over = held.overlay_beside(view, size, evidence, style)
        assert (held.picture(view, size).array == fresh.picture(view, size).array).all()
        expected = fresh.overlay(view, size, evidence, style)
        assert (over.result().array == expected.array).all()
    assert (array == kept).all()


def test_the_unit_gives_way_where_the_words_of_the_ends_would_touch_it(qtbot):
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_scale(3.0, ALL)

    def said(width):
        legend.setFixedSize(width, 36)
        dim = np.array(QColor(ink().dim).getRgb()[:3])
        return (np.abs(pixels(legend)[18:].astype(int) - dim).max(-1) < 30).any()

    assert said(260)
    assert not said(120)
