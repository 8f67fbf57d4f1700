"""Networks of one kind side by side, in maps that hold the channels of all of them."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

import torch
from torch import Tensor, nn


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
    member: int, members: int, looks: Sequence[Sequence[str]], widths: Mapping[str, Sequence[int]]
) -> dict[str, slice]:
    """Channels that a member looks at by level: sets of levels change from member to member.

    Those that look at the same set take the networks side by side one after the other, since
    members of one network that follow each other can be trained as one.

    Args:
        member: From 0.
        members: How many there are.
        looks: Sets of levels; () for one set of all levels in ``widths``.
        widths: Channels of every network, by level; levels of a single network are not in it.
    """
    sets = looks or (tuple(widths),)
    own, number = sets[member % len(sets)], member // len(sets)
    alike = len(range(member % len(sets), members, len(sets)))
    out = {}
    for level in own:
        parts = ranges(widths[level]) if level in widths else (slice(None),)
        out[level] = parts[number * len(parts) // alike]
    return out


def ranges(widths: Sequence[int]) -> tuple[slice, ...]:
    """Channels of every network in a map of all of them."""
    ends = list(accumulate(widths))
    return tuple(slice(end - width, end) for end, width in zip(ends, widths, strict=True))
