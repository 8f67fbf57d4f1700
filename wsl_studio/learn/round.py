"""One round from its manifest: features, training, calibration, evidence; events as it goes."""

import hashlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from torch import Tensor

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, told
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.round import ANEW, Event, Manifest, Reliable, Reported, Said, Score, stays
from wsl_studio.learn import evidence
from wsl_studio.learn.bags import Labelled, Maps, labelled
from wsl_studio.learn.calibrate import FEW_ANSWERS, fit_temperature
from wsl_studio.learn.checkpoint import read_checkpoint, write_checkpoint
from wsl_studio.learn.collect import Sources, Warm, collect_features, describe_all, through_backbone
from wsl_studio.learn.device import repeatable
from wsl_studio.learn.ensemble import Ensemble
from wsl_studio.learn.features import SeriesFeatures
from wsl_studio.learn.joint import to_train
from wsl_studio.learn.make import make_model, standardise
from wsl_studio.learn.model import Model
from wsl_studio.learn.pictures import coded_means, write_pictures
from wsl_studio.learn.pool import Sharpness, evidence_scores, scores_of
from wsl_studio.learn.preprocess import Grid
from wsl_studio.learn.reliability import assess_all, box_events, with_sets
from wsl_studio.learn.solvers import solver
from wsl_studio.learn.start import begin, shape_start
from wsl_studio.learn.state import Keeper
from wsl_studio.learn.step import plan_step
from wsl_studio.learn.train import Trained, validate
from wsl_studio.learn.twin import NO_HELP, is_worse, quiet, rival_scores
from wsl_studio.learn.unlabelled import is_open, opened, unlabelled
from wsl_studio.learn.whole import MOST, Whole, fit_whole


@dataclass(frozen=True)
class Outcome:
    """What a finished round hands back.

    Args:
        scores: By series and finding.
        temperature: By finding.
        was_stopped: True if the reader asked to stop early.
        reliable: Thresholds and conformal quantiles by finding.
        rivals: Raw scores (with unlabelled series, with the labels alone) by series and finding,
            of validation and test series; empty where there is no twin.
        keeps_twin: True if the scores are those of the labels alone.
        n_unlabelled: Series that took part without a label.
    """

    scores: dict[str, dict[str, Score]]
    temperature: dict[str, float]
    was_stopped: bool
    reliable: dict[str, Reliable] = field(default_factory=dict)
    rivals: dict[str, dict[str, tuple[float, float]]] = field(default_factory=dict)
    keeps_twin: bool = False
    n_unlabelled: int = 0


def run_round(
    manifest: Manifest,
    *,
    directory: Path,
    cache: Path,
    sources: Sources,
    warm: Warm,
    should_stop: Callable[[], bool],
) -> Generator[Event, None, Outcome]:
    """Runs a round; everything but metrics is in its folder when this returns.

    Args:
        manifest: What it is made from.
        directory: Round folder; a state of a killed run in it is gone on with.
        cache: Folder of cached features.
        sources: Contents and pixels of series.
        warm: Kept between rounds of one process.
        should_stop: Asked between steps; the best weights so far are kept.

    Raises:
        KnownError: Nothing to train on, a full disk, weights that can't be read.
    """
    device = choose_device(manifest.device)
    recipe, findings = manifest.recipe, manifest.findings
    extractor = warm.extractor(recipe.backbone, cache, device)
    for sentence in extractor.sentences:
        yield Said(sentence=sentence)
    collected = yield from collect_features(manifest.bags, extractor, sources)
    features = collected
    first = next(iter(features.values()))
    if recipe.whole.is_on:
        about = yield from describe_all(collected, sources, warm, extractor)
        collected = features = {
            uid: replace(found, described=torch.from_numpy(about[uid]))
            for uid, found in collected.items()
        }
    probe = make_model(manifest, extractor, first, device)
    start = read_checkpoint(manifest, directory)
    if start is not None and probe.backbone is not None:
        yield Said(sentence=stays(manifest.warm_from))
        trained_before = {k: x for k, x in start[0].items() if k.startswith("backbone.")}
        probe.load_state_dict(trained_before, strict=False)
        probe.backbone.requires_grad_(False)
        features = yield from through_backbone(probe.backbone, collected, device)
    elif probe.backbone is not None:
        yield Said(sentence=ANEW["lost" if manifest.warm_from else manifest.anew])
    training = _labelled(manifest, "train", features, probe.finest)
    validation = _labelled(manifest, "validation", features, probe.finest)
    others = unlabelled(manifest, features)
    training = [opened(bag, manifest) for bag in training]
    if not training:
        raise KnownError("No labelled training series could be read.", "Label some, then train.")
    maps = Maps(device)
    shape_weights: dict[str, Tensor] = {}
    if start is None:
        yield Reported(stage="looking at the labelled series", done=0, total=1)
        standardise(probe, (maps.of(bag.uid, bag.features) for bag in training))
        if recipe.fit.solver == "sgd":
            shape_weights = shape_start(probe, training, validation, maps)

    def new_model(member: int) -> Model:
        torch.manual_seed(manifest.seed * 1000 + member)
        held = None if start is None else probe.backbone
        model = make_model(manifest, extractor, first, device, member, held)
        if start is not None:
            model.load_state_dict(start[member % len(start)], strict=False)
        else:
            for level, head in model.heads.items():
                head.load_state_dict(_buffers(probe.heads[level]), strict=False)
            begin(model, shape_weights)
        return model

    heads = recipe.supervised  # a twin's, and those of a method that trains as the labels alone do
    whole = next(to_train(new_model, heads))[0] if heads.is_joint else probe
    plan, sentence = plan_step(whole, training, recipe, maps)
    if sentence:
        yield Said(sentence=sentence)
    recipe = recipe if start is None else recipe.warm
    keeper = Keeper(directory / "state.safetensors", mark(manifest))

    def fit(
        how: Recipe, bags: Sequence[Labelled], more: Sequence[Labelled], keeper: Keeper,
        teacher: Ensemble | None = None,
    ) -> Generator[Event, None, Trained]:  # fmt: skip
        solve, own = solver(how, plan=plan, is_warm=start is not None, teacher=teacher)
        return solve(
            new_model,
            bags,
            validation,
            findings=findings,
            recipe=how,
            seed=manifest.seed,
            device=device,
            keeper=keeper,
            epochs=how.fit.epochs,
            should_stop=should_stop,
            unlabelled=more,
            **own,
        )

    has_twin = recipe.uses_unlabelled and bool(others or any(is_open(bag) for bag in training))
    if recipe.uses_unlabelled and not has_twin:
        yield Said(sentence="No series is left without a label: the labels alone teach this round.")
    twin: Trained | None = None
    with repeatable(recipe.fit.is_deterministic):
        if has_twin:
            closed = [replace(bag, is_open=None) for bag in training]
            twin = yield from quiet(fit(recipe.supervised, closed, (), keeper.part("twin")))
        if twin is not None and twin.was_stopped:
            trained = twin
        else:
            how = recipe if has_twin else recipe.supervised
            teacher = None if twin is None else twin.ensemble
            trained = yield from fit(how, training, others, keeper, teacher)
    compared = yield from _whole(manifest, training)
    for one in (trained, twin):
        if one is not None:
            one.ensemble.whole = compared
    rivals: dict[str, dict[str, tuple[float, float]]] = {}
    keeps_twin = False
    if twin is not None:
        rivals = rival_scores(manifest, features, maps, (trained.ensemble, twin.ensemble))
        both = [validate(one.ensemble, validation, maps, recipe) for one in (trained, twin)]
        if lower := is_worse(both[0], both[1], validation, findings):
            keeps_twin, trained = True, replace(trained, ensemble=twin.ensemble)
            with_them, alone = (f"{auc:.3f}" for auc in lower)
            yield Said(sentence=NO_HELP.format(with_them=with_them, alone=alone))
    ensemble = trained.ensemble
    validated = validate(ensemble, validation, maps, recipe)
    temperature = calibrate(validated, validation, findings)
    reliable = assess_all(validated, validation, findings, temperature)
    if sum(1 for bag in validation if bool((bag.weight > 0).any())) < 2 * FEW_ANSWERS:
        yield Said(sentence="Few validation series are labelled: probabilities are rough.")
    write_checkpoint(manifest, directory, ensemble, temperature)
    scores = yield from write_all(
        manifest,
        directory=directory,
        ensemble=ensemble,
        features=features,
        grid=probe.finest,
        temperature=temperature,
        labelled=(*training, *validation),
        device=device,
    )
    described = coded_means(ensemble, features, device)
    described = described or (yield from describe_all(collected, sources, warm, extractor))
    evidence.write_features(directory, described)
    write_pictures(ensemble, features, directory, device)
    yield from box_events(
        manifest, features, probe.finest,
        lambda uid: evidence_scores(
            evidence.region_scores(ensemble, features[uid], device)[0], recipe.pool
        ),
    )  # fmt: skip
    for part in directory.glob("state-*.safetensors"):
        part.unlink(missing_ok=True)
    return Outcome(
        with_sets(scores, reliable), temperature, trained.was_stopped, reliable,
        rivals=rivals, keeps_twin=keeps_twin, n_unlabelled=len(others) if has_twin else 0,
    )  # fmt: skip


def _whole(
    manifest: Manifest, training: Sequence[Labelled]
) -> Generator[Event, None, Whole | None]:
    """What is added for a series as a whole; None where that is not asked."""
    spec = manifest.recipe.whole
    if not spec.is_on:
        return None
    patient = {
        bag.series_uid: bag.series_uid if bag.patient is None else bag.patient
        for bag in manifest.bags
    }
    if len(training) > MOST:
        yield Said(sentence=f"As a whole, series are compared with {MOST} of {len(training)}"
                   " labelled ones: more would take too long.")  # fmt: skip
    work = fit_whole(
        {bag.uid: bag.features for bag in training},
        torch.stack([bag.value for bag in training]).double().numpy(),
        torch.stack([bag.weight for bag in training]).double().numpy(),
        [patient[bag.uid] for bag in training],
        spec,
        seed=manifest.seed,
    )
    return (yield from told(work, _comparing))


def _comparing(at: Progress) -> Event:
    return Reported(stage="comparing whole series", done=at.done, total=at.total)


def choose_device(name: str) -> torch.device:
    """The device asked for; ``auto`` takes a GPU where there is one."""
    if name == "cuda" and not torch.cuda.is_available():
        raise KnownError("There is no CUDA device here.", "Choose cpu or auto.")
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


def _buffers(head: torch.nn.Module) -> dict[str, Tensor]:
    return dict(head.named_buffers())


def calibrate(
    score: Tensor, validation: Sequence[Labelled], findings: Sequence[str]
) -> dict[str, float]:
    """Temperature of every finding, from (B, K) raw scores of the validation bags."""
    out = {}
    for k, finding in enumerate(findings):
        known = [i for i, bag in enumerate(validation) if bag.weight[k] > 0]
        out[finding] = fit_temperature(
            [float(score[i, k]) for i in known],
            [float(validation[i].value[k]) for i in known],
            [float(validation[i].weight[k]) for i in known],
        )
    return out


def write_all(
    manifest: Manifest,
    *,
    directory: Path,
    ensemble: Ensemble,
    features: dict[str, SeriesFeatures],
    grid: Grid,
    temperature: dict[str, float],
    labelled: Sequence[Labelled],
    device: torch.device,
) -> Generator[Event, None, dict[str, dict[str, Score]]]:
    """Writes evidence of every series and gives its scores."""
    (directory / "evidence").mkdir(exist_ok=True)
    raw = {bag.uid: evidence.region_scores(ensemble, bag.features, device) for bag in labelled}
    is_absent = [((bag.weight > 0) & (bag.value < 0.5)).tolist() for bag in labelled]
    pooling = manifest.recipe.pool
    usual = evidence.usual_range([scores_of(z, pooling) for z, _ in raw.values()], is_absent)
    shown = [evidence_scores(evidence.counted_from(z, usual), pooling) for z, _ in raw.values()]
    scale = evidence.colour_scales(shown, manifest.findings, temperature)
    sharpness = ensemble.sharpness
    if sharpness is not None:
        sharpness = Sharpness(sharpness.plus.cpu(), sharpness.minus.cpu())
    scores: dict[str, dict[str, Score]] = {}
    for done, (uid, found) in enumerate(features.items()):
        yield Reported(stage="writing evidence", done=done, total=len(features))
        if uid not in raw:
            raw[uid] = evidence.region_scores(ensemble, found, device)
        z, spread = raw.pop(uid)
        explained = evidence.explain(
            z,
            series_uid=uid,
            features=found,
            findings=manifest.findings,
            number=manifest.number,
            recipe=manifest.recipe,
            grid=grid,
            temperature=temperature,
            scale=scale,
            usual=usual,
            sharpness=sharpness,
            spread=spread,
            whole=ensemble.whole,
        )
        evidence.write_evidence(directory, explained)
        scores[uid] = {name: evidence.score_of(one) for name, one in explained.items()}
    return scores


def mark(manifest: Manifest) -> str:
    """What must be equal for a killed run to be gone on with."""
    return hashlib.sha256(manifest.model_dump_json().encode()).hexdigest()


def _labelled(
    manifest: Manifest, split: str, features: dict[str, SeriesFeatures], grid: Grid
) -> list[Labelled]:
    bags = (bag for bag in manifest.bags if bag.split == split and bag.series_uid in features)
    made = (labelled(bag, features[bag.series_uid], manifest.findings, grid) for bag in bags)
    return [bag for bag in made if bag is not None]
