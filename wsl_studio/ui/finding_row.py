"""One finding in the label panel: its answer, who gave it and when, and the suggestion."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from wsl_studio.domain.findings import FindingSpec
from wsl_studio.domain.label import Answer, Level, Row, Source
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Suggestion
from wsl_studio.ui.keys import KeyTable, shown
from wsl_studio.ui.parts import BarLine, Elided, allow, button, column, row
from wsl_studio.ui.reflow import Reflow
from wsl_studio.ui.suggestions import SuggestionLine
from wsl_studio.ui.theme import GRID_PX, ROW_PX, SMALL_PX, TEXT_PX, ink, scaled, ui_font
from wsl_studio.ui.words import local, tr

CONFIDENCES: Final = ((1.0, say("sure")), (0.75, say("fairly sure")), (0.5, say("a guess")))
"""How sure a reader can be; training weighs the label by the number."""


def say_confidence(confidence: float) -> str:
    """The word nearest to a confidence."""
    return local(min(CONFIDENCES, key=lambda pair: abs(pair[0] - confidence))[1])


def provenance(label: Row, *, now: datetime | None = None) -> str:
    """Who said it, when, how sure, and whether they had seen the model.

    Args:
        label: A SAY row; its time is shown in local time.
        now: For tests.
    """
    when = label.created.astimezone()
    is_today = when.date() == (now or datetime.now().astimezone()).date()
    clock = when.strftime("%H:%M")
    day = (
        ""
        if is_today
        else QLocale().toString(QDate(when.year, when.month, when.day), "d MMM") + " "
    )
    parts = [f"{label.reader} {day}{clock}"]
    if label.reason:
        parts.append(local(label.reason))
    if label.level is Level.STUDY:
        parts.append(local(label.level))
    if label.confidence < 1:
        parts.append(say_confidence(label.confidence))
    if label.source is Source.IMPORT:
        parts = [tr("imported")]
    elif label.source is Source.ACCEPTED:
        parts.append(tr("accepted suggestion"))
    else:
        parts.append(tr("saw the model") if label.saw_model else tr("blind"))
    return " · ".join(parts)


class FindingRow(QWidget):
    """Three answers as one segmented button, and a line for the model that keeps its room.

    Args:
        finding: Its name.
        number: From 1; Alt and this digit choose it.
        keys: For the key hints.
        say: Called with the answer that was clicked.
        select: Called when the finding is clicked.
        accept: Called by the accept button.
        reject: Called by the reject button.
        spec: What the project says of it: colour, code, group.
        depth: How many findings it is a kind of; it stands that far to the right.
    """

    def __init__(
        self,
        finding: str,
        number: int,
        keys: KeyTable,
        *,
        say: Callable[[Answer], object],
        select: Callable[[], object],
        accept: Callable[[], object],
        reject: Callable[[], object],
        spec: FindingSpec | None = None,
        depth: int = 0,
    ) -> None:
        super().__init__()
        self.finding = finding
        self._select = select
        self._keys = keys
        self._bar = BarLine()
        self._name = Elided(finding, is_greedy=False)
        spec = spec or FindingSpec(id=finding, name=finding)
        key = shown(spec.key) if spec.key else keys.hint(f"finding_{number}") if number < 10 else ""
        self._name.set_tip("\n".join(_about(spec, key)))
        self._dot = BarLine()
        self._dot.setFixedHeight(GRID_PX + 4)
        self._dot.set_colour(spec.colour)
        self._dot.setVisible(bool(spec.colour))
        self._who = Elided(tone="dim")
        self._who.setFont(ui_font(SMALL_PX))
        # The name first: what is left over says who, and the tooltip says it whole.
        self._who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.buttons: dict[Answer, QPushButton] = {}
        for answer in Answer:
            segment = button(local(answer), on_click=partial(say, answer))
            segment.setCheckable(True)
            segment.setProperty("segment", True)
            action = answer.value.replace(" ", "_")
            segment.setProperty(
                "tip", keys.tip(tr("{name}: {answer}", name=finding, answer=answer), action)
            )
            segment.setObjectName(f"{finding}.{answer.value}")
            # Whether it is chosen or not: nothing moves when another finding is.
            segment.setProperty("widest", f"{keys.hint(action)}  {local(answer)}")
            if answer is Answer.CANNOT_TELL:
                segment.setText("?")
                segment.setProperty("widest", "?")
                segment.setFixedWidth(scaled(ROW_PX + 4))
                segment.setAccessibleName(local(answer))
            self.buttons[answer] = segment
        self.suggestion = SuggestionLine(keys, accept, reject)
        inner = column(gap=4)
        inner.setContentsMargins(GRID_PX + min(depth, 4) * 2 * GRID_PX, 4, GRID_PX + 4, 0)
        head = row(self._dot, self._name, self._who)
        head.setStretch(2, 1)
        inner.addLayout(head)
        shares = [int(answer is not Answer.CANNOT_TELL) for answer in Answer]
        self.answers = Reflow(tuple(self.buttons.values()), gap=1, shares=shares)
        inner.addWidget(self.answers)
        inner.addWidget(self.suggestion)
        outer = row(self._bar, gap=0)
        outer.addLayout(inner, 1)
        self.setLayout(outer)
        self.show_case(None, None, is_selected=False)

    def show_case(
        self,
        label: Row | None,
        suggestion: Suggestion | None,
        *,
        is_selected: bool,
        why_not: str = "",
    ) -> None:
        """Shows the answer that holds, the suggestion, and whether keys answer this finding.

        Args:
            label: The series-level row that holds, or None.
            suggestion: What may be shown of the model, or None.
            is_selected: True if 1, 2 and 3 answer this finding.
            why_not: Why no answer can be given now; empty when one can.
        """
        for answer, segment in self.buttons.items():
            segment.setChecked(label is not None and label.answer is answer)
            key = self._keys.hint(answer.value.replace(" ", "_"))
            if answer is not Answer.CANNOT_TELL:
                word = local(answer)
                segment.setText(f"{key}  {word}" if is_selected and key else word)
            allow(segment, why_not)
        words = provenance(label) if label is not None else ""
        self._who.setText(words)
        self._bar.set_colour(ink().text if is_selected else "")
        self._name.setFont(ui_font(TEXT_PX, bold=is_selected))
        self.suggestion.show_suggestion(suggestion)

    def who(self) -> str:
        """Who gave the answer, as shown."""
        return self._who.text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the row chooses the finding."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._select()
        super().mousePressEvent(event)


def _about(spec: FindingSpec, key: str) -> list[str]:
    """Lines of the tooltip of a finding."""
    lines = [f"{spec.name} ({key})" if key else spec.name]
    if spec.code:
        lines.append(f"{spec.code_system} {spec.code}".strip())
    if spec.group:
        lines.append(tr("one of {group}: present makes the others absent", group=spec.group))
    return lines
