"""What the next round is to be: method, options, device and seed, and what it will go on from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from wsl_studio.jobs.values import MethodForm
from wsl_studio.ui.method_choice import QUESTION, proposed, show_methods
from wsl_studio.ui.options_form import OptionsForm
from wsl_studio.ui.parts import (
    CalmWheel,
    Choice,
    Elided,
    button,
    column,
    panel,
    row,
    scrolled,
)
from wsl_studio.ui.theme import GRID_PX, scaled
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session


class MethodPane(QWidget):
    """The form of a round that is not trained yet; empty until ``fill``.

    Args:
        session: What is open.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._forms: dict[str, MethodForm] = {}
        self.method = Choice()
        self.method.setAccessibleName(tr("Method"))
        self.method.setObjectName("method")
        self.method.currentIndexChanged.connect(self._on_method)
        self._summary = Elided(tone="dim")
        self.start_here = button(local(QUESTION), on_click=self._start_here)
        self.start_here.setProperty("size", "small")
        self.form = OptionsForm()
        self._help = Elided(tone="dim")
        self.form.helped.connect(self._help.setText)
        self._ahead = Elided()
        self._ahead.setObjectName("round.ahead")
        self._ahead.hide()
        page = panel()
        inside = column()
        inside.setContentsMargins(0, 0, GRID_PX, 0)
        inside.addWidget(self.form)
        page.setLayout(inside)
        scroll = scrolled(page, is_tall=True)
        scroll.setMinimumHeight(scaled(10 * GRID_PX))
        self.device = Choice()
        self.device.setAccessibleName(tr("Device"))
        self.device.setToolTip(tr("Where the round trains; auto takes the GPU if there is one"))
        self.seed = QSpinBox()
        self.seed.setAccessibleName(tr("Seed"))
        self.seed.setRange(0, 2**31 - 1)
        self.seed.lineEdit().setTextMargins(GRID_PX - 2, 0, 0, 0)
        self.seed.setToolTip(tr("Seed of everything random: the same seed gives the same round"))
        calm = CalmWheel(self)
        for field in (self.method, self.device, self.seed):
            field.installEventFilter(calm)
        defaults = button(tr("Defaults"), flat=True, on_click=self.form.reset)
        defaults.setToolTip(tr("Every option back to its default"))
        outer = column(gap=4)
        outer.addWidget(self.method)
        outer.addWidget(self._summary)
        outer.addWidget(self._ahead)
        outer.addWidget(self.start_here)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._help)
        device, seed = QLabel(tr("Device")), QLabel(tr("Seed"))
        outer.addLayout(row(device, self.device, seed, self.seed, defaults, gap=GRID_PX))
        self.setLayout(outer)
        self.setMinimumWidth(scaled(40 * GRID_PX))
        self.setMaximumWidth(scaled(52 * GRID_PX))

    def asked(self) -> tuple[str, dict[str, Any], int, str]:
        """Method, options, seed and device; where nothing was filled in, those to begin with."""
        name = self.method.currentData() or self._session.default_method
        device = self.device.currentData() or "auto"
        return name, self.form.values(), self.seed.value(), device

    def fill(self) -> None:
        """Takes up the methods of the project, which change with it; what was chosen stays."""
        forms = {form.name: form for form in self._session.methods}
        if forms == self._forms:
            return
        self._forms = forms
        chosen, changes = self.method.currentData(), self.form.changes()
        self.method.blockSignals(True)
        self.method.clear()
        show_methods(self.method, self._session.methods)
        wanted = self.method.findData(chosen or self._session.default_method)
        self.method.setCurrentIndex(max(0, wanted))
        self.method.blockSignals(False)
        self._on_method()
        self.form.set_values(changes)
        if not self.device.count():
            for name in self._session.devices:
                self.device.addItem(tr("auto") if name == "auto" else name, name)

    def tell_ahead(self, text: str) -> None:
        """Says what the round would go on from; nothing where no backbone would learn."""
        self._ahead.setText(text)
        self._ahead.setVisible(bool(text))

    def offer_start(self) -> None:
        """Shows the way to the methods for many unlabelled series where it is worth it."""
        found = proposed(self._session.methods, self._session.rows)
        self.start_here.setVisible(bool(found and found.method != self.method.currentData()))

    def _on_method(self) -> None:
        form = self._forms.get(self.method.currentData() or "")
        if form is not None:
            self.form.show_schema(form.schema)
            self._summary.setText(local(form.summary))
            self._summary.set_tip(f"{local(form.summary)}\n{form.source}")
            self._help.setText("")
            self.offer_start()

    def _start_here(self) -> None:
        if found := proposed(self._session.methods, self._session.rows):
            self.method.setCurrentIndex(self.method.findData(found.method))
            self.form.set_values(found.options)
