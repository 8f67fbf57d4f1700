"""What of a series is on screen, as one frozen value, and the pure functions that move it.

Two frames of reference. Image: row y and column x where pixel k has its centre at k. Screen:
device pixels of the viewport, from its top left corner, where device pixel k covers k to k + 1.
"""

import math
from dataclasses import dataclass, replace
from typing import Final

from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.domain.words import say
from wsl_studio.ui.words import tr

Size = tuple[int, int]
"""(height, width) of the viewport in device pixels."""

COLOUR_WINDOW: Final = Window(127.5, 255.0, say("As stored"), "LINEAR_EXACT")
"""The window that leaves 8-bit colour as it is."""
MAX_PIXEL_PX: Final = 64.0
"""The largest an image pixel gets, in device pixels."""


@dataclass(frozen=True)
class View:
    """What is on screen of one series.

    Args:
        rows: Pixels down, > 0.
        columns: Pixels across, > 0.
        n_slices: Slices, > 0.
        step_y: Height of a pixel relative to the finer of the two spacings, >= 1.
        step_x: Width of a pixel, likewise; one of the two is 1.
        slice: From 0.
        zoom: Relative to the fit into the viewport; 1 fits.
        centre_y: Image position at the middle of the viewport, as a share of the height.
        centre_x: As a share of the width.
        window: In modality units.
        is_inverted: True if the reader inverted the grey scale.
    """

    rows: int
    columns: int
    n_slices: int = 1
    step_y: float = 1.0
    step_x: float = 1.0
    slice: int = 0
    zoom: float = 1.0
    centre_y: float = 0.5
    centre_x: float = 0.5
    window: Window = COLOUR_WINDOW
    is_inverted: bool = False


@dataclass(frozen=True)
class Transform:
    """Image to screen: ``screen = shift + scale * (pixel + 0.5)`` on each axis."""

    scale_y: float
    scale_x: float
    shift_y: float
    shift_x: float

    def screen(self, y: float, x: float) -> tuple[float, float]:
        """Screen position (down, across) of an image position."""
        return (
            self.shift_y + self.scale_y * (y + 0.5),
            self.shift_x + self.scale_x * (x + 0.5),
        )

    def image(self, down: float, across: float) -> tuple[float, float]:
        """Image position (y, x) under a screen position."""
        return (
            (down - self.shift_y) / self.scale_y - 0.5,
            (across - self.shift_x) / self.scale_x - 0.5,
        )


def open_view(volume: Volume, window: Window, *, at: int = 0) -> View:
    """The first view of a series: fitted, upright, not inverted."""
    rows, columns = int(volume.array.shape[1]), int(volume.array.shape[2])
    step_y = step_x = 1.0
    if volume.geometry is not None:
        _, dy, dx = volume.geometry.spacing_mm
        finest = min(dy, dx)
        if finest > 0 and math.isfinite(dy / finest) and math.isfinite(dx / finest):
            step_y, step_x = dy / finest, dx / finest
    view = View(rows, columns, volume.n_slices, step_y, step_x, window=window)
    return go_to(view, at)


def fit_scale(view: View, size: Size) -> float:
    """Device pixels per finest pixel spacing at zoom 1."""
    height, width = view.rows * view.step_y, view.columns * view.step_x
    return max(min(size[0] / height, size[1] / width), 1e-6)


def transform(view: View, size: Size) -> Transform:
    """Where the image lies on a viewport."""
    scale = fit_scale(view, size) * view.zoom
    scale_y, scale_x = scale * view.step_y, scale * view.step_x
    return Transform(
        scale_y,
        scale_x,
        size[0] / 2.0 - scale_y * view.rows * view.centre_y,
        size[1] / 2.0 - scale_x * view.columns * view.centre_x,
    )


def percent(view: View, size: Size) -> float:
    """Zoom in per cent: 100 shows one pixel of the finer spacing on one device pixel."""
    return 100.0 * fit_scale(view, size) * view.zoom


def zoom_at(view: View, size: Size, point: tuple[float, float], factor: float) -> View:
    """Zooms by a factor; the image position under ``point`` (down, across) stays there."""
    fit = fit_scale(view, size)
    largest = max(MAX_PIXEL_PX / fit, 1.0)
    zoom = min(max(view.zoom * factor, 0.25), largest)
    before = transform(view, size)
    y, x = before.image(*point)
    scale = fit * zoom
    centre_y = (y + 0.5) + (size[0] / 2.0 - point[0]) / (scale * view.step_y)
    centre_x = (x + 0.5) + (size[1] / 2.0 - point[1]) / (scale * view.step_x)
    return replace(
        view,
        zoom=zoom,
        centre_y=_share(centre_y / view.rows),
        centre_x=_share(centre_x / view.columns),
    )


def pan(view: View, size: Size, down: float, across: float) -> View:
    """Moves the image by device pixels; its edge cannot pass the middle of the viewport."""
    now = transform(view, size)
    return replace(
        view,
        centre_y=_share(view.centre_y - down / (now.scale_y * view.rows)),
        centre_x=_share(view.centre_x - across / (now.scale_x * view.columns)),
    )


def reset(view: View) -> View:
    """Fitted and centred again; slice, window and inversion stay."""
    return replace(view, zoom=1.0, centre_y=0.5, centre_x=0.5)


def go_to(view: View, index: int) -> View:
    """Another slice, held to those there are."""
    return replace(view, slice=min(max(index, 0), view.n_slices - 1))


def one_to_one(view: View, size: Size) -> View:
    """One pixel of the finer spacing on one device pixel, about the same centre."""
    return replace(view, zoom=1.0 / fit_scale(view, size))


def zoom_to(view: View, size: Size, box: tuple[float, float, float, float]) -> View:
    """A part of the image as large as the viewport allows; (x0, y0, x1, y1) in display pixels."""
    x0, y0, x1, y1 = box
    scale = min(size[0] / ((y1 - y0) * view.step_y), size[1] / ((x1 - x0) * view.step_x))
    return replace(
        view,
        zoom=min(scale, MAX_PIXEL_PX) / fit_scale(view, size),
        centre_y=_share((y0 + y1) / 2 / view.rows),
        centre_x=_share((x0 + x1) / 2 / view.columns),
    )


def drag_window(window: Window, down: float, across: float, *, gain: float = 1.0) -> Window:
    """Window-level drag: across widens, down raises the level (darker).

    Steps are shares of the width, so that the same gesture serves 12-bit CT and small floats.

    Args:
        window: Before.
        down: Logical pixels moved down.
        across: Logical pixels moved right.
        gain: Of the step: under 1 is finer, above 1 coarser.
    """
    width = window.width * math.exp(gain * across / 250.0)
    width = min(max(width, 1e-4), 1e7)
    centre = window.centre + gain * down * max(window.width, width) / 350.0
    return replace(window, centre=centre, width=width, name="")


def contains(view: View, y: float, x: float) -> bool:
    """True if an image position lies on a pixel."""
    return -0.5 <= y < view.rows - 0.5 and -0.5 <= x < view.columns - 0.5


def box_between(
    view: View, start: tuple[float, float], end: tuple[float, float]
) -> tuple[float, float, float, float] | None:
    """The whole pixels between two image positions (y, x).

    Returns:
        (x0, y0, x1, y1) with x1 and y1 exclusive, or None where nothing of the image is between
        or the box is under two pixels wide or high.
    """
    y0, y1 = sorted((start[0] + 0.5, end[0] + 0.5))
    x0, x1 = sorted((start[1] + 0.5, end[1] + 0.5))
    top, bottom = max(0, math.floor(y0)), min(view.rows, math.ceil(y1))
    left, right = max(0, math.floor(x0)), min(view.columns, math.ceil(x1))
    if bottom - top < 2 or right - left < 2:
        return None
    return float(left), float(top), float(right), float(bottom)


def scale_bar(mm_per_px: float, longest_px: float) -> tuple[float, str]:
    """The longest round length (1, 2 or 5 x 10^n mm) that fits.

    Args:
        mm_per_px: Millimetres per logical pixel along the bar, > 0.
        longest_px: Room for the bar in logical pixels, > 0.

    Returns:
        Length in logical pixels, and its words (``'5 cm'``, ``'2 mm'``).
    """
    longest = mm_per_px * longest_px
    power = 10.0 ** math.floor(math.log10(longest))
    mm = max(k * power for k in (1, 2, 5) if k * power <= longest * (1 + 1e-9))
    if mm >= 10:
        words = tr("{mm:g} cm", mm=mm / 10)
    elif mm >= 0.1:
        words = tr("{mm:g} mm", mm=mm)
    else:
        words = f"{mm * 1000:g} µm"
    return mm / mm_per_px, words


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
