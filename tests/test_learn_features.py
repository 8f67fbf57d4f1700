"""Cached features: preprocessing, the local-shape level, and a cache that survives anything."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.learn_makers import picture
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.progress import Progress, drain
from wsl_studio.domain.recipe import Backbone
from wsl_studio.domain.volume import Volume
from wsl_studio.learn import shape
from wsl_studio.learn.features import SHAPE, Extractor
from wsl_studio.learn.model import resample
from wsl_studio.learn.preprocess import Frame, Grid, Slices
from wsl_studio.learn.shape import eigenvalues, shape_channels

CPU = torch.device("cpu")
SPEC = Backbone(levels=("block4",), image_px=64, shape_px=(1.5,))
KEY = "ab" * 32


def ct(slices: int = 6) -> Volume:
    """A disc of tissue with a lung and a bead in it, in air."""
    s, y, x = np.mgrid[:slices, :96, :96]
    hu = np.full((slices, 96, 96), -1000)
    hu[(y - 48) ** 2 + (x - 48) ** 2 < 40**2] = 40
    hu[(y - 48) ** 2 + (x - 48) ** 2 < 25**2] = -850
    hu[((s - 3) * 3) ** 2 + (y - 40) ** 2 + (x - 52) ** 2 < 4**2] = 40
    plain = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0)
    return Volume(
        "ct", (hu + 1024).astype(np.uint16), 1.0, -1024.0, "HU", "CT",
        geometry=Geometry((3.0, 1.0, 1.0), *plain),
    )  # fmt: skip


def test_features_come_back_from_disk_as_they_were_made(tmp_path: Path) -> None:
    made = drain(Extractor(SPEC, tmp_path, CPU).make(KEY, ct()))
    found = Extractor(SPEC, tmp_path, CPU).load(KEY)
    assert found is not None
    assert list(found.maps) == sorted(found.maps, key=lambda name: {"block4": 0, SHAPE: 1}[name])
    for name, x in made.maps.items():
        assert torch.equal(found.maps[name], x)
        assert x.dtype == torch.float16
        assert x.shape[0] == 6
    assert found.frame == made.frame
    assert torch.equal(found.mean, made.mean)


def test_a_half_written_or_damaged_file_counts_as_none(tmp_path: Path) -> None:
    extractor = Extractor(SPEC, tmp_path, CPU)
    assert extractor.load(KEY) is None
    path = extractor.path(KEY)
    path.parent.mkdir(parents=True)
    path.with_name(f"{path.name}.1.part").write_bytes(b"half")
    assert extractor.load(KEY) is None
    drain(extractor.make(KEY, ct()))
    whole = path.read_bytes()
    for torn in (whole[: len(whole) // 2], b"", b"\xff" * 64):
        path.write_bytes(torn)
        assert Extractor(SPEC, tmp_path, CPU).load(KEY) is None
    drain(extractor.make(KEY, ct()))
    assert path.read_bytes() == whole


def test_dropping_the_work_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    extractor = Extractor(SPEC, tmp_path, CPU)
    work = extractor.make(KEY, ct(12))
    assert isinstance(next(work), Progress)
    next(work)
    work.close()
    assert extractor.load(KEY) is None


def test_another_way_of_preprocessing_has_a_cache_of_its_own(tmp_path: Path) -> None:
    specs = [
        SPEC,
        SPEC.model_copy(update={"image_px": 96}),
        SPEC.model_copy(update={"shape_px": ()}),
        SPEC.model_copy(update={"is_cropped": False}),
        SPEC.model_copy(update={"levels": ("block10",)}),
    ]
    assert len({Extractor(spec, tmp_path, CPU).path(KEY) for spec in specs}) == len(specs)


def test_a_cache_that_cannot_be_written_is_a_plain_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(KnownError, match="cached"):
        drain(Extractor(SPEC, blocked, CPU).make(KEY, ct(1)))


@given(st.integers(33, 700), st.integers(33, 700), st.sampled_from([64, 320, 384]), st.booleans())
def test_a_slice_is_placed_where_it_came_from(
    rows: int, columns: int, image_px: int, is_cropped: bool
) -> None:
    array = np.zeros((1, rows, columns), np.uint8)
    array[:, rows // 5 : -rows // 6 or None, columns // 4 : -columns // 7 or None] = 200
    slices = Slices(Volume("s", array), image_px=image_px, is_cropped=is_cropped)
    frame = slices.frame
    assert frame.rows % 32 == frame.columns % 32 == 0
    assert max(frame.rows, frame.columns) == image_px
    assert slices.channels(0).shape == (frame.rows, frame.columns, 3)
    one = frame.placement(Grid(1.0, 0.0))
    # The outer edges of the resized slice are the outer edges of what was kept.
    assert one.pixel(-0.5, -0.5) == pytest.approx((frame.top - 0.5, frame.left - 0.5))
    assert one.pixel(frame.rows - 0.5, frame.columns - 0.5) == pytest.approx(
        (frame.top + frame.height - 0.5, frame.left + frame.width - 0.5)
    )


def test_inverted_pixels_look_the_same_once_they_are_turned() -> None:
    plain = picture(patch=(50, 50))
    turned = Volume("t", 255 - plain.array, modality="IMG", is_inverted=True)
    a = Slices(plain, image_px=64, is_cropped=False).channels(0).astype(int)
    b = Slices(turned, image_px=64, is_cropped=False).channels(0).astype(int)
    # LINEAR of PS3.3 C.11.2.1.2.1 puts its half step on one side: a level of this narrow window.
    assert np.abs(a - b).max() <= 10
    assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.999


def test_a_ball_is_a_blob_and_a_rod_is_a_tube() -> None:
    s, y, x = np.mgrid[:16, :64, :64]
    ball = np.exp(-(((s - 8) * 2) ** 2 + (y - 30) ** 2 + (x - 34) ** 2) / 18)
    rod = np.exp(-(((s - 8) * 2) ** 2 + (y - 30) ** 2) / 18) * np.ones_like(x)
    for grey, is_blob in ((ball, True), (rod, False)):
        out = shape_channels(grey.astype(np.float32), scales_px=(2.0,), slice_px=2.0)
        assert out.shape == (16, 16, 16, shape.PER_SCALE)
        blob, tube = out[..., 0].astype(float), out[..., 1].astype(float)
        if is_blob:
            place = np.unravel_index(blob.argmax(), blob.shape)
            assert place == (8, 7, 8)
            assert blob.max() > 0.7 * tube.max()
        else:
            assert tube.max() > 0.1
            assert blob.max() < 0.1 * tube.max()


@given(st.integers(0, 100_000))
def test_eigenvalues_are_those_of_numpy(seed: int) -> None:
    a = np.random.default_rng(seed).normal(size=(20, 3, 3))
    a = a + a.transpose(0, 2, 1)
    pick = [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)]
    parts = tuple(torch.from_numpy(np.ascontiguousarray(a[:, i, j])) for i, j in pick)
    ours = torch.stack(eigenvalues(parts), -1).numpy()
    assert ours == pytest.approx(np.linalg.eigvalsh(a), abs=1e-6)


def test_equal_eigenvalues_are_finite() -> None:
    zero = torch.zeros(3)
    assert all(torch.isfinite(x).all() for x in eigenvalues((zero,) * 6))


def test_a_coarse_map_is_read_at_the_true_place_of_every_fine_cell() -> None:
    coarse, fine = Grid(16, 15), Grid(8, 3.5)
    ramp = (coarse.offset + coarse.stride * torch.arange(12.0)).expand(1, 1, 12, 12)
    out = resample(ramp, coarse, fine, (24, 24))[0, 0, 5]
    expected = (fine.offset + fine.stride * torch.arange(24.0)).clamp(15, 15 + 16 * 11)
    assert torch.allclose(out, expected, atol=1e-3)


def test_a_frame_without_a_change_is_the_image_itself() -> None:
    placement = Frame(0, 0, 64, 96, 64, 96).placement(Grid(8, 3.5))
    assert placement.pixel(0, 0) == (3.5, 3.5)
    assert (placement.stride_y, placement.stride_x) == (8, 8)
