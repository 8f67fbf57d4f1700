"""What presentation states draw on the slices of a series: outlines, points and short texts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset

from wsl_studio.dicom.elements import PARSE_ERRORS, items, numbers, text
from wsl_studio.dicom.overlays import MOST_BYTES
from wsl_studio.domain.series import Series

MOST_POINTS: Final = 10_000
MOST_LETTERS: Final = 80
STEPS: Final = 8
"""Short lines between two points of an interpolated curve."""

Points = NDArray[np.float64]
"""(P, 2) as (x, y) in pixels; 0, 0 is the outer corner of the first pixel, as the standard says."""


def draw_states(
    series: Series, found: Iterable[Dataset], drawings: NDArray[np.uint8] | None
) -> NDArray[np.uint8] | None:
    """Adds the graphics of presentation states to the overlays of a series.

    Args:
        series: On whose slices they are drawn.
        found: Its presentation states, from ``presentations.states``.
        drawings: (S, H, W) to draw on, or None.

    Returns:
        (S, H, W), 1 where something is drawn; what was given where no state draws anything. A
        graphic that is damaged is left out.

    Source:
        DICOM PS3.3 C.10.5 (Graphic Annotation), C.10.4 (Displayed Area).
    """
    if series.n_slices * series.rows * series.columns > MOST_BYTES:
        return drawings
    for state in found:
        for annotation in items(state, "GraphicAnnotationSequence"):
            where = _slices(series, annotation)
            if not where:
                continue
            page = np.zeros((series.rows, series.columns), np.uint8)
            for graphic in items(annotation, "GraphicObjectSequence"):
                _draw(page, graphic, state)
            for words in items(annotation, "TextObjectSequence"):
                _write(page, words, state)
            if page.any():
                if drawings is None:
                    drawings = np.zeros((series.n_slices, *page.shape), np.uint8)
                drawings[where] |= page
    return drawings


def _slices(series: Series, annotation: Dataset) -> list[int]:
    """Slices that an annotation is about; all of them where it names none."""
    named = items(annotation, "ReferencedImageSequence")
    if not named:
        return list(range(series.n_slices))
    frames = {
        text(one, "ReferencedSOPInstanceUID"): numbers(one, "ReferencedFrameNumber")
        for one in named
    }
    return [
        i
        for i, ref in enumerate(series.slices)
        if ref.uid in frames and (not frames[ref.uid] or ref.frame + 1 in (frames[ref.uid] or ()))
    ]


def _points(
    values: Sequence[float] | None, unit: str, state: Dataset, page: NDArray[Any]
) -> Points:
    """Pixel positions of pairs of numbers; none where they are no pairs."""
    if not values or len(values) % 2 or len(values) > 2 * MOST_POINTS:
        return np.zeros((0, 2))
    points = np.array(values, np.float64).reshape(-1, 2)
    if unit == "DISPLAY":  # shares of the part of the image that the state shows
        first, last = _shown(state, page)
        points = first + points * (last - first)
    return points[np.isfinite(points).all(axis=1)].clip(-1e5, 1e5)


def _shown(state: Dataset, page: NDArray[Any]) -> tuple[Points, Points]:
    whole = np.zeros(2), np.array(page.shape[::-1], np.float64)
    for area in items(state, "DisplayedAreaSelectionSequence"):
        first = numbers(area, "DisplayedAreaTopLeftHandCorner")
        last = numbers(area, "DisplayedAreaBottomRightHandCorner")
        if first and last and len(first) == len(last) == 2:
            return np.array(first) - 1, np.array(last)
    return whole


def _draw(page: NDArray[np.uint8], graphic: Dataset, state: Dataset) -> None:
    """One outline or point."""
    unit = text(graphic, "GraphicAnnotationUnits").upper()
    points = _points(numbers(graphic, "GraphicData"), unit, state, page)
    outline = {
        "POINT": _cross, "POLYLINE": _as_it_is, "INTERPOLATED": _smooth,
        "CIRCLE": _circle, "ELLIPSE": _ellipse,
    }.get(text(graphic, "GraphicType").upper())  # fmt: skip
    if outline is None or not len(points):
        return
    for line in outline(points):
        _line(page, line)


def _line(page: NDArray[np.uint8], points: Points) -> None:
    # cv2 counts from the middle of a pixel; four more bits place a line between pixels.
    fixed = np.rint((points - 0.5) * 16).astype(np.int32)
    cv2.polylines(page, [fixed[:, None]], isClosed=False, color=1, shift=4)


def _as_it_is(points: Points) -> Iterator[Points]:
    yield points


def _cross(points: Points) -> Iterator[Points]:
    for x, y in points:
        yield np.array([(x - 4, y), (x + 4, y)])
        yield np.array([(x, y - 4), (x, y + 4)])


def _circle(points: Points) -> Iterator[Points]:
    """Two points: the centre, and one on the line."""
    if len(points) == 2:
        (x, y), (u, v) = points
        r, turn = np.hypot(u - x, v - y), np.linspace(0, 2 * np.pi, 129)
        yield np.stack([x + r * np.cos(turn), y + r * np.sin(turn)], axis=1)


def _ellipse(points: Points) -> Iterator[Points]:
    """Four points: the ends of the major axis, then of the minor one."""
    if len(points) == 4:
        centre, turn = points[:2].mean(axis=0), np.linspace(0, 2 * np.pi, 129)[:, None]
        major, minor = (points[1] - points[0]) / 2, (points[3] - points[2]) / 2
        yield centre + np.cos(turn) * major + np.sin(turn) * minor


def _smooth(points: Points) -> Iterator[Points]:
    """A curve through the points (Catmull and Rom); the standard leaves the kind to us."""
    if len(points) < 3:
        yield points
        return
    is_closed = bool(np.allclose(points[0], points[-1]))
    ends = (points[-2:-1], points[1:2]) if is_closed else (points[:1], points[-1:])
    p = np.concatenate([ends[0], points, ends[1]])
    a, b, c, d = p[:-3], p[1:-2], p[2:-1], p[3:]
    t = np.linspace(0, 1, STEPS, endpoint=False)[:, None, None]
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    yield np.concatenate([curve.transpose(1, 0, 2).reshape(-1, 2), points[-1:]])


def _write(page: NDArray[np.uint8], words: Dataset, state: Dataset) -> None:
    """A text at its box, and a cross at the point it is about where that shall be seen."""
    box_unit = text(words, "BoundingBoxAnnotationUnits").upper()
    corner = _points(numbers(words, "BoundingBoxTopLeftHandCorner"), box_unit, state, page)
    anchor_unit = text(words, "AnchorPointAnnotationUnits").upper()
    anchor = _points(numbers(words, "AnchorPoint"), anchor_unit, state, page)
    if len(anchor) and text(words, "AnchorPointVisibility").upper() == "Y":
        for line in _cross(anchor[:1]):
            _line(page, line)
    try:
        said = str(words.get("UnformattedTextValue") or "")
    except PARSE_ERRORS:
        return
    lines = [line[:MOST_LETTERS] for line in said.splitlines()[:8]]
    at = corner if len(corner) else anchor + 4
    if not len(at) or not any(lines):
        return
    picture = Image.fromarray(page)
    pen = ImageDraw.Draw(picture)
    size = max(11, page.shape[0] // 40)
    pen.multiline_text(tuple(at[0]), "\n".join(lines), fill=1, font=ImageFont.load_default(size))
    page[:] = np.maximum(page, np.asarray(picture))
