"""The guided tour: a strip that walks the loop once and goes on when the reader has done it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from wsl_studio.domain.words import say
from wsl_studio.jobs.values import LabelState, RoundState
from wsl_studio.ui.halo import Halo
from wsl_studio.ui.parts import BarLine, Spread, button, row
from wsl_studio.ui.theme import FOR, GRID_PX
from wsl_studio.ui.words import local, tr

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session
    from wsl_studio.ui.browser import Browser
    from wsl_studio.ui.keys import KeyTable
    from wsl_studio.ui.labels import LabelPanel
    from wsl_studio.ui.pages import Pages
    from wsl_studio.ui.training import TrainingPanel
    from wsl_studio.ui.viewer import Viewer
    from wsl_studio.ui.welcome import Welcome


class Room(Protocol):
    """What the tour knows of the window."""

    session: Session
    keys: KeyTable
    pages: Pages
    welcome: Welcome
    browser: Browser
    labels: LabelPanel
    viewer: Viewer
    training: TrainingPanel


_READY: Final = (RoundState.FINISHED, RoundState.STOPPED)


@dataclass(frozen=True)
class Place:
    """Where the reader stands when a step begins.

    Args:
        series: Series on screen.
        slice: Slice on screen.
        n_rounds: Rounds that can answer.
        said: Rows of the labels of the series on screen.
    """

    series: str = ""
    slice: int = 0
    n_rounds: int = 0
    said: tuple[int, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of the tour.

    Args:
        name: One word.
        sentence: What to do, in one sentence.
        keys: Actions whose keys do it.
        target: The control that does it.
        is_done: True once the reader has done it since the step began.
    """

    name: str
    sentence: str
    keys: tuple[str, ...]
    target: Callable[[Room], QWidget]
    is_done: Callable[[Room, Place], bool]


def here(session: Session) -> Place:
    """Where the reader stands now."""
    at = session.selection
    n = sum(one.state in _READY for one in session.rounds)
    said = tuple(one.id for one in session.labels.current)
    return Place(at.series_uid, at.slice, n, said)


def _is_open(window: Room, began: Place) -> bool:
    session = window.session
    at = session.selection.series_uid
    states = {one.uid: one.state for one in session.rows}
    return at not in ("", began.series) and states.get(at) is not LabelState.LABELLED


def _is_labelled(window: Room, began: Place) -> bool:
    session = window.session
    states = {one.uid: one.state for one in session.rows}
    has_spoken = here(session).said != began.said or session.selection.series_uid != began.series
    return states.get(session.selection.series_uid) is LabelState.LABELLED and has_spoken


def _has_looked(window: Room, began: Place) -> bool:
    session = window.session
    at, model = session.selection, session.model
    moved = (at.series_uid, at.slice) != (began.series, began.slice)
    return moved and not model.hidden and bool(model.evidence)


def _has_said(window: Room, began: Place) -> bool:
    return here(window.session).said != began.said


STEPS: Final = (
    Step("demo", say("Make the demo project: phantoms of our own, a third of them labelled."),
         (), lambda window: window.welcome.demo_button,
         lambda window, _began: window.session.project is not None),
    Step("open", say("Open a series that has no answer yet: the next in the queue."),
         ("next_series",), lambda window: window.browser, _is_open),
    Step("label", say("Scroll the slices, then say of each finding whether the series shows it; "
         "the model keeps silent until you have."),
         ("slice_on", "present", "absent", "next_finding"), lambda window: window.labels,
         _is_labelled),
    Step("learn", say("Train a first round on the answers; this takes a minute or two."),
         ("train",), lambda window: window.training.train_button,
         lambda window, _began: here(window.session).n_rounds > 0),
    Step("evidence",
         say("See its evidence: go to the slice that decided, orange for, blue against."),
         ("next_decisive", "overlay"), lambda window: window.viewer, _has_looked),
    Step("correct", say("Correct: accept what it proposes, or give another answer of your own."),
         ("accept", "present", "absent", "uncertain"), lambda window: window.labels, _has_said),
    Step("train", say("Train again, so that it learns from what you corrected."),
         ("train",), lambda window: window.training.train_button,
         lambda window, began: here(window.session).n_rounds > began.n_rounds),
    Step("read", say("Read the answer: what this round changed, and what more labels may bring."),
         ("rounds_page",), lambda window: window.training,
         lambda window, _began: "rounds_page" in window.pages.open),
    Step("on", say("Close that page and go on with the next series: the loop is closed."),
         ("next_series",), lambda window: window.browser,
         lambda window, began: window.session.selection.series_uid not in ("", began.series)),
)  # fmt: skip
"""The loop once. A step that was done before the tour came to it is passed over."""
_PASSED_OVER: Final = ("demo", "learn")
"""Steps that need not be done again if they are done already."""


class Tour(QWidget):
    """One line over the places of the window; it stops nobody from doing anything else.

    Args:
        window: The main window.
        room: The same, as the tour knows it.
    """

    def __init__(self, window: QWidget, room: Room) -> None:
        super().__init__(window)
        self._window, self._at = room, -1
        self._began = Place()
        self.halo = Halo(window)
        self.setProperty("place", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("tour")
        bar = BarLine()
        bar.set_colour(FOR)
        self._count = QLabel()
        self._count.setProperty("tone", "dim")
        self._sentence = Spread(tone="")
        self._sentence.setObjectName("tour.sentence")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._keys = QLabel()
        self._keys.setProperty("tone", "chip")
        self.skip_button = button(tr("Skip step"), flat=True, on_click=self.skip)
        self.end_button = button(tr("End tour"), flat=True, on_click=self.end)
        line = row(bar, GRID_PX, self._count, self._sentence, self._keys,
                   self.skip_button, self.end_button)  # fmt: skip
        line.setContentsMargins(0, GRID_PX // 2, GRID_PX, GRID_PX // 2)
        line.setStretch(3, 1)
        self.setLayout(line)
        self.hide()
        room.session.changed.connect(lambda _change: self._look())
        room.session.selection_changed.connect(lambda _selection: self._look())
        # A page is no news of the session: the key or button that opens it is.
        room.pages.opened.connect(self._look)

    @property
    def step(self) -> Step | None:
        """The step that waits for the reader; None while there is no tour."""
        return STEPS[self._at] if 0 <= self._at < len(STEPS) else None

    def toggle(self) -> None:
        """Starts the tour from its beginning, or ends it."""
        self.end() if self.step is not None else self._go(0)

    def skip(self) -> None:
        """Goes on without having done it."""
        if self.step is not None:
            self._go(self._at + 1)

    def end(self) -> None:
        """Puts the strip away."""
        self._at = -1
        self.hide()
        self.halo.point_at(None)

    def _go(self, at: int) -> None:
        self._began = here(self._window.session)
        while (
            at < len(STEPS)
            and STEPS[at].name in _PASSED_OVER
            and STEPS[at].is_done(self._window, self._began)
        ):
            at += 1
        self._at = at
        step = self.step
        if step is None:
            self.end()
            return
        table = self._window.keys
        self._count.setText(tr("Tour {at} of {total}", at=at + 1, total=len(STEPS)))
        self._sentence.setText(local(step.sentence))
        self._keys.setText("  ".join(filter(None, (table.hint(name) for name in step.keys))))
        self._keys.setVisible(bool(step.keys))
        self.skip_button.setText(tr("Skip step  {key}", key=table.hint("tour_skip")))
        self.end_button.setText(tr("End tour  {key}", key=table.hint("tour")))
        self.show()
        self.halo.point_at(step.target(self._window))

    def _look(self) -> None:
        # Later: whoever changed the session may not be done with it.
        if self.step is not None:
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        step = self.step
        if step is not None and not self._began.series and STEPS[0] is not step:
            self._began = here(self._window.session)  # a project just opened chose it by itself
        elif step is not None and step.is_done(self._window, self._began):
            self._go(self._at + 1)
