"""One piece of work in a thread beside the window's, waited for as a long step."""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final, TypeVar

from wsl_studio.domain.progress import Progress, Steps

T = TypeVar("T")

LOOK_EVERY_S: Final = 0.004
"""How long one look at the thread waits; the window's thread has the processor in between."""

USUAL_S: Final = sys.getswitchinterval()
SWITCH_S: Final = 0.0005
"""How long the thread may keep Python to itself. The usual 5 ms are felt: a
repaint asks for Python dozens of times."""

_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
"""One for all, so that what was given up has ended before the next begins."""


def aside(
    work: Callable[[], T], text: str = "", *, let_go: Callable[[T], object] | None = None
) -> Steps[T]:
    """Does one piece of work in a thread, with pauses while it lasts.

    Only for work that writes nothing of the project and leaves Python to others most of the time:
    imports, checks by SQLite, linear algebra. Everything else is sliced.

    Args:
        work: Called in the thread.
        text: What is being done, for the reader.
        let_go: Called with the result where the step was given up before it was there.
    """
    future = _thread.submit(work)
    try:
        sys.setswitchinterval(SWITCH_S)
        while not wait((future,), LOOK_EVERY_S).done:
            yield Progress(0, 0, text)
    except BaseException:
        if not future.cancel() and let_go is not None:
            future.add_done_callback(lambda done: _drop(done, let_go))
        raise
    finally:
        sys.setswitchinterval(USUAL_S)
    return future.result()


def _drop(done: "Future[T]", let_go: Callable[[T], object]) -> None:
    if done.exception() is None:
        let_go(done.result())
