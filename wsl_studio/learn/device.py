"""The device of a round: how data gets there ahead of time, and how exactly it repeats itself."""

import os
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
    """Products in bfloat16 where they are faster: on a GPU, and wide ones on a CPU made for them.

    Nine heads on 500 series took 11.7 s in float32 and 7.3 and 9.4 s so, on 2 cores, with the same
    AUC. A trained part of a backbone gains nothing there: its depthwise convolutions are narrow.

    Args:
        kind: Type of the device.
        is_wide: True if one convolution over many channels takes most of the time.
    """
    is_on = kind == "cuda" or (is_wide and kind == "cpu" and _has_bfloat16())
    return torch.autocast(kind, torch.bfloat16, enabled=is_on)


@lru_cache(maxsize=1)
def _has_bfloat16() -> bool:
    """True if the CPU multiplies bfloat16; older torch can't say."""
    capabilities = getattr(torch.cpu, "get_capabilities", None)
    known = capabilities() if capabilities else {}
    return any(known.get(name, False) for name in ("avx512_bf16", "amx_bf16"))


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
