"""Agreement rules, averaged teachers and ensembles beside float64 numpy written here."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from wsl_studio.domain.recipe import Semi
from wsl_studio.learn.agree import averaged, corrected, follow, ramp, rate
from wsl_studio.learn.rules import Rule

C, N, B, STEPS = 10, 200, 16, 120
Floats = NDArray[np.float64]


class Flex:
    """FlexMatch: per-class thresholds from how many were learned."""

    def __init__(self) -> None:
        self.chosen = np.full(N, -1)

    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:
        top, own = p.max(1), p.argmax(1)
        sigma = np.array([(self.chosen == c).sum() for c in range(C)], float)
        beta = sigma / max(sigma.max(), (self.chosen == -1).sum(), 1)
        limit = 0.8 * (beta / (2 - beta))[own]
        for i, (t, c) in enumerate(zip(top, own, strict=True)):
            if t >= 0.8:
                self.chosen[at[i]] = c
        return (top >= limit).astype(float)


class Free:
    """FreeMatch: a global threshold that follows confidence, local ones by class."""

    def __init__(self) -> None:
        self.tau, self.p = 1 / C, np.full(C, 1 / C)

    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:
        top, own = p.max(1), p.argmax(1)
        self.tau = 0.9 * self.tau + 0.1 * top.mean()
        self.p = 0.9 * self.p + 0.1 * p.mean(0)
        return (top >= (self.p / self.p.max() * self.tau)[own]).astype(float)


class Soft:
    """SoftMatch: a truncated Gaussian of confidence."""

    def __init__(self) -> None:
        self.mu, self.var = 1 / C, 1.0

    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:
        top = p.max(1)
        self.mu = 0.9 * self.mu + 0.1 * top.mean()
        self.var = 0.9 * self.var + 0.1 * top.var(ddof=1)
        low = np.minimum(top - self.mu, 0)
        return np.exp(-(low**2) / (2 * self.var / 4))


class Fix:
    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:
        return (p.max(1) >= 0.8).astype(float)


@pytest.mark.parametrize(
    ("kind", "make"), [("fix", Fix), ("flex", Flex), ("free", Free), ("soft", Soft)]
)
def test_masks_are_those_of_the_papers(kind: str, make: Callable[[], Flex]) -> None:
    rng = np.random.default_rng(0)
    rule = Rule(Semi(rule=kind, threshold=0.8), 1, C, N, decay=0.9).double()
    other = make()
    shares = []
    for step in range(STEPS):
        z = rng.normal(0, 1 + 5 * step / STEPS, (B, C)) + np.linspace(0, 1, C)
        p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        at = rng.permutation(N)[:B]
        got = rule(torch.from_numpy(p)[:, None], torch.from_numpy(at))[:, 0].numpy()
        np.testing.assert_allclose(got, other.mask(p, at), atol=1e-9)
        shares.append(got.mean())
    assert 0 < min(np.mean(shares[:20]), np.mean(shares[-20:])) <= 1
    assert kind == "flex" or np.mean(shares) < 1


def test_a_rule_keeps_the_statistics_of_findings_apart() -> None:
    rule = Rule(Semi(rule="free"), 2, 2, 8, decay=0.5)
    p = torch.tensor([[[0.99, 0.01], [0.6, 0.4]]] * 4)
    for _ in range(20):
        mask = rule(p, torch.arange(4))
    assert rule.confidence.tolist() == pytest.approx([0.99, 0.6], abs=1e-3)
    assert mask.shape == (4, 2)


def test_a_teacher_is_the_mean_of_few_steps_and_the_running_mean_of_many() -> None:
    rng = np.random.default_rng(1)
    model, teacher = (torch.nn.Linear(3, 2).double() for _ in range(2))
    teacher.load_state_dict(model.state_dict())
    mean = model.weight.detach().numpy().copy()
    for t in range(1, 300):
        weight = rng.normal(0, 1, (2, 3))
        model.weight.data = torch.from_numpy(weight)
        follow(teacher, model, rate(t, 0.99))
        alpha = min(1 - 1 / (t + 1), 0.99)
        mean = alpha * mean + (1 - alpha) * weight
        np.testing.assert_allclose(teacher.weight.detach().numpy(), mean, atol=1e-12)
    assert rate(1, 0.99) == 0.5
    assert rate(10**6, 0.99) == 0.99


def test_the_first_target_of_a_temporal_ensemble_is_the_first_answer() -> None:
    """Start-up bias: without the correction it would be 0.4 of it."""
    rng = np.random.default_rng(2)
    answers = rng.uniform(0, 1, (12, 4, 3))
    sums, times = torch.zeros(4, 3, dtype=torch.float64), torch.zeros(4, dtype=torch.float64)
    z = np.zeros((4, 3))
    for t, p in enumerate(answers, start=1):
        sums, times = averaged(sums, times, torch.from_numpy(p), 0.6)
        z = 0.6 * z + 0.4 * p
        target = corrected(sums, times, 0.6).numpy()
        np.testing.assert_allclose(target, z / (1 - 0.6**t), atol=1e-12)
        if t == 1:
            np.testing.assert_allclose(target, p, atol=1e-12)


def test_the_ramp_rises_to_one() -> None:
    values = [ramp(t / 10, 0.5) for t in range(11)]
    assert values == sorted(values)
    assert values[0] == pytest.approx(np.exp(-5))
    assert values[5:] == [1.0] * 6
