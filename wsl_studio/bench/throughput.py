"""Images a second of fine-tuning through the program's own loop, beside the bare network."""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from wsl_studio.bench import Ask
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Bag, Epoch, Split, Target
from wsl_studio.domain.volume import Volume
from wsl_studio.learn.bags import Labelled, Maps, labelled
from wsl_studio.learn.device import half
from wsl_studio.learn.features import Extractor
from wsl_studio.learn.memory import Plan, measure
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.model import Model
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.train import make_optimiser, train

SLICES = 4
FINDING = "one"


def run(ask: Ask) -> dict[str, Any]:
    """ResNet-50 at 448 px on a GPU, ResNet-18 at 128 px on a CPU, wholly trained, ``n`` epochs.

    Each row comes from a process of its own, so that its peak of memory is its own too.
    """
    is_cuda = torch.cuda.is_available()
    network, image_px = ("resnet50", 448) if is_cuda else ("resnet18", 128)
    context = multiprocessing.get_context("spawn")
    out: dict[str, dict[str, Any]] = {}
    for what in ("random tensors", "program"):
        with context.Pool(1) as pool:
            out[what] = pool.apply(_measure, (what, network, image_px, ask.seed, ask.n or 4))
    bare = out["random tensors"]["images_s"]
    rows = [
        {"network": network, "px": image_px, "what": what, **row,
         "of bare": round(row["images_s"] / bare, 3)}
        for what, row in out.items()
    ]  # fmt: skip
    return {"rows": rows, "device": "cuda" if is_cuda else "cpu", "batch": 8 * SLICES}


def _measure(what: str, network: str, image_px: int, seed: int, epochs: int) -> dict[str, Any]:
    """Images a second over all epochs but the first, and the peak of memory above the start."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    options = {"backbone": network, "depth": "all", "image_px": image_px, "shape": False}
    recipe = METHODS["gap"].recipe(options)
    with tempfile.TemporaryDirectory() as folder:
        extractor = Extractor(recipe.backbone, Path(folder), device)
        bags = _bags(extractor, image_px, seed, 32 if device.type == "cpu" else 128)
        _warm(device)
        before = _now(device)
        model = _model(recipe, extractor, device)
        sample = Maps(device).of("", bags[0].features)
        cost = measure(model, sample)
        estimate = cost.of(Plan(8), bags=8, slices=SLICES)
        turn = _program if what == "program" else _bare
        images_s = turn(recipe, model, bags, device, seed, epochs)
        peak = _peak(device) - before
    return {
        "images_s": round(images_s, 1),
        "estimated_gib": round(estimate / 2**30, 2),
        "peak_gib": round(peak / 2**30, 2),
        "estimate of peak": round(estimate / peak, 2),
    }


def _bags(extractor: Extractor, image_px: int, seed: int, n: int) -> list[Labelled]:
    """Noise as bags, written to disk and mapped as in a round."""
    rng = np.random.default_rng(seed)
    out = []
    split: Split = "train"
    for k in range(n):
        array = rng.integers(20, 255, (SLICES, image_px, image_px)).astype(np.uint8)
        features = drain(extractor.make(f"{k:040x}", Volume(str(k), array, modality="IMG")))
        bag = Bag(series_uid=str(k), split=split, targets={FINDING: Target(value=k % 2)})
        made = labelled(bag, features, [FINDING], extractor.grids["image"])
        if made is None:
            raise KnownError("A bag has no label.")
        out.append(made)
    return out


def _model(recipe: Recipe, extractor: Extractor, device: torch.device) -> Model:
    backbone = extractor.trained_backbone()
    assert backbone is not None
    level = recipe.backbone.levels[0]
    with torch.inference_mode():
        probe = backbone.suffix({"image": torch.zeros(1, 64, 64, 3, dtype=torch.uint8)})
    channels = {level: probe[level].shape[1]}
    if device.type == "cuda":
        backbone.to(memory_format=torch.channels_last)
    return Model(recipe, 1, extractor.grids, channels, backbone).to(device).train()


def _program(
    recipe: Recipe, model: Model, bags: list[Labelled], device: torch.device, seed: int, epochs: int
) -> float:
    """The loop of a round: bags of cached slices, read ahead, with loss and optimiser."""
    work = train(
        lambda _: model, bags, [], findings=[FINDING], recipe=recipe, seed=seed, device=device,
        keeper=Keeper(None), epochs=epochs + 1,
    )  # fmt: skip
    ends = [_clock(device) for event in work if isinstance(event, Epoch)]
    return epochs * len(bags) * SLICES / (ends[-1] - ends[0])


def _bare(
    recipe: Recipe, model: Model, bags: list[Labelled], device: torch.device, seed: int, epochs: int
) -> float:
    """Forward, backward and optimiser on one batch of random bytes that is there already."""
    torch.manual_seed(seed)
    px = recipe.backbone.image_px
    image = torch.randint(0, 255, (8 * SLICES, px, px, 3), dtype=torch.uint8, device=device)
    optimiser = make_optimiser(model, recipe)

    def step() -> None:
        with half(device.type):
            z = model({"image": image})
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(z.float().mean().square())
        optimiser.step()

    return 8 * SLICES / _time(step, epochs * len(bags) // 8, device)


def _warm(device: torch.device) -> None:
    """Loads what torch loads when it first trains, which is no memory of the model."""
    x = torch.randn(2, 3, 32, 32, device=device)
    layers = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8)).to(device)
    torch.autograd.backward(layers(x).square().mean())
    torch.optim.AdamW(layers.parameters()).step()


def _time(call: Callable[[], None], turns: int, device: torch.device) -> float:
    call()
    begun = _clock(device)
    for _ in range(turns):
        call()
    return (_clock(device) - begun) / turns


def _clock(device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter()


def _now(device: torch.device) -> int:
    """Bytes that are held now, from which a peak is counted."""
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
        return torch.cuda.memory_allocated(device)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def _peak(device: torch.device) -> int:
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
