"""The records of all folds as measures with 95 % intervals by patient group."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from wsl_studio.bench.measure import Record
from wsl_studio.domain.round import Interval
from wsl_studio.learn.calibrate import calibration_error
from wsl_studio.learn.conformal import ALPHA
from wsl_studio.learn.froc import froc_intervals
from wsl_studio.learn.resample import best, mean_interval
from wsl_studio.learn.score import Case, finding_metrics

IOUS: Final = (0.3, 0.5)
FALSE: Final = (0.5, 1.0, 4.0)
"""False marks a series at which FROC is read."""

Measures = dict[str, Any]
"""Name of a measure to ``Interval``, number, text or None."""


def summarise(records: Sequence[Record]) -> Measures:
    """All measures of one finding and method.

    Headline: AUC as mean over folds and its standard deviation (each fold is scored by one model),
    pointing pooled over all folds. Thresholds called best are the best on these very series.
    """
    pooled = finding_metrics([r.case for r in records])
    seen = [r for r in records if r.map is not None and r.case.is_present]
    groups = [r.case.patient for r in seen]
    out: Measures = {
        "AUC, mean of folds": fold_auc(records),
        "AUC, pooled": pooled.auc,
        "average precision, pooled": pooled.ap,
        "pointing": pooled.pointing,
        "pointing within 1 cell": _mean([r.map.is_near for r in seen if r.map], groups),
        "pointing, always the centre": _mean([r.map.is_centre_hit for r in seen if r.map], groups),
    }
    overlaps = np.array([r.map.overlaps for r in seen if r.map])
    for iou in IOUS:
        out[f"MaxBoxAcc, IoU {iou}"] = mean_interval(overlaps >= iou, groups, take=best)
    out["Dice, best threshold"] = mean_interval(
        np.array([r.map.dice for r in seen if r.map]), groups, take=best
    )
    out["Dice, above 0 logits"] = _mean([r.map.dice_at_zero for r in seen if r.map], groups)
    for rate, sensitivity in froc_intervals([r.case for r in records], FALSE).items():
        out[f"FROC, {rate:g} false a series"] = sensitivity
    offset = pooled.offset
    if offset is not None:
        out["offset of peaks (dy, dx), cells"] = f"{offset.dy:+.1f}, {offset.dx:+.1f}"
        out["offset exceeds a cell"] = "yes" if offset.exceeds else "no"
    return {**out, **_signs(records), **_faithfulness(records), **_reliability(records)}


def fold_auc(records: Sequence[Record]) -> str | None:
    """``0.953 ± 0.012`` over folds that hold both answers; sample standard deviation."""
    values = []
    for fold in sorted({r.fold for r in records}):
        own = [r.case for r in records if r.fold == fold]
        y = [case.is_present for case in own]
        if any(y) and not all(y):
            values.append(float(roc_auc_score(y, [case.score for case in own])))
    if not values:
        return None
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return f"{np.mean(values):.3f} \N{PLUS-MINUS SIGN} {spread:.3f}"


def _signs(records: Sequence[Record]) -> Measures:
    """Whether evidence has the right sign under a mask, also of a lesion without the finding."""
    out: Measures = {}
    for is_present, name in (
        (True, "evidence for under the mask, present"),
        (False, "evidence against under the mask, absent"),
    ):
        seen = [r for r in records if r.map is not None and r.case.is_present is is_present]
        inside = np.array([r.map.inside for r in seen if r.map])
        groups = [r.case.patient for r in seen]
        out[name] = _mean(inside > 0 if is_present else inside < 0, groups)
        out[f"mean logits under the mask, {name.split(', ')[1]}"] = _mean(inside, groups)
    return out


def _faithfulness(records: Sequence[Record]) -> Measures:
    probed = [(r.case, r.faithful) for r in records if r.faithful is not None]
    if not probed:
        return {}
    shown = [(case, found) for case, found in probed if case.is_present]
    groups = [case.patient for case, _ in shown]
    kept = finding_metrics([Case(c.patient, f.kept, c.is_present) for c, f in probed])
    removed = finding_metrics([Case(c.patient, f.removed, c.is_present) for c, f in probed])
    return {
        "insertion": _mean([found.insertion for _, found in shown], groups),
        "deletion": _mean([found.deletion for _, found in shown], groups),
        "AUC, most positive tenth only": kept.auc,
        "AUC without that tenth": removed.auc,
    }


def _reliability(records: Sequence[Record]) -> Measures:
    """Thresholds and sets that the validation part of each fold chose, on its test part."""
    out: Measures = {}
    called = [r for r in records if r.is_called is not None]
    for is_present, name in ((True, "sensitivity"), (False, "specificity")):
        own = [r for r in called if r.case.is_present is is_present]
        groups = [r.case.patient for r in own]
        if called:
            out[f"{name} at the threshold"] = _mean(
                [r.is_called is is_present for r in own], groups
            )
    sets = [r for r in records if r.answers]
    if sets:
        groups = [r.case.patient for r in sets]
        own_word = [("absent", "present")[r.case.is_present] for r in sets]
        held = [r.answers in ("either", word) for r, word in zip(sets, own_word, strict=True)]
        out[f"sets that hold the answer ({1 - ALPHA:.0%} asked)"] = _mean(held, groups)
        out["sets with one answer"] = _mean([r.answers != "either" for r in sets], groups)
    if called:
        out["calibration error"] = calibration_error(
            [r.case.score for r in called], [r.case.is_present for r in called]
        )
    return out


def _mean(values: Sequence[float] | NDArray[Any], groups: Sequence[str]) -> Interval | None:
    return mean_interval(np.asarray(values, float), groups)
