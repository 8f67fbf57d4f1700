"""The keep / remove test of one series: asked of the worker, told in words."""

import json
import math
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.words import say
from wsl_studio.jobs.training import Trainer

POLL_MS: Final = 30
PATIENCE_S: Final = 90.0
"""The first question may find the worker still importing torch."""


@dataclass(frozen=True)
class Kept:
    """What tissue does to a score, in calibrated logits.

    Args:
        whole: All tissue.
        kept: Only the highlighted tissue; the rest is the mean of the training series.
        removed: Without the highlighted tissue.
        share: Of the tissue that is highlighted, 0 to 1.
    """

    whole: float
    kept: float
    removed: float
    share: float

    @property
    def is_faithful(self) -> bool:
        """True if the highlighted tissue alone keeps the answer and its absence turns it."""
        side = 1.0 if self.whole >= 0 else -1.0
        return side * self.kept >= 0 > side * self.removed

    def words(self, finding: str) -> str:
        """What it means, in one sentence with the three probabilities."""
        whole, kept, removed = (_probability(v) for v in (self.whole, self.kept, self.removed))
        side = 1.0 if self.whole >= 0 else -1.0
        figures = say(
            "whole {whole:.2f}, only the highlighted {share:.1f} % {kept:.2f}, "
            "without it {removed:.2f}",
            whole=whole,
            share=100 * self.share,
            kept=kept,
            removed=removed,
        )
        if self.is_faithful:
            verdict = say("faithful here: the answer stands and falls with the highlighted tissue")
        elif side * self.kept >= 0:
            verdict = say(
                "partly faithful here: the highlighted tissue is enough, but not alone in it"
            )
        elif side * self.removed < 0:
            verdict = say("partly faithful here: the highlighted tissue is needed, but not enough")
        else:
            verdict = say("not faithful here: the answer does not depend on the highlighted tissue")
        return say(
            "Evidence on {finding} is {verdict} ({figures}).",
            finding=finding,
            verdict=verdict,
            figures=figures,
        )


def _probability(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, logit))))


class KeepRemove(QObject):
    """One question at a time; a new one takes the place of one that is not yet answered."""

    def __init__(self, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trainer = trainer
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._path = Path()
        self._take: Callable[[Kept | KnownError], None] | None = None
        self._asked = 0.0

    def ask(
        self,
        directory: Path,
        series_uid: str,
        finding: str,
        threshold: float,
        take: Callable[[Kept | KnownError], None],
    ) -> None:
        """Asks about one series and finding of a finished round; ``take`` is called back."""
        if self._trainer.running is not None:
            take(KnownError("A round is under way.", "Ask again when it has ended."))
            return
        self.close()
        self._folder = tempfile.TemporaryDirectory(prefix="wsl-ask-")
        self._path, self._take = Path(self._folder.name) / "answer.json", take
        self._asked = time.monotonic()
        self._trainer.ask(
            {"round": str(directory), "series": series_uid, "finding": finding,
             "threshold": threshold, "answer": str(self._path)}
        )  # fmt: skip
        self._timer.start()

    def close(self) -> None:
        """Forgets the question under way."""
        self._timer.stop()
        self._take = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _poll(self) -> None:
        take = self._take
        if take is None:
            return
        told: Kept | KnownError | None = None
        if self._path.exists():
            found = json.loads(self._path.read_text(encoding="utf-8"))
            told = KnownError(**found) if "sentence" in found else Kept(**found)
        elif not self._trainer.is_alive:
            told = KnownError("The worker ended before it answered.", "Ask again.")
        elif time.monotonic() - self._asked > PATIENCE_S:
            told = KnownError("The worker did not answer in time.", "Ask again.")
        if told is not None:
            self.close()
            take(told)
