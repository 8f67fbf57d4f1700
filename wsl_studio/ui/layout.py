"""What stands on the stage, as one frozen value, and the pure functions that change it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from wsl_studio.domain.reslice import THIN, Slab, Through
from wsl_studio.domain.volume import Volume
from wsl_studio.ui.words import tr


class Kind(StrEnum):
    """Arrangements of pictures."""

    SINGLE = "one picture"
    PLANES = "three planes"
    COMPARE = "two series"
    ROUNDS = "before and after a round"
    BESIDE = "plain beside evidence"
    TILES = "all slices"


THICKNESSES: Final = (0.0, 3.0, 5.0, 10.0, 15.0, 20.0, 30.0, 50.0)
"""Of a slab, in mm."""


@dataclass(frozen=True)
class Layout:
    """The arrangement on screen.

    Args:
        kind: Of the arrangement.
        slab: How thick slices are drawn.
        active: The picture that keys turn, from 0.
        is_linked: Two series scroll together.
        has_lines: Reference lines of the other planes are drawn.
        has_spread: Beside evidence stands how far it moves between the members of its round.
    """

    kind: Kind = Kind.SINGLE
    slab: Slab = THIN
    active: int = 0
    is_linked: bool = True
    has_lines: bool = True
    has_spread: bool = False

    @property
    def n_own(self) -> int:
        """Pictures of the arrangement itself; tiles count as none."""
        return {Kind.SINGLE: 1, Kind.PLANES: 3, Kind.TILES: 0}.get(self.kind, 2)

    @property
    def twins(self) -> tuple[int, ...]:
        """Pictures that have their repeatability beside them: those that may have evidence.

        They stand while the model is hidden too, so that nothing jumps when it speaks.
        """
        if not self.has_spread or self.kind is Kind.TILES:
            return ()
        return {Kind.PLANES: (0, 1, 2), Kind.ROUNDS: (0, 1)}.get(self.kind, (0,))

    @property
    def n_pictures(self) -> int:
        """Pictures on screen, the twins last."""
        return self.n_own + len(self.twins)


def show(layout: Layout, kind: Kind) -> Layout:
    """Another arrangement; the one on screen gives way to a single picture."""
    kind = Kind.SINGLE if layout.kind is kind else kind
    return replace(layout, kind=kind, active=0)


def next_picture(layout: Layout) -> Layout:
    """The keys turn the next picture, round and round."""
    return replace(layout, active=(layout.active + 1) % max(1, layout.n_own))


def thicker(layout: Layout, steps: int) -> Layout:
    """A thicker slab, or a thinner one (steps < 0)."""
    mm = layout.slab.mm
    now = min(range(len(THICKNESSES)), key=lambda k: abs(THICKNESSES[k] - mm))
    k = min(max(now + steps, 0), len(THICKNESSES) - 1)
    return replace(layout, slab=replace(layout.slab, mm=THICKNESSES[k]))


def next_through(layout: Layout) -> Layout:
    """Mean, MIP, MinIP, round and round; a thin slice becomes a slab of 10 mm."""
    ways = list(Through)
    slab = layout.slab
    if slab.mm <= 0:
        return replace(layout, slab=Slab(10.0, slab.through))
    way = ways[(ways.index(slab.through) + 1) % len(ways)]
    return replace(layout, slab=replace(slab, through=way))


def why_not(kind: Kind, volume: Volume | None, *, has_other: bool, has_before: bool) -> str:
    """Why an arrangement can't be shown, in a sentence; empty if it can."""
    if volume is None:
        return tr("There is no picture yet.")
    if kind is Kind.PLANES and volume.geometry is None:
        return tr("These slices have no known positions, so there are no other planes.")
    if kind is Kind.PLANES and volume.n_slices < 2:
        return tr("One slice has no other planes.")
    if kind is Kind.COMPARE and not has_other:
        return tr("There is no second series to put beside it.")
    if kind is Kind.ROUNDS and not has_before:
        return tr("There is no evidence of an earlier round to show here.")
    return ""
