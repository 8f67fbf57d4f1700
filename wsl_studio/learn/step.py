"""One step of training: how many bags it sees, and its gradient in the memory there is."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from wsl_studio.domain.recipe import Recipe
from wsl_studio.learn import memory
from wsl_studio.learn.bags import Balance, Labelled, Maps, total_loss
from wsl_studio.learn.device import half, is_out_of_memory
from wsl_studio.learn.memory import Plan
from wsl_studio.learn.model import Model


def bags_per_step(recipe: Recipe, n: int) -> int:
    """Bags of a step where there are ``n`` training bags."""
    # Few bags in large steps are few steps: 14 bags at 8 a step left effusion half learned.
    return min(recipe.fit.bags_per_step, max(2, n // 4))


def plan_step(
    model: Model, training: Sequence[Labelled], recipe: Recipe, maps: Maps
) -> tuple[Plan, str]:
    """How a step is to be taken in the memory there is, and a sentence if it can't be whole."""
    bags, is_deep = bags_per_step(recipe, len(training)), model.backbone is not None
    free = memory.free_bytes(maps.device)
    longest = max(training, key=lambda bag: bag.features.n_bytes)
    cost = memory.measure(
        model.train(), maps.of(longest.uid, longest.features), kept=maps.will_keep(training)
    )
    slices = longest.features.n_slices
    plan = memory.choose(cost, bags=bags, slices=slices, free=free, is_deep=is_deep)
    if free is None or plan == Plan(bags):
        return plan, ""
    return plan, memory.said(plan, cost, bags=bags, slices=slices, free=free)


def careful_gradient(
    model: Model,
    inputs: Mapping[str, Tensor],
    group: Sequence[Labelled],
    *,
    trained: Sequence[Tensor],
    plan: Plan,
    recipe: Recipe,
    balance: Balance,
    is_mirrored: bool,
) -> tuple[float, Plan]:
    """The gradient of a step; where memory runs out, the step is begun again in a smaller way.

    Weights change only after a whole step, so nothing that was learned is lost.

    Args:
        model: What learns.
        inputs: Maps of all bags of the group, slices of all bags along the first axis.
        group: The bags.
        trained: Its parameters, whose gradients are made anew. To find them in every step took
            longer than to clear them where heads alone are trained beside a large backbone.
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
        for parameter in trained:
            parameter.grad = None
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
        is_wide = recipe.is_joint and not model.runs_backbone(some)
        with half(kind, is_wide=is_wide):
            each = model.level_scores(some, n_bags=len(part), is_mirrored=is_mirrored)
            z = model.fused(each)
        deep = [each[level].float() for level in model.deep]
        copied = [*part] * model.copies
        loss = total_loss(z.float(), copied, recipe, balance, model.sharpness, deep)
        loss = loss * (len(part) / n)
        torch.autograd.backward(loss * model.copies)  # the loss is a mean, steps are each's own
        total += float(loss.detach())
    return total
