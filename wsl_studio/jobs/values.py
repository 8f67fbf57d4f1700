"""What the window shows, as frozen values that Session hands to it."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from wsl_studio.domain.agreement import Kappa
from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.findings import LabelSchema
from wsl_studio.domain.label import Row
from wsl_studio.domain.policy import Policy
from wsl_studio.domain.round import Epoch, Metrics, Score, Split


@dataclass(frozen=True)
class Change:
    """What is no longer as it was; a widget redraws only what it shows of it."""

    project: bool = False
    series: bool = False
    labels: bool = False
    queue: bool = False
    volume: bool = False
    evidence: bool = False
    rounds: bool = False
    work: bool = False
    thumbnails: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Selection:
    """What is on screen: series, slice (from 0) and the finding whose evidence is shown."""

    series_uid: str = ""
    slice: int = 0
    finding: str = ""


@dataclass(frozen=True)
class Notice:
    """One sentence for the reader; ``is_trouble`` colours it and keeps it until dismissed."""

    sentence: str
    advice: str = ""
    is_trouble: bool = False


@dataclass(frozen=True)
class ProjectInfo:
    """The open project.

    Args:
        name: Folder name.
        folder: Where it is.
        reader: Who labels.
        findings: In order; key k answers the k-th.
        is_phantom: True if its images were made by this program; said on screen.
        n_series: Series in all.
        n_labelled: Series that this reader has labelled.
        schema: The findings with everything said of them.
        policy: How reading is done.
        n_answered: Series with an answer; None where nobody counted.
        n_teaching: Those whose patient is not a test patient.
    """

    name: str
    folder: Path
    reader: str
    findings: tuple[str, ...]
    is_phantom: bool = False
    n_series: int = 0
    n_labelled: int = 0
    schema: LabelSchema = field(default_factory=LabelSchema)
    policy: Policy = field(default_factory=Policy)
    n_answered: int | None = None
    n_teaching: int | None = None


class LabelState(StrEnum):
    """State of a series for this reader; always shown as a word as well as a colour."""

    UNLABELLED = "not labelled"
    PARTLY = "partly labelled"
    LABELLED = "labelled"
    SKIPPED = "skipped"
    DEFERRED = "deferred"
    SUGGESTED = "suggestion"


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One line of the browser.

    Args:
        uid: Series.
        title: ``CT 24 slices``; no patient name.
        number: Stable number in the project, from 1, by which people can speak of it.
        state: Label state for this reader.
        answers: Short words of the current series-level answers by finding.
        reason: Why it is in the queue at this place; empty when it is not in the queue.
        split: Part of the frozen split, or None before the first label.
        notes: Sentences about the series.
        is_phantom: True if this program made its images; said on the picture.
        is_drawn: True if a box or scribble of this reader, or an imported one, is on it.
    """

    uid: str
    title: str
    number: int
    state: LabelState
    answers: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    split: Split | None = None
    notes: tuple[str, ...] = ()
    is_phantom: bool = False
    is_drawn: bool = False


@dataclass(frozen=True)
class HeaderLine:
    """One element of a header, read live and kept nowhere.

    Args:
        tag: ``(0010,0010)``.
        name: As the standard calls it.
        vr: Kind of value.
        value: As text, cut where it is long.
        depth: Sequences it lies in.
        is_safe: True where it can't name a person; others are not shown while names are hidden.
    """

    tag: str
    name: str
    vr: str
    value: str
    depth: int = 0
    is_safe: bool = False


@dataclass(frozen=True)
class Work:
    """Long work under way, for the progress line.

    Args:
        text: What is being done.
        done: Units finished.
        total: Units in all; 0 while unknown.
        left: ``'34 s left'`` or empty.
        can_cancel: True if ``Session.cancel_work`` stops it.
    """

    text: str
    done: int = 0
    total: int = 0
    left: str = ""
    can_cancel: bool = True


class RoundState(StrEnum):
    """State of a round folder."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped early, best kept"
    FAILED = "failed"
    INTERRUPTED = "interrupted, can be resumed"


@dataclass(frozen=True)
class RoundRow:
    """One round for the training panel.

    Args:
        number: From 1.
        state: Where it is.
        method: Title of its method.
        n_labelled: Series with labels it was made from.
        epochs: Curves so far.
        stage: What it is doing now; empty when not running.
        done: Progress of the stage.
        total: Of the stage; 0 while unknown.
        left: Time left as words.
        sentence: Last sentence it said, or why it failed, with advice.
        metrics: When finished.
        label_revision: Last journal row it used.
        created: ISO time.
    """

    number: int
    state: RoundState
    method: str
    n_labelled: int
    epochs: tuple[Epoch, ...] = ()
    stage: str = ""
    done: int = 0
    total: int = 0
    left: str = ""
    sentence: str = ""
    metrics: Metrics | None = None
    label_revision: int = 0
    created: str = ""


@dataclass(frozen=True)
class MethodForm:
    """A method for the picker, with the JSON schema its options form is built from.

    ``uses_unlabelled`` is True where series without labels take part.
    """

    name: str
    title: str
    summary: str
    source: str
    schema: dict[str, Any]
    uses_unlabelled: bool = False


@dataclass(frozen=True)
class CaseLabels:
    """What this reader said of the selected series.

    Args:
        current: Labels that hold, imported ones included.
        can_undo: What undo would take back; empty for nothing.
        can_redo: What redo would do again.
        note: Free words about the case.
        conflicts: Sentences about answers that do not fit one another; shown, never mended.
    """

    current: tuple[Row, ...] = ()
    can_undo: str = ""
    can_redo: str = ""
    note: str = ""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReaderRow:
    """One reader's work in numbers.

    Args:
        reader: Name in the journal.
        n_series: Series with an answer of theirs.
        anchoring: (answers changed after the model was seen, answers given before).
        kappa: First against second readings; None before there is one.
        followed: (controls gone along with, controls decided).
    """

    reader: str
    n_series: int
    anchoring: tuple[int, int]
    kappa: Kappa | None
    followed: tuple[int, int]


@dataclass(frozen=True)
class Suggestion:
    """A label that the model proposes; it is no label until accepted.

    ``state`` is ``open``, ``accepted`` or ``rejected``.
    """

    finding: str
    score: Score
    round: int
    state: str = "open"

    @property
    def is_present(self) -> bool:
        """The proposed answer."""
        return self.score.probability >= 0.5


@dataclass(frozen=True)
class ModelView:
    """What of the model may be drawn for the selected series now.

    Args:
        hidden: Why nothing may be drawn (blind first, no round yet); empty when it may.
        can_peek: True if the E key would lift the curtain (it is logged).
        evidence: By finding, for the selected series.
        before: By finding, of the finished round before; empty if there is none.
        suggestions: For findings without this reader's answer, and those already decided.
        is_current: False if labels changed since the round it comes from.
        round: Number of that round; 0 for none.
    """

    hidden: str = ""
    can_peek: bool = False
    evidence: dict[str, Evidence] = field(default_factory=dict)
    before: dict[str, Evidence] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    is_current: bool = True
    round: int = 0


@dataclass(frozen=True)
class Rebuilt:
    """What the encoder of a round keeps of a series.

    Args:
        captions: Of the pictures of the strip, from left to right; empty without a decoder.
        strip: PNG of the pictures side by side; empty without a decoder.
        nearest: Numbers of the series most like it to the encoder, the nearest first; empty
            without an encoder.
    """

    captions: tuple[str, ...] = ()
    strip: bytes = b""
    nearest: tuple[int, ...] = ()
