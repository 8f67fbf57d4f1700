"""Points and scribbles as supervision of the cells they lie on."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.learn_makers import FINDINGS, GRIDS, features
from wsl_studio.domain.evidence import Placement
from wsl_studio.domain.label import Region
from wsl_studio.domain.recipe import Pool
from wsl_studio.domain.round import Bag, RegionTarget
from wsl_studio.learn.bags import Regions, by_bag, labelled, region_loss
from wsl_studio.learn.features import SHAPE
from wsl_studio.learn.regions import region_masks, single_points

PLACEMENT = Placement(8.0, 8.0, 3.5, 3.5)
place = st.floats(0, 95.0, allow_nan=False)


def said(*points: tuple[float, float], value: float = 1.0, at: int = 1) -> RegionTarget:
    region = Region(first=at, last=at, points=points)
    return RegionTarget(finding="two", region=region, value=value)


@given(place, place)
def test_a_point_takes_the_one_cell_it_lies_in(x: float, y: float) -> None:
    inside, outside = region_masks([said((x, y))], FINDINGS, PLACEMENT, (3, 12, 12))
    ((_, s, i, j),) = np.argwhere(inside)
    assert s == 1
    row, column = PLACEMENT.pixel(i, j)
    assert abs(row - y) <= 4.01
    assert abs(column - x) <= 4.01
    # A point says where the finding is, not where it is not.
    assert not outside.any()


@given(st.lists(st.tuples(place, place), min_size=2, max_size=5))
def test_a_scribble_is_points_all_along_it_that_share_its_weight(
    points: list[tuple[float, float]],
) -> None:
    parts = single_points(said(*points), PLACEMENT)
    assert abs(sum(part.weight for part in parts) - 1) < 1e-9
    at = np.array([part.region.points[0] for part in parts])
    assert (np.linalg.norm(np.diff(at, axis=0), axis=1) <= 8.0 + 1e-9).all()
    for point in points:
        assert np.linalg.norm(at - point, axis=1).min() < 1e-9


def regions_of(*targets: RegionTarget) -> Regions:
    asked = Bag(series_uid="s", split="train", regions=targets)
    made = labelled(asked, features(3, slices=3), FINDINGS, GRIDS[SHAPE])
    assert made is not None
    assert made.regions is not None
    return made.regions


def test_every_cell_under_a_scribble_is_raised_or_lowered_and_no_other() -> None:
    for value, sign in ((1.0, -1), (0.0, 1)):
        held = regions_of(said((20.0, 44.0), (60.0, 44.0), value=value))
        z = torch.zeros(3, 2, 12, 12, requires_grad=True)
        loss = region_loss(by_bag(z, 1)[0], held, Pool())
        (slope,) = torch.autograd.grad(loss, z)
        under = slope[1, 1, 5, 2:8]
        assert (under.sign() == sign).all()
        assert int((slope != 0).sum()) == len(under)


def test_a_box_still_speaks_of_what_it_leaves_out_and_a_point_beside_it_is_inside() -> None:
    box = RegionTarget(
        finding="two", region=Region(first=1, last=1, box=(16, 40, 48, 64)), value=1.0
    )
    inside, outside = region_masks([box, said((90.0, 4.0))], FINDINGS, PLACEMENT, (3, 12, 12))
    assert outside[1].any()
    assert not (outside[1] & inside.any(0)).any()
