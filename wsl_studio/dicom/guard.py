"""Keeps what other libraries say to themselves, and turns whatever they raise into a reason."""

import threading
import warnings
from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

from wsl_studio.dicom.syntaxes import NotReadable


class quiet:  # noqa: N801 - reads as a statement
    """Silences the warnings of pydicom and PIL, which repeat header values on stderr.

    Counted under a lock, because ``warnings.catch_warnings`` on several decoder threads can put
    the wrong filters back.
    """

    _lock = threading.Lock()
    _depth = 0
    _saved: "warnings.catch_warnings[None] | None" = None

    def __enter__(self) -> None:
        with quiet._lock:
            if quiet._depth == 0:
                quiet._saved = warnings.catch_warnings()
                quiet._saved.__enter__()
                warnings.simplefilter("ignore")
            quiet._depth += 1

    def __exit__(self, *_: object) -> None:
        with quiet._lock:
            quiet._depth -= 1
            if quiet._depth == 0 and quiet._saved is not None:
                quiet._saved.__exit__(None, None, None)
                quiet._saved = None


def guarded(work: Callable[[], NDArray[Any]]) -> NDArray[Any]:
    """Does work that a damaged file can break, and turns whatever it raises to ``NotReadable``.

    A message of another's library is not passed on: it may repeat header values.
    """
    try:
        with quiet():
            return work()
    except (NotReadable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except MemoryError:
        raise NotReadable("there is not enough memory to decode it") from None
    except BaseException as error:  # noqa: BLE001 - pylibjpeg-rle panics outside Exception
        raise NotReadable(f"its pixels cannot be decoded ({type(error).__name__})") from None
