"""Damaged files of every syntax are read or refused with a sentence; the bench does more."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dicom_makers import index
from wsl_studio.bench import Ask
from wsl_studio.bench.fuzz import run
from wsl_studio.bench.mutations import mutate, seeds
from wsl_studio.dicom.many import HeaderReader
from wsl_studio.dicom.pixels import read_volume, try_frame
from wsl_studio.dicom.syntaxes import SUPPORTED, VIDEO
from wsl_studio.domain.progress import drain

WHOLE = seeds(0)
NAMES = sorted(WHOLE)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "one.dcm"


def test_whole_files_are_there_in_nearly_every_syntax(one: Path) -> None:
    syntaxes = set()
    for name, data in WHOLE.items():
        one.write_bytes(data)
        found = HeaderReader(b"salt").read(str(one))
        if not isinstance(found, str):
            syntaxes.add(found.syntax)
            if name.startswith("made/"):
                assert drain(try_frame(one)) == "", name
    missing = {syntax.split("1.2.840.10008.1.2.")[-1] for syntax in SUPPORTED - VIDEO - syntaxes}
    # Nobody here writes these; they go to the same decoders as those that are there.
    assert missing <= {"4.51", "4.53", "4.55", "4.57", "4.202", "4.203", "4.111", "4.112", "1.99"}


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, 2**32))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_gives_pixels_or_a_reason(one: Path, name: str, other: str, seed: int) -> None:
    one.write_bytes(mutate(WHOLE[name], WHOLE[other], np.random.default_rng(seed)))
    found = HeaderReader(b"salt").read(str(one))
    if isinstance(found, str):
        assert len(found) > 8
    else:
        assert isinstance(drain(try_frame(one)), str)


def test_an_element_of_no_known_kind_does_not_stop_its_slice(one: Path) -> None:
    """Found by the bench: seed 4, file 3250."""
    rng = np.random.default_rng([4, 3250])
    whole = seeds(4)
    names = sorted(whole)
    name, other = (names[int(rng.integers(len(names)))] for _ in range(2))
    one.write_bytes(mutate(whole[name], whole[other], rng))
    for series in index(one).series:
        assert drain(read_volume(series)).n_slices == series.n_slices


@pytest.mark.usefixtures("qapp")
def test_the_window_outlives_damaged_files() -> None:
    result = run(Ask(n=12, seed=3))
    measured = {row["measured"]: row["value"] for row in result["rows"]}
    assert measured["faults of ours"] == 0
    assert measured["series read"] + measured["files and series refused with a sentence"] >= 12
    assert measured["peak memory of reading, all processes, MiB"] < 2048
