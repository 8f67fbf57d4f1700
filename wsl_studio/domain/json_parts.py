"""Reads a JSON object member by member, so that a long one can be read with pauses."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_BLANK: Final = re.compile(r"[ \t\n\r]*")
_DECODER: Final = json.JSONDecoder()


def members(text: str) -> Iterator[tuple[str, Any]]:
    """Every (name, value) of the object that a text is, in order.

    Raises:
        ValueError: At the first place where the text is no JSON object.
    """
    at = _skip(text, _past(text, 0, "{"))
    if text[at : at + 1] == "}":
        _end(text, at)
        return
    while True:
        name, at = _DECODER.raw_decode(text, at)
        if not isinstance(name, str):
            raise ValueError("the name of a member is a string")
        value, at = _DECODER.raw_decode(text, _skip(text, _past(text, at, ":")))
        yield name, value
        at = _skip(text, at)
        if text[at : at + 1] == "}":
            _end(text, at)
            return
        at = _skip(text, _past(text, at, ","))


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    assert found is not None, "it matches nothing too"
    return found.end()


def _past(text: str, at: int, mark: str) -> int:
    at = _skip(text, at)
    if text[at : at + 1] != mark:
        raise ValueError(f"a {mark} is missing")
    return at + 1


def _end(text: str, at: int) -> None:
    if _skip(text, at + 1) != len(text):
        raise ValueError("something follows the object")
