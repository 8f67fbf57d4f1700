"""HybridNet's ablation on handwritten digits with few labels: what each of its terms adds.

The set is that of scikit-learn (1797 digits of 8 x 8 pixels): it needs no download, and a run takes
seconds on one core, where the CIFAR-10 and STL-10 of the paper take days.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from wsl_studio.bench import Ask
from wsl_studio.domain.code import Code
from wsl_studio.domain.recipe import Backbone, Fit, Pool, Recipe, Semi
from wsl_studio.learn.bags import Labelled, Maps
from wsl_studio.learn.chains import PIXELS
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.model import LevelHead, Model
from wsl_studio.learn.preprocess import Frame, Grid
from wsl_studio.learn.round import choose_device
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.train import train, validate

SEEDS: Final = 3
PER_CLASS: Final = 3
TEST: Final = 597
EPOCHS: Final = 25
CODE: Final = Code(encoder="plain", channels=(16, 32, 32), noise=0.15, views="any")
REBUILD: Final = {"decoder": "branches", "rebuild": 0.25}
LAYERS: Final = {**REBUILD, "layers": 0.05}
BALANCED: Final = {**LAYERS, "is_balanced": True}
STABLE: Final = Semi(kind="agree", teacher="average", decay=0.6, weight=100.0)
"""Stability as in the ablation of the paper; reconstruction as in its residual network (0.25). Its
weight of the layers (0.5) is that of sums over other sizes: chosen here on another seed (100)."""

ABLATION: Final[dict[str, tuple[Mapping[str, Any], Semi]]] = {
    "classification": ({}, Semi()),
    "+ stability": ({}, STABLE),
    "+ reconstruction": (REBUILD, Semi()),
    "+ reconstruction, layers": (LAYERS, Semi()),
    "+ reconstruction, layers, balanced": (BALANCED, Semi()),
    "all": (BALANCED, STABLE),
}
PAPER: Final = (65.6, 69.8, 67.8, None, None, 74.1)
"""STL-10 (Robert et al. 2018, table 1); what is not said there is None."""
CPU: Final = torch.device("cpu")


def run(ask: Ask) -> dict[str, Any]:
    """Test accuracy of every part of the ablation, means over seeds on the same labels.

    Args:
        ask: ``n`` seeds, from ``seed``; ``methods`` picks rows by name; ``options`` may hold
            ``per_class``, ``epochs`` and ``device``.
    """
    seeds = range(ask.seed, ask.seed + (ask.n or SEEDS))
    names = ask.methods or tuple(ABLATION)
    per_class = int(ask.options.get("per_class", PER_CLASS))
    epochs = int(ask.options.get("epochs", EPOCHS))
    device = choose_device(str(ask.options.get("device", "auto")))
    found: dict[str, list[float]] = {name: [] for name in names}
    seconds = dict.fromkeys(names, 0.0)
    for seed in seeds:
        labelled, free, test, answers = digits(seed, per_class)
        for name in names:
            begun = time.process_time()
            recipe = recipe_of(name, epochs)
            model = fit(recipe, labelled, free, seed=seed, epochs=epochs, device=device)
            score = validate(model, test, Maps(device), recipe)
            found[name].append(float((score.argmax(1).numpy() == answers).mean()))
            seconds[name] += (time.process_time() - begun) / len(seeds)
    rows = [
        {
            "terms": name,
            "accuracy": round(float(np.mean(values)), 4),
            "each seed": " ".join(f"{value:.3f}" for value in values),
            "more than classification": _difference(values, found.get("classification")),
            "STL-10 of the paper, %": PAPER[list(ABLATION).index(name)] or "-",
            "CPU s": round(seconds[name], 1),
        }
        for name, values in found.items()
    ]
    return {"rows": rows, "lines": [
        f"{10 * per_class} labelled, {1797 - TEST - 10 * per_class} unlabelled, {TEST} test digits;"
        f" seeds {seeds.start}-{seeds.stop - 1}, {epochs} epochs on {device}",
        *_order(found),
    ]}  # fmt: skip


def _difference(values: list[float], base: list[float] | None) -> str:
    if base is None or base is values:
        return "-"
    each = np.array(values) - np.array(base)
    return f"{each.mean():+.3f} ({each.min():+.3f} ... {each.max():+.3f})"


def _order(found: Mapping[str, list[float]]) -> list[str]:
    """Whether all terms > without reconstruction > classification alone, as in the lecture."""
    wanted = ("all", "+ stability", "classification")
    if not set(wanted) <= set(found):
        return []
    means = [float(np.mean(found[name])) for name in wanted]
    holds = "holds" if means[0] > means[1] > means[2] else "does NOT hold"
    said = " > ".join(f"{name} {mean:.3f}" for name, mean in zip(wanted, means, strict=True))
    return [f"order of the lecture ({said}) {holds}"]


def digits(
    seed: int, per_class: int
) -> tuple[list[Labelled], list[Labelled], list[Labelled], NDArray[np.int64]]:
    """Labelled, unlabelled and test digits as bags of one slice, and the answers of the test."""
    data = load_digits()
    images = (data.images / 8.0 - 1.0).astype(np.float32)
    order = np.random.default_rng((seed, 7)).permutation(len(images))
    test, rest = order[:TEST], order[TEST:]
    known = np.concatenate([rest[data.target[rest] == k][:per_class] for k in range(10)])
    free = np.setdiff1d(rest, known)
    chosen = set(known.tolist())

    def bag(i: int) -> Labelled:
        maps = {PIXELS: torch.from_numpy(images[i])[None, ..., None].half()}
        features = SeriesFeatures(maps, Frame(0, 0, 8, 8, 8, 8), torch.zeros(1))
        is_known = i in chosen
        value = torch.eye(10)[int(data.target[i])] if is_known else torch.full((10,), 0.5)
        weight = torch.full((10,), float(is_known))
        return Labelled(str(i), features, value, weight, is_open=weight == 0)

    parts = ([bag(int(i)) for i in some] for some in (known, free, test))
    labelled, unlabelled, held = parts
    return labelled, unlabelled, held, data.target[test]


def recipe_of(name: str, epochs: int) -> Recipe:
    """The composition of one row: mean pooling, as the paper has it."""
    code, semi = ABLATION[name]
    return Recipe(
        backbone=Backbone(name=PIXELS, levels=(PIXELS,)),
        pool=Pool(beta_plus=0.0, beta_minus=0.0),
        code=CODE.model_copy(update=dict(code)),
        semi=semi,
        # Digits have a left and a right. The same number of steps for every row: see ``fit``.
        fit=Fit(
            epochs=epochs, bags_per_step=30, learning_rate=3e-3, patience=epochs, augment=False
        ),
    )


def fit(
    recipe: Recipe,
    labelled: list[Labelled],
    free: list[Labelled],
    *,
    seed: int,
    epochs: int,
    device: torch.device,
) -> Model:
    """The program's own training; the last epoch counts, since few labels leave none to choose."""
    maps = Maps(device)
    # With unlabelled digits an epoch has as many steps as those fill; without, labelled ones are
    # repeated as often, so that no row is trained longer than another.
    times = -(-len(free) // recipe.fit.bags_per_step)

    def make(member: int) -> Model:
        torch.manual_seed(seed * 1000 + member)
        model = Model(recipe, 10, {PIXELS: Grid(1, 0)}, {PIXELS: 1}).to(device)
        head = model.heads[PIXELS]
        assert isinstance(head, LevelHead)
        head.standardise(maps.of(bag.uid, bag.features)[PIXELS] for bag in (*labelled, *free))
        return model

    uses = recipe.uses_unlabelled
    work = train(
        make, labelled if uses else labelled * times, [],
        findings=tuple("0123456789"), recipe=recipe, seed=seed, device=device,
        keeper=Keeper(None), epochs=epochs, unlabelled=free if uses else (),
    )  # fmt: skip
    while True:
        try:
            next(work)
        except StopIteration as end:
            member: Model = end.value.ensemble.members[0]
            return member.eval()
