"""Support vector machines on bags: SIL, mi-SVM, MI-SVM and the latent SVM, by one solver."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from wsl_studio.domain.recipe import Svm

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
Float = TypeVar("Float", np.float32, np.float64)

TOLERANCE: Final = 1e-4
"""Of a margin of 1; the kept kernel matrix is float32."""
RIDGE: Final = 1e-5
PATIENCE: Final = 4
MAX_STEPS: Final = 2000
KEPT_ROWS: Final = 8000
"""Up to so many rows a Gaussian kernel matrix is kept (256 MB); beyond, columns are made anew."""
CHUNK: Final = 4096


@dataclass(frozen=True, eq=False)
class Bags:
    """Labelled bags of instances.

    Args:
        x: (N, D) instances, standardised on training instances.
        bag: (N,) bag of each, 0 ... B - 1; every bag has one at least.
        y: (B,) 1 present, -1 absent; both occur.
        weight: (B,) share of the price C that a bag's slack costs, above 0.
    """

    x: Floats
    bag: NDArray[np.intp]
    y: Floats
    weight: Floats

    @staticmethod
    def of(x: Floats, bag: NDArray[np.intp], y: Floats, weight: Floats | None = None) -> "Bags":
        """Bags of equal weight unless said otherwise."""
        return Bags(x, bag, y, np.ones(len(y)) if weight is None else weight)


@dataclass(frozen=True, eq=False)
class Machine:
    """f(x) = sum_v coefficients_v k(x, vectors_v) + bias: above 0 speaks for.

    Args:
        kernel: ``linear`` or ``rbf``.
        gamma: Of ``rbf``, absolute.
        vectors: (V, D) support vectors; one, the weight, of a linear machine.
        coefficients: (V,) signed.
        bias: Priced as a weight on a constant channel of 1 is.
    """

    kernel: Literal["linear", "rbf"]
    gamma: float
    vectors: Floats
    coefficients: Floats
    bias: float

    def __call__(self, x: Floats) -> Floats:
        """(n,) scores of (n, D) instances."""
        if self.kernel == "linear":
            return np.asarray(x @ self.weight + self.bias)
        if not len(x):
            return np.zeros(0)
        parts = [
            kernel(x[at : at + CHUNK], self.vectors, self.gamma) @ self.coefficients
            for at in range(0, len(x), CHUNK)
        ]
        return np.asarray(np.concatenate(parts) + self.bias)

    def as_logit(self, slope: float, offset: float) -> "Machine":
        """The machine whose scores are slope f + offset."""
        signed, bias = slope * self.coefficients, slope * self.bias + offset
        return Machine(self.kernel, self.gamma, self.vectors, signed, bias)

    @property
    def weight(self) -> Floats:
        """(D,) of a linear machine."""
        return np.asarray(self.coefficients @ self.vectors)


@dataclass(frozen=True, eq=False)
class Stage:
    """One round of relabelling.

    Args:
        round: From 1.
        objective: 1/2 |w|^2 + C sum of squared slacks, at its minimum for the round's labels.
        machine: Fitted to them.
        is_settled: True if the machine leaves the labels as they are.
    """

    round: int
    objective: float
    machine: Machine
    is_settled: bool


@dataclass(frozen=True, eq=False)
class Chosen:
    """What a round fits: rows, their targets, and which of them share a slack.

    Args:
        rows: (n,) rows of the instances, then of the bag means.
        target: (n,) 1 or -1.
        group: (n,) 0 ... G - 1; rows of a group share one slack.
        cost: (G,) price of each squared slack.
    """

    rows: Rows
    target: Floats
    group: NDArray[np.intp]
    cost: Floats

    def is_as(self, other: "Chosen") -> bool:
        """True if both ask the same."""
        return np.array_equal(self.rows, other.rows) and np.array_equal(self.target, other.target)


def fit(
    bags: Bags, spec: Svm, start: Machine | None = None
) -> Generator[Stage | None, None, Machine]:
    """Relabels and refits until nothing changes.

    The objective never rises from round to round: each step (the machine for fixed labels, the
    labels for a fixed machine) lowers the same sum, so rounds end. Re-choosing the region of
    absent bags by hand would not: the maximum of an absent bag stays inside the convex step.

    Args:
        bags: What to fit.
        spec: Which machine.
        start: Whose scores give the first labels; None starts as the papers do (bag means for
            ``bags``, all regions present for ``mi``; ``latent`` starts from a machine on the means
            of all bags).

    Yields:
        A ``Stage`` after each round, None between steps of the solver.

    Source:
        Andrews et al. 2003 (NIPS), equations 6 and 8; Felzenszwalb et al. 2010 (TPAMI), section 4;
        squared slacks and the Newton step of Chapelle 2007 (Neural Computation).
    """
    means = np.stack([bags.x[bags.bag == b].mean(0) for b in range(len(bags.y))])
    space = Space(np.concatenate([bags.x, means]), spec)
    n = len(bags.x)
    chosen = choose(bags, spec, None if start is None else start(bags.x))
    held = np.zeros(len(space.x), bool)
    for number in range(1, spec.rounds + 1):
        support = held[chosen.rows] if number > 1 else None
        alpha = yield from solve(space, chosen, support)
        held[:] = False
        held[chosen.rows[alpha > 0]] = True
        machine = space.machine(chosen, alpha)
        after = choose(bags, spec, space.scores(np.arange(n), chosen, alpha))
        is_settled = after.is_as(chosen)
        # At the minimum the objective is half the sum of the multipliers.
        yield Stage(number, 0.5 * float(alpha.sum()), machine, is_settled)
        if is_settled:
            break
        chosen = after
    return machine


def choose(bags: Bags, spec: Svm, f: Floats | None) -> Chosen:
    """Rows, targets and shared slacks of a round.

    Args:
        bags: N instances in B bags.
        spec: Which machine.
        f: (N,) scores of the machine before, or None in the first round.
    """
    n, bag, price = len(bags.x), bags.bag, spec.c * bags.weight
    of_bag = bags.y[bag]
    present, absent = np.flatnonzero(bags.y > 0), np.flatnonzero(of_bag < 0)
    if spec.kind in ("sil", "mi"):
        target = of_bag.copy()
        if spec.kind == "mi" and f is not None:
            target[(of_bag > 0) & (f <= 0)] = -1.0
            target[strongest(f, bag)[present]] = 1.0
        return Chosen(np.arange(n), target, np.arange(n), price[bag])
    if f is None and spec.kind == "latent":
        every = np.arange(len(bags.y))
        return Chosen(n + every, bags.y, every, price)
    spoken = n + present if f is None else strongest(f, bag)[present]
    rows = np.concatenate([spoken, absent])
    target = np.concatenate([np.ones(len(present)), -np.ones(len(absent))])
    if spec.kind == "bags" and spec.negatives == "instance":
        cost = np.concatenate([price[present], price[bag[absent]]])
        return Chosen(rows, target, np.arange(len(rows)), cost)
    return Chosen(rows, target, np.concatenate([present, bag[absent]]), price)


def strongest(f: Floats, bag: NDArray[np.intp]) -> Rows:
    """(B,) row of the highest score of each bag."""
    order = np.lexsort((-f, bag))
    return order[np.flatnonzero(np.r_[True, np.diff(bag[order]) > 0])]


def kernel(a: NDArray[Float], b: NDArray[Float], gamma: float) -> NDArray[Float]:
    """(n, m) Gaussian kernel of (n, D) and (m, D), in their precision."""
    out = a @ (2 * b).T
    out -= (a**2).sum(1)[:, None]
    out -= (b**2).sum(1)
    np.minimum(out, 0, out=out)
    out *= gamma
    np.exp(out, out=out)
    return out


class Space:
    """Rows of instances and the products of their kernel, with the constant channel.

    Args:
        x: (n, D).
        spec: Kernel and gamma.
    """

    def __init__(self, x: Floats, spec: Svm) -> None:
        self.x = x
        self.kernel = spec.kernel
        self.gamma = spec.gamma / x.shape[1]
        self._kept: NDArray[np.float32] | None = None
        if spec.kernel == "rbf" and len(x) <= KEPT_ROWS:
            small = x.astype(np.float32)
            parts = range(0, len(x), CHUNK)
            made = [kernel(small[k : k + CHUNK], small, self.gamma) for k in parts]
            self._kept = np.concatenate(made)

    def block(self, i: Rows, j: Rows) -> Floats:
        """(i, j) of the kernel matrix, plus 1."""
        if self.kernel == "linear":
            return np.asarray(self.x[i] @ self.x[j].T + 1)
        if self._kept is not None:
            return self._kept[np.ix_(i, j)].astype(np.float64) + 1
        return kernel(self.x[i], self.x[j], self.gamma) + 1

    def scores(self, rows: Rows, chosen: Chosen, alpha: Floats) -> Floats:
        """F of rows, for multipliers (n,) of the chosen rows."""
        at = np.flatnonzero(alpha)
        signed = alpha[at] * chosen.target[at]
        if self.kernel == "linear":
            return np.asarray(self.x[rows] @ (signed @ self.x[chosen.rows[at]]) + signed.sum())
        if self._kept is not None:
            found = self._kept[np.ix_(rows, chosen.rows[at])] @ signed.astype(np.float32)
            return np.asarray(found.astype(np.float64) + signed.sum())
        return np.asarray(self.block(rows, chosen.rows[at]) @ signed)

    def machine(self, chosen: Chosen, alpha: Floats) -> Machine:
        """The machine of multipliers."""
        at = np.flatnonzero(alpha)
        signed = alpha[at] * chosen.target[at]
        vectors, bias = self.x[chosen.rows[at]], float(signed.sum())
        if self.kernel == "linear":
            vectors, signed = (signed @ vectors)[None], np.ones(1)
        return Machine(self.kernel, self.gamma, vectors, signed, bias)


def solve(
    space: Space, chosen: Chosen, support: Flags | None = None
) -> Generator[None, None, Floats]:
    """Multipliers of min 1/2 |w|^2 + sum_g cost_g slack_g^2, y f >= 1 - slack of the group.

    The dual is a quadratic with multipliers >= 0 alone: a shared slack only adds 1 / (2 cost) to
    the products of its group. Newton steps: solve for the rows in the support, drop those that
    fall to 0, add the worst of each group that lies inside its margin. With a group a row this is
    Chapelle's method. Where the exchange goes in circles, steps become monotone ones (to the first
    bound on the way), which end after finitely many.

    Args:
        space: Kernel.
        chosen: n rows.
        support: (n,) rows to begin with; None takes some of each group.

    Returns:
        (n,) multipliers >= 0.

    Source:
        Chapelle 2007 (Neural Computation), section 4; Lawson & Hanson 1974, chapter 23.
    """
    inside = _first(chosen) if support is None or not support.any() else support.copy()
    alpha = np.zeros(len(chosen.rows))
    fewest, waited = len(inside) + 1, 0
    for _ in range(MAX_STEPS):
        at = np.flatnonzero(inside)
        ideal = _unbounded(space, chosen, at)
        if waited <= PATIENCE:
            alpha[:] = 0
            alpha[at] = np.maximum(ideal, 0)
            wrong = at[ideal <= 0]
            worst = _worst(space, chosen, at, ideal, inside)
            if not len(wrong) and not len(worst):
                break
            bad = len(wrong) + len(worst)
            fewest, waited = min(fewest, bad), 0 if bad < fewest else waited + 1
            inside[wrong] = False
            inside[worst] = True
        elif (ideal > 0).all():
            alpha[at] = ideal
            worst = _worst(space, chosen, at, ideal, inside)
            if not len(worst):
                break
            inside[worst] = True
        else:
            low = ideal <= 0
            fall = np.maximum(alpha[at][low] - ideal[low], 1e-300)
            way = float((alpha[at][low] / fall).min())
            moved = alpha[at] + way * (ideal - alpha[at])
            out = low & (moved <= 1e-12)
            alpha[at] = np.where(out, 0.0, np.maximum(moved, 0.0))
            inside[at[out]] = False
        yield
    return alpha


def _first(chosen: Chosen) -> Flags:
    """Support to begin with: every row of few, and evenly some of many."""
    inside = np.zeros(len(chosen.rows), bool)
    _, one_each = np.unique(chosen.group, return_index=True)
    inside[one_each[:: 1 + len(one_each) // 1000]] = True
    return inside


def _unbounded(space: Space, chosen: Chosen, at: Rows) -> Floats:
    """Multipliers of the rows ``at`` if they were free to have any sign."""
    rows, y, group = chosen.rows[at], chosen.target[at], chosen.group[at]
    half = 0.5 / chosen.cost[group]
    is_alone = len(np.unique(group)) == len(group)
    if space.kernel == "linear" and is_alone and len(at) > space.x.shape[1]:
        # Fewer channels than rows: the same step in the weights (Chapelle 2007, section 3).
        z = np.column_stack([space.x[rows], np.ones(len(rows))]) * y[:, None]
        scaled = z / half[:, None]
        w = np.linalg.solve(np.eye(z.shape[1]) + z.T @ scaled, scaled.sum(0))
        return np.asarray((1 - z @ w) / half)
    products = space.block(rows, rows) * np.outer(y, y) + (group[:, None] == group) * half
    products[np.diag_indices(len(at))] += RIDGE
    return np.linalg.solve(products, np.ones(len(at)))


def _worst(space: Space, chosen: Chosen, at: Rows, alpha: Floats, inside: Flags) -> Rows:
    """Rows outside the support that lie inside their margin, the worst of each group."""
    full = np.zeros(len(inside))
    full[at] = alpha
    slack = np.bincount(chosen.group, full, len(chosen.cost)) / (2 * chosen.cost)
    slope = chosen.target * space.scores(chosen.rows, chosen, full) - 1 + slack[chosen.group]
    over = np.flatnonzero(~inside & (slope < -TOLERANCE))
    order = over[np.lexsort((slope[over], chosen.group[over]))]
    return order[np.r_[True, np.diff(chosen.group[order]) > 0]] if len(order) else order


def finish(work: Iterator[Stage | None]) -> Machine:
    """Runs ``fit`` to its end."""
    machine = None
    for stage in work:
        machine = stage.machine if stage is not None else machine
    assert machine is not None, "a fit has at least one round"
    return machine
