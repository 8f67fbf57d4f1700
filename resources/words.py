"""Keeps translations: reads every text of the sources, writes the ``.ts``, compiles the ``.qm``.

Run: uv run python resources/words.py [--todo] [--take FILE]

After a change of texts, run it, translate the unfinished entries (Qt Linguist opens the ``.ts``),
run it again. ``--todo`` lists what is unfinished, numbered; ``--take`` reads ``number<TAB>text``
lines of that list back. A text is found by where it stands: in ``tr``, ``say`` and the like, in a
``KnownError``, in a ``Progress``; ``PLACES`` has them all.
"""

import argparse
import ast
import builtins
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import PySide6

from wsl_studio.jobs.presets import presets
from wsl_studio.learn.methods import METHODS
from wsl_studio.ui.options_form import resolve
from wsl_studio.ui.words import CONTEXT, FOLDER

SOURCES = Path(__file__).parent.parent / "wsl_studio"
PLACES: dict[str, tuple[int | str, ...]] = {
    "tr": (0,), "say": (0,), "tr_n": (1, 2), "say_n": (1, 2),
    "KnownError": (0, 1, "sentence", "advice"), "Progress": (2, "text"),
    "BrokenRoundError": (0, 1), "NotReadable": (0,), "BadArchive": (0,),
    "Notice": (0, 1, "sentence", "advice"),
    "Action": (1, "title"), "A": (1,), "ViewerAction": (1, "title"),
    "Said": ("sentence",), "Failed": ("sentence", "advice"), "Reported": ("stage",),
    "replace": ("stage", "sentence", "text"), "QueueItem": (1,),
}  # fmt: skip
"""Calls by name, with the arguments that hold texts of the window."""
WORDS = (
    "Answer",
    "Kind",
    "Fate",
    "LabelState",
    "Level",
    "RoundState",
    "Showing",
    "Source",
    "Through",
)
"""Enumerations whose values are read."""
ELSEWHERE = ("bench", "cli")
"""Rooms that the window never shows."""


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, template) of every text in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            for place in PLACES.get(_name(node.func), ()):
                yield from _argument(node, place)
        elif isinstance(node, ast.ClassDef) and node.name in WORDS:
            for one in node.body:
                if isinstance(one, ast.Assign):
                    yield from _templates(one.value)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _argument(call: ast.Call, place: int | str) -> Iterator[tuple[int, str]]:
    if isinstance(place, int):
        if place < len(call.args) and not any(isinstance(a, ast.Starred) for a in call.args):
            yield from _templates(call.args[place])
    else:
        for keyword in call.keywords:
            if keyword.arg == place:
                yield from _templates(keyword.value)


def _templates(node: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if any(letter.isalpha() for letter in _bare(node.value)):
            yield node.lineno, node.value
    elif isinstance(node, ast.JoinedStr):
        names: list[str] = []
        text = "".join(
            part.value if isinstance(part, ast.Constant) else _field(part, names)
            for part in node.values
        )
        yield node.lineno, text
    elif isinstance(node, ast.IfExp):
        yield from _templates(node.body)
        yield from _templates(node.orelse)


def _bare(template: str) -> str:
    """A template without its fields."""
    out, depth = "", 0
    for letter in template:
        depth += letter == "{"
        out += letter if depth == 0 else ""
        depth -= letter == "}"
    return out


def _field(node: ast.expr, names: list[str]) -> str:
    """``{name}`` for a value of an f-string, by the last name in it."""
    inside = [_name(one) for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute)]
    stem = next((one for one in inside if one not in dir(builtins)), "value").strip("_")
    name = stem
    while name in names:
        name = f"{stem}{names.count(name) + len(names)}"
    names.append(name)
    return f"{{{name}}}"


def texts() -> dict[str, list[str]]:
    """Where each template stands (``ui/header.py:66``), in the order of the sources."""
    out: dict[str, list[str]] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        if not name.startswith(ELSEWHERE):
            for line, text in texts_of(path):
                out.setdefault(text, []).append(f"{name}:{line}")
    for name, text in texts_of_methods():
        out.setdefault(text, []).append(name)
    for preset in presets():
        out.setdefault(preset.title, []).append(f"{preset.name}.json")
    return out


def texts_of_methods() -> Iterator[tuple[str, str]]:
    """(file, text) of what the form of a method's options shows."""
    for method in METHODS.values():
        name = f"learn/methods/{method.name}.py"
        yield from ((name, method.title), (name, method.summary))
        schema = method.Options.model_json_schema()
        for raw in schema["properties"].values():
            field = resolve(raw, schema)
            # What is a word of ours, and no name of a network.
            choices = [
                c for c in map(str, field.get("enum", ())) if not set(c) & set("_0123456789")
            ]
            shown = (field.get("title"), field.get("description"), field.get("unit"), *choices)
            yield from ((name, text) for text in shown if text and any(map(str.isalpha, text)))


def finished(path: Path) -> dict[str, str]:
    """Translations of a ``.ts`` file that are done."""
    out = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.text and not translation.get("type"):
            out[message.findtext("source", "")] = translation.text
    return out


def write(path: Path, language: str, done: dict[str, str]) -> None:
    """Writes a ``.ts`` file: every template, with its translation or unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text, places in texts().items():
        message = ElementTree.SubElement(context, "message")
        for place in dict.fromkeys(place.split(":")[0] for place in places):
            ElementTree.SubElement(message, "location", filename=place)
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        translation.text = done.get(text, "")
        if text not in done:
            translation.set("type", "unfinished")
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8"
    )


def compile_qm(path: Path) -> None:
    """Compiles a ``.ts`` file with the tool that comes with PySide6."""
    tool = Path(PySide6.__file__).parent / (
        "lrelease.exe" if sys.platform == "win32" else "lrelease"
    )
    subprocess.run([tool, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)


def main() -> int:
    """Brings every language up to date and says what is left to translate."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--todo", action="store_true", help="list what is unfinished")
    parser.add_argument("--take", type=Path, help="lines of number, tabulator, translation")
    asked = parser.parse_args()
    path = FOLDER / "fr.ts"
    done = finished(path) if path.exists() else {}
    todo = [text for text in texts() if text not in done]
    if asked.take:
        for line in asked.take.read_text(encoding="utf-8").splitlines():
            number, _tab, text = line.partition("\t")
            if text:
                done[todo[int(number)]] = text.replace("\\n", "\n")
        todo = [text for text in todo if text not in done]
    write(path, "fr_FR", done)
    compile_qm(path)
    if asked.todo:
        for k, text in enumerate(todo):
            sys.stdout.write(f"{k}\t{text}\n".replace("\n", "\\n")[:-2] + "\n")
    sys.stdout.write(f"{len(texts())} texts, {len(todo)} unfinished\n")
    return 1 if todo else 0


if __name__ == "__main__":
    sys.exit(main())
