"""Anatomy and appearance as two factors of an image, and a discriminator of masks (SDNet)."""

import itertools
from typing import Final

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.words import say
from wsl_studio.learn.encode import Coder
from wsl_studio.learn.rebuild import Costs, Pictures, Rebuilder
from wsl_studio.learn.unet import MAPS, UNet, rounded

WIDTH: Final = 8
"""Channels of the painter and of the first layers beside it."""
KL: Final = 0.01
"""Weight of the divergence from a standard normal (Chartsias et al. 2019, section 4.3)."""
SLOPE: Final = 0.2
SMOOTH: Final = 1.0


class Appearance(nn.Module):
    """How an image looks, given what is where: a Gaussian over a short vector.

    Args:
        channels: Of the image.
        maps: Of the anatomy.
        length: D, of the vector.
    """

    def __init__(self, channels: int, maps: int, length: int) -> None:
        super().__init__()
        sizes = (channels + maps, WIDTH, 2 * WIDTH, 2 * WIDTH)
        layers: list[nn.Module] = []
        for a, b in itertools.pairwise(sizes):
            layers += [nn.Conv2d(a, b, 3, stride=2, padding=1), nn.LeakyReLU(SLOPE)]
        self.layers = nn.Sequential(*layers)
        self.out = nn.Linear(sizes[-1], 2 * length)

    def forward(self, x: Tensor, anatomy: Tensor) -> tuple[Tensor, Tensor]:
        """(N, D) mean and log variance."""
        y = self.layers(torch.cat([x, anatomy], 1)).mean((2, 3))
        mean, logvar = self.out(y).chunk(2, 1)
        return mean, logvar.clamp(-8, 8)


class Painter(nn.Module):
    """The image of an anatomy with an appearance, which scales and shifts every channel (FiLM).

    It sees no image: what is where can only come through the binary maps.

    Args:
        channels: Of the image.
        maps: Of the anatomy.
        length: D.

    Source:
        Chartsias et al. 2019 (MedIA), section 3.3; Perez et al. 2018 (AAAI, FiLM).
    """

    def __init__(self, channels: int, maps: int, length: int, blocks: int = 3) -> None:
        super().__init__()
        self.first = nn.Conv2d(maps, WIDTH, 3, padding=1)
        self.layers = nn.ModuleList(nn.Conv2d(WIDTH, WIDTH, 3, padding=1) for _ in range(blocks))
        self.film = nn.ModuleList(nn.Linear(length, 2 * WIDTH) for _ in range(blocks))
        self.out = nn.Conv2d(WIDTH, channels, 3, padding=1)

    def forward(self, anatomy: Tensor, z: Tensor) -> Tensor:
        """(N, M, h, w) and (N, D) to (N, C, h, w)."""
        y = F.leaky_relu(self.first(anatomy), SLOPE)
        for layer, film in zip(self.layers, self.film, strict=True):
            scale, shift = film(z)[..., None, None].chunk(2, 1)
            y = y + F.leaky_relu((1 + scale) * layer(y) + shift, SLOPE)
        out: Tensor = self.out(y)
        return out


class Painted(Rebuilder):
    """An image taken apart into what is where and appearance, and painted again.

    Args:
        channels: Of the image.
        length: D, of the appearance.
        maps: That say what is where, the last of what the encoder gives: ``MAPS`` of the anatomy,
            and one of every finding where those are seen too (``sight``).
    """

    def __init__(self, channels: int, length: int, maps: int = MAPS) -> None:
        super().__init__()
        self.maps, self.sees_findings = maps, maps > MAPS
        self.appearance = Appearance(channels, maps, length)
        self.painter = Painter(channels, maps, length)

    def costs(self, coder: Coder, x: Tensor) -> Costs:
        """``rebuild`` is the mean absolute error, ``layers`` what keeps the appearance in order.

        That is its divergence from a standard normal, and how badly a random appearance is found
        again in what was painted with it: without that the painter would leave it out.
        """
        return self.painting(coder(x)[:, -self.maps :], x)

    def painting(self, seen: Tensor, x: Tensor) -> Costs:
        """``costs`` of images of which it is known what is where, (N, M, h, w)."""
        mean, logvar = self.appearance(x, seen)
        z = mean + torch.randn_like(mean) * (0.5 * logvar).exp()
        divergence = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).sum(1).mean()
        other = torch.randn_like(mean)
        found, _ = self.appearance(self.painter(seen, other), seen)
        return {
            "rebuild": (self.painter(seen, z) - x).abs().mean(),
            "layers": KL * divergence + (found - other).abs().mean(),
        }

    def pictures(self, coder: Coder, x: Tensor) -> Pictures:
        """Image, anatomy and findings as shades, and the image painted again."""
        seen = coder(x)[:, -self.maps :]
        out: Pictures = {say("series"): x, say("anatomy"): shaded(seen[:, :MAPS], x)}
        if self.sees_findings:
            found = seen[:, MAPS:]
            none = 1 - found.amax(1, keepdim=True)
            out[say("findings")] = shaded(torch.cat([none, found], 1), x)
        out[say("painted again")] = self.painter(seen, self.appearance(x, seen)[0])
        return out


def sight(code: Tensor, z: Tensor, drawn: Tensor | None = None) -> Tensor:
    """What a painter sees that sees the findings: the anatomy, and a mask of each behind it.

    Args:
        code: (N, C, h, w) of a ``UNet`` with binary maps.
        z: (N, K, h, w) region scores read off it.
        drawn: (N, K, h, w) masks by a reader, below 0 where none was drawn. There, and without
            any, the mask is what the model takes for the finding, so painting teaches that too.

    Returns:
        (N, MAPS + K, h, w), 0 or 1, with the gradients of what was not rounded.

    Source:
        Chartsias et al. 2018 (MICCAI): the image is rebuilt from the rounded mask, of drawn ones
        from themselves.
    """
    found = rounded(torch.sigmoid(z))
    if drawn is not None:
        found = torch.where(drawn < 0, found, drawn)
    return torch.cat([UNet.anatomy(code), found], 1)


def shaded(maps: Tensor, like: Tensor) -> Tensor:
    """(N, M, h, w) binary maps as shades around the mean of an image, in the image's shape."""
    shades = torch.linspace(-1.5, 1.5, maps.shape[1], device=maps.device)
    flat = (maps * shades[:, None, None]).sum(1, keepdim=True).clamp(-1.5, 1.5)
    mean, deviation = (f((1, 2, 3), keepdim=True) for f in (like.mean, like.std))
    return (mean + deviation * flat).expand_as(like)


class MaskJudge(nn.Module):
    """Tells masks that a reader drew from those of a model; both learn in one backward pass.

    Args:
        findings: K masks side by side.

    Source:
        Mao et al. 2017 (ICCV, LSGAN), as in Chartsias et al. 2018 (MICCAI).
    """

    def __init__(self, findings: int) -> None:
        super().__init__()
        sizes = (findings, WIDTH, 2 * WIDTH)
        layers: list[nn.Module] = []
        for a, b in itertools.pairwise(sizes):
            layers += [nn.Conv2d(a, b, 4, stride=2, padding=1), nn.LeakyReLU(SLOPE)]
        self.layers = nn.Sequential(*layers, nn.Conv2d(sizes[-1], 1, 3, padding=1))

    def forward(self, mask: Tensor) -> Tensor:
        """(N, K, h, w) in [0, 1] to (N, 1, h / 4, w / 4), 1 for drawn and 0 for made."""
        y: Tensor = self.layers(mask)
        return y

    def cost(self, real: Tensor, made: Tensor) -> tuple[Tensor, Tensor]:
        """What the model pays for masks that are seen through, and what the judge pays.

        The first gives no gradient to the judge, the second none to the model, so their sum can
        be stepped by one optimiser.
        """
        held = {name: p.detach() for name, p in self.named_parameters()}
        model = (functional_call(self, held, (made,)) - 1).square().mean()
        own = (self(real) - 1).square().mean() + self(made.detach()).square().mean()
        return model, 0.5 * own


def dice_loss(p: Tensor, mask: Tensor) -> Tensor:
    """1 - soft Dice over (..., h, w), mean over the rest.

    Args:
        p: Probabilities.
        mask: 0 or 1, of the same shape.

    Source:
        Milletari et al. 2016 (3DV), with plain sums below the line.
    """
    shared = (p * mask).sum((-2, -1))
    whole = p.sum((-2, -1)) + mask.sum((-2, -1))
    return (1 - (2 * shared + SMOOTH) / (whole + SMOOTH)).mean()
