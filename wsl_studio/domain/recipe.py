"""A method as data: backbone, head, pooling, loss terms and fit, without torch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from wsl_studio.domain.code import Code
from wsl_studio.domain.series import Value

FIRST: Final = "first:"
"""Before the name of a level whose map is that of the network as it came."""


class Backbone(Value):
    """Where deep features come from.

    Args:
        name: ``efficientnet_lite0``, ``resnet18``, ...
        weights: ``packaged`` (carried by a dependency), ``random`` (seeded), or the path of a
            local safetensors or ``weights_only`` file.
        levels: Names of the feature maps used, finest first; maps are resampled to the first
            one's grid and joined along channels.
        train_from: First of the stages 0 ... 4 that is trained (0 trains all); None keeps the
            whole backbone frozen and its features cached.
        kept: Levels that are also used as the network came with them, by ``FIRST`` and their name,
            where what lies before them is trained.
        image_px: Length of the longer side of a slice before the backbone.
        shape_px: Scales (standard deviations) of the local-shape level (blobs, tubes and plates
            across slices) that stands beside the deep levels, in pixels of a slice of half
            ``image_px``; empty leaves it out.
        is_cropped: True cuts empty borders (air around a patient) before resizing.
        hides_marks: True paints over letters and calipers burned into pictures.
        scales: Sizes at which a slice goes through the backbone, as shares of ``image_px`` in
            whole hundredths; more than one needs a frozen backbone.
    """

    name: str = "efficientnet_lite0"
    weights: str = "packaged"
    levels: tuple[str, ...] = ("block10",)
    train_from: int | None = None
    kept: tuple[str, ...] = ()
    image_px: int = 320
    shape_px: tuple[float, ...] = ()
    is_cropped: bool = True
    hides_marks: bool = True
    scales: tuple[float, ...] = (1.0,)


class Head(Value):
    """From features to region scores.

    Args:
        hidden: Channels of a hidden layer per level; 0 for a 1x1 layer straight to the findings.
        kernel: Cells a side that the hidden layer of a deep level sees, odd.
        shape_hidden: Channels of the hidden 1x1 layer of the local-shape level.
        maps: Score maps per finding, averaged (M of WILDCAT).
        dropout: Share of feature channels dropped in training.
        centre: Share of the mean of a slice's own map that heads take off it, channel by channel:
            0 reads a map as it is, 1 only how regions differ from their slice.
        fuse: How region scores of several deep levels (and scales) become one: their ``sum``, or
            a mean with ``fixed`` or ``learned`` weights that sum to 1. The local-shape level is
            added to it in any case.
        fuse_weights: Of ``fixed``: one a level, for each of the scales in turn; empty is equal.
        temporal: ``convlstm`` lets a deep level remember the slices (frames) before this one.
        temporal_channels: Channels of that memory.
        parts: Deformable parts per finding beside the root; 0 for none.
        reach: Cells that a part may lie away from its root, in each direction.
        looks: Sets of deep levels that members look at in turn, so that they err differently;
            empty where all look at all.
        networks: For each of those sets, which of the networks side by side its members take, one
            after the other; the first has the odd member. Empty for all of them in their order.
    """

    hidden: int = 0
    kernel: int = 3
    shape_hidden: int = 16
    maps: int = 1
    dropout: float = 0.0
    centre: float = 0.0
    fuse: Literal["sum", "fixed", "learned"] = "sum"
    fuse_weights: tuple[float, ...] = ()
    temporal: Literal["none", "convlstm"] = "none"
    temporal_channels: int = 32
    parts: int = 0
    reach: int = 2
    looks: tuple[tuple[str, ...], ...] = ()
    networks: tuple[tuple[int, ...], ...] = ()


class Pool(Value):
    """From region scores to a bag score.

    ``lse``: generalised pooling of Durand et al. 2019, eq. 4, with ``beta_plus`` and
    ``beta_minus`` (infinities allowed), which are learned per finding from there with
    ``is_learned``. ``topk``: WILDCAT with shares ``k_plus``, ``k_minus`` and ``alpha``; where
    ``n_plus`` or ``n_minus`` is above 0, that side takes so many regions instead of a share.
    ``power``: generalised mean of region probabilities (Jia et al. 2017) with exponent ``power``.
    ``attention``: sum of region scores weighted by gated attention; the head has a second map per
    finding for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")

    kind: Literal["lse", "topk", "power", "attention"] = "lse"
    beta_plus: float = float("inf")
    beta_minus: float = float("-inf")
    k_plus: float = 0.1
    k_minus: float = 0.1
    alpha: float = 0.7
    n_plus: int = 0
    n_minus: int = 0
    power: float = 4.0
    is_learned: bool = False


BagLoss = Literal["cross-entropy", "hinge", "structured-hinge"]
AreaForm = Literal["ratio", "squared"]


class Terms(Value):
    """Weights of the loss terms, and what the bag term is.

    Args:
        bag: What a label asks of a score; see ``learn.bags.label_loss``.
        bag_weight: Of that term (masked, over the known labels).
        region: Region supervision from slice ranges and boxes.
        sparsity: Mean positive region probability (Zhu 2017), against maps that light up whole.
        area: Distance of the mean region probability from the area that a reader gave a present
            finding (Jia 2017).
        area_form: Of that distance; see ``learn.terms.area_loss``.
        per_level: Bag and area terms of every deep level by itself beside those of all (Jia 2017).
        area_levels: Area weight of each level under ``per_level``; empty is ``area`` for each.
        assign: Cross-entropy of every region, the highest of a present bag against all others
            (Zhu 2017, label assignment).
        assign_share: Share of the regions of a present bag that count as present there.
    """

    bag_weight: float = 1.0
    bag: BagLoss = "cross-entropy"
    region: float = 1.0
    sparsity: float = 0.0
    area: float = 0.0
    area_form: AreaForm = "ratio"
    per_level: float = 0.0
    area_levels: tuple[float, ...] = ()
    assign: float = 0.0
    assign_share: float = 0.02


class Fit(Value):
    """How a recipe is fitted; seeds come from the manifest.

    Args:
        epochs: At most, of each member.
        warm_epochs: At most, when a round starts from the head of an earlier one. Half of it was
            behind where half the labels were new (breast ultrasound, five folds, split seeds 11 and
            12: malignant AUC 0.904 and 0.908 -> 0.899 and 0.903, pointing 0.63 and 0.65 -> 0.61 and
            0.62; a round from nothing had 0.912 and 0.908, 0.62 and 0.62).
        bags_per_step: Bags that one step of the optimiser sees.
        learning_rate: Of new layers.
        backbone_learning_rate: Of pretrained layers that are trained.
        weight_decay: Of AdamW.
        patience: Epochs without a better validation loss before a member stops.
        members: Heads whose region scores are averaged.
        augment: Feature maps are flipped left-right at random in training.
        is_balanced: Present and absent bags weigh the same in the loss of each finding.
        is_deterministic: Only operations that give the same bits every time are used.
        solver: ``sgd`` (the loss terms, by AdamW) or ``svm`` (``Recipe.svm``, in closed steps on
            the cached features of a frozen backbone).
    """

    epochs: int = 40
    warm_epochs: int = 8
    bags_per_step: int = 8
    learning_rate: float = 1e-3
    backbone_learning_rate: float = 1e-4
    weight_decay: float = 1e-4
    patience: int = 12
    members: int = 1
    augment: bool = True
    is_balanced: bool = True
    is_deterministic: bool = False
    solver: Literal["sgd", "svm"] = "sgd"


class Svm(Value):
    """A support vector machine on bags; read where ``Fit.solver`` is ``svm``.

    Args:
        kind: Which regions speak for a bag. ``sil``: all take its answer. ``mi``: regions of
            present bags are relabelled by the machine, at least one stays present. ``bags``: one
            region stands for a present bag. ``latent``: as ``bags``, from another start.
        kernel: ``linear``, or ``rbf``: exp(-gamma / D |x - x'|^2) over D standardised channels.
        c: Price of a bag (or region) on the wrong side of its margin.
        gamma: Of ``rbf``, in units of 1 / D.
        negatives: One slack for an absent bag or for each of its regions (``bags`` only).
        rounds: Of relabelling, at most.
        regions: Regions of all bags that the machine is fitted on, at most.
    """

    kind: Literal["sil", "mi", "bags", "latent"] = "bags"
    kernel: Literal["linear", "rbf"] = "linear"
    c: float = 1.0
    gamma: float = 1.0
    negatives: Literal["bag", "instance"] = "bag"
    rounds: int = 30
    regions: int = 8000


class Semi(Value):
    """What series without labels teach; nothing with ``kind`` none.

    Args:
        kind: ``tsvm``: a machine whose margin avoids them. ``curriculum``: the easiest of them
            are given pseudo-labels, more from step to step. ``smile``: the same for findings that
            were labelled only in some series. ``agree``: a series seen twice should be answered
            alike. ``self``: all of them are taught as the members before them said.
        weight: Of pseudo-labels or of the agreement term, at its height.
        ramp: Share of the epochs over which that weight rises from 0.
        steps: Of a curriculum, at most; of self-training.
        starts: Of a curriculum's linear heads, at most, where few series are labelled.
        first: Share of the unlabelled series that the first step admits.
        last: Share that the last step admits.
        is_noisy: Pseudo-labelled series are seen with features dropped (noisy student).
        teacher: Where the answer to agree with comes from: ``views`` (other views, none of them
            the teacher), ``view`` (a second view), ``average`` (of each series over epochs),
            ``weights`` (an average of the model over steps).
        rule: Which answers count: ``all``, or those sure enough by ``fix``, ``flex``, ``free`` or
            ``soft`` thresholds.
        threshold: Of ``fix`` and ``flex``, a probability.
        decay: Of the average of a teacher.
        views: Of ``views``.
        noise: Added to features, in standard deviations of each.
        drop: Share of the feature channels that a view lacks.
        rest: Weight of a term of a curriculum: the lowest regions of a present series, labelled or
            taken for it, are absent ones.
        switch: ``all``: every pair of a TSVM that should change places does so at once; ``one``.
        share: Of present series among the unlabelled ones of a TSVM; 0 for that of the labelled.
    """

    kind: Literal["none", "tsvm", "curriculum", "smile", "agree", "self"] = "none"
    weight: float = 1.0
    ramp: float = 0.3
    steps: int = 5
    starts: int = 1
    first: float = 0.2
    last: float = 1.0
    is_noisy: bool = False
    teacher: Literal["views", "view", "average", "weights"] = "weights"
    rule: Literal["all", "fix", "flex", "free", "soft"] = "all"
    threshold: float = 0.95
    decay: float = 0.99
    views: int = 3
    noise: float = 0.15
    drop: float = 0.2
    rest: float = 0.0
    switch: Literal["all", "one"] = "all"
    share: float = 0.0


class Whole(Value):
    """A machine that holds a series as a whole against the labelled ones, beside its regions.

    Args:
        is_on: False leaves it out.
        c: Price of a series on the wrong side of its margin.
        gamma: Of its kernel, exp(-gamma / D |x - x'|^2) over D standardised channels.
    """

    is_on: bool = False
    c: float = 10.0
    gamma: float = 0.5


class Recipe(Value):
    """One method, ready to fit."""

    backbone: Backbone = Backbone()
    head: Head = Head()
    pool: Pool = Pool()
    terms: Terms = Terms()
    fit: Fit = Fit()
    svm: Svm = Svm()
    semi: Semi = Semi()
    code: Code = Code()
    whole: Whole = Whole()

    @property
    def uses_unlabelled(self) -> bool:
        """True if series without labels take part."""
        return self.semi.kind != "none" or self.code.uses_unlabelled

    @property
    def supervised(self) -> "Recipe":
        """The same without what unlabelled series teach: the twin of a semi-supervised round.

        A transductive machine stays what it is; it is one of the labels alone without others.
        """
        if self.semi.kind == "tsvm":
            return self
        return self.model_copy(update={"semi": Semi(), "code": self.code.alone})

    @property
    def takes_turns(self) -> bool:
        """True if each member looks at one of the networks that stand side by side."""
        return self.fit.members > 1 and self.fit.solver == "sgd" and self.code == Code()

    @property
    def is_joint(self) -> bool:
        """True if members are trained side by side: several, with plain heads and nothing else.

        What else is trained with them would have to be of all of them at once, or of each. A
        trained part of the backbone is of all of them: they share it. Pseudo-labels are of all of
        them too; with a trained backbone they were not tried.
        """
        guesses = self.semi.kind == "curriculum" and not self.semi.is_noisy
        return (
            self.fit.members > 1
            and self.head.hidden > 0  # without, all begin at zero, and only their order differs
            and self.is_plain
            and (self.semi.kind == "none" or (guesses and self.backbone.train_from is None))
        )

    @property
    def is_plain(self) -> bool:
        """True if only hidden and finding layers of the heads are trained, besides a backbone."""
        head, pool = self.head, self.pool
        is_bare = head.fuse != "learned" and not head.parts and head.temporal == "none"
        is_fixed = pool.kind != "attention" and not pool.is_learned
        return self.fit.solver == "sgd" and is_bare and is_fixed and self.code == Code()

    @property
    def warm(self) -> "Recipe":
        """The same where weights come from an earlier round, with what no label taught them.

        Fewer epochs do then, no more than were asked for, and one start: where the earlier ended.
        """
        code, fit = self.code.model_copy(update={"pretrain": 0}), self.fit
        semi = self.semi.model_copy(update={"starts": 1})
        fit = fit.model_copy(update={"epochs": min(fit.epochs, fit.warm_epochs)})
        return self.model_copy(update={"code": code, "fit": fit, "semi": semi})


class Options(BaseModel):
    """Base of a method's options; the form in the window is built from the fields.

    Each field carries ``title``, ``description``, bounds, and ``json_schema_extra`` with
    ``unit`` where it has one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


O_contra = TypeVar("O_contra", bound=Options)


@dataclass(frozen=True)
class Method(Generic[O_contra]):
    """One learning method: options a reader can turn, and the recipe they make.

    Args:
        name: Word for scripts, ``[a-z0-9-]+``.
        title: Name for the reader.
        source: Paper and equation.
        summary: What it assumes and what its map means, in two sentences.
        Options: Pydantic class of its options.
        compose: From options to recipe.
    """

    name: str
    title: str
    source: str
    summary: str
    Options: type[O_contra]
    compose: Callable[[O_contra], Recipe]

    def recipe(self, options: dict[str, Any]) -> Recipe:
        """Recipe for option values by name; ``pydantic.ValidationError`` for a bad one.

        Members that would each train a backbone, which takes as many times as long, become one.
        """
        made = self.compose(self.Options(**options))
        if made.backbone.train_from is None or made.is_joint:
            return made
        return made.model_copy(
            update={
                "fit": made.fit.model_copy(update={"members": 1}),
                "backbone": made.backbone.model_copy(update={"kept": ()}),
                "head": made.head.model_copy(update={"looks": (), "networks": ()}),
            }
        )
