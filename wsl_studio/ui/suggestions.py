"""What the model proposes for one finding: a word, a number, accept and reject; never a label."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wsl_studio.domain.label import Answer
from wsl_studio.jobs.values import Suggestion
from wsl_studio.ui.keys import KeyTable
from wsl_studio.ui.parts import Elided, button, row, set_tone
from wsl_studio.ui.theme import ROW_PX, scaled
from wsl_studio.ui.words import numeral, tr


def words(found: Suggestion | None) -> str:
    """``'suggestion: present 0.85'``, what became of it, or empty."""
    if found is None:
        return ""
    answer = Answer.PRESENT if found.is_present else Answer.ABSENT
    heads = {
        "open": tr("suggestion"), "accepted": tr("accepted suggestion"), "rejected": tr("refused"),
    }  # fmt: skip
    head, probability = heads[found.state], numeral(f"{found.score.probability:.2f}")
    return tr("{head}: {answer} {p}", head=head, answer=answer, p=probability)


class SuggestionLine(QWidget):
    """One line of fixed height under a finding; empty while the reader is blind.

    Args:
        keys: For the key hints in tooltips.
        accept: Called by the accept button.
        reject: Called by the reject button.
    """

    def __init__(
        self, keys: KeyTable, accept: Callable[[], object], reject: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setFixedHeight(scaled(ROW_PX))
        self._words = Elided(tone="model")
        self._words.setObjectName("suggestion")
        self.accept_button = button(
            icon_name="accept",
            tip=keys.tip(tr("Accept: it becomes your label"), "accept"),
            on_click=accept,
        )
        self.reject_button = button(
            icon_name="close",
            tip=keys.tip(tr("Reject: it is not shown again"), "reject"),
            on_click=reject,
        )
        self.accept_button.setAccessibleName(tr("accept suggestion"))
        self.reject_button.setAccessibleName(tr("reject suggestion"))
        line = row(self._words, self.accept_button, self.reject_button, gap=2)
        line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.show_suggestion(None)

    def show_suggestion(self, found: Suggestion | None) -> None:
        """Shows a suggestion; None leaves the room empty."""
        self._words.setText(words(found))
        if found is not None:
            self._words.set_tip(
                tr(
                    "Round {n}: {score:+.1f} logits, "
                    "probability {probability:.2f}. No label until you accept it.",
                    n=found.round,
                    score=found.score.score,
                    probability=found.score.probability,
                )
            )
            set_tone(self._words, "model" if found.state == "open" else "dim")
        is_open = found is not None and found.state == "open"
        self.accept_button.setVisible(is_open)
        self.reject_button.setVisible(is_open)

    def text(self) -> str:
        """What the line says."""
        return self._words.text()
