"""The transductive support vector machine: a margin that also stays clear of unlabelled points."""

from collections.abc import Generator
from typing import Final

import numpy as np

from wsl_studio.domain.recipe import Semi, Svm
from wsl_studio.learn.svm import Chosen, Flags, Floats, Machine, Space, Stage, solve

FIRST_SHARE: Final = 1e-5
"""Of the price of a labelled point: what an unlabelled one costs at first."""
MAX_SWITCHES: Final = 100
"""Rounds of switching at one price; with one pair a round, so many pairs."""


def transduce(
    x: Floats, y: Floats, others: Floats, spec: Svm, semi: Semi, weight: Floats | None = None
) -> Generator[Stage | None, None, Machine]:
    """Fits labelled points, then gives the others labels that a wide margin agrees with.

    The highest of the others become present, as many as their ``semi.share`` says; their price
    doubles from almost nothing to ``semi.weight`` that of a labelled point. At every price, pairs
    of unlike labels change places as long as that lowers the objective, so the number of present
    ones never changes: without it, all would go to one side.

    Args:
        x: (n, D) labelled points, standardised.
        y: (n,) 1 or -1; both occur.
        others: (u, D) unlabelled points.
        spec: Kernel and price.
        semi: Share, price and how many pairs switch at once.
        weight: (n,) share of the price of each labelled point; 1 if None.

    Yields:
        A ``Stage`` after the labelled fit and after each price; ``objective`` includes the
        unlabelled slacks. None between steps of the solver.

    Source:
        Joachims 1999 (ICML), algorithm TSVM; all pairs at once: Sindhwani & Keerthi 2006 (SIGIR),
        multi-switch. Slacks are squared, so a pair switches where the squared slacks say so.
    """
    n, u = len(x), len(others)
    price = spec.c * (np.ones(n) if weight is None else weight)
    space = Space(np.concatenate([x, others]), spec)
    labelled = Chosen(np.arange(n), y, np.arange(n), price)
    alpha = yield from solve(space, labelled)
    machine = space.machine(labelled, alpha)
    yield Stage(1, 0.5 * float(alpha.sum()), machine, is_settled=False)
    n_present = round((semi.share or float((y > 0).mean())) * u)
    if not 0 < n_present < u:
        return machine
    guess = -np.ones(u)
    guess[np.argsort(-machine(others), kind="stable")[:n_present]] = 1.0
    full = spec.c * semi.weight
    absent = FIRST_SHARE * full
    present = min(full, absent * n_present / (u - n_present))
    support, number = None, 1
    while True:
        for _ in range(MAX_SWITCHES):
            cost = np.where(guess > 0, present, absent)
            every = np.arange(n + u)
            chosen = Chosen(every, np.r_[y, guess], every, np.r_[price, cost])
            alpha = yield from solve(space, chosen, support)
            support = alpha > 0
            f = space.scores(n + np.arange(u), chosen, alpha)
            after = switched(guess, f, present, absent, is_all=semi.switch == "all")
            if np.array_equal(after, guess):
                break
            guess = after
        number += 1
        machine = space.machine(chosen, alpha)
        is_last = present >= full and absent >= full
        yield Stage(number, 0.5 * float(alpha.sum()), machine, is_settled=is_last)
        if is_last:
            return machine
        absent, present = min(2 * absent, full), min(2 * present, full)


def switched(guess: Floats, f: Floats, present: float, absent: float, *, is_all: bool) -> Floats:
    """Labels after pairs that lower the objective have changed places.

    Args:
        guess: (u,) 1 or -1.
        f: (u,) scores.
        present: Price of the squared slack of a present point; ``absent`` that of an absent one.
        absent: See there.
        is_all: Every such pair, the furthest apart together first; else that one alone.

    Returns:
        (u,) with as many present ones as before.
    """
    up, down = np.flatnonzero(guess > 0), np.flatnonzero(guess < 0)
    up, down = up[np.argsort(f[up], kind="stable")], down[np.argsort(-f[down], kind="stable")]
    pairs = min(len(up), len(down))
    up, down = up[:pairs], down[:pairs]
    gain = _gain(f[up], present, absent) - _gain(f[down], present, absent)
    does: Flags = gain > 1e-12 * (present + absent)
    if not is_all:
        does &= np.arange(pairs) == 0
    out = guess.copy()
    out[up[does]], out[down[does]] = -1.0, 1.0
    return out


def _gain(f: Floats, present: float, absent: float) -> Floats:
    """What a point saves by being absent instead of present."""
    high, low = np.maximum(0, 1 - f), np.maximum(0, 1 + f)
    return np.asarray(present * high**2 - absent * low**2)
