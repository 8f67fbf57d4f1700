"""SDNet with a few masks against a U-Net trained on the same masks alone, by Dice on lesions.

The one bench that trains on masks: it asks what few of them are worth. Images are small and widths
narrow, so that all of it runs on a CPU; the parts are those of the method, whose rounds
``sdnet-rounds`` measures.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from wsl_studio.bench import Ask
from wsl_studio.bench.folds import deal
from wsl_studio.dicom.masks import read_mask
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.series import Value
from wsl_studio.jobs import tables
from wsl_studio.learn.factors import MaskJudge, Painted, dice_loss, sight
from wsl_studio.learn.unet import MAPS, UNet

MASKS: Final = (10, 20, 40)
SEEDS: Final = 3
SIDE_PX: Final = 48
BATCH: Final = 4
"""Labelled and as many unlabelled images of a step."""
RATE: Final = 2e-3
WIDTHS: Final = (8, 16, 32)
PARTS: Final = 3
"""One of so many parts of the patients is the test, whatever the seed."""
HELD: Final = 4
"""One of so many parts of the others is validation, which differs from seed to seed."""


class Setting(Value):
    """How a system is trained.

    Args:
        steps: Of the optimiser.
        rebuild: Weight of painting the image again.
        latent: Of what keeps the appearance in order.
        adversary: Of the discriminator of masks.
        is_factored: Whether there are binary maps and a painter.
    """

    steps: int = 300
    rebuild: float = 1.0
    latent: float = 1.0
    adversary: float = 0.1
    is_factored: bool = True


SYSTEMS: Final = {
    "U-Net": Setting(rebuild=0, latent=0, adversary=0, is_factored=False),
    "GAN": Setting(rebuild=0, latent=0, is_factored=False),
    "SDNet": Setting(),
}
"""Chosen on validation patients with 10 masks, seeds 100-103: the U-Net 0.357 (averaged weights
0.337; 900 steps, two seeds, 0.356 against 0.381), SDNet 0.375 (with a painter that does not see the
lesion, averaged weights 0.351, a stronger discriminator 0.345; painting alone for 300 steps first,
two seeds, 0.352 against 0.392)."""


@dataclass(frozen=True, eq=False)
class Pictures:
    """Lesions and where they are.

    Args:
        images: (n, 1, h, w) float, each with mean 0 and deviation 1.
        masks: (n, 1, h, w) float, 0 or 1.
        groups: Patient group of each.
    """

    images: Tensor
    masks: Tensor
    groups: tuple[str, ...]


class Segmenter(nn.Module):
    """A U-Net, or its binary anatomy, and two layers that read the lesion off it.

    Args:
        is_binary: Of ``UNet``.
    """

    def __init__(self, *, is_binary: bool) -> None:
        super().__init__()
        self.coder = UNet(1, WIDTHS, is_binary=is_binary)
        self.read = nn.Sequential(
            nn.Conv2d(self.coder.channels, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 1, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        """(N, 1, h, w) probability of the lesion."""
        return torch.sigmoid(self.read(self.coder(x)))


def run(ask: Ask) -> dict[str, Any]:
    """Dice by number of masks and system, means over seeds.

    Args:
        ask: A folder with images, masks and labels.csv; ``methods`` picks systems, ``options``
            may hold ``masks`` (numbers of masks), ``side`` (pixels), ``part`` (``validation``
            measures there instead of on the test) and fields of ``Setting`` for all systems.
    """
    options = dict(ask.options)
    numbers = tuple(int(n) for n in options.pop("masks", MASKS))
    side, part = int(options.pop("side", SIDE_PX)), str(options.pop("part", "test"))
    pictures = read_pictures(ask, side)
    seeds = range(ask.seed, ask.seed + (ask.n or SEEDS))
    systems = {
        name: SYSTEMS[name].model_copy(update=options) for name in ask.methods or tuple(SYSTEMS)
    }
    rows = []
    for number in numbers:
        found: dict[str, list[NDArray[np.float64]]] = {name: [] for name in systems}
        begun = time.process_time()
        for seed in seeds:
            train, held, test = split(pictures, seed)
            for name, setting in systems.items():
                model = fit(setting, pictures, train, number, seed=seed)
                found[name].append(dices(model, pictures, held if part == "validation" else test))
        for name, values in found.items():
            each = [float(v.mean()) for v in values]
            row = {"masks": number, "system": name, "Dice": round(float(np.mean(each)), 3),
                   "each seed": " ".join(f"{v:.3f}" for v in each)}  # fmt: skip
            if name != "U-Net" and "U-Net" in found:
                row |= {"more than the U-Net": paired(values, found["U-Net"], ask.seed)}
            rows.append(row)
        rows[-1]["CPU s"] = round(time.process_time() - begun)
    return {"rows": rows, "lines": [
        f"{len(pictures.groups)} images of lesions at {side} x {side}, measured on {part} patients;"
        f" seeds {seeds.start}-{seeds.stop - 1}; interval: 95 %, over images, means of seeds",
        *(f"{name}: {setting}" for name, setting in systems.items()),
    ]}  # fmt: skip


def paired(values: list[NDArray[np.float64]], base: list[NDArray[np.float64]], seed: int) -> str:
    """Mean difference over the test images, each averaged over the seeds first, with its interval.

    The interval is over images: how much another draw of masks would change is not in it.
    """
    each = np.mean(values, axis=0) - np.mean(base, axis=0)
    rng = np.random.default_rng(seed)
    means = each[rng.integers(0, len(each), (1000, len(each)))].mean(1)
    low, high = np.percentile(means, (2.5, 97.5))
    return f"{each.mean():+.3f} ({low:+.3f} ... {high:+.3f})"


def read_pictures(ask: Ask, side: int) -> Pictures:
    """All images with a mask, at one size."""
    data = ask.data
    if data is None or not (data / "masks").is_dir():
        raise KnownError("This bench needs a folder with images, masks and labels.csv.")
    patients = tables.read_table(data / "labels.csv").patients
    files = {path.stem: path for path in sorted((data / "images").iterdir())}
    images, masks, groups = [], [], []
    for path in sorted((data / "masks").glob("*.png")):
        mask = read_mask(path)[0].astype(np.float32)
        grey = (
            cv2.imread(str(files[path.stem]), cv2.IMREAD_GRAYSCALE) if path.stem in files else None
        )
        if grey is None or not mask.any():
            continue
        size, kind = (side, side), cv2.INTER_AREA
        image = cv2.resize(np.asarray(grey, np.float32), size, interpolation=kind)
        images.append((image - image.mean()) / (image.std() + 1e-3))
        masks.append(cv2.resize(mask, size, interpolation=kind) > 0.5)
        groups.append(patients.get(path.stem, path.stem))
    if len(images) < 2 * max(MASKS):
        raise KnownError("This bench needs at least 80 images with masks.")
    return Pictures(
        torch.from_numpy(np.stack(images)).float()[:, None],
        torch.from_numpy(np.stack(masks)).float()[:, None],
        tuple(groups),
    )


def split(pictures: Pictures, seed: int) -> tuple[list[int], list[int], list[int]]:
    """Indices of training, validation and test images; no patient is in two of them.

    The test is the same for every seed, so that nothing chosen on validation has seen it.
    """
    kinds = dict.fromkeys(pictures.groups, "lesion")
    test = deal(kinds, PARTS, np.random.default_rng(3))
    rest = {group: kind for group, kind in kinds.items() if test[group] != 0}
    held = deal(rest, HELD, np.random.default_rng((seed, 3)))
    sides: tuple[list[int], list[int], list[int]] = ([], [], [])
    for i, group in enumerate(pictures.groups):
        sides[2 if test[group] == 0 else int(held[group] == 0)].append(i)
    order = np.random.default_rng((seed, 4)).permutation(len(sides[0]))
    return [sides[0][i] for i in order], sides[1], sides[2]


def fit(how: Setting, pictures: Pictures, train: list[int], number: int, *, seed: int) -> Segmenter:
    """Trains one system; the first ``number`` of the training images lend their masks.

    Every system sees the same labelled images and seed.
    """
    torch.manual_seed(seed)
    model = Segmenter(is_binary=how.is_factored)
    painted = Painted(1, 8, MAPS + 1) if how.is_factored else None
    judge = MaskJudge(1) if how.adversary else None
    parts = [part for part in (model, painted, judge) if part is not None]
    adam = torch.optim.Adam([p for part in parts for p in part.parameters()], RATE)
    rng = np.random.default_rng((seed, 5))
    known, free = draw(train[:number], rng), draw(train, rng)
    model.train()
    for step in range(how.steps):
        for group in adam.param_groups:
            group["lr"] = RATE * (0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * step / how.steps)))
        at = known()
        x, y = view(pictures.images[at], pictures.masks[at], rng)
        if painted is not None or judge is not None:
            here = free()
            x = torch.cat([x, view(pictures.images[here], pictures.masks[here], rng)[0]])
        code = model.coder(x)
        z = model.read(code)
        p = torch.sigmoid(z)
        loss = dice_loss(p[:BATCH], y)
        if judge is not None:
            price, own = judge.cost(y, p[BATCH:])
            loss = loss + how.adversary * price + own
        if painted is not None:
            # What a reader drew is painted as it is, elsewhere what the model takes for a lesion.
            drawn = torch.cat([y, torch.full_like(z[BATCH:], -1.0)])
            costs = painted.painting(sight(code, z, drawn), x)
            loss = loss + how.rebuild * costs["rebuild"] + how.latent * costs["layers"]
        adam.zero_grad()
        torch.autograd.backward(loss)
        adam.step()
    return model.eval()


def draw(some: list[int], rng: np.random.Generator) -> Callable[[], list[int]]:
    """Batches without end, every image once before any comes again."""
    waiting: list[int] = []

    def batch() -> list[int]:
        while len(waiting) < BATCH:
            waiting.extend(some[i] for i in rng.permutation(len(some)))
        out, waiting[:BATCH] = waiting[:BATCH], []
        return out

    return batch


def view(x: Tensor, y: Tensor, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Images and masks moved, scaled and mirrored together, and brightness changed.

    A breast lesion has no left and right.
    """
    n = len(x)
    scale = torch.from_numpy(rng.uniform(0.85, 1.15, (n, 1)) * rng.choice((-1, 1), (n, 1)))
    turn = torch.from_numpy(rng.uniform(-0.15, 0.15, (n, 1)))
    shift = torch.from_numpy(rng.uniform(-0.15, 0.15, (n, 2)))
    first = torch.cat([scale, turn, shift[:, :1]], 1)
    second = torch.cat([-turn, scale.abs(), shift[:, 1:]], 1)
    theta = torch.stack([first, second], 1).float()  # (n, 2, 3)
    grid = nn.functional.affine_grid(theta, list(x.shape), align_corners=False)
    moved = [
        nn.functional.grid_sample(part, grid, mode=mode, padding_mode="border", align_corners=False)
        for part, mode in ((x, "bilinear"), (y, "nearest"))
    ]
    gain, offset = (torch.from_numpy(rng.normal(m, 0.1, (n, 1, 1, 1))).float() for m in (1, 0))
    return moved[0] * gain + offset, moved[1]


@torch.inference_mode()
def dices(model: Segmenter, pictures: Pictures, test: list[int]) -> NDArray[np.float64]:
    """(n,) Dice of each test image at a probability of 1/2."""
    p = model(pictures.images[test]) > 0.5
    y = pictures.masks[test] > 0.5
    shared = (p & y).flatten(1).sum(1).double()
    both = p.flatten(1).sum(1) + y.flatten(1).sum(1)
    return np.asarray((2 * shared / both.clamp_min(1)).numpy())
