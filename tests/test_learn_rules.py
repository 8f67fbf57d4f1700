"""Agreement rules, averaged teachers and ensembles beside the papers' equations in numpy."""

import numpy as np
import pytest
import torch

from wsl_studio.bench.ssl_parity import REFERENCES, ensemble_gap, rule_gap, teacher_gap
from wsl_studio.domain.recipe import Semi
from wsl_studio.learn.agree import ramp, rate
from wsl_studio.learn.rules import Rule


@pytest.mark.parametrize("kind", REFERENCES)
def test_masks_are_those_of_the_papers(kind: str) -> None:
    gap, shares = rule_gap(kind, 0)
    assert gap < 1e-9
    assert 0 < min(np.mean(shares[:50]), np.mean(shares[-50:])) <= 1
    assert kind == "flex" or np.mean(shares) < 1


def test_a_rule_keeps_the_statistics_of_findings_apart() -> None:
    rule = Rule(Semi(rule="free"), 2, 2, 8, decay=0.5)
    p = torch.tensor([[[0.99, 0.01], [0.6, 0.4]]] * 4)
    for _ in range(20):
        mask = rule(p, torch.arange(4))
    assert rule.confidence.tolist() == pytest.approx([0.99, 0.6], abs=1e-3)
    assert mask.shape == (4, 2)


def test_a_teacher_is_the_mean_of_few_steps_and_the_running_mean_of_many() -> None:
    assert teacher_gap(1) < 1e-12
    assert rate(1, 0.99) == 0.5
    assert rate(10**6, 0.99) == 0.99


def test_the_first_target_of_a_temporal_ensemble_is_the_first_answer() -> None:
    """Start-up bias: without the correction it would be 0.4 of it."""
    assert ensemble_gap(2) < 1e-12


def test_the_ramp_rises_to_one() -> None:
    values = [ramp(t / 10, 0.5) for t in range(11)]
    assert values == sorted(values)
    assert values[0] == pytest.approx(np.exp(-5))
    assert values[5:] == [1.0] * 6
