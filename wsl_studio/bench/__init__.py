"""Benchmarks: every published number comes from one of these.

A bench is a module with ``run(ask: Ask) -> {"rows": [...]}``; it is imported when it is run.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Final


@dataclass(frozen=True)
class Ask:
    """What a bench is asked: data where it needs some, a seed, repetitions if not its own."""

    data: Path | None = None
    seed: int = 0
    n: int | None = None


BENCHES: Final[dict[str, Callable[[], ModuleType]]] = {
    name: partial(importlib.import_module, f"wsl_studio.bench.{name}")
    for name in ("demo", "busi", "musk", "loop", "kill", "stall", "start", "dicom")
}
