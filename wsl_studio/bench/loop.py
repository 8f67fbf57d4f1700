"""Relabel, retrain the head, new evidence on the open series: the wait between two looks."""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from wsl_studio.bench import Ask
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Answer
from wsl_studio.domain.progress import drain
from wsl_studio.jobs.demo import make_demo_project
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import RoundRow


def run(ask: Ask) -> dict[str, Any]:
    """Runs one cold round on the demo, then ``n`` relabels each with a round of its own.

    The clock starts when the changed label is given and stops when Session hands out the new
    evidence of the series on screen, through the real worker process.
    """
    app = QCoreApplication.instance() or QCoreApplication([])
    with tempfile.TemporaryDirectory() as temporary:
        folder = ask.data or Path(temporary) / "demo"
        drain(make_demo_project(folder))
        session = Session(Settings(Path(temporary) / "settings.json"))
        try:
            session.open_project(folder)
            begun = time.monotonic()
            _train(app, session, ask.seed)
            cold = time.monotonic() - begun
            teaching = next(row for row in session.rows if row.split == "train" and row.answers)
            session.select_series(teaching.uid)
            warm = [_relabel(app, session, ask.seed, k) for k in range(ask.n or 5)]
        finally:
            session.shut_down()
    row = {
        "series": len(session.rows) or 60,
        "cold_round_s": round(cold, 1),
        "relabel_to_evidence_median_s": round(statistics.median(warm), 2),
        "min_s": round(min(warm), 2),
        "max_s": round(max(warm), 2),
        "n": len(warm),
    }
    return {"rows": [row]}


def _relabel(app: QCoreApplication, session: Session, seed: int, k: int) -> float:
    answers = (Answer.PRESENT, Answer.ABSENT)
    begun = time.monotonic()
    for finding in session.project.findings if session.project else ():
        session.say(finding, answers[k % 2])
    number = _train(app, session, seed).number
    view = session.model
    if view.round != number or not view.evidence:
        raise KnownError("The round ended without evidence for the open series.")
    return time.monotonic() - begun


def _train(app: QCoreApplication, session: Session, seed: int) -> RoundRow:
    before = len(session.rounds)
    session.train(session.default_method, {}, seed)
    while session.running is not None:
        app.processEvents()
        time.sleep(0.005)
    last = session.rounds[-1]
    if len(session.rounds) == before or last.metrics is None:
        raise KnownError("The round failed.", last.sentence)
    return last
