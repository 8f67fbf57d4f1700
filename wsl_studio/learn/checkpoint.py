"""What a round learned, in a file: the weights of every member and what they are."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from safetensors import SafetensorError, safe_open
from torch import Tensor

from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Manifest
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.joint import share_backbone
from wsl_studio.learn.model import Model
from wsl_studio.learn.state import trained_state, write_tensors
from wsl_studio.learn.whole import Whole

WHOLE: Final = "whole."
"""Before the names of the tensors of what a series says as a whole."""


def write_checkpoint(
    manifest: Manifest, directory: Path, ensemble: Ensemble, temperature: dict[str, float]
) -> None:
    """Writes every member's trained weights as safetensors, with what they are.

    A backbone that members share is written with the first of them.
    """
    tensors: dict[str, Tensor] = {}
    for i, member in enumerate(ensemble.members):
        assert isinstance(member, Model)
        own = trained_state(member)
        if i and manifest.recipe.is_joint:
            own = {name: x for name, x in own.items() if not name.startswith("backbone.")}
        tensors |= {f"{i}.{name}": x for name, x in own.items()}
    if ensemble.whole is not None:
        tensors |= {WHOLE + name: x for name, x in ensemble.whole.state_dict().items()}
    metadata = {
        "method": manifest.method,
        "recipe": manifest.recipe.model_dump_json(),
        "findings": json.dumps(manifest.findings),
        "temperature": json.dumps(temperature),
        "members": str(len(ensemble.members)),
    }
    write_tensors(directory / "checkpoint.safetensors", tensors, metadata)


def read_checkpoint(manifest: Manifest, directory: Path) -> list[dict[str, Tensor]] | None:
    """Members of the round to start from; None for a cold start or another recipe.

    That its findings are those of the manifest is known to whoever wrote the manifest: they may
    have been called otherwise.
    """
    if not manifest.warm_from:
        return None
    path = directory.with_name(f"{manifest.warm_from:04d}") / "checkpoint.safetensors"
    try:
        with safe_open(str(path), framework="pt") as file:
            about = file.metadata()
            # As a value: a recipe that was written before it had a field is still the same.
            if Recipe.model_validate_json(about["recipe"]) != manifest.recipe:
                return None
            if len(json.loads(about["findings"])) != len(manifest.findings):
                return None
            members: list[dict[str, Tensor]] = [{} for _ in range(int(about["members"]))]
            for name in file.keys():  # noqa: SIM118 - safe_open is no dictionary
                if name.startswith(WHOLE):
                    continue  # it is fitted anew in every round
                number, _, rest = name.partition(".")
                members[int(number)][rest] = file.get_tensor(name).clone()
    except (OSError, SafetensorError, KeyError, ValueError):
        return None
    return members


def read_ensemble(
    manifest: Manifest, directory: Path, make: Callable[[int], Model]
) -> Ensemble | None:
    """The members of a finished round, ready to score; None where its checkpoint is gone.

    Args:
        manifest: Of the round.
        directory: Of the round.
        make: A new model of its recipe, for a member.
    """
    own = manifest.model_copy(update={"warm_from": manifest.number})
    members = []
    for number, state in enumerate(read_checkpoint(own, directory) or ()):
        member = make(number)
        member.load_state_dict(state, strict=False)
        members.append(member.eval())
    if not members:
        return None
    if manifest.recipe.is_joint:
        share_backbone(members, members[0])
    return Ensemble(members, _read_whole(directory) if manifest.recipe.whole.is_on else None)


def _read_whole(directory: Path) -> Whole:
    with safe_open(str(directory / "checkpoint.safetensors"), framework="pt") as file:
        names = [name for name in file.keys() if name.startswith(WHOLE)]  # noqa: SIM118
        return Whole({name.removeprefix(WHOLE): file.get_tensor(name).clone() for name in names})
