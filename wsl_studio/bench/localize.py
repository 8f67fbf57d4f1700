"""Where evidence lies, measured on images whose masks are known, by folds over patient groups.

``DATA`` holds ``images/``, ``labels.csv`` (``file``, ``patient``, one column a finding) and
``masks/STEM.png``. Labels train; masks are read only to measure the test part of a fold, and for
the upper bound, which is trained on them and is no method of the program; it takes as long again,
and ``bound=false`` among the options leaves it out.
"""

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from wsl_studio.bench import Ask
from wsl_studio.bench.folds import Runner, Study, fold_manifest, open_study, share_out, splits
from wsl_studio.bench.learning import say
from wsl_studio.bench.measure import Record, record
from wsl_studio.bench.summary import Measures, summarise
from wsl_studio.bench.trained import TrainedFold, UpperBound
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.round import Interval
from wsl_studio.jobs import steps
from wsl_studio.learn.methods import DEFAULT
from wsl_studio.learn.probe import Probe

UPPER: Final = "upper bound (masks)"

Records = dict[str, list[Record]]
"""By finding."""


def run(ask: Ask) -> dict[str, Any]:
    """Trains every method on every fold by the program's own round and measures its evidence."""
    if ask.data is None:
        raise KnownError("This bench needs a folder with images, masks and labels.csv.")
    methods = ask.methods or (DEFAULT,)
    options = dict(ask.options)
    bounds = (UPPER,) if options.pop("bound", True) else ()
    own = share_out(options, methods)
    for method in methods:
        steps.make_recipe(steps.find_method(method), own[method])  # speaks before the first fold
    with tempfile.TemporaryDirectory() as temporary:
        study = open_study(ask.data, Path(temporary) / "project", ask.findings)
        runner = Runner(study)
        records: dict[str, Records] = {
            name: {finding: [] for finding in study.findings} for name in (*methods, *bounds)
        }
        seconds = dict.fromkeys(records, 0.0)
        for fold, split in enumerate(splits(study, ask.folds, ask.seed)):
            for k, method in enumerate(methods):
                manifest = fold_manifest(
                    study, split, method=method, options=own[method], seed=ask.seed,
                    number=1 + fold * len(methods) + k,
                )  # fmt: skip
                begun = time.monotonic()
                trained = TrainedFold(fold, runner, manifest, *runner.run(manifest))
                seconds[method] += time.monotonic() - begun
                take(records[method], trained, trained.evidence, trained.probe)
                if k == 0 and bounds:
                    begun = time.monotonic()
                    bound = UpperBound(trained)
                    seconds[UPPER] += time.monotonic() - begun
                    take(records[UPPER], trained, bound.evidence)
    measures = {
        finding: {name: summarise(found[finding]) for name, found in records.items()}
        for finding in study.findings
    }
    return {
        "rows": table(measures, seconds),
        "details": details(measures, seconds),
        "split": f"{ask.folds} folds by patient group, validation a sixth of the rest",
        "headline": "AUC is the mean over folds with its standard deviation; pointing is pooled",
        "series": len(study.series),
        "groups": len(set(study.groups.values())),
    }


def take(
    records: Records,
    trained: TrainedFold,
    evidence: Callable[[str], Mapping[str, Evidence]],
    probe: Callable[[str], Probe] | None = None,
) -> None:
    """Adds what the test part of a fold says of its evidence.

    Args:
        records: Grows.
        trained: Any round on the fold.
        evidence: By finding, of a series.
        probe: Of a series; None for what is no round of the program: it has neither
            faithfulness nor thresholds.
    """
    study: Study = trained.runner.study
    for uid in trained.uids("test"):
        found, mask = evidence(uid), study.mask(uid)
        for finding in records:
            is_present = study.is_present(uid, finding)
            if is_present is None:
                continue
            one = record(
                found[finding],
                group=study.groups[uid],
                fold=trained.fold,
                is_present=is_present,
                mask=mask,
                probe=None if probe is None else probe(uid),
            )
            if probe is not None:
                score = trained.outcome.scores[uid][finding]
                is_called = score.score >= trained.outcome.reliable[finding].threshold
                one = replace(one, answers=score.set, is_called=is_called)
            records[finding].append(one)


def table(
    measures: Mapping[str, Mapping[str, Measures]], seconds: Mapping[str, float]
) -> list[dict[str, Any]]:
    """One row a finding and measure, one column a method."""
    rows: list[dict[str, Any]] = []
    for finding, by_method in measures.items():
        for key in dict.fromkeys(key for found in by_method.values() for key in found):
            cells = {name: _cell(found.get(key)) for name, found in by_method.items()}
            rows.append({"finding": finding, "measure": key, **cells})
    said = {name: f"{value:.0f}" for name, value in seconds.items()}
    return [*rows, {"finding": "", "measure": "seconds of training, all folds", **said}]


def details(
    measures: Mapping[str, Mapping[str, Measures]], seconds: Mapping[str, float]
) -> list[dict[str, Any]]:
    """The same as plain numbers; an interval is [value, low, high]."""
    return [
        {
            "finding": finding,
            "method": name,
            "seconds": round(seconds[name], 1),
            "measures": {key: _plain(value) for key, value in found.items()},
        }
        for finding, by_method in measures.items()
        for name, found in by_method.items()
    ]


def _cell(value: Any) -> str:
    if value is None or isinstance(value, Interval):
        return say(value)
    return value if isinstance(value, str) else f"{value:.3f}"


def _plain(value: Any) -> Any:
    if isinstance(value, Interval):
        return [round(v, 4) for v in (value.value, value.low, value.high)]
    return round(value, 4) if isinstance(value, float) else value
