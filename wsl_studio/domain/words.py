"""Sentences that keep what they are made of, so that a window can say them in other languages."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

NOTHING: Final[Mapping[str, Any]] = {}


class Said(str):
    """An English text with its template and values; everywhere else it is plain text.

    Logs, files, tests and the command line see the English; ``wsl_studio.ui.words.local`` sees
    the template. Text that was kept or sent to another process is plain again.

    Args:
        text: What is read.
        template: With ``{name}`` for each value.
        values: By name; a ``Said`` or an enumeration among them is translated too.
        forms: (count, template for one, template for several) where a count decides.
    """

    template: str
    values: Mapping[str, Any]
    forms: tuple[int, str, str] | None

    def __new__(
        cls,
        text: str,
        template: str,
        values: Mapping[str, Any] = NOTHING,
        forms: tuple[int, str, str] | None = None,
    ) -> "Said":
        """Makes the text."""
        out = super().__new__(cls, text)
        out.template, out.values, out.forms = template, values, forms
        return out

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def say(template: str, /, **values: Any) -> Said:
    """A sentence: ``say("{n} of {total} read", n=3, total=9)``; without values it is as it stands.

    ``resources/words.py`` finds templates by this call, so the template is written out in it.
    """
    return Said(template.format(**values) if values else template, template, values)


def known(text: str) -> Said:
    """A text that is a template somewhere else: the word of an enumeration, a kept reason."""
    return Said(text, text)


def say_n(n: int, one: str, many: str, /, **values: Any) -> Said:
    """A sentence with a count, as ``{n}``: English takes ``one`` for 1 only, French for 0 too."""
    template = one if n == 1 else many
    values = {"n": n, **values}
    return Said(template.format(**values), template, values, (n, one, many))


def strung(separator: str, parts: Iterable[str]) -> Said:
    """Texts with a separator between them, each translated by itself."""
    values = {f"p{k}": part for k, part in enumerate(parts)}
    return Said(
        separator.join(values.values()), separator.join(f"{{{name}}}" for name in values), values
    )
