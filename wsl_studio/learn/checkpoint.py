"""What a round learned, in a file: the weights of every member and what they are."""

import json
from pathlib import Path

from safetensors import SafetensorError, safe_open
from torch import Tensor

from wsl_studio.domain.round import Manifest
from wsl_studio.learn.model import Ensemble, Model
from wsl_studio.learn.state import trained_state, write_tensors


def write_checkpoint(
    manifest: Manifest, directory: Path, ensemble: Ensemble, temperature: dict[str, float]
) -> None:
    """Writes every member's trained weights as safetensors, with what they are."""
    tensors: dict[str, Tensor] = {}
    for i, member in enumerate(ensemble.members):
        assert isinstance(member, Model)
        tensors |= {f"{i}.{name}": x for name, x in trained_state(member).items()}
    metadata = {
        "method": manifest.method,
        "recipe": manifest.recipe.model_dump_json(),
        "findings": json.dumps(manifest.findings),
        "temperature": json.dumps(temperature),
        "members": str(len(ensemble.members)),
    }
    write_tensors(directory / "checkpoint.safetensors", tensors, metadata)


def read_checkpoint(manifest: Manifest, directory: Path) -> list[dict[str, Tensor]] | None:
    """Members of the round to start from; None for a cold start or another recipe."""
    if not manifest.warm_from:
        return None
    path = directory.with_name(f"{manifest.warm_from:04d}") / "checkpoint.safetensors"
    try:
        with safe_open(str(path), framework="pt") as file:
            about = file.metadata()
            if about["recipe"] != manifest.recipe.model_dump_json():
                return None
            if json.loads(about["findings"]) != list(manifest.findings):
                return None
            members: list[dict[str, Tensor]] = [{} for _ in range(int(about["members"]))]
            for name in file.keys():  # noqa: SIM118 - safe_open is no dictionary
                number, _, rest = name.partition(".")
                members[int(number)][rest] = file.get_tensor(name).clone()
    except (OSError, SafetensorError, KeyError, ValueError):
        return None
    return members
