"""How many labels unlabelled series save: AUC and pointing against the number of labelled series.

Without data it is asked of the demo.

Every seed draws labelled series anew, fewer inside more, from the training and validation groups
of one fold; the others lose their labels. All methods see the same draw, split and seed. The test
part of the fold keeps its labels and is only scored.
"""

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from platformdirs import user_cache_dir
from scipy.special import stdtrit
from sklearn.metrics import roc_auc_score

from wsl_studio.bench import Ask
from wsl_studio.bench.folds import Runner, Study, deal, fold_manifest, share_out, splits
from wsl_studio.bench.pooled import open_labelled
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.round import Manifest, Split
from wsl_studio.jobs.demo import FEWEST, PATIENTS
from wsl_studio.learn.lesions import find_lesions
from wsl_studio.learn.methods import DEFAULT
from wsl_studio.learn.round import Outcome
from wsl_studio.learn.score import localize
from wsl_studio.learn.step import bags_per_step
from wsl_studio.store import rounds

SHARES: Final = (0.01, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
LONGER: Final = "supervised-as-long"
"""The first method with as many steps of the optimiser as a curriculum takes in all."""
METHODS: Final = (DEFAULT, LONGER, "curriculum", "mean-teacher")
"""The first one is supervised only."""
SEEDS: Final = 5
LEAST: Final = 4
"""Labelled series, however small the share."""
TENTH: Final = 0.1
FIFTH: Final = 0.2
"""With the first of the labels a method should reach what twice as many alone do."""


@dataclass(frozen=True)
class Point:
    """One round: its AUC by finding and the share of test lesions it points at."""

    n: int
    auc: Mapping[str, float]
    pointing: Mapping[str, float]


Key = tuple[float, str, int]
"""Share, method, seed."""


def run(ask: Ask) -> dict[str, Any]:
    """Rounds of every share, method and seed.

    ``options`` go to all methods, or as ``curriculum.rest`` to one (``share_out``).
    ``shares`` among them (``[0.1, 0.2]``) takes the place of the bench's own; ``headline``
    (``true``) asks for nothing but every method with a tenth of the labels beside the labels alone
    with a fifth, in half the time; ``patients`` (240) makes a demo of so many phantoms, since of
    its 60 a tenth and a fifth are the least that hold both answers, 12 and 13. Features are kept
    from run to run, by contents.

    Raises:
        KnownError: ``patients`` beside data, or fewer than a demo has.
    """
    options = dict(ask.options)
    if ask.data is not None and "patients" in options:
        raise KnownError("Data has the patients it has.", "Leave out patients, or the data.")
    patients = options.pop("patients", PATIENTS)
    if not isinstance(patients, int) or patients < FEWEST:
        raise KnownError(f"A demo has {FEWEST} patients or more, as a whole number.")
    shares = tuple(options.pop("shares", SHARES))
    methods = ask.methods or METHODS
    asked = [(share, method) for share in shares for method in methods]
    if options.pop("headline", False):
        shares = (TENTH, FIFTH)
        asked = [*((TENTH, method) for method in methods[1:]), (FIFTH, methods[0])]
    # What trains as long as a curriculum needs to know how long one would.
    named = [method for method in methods if method != LONGER]
    known = [DEFAULT, "curriculum"] if LONGER in methods else []
    own = share_out(options, dict.fromkeys((*named, *known)))
    points: dict[Key, Point] = {}
    with tempfile.TemporaryDirectory() as temporary:
        study = open_labelled(ask.data, Path(temporary) / "project", ask.findings, patients)
        runner = Runner(study, Path(user_cache_dir("wsl-studio")) / "bench" / "features")
        folds = splits(study, ask.folds, ask.seed)
        for seed in range(ask.seed, ask.seed + (ask.n or SEEDS)):
            split = folds[seed % len(folds)]
            for share, method in asked:
                few = thinned(study, split, share, np.random.default_rng((seed, 7)))
                manifest = manifest_of(few, split, method, own, seed, len(points) + 1)
                same = points.get((share, methods[0], seed))
                if same is None or not is_alone(manifest, methods[0]):
                    directory, outcome = runner.run(manifest)
                    same = measured(study, manifest, directory, outcome)
                points[share, method, seed] = same
                told = ", ".join(f"{name} {auc:.3f}" for name, auc in same.auc.items())
                ask.tell(f"seed {seed}, {share:.0%} ({same.n}), {method}: AUC {told}")
    return {
        "rows": table(points, shares, methods, study.findings),
        "lines": headlines(points, shares, methods, study.findings),
        "split": f"a seed takes the test part of one of {ask.folds} folds by patient group",
        "series": len(study.series),
    }


def manifest_of(
    few: Study, split: Mapping[str, Split], method: str, options: Mapping[str, dict[str, Any]],
    seed: int, number: int,
) -> Manifest:  # fmt: skip
    """The manifest of a method with its options, or of the first as long as a curriculum."""

    def made(name: str) -> Manifest:
        return fold_manifest(
            few, split, method=name, options=dict(options.get(name, {})), seed=seed, number=number
        )

    if method != LONGER:
        return made(method)
    long, alone = made("curriculum"), made(DEFAULT)
    more = steps_of(long) / steps_of(alone)
    fit = alone.recipe.fit
    fit = fit.model_copy(update={"epochs": round(more * fit.epochs), "patience": 10**6})
    return alone.model_copy(update={"recipe": alone.recipe.model_copy(update={"fit": fit})})


def is_alone(manifest: Manifest, first: str) -> bool:
    """True if a round of unlabelled series has none, and so is the round of the first method."""
    findings = len(manifest.findings)
    return (
        manifest.method != first
        and manifest.recipe.uses_unlabelled
        and not manifest.unlabelled
        and all(len(bag.targets) == findings for bag in manifest.bags if bag.split == "train")
    )


def steps_of(manifest: Manifest) -> int:
    """Steps of the optimiser of each member, at most; of a curriculum those of its teacher too."""
    recipe = manifest.recipe
    fit, semi = recipe.fit, recipe.semi
    n = sum(1 for bag in manifest.bags if bag.split == "train" and bag.targets)
    each = -(-n // bags_per_step(recipe, n))
    total = fit.epochs * each
    if semi.kind == "curriculum":
        more = max(each, -(-len(manifest.unlabelled) // fit.bags_per_step))
        total += semi.steps * recipe.warm.fit.epochs * more
    return total


def thinned(
    study: Study, split: Mapping[str, Split], share: float, rng: np.random.Generator
) -> Study:
    """The study with labels in a share of the training and validation series only.

    Series of one kind (their answers) keep their share, so both answers stay as far as they go.
    """
    kinds: dict[Split, dict[str, str]] = defaultdict(dict)
    for uid, group in study.groups.items():
        answers = " ".join(str(study.is_present(uid, finding)) for finding in study.findings)
        kinds[split[group]][uid] = answers
    kept = {uid for uid, group in study.groups.items() if split[group] == "test"}
    for part in ("train", "validation"):
        # One deal into many parts for all shares: a smaller share lies inside a larger one.
        order = sorted(deal(kinds[part], 10**6, rng).items(), key=lambda item: item[1])
        by_kind: dict[str, list[str]] = defaultdict(list)
        for uid, _ in order:
            by_kind[kinds[part][uid]].append(uid)
        least = LEAST // 2 if part == "train" else 1
        for same in by_kind.values():
            kept |= set(same[: max(least, round(share * len(same)))])
    return replace(study, labels=tuple(row for row in study.labels if row.series_uid in kept))


def measured(study: Study, manifest: Manifest, directory: Path, outcome: Outcome) -> Point:
    """AUC and pointing of a round on the test part."""
    auc, pointing = {}, {}
    test = [b.series_uid for b in manifest.bags if b.split == "test"]
    for finding in study.findings:
        y, s, hits = [], [], []
        for uid in test:
            answer = study.is_present(uid, finding)
            if answer is None or uid not in outcome.scores:
                continue
            y.append(answer)
            s.append(outcome.scores[uid][finding].score)
            mask = study.mask(uid) if answer else None
            if mask is not None:
                evidence = rounds.read_evidence(directory, uid)[finding]
                hits.append(bool(localize(evidence, find_lesions(mask)).is_hit))
        auc[finding] = float(roc_auc_score(y, s)) if any(y) and not all(y) else float("nan")
        pointing[finding] = float(np.mean(hits)) if hits else float("nan")
    return Point(manifest.n_labelled, auc, pointing)


def _values(
    points: Mapping[Key, Point], share: float, method: str, finding: str, what: str = "auc"
) -> list[float]:
    own = (p for (a, b, _), p in sorted(points.items()) if (a, b) == (share, method))
    return [getattr(p, what)[finding] for p in own]


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Mean and half its 95 % interval (Student's t, over seeds)."""
    mean, n = float(np.mean(values)), len(values)
    if n < 2:
        return mean, float("nan")
    return mean, float(stdtrit(n - 1, 0.975)) * float(np.std(values, ddof=1)) / n**0.5


def plus_minus(values: Sequence[float], sign: str = "") -> str:
    """Mean and half its interval in words; the mean alone where one seed has no interval."""
    mean, half = spread(values)
    return f"{mean:{sign}.3f}" + (f" +- {half:.3f}" if len(values) > 1 else "")


def table(
    points: Mapping[Key, Point],
    shares: Sequence[float],
    methods: Sequence[str],
    findings: Sequence[str],
) -> list[dict[str, Any]]:
    """One row a finding, share and method, paired with the first one and with as many steps."""
    rows = []
    for finding in findings:
        for share in shares:
            for method in methods:
                own = _values(points, share, method, finding)
                if not own:
                    continue
                same = [p for (a, b, _), p in points.items() if (a, b) == (share, method)]
                row: dict[str, Any] = {
                    "finding": finding,
                    "labels": f"{share:.0%} ({same[0].n})",
                    "method": method,
                    "auc": plus_minus(own),
                    "pointing": _rounded([p.pointing[finding] for p in same]),
                    "seeds": len(own),
                }
                for name, words in ((methods[0], "supervised"), (LONGER, "as many steps")):
                    if other := _values(points, share, name, finding):
                        gain = [x - y for x, y in zip(own, other, strict=True)]
                        row[f"minus {words}"] = plus_minus(gain, "+")
                rows.append(row)
    return rows


def _rounded(shares: Sequence[float]) -> float | str:
    """Mean to two places; a dash without masks to point at."""
    return "-" if np.isnan(shares).any() else round(float(np.mean(shares)), 2)


def headlines(
    points: Mapping[Key, Point],
    shares: Sequence[float],
    methods: Sequence[str],
    findings: Sequence[str],
) -> list[str]:
    """Labels saved, and what a method reaches with a tenth of the labels beside a fifth.

    Saved are those that the labels alone need more, on the line between their means, for the mean
    that the method reaches.
    """
    out = []
    for finding in findings:

        def of(share: float, method: str, what: str = "auc", finding: str = finding) -> list[float]:
            return _values(points, share, method, finding, what)

        for method in methods[1:]:
            known = [share for share in shares if of(share, methods[0]) and of(share, method)]
            if known:
                alone = [float(np.mean(of(share, methods[0]))) for share in known]
                own = [float(np.mean(of(share, method))) for share in known]
                out.append(f"{finding}, {method}: {labels_saved(known, own, alone)}")
            if of(TENTH, method) and of(FIFTH, methods[0]):
                gains = []
                for what in ("auc", "pointing"):
                    both = zip(of(TENTH, method, what), of(FIFTH, methods[0], what), strict=True)
                    gains.append([few - more for few, more in both])
                told = f"{finding}, {method} with 10 % minus supervised with 20 %: "
                told += plus_minus(gains[0], "+")
                if not np.isnan(gains[1]).any():
                    told += f", pointing {plus_minus(gains[1], '+')}"
                out.append(told)
    return out


def labels_saved(shares: Sequence[float], own: Sequence[float], alone: Sequence[float]) -> str:
    """In words, what every share does for, and where the method is worst beside the labels alone.

    Args:
        shares: In rising order.
        own: Mean AUC of the method, by share.
        alone: The same of the labels alone.
    """
    worst, where = min((x - y, share) for x, y, share in zip(own, alone, shares, strict=True))
    said = [
        f"{share:.0%} do for {needed:.0%}" if needed is not None else f"{share:.0%} for all"
        for share, value in zip(shares, own, strict=True)
        if share < max(shares)
        and ((needed := needs(value, shares, alone)) is None or needed > share)
    ]
    saved = ", ".join(said) or "none"
    return f"labels saved: {saved}; worst difference {worst:+.3f} at {where:.0%}"


def needs(value: float, shares: Sequence[float], alone: Sequence[float]) -> float | None:
    """Share at which supervised-only first reaches a value, linear between; None if never."""
    for k, (share, reached) in enumerate(zip(shares, alone, strict=True)):
        if reached >= value:
            if k == 0 or reached == alone[k - 1]:
                return share
            way = (value - alone[k - 1]) / (reached - alone[k - 1])
            return shares[k - 1] + max(0.0, way) * (share - shares[k - 1])
    return None
