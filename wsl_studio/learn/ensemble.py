"""What a round learned: members whose region scores are averaged, and the series as a whole."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from wsl_studio.learn.model import Model
from wsl_studio.learn.pool import Sharpness
from wsl_studio.learn.whole import Whole


class Ensemble(nn.Module):
    """Members whose region scores are averaged, so that their pooled sum stays a sum over them.

    Args:
        members: At least one.
        whole: What is added to a pooled score for the series as a whole, or None.
    """

    def __init__(self, members: Sequence[Model], whole: Whole | None = None) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)
        self.whole = whole
        self.finest = members[0].finest

    @property
    def sharpness(self) -> Sharpness | None:
        """Mean of the members', where it is learned."""
        each = [m.sharpness for m in self.members if isinstance(m, Model)]
        known = [sharpness for sharpness in each if sharpness is not None]
        if not known:
            return None
        plus, minus = torch.stack([s.plus for s in known]), torch.stack([s.minus for s in known])
        return Sharpness(plus.mean(0).detach(), minus.mean(0).detach())

    def forward(self, maps: Mapping[str, Tensor]) -> Tensor:
        """(N, K, h, w) mean region scores of one series."""
        each = self.each(maps)
        return sum(each[1:], start=each[0]) / len(each)

    def each(self, maps: Mapping[str, Tensor]) -> list[Tensor]:
        """(N, K, h, w) region scores of every member; a backbone that they share runs once."""
        members = [member for member in self.members if isinstance(member, Model)]
        if len({id(member.backbone) for member in members}) == 1:
            maps = {**maps, **members[0].level_maps(maps)}
        return [member(maps) for member in members]
