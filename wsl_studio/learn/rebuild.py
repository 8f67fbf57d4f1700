"""Reconstruction as a cost: auto-encoders, what-where, HybridNet's two branches, the ladder."""

import torch
from torch import Tensor, nn

from wsl_studio.domain.code import Code
from wsl_studio.domain.words import say
from wsl_studio.learn.encode import Coded, Coder, Linear, Mirror, Plain
from wsl_studio.learn.ladder import LadderDecoder, LadderEncoder, ladder_costs

Costs = dict[str, Tensor]
Pictures = dict[str, Tensor]


class Rebuilder(nn.Module):
    """Base of decoders beside an encoder; it is needed in training only.

    ``sees_findings`` is True if what it gives back begins with more than the code: see ``Sighted``.
    """

    sees_findings: bool = False

    def costs(self, coder: Coder, x: Tensor) -> Costs:
        """``rebuild`` and ``layers``, not weighted, of (N, C, h, w) maps."""
        raise NotImplementedError

    def pictures(self, coder: Coder, x: Tensor) -> Pictures:
        """By caption, maps of the shape of the input: what the reader is shown."""
        raise NotImplementedError


class AutoEncoder(Rebuilder):
    """One decoder: of a linear code, or the mirror of a convolutional one.

    Args:
        code: Widths and kind of decoder.
        channels: Of the input.

    Source:
        Hinton & Salakhutdinov 2006 (Science); with switches Zhao et al. 2015 (SWWAE), whose cost
        of the layers between is ``layers``.
    """

    def __init__(self, code: Code, channels: int) -> None:
        super().__init__()
        self.is_linear = code.encoder == "linear"
        self.decoder: nn.Module = (
            nn.Conv2d(code.channels[-1], channels, 1)
            if self.is_linear
            else Mirror(channels, code.channels, has_switches=code.decoder == "switches")
        )

    def rebuilt(self, coder: Coder, x: Tensor) -> tuple[Coded, tuple[Tensor, ...]]:
        """What the encoder made of the input, and what the decoder makes of that."""
        assert isinstance(coder, Linear | Plain)
        coded = coder.coded(x)
        if self.is_linear:
            return coded, (self.decoder(coded.layers[-1]),)
        return coded, self.decoder(coded)

    def costs(self, coder: Coder, x: Tensor) -> Costs:
        """See the base."""
        coded, back = self.rebuilt(coder, x)
        return {"rebuild": (back[0] - x).square().mean(), "layers": layers_cost(coded, back)}

    def layer_costs(self, coder: Coder, x: Tensor) -> list[Tensor]:
        """How badly each layer gives back the one before it; only its own weights get gradients.

        Source:
            Hinton et al. 2006 (Neural Computation): one layer after the other, each on the codes
            of those below it, which stay as they are.
        """
        assert isinstance(coder, Plain)
        assert isinstance(self.decoder, Mirror)
        below = [layer.detach() for layer in coder.coded(x).layers[:-1]]
        costs = []
        for i, one in enumerate(below):
            code, at = coder.layer(i, one)
            costs.append((self.decoder.layer(i, code, at, one) - one).square().mean())
        return costs

    def pictures(self, coder: Coder, x: Tensor) -> Pictures:
        """Input and output."""
        return {say("series"): x, say("rebuilt"): self.rebuilt(coder, x)[1][0]}


class Branches(Rebuilder):
    """HybridNet: what tells the findings, and all the rest, each rebuilt by itself and added.

    The first branch is the encoder of the findings with a decoder that forgets where (repeats);
    the second has an encoder of its own and a decoder with switches. No head reads the second.

    Args:
        code: Widths, and whether the branches are balanced.
        channels: Of the input.

    Source:
        Robert, Thome & Cord 2018 (ECCV), equations 1-6.
    """

    def __init__(self, code: Code, channels: int) -> None:
        super().__init__()
        self.is_balanced = code.is_balanced
        self.known = Mirror(channels, code.channels, has_switches=False)
        self.other = Plain(channels, code.channels, code.noise, code.kernel)
        self.unknown = Mirror(channels, code.channels, has_switches=True)

    def both(self, coder: Coder, x: Tensor) -> tuple[tuple[Coded, tuple[Tensor, ...]], ...]:
        """Codes and rebuilt layers of the two branches."""
        assert isinstance(coder, Plain)
        c, u = coder.coded(x), self.other.coded(x)
        return (c, self.known(c)), (u, self.unknown(u))

    def costs(self, coder: Coder, x: Tensor) -> Costs:
        """See the base."""
        (c, back_c), (u, back_u) = self.both(coder, x)
        cost = balanced_cost if self.is_balanced else sum_cost
        return {
            "rebuild": cost(x, back_c[0], back_u[0]),
            "layers": layers_cost(c, back_c) + layers_cost(u, back_u),
        }

    def pictures(self, coder: Coder, x: Tensor) -> Pictures:
        """Input, both branches and their sum."""
        (_, (x_c, *_)), (_, (x_u, *_)) = self.both(coder, x)
        return {say("series"): x, say("what tells findings"): x_c, say("the rest"): x_u,
                say("sum"): x_c + x_u}  # fmt: skip


class Ladder(Rebuilder):
    """The decoder of a ladder network.

    Args:
        code: Widths.
        channels: Of the input.
    """

    def __init__(self, code: Code, channels: int) -> None:
        super().__init__()
        self.decoder = LadderDecoder(channels, code.channels)

    def costs(self, coder: Coder, x: Tensor) -> Costs:
        """``rebuild`` is the cost of the input, ``layers`` of all layers above."""
        assert isinstance(coder, LadderEncoder)
        noisy = coder.rungs(x, is_noisy=True)
        clean = coder.rungs(x, is_noisy=False)
        first, *above = ladder_costs(clean, self.decoder(noisy))
        return {"rebuild": first, "layers": torch.stack(above).sum()}

    def pictures(self, coder: Coder, x: Tensor) -> Pictures:
        """Input, with noise, and denoised."""
        assert isinstance(coder, LadderEncoder)
        noisy = coder.rungs(x, is_noisy=True)
        return {say("series"): x, say("with noise"): noisy.z[0],
                say("denoised"): self.decoder(noisy)[0]}  # fmt: skip


def sum_cost(x: Tensor, x_c: Tensor, x_u: Tensor) -> Tensor:
    """Mean squared error of the sum of two branches."""
    return (x_c + x_u - x).square().mean()


def balanced_cost(x: Tensor, x_c: Tensor, x_u: Tensor) -> Tensor:
    """``sum_cost``, whose gradient goes, sample by sample, to the branch that is worse alone.

    Without it one branch does the whole work, and the other learns nothing of the input.

    Args:
        x: (N, C, h, w) what should be rebuilt.
        x_c: What one branch makes of it.
        x_u: What the other makes of it.

    Source:
        Robert et al. 2018, section 3.2, balanced reconstruction.
    """
    error_c = (x_c - x).square().flatten(1).mean(1)
    error_u = (x_u - x).square().flatten(1).mean(1)
    is_u = (error_u >= error_c).view(-1, 1, 1, 1)
    return sum_cost(x, torch.where(is_u, x_c.detach(), x_c), torch.where(is_u, x_u, x_u.detach()))


def layers_cost(coded: Coded, back: tuple[Tensor, ...]) -> Tensor:
    """Sum over the layers between of the mean squared error; 0 where there is none."""
    pairs = list(zip(coded.layers[1:-1], back[1:], strict=False))
    each = [(guess - layer).square().mean() for layer, guess in pairs]
    return torch.stack(each).sum() if each else coded.layers[-1].new_zeros(())
