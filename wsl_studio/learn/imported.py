"""A classifier that a reader brings as a file, and its evidence on a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import nn

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence import Arithmetic, Evidence
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.volume import Volume
from wsl_studio.learn.backbone import grids_of
from wsl_studio.learn.cam import Kind, explain
from wsl_studio.learn.chains import Scaling, build, torchvision_network
from wsl_studio.learn.preprocess import Grid, Slices
from wsl_studio.learn.weights import read_weights, take_weights, unwrapped

CHUNK: Final = 4
"""Slices at once."""

LEAST_SCALE: Final = 1e-6
"""A map of zeros is drawn as one."""


@dataclass(frozen=True, eq=False)
class Classifier:
    """A network with its linear layer.

    Args:
        network: In evaluation mode.
        layer: Whose maps explain it.
        grid: Where those maps lie.
        scaling: Of its input.
        classes: Rows of its linear layer.
        sentences: About its weights.
    """

    network: nn.Module
    layer: nn.Module
    grid: Grid
    scaling: Scaling
    classes: int
    sentences: tuple[str, ...]


def load_classifier(name: str, path: Path, *, layer: str = "", kind: Kind) -> Classifier:
    """A torchvision classifier with the weights of a file, classifier included.

    Args:
        name: Of the network (``resnet50``).
        path: safetensors or weights-only file; its linear layer says how many classes there are.
        layer: Name of a stage (``layer3``); the last one if empty.
        kind: Native maps look at all that lies before the mean.

    Raises:
        KnownError: No such network or stage, or weights of another network.
    """
    with torch.device("meta"):
        names = list(torchvision_network(name).state_dict())
    last = next(key for key in reversed(names) if key.endswith(".weight"))
    given = unwrapped(read_weights(path), names)
    if last not in given:
        raise KnownError(
            f"{path.name} holds no classifier of {name}: {last} is not there.",
            "A file of features alone has no score to explain.",
        )
    chain = build(name, num_classes=len(given[last]))
    stages = {stage.name: stage.module for stage in chain.stages}
    stage = layer or chain.stages[-1].name
    if stage not in stages:
        raise KnownError(f"{name} has no stage {stage}.", f"It has {', '.join(stages)}.")
    wanted = {key: key for key in names if not key.endswith("num_batches_tracked")}
    sentences = take_weights(chain.net, wanted, path, name)
    is_native = kind == "cam" and not layer
    return Classifier(
        network=chain.net.eval(),
        layer=getattr(chain.net, "features", stages[stage]) if is_native else stages[stage],
        grid=grids_of(chain.stages)[stage],
        scaling=chain.scaling,
        classes=len(given[last]),
        sentences=sentences,
    )


def explain_series(
    classifier: Classifier,
    volume: Volume,
    *,
    kind: Kind,
    classes: Sequence[int],
    image_px: int,
    device: torch.device,
) -> Steps[dict[str, Evidence]]:
    """Signed evidence of some classes by the name ``class K``.

    The score is that of the slice that scores highest; the sum is over the cells of that slice,
    each with an equal share, and the rest is what the map leaves open (a bias, and for maps from
    gradients all that is not linear).

    Args:
        classifier: What to explain.
        volume: A series.
        kind: Which maps.
        classes: From 0.
        image_px: Longer side of a slice before the network.
        device: Where.

    Yields:
        Progress, every few slices.
    """
    slices = Slices(volume, image_px=image_px, is_cropped=False)
    network = classifier.network.to(device)
    mean, deviation = (torch.tensor(x, device=device).view(-1, 1, 1) for x in classifier.scaling)
    scores, maps = [], []
    for first in range(0, slices.n_slices, CHUNK):
        yield Progress(first, slices.n_slices, "Evidence")
        last = min(first + CHUNK, slices.n_slices)
        images = np.stack([slices.channels(s) for s in range(first, last)])
        x = torch.from_numpy(images).to(device).permute(0, 3, 1, 2).float().div_(255.0)
        found = explain(
            network, (x - mean) / deviation, layer=classifier.layer, kind=kind, classes=classes,
            is_signed=True,
        )  # fmt: skip
        scores.append(found.scores[:, list(classes)].cpu())
        maps.append(found.maps.cpu())
    score, grid = torch.cat(scores).numpy(), torch.cat(maps).numpy()  # (S, K), (S, K, h, w)
    placement = slices.frame.placement(classifier.grid)
    out = {}
    for k, number in enumerate(classes):
        at = int(score[:, k].argmax())
        cells, top = grid[at, k], float(score[at, k])
        positive, negative = (
            float(part.sum()) / cells.size for part in (cells.clip(0), cells.clip(None, 0))
        )
        sums = Arithmetic(positive, negative, top - positive - negative, top)
        values = np.ascontiguousarray(grid[:, k], np.float32)
        scale = max(LEAST_SCALE, float(np.percentile(np.abs(values), 99.8)))
        name = f"class {number}"
        out[name] = Evidence(volume.series_uid, name, 0, values, placement, sums, scale)
    return out
