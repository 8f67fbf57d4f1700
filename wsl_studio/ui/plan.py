"""Which picture of a layout shows what: one pure function from what is known to what is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Final

from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.link import cut, follow, link
from wsl_studio.domain.measure import place_words
from wsl_studio.domain.reslice import UPRIGHT, Orientation, Voxel, acquired_plane, planes
from wsl_studio.domain.volume import Volume
from wsl_studio.ui.layout import Kind, Layout
from wsl_studio.ui.overlay import SPREAD_SCALE
from wsl_studio.ui.picture import Other
from wsl_studio.ui.words import local, numeral, tr


@dataclass(frozen=True, eq=False)
class Shown:
    """What of the model may be drawn; all empty while the curtain is down.

    Args:
        evidence: On the selected finding.
        others: On other findings, as contours.
        before: Of the round before, on the selected finding.
        has_peaks: Marks the strongest regions.
    """

    evidence: Evidence | None = None
    others: tuple[Other, ...] = ()
    before: Evidence | None = None
    has_peaks: bool = True


NOTHING = Shown()
COLOURS: Final = ("#009e73", "#f0e442", "#d55e00", "#cc79a7")
"""Contours of other findings: what is left of Okabe and Ito's colours."""


def others_of(found: Mapping[str, Evidence], selected: Evidence) -> tuple[Other, ...]:
    """Evidence on the other findings of a series, each in a colour that stays its own."""
    colours = cycle(COLOURS)
    return tuple(
        Other(evidence, colour)
        for (name, evidence), colour in zip(found.items(), colours, strict=False)
        if name != selected.finding and evidence.grid.shape[0] == selected.grid.shape[0]
    )


@dataclass(frozen=True, eq=False)
class Part:
    """One picture of the stage: what it shows of which volume.

    Args:
        volume: As stored.
        orientation: How it lies.
        index: Slice along the axis that scrolls.
        label: Its name.
        note: What should be known of it.
        evidence: That may be painted.
        others: On other findings.
        is_same: False for a second series.
        line: Where the slice of the other series cuts this one.
        is_spread: Draws how far the evidence moves between the members, instead of it.
    """

    volume: Volume
    orientation: Orientation
    index: int
    label: str = ""
    note: str = ""
    evidence: Evidence | None = None
    others: tuple[Other, ...] = ()
    is_same: bool = True
    line: tuple[Voxel, Voxel] | None = None
    is_spread: bool = False


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that decides what stands on the stage.

    Args:
        layout: The arrangement.
        volume: Of the series on screen; None for none.
        cross: Where the crosshair is; its slice is the one on screen.
        lies: Turns that the reader made, by the names of ``names``.
        shown: What of the model may be drawn.
        other: The second series.
        other_words: What it is called.
        other_index: Its slice while it scrolls by itself.
    """

    layout: Layout
    volume: Volume | None
    cross: Voxel
    lies: Mapping[str, Orientation]
    shown: Shown
    other: Volume | None = None
    other_words: str = ""
    other_index: int = 0


def names(scene: Scene) -> tuple[str, ...]:
    """The name under which the turns of each picture are kept; pictures with one turn together."""
    own = _own_names(scene)
    return (*own[: scene.layout.n_own], *(own[k] for k in scene.layout.twins))


def _own_names(scene: Scene) -> tuple[str, ...]:
    grid = None if scene.volume is None else scene.volume.geometry
    if scene.layout.kind is Kind.PLANES and grid is not None:
        own = acquired_plane(grid)
        return ("", *(name for name in planes(grid) if name != own))
    return ("", "other" if scene.layout.kind is Kind.COMPARE else "", "")


def plan(scene: Scene) -> tuple[Part, ...]:
    """The pictures of a scene, the acquired slices first; none for the wall of slices.

    A second series and the plain side of a pair never get evidence. Twins come last.
    """
    own = _plan(scene)
    return (*own, *(_twin(own[k]) for k in scene.layout.twins if k < len(own)))


def _twin(part: Part) -> Part:
    """The same picture with the repeatability of its evidence, where the round has one."""
    found, note = part.evidence, ""
    if found is not None and found.spread is not None:
        most = SPREAD_SCALE * found.scale
        note = tr("how far members differ, 0 to {most:.1f} logits", most=most)
    elif found is not None:
        found, note = None, tr("a round of one member has none")
    return replace(
        part, label="repeatability", note=note, evidence=found, others=(), is_spread=True
    )


def _plan(scene: Scene) -> tuple[Part, ...]:
    volume, kind, shown = scene.volume, scene.layout.kind, scene.shown
    if volume is None or kind is Kind.TILES:
        return ()
    upright = scene.lies.get("", UPRIGHT)
    index = round(scene.cross[0])
    main = Part(volume, upright, index, evidence=shown.evidence, others=shown.others)
    if kind is Kind.PLANES and volume.geometry is not None:
        hung, own = planes(volume.geometry), acquired_plane(volume.geometry)
        out = [replace(main, label=local(own), note=numeral(place_words(volume, scene.cross)))]
        for name in _own_names(scene)[1:]:
            lies = scene.lies.get(name, hung[name])
            at = round(scene.cross[lies.axis])
            out.append(replace(main, orientation=lies, index=at, label=local(name)))
        return tuple(out)
    if kind is Kind.BESIDE:
        words = tr("with evidence") if shown.evidence is not None else ""
        return replace(main, note=words), Part(volume, upright, index, tr("plain"))
    if kind is Kind.ROUNDS:
        after, before = shown.evidence, shown.before
        words = "" if before is None else tr("before: round {n}", n=before.round)
        now = "" if after is None else tr("after: round {n}", n=after.round)
        return replace(main, note=now), Part(volume, upright, index, words, evidence=before)
    if kind is Kind.COMPARE and scene.other is not None:
        other = scene.other
        is_linked = scene.layout.is_linked
        at = follow(volume, other, index) if is_linked else scene.other_index
        how = local(link(volume, other).words) if is_linked else tr("not linked")
        lies = scene.lies.get("other", UPRIGHT)
        here, there = cut(volume, index, other, at), cut(other, at, volume, index)
        return (
            replace(main, line=here),
            Part(other, lies, at, scene.other_words, how, is_same=False, line=there),
        )
    return (main,)
