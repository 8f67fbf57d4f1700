"""The device of a round: how data gets there ahead of time, and how exactly it repeats itself."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Final, TypeVar

import torch
from torch import Tensor

from wsl_studio.domain.errors import KnownError

T = TypeVar("T")
U = TypeVar("U")

AHEAD: Final = 2
"""Pieces that are made while the device works on one."""
CLEARLY: Final = 1.25
"""Times as fast: machines gain or lose more, so a busy moment doesn't change the choice."""
TRIES: Final = 6


def ahead(make: Callable[[T], U], pieces: Sequence[T]) -> Iterator[U]:
    """``make(piece)`` of every piece in order, made by a thread before it is asked for.

    An error of ``make`` is raised in its place. Closing the generator ends the thread after the
    piece it is at.
    """
    pool = ThreadPoolExecutor(1, thread_name_prefix="ahead")
    try:
        waiting: deque[Future[U]] = deque()
        for k, piece in enumerate(pieces):
            waiting.append(pool.submit(make, piece))
            if k >= AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def to_device(x: Tensor, device: torch.device) -> Tensor:
    """A tensor on the device; to a GPU through pinned memory, so that nobody waits for the copy."""
    if device.type != "cuda":
        return x.to(device)
    return x.pin_memory().to(device, non_blocking=True)


def half(kind: str, *, is_wide: bool = False) -> torch.autocast:
    """Products in bfloat16 where they are faster: on a GPU, and wide ones on some CPUs.

    Nine heads on 500 series took 11.7 s in float32 and 7.3 and 9.4 s so, on 2 cores, with the same
    AUC. A trained part of a backbone gains nothing there: its depthwise convolutions are narrow.

    Args:
        kind: Type of the device.
        is_wide: True if one convolution over many channels takes most of the time.
    """
    is_on = kind == "cuda" or (is_wide and kind == "cpu" and gains_by_bfloat16())
    return torch.autocast(kind, torch.bfloat16, enabled=is_on)


@lru_cache(maxsize=1)
def gains_by_bfloat16() -> bool:
    """True if this CPU multiplies bfloat16, and clearly faster than float32: tried once, 0.1 s.

    To have the instruction is not enough: of two machines of 2 cores with avx512_bf16 one trained
    heads in 0.7 of the time in bfloat16, the other in 1.7 of it. Older torch can't say whether a
    CPU has it; it then stays with float32.
    """
    capabilities = getattr(torch.cpu, "get_capabilities", None)
    known = capabilities() if capabilities else {}
    if not any(known.get(name, False) for name in ("avx512_bf16", "amx_bf16")):
        return False
    plain, half_wide = _fastest(torch.float32, torch.bfloat16)
    return half_wide * CLEARLY < plain


def _fastest(*kinds: torch.dtype) -> list[float]:
    """Seconds of a step of heads in each type, the least of several tries, taken in turn."""
    # By a generator of its own: what else is random in a round must not depend on the machine.
    rng = torch.Generator().manual_seed(0)
    x = torch.randn(8, 120, 16, 16, generator=rng)
    weight = torch.randn(72, 120, 3, 3, generator=rng)
    seconds: list[list[float]] = [[] for _ in kinds]
    for _ in range(TRIES):
        for kind, took in zip(kinds, seconds, strict=True):
            begun = time.perf_counter()
            learned = weight.clone().requires_grad_()
            out = torch.conv2d(x.to(kind), learned.to(kind), padding=1)
            torch.autograd.backward(out.float().sum())
            took.append(time.perf_counter() - begun)
    return [min(took) for took in seconds]


def load_optimisers() -> None:
    """Lets torch import its compiler ahead, as its first optimiser does: 4 s of no round."""
    torch.optim.AdamW([torch.zeros(1, requires_grad=True)])


@contextmanager
def repeatable(is_on: bool) -> Iterator[None]:
    """Lets only operations run that give the same bits every time; all is put back on leaving.

    Raises:
        KnownError: An operation has no such form on this device.
    """
    if not is_on:
        yield
        return
    cudnn = torch.backends.cudnn
    was = (torch.get_deterministic_debug_mode(), cudnn.deterministic, cudnn.benchmark)
    # Without it cuBLAS may choose another order of sums; it is read when CUDA starts.
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    try:
        # The better known use_deterministic_algorithms loads a compiler first, which takes seconds.
        torch.set_deterministic_debug_mode("error")
        cudnn.deterministic, cudnn.benchmark = True, False
        yield
    except RuntimeError as trouble:
        if "deterministic" not in str(trouble):
            raise
        raise KnownError(
            "Part of this round has no repeatable form on this device.",
            "Train without 'Repeatable on a GPU', or on the CPU.",
        ) from trouble
    finally:
        torch.set_deterministic_debug_mode(was[0])
        cudnn.deterministic, cudnn.benchmark = was[1], was[2]


def is_out_of_memory(trouble: BaseException) -> bool:
    """True for every way in which torch and numpy say that memory is short."""
    if isinstance(trouble, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(trouble).lower()
    return isinstance(trouble, RuntimeError) and (
        "out of memory" in text or "can't allocate memory" in text
    )
