"""What a step of training takes of memory, what there is, and how to take the step in less."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from wsl_studio.domain.words import say
from wsl_studio.learn.device import AHEAD, half
from wsl_studio.learn.model import Model

SHARE: Final = 0.75
"""Of what is free: measured peaks on a CPU were 1.0 to 1.27 times the estimate (fragments)."""

FIRST_SLICES: Final = 16
"""Slices that are kept at once when a series no longer fits whole."""


@dataclass(frozen=True)
class Plan:
    """How a step is taken; whatever the plan, the optimiser sees the gradient of all its bags.

    Passes are weighed by their bags. That is the gradient of the whole step exactly where every
    bag has the same labels and weights, and close to it elsewhere.

    Args:
        bags: Bags in one pass; the gradients of several passes are added.
        slices: Slices of which the trained backbone keeps what it computed, the others being
            computed again in the backward pass; None for all.
    """

    bags: int
    slices: int | None = None

    def smaller(self, *, is_deep: bool) -> "Plan | None":
        """The next plan that takes less, or None.

        Args:
            is_deep: True where a part of the backbone is trained.
        """
        if self.bags > 1:
            return Plan(self.bags // 2, self.slices)
        if not is_deep or self.slices == 1:
            return None
        return Plan(1, FIRST_SLICES if self.slices is None else self.slices // 2)

    def apply(self, model: Model) -> None:
        """Tells a model how many slices to keep."""
        if model.backbone is not None:
            model.backbone.slices_per_pass = self.slices

    @property
    def words(self) -> str:
        """``2 series at a time``, ``1 series at a time, 8 of its slices``."""
        if self.slices:
            return say("{n} series at a time, {k} of its slices", n=self.bags, k=self.slices)
        return say("{n} series at a time", n=self.bags)


@dataclass(frozen=True)
class Cost:
    """Bytes that training takes.

    Args:
        fixed: Parameters, gradients, optimiser, copies of weights, maps that are kept.
        given: Cached maps of a slice.
        heads: What the heads keep of a slice for the backward pass.
        deep: What the trained part of the backbone keeps of a slice.
        working: What the largest operation needs of a slice while its gradient is made: the
            gradients of what it takes and gives, and a work space of the same size.
    """

    fixed: int
    given: int
    heads: int
    deep: int
    working: int = 0

    def of(self, plan: Plan, *, bags: int, slices: int) -> int:
        """Peak bytes of steps of some bags of so many slices each, taken by a plan."""
        waiting = (1 + AHEAD) * bags * slices * self.given
        rows = min(plan.bags, bags) * slices
        kept = rows if plan.slices is None else min(rows, plan.slices)
        return self.fixed + waiting + rows * self.heads + kept * (self.deep + self.working)


def measure(model: Model, maps: Mapping[str, Tensor], *, kept: int = 0) -> Cost:
    """Counts what a model keeps for its backward pass, on one and on two slices.

    Every tensor that autograd saves is counted once; what does not grow with the slices (weights
    in half precision) is told from what does by the difference of the two.

    Args:
        model: In training, on its device.
        maps: Cached maps of one series, as training takes them.
        kept: Bytes of maps that stay in memory from step to step.
    """
    one = {name: x[:1] for name, x in maps.items()}
    two = {name: torch.cat([x, x]) for name, x in one.items()}
    known = {x.untyped_storage().data_ptr() for x in model.state_dict().values()}
    first, _ = _saved(model, one, known)
    second, largest = _saved(model, two, known)
    deep = 0
    if model.backbone is not None and model.runs_backbone(one):
        suffix = model.backbone.suffix
        deep = _saved(suffix, two, known)[0] - _saved(suffix, one, known)[0]
    parameters = sum(_size(p) for p in model.parameters())
    trained = sum(_size(p) for p in model.parameters() if p.requires_grad)
    each = second - first
    return Cost(
        # A gradient, two moments of it, and a copy of the best weights.
        fixed=parameters + 4 * trained + max(0, first - each) + kept,
        given=sum(_size(x) for x in one.values()),
        heads=each - deep,
        deep=deep,
        working=3 * largest // 2,
    )


def choose(cost: Cost, *, bags: int, slices: int, free: int | None, is_deep: bool) -> Plan:
    """The largest plan that fits, or the smallest of all.

    Args:
        cost: Of the model.
        bags: Of one step.
        slices: Of the longest series.
        free: Bytes; None where that is not known, and then the step is taken whole.
        is_deep: True where a part of the backbone is trained.
    """
    plan = Plan(bags)
    while free is not None and cost.of(plan, bags=bags, slices=slices) > SHARE * free:
        smaller = plan.smaller(is_deep=is_deep)
        if smaller is None:
            break
        plan = smaller
    return plan


def said(plan: Plan, cost: Cost, *, bags: int, slices: int, free: int) -> str:
    """The sentence that proposes a smaller plan."""
    need = cost.of(Plan(bags), bags=bags, slices=slices)
    now = cost.of(plan, bags=bags, slices=slices)
    return say(
        "A step of {n} series would take about {need} of memory and {free} are free:"
        " it is taken {plan} ({now}).",
        n=bags, need=gib(need), free=gib(free), plan=plan.words, now=gib(now),
    )  # fmt: skip


def gib(size: int) -> str:
    """``3.2 GiB``."""
    return say("{n:.1f} GiB", n=size / 2**30)


def free_bytes(device: torch.device) -> int | None:
    """Memory that is free on a device; None where the system does not say."""
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        # What torch has taken and not given out is free too.
        return free + torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = [line.split() for line in lines if line.startswith("MemAvailable:")]
    return int(found[0][1]) * 1024 if found else None


def _saved(
    run: Callable[[Mapping[str, Tensor]], object], maps: Mapping[str, Tensor], known: set[int]
) -> tuple[int, int]:
    """Bytes of all that autograd saves while something runs, and of the largest of it.

    Args:
        run: What.
        maps: What it is given.
        known: Addresses of its parameters, which are not counted, like what it is given.
    """
    known = known | {x.untyped_storage().data_ptr() for x in maps.values()}
    seen: dict[int, Tensor] = {}  # the tensors too, so that no address is used twice

    def pack(x: Tensor) -> Tensor:
        seen.setdefault(x.untyped_storage().data_ptr(), x)
        return x

    kind = next(iter(maps.values())).device.type
    with (
        torch.enable_grad(),
        half(kind),
        torch.autograd.graph.saved_tensors_hooks(pack, lambda x: x),
    ):
        out = run(maps)
    del out
    sizes = [x.untyped_storage().nbytes() for at, x in seen.items() if at not in known]
    return sum(sizes), max(sizes, default=0)


def _size(x: Tensor) -> int:
    return x.numel() * x.element_size()
