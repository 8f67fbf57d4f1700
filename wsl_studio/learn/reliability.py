"""What a round says of its own trust: thresholds, sets of answers, and maps beside their boxes."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from torch import Tensor

from wsl_studio.domain.round import (
    Bag,
    Event,
    Manifest,
    RegionTarget,
    Reliable,
    Reported,
    Said,
    Score,
)
from wsl_studio.learn.bags import Labelled
from wsl_studio.learn.conformal import answer_sets, assess
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.localisation import box_offset, median_offset, say_offset
from wsl_studio.learn.preprocess import Grid


def assess_all(
    score: Tensor,
    validation: Sequence[Labelled],
    findings: Sequence[str],
    temperature: Mapping[str, float],
) -> dict[str, Reliable]:
    """Threshold and conformal quantile of every finding.

    Args:
        score: (B, K) raw scores of the validation bags.
        validation: The bags; uncertain answers are left out.
        findings: K names.
        temperature: By finding.
    """
    out = {}
    for k, finding in enumerate(findings):
        sure = [i for i, b in enumerate(validation) if b.weight[k] > 0 and b.value[k] != 0.5]
        logits = [float(score[i, k]) / temperature[finding] for i in sure]
        out[finding] = assess(logits, [bool(validation[i].value[k] > 0.5) for i in sure], finding)
    return out


def with_sets(
    scores: Mapping[str, Mapping[str, Score]], reliable: Mapping[str, Reliable]
) -> dict[str, dict[str, Score]]:
    """Scores with the answers that stay possible, where there were enough series to say."""
    out: dict[str, dict[str, Score]] = {}
    for uid, found in scores.items():
        out[uid] = dict(found)
        for finding, score in found.items():
            quantile = reliable[finding].quantile
            if quantile is not None:
                (answers,) = answer_sets([score.score], quantile)
                out[uid][finding] = score.model_copy(update={"set": answers})
    return out


def box_events(
    manifest: Manifest,
    features: Mapping[str, SeriesFeatures],
    grid: Grid,
    region_scores: Callable[[str], Tensor],
) -> Iterator[Event]:
    """A sentence for every finding whose evidence peaks over a cell beside its readers' boxes.

    Args:
        manifest: Its training and validation bags carry the boxes; truth is not in it.
        features: By series.
        grid: Finest grid of the model.
        region_scores: (S, K, h, w) what the map of a series shows.
    """
    offsets: dict[str, list[tuple[float, float]]] = {finding: [] for finding in manifest.findings}
    boxed = [b for b in manifest.bags if b.series_uid in features and _boxes(b, manifest)]
    for done, bag in enumerate(boxed):
        yield Reported(stage="holding evidence against boxes", done=done, total=len(boxed))
        z = region_scores(bag.series_uid).numpy()
        placement = features[bag.series_uid].frame.placement(grid)
        for box in _boxes(bag, manifest):
            k = manifest.findings.index(box.finding)
            offsets[box.finding].append(box_offset(z[:, k], placement, box.region))
    for finding, found in offsets.items():
        if sentence := say_offset(finding, median_offset(found), "boxes"):
            yield Said(sentence=sentence)


def _boxes(bag: Bag, manifest: Manifest) -> list[RegionTarget]:
    """Boxes of a bag that are answered present."""
    return [
        r for r in bag.regions
        if r.region.box is not None and r.value > 0.5 and r.finding in manifest.findings
    ]  # fmt: skip
