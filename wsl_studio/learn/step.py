"""The gradient of one step, in as many passes as memory allows."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from wsl_studio.domain.recipe import Recipe
from wsl_studio.learn.bags import Balance, Labelled, total_loss
from wsl_studio.learn.device import is_out_of_memory
from wsl_studio.learn.memory import Plan
from wsl_studio.learn.model import Model


def careful_gradient(
    model: Model,
    inputs: Mapping[str, Tensor],
    group: Sequence[Labelled],
    *,
    plan: Plan,
    recipe: Recipe,
    balance: Balance,
    is_mirrored: bool,
) -> tuple[float, Plan]:
    """The gradient of a step; where memory runs out, the step is begun again in a smaller way.

    Weights change only after a whole step, so nothing that was learned is lost.

    Args:
        model: Its gradients are made anew.
        inputs: Maps of all bags of the group, slices of all bags along the first axis.
        group: The bags.
        plan: How it was taken so far.
        recipe: For the loss.
        balance: Of the training bags.
        is_mirrored: See ``Model.forward``.

    Returns:
        The loss, and the plan that went well.

    Raises:
        torch.OutOfMemoryError: Not even the smallest plan went well.
    """
    while True:
        plan.apply(model)
        model.zero_grad(set_to_none=True)
        try:
            return _gradient(
                model, inputs, group, plan.bags, recipe=recipe, balance=balance,
                is_mirrored=is_mirrored,
            ), plan  # fmt: skip
        except Exception as trouble:
            if not is_out_of_memory(trouble):
                raise
            tried = Plan(min(plan.bags, len(group)), plan.slices)
            less = tried.smaller(is_deep=model.backbone is not None)
            if less is None:
                raise
        # Only here, behind the handler, has the failed pass let go of its tensors.
        plan = less
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def _gradient(
    model: Model,
    inputs: Mapping[str, Tensor],
    group: Sequence[Labelled],
    bags: int,
    *,
    recipe: Recipe,
    balance: Balance,
    is_mirrored: bool,
) -> float:
    n, total = len(group), 0.0
    for first in range(0, n, bags):
        part = group[first : first + bags]
        some = {
            name: x[first * (len(x) // n) : (first + len(part)) * (len(x) // n)]
            for name, x in inputs.items()
        }
        kind = next(iter(some.values())).device.type
        with torch.autocast(kind, torch.bfloat16, enabled=kind == "cuda"):
            z = model(some, is_mirrored=is_mirrored)
        loss = total_loss(z.float(), part, recipe, balance) * (len(part) / n)
        torch.autograd.backward(loss)
        total += float(loss.detach())
    return total
