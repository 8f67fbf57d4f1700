"""SDNet by the program's own rounds, with few lesions drawn: Dice of what it finds at 1/2.

A mask reaches a round as a reader gives it: as a scribble that fills the lesion, or as a box.
Validation patients keep no labels, so that no round stops early and none is changed for its twin.
"""

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_dir

from wsl_studio.bench import Ask
from wsl_studio.bench.folds import Runner, Study, fold_manifest, open_study, splits
from wsl_studio.bench.sdnet import paired
from wsl_studio.bench.supervised import cell_targets
from wsl_studio.bench.trained import CPU, TrainedFold
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Level, Region, Row
from wsl_studio.domain.round import Manifest
from wsl_studio.learn.evidence import region_scores

SYSTEMS: Final[dict[str, dict[str, Any]]] = {
    "U-Net": {"factors": False, "rebuild": 0, "adversary": 0},
    "SDNet": {"paints_findings": False},
    "SDNet, findings painted": {"paints_findings": True},
}
"""Options of each. Validation patients, 10 lesions drawn, seeds 200-203: Dice 0.341, 0.343, 0.309.
Findings painted cost 0.034 (0.016 to 0.051), so the method paints the anatomy alone by default."""
LINE_PX: Final = 6
"""Between two lines of a scribble that fills a lesion."""


def run(ask: Ask) -> dict[str, Any]:
    """Dice by number of drawn lesions and system, means over seeds; as many series without one.

    Args:
        ask: A folder with images, masks and labels.csv; ``methods`` picks systems, ``options``
            may hold ``numbers`` (of drawn ones), ``part`` (``validation`` measures there instead
            of on the test), ``drawn`` (``box`` instead of ``scribble``) and options of the method.
    """
    options = dict(ask.options)
    numbers, part = options.pop("numbers", (10,)), options.pop("part", "test")
    kind = Level(options.pop("drawn", Level.SCRIBBLE))
    if ask.data is None:
        raise KnownError("This bench needs a folder with images, masks and labels.csv.")
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        study = open_study(ask.data, Path(temporary) / "project", ("lesion",))
        runner = Runner(study, Path(user_cache_dir("wsl-studio")) / "bench" / "features")
        split = splits(study, 3, 3)[0]  # the same for every seed
        made = 0
        for number in numbers:
            found: dict[str, list[NDArray[np.float64]]] = {}
            begun = time.process_time()
            for seed in range(ask.seed, ask.seed + (ask.n or 3)):
                few = drawn(study, [u for u, g in study.groups.items() if split[g] == "train"],
                            number, kind, np.random.default_rng((seed, 9)))  # fmt: skip
                for name in ask.methods or tuple(SYSTEMS):
                    made += 1
                    both = {**options, **SYSTEMS[name]}
                    manifest = fold_manifest(few, split, method="sdnet", options=both, seed=seed,
                                             number=made)  # fmt: skip
                    values = dices(runner, manifest, part)
                    found.setdefault(name, []).append(values)
                    ask.tell(f"seed {seed}, {number} drawn, {name}: {values.mean():.3f}")
            for name, each in found.items():
                row = {"drawn": number, "system": name, "Dice": round(float(np.mean(each)), 3),
                       "each seed": " ".join(f"{v.mean():.3f}" for v in each)}  # fmt: skip
                others = [other for other in found if other != name]
                row |= {f"more than {o}": paired(each, found[o], ask.seed) for o in others}
                rows.append(row)
            rows[-1]["CPU s"] = round(time.process_time() - begun)
    n = len(next(iter(found.values()))[0])
    return {"rows": rows, "lines": [f"{n} {part} images of lesions, each drawn as a {kind};"
                                    " interval: 95 %, over images, means of seeds"]}  # fmt: skip


def drawn(
    study: Study, uids: list[str], number: int, kind: Level, rng: np.random.Generator
) -> Study:
    """The study with so many of some lesions drawn, as many series answered absent, no other label.

    Fewer are inside more.
    """
    order = [uids[i] for i in rng.permutation(len(uids))]
    lesions = [uid for uid in order if study.mask(uid) is not None][:number]
    others = [uid for uid in order if study.is_present(uid, "lesion") is False][:number]
    kept = [row for row in study.labels if row.series_uid in {*lesions, *others}]
    return replace(study, labels=(*kept, *(
        row.model_copy(update={"level": kind, "region": outlined(study, row, kind)})
        for row in kept if row.series_uid in lesions and row.finding == "lesion"
    )))  # fmt: skip


def outlined(study: Study, row: Row, kind: Level) -> Region:
    """The lesion of a series as a box around it, or as a scribble to and fro in it."""
    mask = study.mask(row.series_uid)
    assert mask is not None
    ys, xs = np.nonzero(mask[0])
    if kind is Level.BOX:
        box = (float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
        return Region(first=0, last=0, box=box)
    points: list[tuple[float, float]] = []
    for k, y in enumerate(range(ys.min() + LINE_PX // 2, ys.max() + 1, LINE_PX)):
        line = xs[ys == y]
        ends = ((float(x), float(y)) for x in (line.min(), line.max()))
        points += list(ends)[:: 1 if k % 2 else -1]
    return Region(first=0, last=0, points=tuple(points))


def dices(runner: Runner, manifest: Manifest, part: str) -> NDArray[np.float64]:
    """(n,) Dice of each lesion of a part, in the cells of the map, after a round."""
    trained = TrainedFold(0, runner, manifest, *runner.run(manifest))
    out = []
    for bag in manifest.bags:
        mask = runner.study.mask(bag.series_uid)
        if bag.split != part or mask is None:
            continue
        features = trained.features[bag.series_uid]
        p = region_scores(trained.ensemble, features, CPU)[0][0, 0].numpy() > 0
        y = cell_targets(mask[0], features, trained.finest) > 0.5
        out.append(2 * (p & y).sum() / max(1, p.sum() + y.sum()))
    return np.array(out)
