"""Kills a labelling process at random moments, and counts what of its labels is missing after.

The child labels through the store as a scripted reader would, and writes each row to a pipe only
after ``append`` returned: that is when the key is released. The parent kills it (SIGKILL), opens
the project again and compares. Killing a process shows that nothing waits in its memory; that
nothing waits in the system's either is the work of ``synchronous=FULL``, which no kill can test.

The modules of a child take longer to load than its whole life, so children are forked by one
nursery process that has loaded them (and started afresh where there is no fork).
"""

import logging
import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from wsl_studio.bench import Ask
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import (
    Act,
    Answer,
    Entry,
    Level,
    Region,
    Row,
    current_labels,
    undo_stacks,
)
from wsl_studio.domain.series import Series, SliceRef
from wsl_studio.store.project import FILE, Project

FINDINGS: Final = ("nodule", "effusion")
N_SERIES: Final = 20
N_SLICES: Final = 24
LONGEST_S: Final = 0.8
"""Kills fall anywhere from the opening of the project to this; it holds over a hundred labels."""

_KILL: Final = getattr(signal, "SIGKILL", signal.SIGTERM)
"""Windows has one way to end a process, and calls it SIGTERM here."""


@dataclass
class _Count:
    """What was seen so far."""

    acknowledged: dict[int, str] = field(default_factory=dict)
    kept_unacknowledged: int = 0
    lost: int = 0
    changed: int = 0
    failed_opens: int = 0
    damaged: int = 0
    killed_before_first_label: int = 0
    revision: int = 0


def run(ask: Ask) -> dict[str, Any]:
    """Kills a labelling child ``n`` times (200), at random moments.

    Returns:
        ``rows``: one, with the counts; ``lost``, ``changed``, ``failed_opens`` and ``damaged``
        are 0 where the store keeps its promise.
    """
    n, seed = ask.n or 200, ask.seed
    started = time.perf_counter()
    rng = random.Random(seed)
    count = _Count()
    with tempfile.TemporaryDirectory(prefix="wsl-kill-") as place:
        folder = Path(place) / "project"
        _make_project(folder)
        with _nursery(folder) as nursery:
            for _ in range(n):
                child_seed, moment_s = rng.randrange(2**31), rng.uniform(0.0, LONGEST_S)
                _check(folder, _label_and_kill(nursery, child_seed, moment_s), count)
        _check_all(folder, count)
    seconds = time.perf_counter() - started
    row = {
        "kills": n,
        "labels_acknowledged": len(count.acknowledged),
        "lost": count.lost,
        "changed": count.changed,
        "failed_opens": count.failed_opens,
        "damaged": count.damaged,
        "kept_unacknowledged": count.kept_unacknowledged,
        "killed_before_first_label": count.killed_before_first_label,
        "seconds": round(seconds, 2),
    }
    return {"rows": [row]}


def time_append(n: int = 200, rows: int = 10_000) -> dict[str, float]:
    """Milliseconds of one ``append`` on a project that holds ``rows`` rows: median and 95 %."""
    with tempfile.TemporaryDirectory(prefix="wsl-append-") as place:
        _make_project(Path(place) / "project")
        with Project.open(Path(place) / "project") as project:
            project.append_many(_say(i, "r") for i in range(rows))
            times = []
            for i in range(n):
                started = time.perf_counter()
                project.append(_say(i, "r"))
                times.append(1000 * (time.perf_counter() - started))
    times.sort()
    return {"median_ms": statistics.median(times), "p95_ms": times[int(0.95 * (n - 1))]}


def _make_project(folder: Path) -> None:
    with Project.create(folder, findings=FINDINGS) as project:
        project.add_series(
            Series(
                uid=_uid(i),
                stem=_uid(i),
                patient_key=f"patient{i}",
                modality="CT",
                rows=64,
                columns=64,
                slices=tuple(SliceRef(path=f"/nowhere/{i}/{s}.dcm") for s in range(N_SLICES)),
            )
            for i in range(N_SERIES)
        )


def _uid(i: int) -> str:
    return f"2.25.{1 + i % N_SERIES}"


def _say(i: int, reader: str) -> Entry:
    answer = tuple(Answer)[i % 3]
    finding = FINDINGS[i % 2]
    return Entry(act=Act.SAY, series_uid=_uid(i), reader=reader, finding=finding, answer=answer)


@contextmanager
def _nursery(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process whose children are killed; it ends when its input does."""
    # One thread: a process with more must not fork.
    alone = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "wsl_studio.bench.kill", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | alone,
    ) as process:
        yield process


def _label_and_kill(nursery: subprocess.Popen[bytes], seed: int, after_s: float) -> list[bytes]:
    """Lets a child label, kills it, and returns the rows that it acknowledged as JSON."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(f"{seed}\n".encode())
    nursery.stdin.flush()
    born, _, number = nursery.stdout.readline().partition(b" ")
    if born != b"born":
        raise RuntimeError("the labelling process did not start")
    time.sleep(after_s)
    os.kill(int(number), _KILL)
    lines = []
    while (line := nursery.stdout.readline()) != b"ended\n":
        # A line can't arrive in part: it is shorter than PIPE_BUF, so its write is one act.
        if line in (b"", b"failed\n"):
            raise RuntimeError("the labelling process ended by itself")
        lines.append(line)
    return lines


def _check(folder: Path, lines: list[bytes], count: _Count) -> None:
    """Opens the project as a reader would and compares what is new in it."""
    told = {int(Row.model_validate_json(line).id): line.decode().strip() for line in lines}
    count.killed_before_first_label += not told
    count.acknowledged.update(told)
    try:
        with Project.open(folder) as project:
            rows = project.rows(after=count.revision)
            count.revision = project.revision()
    except KnownError:
        count.failed_opens += 1
        return
    found = {int(row.id): row.model_dump_json() for row in rows}
    count.lost += len(set(told) - set(found))
    count.changed += sum(1 for number in set(told) & set(found) if told[number] != found[number])
    count.kept_unacknowledged += len(set(found) - set(told))
    with closing(sqlite3.connect(folder / FILE)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            count.damaged += 1


def _check_all(folder: Path, count: _Count) -> None:
    """Everything ever acknowledged is there at the end, and the view agrees with the journal."""
    with Project.open(folder) as project:
        rows = project.rows()
        stored = {row.id: row.model_dump_json() for row in rows}
        missing = sum(1 for number in count.acknowledged if number not in stored)
        count.lost = max(count.lost, missing)
        if project.current() != current_labels(rows):
            count.damaged += 1


def _script(project: Project, rng: random.Random) -> Iterator[Entry]:
    """What the scripted reader does, for ever: labels of each level, undo, redo, remove, skip."""
    reader = f"reader{rng.randrange(3)}"
    while True:
        uid = _uid(rng.randrange(N_SERIES))
        done, undone = undo_stacks(project.rows(uid), reader)
        common: dict[str, Any] = {"series_uid": uid, "reader": reader}
        what = rng.random()
        if what < 0.12 and done:
            yield Entry(act=Act.UNDO, refers_to=done[-1].id, **common)
        elif what < 0.20 and undone:
            yield Entry(act=Act.REDO, refers_to=undone[-1].id, **common)
        elif what < 0.26 and done and done[-1].act is Act.SAY:
            last = done[-1]
            yield Entry(act=Act.REMOVE, refers_to=last.id, finding=last.finding, **common)
        elif what < 0.30:
            yield Entry(act=Act.SKIP, reason="blurred", **common)
        elif what < 0.40:
            first = rng.randrange(N_SLICES)
            region = Region(first=first, last=first, box=(1.5, 2.0, 30.25, 40.0))
            yield Entry(
                act=Act.SAY,
                finding=rng.choice(FINDINGS),
                level=Level.BOX,
                answer=Answer.PRESENT,
                region=region,
                **common,
            )
        else:
            yield Entry(
                act=Act.SAY,
                finding=rng.choice(FINDINGS),
                answer=rng.choice(tuple(Answer)),
                confidence=rng.choice((0.5, 0.8, 1.0)),
                **common,
            )


def _rear(folder: Path) -> None:
    """The nursery: one child for each seed that arrives, and word when it has ended."""
    for line in sys.stdin:
        if sys.platform != "win32":
            number = os.fork()
            if number == 0:
                _label(folder, int(line))
            os.waitpid(number, 0)
        else:
            command = [sys.executable, "-m", "wsl_studio.bench.kill", str(folder), line.strip()]
            subprocess.run(command, check=False)
        os.write(1, b"ended\n")


def _label(folder: Path, seed: int) -> None:
    """Labels until killed; a row goes to stdout when, and only when, it is on disk."""
    try:
        os.write(1, f"born {os.getpid()}\n".encode())
        project = Project.open(folder)
        for entry in _script(project, random.Random(seed)):
            os.write(1, project.append(entry).model_dump_json().encode() + b"\n")
    except BaseException:
        logging.getLogger(__name__).exception("the labelling child failed")
        os.write(1, b"failed\n")
        time.sleep(10 * LONGEST_S)  # its number stays taken until the kill that is on its way
    finally:
        os._exit(1)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        _rear(Path(sys.argv[1]))
    else:
        _label(Path(sys.argv[1]), int(sys.argv[2]))
