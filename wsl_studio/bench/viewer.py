"""Frame times of the viewer beside pyqtgraph's ImageItem in one run, idle and under training.

Both paint the same numbers into 1200 x 1100 pixels: a CT of 300 slices scrolled with evidence over
it, and a mammogram whose window is dragged. A frame is the time from the wish (another slice,
another window) to the end of its synchronous repaint and of the events that it caused.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from wsl_studio.bench import Ask
from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.progress import drain
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.jobs.demo import make_demo_project

SIZE: Final = (1200, 1100)
"""Width and height of the picture in device pixels."""
FRAMES: Final = 200
TARGET_MS: Final = 8.0
BUSY_MS: Final = 16.0
AHEAD: Final = {"scroll": 2.0, "window": 10.0}


def run(ask: Ask) -> dict[str, Any]:
    """Measures both views on both painters; then ours again while a round trains.

    ``n`` frames of each (200 if not said); ``data`` is a demo project, made when absent.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    n = ask.n or FRAMES
    ct, evidence = phantom_ct(ask.seed)
    mammogram = phantom_mammogram(ask.seed)
    rows, lines = [], []
    ours = {"scroll": our_scroll(app, ct, evidence, n), "window": our_window(app, mammogram, n)}
    theirs = {
        "scroll": peer_scroll(app, ct, evidence, n),
        "window": peer_window(app, mammogram, n),
    }
    for view, times in ours.items():
        rows += [_row(view, "wsl-studio", times), _row(view, "pyqtgraph", theirs[view])]
        p95, other = _p95(times), _p95(theirs[view])
        ratio = other / p95
        lines.append(
            f"{view}: p95 {p95:.1f} ms ({_holds(p95 <= TARGET_MS)} {TARGET_MS:.0f} ms), "
            f"{ratio:.1f} x ahead of pyqtgraph ({_holds(ratio >= AHEAD[view])} "
            f"{AHEAD[view]:.0f} x)"
        )
    planes = our_planes(app, ct, evidence, max(10, n // 4))
    rows.append(_row("three planes", "wsl-studio", planes))
    busy = while_training(app, ask, lambda: our_scroll(app, ct, evidence, n))
    rows.append(_row("scroll while training", "wsl-studio", busy))
    p95 = _p95(busy)
    lines.append(
        f"scroll while a worker trains: p95 {p95:.1f} ms "
        f"({_holds(p95 <= BUSY_MS)} {BUSY_MS:.0f} ms)"
    )
    return {"rows": rows, "lines": lines}


def phantom_ct(seed: int) -> tuple[Volume, Evidence]:
    """Noise of a CT, 300 x 512 x 512 int16, and evidence on a grid of 16 pixels."""
    rng = np.random.default_rng(seed)
    array = rng.integers(-1000, 1000, (300, 512, 512), dtype=np.int16)
    geometry = Geometry((1.0, 0.7, 0.7), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0))
    volume = Volume("1.2", array, unit="HU", modality="CT", geometry=geometry)
    grid = rng.normal(0, 1.5, (300, 32, 32)).astype(np.float32)
    sums = Arithmetic(1.0, -0.5, 0.0, 0.5)
    return volume, Evidence("1.2", "nodule", 1, grid, Placement(16, 16, 7.5, 7.5), sums, 3.0)


def phantom_mammogram(seed: int) -> Volume:
    """Noise of a mammogram, 4096 x 3328 uint16."""
    rng = np.random.default_rng(seed)
    return Volume("1.3", rng.integers(0, 4096, (1, 4096, 3328), dtype=np.uint16), modality="MG")


@dataclass(frozen=True)
class Times:
    """Milliseconds of each frame.

    Args:
        wall: On the clock; on a machine with other work this holds their share too.
        cpu: Processor time of this process alone (the X server's is not in it).
    """

    wall: list[float]
    cpu: list[float]


def timed(app: Any, n: int, wish: Callable[[int], None], paint: Callable[[], object]) -> Times:
    """Times ``n`` frames, after ten that are not counted."""
    wall, cpu = [], []
    for k in range(n + 10):
        start, spent = time.perf_counter(), time.process_time()
        wish(k)
        paint()
        app.processEvents()
        wall.append(1e3 * (time.perf_counter() - start))
        cpu.append(1e3 * (time.process_time() - spent))
    return Times(wall[10:], cpu[10:])


def _stage(app: Any, widget: Any) -> None:
    widget.resize(*SIZE)
    widget.show()
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        app.processEvents()


def our_scroll(app: Any, ct: Volume, evidence: Evidence, n: int) -> Times:
    """Another slice with its evidence, frame by frame."""
    from wsl_studio.ui.canvas import Canvas

    canvas = Canvas()
    canvas.set_volume(ct, Window(40, 400), 0)
    canvas.set_evidence(evidence)
    _stage(app, canvas)
    times = timed(app, n, lambda k: canvas.set_slice(k % ct.n_slices), canvas.repaint)
    canvas.close()
    canvas.deleteLater()
    return times


def our_window(app: Any, mammogram: Volume, n: int) -> Times:
    """Another window of a mammogram, frame by frame."""
    from wsl_studio.ui.canvas import Canvas

    canvas = Canvas()
    canvas.set_volume(mammogram, Window(2000, 4000), 0)
    _stage(app, canvas)
    times = timed(
        app, n, lambda k: canvas.set_window(Window(1500.0 + 5 * k, 3000.0 + 5 * k)), canvas.repaint
    )
    canvas.close()
    canvas.deleteLater()
    return times


def our_planes(app: Any, ct: Volume, evidence: Evidence, n: int) -> Times:
    """The crosshair moved through three planes with evidence, frame by frame."""
    from wsl_studio.ui.layout import Kind, Layout
    from wsl_studio.ui.measures import Measures
    from wsl_studio.ui.plan import Shown
    from wsl_studio.ui.stage import Stage

    stage = Stage(Measures())
    stage.set_volume(ct, Window(40, 400), 0)
    stage.set_layout(Layout(Kind.PLANES))
    stage.set_model(Shown(evidence))
    _stage(app, stage)

    # The pictures repaint from the event loop; repaint() on one would paint the others twice.
    times = timed(
        app, n, lambda k: stage.fly((k % 300, 100 + k % 300, 120 + k % 300)), app.processEvents
    )
    stage.close()
    stage.deleteLater()
    return times


def _peer(app: Any) -> tuple[Any, Any, Any]:
    import pyqtgraph as pg

    pg.setConfigOptions(imageAxisOrder="row-major")
    view = pg.GraphicsView()
    box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False)
    view.setCentralItem(box)
    image = pg.ImageItem()
    box.addItem(image)
    _stage(app, view)
    return pg, view, (box, image)


def peer_scroll(app: Any, ct: Volume, evidence: Evidence, n: int) -> Times:
    """The same with two ImageItems of pyqtgraph: the slice, and evidence by a colour table."""
    import cv2

    pg, view, (box, image) = _peer(app)
    over = pg.ImageItem()
    table = np.zeros((256, 4), np.uint8)
    table[:128, 2], table[128:, 0] = 233, 230
    table[:, 3] = np.abs(np.linspace(-150, 150, 256)).astype(np.uint8)
    over.setLookupTable(table)
    box.addItem(over)

    def wish(k: int) -> None:
        s = k % ct.n_slices
        image.setImage(ct.array[s], levels=(-160, 240), autoLevels=False)
        logits = cv2.resize(evidence.grid[s], (512, 512), interpolation=cv2.INTER_LINEAR)
        over.setImage(logits, levels=(-3.0, 3.0), autoLevels=False)

    wish(0)
    box.autoRange(padding=0)
    times = timed(app, n, wish, view.viewport().repaint)
    view.close()
    view.deleteLater()
    return times


def peer_window(app: Any, mammogram: Volume, n: int) -> Times:
    """The same with an ImageItem of pyqtgraph whose levels change."""
    _, view, (box, image) = _peer(app)
    image.setImage(mammogram.array[0], levels=(0, 4000), autoLevels=False)
    box.autoRange(padding=0)
    times = timed(
        app, n, lambda k: image.setLevels((5 * (k % 100), 3000 + 5 * k)), view.viewport().repaint
    )
    view.close()
    view.deleteLater()
    return times


def while_training(app: Any, ask: Ask, measure: Callable[[], Times]) -> Times:
    """What ``measure`` finds while a fine-tuning round runs in the real worker."""
    from wsl_studio.bench.stall import wait
    from wsl_studio.domain.errors import KnownError
    from wsl_studio.jobs.session import Session
    from wsl_studio.jobs.settings import Settings

    with tempfile.TemporaryDirectory() as temporary:
        folder = ask.data or Path(temporary) / "demo"
        drain(make_demo_project(folder))
        session = Session(Settings(Path(temporary) / "settings.json"))
        try:
            session.open_project(folder)
            session.train(session.default_method, {"depth": "last"}, ask.seed)
            wait(app, lambda: session.running is not None and session.running.done > 0, 240)
            times = measure()
            if session.running is None:
                raise KnownError("The round ended before the span did; nothing was measured.")
            session.cancel_round()
        finally:
            session.shut_down()
    return times


def _p95(times: Times) -> float:
    return statistics.quantiles(times.wall, n=20)[18]


def _holds(is_met: bool) -> str:
    return "within" if is_met else "MISSES"


def _row(view: str, painter: str, times: Times) -> dict[str, Any]:
    return {
        "view": view,
        "painter": painter,
        "frames": len(times.wall),
        "median_ms": round(statistics.median(times.wall), 2),
        "p95_ms": round(_p95(times), 2),
        "max_ms": round(max(times.wall), 1),
        "cpu_median_ms": round(statistics.median(times.cpu), 2),
        "cpu_p95_ms": round(statistics.quantiles(times.cpu, n=20)[18], 2),
    }
