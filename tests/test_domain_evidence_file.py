"""Evidence goes into arrays and text and comes out the same."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from tests.store_makers import make_evidence
from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.evidence_file import evidence_file_name, pack_evidence, unpack_evidence

finite = st.floats(-1e6, 1e6)


@given(
    grids=npst.arrays(
        np.float32,
        npst.array_shapes(min_dims=4, max_dims=4, max_side=4),
        elements=st.floats(-59904, 59904, width=32),
    ),
    sums=st.tuples(finite, finite, finite, finite, finite),
    likes=st.lists(st.tuples(st.text(), finite), max_size=3),
    place=st.tuples(finite, finite, finite, finite),
    scale=st.floats(1e-3, 1e3),
)
def test_what_is_packed_is_unpacked(
    grids: np.ndarray,
    sums: tuple[float, float, float, float, float],
    likes: list[tuple[str, float]],
    place: tuple[float, float, float, float],
    scale: float,
) -> None:
    made = {
        f"finding {k} ä": Evidence(
            series_uid="1.2/2",
            finding=f"finding {k} ä",
            round=3,
            grid=grid,
            placement=Placement(*place),
            arithmetic=Arithmetic(*sums),
            scale=scale + k,
            likes=tuple(likes),
        )
        for k, grid in enumerate(grids)
    }
    arrays, metadata = pack_evidence(made)
    assert arrays["grid"].dtype == np.float16
    assert all(isinstance(value, str) for value in metadata.values())
    read = unpack_evidence(arrays, metadata, 3)
    assert list(read) == list(made)
    for name, evidence in read.items():
        assert evidence.grid.dtype == np.float32
        np.testing.assert_allclose(evidence.grid, made[name].grid, rtol=5e-4, atol=1e-7)
        assert replace(evidence, grid=made[name].grid).__dict__ == made[name].__dict__


def test_files_of_before_a_series_was_compared_as_a_whole_are_read() -> None:
    arrays, metadata = pack_evidence({"nodule": make_evidence("1", "nodule")})
    del metadata["likes"]
    sums = json.loads(metadata["arithmetic"])
    del sums["nodule"]["whole"]
    read = unpack_evidence(arrays, {**metadata, "arithmetic": json.dumps(sums)}, 1)["nodule"]
    assert (read.likes, read.arithmetic.whole) == ((), 0.0)


def test_a_logit_beyond_float16_is_clipped_not_infinite() -> None:
    huge = make_evidence("1", "nodule")
    huge.grid[0, 0, 0] = 1e9
    arrays, metadata = pack_evidence({"nodule": huge})
    assert np.isfinite(arrays["grid"]).all()
    assert unpack_evidence(arrays, metadata, 1)["nodule"].grid.max() == 60000.0


def test_what_does_not_belong_together_is_refused() -> None:
    one, other = make_evidence("1", "nodule"), make_evidence("2", "effusion")
    moved = replace(make_evidence("1", "effusion"), placement=Placement(4, 4, 0, 0))
    for evidence in ({}, {"nodule": one, "effusion": other}, {"effusion": one}):
        with pytest.raises(ValueError, match="evidence"):
            pack_evidence(evidence)
    with pytest.raises(ValueError, match="one grid"):
        pack_evidence({"nodule": one, "effusion": moved})


def test_the_spread_over_members_comes_back_and_stands_for_every_finding_or_none() -> None:
    grids = {name: make_evidence("1", name) for name in ("nodule", "effusion")}
    wide = {
        name: replace(one, spread=np.full(one.grid.shape, k + 0.5, np.float32))
        for k, (name, one) in enumerate(grids.items())
    }
    arrays, metadata = pack_evidence(wide)
    read = unpack_evidence(arrays, metadata, 1)
    assert [float(one.spread.max()) for one in read.values() if one.spread is not None] == [
        0.5,
        1.5,
    ]
    assert set(pack_evidence(grids)[0]) == {"grid"}
    with pytest.raises(ValueError, match="every finding or of none"):
        pack_evidence({**wide, "effusion": grids["effusion"]})
    with pytest.raises(ValueError, match="spread"):
        unpack_evidence({**arrays, "spread": arrays["spread"][:1]}, metadata, 1)


@pytest.mark.parametrize("key", ["series_uid", "findings", "placement", "arithmetic", "scale"])
def test_a_missing_or_odd_part_is_a_value_error(key: str) -> None:
    arrays, metadata = pack_evidence({"nodule": make_evidence("1", "nodule")})
    without = {name: value for name, value in metadata.items() if name != key}
    with pytest.raises(ValueError, match="not the evidence of one series"):
        unpack_evidence(arrays, without, 1)
    if key != "series_uid":
        with pytest.raises(ValueError, match="not the evidence of one series"):
            unpack_evidence(arrays, {**metadata, key: "{]"}, 1)
    with pytest.raises(ValueError, match="not the evidence of one series"):
        unpack_evidence({"grid": arrays["grid"][0]}, metadata, 1)


def test_a_file_name_is_safe_and_always_the_same() -> None:
    assert evidence_file_name("1.2.3/2") == "3c2c6da8cc44a359513b.safetensors"
    names = {evidence_file_name(uid) for uid in ("1.2.3", "1.2.3/2", "image.abc")}
    assert len(names) == 3
    assert all("/" not in name and len(name) == 20 + len(".safetensors") for name in names)
