"""Reconstruction: each system's own term does what it is there for."""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits
from torch import Tensor

from wsl_studio.domain.code import Code
from wsl_studio.learn.coders import make_coder, make_rebuilder
from wsl_studio.learn.encode import Mirror, Plain, pooled, unpooled
from wsl_studio.learn.ladder import Combinator, LadderDecoder, LadderEncoder, ladder_costs
from wsl_studio.learn.linear_code import fit_linear
from wsl_studio.learn.rebuild import AutoEncoder, Branches, Ladder, balanced_cost, sum_cost

WIDTHS = (4, 6)


def some(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


def test_a_linear_auto_encoder_spans_the_main_components() -> None:
    x = torch.from_numpy(load_digits().data).float()
    found = fit_linear(x, 8)
    centred = x.double() - x.double().mean(0)
    main = torch.linalg.svd(centred, full_matrices=False).Vh[:8]
    basis = torch.linalg.qr(found.v.double()).Q.t()
    cosines = torch.linalg.svdvals(basis @ main.t()).clamp_max(1)
    angles = torch.sqrt((1 - cosines**2).clamp_min(0))
    assert float(angles.max()) < 1e-3
    left = (centred - centred @ main.t() @ main).square().mean()
    assert found.cost == pytest.approx(float(left), rel=1e-4)
    assert fit_linear(x, 4).cost > found.cost


def test_switches_put_values_back_where_they_were() -> None:
    x = some(2, 3, 6, 6).abs()
    y, at = pooled(x)
    back = unpooled(y, at, x)
    assert back.shape == x.shape
    assert int((back != 0).sum()) == y.numel()
    assert torch.equal(pooled(back)[0], y)
    assert torch.equal(back[back != 0], x[back != 0])


def test_a_decoder_without_switches_forgets_where_and_one_with_them_does_not() -> None:
    coder = Plain(1, WIDTHS).eval()
    coded = coder.coded(some(1, 1, 8, 8))
    at = coded.switches[1]
    assert at is not None
    moved = type(coded)(coded.layers, (None, at.flip(1)))
    for has_switches in (True, False):
        mirror = Mirror(1, WIDTHS, has_switches=has_switches).eval()
        is_equal = torch.equal(mirror(coded)[0], mirror(moved)[0])
        assert is_equal is not has_switches


def test_what_where_gives_back_every_layer() -> None:
    code = Code(encoder="plain", channels=(4, 6, 8), decoder="switches")
    coder, rebuilder = make_coder(code, 1), make_rebuilder(code, 1, None)
    assert rebuilder is None  # nothing is rebuilt without an encoder
    rebuilder = make_rebuilder(code, 1, coder)
    assert isinstance(rebuilder, AutoEncoder)
    assert coder is not None
    costs = rebuilder.costs(coder, some(4, 1, 16, 16))
    slopes = torch.autograd.grad(costs["layers"], rebuilder.parameters(), allow_unused=True)
    assert float(costs["layers"].detach()) > 0
    # It teaches the decoder's inner layers, and not the one that makes pixels.
    mirror = rebuilder.decoder
    assert isinstance(mirror, Mirror)
    reached = {id(p) for p, g in zip(rebuilder.parameters(), slopes, strict=True) if g is not None}
    assert all(id(p) not in reached for p in mirror.out[0].parameters())
    assert all(id(p) in reached for p in mirror.down[2].parameters())


def test_layer_by_layer_only_one_layer_learns_at_a_time() -> None:
    code = Code(encoder="plain", channels=(4, 6, 8), decoder="upsample")
    coder = make_coder(code, 1)
    assert isinstance(coder, Plain)
    rebuilder = AutoEncoder(code, 1)
    costs = rebuilder.layer_costs(coder, some(4, 1, 16, 16))
    assert len(costs) == 3
    for i, cost in enumerate(costs):
        coder.zero_grad()
        torch.autograd.backward(cost)
        taught = [any(p.grad is not None for p in link.parameters()) for link in coder.links]
        assert taught == [k == i for k in range(3)]


@pytest.mark.parametrize("worse", ["c", "u"])
def test_a_balanced_reconstruction_teaches_one_branch_a_sample(worse: str) -> None:
    x = some(3, 1, 4, 4)
    near, far = x + 0.1 * some(3, 1, 4, 4, seed=1), x + 3 * some(3, 1, 4, 4, seed=2)
    # Sample by sample: the first has it the other way round.
    first = torch.tensor([True, False, False]).view(-1, 1, 1, 1)
    near, far = torch.where(first, far, near), torch.where(first, near, far)
    x_c, x_u = (far, near) if worse == "c" else (near, far)
    x_c, x_u = x_c.clone().requires_grad_(), x_u.clone().requires_grad_()
    cost = balanced_cost(x, x_c, x_u)
    assert cost.item() == pytest.approx(sum_cost(x, x_c, x_u).item())
    slopes = torch.autograd.grad(cost, (x_c, x_u))
    taught = [(g.flatten(1).abs().sum(1) > 0).tolist() for g in slopes]
    assert taught[0] == [not taken for taken in taught[1]]
    assert taught[0] == ([False, True, True] if worse == "c" else [True, False, False])
    both = torch.autograd.grad(sum_cost(x, x_c, x_u), (x_c, x_u))
    assert all((g.flatten(1).abs().sum(1) > 0).all() for g in both)


def test_the_second_branch_of_hybridnet_is_read_by_no_head() -> None:
    code = Code(encoder="plain", channels=WIDTHS, decoder="branches", is_balanced=True)
    coder = make_coder(code, 1)
    branches = make_rebuilder(code, 1, coder)
    assert isinstance(branches, Branches)
    assert coder is not None
    coder.eval()
    branches.eval()
    x = some(2, 1, 8, 8)
    before = coder(x)
    with torch.no_grad():
        for p in branches.parameters():
            p.add_(1.0)
    assert torch.equal(coder(x), before)
    shown = branches.pictures(coder, x)
    assert torch.allclose(shown["sum"], shown["what tells findings"] + shown["the rest"])


def test_a_ladder_denoises_with_its_lateral_path_as_well_as_can_be() -> None:
    noise, n = 0.5, 4000
    clean = some(n, 1, 1, 1)
    noisy = clean + noise * some(n, 1, 1, 1, seed=1)
    above = torch.zeros(n, 1, 1, 1)

    def cost(has_lateral: bool) -> float:
        combine = Combinator(1)
        adam = torch.optim.Adam(combine.parameters(), 0.05)
        for _ in range(150):
            guess = combine(noisy if has_lateral else torch.zeros_like(noisy), above)
            loss = (guess - clean).square().mean()
            adam.zero_grad()
            torch.autograd.backward(loss)
            adam.step()
        return float(loss.detach())

    best = noise**2 / (1 + noise**2)  # of any estimate, for unit Gaussians
    assert cost(True) == pytest.approx(best, rel=0.05)
    assert cost(False) > 0.9


def test_ladder_costs_compare_on_the_scale_of_the_clean_batch() -> None:
    coder, decoder = LadderEncoder(2, WIDTHS, 0.3), LadderDecoder(2, WIDTHS)
    x = 3 * some(6, 2, 8, 8) + 1
    clean = coder.rungs(x, is_noisy=False)
    z = [one * s[:, None, None] + m[:, None, None]
         for one, m, s in zip(clean.z, clean.mean, clean.deviation, strict=True)]  # fmt: skip
    # A decoder that gives back the activity before it was normalised pays nothing.
    assert max(float(c.detach()) for c in ladder_costs(clean, tuple(z))) < 1e-8
    noisy = coder.rungs(x, is_noisy=True)
    out = decoder(noisy)
    assert [o.shape for o in out] == [z.shape for z in clean.z]
    assert not torch.equal(noisy.z[0], clean.z[0])


def test_a_ladder_is_noisy_in_training_only() -> None:
    coder = LadderEncoder(2, WIDTHS, 0.3)
    x = some(4, 2, 8, 8)
    assert not torch.equal(coder(x), coder(x))
    coder.eval()
    assert torch.equal(coder(x), coder(x))
    costs = Ladder(Code(encoder="ladder", channels=WIDTHS, decoder="lateral"), 2).costs(coder, x)
    assert set(costs) == {"rebuild", "layers"}


@pytest.mark.parametrize(
    ("encoder", "decoder"),
    [("plain", "upsample"), ("plain", "switches"), ("plain", "branches"), ("ladder", "lateral"),
     ("linear", "upsample"), ("anatomy", "factors")],
)  # fmt: skip
@pytest.mark.parametrize("size", [(16, 16), (7, 10), (1, 3)])
def test_every_decoder_gives_back_maps_of_any_size(
    encoder: str, decoder: str, size: tuple[int, int]
) -> None:
    code = Code.model_validate({"encoder": encoder, "decoder": decoder, "channels": (4, 6, 6)})
    coder = make_coder(code, 3)
    assert coder is not None
    rebuilder = make_rebuilder(code, 3, coder)
    assert rebuilder is not None
    x = some(2, 3, *size)
    assert coder(x).shape[:2] == (2, coder.channels)
    costs = rebuilder.costs(coder, x)
    total = torch.stack(list(costs.values())).sum()
    torch.autograd.backward(total)
    assert np.isfinite(total.item())
    assert any(p.grad is not None for p in coder.parameters())
    assert all(p.shape == x.shape for p in rebuilder.pictures(coder, x).values())
