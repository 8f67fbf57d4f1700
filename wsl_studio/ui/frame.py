"""One frame of the image: what has to be computed again, and what the last frame still holds."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.reslice import THIN, UPRIGHT, Orientation, Slab, evidence_layer
from wsl_studio.domain.volume import Volume
from wsl_studio.ui.overlay import (
    Layer,
    Style,
    colour_table,
    contour,
    contour_levels,
    drawn,
    evidence_on_screen,
    packed,
    paint_evidence,
)
from wsl_studio.ui.paint import Patch, Pyramid, pyramid_level, render, resample, to_image
from wsl_studio.ui.view import Size, View, transform


@dataclass(frozen=True, eq=False)
class Held:
    """A patch and everything it was made from."""

    key: Any
    patch: Patch | None


_NOTHING = Held(None, None)
_BESIDE: Final = ThreadPoolExecutor(1, thread_name_prefix="overlay")


class Frame:
    """Grey picture and overlay of one volume, each computed only when its inputs change.

    A window-level drag looks pixels up again and resamples nothing; a change of opacity or of
    the slice touches the overlay; words over the image cost neither.

    A picture and an overlay hold until the next is asked for, which is made in the same memory.

    Args:
        volume: As stored.
        orientation: How it lies on display.
        slab: How thick its slices are drawn.
    """

    def __init__(
        self, volume: Volume, orientation: Orientation = UPRIGHT, slab: Slab = THIN
    ) -> None:
        self.stored, self.orientation = volume, orientation
        self.volume = orientation.volume(volume)
        self.pyramid = Pyramid(self.volume, slab=slab)
        self._stored = self._grey = self._over = _NOTHING
        self._table = (Style(), colour_table(Style()))

    def picture(self, view: View, size: Size) -> Patch | None:
        """The grey or RGB picture; None where the image is out of sight."""
        where = (view.slice, view.zoom, view.centre_y, view.centre_x, size)
        key = (where, view.window, view.is_inverted)
        if self._grey.key != key:
            if self._stored.key != where:
                self._stored = Held(where, resample(self.pyramid, view, size))
            stored = self._stored.patch
            made = (
                None
                if stored is None
                else render(self.pyramid, view, size, stored, self._grey.patch)
            )
            self._grey = Held(key, made)
        return self._grey.patch

    def overlay(
        self, view: View, size: Size, evidence: Evidence | None, style: Style
    ) -> Patch | None:
        """The evidence as premultiplied ARGB; None where nothing may or shall be drawn."""
        if evidence is None or not style.is_shown:
            self._over = _NOTHING
            return None
        shown, style = drawn(evidence, style)
        if self._table[0] != style:
            self._table = (style, colour_table(style))
        place = (view.slice, view.zoom, view.centre_y, view.centre_x, size)
        key = (place, style, id(evidence))
        if self._over.key != key:
            layer, levels = self.layer(shown, view.slice), contour_levels(shown, style)
            table, spent = self._table[1], self._over.patch
            made = paint_evidence(shown, view, size, table, layer, levels, spent)
            self._over = Held(key, made)
            self._evidence = evidence  # kept alive, so that its id stays its own
        return self._over.patch

    def overlay_beside(
        self, view: View, size: Size, evidence: Evidence | None, style: Style
    ) -> Future[Patch | None]:
        """``overlay`` on another core while the picture is made; one wait a frame, at the end."""
        if evidence is not None and style.is_shown:
            return _BESIDE.submit(self.overlay, view, size, evidence, style)
        nothing: Future[Patch | None] = Future()
        nothing.set_result(self.overlay(view, size, evidence, style))
        return nothing

    def lines(
        self, view: View, size: Size, evidence: Evidence, style: Style, colour: str
    ) -> Patch | None:
        """The threshold of evidence on another finding as one contour in a colour."""
        found = evidence_on_screen(evidence, view, size, self.layer(evidence, view.slice))
        if found is None:
            return None
        logits, top, left = found
        level = max(style.threshold, 0.05) * evidence.scale
        return Patch(
            np.where(contour(logits, level), packed(colour), 0).astype(np.int32), top, left
        )

    def evidence_at(
        self, evidence: Evidence, index: int, cursor: tuple[int, int]
    ) -> tuple[float, float | None]:
        """Evidence and its spread (None with one member) at a displayed pixel, in logits."""
        spread = evidence.spread
        out = [self._value(evidence, index, cursor)]
        if spread is not None:
            out.append(self._value(replace(evidence, grid=spread), index, cursor))
        return out[0], out[1] if spread is not None else None

    def _value(self, evidence: Evidence, index: int, cursor: tuple[int, int]) -> float:
        layer = self.layer(evidence, index)
        if layer is None:
            return evidence.value(index, *cursor)
        return replace(evidence, grid=layer[0][None], placement=layer[1]).value(0, *cursor)

    def layer(self, evidence: Evidence, index: int) -> Layer | None:
        """Evidence on a displayed slice; None where it is the grid of that slice as it is."""
        slab = self.pyramid.slab
        if self.orientation == UPRIGHT and slab.mm <= 0:
            return None
        depth = self.pyramid.depth(index)
        shape = self.stored.array.shape
        return evidence_layer(evidence, shape, self.orientation, index, depth, slab.through)

    def prefetch(self, view: View, size: Size, direction: int) -> None:
        """Halves the next slice before the wheel asks for it (tomosynthesis, large stacks)."""
        nearby, n = view.slice + direction, pyramid_level(transform(view, size))
        if n > 0 and 0 <= nearby < view.n_slices:
            self.pyramid.level(nearby, n)


def blit(painter: QPainter, patch: Patch | None, ratio: float) -> None:
    """Draws a patch, one of its pixels on one device pixel.

    Args:
        painter: In logical pixels.
        patch: Or None for nothing.
        ratio: Device pixels per logical pixel.
    """
    if patch is None:
        return
    image: QImage = to_image(patch.array)
    image.setDevicePixelRatio(ratio)
    painter.drawImage(QPointF(patch.left / ratio, patch.top / ratio), image)


def bare(patch: Patch | None, area: QRectF, ratio: float) -> tuple[QRectF, ...]:
    """The parts of an area that a patch leaves bare, a pixel wider than exact; logical pixels."""
    if patch is None:
        return (area,)
    h, w = patch.array.shape[:2]
    left, top = patch.left / ratio + 1, patch.top / ratio + 1
    right, bottom = (patch.left + w) / ratio - 1, (patch.top + h) / ratio - 1
    parts = (
        QRectF(QPointF(area.left(), area.top()), QPointF(area.right(), top)),
        QRectF(QPointF(area.left(), bottom), QPointF(area.right(), area.bottom())),
        QRectF(QPointF(area.left(), top), QPointF(left, bottom)),
        QRectF(QPointF(right, top), QPointF(area.right(), bottom)),
    )
    return tuple(part for part in parts if part.width() > 0 and part.height() > 0)
