"""Questions that need no label: how it was turned, lies, follows, and what it hides or colours.

Each trains a small encoder of ours on the pixels (or cached maps) of every series of the training
patients; the encoder then starts the head of the findings.
"""

import itertools
from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.code import Code
from wsl_studio.learn.colour import Colours
from wsl_studio.learn.encode import Coder, Mirror, Plain
from wsl_studio.learn.factors import MaskJudge

SLICES: Final = 16
WIDTH: Final = 32
HIDDEN_SHARE: Final = 0.25
"""Of the cells of a slice that ``Restored`` takes away."""
PIX2PIX: Final = 10.0
"""Weight of the absolute error beside the discriminator, a tenth of that of Isola et al. 2017: our
maps are standardised."""
AWAY: Final = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))


class Question(nn.Module):
    """Base: a cost of an encoder on series of equal shape."""

    def cost(self, coder: Coder, x: Tensor, is_colour: Tensor) -> Tensor:
        """What the answers cost; 0 where the series don't allow the question.

        Args:
            coder: Encoder that learns.
            x: (B, S, C, h, w) standardised.
            is_colour: (B,) series that hold colours.
        """
        raise NotImplementedError


class Rotation(Question):
    """By which quarter turn a slice was turned.

    Anatomy has an upright; on blood films or histology the question has no answer.

    Args:
        channels: Of the code.

    Source:
        Gidaris et al. 2018 (ICLR): all four turns of every slice in one batch.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.read = _reader(channels, 4)

    def cost(self, coder: Coder, x: Tensor, is_colour: Tensor) -> Tensor:  # noqa: ARG002
        """See the base."""
        flat = _some(x)
        side = min(flat.shape[-2:])
        top, left = ((n - side) // 2 for n in flat.shape[-2:])
        square = flat[..., top : top + side, left : left + side]
        turned = torch.cat([square.rot90(k, (2, 3)) for k in range(4)])
        answer = torch.arange(4, device=x.device).repeat_interleave(len(square))
        return F.cross_entropy(self.read(coder(turned)), answer)


class Position(Question):
    """On which of eight sides of one patch another lies.

    Between the patches is a gap, and each is shifted a little, so that edges that go on from one
    to the other don't give the answer away; each patch is standardised by itself.

    Args:
        channels: Of the code.

    Source:
        Doersch et al. 2015 (ICCV): a shared tower, joined codes, jitter and gap.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.read = nn.Sequential(nn.Linear(2 * channels, WIDTH), nn.ReLU(), nn.Linear(WIDTH, 8))

    def cost(self, coder: Coder, x: Tensor, is_colour: Tensor) -> Tensor:  # noqa: ARG002
        """See the base."""
        flat = _some(x)
        h, w = flat.shape[-2:]
        side = max(1, min(h, w) // 4)
        jitter = max(0, side // 8)
        reach = side + max(1, side // 4)  # from one corner to the next, with the gap
        pairs, answers = [], []
        for one in flat:
            k = int(torch.randint(8, ()))
            at = [_corner(h, side, reach), _corner(w, side, reach)]
            there = [a + reach * d for a, d in zip(at, AWAY[k], strict=True)]
            pairs.append((_patch(one, at, side, jitter), _patch(one, there, side, jitter)))
            answers.append(k)
        codes = coder(torch.stack([*(a for a, _ in pairs), *(b for _, b in pairs)])).mean((2, 3))
        both = torch.cat([codes[: len(flat)], codes[len(flat) :]], 1)
        return F.cross_entropy(self.read(both), torch.tensor(answers, device=x.device))


class Order(Question):
    """Which of two neighbouring slices (frames of a cine run) comes first.

    Args:
        channels: Of the code.

    Source:
        Misra et al. 2016 (ECCV) for the order of frames as a question.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.read = nn.Linear(channels, 1, bias=False)

    def cost(self, coder: Coder, x: Tensor, is_colour: Tensor) -> Tensor:  # noqa: ARG002
        """See the base."""
        b, s = x.shape[:2]
        if s < 2:
            return x.new_zeros(())
        pairs = min(b * (s - 1), SLICES)
        at = torch.randperm(b * (s - 1))[:pairs]
        bag, first = at // (s - 1), at % (s - 1)
        codes = coder(torch.cat([x[bag, first], x[bag, first + 1]]))
        later = codes[pairs:].mean((2, 3)) - codes[:pairs].mean((2, 3))
        return F.softplus(-self.read(later)).mean()


class Restored(Question):
    """What was taken away: boxes of the slice, whose content the rest has to tell.

    The analogue of colours for series that have none.

    Args:
        code: Widths.
        channels: Of the input.
        is_judged: A discriminator joins the error, as in Pathak et al.

    Source:
        Pathak et al. 2016 (CVPR, context encoders).
    """

    def __init__(self, code: Code, channels: int, *, is_judged: bool = False) -> None:
        super().__init__()
        self.decoder = Mirror(channels, code.channels, has_switches=False)
        self.judge = MaskJudge(channels) if is_judged else None

    def cost(self, coder: Coder, x: Tensor, is_colour: Tensor) -> Tensor:  # noqa: ARG002
        """See the base."""
        assert isinstance(coder, Plain)
        flat = _some(x)
        gone = holes(flat)
        back = self.decoder(coder.coded(flat * ~gone))[0]
        error = (back - flat).abs()
        cost: Tensor = (error * gone).sum() / gone.expand_as(flat).sum().clamp_min(1)
        if self.judge is None:
            return cost
        price, own = self.judge.cost(flat, torch.where(gone, back, flat))
        return PIX2PIX * cost + price + own


class Coloured(Question):
    """The colours of a grey copy; what series without colours lose instead is ``Restored``.

    Args:
        code: Widths.
        channels: Of the input: three, for colours.
        is_judged: A discriminator of (grey, colours) instead of classes of colour.

    Source:
        Zhang et al. 2016 (ECCV) for classes; Ross et al. 2018 (IJCARS) for the discriminator.
    """

    def __init__(self, code: Code, channels: int, *, is_judged: bool = False) -> None:
        super().__init__()
        self.grey = Restored(code, channels, is_judged=is_judged)
        self.colours = Colours(code, is_judged=is_judged) if channels == 3 else None

    def cost(self, coder: Coder, x: Tensor, is_colour: Tensor) -> Tensor:
        """See the base."""
        total = x.new_zeros(())
        n = len(x)
        for some, question in ((x[is_colour], self.colours), (x[~is_colour], self.grey)):
            if not len(some):
                continue
            if isinstance(question, Colours):
                total = total + question.cost(coder, _some(some)) * (len(some) / n)
            else:
                total = total + self.grey.cost(coder, some, is_colour) * (len(some) / n)
        return total


def make_questions(code: Code, coders: Mapping[str, tuple[Coder, int]]) -> dict[str, Question]:
    """The question of a recipe for every level: encoder and channels of its input."""
    out: dict[str, Question] = {}
    for level, (coder, channels) in coders.items():
        if code.pretext == "rotation":
            out[level] = Rotation(coder.channels)
        elif code.pretext == "position":
            out[level] = Position(coder.channels)
        elif code.pretext == "order":
            out[level] = Order(coder.channels)
        elif code.pretext == "restore":
            out[level] = Restored(code, channels)
        elif code.pretext in ("colour", "adversarial"):
            out[level] = Coloured(code, channels, is_judged=code.pretext == "adversarial")
    return out


def holes(x: Tensor) -> Tensor:
    """(N, 1, h, w) bool: in every slice, boxes that hide about ``HIDDEN_SHARE`` of it."""
    n, _, h, w = x.shape
    gone = torch.zeros(n, 1, h, w, dtype=torch.bool)
    height, width = max(1, h // 4), max(1, w // 4)
    for k, _ in itertools.product(range(n), range(round(HIDDEN_SHARE * 16) + 1)):
        i = int(torch.randint(h - height + 1, ()))
        j = int(torch.randint(w - width + 1, ()))
        gone[k, :, i : i + height, j : j + width] = True
    return gone.to(x.device)


def _some(x: Tensor) -> Tensor:
    """(N, C, h, w) slices of (B, S, C, h, w), at most ``SLICES``, drawn at random."""
    flat = x.flatten(0, 1)
    return flat if len(flat) <= SLICES else flat[torch.randperm(len(flat))[:SLICES].to(x.device)]


def _reader(channels: int, answers: int) -> nn.Sequential:
    """From a code to answers by what lies where in it."""
    return nn.Sequential(
        nn.Conv2d(channels, WIDTH, 3, stride=2, padding=1), nn.ReLU(),
        nn.Conv2d(WIDTH, WIDTH, 3, stride=2, padding=1), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(WIDTH, answers),
    )  # fmt: skip


def _corner(length: int, side: int, reach: int) -> int:
    """First row of a patch whose neighbours on both sides fit, as far as they can."""
    low, high = min(reach, length - side), max(0, length - side - reach)
    return low if high <= low else int(torch.randint(low, high + 1, ()))


def _patch(x: Tensor, at: list[int], side: int, jitter: int) -> Tensor:
    rows, columns = (
        min(max(0, a + int(torch.randint(-jitter, jitter + 1, ()))), n - side)
        for a, n in zip(at, x.shape[-2:], strict=True)
    )
    patch = x[:, rows : rows + side, columns : columns + side]
    mean = patch.mean((1, 2), keepdim=True)
    return (patch - mean) / (patch.std((1, 2), keepdim=True, correction=0) + 1e-2)
