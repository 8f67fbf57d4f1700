"""Class activation maps against independent formulas, and a reader's own classifier by file."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn
from typer.testing import CliRunner

from tests.learn_makers import picture, small_networks
from wsl_studio.cli.app import app
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.learn.cam import GRADIENT_MAPS, explain
from wsl_studio.learn.chains import torchvision_network
from wsl_studio.learn.imported import explain_series, load_classifier


class Gap(nn.Module):
    """Two convolutions, a mean, one linear layer."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first = nn.Conv2d(3, 5, 3, padding=1)
        self.second = nn.Conv2d(5, 7, 3, stride=2, padding=1)
        self.last = nn.Linear(7, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = torch.relu(self.second(torch.relu(self.first(x))))
        out: torch.Tensor = self.last(y.mean((2, 3)))
        return out


class Free(Gap):
    """The same with a curved end, so that gradients differ from place to place."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = torch.relu(self.second(torch.relu_(self.first(x))))
        out: torch.Tensor = self.last((y * torch.tanh(y - 0.3)).mean((2, 3)) + y.amax((2, 3)))
        return out


def images(n: int = 3) -> torch.Tensor:
    return torch.randn(n, 3, 12, 16, generator=torch.Generator().manual_seed(1))


def test_native_maps_are_the_hand_written_ones_and_add_up_to_the_score() -> None:
    net = Gap().eval()
    relu = nn.ReLU()
    net.forward = lambda x: net.last(relu(net.second(torch.relu(net.first(x)))).mean((2, 3)))  # type: ignore[method-assign]
    found = explain(net, images(), layer=relu, kind="cam", is_signed=True)
    with torch.no_grad():
        y = torch.relu(net.second(torch.relu(net.first(images()))))
        expected = torch.einsum("kd,ndhw->nkhw", net.last.weight, y)
        score = net(images())
    assert (found.maps - expected).abs().max() < 1e-6
    assert torch.allclose(found.maps.mean((2, 3)) + net.last.bias, score, atol=1e-5)
    assert (found.maps < 0).any()
    some = explain(net, images(), layer=relu, kind="cam", classes=[3, 1], is_signed=True)
    assert torch.allclose(some.maps, found.maps[:, [3, 1]], atol=1e-6)
    # On such a network Grad-CAM is the native map over the number of cells.
    slopes = explain(net, images(), layer=relu, kind="gradcam", is_signed=True).maps
    assert (slopes * y[0, 0].numel() - expected).abs().max() < 1e-5


def formula(kind: str, a: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Map of one class of one image from (D, h, w) activation and gradient, cell by cell."""
    out = np.zeros(a.shape[1:])
    for d in range(a.shape[0]):
        if kind == "layercam":
            out += np.where(g[d] > 0, g[d], 0) * a[d]
        elif kind == "gradcam":
            out += g[d].mean() * a[d]
        else:
            total, weight = a[d].sum(), 0.0
            for gradient in g[d].ravel():
                below = 2 * gradient**2 + total * gradient**3
                if below != 0:
                    weight += gradient**2 / below * max(gradient, 0)
            out += weight * a[d]
    return np.maximum(out, 0)


@pytest.mark.parametrize("kind", sorted(GRADIENT_MAPS))
def test_maps_from_gradients_are_those_of_the_papers(kind: str) -> None:
    net = Free().double().eval()
    x = images(2).double()
    h = 1e-6
    found = explain(net, x, layer=net.second, kind=kind, classes=[0, 2])  # type: ignore[arg-type]
    for n in range(2):
        with torch.no_grad():
            a = net.second(torch.relu(net.first(x[n : n + 1])))

            def score(a: torch.Tensor, k: int) -> float:
                y = torch.relu(a)
                z = (y * torch.tanh(y - 0.3)).mean((2, 3)) + y.amax((2, 3))
                return float(net.last(z)[0, k])

            for place, k in enumerate((0, 2)):
                g = np.zeros(a.shape[1:])
                for at in np.ndindex(*a.shape[1:]):
                    step = torch.zeros_like(a)
                    step[(0, *at)] = h
                    g[at] = (score(a + step, k) - score(a - step, k)) / (2 * h)
                g[np.abs(g) < 1e-9] = 0  # cells behind the ReLU
                expected = formula(kind, a[0].numpy(), g)
                assert np.abs(found.maps[n, place].numpy() - expected).max() < 1e-5 * max(
                    1, expected.max()
                )


def test_no_parameter_gets_a_gradient_and_all_is_left_as_it_was() -> None:
    net = Free().eval()
    net.first.weight.requires_grad_(False)
    asked = [p.requires_grad for p in net.parameters()]
    before = net(images()).detach()
    found = explain(net, images(), layer=net.first)
    assert found.maps.shape == (3, 4, 12, 16)
    assert torch.allclose(found.scores, before)
    assert [p.requires_grad for p in net.parameters()] == asked
    assert all(p.grad is None for p in net.parameters())
    assert not net.first._forward_hooks
    one = torch.cat([explain(net, x[None], layer=net.first).maps for x in images()])
    assert torch.allclose(found.maps, one, atol=1e-6)


def test_what_cannot_be_explained_is_said() -> None:
    net = Free().eval()
    with pytest.raises(KnownError, match="no maps"):
        explain(net, images(), layer=net.last)
    with pytest.raises(KnownError, match="global mean"):
        explain(net, images(), layer=net.first, kind="cam")


@pytest.mark.parametrize("name", ["resnet18", "densenet121", "efficientnet_b0", "convnext_tiny"])
@pytest.mark.parametrize("kind", ["cam", "layercam"])
def test_a_classifier_from_a_file_explains_a_series(
    tmp_path: Path, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_networks(monkeypatch)
    path = tmp_path / "own.safetensors"
    save_file(torchvision_network(name, num_classes=3).state_dict(), path)
    ours = load_classifier(name, path, kind=kind)  # type: ignore[arg-type]
    assert ours.classes == 3
    ask = {"kind": kind, "classes": [2], "image_px": 64, "device": torch.device("cpu")}
    if (name, kind) == ("convnext_tiny", "cam"):  # a norm lies between its mean and linear layer
        with pytest.raises(KnownError, match="global mean"):
            drain(explain_series(ours, picture(size=(64, 64)), **ask))  # type: ignore[arg-type]
        return
    (one,) = drain(explain_series(ours, picture(size=(64, 64)), **ask)).values()  # type: ignore[arg-type]
    assert one.grid.shape == (1, 2, 2)
    sums = one.arithmetic
    assert sums.positive + sums.negative + sums.rest == pytest.approx(sums.score, abs=1e-4)
    if kind == "cam":
        bias = [m for m in ours.network.modules() if isinstance(m, nn.Linear)][-1].bias
        assert sums.rest == pytest.approx(bias[2].item(), abs=1e-4)


def test_the_verb_writes_arrays_and_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_networks(monkeypatch)
    folder = tmp_path / "images"
    folder.mkdir()
    cv2.imwrite(str(folder / "one.png"), picture(size=(60, 80), patch=(30, 40)).array[0])
    path = tmp_path / "own.safetensors"
    state = torchvision_network("resnet18", num_classes=2).state_dict()
    save_file(state, path, metadata={"license": "MIT"})
    call = ["explain", str(folder), "--weights", str(path), "--network", "resnet18",
            "--image-px", "64", "--layer", "layer3", "--out", str(tmp_path / "out")]  # fmt: skip
    done = CliRunner().invoke(app, [*call, "--classes", "0,1", "--json"])
    assert done.exit_code == 0, done.output
    values = json.loads(done.stdout)
    assert [row["finding"] for row in values["scores"]] == ["class 0", "class 1"]
    array = np.load(next(file for file in values["files"] if file.endswith("0.npy")))
    assert array.shape == (1, 60, 80)
    assert "MIT" in done.stderr
    assert CliRunner().invoke(app, [*call, "--classes", "2"]).exit_code == 1
