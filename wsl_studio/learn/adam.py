"""AdamW by torch's own update, with its state in our hands.

``torch.optim.Optimizer`` imports the compiler before its first step, which nothing here uses: 2 to
4 s of the first round of a process, and 150 MB.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import torch
from torch import Tensor
from torch.optim.adamw import adamw

BETAS: Final = (0.9, 0.999)
EPS: Final = 1e-8


class Adam:
    """Steps to the same bits as ``torch.optim.AdamW``, and as ``Adam`` with no decay.

    Args:
        groups: Parameters, or groups of them: dicts with ``params`` and, where it differs, ``lr``.
        lr: Learning rate of groups that say none.
        weight_decay: Decoupled, of all.

    Source:
        Loshchilov & Hutter 2019 (ICLR).
    """

    def __init__(
        self,
        groups: Iterable[Tensor] | Sequence[Mapping[str, Any]],
        lr: float = 1e-3,
        weight_decay: float = 0.0,
    ) -> None:
        given = list(groups)
        named = [dict(one) for one in given if isinstance(one, Mapping)]
        self.param_groups: list[dict[str, Any]] = [
            {"lr": lr, **one, "params": list(one["params"])} for one in named or [{"params": given}]
        ]
        self._decay = weight_decay
        self._state: dict[int, dict[str, Tensor]] = {}

    def zero_grad(self) -> None:
        """Forgets the gradients."""
        for _, p in self._numbered():
            p.grad = None

    @torch.no_grad()
    def step(self) -> None:
        """Moves every parameter that has a gradient."""
        number = 0
        for group in self.param_groups:
            params: list[Tensor] = []
            states = []
            for p in group["params"]:
                if p.grad is not None:
                    params.append(p)
                    states.append(self._state_of(number, p))
                number += 1
            if not params:
                continue
            adamw(
                params,
                [p.grad for p in params if p.grad is not None],
                [state["exp_avg"] for state in states],
                [state["exp_avg_sq"] for state in states],
                [],
                [state["step"] for state in states],
                amsgrad=False,
                beta1=BETAS[0],
                beta2=BETAS[1],
                lr=group["lr"],
                weight_decay=self._decay,
                eps=EPS,
                maximize=False,
            )

    def state_dict(self) -> dict[str, Any]:
        """``state`` by the number of the parameter, over all groups, as torch names it."""
        return {"state": {number: dict(state) for number, state in self._state.items()}}

    def load_state_dict(self, whole: Mapping[str, Any]) -> None:
        """Goes on from a ``state_dict``."""
        on = {number: p.device for number, p in self._numbered()}
        self._state = {
            number: {
                name: x.clone() if name == "step" else x.to(on[number], copy=True)
                for name, x in state.items()
            }
            for number, state in whole["state"].items()
        }

    def _numbered(self) -> Iterable[tuple[int, Tensor]]:
        return enumerate(p for group in self.param_groups for p in group["params"])

    def _state_of(self, number: int, p: Tensor) -> dict[str, Tensor]:
        if number not in self._state:
            self._state[number] = {
                "step": torch.zeros((), dtype=torch.float32),
                "exp_avg": torch.zeros_like(p, memory_format=torch.preserve_format),
                "exp_avg_sq": torch.zeros_like(p, memory_format=torch.preserve_format),
            }
        return self._state[number]
