"""The localisation bench on twelve pictures: folds, no mask in training, and every measure."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from wsl_studio.bench import Ask, heads
from wsl_studio.bench.folds import Runner, deal, fold_manifest, open_study, splits
from wsl_studio.bench.localize import UPPER, run
from wsl_studio.bench.supervised import cell_targets
from wsl_studio.cli.app import app
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.recipe import Fit
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.model import Model
from wsl_studio.learn.preprocess import Frame, Grid

N = 12
QUICK = {"image_px": 64, "epochs": 2}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Twelve pictures of ten groups; every second one has a patch and its mask."""
    rng = np.random.default_rng(0)
    for name in ("images", "masks"):
        (tmp_path / "data" / name).mkdir(parents=True)
    lines = ["file,patient,patch,dark"]
    for i in range(N):
        has = i % 2
        picture = rng.integers(40, 80, (96, 128, 3)).astype(np.uint8)
        if has:
            picture[4:44, 6:62] = (230, 200, 30)
            mask = np.zeros((96, 128), np.uint8)
            mask[4:44, 6:62] = 255
            cv2.imwrite(str(tmp_path / "data" / "masks" / f"p{i:02d}.png"), mask)
        cv2.imwrite(str(tmp_path / "data" / "images" / f"p{i:02d}.png"), picture)
        group = i - 2 if i in (2, 3) else i  # two groups of two pictures
        lines.append(f"p{i:02d}.png,g{group},{has},{int(i in (4, 5))}")
    (tmp_path / "data" / "labels.csv").write_text("\n".join(lines) + "\n")
    return tmp_path / "data"


def test_every_group_is_test_once_and_kinds_are_spread(data: Path, tmp_path: Path) -> None:
    study = open_study(data, tmp_path / "p", ("patch",))
    assert [series.stem for series in study.series.values()] == [f"p{i:02d}" for i in range(N)]
    found = splits(study, 2, 0)
    assert found == splits(study, 2, 0)
    for group in set(study.groups.values()):
        assert [split[group] for split in found].count("test") == 1
    for split in found:
        assert set(split.values()) == {"train", "validation", "test"}
    kinds = {f"{k}": "ab"[k % 2] for k in range(40)}
    parts = deal(kinds, 4, np.random.default_rng(1))
    for part in range(4):
        mine = [kinds[group] for group, at in parts.items() if at == part]
        assert (mine.count("a"), mine.count("b")) == (5, 5)


def test_neither_a_mask_nor_a_test_label_is_in_what_trains(data: Path, tmp_path: Path) -> None:
    study = open_study(data, tmp_path / "p")
    assert len(study.masks) == 6
    manifest = fold_manifest(
        study, splits(study, 2, 0)[0], method="gap", options={}, seed=0, number=1
    )
    assert not any(bag.targets or bag.regions for bag in manifest.bags if bag.split == "test")
    assert not any(bag.regions for bag in manifest.bags)
    before = {path: path.read_bytes() for path in (data / "masks").iterdir()}
    for path in before:
        path.unlink()
    quick = manifest.model_copy(
        update={"recipe": fold_manifest(study, splits(study, 2, 0)[0], method="gap",
                                        options=QUICK, seed=0, number=1).recipe}
    )  # fmt: skip
    directory, outcome = Runner(study).run(quick)
    assert len(outcome.scores) == N, "the round never asks for a mask"
    assert (directory / "checkpoint.safetensors").exists()


def test_the_table_has_every_measure_of_every_method_and_the_bound_points(data: Path) -> None:
    found = run(Ask(data, methods=("gap", "max-min"), findings=("patch",), folds=2, options=QUICK))
    assert (found["series"], found["groups"]) == (N, 10)
    by_method = {one["method"]: one["measures"] for one in found["details"]}
    assert list(by_method) == ["gap", "max-min", UPPER]
    for name in ("gap", "max-min"):
        measures = by_method[name]
        for key in (
            "AUC, pooled", "average precision, pooled", "pointing", "pointing within 1 cell",
            "pointing, always the centre", "MaxBoxAcc, IoU 0.3", "MaxBoxAcc, IoU 0.5",
            "Dice, best threshold", "Dice, above 0 logits", "insertion", "deletion",
            "AUC, most positive tenth only", "AUC without that tenth",
            "evidence for under the mask, present", "sensitivity at the threshold",
            "specificity at the threshold",
        ):  # fmt: skip
            value, low, high = measures[key]
            assert 0 <= low <= value <= high <= 1, key
        assert measures["pointing, always the centre"][0] == 0
        assert measures["pointing"][0] <= measures["pointing within 1 cell"][0]
        assert measures["MaxBoxAcc, IoU 0.5"][0] <= measures["MaxBoxAcc, IoU 0.3"][0]
        assert measures["evidence against under the mask, absent"] is None
        assert "±" in measures["AUC, mean of folds"]
    bound = by_method[UPPER]
    assert bound["pointing"][0] == 1.0, "trained on masks of a patch that never moves"
    assert bound["Dice, best threshold"][0] > 0.7
    assert not {"insertion", "sensitivity at the threshold"} & set(bound)
    assert "sets with one answer" not in by_method["gap"], "two validation series are too few"
    columns = {key for row in found["rows"] for key in row}
    assert columns == {"finding", "measure", "gap", "max-min", UPPER}


def test_the_bound_can_be_left_out(data: Path) -> None:
    options = {**QUICK, "bound": False}
    found = run(Ask(data, methods=("gap",), findings=("patch",), folds=2, options=options))
    assert [one["method"] for one in found["details"]] == ["gap"]


def test_the_command_line_hands_over_methods_findings_folds_and_options(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Ask] = []

    class Bench:
        @staticmethod
        def run(ask: Ask) -> dict[str, object]:
            asked.append(ask)
            return {"rows": [{"a": 1}]}

    monkeypatch.setitem(__import__("wsl_studio.bench").bench.BENCHES, "localize", lambda: Bench)
    arguments = ["bench", "localize", str(data), "--methods", "gap, max", "--findings", "patch",
                 "--folds", "3", "--set", "epochs=4", "--json"]  # fmt: skip
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["rows"] == [{"a": 1}]
    expected = Ask(data, 0, None, ("gap", "max"), ("patch",), 3, {"epochs": 4})
    assert [replace(ask, tell=expected.tell) for ask in asked] == [expected]


def test_wrong_asks_are_plain_sentences(data: Path, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="needs a folder"):
        run(Ask())
    with pytest.raises(KnownError, match="no method nonsense"):
        run(Ask(data, methods=("nonsense",)))
    with pytest.raises(KnownError, match="no finding"):
        run(Ask(data, findings=("nonsense",)))
    cv2.imwrite(str(data / "masks" / "p02.png"), np.full((5, 5), 255, np.uint8))
    study = open_study(data, tmp_path / "p")
    uid = next(uid for uid, series in study.series.items() if series.stem == "p02")
    with pytest.raises(KnownError, match="another size"):
        study.mask(uid)


DEEP = {"backbone": "efficientnet_lite0+2", "depth": "last", "members": 3, "hidden": 8}


@pytest.mark.parametrize(
    ("options", "epochs"),
    [(QUICK, QUICK["epochs"]), ({**QUICK, **DEEP, "epochs": 9}, Fit().warm_epochs)],
)
def test_heads_alone_are_timed_on_as_many_series_as_are_asked_for(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any],
    epochs: int,
) -> None:  # fmt: skip
    ran, runs = [], Model.runs_backbone

    def watched(model: Model, maps: Any) -> bool:
        ran.append(runs(model, maps))
        return ran[-1]

    monkeypatch.setattr(Model, "runs_backbone", watched)
    monkeypatch.setattr(heads, "user_cache_dir", lambda _: tmp_path / "cache")
    found = heads.run(Ask(data=data, findings=("patch",), files=20, n=1, options=options))
    (row,) = found["rows"]
    assert (row["series"], row["epochs"], row["method"]) == (20, epochs, "generalised")
    assert 0 < row["maps_of_a_series_ms"] <= row["p95_ms"]
    assert not any(ran)
    with pytest.raises(KnownError):
        heads.run(Ask())


def test_cells_take_the_share_of_the_mask_that_lies_in_them() -> None:
    found = SeriesFeatures({}, Frame(0, 0, 64, 64, 64, 64), None)  # type: ignore[arg-type]
    mask = np.zeros((64, 64), bool)
    mask[8:16, 8:20] = True
    cells = cell_targets(mask, found, Grid(8, 3.5))
    assert cells.shape == (8, 8)
    assert cells[1, :4].tolist() == [0.0, 1.0, 0.5, 0.0]
    assert cells.sum() == pytest.approx(1.5)
