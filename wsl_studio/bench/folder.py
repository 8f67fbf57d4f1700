"""Stalls of the window on a folder of 100,000 files: listing, scrolling, filtering, labelling."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from wsl_studio.bench import Ask
from wsl_studio.bench.folders import make_folder
from wsl_studio.dicom.index import index_folder
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Answer
from wsl_studio.domain.progress import drain
from wsl_studio.jobs import steps
from wsl_studio.store.project import Project

N_FILES: Final = 100_000
TICK_MS: Final = 5
LIMIT_MS: Final = 50
SIDE: Final = 8


def run(ask: Ask) -> dict[str, Any]:
    """Makes ``files`` files, as single-slice series and as series of 500, and uses the window.

    A 5 ms timer notes the longest gap of the event loop during each act. The files are imported
    before the window opens (seconds in ``import_s``).
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    n = ask.files or N_FILES
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for per_series in (1, 500):
            place = Path(temporary) / str(per_series)
            make_folder(place / "in", n, per_series=per_series, side=SIDE)
            begun = time.monotonic()
            with Project.create(place / "project", findings=("nodule",)) as project:
                cache = project.folder / "cache" / "headers.jsonl"
                index = drain(index_folder(place / "in", salt=project.salt, cache=cache))
                steps.take_index(project, index)
            took = round(time.monotonic() - begun, 1)
            for act, gap in _use(place).items():
                rows.append(
                    {"series": len(index.series), "act": act, "longest_gap_ms": round(gap, 1)}
                )
            rows.append({"series": len(index.series), "act": "import", "import_s": took})
    worst = max(
        row["longest_gap_ms"]
        for row in rows
        if row["act"].split()[0] in ("scroll", "filter", "import") and "longest_gap_ms" in row
    )
    lines = [f"longest gap while scrolling and filtering: {worst} ms (wanted: {LIMIT_MS})"]
    return {"rows": rows, "lines": lines, "n": n}


def _use(place: Path) -> dict[str, float]:
    """Longest gap in ms by act."""
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
    browser = window.browser
    bar = browser.series_list.verticalScrollBar()
    found: dict[str, float] = {}
    try:
        found["idle"] = watch.during([lambda: None] * 20)
        found["open the project"] = watch.during([lambda: session.open_project(place / "project")])
        watch.until(lambda: browser.series_model.rowCount() > 0 and session.volume is not None)
        found["open the project"] = max(found["open the project"], watch.longest_ms)
        watch.during([lambda: None] * 20)
        found["scroll"] = watch.during(
            [lambda k=k: bar.setValue(bar.maximum() * k // 60) for k in range(60)]  # type: ignore[misc]
        )
        found["scroll by lines"] = watch.during(
            [lambda: bar.setValue(bar.value() - bar.singleStep())] * 60
        )
        words = "ct 1234"
        found["filter by typing"] = watch.during(
            [lambda k=k: browser.filter.setText(words[:k]) for k in range(1, len(words) + 1)],  # type: ignore[misc]
            settle_s=1.0,
        )
        found["filter emptied"] = watch.during([browser.filter.clear], settle_s=1.0)
        found["label"] = watch.during(
            [lambda: session.say("nodule", Answer.PRESENT)] * 3, settle_s=5.0
        )
        found["next series"] = watch.during([session.next_series] * 3)
    finally:
        session.shut_down()
        window.close()
    return found


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
        self._timer = QTimer(window)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def during(self, acts: list[Callable[[], Any]], *, settle_s: float = 0.3) -> float:
        """The longest gap in ms while acts are done, one every 30 ms, and a while after."""
        self._turn(0.05)
        self._longest = 0.0
        for act in acts:
            act()
            self._turn(0.03)
        self._turn(settle_s)
        return self._longest * 1000

    @property
    def longest_ms(self) -> float:
        """The longest gap since the last acts began."""
        return self._longest * 1000

    def until(
        self, condition: Callable[[], bool], seconds: float = 120.0, pause_s: float = 0.02
    ) -> None:
        """Turns the loop until something is so."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise KnownError("The window did not come so far in time.")
            self._turn(pause_s)

    def _turn(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._app.processEvents()
            time.sleep(0.0005)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now
