"""Metrics, calibration and region masks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.label import Region
from wsl_studio.domain.round import RegionTarget
from wsl_studio.learn.calibrate import fit_temperature
from wsl_studio.learn.lesions import find_lesions
from wsl_studio.learn.regions import region_masks
from wsl_studio.learn.score import Case, _aps, finding_metrics, froc, localize, resampled_aucs

PLACE = Placement(16, 16, 7.5, 7.5)


def evidence(grid: np.ndarray) -> Evidence:
    return Evidence("s", "f", 1, grid.astype(np.float32), PLACE, Arithmetic(0, 0, 0, 0), 1)


@given(st.integers(0, 10_000))
def test_resampled_metrics_of_the_whole_set_are_scikit_learns(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y = rng.random(30) < 0.4
    y[:2] = (True, False)
    s = rng.normal(size=30)
    once = np.ones((1, 30))
    assert resampled_aucs(y, s, once)[0] == pytest.approx(roc_auc_score(y, s))
    assert _aps(y, s, once)[0] == pytest.approx(average_precision_score(y, s))


def test_intervals_are_by_patient_and_hold_the_value() -> None:
    rng = np.random.default_rng(0)
    y = rng.random(80) < 0.5
    s = y + rng.normal(0, 1.0, 80)
    alone = finding_metrics([Case(f"p{i}", s[i], y[i]) for i in range(80)])
    pairs = finding_metrics([Case(f"p{i // 4}", s[i], y[i]) for i in range(80)])
    assert alone.auc is not None
    assert pairs.auc is not None
    assert alone.auc.low < alone.auc.value < alone.auc.high
    assert alone.auc.value == pairs.auc.value
    assert (alone.n, alone.n_positive) == (80, int(y.sum()))


def test_one_answer_alone_has_no_auc() -> None:
    metrics = finding_metrics([Case("a", 1.0, True), Case("b", 0.2, True)])
    assert metrics.auc is None
    assert metrics.ap is None


def test_the_peak_is_held_against_the_mask_in_its_slice_and_the_next() -> None:
    grid = np.zeros((5, 4, 4))
    grid[2, 1, 3] = 4
    mask = np.zeros((5, 64, 64), bool)
    mask[3, 20:27, 52:60] = True
    assert localize(evidence(grid), find_lesions(mask)).is_hit
    mask = np.roll(mask, 1, axis=0)
    assert localize(evidence(grid), find_lesions(mask)).is_hit is False
    assert localize(evidence(grid), find_lesions(np.zeros_like(mask))).is_hit is None


def test_froc_counts_lesions_once_and_false_marks_by_series() -> None:
    grid = np.zeros((1, 8, 8))
    grid[0, 1, 1], grid[0, 1, 6], grid[0, 6, 6] = 5, 4, 3
    mask = np.zeros((1, 128, 128), bool)
    mask[0, 20:30, 20:30] = True
    mask[0, 100:110, 100:110] = True
    found = localize(evidence(grid), find_lesions(mask))
    assert (found.n_lesions, [lesion for _, lesion in found.candidates]) == (2, [0, -1, 1])
    curve = dict(froc([Case("a", 1, True, found)]))
    assert curve[0.5] == 0.5
    assert curve[1.0] == 1.0
    metrics = finding_metrics([Case("a", 1, True, found)])
    assert metrics.pointing is not None
    assert (metrics.pointing.value, metrics.n_pointing) == (1.0, 1)


def test_temperature_softens_the_overconfident_and_stays_put_without_two_answers() -> None:
    rng = np.random.default_rng(1)
    y = rng.random(400) < 0.5
    logit = np.where(y, 1.0, -1.0) + rng.normal(0, 1.4, 400)
    assert fit_temperature(list(5 * logit), list(y.astype(float))) > 3
    assert fit_temperature([3.0, 4.0], [1.0, 1.0]) == 1.0
    few = fit_temperature([2.0, -2.0], [1.0, 0.0])
    assert 0.3 < few < 1.0


def target(region: Region, value: float = 1.0) -> RegionTarget:
    return RegionTarget(finding="b", region=region, value=value)


def test_a_box_takes_the_cells_whose_centres_it_holds() -> None:
    box = target(Region(first=1, last=1, box=(16, 0, 48, 16)))
    inside, outside = region_masks([box], ["a", "b"], PLACE, (3, 4, 4))
    assert np.argwhere(inside[0]).tolist() == [[1, 0, 1], [1, 0, 2]]
    assert not outside[0].any()
    assert (outside[1] == ~inside[0]).all()


def test_a_box_smaller_than_a_cell_takes_one() -> None:
    box = target(Region(first=0, last=0, box=(33, 33, 36, 36)))
    inside, _ = region_masks([box], ["b"], PLACE, (1, 4, 4))
    assert np.argwhere(inside[0]).tolist() == [[0, 2, 2]]


def test_a_range_answered_absent_says_nothing_about_the_outside() -> None:
    span = target(Region(first=1, last=2), value=0.0)
    inside, outside = region_masks([span], ["b"], PLACE, (4, 2, 2))
    assert inside[0, 1:3].all()
    assert not inside[0, [0, 3]].any()
    assert not outside.any()
