"""What the program remembers between starts, in one JSON file; nothing of a patient."""

import getpass
import json
import logging
from pathlib import Path
from typing import Any, Final

import platformdirs

log = logging.getLogger(__name__)

RECENT: Final = 8


class Settings:
    """Reader name, recent projects, widths and keys; a damaged file is set aside, not fatal.

    Args:
        path: The JSON file; None for the platform's settings folder.
    """

    def __init__(self, path: Path | None = None) -> None:
        folder = Path(platformdirs.user_config_dir("wsl-studio", appauthor=False))
        self.path = path or folder / "settings.json"
        self._values = self._load()

    def get(self, name: str, default: Any = None) -> Any:
        """One setting."""
        return self._values.get(name, default)

    def set(self, name: str, value: Any) -> None:
        """Keeps one setting at once; a full disk costs the setting, not the session."""
        self._values[name] = value
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = self.path.with_name(self.path.name + ".part")
            part.write_text(json.dumps(self._values, indent=1), encoding="utf-8")
            part.replace(self.path)
        except OSError as trouble:
            log.warning("settings were not kept: %s", type(trouble).__name__)

    @property
    def reader(self) -> str:
        """Name of the person who labels, as it stands in the journal."""
        name = self.get("reader")
        if isinstance(name, str) and name.strip():
            return name.strip()
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            return "reader"

    @property
    def recent(self) -> tuple[Path, ...]:
        """Projects opened last, newest first, those that still exist."""
        folders = (Path(text) for text in self.get("recent", []) if isinstance(text, str))
        return tuple(folder for folder in folders if (folder / "project.db").exists())

    def remember(self, folder: Path) -> None:
        """Puts a project at the head of the recent ones."""
        others = [str(other) for other in self.recent if other != folder]
        self.set("recent", [str(folder), *others][:RECENT])

    def _load(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as trouble:
            log.warning("settings can't be read, defaults are used: %s", type(trouble).__name__)
            return {}
        return values if isinstance(values, dict) else {}
