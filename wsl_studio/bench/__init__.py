"""Benchmarks: every published number comes from one of these.

A bench is a module with ``run(ask: Ask) -> {"rows": [...]}``; it is imported when it is run.
``"lines"`` beside the rows are sentences that are printed below them (which targets hold).
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final


@dataclass(frozen=True)
class Ask:
    """What a bench is asked: data where it needs some, a seed, repetitions if not its own.

    Args:
        data: Folder or file.
        seed: Of everything random.
        n: Repetitions.
        methods: Compared, where a bench compares methods; its own choice if empty.
        findings: Learned and measured; all of the data if empty.
        folds: Of a cross-validation.
        options: Of every method.
        files: Of a folder that the bench makes; its own number if None.
        tell: Is told in a sentence how far a long bench is.
    """

    data: Path | None = None
    seed: int = 0
    n: int | None = None
    methods: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    folds: int = 5
    options: dict[str, Any] = field(default_factory=dict)
    files: int | None = None
    tell: Callable[[str], object] = str


BENCHES: Final[dict[str, Callable[[], ModuleType]]] = {
    name: partial(importlib.import_module, f"wsl_studio.bench.{name.replace('-', '_')}")
    for name in (
        "demo",
        "curriculum",
        "labels",
        "busi",
        "localize",
        "musk",
        "area",
        "loop",
        "kill",
        "stall",
        "viewer",
        "start",
        "dicom",
        "conformance",
        "fuzz",
        "pooling",
        "hybridnet",
        "sdnet",
        "sdnet-rounds",
        "ssl-parity",
        "cam",
        "throughput",
        "heads",
        "queue",
        "mislabel",
        "index",
        "folder",
        "read",
    )
}
