"""The one table of actions: name, title, keys, group; rebindable, free of conflicts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.words import known, say
from wsl_studio.jobs.settings import Settings
from wsl_studio.ui.viewer_actions import ViewerAction
from wsl_studio.ui.words import capital, local, tr

LABEL, MOVE, MODEL, IMAGE = say("Labels"), say("Series"), say("Model"), say("Image")
PROJECT, EVIDENCE, LAYOUT = say("Project"), say("Evidence"), say("Layout")
GROUPS: Final = (LABEL, MOVE, IMAGE, EVIDENCE, LAYOUT, MODEL, PROJECT)


@dataclass(frozen=True)
class Action:
    """One thing that a key can do.

    Args:
        name: Word for the settings file.
        title: What it does, for the reader.
        keys: Default keys as Qt writes them (``Ctrl+Z``); any of them fires it.
        group: One of ``GROUPS``.
        repeats: True if holding the key down does it again and again.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    group: str
    repeats: bool = False


ACTIONS: Final = (
    Action("present", "present", ("1",), LABEL),
    Action("absent", "absent", ("2",), LABEL),
    Action("uncertain", "uncertain", ("3",), LABEL),
    Action("cannot_tell", "cannot tell, with a reason", ("4",), LABEL),
    Action("next_finding", "next finding", ("Tab",), LABEL),
    Action("previous_finding", "previous finding", ("Shift+Tab",), LABEL),
    *(
        Action(f"finding_{k}", say("choose a finding {k}", k=k), (f"Alt+{k}",), LABEL)
        for k in range(1, 10)
    ),
    Action("confidence", "how sure: sure, fairly, a guess", ("C",), LABEL),
    Action("area", "about how large it is", ("G",), LABEL),
    Action("study", "answers speak of study or series", ("Ctrl+U",), LABEL),
    Action("slice_label", "label this slice", ("\\",), LABEL),
    Action("note", "note on this series", ("Ctrl+M",), LABEL),
    Action("clear", "take the answer back", ("Backspace",), LABEL),
    Action("undo", "undo", ("Ctrl+Z",), LABEL, repeats=True),
    Action("redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), LABEL, repeats=True),
    Action("next_series", "next in the queue", ("N", "Return", "Enter"), MOVE),
    Action("previous_series", "previous series", ("P",), MOVE),
    Action("skip", "skip, come back later", ("S",), MOVE),
    Action("defer", "defer with a reason, to the very end", ("Shift+S",), MOVE),
    Action("filter", "filter the series", ("Ctrl+F",), MOVE),
    Action("next_place", "next place; Tab goes on in it", ("Ctrl+Tab",), MOVE),
    Action("previous_place", "place before", ("Ctrl+Shift+Tab",), MOVE),
    Action("point", "point: click it", ("Shift+P",), IMAGE),
    Action("scribble", "pen: draw a scribble", ("Ctrl+P",), IMAGE),
    Action("peek", "show the model first (it is noted)", ("E",), MODEL),
    Action("accept", "accept the suggestion", ("A",), MODEL),
    Action("accept_all", "accept every suggestion here", ("Shift+A",), MODEL),
    Action("reject", "reject the suggestion", ("X",), MODEL),
    Action("review", "review what may join, and labels in doubt", ("Ctrl+J",), MODEL),
    Action("train", "train a round", ("T",), MODEL),
    Action("rounds", "show or fold the rounds", ("Ctrl+R",), MODEL),
    Action("rounds_page", "what the rounds changed", ("Ctrl+Shift+R",), MODEL),
    Action("apart", "picture in a window of its own", ("F11",), LAYOUT),
    Action("findings", "edit the findings", ("Ctrl+E",), PROJECT),
    Action("history", "history: who, what, when", ("Ctrl+H",), PROJECT),
    Action("reading", "how reading is done; readers", ("Ctrl+,",), PROJECT),
    Action("import_labels", "import labels from a table", ("Ctrl+L",), PROJECT),
    Action("new", "new project", ("Ctrl+N",), PROJECT),
    Action("open", "open a project", ("Ctrl+O",), PROJECT),
    Action("import", "import a folder", ("Ctrl+I",), PROJECT),
    Action("import_file", "import a ZIP or DICOMDIR", ("Ctrl+Shift+I",), PROJECT),
    Action("hide_names", "hide or show names", ("H",), PROJECT),
    Action("help", "help: every key", ("?",), PROJECT),
    Action("keys", "choose other keys, print them", ("Ctrl+K",), PROJECT),
    Action("theme", "light or dark theme", ("Ctrl+Shift+D",), PROJECT),
    Action("larger_text", "larger text", ("Ctrl++", "Ctrl+="), PROJECT),
    Action("smaller_text", "smaller text", ("Ctrl+-",), PROJECT),
    Action("language", "language of the window", ("Ctrl+Shift+G",), PROJECT),
    Action("tour", "guided tour of the loop", ("Ctrl+Shift+T",), PROJECT),
    Action("tour_skip", "skip a step of the tour", ("Ctrl+Shift+N",), PROJECT),
    Action("quit", "close the window", ("Ctrl+Q",), PROJECT),
)


def from_viewer(specs: Iterable[ViewerAction]) -> tuple[Action, ...]:
    """Actions of the viewer as actions of the window."""
    return tuple(
        Action(spec.name, spec.title, spec.keys, spec.group, repeats=spec.repeats) for spec in specs
    )


def normal(key: str) -> str:
    """A key as Qt writes it, or empty if it is none (``'ctrl+z'`` gives ``'Ctrl+Z'``)."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    return "" if not text or "Unknown" in text or not text.isascii() else text


def shown(key: str) -> str:
    """A key as the reader knows it from the keyboard."""
    names = {"Return": tr("Enter"), "Enter": tr("Enter"), "Backspace": "⌫", "Left": "←",
             "Right": "→", "Up": "↑", "Down": "↓", "PgUp": tr("Page up"), "Esc": tr("Esc"),
             "PgDown": tr("Page down"), "Space": tr("Space"), "Del": tr("Del"),
             "Home": tr("Home"), "End": tr("End")}  # fmt: skip
    head, plus, last = key.rpartition("+")
    return head.replace("Shift", tr("Shift")) + plus + names.get(last, last) if last else key


class KeyTable:
    """Which key does what, from the defaults and the reader's settings file.

    The file holds ``{"keys": {"present": ["1", "Y"]}}``; a key in it wins over a default, and an
    action that loses its only key keeps none until the reader gives it one.

    Args:
        actions: The whole table.
        settings: Where own keys are kept; None keeps them in memory.

    Raises:
        ValueError: Two actions of the table share a default key or a name.
    """

    def __init__(self, actions: Iterable[Action], settings: Settings | None = None) -> None:
        self.actions = tuple(actions)
        self._settings = settings
        self._built: dict[str, QAction] = {}
        self.reserved: dict[str, str] = {}
        """Keys that findings of the open project have, with their names."""
        self.by_name = {action.name: action for action in self.actions}
        if len(self.by_name) != len(self.actions):
            raise ValueError("two actions have one name")
        self._keys = {a.name: tuple(normal(k) or k for k in a.keys) for a in self.actions}
        if clash := conflicts(self._keys):
            raise ValueError(f"default keys clash: {clash}")
        self._read()

    def _read(self) -> None:
        own = self._settings.get("keys") if self._settings is not None else None
        if not isinstance(own, dict):
            return
        for name, keys in own.items():
            if name in self.by_name and isinstance(keys, list):
                wanted = tuple(k for k in (normal(str(key)) for key in keys) if k)
                taken = {key for other in own if other != name for key in self._keys.get(other, ())}
                self._give(name, tuple(k for k in wanted if k not in taken))

    def _give(self, name: str, keys: tuple[str, ...]) -> None:
        for other, theirs in self._keys.items():
            if other != name:
                self._keys[other] = tuple(k for k in theirs if k not in keys)
        self._keys[name] = keys

    def keys(self, name: str) -> tuple[str, ...]:
        """Keys of an action now; empty if it has none."""
        return self._keys[name]

    def hint(self, name: str) -> str:
        """The first key as shown on a button, or empty."""
        return shown(self._keys[name][0]) if self._keys.get(name) else ""

    def tip(self, text: str, name: str) -> str:
        """``'Undo (Ctrl+Z)'``."""
        key = self.hint(name)
        return f"{text} ({key})" if key else text

    def rebind(self, name: str, keys: Iterable[str]) -> None:
        """Gives an action other keys and remembers them.

        Raises:
            KnownError: A key is no key, or another action has it.
        """
        wanted = []
        for key in keys:
            found = normal(key)
            if not found:
                sentence = say("'{key}' is not a key.", key=key)
                raise KnownError(sentence, "Write keys like N, F3 or Ctrl+Z.")
            if found in self.reserved:
                raise KnownError(
                    say(
                        "{key} already chooses the finding {name}.",
                        key=shown(found),
                        name=self.reserved[found],
                    ),
                    "Give that another key first.",
                )
            wanted.append(found)
        new = {**self._keys, name: tuple(wanted)}
        for key, names in conflicts(new).items():
            other = next(n for n in names if n != name)
            raise KnownError(
                say(
                    "{key} already does: {title}.",
                    key=shown(key),
                    title=known(self.by_name[other].title),
                ),
                "Give that another key first.",
            )
        self._keys = new
        self._keep(name)

    def restore(self) -> None:
        """Gives every action the keys that it was delivered with, and remembers that."""
        self._keys = {name: self.defaults(name) for name in self._keys}
        for name in self._keys:
            self._keep(name)

    def _keep(self, name: str) -> None:
        own = {n: list(k) for n, k in self._keys.items() if k != self.defaults(n)}
        if self._settings is not None:
            self._settings.set("keys", own)
        if name in self._built:
            self._built[name].setShortcuts([QKeySequence(k) for k in self._keys[name]])

    def owner(self, key: str) -> str:
        """Title of the action that a key does now; empty for a free key."""
        found = normal(key)
        return next((local(a.title) for a in self.actions if found in self._keys[a.name]), "")

    def trigger(self, name: str) -> None:
        """Does what the key of an action does; for buttons that stand for a key."""
        self._built[name].trigger()

    def defaults(self, name: str) -> tuple[str, ...]:
        """Keys that an action is delivered with."""
        return tuple(normal(k) or k for k in self.by_name[name].keys)

    def build(
        self, parent: QWidget, slots: Mapping[str, Callable[[], object]]
    ) -> dict[str, QAction]:
        """Makes a QAction of every action, on ``parent``.

        Raises:
            KeyError: An action has no slot.
        """
        for action in self.actions:
            built = QAction(capital(local(action.title)), parent)
            built.setObjectName(action.name)
            built.setShortcuts([QKeySequence(key) for key in self._keys[action.name]])
            built.setAutoRepeat(action.repeats)
            slot = slots[action.name]
            built.triggered.connect(lambda _checked=False, slot=slot: slot())
            parent.addAction(built)
            self._built[action.name] = built
        return dict(self._built)


def conflicts(keys: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Keys that more than one action answers to, with their names."""
    by_key: dict[str, list[str]] = {}
    for name, theirs in keys.items():
        for key in theirs:
            by_key.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in by_key.items() if len(names) > 1}
