"""The methods to choose from: those of the labels, then those for many unlabelled series."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox

from wsl_studio.jobs.values import MethodForm, SeriesRow

QUESTION: Final = "Many unlabelled series? Start here"
FIRST: Final = "curriculum"
"""Of the methods for unlabelled series: cheap on cached features, and its twin is always beside."""


def show_methods(choice: QComboBox, forms: Sequence[MethodForm]) -> None:
    """Fills the picker; the question stands above its methods and can't be chosen itself."""
    choice.clear()
    plain = [form for form in forms if not form.uses_unlabelled]
    others = [form for form in forms if form.uses_unlabelled]
    others.sort(key=lambda form: form.name != FIRST)
    for form in plain:
        _add(choice, form)
    if others:
        choice.insertSeparator(choice.count())
        choice.addItem(QUESTION)
        model = choice.model()
        if isinstance(model, QStandardItemModel):
            model.item(choice.count() - 1).setEnabled(False)
        for form in others:
            _add(choice, form)


def _add(choice: QComboBox, form: MethodForm) -> None:
    choice.addItem(form.title, form.name)
    choice.setItemData(choice.count() - 1, form.summary, Qt.ItemDataRole.ToolTipRole)


def suggested(forms: Sequence[MethodForm]) -> str:
    """The method to begin with where many series are unlabelled; empty if there is none."""
    names = [form.name for form in forms if form.uses_unlabelled]
    return FIRST if FIRST in names else next(iter(names), "")


def is_worthwhile(rows: Sequence[SeriesRow]) -> bool:
    """True where at least as many series of training patients are unlabelled as are labelled."""
    own = [row for row in rows if row.split not in ("test", "validation")]
    labelled = sum(1 for row in own if row.answers)
    return labelled > 0 and len(own) - labelled >= labelled
