"""How reading is done: when the model may be seen, checks on the readers, and what they show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from wsl_studio.domain.policy import WORDS, Policy, Showing
from wsl_studio.jobs.values import Change, ReaderRow
from wsl_studio.ui.parts import CalmWheel, Choice, Spread, button, column, heading, row
from wsl_studio.ui.rounds_table import Table, make_view
from wsl_studio.ui.theme import GRID_PX, scaled
from wsl_studio.ui.words import capital, local, numeral, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session

SHARES: Final = (0.0, 0.05, 0.1, 0.2)


class ReadingPage(QDialog):
    """The policy of the project, and every reader's work in numbers.

    Args:
        parent: The window.
        session: What is open.
    """

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(tr("How reading is done"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.showing: dict[Showing, QRadioButton] = {}
        group = QButtonGroup(self)
        outer = column(margin=2 * GRID_PX, gap=GRID_PX)
        outer.addWidget(heading(tr("The model")))
        for one in Showing:
            choice = QRadioButton(capital(local(one)))
            choice.clicked.connect(partial(self._change, showing=one))
            group.addButton(choice)
            self.showing[one] = choice
            outer.addWidget(choice)
            about = Spread(local(WORDS[one]))
            about.setContentsMargins(3 * GRID_PX, 0, 0, GRID_PX)
            outer.addWidget(about)
        outer.addWidget(heading(tr("Checks")))
        self.rereads = self._make_share("reread_share")
        self.flips = self._make_share("flip_share")
        for field, name, words in (
            (self.rereads, tr("Read again"),
             tr("Finished series come back unmarked, without the old answers. Both are kept; kappa"
             " of the two is below.")),
            (self.flips, tr("Controls"),
             tr("Suggestions that are shown wrong on purpose. Each is told once the reader has"
             " decided, and never becomes a label.")),
        ):  # fmt: skip
            field.setAccessibleName(name)
            what = Spread(f"{name}. {words}")
            outer.addLayout(row(field, what))
        outer.addWidget(heading(tr("Readers")))
        self._table = Table()
        view = make_view(self._table, stretch=0)
        view.setAccessibleName(tr("Readers"))
        outer.addWidget(view, 1)
        outer.addWidget(
            Spread(
                tr(
                    "Anchoring: answers changed after the model was seen, of those given before."
                    " Changes on this page are noted in the history and can be undone."
                )
            )
        )
        self.undo_button = button(tr("Undo"), icon_name="undo", on_click=session.undo)
        outer.addLayout(row(None, self.undo_button, button(tr("Close"), on_click=self.close)))
        self.setLayout(outer)
        self.resize(84 * GRID_PX, 76 * GRID_PX)
        session.changed.connect(self._on_change)
        self._refresh()

    def _make_share(self, name: str) -> Choice:
        out = Choice()
        for share in SHARES:
            out.addItem(f"{100 * share:.0f} %" if share else tr("none"), share)
        out.setFixedWidth(scaled(12 * GRID_PX))
        out.installEventFilter(CalmWheel(self))
        out.activated.connect(lambda k: self._change(**{name: out.itemData(k)}))
        return out

    @property
    def policy(self) -> Policy:
        """The policy as it is now."""
        project = self._session.project
        return project.policy if project else Policy()

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """What the table of readers says."""
        return self._table.lines

    def _change(self, _on: bool = False, **values: object) -> None:
        self._session.set_policy(Policy.model_validate({**self.policy.model_dump(), **values}))

    def _on_change(self, change: Change) -> None:
        if change.project or change.labels:
            self._refresh()

    def _refresh(self) -> None:
        policy = self.policy
        self.showing[policy.showing].setChecked(True)
        for field, share in ((self.rereads, policy.reread_share), (self.flips, policy.flip_share)):
            if field.findData(share) < 0:
                field.addItem(f"{100 * share:.0f} %", share)
            field.setCurrentIndex(field.findData(share))
        self._table.show_lines(
            (
                tr("Reader"),
                tr("Series"),
                tr("Anchoring"),
                tr("Kappa, read twice (95 %)"),
                tr("Controls followed"),
            ),
            [_line(one) for one in self._session.readers],
            numbers=frozenset({1, 2, 3, 4}),
        )


def _line(one: ReaderRow) -> tuple[str, ...]:
    return (
        one.reader,
        str(one.n_series),
        _rate(one.anchoring),
        numeral(one.kappa.words()) if one.kappa else "–",
        _rate(one.followed),
    )


def _rate(pair: tuple[int, int]) -> str:
    """``'3 of 40 (8 %)'``, or a dash where there is nothing to count."""
    k, n = pair
    return tr("{k} of {n} ({percent:.0f} %)", k=k, n=n, percent=100 * k / n) if n else "–"
