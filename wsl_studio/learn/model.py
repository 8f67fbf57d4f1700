"""From cached maps to region scores: one small head a level, summed on the finest grid."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import torch
from torch import Tensor, nn

from wsl_studio.domain.recipe import Head as HeadSpec
from wsl_studio.domain.recipe import Recipe
from wsl_studio.learn.augment import PRESETS, Views, look
from wsl_studio.learn.backbone import Backbone
from wsl_studio.learn.branches import GatedAttention, LearnedSharpness, Parts
from wsl_studio.learn.coders import make_coder, make_rebuilder
from wsl_studio.learn.convlstm import ConvLSTM
from wsl_studio.learn.encode import Coder
from wsl_studio.learn.features import SHAPE
from wsl_studio.learn.kernel import KernelHead
from wsl_studio.learn.pool import Sharpness
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.scales import level_names


class LevelHead(nn.Module):
    """Region scores of one level: centre, standardise, hidden and finding layer, parts, gate.

    ``gate`` (K,) is 1 where the level may speak of a finding and 0 where it may not.

    Args:
        channels: Of the level's map.
        findings: K.
        spec: Widths, kernel, dropout, maps per finding.
        hidden: Channels of the hidden layer; 0 for none.
        kernel: Cells a side that the hidden layer sees.
        memory: Channels of a memory along the slices before all that; 0 for none.
        has_attention: Adds K attention logits behind the K scores.
        coder: Encoder between the level and all that, or None.
        views: How the encoder's input is varied in training, or None.
        seen: Channels that the head looks at, where it does not look at all of them.
        centre: Share of the mean of each slice that is taken off it; None for that of the spec.
    """

    def __init__(
        self,
        channels: int,
        findings: int,
        spec: HeadSpec,
        *,
        hidden: int,
        kernel: int,
        memory: int = 0,
        has_attention: bool = False,
        coder: Coder | None = None,
        views: Views | None = None,
        seen: slice | None = None,
        centre: float | None = None,
    ) -> None:
        super().__init__()
        self.seen = seen or slice(0, channels)
        self.findings = findings
        self.centre = spec.centre if centre is None else centre
        self.has_hidden = hidden > 0
        self.coder, self.views = coder, views
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("deviation", torch.ones(channels))
        self.gate: Tensor
        self.register_buffer("gate", torch.ones(findings))
        channels = len(range(channels)[self.seen])
        if coder is not None:
            channels = coder.channels
        self.memory = ConvLSTM(channels, memory) if memory else None
        out = findings * spec.maps
        layers: list[nn.Module] = [nn.Dropout2d(spec.dropout)]
        if hidden:
            layers += [
                nn.Conv2d(channels, hidden, kernel, padding=kernel // 2),
                nn.ReLU(inplace=True),
                nn.Dropout2d(spec.dropout),
                nn.Conv2d(hidden, out, 1),
            ]
        else:
            layers.append(nn.Conv2d(channels, out, 1))
        self.layers = nn.Sequential(*layers)
        wide = hidden or channels
        self.parts = Parts(wide, findings, spec.parts, spec.reach) if spec.parts else None
        self.attention = GatedAttention(wide, findings) if has_attention else None

    def forward(self, x: Tensor, n_bags: int = 1) -> Tensor:
        """(B S, C, h, w) slices of B bags to (B S, K, h, w); (B S, 2 K, h, w) with attention."""
        if self._folds(x):
            return self.read(self._folded(x), first=2)
        y = self.standardised(x)[:, self.seen]
        if self.views is not None and self.training:
            y = look(y, self.views)
        y = y if self.coder is None else self.coder(y)
        if self.memory is not None:
            y = self.memory(y, n_bags)
        return self.read(y)

    def read(self, y: Tensor, *, first: int = 0) -> Tensor:
        """What ``forward`` gives, of a code that is there already; from its layer ``first`` on."""
        layers = list(self.layers)[first:]
        for layer in layers[:-1]:
            y = layer(y)
        z: Tensor = layers[-1](y) if layers else y
        if z.shape[1] != self.findings:
            n, _, h, w = z.shape
            z = z.view(n, self.findings, -1, h, w).mean(2)
        if self.parts is not None:
            z = z + self.parts(y)
        if self.attention is not None:
            z = torch.cat([z, self.attention(y)], 1)
        return z * self.gate.repeat(z.shape[1] // self.findings)[:, None, None]

    @property
    def sees_one_cell(self) -> bool:
        """True if scores of a cell follow from the map in that cell alone."""
        first = self.layers[1]
        between = (self.coder, self.views, self.memory)
        is_bare = not self.centre and all(part is None for part in between)
        is_narrow = isinstance(first, nn.Conv2d) and first.kernel_size == (1, 1)
        return is_bare and is_narrow and self.parts is None

    def _folds(self, x: Tensor) -> bool:
        """True if the first layer may standardise by its weights: a pass over the maps less.

        That pass was a third of a round of stacks. Not in half precision, where a channel that
        hardly varies would lose all its digits, nor where something comes between.
        """
        dropout = self.layers[0]
        assert isinstance(dropout, nn.Dropout2d)
        return (
            self.sees_one_cell
            and (self.has_hidden or self.attention is None)
            and (dropout.p == 0 or not self.training)
            and not torch.is_autocast_enabled(x.device.type)
        )

    def _folded(self, x: Tensor) -> Tensor:
        """The first layer of standardised maps, from those that are not."""
        first = self.layers[1]
        assert isinstance(first, nn.Conv2d)
        assert first.bias is not None
        weight = first.weight / self.deviation[self.seen, None, None]
        bias = first.bias - weight.flatten(1) @ self.mean[self.seen]
        x = x[:, self.seen]
        if not x.is_contiguous(memory_format=torch.channels_last):
            return nn.functional.conv2d(x, weight, bias)
        # As one product. The gradient of such a convolution waits for every core: where another
        # job had one of two, it took 16 ms and this 3; alone 1.7 both.
        return nn.functional.linear(x.movedim(1, -1), weight.flatten(1), bias).movedim(-1, 1)

    def standardised(self, x: Tensor) -> Tensor:
        """(N, C, h, w) with mean 0 and deviation 1 over the training regions."""
        return (centred(x, self.centre) - self.mean[:, None, None]) / self.deviation[:, None, None]

    @property
    def neutral(self) -> Tensor:
        """(C,) values that are 0 once standardised, of a map that has them everywhere."""
        return self.mean / (1 - self.centre) if self.centre < 1 else torch.zeros_like(self.mean)

    def standardise(self, maps: Iterable[Tensor]) -> None:
        """Takes mean and deviation of every channel from (S, C, h, w) maps, a series each.

        Every series counts the same: by regions, one long series among short ones would decide.
        """
        moments = []
        for x in maps:
            flat = centred(x.detach().double(), self.centre)
            moments.append(torch.stack([flat.mean((0, 2, 3)), flat.square().mean((0, 2, 3))]))
        mean, square = torch.stack(moments).mean(0)
        self.mean.copy_(mean)
        self.deviation.copy_((square - mean**2).clamp_min(0).sqrt().clamp_min(1e-3))


def centred(x: Tensor, share: float) -> Tensor:
    """(N, C, h, w) without a share of the mean over each slice, in which pictures differ.

    Taken wholly it is the first half of instance normalisation (Ulyanov et al. 2016, arXiv
    1607.08022, equation 2).
    """
    return x - share * x.mean((2, 3), keepdim=True) if share else x


class Model(nn.Module):
    """All level heads, with the trained part of the backbone where there is one.

    ``copies`` is how many times scores of each slice come back in training: once for every member
    where several are trained side by side (``learn.joint``), all slices of one after the other.

    Args:
        recipe: Head and backbone.
        findings: K.
        grids: Grid of every map.
        channels: Channels of every level.
        backbone: Only where a part of it is trained.
        seen: Channels that the heads look at, by level; deep levels that are not in it have no
            head. Empty where all look at all.
    """

    def __init__(
        self,
        recipe: Recipe,
        findings: int,
        grids: Mapping[str, Grid],
        channels: Mapping[str, int],
        backbone: Backbone | None = None,
        seen: Mapping[str, slice] | None = None,
    ) -> None:
        super().__init__()
        self.backbone = backbone
        self.copies = 1
        spec = recipe.head
        memory = spec.temporal_channels if spec.temporal == "convlstm" else 0
        self.deep = tuple(
            level for level in level_names(recipe.backbone) if not seen or level in seen
        )
        levels = [*self.deep, *([SHAPE] if SHAPE in channels else [])]
        code = recipe.code
        coders = {level: make_coder(code, channels[level]) for level in self.deep}
        there = {level: grids[level] for level in levels}
        there |= {level: coder.grid(grids[level]) for level, coder in coders.items() if coder}
        self.levels = sorted(levels, key=lambda level: (there[level].stride, level))
        self.grids = {level: there[level] for level in self.levels}
        how = recipe.pool
        is_learned = how.kind == "lse" and how.is_learned
        self.learned = LearnedSharpness(how, findings) if is_learned else None
        # A machine's weights are those of a single layer, or it has a head of its own.
        is_machine = recipe.fit.solver == "svm"
        hidden, shape_hidden = (0, 0) if is_machine else (spec.hidden, spec.shape_hidden)
        self.machine = None
        if is_machine and recipe.svm.kernel == "rbf":
            self.machine = KernelHead(sum(channels[level] for level in self.levels), findings)
        self.heads = nn.ModuleDict(
            {
                level: LevelHead(
                    channels[level],
                    findings,
                    spec,
                    hidden=shape_hidden if level == SHAPE else hidden,
                    kernel=1 if level == SHAPE else spec.kernel,
                    memory=0 if level == SHAPE else memory,
                    has_attention=how.kind == "attention",
                    coder=coders.get(level),
                    views=None if level == SHAPE or code.views is None else PRESETS[code.views],
                    seen=(seen or {}).get(level),
                    centre=0.0 if level == SHAPE else None,  # where it is 0, nothing is there
                )
                for level in self.levels
            }
        )
        made = {
            level: make_rebuilder(code, channels[level], coders.get(level), findings)
            for level in self.deep
        }
        self.rebuilders = nn.ModuleDict({level: one for level, one in made.items() if one})
        # What unlabelled series teach keeps its weights here while it trains (learn.unlabelled).
        self.aside = nn.ModuleDict()
        self.fuse = spec.fuse
        fixed = torch.tensor(spec.fuse_weights or (1.0,) * len(self.deep))
        if len(fixed) != len(self.deep):
            raise ValueError("fixed weights of levels are one a level and scale")
        self.fixed: Tensor
        self.register_buffer("fixed", fixed / fixed.sum(), persistent=False)
        # Softmax of zeros: all levels and scales have the same say until training knows better.
        self.theta = nn.Parameter(torch.zeros(len(self.deep))) if spec.fuse == "learned" else None

    @property
    def sharpness(self) -> Sharpness | None:
        """Of the pooling, where it is learned."""
        return None if self.learned is None else self.learned()

    @property
    def finest(self) -> Grid:
        """The grid that region scores lie on."""
        return self.grids[self.levels[0]]

    @property
    def fuse_weights(self) -> Tensor:
        """(L,) say of every deep level (at every scale), in the order of the recipe."""
        if self.theta is not None:
            return torch.softmax(self.theta, 0)
        return self.fixed if self.fuse == "fixed" else torch.ones_like(self.fixed)

    def forward(
        self, maps: Mapping[str, Tensor], *, n_bags: int = 1, is_mirrored: bool = False
    ) -> Tensor:
        """Region scores.

        Args:
            maps: (N, C, h, w) float by level, and the trunk (or ``image``, (N, H, W, 3) uint8)
                where the backbone is trained.
            n_bags: Series of equal length that the N slices belong to, one after the other.
            is_mirrored: Lets the heads see left and right exchanged. Scores come back in the
                place of their region, since grids need not lie symmetric on the slice.

        Returns:
            (N, K, h, w) float32 on the finest grid; (N, 2 K, h, w) where the recipe pools by
            attention, with its logits behind the scores.
        """
        if self.machine is not None:
            z: Tensor = self.machine(self.regions(maps))
            return z
        return self.fused(self.level_scores(maps, n_bags=n_bags, is_mirrored=is_mirrored))

    def level_scores(
        self, maps: Mapping[str, Tensor], *, n_bags: int = 1, is_mirrored: bool = False
    ) -> dict[str, Tensor]:
        """Region scores of every level by itself, on the finest grid; see ``forward``."""
        ready = self.level_maps(maps)
        out: dict[str, Tensor] = {}
        for level in self.levels:  # the finest first: it says the size
            head, x = self.heads[level], ready[level]
            # A head that sees one cell at a time says the same of it in a mirror.
            turns = is_mirrored and not (isinstance(head, LevelHead) and head.sees_one_cell)
            z = head(x.flip(3) if turns else x, n_bags).float()
            z = z.flip(3) if turns else z
            size = next(iter(out.values()), z).shape[-2:]
            out[level] = resample(z, self.grids[level], self.finest, (size[0], size[1]))
        return out

    def fused(self, each: Mapping[str, Tensor]) -> Tensor:
        """One (N, K, h, w) of those of all levels.

        Source:
            Quellec et al. 2012 (MedIA): relevance of a place is a weighted mean over scales.
        """
        parts = list(each.values())
        if self.fuse != "sum":
            weights = dict(zip(self.deep, self.fuse_weights, strict=True))
            parts = [z if level == SHAPE else weights[level] * z for level, z in each.items()]
        return sum(parts[1:], start=parts[0])

    def runs_backbone(self, maps: Mapping[str, Tensor]) -> bool:
        """True if a trained part of the backbone has to make some of the level maps."""
        return self.backbone is not None and any(level not in maps for level in self.levels)

    def regions(self, maps: Mapping[str, Tensor]) -> Tensor:
        """(N, D, h, w) standardised features of all levels, joined on the finest grid."""
        ready = self.level_maps(maps)
        size = ready[self.levels[0]].shape[-2:]
        parts = []
        for level in self.levels:
            head = self.heads[level]
            assert isinstance(head, LevelHead)
            x = head.standardised(ready[level])
            parts.append(resample(x, self.grids[level], self.finest, (size[0], size[1])))
        return torch.cat(parts, 1)

    def level_maps(self, maps: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """(N, C, h, w) of every level; the trained part of the backbone runs here.

        Not where its maps are there already, since members may share it.
        """
        out = dict(maps)
        if self.backbone is not None and self.runs_backbone(maps):
            out.update(self.backbone.suffix(out))
        return {level: out[level] for level in self.levels}


def resample(z: Tensor, there: Grid, here: Grid, size: tuple[int, int]) -> Tensor:
    """Bilinear values of (N, K, h, w) on another grid, by the true position of every cell.

    Beyond the outermost cells the border value holds.
    """
    if there == here and z.shape[-2:] == size:
        return z
    down = _weights(there, here, z.shape[-2], size[0]).to(z)
    across = _weights(there, here, z.shape[-1], size[1]).to(z)
    return torch.einsum("ih,nkhw,jw->nkij", down, z, across)


@lru_cache(maxsize=256)
def _weights(there: Grid, here: Grid, n: int, m: int) -> Tensor:
    """(m, n) weights of linear interpolation from cells of one grid to those of another."""
    # First asked for in inference mode, they would be of no use to training.
    with torch.inference_mode(False):
        return _interpolation(there, here, n, m)


def _interpolation(there: Grid, here: Grid, n: int, m: int) -> Tensor:
    at = (here.offset + here.stride * torch.arange(m) - there.offset) / there.stride
    at = at.clamp(0, n - 1)
    low = at.floor().long()
    high = (low + 1).clamp_max(n - 1)
    out = torch.zeros(m, n)
    rows = torch.arange(m)
    out[rows, low] += 1 - (at - low)
    out[rows, high] += at - low
    return out
