"""Reads a JSON object member by member, so that a long one can be read with pauses."""

import json
import re
from collections.abc import Generator, Iterator
from typing import Any, Final

_BLANK: Final = re.compile(r"[ \t\n\r]*")
_DECODER: Final = json.JSONDecoder()


def members(text: str, piecemeal: str | None = None) -> Iterator[tuple[str, Any]]:
    """Every (name, value) of the object that a text is, in order.

    Args:
        text: JSON.
        piecemeal: Name of a member that is a long array: its elements come one by one, each
            with that name.

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
        at = _skip(text, _past(text, at, ":"))
        if name == piecemeal and text[at : at + 1] == "[":
            at = yield from _elements(text, at, name)
        else:
            value, at = _DECODER.raw_decode(text, at)
            yield name, value
        at = _skip(text, at)
        if text[at : at + 1] == "}":
            _end(text, at)
            return
        at = _skip(text, _past(text, at, ","))


def _elements(text: str, at: int, name: str) -> Generator[tuple[str, Any], None, int]:
    """The elements of the array that begins at a place; returns where it ends."""
    at = _skip(text, at + 1)
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        value, at = _DECODER.raw_decode(text, at)
        yield name, value
        at = _skip(text, at)
        if text[at : at + 1] == "]":
            return at + 1
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
