"""HOG cells: what they tell apart, what they leave out, and a latent SVM with parts on them."""

import math
from pathlib import Path

import pytest
import torch

from tests.learn_makers import picture
from wsl_studio.domain.label import Region
from wsl_studio.domain.progress import drain
from wsl_studio.domain.round import Bag, RegionTarget, Target
from wsl_studio.learn.bags import Balance, Labelled, Maps, labelled, total_loss
from wsl_studio.learn.features import Extractor
from wsl_studio.learn.hog import CHANNELS, Hog
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.model import Model
from wsl_studio.learn.train import make_optimiser

CPU = torch.device("cpu")


def stripes(degrees: float, *, gain: float = 0.5) -> torch.Tensor:
    """(1, 3, 64, 64) waves of 8 pixels whose gradient points along ``degrees``."""
    y, x = torch.meshgrid(torch.arange(64.0), torch.arange(64.0), indexing="ij")
    turn = math.radians(degrees)
    wave = torch.sin((x * math.cos(turn) + y * math.sin(turn)) * 2 * math.pi / 8)
    return (gain * wave).expand(1, 3, 64, 64)


@pytest.mark.parametrize("degrees", [0, 20, 60, 100, 160])
def test_waves_fill_the_channel_of_their_orientation(degrees: float) -> None:
    cells = Hog()(stripes(degrees))[0, :, 2:-2, 2:-2]
    assert cells.shape == (CHANNELS, 4, 4)
    unsigned = cells[18:27].mean((1, 2))
    assert int(unsigned.argmax()) == round(degrees / 20)
    signed = cells[:18].mean((1, 2))
    assert set(signed.topk(2).indices.tolist()) == {round(degrees / 20), round(degrees / 20) + 9}


def test_a_ramp_up_and_down_differ_in_sign_only() -> None:
    ramp = torch.linspace(-1, 1, 64).expand(1, 3, 64, 64)
    up, down = Hog()(ramp), Hog()(-ramp)
    assert torch.allclose(up[:, 18:27], down[:, 18:27])
    assert torch.allclose(up[:, :9], down[:, 9:18])
    assert int(up[0, :18].mean((1, 2)).argmax()) == 0
    assert int(down[0, :18].mean((1, 2)).argmax()) == 9


def test_contrast_hardly_matters_and_an_even_image_says_nothing() -> None:
    strong, weak = Hog()(stripes(0, gain=0.9)), Hog()(stripes(0, gain=0.45))
    assert torch.allclose(strong, weak, atol=0.1)
    assert Hog()(torch.full((1, 3, 64, 64), 0.3)).abs().max() == 0.0
    assert float(Hog()(stripes(33)).max()) <= 0.5 * 4 * 0.2 + 1e-6


def test_a_latent_svm_with_parts_and_boxes_learns_on_hog(tmp_path: Path) -> None:
    recipe = METHODS["dpm"].recipe({"backbone": "hog", "shape": False, "image_px": 192})
    assert recipe.backbone.train_from is None
    assert recipe.terms.bag == "hinge"
    extractor = Extractor(recipe.backbone, tmp_path, CPU)
    assert extractor.sentences == ()
    bags: list[Labelled] = []
    for k in range(8):
        patch = (40 + 8 * k, 60 + 8 * k) if k % 2 else None
        found = drain(extractor.make(f"{k:040d}", picture(patch=patch)))
        regions = []
        if patch is not None:
            y, x = patch
            box = Region(first=0, last=0, box=(x - 8, y - 8, x + 8, y + 8))
            regions = [RegionTarget(finding="one", region=box, value=1.0)]
        one = Bag(series_uid=str(k), split="train", targets={"one": Target(value=float(k % 2))},
                  regions=tuple(regions))  # fmt: skip
        made = labelled(one, found, ("one",), extractor.grids["hog8"])
        assert made is not None
        bags.append(made)
    torch.manual_seed(0)
    channels = {"hog8": CHANNELS, "hog16": CHANNELS}
    model = Model(recipe, 1, extractor.grids, channels)
    maps, balance = Maps(CPU), Balance.of(bags, is_on=True)
    for level, head in model.heads.items():
        head.standardise(maps.of(b.uid, b.features)[level] for b in bags)
    optimiser = make_optimiser(model, recipe)
    losses = []
    for _ in range(40):
        loss = total_loss(model(maps.stacked(bags)), bags, recipe, balance)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.2 * losses[0]
    z = model.eval()(maps.of(bags[3].uid, bags[3].features)).detach()[0, 0]
    i, j = divmod(int(z.argmax()), z.shape[1])
    row, column = bags[3].features.frame.placement(model.finest).pixel(i, j)
    assert abs(row - 64) <= 16
    assert abs(column - 84) <= 16
