"""Agreement rules and averaged teachers beside the papers' equations in float64 numpy."""

from collections.abc import Callable
from typing import Any, Final, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from wsl_studio.bench import Ask
from wsl_studio.domain.recipe import Semi
from wsl_studio.learn.agree import averaged, corrected, follow, rate
from wsl_studio.learn.rules import Rule

C, N, B, STEPS = 10, 200, 16, 300
THRESHOLD, DECAY, SLOW, FAST = 0.8, 0.9, 0.99, 0.6
"""Of fix and flex; of running means of the rules; of a teacher of weights; of an ensemble."""

Floats = NDArray[np.float64]


class Reference(Protocol):
    """A rule as its paper writes it."""

    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:
        """(B,) weights of (B, C) probabilities of the unlabelled bags ``at``."""


class Fix:
    """Sohn et al. 2020: a fixed threshold."""

    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:  # noqa: ARG002
        """See ``Reference``."""
        return np.asarray(p.max(1) >= THRESHOLD, np.float64)


class Flex:
    """Zhang et al. 2021, equations 5-10: thresholds by class from how many were learned."""

    def __init__(self) -> None:
        self.chosen = np.full(N, -1)

    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:
        """See ``Reference``."""
        top, own = p.max(1), p.argmax(1)
        sigma = np.array([(self.chosen == c).sum() for c in range(C)], float)
        beta = sigma / max(sigma.max(), (self.chosen == -1).sum(), 1)
        limit = THRESHOLD * (beta / (2 - beta))[own]
        for i, (t, c) in enumerate(zip(top, own, strict=True)):
            if t >= THRESHOLD:
                self.chosen[at[i]] = c
        return np.asarray(top >= limit, np.float64)


class Free:
    """Wang et al. 2023, equations 4-7: a threshold that follows confidence, local ones by class."""

    def __init__(self) -> None:
        self.tau, self.p = 1 / C, np.full(C, 1 / C)

    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:  # noqa: ARG002
        """See ``Reference``."""
        top, own = p.max(1), p.argmax(1)
        self.tau = DECAY * self.tau + (1 - DECAY) * top.mean()
        self.p = DECAY * self.p + (1 - DECAY) * p.mean(0)
        return np.asarray(top >= (self.p / self.p.max() * self.tau)[own], np.float64)


class Soft:
    """Chen et al. 2023, equations 5-7: a truncated Gaussian of confidence."""

    def __init__(self) -> None:
        self.mu, self.var = 1 / C, 1.0

    def mask(self, p: Floats, at: NDArray[np.intp]) -> Floats:  # noqa: ARG002
        """See ``Reference``."""
        top = p.max(1)
        self.mu = DECAY * self.mu + (1 - DECAY) * top.mean()
        self.var = DECAY * self.var + (1 - DECAY) * top.var(ddof=1)
        low = np.minimum(top - self.mu, 0)
        return np.asarray(np.exp(-(low**2) / (2 * self.var / 4)))


REFERENCES: Final[dict[str, Callable[[], Reference]]] = {
    "fix": Fix, "flex": Flex, "free": Free, "soft": Soft
}  # fmt: skip


def run(ask: Ask) -> dict[str, Any]:
    """Largest difference of each over ``STEPS`` steps."""
    gaps = {kind: rule_gap(kind, ask.seed)[0] for kind in REFERENCES}
    gaps |= {"Mean Teacher": teacher_gap(ask.seed), "temporal ensembling": ensemble_gap(ask.seed)}
    rows = [
        {"rule": name, "steps": STEPS, "largest difference": f"{gap:.1e}"}
        for name, gap in gaps.items()
    ]
    return {"rows": rows, "lines": [f"{C} answers, {N} unlabelled, {B} a step, seed {ask.seed}"]}


def rule_gap(kind: str, seed: int) -> tuple[float, list[float]]:
    """Largest difference of a rule's weights, and their mean at every step."""
    rng = np.random.default_rng(seed)
    rule = Rule(Semi.model_validate({"rule": kind, "threshold": THRESHOLD}), 1, C, N, decay=DECAY)
    rule, other, gap, shares = rule.double(), REFERENCES[kind](), 0.0, []
    for step in range(STEPS):
        z = rng.normal(0, 1 + 5 * step / STEPS, (B, C)) + np.linspace(0, 1, C)
        p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        at = rng.permutation(N)[:B]
        got = rule(torch.from_numpy(p)[:, None], torch.from_numpy(at))[:, 0].numpy()
        gap = max(gap, float(np.abs(got - other.mask(p, at)).max()))
        shares.append(float(got.mean()))
    return gap, shares


def teacher_gap(seed: int) -> float:
    """Of averaged weights: the mean of few steps, the running mean of many."""
    rng = np.random.default_rng(seed)
    model, teacher = (torch.nn.Linear(3, 2).double() for _ in range(2))
    teacher.load_state_dict(model.state_dict())
    mean, gap = model.weight.detach().numpy().copy(), 0.0
    for t in range(1, STEPS):
        weight = rng.normal(0, 1, (2, 3))
        model.weight.data = torch.from_numpy(weight)
        follow(teacher, model, rate(t, SLOW))
        alpha = min(1 - 1 / (t + 1), SLOW)
        mean = alpha * mean + (1 - alpha) * weight
        gap = max(gap, float(np.abs(teacher.weight.detach().numpy() - mean).max()))
    return gap


def ensemble_gap(seed: int) -> float:
    """Of averaged answers with their start-up bias corrected; the first is the answer itself."""
    answers = np.random.default_rng(seed).uniform(0, 1, (STEPS, 4, 3))
    sums, times = torch.zeros(4, 3, dtype=torch.float64), torch.zeros(4, dtype=torch.float64)
    z, gap = np.zeros((4, 3)), 0.0
    for t, p in enumerate(answers, start=1):
        sums, times = averaged(sums, times, torch.from_numpy(p), FAST)
        z = FAST * z + (1 - FAST) * p
        wanted = p if t == 1 else z / (1 - FAST**t)
        gap = max(gap, float(np.abs(corrected(sums, times, FAST).numpy() - wanted).max()))
    return gap
