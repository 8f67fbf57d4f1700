"""Names in every character set of pydicom's test files are shown as they were written."""

from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset

from tests.dicom_makers import make_slice, save
from tests.test_dicom_pixels import PICTURE
from wsl_studio.dicom.pixels import read_banner, say_name
from wsl_studio.domain.series import Series, SliceRef

FOLDER = Path(pydicom.__file__).parent / "data" / "charset_files"

NAMES = {
    "chrArab": "قباني لنزار",
    "chrFren": "Buc Jérôme",
    "chrFrenMulti": "Buc Jérôme",
    "chrGerm": "Äneas Rüdiger",
    "chrGreek": "Διονυσιος",
    "chrH31": "Yamada Tarou (山田 太郎)",
    "chrH32": "ﾔﾏﾀﾞ ﾀﾛｳ (山田 太郎)",
    "chrHbrw": "שרון דבורה",
    "chrI2": "Hong Gildong (洪 吉洞)",
    "chrJapMulti": "やまだ たろう",
    "chrJapMultiExplicitIR6": "やまだ たろう",
    "chrKoreanMulti": "김희중",
    "chrRuss": "Люкceмбypг",
    "chrX1": "Wang XiaoDong (王 小東)",
    "chrX2": "Wang XiaoDong (王 小东)",
}
"""As the standard writes them (PS3.5 annexes H to J) and as pydicom's tests expect them."""


def banner_of(path: Path) -> dict[str, str]:
    series = Series(
        uid="1.2", stem="1.2", patient_key="p", modality="OT", rows=1, columns=1,
        slices=(SliceRef(path=str(path)),),
    )  # fmt: skip
    return read_banner(series)


@pytest.mark.parametrize("name", NAMES)
def test_names_are_shown_as_written(name: str) -> None:
    assert banner_of(FOLDER / f"{name}.dcm")["Patient"] == NAMES[name]


def test_every_file_of_a_character_set_is_asked_for() -> None:
    there = {path.stem for path in FOLDER.glob("*.dcm")}
    nested = {"chrSQEncoding", "chrSQEncoding1"}  # a name within a sequence, which is not shown
    assert there - nested == set(NAMES)
    assert all(isinstance(banner_of(FOLDER / f"{name}.dcm"), dict) for name in nested)


@pytest.mark.parametrize("charset", ["ISO_IR 192", "GB18030", "ISO_IR 100", "NO_SUCH_SET", ""])
def test_words_survive_a_right_set_and_nothing_falls_over_a_wrong_one(
    tmp_path: Path, charset: str
) -> None:
    ds: Dataset = make_slice(PICTURE, SpecificCharacterSet="ISO_IR 192")
    ds.StudyDescription, ds.PatientName = "Thorax, Lungenödem", "Käse^Ümit"
    path = save(ds, tmp_path / "1.dcm")
    data = path.read_bytes()
    assert data.count(b"ISO_IR 192") == 1
    path.write_bytes(data.replace(b"ISO_IR 192", charset.encode().ljust(10)[:10]))
    banner = banner_of(path)
    if charset == "ISO_IR 192":
        assert banner["Study"] == "Thorax, Lungenödem"
        assert banner["Patient"] == "Käse Ümit"
    else:
        assert banner["Study"].startswith("Thorax, Lungen")


def test_names_of_one_group_or_none() -> None:
    assert say_name("Doe^Jane^^Dr") == "Doe Jane Dr"
    assert say_name("=山田^太郎") == "山田 太郎"
    assert say_name("") == ""
