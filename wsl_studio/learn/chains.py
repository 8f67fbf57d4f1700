"""The networks on offer, each as a chain of stages with what every stage does to the grid."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from torch import nn

from wsl_studio.domain.errors import KnownError
from wsl_studio.learn.beside import Beside
from wsl_studio.learn.efficientnet_lite import (
    GROWTH,
    LATE,
    LEAN,
    TOGETHER,
    Block,
    Stem,
    plan,
)
from wsl_studio.learn.hog import CELL, Hog
from wsl_studio.learn.vit import Blocks, Patches

Step = tuple[float, int, float]
"""(kernel, stride, padding before) of an operation that changes the grid."""

Scaling = tuple[tuple[float, ...], tuple[float, ...]]
"""(mean, standard deviation) of each channel of the input in [0, 1]."""

_IMAGENET: Final = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_HALF: Final = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))

PIXELS: Final = "pixels"
"""A backbone that hands on the pixels of the resized slice, for an encoder of our own."""

FAMILIES: Final = ("resnet", "wide_resnet", "densenet", "convnext", "efficientnet_b", "vit_b_16")
"""torchvision networks whose layers are known here, by the beginning of their name."""


@dataclass(frozen=True)
class Stage:
    """One link of the chain.

    Args:
        name: What a recipe calls its map.
        module: From the map before to this one.
        steps: What it does to the grid.
        has_token: True if a class token travels beside the map.
        channels: Of the map, where ``learn.beside`` asks for them.
        widths: Channels of every network in the map, where several stand side by side.
        lean: Cells by which trained weights look up and left of the middle of their kernels.
    """

    name: str
    module: nn.Module
    steps: tuple[Step, ...] = ()
    has_token: bool = False
    channels: int = 0
    widths: tuple[int, ...] = ()
    lean: float = 0.0


@dataclass(frozen=True)
class Chain:
    """A whole network as links.

    Args:
        net: The network whose parts the links are, with the names that its weight files use.
        stages: All links.
        starts: Index of the first link of each of the stages that a recipe counts.
        scaling: Of the input.
        parts: Networks side by side, each with weights of its own; () for one network.
    """

    net: nn.Module
    stages: list[Stage]
    starts: tuple[int, ...]
    scaling: Scaling = _IMAGENET
    parts: tuple[str, ...] = ()


def build(name: str, **how: Any) -> Chain:
    """The chain of a network, its weights as they are first drawn.

    Args:
        name: Of the network.
        how: Handed on to torchvision (``num_classes``).

    Raises:
        KnownError: There is no such network.
    """
    if name in GROWTH:
        return _lite(name)
    if name in TOGETHER:
        return _beside({part: _lite(part) for part in TOGETHER[name]})
    if name == "hog":
        return _hog()
    if name == PIXELS:
        return Chain(nn.Identity(), [Stage(PIXELS, nn.Identity())], (0, 1, 1, 1, 1), _HALF)
    net = torchvision_network(name, **how)
    if name.startswith("densenet"):
        return _densenet(net)
    if name.startswith("convnext"):
        return _convnext(net)
    if name.startswith("efficientnet"):
        return _efficientnet(net)
    if name.startswith("vit"):
        return _vit(net)
    return _resnet(net)


def torchvision_network(name: str, **how: Any) -> Any:
    """A torchvision network of a known family, random; ``KnownError`` for any other name."""
    import torchvision  # costs a second that the packaged backbone does not need

    maker = getattr(torchvision.models, name, None)
    if maker is None or not name.startswith(FAMILIES):
        raise KnownError(f"There is no backbone {name}.", "See the method's options.")
    return maker(weights=None, **how)


def _lite(name: str) -> Chain:
    stem, net = Stem(), nn.Module()
    stages = [Stage("stem", stem, ((3, 2, 0),), lean=LEAN)]
    before = 32
    blocks, starts = plan(name)
    late = LATE.get(name, LEAN)
    for i, (kernel, stride, expand, channels) in enumerate(blocks):
        steps = ((kernel, 2, (kernel - 2) // 2),) if stride == 2 else ()
        block = Block(kernel, stride, expand, before, channels)
        lean = LEAN if i < starts[5] else late
        stages.append(Stage(f"block{i}", block, steps, channels=channels, lean=lean))
        before = channels
    net._conv_stem, net._bn0 = stem._conv, stem._bn
    net._blocks = nn.ModuleList(stage.module for stage in stages[1:])
    # A stage that halves the map begins one: the second, third, fourth and sixth do.
    return Chain(net, stages, (0, *(1 + starts[k] for k in (1, 2, 3, 5))), _HALF)


def _beside(chains: Mapping[str, Chain]) -> Chain:
    """A chain of the five stages that a recipe counts, each of all networks.

    Names in files are those of the networks, with the network's own before them.
    """
    each = list(chains.values())
    stages: list[Stage] = []
    before: tuple[int, ...] = ()
    for k in range(len(each[0].starts)):
        cut = [chain.stages[_from(chain, k) : _from(chain, k + 1)] for chain in each]
        steps = {tuple(step for stage in some for step in stage.steps) for some in cut}
        if len(steps) > 1:
            raise ValueError("networks side by side need maps on the same grids")
        parts = [nn.Sequential(*(stage.module for stage in some)) for some in cut]
        widths = tuple(some[-1].channels for some in cut)
        lean = sum(some[-1].lean for some in cut) / len(cut)
        module = Beside(parts, before)
        stages.append(Stage(f"stage{k}", module, steps.pop(), widths=widths, lean=lean))
        before = widths
    net = nn.ModuleDict({name: chain.net for name, chain in chains.items()})
    return Chain(net, stages, tuple(range(len(stages))), each[0].scaling, tuple(chains))


def _from(chain: Chain, stage: int) -> int:
    """Index of the first link of a stage; the number of links behind the last."""
    return chain.starts[stage] if stage < len(chain.starts) else len(chain.stages)


def _hog() -> Chain:
    stages = [
        Stage("hog8", Hog(), ((CELL, CELL, 0),)),
        Stage("hog16", nn.AvgPool2d(2), ((2, 2, 0),)),
    ]
    net = nn.Sequential(*(stage.module for stage in stages))
    return Chain(net, stages, (0, 1, 2, 2, 2), _HALF)


def _resnet(net: Any) -> Chain:
    stem = nn.Sequential(net.conv1, net.bn1, net.relu, net.maxpool)
    stages = [Stage("stem", stem, ((7, 2, 3), (3, 2, 1))), Stage("layer1", net.layer1)]
    stages += [Stage(f"layer{i}", getattr(net, f"layer{i}"), ((3, 2, 1),)) for i in (2, 3, 4)]
    return Chain(net, stages, (0, 1, 2, 3, 4))


def _densenet(net: Any) -> Chain:
    f = net.features
    stem = nn.Sequential(f.conv0, f.norm0, f.relu0, f.pool0)
    stages = [Stage("stem", stem, ((7, 2, 3), (3, 2, 1)))]
    for i in (1, 2, 3, 4):
        stages.append(Stage(f"denseblock{i}", getattr(f, f"denseblock{i}")))
        if i < 4:
            stages.append(Stage(f"transition{i}", getattr(f, f"transition{i}"), ((2, 2, 0),)))
    return Chain(net, stages, (0, 1, 3, 5, 7))


def _convnext(net: Any) -> Chain:
    stages = [Stage("stem", net.features[0], ((4, 4, 0),))]
    for i in (1, 2, 3, 4):
        stages.append(Stage(f"stage{i}", net.features[2 * i - 1]))
        if i < 4:
            stages.append(Stage(f"down{i}", net.features[2 * i], ((2, 2, 0),)))
    return Chain(net, stages, (0, 1, 3, 5, 7))


def _efficientnet(net: Any) -> Chain:
    """EfficientNet-B0 ... B7 (Tan and Le 2019, arXiv 1905.11946, table 1)."""
    stages = [Stage("stem", net.features[0], ((3, 2, 1),))]
    kernels, strides = (3, 3, 5, 3, 5, 5, 3), (1, 2, 2, 2, 1, 2, 1)
    for i, (kernel, stride) in enumerate(zip(kernels, strides, strict=True), start=1):
        steps = ((kernel, 2, (kernel - 1) // 2),) if stride == 2 else ()
        stages.append(Stage(f"stage{i}", net.features[i], steps))
    return Chain(net, stages, (0, 2, 3, 4, 6))


def _vit(net: Any) -> Chain:
    """ViT-B/16 (Dosovitskiy 2021, arXiv 2010.11929): every map lies on the grid of the patches."""
    patches = Patches(net.conv_proj, net.class_token, net.encoder.pos_embedding)
    side = patches.side
    stages = [Stage("patches", patches, ((side, side, 0),), has_token=True)]
    layers = list(net.encoder.layers)
    each = len(layers) // 4
    for i in range(4):
        norm = net.encoder.ln if i == 3 else None
        part = Blocks(layers[each * i : each * (i + 1) if i < 3 else None], norm)
        stages.append(Stage(f"blocks{i + 1}", part, has_token=True))
    return Chain(net, stages, (0, 2, 3, 4))
