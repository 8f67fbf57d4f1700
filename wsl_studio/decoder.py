"""The decoder process: one compressed frame at a time, within its time and memory.

``python -m wsl_studio.decoder`` reads one JSON object a line: ``file`` (the coded bytes, which the
pixels replace), ``layout``, ``syntax``, ``cpu`` and ``wall`` (seconds) and ``bytes``. It answers a
line ``{}`` when its libraries are loaded and then ``{"shape", "dtype"}`` or ``{"trouble": why}``.
It ends with standard input; where the system can, alarms end it when its time is over, even if
nobody is left to do so.
"""

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, Final

from wsl_studio.dicom.decoders import decode, load
from wsl_studio.dicom.guard import guarded
from wsl_studio.dicom.syntaxes import Layout, NotReadable

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

SLACK_S: Final = 5.0
"""Its own alarm by the clock comes after the deadline that the asking process keeps."""


def memory_in_use() -> int | None:
    """Address space of this process in bytes; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def can_limit_memory() -> bool:
    """Whether a decoder that asks for too much is stopped on this system (Linux)."""
    return resource is not None and memory_in_use() is not None


def limit_memory(n_bytes: int) -> None:
    """Allows so much memory beyond what is in use; more is refused to whoever asks for it."""
    used = memory_in_use()
    if resource is None or used is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = used + n_bytes
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def limit_time(cpu_s: float, wall_s: float) -> None:
    """Ends the process after so many seconds of either, whatever it does then; 0 takes it back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, cpu_s)
        signal.setitimer(signal.ITIMER_REAL, wall_s)


def work(request: dict[str, Any]) -> dict[str, Any]:
    """Decodes one frame and replaces its file's bytes by the pixels'."""
    path = Path(request["file"])
    layout = Layout(**request["layout"])
    limit_memory(int(request["bytes"]))
    limit_time(float(request["cpu"]), float(request["wall"]) + SLACK_S)
    try:
        data = path.read_bytes()
        array = guarded(lambda: decode(data, layout, request["syntax"]))
        # Only while it is there: whoever asked may be gone, and has then removed it.
        with path.open("r+b") as stream:
            stream.truncate()
            array.tofile(stream)
    except NotReadable as why:
        return {"trouble": str(why)}
    except OSError as error:
        words = (error.strerror or type(error).__name__).lower()
        return {"trouble": f"its pixels cannot be handed over ({words})"}
    finally:
        limit_time(0.0, 0.0)
    return {"shape": array.shape, "dtype": array.dtype.str}


def main() -> int:
    """Serves frames until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # C libraries print to descriptor 1; from here on that is standard error
    for line in sys.stdin.buffer:
        request = json.loads(line)
        load(request["syntax"], request["layout"]["samples"])
        answers.write(b"{}\n")
        answers.write(json.dumps(work(request)).encode() + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
