"""What the window proposes where many series are unlabelled, by the size of the project."""

from typing import Any

import pytest

from wsl_studio.domain.start_here import propose
from wsl_studio.learn.methods import METHODS


@pytest.mark.parametrize(
    ("numbers", "method"),
    [
        ({"labelled": 20, "unlabelled": 300}, "curriculum"),
        ({"labelled": 4, "unlabelled": 300}, "curriculum"),
        ({"labelled": 20, "unlabelled": 5000}, "curriculum"),
        ({"labelled": 20, "unlabelled": 300, "drawn": 12}, "sdnet"),
        ({"labelled": 20, "unlabelled": 300, "drawn": 9}, "curriculum"),
        ({"labelled": 40, "unlabelled": 5, "findings": 3, "partly": 30}, "smile"),
        ({"labelled": 40, "unlabelled": 90, "findings": 3, "partly": 30}, "curriculum"),
    ],
)
def test_numbers_choose_the_method_and_its_options_make_a_recipe(
    numbers: dict[str, Any], method: str
) -> None:
    found = propose(**numbers)
    assert found is not None
    assert found.method == method
    assert METHODS[method].recipe(found.options).uses_unlabelled


@pytest.mark.parametrize(("labelled", "unlabelled"), [(0, 50), (21, 20), (0, 0)])
def test_nothing_is_proposed_where_labels_are_missing_or_most_are_there(
    labelled: int, unlabelled: int
) -> None:
    assert propose(labelled=labelled, unlabelled=unlabelled) is None


def test_a_large_project_is_passed_over_fewer_times() -> None:
    small, large = (propose(labelled=50, unlabelled=n) for n in (500, 5000))
    assert small is not None
    assert large is not None
    recipes = [METHODS[found.method].recipe(found.options) for found in (small, large)]
    assert recipes[1].semi.steps < recipes[0].semi.steps
    assert recipes[1].fit.members < recipes[0].fit.members * 9
