"""A JSON object read member by member is what the standard library reads of it at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.domain.json_parts import members

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=5)


@given(OBJECTS, st.sampled_from((None, 0, 1, 4)), st.sampled_from(("", " ", "\n\t ")))
def test_every_member_comes_in_order(
    found: dict[str, object], indent: int | None, blank: str
) -> None:
    text = blank + json.dumps(found, indent=indent) + blank
    assert list(members(text)) == list(found.items())


@given(OBJECTS, st.data())
def test_a_text_that_was_cut_off_or_goes_on_is_refused(
    found: dict[str, object], data: st.DataObject
) -> None:
    text = json.dumps(found)
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    for bad in (cut, text + "x", text + text):
        with pytest.raises(ValueError):  # noqa: PT011 - json's own and ours
            list(members(bad))


@given(st.text(alphabet='{}[]",:01x \n', max_size=12))
def test_what_is_taken_is_what_json_takes(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        expected = None
    if isinstance(expected, dict):
        assert dict(members(text)) == expected
    else:
        with pytest.raises(ValueError):  # noqa: PT011 - json's own and ours
            list(members(text))


@given(OBJECTS, st.lists(VALUES, max_size=5), st.sampled_from((None, 1)))
def test_a_long_array_comes_element_by_element(
    found: dict[str, object], long: list[object], indent: int | None
) -> None:
    text = json.dumps({**found, "long": long, "last": 1}, indent=indent)
    read = list(members(text, piecemeal="long"))
    assert [value for name, value in read if name == "long"] == long
    others = [(name, value) for name, value in found.items() if name not in ("long", "last")]
    assert [pair for pair in read if pair[0] not in ("long", "last")] == others
    assert read[-1] == ("last", 1) or "last" in found
