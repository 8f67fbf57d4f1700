"""Slices come in anatomical order with measured spacing; what has no common grid says so."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.uid import EnhancedMRImageStorage

from tests.dicom_makers import index, make_slice, open_one, save, save_stack
from wsl_studio.dicom.headers import Header
from wsl_studio.dicom.planes import ORDER, Plane, letters_orientation
from wsl_studio.dicom.stacks import build_series, natural
from wsl_studio.domain.geometry import Geometry

AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
SAGITTAL = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)


def pictures(n: int) -> list[np.ndarray]:
    """Slices that tell their number."""
    return [np.full((4, 6), i, np.int16) for i in range(n)]


def header(position: tuple[float, float, float] | None = None, **own: object) -> Header:
    plane = Plane(
        position=position,
        orientation=own.pop("orientation", AXIAL),
        spacing=(0.5, 0.25),
        order=own.pop("order", (0.0,)),
    )
    values = {"series_uid": "1.2", "patient_key": "p", "modality": "CT", "rows": 4, "columns": 6}
    return Header(**(values | {"planes": (plane,)} | own))


def build(*headers: Header) -> tuple:
    return build_series((f"/f/{i:03d}.dcm", h) for i, h in enumerate(headers))


def test_order_and_spacing_come_from_positions(tmp_path: Path) -> None:
    save_stack(tmp_path, pictures(5), step_mm=1.5, SliceThickness=3, SpacingBetweenSlices=9)
    series = index(tmp_path).series[0]
    assert series.geometry == Geometry((1.5, 0.5, 0.25), AXIAL[:3], AXIAL[3:], (0.0, 0.0, 0.0))
    assert series.notes == ()
    assert open_one(tmp_path).array[:, 0, 0].tolist() == [0, 1, 2, 3, 4]


@given(
    st.floats(-3.1, 3.1), st.floats(-1.5, 1.5), st.integers(2, 9), st.floats(0.3, 6.0), st.randoms()
)
def test_any_orientation_and_any_file_order_give_the_grid(
    turn: float, tip: float, n: int, step: float, random: object
) -> None:
    a = np.array([np.cos(turn), np.sin(turn), 0.0])
    b = np.array([-np.sin(turn) * np.cos(tip), np.cos(turn) * np.cos(tip), np.sin(tip)])
    normal = np.cross(a, b)
    origin = np.array([10.0, -20.0, 30.0])
    headers = [
        header(
            tuple(np.round(origin + i * step * normal, 4)), orientation=(*a, *b), sop_uid=f"1.{i}"
        )
        for i in range(n)
    ]
    shuffled = list(enumerate(headers))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    (series,), passed = build_series((f"/f/{i:03d}.dcm", h) for i, h in shuffled)
    assert passed == ()
    assert [s.uid for s in series.slices] == [f"1.{i}" for i in range(n)]
    assert series.geometry is not None
    assert series.geometry.spacing_mm == pytest.approx((step, 0.5, 0.25), abs=2e-4)
    last = series.geometry.index_to_world() @ [0, 0, n - 1, 1]
    assert last[:3] == pytest.approx(origin + (n - 1) * step * normal, abs=2e-3)
    assert series.notes == ()


def test_missing_slices_are_counted_and_placed() -> None:
    (series,), _ = build(*(header((0, 0, z)) for z in (0, 2, 4, 10, 12)))
    assert series.geometry is not None
    assert series.geometry.spacing_mm[0] == 2
    assert series.notes == (
        "2 slices are missing, first after slice 3: distances across it are wrong.",
    )


def test_uneven_slices_are_noted() -> None:
    (series,), _ = build(*(header((0, 0, z)) for z in (0, 2, 4, 5.2, 7.2)))
    assert "not evenly spaced (1.2 to 2 mm, first after slice 3)" in series.notes[0]


def test_tilted_gantry_is_noted() -> None:
    (series,), _ = build(*(header((0, 0.5 * z, z)) for z in range(5)))
    assert series.geometry is not None
    assert series.geometry.spacing_mm[0] == pytest.approx(1)
    assert "slide sideways by 2.0 mm" in series.notes[0]


def test_copies_are_passed_over() -> None:
    one = header((0, 0, 0), sop_uid="1.5")
    (series,), passed = build(one, one, header((0, 0, 1), sop_uid="1.6"))
    assert series.n_slices == 2
    assert [p.path for p in passed] == ["/f/001.dcm"]
    assert "SOP Instance UID (0008,0018)" in passed[0].reason


def test_localizer_planes_and_sizes_become_stacks() -> None:
    plain = [header((0, 0, z)) for z in range(3)]
    turned = [header((x, 0, 0), orientation=SAGITTAL) for x in range(2)]
    small = [header((0, 0, z), rows=8) for z in range(4)]
    inverted = [header((0, 0, 0), look="inverted")]
    series, _ = build(*plain, *turned, *small, *inverted)
    assert [(s.uid, s.stem, s.n_slices) for s in series] == [
        ("1.2", "1.2", 3),
        ("1.2/2", "1.2_2", 2),
        ("1.2/3", "1.2_3", 4),
        ("1.2/4", "1.2_4", 1),
    ]
    assert all(s.geometry is not None for s in series)


def test_rotating_projection_stays_one_series() -> None:
    turns = [(np.cos(t), np.sin(t), 0.0, 0.0, 0.0, -1.0) for t in np.linspace(0, 3, 12)]
    (series,), _ = build(
        *(header((0, 0, 0), orientation=t, order=(float(i),)) for i, t in enumerate(turns))
    )
    assert series.n_slices == 12
    assert series.geometry is None
    assert "turned against one another" in series.notes[0]


def test_echoes_at_the_same_places_become_stacks() -> None:
    headers = [
        header((0, 0, z), order=(echo, 100 * z + echo), sop_uid=f"{int(echo)}.{z}")
        for z in range(4)
        for echo in (30.0, 80.0)
    ]
    series, _ = build(*headers)
    assert [[s.uid for s in one.slices] for one in series] == [
        ["30.0", "30.1", "30.2", "30.3"],
        ["80.0", "80.1", "80.2", "80.3"],
    ]


def test_without_positions_instance_number_orders_and_says_so() -> None:
    (series,), _ = build(
        header(None, orientation=None, order=(2.0,), sop_uid="1.2"),
        header(None, orientation=None, order=(1.0,), sop_uid="1.1"),
    )
    assert [s.uid for s in series.slices] == ["1.1", "1.2"]
    assert series.geometry is None
    assert "Image Position (Patient) (0020,0032)" in series.notes[0]


def test_projection_keeps_letters_and_scale(tmp_path: Path) -> None:
    ds = make_slice(
        pictures(1)[0], Modality="DX", ImagePositionPatient=None, ImageOrientationPatient=None
    )
    ds.PatientOrientation = ["L", "FP"]
    save(ds, tmp_path / "1.dcm")
    series = index(tmp_path).series[0]
    assert series.geometry is not None
    assert series.geometry.letters() == ("R", "L", "H", "F")
    assert series.geometry.spacing_mm == (1.0, 0.5, 0.25)
    assert "distances hold within a slice only" in series.notes[0]


@pytest.mark.parametrize("letters", [("L",), ("L", "R"), ("X", "F"), ("", ""), ("L", "F", "A")])
def test_orientation_letters_that_make_no_plane(letters: tuple[str, ...]) -> None:
    assert letters_orientation(letters) is None


def test_phantoms_and_patients_are_told_from_all_files() -> None:
    (series,), _ = build(
        header((0, 0, 0), is_phantom=True),
        header((0, 0, 1), patient_key="q"),
    )
    assert not series.is_phantom
    assert series.patient_key == "p"
    assert "disagree about the patient" in series.notes[0]


def enhanced(order: list[int], *, kinds: int = 1) -> Dataset:
    """An enhanced MR file whose frames lie in the given order; pixel value tells the place."""
    frames = [(k, place) for k in range(kinds) for place in order]
    array = np.stack([np.full((4, 6), 10 * k + p, np.uint16) for k, p in frames])
    ds = make_slice(array[0], SOPClassUID=EnhancedMRImageStorage, Modality="MR")
    for keyword in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing",
                    "RescaleSlope", "RescaleIntercept"):  # fmt: skip
        delattr(ds, keyword)
    ds.NumberOfFrames = len(frames)
    ds.PixelData = array.tobytes()
    shared, measures, turn = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [0.5, 0.25], 9
    turn.ImageOrientationPatient = list(SAGITTAL)
    shared.PixelMeasuresSequence, shared.PlaneOrientationSequence = [measures], [turn]
    ds.SharedFunctionalGroupsSequence = [shared]
    groups = []
    for kind, place in frames:
        group, position, value, content = Dataset(), Dataset(), Dataset(), Dataset()
        position.ImagePositionPatient = [-3.0 * place, 0, 0]
        value.RescaleSlope, value.RescaleIntercept = 2 + kind, 5
        content.TemporalPositionIndex = kind + 1
        group.PlanePositionSequence = [position]
        group.PixelValueTransformationSequence = [value]
        group.FrameContentSequence = [content]
        groups.append(group)
    ds.PerFrameFunctionalGroupsSequence = groups
    return ds


def test_enhanced_frames_are_sorted_by_their_own_places(tmp_path: Path) -> None:
    save(enhanced([2, 0, 3, 1]), tmp_path / "e.dcm")
    volume = open_one(tmp_path)
    assert volume.array[:, 0, 0].tolist() == [0, 1, 2, 3]
    assert volume.value(2, 0, 0) == 2 * 2 + 5
    assert volume.geometry is not None
    assert volume.geometry.spacing_mm == (3.0, 0.5, 0.25)
    assert volume.geometry.row_cosine == SAGITTAL[:3]


def test_enhanced_time_points_become_series_with_their_own_rescale(tmp_path: Path) -> None:
    save(enhanced([1, 0], kinds=2), tmp_path / "e.dcm")
    series = index(tmp_path).series
    assert [[s.frame for s in one.slices] for one in series] == [[1, 0], [3, 2]]


def placed(order: dict[str, float], z: float, **own: object) -> Header:
    full = tuple(order.get(name, 0.0) for name in ORDER)
    return header((0, 0, z), order=full, **own)


def parts(*headers: Header) -> list[str]:
    series, _ = build(*headers)
    return [one.part for one in series]


@pytest.mark.parametrize(
    ("field", "values", "names"),
    [
        ("echo", (30, 80), ["echo 30 ms", "echo 80 ms"]),
        ("b_value", (0, 1000), ["b 0", "b 1000"]),
        ("trigger", (0, 45, 90), [f"phase {k} of 3" for k in (1, 2, 3)]),
        ("temporal", (4, 9), ["phase 1 of 2", "phase 2 of 2"]),
        ("acquisition", (1, 2), ["acquisition 1", "acquisition 2"]),
        ("instance", (1, 2), ["part 1 of 2", "part 2 of 2"]),
    ],
)
def test_stacks_are_named_by_what_sets_them_apart(
    field: str, values: tuple[float, ...], names: list[str]
) -> None:
    headers = [placed({field: v}, z, sop_uid=f"{v}.{z}") for z in range(3) for v in values]
    assert parts(*headers) == names


def test_directions_and_sizes_name_stacks() -> None:
    axial = [header((0, 0, z)) for z in range(3)]
    turned = [header((x, 0, 0), orientation=SAGITTAL) for x in range(2)]
    small = [header((0, 0, z), rows=8) for z in range(4)]
    assert parts(*axial) == [""]
    assert parts(*axial, *turned) == ["axial", "sagittal"]
    assert parts(*axial, *small) == ["6 x 4", "6 x 8"]


def test_a_localizer_is_called_one_and_other_words_are_not_kept(tmp_path: Path) -> None:
    save_stack(tmp_path / "a", pictures(2), ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"])
    words = ["ORIGINAL", "PRIMARY", "Z^X"]
    save_stack(tmp_path / "b", pictures(2), SeriesInstanceUID="1.9", ImageType=words)
    found = index(tmp_path)
    assert [s.part for s in found.series] == ["localizer", ""]
    assert "Z^X" not in found.model_dump_json()


def test_cardiac_phases_of_an_enhanced_file(tmp_path: Path) -> None:
    ds = enhanced([0, 1], kinds=2)
    for i, group in enumerate(ds.PerFrameFunctionalGroupsSequence):
        trigger = Dataset()
        trigger.NominalCardiacTriggerDelayTime = 50.0 * (i // 2)
        group.CardiacSynchronizationSequence = [trigger]
        group.FrameContentSequence[0].TemporalPositionIndex = 1
    save(ds, tmp_path / "e.dcm")
    assert [s.part for s in index(tmp_path).series] == ["phase 1 of 2", "phase 2 of 2"]


@given(st.floats(-3.1, 3.1), st.floats(-1.5, 1.5), st.integers(2, 40), st.floats(0.3, 6.0),
       st.tuples(*[st.floats(0, 1)] * 3))  # fmt: skip
def test_world_to_index_and_back(
    turn: float, tip: float, n: int, step: float, at: tuple[float, float, float]
) -> None:
    a = np.array([np.cos(turn), np.sin(turn), 0.0])
    b = np.array([-np.sin(turn) * np.cos(tip), np.cos(turn) * np.cos(tip), np.sin(tip)])
    origin, normal = np.array([9.0, -20, 3]), np.cross(a, b)
    places = [tuple(np.round(origin + i * step * normal, 4)) for i in range(n)]
    turned = tuple(np.round((*a, *b), 6))
    headers = (header(p, orientation=turned, sop_uid=f"1.{i}") for i, p in enumerate(places))
    (series,), _ = build(*headers)
    assert series.geometry is not None
    matrix = series.geometry.index_to_world()
    i, j, k = (share * (size - 1) for share, size in zip(at, (6, 4, n), strict=True))
    back = np.linalg.inv(matrix) @ matrix @ [i, j, k, 1]
    assert np.abs(back[:3] - (i, j, k)).max() < 0.01
    exact = np.array(places[0]) + i * 0.25 * a + j * 0.5 * b + k * step * np.cross(a, b)
    voxels = np.linalg.inv(matrix) @ [*exact, 1]
    assert np.abs(voxels[:3] - (i, j, k)).max() < 0.01


def test_natural_order() -> None:
    assert sorted(["s10", "s2", "s1"], key=natural) == ["s1", "s2", "s10"]
