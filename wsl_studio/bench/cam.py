"""Maps of an imported classifier: time of score and maps beside a forward pass and two peers."""

import importlib.util
import statistics
import time
from collections.abc import Callable
from typing import Any, Final

import torch
from torch import Tensor, nn

from wsl_studio.bench import Ask
from wsl_studio.learn.cam import explain
from wsl_studio.learn.chains import torchvision_network

NETWORKS: Final = ("resnet18", "resnet50")
SIZE_PX: Final = 224
CLASS: Final = 7


def run(ask: Ask) -> dict[str, Any]:
    """Medians of ``n`` turns of CPU time on one thread, which other programs disturb least.

    In each turn everything runs once, so that what disturbs all the same meets all alike.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _run(ask)
    finally:
        torch.set_num_threads(threads)


def _run(ask: Ask) -> dict[str, Any]:
    torch.manual_seed(ask.seed)
    rows = []
    for name in NETWORKS:
        net = torchvision_network(name).eval()
        image = torch.randn(1, 3, SIZE_PX, SIZE_PX)
        ways = {**_ours(net, image), **_torchcam(net, image), **_gradcam(net, image)}
        times = _race(ways, ask.n or 15)
        forward = times["forward only"]
        for way, milliseconds in times.items():
            rows.append(
                {
                    "network": name,
                    "what": way,
                    "CPU ms": round(milliseconds, 1),
                    "of forward": round(milliseconds / forward, 2),
                    "parity": _parity(net, image) if way == "torchcam CAM, 1 class" else None,
                }
            )
    missing = [name for name in ("torchcam", "pytorch_grad_cam") if not _is_here(name)]
    note = {"not_installed": missing} if missing else {}
    return {"rows": rows, "threads": 1, "turns": ask.n or 15, **note}


def _race(ways: dict[str, Callable[[], object]], turns: int) -> dict[str, float]:
    """Median milliseconds of CPU time of every way, after one turn that does not count."""
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(turns + 1):
        for way, call in ways.items():
            begun = time.process_time()
            call()
            if turn:
                spent[way].append(1e3 * (time.process_time() - begun))
    return {way: statistics.median(times) for way, times in spent.items()}


def _ours(net: Any, image: Tensor) -> dict[str, Callable[[], object]]:
    def forward() -> object:
        with torch.inference_mode():
            return net(image)

    return {
        "forward only": forward,
        "ours: score and all 1000 maps": lambda: explain(net, image, layer=net.layer4, kind="cam"),
        "ours: LayerCAM, 1 class": lambda: explain(net, image, layer=net.layer4, classes=[CLASS]),
        "ours: Grad-CAM++, 1 class": lambda: explain(
            net, image, layer=net.layer4, kind="gradcam++", classes=[CLASS]
        ),
        "ours: LayerCAM of layer3, 1 class": lambda: explain(
            net, image, layer=net.layer3, classes=[CLASS]
        ),
    }


def _is_here(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _torchcam(net: nn.Module, image: Tensor) -> dict[str, Callable[[], object]]:
    if not _is_here("torchcam"):
        return {}
    from torchcam import methods

    def maps(kind: str, layers: dict[str, Any]) -> Callable[[], object]:
        def call() -> object:
            with getattr(methods, kind)(net, **layers) as extractor:
                return extractor(CLASS, net(image))

        return call

    return {
        "torchcam CAM, 1 class": maps("CAM", {"target_layer": "layer4", "fc_layer": "fc"}),
        "torchcam LayerCAM, 1 class": maps("LayerCAM", {"target_layer": "layer4"}),
    }


def _gradcam(net: Any, image: Tensor) -> dict[str, Callable[[], object]]:
    if not _is_here("pytorch_grad_cam"):
        return {}
    import pytorch_grad_cam
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    out: dict[str, Callable[[], object]] = {}
    for kind in ("GradCAM", "GradCAMPlusPlus", "LayerCAM"):

        def call(kind: str = kind) -> object:
            with getattr(pytorch_grad_cam, kind)(
                model=net, target_layers=[net.layer4]
            ) as extractor:
                return extractor(input_tensor=image, targets=[ClassifierOutputTarget(CLASS)])

        out[f"grad-cam {kind}, 1 class"] = call
    return out


def _parity(net: Any, image: Tensor) -> float:
    """Largest difference to torchcam's map, both from 0 to 1."""
    from torchcam.methods import CAM

    with CAM(net, target_layer="layer4", fc_layer="fc") as extractor:
        theirs = extractor(CLASS, net(image))[0].squeeze()
    found = explain(net, image, layer=net.layer4, kind="cam", classes=[CLASS], is_signed=True).maps[
        0, 0
    ]
    low = found.min()
    ours = (found - low) / (found - low).max()
    return float((ours - theirs).abs().max())
