"""What a round says of its own trust, and the spread of an ensemble beside its evidence."""

import numpy as np
import pytest
import torch

from tests.learn_makers import FINDINGS, GRIDS, bag, features, model, small
from wsl_studio.domain.label import Region
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import Bag, Manifest, RegionTarget, Reported, Said
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.evidence import explain, region_scores
from wsl_studio.learn.features import SHAPE, as_float
from wsl_studio.learn.reliability import assess_all, box_events

CPU = torch.device("cpu")
GRID = GRIDS[SHAPE]


def box_at(i: int, j: int, finding: str = "one", value: float = 1.0) -> RegionTarget:
    """A box over cell (i, j) of the grid of 8 pixels."""
    region = Region(first=0, last=0, box=(8 * j, 8 * i, 8 * j + 8, 8 * i + 8))
    return RegionTarget(finding=finding, region=region, value=value)


def sentences(n: int, shift: int, *, value: float = 1.0, split: str = "train") -> list[str]:
    """Of n series whose evidence for the first finding peaks some cells below their boxes."""
    bags = tuple(
        Bag(series_uid=f"s{k}", split=split, regions=(box_at(4, 2 + k % 5, value=value),))
        for k in range(n)
    )
    manifest = Manifest(number=1, findings=FINDINGS, bags=bags, method="gap", recipe=Recipe())

    def scores(uid: str) -> torch.Tensor:
        z = torch.zeros(1, 2, 12, 12)
        z[0, 0, 4 + shift, 2 + int(uid[1:]) % 5] = 3.0
        return z

    known = {f"s{k}": features(0, slices=1) for k in range(n)}
    told = list(box_events(manifest, known, GRID, scores))
    assert sum(isinstance(event, Reported) for event in told) == (n if value > 0.5 else 0)
    return [event.sentence for event in told if isinstance(event, Said)]


def test_evidence_beside_the_readers_boxes_is_said() -> None:
    said = ["Evidence for one peaks 2.0 cells beside its boxes (median of 8)."]
    assert sentences(8, 2) == said
    assert sentences(8, 2, split="validation") == said
    assert sentences(8, 0) == []
    assert sentences(8, 1) == [], "one cell is not over one cell"
    assert sentences(5, 2) == [], "five boxes may all be so by chance"
    assert sentences(8, 2, value=0.0) == [], "nothing need peak where it is absent"


def test_thresholds_are_in_calibrated_logits_and_leave_out_what_nobody_is_sure_of() -> None:
    values = [{"one": float(k % 2)} for k in range(12)] + [{"one": 0.5}, {"two": 1.0}]
    bags = [bag(k, values=value, split="validation") for k, value in enumerate(values)]
    raw = torch.tensor([[3.0 if k % 2 else 1.0, 0.0] for k in range(12)] + [[9.0, 0.0]] * 2)
    found = assess_all(raw, bags, FINDINGS, {"one": 2.0, "two": 1.0})
    assert found["one"].n == 12
    assert found["one"].threshold == pytest.approx(1.0)  # 2 raw logits at temperature 2
    assert found["one"].quantile == pytest.approx(1 / (1 + np.exp(-0.5)))
    assert found["two"].quantile is None
    assert "there is 1" in found["two"].sentence


def test_the_spread_is_the_deviation_over_members_and_absent_for_one() -> None:
    recipe = small(Recipe())
    members = [model(recipe, seed).eval() for seed in range(3)]
    found = features(1, slices=2, planted=[0])
    assert region_scores(Ensemble(members[:1]), found, CPU)[1] is None
    z, spread = region_scores(Ensemble(members), found, CPU)
    maps = {name: as_float(name, x) for name, x in found.maps.items()}
    with torch.inference_mode():
        each = np.stack([member(maps).numpy() for member in members])
    np.testing.assert_allclose(spread.numpy(), each.std(0, ddof=1), atol=1e-5)

    about = {
        "series_uid": "s", "features": found, "findings": FINDINGS, "number": 1, "recipe": recipe,
        "grid": GRID, "temperature": dict.fromkeys(FINDINGS, 2.0),
        "scale": dict.fromkeys(FINDINGS, 3.0),
    }  # fmt: skip
    plain, wide = explain(z, **about), explain(z, **about, spread=spread)
    assert plain["one"].spread is None
    np.testing.assert_allclose(wide["two"].spread, spread[:, 1].numpy() / 2, atol=1e-6)
    y, x = wide["two"].placement.pixel(3, 4)
    assert wide["two"].value(1, y, x) == pytest.approx(float(wide["two"].grid[1, 3, 4]))
