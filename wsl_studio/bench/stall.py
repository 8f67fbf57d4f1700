"""Stalls of the window's event loop while a worker trains, as a ratio to idle."""

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from wsl_studio.bench import Ask
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.jobs.demo import make_demo_project

TICK_MS: Final = 10
SPAN_S: Final = 8.0


def run(ask: Ask) -> dict[str, Any]:
    """Opens the window on the demo; a 10 ms timer repaints the picture and notes its gaps.

    Each of ``n`` repetitions times ``SPAN_S`` idle and the same span while a fine-tuning round
    (the heaviest work) runs in the real worker.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from wsl_studio.jobs.session import Session
    from wsl_studio.jobs.settings import Settings
    from wsl_studio.ui.window import MainWindow

    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as temporary:
        folder = ask.data or Path(temporary) / "demo"
        drain(make_demo_project(folder))
        session = Session(Settings(Path(temporary) / "settings.json"))
        window = MainWindow(session)
        window.resize(1366, 768)
        window.show()
        session.open_project(folder)
        wait(app, lambda: session.volume is not None, 30)
        rows = []
        try:
            for k in range(ask.n or 3):
                idle = gaps(app, window, session, SPAN_S)
                session.train(session.default_method, {"depth": "last"}, ask.seed + k)
                wait(app, lambda: session.running is not None and session.running.done > 0, 120)
                busy = gaps(app, window, session, SPAN_S)
                if session.running is None:
                    raise KnownError("The round ended before the span did; nothing was measured.")
                session.cancel_round()
                rows.append(_row(k, idle, busy))
        finally:
            session.shut_down()
            window.close()
    ratio = statistics.median(row["ratio_max"] for row in rows)
    worst = statistics.median(row["busy_max_ms"] for row in rows)
    rows.append({"run": "median", "busy_max_ms": worst, "ratio_max": round(ratio, 2)})
    return {"rows": rows}


def _row(k: int, idle: list[float], busy: list[float]) -> dict[str, Any]:
    def p99(gaps: list[float]) -> float:
        return statistics.quantiles(gaps, n=100)[98]

    return {
        "run": k,
        "idle_p99_ms": round(p99(idle), 1),
        "idle_max_ms": round(max(idle), 1),
        "busy_p99_ms": round(p99(busy), 1),
        "busy_max_ms": round(max(busy), 1),
        "ratio_max": round(max(busy) / max(idle), 2),
        "over_50_ms": sum(gap > 50 for gap in busy),
    }


def gaps(app: Any, window: Any, session: Any, span_s: float) -> list[float]:
    """Intervals in ms between ticks of a 10 ms timer while the reader scrolls."""
    from PySide6.QtCore import Qt, QTimer

    found: list[float] = []
    last = time.perf_counter()
    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        found.append((now - last) * 1000)
        last = now
        volume = session.volume
        if volume is not None and len(found) % 3 == 0:
            session.select_slice((session.selection.slice + 1) % volume.n_slices)

    timer.timeout.connect(tick)
    timer.start(TICK_MS)
    end = time.monotonic() + span_s
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.0005)
    timer.stop()
    return found[5:]


def wait(app: Any, condition: Any, seconds: float) -> None:
    """Runs the event loop until a condition holds; ``KnownError`` after so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise KnownError("The window did not come so far in time.")
        app.processEvents()
        time.sleep(0.01)
