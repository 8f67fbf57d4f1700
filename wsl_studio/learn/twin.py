"""The twin of a semi-supervised round: the same split and seed with the labels alone."""

from collections.abc import Generator, Sequence
from functools import partial
from typing import Final

import numpy as np
import torch
from torch import Tensor

from wsl_studio.domain.progress import told
from wsl_studio.domain.round import Epoch, Event, Interval, Manifest, Paired, Reported
from wsl_studio.domain.words import say
from wsl_studio.learn.bags import Labelled, Maps
from wsl_studio.learn.calibrate import FEW_ANSWERS
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.resample import draws, interval
from wsl_studio.learn.score import Case, resampled_aucs
from wsl_studio.learn.train import Trained, validate, validation_auc

NO_HELP: Final = say(
    "Unlabelled series did not help here: validation AUC {with_them} against {alone} with the"
    " labels alone, which the round keeps."
)
ALONE: Final = say("with the labels alone")


def quiet(
    work: Generator[Event, None, Trained], stage: str = ALONE
) -> Generator[Event, None, Trained]:
    """Events of a training inside a round: progress only, so that curves are those of the round."""
    return told(work, partial(_as_progress, stage))


def _as_progress(stage: str, event: Event) -> Event:
    if isinstance(event, Epoch):
        return Reported(stage=stage, done=event.epoch, total=event.epochs)
    if isinstance(event, Reported):
        return event.model_copy(update={"stage": stage})
    return event


def is_worse(
    own: Tensor, twin: Tensor, validation: Sequence[Labelled], findings: Sequence[str]
) -> tuple[float, float] | None:
    """Mean validation AUC of round and twin where the round's is lower; None otherwise.

    Only findings with enough validation answers of either kind are heard; without one, nothing
    speaks against the round.

    Args:
        own: (B, K) scores of the validation bags.
        twin: The same of the twin.
        validation: The bags.
        findings: K names.
    """
    heard = []
    for k in range(len(findings)):
        sides = [float(bag.value[k]) for bag in validation if bag.weight[k] > 0]
        n_up, n_down = sum(v > 0.5 for v in sides), sum(v < 0.5 for v in sides)
        if min(n_up, n_down) >= FEW_ANSWERS:
            heard.append(findings[k])
    if not heard:
        return None
    with_, without = (
        float(np.mean([validation_auc(score, validation, findings)[f] for f in heard]))
        for score in (own, twin)
    )
    return (with_, without) if with_ < without else None


def paired(cases: Sequence[Case], twin: Sequence[float], *, seed: int = 0) -> Paired | None:
    """AUC of both on the same cases and their difference, in the same resamples of patients.

    Args:
        cases: With the scores of the round.
        twin: (n,) scores of the twin.
        seed: Of the resamples.

    Returns:
        None where one of the two answers is missing.
    """
    y = np.array([case.is_present for case in cases], bool)
    if not (y.any() and not y.all()):
        return None
    drawn = draws([case.patient for case in cases], seed)
    own = np.array([case.score for case in cases], np.float64)
    other = np.asarray(twin, np.float64)
    once = np.ones((1, len(y)))
    values = [float(resampled_aucs(y, s, once)[0]) for s in (own, other)]
    resampled = [resampled_aucs(y, s, drawn) for s in (own, other)]
    found: list[Interval] = [
        interval(value, many) for value, many in zip(values, resampled, strict=True)
    ]
    difference = interval(values[0] - values[1], resampled[0] - resampled[1])
    return Paired(with_unlabelled=found[0], alone=found[1], difference=difference, n=len(y))


def rival_scores(
    manifest: Manifest,
    features: dict[str, SeriesFeatures],
    maps: Maps,
    rivals: tuple[Ensemble, Ensemble],
) -> dict[str, dict[str, tuple[float, float]]]:
    """Raw scores of validation and test series by both, by series and finding."""
    nothing = torch.zeros(len(manifest.findings))
    bags = [
        Labelled(bag.series_uid, features[bag.series_uid], nothing, nothing)
        for bag in manifest.bags
        if bag.split != "train" and bag.series_uid in features
    ]
    if not bags:
        return {}
    first, second = (validate(one, bags, maps, manifest.recipe).tolist() for one in rivals)
    return {
        bag.uid: dict(zip(manifest.findings, zip(own, other, strict=True), strict=True))
        for bag, own, other in zip(bags, first, second, strict=True)
    }
