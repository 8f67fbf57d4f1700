"""Every text of the sources is translated, and what is said below the window arrives in French."""

import ast
import importlib.util
import json
import re
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from wsl_studio.domain.label import Answer, Level
from wsl_studio.domain.words import Said, known, say, say_n, strung
from wsl_studio.ui import words
from wsl_studio.ui.keys import ACTIONS, KeyTable, from_viewer
from wsl_studio.ui.viewer_actions import VIEWER_ACTIONS
from wsl_studio.ui.words import local, numeral, told, tr, tr_n

ROOT = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("resources_words", ROOT / "resources" / "words.py")
TOOL = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(TOOL)
TS = words.FOLDER / "fr.ts"
BEFORE_SIGN = re.compile(r"[^\u00a0:;?!][:;?!](?=\s|$)|« | »|'")
"""No unbreakable space at a sign of two parts or a quotation mark; a straight apostrophe."""


@pytest.fixture
def french(qapp):
    words.speak("fr")
    yield
    words.speak("en")


@pytest.fixture(scope="module")
def done():
    return TOOL.finished(TS)


def fields(text: str) -> list[tuple[str, str]]:
    return sorted({(name, spec) for _, name, spec, _ in Formatter().parse(text) if name})


# The files


def test_every_text_is_translated_and_none_is_stale(done):
    there, wanted = set(words.sources_of(TS)), set(TOOL.texts())
    assert not wanted - there, "run resources/words.py"
    assert not there - wanted, "texts that no source has any more: run resources/words.py"
    assert not wanted - set(done), "unfinished: resources/words.py --todo"


def test_values_are_the_same_in_both_languages(done):
    wrong = {text: into for text, into in done.items() if fields(text) != fields(into)}
    assert not wrong


def test_french_is_set_as_french_is(done):
    wrong = [
        into
        for into in done.values()
        if BEFORE_SIGN.search(re.sub(r"\{[^}]*\}|SLICE:\S+|`[^`]*`|\S:1", "x\u00a0", into))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_compiled_file_holds_what_the_other_holds(done, qapp):
    compiled = QTranslator()
    assert compiled.load(str(TS.with_suffix(".qm")))
    stale = [t for t, into in done.items() if compiled.translate(words.CONTEXT, t) != into]
    assert not stale, "run resources/words.py"


def test_texts_are_written_out_where_the_tool_finds_them():
    places = {"tr": (0,), "say": (0,), "tr_n": (1, 2), "say_n": (1, 2)}
    for path in sorted((ROOT / "wsl_studio").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = list(ast.walk(tree))
        taken = {
            alias.name
            for node in nodes
            if isinstance(node, ast.ImportFrom) and str(node.module).endswith(".words")
            for alias in node.names
        }
        taken -= {node.arg for node in nodes if isinstance(node, ast.arg)}
        for node in nodes if path.name != "words.py" else ():
            name = getattr(getattr(node, "func", None), "id", "")
            for place in places.get(name, ()) if name in taken else ():
                assert isinstance(node.args[place], ast.Constant), f"{path}:{node.lineno}"


# What lower floors say


def test_a_said_is_plain_english_everywhere_else():
    said = say("{n} of {total} labelled", n=3, total=9)
    assert said == "3 of 9 labelled"
    assert json.loads(json.dumps({"text": said})) == {"text": "3 of 9 labelled"}
    assert isinstance(said, Said)
    assert say_n(1, "{n} slice", "{n} slices") == "1 slice"
    assert say_n(0, "{n} slice", "{n} slices") == "0 slices"
    assert strung(", ", ("a", say("present"))) == "a, present"


def test_english_needs_nothing(qapp):
    words.speak("en")
    assert tr("slice {at}", at=3) == local(say("slice {at}", at=3)) == "slice 3"
    assert tr_n(0, "{n} item", "{n} items") == "0 items"
    assert numeral("0.5") == "0.5"


def test_counts_and_numbers_are_french(french):
    assert [tr_n(n, "{n} item", "{n} items") for n in (0, 1, 2)] == [
        "0 élément", "1 élément", "2 éléments",
    ]  # fmt: skip
    assert local(say_n(0, "{n} item", "{n} items")) == "0 élément"
    assert tr("zoom {percent:.0f} %", percent=80.4) == "zoom 80\u00a0%"
    assert local(say("{size:.1f} mm", size=3.26)) == "3,3 mm"
    assert numeral("+1.5") == "+1,5"
    assert f"{1.5:g}" == "1.5", "files and the command line keep the point"


def test_values_that_are_words_are_translated_and_names_are_not(french):
    assert tr("{level} on slice {at}", level=Level.BOX, at=4) == "cadre, coupe 4"
    assert local(Answer.CANNOT_TELL) == "indéterminable"
    assert local(strung(": ", ("present", known("present")))) == "present\u00a0: présent"
    assert told("fat") == "fat"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Reading headers", "Lecture des en-têtes"),
        ("it cannot be read (permission denied)", "il est illisible (accès refusé)"),
        ("Slice 3 is left empty: it is empty.", "La coupe 3 reste vide\u00a0: il est vide."),
        ("epoch 3 of at most 40", "époque 3 sur 40 au plus"),
        ("34 s left", "encore 34 s"),
        ("1.5 h left", "encore 1,5 h"),
        ("axial, phase 3 of 10", "axial, phase 3 sur 10"),
        ("uncertain: nodule", "incertain\u00a0: nodule"),
        ("/x/project.db is damaged.", "/x/project.db est endommagé."),
        (
            "evidence free, 10 % read again, no controls",
            "indices libres, 10\u00a0% relues, aucun contrôle",
        ),
        (
            "Round 3 has no results to show. Train again.",
            "Le cycle 3 n’a pas de résultats à montrer. Entraînez de nouveau.",
        ),
        ("a sentence of somebody", "a sentence of somebody"),
        ("", ""),
    ],
)
def test_text_from_a_file_or_another_process_is_recognised(french, text, wanted):
    assert local(text) == wanted


def sample(text: str) -> str:
    """A sentence made of a template, as it comes back from a file."""
    return Formatter().vformat(
        re.sub(r"\{(\w+)[^}]*\}", r"{\1}", text),
        (),
        {name: "7" if name in words.COUNTS else "Xyz9" for name, _ in fields(text)},
    )


def test_every_sentence_of_a_lower_floor_is_recognised(french, done):
    """All that may come plain: KnownError, progress, notes, reasons, reports of the worker."""
    below = [text for text, is_below in words.sources_of(TS).items() if is_below]
    assert len(below) > 500
    for text in below:
        letters = re.sub(r"\{[^}]*\}", "", text)
        if re.search(r"[A-Za-z]{3}", letters):
            assert local(sample(text)) == sample(done[text]), text


# Languages of the window


def test_texts_of_qt_are_french_too(french):
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
    assert QLocale().decimalPoint() == ","


def test_nonsense_in_the_settings_is_the_language_of_the_system(qapp):
    words.speak({"no": "language"})
    assert tr("Cancel") == ("Annuler" if QLocale.system().name().startswith("fr") else "Cancel")
    words.speak("en")


def test_keys_and_their_words_do_not_clash_in_french(french):
    table = KeyTable((*ACTIONS, *from_viewer(VIEWER_ACTIONS)))
    hints = [table.hint(action.name) for action in table.actions]
    assert len(set(filter(None, hints))) == len(list(filter(None, hints)))
    titles = [local(action.title) for action in table.actions]
    assert len(set(titles)) == len(titles)


def test_letters_on_buttons_are_the_same_keys_in_french(done):
    lettered = [text for text in done if re.match(r"(Shift\+)?[A-Z]  \w", text)]
    assert len(lettered) >= 7
    for text in lettered:
        assert done[text].replace("Maj", "Shift").split("  ")[0] == text.split("  ")[0]
    assert not [into for into in done.values() if re.search(r"&\w", into)], "a mnemonic"
