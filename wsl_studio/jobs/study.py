"""The rounds of the open project: start, stop, cancel, resume, and what to show of each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from wsl_studio.domain.errors import KnownError
from wsl_studio.jobs import steps
from wsl_studio.jobs.ahead import foretold, learns_backbone, start_of
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.keep_remove import KeepRemove, Kept
from wsl_studio.jobs.ordering import manifest_of
from wsl_studio.jobs.training import Trainer, row_of
from wsl_studio.jobs.values import MethodForm, Rebuilt, RoundRow, RoundState
from wsl_studio.store import rounds

NEAREST: Final = 5
WARM_UP_MS: Final = 1500
"""The worker imports torch for some seconds; it begins after the first picture is up."""


@lru_cache
def method_forms(*, is_pictures: bool = False, is_many: bool = False) -> tuple[MethodForm, ...]:
    """Methods with the schema of their options; torch is not imported for it.

    Args:
        is_pictures: Of the project: some defaults differ, and the form begins with them.
        is_many: It has many labelled series, from which other defaults suit too.
    """
    from wsl_studio.learn.methods import METHODS, fitting

    out = []
    for m in METHODS.values():
        schema = m.Options.model_json_schema()
        for key, value in fitting(m, {}, is_pictures=is_pictures, is_many=is_many).items():
            schema["properties"][key]["default"] = value
        uses = m.recipe({}).uses_unlabelled
        out.append(MethodForm(m.name, m.title, m.summary, m.source, schema, uses))
    return tuple(out)


def nearest(features: Mapping[str, NDArray[np.float32]], uid: str) -> list[str]:
    """The series whose mean codes lie nearest to that of one, in deviations of each channel."""
    if uid not in features:
        return []
    others = [other for other in features if other != uid]
    spread = np.std(np.stack(list(features.values())), 0) + 1e-6
    away = [float(np.linalg.norm((features[o] - features[uid]) / spread)) for o in others]
    return [others[i] for i in np.argsort(away, kind="stable")[:NEAREST]]


class RoundRoom(QObject):
    """Rounds of one project; finished ones are read once."""

    advanced = Signal()
    ended = Signal(object)  # RoundRow

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._trainer = Trainer(desk.folder, self)
        self._trainer.advanced.connect(self.advanced)
        self._trainer.ended.connect(self._on_ended)
        self._keep_remove = KeepRemove(self._trainer, self)
        self._known: dict[int, RoundRow] = {}
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)
        self._warm_up.timeout.connect(self._trainer.warm_up)

    @property
    def forms(self) -> tuple[MethodForm, ...]:
        """Methods with defaults that suit the project."""
        return method_forms(is_pictures=self._desk.is_pictures, is_many=self._is_many)

    @property
    def _is_many(self) -> bool:
        from wsl_studio.learn.methods.common import MANY

        return (self._desk.info().n_teaching or 0) >= MANY

    @property
    def running(self) -> RoundRow | None:
        """The round under way."""
        row = self._trainer.running
        return replace(row, method=_title(row.method)) if row else None

    def rows(self) -> tuple[RoundRow, ...]:
        """Rounds, oldest first."""
        running = self.running
        out = []
        for number in rounds.rounds(self._desk.folder):
            if running is not None and running.number == number:
                out.append(running)
            else:
                if number not in self._known:
                    self._known[number] = self._read(number)
                out.append(self._known[number])
        return tuple(out)

    def take_up(self) -> None:
        """Follows a round that still runs from an earlier window; warms the worker up."""
        folder = self._desk.folder
        for number in rounds.rounds(folder):
            directory = rounds.round_dir(folder, number)
            if rounds.is_running(directory):
                self._trainer.attach(directory, rounds.read_manifest(directory))
                return
        self._warm_up.start(WARM_UP_MS)

    def start(self, method: str, options: dict[str, Any], seed: int, device: str) -> None:
        """Starts a round; ``KnownError`` says why it can't."""
        self._refuse_second()
        self._desk.settle()
        directory, manifest = steps.prepare_round(
            self._desk.project,
            method=method,
            options=options,
            seed=seed,
            device=device,
            is_warm=True,
            listed=self._desk.listed(),
        )
        self._trainer.start(directory, manifest)

    def ahead(self, method: str, options: Mapping[str, Any]) -> str:
        """What a round would go on from; empty where it is quick anyway or can't be known."""
        folder, now = self._desk.folder, self._desk.info()
        try:
            known = steps.find_method(method)
            suits = steps.fitted(
                known, options, is_pictures=self._desk.is_pictures, is_many=self._is_many
            )
            recipe = steps.make_recipe(known, suits)
            if not learns_backbone(recipe):
                return ""  # most projects: nothing is read of their rounds
            last = steps.current_round(folder)
            start = start_of(
                folder, last, recipe, now.findings, now.n_teaching or 0,
                rename=self._desk.names.of,
            )  # fmt: skip
            return foretold(folder, start, self.rows())
        except KnownError:  # it is said where a round is asked for
            return ""

    def resume(self, number: int) -> None:
        """Goes on with an interrupted or failed round from its last saved state."""
        self._refuse_second()
        directory = rounds.round_dir(self._desk.folder, number)
        self._known.pop(number, None)
        self._trainer.start(directory, rounds.read_manifest(directory))

    def keep_remove(
        self,
        number: int,
        series_uid: str,
        finding: str,
        threshold: float,
        take: Callable[[Kept | KnownError], None],
    ) -> None:
        """Asks the worker for the score of only, and without, the highlighted tissue."""
        directory = rounds.round_dir(self._desk.folder, number)
        then = manifest_of(self._desk.folder, number).findings  # under the names of that time
        finding = next((f for f in then if self._desk.names.of(f) == finding), finding)
        self._keep_remove.ask(directory, series_uid, finding, threshold, take)

    def stop(self) -> None:
        """Asks the round to end with its best weights."""
        self._trainer.stop()

    def cancel(self) -> None:
        """Discards the round."""
        self._trainer.cancel()

    def close(self) -> None:
        """Lets the worker go."""
        self._warm_up.stop()
        self._keep_remove.close()
        self._trainer.close()

    def rebuilt(self, number: int, uid: str) -> Rebuilt:
        """What the encoder of a round keeps of a series; nothing where it has none."""
        directory = rounds.round_dir(self._desk.folder, number)
        if not manifest_of(self._desk.folder, number).recipe.code.has_encoder:
            return Rebuilt()
        near = nearest(rounds.read_features(directory), uid)
        numbers = {row.uid: row.number for row in self._desk.rows()}
        return Rebuilt(
            *rounds.read_rebuilt(directory, uid), tuple(numbers[n] for n in near if n in numbers)
        )

    def _refuse_second(self) -> None:
        if self._trainer.running is not None:
            raise KnownError("A round is under way.", "Stop or cancel it first.")

    def _read(self, number: int) -> RoundRow:
        directory = rounds.round_dir(self._desk.folder, number)
        manifest = manifest_of(self._desk.folder, number)
        events, _ = rounds.read_events(directory)
        row = row_of(manifest, events, is_running=False)
        metrics = rounds.read_metrics(directory)
        if row.state is RoundState.INTERRUPTED and metrics is not None:
            row = replace(row, state=RoundState.FINISHED)  # whole, whatever its record lacks
        elif row.state is RoundState.INTERRUPTED and not events:
            row = replace(row, state=RoundState.WAITING)
        return replace(row, metrics=metrics, method=_title(manifest.method))

    def _on_ended(self, row: RoundRow) -> None:
        read = self._read(row.number)
        # What the process's end told is not in the files.
        self._known[row.number] = replace(read, sentence=row.sentence or read.sentence)
        self.ended.emit(self._known[row.number])


def _title(method: str) -> str:
    return next((form.title for form in method_forms() if form.name == method), method)
