"""Real series that nobody here made open whole; skipped where the data is absent."""

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.dicom_makers import index, reasons
from wsl_studio.dicom.elements import numbers
from wsl_studio.dicom.files import open_dicom
from wsl_studio.dicom.pixels import read_volume, thumbnail
from wsl_studio.domain.progress import drain

DATA = Path(os.environ.get("WSL_DATA", Path(__file__).parents[2] / "shared" / "data")) / "dicom"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


@needs_data
def test_mr_opens_as_one_oblique_volume(tmp_path: Path) -> None:
    with zipfile.ZipFile(DATA / "mr_t1_384_slices.zip") as archive:
        archive.extractall(tmp_path)
    found = index(tmp_path, tmp_path / "headers.jsonl")
    (series,) = found.series
    assert series.n_slices == found.n_images == 384
    assert series.notes == ()
    grid = series.geometry
    assert grid is not None
    assert sorted(grid.spacing_mm) == pytest.approx([0.6667, 0.6667, 0.7], abs=5e-4)
    assert grid.spacing_mm[0] == pytest.approx(0.6667, abs=5e-4)
    matrix = grid.index_to_world()
    corner = (series.columns - 1, series.rows - 1, series.n_slices - 1, 1)
    assert np.abs(np.linalg.inv(matrix) @ (matrix @ corner) - corner).max() < 0.01
    with open_dicom(Path(series.slices[-1].path), ["ImagePositionPatient"]) as last:
        place = numbers(last.ds, "ImagePositionPatient")
    assert place is not None
    assert np.abs(np.linalg.inv(matrix) @ (*place, 1) - (0, 0, 383, 1)).max() < 0.01
    assert 1e-3 < min(abs(np.asarray(grid.normal))) < max(abs(np.asarray(grid.normal))) < 0.9999
    few = series.model_copy(update={"slices": series.slices[190:194]})
    volume = drain(read_volume(few))
    assert volume.array.shape == (4, series.rows, series.columns)
    assert volume.array.std() > 10
    # Neighbours in the right order look alike; a wrong order would not.
    ends = series.model_copy(update={"slices": (series.slices[120], series.slices[190])})
    far = drain(read_volume(ends)).array.astype(float)
    near = volume.array.astype(float)
    assert np.corrcoef(near[0].ravel(), near[1].ravel())[0, 1] > 0.95
    assert np.corrcoef(far[0].ravel(), far[1].ravel())[0, 1] < 0.9
    assert thumbnail(series).shape[0] == 96


@needs_data
def test_enhanced_files_open_with_geometry() -> None:
    found = index(DATA / "enhanced_mr")
    assert [s.n_slices for s in found.series] == [32, 32, 6, 6, 6, 6]
    assert all(s.geometry is not None for s in found.series)
    assert [s.notes for s in found.series] == [(f"Part: {s.part}.",) for s in found.series]
    assert set(reasons(found)) == {"LICENSE"}
    magnitude, field = (drain(read_volume(s)) for s in found.series[:2])
    assert magnitude.intercept == 0
    assert field.intercept == -500  # a field map in Hz, by its own frames' rescale


@needs_data
def test_every_syntax_of_one_ct_has_the_same_values() -> None:
    names = sorted(p.name for p in (DATA / "one_ct_many_syntaxes").glob("CTImage*"))
    whole = drain(read_volume(index(DATA / "one_ct_many_syntaxes" / names[0]).series[0]))
    reference = whole.array * whole.slope + whole.intercept
    for name in names[1:]:
        found = index(DATA / "one_ct_many_syntaxes" / name)
        volume = drain(read_volume(found.series[0]))
        values = volume.array * volume.slope + volume.intercept
        is_lossy = any("with loss" in note for note in volume.notes)
        if not is_lossy:
            assert np.array_equal(values, reference), name
        else:  # the 8-bit one holds 32 HU a step, the 12-bit ones 2 HU; all are smoothed
            assert np.abs(values - reference).mean() < 40, name


@needs_data
def test_every_syntax_of_one_mr_has_the_same_values() -> None:
    found = index(DATA / "one_mr_nine_syntaxes")
    volumes = [drain(read_volume(series)).array for series in found.series]
    assert len(volumes) == 9
    assert all(np.array_equal(volumes[0], other) for other in volumes[1:])


@needs_data
def test_the_rest_of_the_ct_folder_is_read_or_named() -> None:
    found = index(DATA / "one_ct_many_syntaxes")
    said = reasons(found)
    assert "no Pixel Data (7FE0,0010)" in said["no-pixel-data.dcm"]
    taken = {Path(s.path).name for one in found.series for s in one.slices}
    assert {"no-pixel-spacing.dcm", "US-YBR_FULL_422-EVRLE.dcm", "CT1_J2KR", "CT2_J2KR"} <= taken
    assert {"CT0012.fragmented_no_bot_jpeg_baseline.51.dcm"} <= taken
    everything = {p.name for p in (DATA / "one_ct_many_syntaxes").iterdir()}
    assert taken | set(said) == everything
