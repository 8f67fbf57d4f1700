"""What presentation states draw lies where they say; sides and views are those of the header."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from tests.dicom_makers import SALT, change, make_slice, save, save_stack
from wsl_studio.dicom.elements import quiet
from wsl_studio.dicom.graphics import draw_states
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.presentations import states
from wsl_studio.dicom.sides import sides_of
from wsl_studio.domain.progress import drain
from wsl_studio.domain.series import Series

PICTURE = np.zeros((64, 80), np.int16)


def series_of(folder: Path) -> Series:
    return drain(index_folder(folder, salt=SALT)).series[0]


def draw(series: Series, drawings: np.ndarray | None) -> np.ndarray | None:
    return draw_states(series, states(series), drawings)


def graphic(kind: str, *numbers: float, unit: str = "PIXEL") -> Dataset:
    one = Dataset()
    one.GraphicAnnotationUnits, one.GraphicDimensions = unit, 2
    one.NumberOfGraphicPoints, one.GraphicData = len(numbers) // 2, list(numbers)
    one.GraphicType, one.GraphicFilled = kind, "N"
    return one


def save_state(folder: Path, graphics: list[Dataset], *, about: str = "", **elements: Any) -> None:
    ds = make_slice(PICTURE, Modality="PR", SeriesInstanceUID="1.2.9", PixelData=None)
    refers, annotation = Dataset(), Dataset()
    refers.SeriesInstanceUID = "1.2.3.4"
    annotation.GraphicObjectSequence = graphics
    if about:
        image = Dataset()
        image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = "1.2.840", about
        annotation.ReferencedImageSequence = [image]
    words = elements.pop("words", None)
    if words is not None:
        annotation.TextObjectSequence = [words]
    ds.ReferencedSeriesSequence, ds.GraphicAnnotationSequence = [refers], [annotation]
    ds.ContentLabel = "MARKS"
    save(change(ds, **elements), folder / "state.dcm")


@pytest.fixture
def ct(tmp_path: Path) -> Series:
    save_stack(tmp_path / "ct", [PICTURE] * 3)
    return series_of(tmp_path / "ct")


def where(page: np.ndarray) -> tuple[int, int, int, int]:
    """First row, last row, first column, last column of what is drawn."""
    rows, columns = np.nonzero(page)
    return rows.min(), rows.max(), columns.min(), columns.max()


def test_a_line_lies_on_its_pixels_in_the_slice_it_is_about(ct: Series, tmp_path: Path) -> None:
    save_state(
        tmp_path / "pr", [graphic("POLYLINE", 10.5, 20.5, 30.5, 20.5)], about=ct.slices[1].uid
    )
    drawn = draw(ct, None)
    assert drawn.shape == (3, 64, 80)
    assert not drawn[[0, 2]].any()
    assert where(drawn[1]) == (20, 20, 10, 30)
    before = np.zeros_like(drawn)
    before[0, 1, 1] = 1
    both = draw(ct, before.copy())
    assert both[0].sum() == 1, "overlays stay"
    assert np.array_equal(both[1], drawn[1])


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (graphic("CIRCLE", 40.5, 30.5, 50.5, 30.5), (20, 40, 30, 50)),
        (graphic("ELLIPSE", 20.5, 30.5, 60.5, 30.5, 40.5, 20.5, 40.5, 40.5), (20, 40, 20, 60)),
        (graphic("POINT", 40.5, 30.5), (26, 34, 36, 44)),
        (graphic("INTERPOLATED", 10.5, 10.5, 20.5, 10.5, 30.5, 10.5), (10, 10, 10, 30)),
        (graphic("POLYLINE", 0.5, 0.5, 1.0, 0.5, unit="DISPLAY"), (32, 32, 40, 79)),
    ],
    ids=["circle", "ellipse", "point", "curve", "shares of the display"],
)
def test_shapes_reach_as_far_as_they_say(ct, tmp_path, one, expected) -> None:
    save_state(tmp_path / "pr", [one])
    drawn = draw(ct, None)
    assert np.abs(np.subtract(where(drawn[2]), expected)).max() <= 1
    assert np.array_equal(drawn[0], drawn[2]), "a state that names no image is about all"


def test_shares_are_of_the_part_that_the_state_shows(ct: Series, tmp_path: Path) -> None:
    area = Dataset()
    area.DisplayedAreaTopLeftHandCorner = [21, 11]
    area.DisplayedAreaBottomRightHandCorner = [60, 50]
    line = graphic("POLYLINE", 0.0, 0.5, 1.0, 0.5, unit="DISPLAY")
    save_state(tmp_path / "pr", [line], DisplayedAreaSelectionSequence=[area])
    assert np.abs(np.subtract(where(draw(ct, None)[0]), (30, 30, 20, 60))).max() <= 1


def test_words_stand_in_their_box(ct: Series, tmp_path: Path) -> None:
    words = Dataset()
    words.UnformattedTextValue = "Größe 4 mm"
    words.BoundingBoxAnnotationUnits = words.AnchorPointAnnotationUnits = "PIXEL"
    words.BoundingBoxTopLeftHandCorner, words.BoundingBoxBottomRightHandCorner = [5, 40], [70, 60]
    words.AnchorPoint, words.AnchorPointVisibility = [60.5, 10.5], "Y"
    save_state(tmp_path / "pr", [], words=words, SpecificCharacterSet="ISO_IR 100")
    page = draw(ct, None)[0]
    assert where(page[36:])[2] >= 5, "letters begin at the box"
    assert page[40:56, 5:60].sum() > 60
    assert where(page[:20]) == (6, 14, 56, 64), "and a cross marks what they are about"


def test_a_damaged_state_draws_nothing_and_harms_nothing(ct: Series, tmp_path: Path) -> None:
    bad = [graphic("POLYLINE", 1.0), graphic("SPIRAL", 1, 2, 3, 4), graphic("CIRCLE", 1, 2)]
    bad.append(graphic("POLYLINE", float("nan"), 1.0, float("inf"), 2.0))
    save_state(tmp_path / "pr", bad)
    assert draw(ct, None) is None


@given(
    st.sampled_from(["POINT", "POLYLINE", "INTERPOLATED", "CIRCLE", "ELLIPSE"]),
    st.lists(st.floats(width=32), max_size=9),
)
def test_any_numbers_can_be_drawn(
    tmp_path_factory: pytest.TempPathFactory, kind: str, numbers: list[float]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    save_stack(folder / "ct", [PICTURE])
    with quiet():
        save_state(folder / "pr", [graphic(kind, *numbers)])
    drawn = draw(series_of(folder / "ct"), None)
    assert drawn is None or set(np.unique(drawn)) <= {0, 1}


def code(value: str) -> Dataset:
    one = Dataset()
    one.CodeValue, one.CodingSchemeDesignator, one.CodeMeaning = value, "SCT", "words"
    return one


def test_sides_and_views_are_those_of_each_file(tmp_path: Path) -> None:
    views = [("R", "399162004", ""), ("L", "R-10226", ""), ("", "", "AP"), ("B", "", "Doe^Jane")]
    for i, (side, view, position) in enumerate(views):
        ds = make_slice(PICTURE, Modality="MG", InstanceNumber=i + 1, ViewPosition=position)
        ds.ImageLaterality, ds.ImagePositionPatient = side, [0, 0, float(i)]
        ds.ViewCodeSequence = [code(view)]
        save(ds, tmp_path / f"{i}.dcm")
    series = series_of(tmp_path)
    order = {f"{i}.dcm": i for i in range(4)}
    names = ["R CC", "L MLO", "AP", "R+L"]
    expected = tuple(names[order[Path(ref.path).name]] for ref in series.slices)
    assert sides_of(series) == expected


def test_a_long_series_is_asked_once_and_most_series_say_nothing(tmp_path: Path) -> None:
    paths = save_stack(tmp_path / "ct", [PICTURE] * 20, Laterality="L")
    series = series_of(tmp_path / "ct")
    for path in paths:
        if str(path) != series.slices[10].path:
            path.unlink()
    assert sides_of(series) == ("L",) * 20
    save_stack(tmp_path / "plain", [PICTURE] * 2)
    assert sides_of(series_of(tmp_path / "plain")) == ()
