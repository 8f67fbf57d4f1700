"""A fully supervised upper bound on the same network: trained on masks, for comparison only.

It answers what the backbone and the grid allow at most. It is no method of the program,
which never sees a mask: nothing outside the benches may import this room.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Head
from wsl_studio.learn.bags import Maps
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.make import standardise
from wsl_studio.learn.model import Model
from wsl_studio.learn.preprocess import Grid

EPOCHS: Final = 30
PER_STEP: Final = 8
RATE: Final = 2e-3
HEAD: Final = Head(hidden=64, kernel=3, dropout=0.2)
"""A linear head, tried first, bounded nothing: on BCCD it pointed worse than labels alone did."""

Cells = NDArray[np.float32]


def cell_targets(mask: NDArray[np.bool_], features: SeriesFeatures, grid: Grid) -> Cells:
    """(h, w) share of the mask under each cell of a grid, from an (H, W) mask."""
    frame = features.frame
    shape = (grid.cells(frame.rows), grid.cells(frame.columns))
    place = frame.placement(grid)
    ys = np.floor((np.arange(mask.shape[0]) - place.offset_y) / place.stride_y + 0.5).astype(int)
    xs = np.floor((np.arange(mask.shape[1]) - place.offset_x) / place.stride_x + 0.5).astype(int)
    at = (np.clip(ys, 0, shape[0] - 1)[:, None], np.clip(xs, 0, shape[1] - 1)[None])
    inside, pixels = np.zeros(shape), np.zeros(shape)
    np.add.at(inside, at, mask)
    np.add.at(pixels, at, 1)
    return (inside / np.maximum(pixels, 1)).astype(np.float32)


def fit(
    make: Callable[[], Model],
    features: Mapping[str, SeriesFeatures],
    targets: Mapping[str, Cells],
    *,
    backbone_rate: float,
    seed: int,
) -> Model:
    """Trains a head on cells by balanced cross-entropy, and as much of the backbone as its recipe.

    Args:
        make: A new model, its inputs not yet standardised.
        features: By series.
        targets: (K, h, w) share of the finding in each cell of the finest grid, by training series.
        backbone_rate: Step size of the trained part of the backbone, where there is one.
        seed: Of weights and order.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model, maps, uids = make(), Maps(torch.device("cpu")), sorted(targets)
    standardise(model, (maps.of(uid, features[uid]) for uid in uids))
    share = np.mean([targets[uid].mean((1, 2)) for uid in uids], 0)  # (K,)
    weight = torch.from_numpy(np.clip((1 - share) / np.maximum(share, 1e-4), 1, 50)).float()
    groups = [{"params": list(model.heads.parameters()), "lr": RATE}]
    if model.backbone is not None:
        deep = list(model.backbone.trained_parameters())
        groups.append({"params": deep, "lr": backbone_rate})
    optimiser = torch.optim.AdamW(groups, weight_decay=1e-4)
    model.train()
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS, RATE / 20)
    for _ in range(EPOCHS):
        for group in _groups(uids, features, rng):
            each = [maps.of(uid, features[uid]) for uid in group]
            z = model({name: torch.cat([one[name] for one in each]) for name in each[0]})
            y = torch.from_numpy(np.stack([targets[uid] for uid in group]))
            loss = F.binary_cross_entropy_with_logits(z, y, pos_weight=weight[:, None, None])
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            optimiser.step()
        schedule.step()
    return model.eval()


def _groups(
    uids: Sequence[str], features: Mapping[str, SeriesFeatures], rng: np.random.Generator
) -> list[list[str]]:
    """Series in random order, in groups of equal size of their maps."""
    by_shape: dict[tuple[int, int], list[str]] = {}
    for i in rng.permutation(len(uids)):
        frame = features[uids[i]].frame
        by_shape.setdefault((frame.rows, frame.columns), []).append(uids[i])
    groups = [
        same[k : k + PER_STEP] for same in by_shape.values() for k in range(0, len(same), PER_STEP)
    ]
    return [groups[i] for i in rng.permutation(len(groups))]
