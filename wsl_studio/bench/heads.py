"""Seconds that heads take to train on cached features of 500 series, and maps of one series.

Where a method trains a part of its backbone, as in a round that goes on from it: heads alone, for
as many epochs as such a round has.
"""

import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np
import torch
from platformdirs import user_cache_dir

from wsl_studio.bench import Ask
from wsl_studio.bench.folds import Runner, Study, fold_manifest, open_study
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.learn.bags import Maps, labelled
from wsl_studio.learn.collect import collect_features, through_backbone
from wsl_studio.learn.device import load_optimisers
from wsl_studio.learn.evidence import region_scores
from wsl_studio.learn.make import make_model, standardise
from wsl_studio.learn.methods import DEFAULT
from wsl_studio.learn.model import Model
from wsl_studio.learn.round import choose_device
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.train import train

SERIES: Final = 500
MAPS: Final = 100
"""Series whose maps are timed."""


def run(ask: Ask) -> dict[str, Any]:
    """Trains every method ``n`` times (3) on ``files`` series (500); fewer come again.

    Args:
        ask: A folder with images and labels.csv; ``options`` go to all methods.
    """
    if ask.data is None:
        raise KnownError("This bench needs a folder with images and labels.csv.")
    load_optimisers()  # as the worker does before a round
    with tempfile.TemporaryDirectory() as temporary:
        study = open_study(ask.data, Path(temporary) / "project", ask.findings)
        runner = Runner(study, Path(user_cache_dir("wsl-studio")) / "bench" / "features")
        rows = [_measure(study, runner, method, ask) for method in ask.methods or (DEFAULT,)]
    return {"rows": rows, "lines": [f"{torch.get_num_threads()} threads; features cached before"]}


def _measure(study: Study, runner: Runner, method: str, ask: Ask) -> dict[str, Any]:
    manifest = fold_manifest(
        study, dict.fromkeys(study.groups.values(), "train"), method=method,
        options=dict(ask.options), seed=ask.seed, number=1,
    )  # fmt: skip
    device, how = choose_device("auto"), manifest.recipe
    extractor = runner.warm.extractor(manifest.recipe.backbone, runner.cache, device)
    features = drain(collect_features(manifest.bags, extractor, runner.sources))
    first = next(iter(features.values()))
    model = make_model(manifest, extractor, first, device)
    if model.backbone is not None:
        how = how.warm
        model.backbone.requires_grad_(False)
        features = drain(through_backbone(model.backbone, features, device))
    found = (labelled(bag, features[bag.series_uid], study.findings, model.finest)
             for bag in manifest.bags if bag.series_uid in features)  # fmt: skip
    known = [bag for bag in found if bag is not None]
    bags = [replace(bag, uid=str(k)) for k, bag in
            enumerate(islice(cycle(known), ask.files or SERIES))]  # fmt: skip
    standardise(model, (Maps(device).of(bag.uid, bag.features) for bag in known))

    def new_model(member: int) -> Model:
        torch.manual_seed(ask.seed * 1000 + member)
        made = make_model(manifest, extractor, first, device, member, model.backbone)
        made.load_state_dict(dict(model.named_buffers()), strict=False)
        for layer in made.heads.modules():
            if isinstance(layer, torch.nn.Conv2d):
                layer.reset_parameters()
        return made

    seconds, cpu, maps_ms = [], [], []
    for _ in range(ask.n or 3):
        begun, used = time.perf_counter(), time.process_time()
        work = train(
            new_model, bags, [], findings=study.findings, recipe=how, seed=ask.seed,
            device=device, keeper=Keeper(None), epochs=how.fit.epochs,
        )  # fmt: skip
        ensemble = drain(work).ensemble.eval()
        seconds.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - used)
        for bag in known[:MAPS]:
            begun = time.perf_counter()
            region_scores(ensemble, bag.features, device)
            maps_ms.append(1000 * (time.perf_counter() - begun))
    return {
        "method": method, "series": len(bags), "members": len(ensemble.members),
        "epochs": how.fit.epochs, "training_s": round(median(seconds), 1),
        "max_s": round(max(seconds), 1), "cpu_s": round(median(cpu), 1),
        "maps_of_a_series_ms": round(median(maps_ms), 1),
        "p95_ms": round(float(np.percentile(maps_ms, 95)), 1),
    }  # fmt: skip
