"""What a round keeps on disk while it trains: its best weights, and how to go on after a kill."""

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from wsl_studio.domain.errors import KnownError
from wsl_studio.learn.model import Model

SAVE_EVERY_S: Final = 2.0
LAYOUT: Final = "2"
"""Of the tensors in a state, by name and order; one of another layout can't be gone on with."""
MIN_GAIN: Final = 1e-4
"""A validation loss this little lower is no better epoch."""


@dataclass(frozen=True)
class At:
    """Where training is.

    Args:
        member: Being trained, from 0.
        epoch: Epochs done of that member.
        best_loss: Lowest validation loss so far.
        waited: Epochs since then.
        is_best: True if the last epoch was the best.
    """

    member: int = 0
    epoch: int = 0
    best_loss: float = float("inf")
    waited: int = 0
    is_best: bool = False

    def is_over(self, patience: int) -> bool:
        """True once no better epoch came for long enough."""
        return self.waited >= patience


class Keeper:
    """Best weights in memory, the whole state on disk every few seconds.

    Args:
        path: ``state.safetensors`` of the round folder, or None to keep nothing on disk.
        mark: Anything that must be equal for a state to be gone on with (a hash of the manifest).
    """

    def __init__(self, path: Path | None, mark: str = "") -> None:
        self._path = path
        self._mark = mark
        self._done: list[dict[str, Tensor]] = []
        self._best: dict[str, Tensor] = {}
        self._at = At()
        self._saved = time.monotonic()
        self._loaded = self._read()

    def part(self, name: str) -> "Keeper":
        """A keeper of a training inside this one, in a file of its own beside this one's."""
        path = self._path
        return Keeper(path and path.with_name(f"{path.stem}-{name}{path.suffix}"), self._mark)

    def begin(self, member: int, model: Model, optimiser: torch.optim.Optimizer) -> At:
        """Starts a member, from where a killed round left it if there is such a state."""
        if self._loaded is not None:
            tensors, at = self._loaded
            if member < at.member:
                self._best = _part(tensors, f"done.{member}.")
                self._at = At(member=member, epoch=10**9, waited=10**9)
                return self._at
            self._loaded = None
            if member == at.member and at.epoch:
                model.load_state_dict(_part(tensors, "now."), strict=False)
                self._best = _part(tensors, "best.")
                _load_optimiser(optimiser, _part(tensors, "optimiser."))
                self._at = at
                return at
        self._at = At(member=member)
        self._best = trained_state(model)
        return self._at

    def end_epoch(
        self,
        model: Model,
        optimiser: torch.optim.Optimizer,
        *,
        epoch: int,
        loss: float | None,
        is_last: bool = False,
    ) -> At:
        """Notes an epoch. Without validation every epoch is better than the one before."""
        is_best = loss is None or loss < self._at.best_loss - MIN_GAIN
        best = self._at.best_loss if loss is None or not is_best else loss
        waited = 0 if is_best else self._at.waited + 1
        self._at = replace(self._at, epoch=epoch, best_loss=best, waited=waited, is_best=is_best)
        if is_best:
            self._best = trained_state(model)
        if is_last or time.monotonic() - self._saved > SAVE_EVERY_S:
            self._write(model, optimiser)
            self._saved = time.monotonic()
        return self._at

    def best(self, model: Model) -> None:
        """Gives a member its best weights and moves on."""
        model.load_state_dict(self._best, strict=False)
        self._done.append(self._best)

    def forget(self) -> None:
        """Removes the state once the round is whole."""
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _write(self, model: Model, optimiser: torch.optim.Optimizer) -> None:
        if self._path is None:
            return
        tensors = {f"now.{k}": x for k, x in trained_state(model).items()}
        tensors |= {f"best.{k}": x for k, x in self._best.items()}
        tensors |= {f"optimiser.{k}": x for k, x in _optimiser_state(optimiser).items()}
        for i, done in enumerate(self._done):
            tensors |= {f"done.{i}.{k}": x for k, x in done.items()}
        about = {"at": json.dumps(asdict(self._at)), "mark": self._mark, "layout": LAYOUT}
        write_tensors(self._path, tensors, about)

    def _read(self) -> tuple[dict[str, Tensor], At] | None:
        if self._path is None:
            return None
        try:
            with safe_open(str(self._path), framework="pt") as file:
                metadata = file.metadata()
                if metadata["mark"] != self._mark or metadata["layout"] != LAYOUT:
                    return None
                tensors = {k: file.get_tensor(k).clone() for k in file.keys()}  # noqa: SIM118
            return tensors, At(**json.loads(metadata["at"]))
        except (OSError, SafetensorError, KeyError, TypeError, ValueError):
            return None


def trained_state(model: Model) -> dict[str, Tensor]:
    """Copies, on the CPU, of all that a model does not share with the frozen backbone."""
    frozen = set()
    if model.backbone is not None:
        every = range(len(model.backbone.names))
        frozen = {f"backbone.links.{i}." for i in {*every} - {*every[model.backbone.trained]}}
    return {
        name: tensor.detach().to("cpu", copy=True).contiguous()
        for name, tensor in model.state_dict().items()
        if not any(name.startswith(prefix) for prefix in frozen)
    }


def write_tensors(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str]) -> None:
    """Writes a safetensors file so that it is there whole or not at all.

    Raises:
        KnownError: If the disk doesn't take it.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        save_file(tensors, part, metadata=metadata)
        part.replace(path)
    except (OSError, SafetensorError) as error:
        raise KnownError(
            f"{path.name} could not be written.", "The disk may be full or read-only; make room."
        ) from error


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): x for k, x in tensors.items() if k.startswith(prefix)}


def _optimiser_state(optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Tensors of the optimiser as ``NUMBER.NAME``; rates are set anew every epoch."""
    return {
        f"{number}.{name}": value.detach().to("cpu", copy=True).contiguous()
        for number, values in optimiser.state_dict()["state"].items()
        for name, value in values.items()
        if isinstance(value, Tensor)
    }


def _load_optimiser(optimiser: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    state: dict[int, dict[str, Any]] = {}
    for key, value in tensors.items():
        number, name = key.split(".", 1)
        state.setdefault(int(number), {})[name] = value
    whole = optimiser.state_dict()
    whole["state"] = state
    optimiser.load_state_dict(whole)
