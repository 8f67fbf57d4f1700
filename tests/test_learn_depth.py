"""How deep a backbone is trained: every depth on every network, and where the parts meet."""

import copy
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from tests.learn_makers import KEY, picture_round, played, small_networks
from wsl_studio.domain.recipe import Backbone as BackboneSpec
from wsl_studio.domain.round import Anew, Manifest
from wsl_studio.learn import backbone as backbones
from wsl_studio.learn import memory
from wsl_studio.learn.backbone import IMAGE, TOKEN, Backbone, load_backbone
from wsl_studio.learn.chains import Chain, build, torchvision_network
from wsl_studio.learn.collect import through_backbone
from wsl_studio.learn.evidence import region_scores
from wsl_studio.learn.features import Extractor, SeriesFeatures
from wsl_studio.learn.methods import DEFAULT, METHODS
from wsl_studio.learn.methods.common import LEVELS, STAGES
from wsl_studio.learn.model import Model
from wsl_studio.learn.probe import Again
from wsl_studio.learn.round import Outcome
from wsl_studio.learn.train import make_optimiser
from wsl_studio.learn.vit import cubic


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks are drawn once and copied, the large ones narrow."""
    small_networks(monkeypatch)
    drawn = cache(build)

    def copied(name: str) -> Chain:
        return copy.deepcopy(drawn(name))

    monkeypatch.setattr(backbones, "build", copied)


def images(n: int = 2, side: int = 32) -> torch.Tensor:
    rng = np.random.default_rng(0)
    return torch.from_numpy(rng.integers(0, 255, (n, side, side + 32, 3), np.uint8))


def maps_of(backbone: Backbone, slices: torch.Tensor) -> dict[str, torch.Tensor]:
    """The cached maps, as training takes them."""
    with torch.inference_mode():
        made = backbone.prefix(slices)
    made = {name: x.clone() for name, x in made.items()}
    return {**made, IMAGE: slices} if backbone.trunk == IMAGE else made


@pytest.mark.parametrize("name", sorted(set(LEVELS) - {"hog"}))
@pytest.mark.usefixtures("quick")
def test_every_depth_trains_its_own_stages_and_nothing_before_them(name: str) -> None:
    trained = []
    for depth, stage in STAGES.items():
        recipe = METHODS[DEFAULT].recipe(
            {"backbone": name, "depth": depth, "shape": False, "backbone_learning_rate": 1e-3}
        )
        backbone, said = load_backbone(recipe.backbone)
        assert any("scratch" in one for one in said) == (
            recipe.backbone.weights == "random" and depth in ("all", "scratch")
        )
        given = maps_of(backbone, images())
        with torch.no_grad():
            channels = {level: x.shape[1] for level, x in backbone.suffix(given).items()}
        model = Model(recipe, 2, backbone.grids, channels, backbone).train()
        before = {key: x.clone() for key, x in backbone.links.state_dict().items()}
        optimiser = make_optimiser(model, recipe)
        rates = [group["lr"] for group in optimiser.param_groups]
        assert rates == [1e-2, 1e-3 * (10 if depth == "scratch" else 1)]
        if stage is not None:
            torch.autograd.backward(model(given).square().mean())
            optimiser.step()
        moved = {k for k, x in backbone.links.state_dict().items() if not torch.equal(x, before[k])}
        links = {int(key.split(".")[0]) for key in moved}
        with_weights = {
            i for i in range(backbone.cut, len(backbone.links))
            if any(True for _ in backbone.links[i].parameters())
        }  # fmt: skip
        assert links == with_weights
        learns = recipe.backbone.weights == "random" and stage == 0
        has_norms = any(isinstance(m, torch.nn.BatchNorm2d) for m in backbone.modules())
        assert any("running_mean" in key for key in moved) == (learns and has_norms)
        trained.append(len(links))
    # Every depth adds a stage to the one before; from scratch is as deep as all.
    assert trained[:5] == sorted(set(trained[:5]))
    assert trained[4] == trained[5]


@pytest.mark.parametrize("name", sorted(set(LEVELS) - {"hog"}))
@pytest.mark.usefixtures("quick")
def test_the_two_parts_together_are_the_whole(name: str) -> None:
    whole, _ = load_backbone(BackboneSpec(name=name, weights="random", levels=LEVELS[name]))
    expected = maps_of(whole, images())[LEVELS[name][0]]
    for stage in (1, 2, 3):
        spec = BackboneSpec(name=name, weights="random", levels=LEVELS[name], train_from=stage)
        parts, _ = load_backbone(spec)
        with torch.no_grad():
            found = parts.suffix(maps_of(parts, images()))[LEVELS[name][0]]
        assert torch.allclose(found, expected, atol=1e-4 * float(expected.abs().max()))


@pytest.mark.usefixtures("quick")
def test_in_parts_the_gradient_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("resnet18", "vit_b_16"):
        slopes = []
        for size in (None, 2):
            spec = BackboneSpec(name=name, weights="random", levels=LEVELS[name], train_from=2)
            backbone, _ = load_backbone(spec)
            backbone.slices_per_pass = size
            given = maps_of(backbone, images(5))
            torch.autograd.backward(backbone.suffix(given)[LEVELS[name][0]].square().mean())
            slopes.append(torch.cat([p.grad.flatten() for p in backbone.trained_parameters()
                                     if p.grad is not None]))  # fmt: skip
        assert torch.allclose(slopes[0], slopes[1], rtol=1e-3, atol=1e-7)


def test_the_transformer_is_that_of_torchvision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_networks(monkeypatch)
    net = torchvision_network("vit_b_16").eval()
    save_file(net.state_dict(), tmp_path / "vit.safetensors")
    spec = BackboneSpec(
        name="vit_b_16", weights=str(tmp_path / "vit.safetensors"), levels=("blocks4",),
        train_from=2,
    )  # fmt: skip
    backbone, _ = load_backbone(spec)
    square = images(3, 64)[:, :, :64]
    given = maps_of(backbone, square)
    assert given["blocks2" + TOKEN].shape == (3, 16, 1, 1)
    with torch.no_grad():
        found = backbone.suffix(given)["blocks4"]
        tokens = net._process_input(backbone.scaled(square))
        tokens = torch.cat([net.class_token.expand(3, -1, -1), tokens], 1)
        expected = net.encoder(tokens)[:, 1:].transpose(1, 2).reshape(3, 16, 4, 4)
    assert torch.allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize(("n", "m"), [(14, 24), (14, 10), (4, 4)])
def test_positions_are_interpolated_as_torch_does(n: int, m: int) -> None:
    x = torch.randn(2, 3, n, n, generator=torch.Generator().manual_seed(0))
    expected = torch.nn.functional.interpolate(x, (m, n), mode="bicubic", align_corners=False)
    assert torch.allclose(torch.einsum("ih,nchw->nciw", cubic(n, m), x), expected, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "depth"),
    [("vit_b_16", "last"), ("efficientnet_b0", "last-two"), ("resnet18", "scratch")],
)
@pytest.mark.usefixtures("quick")
def test_a_whole_round_of_any_depth(
    tmp_path: Path, name: str, depth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda _: 2**10)  # nothing fits
    options = {"backbone": name, "depth": depth, "image_px": 64, "epochs": 2, "shape": False}
    _, outcome, said = whole_round(tmp_path, options)
    assert any("1 series at a time, 1 of its slices" in one for one in said)
    for found in outcome.scores.values():
        one = found["one"]
        assert one.positive + one.negative + one.rest == pytest.approx(one.score, abs=1e-4)


@pytest.mark.parametrize("name", sorted(METHODS))
@pytest.mark.parametrize("depth", ["last", "all"])
def test_no_method_trains_a_backbone_for_each_of_several_members(name: str, depth: str) -> None:
    asked = {"members": 9, "hidden": 8, "depth": depth, "backbone": "efficientnet_lite0+2"}
    options = {k: v for k, v in asked.items() if k in METHODS[name].Options.model_fields}
    try:
        recipe = METHODS[name].recipe(options)
    except ValidationError:  # it offers no such depth
        return
    assert recipe.fit.members == 1 or recipe.is_joint or recipe.backbone.train_from is None
    assert bool(recipe.backbone.kept) == bool(recipe.head.looks) == bool(recipe.head.networks)
    assert recipe.is_joint or not recipe.head.looks


@pytest.mark.usefixtures("quick")
def test_members_share_the_backbone_that_they_train(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, outcome, _ = whole_round(tmp_path, SHARED)
    with safe_open(str(tmp_path / "0001/checkpoint.safetensors"), framework="pt") as file:
        members = {name.split(".")[0] for name in file.keys()}  # noqa: SIM118
        backbones_of = {name.split(".")[0] for name in file.keys() if ".backbone." in name}  # noqa: SIM118
    assert members == {"0", "1", "2"}
    assert backbones_of == {"0"}
    cpu = torch.device("cpu")
    extractor = Extractor(manifest.recipe.backbone, tmp_path / "cache", cpu)
    again = Again.of(manifest, tmp_path / "0001", extractor, KEY, outcome.temperature)
    runs: list[int] = []
    run = Backbone.suffix

    def counted(backbone: Backbone, maps: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        runs.append(1)
        return run(backbone, maps)

    monkeypatch.setattr(Backbone, "suffix", counted)
    for uid, found in outcome.scores.items():
        features = extractor.load(KEY(uid))
        assert features is not None
        runs.clear()
        z, spread = region_scores(again.ensemble, features, cpu)
        assert len(runs) == 1
        assert spread is not None
        score = again.probe(features).of("one")(np.zeros((1, *z[:, 0].shape), bool))
        assert score[0] == pytest.approx(found["one"].score, abs=1e-3)


@pytest.mark.usefixtures("quick")
def test_a_round_after_it_trains_heads_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[Extractor] = []
    copied = Extractor.trained_backbone

    def counted(one: Extractor) -> Backbone | None:
        copies.append(one)
        return copied(one)

    monkeypatch.setattr(Extractor, "trained_backbone", counted)
    _, _, said = whole_round(tmp_path, SHARED)
    assert any("backbone learns too" in one for one in said)
    assert not any("heads alone" in one for one in said)
    copies.clear()
    _, _, said = whole_round(tmp_path, SHARED, number=2, warm_from=1)
    assert len(copies) == 1  # which every member holds
    assert any("after round 1: heads alone" in one for one in said)
    assert not any("backbone learns too" in one for one in said)
    with (
        safe_open(str(tmp_path / "0001/checkpoint.safetensors"), framework="pt") as first,
        safe_open(str(tmp_path / "0002/checkpoint.safetensors"), framework="pt") as second,
    ):
        names = [name for name in first.keys() if name.endswith("weight")]  # noqa: SIM118
        assert set(first.keys()) == set(second.keys())
        moved = {n for n in names if not torch.equal(first.get_tensor(n), second.get_tensor(n))}
    assert moved
    assert not any(".backbone." in name for name in moved)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("warm_from", "anew", "why"),
    [(0, "", "too"), (0, "options", "other options"), (0, "findings", "other findings"),
     (0, "labels", "many more labels"), (1, "", "can't be read")],
)  # fmt: skip
def test_a_round_says_why_its_backbone_learns_anew(
    tmp_path: Path, warm_from: int, anew: Anew, why: str
) -> None:
    quick = {**SHARED, "epochs": 1}
    _, _, events = picture_round(
        tmp_path, quick, training=4, number=2, warm_from=warm_from, anew=anew
    )
    (said,) = [e.sentence for e in events if e.kind == "said" and "backbone learns" in e.sentence]
    assert why in said


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("asked", "after"), [(2, 2), (10, 8)])
def test_a_round_after_it_has_fewer_epochs_but_never_more_than_were_asked_for(
    tmp_path: Path, asked: int, after: int
) -> None:
    few = {"image_px": 64, "epochs": asked, "shape": False}
    for number, epochs in ((1, asked), (2, after)):
        _, _, events = picture_round(
            tmp_path, few, training=4, number=number, warm_from=number - 1
        )  # fmt: skip
        seen = [event for event in events if event.kind == "epoch"]
        assert len(seen) == epochs
        assert {event.epochs for event in seen} == {epochs}


@pytest.mark.usefixtures("quick")
def test_series_are_described_as_if_nothing_had_been_trained(tmp_path: Path) -> None:
    whole_round(tmp_path / "deep", SHARED)
    whole_round(tmp_path / "frozen", {**SHARED, "depth": "none"})
    deep, frozen = (
        load_file(tmp_path / way / "0001/features.safetensors")["features"]
        for way in ("deep", "frozen")
    )
    assert torch.allclose(deep, frozen, atol=1e-2 * float(frozen.abs().max()))


@pytest.mark.parametrize("depth", ["none", "last"])
def test_two_maps_of_a_backbone_speak_together(tmp_path: Path, depth: str) -> None:
    two = {**SHARED, "backbone": "efficientnet_lite2", "depth": depth}
    manifest, outcome, _ = whole_round(tmp_path, two)
    again, extractor, features, z = read_again(tmp_path, manifest, outcome)
    fine, coarse = (extractor.grids[level] for level in LEVELS["efficientnet_lite2"])
    assert z.shape[-2:] == (fine.cells(64), fine.cells(64))
    assert coarse.stride == 2 * fine.stride
    for level in LEVELS["efficientnet_lite2"]:  # without what a map says, the scores are others
        heads = [member.heads[level] for member in again.ensemble.members]  # type: ignore[union-attr, index]
        kept = [head.gate.clone() for head in heads]
        for head in heads:
            head.gate.zero_()
        less, _ = region_scores(again.ensemble, features, torch.device("cpu"))
        assert not torch.allclose(less, z, atol=1e-4)
        for head, gate in zip(heads, kept, strict=True):
            head.gate.copy_(gate)


@pytest.mark.parametrize("depth", ["none", "last"])
def test_members_take_turns_at_networks_side_by_side(tmp_path: Path, depth: str) -> None:
    pair = {**SHARED, "backbone": "efficientnet_lite0+2", "depth": depth}
    manifest, outcome, _ = whole_round(tmp_path, pair)
    # What is read back says what the round said, and the next round goes on from it.
    _, extractor, _, _ = read_again(tmp_path, manifest, outcome)
    one, other = extractor.backbone.widths["stage3"]
    held = load_file(tmp_path / "0001/checkpoint.safetensors")
    seen = {
        name.removesuffix(".layers.1.weight"): x.shape[1]
        for name, x in held.items()
        if name.endswith("layers.1.weight")
    }
    if depth == "none":
        assert seen == {"0.heads.stage3": one, "1.heads.stage3": one, "2.heads.stage3": other}
    else:  # every second one looks at maps as they came, of two levels and the second network
        assert seen == {
            "0.heads.stage3": other,
            "1.heads.first:stage3": other,
            "1.heads.first:stage4": extractor.backbone.widths["stage4"][1],
            "2.heads.stage3": one,
        }
        links = {int(name.split(".")[3]) for name in held if name.startswith("0.backbone.links")}
        assert links == {3}
        maps = ("stage3", "first:stage3", "first:stage4")
        described = load_file(tmp_path / "0001/features.safetensors")["features"]
        widths = extractor.backbone.widths
        assert described.shape[1] == 2 * sum(sum(widths[name]) for name in maps[1:])
        again, _, features, _ = read_again(tmp_path, manifest, outcome)
        (trained,) = {id(m.backbone): m.backbone for m in again.ensemble.members}.values()  # type: ignore[union-attr]
        _, found = played(through_backbone(trained, {"1": features}, torch.device("cpu")))  # type: ignore[arg-type]
        assert found is not None
        assert set(found["1"].maps) == set(maps)  # not what only the backbone reads
    _, after, _ = whole_round(tmp_path, pair, number=2, warm_from=1)
    assert after.scores.keys() == outcome.scores.keys()


SHARED = {
    "backbone": "resnet18", "depth": "last", "image_px": 64, "epochs": 2, "shape": False,
    "hidden": 8, "members": 3,
}  # fmt: skip


def read_again(
    folder: Path, manifest: Manifest, outcome: Outcome
) -> tuple[Again, Extractor, SeriesFeatures, torch.Tensor]:
    """The first round from its files, with region scores of a series, which say what it said."""
    cpu = torch.device("cpu")
    extractor = Extractor(manifest.recipe.backbone, folder / "cache", cpu)
    again = Again.of(manifest, folder / "0001", extractor, KEY, outcome.temperature)
    features = extractor.load(KEY("1"))
    assert features is not None
    z, _ = region_scores(again.ensemble, features, cpu)
    score = again.probe(features).of("one")(np.zeros((1, *z[:, 0].shape), bool))
    assert score[0] == pytest.approx(outcome.scores["1"]["one"].score, abs=1e-3)
    return again, extractor, features, z


def whole_round(
    folder: Path, options: dict[str, Any], *, number: int = 1, warm_from: int = 0
) -> tuple[Manifest, Outcome, list[str]]:
    """A round on eight pictures, and the sentences it says."""
    manifest, outcome, events = picture_round(
        folder, options, training=6, number=number, warm_from=warm_from
    )
    return manifest, outcome, [event.sentence for event in events if event.kind == "said"]
