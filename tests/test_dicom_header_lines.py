"""The header as lines: all of it, names marked, damage survived, nothing kept."""

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset

from tests.dicom_makers import change, index, make_slice, save
from wsl_studio.dicom.header_lines import read_elements, read_frame_uid
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.reader import perform

PICTURE = np.zeros((8, 8), np.int16)


def write(folder: Path, **elements: object):
    ds = change(make_slice(PICTURE, PatientName="Doe^Jane"), **elements)
    save(ds, folder / "1.dcm")
    return index(folder).series[0]


def by_name(lines):
    return {line["name"]: line for line in lines}


def test_every_element_is_a_line_and_sequences_are_opened(tmp_path: Path) -> None:
    item = Dataset()
    item.ReferencedSOPInstanceUID = "1.2.3"
    series = write(tmp_path, SliceThickness="2.5", ReferencedImageSequence=[item])
    lines = read_elements(series, 0)
    found = by_name(lines)
    assert found["Slice Thickness"]["value"] == "2.5"
    assert found["Slice Thickness"]["tag"] == "(0018,0050)"
    assert found["Referenced Image Sequence"]["value"] == "1 item"
    assert found["Referenced SOP Instance UID"]["depth"] == 1
    assert "Pixel Data" not in found
    answer = drain(perform({"do": "elements", "series": series.model_dump(mode="json")}))
    assert answer["lines"] == lines


@pytest.mark.parametrize(
    "elements",
    [{"PatientID": "SECRET"}, {"PatientBirthDate": "19700101"}, {"InstitutionName": "SECRET"},
     {"ProtocolName": "SECRET"}, {"ImageComments": "SECRET"}, {"OperatorsName": "SECRET"},
     {"StudyDescription": "SECRET"}, {"StationName": "SECRET"}, {"DeviceSerialNumber": "SECRET"},
     {"AccessionNumber": "SECRET"}, {"AcquisitionComments": "SECRET"},
     {"PatientAddress": "SECRET"}],
)  # fmt: skip
def test_what_may_name_a_person_is_never_marked_safe(tmp_path: Path, elements) -> None:
    lines = read_elements(write(tmp_path, **elements), 0)
    shown = [line for line in lines if line["is_safe"]]
    assert "SECRET" not in str(shown)
    assert "Doe" not in str(shown)
    assert "19700101" not in str(shown)
    assert any(value in str(lines) for value in elements.values())


def test_numbers_of_the_machine_stay_readable_while_names_are_hidden(tmp_path: Path) -> None:
    series = write(tmp_path, SliceThickness="2.5", KVP="120", PixelSpacing=[0.5, 0.5])
    found = by_name(read_elements(series, 0))
    assert all(found[name]["is_safe"] for name in ("Slice Thickness", "KVP", "Pixel Spacing"))


def test_a_file_that_is_gone_is_said_in_a_sentence(tmp_path: Path) -> None:
    series = write(tmp_path)
    (tmp_path / "1.dcm").unlink()
    with pytest.raises(KnownError, match="can't be read"):
        read_elements(series, 0)
    assert read_frame_uid(series) == ""


def test_the_frame_of_reference_comes_with_the_pixels(tmp_path: Path) -> None:
    series = write(tmp_path, FrameOfReferenceUID="1.2.840.9")
    request = {"do": "volume", "series": series.model_dump(mode="json"), "scratch": str(tmp_path)}
    assert drain(perform(request))["volume"]["frame_uid"] == "1.2.840.9"
