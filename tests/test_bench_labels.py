"""What the bench of labels compares: as many steps with the labels alone, labels saved."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from wsl_studio.bench import Ask, labels, pooled
from wsl_studio.bench.folds import Runner, Study, share_out
from wsl_studio.bench.labels import (
    LONGER,
    is_alone,
    manifest_of,
    needs,
    plus_minus,
    spread,
    steps_of,
)
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Entry, Row, RowId
from wsl_studio.domain.round import Manifest
from wsl_studio.learn.methods import DEFAULT


def study(labelled: int, free: int) -> Study:
    rows = []
    for k in range(labelled):
        answer = Answer.PRESENT if k % 2 else Answer.ABSENT
        entry = Entry(act=Act.SAY, series_uid=f"u{k}", reader="r", finding="lesion", answer=answer)
        rows.append(Row(**dict(entry), id=RowId(k + 1), created=datetime.now(UTC)))
    groups = {f"u{k}": f"u{k}" for k in range(labelled + free)}
    return Study(Path(), {}, groups, tuple(rows), ("lesion",), {})


def test_the_labels_alone_get_as_many_steps_as_a_curriculum() -> None:
    few = study(12, 100)
    split = dict.fromkeys(few.groups.values(), "train")
    alone, longer, curriculum = (
        manifest_of(few, split, method, {}, 0, 1) for method in (DEFAULT, LONGER, "curriculum")
    )
    assert not longer.recipe.uses_unlabelled
    each = steps_of(alone) // alone.recipe.fit.epochs
    assert steps_of(alone) < steps_of(curriculum)
    assert abs(steps_of(longer) - steps_of(curriculum)) <= each / 2
    assert longer.recipe.head == alone.recipe.head


def test_with_all_labels_a_round_of_unlabelled_series_is_the_round_without() -> None:
    for free, is_same in ((0, True), (3, False)):
        few = study(12, free)
        split = dict.fromkeys(few.groups.values(), "train")
        made = manifest_of(few, split, "curriculum", {}, 0, 1)
        assert is_alone(made, DEFAULT) is is_same
        assert not is_alone(manifest_of(few, split, DEFAULT, {}, 0, 1), DEFAULT)


def test_intervals_of_few_seeds_are_wide() -> None:
    values = [0.1, 0.2, 0.3]
    mean, half = spread(values)
    low, high = stats.t.interval(0.95, 2, loc=np.mean(values), scale=stats.sem(values))
    assert (mean - half, mean + half) == pytest.approx((low, high))
    assert plus_minus(values, "+") == "+0.200 +- 0.248"
    assert plus_minus([0.9]) == "0.900"


def test_labels_saved_are_read_off_the_curve_of_the_labels_alone() -> None:
    shares, alone = (0.1, 0.2, 0.4), (0.7, 0.8, 0.9)
    assert needs(0.85, shares, alone) == pytest.approx(0.3)
    assert needs(0.6, shares, alone) == 0.1
    assert needs(0.95, shares, alone) is None


@pytest.mark.parametrize(
    ("pointing", "told"), [(float("nan"), ""), (0.75, ", pointing +0.000 +- 0.000")]
)
def test_only_what_the_headline_compares_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pointing: float, told: str
) -> None:
    ran: list[tuple[str, int]] = []

    def run_none(self: Runner, manifest: Manifest) -> tuple[Path, None]:
        ran.append((manifest.method, manifest.seed))
        return tmp_path, None

    def known(study: Study, manifest: Manifest, *rest: object) -> labels.Point:
        auc = 0.9 if manifest.method == "curriculum" else 0.8 + 0.01 * manifest.seed
        return labels.Point(9, {"nodule": auc}, {"nodule": pointing})

    monkeypatch.setattr(Runner, "run", run_none)
    monkeypatch.setattr(labels, "measured", known)
    out = labels.run(
        Ask(
            n=2, folds=3,
            findings=("nodule",), methods=("generalised", "curriculum"),
            options={"headline": True, "patients": 6},
        )
    )  # fmt: skip
    assert ran == [("curriculum", 0), ("generalised", 0), ("curriculum", 1), ("generalised", 1)]
    assert [(row["labels"], row["method"]) for row in out["rows"]] == [
        ("10% (9)", "curriculum"), ("20% (9)", "generalised"),
    ]  # fmt: skip
    assert out["lines"] == [
        f"nodule, curriculum with 10 % minus supervised with 20 %: +0.095 +- 0.064{told}"
    ]


def test_an_option_goes_to_all_methods_or_to_one() -> None:
    own = share_out({"curriculum.rest": 0, "image_px": 64, "epochs": 3, "curriculum.epochs": 5},
                    ("generalised", "curriculum"))  # fmt: skip
    assert own == {
        "generalised": {"image_px": 64, "epochs": 3},
        "curriculum": {"image_px": 64, "epochs": 5, "rest": 0},
    }
    with pytest.raises(KnownError, match="option of curiculum, which is not compared") as trouble:
        share_out({"curiculum.rest": 0}, ("generalised", "curriculum"))
    assert "generalised, curriculum" in trouble.value.advice


def test_an_option_of_one_method_is_in_its_rounds_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: dict[str, float] = {}

    def run_none(self: Runner, manifest: Manifest) -> tuple[Path, None]:
        ran[manifest.method] = manifest.recipe.semi.rest
        return tmp_path, None

    monkeypatch.setattr(Runner, "run", run_none)
    monkeypatch.setattr(
        labels, "measured", lambda *_: labels.Point(9, {"nodule": 0.9}, {"nodule": 1.0})
    )
    labels.run(
        Ask(
            n=1, folds=3, findings=("nodule",),
            methods=("generalised", "supervised-as-long", "curriculum"),
            options={"shares": [0.2], "curriculum.rest": 0.7, "patients": 18},
        )
    )  # fmt: skip
    assert ran == {"generalised": 0.0, "curriculum": 0.7}


def test_the_demo_is_asked_for_some_of_its_findings(tmp_path: Path) -> None:
    every = pooled.open_labelled(None, tmp_path / "every", patients=3)
    some = pooled.open_labelled(None, tmp_path / "some", every.findings[1:], 3)
    assert some.findings == every.findings[1:]
    assert list(some.series) == list(every.series)
    assert some.groups == every.groups, "a seed draws the same series from every demo"
    assert len(set(some.groups.values())) == 3
    with pytest.raises(KnownError, match="no finding lesion in the demo"):
        pooled.open_labelled(None, tmp_path / "none", ("lesion",), 3)


def test_a_demo_is_as_large_as_asked_and_data_as_large_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, int]] = []

    def noted(data: Path | None, _folder: Path, _wanted: object, patients: int) -> None:
        asked.append((data, patients))
        raise KnownError("Enough.")

    monkeypatch.setattr(labels, "open_labelled", noted)
    for options in ({"patients": 240}, {}):
        with pytest.raises(KnownError, match="Enough"):
            labels.run(Ask(options=options))
    assert asked == [(None, 240), (None, 60)]
    with pytest.raises(KnownError, match="has the patients it has"):
        labels.run(Ask(data=tmp_path, options={"patients": 60}))
    for few in (5, "many"):
        with pytest.raises(KnownError, match="6 patients or more"):
            labels.run(Ask(options={"patients": few}))
