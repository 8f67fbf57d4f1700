"""Makes the README's pictures: the real program, on the phantom demo, with a real round.

Run: uv run python resources/screenshots.py [--out docs/screenshots] [--project P]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from wsl_studio.domain.label import Answer
from wsl_studio.domain.progress import drain
from wsl_studio.jobs.demo import make_demo_project
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.ui.app import make_app
from wsl_studio.ui.window import MainWindow

SIZES = ((1920, 1080), (1366, 768))
PATIENCE_S = 600.0


def main() -> int:
    """Drives the program as a reader would and saves each state at each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--project", type=Path)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    app = make_app()
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(Path(temporary) / "settings.json")
        settings.set("reader", "JD")
        session = Session(settings)
        window = MainWindow(session)
        window.show()
        try:
            shoot(app, window, asked.out, "welcome")
            folder = asked.project or Path(temporary) / "demo"
            drain(make_demo_project(folder))
            session.open_project(folder)
            tour(app, window, asked.out)
        finally:
            session.shut_down()
            window.close()
    return 0


def tour(app: QApplication, window: MainWindow, out: Path) -> None:
    """Label, train, look."""
    session = window.session
    wait(app, lambda: session.volume is not None)
    assert session.project is not None
    truth = session.project.folder / "phantom" / "truth"
    for _ in range(6):
        for finding in session.project.findings:
            with np.load(truth / f"{session.selection.series_uid}.{finding}.npz") as arrays:
                is_present = bool(arrays["mask"].any())
            session.say(finding, Answer.PRESENT if is_present else Answer.ABSENT)
        session.next_series()
        wait(app, lambda: session.volume is not None)
    wait(app, lambda: False, 3)
    shoot(app, window, out, "label")
    session.train(session.default_method, {})
    window.training.set_open(True)
    wait(app, lambda: session.running is None or len(session.running.epochs) > 8)
    shoot(app, window, out, "train")
    wait(app, lambda: session.running is None)
    window.training.set_open(False)
    surest(session)
    wait(app, lambda: session.volume is not None and bool(session.banner))
    session.select_slice(session.model.evidence["nodule"].decisive_slice())
    shoot(app, window, out, "evidence")
    window.training.set_open(True)
    shoot(app, window, out, "rounds")
    window.training.set_open(False)
    window.help.toggle()
    shoot(app, window, out, "keys")
    window.help.toggle()


def surest(session: Session) -> None:
    """Goes to the series with the largest nodule score, and lifts the curtain."""
    best, at = -1e9, ""
    for row in session.rows:
        session.select_series(row.uid)
        session.peek()
        found = session.model.evidence.get("nodule")
        if found is not None and found.arithmetic.score > best:
            best, at = found.arithmetic.score, row.uid
    session.select_series(at)
    session.select_finding("nodule")
    session.peek()


def shoot(app: QApplication, window: MainWindow, out: Path, name: str) -> None:
    """Saves the window at every size."""
    for width, height in SIZES:
        window.resize(width, height)
        wait(app, lambda: False, 0.7)
        path = out / f"{name}-{width}x{height}.png"
        if not window.grab().save(str(path)):
            sys.exit(f"{path} can't be written")


def wait(app: QApplication, condition: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Lets the program go on until a condition holds or the time is over."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())
