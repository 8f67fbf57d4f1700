"""A round as files: the frozen manifest it is made from, its events, its results."""

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from wsl_studio.domain.label import Region
from wsl_studio.domain.recipe import Recipe
from wsl_studio.domain.series import Value
from wsl_studio.domain.words import Said as Words
from wsl_studio.domain.words import say, strung

Split = Literal["train", "validation", "test"]


class Target(Value):
    """What one label asks of training: a soft target and its weight.

    Args:
        value: 1 present, 0 absent, 0.5 uncertain; the mean over readers where they differ.
        weight: Confidence, in (0, 1].
        area: Share of the pixels of the series that a present finding fills, in (0, 1], as a
            reader says it ("about 5 %"); None where none was said.
    """

    value: float
    weight: float = 1.0
    area: float | None = None


class RegionTarget(Value):
    """A slice range or box as region supervision for one finding."""

    finding: str
    region: Region
    value: float
    weight: float = 1.0


class Bag(Value):
    """One series as training sees it.

    Test patients carry no targets here: their labels and all truth stay in the project and are
    read only when a finished round is scored, so training can't touch them.

    Args:
        series_uid: Which series; the worker looks its files up in the project.
        split: Part of the frozen split its patient belongs to.
        targets: By finding; findings without a label are missing and add nothing to the loss.
        regions: Region supervision.
        patient: Number of its patient among those of the round; series of one patient share it.
            None in manifests of before there was one.
    """

    series_uid: str
    split: Split
    patient: int | None = None
    targets: dict[str, Target] = {}
    regions: tuple[RegionTarget, ...] = ()


Anew = Literal["", "options", "findings", "labels", "lost"]
"""What keeps a round from going on from the backbone of the last one: other options, other
findings, far more labels than it was trained on, or that it can't be read."""

ANEW: Final[dict[Anew, str]] = {
    "": say("The backbone learns too, so this round takes longer."),
    "options": say("The backbone learns anew, which takes longer: other options."),
    "findings": say("The backbone learns anew, which takes longer: other findings."),
    "labels": say("The backbone learns anew, which takes longer: many more labels."),
    "lost": say("The backbone learns anew, which takes longer: an earlier round can't be read."),
}
"""What is said of a round whose backbone learns, by why it does not go on from the last one."""


def stays(number: int) -> str:
    """What is said of a round whose backbone stays as an earlier one left it."""
    return say(
        "The backbone stays as it is after round {n}: heads alone are trained, which is quick.",
        n=number,
    )


class Manifest(Value):
    """Everything a round is made from.

    Args:
        version: Of this format.
        number: Of the round in the project, from 1.
        findings: In the order of the score channels.
        bags: All series of the project that can be read, labelled or not.
        method: Name of the method.
        options: Its options as the reader set them.
        recipe: What they made.
        seed: Of everything random.
        device: ``auto``, ``cpu`` or ``cuda``.
        label_revision: Number of the last journal row that was used.
        created: ISO 8601, UTC.
        warm_from: Number of an earlier round whose head to start from, or 0.
        anew: Why the last round is no start, where it could have been one.
        vetoed: (series uid, finding) that the reader forbade to answer by a guess: no
            pseudo-label and no agreement is asked there.
    """

    version: int = 1
    number: int
    findings: tuple[str, ...]
    bags: tuple[Bag, ...]
    method: str
    options: dict[str, Any] = {}
    recipe: Recipe
    seed: int = 0
    device: str = "auto"
    label_revision: int = 0
    created: str = ""
    warm_from: int = 0
    anew: Anew = ""
    vetoed: tuple[tuple[str, str], ...] = ()

    @property
    def n_labelled(self) -> int:
        """Bags with at least one target."""
        return sum(1 for bag in self.bags if bag.targets)

    @property
    def unlabelled(self) -> tuple[str, ...]:
        """Series of training patients that no label speaks of; never of validation or test."""
        return tuple(
            bag.series_uid
            for bag in self.bags
            if bag.split == "train" and not bag.targets and not bag.regions
        )


class Reported(Value):
    """Progress of a round; ``stage`` is what it is doing, for the reader."""

    kind: Literal["progress"] = "progress"
    stage: str
    done: int
    total: int


class Epoch(Value):
    """One pass over the training bags.

    Args:
        epoch: From 1.
        epochs: At most.
        train_loss: Mean loss over training bags.
        validation_loss: Mean bag loss over validation bags; None without any.
        validation_auc: By finding; None where validation lacks one of the two answers.
        is_best: True if this epoch is the best so far and its weights are kept.
        unlabelled_loss: Mean of the terms over unlabelled series, weighted; None without them.
        student_auc: As ``validation_auc``, of the model that learns where an averaged teacher is
            kept instead.
        pseudo: Pseudo-labels that were learned from, by finding.
        purity: Share of pseudo-labels that are right, by finding: audited on validation series
            answered the same way; None without any.
    """

    kind: Literal["epoch"] = "epoch"
    epoch: int
    epochs: int
    train_loss: float
    validation_loss: float | None = None
    validation_auc: dict[str, float | None] = {}
    is_best: bool = False
    unlabelled_loss: float | None = None
    student_auc: dict[str, float | None] = {}
    pseudo: dict[str, int] = {}
    purity: dict[str, float | None] = {}


class Said(Value):
    """A plain sentence for the reader (seeded random weights, a series that can't be read)."""

    kind: Literal["said"] = "said"
    sentence: str


class Finished(Value):
    """The round is whole: checkpoint, evidence, scores and metrics are on disk."""

    kind: Literal["finished"] = "finished"
    seconds: float
    was_stopped: bool = False


class Failed(Value):
    """The round failed; ``advice`` says what to do (a smaller image, fewer bags a step)."""

    kind: Literal["failed"] = "failed"
    sentence: str
    advice: str = ""


Event = Reported | Epoch | Said | Finished | Failed
EVENT: TypeAdapter[Event] = TypeAdapter(
    Annotated[Event, Field(discriminator="kind")], config=ConfigDict(defer_build=True)
)
"""Reads one line of ``events.jsonl``: ``EVENT.validate_json(line)``."""


class Score(Value):
    """Result of a round for one series and finding, in calibrated logits (see Arithmetic).

    ``set`` names the answers that the validation series leave possible at the round's coverage;
    empty where there were too few of them to say.
    """

    score: float
    probability: float
    positive: float
    negative: float
    rest: float = 0.0
    whole: float = 0.0
    decisive_slice: int = 0
    set: Literal["", "present", "absent", "either"] = ""


class Interval(Value):
    """A metric with its 95 % interval (bootstrap over patients)."""

    value: float
    low: float
    high: float


class Offset(Value):
    """Where evidence peaks beside what it is about: median over lesions or boxes.

    Args:
        dy: Rows from the centre of a lesion to its peak, in cells of the grid.
        dx: Columns, likewise.
        n: Lesions or boxes.
        exceeds: True if it is longer than one cell and not by chance.
    """

    dy: float
    dx: float
    n: int
    exceeds: bool


class Reliable(Value):
    """What the validation series say of how far the probabilities of one finding can be trusted.

    Args:
        threshold: Score, in calibrated logits, from which a series is called present.
        quantile: Conformal quantile of 1 - probability of the true answer; None where refused.
        coverage: Share of series whose set should hold the true answer.
        n: Validation series that chose both.
        sentence: Why there are no sets; empty where there are.
    """

    threshold: float = 0.0
    quantile: float | None = None
    coverage: float = 0.9
    n: int = 0
    sentence: str = ""


class FindingMetrics(Value):
    """Metrics of one finding on one part of the split.

    Args:
        auc: Area under the ROC curve; None where one of the two answers is missing.
        ap: Average precision.
        n: Series scored.
        n_positive: Of which present.
        pointing: Share of positive series with truth whose peak of evidence for falls inside
            the true mask, in the true slice +- 1.
        n_pointing: Positive series with truth.
        froc: Pairs (false positives a series, sensitivity).
        offset: Of the peaks from the centres of the true lesions; None without truth.
        sensitivity: At the threshold that validation chose; so is specificity.
        coverage: Share of series whose set of answers holds the true one.
        decided: Share of series whose set is one answer.
    """

    auc: Interval | None = None
    ap: Interval | None = None
    n: int
    n_positive: int
    pointing: Interval | None = None
    n_pointing: int = 0
    froc: tuple[tuple[float, float], ...] = ()
    offset: Offset | None = None
    sensitivity: float | None = None
    specificity: float | None = None
    coverage: float | None = None
    decided: float | None = None


class Paired(Value):
    """A semi-supervised round beside its twin of the labels alone: same split, same seed.

    Args:
        with_unlabelled: AUC of what the unlabelled series helped to learn.
        alone: AUC of the twin.
        difference: Of the first from the second, in the same resamples of patients.
        n: Series.
    """

    with_unlabelled: Interval
    alone: Interval
    difference: Interval
    n: int

    @property
    def verdict(self) -> Literal["better", "worse", "unclear"]:
        """What the interval of the difference says."""
        if self.difference.low > 0:
            return "better"
        return "worse" if self.difference.high < 0 else "unclear"


class Twin(Value):
    """What unlabelled series were worth in a round.

    Args:
        test: By finding, on test patients.
        validation: By finding, on validation patients.
        is_kept: True if the round keeps the twin: the validation patients spoke against the
            unlabelled series.
        n_unlabelled: Series that took part without a label.
        sentence: The verdict in words, for those who read the file.
    """

    test: dict[str, Paired] = {}
    validation: dict[str, Paired] = {}
    is_kept: bool = False
    n_unlabelled: int = 0
    sentence: str = ""

    @property
    def told(self) -> Words:
        """The verdict in words, on test patients where there are any."""
        found = self.test or self.validation
        verdicts = {both.verdict for both in found.values()}
        head = say("Unlabelled series helped") if verdicts == {"better"} else (
            say("Unlabelled series made it worse") if "worse" in verdicts else
            say("Unlabelled series helped with some findings") if "better" in verdicts else
            say("Unlabelled series did not clearly help")
        )  # fmt: skip
        figures = [
            say(
                "{finding} {value:+.3f} ({low:+.3f} to {high:+.3f})", finding=finding,
                value=both.difference.value, low=both.difference.low, high=both.difference.high,
            )
            for finding, both in found.items()
        ]  # fmt: skip
        told = say("{head}: AUC {figures}.", head=head, figures=strung(", ", figures))
        told = told if figures else say("{head}.", head=head)
        kept = say("The round keeps what the labels alone taught.")
        return strung(" ", (told, kept)) if self.is_kept else told


class Metrics(Value):
    """Scores of a round; test patients are the same in every round.

    ``twin`` is that of a semi-supervised round, None of any other.
    """

    test: dict[str, FindingMetrics] = {}
    validation: dict[str, FindingMetrics] = {}
    temperature: dict[str, float] = {}
    reliable: dict[str, Reliable] = {}
    seconds: float = 0.0
    twin: Twin | None = None
