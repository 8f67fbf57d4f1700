"""The methods to choose from: those of the labels, then those for many unlabelled series."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox

from wsl_studio.domain.start_here import Proposal, propose
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import MethodForm, SeriesRow
from wsl_studio.ui.words import local

QUESTION: Final = say("Many unlabelled series? Start here")
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
        choice.addItem(local(QUESTION))
        model = choice.model()
        if isinstance(model, QStandardItemModel):
            model.item(choice.count() - 1).setEnabled(False)
        for form in others:
            _add(choice, form)


def _add(choice: QComboBox, form: MethodForm) -> None:
    choice.addItem(local(form.title), form.name)
    choice.setItemData(choice.count() - 1, local(form.summary), Qt.ItemDataRole.ToolTipRole)


def proposed(forms: Sequence[MethodForm], rows: Sequence[SeriesRow]) -> Proposal | None:
    """What to begin with, given the series of training patients; None where it is not worth it."""
    training = [row for row in rows if row.split not in ("test", "validation")]
    own = [row.answers for row in training]
    known = [answers for answers in own if answers]
    findings = len({finding for answers in known for finding in answers})
    found = propose(
        labelled=len(known), unlabelled=len(own) - len(known), findings=findings,
        partly=sum(len(answers) < findings for answers in known),
        drawn=sum(bool(row.answers) and row.is_drawn for row in training),
    )  # fmt: skip
    names = {form.name for form in forms if form.uses_unlabelled}
    return found if found is not None and found.method in names else None
