"""Evidence of any classifier without region scores: class activation maps of any layer, batched.

Only the gradient of the layer's output is computed, never that of a parameter, and what lies before
the layer leaves no graph behind.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

import torch
from torch import Tensor, nn

from wsl_studio.domain.errors import KnownError

Kind = Literal["cam", "gradcam", "gradcam++", "layercam"]


NOT_NATIVE: Final = (
    "Native maps need a layer right before a global mean and one linear layer.",
    "Choose the last layer with maps, or LayerCAM.",
)


@dataclass(frozen=True, eq=False)
class Explained:
    """Scores of some slices with their maps.

    Args:
        scores: (N, C) of all classes, raw.
        maps: (N, K, h, w) of the K classes that were asked for, float32.
    """

    scores: Tensor
    maps: Tensor


def explain(
    network: nn.Module,
    images: Tensor,
    *,
    layer: nn.Module,
    kind: Kind = "layercam",
    classes: Sequence[int] | None = None,
    is_signed: bool = False,
) -> Explained:
    """Scores and maps of slices in one forward pass.

    Args:
        network: From (N, 3, H, W) to (N, C) scores; set to evaluation by the caller.
        images: (N, 3, H, W).
        layer: A part of the network whose output is (N, D, h, w).
        kind: Which maps; ``cam`` asks for the last maps before a mean and one linear layer.
        classes: K classes; all of them if None.
        is_signed: Leaves the last ReLU of the paper away, so that evidence against is kept.

    Raises:
        KnownError: The layer gives no maps, is not part of the network's forward pass, or
            ``cam`` is asked of a network that is not built for it.
    """
    if kind == "cam":
        return native(network, images, layer=layer, classes=classes, is_signed=is_signed)
    with _activation(network, layer, is_leaf=True) as taken, torch.enable_grad():
        scores: Tensor = network(images)
    activation = taken()
    chosen = range(scores.shape[1]) if classes is None else classes
    maps = []
    for place, k in enumerate(chosen):
        (slope,) = torch.autograd.grad(
            scores[:, k].sum(), activation, retain_graph=place + 1 < len(chosen)
        )
        maps.append(GRADIENT_MAPS[kind](activation.detach(), slope))
    out = torch.stack(maps, 1).float()
    return Explained(scores.detach(), out if is_signed else out.clamp_min(0))


def native(
    network: nn.Module,
    images: Tensor,
    *,
    layer: nn.Module,
    classes: Sequence[int] | None = None,
    is_signed: bool = True,
) -> Explained:
    """Maps of a network that ends in a global mean and one linear layer: all classes at once.

    The score is the mean of the signed map plus the bias, exactly.

    Source:
        Zhou et al. 2016 (CVPR), equation 2: ``M_c = sum_k w_k^c f_k``.
    """
    last = last_linear(network)
    with _activation(network, layer, is_leaf=False) as taken, torch.inference_mode():
        scores: Tensor = network(images)
        activation = taken()
        if last is None or last.in_features != activation.shape[1]:
            raise KnownError(*NOT_NATIVE)
        n, channels, h, w = activation.shape
        whole = activation.mean((2, 3)) @ last.weight.T
        whole = whole if last.bias is None else whole + last.bias
        # What else lies between the maps and the score (a norm, a gate) shows here.
        if (whole - scores).abs().max() > 1e-3 * (1 + scores.abs().max()):
            raise KnownError(*NOT_NATIVE)
        weight = last.weight if classes is None else last.weight[list(classes)]
        maps = (weight @ activation.view(n, channels, h * w)).view(n, -1, h, w).float()
    return Explained(scores, maps if is_signed else maps.clamp_min(0))


def grad_cam(activation: Tensor, slope: Tensor) -> Tensor:
    """(N, h, w) maps, signed.

    Args:
        activation: (N, D, h, w).
        slope: (N, D, h, w), of the score by the activation.

    Source:
        Selvaraju et al. 2017 (ICCV), equations 1 and 2, before the ReLU.
    """
    return (slope.mean((2, 3), keepdim=True) * activation).sum(1)


def grad_cam_plus_plus(activation: Tensor, slope: Tensor) -> Tensor:
    """(N, h, w) maps, signed; arguments as ``grad_cam``.

    Source:
        Chattopadhay et al. 2018 (WACV), equations 5, 19 and 20, before the ReLU; higher
        derivatives of an exponential score are powers of the first, its own factor drops out.
    """
    square = slope.square()
    below = 2 * square + activation.sum((2, 3), keepdim=True) * square * slope
    share = square / torch.where(below != 0, below, 1.0)
    return ((share * slope.clamp_min(0)).sum((2, 3), keepdim=True) * activation).sum(1)


def layer_cam(activation: Tensor, slope: Tensor) -> Tensor:
    """(N, h, w) maps; arguments as ``grad_cam``.

    Source:
        Jiang et al. 2021 (TIP), equations 5 and 6, before the ReLU.
    """
    return (slope.clamp_min(0) * activation).sum(1)


GRADIENT_MAPS: Final[dict[str, Callable[[Tensor, Tensor], Tensor]]] = {
    "gradcam": grad_cam,
    "gradcam++": grad_cam_plus_plus,
    "layercam": layer_cam,
}


def last_linear(network: nn.Module) -> nn.Linear | None:
    """The last linear layer of a network."""
    found = [part for part in network.modules() if isinstance(part, nn.Linear)]
    return found[-1] if found else None


@contextmanager
def _activation(
    network: nn.Module, layer: nn.Module, *, is_leaf: bool
) -> Iterator[Callable[[], Tensor]]:
    """Takes a layer's output as it passes; as a leaf, nothing before it needs a gradient.

    The parameters' own wish for gradients is put back on leaving.
    """
    seen: list[Tensor] = []

    def take(_module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
        out = output.detach().requires_grad_() if is_leaf else output
        seen[:] = [out]
        # What comes next may work in place, and a leaf must stay as it is.
        return out.clone() if is_leaf else out

    def taken() -> Tensor:
        if not seen or seen[0].ndim != 4:
            raise KnownError("This layer gives no maps.", "Choose a layer of convolutions.")
        return seen[0]

    wishes = [(p, p.requires_grad) for p in network.parameters() if p.requires_grad]
    handle = layer.register_forward_hook(take)
    try:
        if is_leaf:
            for parameter, _ in wishes:
                parameter.requires_grad_(False)
        yield taken
    finally:
        handle.remove()
        for parameter, wish in wishes:
            parameter.requires_grad_(wish)
