"""Pixels of a series as one volume, slice by slice; its thumbnail; and its names, read live."""

from collections import deque
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from wsl_studio.dicom import crew
from wsl_studio.dicom.decoders import decode, is_safe
from wsl_studio.dicom.elements import PARSE_ERRORS, quiet, text
from wsl_studio.dicom.files import DicomFile, open_dicom
from wsl_studio.dicom.headers import PIXEL_TAGS, check_image
from wsl_studio.dicom.images import read_image
from wsl_studio.dicom.syntaxes import VIDEO, Layout, NotReadable
from wsl_studio.dicom.values import (
    VALUE_TAGS,
    Rescale,
    finish,
    lossy_of,
    padding_of,
    rescale_of,
    unit_of,
    why_no_suv,
    windows_of,
)
from wsl_studio.dicom.volumes import Taken, assemble
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.domain.series import IMAGE_MODALITY, Series, SliceRef
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window, grey
from wsl_studio.domain.words import say, say_n

MAX_VOLUME_BYTES: Final = 3 * 2**30
"""Larger series are refused before anything is read: slices and volume are held together for a
moment, and the reader process may hold 8 GiB."""

READ_TAGS: Final = [*PIXEL_TAGS, *VALUE_TAGS]
"""Elements read of every file."""

_VARY: Final = frozenset({0x00080018, 0x00281050, 0x00281051, 0x00281055})
"""Elements that neither the layout nor the rescale depends on: instance, windows."""

_TIMES: Final = frozenset({0x00080022, 0x00080032})
"""Acquisition date and time, which the rescale depends on for SUV only."""

AHEAD: Final = 2 * crew.LANES
"""Frames under way at once: no decoder process waits for the next one."""

BANNER: Final = {
    "Patient": "PatientName", "Patient ID": "PatientID", "Born": "PatientBirthDate",
    "Sex": "PatientSex", "Age": "PatientAge", "Study date": "StudyDate",
    "Study": "StudyDescription", "Series": "SeriesDescription", "Accession": "AccessionNumber",
    "Institution": "InstitutionName", "Body part": "BodyPartExamined",
}  # fmt: skip


Waiting = crew.Pending | crew.Part | crew.Done


class _Facts:
    """What one slice says for the whole volume."""

    def __init__(self) -> None:
        self.windows: tuple[Window, ...] = ()
        self.unit = ""
        self.is_inverted = False
        self.notes: tuple[str, ...] = ()
        self.lossy = ""
        self.padding: tuple[float, float] | None = None


class _Source:
    """Frames of a series' files; keeps the last file open, as a multi-frame file is asked often."""

    def __init__(self, series: Series) -> None:
        self._series = series
        self._path = ""
        self._file: DicomFile | None = None
        self._layout: Layout | None = None
        self._n_frames = 0
        self._clip: crew.Clip | None = None
        self._said: tuple[object, ...] | None = None
        self._rescale: Rescale | None = None

    def close(self) -> None:
        """Lets the file go."""
        if self._file is not None:
            self._file.stream.close()
        self._file, self._path, self._clip = None, "", None

    def _open(self, path: str) -> tuple[DicomFile, Layout]:
        if path != self._path or self._file is None or self._layout is None:
            self.close()
            with quiet():
                file = open_dicom(Path(path), READ_TAGS)
                said = _said(file)
                if said is None or said != self._said:
                    self._rescale, self._said = None, None
                    try:
                        self._layout, self._n_frames, _ = check_image(file, "")
                    except BaseException:
                        file.stream.close()
                        raise
                    self._said = said
            self._file, self._path = file, path
            assert self._layout is not None
        return self._file, self._layout

    def begin(self, ref: SliceRef) -> tuple[Waiting, Rescale]:
        """Reads the bytes of a frame and begins to decode them."""
        file, layout = self._open(ref.path)
        if (layout.rows, layout.columns) != (self._series.rows, self._series.columns):
            raise NotReadable("its size has changed since the import")
        if ref.frame >= self._n_frames:
            raise NotReadable("it holds fewer frames than at the import")
        rescale = self._rescale
        if rescale is None or self._said is None:
            with quiet():
                rescale = self._rescale = rescale_of(file.ds, ref.frame)
        if file.syntax in VIDEO and self._clip is not None:
            return self._clip.frame(ref.frame), rescale
        data = file.frame(
            0 if file.syntax in VIDEO else ref.frame,
            n_frames=self._n_frames,
            native_bits=layout.bits,
            allocated=layout.allocated,
        )
        if file.syntax in VIDEO:
            last = max(one.frame for one in self._series.slices if one.path == ref.path)
            whole = replace(layout, frames=last + 1)
            self._clip = crew.Clip(crew.submit(data, whole, str(file.syntax)))
            return self._clip.frame(ref.frame), rescale
        return _decode(data, layout, str(file.syntax), file.ds, rescale), rescale

    def facts(self, ref: SliceRef) -> _Facts:
        """Windows, unit and look, from the slice that stands for the series."""
        file, layout = self._open(ref.path)
        facts = _Facts()
        with quiet():
            facts.windows, facts.notes = windows_of(file.ds, ref.frame)
            facts.unit = unit_of(file.ds, ref.frame, self._series.modality)
            facts.lossy = lossy_of(file.ds, str(file.syntax))
            if rescale_of(file.ds, ref.frame).has_table is False:
                facts.padding = padding_of(file.ds, layout)
            if why := why_no_suv(file.ds):
                facts.notes = (*facts.notes, why)
        facts.is_inverted = layout.photometric == "MONOCHROME1"
        if layout.samples == 3 and layout.stored > 8:
            facts.notes = (*facts.notes, say("Colour is shown with its upper 8 bits."))
        return facts


def _said(file: DicomFile) -> tuple[object, ...] | None:
    """What a file says of layout and rescale, unparsed: half of a slice's time is in parsing it.

    Files of one series mostly say the same. None where files must not be taken for alike: those
    of many frames, and those without pixels.
    """
    ds, pixels = file.ds, file.pixels
    if pixels is None or "NumberOfFrames" in ds:
        return None
    vary = _VARY if "RadiopharmaceuticalInformationSequence" in ds else _VARY | _TIMES
    tags = ds.keys()  # iterating the dataset itself would parse every element
    try:
        raw = tuple((int(tag), ds.get_item(tag).value) for tag in tags if tag not in vary)
    except PARSE_ERRORS:
        return None
    size = pixels.length if pixels.fragments is None else bool(pixels.fragments)
    return (str(file.syntax), ds.original_encoding, pixels.is_float, size, *raw)


def read_volume(series: Series) -> Steps[Volume]:
    """Reads a series into one array, one slice at a time, every frame decoded once.

    A slice that cannot be read does not lose the series: it is filled with the lowest value and
    named in the notes, counted from 1 as on the screen.

    Yields:
        Progress, once a slice.

    Returns:
        (S, H, W) or (S, H, W, 3) with what turns stored into modality values.

    Raises:
        KnownError: No slice can be read, or the series is larger than ``MAX_VOLUME_BYTES``.
    """
    if series.modality == IMAGE_MODALITY:
        return (yield from _read_pictures(series))
    n = series.n_slices
    _check_budget(n * series.rows * series.columns * 2)
    taken = [Taken(None) for _ in range(n)]
    failed: dict[int, str] = {}
    was_zero, facts, middle = False, None, n // 2
    waiting: deque[tuple[int, Waiting, Rescale]] = deque()
    source = _Source(series)

    def collect(done: int) -> Steps[None]:
        i, pending, rescale = waiting.popleft()
        while not pending.is_over(0.1):
            yield Progress(done, n, "Reading slices")
        try:
            taken[i] = Taken(pending.result(), rescale.slope, rescale.intercept)
        except NotReadable as why:
            failed[i] = str(why)

    try:
        for i, ref in enumerate(series.slices):
            yield Progress(i, n, "Reading slices")
            try:
                pending, rescale = source.begin(ref)
                waiting.append((i, pending, rescale))
                was_zero |= rescale.was_zero
                if facts is None or i == middle:
                    facts = source.facts(ref)
            except NotReadable as why:
                failed[i] = str(why)
            while len(waiting) >= AHEAD:
                yield from collect(i)
        while waiting:
            yield from collect(n)
    finally:
        source.close()
        for _, pending, _ in waiting:
            pending.cancel()
    if len(failed) == n or facts is None:
        raise _unreadable(n, failed)
    is_colour = any(t.array is not None and t.array.ndim == 3 for t in taken)
    shape = (series.rows, series.columns, 3) if is_colour else (series.rows, series.columns)
    for i, one in enumerate(taken):
        if one.array is not None and one.array.shape != shape:
            taken[i], failed[i] = Taken(None), say("it is grey in a series of colour")
    done = yield from assemble(taken, shape)
    notes = [*series.notes, *facts.notes, *done.notes, *_say_failed(failed)]
    if was_zero:
        notes.append(say("Its Rescale Slope (0028,1053) is 0; 1 is taken."))
    return Volume(
        series_uid=series.uid,
        array=done.array,
        slope=done.slope,
        intercept=done.intercept,
        unit="" if is_colour else facts.unit,
        modality=series.modality,
        windows=() if is_colour else facts.windows,
        is_inverted=facts.is_inverted and not is_colour,
        geometry=series.geometry,
        notes=tuple(notes),
        lossy=facts.lossy,
        padding=facts.padding if done.is_stored and not is_colour else None,
    )


def _read_pictures(series: Series) -> Steps[Volume]:
    """A PNG or JPEG file as a volume of one slice."""
    yield Progress(0, 1, "Reading the picture")
    try:
        array, notes = read_image(Path(series.slices[0].path))
        if array.shape[:2] != (series.rows, series.columns):
            raise NotReadable("its size has changed since the import")
    except NotReadable as why:
        raise _unreadable(1, {0: str(why)}) from None
    return Volume(
        series_uid=series.uid,
        array=array[None],
        modality=series.modality,
        notes=(*series.notes, *notes),
    )


def _check_budget(n_bytes: int) -> None:
    if n_bytes > MAX_VOLUME_BYTES:
        raise KnownError(
            f"This series needs {n_bytes / 2**30:.1f} GiB of memory, more than the"
            f" {MAX_VOLUME_BYTES / 2**30:.0f} GiB that are read at once."
        )


def _unreadable(n: int, failed: dict[int, str]) -> KnownError:
    why = next(iter(failed.values()), say("it holds no slices"))
    one = say("This series cannot be shown: {why}.", why=why)
    sentence = one if n == 1 else say(
        "This series cannot be shown: none of its {n} slices can be read; {why}.", n=n, why=why
    )  # fmt: skip
    return KnownError(sentence, "Is the disk it lies on still connected?" if "read" in why else "")


def _say_failed(failed: dict[int, str]) -> list[str]:
    """One note for each reason, naming up to ten slices."""
    by_reason: dict[str, list[int]] = {}
    for i in sorted(failed):
        by_reason.setdefault(failed[i], []).append(i + 1)
    notes: list[str] = []
    for reason, slices in by_reason.items():
        names = ", ".join(map(str, slices[:10])) + (" ..." if len(slices) > 10 else "")
        notes.append(say_n(len(slices), "Slice {at} is left empty: {why}.",
                           "Slices {at} are left empty: {why}.", at=names, why=reason))  # fmt: skip
    return notes


def try_frame(path: Path) -> Steps[str]:
    """Decodes the first frame of a file; the reason why it cannot be, or empty."""
    try:
        with quiet(), open_dicom(path, READ_TAGS) as file:
            layout, n_frames, _ = check_image(file, "")
            data = file.frame(
                0, n_frames=n_frames, native_bits=layout.bits, allocated=layout.allocated
            )
            rescale = rescale_of(file.ds, 0)
        pending = _decode(data, layout, str(file.syntax), file.ds, rescale)
        while not pending.is_over(0.1):
            yield Progress(0, 1, "Trying the decoders")
        pending.result()
    except NotReadable as why:
        return str(why)
    return ""


def _decode(
    data: bytes, layout: Layout, syntax: str, ds: Dataset, rescale: Rescale
) -> crew.Pending | crew.Done:
    """Begins to decode a frame: here if nothing can go wrong, otherwise in another process."""
    last = partial(finish, layout=layout, ds=ds, rescale=rescale)
    if is_safe(syntax, layout):
        return crew.Done(lambda: last(decode(data, layout, syntax)))
    return crew.submit(data, layout, syntax, last)


def thumbnail(series: Series, size_px: int = 96) -> NDArray[np.uint8]:
    """The middle slice in its first window, its longer side ``size_px``, pixels made square.

    Returns:
        (h, w) or (h, w, 3) uint8.

    Raises:
        KnownError: Neither the middle nor the first or last slice can be read.
    """
    n = series.n_slices
    for i in dict.fromkeys((n // 2, 0, n - 1)):
        one = series.model_copy(update={"slices": (series.slices[i],)})
        try:
            volume = drain(read_volume(one))
        except KnownError as error:
            trouble = error
            continue
        return _shrink(volume, size_px)
    raise trouble


def _shrink(volume: Volume, size_px: int) -> NDArray[np.uint8]:
    picture = np.ascontiguousarray(volume.array[0])
    height, width = (float(v) for v in picture.shape[:2])
    if volume.geometry is not None:
        height *= volume.geometry.spacing_mm[1] / volume.geometry.spacing_mm[2]
    scale = size_px / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    shrinks = size[0] <= picture.shape[1] and size[1] <= picture.shape[0]
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    if volume.is_colour:
        return small.astype(np.uint8)
    values = small.astype(np.float64) * volume.slope + volume.intercept
    return grey(values, volume.presets()[0], is_inverted=volume.is_inverted)


def say_name(name: str) -> str:
    """A name as people write it: its letters, then its ideograms where it has any.

    Source:
        DICOM PS3.5 6.2.1.2: ``alphabetic=ideographic=phonetic``, parts divided by ``^``.
    """
    groups = [" ".join(group.split("^")).strip() for group in name.split("=")]
    first, *others = [" ".join(group.split()) for group in groups if group] or [""]
    return f"{first} ({others[0]})" if others else first


def read_banner(series: Series) -> dict[str, str]:
    """Names and descriptions of a series, read live for display and kept nowhere.

    Returns:
        Caption to words in display order, without empty ones; empty when the file is gone.
    """
    path = Path(series.slices[0].path)
    if series.modality == IMAGE_MODALITY:
        return {"File": path.name}
    try:
        with quiet(), open_dicom(path, list(BANNER.values())) as file:
            words = {caption: text(file.ds, keyword) for caption, keyword in BANNER.items()}
    except NotReadable:
        return {}
    words["Patient"] = say_name(words["Patient"])
    for caption in ("Born", "Study date"):
        day = words[caption]
        if len(day) == 8 and day.isdecimal():
            words[caption] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return {caption: value for caption, value in words.items() if value}
