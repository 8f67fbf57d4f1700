"""The window's words in the reader's language, by Qt's translation system."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from numbers import Number
from pathlib import Path
from string import Formatter
from typing import Any, Final
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from wsl_studio.domain.words import NOTHING, Said, say

CONTEXT: Final = "WSL Studio"
FOLDER: Final = Path(__file__).parent / "languages"
LANGUAGES: Final = ("system", "en", "fr")
"""What may be chosen; ``system`` is French where the system is, and English everywhere else."""
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?])\s+")
SYSTEM: Final = (say("no such file or directory"), say("permission denied"))
"""What systems say of files, as the sentences of lower floors quote it."""
COUNTS: Final = frozenset(("n", "k", "m", "at", "total"))
"""Values of these names are numbers, so that a template does not fit words in their place."""
_LIST: Final = re.compile(r"(, |; |: | \N{MIDDLE DOT} )")
_SPEC: Final = re.compile(r"\{(\w+)[^}]*\}")
_NUMBER: Final = re.compile(r"[+\N{MINUS SIGN}-]?\d+\.\d+")


MOST: Final = 4096
"""Texts that are kept translated: those of a list, while it is filtered or scrolled."""
_SAID: Final[dict[tuple[str, str], str]] = {}


class _Now:
    """The language of this process: one window, one language."""

    is_english = True
    point = "."
    is_none_singular = False
    translators: tuple[QTranslator, ...] = ()
    sources: Mapping[str, bool] = NOTHING
    patterns: tuple[tuple[str, str, re.Pattern[str]], ...] = ()


def speak(language: object) -> None:
    """Gives the application a language from now on; what is on screen already stays as it is.

    Args:
        language: One of ``LANGUAGES``; anything else is taken as ``system``.
    """
    is_french = language == "fr" or (
        language != "en" and QLocale.system().language() is QLocale.Language.French
    )
    if not is_french:
        use(())
        return
    own, qts = QTranslator(), QTranslator()
    own.load(str(FOLDER / "fr.qm"))
    qts.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    use((qts, own), sources_of(FOLDER / "fr.ts"), QLocale(QLocale.Language.French))


def use(
    translators: tuple[QTranslator, ...],
    sources: Mapping[str, bool] = NOTHING,
    locale: QLocale | None = None,
) -> None:
    """Puts translators in the place of those of before.

    Args:
        translators: The last one is asked first; none for English.
        sources: Every template they know, and whether it stands in a lower floor.
        locale: How numbers are written; as in C if None.
    """
    for old in _Now.translators:
        QCoreApplication.removeTranslator(old)
    for new in translators:
        QCoreApplication.installTranslator(new)
    locale = locale or QLocale.c()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    QLocale.setDefault(locale)
    _Now.translators, _Now.sources, _Now.is_english = translators, sources, not translators
    _Now.point = locale.decimalPoint()
    _Now.is_none_singular = locale.language() is QLocale.Language.French
    below = sorted((text for text in sources if sources[text]), key=_literal, reverse=True)
    _Now.patterns = tuple(filter(None, map(_pattern, below)))
    _found.cache_clear()
    _SAID.clear()


def sources_of(path: Path) -> dict[str, bool]:
    """Source texts of a ``.ts`` file; True for those that stand in a lower floor."""
    return {
        message.findtext("source", ""): any(
            not place.get("filename", "").startswith("ui/") for place in message.iter("location")
        )
        for message in ElementTree.parse(path).iter("message")
    }


def tr(template: str, /, **values: Any) -> str:
    """A text of the window: ``tr("slice {n}", n=3)``; without values it is as it stands.

    ``resources/words.py`` finds templates by this call, so the template is written out in it.
    """
    return _fill(_translated(template), values)


def tr_n(n: int, one: str, many: str, /, **values: Any) -> str:
    """A text with a count, as ``{n}``; French takes ``one`` for 0 too."""
    is_one = n == 1 or (n == 0 and _Now.is_none_singular)
    return _fill(_translated(one if is_one else many), {"n": n, **values})


def local(text: str) -> str:
    """A sentence of a lower floor in the reader's language; text that nobody knows stays.

    A ``Said`` and the word of an enumeration are looked up. Plain text comes from a file or from
    another process: it is held against the templates, whole and then sentence by sentence.
    """
    if _Now.is_english:
        return str(text)
    if not isinstance(text, Said) or not text.values:
        return _found(str(text)) or str(text)
    key = str(text), text.template
    if key not in _SAID:
        if len(_SAID) >= MOST:
            _SAID.clear()
        more = {name: value for name, value in text.values.items() if name != "n"}
        one = tr_n(*text.forms, **more) if text.forms else tr(text.template, **text.values)
        _SAID[key] = one
    return _SAID[key]


def told(text: str) -> str:
    """A ``Said`` in the reader's language; plain text is a name here and stays."""
    return local(text) if isinstance(text, Said) else text


def capital(text: str) -> str:
    """A text with its first letter in upper case; the rest stays."""
    return text[:1].upper() + text[1:]


def _translated(template: str) -> str:
    """A template in the language; where it is signs and values alone, its signs are."""
    out = QCoreApplication.translate(CONTEXT, template)
    return _spaced(out) if template not in _Now.sources else out


def _spaced(text: str) -> str:
    """French has an unbreakable space before a colon and a semicolon."""
    return re.sub("([:;]) ", "\N{NO-BREAK SPACE}\\1 ", text) if _Now.is_none_singular else text


def counted(n: int) -> str:
    """A count with its thousands apart: ``12,000``, and in French with an unbreakable space."""
    return f"{n:,}".replace(",", "\N{NO-BREAK SPACE}" if _Now.is_none_singular else ",")


def numeral(text: str) -> str:
    """A number that was written with a point, as the reader writes it."""
    return text if _Now.point == "." else text.replace(".", _Now.point)


class _Format(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Said | StrEnum):
            return format(local(value), format_spec)
        out = format(value, format_spec)
        return numeral(out) if isinstance(value, Number) else out


_FORMAT: Final = _Format()


def _fill(template: str, values: Mapping[str, Any] = NOTHING) -> str:
    if not values:
        return template
    if _Now.is_english:
        return template.format(**values)
    return _FORMAT.vformat(template, (), values)


def _literal(template: str) -> int:
    """Letters of a template that are no value."""
    return sum(len(text) for text, *_ in Formatter().parse(template))


def _pattern(template: str) -> tuple[str, str, re.Pattern[str]] | None:
    """(longest literal, template, what its texts look like); None where it would fit anything."""
    if "{" not in template:
        return None
    pieces = list(Formatter().parse(template))
    longest = max((text for text, *_ in pieces), key=len)
    if not re.search(r"[A-Za-z]{3}", longest):
        return None
    looks = ""
    known: set[str] = set()
    for text, name, *_ in pieces:
        looks += re.escape(text)
        if name:
            any_text = r"[\d, .]+" if name in COUNTS else ".+?"
            looks += f"(?P={name})" if name in known else f"(?P<{name}>{any_text})"
            known.add(name)
    return longest, template, re.compile(looks, re.DOTALL)


@lru_cache(maxsize=MOST)
def _found(text: str) -> str | None:
    """A plain text by the template that it was made from; None where there is none."""
    if text in _Now.sources:
        return QCoreApplication.translate(CONTEXT, text)
    if (listed := _listed(text)) is not None:
        return listed
    for longest, template, looks in _Now.patterns:
        if longest in text and (found := looks.fullmatch(text)) is not None:
            plain = _SPEC.sub(r"{\1}", QCoreApplication.translate(CONTEXT, template))
            return plain.format(**{name: _value(v) for name, v in found.groupdict().items()})
    parts = _SENTENCE_ENDS.split(text)
    return " ".join(_found(part) or part for part in parts) if len(parts) > 1 else None


def _listed(text: str) -> str | None:
    """A list whose every part is known; None for anything else."""
    parts = _LIST.split(text)
    if len(parts) == 1:
        return None
    said = [_found(part) if k % 2 == 0 else _spaced(part) for k, part in enumerate(parts)]
    known = [one for one in said if one is not None]
    return "".join(known) if len(parts) == len(known) else None


def _value(text: str) -> str:
    """One word is a name and stays; several may be a sentence in the sentence."""
    if _NUMBER.fullmatch(text):
        return numeral(text)
    return (_found(text) or text) if " " in text else text
