"""Makes pictures of every page: the real program, on the phantom demo, with a real round.

Run: uv run python resources/screenshots.py [--out docs/screenshots] [--every FOLDER] [--project P]
     [--tour FOLDER] [--theme dark|light] [--text 100] [--sizes 1366x768,1920x1080,3840x2160]
     [--only NAME,NAME] [--language en|fr]

``--out`` takes the few pictures of the documents, ``--every`` every page at every size. A size of
3840 is drawn by a process of its own with two device pixels to each logical one.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton

from wsl_studio.domain.label import Answer
from wsl_studio.domain.progress import drain
from wsl_studio.jobs.demo import make_demo_project
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.ui.app import make_app
from wsl_studio.ui.theme import ink
from wsl_studio.ui.window import MainWindow

FEW = ("welcome", "label", "train", "evidence", "rounds", "keys")
"""Pictures of the documents."""
SIZES = "1366x768,1920x1080,3840x2160"
PATIENCE_S = 600.0
THUMBNAILS_S = 60.0
STILL_S = 0.5
"""Time to let a page settle."""
HIDPI = 3000
"""Widths from here on are drawn with two device pixels to a logical one."""


class Camera:
    """Saves the window, and the page over it, at each size.

    Args:
        app: The application.
        window: What is taken.
        out: Where pictures go.
        asked: Sizes (``theme``, ``only``) as asked on the command line.
    """

    def __init__(
        self, app: QApplication, window: MainWindow, out: Path, asked: argparse.Namespace
    ) -> None:
        self.app, self.window, self.out = app, window, out
        self.sizes = [tuple(int(n) for n in text.split("x")) for text in asked.sizes.split(",")]
        self.suffix = "" if asked.theme == "dark" else f"-{asked.theme}"
        self.suffix += "" if asked.text == 100 else f"-{asked.text}"
        self.suffix += "" if asked.language == "en" else f"-{asked.language}"
        self.only = set(filter(None, asked.only.split(",")))
        self.menu_at = QPoint()
        # Several members have a repeatability to show; the documents show a round as delivered.
        self.options: dict[str, object] = {"members": 3} if asked.every else {}

    def take(
        self,
        name: str,
        begin: Callable[[], object] = lambda: None,
        end: Callable[[], object] = lambda: None,
    ) -> None:
        """Saves what is on screen at every size; what belongs to a size is begun and ended."""
        if self.only and name not in self.only:
            return
        ratio = self.window.devicePixelRatio()
        for width, height in self.sizes:
            self.window.resize(round(width / ratio), round(height / ratio))
            self.wait(lambda: False, STILL_S)
            begin()
            self.wait(self.is_whole, THUMBNAILS_S)
            self.wait(lambda: False, STILL_S)
            path = self.out / f"{name}-{width}x{height}{self.suffix}.png"
            if not self.picture().save(str(path)):
                sys.exit(f"{path} can't be written")
            end()

    def is_whole(self) -> bool:
        """True once the series around the one on screen have their thumbnails."""
        session = self.window.session
        rows, uid = session.rows, session.selection.series_uid
        at = next((k for k, row in enumerate(rows) if row.uid == uid), 0)
        near = rows[max(0, at - 12) : at + 13]
        return all(session.thumbnail(row.uid) is not None for row in near)

    def picture(self) -> QPixmap:
        """The window with the pages and menus that stand over it."""
        out = self.window.grab()
        over = [w for w in self.app.topLevelWidgets() if w.isVisible()]
        painter = QPainter(out)
        for page in (w for w in over if isinstance(w, QDialog | QMenu)):
            room = self.window.size() - page.size()
            at = QPoint(max(0, room.width() // 2), max(0, room.height() // 2))
            if isinstance(page, QDialog):
                painter.fillRect(self.window.rect(), QColor(0, 0, 0, 90))
            else:  # a screen as large as the window would have it under its button
                at = QPoint(min(self.menu_at.x(), room.width()), self.menu_at.y())
            painter.drawPixmap(at, page.grab())
            painter.setPen(QColor(ink().line))
            painter.drawRect(QRect(at, page.size()).adjusted(-1, -1, 0, 0))
        painter.end()
        return out

    def wait(self, condition: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
        """Lets the program go on until a condition holds or the time is over."""
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.01)

    def see(self, name: str, action: str, back: str = "") -> None:
        """Does what a key does, takes the picture, and does what another key does."""
        self.window.keys.trigger(action)
        self.wait(lambda: False, STILL_S)
        self.take(name)
        if back:
            self.window.keys.trigger(back)
            self.wait(lambda: False, STILL_S / 2)

    def page(self, name: str, called: str = "") -> None:
        """Opens a page, takes it, closes it, at each size anew."""
        open_ = self.window.pages.open
        self.take(
            called or name, lambda: self.window.keys.trigger(name), lambda: open_[name].reject()
        )

    def menu(self, name: str, button: QPushButton) -> None:
        """Opens a menu of the header, takes it, closes it."""
        menu = button.menu()

        def begin() -> None:
            self.menu_at = button.mapTo(self.window, QPoint(0, button.height()))
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

        self.take(name, begin, menu.close)


def main() -> int:
    """Drives the program as a reader would and saves each state at each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--every", type=Path)
    parser.add_argument("--tour", type=Path, help="walk the tour by keys, and take its steps")
    parser.add_argument("--project", type=Path)
    parser.add_argument("--theme", default="dark", choices=("dark", "light"))
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--language", default="en", choices=("en", "fr"))
    parser.add_argument("--sizes", default="")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    if not asked.sizes:
        asked.sizes = SIZES if asked.every else "1366x768,1920x1080"
    if asked.tour:
        asked.sizes = "1366x768"
        asked.tour.mkdir(parents=True, exist_ok=True)
    if not asked.every and not asked.only:
        asked.only = ",".join(FEW)
    sizes = asked.sizes.split(",")
    large = [size for size in sizes if int(size.split("x")[0]) >= HIDPI]
    if large and "QT_SCALE_FACTOR" not in os.environ:
        rest = [size for size in sizes if size not in large]
        done = [run_again(rest)] if rest else []
        return max((*done, run_again(large, QT_SCALE_FACTOR="2")))
    out = asked.every or asked.out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(Path(temporary) / "settings.json")
        settings.set("reader", "JD")
        settings.set("theme", asked.theme)
        settings.set("text_percent", asked.text)
        settings.set("language", asked.language)
        app = make_app()
        session = Session(settings)
        window = MainWindow(session)
        window.show()
        camera = Camera(app, window, out, asked)
        try:
            if asked.tour:
                return walk_tour(camera, asked.tour, asked.project or Path(temporary) / "demo")
            camera.take("welcome")
            folder = asked.project or Path(temporary) / "demo"
            drain(make_demo_project(folder))
            session.open_project(folder)
            for _ in walk(camera):
                pass
        finally:
            session.shut_down()
            window.close()
    return 0


def run_again(sizes: list[str], **environment: str) -> int:
    """The same, for some of the sizes, in a process of its own."""
    words = [sys.executable, *sys.argv, "--sizes", ",".join(sizes)]
    return subprocess.run(words, env={**os.environ, **environment}, check=False).returncode


def walk(camera: Camera) -> Iterator[None]:
    """Label, train, look; then every page."""
    yield from label(camera)
    yield from train(camera)
    yield from look(camera)
    yield from pages(camera)


def label(camera: Camera) -> Iterator[None]:
    """A few series are labelled blind."""
    session = camera.window.session
    camera.wait(lambda: session.volume is not None)
    assert session.project is not None
    truth = session.project.folder / "phantom" / "truth"
    for _ in range(0 if session.rounds else 6):
        for finding in session.project.findings:
            with np.load(truth / f"{session.selection.series_uid}.{finding}.npz") as arrays:
                is_present = bool(arrays["mask"].any())
            session.say(finding, Answer.PRESENT if is_present else Answer.ABSENT)
        session.next_series()
        camera.wait(lambda: session.volume is not None)
    camera.wait(lambda: False, 3)
    camera.take("label")
    yield


def train(camera: Camera) -> Iterator[None]:
    """A round, if the project has none."""
    session, window = camera.window.session, camera.window
    if not session.rounds:
        window.training.set_open(True)
        camera.take("no_round")
        session.train(session.default_method, camera.options)
        camera.wait(lambda: session.running is None or len(session.running.epochs) > 8)
        camera.take("train")
        camera.wait(lambda: session.running is None)
        window.training.set_open(False)
    camera.wait(lambda: False, STILL_S)
    session.next_series()
    camera.wait(lambda: session.volume is not None)
    camera.take("blind")
    yield


def look(camera: Camera) -> Iterator[None]:
    """Evidence, in every arrangement."""
    session, window = camera.window.session, camera.window
    surest(session)
    camera.wait(lambda: session.volume is not None and bool(session.banner))
    session.select_slice(session.model.evidence["nodule"].decisive_slice())
    camera.take("evidence")
    camera.see("planes", "planes", "leave_tool")
    camera.see("compare", "compare", "leave_tool")
    camera.see("beside", "beside", "leave_tool")
    camera.see("tiles", "tiles", "leave_tool")
    window.keys.trigger("spread_beside")
    camera.take("spread")
    for name in ("planes", "compare", "tiles"):
        camera.see(f"{name}_spread", name, "leave_tool")
    window.keys.trigger("spread_beside")
    window.training.set_open(True)
    camera.wait(lambda: False, STILL_S)
    camera.take("rounds")
    window.training.set_open(False)
    yield


def pages(camera: Camera) -> Iterator[None]:
    """Every page that a key opens, and the menus."""
    window = camera.window
    session = window.session
    for name in ("review", "rounds_page", "findings", "history", "keys", "reading"):
        # "keys" is the help in the documents; the page of keys has a name of its own
        camera.page(name, "keys_page" if name == "keys" else "")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "labels.csv"
        with table.open("w", newline="", encoding="utf-8") as file:
            lines = csv.writer(file)
            lines.writerow(("series", "finding", "value"))
            for k, row in enumerate(session.rows[:12]):
                lines.writerow((row.uid, "nodule", ("present", "absent", "uncertain")[k % 3]))
        camera.take(
            "import_labels", lambda: window.pages.preview(table),
            lambda: window.pages.open["import_labels"].reject(),
        )  # fmt: skip
    look_at_header = window.viewer.header_lines.look
    camera.take("headers", look_at_header, look_at_header)
    camera.menu("menu_project", window.header.project_button)
    camera.menu("menu_settings", window.header.settings_button)
    camera.menu("menu_layout", window.viewer.tools.menus["Layout"])
    camera.take("keys", lambda: window.keys.trigger("help"), window.help.leave)
    window.walk.next_place()
    camera.take("walk")
    window.viewer.setFocus()
    yield


def walk_tour(camera: Camera, out: Path, folder: Path) -> int:
    """Walks the tour by keys alone, as its strip says, and takes a picture of each step."""
    window, session = camera.window, camera.window.session
    camera.out, camera.only = out, set()
    camera.sizes = [(1366, 768)]
    began, press = time.monotonic(), partial(QTest.keyClick, window)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

    def reach(name: str) -> None:
        camera.wait(lambda: window.tour.step is not None and window.tour.step.name == name)
        camera.wait(lambda: session.volume is not None, 5)

    window.activateWindow()
    camera.wait(window.isActiveWindow, 5)
    press(Qt.Key.Key_T, control | shift)
    camera.take("tour-1-demo")
    drain(make_demo_project(folder))
    session.open_project(folder)
    reach("open")
    camera.take("tour-2-open")
    press(Qt.Key.Key_N)
    reach("label")
    camera.take("tour-3-label")
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_2)
    reach("learn")
    press(Qt.Key.Key_T)
    camera.wait(lambda: session.running is not None and len(session.running.epochs) > 4)
    camera.take("tour-4-learn")
    reach("evidence")
    camera.take("tour-5-evidence")
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_D)
    reach("correct")
    camera.take("tour-6-correct")
    press(Qt.Key.Key_3)
    reach("train")
    camera.take("tour-7-train")
    press(Qt.Key.Key_T)
    reach("read")
    camera.take("tour-8-read")
    press(Qt.Key.Key_R, control | shift)
    reach("on")
    camera.take("tour-9-on")
    window.pages.open["rounds_page"].close()
    window.activateWindow()
    camera.wait(window.isActiveWindow, 5)
    press(Qt.Key.Key_N)
    camera.wait(lambda: window.tour.step is None, 10)
    sys.stdout.write(f"{time.monotonic() - began:.0f} s, ended: {window.tour.step is None}\n")
    return 0 if window.tour.step is None else 1


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


if __name__ == "__main__":
    sys.exit(main())
