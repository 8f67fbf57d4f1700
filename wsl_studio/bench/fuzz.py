"""Damaged files of every transfer syntax, read as the window reads them: what falls over."""

import os
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from wsl_studio.bench import Ask
from wsl_studio.bench.mutations import mutate, seeds
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.index_file import IndexFile
from wsl_studio.jobs.reading import Reader, take_array

HANG_S: Final = 5.0
GIVE_UP_S: Final = 90.0
SERIES_A_FILE: Final = 3
OUR_FAULT: Final = ("The reader failed", "Bad request", "The reader process failed")
"""Sentences of faults of ours, which no file may bring about."""


class _Asker:
    """Asks the reader process as the window does, one request at a time."""

    def __init__(self) -> None:
        self.app = QCoreApplication.instance() or QCoreApplication([])
        self.reader = Reader()
        self.slowest = 0.0
        self.peak = 0
        self._before = peak_bytes(os.getpid())

    def ask(self, do: str, payload: dict[str, Any]) -> dict[str, Any] | KnownError:
        """The result or the trouble."""
        loop, answer = QEventLoop(), []
        begun = time.monotonic()

        def take(what: dict[str, Any] | KnownError) -> None:
            answer.append(what)
            loop.quit()

        self.reader.ask(do, payload, take, take)
        guard = QTimer()
        guard.setSingleShot(True)
        guard.timeout.connect(loop.quit)
        guard.start(int(GIVE_UP_S * 1000))
        if not answer:
            loop.exec()
        guard.stop()
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.peak = max(self.peak, peak_bytes(os.getpid()) - self._before)
        return answer[0] if answer else KnownError("No answer came.")


def peak_bytes(pid: int) -> int:
    """Most memory that a process and those under it have held, each at its own worst (Linux)."""
    total = 0
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        total = int(status.split("VmHWM:")[1].split()[0]) * 1024
        below = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError, ValueError):
        return total
    return total + sum(peak_bytes(child) for child in below)


def run(ask: Ask) -> dict[str, Any]:
    """Damages ``n`` files (20,000 if not said) from ``seed`` on and has each of them read."""
    n = ask.n or 20_000
    whole = seeds(ask.seed)
    names = sorted(whole)
    asker = _Asker()
    counts: Counter[str] = Counter()
    faults: list[str] = []
    slow: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "one.dcm"
        # The start of the processes and of their libraries is no file's fault.
        path.write_bytes(whole["made/jpeg_colour.dcm"])
        _read(asker, path)
        begun = time.monotonic()
        for i in range(n):
            rng = np.random.default_rng([ask.seed, i])
            name = names[int(rng.integers(len(names)))]
            path.write_bytes(mutate(whole[name], whole[names[int(rng.integers(len(names)))]], rng))
            asker.slowest = 0.0
            for verdict, sentence in _read(asker, path):
                counts[verdict] += 1
                counts["crashed"] += "crashed" in sentence
                counts["late"] += "did not finish" in sentence
                counts["memory"] += "enough memory" in sentence
                if verdict == "fault":
                    faults.append(f"{i} {name}: {sentence}")
            if asker.slowest > HANG_S:
                slow.append(f"{i} {name}: {asker.slowest:.1f} s")
    asker.reader.close()
    rows = [
        {"measured": "files", "value": n},
        {"measured": "files damaged, of so many whole ones", "value": len(whole)},
        {"measured": "series read", "value": counts["read"]},
        {"measured": "files and series refused with a sentence", "value": counts["refused"]},
        {"measured": "decoder processes that crashed", "value": counts["crashed"]},
        {"measured": "decoders that did not finish", "value": counts["late"]},
        {"measured": "decoders that wanted too much memory", "value": counts["memory"]},
        {"measured": "faults of ours", "value": len(faults)},
        {"measured": f"answers after more than {HANG_S:.0f} s", "value": len(slow)},
        {
            "measured": "peak memory of reading, all processes, MiB",
            "value": asker.peak >> 20,
        },
        {"measured": "files a second", "value": round(n / (time.monotonic() - begun), 1)},
    ]
    return {"rows": rows, "lines": [*faults[:20], *slow[:20]], "n": n}


def _read(asker: _Asker, path: Path) -> list[tuple[str, str]]:
    """(verdict, sentence) of everything asked of one file."""
    found = asker.ask("index", {"folder": str(path), "salt": "00"})
    if isinstance(found, KnownError):
        return [_judge(found.sentence)]
    index = IndexFile(Path(found["file"]), found["series"], found["passed_over"])
    out = [_judge(one.reason) for one in index.passed_over()]
    some = [one.model_dump(mode="json") for one in islice(index.series(), SERIES_A_FILE)]
    index.path.unlink()
    for series in some:
        for do in ("volume", "banner"):
            answer = asker.ask(do, {"series": series})
            if isinstance(answer, KnownError):
                out.append(_judge(answer.sentence))
            elif do == "volume":
                take_array(answer)
                out.append(("read", ""))
    return out


def _judge(sentence: str) -> tuple[str, str]:
    is_fault = len(sentence) < 8 or sentence.startswith((*OUR_FAULT, "No answer"))
    return ("fault" if is_fault else "refused"), sentence
