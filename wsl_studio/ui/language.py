"""The menu of languages: what is chosen is remembered and holds from the next start on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from wsl_studio.jobs.values import Notice
from wsl_studio.ui.words import LANGUAGES, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session


class LanguageMenu(QMenu):
    """The language of the system, English or French; each is called by its own name.

    Args:
        session: Its settings remember the choice.
        parent: The widget whose menu it hangs in.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(tr("Language"), parent)
        self._session = session
        names = {"system": tr("As the system"), "en": "English", "fr": "Français"}
        group = QActionGroup(self)
        self.choices = {name: self.addAction(names[name]) for name in LANGUAGES}
        for name, action in self.choices.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, name=name: self._choose(name))
        chosen = session.settings.get("language")
        self.choices[chosen if chosen in LANGUAGES else "system"].setChecked(True)

    def _choose(self, name: str) -> None:
        self._session.settings.set("language", name)
        self._session.notice.emit(Notice("The language changes at the next start."))
