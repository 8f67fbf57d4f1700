"""The memory along slices: the formulas, their order, chunks, and one memory a series."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learn_makers import easy_bags, model, small
from wsl_studio.domain.recipe import Head, Recipe
from wsl_studio.learn.bags import Maps
from wsl_studio.learn.convlstm import ConvLSTM
from wsl_studio.learn.methods import METHODS

CPU = torch.device("cpu")


def memory(chunk: int = 16, *, seed: int = 0) -> ConvLSTM:
    torch.manual_seed(seed)
    return ConvLSTM(3, 2, chunk).double()


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def conv(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """3x3 with zeros around, written out: (C, h, w) and (O, C, 3, 3) to (O, h, w)."""
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    _, h, w = x.shape
    out = np.zeros((len(weight), h, w))
    for i in range(3):
        for j in range(3):
            out += np.einsum("oc,chw->ohw", weight[:, :, i, j], padded[:, i : i + h, j : j + w])
    return out


def by_hand(net: ConvLSTM, x: np.ndarray) -> np.ndarray:
    """(S, C, h, w) to the same, one slice after the other in float64."""
    w = {name: tensor.detach().numpy() for name, tensor in net.state_dict().items()}
    h = c = np.zeros((2, *x.shape[2:]))
    out = []
    for now in x:
        gates = conv(now, w["of_map.weight"]) + conv(h, w["of_memory.weight"])
        i, j, f, o = (gates + w["of_map.bias"][:, None, None]).reshape(4, 2, *x.shape[2:])
        c = sigmoid(f + 1) * c + sigmoid(i) * np.tanh(j)
        h = sigmoid(o) * np.tanh(c)
        left = np.einsum("ch,hyx->cyx", w["back.weight"][:, :, 0, 0], h)
        out.append(now + left + w["back.bias"][:, None, None])
    return np.stack(out)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7), st.integers(1, 4), st.integers(1, 5))
def test_it_is_the_formulas_step_by_step_whatever_the_chunks(
    seed: int, slices: int, chunk: int, width: int
) -> None:
    net = memory(chunk, seed=seed)
    x = np.random.default_rng(seed).normal(size=(slices, 3, 4, width))
    found = net(torch.from_numpy(x)).detach().numpy()
    assert found == pytest.approx(by_hand(net, x), abs=1e-10)


def test_the_order_of_slices_matters_and_the_future_does_not() -> None:
    net = memory()
    x = torch.randn(5, 3, 4, 4, dtype=torch.float64)
    plain, turned = net(x), net(x.flip(0)).flip(0)
    assert (plain - turned).abs().max() > 1e-3
    later = x.clone()
    later[3:] += 1
    assert torch.equal(net(later)[:3], plain[:3])
    assert not torch.allclose(net(later)[4], plain[4])


def test_every_series_has_a_memory_of_its_own_that_starts_empty() -> None:
    net = memory()
    x = torch.randn(6, 3, 4, 4, dtype=torch.float64)
    together = net(x, n_bags=2)
    assert torch.allclose(together, torch.cat([net(x[:3]), net(x[3:])]))
    assert not torch.allclose(together, net(x))


def test_back_propagation_is_cut_between_chunks_and_exact_within() -> None:
    whole, cut = memory(8), memory(4)
    x = torch.randn(8, 3, 4, 4, dtype=torch.float64)
    slopes = {}
    for name, net in (("whole", whole), ("cut", cut)):
        for at in (1, 5):
            y = x.clone().requires_grad_()
            (slopes[name, at],) = torch.autograd.grad(net(y)[at].sum(), y)
    # Slice 5 depends on slice 1 through the memory; the cut at slice 4 hides that way back.
    assert slopes["whole", 5][1].abs().max() > 0
    assert (slopes["cut", 5][:4] == 0).all()
    assert torch.allclose(slopes["cut", 1], slopes["whole", 1])


def test_a_model_carries_it_in_its_deep_levels_only() -> None:
    recipe = small(Recipe()).model_copy(
        update={"head": Head(temporal="convlstm", temporal_channels=4)}
    )
    made = model(recipe)
    names = {name.split(".")[1] for name in made.state_dict() if ".memory." in name}
    assert names == {"block10"}
    bags = easy_bags(3, slices=4)
    stacked = Maps(CPU).stacked(bags)
    each = torch.cat([made(Maps(CPU).stacked([bag])) for bag in bags])
    assert torch.allclose(made(stacked, n_bags=3), each, atol=1e-5)
    assert not torch.allclose(made(stacked), each, atol=1e-3)


def test_the_method_is_a_memory_with_the_strongest_and_six_tenths_of_the_weakest() -> None:
    from wsl_studio.learn.pool import pool_score

    recipe = METHODS["nwoye"].recipe({})
    assert recipe.head.temporal == "convlstm"
    z = torch.randn(2, 3, 50)
    expected = 0.5 * (z.amax(-1) + 0.6 * z.amin(-1))
    assert torch.allclose(pool_score(z, recipe.pool), expected)
