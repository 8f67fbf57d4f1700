"""Evidence as files for scripts and slides: signed arrays in logits and overlay pictures."""

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence import Evidence, upsample
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import grey
from wsl_studio.store.project import Project

FOR_BGR = np.array([0x00, 0x9F, 0xE6], np.float32)
AGAINST_BGR = np.array([0xE9, 0xB4, 0x56], np.float32)
OPACITY = 0.6


def write_evidence(project: Project, number: int, folder: Path) -> Steps[tuple[Path, ...]]:
    """Writes ``STEM.FINDING.npy`` and ``STEM.FINDING.png`` for every series of a round.

    The array is (S, H, W) of the image, float32, signed calibrated logits. The picture shows the
    decisive slice in the series' own window, orange for, blue against, on the one symmetric
    scale of the round.
    """
    from wsl_studio.dicom.pixels import read_volume

    make_folder(folder)
    scores = project.read_scores(number)
    files: list[Path] = []
    for done, uid in enumerate(scores):
        yield Progress(done, len(scores), "Writing evidence")
        series = project.series_of(uid)
        found = project.read_evidence(number, uid)
        volume = yield from read_volume(series)
        files += write_files(folder, series.stem, volume, found)
    return tuple(files)


def make_folder(folder: Path) -> None:
    """Makes the folder that files go to; ``KnownError`` if that can't be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise KnownError(f"{folder} can't be made ({type(trouble).__name__}).") from trouble


def write_files(
    folder: Path, stem: str, volume: Volume, found: Mapping[str, Evidence]
) -> list[Path]:
    """Array and picture of every finding of one series."""
    files = []
    for finding, one in found.items():
        array = upsample(one.grid, one.placement, (volume.array.shape[1], volume.array.shape[2]))
        path = folder / f"{stem.replace('/', '_')}.{finding}.npy"
        np.save(path, array)
        picture = path.with_suffix(".png")
        at = one.decisive_slice()
        ok, data = cv2.imencode(".png", overlay(volume, one, at, array[at]))
        if not ok:
            raise KnownError(f"{picture.name} can't be encoded.")
        picture.write_bytes(data.tobytes())
        files += [path, picture]
    return files


def overlay(
    volume: Volume, evidence: Evidence, at: int, logits: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """One slice under its evidence, (H, W, 3) BGR.

    Args:
        volume: Pixels of the series.
        evidence: Carries the symmetric scale.
        at: Slice.
        logits: (H, W) evidence of that slice.
    """
    if volume.is_colour:
        base = np.asarray(volume.array[at], np.float32)[..., ::-1]
    else:
        value = volume.array[at].astype(np.float64) * volume.slope + volume.intercept
        shown = grey(value, volume.presets()[0], is_inverted=volume.is_inverted)
        base = np.repeat(shown[..., None].astype(np.float32), 3, axis=2)
    alpha = np.clip(np.abs(logits) / evidence.scale, 0, 1)[..., None] * OPACITY
    colour = np.where(logits[..., None] > 0, FOR_BGR, AGAINST_BGR)
    return (base * (1 - alpha) + colour * alpha).round().astype(np.uint8)
