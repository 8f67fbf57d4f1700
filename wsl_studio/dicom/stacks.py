"""From headers to series: frames grouped into stacks, put in anatomical order, and measured."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from wsl_studio.dicom.headers import Header
from wsl_studio.dicom.names import name_stacks
from wsl_studio.dicom.planes import Orientation, Plane
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.series import IMAGE_MODALITY, PART_NOTE, PassedOver, Series, SliceRef
from wsl_studio.domain.words import say, say_n

COSINE_TOLERANCE: Final = 1e-3
"""Orientations closer than this in every cosine are one. Over 500 mm it moves a pixel by 0.5 mm,
less than a pixel of such an image; vendors write five to ten digits, so rounding is far below,
and the planes of a localizer are far above."""

SAME_PLACE_MM: Final = 0.01
"""Positions closer than this along the normal are the same place: no scanner reconstructs slices
this close, and Image Position (Patient) is rounded to far less."""

SPACING_TOLERANCE: Final = 0.05
"""Distances between neighbours may differ by this share of their median (or ``SAME_PLACE_MM``)
and still count as even: a slice is then drawn at most a twentieth of a slice from its place."""


@dataclass(frozen=True)
class Cell:
    """One frame on its way into a stack."""

    path: str
    frame: int
    header: Header
    plane: Plane

    @property
    def instance_order(self) -> tuple[float, tuple[tuple[int, int, str], ...], int]:
        """Order without positions: instance number, then file, then frame."""
        last = self.plane.order[-1] if self.plane.order else 0.0
        return (last, natural(self.path), self.frame)


def build_series(
    files: Iterable[tuple[str, Header]],
) -> tuple[tuple[Series, ...], tuple[PassedOver, ...]]:
    """Puts headers together into series; several stacks of one series become ``uid/2``...

    Requirements: none; whatever cannot make a grid becomes a stack without one and says so.
    A second file with the same SOP Instance UID is a copy and is passed over. Frames are split
    by file (multi-frame), size, look, orientation and, where several lie at one position, by
    what tells them apart (kind, echo, time, b-value), so that every stack has one slice a place.

    Args:
        files: (absolute path, header), any order; the result does not depend on it.

    Returns:
        (series, passed over), series in order of their first path.
    """
    by_uid: dict[str, list[tuple[str, Header]]] = defaultdict(list)
    passed: list[PassedOver] = []
    seen: set[tuple[str, str]] = set()
    for path, header in sorted(files, key=lambda pair: pair[0]):
        key = (header.series_uid, header.sop_uid)
        if header.sop_uid and key in seen:
            reason = say("it has the SOP Instance UID (0008,0018) of another file, which is kept")
            passed.append(PassedOver(path=path, reason=reason))
            continue
        seen.add(key)
        by_uid[header.series_uid].append((path, header))
    series: list[Series] = []
    for uid, members in by_uid.items():
        stacks = sorted(split_stacks(members), key=lambda cells: min(map(_first, cells)))
        parts = name_stacks(
            [[(c.plane, c.header.rows, c.header.columns) for c in cells] for cells in stacks]
        )
        for i, (cells, part) in enumerate(zip(stacks, parts, strict=True)):
            series.append(make_series(uid if i == 0 else f"{uid}/{i + 1}", cells, part))
    return tuple(series), tuple(passed)


def _first(cell: Cell) -> tuple[str, int]:
    return (cell.path, cell.frame)


def split_stacks(members: Sequence[tuple[str, Header]]) -> list[list[Cell]]:
    """Splits the frames of one series into stacks that can each be one volume."""
    groups: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for path, header in members:
        own = path if header.n_frames > 1 else ""
        for frame in range(header.n_frames):
            cell = Cell(path, frame, header, header.plane(frame))
            groups[(own, header.rows, header.columns, header.look)].append(cell)
    stacks: list[list[Cell]] = []
    for cells in groups.values():
        planes = split_orientations(cells)
        if len(planes) > 4 and len(cells) < 2 * len(planes):
            stacks.append(cells)  # a rotating projection: one picture an angle belongs together
            continue
        for group in planes:
            stacks.extend(split_repeats(group))
    return stacks


def split_orientations(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Groups by orientation within ``COSINE_TOLERANCE``; frames without one are one group."""
    groups: list[tuple[Orientation | None, list[Cell]]] = []
    exactly: dict[Orientation | None, list[Cell]] = {}  # most slices agree to the last digit
    for cell in cells:
        mine = cell.plane.orientation if cell.plane.position is not None else None
        if mine in exactly:
            exactly[mine].append(cell)
            continue
        group = next((group for theirs, group in groups if _is_same(mine, theirs)), None)
        if group is None:
            group = []
            groups.append((mine, group))
        group.append(cell)
        exactly[mine] = group
    return [group for _, group in groups]


def _is_same(a: Orientation | None, b: Orientation | None) -> bool:
    if a is None or b is None:
        return a is b
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) <= COSINE_TOLERANCE


def split_repeats(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Splits a group with several frames at one position, if every position has as many.

    Frames at one position are ranked by what tells them apart, and the frames of one rank make
    one stack (echoes, b-values, time points, magnitude and field map). Where positions have
    different numbers of frames, those that share everything but position and instance go
    together; what still repeats stays in one stack and is noted.
    """
    if any(c.plane.position is None or c.plane.orientation is None for c in cells):
        return [list(cells)]
    places = _places(cells)
    if len(places) == len(cells):
        return [list(cells)]
    counts = {len(place) for place in places}
    if len(counts) == 1:
        ranked = [sorted(p, key=lambda c: (c.plane.order, c.path, c.frame)) for p in places]
        return [list(stack) for stack in zip(*ranked, strict=True)]
    kinds: dict[tuple[float, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        kinds[cell.plane.order[:-1]].append(cell)
    return [kinds[k] for k in sorted(kinds)]


def _along(cells: Sequence[Cell]) -> tuple[np.ndarray, np.ndarray]:
    """Positions (S, 3) and their distance along the normal (S,), mm."""
    first = cells[0].plane.orientation
    assert first is not None
    normal = np.cross(first[:3], first[3:])
    positions = np.array([c.plane.position for c in cells], float)
    return positions, positions @ normal


def _places(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells grouped by position along the normal, in its order."""
    _, along = _along(cells)
    out: list[list[Cell]] = []
    last = -np.inf
    for i in np.argsort(along, kind="stable"):
        if along[i] - last > SAME_PLACE_MM:
            out.append([])
            last = along[i]
        out[-1].append(cells[int(i)])
    return out


def make_series(uid: str, cells: Sequence[Cell], part: str = "") -> Series:
    """One stack as a series: slices in order, grid where there is one, notes where not."""
    ordered, geometry, notes = measure(cells)
    first = ordered[0].header
    said = [f"{PART_NOTE}{part}."] if part else []
    said += dict.fromkeys(n for c in ordered for n in c.header.notes)
    if len({c.header.patient_key for c in ordered}) > 1:
        said.append(say("The files disagree about the patient; the first one's is taken."))
    is_image = first.modality == IMAGE_MODALITY
    return Series(
        uid=uid,
        stem=Path(ordered[0].path).stem if is_image else uid.replace("/", "_"),
        patient_key=first.patient_key,
        study_key=first.study_key,
        accession_key=first.accession_key,
        modality=first.modality,
        rows=first.rows,
        columns=first.columns,
        slices=tuple(SliceRef(path=c.path, frame=c.frame, uid=c.header.sop_uid) for c in ordered),
        geometry=geometry,
        notes=tuple(dict.fromkeys([*said, *notes])),
        is_phantom=all(c.header.is_phantom for c in ordered),
        is_colour=is_image and first.look == "colour",
    )


def measure(cells: Sequence[Cell]) -> tuple[list[Cell], Geometry | None, list[str]]:
    """Orders a stack along its normal and measures its grid.

    The distance between slices comes from the positions, never from Slice Thickness, which is
    the thickness of what was measured and may overlap or leave gaps. A single slice takes
    Spacing Between Slices or Slice Thickness, or 1 mm.

    Requirements for a grid: a position and an orientation for every slice, one orientation, no
    two slices at one place, and a pixel spacing. Uneven distances and a tilted gantry keep the
    grid, which is exact in each slice, and are noted.

    Source:
        DICOM PS3.3 C.7.6.2.1.1.
    """
    by_instance = sorted(cells, key=lambda c: c.instance_order)
    if by_instance[0].header.modality == IMAGE_MODALITY:
        return by_instance, None, []
    planes = [c.plane for c in by_instance]
    if any(p.position is None or p.orientation is None for p in planes):
        return by_instance, *_without_position(planes)
    if len(split_orientations(by_instance)) > 1:
        return (
            by_instance,
            None,
            [say("Its slices are turned against one another: no common grid.")],
        )
    positions, along = _along(by_instance)
    order = np.argsort(along, kind="stable")
    ordered = [by_instance[int(i)] for i in order]
    positions, along = positions[order], along[order]
    steps = np.diff(along)
    if len(steps) and steps.min() <= SAME_PLACE_MM:
        n = int((steps <= SAME_PLACE_MM).sum())
        return (
            by_instance,
            None,
            [say("{n} slices lie at the place of another: no common grid.", n=n)],
        )
    spacing = ordered[0].plane.spacing
    if spacing is None:
        return ordered, None, [say("It has no Pixel Spacing (0028,0030): no distances.")]
    notes: list[str] = []
    if any(c.plane.spacing != spacing for c in ordered):
        notes.append(
            say("Its slices differ in Pixel Spacing (0028,0030); the first one's is taken.")
        )
    dz = float(np.median(steps)) if len(steps) else (ordered[0].plane.thickness or 1.0)
    if len(steps):
        uneven = np.abs(steps - dz) > max(SPACING_TOLERANCE * dz, SAME_PLACE_MM)
        if uneven.any():
            notes.append(_say_uneven(steps, uneven, dz))
        else:
            dz = float((along[-1] - along[0]) / len(steps))
        notes.extend(_say_tilt(positions, along, ordered[0].plane, spacing))
    return ordered, _grid(ordered[0].plane, (dz, *spacing)), notes


def _without_position(planes: Sequence[Plane]) -> tuple[Geometry | None, list[str]]:
    """A grid good for letters and distances in the picture of a projection, and what to say."""
    first = planes[0]
    lead = say("It has no Image Position (Patient) (0020,0032)")
    if len(planes) > 1:
        lead = say("{lead}; slices are in order of instance number", lead=lead)
    alike = all(p.orientation == first.orientation and p.spacing == first.spacing for p in planes)
    if first.orientation is None or first.spacing is None or not alike:
        return None, [
            say("{lead}: no common grid.", lead=lead)
            if len(planes) > 1
            else say("{lead}: no distances.", lead=lead)
        ]
    plane = first.model_copy(update={"position": (0.0, 0.0, 0.0)})
    return _grid(plane, (1.0, *first.spacing)), [
        say("{lead}: distances hold within a slice only.", lead=lead)
    ]


def _grid(plane: Plane, spacing: tuple[float, float, float]) -> Geometry:
    assert plane.orientation is not None
    assert plane.position is not None
    o = plane.orientation
    return Geometry(
        spacing_mm=spacing,
        row_cosine=(o[0], o[1], o[2]),
        column_cosine=(o[3], o[4], o[5]),
        origin_mm=plane.position,
    )


def _say_uneven(steps: np.ndarray, uneven: np.ndarray, dz: float) -> str:
    """Names the first gap; slices are counted from 1 as on the screen."""
    at = int(np.flatnonzero(uneven)[0])
    missing = steps[uneven] / dz
    if np.all(np.abs(missing - np.round(missing)) < 0.1) and np.all(missing > 1.5):
        n = int(np.round(missing).sum()) - len(missing)
        return say_n(
            n,
            "{n} slice is missing, first after slice {at}: distances across it are wrong.",
            "{n} slices are missing, first after slice {at}: distances across it are wrong.",
            at=at + 1,
        )
    return say(
        "Its slices are not evenly spaced ({low:.3g} to {high:.3g} mm, first after"
        " slice {at}): distances across slices are not exact.",
        low=steps.min(),
        high=steps.max(),
        at=at + 1,
    )


def _say_tilt(
    positions: np.ndarray, along: np.ndarray, plane: Plane, spacing: tuple[float, float]
) -> list[str]:
    """A note if slices slide sideways by more than a pixel over the stack (a tilted gantry)."""
    assert plane.orientation is not None
    normal = np.cross(plane.orientation[:3], plane.orientation[3:])
    sideways = positions - positions[0] - np.outer(along - along[0], normal)
    shift = float(np.linalg.norm(sideways, axis=1).max())
    if shift <= min(spacing):
        return []
    return [
        say(
            "Its slices slide sideways by {shift:.1f} mm (tilted gantry): shown unsheared.",
            shift=shift,
        )
    ]


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key by which ``slice 2`` comes before ``slice 10``."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)
