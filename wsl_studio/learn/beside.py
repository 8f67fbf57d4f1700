"""Networks of one kind side by side, in maps that hold the channels of all of them."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

import torch
from torch import Tensor, nn

from wsl_studio.domain.recipe import Head


class Beside(nn.Module):
    """One stage of several networks, each on its own channels.

    Args:
        parts: The stage of each network.
        widths: Input channels of each; empty where all take the same image.
    """

    def __init__(self, parts: Sequence[nn.Module], widths: Sequence[int] = ()) -> None:
        super().__init__()
        self.parts = nn.ModuleList(parts)
        self.widths = tuple(widths)

    def forward(self, x: Tensor) -> Tensor:
        """(N, sum of widths, h, w), or an image, to the channels of all networks."""
        given = torch.split(x, list(self.widths), 1) if self.widths else [x] * len(self.parts)
        return torch.cat([part(y) for part, y in zip(self.parts, given, strict=True)], 1)


def turn(
    member: int, members: int, head: Head, widths: Mapping[str, Sequence[int]]
) -> dict[str, slice]:
    """Channels that a member looks at by level: sets of levels change from member to member.

    Those that look at the same set take its networks one after the other, since members of one
    network that follow each other can be trained as one.

    Args:
        member: From 0.
        members: How many there are.
        head: Sets of levels, and the networks of each; without sets, all levels in ``widths``.
        widths: Channels of every network, by level; levels of a single network are not in it.
    """
    sets = head.looks or (tuple(widths),)
    number, which = divmod(member, len(sets))
    alike = len(range(which, members, len(sets)))
    out = {}
    for level in sets[which]:
        parts = ranges(widths[level]) if level in widths else (slice(None),)
        if head.networks and level in widths:
            parts = tuple(parts[network] for network in head.networks[which])
        out[level] = parts[number * len(parts) // alike]
    return out


def ranges(widths: Sequence[int]) -> tuple[slice, ...]:
    """Channels of every network in a map of all of them."""
    ends = list(accumulate(widths))
    return tuple(slice(end - width, end) for end, width in zip(ends, widths, strict=True))
