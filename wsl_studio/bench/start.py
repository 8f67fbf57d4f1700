"""Time from process start to the first painted window, and the memory of the window's process."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from wsl_studio.bench import Ask
from wsl_studio.domain.progress import drain
from wsl_studio.jobs.demo import make_demo_project

CHILD: Final = """
import json, sys, time
begun, settings, project = float(sys.argv[1]), sys.argv[2], sys.argv[3]
from pathlib import Path
from PySide6.QtCore import QTimer
from wsl_studio.ui.app import run
seen = {}

def resident():
    for line in open('/proc/self/status'):
        if line.startswith('RssAnon'):
            return int(line.split()[1]) / 1024
    return 0.0

def ready(window):
    seen['first_window_s'] = time.time() - begun
    if not project:
        window.close()
        return
    def look():
        if window.session.volume is None:
            QTimer.singleShot(50, look)
            return
        seen['volume_mib'] = window.session.volume.array.nbytes / 2**20
        for k in range(window.session.volume.n_slices):
            window.session.select_slice(k)
            window.repaint()
        seen['resident_mib'] = resident()
        seen['has_torch'] = 'torch' in sys.modules
        window.close()
    look()

run(Path(project) if project else None, settings=Path(settings), on_ready=ready)
print(json.dumps(seen))
"""


def run(ask: Ask) -> dict[str, Any]:
    """Starts the window ``n`` times empty and once on the demo (or the project at ``data``)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        folder = ask.data or Path(temporary) / "demo"
        drain(make_demo_project(folder))
        settings = Path(temporary) / "settings.json"
        times = [_start(settings)["first_window_s"] for _ in range(ask.n or 7)]
        opened = _start(settings, folder)
    row = {
        "first_window_median_s": round(statistics.median(times), 2),
        "min_s": round(min(times), 2),
        "max_s": round(max(times), 2),
        "starts": len(times),
        "resident_mib": round(opened["resident_mib"]),
        "volume_mib": round(opened["volume_mib"]),
        "torch_loaded": opened["has_torch"],
    }
    return {"rows": [row]}


def _start(settings: Path, project: Path | None = None) -> dict[str, Any]:
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(time.time()), str(settings), str(project or "")],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    values: dict[str, Any] = json.loads(child.stdout.strip().splitlines()[-1])
    return values
