"""What makes a round short: AdamW without the compiler, heads that standardise by their weights."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from torch import Tensor

from wsl_studio.domain.recipe import Head
from wsl_studio.learn.adam import Adam
from wsl_studio.learn.light import RIDGE, Said, logits
from wsl_studio.learn.model import LevelHead
from wsl_studio.learn.rank import average_precision, roc_auc


def weights() -> list[Tensor]:
    torch.manual_seed(0)
    return [torch.randn(4, 3, requires_grad=True), torch.randn(3, requires_grad=True)]


def walk(optimiser: Adam | torch.optim.Optimizer, parameters: list[Tensor], first: int) -> None:
    for step in range(first, first + 5):
        torch.manual_seed(step)
        optimiser.zero_grad()
        for p in parameters:
            p.grad = torch.randn_like(p)
        if step == 2:
            parameters[1].grad = None  # a part that a step does not reach stays where it is
        for group in optimiser.param_groups:
            group["lr"] = 0.1 / (1 + step)
        optimiser.step()


@pytest.mark.parametrize("decay", [0.0, 0.01])
def test_steps_are_those_of_torch_and_go_on_from_a_state(decay: float) -> None:
    theirs, ours, resumed = weights(), weights(), weights()
    walk(torch.optim.AdamW(theirs, 0.1, weight_decay=decay), theirs, 0)
    groups = [{"params": ours[:1], "lr": 0.1}, {"params": ours[1:]}]
    adam = Adam(groups, weight_decay=decay)
    walk(adam, ours, 0)
    assert all(torch.equal(a, b) for a, b in zip(theirs, ours, strict=True))

    again = Adam(resumed, weight_decay=decay)
    again.load_state_dict(adam.state_dict())
    with torch.no_grad():
        for p, known in zip(resumed, ours, strict=True):
            p.copy_(known)
    walk(adam, ours, 5)
    walk(again, resumed, 5)
    assert all(torch.equal(a, b) for a, b in zip(ours, resumed, strict=True))


def test_the_compiler_stays_out_of_the_process() -> None:
    """It costs the first round of a process seconds."""
    script = (
        "import sys, torch; from wsl_studio.learn.adam import Adam;"
        "p = torch.ones(2, requires_grad=True); p.grad = torch.ones(2); a = Adam([p]); a.step();"
        "assert float(p[0].detach()) < 1; sys.exit('torch._dynamo' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("hidden", [0, 5])
def test_a_head_that_standardises_by_its_weights_says_and_learns_the_same(hidden: int) -> None:
    torch.manual_seed(0)
    head = LevelHead(6, 2, Head(hidden=hidden), hidden=hidden, kernel=1)
    x = 3 + 2 * torch.randn(2, 6, 4, 5)
    head.standardise([x])
    assert head._folds(x)
    told = []
    for y in (head(x), _plainly(head, x)):
        head.zero_grad()
        y.square().sum().backward()
        told.append([y, *(p.grad.clone() for p in head.parameters() if p.grad is not None)])
    assert len(told[0]) == 1 + len(list(head.parameters()))
    for a, b in zip(*told, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-4)


def _plainly(head: LevelHead, x: Tensor) -> Tensor:
    return head.layers(head.standardised(x))  # type: ignore[no-any-return]


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([-1.0, 0.0, 0.25, 2.0])), min_size=2).filter(
        lambda rows: 0 < sum(y for y, _ in rows) < len(rows)
    )
)
def test_ranks_are_those_of_scikit_learn_ties_included(rows: list[tuple[bool, float]]) -> None:
    y, s = zip(*rows, strict=True)
    assert roc_auc(y, s) == pytest.approx(roc_auc_score(y, s))
    assert average_precision(y, s) == pytest.approx(average_precision_score(y, s))


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(4, 60), st.integers(1, 90))
def test_few_labels_are_fitted_as_scikit_learn_fits_them(seed: int, n: int, d: int) -> None:
    rng = np.random.default_rng(seed)
    x = 2 * rng.normal(size=(n + 5, d))
    present = rng.random(n) < rng.uniform(0.2, 0.8)
    present[:2] = True, False
    said = Said(np.arange(n), present, rng.uniform(0.2, 1, n), [str(i) for i in range(n)])
    head = LogisticRegression(C=RIDGE, class_weight="balanced", max_iter=5000, tol=1e-8)
    head.fit(x[:n], present, sample_weight=said.weight)
    np.testing.assert_allclose(logits(x, said), head.decision_function(x), atol=1e-3)
