"""Stalls of the window on a folder of 100,000 files, by what a reader does there."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wsl_studio.bench import Ask
from wsl_studio.bench.folders import PER_FOLDER, make_folder
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Answer
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Bag, Finished, Manifest, Metrics
from wsl_studio.store.project import Project

N_FILES: Final = 100_000
TICK_MS: Final = 5
LIMIT_MS: Final = 50
SIDE: Final = 8
FURTHER: Final = 0.05
"""Files of the second import, as a share; they come while the reader scrolls and labels."""

FINDING: Final = "nodule"
WORDS: Final = "ct 1234"


def run(ask: Ask) -> dict[str, Any]:
    """Makes ``files`` files, as series of 500 and as series of one, and uses the window.

    A 5 ms timer notes the longest gap of the event loop during each act, and the most processor
    time that the window's thread took between two ticks (``busy_ms``): on a machine that does
    other things the gap is longer than that. Importing first is the command line's, in a process
    of its own; ``peak_mib`` is of the window's process so far.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    n = -(-(ask.files or N_FILES) // PER_FOLDER) * PER_FOLDER
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for per_series in (500, 1):
            place = Path(temporary) / str(per_series)
            took = _prepare(place, n, per_series, ask.tell)
            uids = _make_rounds(place / "project")
            rows.append({"series": len(uids), "act": "import", "seconds": took})
            for act, found in _use(place, ask.tell):
                rows.append({"series": len(uids), "act": act, **found})
            rows[-1]["peak_mib"] = _peak_mib()
    gaps = [(row["longest_gap_ms"], row["act"]) for row in rows if "longest_gap_ms" in row]
    listed = [gap for gap, act in gaps if act.split()[0] in ("scroll", "filter")]
    worst, act = max(gaps)
    lines = [
        f"longest gap while scrolling and filtering: {max(listed)} ms (wanted: {LIMIT_MS})",
        f"longest gap of all: {worst} ms, {act} (wanted: {LIMIT_MS})",
    ]
    return {"rows": rows, "lines": lines, "n": n}


def _prepare(place: Path, n: int, per_series: int, tell: Callable[[str], object]) -> float:
    """A project of ``n`` files, and a folder of further ones; seconds that the import took."""
    further = max(1, round(FURTHER * n / PER_FOLDER))
    tell(f"Making {n:,} files, {per_series} a series.")
    make_folder(place / "in", n + further * PER_FOLDER, per_series=per_series, side=SIDE)
    (place / "more").mkdir()
    for folder in sorted((place / "in").iterdir())[-further:]:
        folder.rename(place / "more" / folder.name)
    Project.create(place / "project", findings=(FINDING,)).close()
    tell(f"Importing {n:,} files.")
    begun = time.monotonic()
    verb = ("import", str(place / "in"), "--project", str(place / "project"), "--json")
    done = subprocess.run(
        [sys.executable, "-m", "wsl_studio", *verb], stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise KnownError("The import failed.", "Its own sentence is above.")
    return round(time.monotonic() - begun, 1)


def _make_rounds(folder: Path) -> tuple[str, ...]:
    """Two finished rounds of all series, with a made-up score of each; all series."""
    with Project.open(folder) as project:
        uids = tuple(project.patient_keys())
        bags = tuple(Bag(series_uid=uid, split="train") for uid in uids)
        for number in (1, 2):
            path = project.next_round_dir()
            project.write_manifest(
                Manifest(number=number, findings=(FINDING,), bags=bags, method="max-min",
                         recipe=Recipe(), label_revision=0)
            )  # fmt: skip
            scores = {}
            for k, uid in enumerate(uids):
                p = (k * 37 * number % 997 + 1) / 999
                logit = 4 * p - 2
                parts = {"positive": max(logit, 0.0), "negative": min(logit, 0.0)}
                scores[uid] = {FINDING: {"score": logit, "probability": p, **parts}}
            (path / "scores.json").write_text(json.dumps(scores))
            (path / "metrics.json").write_text(Metrics(seconds=1.0).model_dump_json())
            (path / "events.jsonl").write_text(Finished(seconds=1.0).model_dump_json() + "\n")
    return uids


@dataclass(frozen=True)
class _Acts:
    """One kind of thing that a reader does, several times.

    Args:
        name: Of the row.
        acts: One every 30 ms.
        until: What must be so before it is over.
    """

    name: str
    acts: Sequence[Callable[[], object]]
    until: Callable[[], bool] = lambda: True


def _use(place: Path, tell: Callable[[str], object]) -> list[tuple[str, dict[str, Any]]]:
    """What was measured, by act."""
    from PySide6.QtWidgets import QApplication

    from wsl_studio.jobs.session import Session
    from wsl_studio.jobs.settings import Settings
    from wsl_studio.ui.window import MainWindow

    app = QApplication.instance() or QApplication([])
    session = Session(Settings(place / "settings.json"))
    window = MainWindow(session)
    window.resize(1366, 768)
    window.show()
    watch = Watch(app, window)
    found = []
    try:
        for acts in _acts(place, window):
            begun = time.monotonic()
            watch.during(acts.acts)
            watch.until(acts.until)
            watch.turn(0.3)
            seen = {"longest_gap_ms": round(watch.longest_ms, 1),
                    "busy_ms": round(watch.busy_ms, 1),
                    "seconds": round(time.monotonic() - begun, 1)}  # fmt: skip
            tell(f"{acts.name}: longest gap {seen['longest_gap_ms']} ms, busy {seen['busy_ms']} ms")
            found.append((acts.name, seen))
    finally:
        session.shut_down()
        window.close()
    return found


def _acts(place: Path, window: Any) -> tuple[_Acts, ...]:
    session, browser = window.session, window.browser
    bar = browser.series_list.verticalScrollBar()

    def is_calm() -> bool:
        return session.work is None and not session.is_behind

    def type_word(k: int) -> Callable[[], object]:
        return lambda: browser.filter.setText(WORDS[:k])

    def scroll_to(k: int) -> Callable[[], object]:
        return lambda: bar.setValue(bar.maximum() * k // 60)

    def label() -> None:
        session.say(FINDING, Answer.PRESENT)

    def scroll_a_line() -> None:
        bar.setValue(bar.value() + bar.singleStep())

    def is_open() -> bool:
        return session.volume is not None and is_calm()

    def import_more() -> None:
        session.import_folder(place / "more")

    reading = [label, session.next_series, *[scroll_a_line] * 20] * 6
    return (
        _Acts("nothing", [lambda: None] * 20),
        _Acts("open the project", [lambda: session.open_project(place / "project")], is_open),
        _Acts("scroll", [scroll_to(k) for k in range(60)]),
        _Acts("scroll by lines", [scroll_a_line] * 60),
        _Acts("filter by typing", [type_word(k + 1) for k in range(len(WORDS))], is_calm),
        _Acts("filter emptied", [browser.filter.clear], is_calm),
        _Acts("first label", [label], is_calm),
        _Acts("label again", [label] * 3, is_calm),
        _Acts("next series", [session.next_series] * 3, is_calm),
        _Acts("undo", [session.undo] * 3, is_calm),
        _Acts("import while reading", [import_more, *reading], is_calm),
        _Acts("another round's scores", [lambda: session.make_current(1)], is_calm),
    )


def _peak_mib() -> int | None:
    """Most memory that this process ever had in use; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (2**20 if sys.platform == "darwin" else 2**10)


class Watch:
    """Runs acts in the event loop and notes the longest time in which it did not turn.

    Args:
        app: The application.
        window: Owns the timer.
    """

    def __init__(self, app: Any, window: Any) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._app = app
        self._last, self._longest = time.perf_counter(), 0.0
        self._worked, self._busy = time.thread_time(), 0.0
        self._timer = QTimer(window)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def during(self, acts: Sequence[Callable[[], Any]]) -> None:
        """Notes anew, from the first of some acts on, one every 30 ms."""
        self.turn(0.05)
        self._longest = self._busy = 0.0
        for act in acts:
            act()
            self.turn(0.03)

    @property
    def longest_ms(self) -> float:
        """The longest gap since the last acts began."""
        return self._longest * 1000

    @property
    def busy_ms(self) -> float:
        """Most processor time of this thread between two ticks since the last acts began."""
        return self._busy * 1000

    def until(
        self, condition: Callable[[], bool], seconds: float = 600.0, pause_s: float = 0.02
    ) -> None:
        """Turns the loop until something is so."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise KnownError("The window did not come so far in time.")
            self.turn(pause_s)

    def turn(self, seconds: float) -> None:
        """Runs the event loop for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._app.processEvents()
            time.sleep(0.0005)

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self._longest = max(self._longest, now - self._last)
        self._busy = max(self._busy, worked - self._worked)
        self._last, self._worked = now, worked
