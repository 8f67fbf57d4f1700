"""Time and memory of every pooling beside sorting all regions and torch's own functions."""

import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from wsl_studio.bench import Ask
from wsl_studio.domain.recipe import Pool
from wsl_studio.learn.pool import pool_score

SHAPES: Final = (
    (16, 14, 7 * 7), (16, 14, 14 * 14), (8, 14, 56 * 56), (4, 14, 128 * 128), (1, 14, 64 * 1024),
)  # fmt: skip
"""(B, K, N): a classifier's last map, the one before, a dense map, a denser one, 64 slices."""
JUDGED: Final = (4, 14, 128 * 128)
LARGE: Final = (4, 14, 256 * 256)
SHARE, ALPHA, SHARP = 0.2, 0.7, 8.0
REPETITIONS: Final = 15
SORT, MEAN = "sort all (WILDCAT)", "torch mean (GAP)"
SOFT, TOP = "eq. 4 at +8, -8", "top regions"
LIMITS: Final = ("maximum", "maximum + minimum")


def sort_all(z: Tensor) -> Tensor:
    """WILDCAT's pooling as its paper has it: rank all regions, average both ends."""
    ranked = z.sort(-1, descending=True).values
    k = max(1, round(SHARE * z.shape[-1]))
    return 0.5 * (ranked[..., :k].mean(-1) + ALPHA * ranked[..., -k:].mean(-1))


def log_sum_exp(z: Tensor) -> Tensor:
    """One side of equation 4 from torch's own logsumexp."""
    return (torch.logsumexp(SHARP * z, -1) - math.log(z.shape[-1])) / SHARP


def _ours(**how: Any) -> Callable[[Tensor], Tensor]:
    return partial(_pooled, Pool(**how))


def _pooled(spec: Pool, z: Tensor) -> Tensor:
    return pool_score(z, spec)


POOLINGS: Final[dict[str, Callable[[Tensor], Tensor]]] = {
    SORT: sort_all,
    "torch logsumexp, one side": log_sum_exp,
    MEAN: lambda z: z.mean(-1),
    "mean": _ours(beta_plus=0.0, beta_minus=0.0),
    "maximum": _ours(beta_plus=math.inf, beta_minus=math.inf),
    "maximum + minimum": _ours(beta_plus=math.inf, beta_minus=-math.inf),
    SOFT: _ours(beta_plus=SHARP, beta_minus=-SHARP),
    TOP: _ours(kind="topk", k_plus=SHARE, k_minus=SHARE, alpha=ALPHA),
    "generalised mean": _ours(kind="power"),
    "attention": _ours(kind="attention"),
}


def run(ask: Ask) -> dict[str, Any]:
    """Forward + backward on one thread, median of ``n``; poolings take turns, so load hits all.

    Memory is the peak of a process of its own above what it held with the tensor made.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        took = {shape: _times(shape, ask.seed, ask.n or REPETITIONS) for shape in SHAPES}
    finally:
        torch.set_num_threads(before)
    mib = {name: _peak_of_child(name, ask.seed) for name in POOLINGS}
    return {
        "rows": [_row(name, took, mib[name]) for name in POOLINGS],
        "lines": [
            "ms of forward + backward on (B, K, N) tensors, how many times faster than sorting,"
            f" and peak MiB on {_word(LARGE)}",
            *_judge(took[JUDGED], mib),
        ],
        "ms": {_word(shape): each for shape, each in took.items()},
    }


def _row(
    name: str, took: dict[tuple[int, int, int], dict[str, float]], peak: int | None
) -> dict[str, Any]:
    times = {
        _word(shape): f"{each[name]:.2f} ({each[SORT] / each[name]:.1f}x)"
        for shape, each in took.items()
    }
    return {"pooling": name, **times, "MiB": peak}


def _word(shape: tuple[int, int, int]) -> str:
    return "x".join(map(str, shape))


def _judge(ms: dict[str, float], mib: dict[str, int | None]) -> list[str]:
    """Which targets hold, with the number."""
    slowest = max(ms[name] for name in LIMITS) / ms[MEAN]
    faster, top = ms[SORT] / ms[SOFT], ms[SORT] / ms[TOP]
    lines = [
        _line("limits of eq. 4 within 6x of the mean", slowest <= 6, f"{slowest:.1f}x"),
        _line("eq. 4 at least 8x faster than sorting", faster >= 8, f"{faster:.1f}x"),
        _line("top regions at least 2.5x faster than sorting", top >= 2.5, f"{top:.1f}x"),
    ]
    soft, sort = mib[SOFT], mib[SORT]
    if soft is None or sort is None:
        return [*lines, "memory: not measured on this system"]
    share = soft / max(1, sort)
    return [
        *lines,
        _line("memory of eq. 4 at most half of sorting's", share <= 0.5, f"{share:.2f}"),
    ]


def _line(what: str, holds: bool, number: str) -> str:
    return f"{'holds' if holds else 'MISSED'}: {what} ({number})"


def _times(shape: tuple[int, int, int], seed: int, n: int) -> dict[str, float]:
    """Median ms of each pooling."""
    took: dict[str, list[float]] = {name: [] for name in POOLINGS}
    for turn in range(n + 2):
        for name in POOLINGS:
            z = _scores(name, shape, seed)
            begun = time.perf_counter()
            torch.autograd.backward(POOLINGS[name](z).sum())
            if turn >= 2:
                took[name].append((time.perf_counter() - begun) * 1000)
    return {name: statistics.median(each) for name, each in took.items()}


def _scores(name: str, shape: tuple[int, int, int], seed: int) -> Tensor:
    """Region scores of standard deviation 3; attention has as many logits beside them."""
    b, k, n = shape
    generator = torch.Generator().manual_seed(seed)
    z = torch.randn(b, 2 * k if name == "attention" else k, n, generator=generator)
    return z.mul_(3).requires_grad_()


def _peak_of_child(name: str, seed: int) -> int | None:
    code = f"from wsl_studio.bench.pooling import peak_mib; print(peak_mib({name!r}, {seed}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return None if done.stdout.strip() == "None" else int(done.stdout)


def peak_mib(name: str, seed: int) -> int | None:
    """MiB above base that one forward + backward takes in this process; None off Linux."""
    torch.set_num_threads(1)
    torch.autograd.backward(POOLINGS[name](_scores(name, SHAPES[0], seed)).sum())
    z = _scores(name, LARGE, seed)
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        base = _status_kib("VmRSS")
        torch.autograd.backward(POOLINGS[name](z).sum())
        return round((_status_kib("VmHWM") - base) / 1024)
    except OSError:
        return None


def _status_kib(key: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{key}:"))
