"""Backbones as a chain of stages whose maps lie on known grids, cut where training begins."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval
from torch.utils.checkpoint import checkpoint

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.recipe import FIRST
from wsl_studio.domain.recipe import Backbone as BackboneSpec
from wsl_studio.domain.words import say
from wsl_studio.learn.chains import Chain, Stage, build
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.vit import Tokens
from wsl_studio.learn.weights import packaged_file, take_weights

IMAGE: Final = "image"
"""Name of the map that a wholly trained backbone starts from: the resized slice itself."""

TOKEN: Final = ".token"
"""Ending of the name of a cached class token, (S, 1, 1, C), which travels beside its map."""

SLICES_AT_ONCE: Final = 32
"""Slices that go through the trained part together where no gradient is asked for."""


class Backbone(nn.Module):
    """A chain of stages, cut into a frozen part that is cached and a part that is trained.

    Maps behind the cut that are kept as they came are cached too, from a copy of the chain of which
    nothing is trained; that copy makes all that is cached (``prefix``).

    ``slices_per_pass``, None for all, bounds the memory of training: each such part of the slices
    is computed a second time in the backward pass instead of being kept (Chen et al. 2016, arXiv
    1604.06174).

    Args:
        spec: Name, levels, first trained stage.
        chain: The whole network.
    """

    def __init__(self, spec: BackboneSpec, chain: Chain) -> None:
        super().__init__()
        names = [stage.name for stage in chain.stages]
        missing = [level for level in spec.levels if level not in names]
        if missing:
            raise KnownError(f"{spec.name} has no map named {missing[0]}.")
        last = 1 + max(names.index(level) for level in spec.levels)
        used = chain.stages[: max(last, self._behind_last(names, spec.kept))]
        self.levels = spec.levels
        self.kept = spec.kept
        self.names = tuple(stage.name for stage in used)
        self.links = nn.ModuleList(stage.module for stage in used)
        self.cut = len(used)
        if spec.train_from is not None:
            self.cut = dict(enumerate(chain.starts)).get(spec.train_from, len(chain.stages))
        if spec.train_from is not None and self.cut >= last:
            raise KnownError(
                f"Stage {spec.train_from} of {spec.name} lies behind the maps that are used.",
                "Train from an earlier stage.",
            )
        self.trained = slice(self.cut, last)
        # From scratch there are no statistics that a few series could spoil: there are none yet.
        self.learns_norms = spec.weights == "random" and self.cut == 0
        self.slices_per_pass: int | None = None
        grids = grids_of(used, leans=spec.weights != "random")
        widths = {stage.name: stage.widths for stage in used if stage.widths}
        self.grids = grids | {FIRST + level: grids[level] for level in self.kept}
        self.widths = widths | {FIRST + k: widths[k] for k in self.kept if k in widths}
        self._tokens = frozenset(stage.name for stage in used if stage.has_token)
        mean, deviation = chain.scaling
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.tensor(mean).view(1, -1, 1, 1))
        self.register_buffer("deviation", torch.tensor(deviation).view(1, -1, 1, 1))

    @staticmethod
    def _behind_last(names: Sequence[str], levels: Iterable[str]) -> int:
        """Links up to the last of some levels; 0 without any."""
        return 1 + max((names.index(level) for level in levels), default=-1)

    @property
    def first_links(self) -> nn.ModuleList:
        """Links that cached maps come from, in which nothing was trained."""
        return self.links[: max(self.cut, self._behind_last(self.names, self.kept))]

    @property
    def trunk(self) -> str | None:
        """Name of the cached map that training goes on from; None if nothing is trained."""
        if self.cut == len(self.names):
            return None
        return self.names[self.cut - 1] if self.cut else IMAGE

    @property
    def cached(self) -> tuple[str, ...]:
        """Names of the maps that are cached: kept and frozen levels, and the trunk as the last."""
        frozen = [level for level in self.levels if level in self.names[: self.cut]]
        kept = [FIRST + level for level in self.kept]
        return (*kept, *(level for level in frozen if level != self.trunk), *self._from)

    @property
    def _from(self) -> tuple[str, ...]:
        """Cached maps that the trained part takes: the trunk, after its token where it has one."""
        if self.trunk is None:
            return ()
        return (self.trunk + TOKEN, self.trunk) if self.trunk in self._tokens else (self.trunk,)

    def scaled(self, image: Tensor) -> Tensor:
        """(N, H, W, 3) uint8 to (N, 3, H, W) as the first stage takes it."""
        x = image.permute(0, 3, 1, 2).float().div_(255.0)
        return (x - self.mean) / self.deviation

    def prefix(self, image: Tensor) -> dict[str, Tensor]:
        """Maps to cache of (N, H, W, 3) uint8 slices, each (N, C, h, w)."""
        wanted = set(self.cached) - {IMAGE}
        out: dict[str, Tensor] = {}
        x: Tensor | Tokens = self.scaled(image) if wanted else image
        for name, link in zip(self.names, self.links, strict=True):
            if not wanted - set(out):
                break
            x = link(x)
            made = _named(name, x)
            out |= {key: value for key, value in made.items() if key in wanted}
            if FIRST + name in wanted:
                out[FIRST + name] = made[name]
        return out

    def forward(self, maps: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """What is trained: ``suffix``."""
        return self.suffix(maps)

    def suffix(self, maps: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """All level maps from the cached ones, (N, C, h, w) each; trains what lies between.

        An ``image`` among the maps is (N, H, W, 3) uint8.
        """
        levels = (*self.levels, *(FIRST + level for level in self.kept))
        out = {level: maps[level] for level in levels if level in maps}
        if self.trunk is None:
            return out
        given = [maps[name] for name in self._from]
        n, grows = len(given[0]), torch.is_grad_enabled()
        size = self.slices_per_pass or (n if grows else SLICES_AT_ONCE)
        parts = []
        for k in range(0, n, size):
            some = [x[k : k + size] for x in given]
            if grows and self.slices_per_pass:
                parts.append(checkpoint(self._behind, *some, use_reentrant=False))
            else:
                parts.append(self._behind(*some))
        return out | {
            name: torch.cat([part[name] for part in parts]) if len(parts) > 1 else parts[0][name]
            for name in parts[0]
        }

    def _behind(self, *given: Tensor) -> dict[str, Tensor]:
        """Level maps behind the cut."""
        x: Tensor | Tokens = given[-1]
        if self.cut == 0:
            x = self.scaled(given[0])
        elif len(given) > 1:
            x = (given[1], given[0].flatten(1))
        out = {}
        for name, link in zip(self.names[self.trained], self.links[self.trained], strict=True):
            x = link(x)
            if name in self.levels:
                out[name] = _named(name, x)[name]
        return out

    def trained_parameters(self) -> Iterable[nn.Parameter]:
        """Parameters from the cut to the last level that is trained."""
        return self.links[self.trained].parameters()

    def train(self, mode: bool = True) -> "Backbone":
        """Batch norm keeps the statistics it came with, unless it came with none.

        A few series would only spoil those of pretrained weights.
        """
        super().train(False)
        for module in self.modules() if mode and self.learns_norms else ():
            if isinstance(module, nn.BatchNorm2d):
                module.train()
        return self


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
        chain = build(spec.name)
    backbone = Backbone(spec, chain)
    sentences: tuple[str, ...] = ()
    if next(backbone.links.parameters(), None) is None:
        pass  # HOG has no weights to take
    elif spec.weights == "random":
        sentences = (_about_random(spec, backbone),)
    else:
        names = _file_names(backbone, chain.net)
        for network, wanted in _by_network(spec, chain, names).items():
            is_carried = spec.weights == "packaged"
            path = packaged_file(network) if is_carried else Path(spec.weights).expanduser()
            sentences += take_weights(backbone, wanted, path, network)
    backbone.requires_grad_(False)
    for parameter in backbone.trained_parameters():
        parameter.requires_grad_(True)
    return backbone.eval(), sentences


def _about_random(spec: BackboneSpec, backbone: Backbone) -> str:
    if backbone.learns_norms:
        return say("The backbone {name} is trained from scratch: this takes many labels.",
                   name=spec.name)  # fmt: skip
    return say(
        "The backbone {name} has random weights: maps will be poor. Give a file of"
        " pretrained weights, or use efficientnet_lite0, which carries its own.",
        name=spec.name,
    )


def _file_names(backbone: Backbone, net: nn.Module) -> dict[str, str]:
    """By the name of a tensor in the network's own files, its name in the chain."""
    files = {id(x): name for name, x in net.state_dict(keep_vars=True).items()}
    own = backbone.links.state_dict(prefix="links.", keep_vars=True)
    return {
        files[id(x)]: name for name, x in own.items() if not name.endswith("num_batches_tracked")
    }


def _by_network(
    spec: BackboneSpec, chain: Chain, names: dict[str, str]
) -> dict[str, dict[str, str]]:
    """Names in files and in the chain, by the network whose file they are read from.

    A file of one's own holds all of a backbone; packages hold a network each.
    """
    if spec.weights != "packaged" or not chain.parts:
        return {spec.name: names}
    return {
        part: {
            name.removeprefix(f"{part}."): own
            for name, own in names.items()
            if name.startswith(f"{part}.")
        }
        for part in chain.parts
    }


def _named(name: str, x: Tensor | Tokens) -> dict[str, Tensor]:
    """A link's output by the names it is cached under."""
    if isinstance(x, Tensor):
        return {name: x}
    return {name: x[0], name + TOKEN: x[1][..., None, None]}


def weights_digest(backbone: Backbone) -> str:
    """Hash of everything that shapes the cached maps."""
    digest = hashlib.sha256()
    for name, tensor in backbone.first_links.state_dict().items():
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def fold_batch_norms(module: nn.Module) -> None:
    """Folds each frozen batch norm into the convolution before it: same maps, several times faster.

    Looks for the pairs of EfficientNet-Lite, ResNet and of plain sequences by their names.
    """
    pairs = {"_conv": "_bn", "_expand_conv": "_bn0", "_depthwise_conv": "_bn1",
             "_project_conv": "_bn2", "conv1": "bn1", "conv2": "bn2", "conv3": "bn3",
             "0": "1"}  # fmt: skip
    for part in list(module.modules()):
        children = dict(part.named_children())
        for conv, norm in pairs.items():
            a, b = children.get(conv), children.get(norm)
            if isinstance(a, nn.Conv2d) and isinstance(b, nn.BatchNorm2d):
                setattr(part, conv, fuse_conv_bn_eval(a, b))
                setattr(part, norm, nn.Identity())


def grids_of(stages: Sequence[Stage], *, leans: bool = False) -> dict[str, Grid]:
    """Where the map of every stage lies, in pixels of the resized slice.

    Args:
        stages: From the image on.
        leans: True where weights are trained; see ``Stage.lean``.
    """
    stride, offset, out = 1.0, 0.0, {IMAGE: Grid(1.0, 0.0)}
    for stage in stages:
        for kernel, step, before in stage.steps:
            offset += stride * ((kernel - 1) / 2 - before)
            stride *= step
        lean = stage.lean if leans else 0.0
        out[stage.name] = Grid(stride, offset - lean * stride)
        if stage.has_token:
            out[stage.name + TOKEN] = out[stage.name]
    return out
