"""The phantom: valid CT files, true masks in readers' order, and no shortcut through brightness."""

import hashlib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from wsl_studio.dicom.phantom import DIAMETER_MM, FINDINGS, Patient, PhantomVolume
from wsl_studio.dicom.phantom_files import DemoSeries, deal_findings, demo_uid, make_demo
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, drain

BOTH = {"nodule": True, "effusion": True}
NEITHER = {"nodule": False, "effusion": False}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[DemoSeries, ...]]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, drain(make_demo(folder, patients=6, slices=10, size_px=64, seed=3))


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lung(patient: Patient, deeper_than_mm: float) -> np.ndarray:
    """(S, H, W) where the aerated lung is, by the shapes alone (vessels and nodules are in it)."""
    x, y = patient.at.x.ravel(), patient.at.y.ravel()
    return np.stack(
        [
            (
                patient.lung_depth(np.stack([x, y, np.full_like(x, 4.0 * s)], axis=1))
                > deeper_than_mm
            ).reshape(patient.at.x.shape)
            for s in range(patient.slices)
        ]
    )


Cohort = list[tuple[Patient, dict[str, bool], PhantomVolume]]


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    out = []
    for i, findings in enumerate(deal_findings(60, seed=0)):
        patient = Patient(0, i, findings, 24, 128)
        out.append((patient, findings, drain(patient.render())))
    return out


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others(
    demo: tuple[Path, tuple[DemoSeries, ...]], tmp_path: Path
) -> None:
    folder, made = demo
    again = drain(make_demo(tmp_path / "a", patients=6, slices=10, size_px=64, seed=3))
    other = drain(make_demo(tmp_path / "b", patients=6, slices=10, size_px=64, seed=4))
    first = hashes(folder)
    assert len(first) == 6 * (10 + 2)
    assert hashes(tmp_path / "a") == first
    assert again == made
    assert not set(hashes(tmp_path / "b").values()) & {
        value for path, value in first.items() if path.endswith(".dcm")
    }
    assert not {s.uid for s in other} & {s.uid for s in made}


def test_a_smaller_demo_is_the_beginning_of_a_larger_one(
    demo: tuple[Path, tuple[DemoSeries, ...]], tmp_path: Path
) -> None:
    folder, made = demo
    fewer = drain(make_demo(tmp_path, patients=2, slices=10, size_px=64, seed=3))
    assert fewer == made[:2]
    assert hashes(tmp_path).items() <= hashes(folder).items()


def test_every_file_is_a_complete_ct_image(demo: tuple[Path, tuple[DemoSeries, ...]]) -> None:
    folder, made = demo
    never_empty = (
        "SOPClassUID SOPInstanceUID StudyInstanceUID SeriesInstanceUID FrameOfReferenceUID "
        "Modality ImageType ImagePositionPatient ImageOrientationPatient PixelSpacing "
        "SamplesPerPixel PhotometricInterpretation Rows Columns BitsAllocated BitsStored HighBit "
        "PixelRepresentation PixelData RescaleIntercept RescaleSlope RescaleType WindowCenter "
        "WindowWidth PatientName PatientID Manufacturer KVP SliceThickness BodyPartExamined "
        "PatientPosition StudyDate StudyTime SeriesNumber InstanceNumber AcquisitionNumber StudyID"
    )
    may_be_empty = (
        "PatientBirthDate PatientSex ReferringPhysicianName AccessionNumber "
        "PositionReferenceIndicator"
    )
    seen: set[str] = set()
    for number, series in enumerate(made, start=1):
        paths = sorted((folder / "dicom" / f"patient_{number:03d}").iterdir())
        assert [p.name for p in paths] == [f"slice_{k:03d}.dcm" for k in range(1, 11)]
        for path in paths:
            d = pydicom.dcmread(path)
            for keyword in never_empty.split():
                assert d[keyword].value not in (None, "", []), keyword
            for keyword in may_be_empty.split():
                assert keyword in d
            assert d.SOPClassUID == d.file_meta.MediaStorageSOPClassUID
            assert d.SOPClassUID == "1.2.840.10008.5.1.4.1.1.2"
            assert d.SOPInstanceUID == d.file_meta.MediaStorageSOPInstanceUID
            assert d.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
            assert d.file_meta.ImplementationClassUID.is_valid
            assert d.SeriesInstanceUID == series.uid
            assert d.PatientID == series.patient_id == f"PHANTOM-{number:03d}"
            assert d.PatientName == f"Phantom^{number:03d}"
            assert d.Manufacturer == "WSL Studio phantom"
            assert d.SeriesDescription == "Phantom chest (not a patient)"
            assert d.BurnedInAnnotation == "NO"
            assert list(d.WindowCenter) == [-600, 40]
            assert list(d.WindowWidth) == [1500, 400]
            assert (d.RescaleSlope, d.RescaleIntercept) == (1, -1024)
            assert d.pixel_array.shape == (64, 64)
            for uid in (d.SOPInstanceUID, d.SeriesInstanceUID, d.StudyInstanceUID):
                assert uid.is_valid
                assert uid.startswith("2.25.")
            seen.add(d.SOPInstanceUID)
    assert len(seen) == 60


def test_pixels_and_masks_are_what_was_rendered_in_the_order_readers_see(
    demo: tuple[Path, tuple[DemoSeries, ...]],
) -> None:
    folder, made = demo
    for i, series in enumerate(made):
        files = [pydicom.dcmread(p) for p in (folder / "dicom" / f"patient_{i + 1:03d}").iterdir()]
        d = files[0]
        normal = np.cross(d.ImageOrientationPatient[:3], d.ImageOrientationPatient[3:])
        files.sort(key=lambda f: float(np.dot(normal, f.ImagePositionPatient)))
        heights = [float(f.ImagePositionPatient[2]) for f in files]
        assert np.allclose(np.diff(heights), 4.0)
        read = np.stack([f.pixel_array.astype(int) - 1024 for f in files])
        volume = drain(Patient(3, i, series.findings, 10, 64).render())
        np.testing.assert_array_equal(read, volume.hu)
        for name in FINDINGS:
            with np.load(folder / "truth" / f"{series.uid}.{name}.npz") as stored:
                mask = stored["mask"]
            assert mask.dtype == np.bool_
            assert mask.shape == read.shape
            np.testing.assert_array_equal(mask, volume.masks[name])
            assert mask.any() == series.findings[name]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), n=st.integers(6, 90))
def test_every_prefix_has_both_findings_at_their_shares(seed: int, n: int) -> None:
    dealt = deal_findings(n, seed)
    kinds = {(f["nodule"], f["effusion"]) for f in dealt}
    assert len(kinds) == 4
    assert abs(sum(f["nodule"] for f in dealt) - 0.45 * n) <= 2
    assert abs(sum(f["effusion"] for f in dealt) - 0.40 * n) <= 2
    assert abs(sum(f["nodule"] and f["effusion"] for f in dealt) - 0.18 * n) <= 1.5
    assert dealt[: n - 1] == deal_findings(n - 1, seed)


def test_every_present_finding_is_drawn_even_in_a_slab_of_six_slices() -> None:
    for number in range(12):
        volume = drain(Patient(9, number, BOTH, 6, 64).render())
        assert volume.masks["nodule"].any(), number
        assert volume.masks["effusion"].any(), number


def test_nodules_have_their_size_lie_inside_the_lung_and_show_on_two_to_four_slices(
    cohort: Cohort,
) -> None:
    slices, shares = [], []
    for patient, findings, volume in cohort:
        assert volume.masks["nodule"].any() == findings["nodule"]
        inside = lung(patient, 0.0)
        assert not (volume.masks["nodule"] & ~inside).any()
        for nodule in patient.nodules:
            assert DIAMETER_MM[0] <= nodule.diameter_mm <= DIAMETER_MM[1]
            box, share = patient.nodule_share(nodule)
            voxel = volume.pixel_mm**2 * 4.0
            expected = np.pi / 6 * nodule.diameter_mm**3
            shares.append(share.sum() * voxel / expected)
            slices.append(int(volume.masks["nodule"][box].any(axis=(1, 2)).sum()))
            core = volume.hu[box][share > 0.97]
            if core.size > 3:
                assert abs(core.mean() - nodule.hu) < 60
    assert 25 <= len(slices) <= 45
    assert min(slices) >= 2
    assert max(slices) <= 5
    assert np.mean(np.array(slices) <= 4) > 0.85
    assert 0.9 < np.median(shares) < 1.15


def test_fluid_is_water_at_the_back_on_several_slices(cohort: Cohort) -> None:
    for patient, findings, volume in cohort:
        mask = volume.masks["effusion"]
        assert mask.any() == findings["effusion"]
        if not findings["effusion"]:
            continue
        assert mask.any(axis=(1, 2)).sum() >= 6
        assert -10 < np.median(volume.hu[mask]) < 30
        rows = np.nonzero(mask)[1] * volume.pixel_mm
        body = np.nonzero(volume.hu[12] > -200)[0] * volume.pixel_mm
        assert rows.mean() > body.mean()
        assert all(11 <= fluid.depth_mm <= 36 for fluid in patient.fluids)


def test_brightness_alone_does_not_tell_who_has_a_nodule(cohort: Cohort) -> None:
    truth, brightest, mean, dense = [], [], [], []
    for patient, findings, volume in cohort:
        values = volume.hu[lung(patient, 3.0)].astype(float)
        truth.append(findings["nodule"])
        brightest.append(values.max())
        mean.append(values.mean())
        dense.append((values > -100).sum())
    for shortcut in (brightest, mean, dense):
        area = roc_auc_score(truth, shortcut)
        assert max(area, 1 - area) < 0.75


def test_a_nodule_changes_nothing_but_its_own_place() -> None:
    patient = Patient(5, 1, {"nodule": True, "effusion": False}, 24, 128)
    with_it = drain(patient.render()).hu
    without = drain(Patient(5, 1, NEITHER, 24, 128).render()).hu
    allowed = np.zeros(with_it.shape, bool)
    for nodule in patient.nodules:
        allowed[patient.nodule_share(nodule)[0]] = True
    changed = with_it != without
    assert changed.any()
    assert not (changed & ~allowed).any()


def test_it_lies_on_its_back_with_its_right_at_the_left(cohort: Cohort) -> None:
    hearts, bones, corners, airs = [], [], [], []
    for patient, findings, volume in cohort:
        if findings["effusion"]:
            continue
        low = volume.hu[8]
        body = low > -200
        rows, columns = np.nonzero(body)
        middle = float(columns.min() + columns.max()) / 2
        front = slice(rows.min() + 20, (rows.min() + rows.max()) // 2)
        soft = (low[front] > 0) & (low[front] < 120)
        hearts.append(np.nonzero(soft)[1].mean() - middle)
        central = slice(int(middle) - 12, int(middle) + 13)
        bone = (volume.hu[:, :, central] > 250).sum(axis=(0, 2))
        bones.append((bone * np.arange(bone.size)).sum() / bone.sum() - rows.mean())
        corners.append(volume.hu[:, :20, :20].mean())
        airs.append(np.median(volume.hu[lung(patient, 8.0)]))
    assert np.mean(np.array(hearts) > 0) > 0.9  # the heart lies to the patient's left
    assert np.mean(np.array(bones) > 5) > 0.9  # the spine lies at the bottom
    assert np.allclose(corners, -1000, atol=5)
    assert min(airs) > -920
    assert max(airs) < -780


def test_progress_never_goes_back_and_comes_several_times_a_patient(tmp_path: Path) -> None:
    reports: list[Progress] = []
    drain(make_demo(tmp_path, patients=2, slices=8, size_px=32, seed=0), reports.append)
    assert all(a.done <= b.done for a, b in pairwise(reports))
    assert reports[-1].fraction == 1.0
    assert len(reports) >= 2 * 16
    assert all("PHANTOM" not in r.text for r in reports)


def test_closing_it_stops_at_once(tmp_path: Path) -> None:
    steps = make_demo(tmp_path, patients=60, slices=8, size_px=32, seed=0)
    next(steps)
    steps.close()
    assert not (tmp_path / "truth").exists()


def test_a_folder_that_cannot_be_written_is_a_sentence_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "dicom").write_text("in the way")
    with pytest.raises(KnownError) as caught:
        drain(make_demo(tmp_path, patients=1, slices=6, size_px=32))
    assert "cannot be written" in caught.value.sentence
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    "wrong", [{"patients": 0}, {"patients": 1000}, {"slices": 5}, {"size_px": 31}, {"seed": -1}]
)
def test_arguments_out_of_range_are_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        drain(make_demo(tmp_path, **wrong))
    assert not any(tmp_path.iterdir())


@given(st.lists(st.integers(), max_size=4))
def test_uids_are_valid_and_depend_on_their_parts(parts: list[int]) -> None:
    uid = pydicom.uid.UID(demo_uid(*parts))
    assert uid.is_valid
    assert len(uid) <= 64
    assert demo_uid(*parts) == uid
    assert demo_uid(*parts, 0) != uid
