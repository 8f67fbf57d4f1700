"""Several sizes of a slice: names, grids to half a pixel, caches, and how sizes are fused."""

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from tests.learn_makers import picture
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain
from wsl_studio.domain.recipe import Backbone, Head, Recipe
from wsl_studio.learn import scales
from wsl_studio.learn.backbone import Backbone as Net
from wsl_studio.learn.chains import Chain, Stage
from wsl_studio.learn.features import SHAPE, Extractor, as_float
from wsl_studio.learn.methods import METHODS
from wsl_studio.learn.model import Model

CPU = torch.device("cpu")
KEY = "ab" * 20


def averaging() -> Net:
    """A backbone that says what lies in the middle of each cell: means over 2, 16 and 32 pixels."""
    stages = [
        Stage(f"mean{n}", nn.AvgPool2d(step), ((step, step, 0),))
        for n, step in ((2, 2), (16, 8), (32, 2))
    ]
    spec = Backbone(name="averaging", levels=("mean2", "mean16", "mean32"))
    scaling = (0.0,) * 3, (1 / 255,) * 3
    return Net(spec, Chain(nn.Sequential(), stages, (0, 0, 0, 1, 2), scaling))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([0.5, 0.71, 0.37, 1.0, 1.41, 2.0]),
    st.sampled_from([64, 96, 128]),
    st.sampled_from([64, 96, 128]),
)
def test_every_cell_at_every_size_lies_where_its_grid_says(
    scale: float, height: int, width: int
) -> None:
    # Grey is twice the place: rows in the first channel, columns in the second.
    image = torch.zeros(1, height, width, 3, dtype=torch.uint8)
    image[..., 0] = 2 * torch.arange(height)[:, None]
    image[..., 1] = 2 * torch.arange(width)
    net = averaging()
    maps = scales.prefix(net, image, (scale,))
    grids = scales.grids(net.grids, (scale,))
    assert set(maps) == {scales.level_name(level, scale) for level in net.levels}
    for name, x in maps.items():
        grid = grids[name]
        assert x.shape[-2:] == (grid.cells(height), grid.cells(width))
        for axis, n in ((0, x.shape[2]), (1, x.shape[3])):
            there = x[0, axis].mean(1 - axis) / 2  # (cells,)
            here = grid.offset + grid.stride * torch.arange(n)
            # A cell that reaches over the border averages what is repeated there.
            inner = (here > grid.stride) & (here < image.shape[1 + axis] - 1 - grid.stride)
            assert ((there - here)[inner].abs() <= 0.5).all()


def test_one_scale_is_the_cache_it_was_and_others_have_their_own(tmp_path: Path) -> None:
    plain = Backbone(levels=("block4",), image_px=64)
    one = Extractor(plain, tmp_path, CPU)
    two = Extractor(plain.model_copy(update={"scales": (0.5, 1.0)}), tmp_path, CPU)
    assert one.path(KEY) != two.path(KEY)
    a, b = (drain(each.make(KEY, picture(size=(64, 96)))) for each in (one, two))
    assert set(b.maps) == {"block4", "block4@50%"}
    assert torch.equal(a.maps["block4"], b.maps["block4"])
    assert torch.equal(a.mean, b.mean)
    assert next(iter(b.maps)) == "block4"
    found = Extractor(two.spec, tmp_path, CPU).load(KEY)
    assert found is not None
    assert torch.equal(found.maps["block4@50%"], b.maps["block4@50%"])


def test_a_backbone_that_is_trained_takes_one_size(tmp_path: Path) -> None:
    spec = Backbone(levels=("block4",), image_px=64, scales=(0.5, 1.0), train_from=2)
    with pytest.raises(KnownError, match="one size"):
        Extractor(spec, tmp_path, CPU)


def of_two_scales(head: Head, found: Extractor) -> Model:
    names = [*scales.level_names(found.spec), SHAPE]
    channels = {name: 4 if name == SHAPE else 40 for name in names}
    return Model(Recipe(backbone=found.spec, head=head), 2, found.grids, channels)


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    spec = Backbone(levels=("block4",), image_px=64, scales=(0.5, 1.0), shape_px=())
    return Extractor(spec, tmp_path_factory.mktemp("cache"), CPU)


@pytest.mark.parametrize(
    "head",
    [
        Head(fuse="learned"),
        Head(fuse="fixed"),
        Head(fuse="fixed", fuse_weights=(3.0, 1.0)),
    ],
)
def test_fused_scores_are_a_weighted_mean_and_local_shape_is_added(
    extractor: Extractor, head: Head
) -> None:
    torch.manual_seed(0)
    made = of_two_scales(head, extractor)
    if made.theta is not None:
        torch.nn.init.normal_(made.theta)
    weights = made.fuse_weights.detach()
    assert float(weights.sum()) == pytest.approx(1)
    if head.fuse_weights:
        assert weights.tolist() == pytest.approx([0.75, 0.25])
    coarse, fine, shape = torch.randn(3, 2, 2, 8, 8)
    each = {"block4@50%": coarse, "block4": fine, SHAPE: shape}
    expected = weights[0] * coarse + weights[1] * fine + shape
    assert torch.allclose(made.fused(each), expected, atol=1e-6)


def test_learned_weights_move_to_the_scale_that_knows(extractor: Extractor) -> None:
    made = of_two_scales(Head(fuse="learned"), extractor)
    assert made.theta is not None
    each = {"block4@50%": torch.zeros(1, 2, 8, 8), "block4": torch.ones(1, 2, 8, 8)}
    torch.autograd.backward(-made.fused(each).mean())
    assert made.theta.grad is not None
    assert made.theta.grad[1] < 0 < made.theta.grad[0]
    assert "theta" in made.state_dict()


def test_the_method_has_scores_on_the_finest_grid_of_all_its_sizes(tmp_path: Path) -> None:
    recipe = METHODS["multi-resolution"].recipe({"image_px": 64})
    found = Extractor(recipe.backbone, tmp_path, CPU)
    features = drain(found.make(KEY, picture(size=(64, 64))))
    assert len(features.maps) == 4
    maps = {name: as_float(name, x) for name, x in features.maps.items()}
    channels = {name: x.shape[1] for name, x in maps.items()}
    made = Model(recipe, 1, found.grids, channels)
    z = made(maps)
    cells = made.finest.cells(64)
    assert z.shape == (1, 1, cells, cells)
    assert made.fuse_weights.tolist() == pytest.approx([1 / 3] * 3)
    assert torch.isfinite(z).all()


def test_fixed_weights_are_one_a_level_and_scale(extractor: Extractor) -> None:
    with pytest.raises(ValueError, match="one a level"):
        of_two_scales(Head(fuse="fixed", fuse_weights=(1.0,)), extractor)
