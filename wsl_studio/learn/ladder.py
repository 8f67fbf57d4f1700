"""The ladder network: a noisy encoder, and a decoder that denoises every layer with its help."""

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.learn.encode import Coder, joined, pooled

EPS = 1e-5


@dataclass(frozen=True, eq=False)
class Rungs:
    """One pass through the encoder.

    Args:
        z: (N, C_l, h_l, w_l) normalised activity of each layer from the input, with its noise.
        mean: (C_l,) of the batch before it was normalised; 0 for the input.
        deviation: (C_l,) likewise; 1 for the input.
        h: (N, C_l, h_l, w_l) output of each layer from the input.
    """

    z: tuple[Tensor, ...]
    mean: tuple[Tensor, ...]
    deviation: tuple[Tensor, ...]
    h: tuple[Tensor, ...]


class LadderEncoder(Coder):
    """3x3 layers, each normalised over the batch, then made noisy, then scaled and rectified.

    In training the head reads the noisy path, and the costs compare it with the clean one; in
    evaluation there is no noise and the running statistics of the clean path are used.

    Args:
        channels: Of the input.
        widths: Of each layer.
        noise: Standard deviation at every layer and on the input.
        kernel: Of the first layer.

    Source:
        Rasmus et al. 2015 (arXiv 1507.02672), algorithm 1.
    """

    def __init__(
        self, channels: int, widths: tuple[int, ...], noise: float = 0.3, kernel: int = 3
    ) -> None:
        super().__init__()
        self.channels, self.halvings = sum(widths[-2:]), max(0, len(widths) - 2)
        self.noise = noise
        before = (channels, *widths)
        self.links = nn.ModuleList(
            nn.Conv2d(a, b, k, padding=k // 2, bias=False)
            for k, (a, b) in zip(
                (kernel, *(3,) * len(widths)), itertools.pairwise(before), strict=False
            )
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(b, affine=False, eps=EPS) for b in widths)
        self.scales = nn.ParameterList(torch.ones(b) for b in widths)
        self.shifts = nn.ParameterList(torch.zeros(b) for b in widths)

    def rungs(self, x: Tensor, *, is_noisy: bool) -> Rungs:
        """All layers of one pass; statistics of the batch in training, running ones otherwise."""
        sigma = self.noise if is_noisy else 0.0
        h = x + sigma * torch.randn_like(x) if sigma else x
        one = x.new_ones(x.shape[1])
        zs, hs, means, deviations = [h], [h], [0 * one], [one]
        for i, link in enumerate(self.links):
            raw = link(pooled(h)[0] if i else h)
            z, mean, deviation = self._normalised(raw, i, keeps=not is_noisy)
            z = z + sigma * torch.randn_like(z) if sigma else z
            h = F.relu(_wide(self.scales[i]) * (z + _wide(self.shifts[i])))
            zs.append(z)
            hs.append(h)
            means.append(mean)
            deviations.append(deviation)
        return Rungs(tuple(zs), tuple(means), tuple(deviations), tuple(hs))

    def _normalised(self, raw: Tensor, i: int, *, keeps: bool) -> tuple[Tensor, Tensor, Tensor]:
        norm = self.norms[i]
        assert isinstance(norm, nn.BatchNorm2d)
        assert norm.running_mean is not None
        assert norm.running_var is not None
        if not self.training:
            mean, var = norm.running_mean, norm.running_var
        else:
            mean, var = raw.mean((0, 2, 3)), raw.var((0, 2, 3), correction=0)
            if keeps:
                with torch.no_grad():
                    norm.running_mean.lerp_(mean, 0.1)
                    norm.running_var.lerp_(var, 0.1)
        deviation = (var + EPS).sqrt()
        return (raw - _wide(mean)) / _wide(deviation), mean, deviation

    def forward(self, x: Tensor) -> Tensor:
        """The code: of the noisy path in training, of the clean one otherwise."""
        if self.training:
            with torch.no_grad():
                self.rungs(x, is_noisy=False)  # for the running statistics of the clean path
        return joined(self.rungs(x, is_noisy=self.training).h[1:])


class Combinator(nn.Module):
    """Denoised activity of a layer from its noisy one (lateral) and what comes from above.

    g(z, u) = (z - m) v + m, with m = a1 s(a2 u + a3) + a4 u + a5 and v likewise with a6 ... a10:
    the best guess where z is Gaussian given u. All a begin at 0 but a2 = a7 = 1.

    Args:
        channels: Each has its own a.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        start = torch.zeros(10, channels)
        start[1] = start[6] = 1.0
        self.a = nn.Parameter(start)

    def forward(self, z: Tensor, u: Tensor) -> Tensor:
        """(N, C, h, w) each."""
        a = [_wide(row) for row in self.a]
        m = a[0] * torch.sigmoid(a[1] * u + a[2]) + a[3] * u + a[4]
        v = a[5] * torch.sigmoid(a[6] * u + a[7]) + a[8] * u + a[9]
        return (z - m) * v + m


class LadderDecoder(nn.Module):
    """From the top down: every layer denoised from its own noisy activity and the layer above.

    Args:
        channels: Of the input.
        widths: Of each layer of the encoder.
    """

    def __init__(self, channels: int, widths: tuple[int, ...]) -> None:
        super().__init__()
        sizes = (channels, *widths)
        self.combine = nn.ModuleList(Combinator(c) for c in sizes)
        self.links = nn.ModuleList(
            nn.Conv2d(sizes[i + 1], sizes[i], 3, padding=1, bias=False) for i in range(len(widths))
        )

    def forward(self, noisy: Rungs) -> tuple[Tensor, ...]:
        """Denoised layers from the input to the code, on the scale before normalisation."""
        u = _batch_normalised(noisy.h[-1])
        out: list[Tensor] = []
        for i in reversed(range(len(self.combine))):
            if out:
                like = noisy.z[i].shape[-2:]
                y = self.links[i](out[-1])
                u = _batch_normalised(y if y.shape[-2:] == like else F.interpolate(y, like))
            out.append(self.combine[i](noisy.z[i], u))
        return tuple(reversed(out))


def ladder_costs(clean: Rungs, denoised: tuple[Tensor, ...]) -> list[Tensor]:
    """Mean squared error of each layer from the input, on the scale of the clean batch.

    Source:
        Rasmus et al. 2015, equation 2: |z - (z^ - m) / s|^2 with m and s of the clean path. Here
        the mean over cells and channels, so that weights do not depend on the size of a map.
    """
    return [
        (z - (guess - _wide(m)) / _wide(s)).square().mean()
        for z, guess, m, s in zip(clean.z, denoised, clean.mean, clean.deviation, strict=True)
    ]


def _batch_normalised(x: Tensor) -> Tensor:
    mean = x.mean((0, 2, 3), keepdim=True)
    return (x - mean) / (x.var((0, 2, 3), correction=0, keepdim=True) + EPS).sqrt()


def _wide(x: Tensor) -> Tensor:
    return x[:, None, None]
